//! Whether an article is about workers, and which fields of union work it is about: words and weights.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("topic_weights.toml");

/// Words by what they name, and what each kind of evidence adds to the log odds.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicWeights {
    /// Log odds of being about workers that an article with a topic needs.
    pub least_gate: f32,
    /// The probability that a topic needs as the first of an article, and as a further one.
    pub least: BTreeMap<String, [f32; 2]>,
    /// Words: what they name → the words.
    pub words: BTreeMap<String, Vec<String>>,
    /// Log odds of being about workers: the evidence → what one unit of it adds.
    pub gate: BTreeMap<String, f32>,
    /// Log odds of a topic: the evidence → what one unit of it adds.
    pub field: BTreeMap<String, f32>,
    /// What is added for each topic.
    pub topic: BTreeMap<String, f32>,
}

/// The table, loaded once.
pub fn topic_weights() -> &'static TopicWeights {
    static TABLE: OnceLock<TopicWeights> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::topics;
    use std::collections::HashSet;

    #[test]
    fn a_weight_for_every_topic() {
        assert_eq!(topic_weights().topic.len(), topics().all().len());
        let known =
            |topic: &String| topic_weights().topic.contains_key(topic) && topic_weights().least.contains_key(topic);
        assert!(topics().all().iter().all(|topic| known(&topic.id)));
    }

    #[test]
    fn every_word_names_one_thing() {
        let mut seen = HashSet::new();
        assert!(topic_weights().words.values().flatten().all(|word| seen.insert(word)));
    }
}

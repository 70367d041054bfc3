//! Fields of union work.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("topics.toml");

/// A field of union work, with the terms that speak for it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Chinese name, the id in data and filters.
    pub id: String,
    /// English name.
    pub english: String,
    /// One sentence.
    pub definition: String,
    /// Terms worth three points.
    pub strong: Vec<String>,
    /// Terms worth one point.
    pub weak: Vec<String>,
    /// Longer expressions in which a term does not count.
    pub negative: Vec<String>,
    /// Invented sentences that must reach three points.
    pub matches: Vec<String>,
    /// Invented sentences that must not.
    pub rejects: Vec<String>,
}

/// All topics.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    topic: Vec<Topic>,
}

impl Topics {
    /// All of them, in the order of display.
    pub fn all(&self) -> &[Topic] {
        &self.topic
    }

    /// The topic with this id or English name.
    pub fn find(&self, text: &str) -> Option<&Topic> {
        self.topic.iter().find(|topic| topic.id == text || topic.english == text)
    }
}

/// The table, loaded once.
pub fn topics() -> &'static Topics {
    static TABLE: OnceLock<Topics> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_topics_with_examples() {
        assert_eq!(topics().all().len(), 16);
        for topic in topics().all() {
            assert!(topic.strong.iter().all(|term| !topic.weak.contains(term)), "{}", topic.id);
            assert!(!topic.matches.is_empty() && !topic.rejects.is_empty(), "{}", topic.id);
        }
    }
}

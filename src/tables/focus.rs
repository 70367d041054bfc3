//! Whether a story is of one place: words of the whole country and of other countries, and the weights of the evidence.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("focus.toml");

/// Words that speak against one place, and the weights of what speaks for and against it.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FocusTable {
    /// Organs, leaders and meetings of the whole country.
    pub country: Vec<String>,
    /// Words for many places at once.
    pub everywhere: Vec<String>,
    /// Other countries, their capitals, and bodies of several countries.
    pub abroad: Vec<String>,
    /// This country, beside others.
    pub china: Vec<String>,
    /// Longer words that hold one of these and mean none of them.
    pub holders: Vec<String>,
    /// Probability of one place that a story with a place needs.
    pub least: f32,
    /// Share of the words for other countries from which a story is of another one.
    pub foreign: f32,
    /// Log odds of one place: the evidence → what one unit of it adds.
    pub weights: BTreeMap<String, f32>,
}

/// The table, loaded once.
pub fn focus() -> &'static FocusTable {
    static TABLE: OnceLock<FocusTable> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_word_has_one_meaning() {
        let table = focus();
        let mut seen = HashSet::new();
        for word in
            [&table.country, &table.everywhere, &table.abroad, &table.china, &table.holders].into_iter().flatten()
        {
            assert!(seen.insert(word), "{word}");
        }
    }

    #[test]
    fn every_holder_holds_a_word() {
        let table = focus();
        for holder in &table.holders {
            let mut words = table.country.iter().chain(&table.everywhere).chain(&table.abroad).chain(&table.china);
            assert!(words.any(|word| holder.contains(word.as_str())), "{holder}");
        }
    }
}

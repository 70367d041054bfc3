//! Words around amounts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("amounts.toml");

/// One list or text for each measure.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByMeasure<T> {
    /// Money.
    pub yuan: T,
    /// People.
    pub person: T,
    /// Households.
    pub household: T,
}

/// What is counted, and in which words.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountWords {
    /// Between a number and its unit: 多, 余.
    pub about: Vec<String>,
    /// Characters that follow a number which counts something.
    pub counters: String,
    /// Units, longest first.
    pub units: ByMeasure<Vec<String>>,
    /// Characters after a unit of one character that make another word of it.
    pub not_followed: BTreeMap<char, String>,
    /// What is counted, longest first.
    pub nouns: ByMeasure<Vec<String>>,
}

/// The table, loaded once.
pub fn amount_words() -> &'static AmountWords {
    static TABLE: OnceLock<AmountWords> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_units_and_nouns() {
        let words = amount_words();
        for (units, nouns) in [
            (&words.units.yuan, &words.nouns.yuan),
            (&words.units.person, &words.nouns.person),
            (&words.units.household, &words.nouns.household),
        ] {
            assert!(!units.is_empty() && !nouns.is_empty());
            assert!(nouns.iter().all(|noun| !noun.is_empty()));
        }
    }
}

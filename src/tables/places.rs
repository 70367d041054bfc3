//! Words around place names.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("places.toml");

/// Names that are ordinary words, and what stands beside a name; a text is a set of single characters.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    /// Full names that need the unit above right before them.
    pub bare: Vec<String>,
    /// Full names that are ordinary words: they need the unit above before them or an organ behind them.
    pub wordy: Vec<String>,
    /// Short forms of provinces and prefectures that are ordinary words: they need an organ behind them.
    pub weak_short: Vec<String>,
    /// Short forms of counties that are ordinary words: the unit above before them is not enough.
    pub word_short: Vec<String>,
    /// Words that hold a name and are no place that an article is about.
    pub holders: Vec<String>,
    /// What follows a short form that names a street or building.
    pub streets: Vec<String>,
    /// Railway depots, named after the place before them.
    pub depots: Vec<String>,
    /// What follows a place in the name of an enterprise.
    pub firms: Vec<String>,
    /// What follows the organ of guests.
    pub visitors: Vec<String>,
    /// What stands before a place that somebody comes from or goes to.
    pub origins: Vec<String>,
    /// What stands before a place that somebody has gone back to.
    pub returns: Vec<String>,
    /// What follows a place that somebody comes from.
    pub origin_after: Vec<String>,
    /// Codes of the units from which national news is sent.
    pub seats: Vec<String>,
    /// Names of the organ of the whole country.
    pub national: Vec<String>,
    /// What joins places that share one organ.
    pub joins: Vec<String>,
    /// Last characters of the full names of units.
    pub suffixes: String,
    /// Last characters of the units that relative words name.
    pub levels: String,
    /// What stands before a level for the own unit (我市).
    pub own: Vec<String>,
    /// What stands before a level for a unit named before (该市).
    pub that: char,
    /// Organs that stand after a level for those of the own unit (市总工会).
    pub organs: Vec<String>,
    /// Organs of the own autonomous region.
    pub autonomous: Vec<String>,
    /// What follows 总 where it is not short for 总工会.
    pub no_organ: String,
    /// What stands before a name of two characters and leaves it a name.
    pub opens: String,
    /// What stands before an organ's level and makes it another one's, or several.
    pub not_ours: String,
    /// Last character of a name → next characters that take it into the next word (市场).
    pub runs_on: BTreeMap<char, String>,
}

/// The table, loaded once.
pub fn places() -> &'static PlaceWords {
    static TABLE: OnceLock<PlaceWords> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::regions;
    use std::collections::HashSet;

    #[test]
    fn lists_are_unique() {
        let table = places();
        for list in [&table.bare, &table.wordy, &table.weak_short, &table.word_short, &table.holders] {
            let mut seen = HashSet::new();
            assert!(list.iter().all(|word| seen.insert(word)), "{list:?}");
        }
        assert!(table.runs_on.keys().chain(&[table.that]).all(|c| !c.is_whitespace()));
        assert!(table.levels.chars().all(|c| table.suffixes.contains(c)));
    }

    #[test]
    fn every_holder_holds_a_name() {
        for word in &places().holders {
            let held = |name: &str| name.chars().count() > 1 && word.contains(name);
            assert!(regions().all().iter().any(|row| held(row.short) || held(row.name)), "{word}");
        }
    }
}

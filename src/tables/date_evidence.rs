//! How much each kind of evidence says for a year, a month or a day, at each distance from it.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("date_evidence.toml");
pub(super) const WORDS_TEXT: &str = include_str!("date_words.tsv");

/// A span of years and how probable each of them is before anything is read, as a weight.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// Weight of each.
    pub weight: f64,
}

/// The first distances of all bins but the first.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edges {
    /// In years.
    pub year: Vec<i64>,
    /// In months.
    pub month: Vec<i64>,
    /// In days.
    pub day: Vec<i64>,
    /// In days of the month.
    pub day_of_month: Vec<i64>,
}

/// How much words say.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordFactors {
    /// First year of the counts.
    pub first: i16,
    /// Factor of pairs that are there.
    pub present: f64,
    /// Factor of pairs that are missing.
    pub missing: f64,
    /// What it costs a year that pairs are there which came up later: once, and times the logarithm of their number.
    pub newer: [f64; 2],
}

/// The table.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateEvidence {
    /// Years before anything is read.
    pub prior: Vec<Prior>,
    /// Bins of distances.
    pub edges: Edges,
    /// What the weights of years and those of days are multiplied with, so that probabilities mean what they say.
    pub temper: Temper,
    /// Words.
    pub words: WordFactors,
    /// Weights of a kind of evidence, one for each bin.
    pub weights: BTreeMap<String, Vec<f64>>,
    /// Pairs of characters, by their number in `rows`.
    #[serde(skip)]
    pub pairs: FxHashMap<(char, char), usize>,
    /// What pairs of characters say.
    #[serde(skip)]
    pub rows: Vec<PairWeights>,
}

/// Factors of all weights.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Temper {
    /// Of years.
    pub year: f64,
    /// Of days.
    pub day: f64,
    /// Of what ties days and years together.
    pub joint: f64,
}

/// What a pair of characters says of each year, from the first of the counts.
#[derive(Debug)]
pub struct PairWeights {
    /// Where it stands.
    pub present: Vec<i8>,
    /// Where it is missing; empty for most pairs.
    pub missing: Vec<i8>,
    /// The year in which it came up, counted from the first; `None` for most pairs.
    pub begun: Option<usize>,
}

impl DateEvidence {
    /// The weight of a kind of evidence in a bin; nothing for one that the table does not know.
    pub fn weight(&self, kind: &str, bin: usize) -> f64 {
        self.weights.get(kind).and_then(|weights| weights.get(bin)).copied().unwrap_or(0.0)
    }
}

/// The table, loaded once.
pub fn date_evidence() -> &'static DateEvidence {
    static TABLE: OnceLock<DateEvidence> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: DateEvidence = super::embedded(TEXT);
        let (pairs, rows): (Vec<_>, Vec<_>) = super::rows(WORDS_TEXT).filter_map(|row| pair(&row)).unzip();
        table.pairs = pairs.into_iter().enumerate().map(|(number, pair)| (pair, number)).collect();
        table.rows = rows;
        table
    })
}

/// The character that stands for a weight of nothing.
const ZERO: i16 = b'P' as i16;

fn pair(row: &[&str]) -> Option<((char, char), PairWeights)> {
    let mut chars = row.first()?.chars();
    let weight = |byte: u8| i8::try_from(i16::from(byte) - ZERO).unwrap_or(0);
    let weights = |text: &&str| text.bytes().map(weight).collect();
    let begun = row.get(3).and_then(|text| text.parse().ok());
    let (present, missing) = (row.get(1).map(weights)?, row.get(2).map(weights).unwrap_or_default());
    Some(((chars.next()?, chars.next()?), PairWeights { present, missing, begun }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_weight_for_each_bin() {
        let table = date_evidence();
        let sizes = [&table.edges.year, &table.edges.month, &table.edges.day, &table.edges.day_of_month];
        let sizes = sizes.map(|edges| edges.len() + 1);
        assert!(table.weights.values().all(|weights| sizes.contains(&weights.len())));
        assert!(
            table.rows.len() > 1000 && table.rows.iter().all(|row| row.present.len() == table.rows[0].present.len())
        );
        assert_eq!(table.rows.len(), table.pairs.len());
    }
}

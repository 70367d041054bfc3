//! How much each kind of evidence says for a year, a month or a day, at each distance from it.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("date_evidence.toml");
pub(super) const WORDS_TEXT: &str = include_str!("date_words.tsv");
pub(super) const WEIGHTS_TEXT: &str = include_str!("date_weights.tsv");

/// A span of years and how probable each of them is before anything is read, as a weight.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// First year.
    pub from: i16,
    /// Last year; none where it is the present one.
    pub to: Option<i16>,
    /// Weight of each.
    pub weight: f64,
}

/// The first distances of all bins but the first.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BinEdges {
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
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordFactors {
    /// First year of the counts.
    pub first: i16,
    /// Factor of pairs that are there.
    pub present: f64,
    /// What it costs a year that pairs are there which came up later: once, and times the logarithm of their number.
    pub newer: [f64; 2],
}

/// The table.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateEvidence {
    /// The last year where none is told: that in which the weights were learned.
    pub present: i16,
    /// Years before anything is read.
    pub prior: Vec<Prior>,
    /// Bins of distances.
    pub edges: BinEdges,
    /// What the weights of years and those of days are multiplied with, so that probabilities mean what they say.
    pub temper: WeightFactors,
    /// Words.
    pub words: WordFactors,
    /// Weights of kinds of evidence that are not learned, one for each bin.
    pub stated: BTreeMap<String, Vec<f64>>,
    /// What is added to learned weights for local papers.
    pub local: BTreeMap<String, Vec<f64>>,
    /// Weights of all kinds.
    #[serde(skip)]
    pub weights: BTreeMap<String, Vec<f64>>,
    /// Pairs of characters, by their number in `rows`.
    #[serde(skip)]
    pub pairs: FxHashMap<(char, char), usize>,
    /// What pairs of characters say.
    #[serde(skip)]
    pub rows: Vec<PairWeights>,
}

/// Factors of all weights.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightFactors {
    /// Of years.
    pub year: f64,
    /// Of days.
    pub day: f64,
    /// Of what ties days and years together.
    pub joint: f64,
}

/// What a pair of characters says of each year, from the first of the counts.
#[derive(Clone, Debug)]
pub struct PairWeights {
    /// Where it stands.
    pub present: Vec<i8>,
    /// The year in which it came up, counted from the first; `None` for most pairs.
    pub begun: Option<usize>,
}

impl DateEvidence {
    /// The years up to a last one, or to that of the table, with the logarithms of their weights.
    pub fn years(&self, last: Option<i16>) -> impl Iterator<Item = (i16, f64)> {
        let last = last.unwrap_or(self.present);
        let of = move |prior: &Prior| {
            let weight = prior.weight.ln();
            (prior.from..=prior.to.unwrap_or(last).min(last)).map(move |year| (year, weight))
        };
        self.prior.iter().flat_map(of)
    }

    /// Takes learned weights of kinds; what is stated and what is added stays as it is.
    pub fn learn(&mut self, learned: impl IntoIterator<Item = (String, Vec<f64>)>) {
        self.weights = learned.into_iter().chain(self.stated.clone()).collect();
        for (kind, more) in &self.local {
            let weights = self.weights.entry(kind.clone()).or_insert_with(|| vec![0.0; more.len()]);
            weights.iter_mut().zip(more).for_each(|(weight, more)| *weight += more);
        }
    }

    /// Takes what pairs of characters say.
    pub fn learn_pairs(&mut self, learned: impl IntoIterator<Item = ((char, char), PairWeights)>) {
        let (pairs, rows): (Vec<_>, Vec<_>) = learned.into_iter().unzip();
        self.pairs = pairs.into_iter().enumerate().map(|(number, pair)| (pair, number)).collect();
        self.rows = rows;
    }
}

/// The table, loaded once.
pub fn date_evidence() -> &'static DateEvidence {
    static TABLE: OnceLock<DateEvidence> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: DateEvidence = super::embedded(TEXT);
        table.learn(super::rows(WEIGHTS_TEXT).filter_map(|row| weights(&row)));
        table.learn_pairs(super::rows(WORDS_TEXT).filter_map(|row| pair(&row)));
        table
    })
}

fn weights(row: &[&str]) -> Option<(String, Vec<f64>)> {
    let weights = row.get(1)?.split(' ').map(|text| text.parse().ok()).collect::<Option<_>>()?;
    Some(((*row.first()?).to_owned(), weights))
}

/// The character that stands for a weight of nothing.
const ZERO: i16 = b'P' as i16;

fn pair(row: &[&str]) -> Option<((char, char), PairWeights)> {
    let mut chars = row.first()?.chars();
    let weight = |byte: u8| i8::try_from(i16::from(byte) - ZERO).unwrap_or(0);
    let begun = row.get(2).and_then(|text| text.parse().ok());
    let present = row.get(1)?.bytes().map(weight).collect();
    Some(((chars.next()?, chars.next()?), PairWeights { present, begun }))
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

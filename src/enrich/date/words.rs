//! How much the words of a page are of each year: pairs of characters, by weights learned from dated news.

use crate::enrich::zones::Piece;
use crate::tables::{DateEvidence, date_evidence};
use rustc_hash::FxHashSet;

/// Pairs that are added to those of a page, so that a few say little.
const FEW: f64 = 20.0;
/// Characters of one item of the news that the shares of missing pairs were counted in.
const ITEM: f64 = 400.0;
/// Items, at most.
const ITEMS: f64 = 12.0;

/// What the words of a page say of each year of the counts, on average nothing.
pub(in crate::enrich) struct WordScores {
    first: i16,
    scores: Vec<f64>,
}

impl WordScores {
    /// Reads the pieces of all stories.
    pub(in crate::enrich) fn of(stories: &[Vec<Piece>]) -> Self {
        let table = date_evidence();
        let mut found: FxHashSet<usize> = FxHashSet::default();
        let mut read = 0;
        for pair in stories.iter().flatten().flat_map(|piece| piece.folded.windows(2)) {
            if let [a, b] = *pair
                && is_han(a)
                && is_han(b)
            {
                read += 1;
                found.extend(table.pairs.get(&(a, b)).copied());
            }
        }
        Self { first: table.words.first, scores: scores(table, &found, read) }
    }

    /// What they say of a year; one before the counts is like the first of them, one after them like the last.
    pub(in crate::enrich) fn of_year(&self, year: i16) -> f64 {
        let at = usize::try_from(year - self.first).unwrap_or(0).min(self.scores.len().saturating_sub(1));
        self.scores.get(at).copied().unwrap_or(0.0)
    }
}

/// The sum of what is there, and of what is missing.
fn scores(table: &DateEvidence, found: &FxHashSet<usize>, read: usize) -> Vec<f64> {
    let years = table.rows.first().map_or(0, |row| row.present.len());
    let mut sums = vec![[0.0, 0.0]; years];
    for (number, row) in table.rows.iter().enumerate() {
        let (weights, part) = if found.contains(&number) { (&row.present, 0) } else { (&row.missing, 1) };
        weights.iter().zip(&mut sums).for_each(|(weight, sum)| sum[part] += f64::from(*weight));
    }
    let present = table.words.present / (found.len() as f64 + FEW).sqrt();
    let missing = table.words.missing * (read as f64 / ITEM).min(ITEMS).sqrt();
    let sum = |[there, gone]: &[f64; 2]| there * present + gone * missing;
    let scores: Vec<f64> = sums.iter().enumerate().map(|(at, one)| sum(one) - newer(table, found, at)).collect();
    let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    scores.into_iter().map(|score| score - mean).collect()
}

/// What it costs a year that pairs are there which came up later.
fn newer(table: &DateEvidence, found: &FxHashSet<usize>, at: usize) -> f64 {
    let begun = found.iter().filter_map(|number| table.rows.get(*number)?.begun);
    let newer = begun.filter(|begun| *begun > at).count();
    if newer == 0 { 0.0 } else { table.words.newer[0] + table.words.newer[1] * (1.0 + newer as f64).ln() }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

//! The wording of a body, and whether two bodies are printings of one text.

use crate::enrich::shingles;
use crate::model::{Article, TextField};
use crate::text::NormalForm;
use std::cmp::Ordering;

/// Share of the shorter body's shingles that two reprints have in common, at least.
const COMMON: f64 = 0.6;

/// Shingles that two reprints have in common, at least: more than a credit line or a formula of greeting has.
const FEWEST: usize = 60;

/// One in so many shingles is in a sample, the same ones for every text that has them.
const SAMPLE: u64 = 8;

/// Share of the shorter sample that must be common for the texts to be compared: far below [`COMMON`], for a sample errs,
/// and of so many shingles at least, so that no reprint is missed by chance (about one in a million).
const SAMPLE_COMMON: f64 = 0.25;
const FEWEST_SAMPLED: usize = 40;

/// The shingles of a text, each once, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShingleSet(Vec<u64>);

impl ShingleSet {
    /// The wording of an encoded text.
    pub fn from_encoded(encoded: &str) -> Self {
        let mut shingles = shingles(encoded);
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles)
    }

    /// The wording of an article's body.
    pub fn of_article(article: &Article) -> Self {
        Self::from_encoded(NormalForm::from_paragraphs(article.paragraphs(TextField::Body)).encoded())
    }

    #[cfg(test)]
    pub(super) fn from_shingles(shingles: Vec<u64>) -> Self {
        Self(shingles)
    }

    /// How many shingles there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a shingle is among them.
    pub fn has(&self, shingle: u64) -> bool {
        self.0.binary_search(&shingle).is_ok()
    }

    /// How many shingles two wordings have in common.
    pub fn in_common(&self, other: &Self) -> usize {
        in_common(&self.0, &other.0)
    }

    /// Whether two bodies are printings of one text.
    pub fn is_reprint(&self, other: &Self) -> bool {
        let (shorter, common) = (self.len().min(other.len()), self.in_common(other));
        common >= FEWEST && common as f64 >= COMMON * shorter as f64
    }

    /// Some of the shingles, by which most texts that are no reprints are told without the others.
    pub(super) fn sample(&self) -> Box<[u64]> {
        self.0.iter().copied().filter(|shingle| shingle.is_multiple_of(SAMPLE)).collect()
    }
}

/// Whether samples leave it open that two bodies are printings of one text.
pub(super) fn may_be_reprint(one: &[u64], other: &[u64]) -> bool {
    let shorter = one.len().min(other.len());
    shorter < FEWEST_SAMPLED || in_common(one, other) as f64 >= SAMPLE_COMMON * shorter as f64
}

fn in_common(one: &[u64], other: &[u64]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            Ordering::Less => drop(one.next()),
            Ordering::Greater => drop(other.next()),
            Ordering::Equal => {
                common += 1;
                one.next();
                other.next();
            }
        }
    }
    common
}

//! What words are asked for.

use crate::model::Date;

/// Words of each list unless asked otherwise, and at most.
const LIMIT: usize = 50;

pub(super) const MOST_TERMS: usize = 500;

/// Articles that must have a word, in one of the two sets, unless asked otherwise.
const FEWEST: usize = 5;

/// Units on each side of a match that are near it, at most.
pub(super) const WIDEST_WINDOW: usize = 50;

/// What words are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsOptions {
    /// First day of the articles compared with.
    pub versus_from: Option<Date>,
    /// Last day of the articles compared with.
    pub versus_to: Option<Date>,
    /// Region of the articles compared with, by code, name or path.
    pub versus_region: Option<String>,
    /// Units on each side of a match that are near it.
    pub window: Option<usize>,
    /// Articles that must have a word.
    pub fewest: usize,
    /// Words of each list.
    pub limit: usize,
}

impl Default for TermsOptions {
    fn default() -> Self {
        Self { versus_from: None, versus_to: None, versus_region: None, window: None, fewest: FEWEST, limit: LIMIT }
    }
}

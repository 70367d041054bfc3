//! What numbers are asked for.

use crate::model::Measure;

/// Sentences of an answer unless asked otherwise, and at most.
const LIMIT: usize = 1000;

pub(super) const MOST_SENTENCES: usize = 20_000;

/// What numbers are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountsOptions {
    /// What is counted.
    pub measure: Measure,
    /// A part of the noun that a number must go with; empty for any.
    pub what: String,
    /// Sentences to give.
    pub limit: usize,
}

impl Default for AmountsOptions {
    fn default() -> Self {
        Self { measure: Measure::Yuan, what: String::new(), limit: LIMIT }
    }
}

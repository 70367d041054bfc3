//! A request for the numbers that articles state.

use super::canonical::CanonicalRequest;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::trend_request::Breakdown;
use super::{ArchiveError, Request};
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

/// A request for numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountsRequest {
    /// The articles.
    pub selection: Selection,
    /// Periods and splits.
    pub breakdown: Breakdown,
    /// Which numbers.
    pub amounts: AmountsOptions,
}

impl Groups for AmountsRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn breakdown(&mut self) -> Option<&mut Breakdown> {
        Some(&mut self.breakdown)
    }

    fn amounts(&mut self) -> Option<&mut AmountsOptions> {
        Some(&mut self.amounts)
    }
}

impl Request for AmountsRequest {
    const KIND: RequestKind = RequestKind::Amounts;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()
    }
}

impl AmountsRequest {
    /// Reads parameters.
    ///
    /// # Errors
    /// As [`super::SearchRequest::from_pairs`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        super::read(pairs)
    }

    /// The canonical form.
    pub fn canonical(&self) -> CanonicalRequest {
        CanonicalRequest::from_request(self)
    }
}

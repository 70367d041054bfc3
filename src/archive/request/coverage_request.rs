//! A request for what is held.

use super::canonical::CanonicalRequest;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::trend_request::Breakdown;
use super::{ArchiveError, Request};

/// A request for what is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageRequest {
    /// First and last day, and the papers; nothing else of it is looked at.
    pub selection: Selection,
    /// Periods.
    pub breakdown: Breakdown,
}

impl Groups for CoverageRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn breakdown(&mut self) -> Option<&mut Breakdown> {
        Some(&mut self.breakdown)
    }
}

impl Request for CoverageRequest {
    const KIND: RequestKind = RequestKind::Coverage;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()
    }
}

impl CoverageRequest {
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

//! A request for what is held.

use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::series_options::Breakdown;
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

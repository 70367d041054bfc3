//! A request for the numbers that articles state.

use super::amounts_options::AmountsOptions;
use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::series_options::Breakdown;
use super::{ArchiveError, Request};

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

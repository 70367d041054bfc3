//! A request for keyword in context.

use super::concordance_options::ConcordanceOptions;
use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::value_error::ValueError;
use super::{ArchiveError, Request};

/// A request for lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcordanceRequest {
    /// The articles, and what stands in the middle.
    pub selection: Selection,
    /// Which lines.
    pub lines: ConcordanceOptions,
}

impl Groups for ConcordanceRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn concordance(&mut self) -> Option<&mut ConcordanceOptions> {
        Some(&mut self.lines)
    }
}

impl Request for ConcordanceRequest {
    const KIND: RequestKind = RequestKind::Concordance;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()?;
        if self.selection.query.trim().is_empty() {
            return Err(ArchiveError::bad_value("q", ValueError::NeedsQuery));
        }
        Ok(())
    }
}

//! A request for all matching articles as a file.

use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::{ArchiveError, Request};

/// All matching articles, as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportRequest {
    /// The articles.
    pub selection: Selection,
}

impl Groups for ExportRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }
}

impl Request for ExportRequest {
    const KIND: RequestKind = RequestKind::Export;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()
    }
}

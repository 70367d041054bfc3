//! A request for all matching articles as a file.

use super::export_options::ExportOptions;
use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::{ArchiveError, Request};

/// All matching articles, as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportRequest {
    /// The articles.
    pub selection: Selection,
    /// How many of them.
    pub options: ExportOptions,
}

impl Groups for ExportRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn export(&mut self) -> Option<&mut ExportOptions> {
        Some(&mut self.options)
    }
}

impl Request for ExportRequest {
    const KIND: RequestKind = RequestKind::Export;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()
    }
}

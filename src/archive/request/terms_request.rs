//! A request for words: those that tell two sets of articles apart, or that stand near a query.

use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::terms_options::TermsOptions;
use super::value_error::ValueError;
use super::values::Values;
use super::{ArchiveError, Request};

/// A request for words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsRequest {
    /// The articles looked at.
    pub selection: Selection,
    /// Which words.
    pub terms: TermsOptions,
}

impl Groups for TermsRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn terms(&mut self) -> Option<&mut TermsOptions> {
        Some(&mut self.terms)
    }
}

impl Request for TermsRequest {
    const KIND: RequestKind = RequestKind::Terms;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()?;
        let versus = self.versus();
        versus.as_ref().map_or(Ok(()), |versus| versus.filters.check())?;
        if versus.is_some() && self.terms.window.is_some() {
            return Err(ArchiveError::bad_value("window", ValueError::WindowWithVersus));
        }
        if versus.is_none() && self.selection.query.trim().is_empty() {
            return Err(ArchiveError::bad_value("q", ValueError::NeedsQueryOrVersus));
        }
        Ok(())
    }
}

impl TermsRequest {
    /// The articles compared with; `None` where nothing is.
    pub(in crate::archive) fn versus(&self) -> Option<Selection> {
        let terms = &self.terms;
        let dates = terms.versus_from.is_some() || terms.versus_to.is_some();
        if !dates && terms.versus_region.is_none() {
            return None;
        }
        let mut filters = self.selection.filters.clone();
        if dates {
            (filters.from, filters.to) = (terms.versus_from, terms.versus_to);
        }
        if let Some(region) = &terms.versus_region {
            filters.region = Values::one(region);
        }
        Some(self.selection.with_filters(filters))
    }
}

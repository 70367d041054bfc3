//! A request for words: those that tell two sets of articles apart, or that stand near a query.

use super::canonical::CanonicalRequest;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::value_error::ValueError;
use super::values::Values;
use super::{ArchiveError, Request};
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

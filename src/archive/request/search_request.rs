//! A search: which articles, in which order, what of them.

use super::canonical::CanonicalRequest;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::{ArchiveError, Request};
use crate::model::Facet;
use crate::query::Sort;

/// Hits on a page unless asked otherwise, and at most.
const LIMIT: usize = 20;
pub(super) const MAX_LIMIT: usize = 100;

/// Fields of a hit, as the API prints them.
pub(in crate::archive) const HIT_FIELDS: &[&str] = &[
    "id", "title", "kicker", "subtitle", "column", "paper", "page", "kind", "date", "regions", "topics", "bylines",
    "score", "snippets",
];

/// Facets that may be counted.
pub(in crate::archive) const FACETS: &[Facet] = &[
    Facet::Body,
    Facet::Year,
    Facet::Month,
    Facet::Province,
    Facet::Prefecture,
    Facet::County,
    Facet::Topic,
    Facet::Paper,
    Facet::Page,
    Facet::Kind,
    Facet::Byline,
];

/// Which hits of all, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Order, or the one that fits the query.
    pub sort: Option<Sort>,
    /// Hits on a page, 1–100.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl Default for Paging {
    fn default() -> Self {
        Self { sort: None, limit: LIMIT, cursor: None }
    }
}

/// What is told of the hits and beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerOptions {
    /// Whether to tell how the query was read and what each part of it finds.
    pub explain: bool,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Fields of a hit to give; none = all.
    pub fields: Vec<&'static str>,
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchRequest {
    /// The articles.
    pub selection: Selection,
    /// Which of them, in which order.
    pub paging: Paging,
    /// What is told of them.
    pub answer: AnswerOptions,
}

impl SearchRequest {
    /// A search for a query text without filters.
    pub fn of_query(query: impl Into<String>) -> Self {
        Self { selection: Selection::of_query(query), ..Self::default() }
    }

    /// Reads parameters, the same for the API, the browser and the command line.
    ///
    /// # Errors
    /// [`ArchiveError::UnknownParameter`], [`ArchiveError::RepeatedParameter`] or [`ArchiveError::BadValue`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        super::read(pairs)
    }

    /// The canonical form: what a cursor is bound to and what links are made of.
    pub fn canonical(&self) -> CanonicalRequest {
        CanonicalRequest::from_request(self)
    }

    /// The order: the one asked for, else by relevance where there is a query, else newest first.
    pub fn order(&self) -> Sort {
        let fitting = if self.selection.query.trim().is_empty() { Sort::Newest } else { Sort::Relevance };
        self.paging.sort.unwrap_or(fitting)
    }
}

impl Groups for SearchRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn paging(&mut self) -> Option<&mut Paging> {
        Some(&mut self.paging)
    }

    fn answer(&mut self) -> Option<&mut AnswerOptions> {
        Some(&mut self.answer)
    }
}

impl Request for SearchRequest {
    const KIND: RequestKind = RequestKind::Search;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()
    }
}

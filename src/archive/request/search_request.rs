//! A search: which articles, in which order, what of them.

use super::paging::{AnswerOptions, Paging};
use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::{ArchiveError, Request};
use crate::query::Sort;

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

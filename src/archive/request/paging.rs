//! Which hits of all, in which order, and what is told of them.

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

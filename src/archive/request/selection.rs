//! Which articles a request is about.

use super::filters::Filters;
use crate::model::Date;

/// How query texts are read, and what counts as one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The day that words like 去年 in a query count from.
    pub today: Option<Date>,
    /// Whether terms stand for their other forms too.
    pub expand: bool,
    /// Whether of the printings of one text only the first that passes the filters counts.
    pub once: bool,
}

/// The articles that a query and filters select.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Query text; empty = all.
    pub query: String,
    /// Conditions beside it.
    pub filters: Filters,
    /// How it is read.
    pub reading: Reading,
}

impl Selection {
    /// The articles that a query text selects without filters.
    pub fn of_query(query: impl Into<String>) -> Self {
        Self { query: query.into(), ..Self::default() }
    }

    /// The same with another query text.
    pub(in crate::archive) fn with_query(&self, query: &str) -> Self {
        Self { query: query.to_owned(), filters: self.filters.clone(), reading: self.reading }
    }

    /// The same with other filters.
    pub(in crate::archive) fn with_filters(&self, filters: Filters) -> Self {
        Self { query: self.query.clone(), filters, reading: self.reading }
    }

    /// The same with the other forms of its terms too.
    pub(in crate::archive) fn expanded(&self) -> Self {
        let mut other = self.clone();
        other.reading.expand = true;
        other
    }
}

//! Conditions beside the query text.

use crate::model::{Date, Facet, InferredField};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A condition on articles; several must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The facet has one of `any` (where `any` is not empty), and none of `none`.
    Value {
        /// The facet.
        facet: Facet,
        /// Accepted values.
        any: Vec<String>,
        /// Refused values.
        none: Vec<String>,
    },
    /// The date's interval overlaps the days from `from` to `to`, both included. Undated articles do not match.
    Dates {
        /// First day, or unlimited.
        from: Option<Date>,
        /// Last day, or unlimited.
        to: Option<Date>,
    },
    /// One of some inferred values of the article is as sure as this. An article without such a value does not match.
    Confidence {
        /// The field.
        field: InferredField,
        /// Ids of topics or codes of regions; none = any value of the field.
        values: Vec<String>,
        /// How sure, in ten thousandths ([`crate::model::CONFIDENCE_UNIT`]).
        range: RangeInclusive<u16>,
    },
    /// The article is as it was after the last commit of this number ([`crate::model::Article::since`]), and not as it was
    /// after one before the first.
    Commits {
        /// The first commit.
        first: u64,
        /// The last commit.
        last: u64,
    },
    /// The article is of none of these clusters of reprints.
    NotClusters(Arc<BTreeSet<u64>>),
}

//! How numbers are broken down, and what series are like.

use super::choice::NamedValue;
use crate::model::Facet;
use crate::trends::{DateBasis, PeriodStep};

/// The most queries of one request.
pub const MOST_QUERIES: usize = 12;

pub(super) const MOST_AROUND: usize = 168;

/// What matching articles are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// All articles that pass the filters of the request.
    #[default]
    Filtered,
    /// All articles of the archive.
    Archive,
}

impl Denominator {
    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filtered => "filtered",
            Self::Archive => "archive",
        }
    }
}

/// How numbers are broken down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// Length of a period; on a festival's axis day or week.
    pub by: PeriodStep,
    /// What numbers are split by.
    pub split: Option<Facet>,
}

/// What series are like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesOptions {
    /// What matching articles are compared with.
    pub of: Denominator,
    /// By which of their days articles are counted.
    pub date_by: DateBasis,
    /// The name of the festival that time is counted from.
    pub feast: Option<String>,
    /// Days before and after the festival.
    pub around: Option<usize>,
    /// Whether each query is shown as its names in the thesaurus, one upon the other.
    pub stack: bool,
    /// The id of an earlier answer that is to be given again.
    pub as_of: Option<String>,
}

impl NamedValue for Denominator {
    const ALL: &'static [Self] = &[Self::Filtered, Self::Archive];

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

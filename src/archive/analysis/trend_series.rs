//! A series over time.

use crate::trends::{Coverage, interval};

/// A number of matching articles, of all articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct SeriesPoint {
    /// Matching articles.
    pub matched: u64,
    /// All articles, by the request's denominator.
    pub total: u64,
    /// Characters of all articles.
    pub characters: u64,
    /// Matching articles whose days reach beyond the period; only where articles are counted by their best day.
    pub doubtful: u64,
}

impl SeriesPoint {
    /// Share of matching articles; `None` of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.total > 0).then(|| self.matched as f64 / self.total as f64)
    }

    /// The 95 % interval of the share.
    pub fn interval(self) -> Option<(f64, f64)> {
        interval(self.matched, self.total)
    }
}

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The query as given; empty for all articles.
    pub query: String,
    /// The query as it was read.
    pub read_as: String,
    /// The value of the split, as filters take it; `None` without a split, empty for articles without a value.
    pub value: Option<String>,
    /// What a person reads for the value.
    pub label: String,
    /// The query of which this is one name, in a stack.
    pub name_of: Option<String>,
    /// By slot.
    pub points: Vec<SeriesPoint>,
    /// What is held, where that differs from the whole: of the paper, in a split by paper.
    pub covers: Option<Vec<Coverage>>,
    /// Articles without a date.
    pub undated: SeriesPoint,
    /// Articles with a date that fits in no slot.
    pub coarse: SeriesPoint,
}

impl Series {
    /// Articles in all slots.
    pub fn sum(&self) -> SeriesPoint {
        let add = |one: SeriesPoint, other: &SeriesPoint| SeriesPoint {
            matched: one.matched + other.matched,
            total: one.total + other.total,
            characters: one.characters + other.characters,
            doubtful: one.doubtful + other.doubtful,
        };
        self.points.iter().fold(SeriesPoint::default(), add)
    }
}

//! What a caller asks of time: queries, steps, splits, denominators.

use super::canonical::CanonicalRequest;
use super::filters::Filters;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::value_error::ValueError;
use super::{ArchiveError, Request};
use crate::model::Facet;
use crate::trends::{Axis, DateBasis, PeriodStep, festivals};

/// The most queries of one request.
pub const MOST_QUERIES: usize = 12;

/// Days before and after a festival unless asked otherwise, and at most: two Spring Festivals are 353 days apart or more, and
/// no day, nor its week, may belong to both.
const AROUND: usize = 60;
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

/// A request for series over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrendRequest {
    /// Query texts; none = all articles.
    pub queries: Vec<String>,
    /// Filters and how queries are read, without a query. `from` and `to` are the ends of the axis.
    pub selection: Selection,
    /// Periods and splits.
    pub breakdown: Breakdown,
    /// What the series are like.
    pub series: SeriesOptions,
}

impl Groups for TrendRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn queries(&mut self) -> Option<&mut Vec<String>> {
        Some(&mut self.queries)
    }

    fn breakdown(&mut self) -> Option<&mut Breakdown> {
        Some(&mut self.breakdown)
    }

    fn series(&mut self) -> Option<&mut SeriesOptions> {
        Some(&mut self.series)
    }
}

impl Request for TrendRequest {
    const KIND: RequestKind = RequestKind::Trends;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()?;
        let (Breakdown { by, split }, series) = (self.breakdown, &self.series);
        let on_festival = series.feast.is_some();
        let rules = [
            ("around", ValueError::AroundWithoutAxis, series.around.is_some() && !on_festival),
            ("axis", ValueError::AxisNeedsDays, on_festival && !matches!(by, PeriodStep::Day | PeriodStep::Week)),
            ("stack", ValueError::StackWithSplit, series.stack && split.is_some()),
            ("axis", ValueError::AxisWithSplit, on_festival && split.is_some()),
        ];
        let broken = rules.into_iter().find(|(.., broken)| *broken);
        broken.map_or(Ok(()), |(name, error, _)| Err(ArchiveError::bad_value(name, error)))
    }
}

impl TrendRequest {
    /// Reads parameters, the same for the API, the browser and the command line.
    ///
    /// # Errors
    /// [`ArchiveError::UnknownParameter`], [`ArchiveError::RepeatedParameter`] or [`ArchiveError::BadValue`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        super::read(pairs)
    }

    /// The canonical form: what the id of an answer names.
    pub fn canonical(&self) -> CanonicalRequest {
        CanonicalRequest::from_request(self)
    }

    /// How time is cut.
    pub(in crate::archive) fn axis(&self) -> Axis {
        let (by, around) = (self.breakdown.by, self.series.around.unwrap_or(AROUND) as i64);
        let feast = self.series.feast.as_ref().and_then(|name| festivals().find(|feast| feast.id == *name));
        match feast {
            Some(feast) => Axis::Feast { feast, weeks: by == PeriodStep::Week, around },
            None => Axis::Calendar(by),
        }
    }

    /// The articles of one query, with the filters but the ends of the axis.
    pub(in crate::archive) fn selection_of(&self, query: &str) -> Selection {
        let filters = self.selection.filters.without("from").without("to");
        self.selection.with_filters(filters).with_query(query)
    }

    /// All articles, read as the request says.
    pub(in crate::archive) fn unfiltered(&self) -> Selection {
        self.selection.with_filters(Filters::default()).with_query("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_go_together_is_refused() {
        let cases: &[&[(&str, &str)]] = &[
            &[("axis", "春节")],
            &[("axis", "腊八"), ("by", "day")],
            &[("around", "30"), ("by", "day")],
            &[("stack", "true"), ("split", "topic")],
            &[("axis", "春节"), ("by", "day"), ("split", "topic")],
            &[("split", "byline")],
            &[("by", "decade")],
            &[("limit", "3")],
            &[("sort", "newest")],
            &[("of", "all")],
            &[("from", "2015"), ("to", "2014")],
        ];
        for pairs in cases {
            assert!(TrendRequest::from_pairs(pairs.iter().copied()).is_err(), "{pairs:?}");
        }
        let many: Vec<(&str, &str)> = (0..=MOST_QUERIES).map(|_| ("q", "x")).collect();
        assert!(TrendRequest::from_pairs(many[1..].iter().copied()).is_ok());
        assert!(TrendRequest::from_pairs(many).is_err());
    }
}

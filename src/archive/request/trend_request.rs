//! What a caller asks of time: queries, steps, splits, denominators.

use super::filters::Filters;
use super::parameter::Groups;
use super::request_kind::RequestKind;
use super::selection::Selection;
use super::series_options::{Breakdown, SeriesOptions};
use super::value_error::ValueError;
use super::{ArchiveError, Request};
use crate::trends::{Axis, PeriodStep, festivals};

/// Days before and after a festival unless asked otherwise, and at most: two Spring Festivals are 353 days apart or more, and
/// no day, nor its week, may belong to both.
const AROUND: usize = 60;

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
    use super::super::MOST_QUERIES;
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

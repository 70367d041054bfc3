//! What the archive holds of which paper, and how much of each period that is.

use crate::archive::reading::overview::facet_label;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::{CoverageRequest, ValueError, Values};
use crate::archive::view::ArchiveView;
use crate::archive::view::derived::DerivedValue;
use crate::model::{Date, Facet, FormerName};
use crate::trends::{Axis, AxisSlot, Calendars, Coverage, Holdings, MOST_SLOTS, PaperHoldings};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is held and when papers appear, of one state of the index.
pub(in crate::archive) struct ArchiveHoldings {
    holdings: Holdings,
    calendars: Calendars,
}

impl ArchiveHoldings {
    /// Slugs or names of the papers that a filter lets through: those it names, else all that are held.
    pub(in crate::archive) fn papers(&self, filter: &Values) -> Vec<String> {
        let held = || self.holdings.0.keys().cloned().collect();
        let wanted: Vec<String> = if filter.any.is_empty() { held() } else { filter.any.clone() };
        let wanted: BTreeSet<String> = wanted.into_iter().filter(|paper| !filter.none.contains(paper)).collect();
        wanted.into_iter().collect()
    }

    /// What is held of a paper in each slot, of the days between two ends.
    pub(in crate::archive) fn coverage_of(
        &self,
        paper: &str,
        slots: &[AxisSlot],
        from: Date,
        to: Date,
    ) -> Vec<Coverage> {
        let calendar = self.calendars.paper(paper);
        let none = PaperHoldings::default();
        let held = self.holdings.0.get(paper).unwrap_or(&none);
        slots.iter().map(|slot| held.coverage(&calendar, slot.first.max(from), slot.last.min(to))).collect()
    }
}

/// The printed name of a paper, by its slug or given name.
pub(in crate::archive) fn paper_name(id: &str) -> String {
    if id.is_empty() { "报名不详".to_owned() } else { facet_label(Facet::Paper, id) }
}

/// What is held of one paper.
#[derive(Clone, Debug)]
pub struct PaperCoverage {
    /// Slug, or the name as given; empty for articles of no known paper.
    pub id: String,
    /// Printed name.
    pub name: String,
    /// First and last day of which anything is held.
    pub span: Option<(Date, Date)>,
    /// First and last day of the paper, where they are known.
    pub life: (Option<Date>, Option<Date>),
    /// Names it had before.
    pub former: Vec<FormerName>,
    /// Articles without a date.
    pub undated: u64,
    /// What is held of the whole time asked for.
    pub whole: Coverage,
    /// What is held of each period.
    pub periods: Vec<Coverage>,
}

/// What the archive holds.
#[derive(Clone, Debug)]
pub struct CoverageReply {
    /// The periods.
    pub slots: Vec<AxisSlot>,
    /// Papers, by name.
    pub papers: Vec<PaperCoverage>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    pub(in crate::archive) fn archive_holdings(&self) -> Result<Arc<ArchiveHoldings>, ArchiveError> {
        self.kept.get::<DerivedValue<ArchiveHoldings>>().get_or_make(self.state.commit_id(), || {
            let holdings = Holdings::from_holdings(&self.state.holdings()?);
            Ok(ArchiveHoldings { holdings, calendars: Calendars::from_stated(&self.state.calendar()?) })
        })
    }

    /// What is held of each paper in each period.
    ///
    /// # Errors
    /// [`ArchiveError::BadValue`] for more periods than an answer takes, and engine failures.
    pub fn coverage(&self, request: &CoverageRequest) -> Result<CoverageReply, ArchiveError> {
        let stock = self.archive_holdings()?;
        let papers = stock.papers(&request.selection.filters.paper);
        let spans = || papers.iter().filter_map(|paper| stock.holdings.0.get(paper)?.span());
        let from = request.selection.filters.from.or_else(|| spans().map(|(first, _)| first).min());
        let to = request.selection.filters.to.or_else(|| spans().map(|(_, last)| last).max());
        let ends = from.zip(to).filter(|(from, to)| from <= to);
        let slots = match ends {
            Some((from, to)) => Axis::Calendar(request.breakdown.by).slots(from, to).ok_or_else(|| self.too_many())?,
            None => Vec::new(),
        };
        self.check_rows(slots.len() * papers.len())?;
        let mut all: Vec<PaperCoverage> =
            papers.iter().map(|paper| paper_coverage(&stock, paper, &slots, ends)).collect();
        all.sort_by(|a, b| (a.id.is_empty(), &a.name).cmp(&(b.id.is_empty(), &b.name)));
        Ok(CoverageReply { slots, papers: all, generation: self.generation() })
    }
}

impl ArchiveView {
    /// Refuses an answer with more rows than it may have.
    pub(in crate::archive) fn check_rows(&self, rows: usize) -> Result<(), ArchiveError> {
        if rows > self.limits.answer_rows { Err(self.too_many()) } else { Ok(()) }
    }

    /// An answer with more periods than is sensible.
    pub(in crate::archive) fn too_many(&self) -> ArchiveError {
        let rows = self.limits.answer_rows;
        ArchiveError::bad_value("by", ValueError::TooManyPeriods { periods: MOST_SLOTS, rows })
    }
}

fn paper_coverage(
    stock: &ArchiveHoldings,
    paper: &str,
    slots: &[AxisSlot],
    ends: Option<(Date, Date)>,
) -> PaperCoverage {
    let calendar = stock.calendars.paper(paper);
    let none = PaperHoldings::default();
    let held = stock.holdings.0.get(paper).unwrap_or(&none);
    let publishing = calendar.publishing.as_ref();
    let whole = ends.map(|(from, to)| held.coverage(&calendar, from, to));
    PaperCoverage {
        id: paper.to_owned(),
        name: paper_name(paper),
        span: held.span(),
        life: (publishing.and_then(|one| one.founded), publishing.and_then(|one| one.ceased)),
        former: publishing.map(|one| one.former.clone()).unwrap_or_default(),
        undated: held.undated,
        whole: whole.unwrap_or_else(|| Coverage::combine(&[])),
        periods: ends.map(|(from, to)| stock.coverage_of(paper, slots, from, to)).unwrap_or_default(),
    }
}

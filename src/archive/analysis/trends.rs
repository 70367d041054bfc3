//! Series over time: matching articles beside all articles, with what is held of each period.

use crate::archive::analysis::holdings::paper_name;
use crate::archive::analysis::trend_reply::TrendReply;
use crate::archive::analysis::trend_series::{Series, SeriesPoint};
use crate::archive::reading::overview::facet_label;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::parsed_query::ParsedQuery;
use crate::archive::request::warning::{Warning, warning};
use crate::archive::request::{Denominator, SeriesOptions, TrendRequest};
use crate::archive::view::ArchiveView;
use crate::engine::HistogramRow;
use crate::model::{ArticleId, Date, Facet};
use crate::query::{Ast, Filter, Match, Plan, match_of};
use crate::tables::regions;
use crate::trends::{AxisSlot, Coverage, SlotCounts};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What all queries of a request are measured against; kept for the requests that follow.
struct DenominatorCounts {
    ends: Option<(Date, Date)>,
    slots: Arc<[AxisSlot]>,
    covers: SlotCoverage,
    /// By value of the split; one without a name where all values have the same total.
    totals: BTreeMap<Option<String>, SlotCounts>,
}

/// What is held of each slot.
#[derive(Default)]
struct SlotCoverage {
    together: Arc<[Coverage]>,
    by_paper: BTreeMap<String, Vec<Coverage>>,
}

/// Bases by request, the last one first.
type DenominatorCache = Vec<(String, Arc<DenominatorCounts>)>;

/// How many bases are kept.
const BASES: usize = 8;

/// A query of a request, to be counted.
struct SeriesQuery {
    query: String,
    read_as: String,
    name_of: Option<String>,
    matching: Match,
}

impl ArchiveView {
    /// Counts as the index is now.
    pub(in crate::archive) fn trends_now(&self, request: &TrendRequest) -> Result<TrendReply, ArchiveError> {
        let basis = self.denominator_counts(request)?;
        let (lines, warnings) = self.lines(request)?;
        let filters = request.selection_of("").filters.conditions()?;
        let mut series = Vec::new();
        for line in lines {
            let plan = Plan {
                filters: filters.clone(),
                once: request.selection.reading.once,
                ..Plan::for_match(line.matching.clone())
            };
            let rows = self.histogram(&plan, request, request.breakdown.split)?;
            series.extend(series_of(request, &basis, &line, &rows));
            self.check_rows(series.len() * basis.slots.len())?;
        }
        let absent = absent_names(&mut series);
        let edition = self.state.commit_id().clone();
        Ok(TrendReply {
            absent,
            id: super::answer::id_of(&edition, request, &series),
            request: request.clone(),
            ends: basis.ends,
            slots: basis.slots.clone(),
            covers: basis.covers.together.clone(),
            series,
            warnings,
            generation: self.generation(),
            edition,
            replay: None,
        })
    }

    /// The articles that the series of a request count as matching, each with the commit that first had it so.
    pub(in crate::archive) fn matched_articles(
        &self,
        request: &TrendRequest,
    ) -> Result<BTreeSet<(ArticleId, u64)>, ArchiveError> {
        let filters = request.selection_of("").filters.conditions()?;
        let (from, to) = (request.selection.filters.from, request.selection.filters.to);
        let inside = |days: (Date, Date)| from.is_none_or(|from| days.1 >= from) && to.is_none_or(|to| days.0 <= to);
        let mut counted = BTreeSet::new();
        for line in self.lines(request)?.0 {
            let plan = Plan {
                filters: filters.clone(),
                once: request.selection.reading.once,
                ..Plan::for_match(line.matching)
            };
            for part in parts_of(&plan, request) {
                self.state.matches(&part, &mut |one| {
                    if one.days.is_none_or(inside) {
                        counted.insert((one.id, one.since));
                    }
                })?;
            }
        }
        Ok(counted)
    }

    /// The tally of a plan, as the ends of a request have it.
    fn histogram(
        &self,
        plan: &Plan,
        request: &TrendRequest,
        split: Option<Facet>,
    ) -> Result<Vec<HistogramRow>, ArchiveError> {
        self.check_cost(plan)?;
        let mut rows = Vec::new();
        for part in parts_of(plan, request) {
            rows.extend(self.state.histogram(&part, split)?);
        }
        Ok(rows)
    }

    /// The queries of a request, each name of a stack by itself.
    fn lines(&self, request: &TrendRequest) -> Result<(Vec<SeriesQuery>, Vec<Warning>), ArchiveError> {
        let all = [String::new()];
        let queries = if request.queries.is_empty() { &all[..] } else { &request.queries[..] };
        let (mut lines, mut warnings) = (Vec::new(), Vec::new());
        for query in queries {
            let own = request.selection_of(query);
            let selection = if request.series.stack { own.expanded() } else { own };
            let question = ParsedQuery::from_request(&selection, self.state.capabilities())?;
            warnings.extend(question.diagnostics.iter().map(warning));
            lines.extend(if request.series.stack {
                self.stacked(query, &question)
            } else {
                vec![line_of(query, &question)]
            });
        }
        Ok((lines, warnings))
    }

    /// A line for each name of a query, each without the articles of those before it; the query alone where it has none.
    fn stacked(&self, query: &str, question: &ParsedQuery) -> Vec<SeriesQuery> {
        let [expansion] = &question.expansions[..] else { return vec![line_of(query, question)] };
        if !matches!(question.typed, Ast::Term(_)) {
            return vec![line_of(query, question)];
        }
        let mut before: Vec<Match> = Vec::new();
        let mut lines = Vec::new();
        for variant in &expansion.variants {
            let ast = Ast::Term(variant.term.clone());
            let own = match_of(&ast, self.state.capabilities()).0;
            let others = before.iter().map(|one| Match::Not(Box::new(one.clone())));
            lines.push(SeriesQuery {
                query: variant.term.text.clone(),
                read_as: ast.to_string(),
                name_of: Some(query.to_owned()),
                matching: Match::And(std::iter::once(own.clone()).chain(others).collect()),
            });
            before.push(own);
        }
        lines
    }

    /// What the queries of a request are measured against.
    fn denominator_counts(&self, request: &TrendRequest) -> Result<Arc<DenominatorCounts>, ArchiveError> {
        let series = SeriesOptions { as_of: None, stack: false, ..request.series.clone() };
        let base = TrendRequest { queries: Vec::new(), series, ..request.clone() };
        let key = base.canonical().text();
        let kept = self.kept.get_of_state::<Mutex<DenominatorCache>>(self.state.commit_id());
        let known = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, basis)) = known().iter().find(|(of, _)| *of == key) {
            return Ok(Arc::clone(basis));
        }
        let basis = Arc::new(self.new_basis(request)?);
        let mut known = known();
        known.truncate(BASES - 1);
        known.insert(0, (key, Arc::clone(&basis)));
        Ok(basis)
    }

    fn new_basis(&self, request: &TrendRequest) -> Result<DenominatorCounts, ArchiveError> {
        let all = match request.series.of {
            Denominator::Filtered => request.selection_of(""),
            Denominator::Archive => request.unfiltered(),
        };
        let plan = Plan {
            filters: all.filters.conditions()?,
            once: request.selection.reading.once,
            ..Plan::for_match(Match::All)
        };
        let split = request.breakdown.split.filter(|_| request.series.of == Denominator::Filtered);
        let rows = self.histogram(&plan, request, split)?;
        let (from, to) = (request.selection.filters.from, request.selection.filters.to);
        let first = from.or_else(|| rows.iter().filter_map(|row| Some(row.days?.0)).min());
        let last = to.or_else(|| rows.iter().filter_map(|row| Some(row.days?.1)).max());
        let ends = first.zip(last).filter(|(first, last)| first <= last);
        let axis = request.axis();
        let slots =
            ends.map_or(Some(Vec::new()), |(first, last)| axis.slots(first, last)).ok_or_else(|| self.too_many())?;
        let totals = by_value(&rows)
            .into_iter()
            .map(|(value, rows)| (value, SlotCounts::from_rows(rows, &axis, request.series.date_by, from, to)));
        let totals = totals.collect();
        let covers = self.slot_coverage(request, &slots, ends)?;
        Ok(DenominatorCounts { ends, slots: slots.into(), covers, totals })
    }

    /// What is held of each slot.
    fn slot_coverage(
        &self,
        request: &TrendRequest,
        slots: &[AxisSlot],
        ends: Option<(Date, Date)>,
    ) -> Result<SlotCoverage, ArchiveError> {
        let stock = self.archive_holdings()?;
        let Some((from, to)) = ends else { return Ok(SlotCoverage::default()) };
        let papers = stock.papers(&request.selection.filters.paper);
        self.check_rows(papers.len() * slots.len())?;
        let by_paper: BTreeMap<String, Vec<Coverage>> =
            papers.into_iter().map(|paper| (paper.clone(), stock.coverage_of(&paper, slots, from, to))).collect();
        let names: Vec<String> = by_paper.keys().map(|paper| paper_name(paper)).collect();
        let together = |slot: usize| {
            let covers = by_paper.values().zip(&names).map(|(covers, name)| (name.clone(), covers[slot].clone()));
            Coverage::combine(&covers.collect::<Vec<_>>())
        };
        Ok(SlotCoverage { together: (0..slots.len()).map(together).collect(), by_paper })
    }
}

/// Takes the names of stacks that no article has out of the series, and tells them; a query's first name stays.
fn absent_names(series: &mut Vec<Series>) -> Vec<String> {
    let found = |one: &Series| one.sum().matched + one.undated.matched + one.coarse.matched > 0;
    let mut seen: Vec<String> = Vec::new();
    let mut absent = Vec::new();
    series.retain(|one| {
        let Some(query) = &one.name_of else { return true };
        let first = !seen.contains(query);
        seen.push(query.clone());
        let kept = first || found(one);
        if !kept {
            absent.push(one.query.clone());
        }
        kept
    });
    absent
}

/// A plan as the ends of a request have it. Which printing is the first depends on them, as in a search: then dated and
/// undated articles are counted apart.
fn parts_of(plan: &Plan, request: &TrendRequest) -> Vec<Plan> {
    let (from, to) = (request.selection.filters.from, request.selection.filters.to);
    if !plan.once || from.is_none() && to.is_none() {
        return vec![plan.clone()];
    }
    let undated = Filter::Value { facet: Facet::Year, any: vec!["undated".to_owned()], none: Vec::new() };
    let with = |filter: Filter| {
        let mut part = plan.clone();
        part.filters.push(filter);
        part
    };
    vec![with(Filter::Dates { from, to }), with(undated)]
}

fn line_of(query: &str, question: &ParsedQuery) -> SeriesQuery {
    SeriesQuery {
        query: query.to_owned(),
        read_as: question.typed.to_string(),
        name_of: None,
        matching: question.matching.clone(),
    }
}

fn by_value(rows: &[HistogramRow]) -> BTreeMap<Option<String>, Vec<&HistogramRow>> {
    let mut values: BTreeMap<Option<String>, Vec<&HistogramRow>> = BTreeMap::new();
    if !rows.is_empty() && rows.iter().all(|row| row.value.is_none()) {
        values.insert(None, rows.iter().collect());
        return values;
    }
    for row in rows {
        values.entry(row.value.clone()).or_default().push(row);
    }
    values
}

/// The series of one query: one, or one for each value of the split.
fn series_of(
    request: &TrendRequest,
    basis: &DenominatorCounts,
    line: &SeriesQuery,
    rows: &[HistogramRow],
) -> Vec<Series> {
    let (axis, from, to) = (request.axis(), request.selection.filters.from, request.selection.filters.to);
    let counts = |rows: Vec<&HistogramRow>| SlotCounts::from_rows(rows, &axis, request.series.date_by, from, to);
    let mut matched: BTreeMap<Option<String>, SlotCounts> =
        by_value(rows).into_iter().map(|(value, rows)| (value, counts(rows))).collect();
    let by_split = request.breakdown.split.is_some();
    if by_split {
        // A value without matches is a finding too, where its total is known.
        let known = basis.totals.keys().filter(|_| request.series.of == Denominator::Filtered);
        for value in known {
            matched.entry(value.clone()).or_default();
        }
    } else {
        matched.entry(None).or_default();
    }
    let none = SlotCounts::default();
    let mut series: Vec<Series> = matched
        .iter()
        .map(|(value, counts)| {
            let own = if request.series.of == Denominator::Filtered { value } else { &None };
            one_series(request, basis, line, value.as_deref(), counts, basis.totals.get(own).unwrap_or(&none))
        })
        .collect();
    series.sort_by_key(|one| (std::cmp::Reverse(one.sum().matched), one.value.as_deref() == Some("")));
    series
}

fn one_series(
    request: &TrendRequest,
    basis: &DenominatorCounts,
    line: &SeriesQuery,
    value: Option<&str>,
    matched: &SlotCounts,
    total: &SlotCounts,
) -> Series {
    let point = |slot: &AxisSlot| {
        let all = total.at(slot);
        let own = matched.at(slot);
        SeriesPoint { matched: own.articles, total: all.articles, characters: all.characters, doubtful: own.doubtful }
    };
    let rest = |matched: crate::trends::ArticleCount, total: crate::trends::ArticleCount| SeriesPoint {
        matched: matched.articles,
        total: total.articles,
        characters: total.characters,
        doubtful: 0,
    };
    let value = request.breakdown.split.map(|_| value.unwrap_or_default().to_owned());
    let of_paper = value.as_ref().filter(|_| request.breakdown.split == Some(Facet::Paper));
    Series {
        query: line.query.clone(),
        read_as: line.read_as.clone(),
        label: request
            .breakdown
            .split
            .map_or_else(String::new, |facet| label(facet, value.as_deref().unwrap_or_default())),
        name_of: line.name_of.clone(),
        points: basis.slots.iter().map(point).collect(),
        covers: of_paper.and_then(|paper| basis.covers.by_paper.get(paper).cloned()),
        undated: rest(matched.undated, total.undated),
        coarse: rest(matched.coarse, total.coarse),
        value,
    }
}

/// What a person reads for a value of a split; a region by its path, which filters take too.
pub(in crate::archive) fn label(facet: Facet, value: &str) -> String {
    match facet {
        Facet::Province | Facet::Prefecture | Facet::County if value.is_empty() => "全国或地区不详".to_owned(),
        Facet::Province | Facet::Prefecture | Facet::County => {
            let path: Vec<&str> = regions().path(value, None).iter().map(|unit| unit.name).collect();
            if path.is_empty() { value.to_owned() } else { path.join("/") }
        }
        Facet::Topic if value.is_empty() => "无主题".to_owned(),
        Facet::Paper => paper_name(value),
        _ => facet_label(facet, value),
    }
}

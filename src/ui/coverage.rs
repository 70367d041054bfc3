//! The page of what the archive holds: of each paper a calendar of periods or days, and what is missing.

use super::CoverageView;
use super::assets;
use super::controls::{self, Choice, given, held};
use super::svg::{Paint, SvgShape, markup};
use super::url::{self, PageLink, UrlParam};
use super::words;
use crate::archive::{
    AxisSlot, CoverReason, Coverage, CoverageRequest, CoverageState, PaperCoverage, PeriodStep, RequestKind,
};
use crate::model::{Date, Facet};
use askama::Template;
use std::ops::RangeInclusive;

/// The most periods that are drawn on one page.
const MOST_CELLS: usize = 8000;
/// The most lines of a list of gaps.
const MOST_GAPS: usize = 200;
/// Distance of the days of a calendar, their size, and where the first one lies.
const PITCH: i64 = 16;
const SIDE: i64 = 12;
const LEFT: i64 = 30;
const TOP: i64 = 22;
/// Weeks that a year has days of, at most.
const WEEKS: i64 = 54;

/// A period of a calendar.
struct CalendarCell {
    class: &'static str,
    sign: &'static str,
    title: String,
    href: Option<String>,
}

/// A year, or ten of them, of a calendar.
struct CalendarRow {
    head: PageLink,
    cells: Vec<Option<CalendarCell>>,
}

/// A sign of the legend.
struct LegendSign {
    class: &'static str,
    sign: &'static str,
    svg: String,
    name: &'static str,
}

/// Something that is said of a paper.
struct PaperFact {
    name: &'static str,
    text: String,
    href: Option<String>,
}

/// Periods one after another that are not held in full, for one reason.
struct CoverageGap {
    when: String,
    state: &'static str,
    reason: String,
    issues: String,
}

/// The days of a year.
struct YearCalendar {
    year: i16,
    width: i64,
    height: i64,
    label: String,
    /// The inside of the drawing.
    svg: String,
}

/// What is held of a paper.
struct PaperSection {
    number: usize,
    name: String,
    facts: Vec<PaperFact>,
    rows: Vec<CalendarRow>,
    years: Vec<YearCalendar>,
    gaps: Vec<CoverageGap>,
    more_gaps: usize,
}

/// The page.
#[derive(Template)]
#[template(path = "coverage.html")]
pub(super) struct CoveragePage {
    title: String,
    query: String,
    choices: Vec<Choice>,
    several: bool,
    from: String,
    to: String,
    steps: Vec<Choice>,
    hidden: Vec<UrlParam>,
    columns: Vec<String>,
    signs: Vec<LegendSign>,
    papers: Vec<PaperSection>,
    by_day: bool,
    too_many: bool,
    empty: bool,
    links: Vec<PageLink>,
}

impl CoveragePage {
    /// The page for an answer.
    pub(super) fn new(view: &CoverageView<'_>) -> Self {
        let (request, pairs) = (view.request, view.pairs);
        let chosen = &request.selection.filters.paper.any;
        let mut choices = held(view.overview, Facet::Paper, chosen);
        if chosen.len() < 2 {
            let all =
                Choice { value: String::new(), label: "全部报纸".into(), count: None, chosen: chosen.is_empty() };
            choices.insert(0, all);
        }
        let papers = (0..).zip(&view.reply.papers).map(|(number, paper)| paper_of(view, number, paper));
        Self {
            title: "馆藏 · 报库".into(),
            query: String::new(),
            choices,
            several: chosen.len() > 1,
            from: given(pairs, "from"),
            to: given(pairs, "to"),
            steps: controls::options("by", None, request.breakdown.by.name()),
            hidden: controls::hidden(RequestKind::Coverage, pairs),
            columns: columns(request.breakdown.by),
            signs: CoverageState::ALL.into_iter().map(sign_of).collect(),
            papers: papers.collect(),
            by_day: request.breakdown.by == PeriodStep::Day,
            too_many: too_many(view),
            empty: view.reply.papers.is_empty(),
            links: downloads(pairs),
        }
    }
}

fn coverage_link(search: &str) -> String {
    url::with_path("/coverage", search)
}

fn downloads(pairs: &[UrlParam]) -> Vec<PageLink> {
    let file = |(format, text): (&str, &str)| {
        PageLink::new(
            url::with_path("/api/v1/coverage", &url::changed(pairs, &["format"], &[("format", format)])),
            text,
        )
    };
    [("csv", "下载 CSV"), ("json", "JSON")].into_iter().map(file).collect()
}

/// Whether the calendars would make a page that no browser likes to show.
fn too_many(view: &CoverageView<'_>) -> bool {
    view.reply.slots.len() * view.reply.papers.len() > MOST_CELLS
}

fn paper_of(view: &CoverageView<'_>, number: usize, paper: &PaperCoverage) -> PaperSection {
    let gaps = gaps(&view.reply.slots, &paper.periods);
    let (by_day, drawn) = (view.request.breakdown.by == PeriodStep::Day, !too_many(view));
    PaperSection {
        number,
        name: paper.name.clone(),
        facts: facts(paper),
        rows: if drawn && !by_day { rows(view, paper) } else { Vec::new() },
        years: if drawn && by_day { years(view, paper) } else { Vec::new() },
        more_gaps: gaps.len().saturating_sub(MOST_GAPS),
        gaps: gaps.into_iter().take(MOST_GAPS).collect(),
    }
}

/// From one day to another, either of which may not be known.
fn between(first: Option<Date>, last: Option<Date>) -> String {
    match (first.map(words::day), last.map(words::day)) {
        (Some(first), Some(last)) => format!("{first}至{last}"),
        (Some(first), None) => format!("{first}起"),
        (None, Some(last)) => format!("至{last}"),
        (None, None) => String::new(),
    }
}

/// Issues held, of those that appeared.
fn issues(held: u64, expected: Option<u64>) -> String {
    match expected {
        Some(expected) => format!("{} / {}", words::number(held), words::number(expected)),
        None => format!("{} / 不详", words::number(held)),
    }
}

fn facts(paper: &PaperCoverage) -> Vec<PaperFact> {
    let (whole, fact) = (&paper.whole, |name, text| PaperFact { name, text, href: None });
    let former = paper.former.iter().map(|name| format!("{}（至{}）", name.name, words::day(name.until)));
    let held = paper.span.map(|(first, last)| between(Some(first), Some(last))).unwrap_or_default();
    let reason = words::cover_reason(whole).map(|reason| format!("：{reason}")).unwrap_or_default();
    let undated = if paper.undated > 0 { format!("{} 篇", words::number(paper.undated)) } else { String::new() };
    let href = url::search([("paper", paper.id.as_str()), ("date", "undated")]);
    let facts = [
        fact("曾用名", former.collect::<Vec<_>>().join("、")),
        fact("存续", between(paper.life.0, paper.life.1)),
        fact("馆藏起止", held),
        fact("完整程度", format!("{}{reason}", words::state(whole.state))),
        fact("期数（存 / 应有）", issues(whole.issues, whole.expected)),
        fact("版数", words::number(whole.pages)),
        fact("篇数", words::number(whole.articles)),
        PaperFact { href: Some(href).filter(|_| !paper.id.is_empty()), ..fact("日期不详", undated) },
    ];
    facts.into_iter().filter(|fact| !fact.text.is_empty()).collect()
}

/// The class, the sign and, drawn, the shape of a state: each readable without colour.
fn class_of(state: CoverageState) -> (&'static str, &'static str) {
    match state {
        CoverageState::Complete => ("is-complete", "●"),
        CoverageState::Partial => ("is-partial", "◐"),
        CoverageState::NoIssue => ("is-no-issue", "–"),
        CoverageState::NotHeld => ("is-not-held", "○"),
        CoverageState::Unknown => ("is-unknown", "?"),
    }
}

fn sign_of(state: CoverageState) -> LegendSign {
    let (class, sign) = class_of(state);
    LegendSign { class, sign, svg: markup(&[shape(state, 1, 1)]), name: words::state(state) }
}

/// A day of a calendar: full, half, crossed out, a dash, or only an outline.
fn shape(state: CoverageState, x: i64, y: i64) -> SvgShape {
    let square = format!("M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z");
    let d = match state {
        CoverageState::Complete | CoverageState::Unknown => square,
        CoverageState::Partial => format!("{square}M{x} {y}h{SIDE}l-{SIDE} {SIDE}z"),
        CoverageState::NotHeld => format!("{square}M{x} {y}l{SIDE} {SIDE}m0 -{SIDE}l-{SIDE} {SIDE}"),
        CoverageState::NoIssue => format!("M{} {}h{}", x + 4, y + SIDE / 2, SIDE - 8),
    };
    SvgShape::Path { paint: Paint { class: class_of(state).0, ..Paint::default() }, d }
}

/// What is held of a period, as a sentence.
fn coverage_sentence(slot: &AxisSlot, cover: &Coverage) -> String {
    let reason = words::cover_reason(cover).map(|reason| format!("，{reason}")).unwrap_or_default();
    let held = match cover.articles {
        0 => String::new(),
        some => format!("；{} 期 {} 版 {some} 篇", cover.issues, cover.pages),
    };
    format!("{}：{}{reason}{held}", slot.label, words::state(cover.state))
}

/// The articles of a paper in a period, where there are any.
fn articles(request: &CoverageRequest, paper: &PaperCoverage, slot: &AxisSlot, cover: &Coverage) -> Option<String> {
    let first = request.selection.filters.from.map_or(slot.first, |from| slot.first.max(from)).to_string();
    let last = request.selection.filters.to.map_or(slot.last, |to| slot.last.min(to)).to_string();
    let known = cover.articles > 0 && !paper.id.is_empty();
    known.then(|| url::search([("paper", paper.id.as_str()), ("from", first.as_str()), ("to", last.as_str())]))
}

/// The head of the columns of a calendar.
fn columns(by: PeriodStep) -> Vec<String> {
    let numbered = |numbers: RangeInclusive<u8>| -> Vec<String> { numbers.map(|number| number.to_string()).collect() };
    match by {
        PeriodStep::Year => numbered(0..=9),
        PeriodStep::Quarter => numbered(1..=4),
        PeriodStep::Month => numbered(1..=12),
        PeriodStep::Week => numbered(1..=53),
        PeriodStep::Day => Vec::new(),
    }
}

/// A row for each year, or for each ten where the periods are years.
fn rows(view: &CoverageView<'_>, paper: &PaperCoverage) -> Vec<CalendarRow> {
    let by = view.request.breakdown.by;
    let width = columns(by).len();
    let mut rows: Vec<CalendarRow> = Vec::new();
    let mut current = None;
    for (slot, cover) in view.reply.slots.iter().zip(&paper.periods) {
        if current != Some(slot.row) {
            rows.push(CalendarRow { head: closer(by, paper, slot.row), cells: (0..width).map(|_| None).collect() });
            current = Some(slot.row);
        }
        let column = usize::try_from(slot.number).ok();
        if let Some(place) = rows.last_mut().zip(column).and_then(|(row, column)| row.cells.get_mut(column)) {
            let (class, sign) = class_of(cover.state);
            let href = articles(view.request, paper, slot, cover);
            *place = Some(CalendarCell { class, sign, title: coverage_sentence(slot, cover), href });
        }
    }
    rows
}

/// The head of a row: the same time in shorter periods.
fn closer(by: PeriodStep, paper: &PaperCoverage, first: i16) -> PageLink {
    let decade = by == PeriodStep::Year;
    let (year, last) = (format!("{first:04}"), format!("{:04}", if decade { first + 9 } else { first }));
    let by = if decade { "month" } else { "day" };
    let search =
        url::search([("paper", paper.id.as_str()), ("from", year.as_str()), ("to", last.as_str()), ("by", by)]);
    let href = if paper.id.is_empty() { String::new() } else { coverage_link(&search) };
    PageLink::new(href, if decade { format!("{year} 年代") } else { year })
}

/// A calendar for each year, a column for each week.
fn years(view: &CoverageView<'_>, paper: &PaperCoverage) -> Vec<YearCalendar> {
    let days: Vec<(&AxisSlot, &Coverage)> = view.reply.slots.iter().zip(&paper.periods).collect();
    let years = days.chunk_by(|one, next| one.0.first.year() == next.0.first.year());
    years.filter_map(|days| year(view.request, paper, days)).collect()
}

fn year(request: &CoverageRequest, paper: &PaperCoverage, days: &[(&AxisSlot, &Coverage)]) -> Option<YearCalendar> {
    let year = days.first()?.0.first.year();
    let first = Date::new(year, 1, 1)?;
    let x = |day: Date| LEFT + (day.days_since(first) + first.weekday()) / 7 * PITCH;
    let months = (1..=12).filter_map(|number| Some((number, Date::new(year, number, 1)?)));
    let months = months.map(|(number, month)| label((x(month), 14), format!("{number}月")));
    let weekdays = [(0, "一"), (2, "三"), (4, "五"), (6, "日")];
    let weekdays = weekdays.map(|(row, name)| label((8, TOP + row * PITCH + 11), name.to_owned()));
    let drawn = days.iter().map(|(slot, cover)| SvgShape::Titled {
        title: coverage_sentence(slot, cover),
        href: articles(request, paper, slot, cover),
        shapes: vec![shape(cover.state, x(slot.first), TOP + slot.first.weekday() * PITCH)],
    });
    let shapes: Vec<SvgShape> = months.chain(weekdays).chain(drawn).collect();
    let count = |state: CoverageState| days.iter().filter(|(_, cover)| cover.state == state).count();
    let counts = CoverageState::ALL.map(|state| format!("{} {} 天", words::state(state), count(state))).join("，");
    Some(YearCalendar {
        year,
        width: LEFT + WEEKS * PITCH,
        height: TOP + 7 * PITCH,
        label: format!("{year} 年逐日馆藏：{counts}"),
        svg: markup(&shapes),
    })
}

/// A word beside the days.
fn label((x, y): (i64, i64), text: String) -> SvgShape {
    SvgShape::Text { paint: Paint::default(), place: (x as f64, y as f64), anchor: "", size: 0.0, text }
}

/// What is not held in full: periods one after another with the same state and reason as one.
fn gaps(slots: &[AxisSlot], periods: &[Coverage]) -> Vec<CoverageGap> {
    // Days on which a paper never appears are no break between two gaps.
    let told = |cover: &Coverage| cover.reason != Some(CoverReason::NoPublishingDay);
    let rows: Vec<(&AxisSlot, &Coverage)> = slots.iter().zip(periods).filter(|(_, cover)| told(cover)).collect();
    let same = |one: &(&AxisSlot, &Coverage), next: &(&AxisSlot, &Coverage)| {
        one.1.state == next.1.state && one.1.reason == next.1.reason
    };
    rows.chunk_by(same).filter_map(gap).collect()
}

fn gap(run: &[(&AxisSlot, &Coverage)]) -> Option<CoverageGap> {
    let ((first, cover), (last, _)) = (run.first()?, run.last()?);
    let sum = |of: fn(&Coverage) -> u64| run.iter().map(|(_, cover)| of(cover)).sum::<u64>();
    let expected: Option<u64> = run.iter().map(|(_, cover)| cover.expected).sum();
    (cover.state != CoverageState::Complete).then(|| CoverageGap {
        when: if first == last { first.label.clone() } else { format!("{} 至 {}", first.label, last.label) },
        state: words::state(cover.state),
        reason: words::cover_reason(cover).unwrap_or_default(),
        issues: issues(sum(|cover| cover.issues), expected),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Axis;

    fn cover(state: CoverageState, reason: Option<CoverReason>) -> Coverage {
        let held = matches!(state, CoverageState::Complete | CoverageState::Partial);
        Coverage { state, held, issues: 1, expected: Some(2), pages: 4, articles: 9, reason }
    }

    #[test]
    fn gaps_are_joined_over_days_without_an_issue() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let stated = |reason: &str| Some(CoverReason::Stated(vec![reason.to_owned()]));
        let slots = Axis::Calendar(PeriodStep::Day).slots(day("2013-06-07"), day("2013-06-11")).unwrap();
        let periods = [
            cover(CoverageState::NotHeld, stated("遗失")),
            cover(CoverageState::NoIssue, Some(CoverReason::NoPublishingDay)),
            cover(CoverageState::NotHeld, stated("遗失")),
            cover(CoverageState::Complete, None),
            cover(CoverageState::NoIssue, stated("停电")),
        ];
        let found = gaps(&slots, &periods);
        let told: Vec<&str> = found.iter().map(|gap| gap.when.as_str()).collect();
        assert_eq!(told, ["2013-06-07 至 2013-06-09", "2013-06-11"]);
        assert_eq!((found[0].issues.as_str(), found[1].state), ("2 / 4", "无刊"));
    }

    #[test]
    fn each_state_has_a_shape_of_its_own() {
        let shapes: std::collections::BTreeSet<String> =
            CoverageState::ALL.into_iter().map(|state| markup(&[shape(state, 0, 0)])).collect();
        assert_eq!(shapes.len(), CoverageState::ALL.len());
    }
}

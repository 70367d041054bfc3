//! Series as charts: lines over the calendar, years laid over each other, layers. What is in a chart stands here; how it is drawn
//! in [`super::chart_drawing`].

use super::series_style::SeriesStyle;
use super::svg::{SvgShape, Theme};
use super::url::DrillDownLinks;
use super::words;
use crate::archive::{AxisSlot, Coverage, CoverageState, PeriodStep, Series, TrendReply};
use crate::model::Facet;
use std::collections::{BTreeMap, BTreeSet};

/// Width of every drawing.
pub(super) const WIDTH: f64 = 960.0;
/// The most lines of a chart: more could not be told apart.
const MOST_LINES: usize = 12;
/// The most slots whose points are drawn, each with its link.
pub(super) const MOST_MARKS: usize = 400;
/// How the series of a chart lie beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChartStyle {
    /// Lines over the calendar.
    Lines,
    /// Years over each other.
    Years,
    /// One upon the other.
    Layers,
    /// A small one for each province.
    Tiles,
}

/// What one chart shows.
pub(super) struct Plot<'a> {
    /// The query, where an answer has several charts.
    pub(super) heading: String,
    /// Its series.
    pub(super) series: Vec<&'a Series>,
    /// How they lie.
    pub(super) style: ChartStyle,
    /// What it leaves out.
    pub(super) notes: Vec<String>,
}

/// An answer as it is to be drawn.
#[derive(Clone, Copy)]
pub(super) struct ChartView<'a> {
    /// The answer.
    pub(super) reply: &'a TrendReply,
    /// Whether numbers of articles are drawn, not shares.
    pub(super) counts: bool,
    /// Where it is drawn.
    pub(super) theme: Theme,
    /// Where its points lead.
    pub(super) behind: Option<&'a DrillDownLinks<'a>>,
}

/// A drawing, to be put into an `svg` element.
pub(super) struct ChartDrawing {
    /// Its shapes.
    pub(super) shapes: Vec<SvgShape>,
    /// Its height.
    pub(super) height: f64,
    /// What it shows, for those who do not see it.
    pub(super) summary: String,
    /// Its legend.
    pub(super) keys: Vec<(SeriesStyle, String)>,
    /// Whether it marks time of which nothing is held.
    pub(super) gaps: bool,
}

/// The charts of an answer.
pub(super) fn plots(reply: &TrendReply) -> Vec<Plot<'_>> {
    let request = &reply.request;
    let by_query: Vec<&[Series]> = reply.series.chunk_by(|one, next| series_label(one) == series_label(next)).collect();
    let headed = by_query.len() > 1;
    if reply.slots.is_empty() {
        Vec::new()
    } else if request.breakdown.split.is_some() {
        by_query.into_iter().map(|series| values(reply, series, headed)).collect()
    } else if request.series.feast.is_some() {
        reply.series.first().map(|first| years(first, reply.series.len() > 1)).into_iter().collect()
    } else if request.series.stack && by_query.iter().any(|names| names.len() > 1) {
        by_query.into_iter().map(|names| plot(names, ChartStyle::Layers, headed)).collect()
    } else {
        vec![plot(&reply.series, ChartStyle::Lines, false)]
    }
}

fn series_label(series: &Series) -> &str {
    series.name_of.as_deref().unwrap_or(&series.query)
}

fn plot(series: &[Series], style: ChartStyle, headed: bool) -> Plot<'_> {
    let heading = series.first().filter(|_| headed).map(|first| words::query(series_label(first)));
    Plot { heading: heading.unwrap_or_default(), series: series.iter().collect(), style, notes: Vec::new() }
}

/// The values of a split: provinces as tiles, of others the largest.
fn values<'a>(reply: &TrendReply, series: &'a [Series], headed: bool) -> Plot<'a> {
    if reply.request.breakdown.split == Some(Facet::Province) {
        return plot(series, ChartStyle::Tiles, headed);
    }
    let mut plot = plot(series, ChartStyle::Lines, headed);
    let more = plot.series.len().saturating_sub(MOST_LINES);
    plot.series.truncate(MOST_LINES);
    if more > 0 {
        plot.notes.push(format!("图中是篇数最多的 {MOST_LINES} 项；另有 {more} 项见数据表。"));
    }
    plot
}

fn years(first: &Series, others: bool) -> Plot<'_> {
    let mut plot = plot(std::slice::from_ref(first), ChartStyle::Years, false);
    if others {
        plot.notes.push(format!("各年重叠的图只画“{}”；其余见数据表。", words::series(first, None)));
    }
    plot.notes.push(format!("最多画最近 {MOST_LINES} 年，颜色越深年份越近。"));
    plot
}

/// A place on a line.
#[derive(Default)]
pub(super) struct PointMark {
    pub(super) value: f64,
    /// The ends of its interval, or of its layer.
    pub(super) area: Option<(f64, f64)>,
    /// Empty where there are too many places to point at.
    pub(super) title: String,
    pub(super) href: Option<String>,
    /// Whether some of its articles may be of another time.
    pub(super) doubtful: bool,
}

/// A line, by column.
pub(super) struct SeriesLine {
    pub(super) name: String,
    pub(super) marks: Vec<Option<PointMark>>,
}

/// A piece of the horizontal axis; its number decides whether it is labelled.
pub(super) struct AxisColumn {
    pub(super) label: String,
    pub(super) number: i64,
}

/// Columns of which nothing is held.
pub(super) struct ChartGap {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) state: CoverageState,
    pub(super) title: String,
}

/// A chart, ready to be drawn.
pub(super) struct Chart {
    pub(super) columns: Vec<AxisColumn>,
    /// Distances of labels that read well.
    pub(super) distances: &'static [i64],
    pub(super) gaps: Vec<ChartGap>,
    pub(super) lines: Vec<SeriesLine>,
    pub(super) styles: Vec<SeriesStyle>,
    pub(super) counts: bool,
}

fn mark(view: &ChartView<'_>, series: &Series, at: usize) -> Option<PointMark> {
    let (slot, point) = (view.reply.slots.get(at)?, view.reply.point(series, at)?);
    let value = if view.counts { point.matched as f64 } else { point.ratio()? };
    let area = point.interval().filter(|_| !view.counts);
    if view.reply.slots.len() > MOST_MARKS {
        return Some(PointMark { value, area, ..PointMark::default() });
    }
    let name = words::series(series, view.reply.request.breakdown.split);
    let title = format!("{name} {}：{}", words::period(slot), words::point(point));
    let href = view.behind.and_then(|behind| behind.slot(series, slot));
    Some(PointMark { value, area, title, href, doubtful: point.doubtful > 0 })
}

pub(super) fn calendar_chart_of(view: &ChartView<'_>, plot: &Plot<'_>) -> Chart {
    let (slots, by) = (&view.reply.slots, view.reply.request.breakdown.by);
    let line = |series: &&Series| SeriesLine {
        name: words::series(series, view.reply.request.breakdown.split),
        marks: (0..slots.len()).map(|at| mark(view, series, at)).collect(),
    };
    let mut lines: Vec<SeriesLine> = plot.series.iter().map(line).collect();
    if plot.style == ChartStyle::Layers {
        stack_lines(&mut lines);
    } else if lines.len() > 1 {
        lines.iter_mut().for_each(SeriesLine::without_area);
    }
    let column =
        |(at, slot): (usize, &AxisSlot)| AxisColumn { label: slot.label.clone(), number: number(by, at, slot) };
    Chart {
        columns: slots.iter().enumerate().map(column).collect(),
        distances: distances(by),
        gaps: gaps(view.reply, &plot.series),
        styles: (0..lines.len()).map(SeriesStyle::series).collect(),
        lines,
        counts: view.counts,
    }
}

impl SeriesLine {
    /// Intervals of several lines would hide each other.
    fn without_area(&mut self) {
        for mark in self.marks.iter_mut().flatten() {
            mark.area = None;
        }
    }
}

/// Puts each line on top of those before it.
fn stack_lines(lines: &mut [SeriesLine]) {
    let columns = lines.iter().map(|line| line.marks.len()).max().unwrap_or(0);
    let mut floors = vec![0.0; columns];
    for line in lines {
        for (mark, floor) in line.marks.iter_mut().zip(&mut floors) {
            if let Some(mark) = mark {
                mark.value += *floor;
                mark.area = Some((*floor, mark.value));
                *floor = mark.value;
            }
        }
    }
}

/// A running number of a slot: one that is round in a round year, where slots are years or parts of them.
fn number(by: PeriodStep, at: usize, slot: &AxisSlot) -> i64 {
    let (year, month) = (i64::from(slot.first.year()), i64::from(slot.first.month()));
    match by {
        PeriodStep::Year => year,
        PeriodStep::Quarter => year * 4 + (month - 1) / 3,
        PeriodStep::Month => year * 12 + month - 1,
        PeriodStep::Week | PeriodStep::Day => at as i64,
    }
}

pub(super) fn distances(by: PeriodStep) -> &'static [i64] {
    match by {
        PeriodStep::Year => &[1, 2, 5, 10, 20, 50, 100],
        PeriodStep::Quarter => &[1, 2, 4, 8, 20, 40, 80, 200],
        PeriodStep::Month => &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600],
        PeriodStep::Week | PeriodStep::Day => &[1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000, 2000],
    }
}

/// Slots of which nothing is held, neighbours with the same reason as one.
fn gaps(reply: &TrendReply, series: &[&Series]) -> Vec<ChartGap> {
    let cover = |at: usize| match series {
        [only] => Some(reply.coverage(only, at)),
        _ => reply.covers.get(at),
    };
    let empty = (0..reply.slots.len()).filter(|at| series.iter().all(|one| reply.point(one, *at).is_none()));
    let empty: Vec<(usize, &Coverage)> = empty.filter_map(|at| Some((at, cover(at)?))).collect();
    let same = |one: &(usize, &Coverage), next: &(usize, &Coverage)| {
        one.0 + 1 == next.0 && one.1.state == next.1.state && one.1.reason == next.1.reason
    };
    empty.chunk_by(same).filter_map(|run| gap(reply, run)).collect()
}

fn gap(reply: &TrendReply, run: &[(usize, &Coverage)]) -> Option<ChartGap> {
    let ((first, cover), (last, _)) = (*run.first()?, *run.last()?);
    let (from, to) = (&reply.slots.get(first)?.label, &reply.slots.get(last)?.label);
    let when = if first == last { from.clone() } else { format!("{from} 至 {to}") };
    let reason = words::cover_reason(cover).map(|reason| format!("（{reason}）")).unwrap_or_default();
    Some(ChartGap { first, last, state: cover.state, title: format!("{when}：{}{reason}", words::state(cover.state)) })
}

/// A line for each of the last years, over the days or weeks from the festival.
pub(super) fn years_chart_of(view: &ChartView<'_>, plot: &Plot<'_>) -> Chart {
    let (request, slots) = (&view.reply.request, &view.reply.slots);
    let offsets: BTreeSet<i64> = slots.iter().map(|slot| slot.number).collect();
    let places = slots.iter().enumerate().filter_map(|(at, slot)| Some(((slot.year?, slot.number), at)));
    let places: BTreeMap<(i16, i64), usize> = places.collect();
    let years: BTreeSet<i16> = places.keys().map(|(year, _)| *year).collect();
    let line = |year: &i16| {
        let series = plot.series.first()?;
        let at = |offset: &i64| places.get(&(*year, *offset)).and_then(|at| mark(view, series, *at));
        let mut line = SeriesLine { name: format!("{year} 年"), marks: offsets.iter().map(at).collect() };
        line.without_area();
        line.marks.iter().any(Option::is_some).then_some(line)
    };
    let mut lines: Vec<SeriesLine> = years.iter().rev().filter_map(line).take(MOST_LINES).collect();
    lines.reverse();
    let feast = request.series.feast.as_deref().unwrap_or_default();
    let column = |number: &i64| AxisColumn {
        label: words::from_festival(feast, request.breakdown.by, *number),
        number: *number,
    };
    Chart {
        columns: offsets.iter().map(column).collect(),
        distances: distances(PeriodStep::Day),
        gaps: Vec::new(),
        styles: (0..lines.len()).map(|at| SeriesStyle::year(at, lines.len())).collect(),
        lines,
        counts: view.counts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_lie_upon_each_other() {
        let mark = |value| PointMark { value, ..PointMark::default() };
        let line = |value| SeriesLine { name: String::new(), marks: vec![Some(mark(value)), None] };
        let mut lines = [line(2.0), line(3.0)];
        stack_lines(&mut lines);
        let tops: Vec<f64> = lines.iter().flat_map(|line| line.marks.iter().flatten()).map(|mark| mark.value).collect();
        assert_eq!(tops, [2.0, 5.0]);
        assert_eq!(lines[1].marks[0].as_ref().unwrap().area, Some((2.0, 5.0)));
    }
}

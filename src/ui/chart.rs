//! Series as charts: lines over the calendar, years laid over each other, layers. SVG as text, drawn with the strokes of
//! [`super::tiles`].

use super::tiles::{self, Part, Pen, Skin, escaped, points, polyline, runs, titled};
use super::url::Behind;
use super::words;
use crate::archive::{Cover, Series, Slot, State, Step, TrendReply};
use crate::model::Facet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Width of every drawing.
pub(super) const WIDTH: f64 = 960.0;
/// Edges of the field that the lines lie in, and the height with the labels below it.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 924.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 316.0;
const HEIGHT: f64 = 346.0;

/// The most lines of a chart: more could not be told apart.
const MOST_LINES: usize = 12;
/// The most slots whose points are drawn, each with its link.
pub(super) const MOST_MARKS: usize = 400;
/// What a label below the axis needs.
const LABEL: f64 = 84.0;

/// How the series of a chart lie beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
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
    pub(super) style: Style,
    /// What it leaves out.
    pub(super) notes: Vec<String>,
}

/// An answer as it is to be drawn.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The answer.
    pub(super) reply: &'a TrendReply,
    /// Whether numbers of articles are drawn, not shares.
    pub(super) counts: bool,
    /// Where it is drawn.
    pub(super) skin: Skin,
    /// Where its points lead.
    pub(super) behind: Option<&'a Behind<'a>>,
}

/// A drawing, to be put into an `svg` element.
pub(super) struct Drawing {
    /// Elements.
    pub(super) inner: String,
    /// Its height.
    pub(super) height: f64,
    /// What it shows, for those who do not see it.
    pub(super) summary: String,
    /// Its legend.
    pub(super) keys: Vec<(Pen, String)>,
    /// Whether it marks time of which nothing is held.
    pub(super) gaps: bool,
}

/// The charts of an answer.
pub(super) fn plots(reply: &TrendReply) -> Vec<Plot<'_>> {
    let request = &reply.request;
    let by_query: Vec<&[Series]> = reply.series.chunk_by(|one, next| asked(one) == asked(next)).collect();
    let headed = by_query.len() > 1;
    if reply.slots.is_empty() {
        Vec::new()
    } else if request.breakdown.split.is_some() {
        by_query.into_iter().map(|series| values(reply, series, headed)).collect()
    } else if request.series.feast.is_some() {
        reply.series.first().map(|first| years(first, reply.series.len() > 1)).into_iter().collect()
    } else if request.series.stack && by_query.iter().any(|names| names.len() > 1) {
        by_query.into_iter().map(|names| plot(names, Style::Layers, headed)).collect()
    } else {
        vec![plot(&reply.series, Style::Lines, false)]
    }
}

fn asked(series: &Series) -> &str {
    series.name_of.as_deref().unwrap_or(&series.query)
}

fn plot(series: &[Series], style: Style, headed: bool) -> Plot<'_> {
    let heading = series.first().filter(|_| headed).map(|first| words::query(asked(first)));
    Plot { heading: heading.unwrap_or_default(), series: series.iter().collect(), style, notes: Vec::new() }
}

/// The values of a split: provinces as tiles, of others the largest.
fn values<'a>(reply: &TrendReply, series: &'a [Series], headed: bool) -> Plot<'a> {
    if reply.request.breakdown.split == Some(Facet::Province) {
        return plot(series, Style::Tiles, headed);
    }
    let mut plot = plot(series, Style::Lines, headed);
    let more = plot.series.len().saturating_sub(MOST_LINES);
    plot.series.truncate(MOST_LINES);
    if more > 0 {
        plot.notes.push(format!("图中是篇数最多的 {MOST_LINES} 项；另有 {more} 项见数据表。"));
    }
    plot
}

fn years(first: &Series, others: bool) -> Plot<'_> {
    let mut plot = plot(std::slice::from_ref(first), Style::Years, false);
    if others {
        plot.notes.push(format!("各年重叠的图只画“{}”；其余见数据表。", words::series(first, None)));
    }
    plot.notes.push(format!("最多画最近 {MOST_LINES} 年，颜色越深年份越近。"));
    plot
}

/// A place on a line.
#[derive(Default)]
struct Mark {
    value: f64,
    /// The ends of its interval, or of its layer.
    area: Option<(f64, f64)>,
    /// Empty where there are too many places to point at.
    title: String,
    href: Option<String>,
    /// Whether some of its articles may be of another time.
    doubtful: bool,
}

/// A line, by column.
struct Line {
    name: String,
    marks: Vec<Option<Mark>>,
}

/// A piece of the horizontal axis; its number decides whether it is labelled.
struct Column {
    label: String,
    number: i64,
}

/// Columns of which nothing is held.
struct Hole {
    first: usize,
    last: usize,
    state: State,
    title: String,
}

/// A chart, ready to be drawn.
struct Scene {
    columns: Vec<Column>,
    /// Distances of labels that read well.
    distances: &'static [i64],
    holes: Vec<Hole>,
    lines: Vec<Line>,
    pens: Vec<Pen>,
    counts: bool,
}

/// Draws a chart; `id`: its number among the drawings of a page.
pub(super) fn drawing(view: &View<'_>, plot: &Plot<'_>, id: usize) -> Drawing {
    let scene = match plot.style {
        Style::Tiles => return tiles::drawing(view, plot),
        Style::Years => years_scene(view, plot),
        Style::Lines | Style::Layers => calendar_scene(view, plot),
    };
    Drawing {
        inner: scene.svg(view.skin, id),
        height: HEIGHT,
        summary: summary(view, &scene),
        gaps: !scene.holes.is_empty(),
        keys: scene.pens.iter().copied().zip(scene.lines.iter().map(|line| line.name.clone())).collect(),
    }
}

fn summary(view: &View<'_>, scene: &Scene) -> String {
    let names: Vec<&str> = scene.lines.iter().map(|line| line.name.as_str()).collect();
    let ends = match (scene.columns.first(), scene.columns.last()) {
        (Some(first), Some(last)) => format!("{} 至 {}", first.label, last.label),
        _ => String::new(),
    };
    let (step, what) = (words::step(view.reply.request.breakdown.by), if view.counts { "篇数" } else { "占比" });
    format!("{what}图，横轴 {ends}，每{step}一点；{}。数字见数据表。", names.join("、"))
}

fn mark(view: &View<'_>, series: &Series, at: usize) -> Option<Mark> {
    let (slot, point) = (view.reply.slots.get(at)?, view.reply.point(series, at)?);
    let value = if view.counts { point.matched as f64 } else { point.ratio()? };
    let area = point.interval().filter(|_| !view.counts);
    if view.reply.slots.len() > MOST_MARKS {
        return Some(Mark { value, area, ..Mark::default() });
    }
    let name = words::series(series, view.reply.request.breakdown.split);
    let title = format!("{name} {}：{}", words::period(slot), words::point(point));
    let href = view.behind.and_then(|behind| behind.slot(series, slot));
    Some(Mark { value, area, title, href, doubtful: point.doubtful > 0 })
}

fn calendar_scene(view: &View<'_>, plot: &Plot<'_>) -> Scene {
    let (slots, by) = (&view.reply.slots, view.reply.request.breakdown.by);
    let line = |series: &&Series| Line {
        name: words::series(series, view.reply.request.breakdown.split),
        marks: (0..slots.len()).map(|at| mark(view, series, at)).collect(),
    };
    let mut lines: Vec<Line> = plot.series.iter().map(line).collect();
    if plot.style == Style::Layers {
        pile(&mut lines);
    } else if lines.len() > 1 {
        lines.iter_mut().for_each(Line::without_area);
    }
    let column = |(at, slot): (usize, &Slot)| Column { label: slot.label.clone(), number: number(by, at, slot) };
    Scene {
        columns: slots.iter().enumerate().map(column).collect(),
        distances: distances(by),
        holes: holes(view.reply, &plot.series),
        pens: (0..lines.len()).map(Pen::series).collect(),
        lines,
        counts: view.counts,
    }
}

impl Line {
    /// Intervals of several lines would hide each other.
    fn without_area(&mut self) {
        for mark in self.marks.iter_mut().flatten() {
            mark.area = None;
        }
    }
}

/// Puts each line on top of those before it.
fn pile(lines: &mut [Line]) {
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
fn number(by: Step, at: usize, slot: &Slot) -> i64 {
    let (year, month) = (i64::from(slot.first.year()), i64::from(slot.first.month()));
    match by {
        Step::Year => year,
        Step::Quarter => year * 4 + (month - 1) / 3,
        Step::Month => year * 12 + month - 1,
        Step::Week | Step::Day => at as i64,
    }
}

fn distances(by: Step) -> &'static [i64] {
    match by {
        Step::Year => &[1, 2, 5, 10, 20, 50, 100],
        Step::Quarter => &[1, 2, 4, 8, 20, 40, 80, 200],
        Step::Month => &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600],
        Step::Week | Step::Day => &[1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000, 2000],
    }
}

/// Slots of which nothing is held, neighbours with the same reason as one.
fn holes(reply: &TrendReply, series: &[&Series]) -> Vec<Hole> {
    let cover = |at: usize| match series {
        [only] => Some(reply.cover(only, at)),
        _ => reply.covers.get(at),
    };
    let empty = (0..reply.slots.len()).filter(|at| series.iter().all(|one| reply.point(one, *at).is_none()));
    let empty: Vec<(usize, &Cover)> = empty.filter_map(|at| Some((at, cover(at)?))).collect();
    let same = |one: &(usize, &Cover), next: &(usize, &Cover)| {
        one.0 + 1 == next.0 && one.1.state == next.1.state && one.1.reason == next.1.reason
    };
    empty.chunk_by(same).filter_map(|run| hole(reply, run)).collect()
}

fn hole(reply: &TrendReply, run: &[(usize, &Cover)]) -> Option<Hole> {
    let ((first, cover), (last, _)) = (*run.first()?, *run.last()?);
    let (from, to) = (&reply.slots.get(first)?.label, &reply.slots.get(last)?.label);
    let when = if first == last { from.clone() } else { format!("{from} 至 {to}") };
    let reason = words::cover_reason(cover).map(|reason| format!("（{reason}）")).unwrap_or_default();
    Some(Hole { first, last, state: cover.state, title: format!("{when}：{}{reason}", words::state(cover.state)) })
}

/// A line for each of the last years, over the days or weeks from the feast.
fn years_scene(view: &View<'_>, plot: &Plot<'_>) -> Scene {
    let (request, slots) = (&view.reply.request, &view.reply.slots);
    let offsets: BTreeSet<i64> = slots.iter().map(|slot| slot.number).collect();
    let places = slots.iter().enumerate().filter_map(|(at, slot)| Some(((slot.year?, slot.number), at)));
    let places: BTreeMap<(i16, i64), usize> = places.collect();
    let years: BTreeSet<i16> = places.keys().map(|(year, _)| *year).collect();
    let line = |year: &i16| {
        let series = plot.series.first()?;
        let at = |offset: &i64| places.get(&(*year, *offset)).and_then(|at| mark(view, series, *at));
        let mut line = Line { name: format!("{year} 年"), marks: offsets.iter().map(at).collect() };
        line.without_area();
        line.marks.iter().any(Option::is_some).then_some(line)
    };
    let mut lines: Vec<Line> = years.iter().rev().filter_map(line).take(MOST_LINES).collect();
    lines.reverse();
    let feast = request.series.feast.as_deref().unwrap_or_default();
    let column =
        |number: &i64| Column { label: words::from_feast(feast, request.breakdown.by, *number), number: *number };
    Scene {
        columns: offsets.iter().map(column).collect(),
        distances: distances(Step::Day),
        holes: Vec::new(),
        pens: (0..lines.len()).map(|at| Pen::year(at, lines.len())).collect(),
        lines,
        counts: view.counts,
    }
}

/// Values that the horizontal lines of the grid stand for: round ones from 0 to the first that is not below the highest.
fn ticks(highest: f64, whole: bool) -> Vec<f64> {
    const LINES: f64 = 5.0;
    let highest = if highest > 0.0 { highest } else { LINES / 100.0 };
    let least = if whole { 1.0 } else { f64::MIN_POSITIVE };
    let rough = (highest / LINES).max(least);
    let power = 10_f64.powf(rough.log10().floor());
    // What floating point puts a hair above a round step is that step.
    let fits = |step: &f64| *step >= rough * (1.0 - 1e-9);
    let step = [1.0, 2.0, 5.0].into_iter().map(|round| round * power).find(fits).unwrap_or(10.0 * power);
    let lines = (highest / step - 1e-9).ceil().max(1.0) as u32;
    (0..=lines).map(|line| f64::from(line) * step).collect()
}

/// A value of the grid, with as many digits as its step needs.
fn tick_words(value: f64, step: f64, counts: bool) -> String {
    if counts {
        return words::number(value.round() as u64);
    }
    let digits: usize = match step {
        whole if whole > 0.0099 => 0,
        tenths if tenths > 0.000_99 => 1,
        hundredths if hundredths > 0.000_099 => 2,
        _ => 4,
    };
    format!("{:.digits$}%", value * 100.0)
}

/// Where columns and values lie.
struct Scale {
    columns: usize,
    top: f64,
}

impl Scale {
    fn width(&self) -> f64 {
        (RIGHT - LEFT) / self.columns.max(1) as f64
    }

    fn x(&self, column: usize) -> f64 {
        LEFT + (column as f64 + 0.5) * self.width()
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * (value / self.top).clamp(0.0, 1.0)
    }
}

impl Scene {
    fn svg(&self, skin: Skin, id: usize) -> String {
        let ticks = ticks(self.highest(), self.counts);
        let scale = Scale { columns: self.columns.len(), top: ticks.last().copied().unwrap_or(1.0) };
        let mut svg = self.bands(&scale, skin, id);
        svg.push_str(&grid(&ticks, &scale, self.counts, skin));
        svg.push_str(&self.labels(&scale, skin));
        for (line, pen) in self.lines.iter().zip(&self.pens) {
            svg.push_str(&pen.group(skin, &line.drawn(*pen, &scale, skin)));
        }
        svg
    }

    fn highest(&self) -> f64 {
        let marks = || self.lines.iter().flat_map(|line| line.marks.iter().flatten());
        let value = marks().map(|mark| mark.value).fold(0.0, f64::max);
        let end = marks().filter_map(|mark| Some(mark.area?.1)).fold(value, f64::max);
        // The wide interval of a few articles would press all values to the ground.
        if value > 0.0 { end.min(2.0 * value) } else { end }
    }

    /// Time of which nothing is held: plain where nothing appeared, hatched where it is missing, dotted where nobody knows.
    fn bands(&self, scale: &Scale, skin: Skin, id: usize) -> String {
        let (ground, hatch) = (skin.paint(Part::Ground), skin.paint(Part::Hatch));
        let mut svg = String::new();
        if !self.holes.is_empty() {
            let pattern = |name: &str, path: &str| {
                format!(
                    "<pattern id=\"{name}-{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                     <path{hatch} d=\"{path}\"/></pattern>"
                )
            };
            let (lines, dots) = (pattern("hatch", "M-2 2L2 -2M0 8L8 0M6 10L10 6"), pattern("dots", "M3.5 4H5"));
            svg = format!("<defs>{lines}{dots}</defs>");
        }
        for hole in &self.holes {
            let (x, width) = (scale.x(hole.first) - scale.width() / 2.0, scale.x(hole.last) - scale.x(hole.first));
            let (width, height) = ((width + scale.width()).max(1.0), BOTTOM - TOP);
            let field = format!("x=\"{x:.1}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{height}\"");
            let pattern = match hole.state {
                State::NotHeld => format!("<rect {field} fill=\"url(#hatch-{id})\"/>"),
                State::Unknown => format!("<rect {field} fill=\"url(#dots-{id})\"/>"),
                _ => String::new(),
            };
            svg.push_str(&titled(&hole.title, None, &format!("<rect{ground} {field}/>{pattern}")));
        }
        svg
    }

    fn labels(&self, scale: &Scale, skin: Skin) -> String {
        let needed = (LABEL / scale.width()).ceil() as i64;
        let every = self.distances.iter().copied().find(|distance| *distance >= needed).unwrap_or(needed).max(1);
        let mut svg = String::new();
        for (at, column) in self.columns.iter().enumerate() {
            if column.number.rem_euclid(every) == 0 {
                let (grid, text, x) = (skin.paint(Part::Grid), skin.paint(Part::Text), scale.x(at));
                let label = escaped(&column.label);
                // Writing to a string does not fail.
                let _ = write!(
                    svg,
                    "<path{grid} d=\"M{x:.1} {BOTTOM}v5\"/>\
                     <text{text} x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
                    BOTTOM + 21.0
                );
            }
        }
        svg
    }
}

fn grid(ticks: &[f64], scale: &Scale, counts: bool, skin: Skin) -> String {
    let (line, text) = (skin.paint(Part::Grid), skin.paint(Part::Text));
    let step = ticks.get(1).copied().unwrap_or(1.0);
    let drawn = |tick: &f64| {
        let (y, label) = (scale.y(*tick), tick_words(*tick, step, counts));
        format!(
            "<path{line} d=\"M{LEFT} {y:.1}H{RIGHT}\"/>\
             <text{text} x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
            LEFT - 8.0,
            y + 4.5
        )
    };
    ticks.iter().map(drawn).collect()
}

impl Line {
    fn drawn(&self, pen: Pen, scale: &Scale, skin: Skin) -> String {
        let mut svg = String::new();
        for run in runs(&self.marks) {
            let places: Vec<(f64, f64)> = run.iter().map(|(at, mark)| (scale.x(*at), scale.y(mark.value))).collect();
            if let Some(field) = area(&run, scale) {
                let fill = pen.fill(skin);
                let _ =
                    write!(svg, "<polygon points=\"{}\"{fill} fill-opacity=\"0.22\" stroke=\"none\"/>", points(&field));
            }
            svg.push_str(&polyline(&places, pen.dash()));
            let size = if scale.width() > 14.0 { 4.5 } else { 3.0 };
            for ((_, mark), place) in run.iter().zip(places).filter(|((_, mark), _)| !mark.title.is_empty()) {
                svg.push_str(&titled(&mark.title, mark.href.as_deref(), &pen.marker(skin, place, size)));
                svg.push_str(&if mark.doubtful { tiles::ring(place, size + 3.5) } else { String::new() });
            }
        }
        svg
    }
}

/// The corners of the area of a run: along its upper end and back along the lower one.
fn area(run: &[(usize, &Mark)], scale: &Scale) -> Option<Vec<(f64, f64)>> {
    let mut low = Vec::new();
    let mut high = Vec::new();
    // One place alone still has an area.
    let spread: &[f64] = if run.len() == 1 { &[-2.0, 2.0] } else { &[0.0] };
    for (at, mark) in run {
        let (from, to) = mark.area?;
        low.extend(spread.iter().map(|aside| (scale.x(*at) + aside, scale.y(from))));
        high.extend(spread.iter().map(|aside| (scale.x(*at) + aside, scale.y(to))));
    }
    high.extend(low.into_iter().rev());
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(values: &[Option<f64>], title: &str) -> Scene {
        let mark = |value: &Option<f64>| {
            value.map(|value| Mark { value, area: Some((0.0, value)), title: title.to_owned(), ..Mark::default() })
        };
        let number = |at| Column { label: format!("{title}{at}"), number: at };
        Scene {
            columns: (0..).take(values.len()).map(number).collect(),
            distances: distances(Step::Year),
            holes: vec![Hole { first: 2, last: 2, state: State::NotHeld, title: title.to_owned() }],
            lines: vec![Line { name: title.to_owned(), marks: values.iter().map(mark).collect() }],
            pens: vec![Pen::series(0)],
            counts: false,
        }
    }

    #[test]
    fn the_grid_has_round_values_from_nothing_to_the_highest() {
        assert_eq!(ticks(12.0, true), [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(ticks(1.0, true), [0.0, 1.0]);
        assert_eq!(ticks(0.0, true), [0.0, 1.0]);
        assert_eq!(ticks(1000.0, true).last(), Some(&1000.0));
        for highest in [0.0, 0.000_3, 0.017, 0.1, 0.3, 0.95, 1.0] {
            let found = ticks(highest, false);
            let last = found.last().copied().unwrap_or_default();
            assert!((2..=7).contains(&found.len()) && last > highest - 1e-9, "{highest}: {found:?}");
        }
        assert_eq!([tick_words(0.5, 0.1, false), tick_words(0.015, 0.005, false)], ["50%", "1.5%"]);
    }

    #[test]
    fn where_nothing_is_held_the_line_breaks() {
        let svg = scene(&[Some(0.1), Some(0.2), None, Some(0.1)], "x").svg(Skin::File, 7);
        assert_eq!(svg.matches("<polyline").count(), 2, "{svg}");
        assert_eq!(svg.matches("<polygon").count(), 2);
        assert!(svg.contains("url(#hatch-7)") && svg.contains("id=\"hatch-7\"") && !svg.contains("class="));
        let whole = scene(&[Some(0.1), Some(0.2), Some(0.2), Some(0.1)], "x").svg(Skin::Page, 0);
        assert_eq!(whole.matches("<polyline").count(), 1);
    }

    #[test]
    fn what_was_typed_becomes_no_element() {
        let svg = scene(&[Some(0.1), None, None], "<script>\"&").svg(Skin::Page, 0);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;&quot;&amp;"), "{svg}");
        assert!(!svg.contains(" style="));
    }

    #[test]
    fn layers_lie_upon_each_other() {
        let line = |value| Line { name: String::new(), marks: vec![Some(Mark { value, ..Mark::default() }), None] };
        let mut lines = [line(2.0), line(3.0)];
        pile(&mut lines);
        let tops: Vec<f64> = lines.iter().flat_map(|line| line.marks.iter().flatten()).map(|mark| mark.value).collect();
        assert_eq!(tops, [2.0, 5.0]);
        assert_eq!(lines[1].marks[0].as_ref().unwrap().area, Some((2.0, 5.0)));
    }
}

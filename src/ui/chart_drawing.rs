//! How a chart is drawn: its grid, gaps, labels and lines as shapes.

use super::chart::{
    Chart, ChartDrawing, ChartGap, ChartStyle, ChartView, Plot, PointMark, SeriesLine, WIDTH, calendar_chart_of,
    years_chart_of,
};
use super::province_map;
use super::series_style::SeriesStyle;
use super::svg::{DrawingPart, DrawingPlace, SvgShape, Theme, line, runs};
use super::words;
use crate::archive::CoverageState;

/// Edges of the field that the lines lie in, and the height with the labels below it.
const LEFT: f64 = 64.0;
const RIGHT: f64 = WIDTH - 36.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 316.0;
const HEIGHT: f64 = 346.0;

/// What a label below the axis needs.
const LABEL: f64 = 84.0;

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
struct ChartScale {
    columns: usize,
    top: f64,
}

impl ChartScale {
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

impl Chart {
    /// Its shapes; `id`: its number among the drawings of a page.
    pub(super) fn shapes(&self, theme: Theme, id: usize) -> Vec<SvgShape> {
        let ticks = ticks(self.highest(), self.counts);
        let scale = ChartScale { columns: self.columns.len(), top: ticks.last().copied().unwrap_or(1.0) };
        let mut shapes = self.gap_bands(&scale, theme, id);
        shapes.extend(grid(&ticks, &scale, self.counts, theme));
        shapes.extend(self.labels(&scale, theme));
        let lines = self.lines.iter().zip(&self.styles);
        shapes.extend(lines.map(|(line, style)| style.group(theme, line.shapes(*style, &scale, theme))));
        shapes
    }

    fn highest(&self) -> f64 {
        let marks = || self.lines.iter().flat_map(|line| line.marks.iter().flatten());
        let value = marks().map(|mark| mark.value).fold(0.0, f64::max);
        let end = marks().filter_map(|mark| Some(mark.area?.1)).fold(value, f64::max);
        // The wide interval of a few articles would press all values to the ground.
        if value > 0.0 { end.min(2.0 * value) } else { end }
    }

    /// Time of which nothing is held: plain where nothing appeared, hatched where it is missing, dotted where nobody knows.
    fn gap_bands(&self, scale: &ChartScale, theme: Theme, id: usize) -> Vec<SvgShape> {
        if self.gaps.is_empty() {
            return Vec::new();
        }
        let patterns = [("hatch", "M-2 2L2 -2M0 8L8 0M6 10L10 6"), ("dots", "M3.5 4H5")];
        let patterns = patterns.map(|(name, path)| (format!("{name}-{id}"), path)).into();
        let patterns = SvgShape::Patterns { paint: theme.paint(DrawingPart::Hatch), patterns };
        std::iter::once(patterns).chain(self.gaps.iter().map(|gap| gap_band(gap, scale, theme, id))).collect()
    }

    fn labels(&self, scale: &ChartScale, theme: Theme) -> Vec<SvgShape> {
        let needed = (LABEL / scale.width()).ceil() as i64;
        let every = self.distances.iter().copied().find(|distance| *distance >= needed).unwrap_or(needed).max(1);
        let labelled = self.columns.iter().enumerate().filter(|(_, column)| column.number.rem_euclid(every) == 0);
        let shapes = labelled.flat_map(|(at, column)| {
            let x = scale.x(at);
            let tick = SvgShape::Path { paint: theme.paint(DrawingPart::Grid), d: format!("M{x:.1} {BOTTOM}v5") };
            [tick, text(theme, (x, BOTTOM + 21.0), "middle", column.label.clone())]
        });
        shapes.collect()
    }
}

fn text(theme: Theme, place: DrawingPlace, anchor: &'static str, text: String) -> SvgShape {
    SvgShape::Text { paint: theme.paint(DrawingPart::Text), place, anchor, size: 0.0, text }
}

fn gap_band(gap: &ChartGap, scale: &ChartScale, theme: Theme, id: usize) -> SvgShape {
    let corner = (scale.x(gap.first) - scale.width() / 2.0, TOP);
    let width = (scale.x(gap.last) - scale.x(gap.first) + scale.width()).max(1.0);
    let height = BOTTOM - TOP;
    let ground = theme.paint(DrawingPart::Ground);
    let pattern = match gap.state {
        CoverageState::NotHeld => Some("hatch"),
        CoverageState::Unknown => Some("dots"),
        _ => None,
    };
    let patterned = |name| SvgShape::Patterned { pattern: format!("{name}-{id}"), corner, width, height };
    let band = SvgShape::Rect { paint: ground, corner, width, height, radius: 0.0 };
    let shapes = std::iter::once(band).chain(pattern.map(patterned)).collect();
    SvgShape::Titled { title: gap.title.clone(), href: None, shapes }
}

fn grid(ticks: &[f64], scale: &ChartScale, counts: bool, theme: Theme) -> Vec<SvgShape> {
    let step = ticks.get(1).copied().unwrap_or(1.0);
    let drawn = |tick: &f64| {
        let (y, label) = (scale.y(*tick), tick_words(*tick, step, counts));
        let line = SvgShape::Path { paint: theme.paint(DrawingPart::Grid), d: format!("M{LEFT} {y:.1}H{RIGHT}") };
        [line, text(theme, (LEFT - 8.0, y + 4.5), "end", label)]
    };
    ticks.iter().flat_map(drawn).collect()
}

impl SeriesLine {
    fn shapes(&self, style: SeriesStyle, scale: &ChartScale, theme: Theme) -> Vec<SvgShape> {
        let size = if scale.width() > 14.0 { 4.5 } else { 3.0 };
        let mut shapes = Vec::new();
        for run in runs(&self.marks) {
            let places: Vec<DrawingPlace> = run.iter().map(|(at, mark)| (scale.x(*at), scale.y(mark.value))).collect();
            let area = area(&run, scale).map(|places| SvgShape::Area { places, fill: style.fill(theme) });
            shapes.extend(area);
            shapes.push(line(places.clone(), style.dash()));
            for ((_, mark), place) in run.iter().zip(places).filter(|((_, mark), _)| !mark.title.is_empty()) {
                let (title, href) = (mark.title.clone(), mark.href.clone());
                shapes.push(SvgShape::Titled { title, href, shapes: vec![style.marker(theme, place, size)] });
                shapes.extend(mark.doubtful.then_some(SvgShape::Ring { centre: place, radius: size + 3.5 }));
            }
        }
        shapes
    }
}

/// The corners of the area of a run: along its upper end and back along the lower one.
fn area(run: &[(usize, &PointMark)], scale: &ChartScale) -> Option<Vec<(f64, f64)>> {
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

/// Draws a chart; `id`: its number among the drawings of a page.
pub(super) fn drawing(view: &ChartView<'_>, plot: &Plot<'_>, id: usize) -> ChartDrawing {
    let chart = match plot.style {
        ChartStyle::Tiles => return province_map::drawing(view, plot),
        ChartStyle::Years => years_chart_of(view, plot),
        ChartStyle::Lines | ChartStyle::Layers => calendar_chart_of(view, plot),
    };
    ChartDrawing {
        shapes: chart.shapes(view.theme, id),
        height: HEIGHT,
        summary: summary(view, &chart),
        gaps: !chart.gaps.is_empty(),
        keys: chart.styles.iter().copied().zip(chart.lines.iter().map(|line| line.name.clone())).collect(),
    }
}

fn summary(view: &ChartView<'_>, chart: &Chart) -> String {
    let names: Vec<&str> = chart.lines.iter().map(|line| line.name.as_str()).collect();
    let ends = match (chart.columns.first(), chart.columns.last()) {
        (Some(first), Some(last)) => format!("{} 至 {}", first.label, last.label),
        _ => String::new(),
    };
    let (step, what) = (words::step(view.reply.request.breakdown.by), if view.counts { "篇数" } else { "占比" });
    format!("{what}图，横轴 {ends}，每{step}一点；{}。数字见数据表。", names.join("、"))
}

#[cfg(test)]
mod tests {
    use super::super::chart::{AxisColumn, distances};
    use super::super::svg::markup;
    use super::*;
    use crate::archive::PeriodStep;

    fn chart(values: &[Option<f64>], title: &str) -> Chart {
        let mark = |value: &Option<f64>| {
            value.map(|value| PointMark {
                value,
                area: Some((0.0, value)),
                title: title.to_owned(),
                ..PointMark::default()
            })
        };
        let number = |at| AxisColumn { label: format!("{title}{at}"), number: at };
        Chart {
            columns: (0..).take(values.len()).map(number).collect(),
            distances: distances(PeriodStep::Year),
            gaps: vec![ChartGap { first: 2, last: 2, state: CoverageState::NotHeld, title: title.to_owned() }],
            lines: vec![SeriesLine { name: title.to_owned(), marks: values.iter().map(mark).collect() }],
            styles: vec![SeriesStyle::series(0)],
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
        let svg = markup(&chart(&[Some(0.1), Some(0.2), None, Some(0.1)], "x").shapes(Theme::File, 7));
        assert_eq!(svg.matches("<polyline").count(), 2, "{svg}");
        assert_eq!(svg.matches("<polygon").count(), 2);
        assert!(svg.contains("url(#hatch-7)") && svg.contains("id=\"hatch-7\"") && !svg.contains("class="));
        let whole = markup(&chart(&[Some(0.1), Some(0.2), Some(0.2), Some(0.1)], "x").shapes(Theme::Page, 0));
        assert_eq!(whole.matches("<polyline").count(), 1);
    }

    #[test]
    fn what_was_typed_becomes_no_element() {
        let svg = markup(&chart(&[Some(0.1), None, None], "<script>\"&").shapes(Theme::Page, 0));
        assert!(!svg.contains("<script") && svg.contains("&#60;script&#62;&#34;&#38;"), "{svg}");
        assert!(!svg.contains(" style="));
    }
}

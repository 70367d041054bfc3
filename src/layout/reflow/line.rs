//! Features of a printed line: whether it goes on with the line before.

use super::super::crf::FeatureSink;
use super::super::features::size_class;
use super::super::seam::{Seam, seam};
use super::super::view::BlockView;
use super::measure::LineMeasure;
use crate::model::Line;

/// A printed line as the line model sees it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct LineView {
    view: BlockView,
    /// Length with its indent over the width of the column, in eighths.
    fill: usize,
    /// Half-width characters that it is shorter than the column; below 0 longer.
    short_by: i32,
    /// Ideographic spaces before it.
    indent: usize,
    /// Share of the lines of the region that are indented by two, in quarters.
    indented: usize,
    /// Class of the column's width.
    width: usize,
    /// How it stands, where it has a box.
    measure: LineMeasure,
}

/// The views of some lines in reading order.
pub(in super::super) fn line_views(lines: &[&Line], measures: &[LineMeasure]) -> Vec<LineView> {
    let indented = measures.iter().filter(|measure| (3..=5).contains(&measure.indent)).count();
    let quarters = (indented * 16 / lines.len().max(1)).min(4);
    let view = |(line, measure): (&&Line, &LineMeasure)| LineView {
        view: BlockView::from_text(&line.text),
        fill: usize::try_from(measure.length * 8 / measure.width.max(1)).unwrap_or(0).min(10),
        short_by: measure.width - measure.length,
        indent: usize::try_from((measure.indent + 1) / 2).unwrap_or(0).min(5),
        indented: quarters,
        width: usize::try_from(measure.width / 8).unwrap_or(0).min(9),
        measure: *measure,
    };
    lines.iter().zip(measures).map(view).collect()
}

impl LineView {
    /// `full`, or how short it is.
    fn ending(&self) -> &'static str {
        match self.short_by {
            ..=-3 => "over",
            -2..=1 => "full",
            2 => "by1",
            3..=4 => "by2",
            _ if self.fill >= 6 => "most",
            _ if self.fill >= 4 => "half",
            _ => "little",
        }
    }
}

/// Hands on the features of a line.
pub(in super::super) fn line_features(lines: &[LineView], at: usize, sink: &mut dyn FeatureSink) {
    sink.put(format_args!("always"), 1.0);
    for step in -3_isize..=3 {
        match at.checked_add_signed(step).and_then(|near| lines.get(near)) {
            Some(line) => line_own_features(line, step, sink),
            None => sink.put(format_args!("none@{step}"), 1.0),
        }
    }
    if let Some(before) = at.checked_sub(1) {
        between(&lines[before], &lines[at], "before", sink);
    }
    if let Some(after) = lines.get(at + 1) {
        between(&lines[at], after, "after", sink);
    }
    boxes(lines, at, sink);
    let fills =
        |step: isize| at.checked_add_signed(step).and_then(|near| lines.get(near)).map_or("none", LineView::ending);
    sink.put(format_args!("fills={}>{}>{}", fills(-1), fills(0), fills(1)), 1.0);
    sink.put(format_args!("fills_after={}>{}>{}", fills(0), fills(1), fills(2)), 1.0);
    let here = &lines[at];
    sink.put(format_args!("page={}|{}", here.indented, here.indent), 1.0);
    sink.put(format_args!("width={}|{}", here.width, here.ending()), 1.0);
}

/// What a line is by itself.
fn line_own_features(line: &LineView, step: isize, sink: &mut dyn FeatureSink) {
    let view = &line.view;
    sink.put(format_args!("end={}@{step}", view.end()), 1.0);
    sink.put(format_args!("ending={}@{step}", line.ending()), 1.0);
    sink.put(format_args!("indent={}@{step}", line.indent), 1.0);
    sink.put(format_args!("ending,end={}|{}@{step}", line.ending(), view.end()), 1.0);
    if step.abs() > 2 {
        return;
    }
    sink.put(format_args!("stops={}@{step}", view.stops.min(2)), 1.0);
    sink.put(format_args!("commas={}@{step}", view.commas.min(3)), 1.0);
    if view.parts.len() > 1 {
        sink.put(format_args!("parts={}@{step}", view.parts.len().min(3)), 1.0);
    }
    if view.open_quotes != 0 {
        sink.put(format_args!("quotes={}@{step}", view.open_quotes.clamp(-1, 1)), 1.0);
    }
    for form in view.forms.names() {
        sink.put(format_args!("f:{form}@{step}"), 1.0);
        sink.put(format_args!("f:{form}|{}@{step}", line.ending()), 1.0);
    }
    if step.abs() < 2 {
        sink.put(format_args!("first={}@{step}", view.head(1)), 0.5);
        sink.put(format_args!("first2={}@{step}", view.head(2)), 0.5);
        sink.put(format_args!("last2={}@{step}", view.tail(2)), 0.5);
    }
}

/// What stands between two lines.
fn between(before: &LineView, after: &LineView, side: &str, sink: &mut dyn FeatureSink) {
    let found = match seam(&before.view, &after.view) {
        Seam::None => 0,
        Seam::Guess => 1,
        Seam::Word => 2,
    };
    let (ending, end) = (before.ending(), before.view.end());
    sink.put(format_args!("seam_{side}={found}|{ending}"), 1.0);
    sink.put(format_args!("gap_{side}={ending}|{end}|{}", after.indent), 1.0);
    sink.put(format_args!("gap_{side}={ending}|{end}|{}|{}", after.indent, after.ending()), 1.0);
    sink.put(format_args!("gap_{side}={ending}|{}|{}", after.indent, after.indented), 1.0);
    if before.view.open_quotes > 0 && after.view.closes_first {
        sink.put(format_args!("quoted_{side}"), 1.0);
    }
}

/// How the line and the next one are set, where they have boxes.
fn boxes(lines: &[LineView], at: usize, sink: &mut dyn FeatureSink) {
    for (name, here, before) in [("here", Some(at), at.checked_sub(1)), ("next", Some(at + 1), Some(at))] {
        let [here, before] = [here, before].map(|at| at.and_then(|at| lines.get(at)).map(|line| &line.measure));
        let Some(here) = here.filter(|measure| measure.boxed) else { continue };
        let setting = &here.setting;
        let region = if setting.new_region { "new" } else { "same" };
        sink.put(format_args!("box_{name}:size={}|{region}", size_class(setting.size)), 1.0);
        sink.put(format_args!("box_{name}:above={}", gap_class(here)), 1.0);
        for (fact, is) in [("bold", setting.bold), ("turned", setting.turned), ("centred", setting.centred)] {
            if is {
                sink.put(format_args!("box_{name}:{fact}|{region}"), 1.0);
            }
        }
        let Some(before) = before.filter(|measure| measure.boxed) else { continue };
        let (size, bold) = (change(before.setting.size, setting.size), u8::from(before.setting.bold != setting.bold));
        sink.put(format_args!("box_{name}:change={size}|{bold}|{region}"), 1.0);
        let turned = u8::from(before.setting.turned != setting.turned);
        sink.put(format_args!("box_{name}:turns={turned}|{region}"), 1.0);
        let width = change(before.width as f32, here.width as f32);
        sink.put(format_args!("box_{name}:width={width}|{region}"), 1.0);
    }
}

/// The class of the white above a line of a region.
fn gap_class(measure: &LineMeasure) -> usize {
    if measure.setting.new_region {
        return 9;
    }
    [0.8, 0.95, 1.05, 1.2, 1.35, 1.6, 2.2].iter().position(|end| measure.above <= *end).unwrap_or(7)
}

/// How one value changes to another: falls, stays, rises, each a little or much.
fn change(before: f32, after: f32) -> i32 {
    if before <= 0.0 || after <= 0.0 {
        return 0;
    }
    let ratio = (after / before).ln();
    [-0.4, -0.12, 0.12, 0.4].iter().filter(|end| ratio > **end).count() as i32 - 2
}

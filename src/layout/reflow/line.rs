//! Features of a printed line: whether it goes on with the line before.

use super::super::chain::Sink;
use super::super::seam::{Seam, seam};
use super::super::view::View;
use super::form::{Flow, printed_length};
use crate::model::Line;

/// A printed line as the line model sees it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct LineView {
    view: View,
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
}

/// The views of the lines of a region.
pub(in super::super) fn line_views(lines: &[&Line], flow: &Flow) -> Vec<LineView> {
    let indented = lines.iter().filter(|line| (3..=5).contains(&line.indent)).count();
    let quarters = (indented * 16 / lines.len().max(1)).min(4);
    let view = |line: &&Line| {
        let length = printed_length(line);
        LineView {
            view: View::of(&line.text),
            fill: (length * 8).checked_div(flow.width).unwrap_or(0).min(10),
            short_by: flow.width as i32 - length as i32,
            indent: usize::from(line.indent).div_ceil(2).min(5),
            indented: quarters,
            width: (flow.width / 8).min(9),
        }
    };
    lines.iter().map(view).collect()
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
pub(in super::super) fn line_features(lines: &[LineView], at: usize, sink: &mut dyn Sink) {
    sink.put(format_args!("always"), 1.0);
    for step in -3_isize..=3 {
        match at.checked_add_signed(step).and_then(|near| lines.get(near)) {
            Some(line) => own(line, step, sink),
            None => sink.put(format_args!("none@{step}"), 1.0),
        }
    }
    if let Some(before) = at.checked_sub(1) {
        between(&lines[before], &lines[at], "before", sink);
    }
    if let Some(after) = lines.get(at + 1) {
        between(&lines[at], after, "after", sink);
    }
    let fills = |step: isize| at.checked_add_signed(step).and_then(|near| lines.get(near)).map_or("none", LineView::ending);
    sink.put(format_args!("fills={}>{}>{}", fills(-1), fills(0), fills(1)), 1.0);
    sink.put(format_args!("fills_after={}>{}>{}", fills(0), fills(1), fills(2)), 1.0);
    let here = &lines[at];
    sink.put(format_args!("page={}|{}", here.indented, here.indent), 1.0);
    sink.put(format_args!("width={}|{}", here.width, here.ending()), 1.0);
}

/// What a line is by itself.
fn own(line: &LineView, step: isize, sink: &mut dyn Sink) {
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
fn between(before: &LineView, after: &LineView, side: &str, sink: &mut dyn Sink) {
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

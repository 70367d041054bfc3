//! Whether lines are paragraphs or printed lines: printed lines are short and nearly all full lines of a column are equally
//! long, paragraphs have any length.

use super::super::order::ems;
use super::flow::{Flow, FlowForm, printed_length};
use super::measure::LineMeasure;
use crate::model::Line;

/// Lines on each side of one by which its form is told.
const AROUND: usize = 24;
/// A printed line has at most this many characters.
const WIDEST: usize = 46;
/// Shorter lines say nothing of the width of a column.
const NARROWEST: usize = 6;
/// Share of the lines around that have the full width, at least, where they are printed lines.
const FULL: f32 = 0.3;
/// Share of the lines around that may be longer than that.
const LONGER: f32 = 0.08;
/// Fewer lines than this are taken for paragraphs: there is nothing to tell a width from.
const FEWEST: usize = 6;

/// The regions of a page whose lines have no boxes.
pub(super) fn flows(lines: &[&Line]) -> Vec<Flow> {
    let lengths: Vec<usize> = lines.iter().map(|line| printed_length(line)).collect();
    let widths: Vec<Option<(usize, u8)>> = (0..lines.len()).map(|at| width_around(&lengths, at)).collect();
    let mut flows: Vec<Flow> = Vec::new();
    for (at, width) in widths.into_iter().enumerate() {
        let (form, (width, full)) = width.map_or((FlowForm::Paragraphs, (0, 0)), |width| (FlowForm::Lines, width));
        match flows.last_mut().filter(|last| last.form == form && last.width.abs_diff(width) <= 2) {
            Some(last) => last.end = at + 1,
            None => flows.push(Flow { start: at, end: at + 1, form, width, full }),
        }
    }
    merge_short_regions(flows)
}

/// Height of a line that holds several lines of print, in characters.
const THICK: f32 = 2.2;
/// Share of the text that stands in such lines, from which they are the paragraphs of the source.
const IN_PARAGRAPHS: f32 = 0.3;

/// The one region of a page with boxes: its lines are paragraphs where the boxes hold several lines of print.
pub(super) fn boxed_flows(lines: &[&Line], measures: &[LineMeasure]) -> Vec<Flow> {
    let characters = |line: &Line| line.text.chars().count() as f32;
    let whole: f32 = lines.iter().map(|line| characters(line)).sum();
    let thick: f32 = lines.iter().filter(|line| is_thick(line)).map(|line| characters(line)).sum();
    let form = if thick > IN_PARAGRAPHS * whole { FlowForm::Paragraphs } else { FlowForm::Lines };
    let mut widths: Vec<i32> = measures.iter().map(|measure| measure.width).collect();
    widths.sort_unstable();
    let width = widths.get(widths.len() / 2).copied().unwrap_or(0);
    let full = measures.iter().filter(|measure| (measure.length - measure.width).abs() <= 2).count();
    let full = (full * 100).checked_div(lines.len()).unwrap_or(0) as u8;
    let flow = Flow { start: 0, end: lines.len(), form, width: usize::try_from(width).unwrap_or(0), full };
    if lines.is_empty() { Vec::new() } else { vec![flow] }
}

/// Whether a box is much thicker than its characters: the area of a character is that of the box over their number.
fn is_thick(line: &Line) -> bool {
    let Some(area) = line.area else { return false };
    let (width, height) = (area.width() as f32, area.height() as f32);
    let size = (width * height / ems(&line.text).max(0.5)).sqrt();
    width.min(height) > THICK * size && line.text.chars().count() > 12
}

/// A region of a few lines between two others is part of the one before: a long headline among printed lines.
fn merge_short_regions(flows: Vec<Flow>) -> Vec<Flow> {
    let mut kept: Vec<Flow> = Vec::new();
    for flow in flows {
        match kept.last_mut() {
            Some(last) if flow.end - flow.start < FEWEST || (last.form, last.width) == (flow.form, flow.width) => {
                last.end = flow.end;
            }
            Some(last) if last.end - last.start < FEWEST && last.start == 0 => *last = Flow { start: 0, ..flow },
            _ => kept.push(flow),
        }
    }
    kept
}

/// The full width of the lines around one, where they are printed lines, with the share of those that have it.
fn width_around(lengths: &[usize], at: usize) -> Option<(usize, u8)> {
    let around = &lengths[at.saturating_sub(AROUND)..(at + AROUND + 1).min(lengths.len())];
    if around.len() < FEWEST {
        return None;
    }
    // A line may be short of the column by a sign that must not begin the next one, or longer by one that hangs.
    let mut counts = [0_usize; 2 * WIDEST + 6];
    let known = around.iter().filter(|length| (2 * NARROWEST..=2 * WIDEST).contains(*length));
    known.for_each(|length| counts[*length] += 1);
    let near = |width: usize| counts[width.saturating_sub(2)..=(width + 2).min(counts.len() - 1)].iter().sum::<usize>();
    let width = (2 * NARROWEST..=2 * WIDEST).max_by_key(|width| (near(*width), counts[*width], *width))?;
    let (full, longer) = (near(width), around.iter().filter(|length| **length > width + 4).count());
    let share = |count: usize| count as f32 / around.len() as f32;
    (share(full) >= FULL && share(longer) <= LONGER).then(|| (width, (share(full) * 100.0) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[String]) -> Vec<Line> {
        texts.iter().map(|text| Line { text: text.clone(), ..Line::default() }).collect()
    }

    fn forms(texts: &[String]) -> Vec<(usize, usize, FlowForm)> {
        let lines = lines(texts);
        flows(&lines.iter().collect::<Vec<_>>()).into_iter().map(|flow| (flow.start, flow.end, flow.form)).collect()
    }

    #[test]
    fn equal_lines_are_print_and_unequal_ones_paragraphs() {
        let print: Vec<String> = (0..40).map(|n| "工".repeat(if n % 5 == 4 { 7 } else { 18 })).collect();
        assert_eq!(forms(&print), [(0, 40, FlowForm::Lines)]);
        let paragraphs: Vec<String> = (0..40).map(|n| "工".repeat(20 + 37 * n % 211)).collect();
        assert_eq!(forms(&paragraphs), [(0, 40, FlowForm::Paragraphs)]);
        assert!(forms(&[]).is_empty());
    }

    #[test]
    fn a_page_may_have_both() {
        let print = (0..60).map(|n| "工".repeat(if n % 5 == 4 { 7 } else { 18 }));
        let paragraphs = (0..60).map(|n| "工".repeat(60 + 37 * n % 211));
        let both = forms(&print.chain(paragraphs).collect::<Vec<_>>());
        assert_eq!(both.iter().map(|flow| flow.2).collect::<Vec<_>>(), [FlowForm::Lines, FlowForm::Paragraphs]);
        assert!(both[0].1.abs_diff(60) <= AROUND);
    }
}

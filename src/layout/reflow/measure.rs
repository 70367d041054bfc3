//! How a line fills its column: from its text and the lines around where there are no boxes, else from its box.

use super::super::order::{LinePosition, ems};
use super::flow::{Flow, printed_length};
use crate::model::{Direction, Line, Typography};

/// Distance from the line above, in usual distances, from which there is a gap between them.
const GAP: f32 = 1.35;

/// How a line stands, as both forms of source tell it. Lengths in half-width characters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LineMeasure {
    /// Length with the indent before it.
    pub(super) length: i32,
    /// Width of the column.
    pub(super) width: i32,
    /// White before it.
    pub(super) indent: i32,
    /// How it is set; all zero without boxes.
    pub(super) setting: Typography,
    /// Whether it has a box.
    pub(super) boxed: bool,
    /// Distance from the line above, in usual distances.
    pub(super) above: f32,
}

impl LineMeasure {
    /// Of a line of text.
    pub(super) fn of_text(line: &Line, flow: &Flow) -> Self {
        Self {
            length: printed_length(line) as i32,
            width: flow.width as i32,
            indent: i32::from(line.indent),
            ..Self::default()
        }
    }

    /// Of a line with a box. `usual`: size of running text, and whether most of it is vertical.
    fn of_place(line: &Line, place: &LinePosition, new_region: bool, usual: (i32, bool)) -> Self {
        let Some(area) = line.area else { return Self { length: 1, width: 1, ..Self::default() } };
        let stands = is_upright(line);
        let size = place.size.max(1) as f32;
        let halves = |length: i32| (length as f32 / size * 2.0).round().clamp(-400.0, 400.0) as i32;
        let along = if stands { area.height() } else { area.width() };
        let setting = Typography {
            size: size / usual.0.max(1) as f32,
            bold: line.font.is_some_and(|font| font.bold),
            turned: stands != usual.1 && ems(&line.text) >= 2.0,
            span: u8::try_from(place.span.min(9)).unwrap_or(1),
            new_region,
            gap: place.gap_above > GAP,
            centred: place.centred,
            near_picture: place.near_picture,
        };
        Self {
            length: halves(place.indent + along),
            width: halves(place.column_right - place.column_left).max(1),
            indent: halves(place.indent).max(0),
            setting,
            boxed: true,
            above: place.gap_above,
        }
    }
}

/// The measures of lines with boxes, in reading order. `first`: whether each begins a region.
pub(super) fn of_places(lines: &[&Line], places: &[&LinePosition], first: &[bool]) -> Vec<LineMeasure> {
    let usual = (usual_size(lines, places), is_mostly_upright(lines));
    let rows = lines.iter().zip(places).zip(first);
    rows.map(|((line, place), first)| LineMeasure::of_place(line, place, *first, usual)).collect()
}

/// Whether the characters of a line stand one below the other.
fn is_upright(line: &Line) -> bool {
    let shape = line.area.map_or(0.0, |area| area.height() as f32 / area.width().max(1) as f32);
    match ems(&line.text) {
        length if length >= 2.0 && shape > 1.5 => true,
        length if length >= 2.0 && shape < 0.66 => false,
        _ => line.direction == Direction::Vertical,
    }
}

fn is_mostly_upright(lines: &[&Line]) -> bool {
    let signed = lines.iter().map(|line| if is_upright(line) { ems(&line.text) } else { -ems(&line.text) });
    signed.sum::<f32>() > 0.0
}

/// The size that most text has: the median over characters.
fn usual_size(lines: &[&Line], places: &[&LinePosition]) -> i32 {
    let mut sizes: Vec<(i32, f32)> =
        places.iter().zip(lines).map(|(place, line)| (place.size, ems(&line.text))).collect();
    sizes.sort_by_key(|row| row.0);
    let half = sizes.iter().map(|row| row.1).sum::<f32>() / 2.0;
    let mut seen = 0.0;
    let reached = |row: &&(i32, f32)| {
        seen += row.1;
        seen >= half
    };
    sizes.iter().find(reached).map_or(1, |row| row.0).max(1)
}

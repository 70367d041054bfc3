//! How a line fills its column: from its text and the lines around where there are no boxes, else from its box.

use super::super::order::{Place, ems};
use super::form::{Flow, printed_length};
use crate::model::{Line, Setting};

/// A line may miss the middle of its column by so many characters and still be centred.
const CENTRED: f32 = 1.0;
/// White on each side of a centred line, at least, in characters.
const MARGIN: f32 = 0.8;
/// White above a line that is more than that between lines, in characters: three quarters over the usual half.
const GAP: f32 = 0.95;

/// How a line stands, as both forms of source tell it. Lengths in half-width characters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Measure {
    /// Length with the indent before it.
    pub(super) length: i32,
    /// Width of the column.
    pub(super) width: i32,
    /// White before it.
    pub(super) indent: i32,
    /// How it is set; all zero without boxes.
    pub(super) setting: Setting,
    /// Whether it has a box.
    pub(super) boxed: bool,
    /// White above it in its region, in characters.
    pub(super) above: f32,
}

impl Measure {
    /// Of a line of text.
    pub(super) fn of_text(line: &Line, flow: &Flow) -> Self {
        Self {
            length: printed_length(line) as i32,
            width: flow.width as i32,
            indent: i32::from(line.indent),
            ..Self::default()
        }
    }

    /// Of a line with a box.
    pub(super) fn of_place(line: &Line, place: &Place) -> Self {
        let halves = |length: f32| (length * 2.0).round().clamp(-400.0, 400.0) as i32;
        // A line that stands alone in its region says nothing of a column: its own text is its width.
        let width = if place.known { place.width } else { ems(&line.text) };
        Self {
            length: halves(width - place.after),
            width: halves(width).max(1),
            indent: halves(place.before).max(0),
            setting: setting(line, place),
            boxed: place.known,
            above: place.above,
        }
    }
}

fn setting(line: &Line, place: &Place) -> Setting {
    if !place.known {
        return Setting::default();
    }
    let (before, after) = (place.before, place.after);
    Setting {
        size: place.size,
        bold: line.font.is_some_and(|font| font.bold),
        turned: place.cross,
        span: place.span,
        new_region: place.new_region,
        gap: place.above > GAP,
        centred: before > MARGIN && after > MARGIN && (before - after).abs() < CENTRED,
        near_picture: place.near_picture,
    }
}

//! The slant of a scan: how far the left edges of columns drift from line to line, and its undoing.

use super::frame_line::FrameLine;
use super::skyline;
use crate::model::Area;

/// The greatest slant that is undone: 1.5 degrees.
const GREATEST: f32 = 0.026;

/// Fewest pairs of lines that tell a slant.
const FEWEST: usize = 12;

/// Lines between the two of a pair that the slant is measured by: far enough for unevenly cut boxes to matter little.
const REACH: usize = 5;

/// A slant: shift to the left for each unit down (a picture turned clockwise), with a point that stays.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skew {
    drift: f32,
}

impl Skew {
    /// An area with the slant undone: its middle turned back, and its height less what the slant adds to a box.
    pub(super) fn deskewed(&self, area: &Area) -> Area {
        if self.drift == 0.0 {
            return *area;
        }
        let (u, v) = ((area.left + area.right) as f32 / 2.0, (area.top + area.bottom) as f32 / 2.0);
        let (width, height) = (area.width() as f32, area.height() as f32);
        let added = self.drift.abs();
        let (thin, short) = ((height - width * added).max(height / 2.0), (width - height * added).max(width / 2.0));
        let (mid_u, mid_v) = (u - self.drift * v, v + self.drift * u);
        Area {
            left: (mid_u - short / 2.0).round() as i32,
            right: (mid_u + short / 2.0).round() as i32,
            top: (mid_v - thin / 2.0).round() as i32,
            bottom: (mid_v + thin / 2.0).round() as i32,
        }
    }
}

/// The slant of a page: the median drift of left edges over [`REACH`] lines of a column.
pub(super) fn estimate(strips: &[FrameLine], em: i32) -> Skew {
    let above = straight_above(strips, em);
    let mut drifts: Vec<f32> = (0..strips.len()).filter_map(|at| drift(strips, &above, at, em)).collect();
    if drifts.len() < FEWEST {
        return Skew::default();
    }
    drifts.sort_by(f32::total_cmp);
    let drift = drifts[drifts.len() / 2];
    // Below a fifth of a thousandth nothing moves by more than the boxes are unsure anyway.
    Skew { drift: if drift.abs() < 0.0002 { 0.0 } else { drift.clamp(-GREATEST, GREATEST) } }
}

/// The line above each that begins at the same edge, as far as a slant allows.
fn straight_above(strips: &[FrameLine], em: i32) -> Vec<Option<usize>> {
    let mut above = vec![None; strips.len()];
    for (upper, lower) in skyline::pairs(strips, em / 4) {
        let (a, b) = (&strips[upper], &strips[lower]);
        let near = (b.area.top - a.area.top).abs() < 3 * em && (b.area.left - a.area.left).abs() < em / 2;
        if near && !a.cross && !b.cross {
            above[lower] = Some(upper);
        }
    }
    above
}

fn drift(strips: &[FrameLine], above: &[Option<usize>], at: usize, em: i32) -> Option<f32> {
    let far = (0..REACH).try_fold(at, |at, _| above[at])?;
    let (a, b) = (&strips[far].area, &strips[at].area);
    let down = (b.top - a.top) as f32;
    (down > 3.0 * em as f32).then(|| (b.left - a.left) as f32 / down)
}

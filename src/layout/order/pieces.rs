//! Printed lines that OCR gives in pieces.

use super::frame_line::FrameLine;
use super::skyline::from_the_side;
use crate::model::Area;

/// White between two pieces, at most, in sizes: less than between any two columns.
const APART: f32 = 0.35;

/// The strips, those on one level that touch each other made one.
pub(super) fn join_touching(mut strips: Vec<FrameLine>) -> Vec<FrameLine> {
    let areas: Vec<Area> = strips.iter().map(|strip| strip.area).collect();
    let mut after: Vec<Option<usize>> = vec![None; strips.len()];
    let mut is_rest = vec![false; strips.len()];
    for (left, right) in from_the_side(&areas, 0) {
        if after[left].is_none() && !is_rest[right] && touch(&strips[left], &strips[right]) {
            after[left] = Some(right);
            is_rest[right] = true;
        }
    }
    let heads: Vec<usize> = (0..strips.len()).filter(|&at| !is_rest[at]).collect();
    for &head in &heads {
        let rest: Vec<usize> = std::iter::successors(after[head], |&at| after[at]).collect();
        for at in rest {
            let (area, line, ems, told) = (strips[at].area, strips[at].line, strips[at].ems, strips[at].told);
            let strip = &mut strips[head];
            strip.area = strip.area.union(&area);
            strip.rest.push(line);
            strip.ems += ems;
            strip.told = told;
        }
    }
    let mut kept = is_rest.into_iter();
    strips.retain(|_| !kept.next().unwrap_or_default());
    strips
}

/// Whether a strip goes on in another: on its level, of its height, where it ends.
fn touch(left: &FrameLine, right: &FrameLine) -> bool {
    let (a, b) = (&left.area, &right.area);
    let (low, high) = (a.height().min(b.height()), a.height().max(b.height()));
    let gap = b.left - a.right;
    let size = left.size.max(right.size);
    let begins_later = b.left > a.left + a.width() / 2 && b.right > a.right;
    !left.cross
        && !right.cross
        && begins_later
        && gap as f32 <= APART * size as f32
        && gap > -size
        && 10 * a.overlap_y(b) > 7 * low
        && 10 * high < 15 * low
}

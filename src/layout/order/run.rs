//! Runs: strips of one column that follow each other at the usual spacing.

use super::frame::PageFrame;
use super::frame_line::FrameLine;
use super::skyline;
use crate::model::Area;
use std::cmp::Reverse;

/// Most distance from top to top of two lines of a run, in sizes: the widest usual spacing with half a line between
/// paragraphs.
const WIDEST_PITCH: f32 = 2.45;

/// Distance from line to line that ends a run, in usual distances of that run.
const BREAK: f32 = 1.32;

/// Most that left edges of a run differ, in sizes: an indent of two characters and an uneven box.
const INDENT: f32 = 2.8;

/// Sizes that a short line can be told by only roughly differ up to this ratio.
const ALIKE: f32 = 1.32;

/// Length that short lines are taken to have, in sizes: no column is narrower.
const SHORTEST: f32 = 4.5;

/// A run of lines.
#[derive(Clone, Debug)]
pub(super) struct LineRun {
    /// Indices of its strips, downwards.
    pub(super) strips: Vec<usize>,
    /// The rectangle around it.
    pub(super) area: Area,
    /// Size of its characters: the median.
    pub(super) size: i32,
    /// Usual distance from line to line; 0 of a single line.
    pub(super) pitch: i32,
    /// Whether its lines run across the text of the page.
    pub(super) cross: bool,
}

impl LineRun {
    fn from_strips(strips: Vec<usize>, all: &[FrameLine]) -> Option<Self> {
        let first = all.get(*strips.first()?)?;
        let area = strips.iter().fold(first.area, |area, &at| area.union(&all[at].area));
        let size = median(strips.iter().map(|&at| all[at].size));
        let pitch = median(strips.windows(2).map(|two| pitch(&all[two[0]], &all[two[1]])));
        Some(Self { area, size, pitch, cross: first.cross, strips })
    }

    /// Whether its type is larger than running text.
    pub(super) fn is_large(&self, em: i32) -> bool {
        self.size as f32 > 1.3 * em as f32
    }
}

/// The runs of a frame, by their tops.
pub(super) fn runs(frame: &PageFrame) -> Vec<LineRun> {
    let strips = &frame.strips;
    let above = links(strips, frame.em / 4);
    let mut below = vec![None; strips.len()];
    for (at, upper) in above.iter().enumerate() {
        if let Some(upper) = *upper {
            below[upper] = Some(at);
        }
    }
    let chains = (0..strips.len())
        .filter(|&at| above[at].is_none())
        .map(|first| std::iter::successors(Some(first), |&at| below[at]).collect::<Vec<usize>>());
    let mut runs: Vec<LineRun> = chains
        .flat_map(|chain| evenly_spaced(chain, strips))
        .flat_map(|chain| without_wide_ends(chain, strips))
        .filter_map(|chain| LineRun::from_strips(chain, strips))
        .collect();
    runs.sort_by_key(|run| (run.area.top, run.area.left, run.strips.first().copied()));
    runs
}

/// For each strip the one above it in its run: the closest in its edges of those that fit, if it is also the closest
/// from above.
fn links(strips: &[FrameLine], slack: i32) -> Vec<Option<usize>> {
    let reach: Vec<Area> = strips.iter().map(extended_area).collect();
    let mut fits: Vec<(Reverse<i32>, usize, usize)> = skyline::pairs_of(&reach, slack)
        .into_iter()
        .filter_map(|(upper, lower)| {
            follow_score(&strips[upper], &strips[lower]).map(|fit| (Reverse(fit), upper, lower))
        })
        .collect();
    fits.sort_unstable();
    let mut above = vec![None; strips.len()];
    let mut taken = vec![false; strips.len()];
    for (_, upper, lower) in fits {
        if !taken[upper] && above[lower].is_none() {
            taken[upper] = true;
            above[lower] = Some(upper);
        }
    }
    above
}

/// The area of a strip, with that of a short last line made longer, so that an indented line below stands under it.
fn extended_area(strip: &FrameLine) -> Area {
    let mut area = strip.area;
    if !strip.cross {
        area.right = area.right.max(area.left + (SHORTEST * strip.size as f32) as i32);
    }
    area
}

/// How well two lines follow each other in a column, at most 0; `None` if they cannot.
fn follow_score(upper: &FrameLine, lower: &FrameLine) -> Option<i32> {
    let (a, b) = (&upper.area, &lower.area);
    let size = upper.size.max(lower.size) as f32;
    let alike = size <= ALIKE * upper.size.min(lower.size) as f32;
    let near = (b.top - a.top) as f32 <= WIDEST_PITCH * size;
    let left = (b.left - a.left).abs();
    let (long, other) = (extended_area(upper), extended_area(lower));
    let covered = 2 * long.overlap_x(&other) >= long.width().min(other.width());
    let edges = left as f32 <= INDENT * size || (a.right - b.right).abs() as f32 <= INDENT * size && covered;
    let flat = !upper.cross && !lower.cross;
    (flat && alike && near && covered && edges).then(|| -left.min((a.right - b.right).abs()) / 2 - (b.top - a.top))
}

/// Cuts a chain where its spacing is wider than is usual in it.
fn evenly_spaced(chain: Vec<usize>, strips: &[FrameLine]) -> Vec<Vec<usize>> {
    let usual = median(chain.windows(2).map(|two| pitch(&strips[two[0]], &strips[two[1]]))) as f32;
    split_where(chain, |a, b| pitch(&strips[a], &strips[b]) as f32 > BREAK * usual)
}

/// Cuts lines that reach far over the column off the ends of a chain: headlines in small type over several columns.
fn without_wide_ends(chain: Vec<usize>, strips: &[FrameLine]) -> Vec<Vec<usize>> {
    if chain.len() < 3 {
        return vec![chain];
    }
    let right = quantile(chain.iter().map(|&at| strips[at].area.right), 2, 3);
    let wide = |at: usize| strips[at].area.right > right + 2 * strips[at].size;
    let (first, last) = (chain.first().copied(), chain.last().copied());
    split_where(chain, |a, b| (Some(a) == first && wide(a) && !wide(b)) || (Some(b) == last && wide(b) && !wide(a)))
}

fn split_where(chain: Vec<usize>, cut: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    chain.chunk_by(|&a, &b| !cut(a, b)).map(<[usize]>::to_vec).collect()
}

/// Distance from the middle of a line to that of another.
pub(super) fn pitch(upper: &FrameLine, lower: &FrameLine) -> i32 {
    (lower.area.top + lower.area.bottom - upper.area.top - upper.area.bottom) / 2
}

/// The median; 0 of nothing.
pub(super) fn median(values: impl Iterator<Item = i32>) -> i32 {
    quantile(values, 1, 2)
}

/// The value that `part` of `whole` values are not above; 0 of nothing.
pub(super) fn quantile(values: impl Iterator<Item = i32>, part: usize, whole: usize) -> i32 {
    let mut values: Vec<i32> = values.collect();
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) * part / whole).copied().unwrap_or(0)
}

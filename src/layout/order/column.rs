//! Columns: runs of text one below the other between the same edges, and what stands over them.

use super::frame::PageFrame;
use super::run::{LineRun, quantile};
use super::skyline;
use super::stack::{HeadlineStacks, widened_to_column};
use crate::model::Area;

/// Most that the edges of two runs of a column differ, in sizes, when both are long.
const SAME_EDGE: f32 = 1.3;

/// A column.
#[derive(Clone, Debug, Default)]
pub(super) struct TextColumn {
    /// Its runs, downwards.
    pub(super) runs: Vec<usize>,
    /// Left edge.
    pub(super) left: i32,
    /// Right edge.
    pub(super) right: i32,
}

/// The columns of a page, and for each run its place among them.
pub(super) struct PageColumns {
    /// The columns, by their tops.
    pub(super) all: Vec<TextColumn>,
    /// For each run its column and its place in it; `None` of parts of headline stacks.
    pub(super) of: Vec<Option<(usize, usize)>>,
    /// For each run the stack that it sees directly above itself.
    pub(super) roof: Vec<Option<usize>>,
}

impl PageColumns {
    /// The columns of the runs that are in no stack.
    pub(super) fn new(frame: &PageFrame, runs: &[LineRun], stacks: &HeadlineStacks) -> Self {
        let areas: Vec<Area> = runs.iter().map(|run| run.area).collect();
        let pairs = skyline::pairs_of(&areas, frame.em / 2);
        let roof = stacks_above(frame, runs, stacks, &pairs);
        let above = links(runs, stacks, &pairs);
        let mut columns = Self { all: Vec::new(), of: vec![None; runs.len()], roof };
        for (at, above) in above.into_iter().enumerate().filter(|(at, _)| stacks.of[*at].is_none()) {
            columns.place(at, above);
        }
        columns.measure(frame, runs);
        columns
    }

    /// Puts a run into the column of the one above, or into a new one. Runs come by their tops.
    fn place(&mut self, run: usize, above: Option<usize>) {
        let column = match above.and_then(|above| self.of[above]) {
            Some((column, _)) => column,
            None => {
                self.all.push(TextColumn::default());
                self.all.len() - 1
            }
        };
        self.of[run] = Some((column, self.all[column].runs.len()));
        self.all[column].runs.push(run);
    }

    /// The edges: those that all lines but a tenth keep to.
    fn measure(&mut self, frame: &PageFrame, runs: &[LineRun]) {
        for column in &mut self.all {
            let strips = || column.runs.iter().flat_map(|&run| &runs[run].strips).map(|&at| &frame.strips[at].area);
            (column.left, column.right) =
                (quantile(strips().map(|area| area.left), 1, 10), quantile(strips().map(|area| area.right), 9, 10));
        }
    }

    /// The column of a run.
    pub(super) fn column(&self, run: usize) -> Option<&TextColumn> {
        self.of[run].map(|(column, _)| &self.all[column])
    }

    /// Runs of the same column above a run and itself, upwards, a dozen at most.
    pub(super) fn upwards(&self, run: usize) -> impl Iterator<Item = usize> + '_ {
        let (column, place) = self.of[run].unwrap_or_default();
        let runs: &[usize] = self.of[run].map_or(&[], |_| &self.all[column].runs[..=place]);
        runs.iter().rev().take(12).copied()
    }
}

/// For each run the stack directly above it. A short headline can stand over the gap between two columns and touch
/// neither: where a run sees nothing else, headlines are taken to be wider.
fn stacks_above(
    frame: &PageFrame,
    runs: &[LineRun],
    stacks: &HeadlineStacks,
    pairs: &[(usize, usize)],
) -> Vec<Option<usize>> {
    let mut roof = vec![None; runs.len()];
    let mut above = vec![i32::MIN; runs.len()];
    let text = |run: usize| stacks.of[run].is_none();
    for &(upper, lower) in pairs.iter().filter(|pair| text(pair.1)) {
        let nearer = |held: usize| stacks.all[held].area.bottom < runs[upper].area.bottom;
        if text(upper) || roof[lower].is_none_or(nearer) {
            roof[lower] = stacks.of[upper].or(roof[lower]);
        }
        above[lower] = above[lower].max(runs[upper].area.bottom);
    }
    let wide = |(at, run): (usize, &LineRun)| {
        if text(at) || run.cross { run.area } else { widened_to_column(&run.area, frame.em) }
    };
    let wide: Vec<Area> = runs.iter().enumerate().map(wide).collect();
    for (upper, lower) in skyline::pairs_of(&wide, frame.em / 2) {
        if text(lower) && roof[lower].is_none() && runs[upper].area.bottom >= above[lower] {
            roof[lower] = stacks.of[upper];
        }
    }
    roof
}

/// For each run the one above it in its column.
fn links(runs: &[LineRun], stacks: &HeadlineStacks, pairs: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut fits: Vec<(i32, usize, usize)> = pairs
        .iter()
        .filter(|(upper, lower)| stacks.of[*upper].is_none() && stacks.of[*lower].is_none())
        .filter_map(|&(upper, lower)| Some((misfit(&runs[upper], &runs[lower])?, upper, lower)))
        .collect();
    fits.sort_unstable();
    let mut above = vec![None; runs.len()];
    let mut taken = vec![false; runs.len()];
    for (_, upper, lower) in fits {
        if !taken[upper] && above[lower].is_none() {
            taken[upper] = true;
            above[lower] = Some(upper);
        }
    }
    above
}

/// How far the edges of two runs of a column differ; `None` of runs of different columns. A run of one or two lines
/// may be any part of the column's width.
fn misfit(upper: &LineRun, lower: &LineRun) -> Option<i32> {
    let (a, b) = (&upper.area, &lower.area);
    let slack = (SAME_EDGE * upper.size.max(lower.size) as f32) as i32;
    let (left, right) = ((a.left - b.left).abs(), (a.right - b.right).abs());
    let inside = |small: &LineRun, large: &Area| {
        small.strips.len() <= 2 && small.area.left >= large.left - slack && small.area.right <= large.right + slack
    };
    let same = left <= slack && right <= slack;
    (same || inside(upper, b) || inside(lower, a)).then_some(left + right)
}

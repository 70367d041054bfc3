//! What is seen on a page: its runs, headlines and columns, and how they stand to each other.

use super::column::PageColumns;
use super::ends::{self, RunEnds};
use super::frame::PageFrame;
use super::run::{self, LineRun};
use super::skyline::{self, from_the_side};
use super::source::SourceOrder;
use super::stack::HeadlineStacks;
use crate::model::{Area, ShapeKind, SourcePage};
use std::collections::BTreeSet;

/// Shapes of a kind that are looked at, the smallest first: a page with more is decoration.
const MOST_SHAPES: usize = 64;

/// What is seen on a page. Runs are told by their indices.
pub(super) struct PageScene {
    /// The page in its frame.
    pub(super) frame: PageFrame,
    /// Its runs.
    pub(super) runs: Vec<LineRun>,
    /// Its headlines.
    pub(super) stacks: HeadlineStacks,
    /// Its columns.
    pub(super) columns: PageColumns,
    /// The order of the source.
    pub(super) source: SourceOrder,
    /// How the runs begin and end.
    pub(super) ends: Vec<RunEnds>,
    /// Whether the page indents paragraphs.
    pub(super) indents: bool,
    /// Pairs of runs that see each other, upper first.
    pub(super) sight: BTreeSet<(usize, usize)>,
    /// Pairs of runs that see each other from the side, left one first.
    pub(super) side: BTreeSet<(usize, usize)>,
    /// For each run a stack that it sees directly below itself.
    pub(super) floor: Vec<Option<usize>>,
    /// For each run the drawn frame around it, if any.
    pub(super) boxes: Vec<Option<usize>>,
    /// For each run whether a crossing headline stands beside it at the left, on a level with its top.
    pub(super) beside_head: Vec<bool>,
    /// For each run whether text stands directly above it.
    pub(super) under_text: Vec<bool>,
    /// For each stack how far to the right its columns are likely to reach.
    pub(super) reach: Vec<i32>,
}

impl PageScene {
    /// Looks at a page.
    pub(super) fn from_page(page: &SourcePage) -> Self {
        let frame = PageFrame::from_page(page);
        let runs = run::runs(&frame);
        let stacks = HeadlineStacks::new(&frame, &runs);
        let columns = PageColumns::new(&frame, &runs, &stacks);
        let source = SourceOrder::new(page, &frame, &runs);
        let (ends, indents) = ends::ends(page, &frame, &runs, &columns);
        let areas: Vec<Area> = runs.iter().map(|run| run.area).collect();
        let sight = skyline::pairs_of(&areas, frame.em / 4).into_iter().collect();
        let side = from_the_side(&areas, frame.em / 4).into_iter().collect();
        let (floor, under_text) = below_and_above(&stacks, &sight);
        let boxes = boxes(&frame, &runs);
        let beside_head = beside_heads(&frame, &runs, &stacks, &side);
        let reach = stack_reaches(&runs, &stacks, &columns);
        Self {
            frame,
            runs,
            stacks,
            columns,
            source,
            ends,
            indents,
            sight,
            side,
            floor,
            boxes,
            beside_head,
            under_text,
            reach,
        }
    }

    /// Whether a run is text, not part of a headline.
    pub(super) fn is_text(&self, run: usize) -> bool {
        self.stacks.of[run].is_none()
    }

    /// Left and right edge of the column of a run.
    pub(super) fn edges(&self, run: usize) -> (i32, i32) {
        let area = &self.runs[run].area;
        self.columns.column(run).map_or((area.left, area.right), |column| (column.left, column.right))
    }
}

/// For each run of text a stack directly below it, and whether text stands directly above it.
fn below_and_above(stacks: &HeadlineStacks, sight: &BTreeSet<(usize, usize)>) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut floor = vec![None; stacks.of.len()];
    let mut under_text = vec![false; stacks.of.len()];
    for &(upper, lower) in sight {
        match stacks.of[upper] {
            None => under_text[lower] = true,
            Some(_) => continue,
        }
        floor[upper] = stacks.of[lower].or(floor[upper]);
    }
    (floor, under_text)
}

/// The smallest drawn frame around each run.
fn boxes(frame: &PageFrame, runs: &[LineRun]) -> Vec<Option<usize>> {
    let mut frames: Vec<Area> = frame.areas_of(ShapeKind::Frame).collect();
    frames.sort_by_key(|area| i64::from(area.width()) * i64::from(area.height()));
    frames.truncate(MOST_SHAPES);
    runs.iter().map(|run| frames.iter().position(|frame| frame.holds_middle_of(&run.area))).collect()
}

/// Runs of text that begin beside a crossing headline.
fn beside_heads(
    frame: &PageFrame,
    runs: &[LineRun],
    stacks: &HeadlineStacks,
    side: &BTreeSet<(usize, usize)>,
) -> Vec<bool> {
    let mut beside = vec![false; runs.len()];
    for &(left, right) in side {
        let head = stacks.of[left].map(|stack| &stacks.all[stack]).filter(|stack| stack.cross);
        if let Some(head) = head.filter(|_| stacks.of[right].is_none()) {
            let top = runs[right].area.top;
            beside[right] |=
                top > head.area.top - 4 * frame.em && top < head.area.bottom.max(head.area.top + 4 * frame.em);
        }
    }
    beside
}

/// How far to the right the columns under each stack are likely to reach: as far as it, or, as most headlines are
/// centred, as far from its middle as its first column is on the other side.
fn stack_reaches(runs: &[LineRun], stacks: &HeadlineStacks, columns: &PageColumns) -> Vec<i32> {
    let mut reach: Vec<i32> = stacks.all.iter().map(|stack| stack.area.right).collect();
    for (run, roof) in columns.roof.iter().enumerate() {
        if let Some(stack) = *roof {
            let area = &stacks.all[stack].area;
            reach[stack] = reach[stack].max(area.left + area.right - runs[run].area.left);
        }
    }
    reach
}

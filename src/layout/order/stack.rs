//! Headline stacks: large or crossing lines that stand together, with the short lines centred under them.

use super::frame::PageFrame;
use super::run::LineRun;
use super::skyline::{self, from_the_side};
use crate::model::Area;

/// Most white between two parts of a stack, in sizes of the larger.
const APART: f32 = 1.6;

/// Most white between a headline and a byline centred under it, in sizes of running text.
const BYLINE_APART: f32 = 2.6;

/// Width that short headlines are taken to have, in sizes of running text: about that of a column.
const REACH: i32 = 14;

/// A headline stack.
#[derive(Clone, Debug)]
pub(super) struct HeadlineStack {
    /// Its runs, in the order they are read.
    pub(super) runs: Vec<usize>,
    /// The rectangle around it.
    pub(super) area: Area,
    /// Whether its lines run across the text of the page.
    pub(super) cross: bool,
}

/// The stacks of a page, and for each run the stack that it is part of.
pub(super) struct HeadlineStacks {
    /// The stacks.
    pub(super) all: Vec<HeadlineStack>,
    /// For each run its stack.
    pub(super) of: Vec<Option<usize>>,
    /// For each run the number of text columns directly below it.
    pub(super) spans: Vec<u32>,
}

impl HeadlineStacks {
    /// Finds the stacks among the runs.
    pub(super) fn new(frame: &PageFrame, runs: &[LineRun]) -> Self {
        let mut groups = DisjointSets::new(runs.len());
        let areas: Vec<Area> = runs.iter().map(|run| run.area).collect();
        let pairs = skyline::pairs_of(&areas, 0);
        let halves = spans(frame, runs, 2);
        let over_several = |run: &LineRun, span: u32| span > 1 && may_be_head(frame, run);
        let mut display: Vec<bool> = runs
            .iter()
            .zip(&halves)
            .map(|(run, &span)| run.cross || run.is_large(frame.em) || over_several(run, span))
            .collect();
        for &(upper, lower) in &pairs {
            let (a, b) = (&runs[upper], &runs[lower]);
            if display[upper] && display[lower] && !a.cross && !b.cross && near(a, b) {
                groups.join(upper, lower);
            }
        }
        side_by_side(runs, &mut groups);
        for &(upper, lower) in &pairs {
            attach(frame, runs, (upper, lower), &halves, &mut display, &mut groups);
        }
        Self { spans: spans(frame, runs, 4), ..Self::of_groups(runs, &display, &mut groups, frame.vertical) }
    }

    fn of_groups(runs: &[LineRun], display: &[bool], groups: &mut DisjointSets, vertical: bool) -> Self {
        let mut stacks = Self { all: Vec::new(), of: vec![None; runs.len()], spans: Vec::new() };
        let mut stack_of_root = vec![None; runs.len()];
        for (at, run) in runs.iter().enumerate().filter(|(at, _)| display[*at]) {
            let root = groups.root(at);
            let number = *stack_of_root[root].get_or_insert_with(|| {
                stacks.all.push(HeadlineStack { runs: Vec::new(), area: run.area, cross: run.cross });
                stacks.all.len() - 1
            });
            let stack = &mut stacks.all[number];
            stack.runs.push(at);
            stack.area = stack.area.union(&run.area);
            stacks.of[at] = Some(number);
        }
        for stack in stacks.all.iter_mut().filter(|stack| stack.cross) {
            // Vertical lines are read from right to left, horizontal ones on a vertical page downwards: its frame's u.
            stack.runs.sort_by_key(|&at| if vertical { runs[at].area.left } else { -runs[at].area.left });
        }
        stacks
    }
}

/// Whether a run in little more than the size of running text may be a headline for all that its words say.
fn may_be_head(frame: &PageFrame, run: &LineRun) -> bool {
    let told = run.strips.iter().any(|&strip| frame.strips[strip].told);
    run.strips.len() < 3 && run.size as f32 > 1.04 * frame.em as f32 && !told && !run.cross
}

/// For each run the number of text runs directly below, beside each other, that it covers more than a part of: a half,
/// a third …, as `share` says.
fn spans(frame: &PageFrame, runs: &[LineRun], share: i32) -> Vec<u32> {
    let wide: Vec<Area> = runs
        .iter()
        .map(|run| if may_be_head(frame, run) { widened_to_column(&run.area, frame.em) } else { run.area })
        .collect();
    let mut spans = vec![0; runs.len()];
    for (upper, lower) in skyline::pairs_of(&wide, 0) {
        let below = &runs[lower].area;
        if runs[lower].strips.len() > 1 && share * wide[upper].overlap_x(below) > below.width() {
            spans[upper] += 1;
        }
    }
    spans
}

/// The area of a short headline taken to be as wide as a column: it can stand over the gap between two columns and
/// touch neither.
pub(super) fn widened_to_column(area: &Area, em: i32) -> Area {
    let missing = (REACH * em - area.width()).max(0) / 2;
    Area { left: area.left - missing, right: area.right + missing, ..*area }
}

/// Whether a headline line stands close under another.
fn near(upper: &LineRun, lower: &LineRun) -> bool {
    let size = upper.size.max(lower.size) as f32;
    let gap = (lower.area.top - upper.area.bottom) as f32;
    gap < APART * size && 2 * upper.area.overlap_x(&lower.area) > upper.area.width().min(lower.area.width())
}

/// Adds a line of the size of running text to the headline above or below it: a kicker, subtitle or byline.
fn attach(
    frame: &PageFrame,
    runs: &[LineRun],
    (upper, lower): (usize, usize),
    spans: &[u32],
    display: &mut [bool],
    groups: &mut DisjointSets,
) {
    let (a, b) = (&runs[upper], &runs[lower]);
    if a.cross || b.cross || display[upper] == display[lower] {
        return;
    }
    let (head, small) = if display[upper] { (a, b) } else { (b, a) };
    let gap = (b.area.top - a.area.bottom) as f32;
    let middle = |area: &Area| (area.left + area.right) / 2;
    let centred = (middle(&head.area) - middle(&small.area)).abs() < 2 * frame.em
        || (head.area.left - small.area.left).abs() < frame.em / 2
            && spans[if display[upper] { lower } else { upper }] != 1;
    let short = small.strips.len() <= 2 && small.area.width() < head.area.width() + 2 * frame.em;
    let own = display[lower] || spans[lower] != 1 || small.area.width() * 10 < head.area.width() * 6;
    if gap < BYLINE_APART * frame.em as f32 && centred && short && own {
        display[upper] = true;
        display[lower] = true;
        groups.join(upper, lower);
    }
}

/// Joins crossing lines that stand side by side.
fn side_by_side(runs: &[LineRun], groups: &mut DisjointSets) {
    let crossing: Vec<usize> = (0..runs.len()).filter(|&at| runs[at].cross).collect();
    let areas: Vec<Area> = crossing.iter().map(|&at| runs[at].area).collect();
    for (first, second) in from_the_side(&areas, 0) {
        let (a, b) = (crossing[first], crossing[second]);
        let size = runs[a].size.max(runs[b].size) as f32;
        let gap = (runs[b].area.left - runs[a].area.right) as f32;
        let shared = 2 * runs[a].area.overlap_y(&runs[b].area);
        if gap < APART * size && shared > runs[a].area.height().min(runs[b].area.height()) {
            groups.join(a, b);
        }
    }
}

/// Disjoint sets.
pub(super) struct DisjointSets(Vec<usize>);

impl DisjointSets {
    /// Each of `count` by itself.
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The one that stands for a set.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Makes two sets one; whether they were two.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
        a != b
    }
}

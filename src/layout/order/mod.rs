//! The reading order of a page whose lines have boxes: lines → regions, so that the text of one article stands together.
//!
//! `frame` lays the page so that all text runs from left to right and down (vertical print is turned, the `skew` of a
//! scan undone) and estimates the size of type. `run` links lines of a column that follow each other at the usual
//! spacing. `stack` finds headlines: large or crossing lines, and short lines over the gap of two columns, with the
//! kicker, subtitle and byline beside them; `column` joins runs between the same edges. `link` proposes for the end of
//! each run a few runs to go on with, below in the column or at the top of a column further on, and `weights` scores each
//! by what is seen of both: headlines above, tops and bottoms on a level, indents, lines that end full or short, marks at
//! their ends, frames, and the order of the source where it goes along columns. `chain` takes the best that agree.
//! `unit` gives the chains their headlines and captions, and `cut` puts the units in order by white space. `place` tells
//! of each line what the block splitter asks for.
//!
//! `skyline` finds what stands directly above what in one sweep; all else looks at a bounded number of neighbours, so
//! that time grows as n log n. Every line is in exactly one region; nothing fails on content.

mod chain;
mod column;
mod cut;
mod ends;
mod frame;
mod frame_line;
mod link;
mod pieces;
mod place;
mod run;
mod scene;
mod skew;
mod skyline;
mod source;
mod stack;
#[cfg(test)]
mod tests;
mod unit;
mod weights;

pub(super) use frame::ems;
pub(super) use place::LinePosition;

use crate::model::{Area, SourcePage};
use scene::PageScene;

/// A run of lines of one column, or of one headline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReadingRegion {
    /// Indices of its lines in the page, in reading order.
    pub(super) lines: Vec<usize>,
    /// The rectangle around it on the page; empty where no line has a box.
    pub(super) area: Area,
    /// Text columns that it stands over: 1 of running text, more of a headline or caption over several.
    pub(super) columns: u32,
    /// Whether it is part of a headline stack.
    pub(super) headline: bool,
}

/// The regions of a page in reading order, and the place of each line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReadingOrder {
    /// The regions.
    pub(super) regions: Vec<ReadingRegion>,
    /// The places, by index of the line in the page.
    pub(super) places: Vec<LinePosition>,
}

/// The regions of a page in reading order, with the place of each line. Lines without a box stay behind the line that the
/// source has before them.
pub(super) fn read(page: &SourcePage) -> ReadingOrder {
    let scene = PageScene::from_page(page);
    let chains = chain::chains(scene.runs.len(), |run| scene.is_text(run), &scene.links());
    let units = cut::ordered(scene.units(chains), scene.frame.em / 2);
    let runs: Vec<usize> = units.into_iter().flat_map(|unit| unit.runs).collect();
    let mut regions: Vec<ReadingRegion> = runs.iter().map(|&run| region(page, &scene, run)).collect();
    insert_without_box(page, &mut regions);
    let places = place::places(page, &scene, &runs, &regions);
    ReadingOrder { regions, places }
}

fn region(page: &SourcePage, scene: &PageScene, run: usize) -> ReadingRegion {
    let strips = scene.runs[run].strips.iter().map(|&strip| &scene.frame.strips[strip]);
    let lines: Vec<usize> =
        strips.flat_map(|strip| std::iter::once(strip.line).chain(strip.rest.iter().copied())).collect();
    let area = lines.iter().filter_map(|&line| page.lines[line].area).reduce(|area, other| area.union(&other));
    ReadingRegion {
        lines,
        area: area.unwrap_or_default(),
        columns: scene.stacks.spans[run].max(1),
        headline: !scene.is_text(run),
    }
}

/// Puts lines without a box behind the line before them.
fn insert_without_box(page: &SourcePage, regions: &mut Vec<ReadingRegion>) {
    if page.lines.iter().all(|line| line.area.is_some()) {
        return;
    }
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); page.lines.len() + 1];
    let mut before = 0;
    for (at, line) in page.lines.iter().enumerate() {
        match line.area {
            Some(_) => before = at + 1,
            None => behind[before].push(at),
        }
    }
    for region in regions.iter_mut() {
        let with = |line: usize| std::iter::once(line).chain(std::mem::take(&mut behind[line + 1]));
        region.lines = std::mem::take(&mut region.lines).into_iter().flat_map(with).collect();
    }
    if !behind[0].is_empty() {
        let lines = std::mem::take(&mut behind[0]);
        regions.insert(0, ReadingRegion { lines, columns: 1, ..ReadingRegion::default() });
    }
}

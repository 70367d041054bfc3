//! The reading order of a page with boxes, and how each line stands in its column.
//!
//! All work is done in a `frame` in which text runs from left to right and down, whatever the direction of the print and the
//! slant of the scan. Lines become `run`s (lines of one column at the usual spacing), runs become `stack`s (headlines) or
//! parts of `column`s. Which run goes on in which is told by named signs (`link`, `weights`, learned from set pages), taken
//! greedily (`chain`); a chain with its headlines and captions is a `unit`, and units are ordered by cutting the page where
//! none stands (`cut`). The order of the source is one sign among others (`source`). Time is n log n in the lines.

mod chain;
mod column;
mod cut;
mod ends;
mod frame;
mod link;
mod place;
mod run;
mod skyline;
mod slant;
mod source;
mod stack;
mod unit;
mod weights;

pub(super) use frame::ems;
pub(super) use place::Place;

use crate::model::{Area, ShapeKind, SourcePage};
use column::Columns;
use frame::Frame;
use run::Run;
use source::Source;
use stack::Stacks;
use std::collections::BTreeSet;

/// Frames around text that are looked at, the smallest first.
const MOST_FRAMES: usize = 64;

/// The lines of a page in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    /// Indices of its lines, in reading order; those without a box come last.
    pub(super) lines: Vec<usize>,
    /// How each of them stands, in the same order.
    pub(super) places: Vec<Place>,
}

/// Lays out a page with boxes.
pub(super) fn lay(page: &SourcePage) -> Laid {
    let frame = Frame::of(page);
    let runs = run::runs(&frame);
    let stacks = Stacks::new(&frame, &runs);
    let columns = Columns::new(&frame, &runs, &stacks);
    let order = ordered(page, &frame, &runs, &stacks, &columns);
    let places = place::Places { frame: &frame, runs: &runs, stacks: &stacks, columns: &columns };
    let mut laid = Laid::default();
    for run in order {
        laid.lines.extend(runs[run].strips.iter().map(|&strip| frame.strips[strip].line));
        laid.places.extend(places.of(run));
    }
    let without = (0..page.lines.len()).filter(|&at| page.lines[at].area.is_none());
    laid.lines.extend(without);
    laid.places.resize(laid.lines.len(), Place::default());
    laid
}

/// The runs in reading order.
fn ordered(page: &SourcePage, frame: &Frame, runs: &[Run], stacks: &Stacks, columns: &Columns) -> Vec<usize> {
    let source = Source::new(page, frame, runs);
    let (ends, indents) = ends::ends(page, frame, runs, columns);
    let areas: Vec<Area> = runs.iter().map(|run| run.area).collect();
    let sight: BTreeSet<(usize, usize)> = skyline::pairs_of(&areas, frame.em / 4).into_iter().collect();
    let sideways: Vec<Area> = areas.iter().map(on_its_side).collect();
    let side: BTreeSet<(usize, usize)> = skyline::pairs_of(&sideways, frame.em / 4).into_iter().collect();
    let links = link::Links {
        frame,
        runs,
        stacks,
        columns,
        ends: &ends,
        indents,
        source: &source,
        boxes: &boxes(frame, runs),
        floor: &floors(stacks, &sight, runs.len()),
        reach: &reaches(runs, stacks, columns),
        beside_head: &beside_heads(frame, runs, stacks, &side),
        under_text: &under_text(stacks, &sight, runs.len()),
        sight: &sight,
        side: &side,
    };
    let chains = chain::chains(runs.len(), |run| stacks.of[run].is_none(), &links.all());
    let parts = unit::Parts { frame, runs, stacks, roof: &columns.roof, source: &source, sight: &sight };
    cut::ordered(parts.units(chains), frame.em / 2).into_iter().flat_map(|unit| unit.runs).collect()
}

/// An area with its sides exchanged: what stands beside stands above.
fn on_its_side(area: &Area) -> Area {
    Area { left: area.top, right: area.bottom, top: area.left, bottom: area.right }
}

/// For each run of text a headline that it sees directly below itself.
fn floors(stacks: &Stacks, sight: &BTreeSet<(usize, usize)>, runs: usize) -> Vec<Option<usize>> {
    let mut floor = vec![None; runs];
    for &(upper, lower) in sight.iter().filter(|pair| stacks.of[pair.0].is_none() && stacks.of[pair.1].is_some()) {
        floor[upper] = stacks.of[lower];
    }
    floor
}

/// Whether each run sees text directly above itself.
fn under_text(stacks: &Stacks, sight: &BTreeSet<(usize, usize)>, runs: usize) -> Vec<bool> {
    let mut under = vec![false; runs];
    sight.iter().filter(|pair| stacks.of[pair.0].is_none()).for_each(|pair| under[pair.1] = true);
    under
}

/// Whether each run of text stands beside the upper end of a crossing headline, after it.
fn beside_heads(frame: &Frame, runs: &[Run], stacks: &Stacks, side: &BTreeSet<(usize, usize)>) -> Vec<bool> {
    let mut beside = vec![false; runs.len()];
    for &(head, text) in side.iter().filter(|pair| runs[pair.0].cross && stacks.of[pair.1].is_none()) {
        let Some(stack) = stacks.of[head].map(|stack| stacks.all[stack].area) else { continue };
        let top = runs[text].area.top;
        let level = (stack.top - top).abs() < 4 * frame.em;
        beside[text] |= level || (top > stack.top - frame.em && top < stack.bottom);
    }
    beside
}

/// How far to the right each headline reaches: as far as it would if it were centred over the columns under it.
fn reaches(runs: &[Run], stacks: &Stacks, columns: &Columns) -> Vec<i32> {
    let mut first = vec![i32::MAX; stacks.all.len()];
    for (run, roof) in columns.roof.iter().enumerate() {
        if let Some(stack) = *roof {
            first[stack] = first[stack].min(runs[run].area.left);
        }
    }
    let reach = |(stack, first): (&stack::Stack, i32)| match first {
        i32::MAX => stack.area.right,
        first => stack.area.right.max(stack.area.left + stack.area.right - first),
    };
    stacks.all.iter().zip(first).map(reach).collect()
}

/// For each run the smallest frame that holds it.
fn boxes(frame: &Frame, runs: &[Run]) -> Vec<Option<usize>> {
    let frames = frame.blocks.iter().filter(|block| block.kind == ShapeKind::Frame);
    let mut frames: Vec<Area> = frames.map(|block| block.area).collect();
    frames.sort_by_key(|area| i64::from(area.width()) * i64::from(area.height()));
    frames.truncate(MOST_FRAMES);
    runs.iter().map(|run| frames.iter().position(|frame| frame.holds_middle_of(&run.area))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Line, SourcePage};

    /// A page of lines: text, left, top, right, bottom.
    fn page(lines: &[(&str, i32, i32, i32, i32)]) -> SourcePage {
        let line = |(at, &(text, left, top, right, bottom)): (usize, &(&str, i32, i32, i32, i32))| Line {
            number: at as u32 + 1,
            text: text.into(),
            area: Some(Area { left, top, right, bottom }),
            ..Line::default()
        };
        SourcePage { number: 1, lines: lines.iter().enumerate().map(line).collect(), ..SourcePage::default() }
    }

    #[test]
    fn two_columns_under_a_headline_are_read_one_after_the_other() {
        let mut lines = vec![("河口镇成立货运司机工会", 1000, 500, 4800, 840)];
        for row in 0..6 {
            let top = 1000 + row * 180;
            lines.push(("工会主席来到工地上看望工", 1000, top, 2800, top + 120));
            lines.push(("人们说大家都睡上了午觉了", 3000, top, 4800, top + 120));
        }
        let laid = lay(&page(&lines));
        assert_eq!(laid.lines, [0, 1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12]);
        assert!(laid.places[0].size > 1.5 && laid.places[0].span >= 2, "{:?}", laid.places[0]);
        assert!((laid.places[3].size - 1.0).abs() < 0.2 && laid.places[7].new_region);
    }

    #[test]
    fn pages_of_no_measure_have_all_their_lines() {
        let same: Vec<(&str, i32, i32, i32, i32)> = (0..50).map(|_| ("工会", 100, 100, 300, 200)).collect();
        for lines in [&same[..0], &same[..1], &same] {
            let mut seen = lay(&page(lines)).lines;
            seen.sort_unstable();
            assert_eq!(seen, (0..lines.len()).collect::<Vec<_>>());
        }
        let mut none = page(&same[..3]);
        none.lines[1].area = None;
        assert_eq!(lay(&none).lines.last(), Some(&1));
    }

    #[test]
    fn twenty_thousand_lines_are_laid_in_seconds() {
        let lines: Vec<(&str, i32, i32, i32, i32)> = (0..20_000)
            .map(|n| ("工会主席来到工地", n % 5 * 1900, n / 5 * 3, n % 5 * 1900 + 1700, n / 5 * 3 + 2))
            .collect();
        let start = std::time::Instant::now();
        assert_eq!(lay(&page(&lines)).lines.len(), 20_000);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}

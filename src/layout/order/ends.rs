//! How runs begin and end: whether a paragraph goes on from above, and whether it goes on below.

use super::column::PageColumns;
use super::frame::PageFrame;
use super::run::LineRun;
use crate::model::SourcePage;

/// White at the right of a last line, in sizes, from which its paragraph is over. Marks that are squeezed or hung at
/// the end of a full line leave less.
const SHORT: f32 = 1.3;

/// Least and most indent of a paragraph's first line, in sizes.
const INDENTS: std::ops::RangeInclusive<f32> = 1.2..=3.4;

/// Marks that a sentence ends in.
const STOPS: &[char] = &['。', '！', '？', '!', '?', '…', '”', '」', '』', '）', ')', '】', '"', '；'];

/// Words that news begin with, after an indent.
const DATELINES: &[&str] = &["本报讯", "本报", "新华社", "据新华", "●", "■", "▲", "◆", "◎", "○", "★", "□"];

/// How a run begins and ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunEnds {
    /// Its first line is indented.
    pub(super) fresh: bool,
    /// Its first line begins at the left edge of the column.
    pub(super) flush: bool,
    /// Its first line begins as news do.
    pub(super) dateline: bool,
    /// Its last line reaches the right edge of the column.
    pub(super) full: bool,
    /// Its last line ends in a mark that can end a sentence.
    pub(super) stop: bool,
}

/// The ends of all runs, and whether the page indents its paragraphs.
pub(super) fn ends(
    page: &SourcePage,
    frame: &PageFrame,
    runs: &[LineRun],
    columns: &PageColumns,
) -> (Vec<RunEnds>, bool) {
    let ends = (0..runs.len()).map(|run| of_run(page, frame, runs, columns, run)).collect();
    (ends, indents(frame, runs, columns))
}

fn of_run(page: &SourcePage, frame: &PageFrame, runs: &[LineRun], columns: &PageColumns, run: usize) -> RunEnds {
    let strips = &runs[run].strips;
    let (Some(&first), Some(&last), Some(column)) = (strips.first(), strips.last(), columns.column(run)) else {
        return RunEnds::default();
    };
    let (first, last) = (&frame.strips[first], &frame.strips[last]);
    let size = runs[run].size as f32;
    let indent = (first.area.left - column.left) as f32 / size;
    let text = page.lines[first.line].text.as_str();
    RunEnds {
        fresh: INDENTS.contains(&indent),
        flush: indent.abs() < *INDENTS.start(),
        dateline: DATELINES.iter().any(|word| text.starts_with(word)),
        full: (column.right - last.area.right) as f32 <= SHORT * size,
        stop: page.lines[last.last_line()].text.ends_with(STOPS),
    }
}

/// Whether more lines after a short line are indented than not.
fn indents(frame: &PageFrame, runs: &[LineRun], columns: &PageColumns) -> bool {
    let (mut indented, mut even) = (0, 0);
    for (at, run) in runs.iter().enumerate() {
        let Some(column) = columns.column(at) else { continue };
        for two in run.strips.windows(2) {
            let (upper, lower) = (&frame.strips[two[0]].area, &frame.strips[two[1]].area);
            if upper.right + 2 * run.size < column.right {
                *(if lower.left > column.left + run.size { &mut indented } else { &mut even }) += 1;
            }
        }
    }
    indented > even
}

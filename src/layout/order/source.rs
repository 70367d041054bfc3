//! The order of the source as a voice.

use super::frame::PageFrame;
use super::run::LineRun;
use crate::model::SourcePage;

/// Share of lines of a column that follow each other in the source too, from which its order tells something.
const TRUSTED: f32 = 0.75;

/// The places of lines in the source's reading order.
pub(super) struct SourceOrder {
    place: Vec<u32>,
    /// Whether its order goes along columns, so that it tells what follows what.
    pub(super) trusted: bool,
}

impl SourceOrder {
    /// The order of a page: of its blocks where the source numbers them, else of its lines.
    pub(super) fn new(page: &SourcePage, frame: &PageFrame, runs: &[LineRun]) -> Self {
        let mut order: Vec<usize> = (0..page.lines.len()).collect();
        let stated = |at: usize| page.lines[at].mark.as_ref().and_then(|mark| mark.order);
        // Lines of blocks without a number (headers, captions) stay behind all others.
        if (0..page.lines.len()).any(|at| stated(at).is_some()) {
            order.sort_by_key(|&at| (stated(at).unwrap_or(u32::MAX), at));
        }
        let mut place = vec![0; order.len()];
        for (rank, at) in (0..).zip(order) {
            place[at] = rank;
        }
        let mut source = Self { place, trusted: false };
        source.trusted = source.is_along_columns(frame, runs);
        source
    }

    /// Whether a line comes directly after another.
    pub(super) fn follows(&self, before: usize, after: usize) -> bool {
        self.place[before] + 1 == self.place[after]
    }

    /// Place of a line, from 0.
    pub(super) fn place(&self, line: usize) -> u32 {
        self.place[line]
    }

    fn is_along_columns(&self, frame: &PageFrame, runs: &[LineRun]) -> bool {
        let (mut with, mut all) = (0, 0);
        for two in runs.iter().flat_map(|run| run.strips.windows(2)) {
            with += u32::from(self.follows(frame.strips[two[0]].last_line(), frame.strips[two[1]].line));
            all += 1;
        }
        all > 3 && with as f32 >= TRUSTED * all as f32
    }
}

//! How a line stands: in its column, against the line above, by its type.

use super::column::Columns;
use super::frame::{Frame, Strip};
use super::run::Run;
use super::stack::Stacks;
use crate::model::ShapeKind;

/// A column of fewer lines takes its edges from the run alone.
const FEW_LINES: usize = 3;
/// White between a picture and its caption, in sizes of usual text.
const NEAR: i32 = 3;

/// How a line stands. Lengths are in characters of its own size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in super::super) struct Place {
    /// Whether it has a box at all.
    pub(in super::super) known: bool,
    /// Height of its type over that of usual text.
    pub(in super::super) size: f32,
    /// White before it in its column.
    pub(in super::super) before: f32,
    /// White after it in its column.
    pub(in super::super) after: f32,
    /// Width of the column.
    pub(in super::super) width: f32,
    /// White between it and the line above in the same run; 0 for the first line of one.
    pub(in super::super) above: f32,
    /// Whether it begins a run: a column, a headline, a box.
    pub(in super::super) new_region: bool,
    /// Whether it is part of a headline by its place and type.
    pub(in super::super) headline: bool,
    /// Whether it runs across the text of the page.
    pub(in super::super) cross: bool,
    /// Text columns that its run covers.
    pub(in super::super) span: u8,
    /// Whether a picture stands close above or below.
    pub(in super::super) near_picture: bool,
}

/// What places are told from.
pub(super) struct Places<'a> {
    pub(super) frame: &'a Frame,
    pub(super) runs: &'a [Run],
    pub(super) stacks: &'a Stacks,
    pub(super) columns: &'a Columns,
}

impl Places<'_> {
    /// The places of the lines of a run.
    pub(super) fn of(&self, run: usize) -> Vec<Place> {
        let strips = &self.runs[run].strips;
        let edges = self.edges(run);
        let line = |at: usize| {
            let above = at.checked_sub(1).map(|above| &self.frame.strips[strips[above]]);
            self.place(run, &self.frame.strips[strips[at]], above, edges)
        };
        (0..strips.len()).map(line).collect()
    }

    fn place(&self, run: usize, strip: &Strip, above: Option<&Strip>, (left, right): (i32, i32)) -> Place {
        let ems = |length: i32| length as f32 / strip.size.max(1) as f32;
        Place {
            known: true,
            size: strip.size as f32 / self.frame.em as f32,
            before: ems(strip.area.left - left),
            after: ems(right - strip.area.right),
            width: ems(right - left),
            above: above.map_or(0.0, |above| ems(strip.area.top - above.area.bottom)),
            new_region: above.is_none(),
            headline: self.stacks.of[run].is_some(),
            cross: strip.cross,
            span: self.span(run),
            near_picture: self.near_picture(strip),
        }
    }

    /// The edges of the column: of the run's own where its column is hardly more than it.
    fn edges(&self, run: usize) -> (i32, i32) {
        let own = self.runs[run].area;
        let lines = |runs: &[usize]| runs.iter().map(|&run| self.runs[run].strips.len()).sum::<usize>();
        match (self.columns.column(run), self.stacks.of[run]) {
            (Some(column), _) if lines(&column.runs) >= FEW_LINES => (column.left, column.right),
            (_, Some(stack)) => (self.stacks.all[stack].area.left, self.stacks.all[stack].area.right),
            _ => (own.left, own.right),
        }
    }

    /// How many columns of usual width a run covers; 0 where the page has none to compare.
    fn span(&self, run: usize) -> u8 {
        let widths = self.columns.all.iter().filter(|column| column.runs.iter().any(|&run| self.runs[run].strips.len() > FEW_LINES));
        let mut widths: Vec<i32> = widths.map(|column| column.right - column.left).collect();
        widths.sort_unstable();
        let Some(usual) = widths.get(widths.len() / 2).filter(|usual| **usual > 0) else { return 0 };
        let span = (self.runs[run].area.width() + usual / 2) / usual;
        u8::try_from(span.clamp(1, 9)).unwrap_or(1)
    }

    fn near_picture(&self, strip: &Strip) -> bool {
        let pictures = self.frame.blocks.iter().filter(|block| block.kind == ShapeKind::Picture);
        pictures.into_iter().take(64).any(|picture| {
            let gap = -picture.area.overlap_y(&strip.area);
            gap < NEAR * self.frame.em && picture.area.overlap_x(&strip.area) > 0
        })
    }
}

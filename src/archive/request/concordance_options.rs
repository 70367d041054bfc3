//! What lines are asked for.

use super::choice::NamedValue;

/// Code points on each side unless asked otherwise, and at most.
const WIDTH: usize = 20;

pub(super) const MAX_WIDTH: usize = 200;

/// Lines of an answer unless asked otherwise, and at most.
const LIMIT: usize = 100;

pub(super) const MAX_LINES: usize = 1000;

/// What lines are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineOrder {
    /// By date, the earliest first.
    #[default]
    Date,
    /// By what stands before the match, from its end.
    Left,
    /// By what stands behind the match.
    Right,
}

impl NamedValue for LineOrder {
    const ALL: &'static [Self] = &[Self::Date, Self::Left, Self::Right];

    fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// What lines are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceOptions {
    /// The order.
    pub order: LineOrder,
    /// Code points on each side.
    pub width: usize,
    /// Lines to give.
    pub limit: usize,
    /// Lines to leave out at the beginning.
    pub skip: usize,
}

impl Default for ConcordanceOptions {
    fn default() -> Self {
        Self { order: LineOrder::Date, width: WIDTH, limit: LIMIT, skip: 0 }
    }
}

/// The most lines that are gathered and put in order.
pub(super) const MOST_LINES: usize = 50_000;

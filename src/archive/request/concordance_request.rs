//! A request for keyword in context.

use super::canonical::CanonicalRequest;
use super::choice::NamedValue;
use super::parameter::{Groups, RequestKind};
use super::selection::Selection;
use super::value_error::ValueError;
use super::{ArchiveError, Request};

/// Code points on each side unless asked otherwise, and at most.
const WIDTH: usize = 20;
pub(super) const MAX_WIDTH: usize = 200;

/// Lines of an answer unless asked otherwise, and at most.
const LIMIT: usize = 100;
pub(super) const MAX_LINES: usize = 1000;

/// The most lines that are gathered and put in order.
pub(super) const MOST_LINES: usize = 50_000;

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

/// A request for lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcordanceRequest {
    /// The articles, and what stands in the middle.
    pub selection: Selection,
    /// Which lines.
    pub lines: ConcordanceOptions,
}

impl Groups for ConcordanceRequest {
    fn selection(&mut self) -> &mut Selection {
        &mut self.selection
    }

    fn concordance(&mut self) -> Option<&mut ConcordanceOptions> {
        Some(&mut self.lines)
    }
}

impl Request for ConcordanceRequest {
    const KIND: RequestKind = RequestKind::Concordance;

    fn check(&self) -> Result<(), ArchiveError> {
        self.selection.filters.check()?;
        if self.selection.query.trim().is_empty() {
            return Err(ArchiveError::bad_value("q", ValueError::NeedsQuery));
        }
        Ok(())
    }
}

impl ConcordanceRequest {
    /// Reads parameters.
    ///
    /// # Errors
    /// As [`super::SearchRequest::from_pairs`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        super::read(pairs)
    }

    /// The canonical form.
    pub fn canonical(&self) -> CanonicalRequest {
        CanonicalRequest::from_request(self)
    }
}

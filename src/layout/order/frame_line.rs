//! A line of a page in its frame.

use crate::model::Area;

/// A line in the frame.
#[derive(Clone, Debug)]
pub(super) struct FrameLine {
    /// Index of its line in the page.
    pub(super) line: usize,
    /// Lines that are pieces of the same printed line, after it.
    pub(super) rest: Vec<usize>,
    /// Its place in the frame.
    pub(super) area: Area,
    /// Height of a character, known or estimated.
    pub(super) size: i32,
    /// Length of its text in full-width characters.
    pub(super) ems: f32,
    /// Whether it runs across the text of the page: a vertical headline of a horizontal page.
    pub(super) cross: bool,
    /// Whether its words are those of a sentence or a caption, not of a headline.
    pub(super) told: bool,
}

impl FrameLine {
    /// Index of the last of its lines.
    pub(super) fn last_line(&self) -> usize {
        self.rest.last().copied().unwrap_or(self.line)
    }
}

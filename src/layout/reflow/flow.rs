//! A region of a page whose lines are of one form.

use crate::model::Line;

/// What the lines of a region are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowForm {
    /// Each line is a whole paragraph or headline.
    Paragraphs,
    /// Each line is a line of print.
    Lines,
}

/// A region of a page whose lines are of one form.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// First line, as an index of the lines in reading order.
    pub start: usize,
    /// One past the last line.
    pub end: usize,
    /// What its lines are.
    pub form: FlowForm,
    /// Usual length of a full line, in half-width characters; 0 for paragraphs.
    pub width: usize,
    /// Share of its lines that have this length, in hundredths.
    pub full: u8,
}

/// Length of a line with its indent, in half-width characters.
pub(super) fn printed_length(line: &Line) -> usize {
    let text: usize = line.text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    usize::from(line.indent) + text
}

//! A story while its blocks are collected.

use super::stitch::StoryPart;
use crate::model::{CutReason, Label, Relation};

/// Which blocks it has, and what is known of it so far. Blocks are indices on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryBuilder {
    /// Blocks of the headline stack, its byline and its column label, as they came.
    pub(super) head: Vec<usize>,
    /// A line behind the story that is its column label though it looks like a headline.
    pub(super) aside: Vec<usize>,
    /// Text, pictures, subheads and author lines, in reading order.
    pub(super) parts: Vec<(usize, StoryPart)>,
    /// Blocks of the column label, its own or that of the digest it stands in.
    pub(super) column: Vec<usize>,
    /// Title over several stories, this one among them.
    pub(super) group: String,
    /// What was decided about it.
    pub(super) reasons: Vec<CutReason>,
    /// Whether its beginning is on another page.
    pub(super) continuation: bool,
    /// Whether it is a picture with its text.
    pub(super) photo: bool,
    /// Whether it is an item of a digest, told by its mark.
    pub(super) item: bool,
    /// What it is bound to: other pages, other stories.
    pub(super) relations: Vec<Relation>,
}

impl StoryBuilder {
    /// The blocks of running text.
    pub(super) fn bodies(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.parts.iter().filter(|(_, part)| part.is_text()).map(|(at, _)| *at)
    }

    /// The lowest block it uses.
    pub(super) fn first(&self) -> usize {
        self.head.iter().chain(&self.aside).copied().chain(self.parts.iter().map(|part| part.0)).min().unwrap_or(0)
    }
}

/// Whether a label is one of a headline.
pub(super) fn is_headline(label: Label) -> bool {
    matches!(label, Label::Title | Label::Kicker | Label::Subtitle | Label::Subhead)
}

//! The states of the models: what a block is, whether an article begins with it, whether it goes on with a block before.

use crate::model::Label;

/// A state of the block models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockState {
    /// Its name in the tables.
    pub name: &'static str,
    /// What the block is.
    pub label: Label,
    /// Whether an article begins with the block.
    pub begins: bool,
    /// Whether it goes on with the last block of the same kind: a cut paragraph, the second line of a title.
    pub goes_on: bool,
}

const fn state(name: &'static str, label: Label, begins: bool, goes_on: bool) -> BlockState {
    BlockState { name, label, begins, goes_on }
}

/// All states, in the order of the tables.
pub const STATES: [BlockState; 20] = [
    state("furniture", Label::Furniture, false, false),
    state("continuation", Label::Continuation, false, false),
    state("column+", Label::Column, true, false),
    state("column", Label::Column, false, false),
    state("kicker+", Label::Kicker, true, false),
    state("kicker", Label::Kicker, false, false),
    state("title+", Label::Title, true, false),
    state("title", Label::Title, false, false),
    state("title-", Label::Title, false, true),
    state("subtitle", Label::Subtitle, false, false),
    state("byline", Label::Byline, false, false),
    state("byline+", Label::Byline, true, false),
    state("subhead", Label::Subhead, false, false),
    state("body+", Label::Body, true, false),
    state("body", Label::Body, false, false),
    state("body-", Label::Body, false, true),
    state("caption+", Label::Caption, true, false),
    state("caption", Label::Caption, false, false),
    state("caption-", Label::Caption, false, true),
    state("credit", Label::Credit, false, false),
];

/// The state of a block that is known: the nearest one that there is.
pub fn state_of(label: Label, begins: bool, goes_on: bool) -> usize {
    let find = |begins, goes_on| STATES.iter().position(|s| (s.label, s.begins, s.goes_on) == (label, begins, goes_on));
    find(begins, goes_on && !begins).or_else(|| find(begins, false)).or_else(|| find(false, false)).unwrap_or(0)
}

/// The states of the line model: which lines are one block.
pub const LINE_STATES: [&str; 4] = ["head+", "head", "text+", "text"];

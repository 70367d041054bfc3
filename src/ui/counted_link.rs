//! A link with a number of articles.

use super::words;

/// A link with a number of articles.
#[derive(Clone, Debug)]
pub(super) struct CountedLink {
    /// Address.
    pub(super) href: String,
    /// What a person reads.
    pub(super) text: String,
    /// Articles.
    pub(super) count: String,
    /// Whether it is in force.
    pub(super) current: bool,
}

impl CountedLink {
    /// A link that is not in force.
    pub(super) fn new(href: String, text: impl Into<String>, count: u64) -> Self {
        Self { href, text: text.into(), count: words::number(count), current: false }
    }
}

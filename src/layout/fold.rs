//! The folded text of blocks: what forms, pairs and comparisons are of.

use crate::text::fold;

/// Folds a character: half-width signs, simplified characters, small letters. The full-width comma becomes the plain one,
/// which the normal form keeps apart.
pub(super) fn fold_mark(c: char) -> char {
    if c == '，' { ',' } else { fold(c) }
}

/// A text folded and without white space.
pub(super) fn compact(text: &str) -> String {
    text.chars().map(fold_mark).filter(|c| !c.is_whitespace()).collect()
}

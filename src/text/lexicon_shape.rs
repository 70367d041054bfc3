//! The shape of lexicon words.

/// The fewest units of a lexicon word; two units are one gram already.
pub(super) const SHORTEST: usize = 3;

/// Whether a word has the shape of a lexicon word: three or more characters of the basic Han block, in which the
/// dictionary's scan is exhaustive.
pub(super) fn is_lexicon_shape(word: &str) -> bool {
    is_long(word) && word.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Whether a text is as long as a lexicon word.
pub(super) fn is_long(text: &str) -> bool {
    text.chars().nth(SHORTEST - 1).is_some()
}

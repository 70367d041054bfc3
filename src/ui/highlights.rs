//! Text in segments, marked or not: how a template shows matches without any HTML from Rust.

use crate::archive::Highlighter;
use crate::model::{Article, Passage, TextField};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextSegment {
    /// The part.
    pub(super) text: String,
    /// Whether it is a match.
    pub(super) marked: bool,
    /// Whether it belongs elsewhere on the page.
    pub(super) graft: bool,
}

/// Splits a text at ranges of code points. Ranges that overlap or lie outside mark what is left of them.
pub(super) fn segments(text: &str, ranges: &[(usize, usize)]) -> Vec<TextSegment> {
    let chars: Vec<char> = text.chars().collect();
    let mut segments = Vec::new();
    let mut add = |part: &[char], marked| {
        if !part.is_empty() {
            segments.push(TextSegment { text: part.iter().collect(), marked, graft: false });
        }
    };
    let mut at = 0;
    for (start, end) in ranges {
        let start = (*start).clamp(at, chars.len());
        let end = (*end).clamp(start, chars.len());
        add(&chars[at..start], false);
        add(&chars[start..end], true);
        at = end;
    }
    add(&chars[at..], false);
    segments
}

/// The texts of one field of an article, in order, each with its matches of a query.
pub(super) struct FieldHighlights {
    ranges: std::vec::IntoIter<Vec<(usize, usize)>>,
}

impl FieldHighlights {
    /// The matches of a query in a field.
    pub(super) fn new(article: &Article, marker: &Highlighter, field: TextField) -> Self {
        Self { ranges: marker.marks(article, field).into_iter() }
    }

    /// The next text of the field. Empty texts have no matches: the archive leaves them out.
    pub(super) fn next(&mut self, text: &str) -> Vec<TextSegment> {
        if text.is_empty() { Vec::new() } else { segments(text, &self.ranges.next().unwrap_or_default()) }
    }
}

impl FieldHighlights {
    /// The next passage of the field: what was grafted into it is shown for what it is, and has no matches.
    pub(super) fn passage(&mut self, passage: &Passage) -> Vec<TextSegment> {
        let parts = passage.parts();
        let shown = parts.into_iter().flat_map(|(text, owner)| match () {
            () if owner.is_some() => vec![TextSegment { text: text.to_owned(), marked: false, graft: true }],
            () if text.trim().is_empty() => Vec::new(),
            () => self.next(text),
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, ranges: &[(usize, usize)]) -> String {
        let part = |segment: TextSegment| if segment.marked { format!("[{}]", segment.text) } else { segment.text };
        segments(text, ranges).into_iter().map(part).collect()
    }

    #[test]
    fn text_is_split_at_code_points() {
        assert_eq!(shown("工会送温暖到家", &[(2, 5)]), "工会[送温暖]到家");
        assert_eq!(shown("送温暖", &[(0, 3)]), "[送温暖]");
        assert_eq!(shown("𠀀a送", &[(0, 1), (2, 3)]), "[𠀀]a[送]");
        assert_eq!(shown("", &[(0, 3)]), "");
    }

    #[test]
    fn bad_ranges_lose_no_text() {
        assert_eq!(shown("甲乙丙", &[(1, 9)]), "甲[乙丙]");
        assert_eq!(shown("甲乙丙", &[(0, 2), (1, 3)]), "[甲乙][丙]");
        assert_eq!(shown("甲乙丙", &[(5, 2), (2, 1)]), "甲乙丙");
    }
}

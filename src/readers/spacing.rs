//! Words of a line put together: OCR programs write a space after every word or character, and Chinese has none.

use crate::text::{CharClass, class};

/// What stands between two words of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordGap {
    /// Nothing: they touch.
    None,
    /// A space, which counts between words of letters and digits only.
    Space,
    /// A wide space that was printed as such, between words of any kind.
    Wide,
}

/// Appends a word to a line. White space inside it is a [`WordGap::Space`].
pub(super) fn append(line: &mut String, word: &str, gap: WordGap) {
    let mut gap = gap;
    for part in word.split_whitespace() {
        join(line, part, gap);
        gap = WordGap::Space;
    }
}

/// Appends a text to a line as it is, with what belongs between them.
pub(super) fn join(line: &mut String, text: &str, gap: WordGap) {
    let ends = line.chars().next_back().zip(text.chars().next());
    let apart = ends.is_some_and(|(before, after)| match gap {
        WordGap::None => false,
        WordGap::Space => ![before, after].into_iter().any(|c| is_wide(c) || c.is_whitespace()),
        WordGap::Wide => true,
    });
    if apart {
        line.push(' ');
    }
    line.push_str(text);
}

/// A text as one line: without white space at its ends, line ends and tabs as spaces.
pub(super) fn one_line(text: &str) -> String {
    text.trim_matches(is_space).replace(['\n', '\r', '\t', '\u{B}', '\u{C}'], " ")
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Han characters and full-width signs, which have no word spaces beside them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}')
        || class(c) == CharClass::Han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stay_between_words_of_letters_only() {
        let joined = |words: &[&str]| {
            let mut line = String::new();
            words.iter().for_each(|word| append(&mut line, word, WordGap::Space));
            line
        };
        assert_eq!(joined(&["2014", "年", "4", "月", "，", "工 会"]), "2014年4月，工会");
        assert_eq!(joined(&["准备", "ABC", "English", "夜校"]), "准备ABC English夜校");
        assert_eq!(one_line("\u{FEFF} 甲\n乙\u{3000}"), "甲 乙");
        let mut line = "李新".to_owned();
        append(&mut line, "摄", WordGap::Wide);
        append(&mut line, "影", WordGap::None);
        assert_eq!(line, "李新 摄影");
    }
}

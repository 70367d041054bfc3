//! How the end of one block hangs together with the beginning of another: a word, a number or a quotation that reaches over.

use super::view::BlockView;
use crate::text::{CharClass, Segmenter, class};

/// How the end of one block and the beginning of another hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Seam {
    /// Not at all.
    #[default]
    None,
    /// The segmenter sees a word there that the dictionary does not know: perhaps a name.
    Guess,
    /// A dictionary word or a number reaches over.
    Word,
}

/// Characters on each side of a seam that are looked at.
const SIDE: usize = 4;

fn is_han(c: char) -> bool {
    class(c) == CharClass::Han
}

/// Whether the last and first characters of two blocks make a word or a number together.
pub(super) fn seam(before: &BlockView, after: &BlockView) -> Seam {
    if before.last.is_ascii_digit() && after.first.is_ascii_digit() {
        return Seam::Word;
    }
    if !is_han(before.last) || !is_han(after.first) {
        return Seam::None;
    }
    let tail: Vec<char> = before.compact.chars().rev().take(SIDE).take_while(|&c| is_han(c)).collect();
    let head = after.compact.chars().take(SIDE).take_while(|&c| is_han(c));
    let cut = tail.len();
    let run: String = tail.into_iter().rev().chain(head).collect();
    let known = Segmenter::shared().cut_known(&run);
    match () {
        () if reaches_over(&known, cut) => Seam::Word,
        // Only where single characters meet may a name have been cut that the dictionary does not know.
        () if meets_alone(&known, cut) && reaches_over(&Segmenter::shared().cut(&run), cut) => Seam::Guess,
        () => Seam::None,
    }
}

/// Whether a sentence surely goes on: a word or number is cut, or a quotation is closed that was open.
pub(super) fn surely_goes_on(before: &BlockView, after: &BlockView) -> bool {
    !before.closed() && (seam(before, after) != Seam::None || (before.open_quotes > 0 && after.closes_first))
}

/// Whether a place lies between two words of one character each.
fn meets_alone(words: &[&str], place: usize) -> bool {
    let mut end = 0;
    words.windows(2).any(|pair| {
        let [a, b] = [pair[0].chars().count(), pair[1].chars().count()];
        end += a;
        end == place && a == 1 && b == 1
    })
}

/// Whether one of some words in a row reaches over a place.
pub(super) fn reaches_over(words: &[&str], place: usize) -> bool {
    let mut end = 0;
    words.iter().any(|word| {
        let start = end;
        end += word.chars().count();
        start < place && place < end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_word_is_seen() {
        let told = |a: &str, b: &str| seam(&BlockView::from_text(a), &BlockView::from_text(b));
        assert_eq!(told("市总工会开展送温暖活", "动,走访职工"), Seam::Word);
        assert_eq!(told("共有20", "14人"), Seam::Word);
        assert_eq!(told("工会。", "活动"), Seam::None);
    }
}

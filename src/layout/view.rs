//! What can be seen of a block by itself: its folded text, its signs, its forms.

use super::fold::fold_mark;
use super::forms::{FormSet, KnownForm};
use super::pair_slot::pair_slot;
use crate::model::{Block, Typography};

/// A block as the models see it. Each fact takes a time that is linear in the block's length.
#[derive(Clone, Debug, Default)]
pub(super) struct BlockView {
    /// Folded text without white space.
    pub(super) compact: String,
    /// Characters of it.
    pub(super) len: usize,
    /// First character, a space where there is none.
    pub(super) first: char,
    /// Last character, a space where there is none.
    pub(super) last: char,
    /// Characters of the parts that white space separates.
    pub(super) parts: Vec<usize>,
    /// Ends of sentences before the last character.
    pub(super) stops: usize,
    /// Commas of both kinds.
    pub(super) commas: usize,
    /// Quotation marks that are open at the end.
    pub(super) open_quotes: i32,
    /// Whether the first mark of a quotation closes one.
    pub(super) closes_first: bool,
    /// Whether a pair of marks is not complete in it.
    pub(super) unbalanced: bool,
    /// Its forms.
    pub(super) forms: FormSet,
    /// Pairs of neighbouring characters that are words or parts of them, each once, ascending.
    pub(super) pairs: Vec<u32>,
    /// How it is set, where the source tells.
    pub(super) setting: Typography,
}

impl BlockView {
    /// The views of the blocks of a page.
    pub(super) fn all(blocks: &[Block]) -> Vec<Self> {
        blocks.iter().map(|block| Self { setting: block.setting, ..Self::from_text(&block.text) }).collect()
    }

    /// The view of a text.
    pub(super) fn from_text(text: &str) -> Self {
        let mut view = Self { first: ' ', last: ' ', ..Self::default() };
        let mut signs = CharCounts::default();
        let mut part = 0;
        for c in text.chars().map(fold_mark) {
            if c.is_whitespace() {
                view.parts.extend((part > 0).then_some(part));
                part = 0;
                continue;
            }
            part += 1;
            view.add_char(c);
            signs.add_char(c);
        }
        view.parts.extend((part > 0).then_some(part));
        view.add_counts(&signs);
        view.forms = FormSet::from_text(&view.compact);
        view.pairs.sort_unstable();
        view.pairs.dedup();
        view
    }

    fn add_char(&mut self, c: char) {
        if self.len == 0 {
            self.first = c;
        } else if is_word_part(self.last) && is_word_part(c) {
            self.pairs.push(pair_slot(self.last, c));
        }
        self.last = c;
        self.len += 1;
        self.compact.push(c);
    }

    fn add_counts(&mut self, signs: &CharCounts) {
        self.commas = signs.commas;
        self.stops = signs.stops - usize::from(is_sentence_end(self.last));
        self.open_quotes = signs.open[0];
        self.closes_first = signs.closes_first;
        self.unbalanced = signs.open != [0; 3];
    }

    /// How it ends, as a code of the models.
    pub(super) fn end(&self) -> &'static str {
        match self.last {
            '。' => "stop",
            '!' => "exclaim",
            '?' => "ask",
            '”' | '」' => "quote",
            ')' => "bracket",
            ':' => "colon",
            '…' => "dots",
            ';' => "semi",
            ',' => "comma",
            '、' => "list",
            '—' => "dash",
            '》' => "book",
            '】' | '〕' | ']' => "square",
            c if c.is_ascii_digit() => "digit",
            c if is_word_part(c) => "open",
            _ => "other",
        }
    }

    /// Whether a sentence ends with the block.
    pub(super) fn closed(&self) -> bool {
        match self.last {
            '。' | '!' | '?' | '…' => true,
            '”' | '」' | ')' => self.len > 30,
            _ => false,
        }
    }

    /// Whether it is a line that may head a text: short, and no sentence.
    pub(super) fn is_short(&self) -> bool {
        self.len <= 40 && !self.closed()
    }

    /// Whether it begins as news does (本报讯, 新华社…电).
    pub(super) fn dateline(&self) -> bool {
        self.forms.has(KnownForm::OwnDateline) || self.forms.has(KnownForm::AgencyDateline)
    }

    /// Whether it is surely the text of a picture.
    pub(super) fn picture(&self) -> bool {
        self.forms.has(KnownForm::CaptionStart) || (self.forms.has(KnownForm::PhotoCredit) && self.len > 3)
    }

    /// The first characters, at most.
    pub(super) fn head(&self, most: usize) -> &str {
        self.compact.char_indices().nth(most).map_or(&self.compact, |(at, _)| &self.compact[..at])
    }

    /// The last characters, at most.
    pub(super) fn tail(&self, most: usize) -> &str {
        let start = self.compact.char_indices().rev().take(most).last().map_or(self.compact.len(), |(at, _)| at);
        &self.compact[start..]
    }
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';')
}

/// Han characters, letters and digits.
pub(super) fn is_word_part(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c) || c.is_alphanumeric()
}

/// Signs of a text, counted as it goes by.
#[derive(Default)]
struct CharCounts {
    commas: usize,
    stops: usize,
    /// Quotations, round brackets and title marks that are open.
    open: [i32; 3],
    quoted: bool,
    closes_first: bool,
}

impl CharCounts {
    fn add_char(&mut self, c: char) {
        match c {
            '“' => self.quote(0, 1),
            '”' => self.quote(0, -1),
            '(' => self.quote(1, 1),
            ')' => self.quote(1, -1),
            '《' | '「' => self.quote(2, 1),
            '》' | '」' => self.quote(2, -1),
            ',' | '、' => self.commas += 1,
            c if is_sentence_end(c) => self.stops += 1,
            _ => {}
        }
    }

    fn quote(&mut self, kind: usize, step: i32) {
        self.closes_first |= step < 0 && !self.quoted;
        self.quoted = true;
        self.open[kind] += step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_tells_signs_parts_and_ends() {
        let view = BlockView::from_text("头顶烈日\u{3000}心有清泉");
        assert_eq!((view.len, view.parts.as_slice(), view.end()), (8, [4, 4].as_slice(), "open"));
        assert!(view.is_short() && !view.closed());
        let view = BlockView::from_text("他说:“好。走!” ");
        assert_eq!((view.stops, view.end(), view.open_quotes), (2, "quote", 0));
        assert!(BlockView::from_text("了”。他说").closes_first);
    }
}

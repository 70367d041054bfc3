//! Pure functions on strings: the normal form that exact search is defined on, and the token streams made of it.
//!
//! The normal form ([`NormalForm`]) turns a text into a run of units: one Han character, one letter run, one number, or one
//! boundary. Everything that is searched goes through it once, and a query goes through the same map
//! ([`query_units`]), so an exact phrase matches if and only if its units stand next to each other.

mod chars;
mod grams;
mod lexicon;
mod lexicon_shape;
mod normal;
mod numerals;
mod pinyin;
mod words;

pub use chars::{CharClass, class, fold};
pub use grams::{gram_tokens, grams_of_units};
pub use lexicon::lexicon_tokens;
pub use normal::{BOUNDARY, NormalForm, UnitSpan, is_boundary, query_units, units};
pub use numerals::{chinese_digit, chinese_digits, chinese_number, chinese_numeral, number_value};
pub use pinyin::{initials, is_reading, name_syllables, syllables};
pub use words::{Segmenter, word_tokens};

use crate::model::FieldTokens;

/// A name as filters compare it: folded, without white space (陳 一鳴 → 陈一鸣).
pub fn folded_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
}

/// All forms of one text that an engine needs. `paragraphs`: the text, a paragraph each.
pub fn analyze<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> FieldTokens {
    let normal = NormalForm::from_paragraphs(paragraphs).into_encoded();
    let segmenter = Segmenter::shared();
    FieldTokens {
        grams: gram_tokens(&normal),
        lexicon: lexicon_tokens(segmenter, &normal),
        words: word_tokens(segmenter, &normal),
        normal,
    }
}

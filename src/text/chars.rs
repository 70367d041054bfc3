//! Character classes and folding: DESIGN "The normal form, exactly", steps 1 to 3, a character at a time.

use crate::tables::variants;
use std::sync::OnceLock;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// What a folded character is to the normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    /// A unit by itself.
    Han,
    /// Part of a letter run.
    Letter,
    /// Continues a letter run, and is a boundary outside one.
    Mark,
    /// `0`–`9`.
    Digit,
    /// Not there at all: format and control characters.
    Ignored,
    /// Ends a letter or number run and leaves no unit: white space, quotes, brackets, middle dots.
    Transparent,
    /// Everything else: punctuation, symbols.
    Boundary,
}

const TRANSPARENT: &str = "“”‘’\"'「」『』《》〈〉()[]{}【】〔〕·•・‧･";

/// The character after width, case and variant folding. Context-free: one character to one character.
#[inline]
pub fn fold(c: char) -> char {
    fold_class(c).0
}

/// The folded character and its class.
#[inline]
pub(super) fn fold_class(c: char) -> (char, CharClass) {
    let tables = tables();
    let folded = match tables.folded.get(c as usize) {
        Some(folded) if *folded != 0 => char::from_u32(u32::from(*folded)).unwrap_or(c),
        _ => fold_slowly(c),
    };
    if is_han(folded) {
        return (folded, CharClass::Han);
    }
    (folded, tables.classes.get(folded as usize).copied().unwrap_or_else(|| class(folded)))
}

/// Forms and classes of the Basic Multilingual Plane, computed once: they are looked up for every character that is read.
/// Two small tables stay in the cache where one of pairs would not: Han characters need only the first.
struct CharTables {
    /// 0 stands for what has no form in the plane.
    folded: Vec<u16>,
    classes: Vec<CharClass>,
}

fn tables() -> &'static CharTables {
    static TABLES: OnceLock<CharTables> = OnceLock::new();
    // Surrogates are no characters and are never asked for.
    let characters = || (0..=0xFFFF).map(|code| char::from_u32(code).unwrap_or(' '));
    TABLES.get_or_init(|| CharTables {
        folded: characters().map(|c| u16::try_from(fold_slowly(c) as u32).unwrap_or(0)).collect(),
        classes: characters().map(class).collect(),
    })
}

fn fold_slowly(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let narrow = match c {
        '，' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    if is_han(narrow) {
        return variants().simplified(narrow);
    }
    // Neither general punctuation nor that of the Han scripts has letters; most other characters of a page are theirs.
    if matches!(narrow, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}') {
        return narrow;
    }
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => narrow,
    }
}

/// The class of a folded character.
pub fn class(c: char) -> CharClass {
    if is_han(c) {
        return CharClass::Han;
    }
    match c {
        '0'..='9' => CharClass::Digit,
        'a'..='z' | 'A'..='Z' => CharClass::Letter,
        ' ' | '\n' => CharClass::Transparent,
        ',' | '.' | '。' | '、' | ':' | ';' => CharClass::Boundary,
        _ => rare_class(c),
    }
}

fn rare_class(c: char) -> CharClass {
    let category = c.general_category();
    match category {
        GeneralCategory::Format | GeneralCategory::Control => CharClass::Ignored,
        _ if c.is_whitespace() || TRANSPARENT.contains(c) => CharClass::Transparent,
        _ => match c.general_category_group() {
            GeneralCategoryGroup::Letter => CharClass::Letter,
            GeneralCategoryGroup::Mark => CharClass::Mark,
            _ => CharClass::Boundary,
        },
    }
}

fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
        | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_the_design() {
        let cases = [
            ("工㐀豈𠀀〇々", CharClass::Han),
            ("aZéßあハ한", CharClass::Letter),
            ("\u{301}", CharClass::Mark),
            ("059", CharClass::Digit),
            ("\u{200B}\u{FEFF}\t\r\u{AD}", CharClass::Ignored),
            (" \n\u{A0}\u{2028}“”‘’\"'「」『』《》〈〉()[]{}【】〔〕·•・‧･", CharClass::Transparent),
            ("，,。、；;：:!?…—-|_%$+=①ⅢⅣ½٣￥/\\", CharClass::Boundary),
        ];
        for (text, want) in cases {
            for c in text.chars() {
                assert_eq!(class(c), want, "{c:?}");
            }
        }
    }

    #[test]
    fn folding_is_one_to_one() {
        let cases = [
            ("Ａｚ３％（", "az3%("),
            ("，", "，"),
            ("\u{3000}", " "),
            ("ÉΣЖ", "éσж"),
            ("İ", "İ"),
            ("總會發髮關於", "总会发发关于"),
            ("著乾藉覆瞭", "著乾藉覆瞭"),
            ("㎏①", "㎏①"),
        ];
        for (text, want) in cases {
            assert_eq!(text.chars().map(fold).collect::<String>(), want);
        }
    }
}

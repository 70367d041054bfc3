//! Characters of private use that Chinese encodings and fonts have given out, in the place of characters that Unicode has
//! now.

use super::byte_scan::places;
use crate::tables::private_use;

/// Whether a character is of private use.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// The characters of private use with their offsets.
fn private_characters(text: &str, area: bool) -> impl Iterator<Item = (usize, char)> {
    let begins = places(text.as_bytes(), move |byte| (byte == 0xEE) | (area & (byte == 0xEF)) | (byte >= 0xF3));
    begins.filter_map(|at| Some((at, text[at..].chars().next().filter(|c| is_private(*c))?)))
}

/// What became of characters of private use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PrivateUse {
    /// Those that were mapped.
    pub(super) mapped: u64,
    /// Those that stay.
    pub(super) left: u64,
    /// Where the first of them stands.
    pub(super) first: usize,
}

/// The text with what the table maps; `None` where it has no character of private use.
/// `area`: whether the end of the area of the basic plane may occur.
pub(super) fn mapped(text: &str, area: bool) -> Option<(String, PrivateUse)> {
    let mut all = private_characters(text, area).peekable();
    let mut found = PrivateUse { first: all.peek()?.0, ..PrivateUse::default() };
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (at, c) in all {
        let known = private_use(c);
        found.mapped += u64::from(known.is_some());
        found.left += u64::from(known.is_none());
        out.push_str(&text[done..at]);
        out.push(known.unwrap_or(c));
        done = at + c.len_utf8();
    }
    out.push_str(&text[done..]);
    Some((out, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_table_knows_is_mapped_and_the_rest_counted() {
        let (text, found) = mapped("工\u{E81E}会\u{E000}\u{E5E5}", false).unwrap();
        assert_eq!(text, "工\u{9FB4}会\u{E000}\u{3000}");
        assert_eq!(found, PrivateUse { mapped: 2, left: 1, first: 3 });
        assert_eq!(mapped("工会𠂇，", true), None);
    }
}

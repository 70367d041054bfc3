//! The numbers of glyphs in the collection Adobe-GB1: those of GB 2312, which follow the rows of the standard. Fonts that
//! state nothing but these numbers (Identity-H, no ToUnicode) can be read by them.

use crate::corpus::decode_exactly;

/// First glyph, how many, and the code of the first in GB 2312 (or ASCII). Within a row codes follow each other; from
/// glyph 573 to 601 stand the upright forms of punctuation, read as the usual ones.
const RANGES: &[(u32, u32, u32)] = &[
    (1, 95, 0x20),
    (96, 94, 0xA1A1),
    (190, 50, 0xA2B1),
    (240, 10, 0xA2E5),
    (250, 12, 0xA2F1),
    (262, 94, 0xA3A1),
    (356, 83, 0xA4A1),
    (439, 86, 0xA5A1),
    (525, 24, 0xA6A1),
    (549, 24, 0xA6C1),
    (573, 1, 0xA3AC),
    (574, 1, 0xA1A3),
    (575, 1, 0xA1A2),
    (576, 2, 0xA3BA),
    (578, 1, 0xA3A1),
    (579, 1, 0xA3BF),
    (580, 2, 0xA3A8),
    (582, 14, 0xA1B2),
    (596, 1, 0xA3FB),
    (597, 1, 0xA3FD),
    (598, 1, 0xA1AA),
    (599, 1, 0xA1AD),
    (600, 1, 0xA3DF),
    (602, 33, 0xA7A1),
    (635, 33, 0xA7D1),
    (668, 27, 0xA8A1),
    (696, 4, 0xA8BD),
    (700, 37, 0xA8C5),
    (738, 76, 0xA9A4),
    (814, 95, 0x20),
];

/// First glyph of the Han characters, of which rows have 94, the last of level one 89.
const FIRST_HAN: u32 = 940;

/// Han characters of level one.
const LEVEL_ONE: u32 = 3755;

/// Han characters of both levels.
const ALL_HAN: u32 = 6763;

/// The character of a glyph, if it is one of GB 2312.
pub(super) fn character(glyph: u32) -> Option<char> {
    let code = symbol(glyph).or_else(|| han(glyph))?;
    let bytes = code.to_be_bytes();
    let text = decode_exactly(if code < 0x100 { &bytes[3..] } else { &bytes[2..] }, "gb18030")?;
    text.chars().next()
}

fn symbol(glyph: u32) -> Option<u32> {
    let (first, _, code) = RANGES.iter().find(|(first, count, _)| (*first..first + count).contains(&glyph))?;
    Some(code + glyph - first)
}

fn han(glyph: u32) -> Option<u32> {
    let mut number = glyph.checked_sub(FIRST_HAN).filter(|number| *number < ALL_HAN)?;
    if number >= LEVEL_ONE {
        number += 94 - 89;
    }
    Some(0xB0A1 + number / 94 * 0x100 + number % 94)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_are_the_characters_of_their_rows() {
        let cases = [
            (34, 'A'),
            (96, '\u{3000}'),
            (262, '！'),
            (573, '，'),
            (940, '啊'),
            (1504, '丁'),
            (4694, '座'),
            (4695, '亍'),
        ];
        for (glyph, expected) in cases {
            assert_eq!(character(glyph), Some(expected), "{glyph}");
        }
        assert_eq!((character(7702), character(7703), character(0)), (Some('齄'), None, None));
    }
}

//! The character codes that PDF knows by name: the predefined CMaps of Chinese, Japanese and Korean fonts.

use crate::corpus::decode_exactly;

/// A predefined CMap: how strings are cut into codes, and which characters these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    cut: Cut,
    encoding: &'static str,
    /// Glyph of the space in the font's collection; the other ASCII characters follow it.
    space: u32,
}

/// How long codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Two bytes; four where they are a surrogate pair.
    Utf16,
    /// Always four bytes.
    Utf32,
    /// As UTF-8.
    Utf8,
    /// Two bytes where the first one has its high bit, else one.
    HighBit,
    /// As before, and four where the second byte is a digit (GB 18030).
    Gb18030,
    /// Two bytes behind the lead bytes of Shift-JIS.
    ShiftJis,
    /// Two bytes, both without their high bit.
    SevenBit,
}

/// Parts of the names of CMaps, with what they mean; the first that fits.
const KNOWN: &[(&str, Cut, &str, u32)] = &[
    ("-UCS2", Cut::Utf16, "utf-16be", 1),
    ("-UTF16", Cut::Utf16, "utf-16be", 1),
    ("-UTF32", Cut::Utf32, "utf-32be", 1),
    ("-UTF8", Cut::Utf8, "utf-8", 1),
    ("GBK2K", Cut::Gb18030, "gb18030", 1),
    ("GBKp-EUC", Cut::HighBit, "gb18030", 1),
    ("GBK-EUC", Cut::HighBit, "gb18030", 814),
    ("GBpc-EUC", Cut::HighBit, "gb18030", 1),
    ("GB-EUC", Cut::HighBit, "gb18030", 814),
    ("GB-H", Cut::SevenBit, "gb18030", 1),
    ("GB-V", Cut::SevenBit, "gb18030", 1),
    ("ETen-B5", Cut::HighBit, "big5", 13_648),
    ("ETenms-B5", Cut::HighBit, "big5", 1),
    ("B5pc", Cut::HighBit, "big5", 1),
    ("HKscs-B5", Cut::HighBit, "big5", 13_648),
    ("RKSJ", Cut::ShiftJis, "shift_jis", 231),
    ("KSC-EUC", Cut::HighBit, "euc-kr", 8094),
    ("KSCms-UHC", Cut::HighBit, "euc-kr", 1),
];

impl Coding {
    /// The coding of a predefined CMap, if it is one of those that name characters.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (_, cut, encoding, space) = KNOWN.iter().find(|(part, ..)| name.contains(part))?;
        Some(Self { cut: *cut, encoding, space: *space })
    }

    /// The length of the code that begins a string which is not empty.
    pub(super) fn length(&self, text: &[u8]) -> usize {
        let (first, second) = (text[0], text.get(1).copied().unwrap_or(0));
        match self.cut {
            Cut::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            Cut::Utf32 => 4,
            Cut::Utf8 => (first.leading_ones() as usize).clamp(1, 4),
            Cut::Gb18030 if first > 0x80 && second.is_ascii_digit() => 4,
            Cut::HighBit | Cut::Gb18030 if first <= 0x80 || first == 0xFF => 1,
            Cut::ShiftJis if !matches!(first, 0x81..=0x9F | 0xE0..=0xFC) => 1,
            _ => 2,
        }
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: &[u8]) -> Option<String> {
        match self.cut {
            Cut::Utf32 => {
                let value = u32::from_be_bytes(*code.first_chunk()?);
                char::from_u32(value).map(String::from)
            }
            Cut::SevenBit => decode_exactly(&code.iter().map(|byte| byte | 0x80).collect::<Vec<u8>>(), self.encoding),
            _ => decode_exactly(code, self.encoding),
        }
    }

    /// The glyph of an ASCII character, for its width; other glyphs have the usual width.
    pub(super) fn glyph(&self, text: &str) -> Option<u32> {
        let first = text.chars().next().filter(|c| matches!(c, ' '..='~'))?;
        Some(self.space + u32::from(first) - 0x20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, mut bytes: &[u8]) -> Option<String> {
        let coding = Coding::named(name)?;
        let mut text = String::new();
        while !bytes.is_empty() {
            let length = coding.length(bytes).min(bytes.len());
            text += &coding.text(&bytes[..length]).unwrap_or_else(|| "?".into());
            bytes = &bytes[length..];
        }
        Some(text)
    }

    #[test]
    fn codes_become_characters() {
        let cases: &[(&str, &[u8], &str)] = &[
            ("GBK-EUC-H", b"\xB9\xA4A\xBB\xE1", "工A会"),
            ("GBK2K-V", b"\xB9\xA4\x82\x31\x9E\x38A", "工\u{3AC2}A"),
            ("UniGB-UCS2-H", b"\x5D\xE5\x4F\x1A", "工会"),
            ("UniGB-UTF16-V", b"\xD8\x40\xDC\x0B\x5D\xE5", "\u{2000B}工"),
            ("UniCNS-UTF32-H", b"\0\0\x5D\xE5", "工"),
            ("UniGB-UTF8-H", "工会".as_bytes(), "工会"),
            ("ETen-B5-H", b"\xA4\x75\xB7\x7C", "工會"),
            ("90ms-RKSJ-H", b"\x8DH\xB1", "工ｱ"),
            ("GB-H", b"\x39\x24\x3B\x61", "工会"),
            ("GBK-EUC-H", b"\xB9", "?"),
        ];
        for (name, bytes, text) in cases {
            assert_eq!(read(name, bytes).as_deref(), Some(*text), "{name}");
        }
        assert_eq!(Coding::named("Identity-H"), None);
    }

    #[test]
    fn half_wide_glyphs_have_their_own_numbers() {
        assert_eq!(Coding::named("GBK-EUC-H").and_then(|coding| coding.glyph("A")), Some(847));
        assert_eq!(Coding::named("UniGB-UCS2-H").and_then(|coding| coding.glyph("工")), None);
    }
}

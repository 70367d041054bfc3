//! The character codes that PDF knows by name: the predefined CMaps of Chinese, Japanese and Korean fonts.

use crate::corpus::decode_exactly;

/// A predefined CMap: how strings are cut into codes, and which characters these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    cut: CodeLength,
    encoding: &'static str,
    /// Glyph of the space in the font's collection; the other ASCII characters follow it.
    space: u32,
}

/// How long codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeLength {
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
const KNOWN: &[(&str, CodeLength, &str, u32)] = &[
    ("-UCS2", CodeLength::Utf16, "utf-16be", 1),
    ("-UTF16", CodeLength::Utf16, "utf-16be", 1),
    ("-UTF32", CodeLength::Utf32, "utf-32be", 1),
    ("-UTF8", CodeLength::Utf8, "utf-8", 1),
    ("GBK2K", CodeLength::Gb18030, "gb18030", 1),
    ("GBKp-EUC", CodeLength::HighBit, "gb18030", 1),
    ("GBK-EUC", CodeLength::HighBit, "gb18030", 814),
    ("GBpc-EUC", CodeLength::HighBit, "gb18030", 1),
    ("GB-EUC", CodeLength::HighBit, "gb18030", 814),
    ("GB-H", CodeLength::SevenBit, "gb18030", 1),
    ("GB-V", CodeLength::SevenBit, "gb18030", 1),
    ("ETen-B5", CodeLength::HighBit, "big5", 13_648),
    ("ETenms-B5", CodeLength::HighBit, "big5", 1),
    ("B5pc", CodeLength::HighBit, "big5", 1),
    ("HKscs-B5", CodeLength::HighBit, "big5", 13_648),
    ("RKSJ", CodeLength::ShiftJis, "shift_jis", 231),
    ("KSC-EUC", CodeLength::HighBit, "euc-kr", 8094),
    ("KSCms-UHC", CodeLength::HighBit, "euc-kr", 1),
];

impl Coding {
    /// The coding of a predefined CMap, if it is one of those that name characters.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        let (_, cut, encoding, space) = KNOWN.iter().find(|(part, ..)| name.contains(part))?;
        Some(Self { cut: *cut, encoding, space: *space })
    }

    /// The length of the code that begins a string which is not empty.
    pub(super) fn length(&self, text: &[u8]) -> usize {
        let (first, second) = (text[0], text.get(1).copied().unwrap_or(0));
        match self.cut {
            CodeLength::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            CodeLength::Utf32 => 4,
            CodeLength::Utf8 => (first.leading_ones() as usize).clamp(1, 4),
            CodeLength::Gb18030 if first > 0x80 && second.is_ascii_digit() => 4,
            CodeLength::HighBit | CodeLength::Gb18030 if first <= 0x80 || first == 0xFF => 1,
            CodeLength::ShiftJis if !matches!(first, 0x81..=0x9F | 0xE0..=0xFC) => 1,
            _ => 2,
        }
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: &[u8]) -> Option<String> {
        match self.cut {
            CodeLength::Utf32 => {
                let value = u32::from_be_bytes(*code.first_chunk()?);
                char::from_u32(value).map(String::from)
            }
            CodeLength::SevenBit => {
                decode_exactly(&code.iter().map(|byte| byte | 0x80).collect::<Vec<u8>>(), self.encoding)
            }
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
        let coding = Coding::by_name(name)?;
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
        assert_eq!(Coding::by_name("Identity-H"), None);
    }

    #[test]
    fn half_wide_glyphs_have_their_own_numbers() {
        assert_eq!(Coding::by_name("GBK-EUC-H").and_then(|coding| coding.glyph("A")), Some(847));
        assert_eq!(Coding::by_name("UniGB-UCS2-H").and_then(|coding| coding.glyph("工")), None);
    }
}

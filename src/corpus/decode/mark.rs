//! Encodings that the first bytes tell, or the pattern of zero bytes: byte order marks, UTF-16, UTF-32.

use super::transcode::Transcoder;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Of an encoding of the standard, and its length.
    Standard(&'static Encoding, usize),
    /// Of UTF-32, which no encoding of the standard is; whether the first byte is the highest.
    Utf32(bool),
}

/// The mark that bytes begin with.
pub(super) fn mark_of(bytes: &[u8]) -> Option<Mark> {
    let marks: [(&[u8], Mark); 6] = [
        (b"\xFF\xFE\0\0", Mark::Utf32(false)),
        (b"\0\0\xFE\xFF", Mark::Utf32(true)),
        (b"\xEF\xBB\xBF", Mark::Standard(UTF_8, 3)),
        (b"\xFF\xFE", Mark::Standard(UTF_16LE, 2)),
        (b"\xFE\xFF", Mark::Standard(UTF_16BE, 2)),
        (b"\x84\x31\x95\x33", Mark::Standard(GB18030, 4)),
    ];
    marks.into_iter().find(|(first, _)| bytes.starts_with(first)).map(|(_, mark)| mark)
}

/// UTF-32 behind its mark. Units that are no character, and what is left of four bytes, are replaced.
pub(super) fn utf32(bytes: &[u8], big: bool) -> Transcoder {
    let mut coder = Transcoder::with_capacity(bytes.len());
    for (number, unit) in bytes.chunks(4).enumerate().skip(1) {
        let code = <[u8; 4]>::try_from(unit).ok().map(if big { u32::from_be_bytes } else { u32::from_le_bytes });
        match code.and_then(char::from_u32).filter(|c| *c != '\0') {
            Some(c) => coder.text.push(c),
            None => coder.replace(number * 4, unit.len()),
        }
    }
    coder
}

/// Bytes of the beginning by which UTF-16 without a mark is told.
const SAMPLE: usize = 4096;

/// UTF-16 without a mark: what reads as Chinese in one byte order and not in the other, with a line feed of two bytes.
pub(super) fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1).filter(|sample| sample.len() >= 8)?;
    memchr::memchr(0, sample)?;
    let share = |read: fn([u8; 2]) -> u16| {
        let units = sample.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        let known = |unit: &u16| matches!(unit, 0x4E00..=0x9FA5 | 0x3000..=0x303F | 0xFF00..=0xFFEF | 0x0A | 0x0D | 0x20..=0x7E | 0x2010..=0x2030);
        units.filter(known).count() * 2 * 100 / sample.len()
    };
    let zero_line_feed = |pair: [u8; 2]| sample.chunks_exact(2).any(|units| units == pair);
    match (share(u16::from_le_bytes), share(u16::from_be_bytes)) {
        (little, big) if little >= 95 && big < 80 && zero_line_feed([b'\n', 0]) => Some(UTF_16LE),
        (little, big) if big >= 95 && little < 80 && zero_line_feed([0, b'\n']) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf32_is_not_taken_for_utf16() {
        let text = "工会\n𠂉";
        for big in [false, true] {
            let unit = |c: char| if big { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() };
            let bytes: Vec<u8> = ['\u{FEFF}'].into_iter().chain(text.chars()).flat_map(unit).chain([7]).collect();
            assert_eq!(mark_of(&bytes), Some(Mark::Utf32(big)));
            let coder = utf32(&bytes, big);
            assert_eq!((coder.text, coder.replaced), (format!("{text}\u{FFFD}"), 1));
        }
    }

    #[test]
    fn utf16_of_an_odd_length_is_still_utf16() {
        let mut bytes: Vec<u8> = "工会送温暖\n工会送温暖\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(bare_utf16(&bytes), Some(UTF_16LE));
        bytes.push(0x5D);
        assert_eq!(bare_utf16(&bytes), Some(UTF_16LE));
        assert_eq!((bare_utf16(b"\n\0"), bare_utf16(&[0; 4096])), (None, None));
    }
}

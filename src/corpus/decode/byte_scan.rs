//! Which bytes occur in a text, block by block: what is rare in Chinese text is passed over at the speed of memory.

/// Bytes that are looked at in one step, without a branch in it.
const BLOCK: usize = 64;

/// Control bytes other than tab, line ends, form feed, and the end mark 0x1A of old DOS files.
fn is_binary(byte: u8) -> bool {
    (byte < 0x09) | ((byte > 0x0D) & (byte < 0x1A)) | ((byte > 0x1B) & (byte < 0x20))
}

/// The offsets of bytes of a kind that is rare.
pub(super) fn places(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let blocks = bytes.chunks(BLOCK).enumerate();
    let with = blocks.filter(move |(_, block)| block.iter().fold(false, |found, byte| found | is(*byte)));
    with.flat_map(move |(number, block)| {
        let inside = block.iter().enumerate().filter(move |(_, byte)| is(**byte));
        inside.map(move |(at, _)| number * BLOCK + at)
    })
}

/// Where the first byte is that no text has.
pub(super) fn binary_byte(bytes: &[u8]) -> Option<usize> {
    places(bytes, is_binary).next()
}

/// What occurs in a text, so that nothing else need be looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ByteSurvey {
    /// Carriage returns.
    pub(super) returns: bool,
    /// The first byte of a letter with a tone mark.
    pub(super) tones: bool,
    /// The first byte of a character of private use and of no other.
    pub(super) private: bool,
    /// The first bytes of a character at the end of the area of private use, from U+F000.
    pub(super) area: bool,
    /// The first bytes of U+FFFD.
    pub(super) replacement: bool,
}

impl ByteSurvey {
    pub(super) fn of(text: &str) -> Self {
        let (bytes, mut found) = (text.as_bytes(), Self::default());
        for block in bytes.chunks(BLOCK) {
            let (mut returns, mut tones, mut private) = (false, false, false);
            for byte in block {
                returns |= *byte == b'\r';
                tones |= (*byte >= 0xC3) & (*byte <= 0xC7);
                private |= (*byte == 0xEE) | (*byte >= 0xF3);
            }
            found.returns |= returns;
            found.tones |= tones;
            found.private |= private;
        }
        // Behind EF stand full-width signs (BC, BD), private use (80 to A3), and U+FFC0 to U+FFFF (BF).
        for (first, second) in bytes.chunks(BLOCK).zip(bytes.get(1..).unwrap_or_default().chunks(BLOCK)) {
            let (mut area, mut replacement) = (false, false);
            for (first, second) in first.iter().zip(second) {
                area |= (*first == 0xEF) & (*second < 0xA4);
                replacement |= (*first == 0xEF) & (*second == 0xBF);
            }
            found.area |= area;
            found.replacement |= replacement;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_bytes_are_found_wherever_they_stand() {
        for length in [0, 1, 62, 63, 64, 65, 127, 128, 200] {
            let plain = "，".repeat(length);
            assert_eq!(ByteSurvey::of(&plain), ByteSurvey::default());
            for (sign, wanted) in [
                ("\r", ByteSurvey { returns: true, ..ByteSurvey::default() }),
                ("ì", ByteSurvey { tones: true, ..ByteSurvey::default() }),
                ("\u{E000}", ByteSurvey { private: true, ..ByteSurvey::default() }),
                ("\u{F8FF}", ByteSurvey { area: true, ..ByteSurvey::default() }),
                ("\u{100000}", ByteSurvey { private: true, ..ByteSurvey::default() }),
                ("\u{FFFD}", ByteSurvey { replacement: true, ..ByteSurvey::default() }),
            ] {
                assert_eq!(ByteSurvey::of(&format!("{plain}{sign}{plain}")), wanted, "{sign:?} {length}");
            }
            let bytes = [plain.as_bytes(), &[7], plain.as_bytes(), &[0]].concat();
            assert_eq!(binary_byte(&bytes), Some(plain.len()));
        }
        for byte in 0..=255 {
            let text = matches!(byte, 9..=13 | 0x1A | 0x1B | 0x20..);
            assert_eq!(is_binary(byte), !text, "{byte}");
        }
    }
}

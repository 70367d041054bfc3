//! Chinese in seven bits: HZ, UTF-7, and the encodings of ISO 2022.

use super::readable::CharacterTally;
use super::transcode::Transcoder;
use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP};
use memchr::memmem;

/// What bytes of seven bits turned out to be.
#[derive(Debug)]
pub(super) enum SevenBit {
    /// Text of a named encoding.
    Text(&'static str, Transcoder),
    /// An encoding that is known by its marks and not read.
    Unsupported(&'static str),
}

/// Reads bytes of ASCII that stand for other characters; `None` where they stand for themselves.
pub(super) fn read(bytes: &[u8]) -> Option<SevenBit> {
    if let Some(found) = memchr::memchr(0x1B, bytes).and_then(|_| iso_2022(bytes)) {
        return Some(found);
    }
    let hz = memmem::find(bytes, b"~{").and_then(|_| named("HZ-GB-2312", hz(bytes)));
    hz.or_else(|| memchr::memchr(b'+', bytes).and_then(|_| named("UTF-7", utf7(bytes)?)))
}

/// The text under its name, where it reads as Chinese.
fn named(name: &'static str, coder: Transcoder) -> Option<SevenBit> {
    let tally = CharacterTally::of(&coder.text);
    let reads = tally.all >= 2 && tally.score() >= 0.3 && coder.replaced * 10 <= tally.all as u64;
    reads.then_some(SevenBit::Text(name, coder))
}

/// HZ (RFC 1843): GB 2312 between `~{` and `~}`, at most to the end of the line.
fn hz(bytes: &[u8]) -> Transcoder {
    let (mut coder, mut at) = (Transcoder::with_capacity(bytes.len()), 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let taken = match rest {
            [b'~', b'{', ..] => 2 + double_bytes(&mut coder, at + 2, until_close(&rest[2..]), GBK),
            [b'~', b'}' | b'\n', ..] => 2,
            [b'~', b'~', ..] => {
                coder.text.push('~');
                2
            }
            _ => {
                let length = 1 + memchr::memchr(b'~', &rest[1..]).unwrap_or(rest.len() - 1);
                coder.push(&rest[..length], encoding_rs::UTF_8, at);
                length
            }
        };
        at += taken;
    }
    coder
}

/// The bytes before `~}` or the end of the line.
fn until_close(bytes: &[u8]) -> &[u8] {
    let line = &bytes[..memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len())];
    &line[..memmem::find(line, b"~}").unwrap_or(line.len())]
}

/// Adds pairs of seven-bit bytes as those of an encoding with the high bits set; how many bytes they were.
fn double_bytes(coder: &mut Transcoder, offset: usize, bytes: &[u8], encoding: &'static Encoding) -> usize {
    let high: Vec<u8> =
        bytes.iter().map(|byte| if (0x21..=0x7E).contains(byte) { byte | 0x80 } else { *byte }).collect();
    coder.push(&high, encoding, offset);
    bytes.len()
}

/// UTF-7 (RFC 2152): UTF-16 in base64 between `+` and `-`. `None` where a run is not exactly that.
fn utf7(bytes: &[u8]) -> Option<Transcoder> {
    let (mut coder, mut at) = (Transcoder::with_capacity(bytes.len()), 0);
    while let Some(plus) = memchr::memchr(b'+', bytes.get(at..)?).map(|found| at + found) {
        coder.push(&bytes[at..plus], encoding_rs::UTF_8, at);
        let run = bytes[plus + 1..].iter().take_while(|byte| base64_value(**byte).is_some()).count();
        let run = &bytes[plus + 1..plus + 1 + run];
        at = plus + 1 + run.len();
        let closed = bytes.get(at) == Some(&b'-');
        if run.is_empty() {
            coder.text.push('+');
        } else {
            coder.text.push_str(&utf16_of_base64(run)?);
        }
        at += usize::from(closed);
    }
    coder.push(&bytes[at..], encoding_rs::UTF_8, at);
    coder.text = coder.text.trim_start_matches('\u{FEFF}').to_owned();
    Some(coder)
}

fn base64_value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Whole characters of UTF-16 in base64, with less than a digit of zero bits behind them.
fn utf16_of_base64(digits: &[u8]) -> Option<String> {
    let (mut units, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for digit in digits {
        bits = (bits << 6 | base64_value(*digit)?) & 0x3F_FFFF;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push(((bits >> count) & 0xFFFF) as u16);
        }
    }
    let exact = count < 6 && bits & ((1 << count) - 1) == 0;
    String::from_utf16(&units).ok().filter(|text| exact && !text.is_empty())
}

/// Text with the marks of ISO 2022: the Japanese one, the Korean one, and the Chinese one in its first set.
fn iso_2022(bytes: &[u8]) -> Option<SevenBit> {
    let has = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    if has(b"\x1B$)G") || has(b"\x1B$*H") {
        return Some(SevenBit::Unsupported("ISO-2022-CN"));
    }
    if has(b"\x1B$)A") {
        return named("ISO-2022-CN", shifted(bytes, b"\x1B$)A", GBK));
    }
    if has(b"\x1B$)C") {
        return Some(SevenBit::Text("ISO-2022-KR", shifted(bytes, b"\x1B$)C", EUC_KR)));
    }
    let japanese = has(b"\x1B$B") || has(b"\x1B$@");
    japanese.then(|| SevenBit::Text(ISO_2022_JP.name(), Transcoder::of(bytes, ISO_2022_JP, 0)))
}

/// Text in which the byte 0E begins double bytes and 0F, or the line, ends them.
fn shifted(bytes: &[u8], designator: &[u8], encoding: &'static Encoding) -> Transcoder {
    let (mut coder, mut at, mut double) = (Transcoder::with_capacity(bytes.len()), 0, false);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(designator) {
            at += designator.len();
            continue;
        }
        let length = memchr::memchr3(0x0E, 0x0F, 0x1B, &rest[1..]).map_or(rest.len(), |end| end + 1);
        let length = memchr::memchr(b'\n', &rest[..length]).map_or(length, |end| end + 1);
        let begin = usize::from(matches!(rest[0], 0x0E | 0x0F));
        double = if begin == 1 { rest[0] == 0x0E } else { double };
        match double {
            true => _ = double_bytes(&mut coder, at + begin, &rest[begin..length], encoding),
            false => coder.push(&rest[begin..length], encoding_rs::UTF_8, at + begin),
        }
        double &= rest[length - 1] != b'\n';
        at += length;
    }
    coder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<(&'static str, String)> {
        match read(bytes)? {
            SevenBit::Text(name, coder) => Some((name, coder.text)),
            SevenBit::Unsupported(name) => Some((name, String::new())),
        }
    }

    #[test]
    fn seven_bits_are_read_or_named() {
        let read = |bytes: &[u8]| text(bytes);
        let found = |name: &'static str, text: &str| Some((name, text.to_owned()));
        assert_eq!(read(b"a~~ ~{9$;aKMNBE/~}\nb"), found("HZ-GB-2312", "a~ 工会送温暖\nb"));
        assert_eq!(read(b"+XeVPGpABbilmlg- 1+-1"), found("UTF-7", "工会送温暖 1+1"));
        assert_eq!(read(b"\x1B$)A\x0E9$;aKMNBE/\x0F 1\n"), found("ISO-2022-CN", "工会送温暖 1\n"));
        assert_eq!(read(b"\x1B$BO+F/\x1B(B 1").map(|(name, _)| name), Some("ISO-2022-JP"));
        assert_eq!(read(b"\x1B$)C\x0E3k5?\x0F 1").map(|(name, _)| name), Some("ISO-2022-KR"));
        assert_eq!(read(b"\x1B$)G\x0E3k5?\x0F 1"), found("ISO-2022-CN", ""));
    }

    #[test]
    fn ascii_stays_ascii() {
        for plain in
            ["C++ +Hello- 1+1=2", "f~{x}~", "~{}~}", "+", "+-", "a+b-c", "~", "\x1B[1mbold\x1B[0m", "~{ab", "+//-"]
        {
            assert!(read(plain.as_bytes()).is_none(), "{plain}");
        }
    }
}

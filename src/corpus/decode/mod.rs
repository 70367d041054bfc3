//! Bytes → text. In this order: a byte order mark; an encoding that a person states; UTF-16 by its zero bytes; Chinese in
//! seven bits; UTF-8; else each line by the encoding that fits it. What was encoded twice, characters of private use and
//! readings in brackets are mended where there is one way back. Nothing is done silently: replaced bytes are counted and
//! located, everything else is a note.

mod brackets;
mod byte_scan;
mod chance;
mod lines;
mod mark;
mod private_use;
mod readable;
mod repair;
mod seven_bit;
mod transcode;
mod twice;

pub use lines::EncodedLines;
pub(super) use readable::CharacterTally;
pub use transcode::ReplacedPlace;

use crate::model::Problem;
use chance::is_doubtful;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use lines::decode_lines;
use mark::{Mark, bare_utf16, mark_of, utf32};
use repair::RawText;
use seven_bit::SevenBit;
use std::borrow::Cow;
use transcode::Transcoder;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark. Its lines end in line feeds, with or without a carriage return before.
    pub text: String,
    /// Name of the encoding of most of it: that of the WHATWG standard, or `UTF-32LE`, `UTF-32BE`, `UTF-7`, `HZ-GB-2312`,
    /// `ISO-2022-CN`, `ISO-2022-KR`.
    pub encoding: &'static str,
    /// How it was known: `bom`, `declared`, `utf-8` (valid as such), `detected`, or `by line` where lines are of several.
    pub evidence: &'static str,
    /// Bytes that are no character of the encoding, each malformed run shown as U+FFFD.
    pub replaced: u64,
    /// The first of them.
    pub places: Vec<ReplacedPlace>,
    /// The lines by encoding, where it was told line by line: that of most bytes first.
    pub lines: Vec<EncodedLines>,
    /// What was mended, and what does not read; replaced bytes too.
    pub notes: Vec<Problem>,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Control bytes that no text has.
    #[error("is not text (control bytes from offset {0}); convert it to text first")]
    Binary(usize),
    /// Too many bytes are no character of any likely encoding.
    #[error(
        "has no encoding that fits (closest: {closest}, {replaced} bytes are no characters); convert it to UTF-8, or name the encoding with --encoding"
    )]
    Unknown {
        /// The best candidate.
        closest: &'static str,
        /// Bytes it cannot read.
        replaced: u64,
    },
    /// Characters, but no text of any script.
    #[error("holds characters, but no text that can be read; get the file again from where it came from")]
    Unreadable,
    /// An encoding that is known and not read.
    #[error("is {0}, which is not read; convert it to UTF-8")]
    Unsupported(&'static str),
    /// The declared name is no encoding.
    #[error("`{0}` is no encoding; use a name such as utf-8, gb18030, big5, utf-16le")]
    NoSuchEncoding(String),
}

/// The standard's name of an encoding.
///
/// # Errors
/// [`DecodeError::NoSuchEncoding`].
pub fn encoding_name(name: &str) -> Result<String, DecodeError> {
    Ok(encoding_of(name)?.name().to_owned())
}

fn encoding_of(name: &str) -> Result<&'static Encoding, DecodeError> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| DecodeError::NoSuchEncoding(name.to_owned()))
}

/// Bytes that are known to be of an encoding; `None` where one is no character of it, or the name is no encoding.
pub fn decode_exactly(bytes: &[u8], name: &str) -> Option<String> {
    let encoding = Encoding::for_label(name.as_bytes())?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// Decodes a file. `declared` is an encoding name given by a person, which yields only to a byte order mark.
///
/// # Errors
/// [`DecodeError`] where the bytes are no text, or none of the likely encodings fits.
pub fn decode(bytes: impl AsRef<[u8]>, declared: Option<&str>) -> Result<Decoded, DecodeError> {
    let bytes = bytes.as_ref();
    if let Some(mark) = mark_of(bytes) {
        return marked(bytes, mark).repaired(true);
    }
    match declared {
        Some(name) => Ok(whole(bytes, encoding_of(name)?, "declared")).and_then(|text| text.repaired(false)),
        None => unmarked(bytes, None),
    }
}

/// Decodes a file of which a name of its encoding is known that may be wrong, or not hold for every line: what it declares
/// itself, or what the piece of it before is.
///
/// # Errors
/// [`DecodeError`] where the bytes are no text, or none of the likely encodings fits.
pub fn decode_hinted(bytes: &[u8], hint: &str) -> Result<Decoded, DecodeError> {
    match mark_of(bytes) {
        Some(mark) => marked(bytes, mark).repaired(true),
        None => unmarked(bytes, Encoding::for_label(hint.as_bytes())),
    }
}

fn marked(bytes: &[u8], mark: Mark) -> RawText {
    match mark {
        Mark::Standard(encoding, length) if encoding == UTF_8 && std::str::from_utf8(&bytes[length..]).is_err() => {
            RawText::of_lines(decode_lines(&bytes[length..], length, Some(UTF_8)), "bom")
        }
        Mark::Standard(encoding, length) => {
            RawText::new(Transcoder::of(&bytes[length..], encoding, length), encoding.name(), "bom")
        }
        Mark::Utf32(big) => RawText::new(utf32(bytes, big), if big { "UTF-32BE" } else { "UTF-32LE" }, "bom"),
    }
}

fn whole(bytes: &[u8], encoding: &'static Encoding, evidence: &'static str) -> RawText {
    RawText::new(Transcoder::of(bytes, encoding, 0), encoding.name(), evidence)
}

fn unmarked(bytes: &[u8], hint: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    if let Some(encoding) = hint.filter(|hint| *hint == UTF_16LE || *hint == UTF_16BE) {
        return whole(bytes, encoding, "declared").repaired(true);
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return whole(bytes, encoding, "detected").repaired(true);
    }
    if bytes.is_ascii() {
        match seven_bit::read(bytes) {
            Some(SevenBit::Text(name, coder)) => return RawText::new(coder, name, "detected").repaired(true),
            Some(SevenBit::Unsupported(name)) => return Err(DecodeError::Unsupported(name)),
            None => {}
        }
    }
    if let Some(at) = byte_scan::binary_byte(bytes).filter(|_| hint.is_none()) {
        return Err(DecodeError::Binary(at));
    }
    // The decoder checks faster than the standard library.
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if is_doubtful(&text) => doubtful(&text, hint),
        Some(text) => utf8(&text),
        None => by_line(bytes, hint),
    }
}

fn utf8(text: &str) -> Result<Decoded, DecodeError> {
    RawText::new(Transcoder::whole(text.to_owned()), UTF_8.name(), "utf-8").repaired(true)
}

/// What is UTF-8 by chance perhaps: as the rest of the file is, else GBK where that reads and UTF-8 does not.
fn doubtful(text: &str, hint: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    match hint {
        Some(hint) if hint != UTF_8 => by_line(text.as_bytes(), Some(hint)),
        None if chance::is_gbk(text) => whole(text.as_bytes(), GB18030, "detected").repaired(true),
        _ => utf8(text),
    }
}

/// More than one replaced byte in this many means the encoding is wrong.
const TOLERATED: u64 = 50;
/// So few are tolerated in a short text that reads well.
const FEW: u64 = 4;

fn by_line(bytes: &[u8], hint: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    let lines = decode_lines(bytes, 0, hint);
    let tally = CharacterTally::of(&lines.coder.text);
    let replaced = lines.coder.replaced;
    let tolerated = replaced * TOLERATED <= bytes.len() as u64 || (replaced <= FEW && tally.score() >= 0.3);
    let raw = RawText::of_lines(lines, if hint.is_some() { "declared" } else { "detected" });
    if hint.is_some() || (tolerated && tally.is_readable()) {
        return raw.repaired(true);
    }
    let closest = closest(bytes, raw.encoding);
    // Lists of rare characters, and texts of ASCII with a few signs, are no Chinese pages, and are of an encoding all the same.
    if replaced == 0 && (tally.jumps + tally.strange) * 5 <= tally.all && closest == raw.encoding {
        return raw.repaired(true);
    }
    Err(DecodeError::Unknown { closest, replaced })
}

/// The name of what bytes look like to a detector of all encodings, where that is not one that was tried.
fn closest(bytes: &[u8], tried: &'static str) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow).name();
    if matches!(guess, "GBK" | "gb18030" | "Big5" | "UTF-8") { tried } else { guess }
}

#[cfg(test)]
mod tests;

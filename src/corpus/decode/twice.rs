//! Text encoded twice: bytes of one encoding that were read as another and written again. Only lines that read badly are
//! looked at, and only what reads well afterwards is changed.

use super::readable::CharacterTally;
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What text was read as, and what it was.
const MISREADINGS: [(&Encoding, &Encoding); 6] =
    [(GBK, UTF_8), (WINDOWS_1252, UTF_8), (WINDOWS_1252, GB18030), (BIG5, UTF_8), (GBK, BIG5), (BIG5, GBK)];

/// Signs of ASCII that are no second byte of any of them: pieces between them are mended one by one.
const SEPARATORS: [char; 5] = ['"', '\t', '<', '>', '\n'];

/// Lines that were encoded twice in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TwiceEncoded {
    /// What the text was.
    pub(super) was: &'static str,
    /// What it was read as.
    pub(super) read_as: &'static str,
    /// Number of lines.
    pub(super) lines: u64,
    /// Characters that could not be brought back.
    pub(super) lost: u64,
    /// Where the first of them begins in the text that was mended.
    pub(super) first: usize,
}

/// The text with its lines mended; `None` where nothing was encoded twice.
pub(super) fn mended(text: &str, suspects: &[Range<usize>]) -> Option<(String, Vec<TwiceEncoded>)> {
    let (mut out, mut found, mut at) = (String::new(), Vec::new(), 0);
    for line in suspects {
        let Some(mended) = LineMender::mended(&text[line.clone()]) else { continue };
        out.push_str(&text[at..line.start]);
        at = line.end;
        note(&mut found, &mended, out.len());
        out.push_str(&mended.text);
    }
    out.push_str(&text[at..]);
    (!found.is_empty()).then_some((out, found))
}

fn note(found: &mut Vec<TwiceEncoded>, line: &LineMender, first: usize) {
    let Some((seen, was)) = line.misreading else { return };
    let same = |twice: &&mut TwiceEncoded| twice.was == was.name() && twice.read_as == seen.name();
    if let Some(twice) = found.iter_mut().find(same) {
        twice.lines += 1;
        twice.lost += line.lost;
        return;
    }
    found.push(TwiceEncoded { was: was.name(), read_as: seen.name(), lines: 1, lost: line.lost, first });
}

/// A line on its way back.
#[derive(Default)]
struct LineMender {
    text: String,
    misreading: Option<(&'static Encoding, &'static Encoding)>,
    lost: u64,
}

impl LineMender {
    fn mended(line: &str) -> Option<Self> {
        let mut mender = Self::default();
        for piece in line.split_inclusive(SEPARATORS) {
            match back(piece) {
                Some(back) => {
                    mender.misreading = mender.misreading.or(Some(back.misreading));
                    mender.lost += back.lost;
                    mender.text.push_str(&back.text);
                }
                None => mender.text.push_str(piece),
            }
        }
        mender.misreading.is_some().then_some(mender)
    }
}

/// A piece of text, brought back.
struct WayBack {
    text: String,
    misreading: (&'static Encoding, &'static Encoding),
    lost: u64,
}

/// The best way back of a piece that reads badly.
fn back(piece: &str) -> Option<WayBack> {
    let before = CharacterTally::of(piece);
    if !before.is_suspicious() {
        return None;
    }
    let ways = MISREADINGS.into_iter().filter_map(|(seen, was)| way_back(piece, &before, seen, was));
    ways.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(way, _)| way)
}

/// One way back with the score of its text, where it leads to text that reads well.
fn way_back(
    piece: &str,
    before: &CharacterTally,
    seen: &'static Encoding,
    was: &'static Encoding,
) -> Option<(WayBack, f64)> {
    let latin = seen == WINDOWS_1252;
    let written = piece.chars().filter(|c| !c.is_whitespace()).count();
    if latin && (before.latin + before.other) * 10 < written * if was == UTF_8 { 3 } else { 5 } {
        return None;
    }
    // Between two double-byte encodings each text is a text of the other: only rare characters speak for a misreading.
    if !latin && was != UTF_8 && before.rare * 3 < before.all {
        return None;
    }
    let (text, lost) = decoded(&bytes_of(piece, seen)?, was);
    let after = CharacterTally::of(&text);
    let score = after.score();
    let far = score - before.score();
    // Text of UTF-8 that is whole is hardly chance; anything else must be long and read well.
    let sure = was == UTF_8 && lost == 0 && after.all >= 2 && after.rare + after.other + after.strange == 0;
    let well = after.all >= if was == UTF_8 { 4 } else { 6 } && score >= if was == UTF_8 { 0.3 } else { 0.5 };
    let few_lost = lost * 5 <= after.all as u64;
    let found = (sure && far >= 0.3) || (well && far >= 0.4 && few_lost);
    found.then_some((WayBack { text, misreading: (seen, was), lost }, score - lost as f64 / after.all.max(1) as f64))
}

/// A byte that no text of any of the encodings has: what was lost when it was misread.
const LOST: u8 = 0xFF;

/// The bytes that were misread; `None` where a character cannot have come of it.
fn bytes_of(piece: &str, seen: &'static Encoding) -> Option<Vec<u8>> {
    if seen == WINDOWS_1252 {
        return piece.chars().map(latin_byte).collect();
    }
    let codes = double_bytes(seen);
    let mut bytes = Vec::with_capacity(piece.len());
    for c in piece.chars() {
        match c {
            '\u{FFFD}' => bytes.push(LOST),
            '€' | '\u{80}' => bytes.push(0x80),
            _ if c.is_ascii() => bytes.push(c as u8),
            _ => bytes.extend_from_slice(codes.get(&c)?),
        }
    }
    Some(bytes)
}

/// The codes of two bytes of an encoding by character: its encoder looks for Han characters one by one.
fn double_bytes(encoding: &'static Encoding) -> &'static FxHashMap<char, [u8; 2]> {
    static CODES: [OnceLock<FxHashMap<char, [u8; 2]>>; 2] = [OnceLock::new(), OnceLock::new()];
    let codes = if encoding == BIG5 { &CODES[0] } else { &CODES[1] };
    codes.get_or_init(|| {
        let pairs = (0x81..=0xFE).flat_map(|lead| (0x40..=0xFE).map(move |trail| [lead, trail]));
        let code = |pair: [u8; 2]| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&pair)?;
            let mut chars = text.chars();
            Some((chars.next()?, pair)).filter(|_| chars.next().is_none())
        };
        pairs.filter_map(code).collect()
    })
}

fn latin_byte(c: char) -> Option<u8> {
    if c == '\u{FFFD}' {
        return Some(LOST);
    }
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (encoded, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    encoded.first().copied().filter(|_| !unmappable)
}

/// The text of bytes with the number of characters that are lost. A question mark behind a broken character stood for its
/// last byte.
fn decoded(bytes: &[u8], was: &'static Encoding) -> (String, u64) {
    let (text, malformed) = was.decode_without_bom_handling(bytes);
    if !malformed {
        return (text.into_owned(), 0);
    }
    let (mut out, mut lost, mut broken) = (String::with_capacity(text.len()), 0, false);
    for c in text.chars() {
        match c {
            '\u{FFFD}' if broken => {}
            '\u{FFFD}' => {
                lost += 1;
                broken = true;
                out.push(c);
            }
            '?' if broken => broken = false,
            _ => {
                broken = false;
                out.push(c);
            }
        }
    }
    (out, lost)
}

#[cfg(test)]
mod tests {
    use super::super::readable::TextLook;
    use super::*;

    const TEXT: &str = "市总工会举行送温暖活动，为困难职工送去慰问金。";

    fn mend(text: &str) -> Option<(String, Vec<TwiceEncoded>)> {
        mended(text, &TextLook::over(text).suspects)
    }

    fn misread(text: &str, was: &'static Encoding, seen: &'static Encoding) -> String {
        seen.decode_without_bom_handling(&was.encode(text).0).0.into_owned()
    }

    #[test]
    fn the_way_back_is_found() {
        for (was, seen) in [(UTF_8, WINDOWS_1252), (GB18030, WINDOWS_1252)] {
            let (text, found) = mend(&misread(TEXT, was, seen)).unwrap();
            assert_eq!((text.as_str(), found[0].lines, found[0].lost), (TEXT, 1, 0));
        }
        // An even number of bytes loses nothing.
        let (text, found) = mend(&misread("市总工会举行送温暖活动", UTF_8, GBK)).unwrap();
        assert!(text.starts_with("市总工会举行送温暖活") && found[0].lost <= 1, "{text}");
        assert_eq!(mend("宸ヤ細").unwrap().0, "工会");
        assert_eq!(mend("å·¥ä¼š").unwrap().0, "工会");
    }

    #[test]
    fn fields_of_a_line_are_mended_one_by_one() {
        let line = format!("{{\"title\":\"{}\",\"body\":\"{TEXT}\"}}\n", "宸ヤ細");
        assert_eq!(mend(&line).unwrap().0, format!("{{\"title\":\"工会\",\"body\":\"{TEXT}\"}}\n"));
    }

    #[test]
    fn what_reads_well_or_has_no_way_back_stays() {
        for text in [TEXT, "café crème brûlée", "涓涓细流", "锟斤拷锟斤拷", "Ä Ö Ü ß é è", "龘靐齉爩", ""]
        {
            assert!(mend(text).is_none(), "{text}");
        }
    }
}

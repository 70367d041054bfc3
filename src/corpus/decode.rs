//! Bytes → text: byte order mark, then a declared encoding, then UTF-8, then what the bytes look like. Every byte that
//! had to be replaced is counted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding in the WHATWG standard.
    pub encoding: &'static str,
    /// How it was known: `bom`, `declared`, `utf-8` (valid as such), or `detected`.
    pub evidence: &'static str,
    /// Bytes that are no character of the encoding, each malformed run shown as U+FFFD.
    pub replaced: u64,
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
    /// The declared name is no encoding.
    #[error("`{0}` is no encoding; use a name such as utf-8, gb18030, big5, utf-16le")]
    NoSuchEncoding(String),
}

/// The standard's name of an encoding.
///
/// # Errors
/// [`DecodeError::NoSuchEncoding`].
pub fn encoding_name(name: &str) -> Result<String, DecodeError> {
    let encoding = Encoding::for_label(name.as_bytes()).ok_or_else(|| DecodeError::NoSuchEncoding(name.to_owned()))?;
    Ok(encoding.name().to_owned())
}

/// Bytes that are known to be of an encoding; `None` where one is no character of it, or the name is no encoding.
pub fn decode_exactly(bytes: &[u8], name: &str) -> Option<String> {
    let encoding = Encoding::for_label(name.as_bytes())?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// More than one replaced byte in this many means the encoding is wrong.
const TOLERATED: u64 = 50;

/// Decodes a file. `declared` is an encoding name given by a person, which yields only to a byte order mark.
///
/// # Errors
/// [`DecodeError`] where the bytes are no text, or none of the likely encodings fits.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, DecodeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(decode_as(&bytes[mark..], encoding, "bom"));
    }
    if let Some(name) = declared {
        let encoding =
            Encoding::for_label(name.as_bytes()).ok_or_else(|| DecodeError::NoSuchEncoding(name.to_owned()))?;
        return Ok(decode_as(&bytes, encoding, "declared"));
    }
    if let Some(encoding) = bare_utf16(&bytes) {
        return Ok(decode_as(&bytes, encoding, "detected"));
    }
    if let Some(at) = bytes.iter().position(|byte| is_binary(*byte)) {
        return Err(DecodeError::Binary(at));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: UTF_8.name(), evidence: "utf-8", replaced: 0 }),
        Err(error) => detect(error.as_bytes()),
    }
}

/// Control bytes other than tab, line ends, form feed, and the end mark 0x1A of old DOS files.
fn is_binary(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x0B | 0x1A | 0x1B)
}

/// The candidate with the fewest bytes that it cannot read; the guess of chardetng goes first among equals.
fn detect(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    let mut candidates = vec![UTF_8, GB18030, BIG5];
    if guess.name() == BIG5.name() {
        candidates = vec![UTF_8, BIG5, GB18030];
    }
    let decoded = candidates.into_iter().map(|encoding| decode_as(bytes, encoding, "detected"));
    let best = decoded.min_by_key(|decoded| (decoded.replaced, strange_characters(&decoded.text)));
    match best {
        Some(decoded) if decoded.replaced * TOLERATED <= bytes.len() as u64 && mostly_readable(&decoded.text) => {
            Ok(decoded)
        }
        best => Err(DecodeError::Unknown {
            closest: best.as_ref().map_or(guess.name(), |decoded| decoded.encoding),
            replaced: best.map_or(0, |decoded| decoded.replaced),
        }),
    }
}

/// Characters that Chinese pages do not use: what a wrong double-byte encoding produces.
fn is_strange(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{FF}' | '\u{2000}'..='\u{27BF}' | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FA5}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{0391}'..='\u{0451}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{2FFFF}')
}

fn strange_characters(text: &str) -> usize {
    text.chars().filter(|c| is_strange(*c)).count()
}

/// Characters of a text that are looked at to tell whether it is readable.
const SAMPLE: usize = 20_000;

/// Frequent characters of Chinese news, simplified and traditional.
const COMMON: &str = "\
    的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里裡如水化\
    高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第\
    向道命此变變条條只没沒结結解问問意建月公无無系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計\
    别別她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据據处處队隊南给給色光门門即保治北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯什认認六共权權收\
    证證改清己美再采採转轉更单單风風切打白教速花带帶安场場身车車例真务務具万萬每目至达達走积積示议議声聲报報斗完类類八离離华華名确確才科张張信马馬节節话話米整空元况今集温溫传傳土许許步群广廣石记記需段研界\
    拉林律叫且究观觀越织織装裝\
";

/// Whether a text reads as Chinese: hardly any character that pages do not use, and one in twelve a frequent one.
fn mostly_readable(text: &str) -> bool {
    let sample = || text.chars().take(SAMPLE).filter(|c| !c.is_ascii());
    let (outside, common) = (sample().count(), sample().filter(|c| COMMON.contains(*c)).count());
    let strange = sample().filter(|c| is_strange(*c)).count();
    outside == 0 || (strange * 5 <= outside && common * 12 >= outside)
}

/// Bytes that are decoded at once: each malformed byte ends a step, and a step must not cost more than this.
const WINDOW: usize = 8192;

fn decode_as(bytes: &[u8], encoding: &'static Encoding, evidence: &'static str) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut part) = (String::with_capacity(bytes.len()), String::new());
    let (mut at, mut replaced) = (0, 0);
    loop {
        let end = bytes.len().min(at + WINDOW);
        let window = &bytes[at..end];
        part.clear();
        part.reserve(decoder.max_utf8_buffer_length_without_replacement(window.len()).unwrap_or(4 * WINDOW));
        let (result, read) = decoder.decode_to_string_without_replacement(window, &mut part, end == bytes.len());
        at += read;
        text.push_str(&part);
        match result {
            DecoderResult::InputEmpty if end == bytes.len() => {
                return Decoded { text, encoding: encoding.name(), evidence, replaced };
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, _) => {
                text.push('\u{FFFD}');
                replaced += u64::from(length);
            }
        }
    }
}

/// UTF-16 without a mark: an even number of bytes that reads as Chinese in one byte order and not in the other.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4096;
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
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

    const TEXT: &str = "本报讯(记者周平和)近日,市总工会举行送温暖活动,为困难职工送去慰问金300元。\n工会干部走进车间,听取职工的意见。\n";
    const TRADITIONAL: &str = "本報訊（記者周平和）近日，市總工會舉行送溫暖活動，為困難職工送去慰問金。\n工會幹部走進車間，聽取職工的意見。\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_told() {
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let cases: Vec<(Vec<u8>, &str, &str, &str)> = vec![
            (TEXT.as_bytes().to_vec(), TEXT, "UTF-8", "utf-8"),
            (with_mark(b"\xEF\xBB\xBF", TEXT.as_bytes().to_vec()), TEXT, "UTF-8", "bom"),
            (GB18030.encode(TEXT).0.into_owned(), TEXT, "gb18030", "detected"),
            (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL, "Big5", "detected"),
            (with_mark(b"\xFF\xFE", utf16(TEXT, false)), TEXT, "UTF-16LE", "bom"),
            (with_mark(b"\xFE\xFF", utf16(TEXT, true)), TEXT, "UTF-16BE", "bom"),
            (utf16(TEXT, false), TEXT, "UTF-16LE", "detected"),
            (utf16(TEXT, true), TEXT, "UTF-16BE", "detected"),
        ];
        for (bytes, text, encoding, evidence) in cases {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding, decoded.evidence, decoded.replaced),
                (text, encoding, evidence, 0)
            );
        }
    }

    #[test]
    fn every_replaced_byte_is_counted() {
        let mut bytes = TEXT.repeat(4).into_bytes();
        let between = TEXT.find('近').unwrap();
        bytes.splice(between..between, [0xFF, 0xFE]);
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 2));
        assert_eq!(decoded.text.matches('\u{FFFD}').count(), 2);
    }

    #[test]
    fn characters_across_windows_are_whole_and_many_bad_bytes_are_read_in_one_pass() {
        for encoding in [UTF_8, GB18030, BIG5] {
            let text = if encoding == BIG5 { TRADITIONAL } else { TEXT }.repeat(400);
            for shift in 0..3 {
                let shifted = format!("{}{text}", "x".repeat(shift));
                assert_eq!(decode_as(&encoding.encode(&shifted).0, encoding, "declared").text, shifted);
            }
        }
        // Four seconds a megabyte when each bad byte had the whole rest looked at.
        let gbk = GB18030.encode(&TEXT.repeat(20_000)).0.into_owned();
        let start = std::time::Instant::now();
        assert_eq!(decode(gbk, None).unwrap().encoding, "gb18030");
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_reason() {
        assert_eq!(decode(b"\x7fELF\x00\x01\x02".to_vec(), None), Err(DecodeError::Binary(4)));
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
        assert!(matches!(decode(noise, None), Err(DecodeError::Unknown { .. })));
        let latin: Vec<u8> = "caf\u{e9} cr\u{e8}me br\u{fb}l\u{e9}e ".repeat(20).chars().map(|c| c as u8).collect();
        assert!(matches!(decode(latin, None), Err(DecodeError::Unknown { .. })));
        assert!(matches!(decode(b"x".to_vec(), Some("klingon")), Err(DecodeError::NoSuchEncoding(_))));
    }

    #[test]
    fn known_bytes_are_characters_or_nothing() {
        let read = |bytes: &[u8], name| decode_exactly(bytes, name);
        assert_eq!(read(b"\xB9\xA4\xBB\xE1", "gbk").as_deref(), Some("工会"));
        assert_eq!(read(b"\x5D\xE5", "utf-16be").as_deref(), Some("工"));
        assert_eq!((read(b"\xB9", "gbk"), read(b"a", "klingon")), (None, None));
    }

    #[test]
    fn a_declared_encoding_wins_over_detection_but_not_over_a_mark() {
        let bytes = GB18030.encode("工会").0.into_owned();
        assert_eq!(decode(bytes, Some("gbk")).unwrap().text, "工会");
        let marked = [b"\xEF\xBB\xBF".as_slice(), "工会".as_bytes()].concat();
        assert_eq!(decode(marked, Some("gbk")).unwrap().text, "工会");
    }
}

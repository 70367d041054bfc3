//! Whole files through the decoder.

use super::*;
use encoding_rs::BIG5;

const TEXT: &str =
    "本报讯(记者周平和)近日,市总工会举行送温暖活动,为困难职工送去慰问金300元。\n工会干部走进车间,听取职工的意见。\n";
const TRADITIONAL: &str =
    "本報訊（記者周平和）近日，市總工會舉行送溫暖活動，為困難職工送去慰問金。\n工會幹部走進車間，聽取職工的意見。\n";

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
        assert_eq!(decoded.notes, []);
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
    let offset = between as u64;
    assert_eq!(decoded.places[0], ReplacedPlace { line: 1, offset });
    assert_eq!(decoded.notes[0].arguments, ["2", "UTF-8", &format!("1:{offset}, 1:{}", offset + 1)]);
}

#[test]
fn characters_across_windows_are_whole() {
    for encoding in [UTF_8, GB18030, BIG5] {
        let text = if encoding == BIG5 { TRADITIONAL } else { TEXT }.repeat(400);
        for shift in 0..3 {
            let shifted = format!("{}{text}", "x".repeat(shift));
            assert_eq!(Transcoder::of(&encoding.encode(&shifted).0, encoding, 0).text, shifted);
        }
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    assert_eq!(decode(b"\x7fELF\x00\x01\x02", None), Err(DecodeError::Binary(4)));
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
    assert!(matches!(decode(noise, None), Err(DecodeError::Unknown { .. })));
    let latin: Vec<u8> = "caf\u{e9} cr\u{e8}me br\u{fb}l\u{e9}e ".repeat(20).chars().map(|c| c as u8).collect();
    assert!(matches!(decode(latin, None), Err(DecodeError::Unknown { .. })));
    assert!(matches!(decode(b"x", Some("klingon")), Err(DecodeError::NoSuchEncoding(_))));
    assert_eq!(decode(b"\x1B$)Gab", None), Err(DecodeError::Unsupported("ISO-2022-CN")));
    let private: String = (0..400).filter_map(|n| char::from_u32(0xE000 + n * 7 % 0x1900)).collect();
    assert_eq!(decode(private.into_bytes(), None), Err(DecodeError::Unreadable));
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
    // What a person states is not undone again by what was encoded twice.
    assert_eq!(decode("市总工会举行活动".as_bytes(), Some("gbk")).unwrap().encoding, "GBK");
    assert!(!decode("市总工会举行活动".as_bytes(), Some("gbk")).unwrap().text.contains('会'));
}

#[test]
fn a_hint_decides_what_may_be_either() {
    // The bytes of 一 in GBK are a character of Cyrillic in UTF-8.
    let bytes = b"a\xD2\xBB".to_vec();
    assert_eq!(decode_hinted(&bytes, "gb18030").unwrap().text, "a一");
    assert_eq!(decode_hinted(&bytes, "utf-8").unwrap().text, "a\u{4BB}");
    assert_eq!(decode_hinted("工会".as_bytes(), "gbk").unwrap().text, "工会");
    let mixed = [GB18030.encode(TEXT).0.as_ref(), TEXT.as_bytes()].concat();
    assert_eq!(decode_hinted(&mixed, "gbk").unwrap().text, TEXT.repeat(2));
}

#[test]
fn lines_of_several_encodings_are_told() {
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    let mixed =
        [gb(&TEXT.repeat(3)), "工会的一行\n".into(), gb(TEXT), BIG5.encode(TRADITIONAL).0.into_owned()].concat();
    let decoded = decode(mixed, None).unwrap();
    assert_eq!(decoded.text, format!("{}工会的一行\n{TEXT}{TRADITIONAL}", TEXT.repeat(3)));
    assert_eq!((decoded.encoding, decoded.evidence, decoded.replaced), ("gb18030", "by line", 0));
    let told: Vec<_> =
        decoded.notes.iter().map(|note| (note.code.as_str(), note.line, note.arguments.join(" "))).collect();
    assert_eq!(
        told,
        [
            ("mixed_encodings", Some(10), "Big5 2 10–11".to_owned()),
            ("mixed_encodings", Some(7), "UTF-8 1 7".to_owned())
        ]
    );
}

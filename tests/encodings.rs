//! Encodings: each one against what encodes it, each fault in each of them, and texts of which nothing must be changed.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::corpus::{Decoded, decode};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};
use support::Random;

/// Own text, in characters of GB 2312.
const SIMPLIFIED: &str = "市总工会冬季送温暖\n本报讯　近日，市总工会干部走进三家企业的车间，为困难职工送去米面油和慰问金。\n大家说，工会\
                          是职工的娘家，有了难处就来这里。\n今年以来，各级工会已经走访职工一千二百户，发放物资价值八十万元。\n";
/// Own text, in characters of Big5.
const TRADITIONAL: &str = "市總工會冬季送溫暖\n本報訊　近日，市總工會幹部走進三家企業的車間，為困難職工送去米麵油和慰問金。\n大家說，工會是職\
                           工的娘家，有了難處就來這裡。\n今年以來，各級工會已經走訪職工一千二百戶，發放物資價值八十萬元。\n";
/// Characters of four bytes in GB 18030.
const FOUR_BYTES: &str = "职工代表㐀、𠂇、𪚥和䶮三人的名字，字库里查得到，会场上有人读不出来。\n";
/// Characters that Big5 has of Hong Kong.
const HONG_KONG: &str = "工友講：佢哋喺廠裡食飯，啲嘢好好食，唔該晒。嚟開會嘅人好多。\n";

/// A text as bytes in one way.
struct Form {
    name: &'static str,
    evidence: &'static str,
    text: String,
    /// Bytes before the text.
    mark: &'static [u8],
    encode: fn(&str) -> Vec<u8>,
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn utf32(text: &str, big: bool) -> Vec<u8> {
    text.chars().flat_map(|c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }).collect()
}

fn legacy(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{} has not all of {text}", encoding.name());
    bytes.into_owned()
}

fn forms() -> Vec<Form> {
    let gb = format!("{SIMPLIFIED}{FOUR_BYTES}");
    let big = format!("{TRADITIONAL}{HONG_KONG}");
    let all = format!("{gb}{big}");
    let form = |name, evidence, text: &str, mark, encode| Form { name, evidence, text: text.to_owned(), mark, encode };
    vec![
        form("UTF-8", "utf-8", &all, b"", |text| text.as_bytes().to_vec()),
        form("UTF-8", "bom", &all, b"\xEF\xBB\xBF", |text| text.as_bytes().to_vec()),
        form("gb18030", "detected", &gb, b"", |text| legacy(GB18030, text)),
        form("gb18030", "bom", &gb, b"\x84\x31\x95\x33", |text| legacy(GB18030, text)),
        form("Big5", "detected", &big, b"", big5_hkscs),
        form("UTF-16LE", "detected", SIMPLIFIED, b"", |text| utf16(text, false)),
        form("UTF-16BE", "detected", TRADITIONAL, b"", |text| utf16(text, true)),
        form("UTF-16LE", "bom", &all, b"\xFF\xFE", |text| utf16(text, false)),
        form("UTF-16BE", "bom", &all, b"\xFE\xFF", |text| utf16(text, true)),
        form("UTF-32LE", "bom", &all, b"\xFF\xFE\0\0", |text| utf32(text, false)),
        form("UTF-32BE", "bom", &all, b"\0\0\xFE\xFF", |text| utf32(text, true)),
    ]
}

/// Big5 with the characters of Hong Kong, which the encoder of the standard leaves out: looked up by decoding.
fn big5_hkscs(text: &str) -> Vec<u8> {
    let pairs = (0x87..=0xFEu8).flat_map(|lead| (0x40..=0xFEu8).map(move |trail| [lead, trail]));
    let mut codes = std::collections::HashMap::new();
    for pair in pairs {
        if let Some(one) = BIG5.decode_without_bom_handling_and_without_replacement(&pair) {
            codes.entry(one.into_owned()).or_insert(pair);
        }
    }
    let code = |c: char| match BIG5.encode(&c.to_string()) {
        (bytes, _, false) => bytes.into_owned(),
        _ => codes.get(&c.to_string()).unwrap_or_else(|| panic!("Big5 has no {c}")).to_vec(),
    };
    text.chars().flat_map(code).collect()
}

impl Form {
    fn bytes(&self, text: &str) -> Vec<u8> {
        [self.mark, &(self.encode)(text)].concat()
    }

    fn decoded(&self, bytes: Vec<u8>) -> Decoded {
        decode(bytes, None).unwrap_or_else(|error| panic!("{} ({}): {error}", self.name, self.evidence))
    }
}

fn codes(decoded: &Decoded) -> Vec<(&str, Option<u64>)> {
    decoded.notes.iter().map(|note| (note.code.as_str(), note.line)).collect()
}

#[test]
fn each_encoding_gives_its_text_back_with_line_ends_of_every_kind() {
    for form in forms() {
        for end in ["\n", "\r\n", "\r"] {
            // UTF-16 without a mark is told by its line feeds.
            if end == "\r" && form.name.starts_with("UTF-16") && form.mark.is_empty() {
                continue;
            }
            let decoded = form.decoded(form.bytes(&form.text.replace('\n', end)));
            let wanted = if end == "\r" { form.text.clone() } else { form.text.replace('\n', end) };
            assert_eq!(decoded.text, wanted, "{} {end:?}", form.name);
            assert_eq!((decoded.encoding, decoded.evidence, decoded.replaced), (form.name, form.evidence, 0));
            assert_eq!(codes(&decoded), [], "{} {end:?}", form.name);
        }
    }
}

#[test]
fn each_line_alone_is_read_too() {
    for form in forms().iter().filter(|form| !form.name.starts_with("UTF-16")) {
        for line in form.text.lines() {
            let decoded = form.decoded(form.bytes(line));
            assert_eq!((decoded.text.as_str(), decoded.replaced), (line, 0), "{}", form.name);
        }
    }
}

#[test]
fn one_bad_unit_is_replaced_counted_and_located() {
    for form in forms() {
        let bad: &[u8] = match form.name {
            "UTF-16LE" => b"\x01\xD8",
            "UTF-16BE" => b"\xD8\x01",
            "UTF-32LE" => b"\0\0\x11\0",
            "UTF-32BE" => b"\0\x11\0\0",
            _ => b"\xFF",
        };
        // In the middle of the second line and of the third.
        for line in [2, 3] {
            let begin: usize = form.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let at = begin + form.text[begin..].char_indices().nth(6).expect("a long line").0;
            let (before, after) = form.text.split_at(at);
            let before_bytes = form.bytes(before);
            let bytes = [&before_bytes, bad, &(form.encode)(after)].concat();
            let decoded = form.decoded(bytes);
            assert_eq!(decoded.text, format!("{before}\u{FFFD}{after}"), "{}", form.name);
            assert_eq!(decoded.replaced, bad.len() as u64, "{}", form.name);
            let places: Vec<_> = decoded.places.iter().map(|place| (place.line, place.offset)).collect();
            assert_eq!(places, [(line as u64, before_bytes.len() as u64)], "{}", form.name);
            assert_eq!(codes(&decoded), [("replaced_bytes", Some(line as u64))], "{}", form.name);
        }
    }
}

#[test]
fn a_file_cut_off_in_a_character_keeps_the_rest() {
    for form in forms() {
        let text = form.text.trim_end_matches(['\n', '。']);
        let whole = form.bytes(text);
        let short = form.bytes(&text[..text.char_indices().next_back().expect("text").0]);
        for length in short.len() + 1..whole.len() {
            let decoded = form.decoded(whole[..length].to_vec());
            let kept = &text[..text.len() - text.chars().next_back().expect("text").len_utf8()];
            assert_eq!(decoded.text, format!("{kept}\u{FFFD}"), "{}", form.name);
            assert_eq!(decoded.replaced, (length - short.len()) as u64, "{}", form.name);
            assert_eq!(decoded.places[0].line, text.lines().count() as u64, "{}", form.name);
        }
    }
}

#[test]
fn a_line_of_another_encoding_is_found_wherever_it_stands() {
    let line = |encoding: &'static Encoding| {
        if encoding == BIG5 {
            "本行講述工會幹部的工作。\n"
        } else {
            "这一行讲的是工会干部的工作。\n"
        }
    };
    let text = |encoding: &'static Encoding| if encoding == BIG5 { TRADITIONAL } else { SIMPLIFIED }.repeat(5);
    for most in [UTF_8, GB18030, BIG5] {
        for other in [UTF_8, GB18030, BIG5].into_iter().filter(|other| *other != most) {
            let lines: Vec<String> = text(most).split_inclusive('\n').map(str::to_owned).collect();
            for at in [0, 1, 7, lines.len() - 1, lines.len()] {
                let (before, after) = (lines[..at].concat(), lines[at..].concat());
                let bytes = [legacy(most, &before), legacy(other, line(other)), legacy(most, &after)].concat();
                let decoded = decode(bytes, None).expect("text");
                assert_eq!(decoded.text, format!("{before}{}{after}", line(other)), "{} {}", most.name(), other.name());
                assert_eq!((decoded.encoding, decoded.evidence), (most.name(), "by line"));
                assert_eq!(codes(&decoded), [("mixed_encodings", Some(at as u64 + 1))]);
            }
        }
    }
}

#[test]
fn halves_of_different_encodings_are_both_read() {
    for (first, second) in [(GB18030, UTF_8), (UTF_8, GB18030), (GB18030, BIG5), (BIG5, UTF_8)] {
        let text = |encoding: &'static Encoding| if encoding == BIG5 { TRADITIONAL } else { SIMPLIFIED }.repeat(30);
        let bytes = [legacy(first, &text(first)), legacy(second, &text(second))].concat();
        let decoded = decode(bytes, None).expect("text");
        assert_eq!(decoded.text, text(first) + &text(second));
        let lines: u64 = decoded.lines.iter().map(|lines| lines.lines).sum();
        assert_eq!((decoded.lines.len(), lines, decoded.replaced), (2, 240, 0));
    }
}

#[test]
fn text_encoded_twice_is_mended_and_told() {
    let cases: [(&'static Encoding, &'static Encoding, &str); 5] = [
        (UTF_8, WINDOWS_1252, SIMPLIFIED),
        (GB18030, WINDOWS_1252, SIMPLIFIED),
        (UTF_8, GBK, SIMPLIFIED),
        (UTF_8, WINDOWS_1252, TRADITIONAL),
        (UTF_8, GBK, TRADITIONAL),
    ];
    for (was, seen, text) in cases {
        let lines = text.lines().map(|line| seen.decode_without_bom_handling(&legacy(was, line)).0.into_owned());
        let twice = lines.collect::<Vec<_>>().join("\n");
        for form in [twice.as_bytes().to_vec(), utf16(&format!("\u{FEFF}{twice}"), false)] {
            let decoded = decode(form, None).expect("text");
            let lost = decoded.text.matches('\u{FFFD}').count();
            let note = &decoded.notes[0];
            assert_eq!((note.code.as_str(), note.line), ("encoded_twice", Some(1)), "{} {}", was.name(), seen.name());
            assert_eq!(note.arguments, [was.name(), seen.name(), "4", &lost.to_string()]);
            // What is there is right: each line is the original with single characters replaced.
            for (line, own) in decoded.text.lines().zip(text.lines()) {
                let same = line.chars().filter(|c| *c != '\u{FFFD}').all(|c| own.contains(c));
                assert!(same && own.chars().count() - line.replace('\u{FFFD}', "").chars().count() <= 2, "{line}");
            }
            assert!(seen == GBK || (lost == 0 && decoded.text == text.trim_end()), "{}", decoded.text);
        }
    }
    // Among lines that are as they should be, and nothing else of the file is touched.
    let good = SIMPLIFIED.repeat(4);
    let decoded = decode(format!("{good}宸ヤ細\n{good}å·¥ä¼š\n¹¤»á¹¤×÷±¨¸æ\n").into_bytes(), None).expect("text");
    assert_eq!(decoded.text, format!("{good}工会\n{good}工会\n工会工作报告\n"));
    assert_eq!(
        codes(&decoded),
        [("encoded_twice", Some(17)), ("encoded_twice", Some(34)), ("encoded_twice", Some(35))]
    );
}

#[test]
fn words_of_gbk_that_are_utf8_by_chance_are_read_as_the_file_is() {
    for text in ["ask: 为什么\n", "fn f() { '！' }\n// 送\n// 维权\n", "a\nb\n应为\n"] {
        assert_eq!(decode(legacy(GB18030, text), None).expect("text").text, text);
    }
}

#[test]
fn lost_characters_are_only_told() {
    let text = format!("{SIMPLIFIED}工会锟斤拷锟斤拷职工\u{FFFD}\n");
    let decoded = decode(text.clone().into_bytes(), None).expect("text");
    assert_eq!((decoded.text, codes_of(&decoded.notes)), (text, vec![("lost_characters", Some(5), "5".to_owned())]));
}

fn codes_of(notes: &[baoku::model::Problem]) -> Vec<(&str, Option<u64>, String)> {
    notes.iter().map(|note| (note.code.as_str(), note.line, note.arguments.join(" "))).collect()
}

#[test]
fn private_use_of_gbk_is_mapped_in_every_form() {
    let (text, wanted) =
        ("工会的\u{E816}字和\u{E81E}字，还有\u{E000}字。\n", "工会的\u{20087}字和\u{9FB4}字，还有\u{E000}字。\n");
    let four_bytes = [GBK.encode("工会的").0.as_ref(), b"\x95\x32\x90\x31", &GBK.encode("字").0].concat();
    assert_eq!(decode(four_bytes, None).expect("text").text, "工会的\u{20087}字");
    for bytes in [text.as_bytes().to_vec(), utf16(&format!("\u{FEFF}{text}"), true)] {
        let decoded = decode(bytes, None).expect("text");
        assert_eq!(decoded.text, wanted);
        assert_eq!(codes_of(&decoded.notes), [("private_use", Some(1), "2 1".to_owned())]);
    }
}

#[test]
fn readings_of_a_conversion_are_taken_out_of_every_form() {
    let wanted = "全國總工會發出通知，要求各級工會關心困難職工的生活，做好送溫暖工作，把關懷送到職工心上。\n";
    let text =
        wanted.replace("國", "國(guó)").replace("發", "發(fā)").replace("會", "會(huì)").replace("關心", "關(guān)心");
    let json = format!("{{\"title\":\"x\",\"body\":\"{}\"}}\n", text.trim_end());
    for (bytes, wanted) in [
        (text.as_bytes().to_vec(), wanted.to_owned()),
        (utf16(&format!("\u{FEFF}{text}"), false), wanted.to_owned()),
        (legacy(GB18030, &text), wanted.to_owned()),
        (json.into_bytes(), format!("{{\"title\":\"x\",\"body\":\"{}\"}}\n", wanted.trim_end())),
    ] {
        let decoded = decode(bytes, None).expect("text");
        assert_eq!(decoded.text, wanted);
        assert_eq!(codes_of(&decoded.notes), [("bracketed_readings", Some(1), "5".to_owned())]);
    }
}

/// Texts that must be taken as they are.
const UNUSUAL: &[&str] = &[
    "短",
    "第3版",
    "a",
    "The union held its annual meeting. Café, naïve, Zürich, São Paulo: all were there.",
    "1\t200\t3,000\n2\t180\t2,900\n3\t-5\t0.5\n",
    "Ĝis la revido, ĉiuj laboristoj ŝatas sian ĵurnalon kaj ĥoron.",
    "Công đoàn tổ chức hội nghị thường niên tại Hà Nội, nhiều đại biểu tham dự.",
    "Профсоюз провёл ежегодное собрание на заводе.",
    "労働組合は年次大会を開き、安全第一の方針を決めました。ラーメンとカレーも出ました。",
    "노동조합은 연례 회의를 열고 안전을 결정했습니다.",
    "བོད་ལྗོངས་བཟོ་པའི་ཚོགས་པས་ཚོགས་འདུ་འཚོགས་པ་རེད།",
    "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠪᠢᠴᠢᠭ ᠠᠵᠢᠯᠴᠢᠳ",
    "ئىشچىلار ئۇيۇشمىسى يىغىن ئاچتى.",
    "ꆈꌠꁱꂷ ꉬꄒꌋꆀ ꃅꄷꌠ",
    "张三 李四 王五 赵六 钱七 孙八 周九 吴十 郑十一",
    "龘靐齉爩鱻麤龗灪龖厵滟爨癵籱饢驫鲡鹂鸾",
    "涓涓细流，锛子和锤子，鐨与锂。",
    "工(gōng)人(rén)学拼音",
    "１２３４５６７８９０",
    "★★★☆☆ ■□▲△ ①②③",
    "【】《》「」『』——……",
    "ａｂｃ　ＡＢＣ",
    "x² + y² = z², α ≤ β, ∑ ∞ √",
    "😀😃 工会加油 👍",
];

#[test]
fn unusual_texts_are_taken_as_they_are() {
    for text in UNUSUAL {
        for text in [(*text).to_owned(), format!("{text}\n").repeat(60), format!("{SIMPLIFIED}{text}\n")] {
            let decoded = decode(text.clone().into_bytes(), None).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(decoded.text, text);
            let codes = codes(&decoded).into_iter().map(|(code, _)| code).filter(|code| *code != "unreadable_text");
            assert_eq!(codes.collect::<Vec<_>>(), [""; 0], "{text}");
        }
    }
    // Minority scripts in GB 18030 are of four bytes throughout.
    for text in &UNUSUAL[10..14] {
        let decoded = decode(legacy(GB18030, &format!("{text}\n").repeat(9)), None).expect("text");
        assert_eq!(decoded.text, format!("{text}\n").repeat(9));
    }
}

#[test]
fn any_bytes_are_decoded_or_refused_and_every_byte_is_explained() {
    let mut random = Random::new(18);
    let pieces: Vec<Vec<u8>> = vec![
        SIMPLIFIED.as_bytes().to_vec(),
        legacy(GB18030, SIMPLIFIED),
        legacy(BIG5, TRADITIONAL),
        utf16(SIMPLIFIED, false),
        "宸ヤ細å·¥ä¼š會(huì)&ldquo;".into(),
        b"~{9$;a~}+XeVPGg-\x1B$)A\x0E9$\x0F\r\r\n\r".to_vec(),
        vec![0xFF, 0xFE, 0xEF, 0xBB, 0xBF, 0x84, 0x31, 0x95, 0x33],
        (0x80..=0xFF).collect(),
    ];
    for _ in 0..1500 {
        let mut bytes = Vec::new();
        for _ in 0..1 + random.below(5) {
            let piece = random.pick(&pieces);
            let start = random.below(piece.len());
            bytes.extend_from_slice(&piece[start..start + random.below(piece.len() - start + 1)]);
        }
        for _ in 0..random.below(4) {
            let at = random.below(bytes.len().max(1)).min(bytes.len());
            bytes.insert(at, random.below(256) as u8);
        }
        if let Ok(decoded) = decode(bytes.clone(), None) {
            assert!(decoded.replaced <= bytes.len() as u64 && decoded.places.len() as u64 <= decoded.replaced.min(5));
            assert!(!decoded.text.contains('\r') || decoded.text.contains('\n'));
        }
        // Each byte is a part of a character or was replaced.
        bytes.retain(|byte| !matches!(byte, b'\r' | 0x80));
        let marked = [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF", b"\x84\x31\x95\x33", b"\0\0\xFE\xFF"];
        if marked.iter().any(|mark| bytes.starts_with(mark)) {
            continue;
        }
        let stated = decode(bytes.clone(), Some("utf-8")).expect("text");
        let own = stated.text.replace('\u{FFFD}', "").len() as u64;
        if !stated.notes.iter().any(|note| note.code == "bracketed_readings") {
            assert_eq!(own + stated.replaced, bytes.len() as u64);
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "\r",
        "\n",
        "(",
        "會(huì",
        "~{",
        "+",
        "+A",
        "&",
        "\x1B$B",
        "宸ヤ細\n",
        "å·¥\"",
        "\u{E000}",
        "\u{FFFD}",
        "锟斤拷",
    ] {
        let started = std::time::Instant::now();
        _ = decode(unit.repeat(300_000 / unit.len()).into_bytes(), None);
        assert!(started.elapsed().as_secs() < 20, "{unit:?}: {:?}", started.elapsed());
    }
    for unit in [b"\xB9\xA4\n\xE5\xB7\xA5\n".as_slice(), b"\xFF", b"\xFF\n", b"\xB9\r\r", b"\xA4\x75\n\xB9\xA4\n"] {
        let started = std::time::Instant::now();
        _ = decode(unit.repeat(300_000 / unit.len()), None);
        assert!(started.elapsed().as_secs() < 20, "{unit:?}: {:?}", started.elapsed());
    }
}

/// Nothing is said of a text, and nothing changed.
fn assert_untouched(name: &str, text: &str) {
    let mut forms = vec![("UTF-8", text.as_bytes().to_vec())];
    if !text.is_ascii() && !text.contains('\u{FEFF}') {
        forms.push(("gb18030", legacy(GB18030, text)));
    }
    for (encoding, bytes) in forms {
        let decoded = decode(bytes, None).unwrap_or_else(|error| panic!("{name} in {encoding}: {error}"));
        assert_eq!(decoded.text, text.trim_start_matches('\u{FEFF}'), "{name} in {encoding}");
        // Some texts do have characters of private use that no table knows.
        let is_false = |note: &&baoku::model::Problem| note.code != "private_use" || note.arguments[0] != "0";
        let notes: Vec<_> = decoded.notes.iter().filter(is_false).collect();
        assert!(
            notes.is_empty() && decoded.encoding == encoding,
            "{name} in {encoding}: {} {notes:?}",
            decoded.encoding
        );
    }
}

/// The texts of a folder and those below it.
fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let is_text = entry.extension().is_some_and(|end| ["txt", "jsonl", "md"].iter().any(|known| end == *known));
        if entry.is_dir() {
            found.extend(texts(&entry));
        } else if is_text {
            // A sample in GBK is among them.
            let text = std::fs::read_to_string(&entry).map(|text| text.replace("\r\n", "\n"));
            found.extend(text.ok().map(|text| (entry.display().to_string(), text)));
        }
    }
    found
}

#[test]
fn real_pages_are_not_touched() {
    let own = texts(&support::corpus());
    assert!(own.len() > 3);
    let folders = ["pages", "corpora/national", "corpora/labelled", "corpora/jingbao"];
    let others = folders.into_iter().filter_map(support::shared).flat_map(|folder| texts(&folder));
    for (name, text) in own.into_iter().chain(others) {
        assert_untouched(&name, &text);
    }
}

#[test]
fn broadcast_items_are_not_touched() {
    use std::io::BufRead;
    let Some(file) = support::shared("corpora/xwlb.jsonl.zst") else { return };
    let unpacked = zstd::Decoder::new(std::fs::File::open(file).expect("a file")).expect("zstd");
    // Over all 75,725 items: no change, and one note, of a character of private use that is there.
    let items = std::io::BufReader::new(unpacked).lines().step_by(50);
    let mut count = 0;
    for line in items.map(|line| line.expect("a line")) {
        let item: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| item[key].as_str().expect("a text").to_owned();
        assert_untouched(&text("id"), &format!("{}\n{}\n", text("title"), text("body")));
        count += 1;
    }
    assert!(count > 1000, "{count}");
}

/// The speed of decoding clean text: `cargo test --release --test encodings -- --ignored --nocapture speed`.
#[test]
#[ignore = "prints figures, and needs a release build to mean anything"]
fn speed() {
    let text = SIMPLIFIED.repeat(60_000);
    let mixed = [legacy(GB18030, SIMPLIFIED), SIMPLIFIED.into()].concat().repeat(20_000);
    let twice = SIMPLIFIED.lines().map(|line| GBK.decode_without_bom_handling(line.as_bytes()).0 + "\n");
    let twice = twice.collect::<String>().repeat(10_000).into_bytes();
    let forms = [
        ("UTF-8", text.clone().into_bytes()),
        ("GB18030", legacy(GB18030, &text)),
        ("Big5", legacy(BIG5, &TRADITIONAL.repeat(60_000))),
        ("GB18030 and UTF-8 by turns", mixed),
        ("UTF-8 read as GBK", twice),
    ];
    for (name, bytes) in forms {
        let size = bytes.len() as f64 / 1e6;
        let started = std::time::Instant::now();
        assert_eq!(decode(bytes, None).expect("text").replaced, 0);
        println!("{name}: {:.0} MB/s", size / started.elapsed().as_secs_f64());
    }
}

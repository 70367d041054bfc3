//! Readers of OCR outputs: hOCR, ALTO, METS, PaddleOCR, MinerU, Umi-OCR, Surya, docTR, Tesseract TSV, DeepSeek-OCR. What each reads of a file is written down beside it
//! (`tests/readers/*/*.lines`); with `BAOKU_WRITE_LINES=1` these files are written anew, to be looked at before a commit.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::model::SourcePage;
use baoku::readers::{ReadFault, ReaderOutput, SourceFile, reader_for};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::{Dice, check_page, mutate, show};

/// Each fixture and the reader that must claim it.
const FIXTURES: &[(&str, &str)] = &[
    ("hocr/tesseract.hocr", "hocr"),
    ("hocr/loose.html", "hocr"),
    ("alto/tesseract-v3.xml", "alto"),
    ("alto/v4.xml", "alto"),
    ("alto/v2-gbk.xml", "alto"),
    ("mets/embedded.xml", "mets"),
    ("mets/by-address.xml", "mets"),
    ("paddle/structure_v3.json", "paddle"),
    ("paddle/service.jsonl", "paddle"),
    ("paddle/ppocr.json", "paddle"),
    ("paddle/rapidocr.json", "paddle"),
    ("paddle/onnxocr.json", "paddle"),
    ("paddle/rapidocr-3.10.json", "paddle"),
    ("paddle/rapidocr-plain.json", "paddle"),
    ("umi/pages.jsonl", "umi"),
    ("umi/merged.txt", "umi"),
    ("umi/gbk.csv", "umi"),
    ("surya/results.json", "surya"),
    ("surya/layout.json", "surya"),
    ("doctr/export.json", "doctr"),
    ("tesseract/page.tsv", "tesseract"),
    ("deepseek/grounding.mmd", "deepseek"),
    ("mineru/middle.json", "mineru"),
    ("mineru/middle-form1.json", "mineru"),
    ("mineru/transitional.json", "mineru"),
    ("mineru/docvortex.json", "mineru"),
    ("mineru/content_list.json", "mineru"),
    ("mineru/content_list_v2.json", "mineru"),
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).expect("UTF-8")
}

/// The reader that claims bytes, what it finds, and its fault.
fn read(bytes: &[u8]) -> Option<(&'static str, Vec<ReaderOutput>, Result<(), ReadFault>)> {
    // The name says nothing: content alone decides.
    let file = SourceFile::new("scan/0001.bin", bytes, None);
    let reader = reader_for(&file)?;
    let mut all = Vec::new();
    let result = reader.read(&file, &mut |found| all.push(found));
    Some((reader.name(), all, result))
}

fn pages(bytes: &[u8]) -> Vec<SourcePage> {
    let (_, found, result) = read(bytes).expect("a reader");
    result.expect("no fault");
    let page = |found| if let ReaderOutput::Page(page) = found { Some(*page) } else { None };
    found.into_iter().filter_map(page).collect()
}

fn fault(bytes: &[u8]) -> String {
    match read(bytes).expect("a reader").2 {
        Err(ReadFault::Broken(message)) => message,
        other => panic!("no fault: {other:?}"),
    }
}

#[test]
fn each_fixture_is_claimed_by_content_and_read_as_written_down() {
    for (name, expected_reader) in FIXTURES {
        let (reader, found, result) = read(&bytes(name)).unwrap_or_else(|| panic!("{name}: no reader"));
        assert_eq!(reader, *expected_reader, "{name}");
        let (shown, beside) = (show(&found, &result), path(name).with_extension("lines"));
        if std::env::var_os("BAOKU_WRITE_LINES").is_some() {
            std::fs::write(&beside, &shown).unwrap();
        }
        let written = std::fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(shown, written, "{name}");
    }
}

/// Characters of a text that another has in the same order, of all.
fn share_in_order(truth: &str, read: &str) -> f64 {
    let (truth, read): (Vec<char>, Vec<char>) = (truth.chars().collect(), read.chars().collect());
    let mut row = vec![0usize; read.len() + 1];
    for a in &truth {
        let mut before = 0;
        for (at, b) in read.iter().enumerate() {
            let old = row[at + 1];
            row[at + 1] = if a == b { before + 1 } else { row[at + 1].max(row[at]) };
            before = old;
        }
    }
    row[read.len()] as f64 / truth.len() as f64
}

#[test]
fn tesseract_gives_the_printed_text_without_its_spaces() {
    let pages = pages(&bytes("hocr/tesseract.hocr"));
    assert_eq!(pages.len(), 2);
    let read: String = pages[0].lines.iter().map(|line| line.text.as_str()).collect();
    let truth = "纺织厂工会把清凉送到车间本报讯(记者林小满)连日来气温升高,江城第二纺织厂工会组织了三支小队,把绿豆汤和毛巾送到细纱车间。四百二十名职工领到了防暑用品,老师傅们说心里很踏实。厂工会主席高远介绍,今年的防暑经费比去年增加了百分之十五。";
    assert!(share_in_order(truth, &read) > 0.95, "{read}");
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let spaced = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(3).filter(|three| han(three[0]) && three[1] == ' ' && han(three[2])).count()
    };
    let spaces: usize = pages[0].lines.iter().map(|line| spaced(&line.text)).sum();
    assert!(spaces <= 2, "only wide gaps are spaces: {read}");
    assert!(pages.iter().all(SourcePage::has_geometry));
}

#[test]
fn unknown_versions_are_refused_by_name() {
    let v5 = text("alto/v4.xml").replace("ns-v4#", "ns-v5#");
    assert!(fault(v5.as_bytes()).contains("ns-v5#") && fault(v5.as_bytes()).contains("2, 3 and 4"));
    let first = text("alto/tesseract-v3.xml")
        .replace("http://www.loc.gov/standards/alto/ns-v3#", "http://schema.ccs-gmbh.com/ALTO");
    assert!(fault(first.as_bytes()).contains("schema.ccs-gmbh.com/ALTO"));
    let embedded = text("mets/embedded.xml").replace("ns-v2#", "ns-v9#");
    assert!(fault(embedded.as_bytes()).contains("ns-v9#"));
    let next = text("mineru/docvortex.json").replace("\"schema_version\": \"2.0\"", "\"schema_version\": \"3.1\"");
    assert!(fault(next.as_bytes()).contains("`3.1`"));
    let nameless = text("mineru/docvortex.json").replace("\"schema_version\": \"2.0\"", "\"schema_version\": null");
    assert!(fault(nameless.as_bytes()).contains("schema_version ``"));
    let minor = text("mineru/docvortex.json").replace("\"schema_version\": \"2.0\"", "\"schema_version\": \"2.7\"");
    assert_eq!(pages(minor.as_bytes()).len(), 1);
}

#[test]
fn alto_without_a_namespace_is_read_if_it_has_pages() {
    let plain = text("mets/embedded.xml")
        .split("<mets:xmlData>")
        .nth(2)
        .unwrap()
        .split("</mets:xmlData>")
        .next()
        .unwrap()
        .to_owned();
    let plain = plain.replace(" xmlns=\"http://www.loc.gov/standards/alto/ns-v2#\"", "");
    assert_eq!(pages(plain.as_bytes())[0].number, 2);
    assert!(fault(b"<alto><Layout/></alto>").contains("without a Page"));
}

#[test]
fn other_json_and_xml_is_not_claimed() {
    let others = [
        "{}",
        "[]",
        "{\"name\": \"baoku\", \"version\": \"1\"}",
        "[[[[1.0, 2.0], [3.0, 4.0]]]]",
        "{\"type\": \"FeatureCollection\", \"features\": [{\"bbox\": [1, 2, 3, 4]}]}",
        "[{\"type\": \"text\", \"content\": \"x\"}]",
        "{\"body\": \"文中提到 \\\"rec_texts\\\": 与 \\\"pdf_info\\\":\"}",
        "{\"schema_version\": \"2.0\", \"pages\": 3}",
        "{\"schema\": \"docvortex.bundle\", \"schema_version\": \"2.0\"}",
        "<altogether/>",
        "{",
        "[[[[",
        "<",
        "\u{0}",
        "",
    ];
    for other in others {
        let claimed = read(other.as_bytes()).map(|(name, ..)| name);
        assert_eq!(claimed, None, "{other}");
    }
    let page = SourceFile::new("a.bin", b"<html><p>class ocr_page explained</p></html>", None);
    assert_eq!(reader_for(&page).map(|reader| reader.name()), Some("html"), "a page of the web is none of OCR");
    let article = SourceFile::new("a.jsonl", "{\"body\": \"\\\"parsing_res_list\\\": []\"}".as_bytes(), None);
    assert_eq!(reader_for(&article).unwrap().name(), "jsonl");
}

#[test]
fn declared_and_undeclared_encodings_give_the_same_page() {
    let base = text("alto/tesseract-v3.xml");
    let expected = pages(base.as_bytes());
    let declared = |name: &str| base.replace("encoding=\"UTF-8\"", &format!("encoding=\"{name}\""));
    let (gbk, gb18030) = (encoding_rs::GBK, encoding_rs::GB18030);
    let utf16 = |mark: &[u8], big: bool| {
        let units = declared("UTF-16");
        let units = units.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let cases = [
        gbk.encode(&declared("GBK")).0.into_owned(),
        gb18030.encode(&declared("gb18030")).0.into_owned(),
        gbk.encode(&base).0.into_owned(),
        declared("GBK").into_bytes(),
        utf16(b"\xFF\xFE", false),
        utf16(b"\xFE\xFF", true),
        utf16(b"", false),
        utf16(b"", true),
    ];
    for (number, case) in cases.iter().enumerate() {
        assert_eq!(pages(case), expected, "case {number}");
    }
    let big5 = "<?xml version='1.0' encoding='Big5'?><alto><Layout><Page WIDTH='9' HEIGHT='9'><TextBlock><TextLine><String CONTENT='糖廠工會'/></TextLine></TextBlock></Page></Layout></alto>";
    assert_eq!(pages(&encoding_rs::BIG5.encode(big5).0)[0].lines[0].text, "糖廠工會");
    let json = text("paddle/rapidocr.json");
    let wide: Vec<u8> = b"\xFF\xFE".iter().copied().chain(json.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(pages(&wide), pages(json.as_bytes()));
    assert_eq!(pages(&gbk.encode(&json).0), pages(json.as_bytes()));
}

#[test]
fn a_page_over_the_limits_is_refused_and_the_others_are_read() {
    let line = |n: usize| format!("{{\"box\":[[0,{n}],[9,{n}],[9,{n}],[0,{n}]],\"txt\":\"字\",\"score\":1}}");
    let large = (0..20_001).map(line).collect::<Vec<_>>().join(",");
    let (_, found, _) = read(format!("[{large}]").as_bytes()).expect("a reader");
    let Some(ReaderOutput::Refused(problem)) = found.first() else { panic!("{:?}", found.first()) };
    assert_eq!((problem.code.as_str(), problem.characters), ("page_too_large", 20_001));
    let long = format!("<div class='ocr_page'><span class='ocr_line'>{}</span></div>", "长".repeat(300_001));
    let both = format!("{long}<div class='ocr_page'><span class='ocr_line' title='bbox 1 2 3 4'>短</span></div>");
    let (_, found, result) = read(both.as_bytes()).expect("a reader");
    assert!(matches!(&found[0], ReaderOutput::Refused(problem) if problem.characters == 300_001), "{:?}", found[0]);
    assert!(matches!(&found[1], ReaderOutput::Page(page) if page.number == 2 && page.lines[0].text == "短"));
    assert!(result.is_ok());
}

#[test]
fn depth_entities_and_breaks_end_in_a_fault_and_keep_what_was_read() {
    let deep = format!("{{\"rec_texts\":{}", "[".repeat(100_000)) + "\"rec_polys\":1";
    assert!(read(deep.as_bytes()).is_none_or(|(.., result)| result.is_err()));
    let deep = format!("{{\"rec_texts\":1,\"rec_polys\":{}", "[".repeat(100_000));
    assert!(fault(deep.as_bytes()).contains("damaged JSON"));
    let deep = format!("<alto>{}", "<a>".repeat(100_000));
    assert!(fault(deep.as_bytes()).contains("200 deep"));
    let laughs = "<!DOCTYPE alto [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><alto><Layout><Page><TextLine><String CONTENT='x&b;'/></TextLine></Page></Layout></alto>";
    assert_eq!(pages(laughs.as_bytes())[0].lines[0].text, "x&b;");
    let cut = text("alto/tesseract-v3.xml");
    let cut = &cut[..cut.find("block_2").unwrap()];
    let (_, found, result) = read(cut.as_bytes()).expect("a reader");
    assert!(matches!(&found[0], ReaderOutput::Page(page) if page.lines.len() > 2));
    assert!(matches!(result, Err(ReadFault::Broken(message)) if message.contains("damaged XML")));
}

#[test]
fn a_damaged_line_of_json_lines_keeps_the_others() {
    let lines = text("paddle/service.jsonl").replacen('\n', "\n{\"broken\": \n", 1);
    let (_, found, result) = read(lines.as_bytes()).expect("a reader");
    assert!(result.is_ok());
    let codes: Vec<String> = found
        .iter()
        .map(|found| match found {
            ReaderOutput::Page(page) => format!("page {}", page.number),
            ReaderOutput::Refused(problem) => format!("{} {:?} {}", problem.code, problem.line, problem.characters),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(codes, ["page 3", "bad_json Some(2) 11", "page 4"]);
}

/// Takes one member or element out of a JSON document, at random.
fn without_one(value: &mut serde_json::Value, dice: &mut Dice) {
    match value {
        serde_json::Value::Object(members) if !members.is_empty() => {
            let key = members.keys().nth(dice.roll(members.len())).unwrap().clone();
            let inner = &mut members[&key];
            if dice.roll(3) > 0 && (inner.is_object() || inner.is_array()) {
                without_one(inner, dice);
            } else if dice.roll(2) == 0 {
                *inner = serde_json::Value::Null;
            } else {
                members.remove(&key);
            }
        }
        serde_json::Value::Array(items) if !items.is_empty() => {
            let at = dice.roll(items.len());
            if dice.roll(4) > 0 { without_one(&mut items[at], dice) } else { drop(items.remove(at)) }
        }
        other => *other = serde_json::json!([dice.roll(9), "x", {"y": null}]),
    }
}

fn read_mutation(bytes: &[u8], what: &str) {
    for found in read(bytes).map(|(_, found, _)| found).unwrap_or_default() {
        if let ReaderOutput::Page(page) = found {
            check_page(&page, what);
        }
    }
}

#[test]
fn mutations_never_panic() {
    const EACH: usize = 250;
    let start = Instant::now();
    for (number, (name, _)) in (1..).zip(FIXTURES) {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ number);
        let original = bytes(name);
        let document: Option<serde_json::Value> = serde_json::from_slice(&original).ok();
        for at in 0..EACH {
            read_mutation(&mutate(&original, &mut dice), &format!("{name}, mutation {at}"));
            if let Some(mut document) = document.clone() {
                (0..=dice.roll(3)).for_each(|_| without_one(&mut document, &mut dice));
                read_mutation(document.to_string().as_bytes(), &format!("{name}, deletion {at}"));
            }
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
}

#[test]
fn hostile_files_end_soon() {
    let repeated =
        |before: &str, piece: &str, after: &str| format!("{before}{}{after}", piece.repeat(3_000_000 / piece.len()));
    let page = "<div class='ocr_page'>";
    let alto = "<alto><Layout><Page><TextBlock><TextLine>";
    let cases = [
        repeated(page, "<", ""),
        repeated(page, "<a b=\"", ""),
        repeated(page, "<a b='>", ""),
        repeated(page, "<span class=ocr_line>&", ""),
        repeated(page, "<b></i>", ""),
        repeated(page, "<!--", ""),
        repeated(page, "<script></", ""),
        repeated("<div class='ocr_page' title='", "bbox 1 ;", "'>"),
        repeated(alto, "<String CONTENT='字'/>", ""),
        repeated(&format!("{alto}<String "), "a='1' ", "/>"),
        repeated(alto, "<Shape><Polygon POINTS='1,2 3,4 5,6'/></Shape>", ""),
        repeated("<mets>", "<div TYPE='ARTICLE'><area BEGIN='x'/></div>", "</mets>"),
        repeated("<!DOCTYPE a [", "<!ENTITY x '&x;'>", "]><alto/>"),
        repeated("[[[[1,2],[3,4]],[\"", "字", "\",1]]]"),
        repeated("[", "{\"box\":[1,2,3,4],\"txt\":\"x\",\"score\":1},", "{}]"),
        repeated("{\"rec_polys\":[],\"rec_texts\":[", "\"x\",", "\"\"]}"),
        repeated(
            "{\"parsing_res_list\":[",
            "{\"block_bbox\":[0,0,9,9]},",
            "{}],\"overall_ocr_res\":{\"rec_boxes\":[]}}",
        ),
        repeated("{\"parsing_res_list\":[{\"block_content\":\"", "<tr><td>x", "\"}]}"),
        repeated("{\"parsing_res_list\":[]}\n", "{\"a\":\n", ""),
        repeated("[{\"type\":\"text\",\"page_idx\":0,\"text\":\"", "x\\n", "\"}]"),
    ];
    for (number, case) in cases.iter().enumerate() {
        let start = Instant::now();
        read_mutation(case.as_bytes(), &format!("case {number}"));
        assert!(start.elapsed() < Duration::from_secs(10), "case {number} took {:?}", start.elapsed());
        println!("case {number}: {:?}", start.elapsed());
    }
}

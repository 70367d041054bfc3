//! How fast documents and tables are read, beside the bare parser over the same bytes:
//! `cargo test --release --test readers_speed -- --ignored --nocapture`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::readers::{ReaderOutput, SourceFile, reader_for};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is done with bytes to parse them and nothing more; gives a number that depends on all of them.
type BareParser = fn(&[u8]) -> usize;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(name);
    String::from_utf8(std::fs::read(path).unwrap()).unwrap()
}

fn bare_json(bytes: &[u8]) -> usize {
    serde_json::from_slice::<serde_json::Value>(bytes).unwrap().as_object().map_or(1, serde_json::Map::len)
}

fn bare_json_lines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(bare_json).sum()
}

fn bare_csv(bytes: &[u8]) -> usize {
    csv::ReaderBuilder::new().flexible(true).from_reader(bytes).records().map(|record| record.unwrap().len()).sum()
}

fn bare_lines(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).unwrap().lines().map(str::len).sum()
}

fn bare_xml(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(bytes).unwrap());
    let mut events = 0;
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {
        events += 1;
    }
    events
}

fn bare_package(bytes: &[u8]) -> usize {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |number| {
        let mut unpacked = Vec::new();
        package.by_index(number).unwrap().read_to_end(&mut unpacked).unwrap();
        bare_xml(&unpacked)
    };
    (0..package_length(bytes)).map(&mut part).sum()
}

fn package_length(bytes: &[u8]) -> usize {
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()
}

/// A package with its parts changed, and the bytes that they unpack to.
fn repacked(name: &str, change: impl Fn(&str, String) -> Vec<(String, String)>) -> (Vec<u8>, usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(name);
    let mut old = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut unpacked = 0;
    for number in 0..old.len() {
        let mut part = old.by_index(number).unwrap();
        let (part_name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        for (name, text) in change(&part_name, text) {
            new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            new.write_all(text.as_bytes()).unwrap();
            unpacked += text.len();
        }
    }
    (new.finish().unwrap().into_inner(), unpacked)
}

/// The text between two marks, repeated.
fn grown(text: &str, from: &str, to: &str, times: usize) -> String {
    let start = text.find(from).unwrap();
    let end = text.rfind(to).unwrap();
    format!("{}{}{}", &text[..start], text[start..end].repeat(times), &text[end..])
}

fn fastest(mut work: impl FnMut() -> usize) -> Duration {
    let one = |work: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        assert!(std::hint::black_box(work()) > 0);
        start.elapsed()
    };
    (0..5).map(|_| one(&mut work)).min().unwrap()
}

/// Times a reader on bytes that unpack to so many, beside the bare parser.
fn time(name: &str, bytes: &[u8], unpacked: usize, bare: BareParser) {
    let mut outputs = (0, 0);
    let read = fastest(|| {
        outputs = (0, 0);
        let file = SourceFile::new(name, bytes, None);
        let reader = reader_for(&file).unwrap_or_else(|| panic!("{name}: no reader"));
        let count = &mut |found: ReaderOutput| match found {
            ReaderOutput::Page(_) => outputs.0 += 1,
            ReaderOutput::Item(..) => outputs.1 += 1,
            ReaderOutput::Refused(problem) => panic!("{name}: {problem:?}"),
            _ => {}
        };
        reader.read(&file, count).unwrap();
        outputs.0 + outputs.1
    });
    let bare = fastest(|| bare(bytes));
    let rate = |time: Duration| unpacked as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{name:<16} {:>6.1} MB {:>5} pages {:>6} items: {:>7.1} MB/s, the bare parser {:>7.1} MB/s",
        unpacked as f64 / 1e6,
        outputs.0,
        outputs.1,
        rate(read),
        rate(bare)
    );
}

#[test]
#[ignore = "a measurement, run by itself"]
fn readers_beside_their_bare_parsers() {
    let plain = |name: &str, text: &str, bare: BareParser| time(name, text.as_bytes(), text.len(), bare);
    let row =
        "灯塔工的来信,\"灯塔上的工会小组有三个人，他们说：\"\"风大，信慢。\"\"\r\n第二段文字。\",2008-09-01,2\r\n";
    plain("a.csv", &format!("标题,正文,日期,版次\r\n{}", row.repeat(60_000)), bare_csv);
    let object = "{\"title\": \"车队的早饭\", \"body\": \"四点半，食堂亮灯。\\n包子出笼，车队的人围坐一桌。\", \"date\": \"2016-11-02\"}";
    plain("a.jsonl", &format!("{object}\n").repeat(80_000), bare_json_lines);
    plain("a.json", &format!("[{}]", vec![object; 80_000].join(",\n")), |bytes| {
        serde_json::from_slice::<Vec<serde_json::Value>>(bytes).unwrap().len()
    });
    plain(
        "umi.jsonl",
        &fixture("umi/pages.jsonl").lines().next().map(|line| format!("{line}\n").repeat(1_900)).unwrap(),
        bare_json_lines,
    );
    let surya = fixture("surya/results.json");
    plain("surya.json", &surya.replacen(": [", &format!(": [{}", pages_of(&surya)), 1), bare_json);
    plain("page.tsv", &fixture("tesseract/page.tsv").repeat(1_000), bare_lines);
    plain("a.mmd", &fixture("deepseek/grounding.mmd").repeat(900), bare_lines);
    plain(
        "tei.xml",
        &grown(&fixture("tei/articles.xml"), "<div type=\"article\" xml:id", "<div type=\"article\"><head>托", 8_000),
        bare_xml,
    );
    let (docx, unpacked) = repacked("docx/word.docx", |name, text| {
        let text = if name == "word/document.xml" { grown(&text, "<w:p>", "<w:sectPr", 900) } else { text };
        vec![(name.to_owned(), text)]
    });
    time("a.docx", &docx, unpacked, bare_package);
    let (ofd, unpacked) = repacked("ofd/cases.ofd", |name, text| match name {
        "Doc_0/Pages/Page_0/Content.xml" => {
            let page = grown(&text, "<ofd:TextObject", "<ofd:ImageObject", 40);
            (0..100).map(|number| (format!("Doc_0/Pages/Page_{}/Content.xml", number + 100), page.clone())).collect()
        }
        "Doc_0/Document.xml" => {
            let pages: String = (0..100)
                .map(|n| format!("<ofd:Page ID=\"{n}\" BaseLoc=\"Pages/Page_{}/Content.xml\"/>", n + 100))
                .collect();
            let start = text.find("<ofd:Pages>").unwrap();
            vec![(name.to_owned(), format!("{}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>", &text[..start]))]
        }
        "OFD.xml" => {
            let second = text.rfind("<ofd:DocBody>").unwrap();
            vec![(name.to_owned(), format!("{}</ofd:OFD>", &text[..second]))]
        }
        _ => vec![(name.to_owned(), text)],
    });
    time("a.ofd", &ofd, unpacked, bare_package);
}

/// The first page of a result of Surya, many times.
fn pages_of(text: &str) -> String {
    let start = text.find("{\"text_lines\"").unwrap();
    let end = text.find("\"page\": 1},").unwrap() + "\"page\": 1},".len();
    text[start..end].repeat(1_900)
}

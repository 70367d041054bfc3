//! The PDF reader on files that were made for it (`tests/readers/pdf/make.py`): what it reads, what it refuses and how,
//! and that no damage makes it panic or run long.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failure here is a failed test")]

use baoku::model::{Area, Direction, Problem, ShapeKind, SourcePage};
use baoku::readers::{Claim, READERS, ReadFault, Reader, ReaderOutput, SourceFile, reader_for};
use std::path::Path;
use std::time::{Duration, Instant};

/// What was read of a file.
#[derive(Default)]
struct Reading {
    pages: Vec<SourcePage>,
    refused: Vec<Problem>,
    remarks: Vec<Problem>,
    fault: Option<String>,
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/pdf").join(name)).unwrap()
}

fn pdf() -> &'static dyn Reader {
    *READERS.iter().find(|reader| reader.name() == "pdf").unwrap()
}

fn read_bytes(bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let result = pdf().read(&SourceFile::new("a/b.pdf", bytes, None), &mut |found| match found {
        ReaderOutput::Page(page) => reading.pages.push(*page),
        ReaderOutput::Refused(problem) => reading.refused.push(problem),
        ReaderOutput::Remark(problem) => reading.remarks.push(problem),
        other => panic!("a PDF has pages only: {other:?}"),
    });
    reading.fault = result.err().map(|fault| match fault {
        ReadFault::Broken(message) => message,
        ReadFault::Decode(error) => panic!("{error}"),
    });
    reading
}

fn read(name: &str) -> Reading {
    read_bytes(&fixture(name))
}

fn texts(page: &SourcePage) -> Vec<&str> {
    page.lines.iter().map(|line| line.text.as_str()).collect()
}

/// The two columns of the fixtures, drawn line by line across both.
const COLUMNS: [&str; 8] = [
    "送温暖进车间",
    "本报讯(记者周平和)近日，",
    "工会干部走进车间，听取",
    "市总工会举行送温暖活动，",
    "职工的意见，当场答复十二",
    "为困难职工送去慰问金300",
    "件事。",
    "元。",
];

/// The page with two columns, whatever its fonts.
fn check_columns(page: &SourcePage) {
    assert_eq!(texts(page), COLUMNS);
    assert!(page.has_geometry() && page.lines.iter().all(|line| line.mark.is_none() && line.place == 0));
    let size = page.size.unwrap();
    assert_eq!((size.width, size.height), (400.0, 300.0));
    let area = |at: usize| page.lines[at].area.unwrap();
    assert_eq!(area(0), Area { left: 2750, top: 472, right: 6350, bottom: 1072 });
    for (left, right) in [(1, 2), (3, 4), (5, 6)] {
        assert_eq!((area(left).left, area(right).left), (1000, 5200));
        assert!(area(left).overlap_x(&area(right)) < 0 && area(left).overlap_y(&area(right)) > 0);
    }
    let fonts: Vec<(u32, bool)> =
        page.lines.iter().map(|line| line.font.map(|font| (font.size, font.bold)).unwrap()).collect();
    assert_eq!((fonts[0], fonts[1], fonts[7]), ((600, true), (300, false), (300, false)));
    let kinds: Vec<ShapeKind> = page.shapes.iter().map(|shape| shape.kind).collect();
    assert_eq!(kinds, [ShapeKind::Rule, ShapeKind::Frame]);
    assert_eq!(page.shapes[1].area, Area { left: 750, top: 1375, right: 9250, bottom: 4000 });
}

#[test]
fn a_pdf_is_claimed_by_its_content() {
    for (path, bytes) in [("a.pdf", fixture("gbk.pdf")), ("a.txt", [b"\n\n".to_vec(), fixture("gbk.pdf")].concat())] {
        let file = SourceFile::new(path, &bytes, None);
        assert_eq!(reader_for(&file).map(|reader| reader.name()), Some("pdf"));
    }
    assert_eq!(pdf().claims(&SourceFile::new("a.pdf", b"no PDF", None)), Claim::No);
    let deep = [vec![b' '; 1024], fixture("gbk.pdf")].concat();
    assert_eq!(pdf().claims(&SourceFile::new("a.pdf", &deep, None)), Claim::No);
}

#[test]
fn gbk_fonts_without_a_table_are_read() {
    let reading = read("gbk.pdf");
    assert_eq!((reading.pages.len(), reading.refused.len(), &reading.fault), (1, 0, &None));
    check_columns(&reading.pages[0]);
}

#[test]
fn unicode_fonts_are_read() {
    let reading = read("unigb.pdf");
    assert_eq!(reading.pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2]);
    reading.pages.iter().for_each(check_columns);
}

#[test]
fn bytes_before_the_mark_do_no_harm() {
    let reading = read_bytes(&[b"\r\n\r\n".to_vec(), fixture("gbk.pdf")].concat());
    check_columns(&reading.pages[0]);
}

#[test]
fn the_cases_of_text() {
    let reading = read("cases.pdf");
    let expected: [&[&str]; 8] = [
        &["工会干部下基层", "听意见"],
        &["职工之家", "不是黑体"],
        &["看不见的字也读"],
        &["左栏第一行", "右栏第一行", "左栏第二行"],
        &["工会！", "工会"],
        &["横着印的一版"],
        &["表单里的字"],
        &["Trade Unions “AC”工会"],
    ];
    assert_eq!(reading.pages.iter().map(texts).collect::<Vec<_>>(), expected);
    let lines = |page: usize| &reading.pages[page].lines;
    assert!(lines(0).iter().all(|line| line.direction == Direction::Vertical));
    assert_eq!(lines(0)[1].area, Some(Area { left: 6500, top: 500, right: 7000, bottom: 2000 }));
    assert_eq!(lines(1).iter().map(|line| line.font.unwrap().bold).collect::<Vec<_>>(), [true, false]);
    // A page that was printed on its side is turned upright.
    let (turned, size) = (&lines(5)[0], reading.pages[5].size.unwrap());
    assert_eq!((turned.direction, size.width, size.height), (Direction::Horizontal, 300.0, 400.0));
    // A font that does not say what its glyphs are.
    let refused: Vec<(&str, u64)> = reading.refused.iter().map(|p| (p.code.as_str(), p.characters)).collect();
    assert_eq!(refused, [("unknown_characters", 3)]);
    let told = baoku::messages::problem(&reading.refused[0]).en;
    assert!(told.contains("page 9") && told.contains("ocrmypdf"), "{told}");
}

#[test]
fn a_page_printed_by_a_browser() {
    let reading = read("printed.pdf");
    let page = &reading.pages[0];
    let expected = [
        "工会干部下乡听意见",
        "工会下乡",
        "本报讯工",
        "会干部下乡听意",
        "见,职工会上会",
        "下意见12条。",
        "下乡干部听",
        "职工意见,本会",
        "报12条。",
        "短讯:本会12日下乡。",
    ];
    assert_eq!(texts(page), expected);
    let vertical: Vec<bool> = page.lines.iter().map(|line| line.direction == Direction::Vertical).collect();
    assert_eq!(vertical.iter().position(|vertical| *vertical), Some(0));
    assert_eq!(vertical.iter().filter(|vertical| **vertical).count(), 1);
    let bold: Vec<bool> = page.lines.iter().map(|line| line.font.unwrap().bold).collect();
    assert!(bold[0] && bold[1] && !bold[2..].contains(&true));
    let columns = [2, 4, 6].map(|at| page.lines[at].area.unwrap());
    assert!(columns[0].overlap_x(&columns[1]) < 0 && columns[1].overlap_x(&columns[2]) < 0);
    let kinds: Vec<ShapeKind> = page.shapes.iter().map(|shape| shape.kind).collect();
    assert_eq!(kinds, [ShapeKind::Frame, ShapeKind::Picture]);
    assert!(page.shapes[0].area.holds_middle_of(&page.lines[9].area.unwrap()));
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let fault = |name: &str| {
        let reading = read(name);
        assert!(reading.pages.is_empty());
        reading.fault.unwrap()
    };
    assert!(fault("picture.pdf").contains("no text layer") && fault("picture.pdf").contains("ocrmypdf"));
    assert!(fault("locked.pdf").contains("encrypted"));
    assert!(read_bytes(b"%PDF-1.4\nnothing").fault.unwrap().contains("damaged"));
    // An owner's password forbids changes, not reading.
    check_columns(&read("owner.pdf").pages[0]);
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_left() {
    let whole = fixture("unigb.pdf");
    let end = whole.windows(4).rposition(|window| window == b"xref").unwrap() - 6;
    let reading = read_bytes(&whole[..end]);
    assert!(reading.fault.is_some() || reading.pages.len() == 2);
}

/// A page of a content, not packed, in a font that needs no object of its own.
fn page_of(content: &str) -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 400 300] >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F {font} >> >> /Contents 4 0 R >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    format!("{file}{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes()
}

#[test]
fn a_page_has_limits() {
    assert_eq!(texts(&read_bytes(&page_of("BT /F 9 Tf 9 9 Td (a) Tj ET")).pages[0]), ["a"]);
    let line = |at: usize| format!("1 0 0 1 {} {} Tm (a) Tj\n", at % 133 * 3, at / 133);
    let too_many: [String; 2] = [
        format!("BT /F 1 Tf {} ET", (0..20_001).map(line).collect::<String>()),
        format!("BT /F .001 Tf 9 9 Td ({}) Tj ET", "ab".repeat(151_000)),
    ];
    for content in too_many {
        let reading = read_bytes(&page_of(&content));
        assert_eq!(reading.refused.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["page_too_large"]);
        assert!(reading.pages.is_empty() && reading.refused[0].characters > 20_000);
    }
}

#[test]
fn a_page_that_unpacks_without_measure_is_refused() {
    let (begin, reading) = (Instant::now(), read("bomb.pdf"));
    assert_eq!(reading.refused.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["lost_page"]);
    assert!(begin.elapsed() < Duration::from_secs(10));
}

/// Numbers by a fixed rule (SplitMix64), the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

#[test]
fn damage_never_panics_and_ends_soon() {
    let files = ["gbk.pdf", "unigb.pdf", "cases.pdf", "printed.pdf", "picture.pdf", "locked.pdf", "owner.pdf"];
    let files = files.map(fixture);
    let plain =
        page_of("q 1 0 0 1 5 5 cm BT /F 9 Tf 9 9 Td [(a\\(b) -20 <4142>] TJ T* (x) ' ET Q /A <</B [1 2]>> BDC EMC");
    let (mut numbers, begin) = (Numbers(7), Instant::now());
    for round in 0..4_000 {
        if begin.elapsed() > Duration::from_secs(15) {
            break;
        }
        let mut bytes = if round % 3 == 0 { plain.clone() } else { files[round % files.len()].clone() };
        for _ in 0..=numbers.below(12) {
            let at = numbers.below(bytes.len());
            bytes[at] = numbers.below(256) as u8;
        }
        if round % 5 == 0 {
            bytes.truncate(numbers.below(bytes.len()));
        }
        let start = Instant::now();
        read_bytes(&bytes);
        assert!(start.elapsed() < Duration::from_secs(5), "round {round} took {:?}", start.elapsed());
    }
}

//! Readers of documents and tables: DOCX, OFD, TEI, CSV, JSON arrays, and Markdown without places. What each reads of a file
//! is written down beside it (`tests/readers/*/*.lines`); with `BAOKU_WRITE_LINES=1` these files are written anew, to be
//! looked at before a commit.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::model::{FieldMapping, ItemField, ProblemCode, SourcePage};
use baoku::readers::{Claim, READERS, ReadFault, ReaderOutput, SourceFile, reader_for};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::{Dice, check_page, mutate, show};

/// Each fixture and the reader that must take it by its name and content.
const FIXTURES: &[(&str, &str)] = &[
    ("docx/word.docx", "docx"),
    ("docx/libreoffice.docx", "docx"),
    ("ofd/cases.ofd", "ofd"),
    ("ofd/easyofd.ofd", "ofd"),
    ("tei/articles.xml", "tei"),
    ("tei/headed.xml", "tei"),
    ("tei/pages.xml", "tei"),
    ("deepseek/plain.mmd", "deepseek"),
    ("csv/gb18030.csv", "csv"),
    ("csv/stray-quote.tsv", "csv"),
    ("json/articles.json", "json"),
];

/// Those that no content tells from other text.
const BY_NAME: &[&str] = &["csv", "json", "deepseek/plain.mmd"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read_file(file: &SourceFile) -> Option<(&'static str, Vec<ReaderOutput>, Result<(), ReadFault>)> {
    let reader = reader_for(file)?;
    let mut all = Vec::new();
    let result = reader.read(file, &mut |found| all.push(found));
    Some((reader.name(), all, result))
}

fn read(name: &str, bytes: &[u8]) -> (Vec<ReaderOutput>, Result<(), ReadFault>) {
    let (_, found, result) =
        read_file(&SourceFile::new(name, bytes, None)).unwrap_or_else(|| panic!("{name}: no reader"));
    (found, result)
}

fn pages(name: &str, bytes: &[u8]) -> Vec<SourcePage> {
    let (found, result) = read(name, bytes);
    result.expect("no fault");
    found
        .into_iter()
        .filter_map(|found| if let ReaderOutput::Page(page) = found { Some(*page) } else { None })
        .collect()
}

fn texts(page: &SourcePage) -> Vec<&str> {
    page.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn each_fixture_is_read_as_written_down() {
    for (name, expected_reader) in FIXTURES {
        let bytes = bytes(name);
        let by_name = BY_NAME.iter().any(|start| name.starts_with(start));
        let path = if by_name { *name } else { "scan/0001.bin" };
        let file = SourceFile::new(path, &bytes, None);
        let (reader, found, result) = read_file(&file).unwrap_or_else(|| panic!("{name}: no reader"));
        assert_eq!(reader, *expected_reader, "{name}");
        let (shown, beside) = (show(&found, &result), folder().join(name).with_extension("lines"));
        if std::env::var_os("BAOKU_WRITE_LINES").is_some() {
            std::fs::write(&beside, &shown).unwrap();
        }
        assert_eq!(shown, std::fs::read_to_string(&beside).unwrap_or_default(), "{name}");
    }
}

/// All fixtures of all readers, with the names that they are read under.
fn all_fixtures() -> Vec<(String, Vec<u8>)> {
    let mut open = vec![folder()];
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            let extension = entry.extension().map(|one| one.to_string_lossy().into_owned()).unwrap_or_default();
            match entry.is_dir() {
                true => open.push(entry),
                false if ["lines", "want", "py", "sh", "html", "htm", "shtml"].contains(&extension.as_str()) => {}
                false => {
                    let name = entry.strip_prefix(folder()).unwrap().to_string_lossy().into_owned();
                    found.push((name, std::fs::read(entry).unwrap()));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn exactly_one_reader_claims_each_fixture_by_content() {
    let fixtures = all_fixtures();
    assert!(fixtures.len() > 45, "{}", fixtures.len());
    for (name, bytes) in &fixtures {
        let claims = |path: &str| -> Vec<&str> {
            let file = SourceFile::new(path, bytes, None);
            let sure = READERS.iter().filter(|reader| reader.claims(&file) == Claim::ByContent);
            sure.map(|reader| reader.name()).collect()
        };
        let expected = usize::from(!BY_NAME.iter().any(|start| name.starts_with(start)));
        assert_eq!(claims("scan/0001.bin").len(), expected, "{name}: {:?}", claims("scan/0001.bin"));
        assert_eq!(claims(name), claims("scan/0001.bin"), "{name}");
    }
}

#[test]
fn a_zip_that_is_no_document_is_claimed_by_none() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("1998/03/02.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let container = writer.finish().unwrap().into_inner();
    for name in ["a.zip", "a.docx", "a.ofd", "a"] {
        assert!(reader_for(&SourceFile::new(name, &container, None)).is_none(), "{name}");
    }
    let cut = bytes("docx/word.docx");
    let (_, result) = read("a.docx", &cut[..cut.len() / 2]);
    assert!(matches!(result, Err(ReadFault::Broken(message)) if message.contains("damaged zip")));
    assert!(reader_for(&SourceFile::new("a.zip", &cut[..cut.len() / 2], None)).is_none());
}

#[test]
fn a_text_box_stands_once_and_deleted_text_is_gone() {
    let page = pages("a.docx", &bytes("docx/word.docx")).remove(0);
    let all = texts(&page).join("\n");
    assert_eq!(all.matches("本期导读").count(), 1, "{all}");
    for gone in ["明年再办", "内部批注", "zhuo", "HYPERLINK", "——"] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
    for kept in ["工会主席韩立说，夜校每周开两次课。", "报名的人里，四成是三十岁以下的青工。", "李工卓今年获得了证书。"]
    {
        assert!(texts(&page).contains(&kept), "{kept}: {all}");
    }
    let line = |text: &str| page.lines.iter().find(|line| line.text == text).unwrap_or_else(|| panic!("{text}: {all}"));
    assert_eq!(line("码头工会办起夜校").mark.as_ref().unwrap().label, "heading 1");
    assert!(line("三百名装卸工报名学电工").font.is_some_and(|font| font.bold));
    assert_eq!(line("电工基础 周二 19:00 郑师傅").mark.as_ref().unwrap().label, "table");
    assert!(!page.has_geometry() && page.size.is_none());
}

#[test]
fn a_page_of_ofd_has_its_lines_and_places() {
    let pages = pages("a.ofd", &bytes("ofd/cases.ofd"));
    assert_eq!(pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2, 4]);
    let first = texts(&pages[0]);
    for line in [
        "东湖工人报",
        "轮渡公司评出好船长",
        "乘务员也有六人获奖。",
        "名好船长。他们一年航",
        "Safety first 安全第一",
        "江风日记",
        "组中字",
    ] {
        assert!(first.contains(&line), "{line}: {first:?}");
    }
    assert!(!first.iter().any(|line| line.contains("看不见")));
    let line = |text: &str| pages[0].lines.iter().find(|line| line.text == text).unwrap();
    // 390 mm are ten thousand: the headline begins at 20 mm and is 9 characters of 12 mm.
    let area = line("轮渡公司评出好船长").area.unwrap();
    assert_eq!((area.left, area.right), (513, 3282));
    assert_eq!(line("轮渡公司评出好船长").font.map(|font| (font.size, font.bold)), Some((308, true)));
    assert_eq!(line("放大的字").font.map(|font| (font.size, font.bold)), Some((154, true)));
    assert_eq!(line("江风日记").direction, baoku::model::Direction::Vertical);
}

#[test]
fn a_mapping_names_the_columns_of_tables_lines_and_arrays() {
    let mapping: FieldMapping =
        [("稿子".to_owned(), ItemField::Body), ("头条".to_owned(), ItemField::Title)].into_iter().collect();
    for (name, text) in [
        ("a.csv", "头条,稿子\n题,文\n"),
        ("a.jsonl", "{\"头条\": \"题\", \"稿子\": \"文\"}\n"),
        ("a.json", "[{\"头条\": \"题\", \"稿子\": \"文\"}]"),
    ] {
        let file = SourceFile::new(name, text.as_bytes(), None).with_mapping(Some(&mapping));
        let (_, found, result) = read_file(&file).unwrap_or_else(|| panic!("{name}: no reader"));
        result.unwrap();
        let item =
            found.iter().find_map(|found| if let ReaderOutput::Item(story, _) = found { Some(story) } else { None });
        let item = item.unwrap_or_else(|| panic!("{name}: {found:?}"));
        assert_eq!((item.title.as_str(), item.body[0].text.as_str()), ("题", "文"), "{name}");
    }
    let (found, _) = read("a.csv", "头条,稿子\n题,文\n".as_bytes());
    let [ReaderOutput::Refused(problem)] = found.as_slice() else { panic!("{found:?}") };
    assert!(problem.is(ProblemCode::NoBodyColumn));
    let told = baoku::messages::problem(problem);
    assert!(told.en.contains("头条, 稿子") && told.en.contains("mapping.toml") && told.zh.contains("mapping.toml"));
}

/// Characters that are accounted for; of files of items this is all of them.
fn accounted(found: &[ReaderOutput]) -> u64 {
    let of = |found: &ReaderOutput| match found {
        ReaderOutput::Item(_, characters) | ReaderOutput::Blank(characters) | ReaderOutput::Furniture(characters) => {
            *characters
        }
        ReaderOutput::Refused(problem) => problem.characters,
        ReaderOutput::Page(page) => page.characters(),
        ReaderOutput::Remark(_) | ReaderOutput::PictureMap(_) => 0,
    };
    found.iter().map(of).sum()
}

#[test]
fn every_character_of_items_and_of_the_text_of_umi_is_accounted_for() {
    for name in ["csv/gb18030.csv", "csv/stray-quote.tsv", "json/articles.json", "umi/merged.txt", "umi/gbk.csv"] {
        let original = bytes(name);
        let mut dice = Dice(0x5851_F42D_4C95_7F2D);
        for at in 0..200 {
            let bytes = if at == 0 { original.clone() } else { mutate(&original, &mut dice) };
            let file = SourceFile::new(name, &bytes, None);
            let Some((reader, found, Ok(()))) = read_file(&file) else { continue };
            if let Some(decoded) = file.decoded().filter(|_| ["csv", "json", "umi"].contains(&reader)) {
                assert_eq!(accounted(&found), decoded.text.chars().count() as u64, "{name} {at}: {}", decoded.text);
            }
        }
    }
}

/// Random cuts, flips and deletions of all fixtures of all readers: no panic, pages that hold, and an end.
#[test]
fn mutations_of_all_fixtures_never_panic() {
    const EACH: usize = 60;
    let start = Instant::now();
    for (number, (name, original)) in (1..).zip(all_fixtures()) {
        let mut dice = Dice(0x2545_F491_4F6C_DD1D ^ number);
        // Those that unpack to much take longer, and are cut once in a while only.
        let rounds = if original.len() > 100_000 { 3 } else { EACH };
        for at in 0..rounds {
            let bytes = mutate(&original, &mut dice);
            let file = SourceFile::new(&name, &bytes, None);
            for found in read_file(&file).map(|(_, found, _)| found).unwrap_or_default() {
                if let ReaderOutput::Page(page) = found {
                    check_page(&page, &format!("{name}, mutation {at}"));
                }
            }
        }
    }
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
}

/// A package with parts.
fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", String::new()),
        ("word/document.xml", format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")),
    ])
}

fn ofd(pages: &str, content: &str) -> Vec<u8> {
    packed(&[
        ("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>".to_owned()),
        ("D.xml", format!("<Document><Pages>{pages}</Pages></Document>")),
        ("P.xml", format!("<Page><Content><Layer>{content}</Layer></Content></Page>")),
    ])
}

#[test]
fn hostile_documents_end_soon() {
    let many = |piece: &str| piece.repeat(1_000_000 / piece.len());
    let one_page = "<Page ID='1' BaseLoc='P.xml'/>";
    let object = "<TextObject Boundary='1 1 9 9' Size='3'><TextCode X='0' Y='0' DeltaX='g 99999999999 1'>字</TextCode></TextObject>";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a.docx", docx(&many("<w:p><w:r><w:t>字</w:t></w:r></w:p>"))),
        ("a.docx", docx(&many("<w:p>"))),
        ("a.docx", docx(&many("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>"))),
        ("a.docx", docx(&format!("<w:p>{}</w:p>", many("<w:r><w:rPr><w:sz w:val='21'/></w:rPr><w:t>字</w:t></w:r>")))),
        (
            "a.docx",
            docx(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", many("<w:tc><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>"))),
        ),
        ("a.ofd", ofd(&many(one_page), "")),
        ("a.ofd", ofd(&many(one_page), object)),
        ("a.ofd", ofd(one_page, &many(object))),
        ("a.ofd", ofd(one_page, &many("<ImageObject Boundary='0 0 9 9'/>"))),
        ("a.xml", format!("<TEI><text>{}</text></TEI>", many("<div><head>题</head><p>文</p></div>")).into_bytes()),
        ("a.xml", format!("<TEI><text>{}</text></TEI>", many("<pb/>")).into_bytes()),
        ("a.xml", format!("<TEI><text><p>{}</p></text></TEI>", many("字<lb/>")).into_bytes()),
        ("a.csv", format!("正文,{}\n一,{}\n", "a,".repeat(100_000), "b,".repeat(100_000)).into_bytes()),
        ("a.csv", format!("正文\n{}", many("\"a\"b\n")).into_bytes()),
        ("a.json", format!("[{}", many("{\"body\":\"字\"}")).into_bytes()),
        ("a.mmd", many("<|ref|>a<|/ref|><|det|>[[1,2,3,4]]<|/det|>字").into_bytes()),
        ("a.txt", many("≦ a ≧\n字\n").into_bytes()),
        ("a.jsonl", many("{\"code\":100,\"data\":[],\"fileName\":\"a\"}\n").into_bytes()),
    ];
    for (number, (name, bytes)) in cases.iter().enumerate() {
        let start = Instant::now();
        for found in read_file(&SourceFile::new(name, bytes, None)).map(|(_, found, _)| found).unwrap_or_default() {
            if let ReaderOutput::Page(page) = found {
                check_page(&page, &format!("case {number}"));
            }
        }
        assert!(start.elapsed() < Duration::from_secs(10), "case {number} took {:?}", start.elapsed());
        println!("case {number} ({name}): {:?}", start.elapsed());
    }
}

#[test]
fn a_part_that_unpacks_without_measure_is_a_fault() {
    let bomb = docx(&" ".repeat(40 << 20));
    let (found, result) = read("a.docx", &bomb);
    assert!(found.is_empty(), "{found:?}");
    assert!(matches!(result, Err(ReadFault::Broken(message)) if message.contains("unpacks to more than")));
}

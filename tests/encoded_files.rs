//! Files whose names or lines are in other encodings, from the folder to the record and again.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]
#![cfg(unix)]

use baoku::corpus::Root;
use baoku::engine::Writer;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::ingest::{FileReport, IngestOptions, IngestReport, ingest};
use baoku::model::Outcome;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use support::dictionary;

const PAGE: &str = "市总工会冬季送温暖\n本报讯　近日，市总工会干部走进三家企业的车间，为困难职工送去米面油和慰问金。\n";

struct Archive {
    folder: tempfile::TempDir,
    engine: Embedded,
}

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("papers")).expect("a folder");
        let engine = Embedded::open_or_create(&folder.path().join("index"), dictionary()).expect("an index");
        Self { folder, engine }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("papers")
    }

    /// Writes a file under a name of any bytes.
    fn put(&self, path: &[u8], text: &str) {
        let file = self.root().join(Path::new(OsStr::from_bytes(path)));
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("writing");
    }

    fn run(&self) -> IngestReport {
        let root = Root::parse(&self.root().to_string_lossy()).expect("a folder");
        let options = IngestOptions { roots: vec![root], threads: 1, ..IngestOptions::default() };
        let mut writer = Box::new(self.engine.writer(WriterOptions::default()).expect("a writer"));
        let report = ingest(&self.engine, &mut *writer, &options, &|_| {}).expect("a run");
        Writer::finish(writer).expect("the end");
        self.engine.reload().expect("reloading");
        report
    }
}

fn gb(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn told(file: &FileReport) -> (String, Outcome, Vec<String>) {
    let problems = file.problems.iter().map(|problem| format!("{} {}", problem.code, problem.arguments.join(" ")));
    (file.key.path.clone(), file.outcome, problems.collect())
}

#[test]
fn names_in_gbk_and_big5_are_read_and_known_in_the_next_run() {
    let archive = Archive::new();
    archive.put(&gb("工人日报/1998年/3月2日.txt"), PAGE);
    archive.put(&encoding_rs::BIG5.encode("勞工週報第十二期.txt").0, &PAGE.replace("冬季", "夏季"));
    archive.put(b"\xFF\xE5.txt", &PAGE.replace("冬季", "春季"));
    let report = archive.run();
    let files: Vec<_> = report.files.iter().map(told).collect();
    let row =
        |path: &str, encoding: &str| (path.to_owned(), Outcome::Indexed, vec![format!("decoded_name {encoding}")]);
    assert_eq!(
        files,
        [row("%FF%E5.txt", ""), row("勞工週報第十二期.txt", "Big5"), row("工人日报/1998年/3月2日.txt", "gb18030")]
    );
    let again = archive.run();
    assert!(again.files.iter().all(|file| file.outcome == Outcome::Unchanged), "{:?}", again.files);
    assert_eq!(again.files.len(), 3);
}

#[test]
fn of_two_names_that_read_alike_the_first_is_taken_and_both_are_told() {
    for _ in 0..2 {
        let archive = Archive::new();
        // The name 一 in GBK is valid UTF-8 too.
        archive.put(&gb("工会/一.txt"), &PAGE.replace("冬季", "夏季"));
        archive.put("工会/一.txt".as_bytes(), PAGE);
        let report = archive.run();
        let files: Vec<_> = report.files.iter().map(told).collect();
        let reason = "its name reads like that of another file, which was taken; rename one of them";
        let skipped = ("%B9%A4%BB%E1/һ.txt".to_owned(), Outcome::Unreadable, vec![format!("unreadable {reason}")]);
        assert_eq!(files, [skipped, ("工会/一.txt".to_owned(), Outcome::Indexed, vec![])]);
        // Nothing but the file of UTF-8 is in the index.
        assert_eq!(archive.run().outcomes().get(&Outcome::Unchanged), Some(&1));
    }
}

#[test]
fn names_in_other_forms_of_unicode_and_with_odd_characters_are_kept_as_they_are() {
    let archive = Archive::new();
    let names = ["cafe\u{301} ", "caf\u{e9}", "第1版 .txt", "a\u{1b}[31m\n.txt", "\u{202e}txt.txt"];
    for (number, name) in names.iter().enumerate() {
        archive.put(format!("{number} {name}.txt").as_bytes(), &PAGE.replace('三', &number.to_string()));
    }
    let report = archive.run();
    let paths: Vec<_> = report.files.iter().map(|file| file.key.path.clone()).collect();
    let wanted: Vec<_> = names.iter().enumerate().map(|(number, name)| format!("{number} {name}.txt")).collect();
    assert_eq!(paths, wanted);
    assert!(report.files.iter().all(|file| file.outcome == Outcome::Indexed && file.problems.is_empty()));
    assert!(archive.run().files.iter().all(|file| file.outcome == Outcome::Unchanged));
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let archive = Archive::new();
    let page = |line: &str| format!("{PAGE}{line}\n{PAGE}");
    let gbk = [PAGE.as_bytes(), &gb("又一行是以前的编码写的。\n"), PAGE.as_bytes()].concat();
    std::fs::write(archive.root().join("1.txt"), gbk).expect("writing");
    archive.put(b"2.txt", &page("宸ヤ細涓惧姙"));
    archive.put(b"3.txt", &page("&ldquo;送温暖&rdquo;活动在车间里举行。"));
    archive.put(b"4.txt", &page("库里的\u{E81E}字和\u{E001}字"));
    archive.put(b"5.txt", &page("职工锟斤拷家属"));
    archive.put(b"6.txt", &"R0lGODlhAQABAIAAAP8AAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw5nbWFwMTIz\n".repeat(20));
    archive.put(b"7.txt", "a\u{1b}$)Gb");
    archive.put(b"8.txt", &PAGE.replace('\n', "\r"));
    archive.put(b"9.txt", &PAGE.replace('\n', "\u{2028}").replace("冬季", "秋季"));
    let report = archive.run();
    let rows: Vec<String> = report
        .files
        .iter()
        .map(|file| {
            let told = |problem: &baoku::model::Problem| {
                format!(" {}:{:?} {}", problem.code, problem.line.unwrap_or(0), problem.arguments.join(" "))
            };
            let problems: String = file.problems.iter().map(told).collect();
            format!("{} {} {}{problems}", file.key.path, file.outcome.name(), file.encoding)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "1.txt indexed UTF-8 (by line) mixed_encodings:3 gb18030 1 3",
            "2.txt indexed UTF-8 (utf-8) encoded_twice:3 UTF-8 GBK 1 0",
            "3.txt indexed UTF-8 (utf-8) html_references:3 2",
            "4.txt indexed UTF-8 (utf-8) private_use:3 1 1",
            "5.txt indexed UTF-8 (utf-8) lost_characters:3 2",
            "6.txt binary  unreadable_text:0 ",
            "7.txt unknown_encoding  unsupported_encoding:0 ISO-2022-CN",
            "8.txt indexed UTF-8 (utf-8)",
            "9.txt indexed UTF-8 (utf-8)",
        ]
    );
    // Line ends of any kind give the same lines.
    let articles = |at: usize| (report.files[at].articles, report.files[at].account.articles);
    assert_eq!(articles(7), articles(8));
}

#[test]
fn pieces_of_a_big_file_tell_lines_and_bytes_of_the_file() {
    let archive = Archive::new();
    // No articles: lines without a body are refused, which is fast.
    let line = format!("{{\"x\":\"{}\"}}\n", "职工之家建在车间里。".repeat(4000));
    let mut bytes = gb(&line).repeat(120);
    let at = bytes.len() + gb("{\"x\":\"").len();
    bytes.extend_from_slice(&gb("{\"x\":\""));
    bytes.extend_from_slice(b"\xFF");
    bytes.extend_from_slice(&gb("职工之家建在车间里。\"}\n"));
    bytes.extend_from_slice("{\"x\":\"这一行是另一种编码的。\"}\n".as_bytes());
    bytes.extend_from_slice(&gb("{\"x\":\"一\"}\n"));
    assert!(bytes.len() > 9_000_000);
    std::fs::write(archive.root().join("big.jsonl"), &bytes).expect("writing");
    let report = archive.run();
    let file = &report.files[0];
    assert_eq!(file.encoding, "gb18030 (detected)");
    let notes: Vec<_> = file.problems.iter().filter(|problem| problem.code != "no_body").collect();
    let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.line, note.arguments.join(" "))).collect();
    assert_eq!(
        told,
        [
            ("mixed_encodings", Some(122), "UTF-8 1 122".to_owned()),
            ("replaced_bytes", Some(121), format!("1 gb18030 121:{at}")),
        ]
    );
}

//! A corpus of everything that can arrive: each format, in each encoding that it can have, with each fault. Each file has the one
//! outcome that `tests/torture/outcomes.tsv` says, a message where it has no article, and is the same in any order and with
//! any number of threads.
//!
//! ```text
//! BAOKU_TORTURE=all cargo test --test torture          with a line of 200 MB
//! BAOKU_TORTURE=write cargo test --test torture        writes the table of outcomes anew, to be read before it is committed
//! ```
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::corpus::{CorpusLimits, Root};
use baoku::engine::Engine;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::ingest::{IngestOptions, IngestReport, Progress, ReadingLimits, ingest};
use baoku::messages::problem;
use baoku::model::{ArticleId, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use support::{Random, dictionary};

/// Text formats: the file that stands for each, below `tests/readers`; `-` for one that is written here.
const TEXTS: &[(&str, &str)] = &[
    ("plain.txt", "-"),
    ("items.jsonl", "-"),
    ("table.csv", "-"),
    ("array.json", "json/articles.json"),
    ("page.hocr", "hocr/tesseract.hocr"),
    ("alto.xml", "alto/v4.xml"),
    ("mets.xml", "mets/embedded.xml"),
    ("tei.xml", "tei/articles.xml"),
    ("mineru.json", "mineru/middle.json"),
    ("paddle.json", "paddle/structure_v3.json"),
    ("rapid.json", "paddle/rapidocr.json"),
    ("umi.jsonl", "umi/pages.jsonl"),
    ("umi.txt", "umi/merged.txt"),
    ("surya.json", "surya/results.json"),
    ("doctr.json", "doctr/export.json"),
    ("tesseract.tsv", "tesseract/page.tsv"),
    ("deepseek.mmd", "deepseek/grounding.mmd"),
    ("article.html", "html/plain/linked.html"),
];

/// Formats of bytes.
const BINARIES: &[(&str, &str)] = &[
    ("page.pdf", "pdf/printed.pdf"),
    ("locked.pdf", "pdf/locked.pdf"),
    ("picture.pdf", "pdf/picture.pdf"),
    ("bomb.pdf", "pdf/bomb.pdf"),
    ("letter.docx", "docx/libreoffice.docx"),
    ("page.ofd", "ofd/cases.ofd"),
];

const ENCODINGS: &[&str] =
    &["utf8", "mark", "gb18030", "big5", "utf16le-mark", "utf16be-mark", "utf16le", "utf16be", "twice"];

const FAULTS: &[&str] =
    &["whole", "empty", "blank", "half", "cut", "flipped", "zeros", "renamed", "two-marks", "doubled", "noise", "cr"];

const PAGE: &str = "市總工會看望老會員\n\n本報訊(記者周平和)近日,市總工會走訪慰問退休老會員,送去米麵油。工會幹部走進車間,聽取職工的意見。\n\n區裡開了夜校\n\n本報訊(通訊員吳永定)湖里區總工會的夜校開課了,四十名外來務工人員報了名。\n";

/// A file of the corpus.
struct Specimen {
    format: String,
    fault: &'static str,
    encoding: String,
    path: String,
    bytes: Vec<u8>,
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(name)).unwrap()
}

fn text_of(format: &str, source: &str) -> String {
    match format {
        "plain.txt" => PAGE.to_owned(),
        "items.jsonl" => PAGE.lines().filter(|line| line.len() > 40).fold(String::new(), |all, line| {
            all + &serde_json::json!({ "title": "夜校開課", "body": line, "date": "1998-03-02" }).to_string() + "\n"
        }),
        "table.csv" => format!("標題,正文,日期\n夜校開課,\"{}\",1998-03-02\n", PAGE.replace('"', ""))
            .replace('標', "标")
            .replace('題', "题"),
        _ => String::from_utf8(fixture(source)).unwrap(),
    }
}

/// A text in an encoding; `None` where it has characters that the encoding has not.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let lossless = |known: &'static encoding_rs::Encoding| {
        let (bytes, _, replaced) = known.encode(text);
        (!replaced).then(|| bytes.into_owned())
    };
    let wide = |big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    match encoding {
        "utf8" => Some(text.as_bytes().to_vec()),
        "mark" => Some([b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        "gb18030" => lossless(encoding_rs::GB18030),
        "big5" => lossless(encoding_rs::BIG5),
        "utf16le-mark" => Some([&b"\xFF\xFE"[..], &wide(false)].concat()),
        "utf16be-mark" => Some([&b"\xFE\xFF"[..], &wide(true)].concat()),
        "utf16le" => Some(wide(false)),
        "utf16be" => Some(wide(true)),
        "twice" => {
            Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned().into_bytes())
        }
        other => panic!("{other}"),
    }
}

/// The bytes with a fault, and the name that they go under.
fn faulty(name: &str, mut bytes: Vec<u8>, fault: &str, random: &mut Random) -> (String, Vec<u8>) {
    let mut path = name.to_owned();
    let length = bytes.len();
    match fault {
        "whole" => {}
        "empty" => bytes.clear(),
        "blank" => bytes = b" \r\n\t\n".to_vec(),
        "half" => bytes.truncate(length / 2),
        "cut" => bytes.truncate(length.saturating_sub(3)),
        "flipped" => (0..8).for_each(|_| bytes[random.below(length)] ^= 1 << random.below(8)),
        "zeros" => bytes[length * 3 / 4..].fill(0),
        "renamed" => path = format!("{}.{}", name.replace('.', "-"), random.pick(&["txt", "json", "pdf", "xml"])),
        "two-marks" => bytes = [b"%PDF-1.4\n".as_slice(), &bytes, b"<?xml version=\"1.0\"?><alto/>"].concat(),
        "doubled" => bytes = bytes.repeat(2),
        "noise" => bytes.splice(0..0, (0..64).map(|_| random.below(256) as u8)).for_each(drop),
        "cr" => bytes.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b'\r'),
        other => panic!("{other}"),
    }
    (path, bytes)
}

fn zip_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

fn tar_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    builder.append_data(&mut header, name, bytes).unwrap();
    builder.into_inner().unwrap()
}

fn gz_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn warc_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let block = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), bytes].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.cn/{name}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

/// A container with a file.
type Packer = fn(&str, &[u8]) -> Vec<u8>;

const PACKERS: &[(&str, Packer)] = &[
    ("zip", zip_of),
    ("tar", tar_of),
    ("tar.gz", |name, bytes| gz_of(&tar_of(name, bytes))),
    ("gz", |_, bytes| gz_of(bytes)),
    ("zst", |_, bytes| zstd::encode_all(bytes, 3).unwrap()),
    ("warc", warc_of),
    ("zip.in.zip", |name, bytes| zip_of("inner.zip", &zip_of(name, bytes))),
];

/// The whole corpus, always the same.
fn specimens() -> Vec<Specimen> {
    let mut random = Random::new(18);
    let mut all = Vec::new();
    let mut add = |format: &str, encoding: &str, whole: &[u8], name: &str| {
        for fault in FAULTS {
            let (path, bytes) = faulty(name, whole.to_vec(), fault, &mut random);
            let path = format!("{format}/{encoding}/{fault}/{path}");
            all.push(Specimen { format: format.to_owned(), fault, encoding: encoding.to_owned(), path, bytes });
        }
    };
    for (format, source) in TEXTS {
        let text = text_of(format, source);
        for encoding in ENCODINGS {
            if let Some(bytes) = encoded(&text, encoding) {
                add(format, encoding, &bytes, format);
            }
        }
    }
    for (format, source) in BINARIES {
        add(format, "bytes", &fixture(source), format);
    }
    for (kind, pack) in PACKERS {
        for encoding in ["utf8", "gb18030", "utf16le-mark"] {
            let bytes = encoded(PAGE, encoding).unwrap();
            add(kind, encoding, &pack("1998/03/02.txt", &bytes), &format!("a.{kind}"));
        }
    }
    all
}

struct Bench {
    folder: tempfile::TempDir,
    engine: Embedded,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("papers")).unwrap();
        let engine = Embedded::open_or_create(&folder.path().join("index"), dictionary()).unwrap();
        Self { folder, engine }
    }

    fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join("papers").join(path)
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.file(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let mut out = std::fs::File::create(file).unwrap();
        out.write_all(bytes).unwrap();
        out.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }

    fn run(&self, threads: usize, meanwhile: &dyn Fn()) -> IngestReport {
        let root = Root::parse(self.folder.path().join("papers").to_str().unwrap()).unwrap();
        let corpus = CorpusLimits { container_entries: 5000, ..CorpusLimits::default() };
        let reading = ReadingLimits { corpus, ..ReadingLimits::default() };
        let options = IngestOptions { roots: vec![root], threads, reading, ..IngestOptions::default() };
        let mut writer = Box::new(self.engine.writer(WriterOptions::default()).unwrap());
        let watch = |progress: Progress<'_>| {
            if matches!(progress, Progress::Planned { .. }) {
                meanwhile();
            }
        };
        let report = ingest(&self.engine, &mut *writer, &options, &watch).unwrap();
        baoku::engine::Writer::finish(writer).unwrap();
        self.engine.reload().unwrap();
        report
    }

    /// All articles with what is stored of them.
    fn articles(&self) -> BTreeMap<ArticleId, String> {
        let snapshot = self.engine.snapshot().unwrap();
        let sources = snapshot.sources(None, None, 100_000).unwrap();
        let all = sources.iter().flat_map(|record| snapshot.articles_of(&record.key).unwrap());
        all.map(|article| (article.id, format!("{:?} {:?}", article.story, article.metadata))).collect()
    }
}

/// What became of a file: its own outcome; of a container, those of its members too.
fn outcome_of(specimen: &Specimen, outcomes: &BTreeMap<&str, Outcome>) -> String {
    let own = outcomes.get(specimen.path.as_str());
    let inside =
        outcomes.iter().filter(|(path, _)| path.strip_prefix(&specimen.path).is_some_and(|rest| rest.starts_with('!')));
    let mut names: Vec<&str> =
        own.into_iter().chain(inside.map(|(_, outcome)| outcome)).map(|one| one.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.join("+")
}

/// Format, fault and outcome, with the encodings that it has for.
type Table = BTreeMap<(String, String, String), BTreeSet<String>>;

fn table_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture/outcomes.tsv")
}

fn read_table() -> Table {
    let text = std::fs::read_to_string(table_file()).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let row = |row: Vec<&str>| {
        let [format, fault, outcome, encodings] = row[..] else { panic!("{row:?}") };
        ((format.into(), fault.into(), outcome.into()), encodings.split(' ').map(str::to_owned).collect())
    };
    rows.map(row).collect()
}

#[test]
fn every_file_of_every_kind_has_its_one_outcome() {
    let bench = Bench::new();
    let all = specimens();
    assert!(all.len() >= 2000, "{}", all.len());
    all.iter().for_each(|one| bench.put(&one.path, &one.bytes));
    let begun = std::time::Instant::now();
    let report = bench.run(2, &|| {});
    println!("{} files in {:.1} s", all.len(), begun.elapsed().as_secs_f64());
    let outcomes: BTreeMap<&str, Outcome> =
        report.files.iter().map(|file| (file.key.path.as_str(), file.outcome)).collect();
    let doubles: Vec<&str> =
        report.files.windows(2).filter(|two| two[0].key == two[1].key).map(|two| two[0].key.path.as_str()).collect();
    assert_eq!(doubles, Vec::<&str>::new(), "a file has two outcomes");
    for file in &report.files {
        let told = file.problems.iter().map(problem).all(|words| !words.en.is_empty() && !words.zh.is_empty());
        assert!(told, "{:?}", file.problems);
        let is_mute = file.problem_count == 0 && !matches!(file.outcome, Outcome::Indexed | Outcome::Container);
        assert!(
            !is_mute || file.outcome == Outcome::Empty || file.outcome == Outcome::NoArticles,
            "{}: says nothing",
            file.key
        );
        assert!(!file.problems.iter().any(|one| one.code == "internal_fault"), "{}: {:?}", file.key, file.problems);
    }
    all.iter().filter(|one| ACCOUNTED.contains(&one.format.as_str())).for_each(|one| every_character(one, &report));
    let mut found = Table::new();
    for one in &all {
        let outcome = outcome_of(one, &outcomes);
        assert!(!outcome.is_empty(), "{}: no outcome", one.path);
        found.entry((one.format.clone(), one.fault.to_owned(), outcome)).or_default().insert(one.encoding.clone());
    }
    if std::env::var("BAOKU_TORTURE").is_ok_and(|what| what == "write") {
        let rows = found.iter().map(|((format, fault, outcome), encodings)| {
            format!("{format}\t{fault}\t{outcome}\t{}\n", encodings.iter().cloned().collect::<Vec<_>>().join(" "))
        });
        let head = "# Format, fault, outcome, and the encodings that it has for. Written by tests/torture.rs; read it before it is committed.\n";
        std::fs::write(table_file(), head.to_owned() + &rows.collect::<String>()).unwrap();
    }
    let want = read_table();
    for (key, encodings) in &found {
        let known = want.get(key).cloned().unwrap_or_default();
        assert!(encodings.is_subset(&known), "{key:?}: {encodings:?}, not {known:?}");
    }
    let again = bench.run(2, &|| {});
    let settled = |outcome: Outcome| matches!(outcome, Outcome::Unchanged | Outcome::Skipped | Outcome::Unreadable);
    let restless: Vec<&str> =
        again.files.iter().filter(|file| !settled(file.outcome)).map(|file| file.key.path.as_str()).collect();
    // A damaged container is opened again by each run: it may be whole by then.
    assert!(restless.iter().all(|path| outcomes[path] == Outcome::Broken), "{restless:?}");
    one_thread_in_another_order(&all, &bench.articles());
}

/// Formats of which every character of the text is in an article, furniture, white space or a refused part.
const ACCOUNTED: &[&str] = &["plain.txt", "items.jsonl", "table.csv"];

fn every_character(one: &Specimen, report: &IngestReport) {
    let file = report.files.iter().find(|file| file.key.path == one.path).unwrap();
    let was_read = matches!(file.outcome, Outcome::Indexed | Outcome::NoArticles) && one.fault != "renamed";
    let decoded = was_read.then(|| baoku::corpus::decode(&one.bytes, None).unwrap());
    if let Some(decoded) = decoded {
        assert_eq!(file.account.total(), decoded.text.chars().count() as u64, "{}: {:?}", one.path, file.account);
    }
}

fn one_thread_in_another_order(all: &[Specimen], want: &BTreeMap<ArticleId, String>) {
    let other = Bench::new();
    all.iter().rev().for_each(|one| other.put(&one.path, &one.bytes));
    other.run(1, &|| {});
    assert!(other.articles() == *want, "the same content in another order and with one thread is another archive");
}

#[test]
fn what_changes_while_it_is_read_is_told_and_nothing_else_suffers() {
    let bench = Bench::new();
    for name in ["gone.txt", "grown.txt", "stays.txt", "gone.zip"] {
        let bytes = if name.ends_with("zip") { zip_of("1.txt", PAGE.as_bytes()) } else { PAGE.as_bytes().to_vec() };
        bench.put(name, &bytes);
    }
    let report = bench.run(2, &|| {
        std::fs::remove_file(bench.file("gone.txt")).unwrap();
        std::fs::remove_file(bench.file("gone.zip")).unwrap();
        let mut grown = std::fs::File::options().append(true).open(bench.file("grown.txt")).unwrap();
        grown.write_all("\n又一段\n\n本報訊(記者周平和)工會開了會。\n".as_bytes()).unwrap();
    });
    let outcomes: BTreeMap<&str, Outcome> =
        report.files.iter().map(|file| (file.key.path.as_str(), file.outcome)).collect();
    assert_eq!((outcomes["gone.txt"], outcomes["gone.zip"]), (Outcome::Unreadable, Outcome::Unreadable));
    assert_eq!((outcomes["stays.txt"], outcomes["grown.txt"]), (Outcome::Indexed, Outcome::Indexed));
    let again = bench.run(2, &|| {});
    let left = |path: &str| again.files.iter().find(|file| file.key.path == path).map(|file| file.outcome);
    assert_eq!((left("gone.txt"), left("stays.txt")), (Some(Outcome::Withdrawn), Some(Outcome::Unchanged)));
}

#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.put("closed.txt", PAGE.as_bytes());
    std::fs::set_permissions(bench.file("closed.txt"), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(bench.file("closed.txt")).is_ok() {
        println!("skipped: a_file_without_permission_is_told: this user may read everything");
        return;
    }
    let report = bench.run(1, &|| {});
    assert_eq!(report.files[0].outcome, Outcome::Unreadable);
    assert!(problem(&report.files[0].problems[0]).en.contains("permission"));
}

#[test]
fn poisoned_containers_and_endless_lines_end_and_harm_nothing() {
    let bench = Bench::new();
    let outside = bench.folder.path().join("evil.txt");
    let mut builder = tar::Builder::new(Vec::new());
    for name in ["../../evil.txt", "/tmp/evil.txt", "ok.txt"] {
        let mut header = tar::Header::new_ustar();
        header.set_size(PAGE.len() as u64);
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, PAGE.as_bytes()).unwrap();
    }
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    builder.append_link(&mut link, "link.txt", "/etc/passwd").unwrap();
    bench.put("traversal.tar", &builder.into_inner().unwrap());
    let mut many = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..6000 {
        many.start_file(format!("{number}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
    }
    bench.put("many.zip", &many.finish().unwrap().into_inner());
    bench.put("bomb.gz", &gz_of(&gz_of(&vec![0; 200_000_000])));
    let line = if std::env::var_os("BAOKU_TORTURE").is_some() { 200_000_000 } else { 20_000_000 };
    bench.put("line.jsonl", &[b"{\"body\":\"".as_slice(), &vec![b'x'; line], b"\"}\n"].concat());
    bench.put("line.txt", "長".repeat(line / 30).as_bytes());
    bench.put("good.txt", PAGE.as_bytes());
    let report = bench.run(2, &|| {});
    let outcomes: BTreeMap<&str, Outcome> =
        report.files.iter().map(|file| (file.key.path.as_str(), file.outcome)).collect();
    assert_eq!((outcomes["good.txt"], outcomes["traversal.tar!/ok.txt"]), (Outcome::Indexed, Outcome::Indexed));
    assert_eq!((outcomes["line.jsonl"], outcomes["line.txt"]), (Outcome::TooLarge, Outcome::TooLarge));
    assert_eq!((outcomes["many.zip"], outcomes["bomb.gz"]), (Outcome::Broken, Outcome::Broken), "{outcomes:?}");
    assert_eq!(outcomes["traversal.tar!/../../evil.txt"], Outcome::Unreadable);
    assert!(
        !outside.exists() && !Path::new("/tmp/evil.txt").exists(),
        "something was unpacked to a path that it names"
    );
}

#[test]
fn of_two_ingests_at_once_one_waits_its_turn_and_says_so() {
    let bench = Bench::new();
    bench.put("a.txt", PAGE.as_bytes());
    let first = bench.engine.writer(WriterOptions::default()).unwrap();
    let second = bench.engine.writer(WriterOptions::default());
    assert!(matches!(second.map(drop), Err(baoku::engine::EngineError::Locked(_))));
    drop(first);
    assert_eq!(bench.run(1, &|| {}).articles(), 2);
}

#[test]
fn a_clock_that_jumps_costs_a_look_and_nothing_else() {
    let bench = Bench::new();
    bench.put("future.txt", PAGE.as_bytes());
    let file = std::fs::File::options().write(true).open(bench.file("future.txt")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(86_400 * 400)).unwrap();
    bench.put("ancient.txt", PAGE.replace('周', "吳").as_bytes());
    let ancient = std::fs::File::options().write(true).open(bench.file("ancient.txt")).unwrap();
    ancient.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(bench.run(1, &|| {}).articles(), 4);
    // The same time of change with other bytes of another size, set back by a clock.
    bench.put("ancient.txt", (PAGE.replace('周', "吳") + "\n又一篇\n\n本報訊(記者周平和)工會開了會。\n").as_bytes());
    ancient.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let report = bench.run(1, &|| {});
    let outcomes: BTreeMap<&str, Outcome> =
        report.files.iter().map(|file| (file.key.path.as_str(), file.outcome)).collect();
    assert_eq!((outcomes["future.txt"], outcomes["ancient.txt"]), (Outcome::Unchanged, Outcome::Indexed));
}

//! How fast a corpus is ingested, how large the index is, and how much memory it takes, beside the floor of the same
//! run: decoding and jieba alone.
//!
//! `cargo bench --bench ingest` uses the sample archive's items, repeated; `BAOKU_BENCH=FILE.jsonl` uses a corpus of
//! your own. One thread is one core: the program is pinned with `taskset` where there is one, because a run with one
//! thread still has the index's own thread beside it. Counts are checked, times are shown as MB of text a second (UTF-8
//! bytes of title and body) and as a share of the floor.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::text::{NormalForm, Segmenter, analyze};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/portal/2019-portal.jsonl");
const COPIES: usize = 600;

/// Title and body of each line that has a body.
struct Corpus {
    file: PathBuf,
    texts: Vec<(String, String)>,
}

impl Corpus {
    fn megabytes(&self) -> f64 {
        self.texts.iter().map(|(title, body)| title.len() + body.len()).sum::<usize>() as f64 / 1e6
    }
}

fn sample(folder: &Path) -> PathBuf {
    let text = std::fs::read_to_string(SAMPLE).expect("the sample archive");
    let mut lines = String::new();
    for copy in 0..COPIES {
        for line in text.lines() {
            let mut item: serde_json::Value = serde_json::from_str(line).expect("JSON");
            item["id"] = format!("{}-{copy}", item["id"].as_str().unwrap_or_default()).into();
            writeln!(lines, "{item}").expect("a string");
        }
    }
    let file = folder.join("sample").join("sample.jsonl");
    std::fs::create_dir_all(folder.join("sample")).expect("a folder");
    std::fs::write(&file, lines).expect("writing");
    file
}

fn load(file: PathBuf) -> Corpus {
    let text = std::fs::read_to_string(&file).expect("a UTF-8 file");
    let part = |item: &serde_json::Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let items = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let texts =
        items.map(|item| (part(&item, "title"), part(&item, "body"))).filter(|(_, body)| !body.trim().is_empty());
    Corpus { texts: texts.collect(), file }
}

/// The floor: reading and decoding the file, and jieba over titles and bodies.
fn floor(corpus: &Corpus) -> Duration {
    let start = Instant::now();
    let bytes = baoku::corpus::read(&corpus.file).expect("bytes");
    let decoded = baoku::corpus::decode(bytes, None).expect("text");
    assert!(!decoded.text.is_empty());
    let segmenter = Segmenter::shared();
    let words: usize =
        corpus.texts.iter().map(|(title, body)| segmenter.cut(title).len() + segmenter.cut(body).len()).sum();
    assert!(words > corpus.texts.len());
    start.elapsed()
}

fn timed(corpus: &Corpus, work: impl Fn(&str) -> usize) -> Duration {
    let start = Instant::now();
    let sum: usize = corpus.texts.iter().map(|(title, body)| work(title) + work(body)).sum();
    assert!(sum > 0);
    start.elapsed()
}

/// Processor time that this process has used, in seconds.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    // Fields 14 and 15 of proc(5), in hundredths of a second.
    let ticks: f64 = behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The same texts as jieba words alone, with frequencies, in stock tantivy: processor time of building that index.
fn words_alone(corpus: &Corpus, folder: &Path) -> f64 {
    use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
    let indexing =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let mut schema = Schema::builder();
    let fields = ["title", "body"]
        .map(|name| schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing.clone())));
    std::fs::create_dir_all(folder).expect("a folder");
    let index = tantivy::Index::create_in_dir(folder, schema.build()).expect("an index");
    let before = processor();
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 200_000_000).expect("a writer");
    for (title, body) in &corpus.texts {
        let mut document = tantivy::TantivyDocument::new();
        for (field, text) in fields.into_iter().zip([title, body]) {
            let normal = NormalForm::from_paragraphs(text.lines()).into_encoded();
            document.add_text(field, baoku::text::word_tokens(Segmenter::shared(), &normal));
        }
        writer.add_document(document).expect("adding");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merging");
    processor() - before
}

struct Ingest {
    time: Duration,
    peak: u64,
    index: u64,
}

/// Runs the real program, and watches its largest memory.
fn ingest(corpus: &Corpus, folder: &Path, threads: usize) -> Ingest {
    let index = folder.join(format!("index{threads}"));
    let program = env!("CARGO_BIN_EXE_baoku");
    let pinned = threads == 1 && Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok();
    let mut command = if pinned { Command::new("taskset") } else { Command::new(program) };
    if pinned {
        command.args(["-c", "0", program]);
    }
    command.arg("ingest").arg(corpus.file.parent().expect("a folder")).arg("--index").arg(&index);
    command.args(["--threads", &threads.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut process = command.spawn().expect("the program");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_memory(process.id()));
        if let Some(status) = process.try_wait().expect("a look") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let time = start.elapsed();
    assert!(status.success());
    let engine =
        baoku::engine::embedded::Embedded::open(&index, Segmenter::shared().dictionary_hash()).expect("an index");
    let count = baoku::engine::Engine::snapshot(&engine).expect("a state").article_count().expect("a count");
    assert_eq!(count, corpus.texts.len() as u64, "every item with a body is an article");
    let size = std::fs::read_dir(&index)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").metadata().expect("data").len())
        .sum();
    Ingest { time, peak, index: size }
}

/// `VmHWM` of a process, in bytes; 0 where it cannot be read.
fn peak_memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or(0) * 1000
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::env::var_os("BAOKU_BENCH").map_or_else(|| sample(folder.path()), PathBuf::from);
    let corpus = load(file.canonicalize().expect("the corpus"));
    let megabytes = corpus.megabytes();
    Segmenter::shared();
    let floor = floor(&corpus);
    let mut table = format!("{} articles, {megabytes:.1} MB of title and body\n\n", corpus.texts.len());
    table.push_str("| step | MB/s | share of the floor |\n|---|---|---|\n");
    let mut row = |name: &str, time: Duration| {
        let speed = megabytes / time.as_secs_f64();
        let share = floor.as_secs_f64() / time.as_secs_f64();
        writeln!(table, "| {name} | {speed:.1} | {share:.2} |").expect("a string");
    };
    row("floor: decoding + jieba, one thread", floor);
    row(
        "normal form, one thread",
        timed(&corpus, |text| NormalForm::from_paragraphs(text.lines()).into_encoded().len()),
    );
    row("all token streams, one thread", timed(&corpus, |text| analyze(text.lines()).grams.len()));
    let alone = words_alone(&corpus, &folder.path().join("words"));
    row("jieba words alone in stock tantivy, processor time", Duration::from_secs_f64(alone));
    let one = ingest(&corpus, folder.path(), 1);
    row("ingest, one thread (pinned to one core)", one.time);
    let two = ingest(&corpus, folder.path(), 2);
    row("ingest, two threads", two.time);
    // Pinned to one core, the time of the whole program is processor time, its start and the reading of the file included.
    writeln!(table, "\ningest with one thread over words alone: {:.1}", one.time.as_secs_f64() / alone)
        .expect("a string");
    for (name, run) in [("one thread", &one), ("two threads", &two)] {
        let share = run.index as f64 / 1e6 / megabytes * 100.0;
        writeln!(
            table,
            "\n{name}: index {:.1} MB = {share:.0} % of the text; peak memory {:.0} MB",
            run.index as f64 / 1e6,
            run.peak as f64 / 1e6
        )
        .expect("a string");
    }
    println!("{table}");
}

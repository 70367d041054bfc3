//! How the archive behaves as it grows: ingest, memory, opening, searches at rest and beside a commit, export, and the check
//! of an archive that has not changed, at each size that is asked for.
//!
//! `BAOKU_BENCH=FILE.jsonl cargo bench --bench scale -- 10000 100000 1000000` makes archives of these sizes by recombining the
//! sentences of a corpus of your own (the sample archive's without one), with bylines and reprints in them, in
//! `BAOKU_SCALE=DIR` (a temporary folder unless given), and prints one column a size. `pages=2400` prints the table of a
//! folder of page files instead; `threads=2` leaves out the ingest with one; `known` takes the indexes that an earlier run left
//! in `BAOKU_SCALE`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed run"
)]

mod made;
mod program;
mod server;

use made::Sentences;
use program::{Run, run};
use server::{Server, Times};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Articles of a commit beside which is searched.
const COMMIT: usize = 1_000;

/// Requests, each sent this many times.
const TIMES: usize = 200;

/// Name of a row and its request.
const REQUESTS: &[(&str, &str)] = &[
    ("page of 20, a word", "/api/v1/articles?limit=20&q=%E7%BB%8F%E6%B5%8E"),
    ("page of 20, a name", "/api/v1/articles?limit=20&q=%22%E6%B1%AA%E6%96%87%E6%B8%85%22"),
    ("page of 20, two words", "/api/v1/articles?limit=20&q=%E7%BB%8F%E6%B5%8E%20%E5%8F%91%E5%B1%95"),
    ("page of 20, a phrase", "/api/v1/articles?limit=20&q=%22%E7%BB%8F%E6%B5%8E%E5%8F%91%E5%B1%95%22"),
    ("count, a word", "/api/v1/articles?limit=1&fields=id&q=%E7%BB%8F%E6%B5%8E"),
    ("facets, a word", "/api/v1/articles?limit=1&fields=id&facets=year,province,topic&q=%E7%BB%8F%E6%B5%8E"),
    ("reprints once, a word", "/api/v1/articles?limit=20&once=true&q=%E7%BB%8F%E6%B5%8E"),
    ("month series, a word", "/api/v1/trends?by=month&q=%E7%BB%8F%E6%B5%8E"),
    ("completions", "/api/v1/suggest?q=%E7%BB%8F"),
];

/// A table: a name and a value for each size.
#[derive(Default)]
struct Table {
    rows: Vec<(String, Vec<String>)>,
}

impl Table {
    fn add(&mut self, name: &str, value: String) {
        match self.rows.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => self.rows.push((name.to_owned(), vec![value])),
        }
    }

    fn print(&self, sizes: &[usize]) {
        let heads: Vec<String> = sizes.iter().map(|size| format!("{size} articles")).collect();
        println!("| | {} |\n|---|{}", heads.join(" | "), "---|".repeat(sizes.len()));
        for (name, values) in &self.rows {
            println!("| {name} | {} |", values.join(" | "));
        }
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn ingest(corpus: &Path, index: &Path, threads: usize) -> Run {
    run(&["ingest", &corpus.to_string_lossy(), "--index", &index.to_string_lossy()], threads)
}

/// Ingests with one and two threads, and looks again at what has not changed.
fn ingest_rows(table: &mut Table, folder: &Path, megabytes: f64, threads: RangeInclusive<usize>) -> PathBuf {
    let corpus = folder.join("corpus");
    let floor = made::floor(&corpus);
    for threads in threads.clone() {
        let index = folder.join(format!("index{threads}"));
        let _ = std::fs::remove_dir_all(&index);
        let ran = ingest(&corpus, &index, threads);
        let speed = megabytes / ran.time.as_secs_f64();
        let share = speed / floor;
        table.add(
            &format!("ingest, {threads} thread(s)"),
            format!(
                "{:.1} s, {speed:.2} MB/s = {share:.2} of decoding + jieba; {:.0} CPU s; peak {} MB",
                ran.time.as_secs_f64(),
                ran.cpu,
                ran.peak / 1_000_000
            ),
        );
        if threads == 1 {
            let _ = std::fs::remove_dir_all(&index);
        }
    }
    let index = folder.join("index2");
    table.add("index", format!("{} MB, text {megabytes:.0} MB", program::size(&index) / 1_000_000));
    index
}

fn export_row(table: &mut Table, index: &Path, articles: usize) {
    let ran = run(&["export", "", "--index", &index.to_string_lossy()], 2);
    assert_eq!(ran.lines, articles as u64, "every article is exported once");
    let speed = articles as f64 / ran.time.as_secs_f64();
    table.add("export of everything", format!("{speed:.0} articles/s, peak {} MB", ran.peak / 1_000_000));
}

fn request_rows(table: &mut Table, server: &Server) {
    for (name, path) in REQUESTS {
        let first = server.time(path);
        let times = Times::of((0..TIMES).map(|_| server.time(path)));
        table.add(
            name,
            format!(
                "{} first, p50 {}, p99 {}",
                milliseconds(first),
                milliseconds(times.at(0.5)),
                milliseconds(times.at(0.99))
            ),
        );
    }
}

/// Searches every 50 ms, at rest and while a thousand articles are committed.
fn commit_rows(table: &mut Table, server: &Server, sentences: &Sentences, folder: &Path, index: &Path) {
    let path = REQUESTS[2].1;
    let pause = Duration::from_millis(50);
    let rest = server.every(pause, path, |ran| ran < Duration::from_secs(5));
    let more = folder.join("more");
    sentences.write(&more, COMMIT, 7);
    let mut commit = program::start(&["ingest", &more.to_string_lossy(), "--index", &index.to_string_lossy()]);
    let mut ended = None;
    let beside = server.every(pause, path, |ran| {
        ended = ended.or_else(|| commit.try_wait().expect("a look").map(|_| ran));
        ended.is_none_or(|end| ran < end + Duration::from_secs(3))
    });
    let row = |times: &Times| {
        format!(
            "p50 {}, p99 {}, worst {}",
            milliseconds(times.at(0.5)),
            milliseconds(times.at(0.99)),
            milliseconds(times.at(1.0))
        )
    };
    table.add("a search every 50 ms, at rest", row(&rest));
    table.add("the same while 1,000 articles are committed", row(&beside));
    let ratio = beside.at(1.0).as_secs_f64() / rest.at(0.99).as_secs_f64();
    table.add("worst during a commit over p99 at rest", format!("{ratio:.1}"));
    table.add("commit of 1,000 articles", format!("{:.1} s", ended.unwrap_or_default().as_secs_f64()));
}

fn size_rows(table: &mut Table, sentences: &Sentences, folder: &Path, articles: usize, given: &Given) {
    let folder = folder.join(format!("articles-{articles}"));
    let index = if given.known {
        folder.join("index2")
    } else {
        let megabytes = sentences.write(&folder.join("corpus"), articles, 1);
        ingest_rows(table, &folder, megabytes, given.threads..=2)
    };
    let check = ingest(&folder.join("corpus"), &index, 2);
    table.add("check of what has not changed", format!("{:.2} s", check.time.as_secs_f64()));
    export_row(table, &index, articles);
    let server = Server::start(&index);
    table.add("open: from start to the first answer", milliseconds(server.opened));
    std::thread::sleep(Duration::from_secs(3));
    table.add(
        "memory of an idle server",
        format!(
            "{} MB, with pages of the index {} MB",
            server.memory("RssAnon") / 1_000_000,
            server.memory("VmRSS") / 1_000_000
        ),
    );
    request_rows(table, &server);
    commit_rows(table, &server, sentences, &folder, &index);
    table.add("memory of the server at the end", format!("{} MB", server.memory("RssAnon") / 1_000_000));
}

/// Page files, a folder for each day: with one and two threads, and unchanged.
fn page_rows(table: &mut Table, sentences: &Sentences, folder: &Path, pages: usize) {
    let corpus = folder.join("pages");
    sentences.write_pages(&corpus, pages);
    let times: Vec<Duration> =
        [1, 2].map(|threads| ingest(&corpus, &folder.join(format!("pages{threads}")), threads).time).into();
    let again = ingest(&corpus, &folder.join("pages2"), 2).time;
    for (name, time) in ["one thread", "two threads"].iter().zip(&times) {
        table.add(&format!("{pages} page files, {name}"), format!("{:.2} s", time.as_secs_f64()));
    }
    table.add("one over two", format!("{:.2}", times[0].as_secs_f64() / times[1].as_secs_f64()));
    table.add(
        "unchanged",
        format!("{:.3} s = 1/{:.0}", again.as_secs_f64(), times[1].as_secs_f64() / again.as_secs_f64()),
    );
}

/// What is asked for.
struct Given {
    sizes: Vec<usize>,
    pages: Option<usize>,
    /// The fewest threads of an ingest.
    threads: usize,
    known: bool,
}

impl Given {
    fn read() -> Self {
        let given: Vec<String> = std::env::args().skip(1).collect();
        let number = |name: &str| given.iter().find_map(|arg| arg.strip_prefix(name)?.parse::<usize>().ok());
        let sizes: Vec<usize> = given.iter().filter_map(|arg| arg.parse().ok()).collect();
        Self {
            sizes: if sizes.is_empty() { vec![10_000] } else { sizes },
            pages: number("pages="),
            threads: number("threads=").unwrap_or(1),
            known: given.iter().any(|arg| arg == "known"),
        }
    }
}

fn main() {
    let given = Given::read();
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = std::env::var_os("BAOKU_SCALE").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let sentences = Sentences::read();
    let mut table = Table::default();
    if let Some(pages) = given.pages {
        page_rows(&mut table, &sentences, &folder, pages);
        return table.print(&[pages]);
    }
    given.sizes.iter().for_each(|articles| size_rows(&mut table, &sentences, &folder, *articles, &given));
    table.print(&given.sizes);
}

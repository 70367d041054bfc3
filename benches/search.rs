//! How fast the archive answers, beside two floors of the same run: a brute-force scan of the normal forms in memory, and
//! a bare term query of the index. One thread, the page cache warm, the best of three rounds for each query; every count
//! is checked against the scan.
//!
//! `cargo bench --bench search` reads the sample archive; `BAOKU_BENCH=FILE.jsonl` a corpus of your own (ingested first),
//! `BAOKU_INDEX=DIR` an index that was made of it before. `BAOKU_ONLY=TEXT` measures only the rows whose names hold it.
//! Times are microseconds.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::archive::{Archive, ArchiveView, SearchRequest, TrendRequest};
use baoku::engine::Engine;
use baoku::engine::embedded::Embedded;
use baoku::model::{Facet, TextField};
use baoku::query::{Match, Plan, RunTokens, Sort, UnitRun, match_of, rank_terms, run_of};
use baoku::text::{NormalForm, Segmenter, is_boundary, units, word_tokens};
use memchr::memmem::Finder;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use support::Random;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Queries of a class.
const QUERIES: usize = 200;
/// Rounds, of which the best counts; `BAOKU_ROUNDS` changes it for a look with a profiler.
fn rounds() -> usize {
    std::env::var("BAOKU_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}

struct Bench {
    archive: ArchiveView,
    engine: Arc<Embedded>,
    index: PathBuf,
    /// Encoded title and body of each article.
    texts: Vec<[String; 2]>,
    random: Random,
}

fn program_ingests(corpus: &Path, index: &Path) {
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_baoku"))
        .args(["ingest", "--threads", "2"])
        .arg(corpus)
        .arg("--index")
        .arg(index)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    assert!(status.expect("the program").success());
}

/// All articles, by pages of the archive itself.
fn texts(engine: &Embedded) -> Vec<[String; 2]> {
    let mut plan = plan(Match::All, 2000);
    plan.sort = Sort::Newest;
    let mut texts = Vec::new();
    loop {
        let answer = engine.snapshot().unwrap().search(&plan).expect("an answer");
        let Some(last) = answer.hits.last() else { break };
        plan.after = Some(last.key);
        for hit in &answer.hits {
            texts.push(
                [TextField::Title, TextField::Body]
                    .map(|f| NormalForm::from_paragraphs(hit.article.paragraphs(f)).into_encoded()),
            );
        }
    }
    texts
}

fn plan(matching: Match, limit: usize) -> Plan {
    Plan { sort: Sort::Relevance, limit, ..Plan::for_match(matching) }
}

/// Best of the rounds for each query, then the median and the 99th percentile.
fn measure(queries: &[String], mut ask: impl FnMut(&str) -> u64) -> (f64, f64, u64) {
    let mut times: Vec<f64> = Vec::new();
    let mut sum = 0;
    for query in queries {
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..rounds() {
            let start = Instant::now();
            found = ask(query);
            best = best.min(start.elapsed().as_secs_f64() * 1e6);
        }
        times.push(best);
        sum += found;
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    (at(0.5), at(0.99), sum)
}

impl Bench {
    /// Runs of so many units, drawn by occurrence: from bodies, beginning and ending in no boundary.
    fn phrases(&mut self, length: usize) -> Vec<String> {
        let mut phrases = Vec::new();
        while phrases.len() < QUERIES {
            let text = &self.texts[self.random.below(self.texts.len())][1];
            let all: Vec<&str> = units(text).collect();
            if all.len() < length + 2 {
                continue;
            }
            let start = self.random.below(all.len() - length);
            let run = &all[start..start + length];
            if run.iter().any(|unit| is_boundary(unit) || unit.starts_with('_')) {
                continue;
            }
            phrases.push(format!("\"{}\"", run.concat()));
        }
        phrases
    }

    /// So many content words of one article.
    fn words(&mut self, count: usize, separator: &str) -> Vec<String> {
        let mut queries = Vec::new();
        while queries.len() < QUERIES {
            let text = &self.texts[self.random.below(self.texts.len())][1];
            let tokens = word_tokens(Segmenter::shared(), text);
            let long: Vec<&str> =
                tokens.split(' ').filter(|word| word.chars().count() > 1 && !word.is_ascii()).collect();
            if long.len() < count * 3 {
                continue;
            }
            let picked: Vec<&str> = (0..count).map(|_| long[self.random.below(long.len())]).collect();
            queries.push(picked.join(separator));
        }
        queries
    }

    /// Dictionary words of at least so many units, drawn by occurrence.
    fn dictionary_words(&mut self, shortest: usize) -> Vec<String> {
        let mut queries = Vec::new();
        while queries.len() < QUERIES {
            let text = &self.texts[self.random.below(self.texts.len())][1];
            let tokens = word_tokens(Segmenter::shared(), text);
            let fitting: Vec<&str> = tokens
                .split(' ')
                .filter(|word| word.chars().count() >= shortest && Segmenter::shared().lexicon_has(word))
                .collect();
            if !fitting.is_empty() {
                queries.push(fitting[self.random.below(fitting.len())].to_owned());
            }
        }
        queries
    }

    fn matching(&self, query: &str) -> Match {
        match_of(&parse_query(query, None).0, self.engine.snapshot().unwrap().capabilities()).0
    }

    /// Articles that hold the only run of a query, by looking at all of them.
    fn scan(&self, query: &str) -> u64 {
        let ast = parse_query(query, None).0;
        let run =
            run_of(ast.positive_terms()[0], self.engine.snapshot().unwrap().capabilities()).expect("a run").encoded;
        let finder = Finder::new(&run);
        self.texts.iter().filter(|texts| texts.iter().any(|text| finder.find(text.as_bytes()).is_some())).count() as u64
    }

    /// A page of which no passages are shown.
    fn page_of_ids(&self, query: &str) -> u64 {
        let mut request = SearchRequest::of_query(query);
        request.answer.fields = vec!["id"];
        self.archive.search(&request).expect("a page").total
    }

    fn page(&self, query: &str, facets: bool, filters: bool) -> u64 {
        let mut request = SearchRequest::of_query(query);
        request.paging.sort = Some(Sort::Relevance);
        if facets {
            request.answer.facets = vec![Facet::Year, Facet::Province, Facet::Topic, Facet::Paper, Facet::Kind];
        }
        if filters {
            request.selection.filters.from = "2014-01-01".parse().ok();
            request.selection.filters.to = "2018-12-31".parse().ok();
        }
        self.archive.search(&request).expect("a page").total
    }

    fn count(&self, query: &str) -> u64 {
        self.engine.snapshot().unwrap().search(&plan(self.matching(query), 0)).expect("a count").total
    }

    fn row(&self, name: &str, scanned: (f64, f64), queries: &[String], ask: impl FnMut(&str) -> u64) -> (f64, f64) {
        if std::env::var("BAOKU_ONLY").is_ok_and(|only| !name.contains(&only)) {
            return (1.0, 1.0);
        }
        let (p50, p99, sum) = measure(queries, ask);
        let of_scan = |time: f64, scan: f64| if scan > 0.0 { format!("1/{:.0}", scan / time) } else { "–".into() };
        println!(
            "| {name} | {p50:.0} | {p99:.0} | {} | {} | {} |",
            of_scan(p50, scanned.0),
            of_scan(p99, scanned.1),
            sum / queries.len() as u64
        );
        (p50, p99)
    }
}

/// The engine alone: top 20 with total, no stored text: the hits are found and counted, none is read.
fn engine_only(bench: &Bench, matching: &Match, ranking: Vec<baoku::query::RankTerm>) -> u64 {
    bench.engine.find(&Plan { ranking, ..plan(matching.clone(), 20) }).expect("an answer").0
}

/// The same run as the phrase of its grams, even where it is a word of the lexicon.
fn as_grams(matching: &Match) -> Match {
    match matching {
        Match::Run(run) => {
            let units: Vec<String> = units(&run.encoded).map(str::to_owned).collect();
            Match::Run(UnitRun { tokens: RunTokens::Grams(baoku::text::grams_of_units(&units)), ..run.clone() })
        }
        other => other.clone(),
    }
}

fn open() -> (Bench, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let index = std::env::var_os("BAOKU_INDEX").map_or_else(|| folder.path().join("index"), PathBuf::from);
    if !index.exists() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let corpus = std::env::var_os("BAOKU_BENCH").map_or_else(|| sample.into(), PathBuf::from);
        let corpus = if corpus.is_file() { corpus.parent().expect("a folder").to_owned() } else { corpus };
        program_ingests(&corpus, &index);
    }
    let engine = Arc::new(Embedded::open(&index, Segmenter::shared().dictionary_hash()).expect("an index"));
    let texts = texts(&engine);
    let archive = Archive::new(engine.clone()).now().unwrap();
    let start = Instant::now();
    if std::env::var_os("BAOKU_ONLY").is_none() {
        archive.prepare().expect("completions");
    }
    println!("completions and families made ready in {:.1} s", start.elapsed().as_secs_f64());
    (Bench { archive, engine, index, texts, random: Random::new(2026) }, folder)
}

fn floors(bench: &mut Bench) -> (f64, f64) {
    let phrases = bench.phrases(4);
    let (p50, p99, _) = measure(&phrases[..40], |query| bench.scan(query));
    println!("| floor: scan of all texts in memory | {p50:.0} | {p99:.0} | 1/1 | 1/1 | |");
    let index = tantivy::Index::open_in_dir(&bench.index).expect("an index");
    let searcher = index.reader().expect("a reader").searcher();
    let field = index.schema().get_field("body_words").expect("a field");
    let words = bench.words(1, " ");
    bench.row("floor: bare tantivy term query, top 20 and count", (p50, p99), &words, |word| {
        let query = TermQuery::new(tantivy::Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
        let found = searcher.search(&query, &(TopDocs::with_limit(20).order_by_score(), Count)).expect("an answer");
        found.1 as u64
    });
    (p50, p99)
}

fn pages(bench: &mut Bench, scan: (f64, f64)) {
    for length in 1..=10 {
        let phrases = bench.phrases(length);
        for query in phrases.iter().take(20) {
            assert!(bench.count(query) >= bench.scan(query), "{query}: captions and bylines may add some");
        }
        bench.row(&format!("phrase of {length}, count"), scan, &phrases, |query| bench.count(query));
        bench.row(&format!("phrase of {length}, first 20 found, not read"), scan, &phrases, |query| {
            engine_only(bench, &bench.matching(query), Vec::new())
        });
        bench.row(&format!("phrase of {length}, first 20 found and read"), scan, &phrases, |query| {
            bench.engine.snapshot().unwrap().search(&plan(bench.matching(query), 20)).expect("an answer").total
        });
        bench.row(&format!("phrase of {length}, page of 20"), scan, &phrases, |query| bench.page(query, false, false));
    }
    let union: Vec<String> = include_str!("../src/tables/words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .filter(|word| bench.count(word) > 0)
        .take(QUERIES)
        .collect();
    let three = bench.words(3, " ");
    let any = bench.words(3, " | ");
    let near = bench.words(2, " NEAR/5 ");
    let excluded = bench.words(2, " -");
    for (name, queries) in [
        ("union terms", &union),
        ("three words", &three),
        ("three words, any", &any),
        ("two words, NEAR/5", &near),
        ("a word but not another", &excluded),
    ] {
        bench.row(&format!("{name}, count"), scan, queries, |query| bench.count(query));
        bench.row(&format!("{name}, page of 20"), scan, queries, |query| bench.page(query, false, false));
        bench.row(&format!("{name}, page with dates and 5 facets"), scan, queries, |query| {
            bench.page(query, true, true)
        });
    }
}

fn ratios(bench: &mut Bench) {
    println!("\n| engine alone: top 20 with total, no stored text | p50 | p99 | | | hits |\n|---|---|---|---|---|---|");
    let words = bench.dictionary_words(3);
    let none = (0.0, 0.0);
    let lexicon = bench.row("dictionary word of 3 or more, lexicon term", none, &words, |q| {
        engine_only(bench, &bench.matching(q), Vec::new())
    });
    let grams = bench.row("the same as a gram phrase", none, &words, |q| {
        engine_only(bench, &as_grams(&bench.matching(q)), Vec::new())
    });
    let several: Vec<String> = (2..=4).flat_map(|count| bench.words(count, " ")).collect();
    let inexact = |query: &str| Match::And(query.split(' ').map(|word| Match::Words(vec![word.to_owned()])).collect());
    let ranked = |query: &str| rank_terms(&parse_query(query, None).0);
    let plain = bench.row("2 to 4 words, inexact AND of words, scored", none, &several, |q| {
        engine_only(bench, &inexact(q), ranked(q))
    });
    let unscored = bench.row("the same, not scored", none, &several, |q| engine_only(bench, &inexact(q), Vec::new()));
    let exact =
        bench.row("2 to 4 words, exact", none, &several, |q| engine_only(bench, &bench.matching(q), Vec::new()));
    let scored = bench.row("2 to 4 words, exact, scored by words", none, &several, |q| {
        engine_only(bench, &bench.matching(q), ranked(q))
    });
    let ids = bench.row("2 to 4 words, re-scored page without snippets", none, &several, |q| bench.page_of_ids(q));
    let page = bench.row("2 to 4 words, page with snippets", none, &several, |q| bench.page(q, false, false));
    println!();
    let share =
        |name: &str, a: (f64, f64), b: (f64, f64)| println!("{name}: p50 {:.2}, p99 {:.2}", a.0 / b.0, a.1 / b.1);
    share("gram phrase over lexicon term (goal 6 and 10)", grams, lexicon);
    share("exact over inexact, both unscored (goal 1.5)", exact, unscored);
    share("exact scored by words over inexact unscored (goal 3)", scored, unscored);
    share("exact scored over inexact scored", scored, plain);
    share("page with snippets over the re-scored page without (goal 4)", page, ids);
    share("page with snippets over exact scored", page, scored);
}

/// Series beside the search for the same words.
fn series(bench: &mut Bench) {
    println!("\n| a word, over time | p50 | p99 | | | hits |\n|---|---|---|---|---|---|");
    let none = (0.0, 0.0);
    let words = bench.words(1, " ");
    let ask = |queries: &[&str], by: &str, split: Option<&str>| {
        let pairs =
            queries.iter().map(|query| ("q", *query)).chain([("by", by)]).chain(split.map(|split| ("split", split)));
        let request = TrendRequest::from_pairs(pairs).expect("a request");
        let reply = bench.archive.trends(&request).expect("series");
        reply.series.iter().map(|one| one.sum().matched + one.undated.matched + one.coarse.matched).sum::<u64>()
    };
    let found = bench.row("search: top 20 with total, no stored text", none, &words, |q| {
        engine_only(bench, &bench.matching(q), Vec::new())
    });
    let page = bench.row("search: page of 20", none, &words, |q| bench.page(q, false, false));
    let monthly = bench.row("series by month with totals", none, &words, |q| ask(&[q], "month", None));
    bench.row("series by day with totals", none, &words, |q| ask(&[q], "day", None));
    bench.row("series by year, split by province", none, &words, |q| ask(&[q], "year", Some("province")));
    let twelve: Vec<String> = words.chunks(12).filter(|words| words.len() == 12).map(|words| words.join(" ")).collect();
    let all =
        bench.row("twelve series by month", none, &twelve, |q| ask(&q.split(' ').collect::<Vec<_>>(), "month", None));
    let apart = bench.row("the same twelve, one after the other", none, &twelve, |q| {
        q.split(' ').map(|word| ask(&[word], "month", None)).sum()
    });
    println!();
    let share =
        |name: &str, a: (f64, f64), b: (f64, f64)| println!("{name}: p50 {:.2}, p99 {:.2}", a.0 / b.0, a.1 / b.1);
    share("monthly series over the bare search (goal 3)", monthly, found);
    share("monthly series over a page of 20", monthly, page);
    share("twelve series over the same one by one (goal 1)", all, apart);
}

fn main() {
    let (mut bench, _folder) = open();
    let bytes: usize = bench.texts.iter().flatten().map(String::len).sum();
    println!("{} articles, {:.1} MB of normal form\n", bench.texts.len(), bytes as f64 / 1e6);
    println!("| query | p50 µs | p99 µs | of the scan, p50 | p99 | hits |\n|---|---|---|---|---|---|");
    let scan = floors(&mut bench);
    pages(&mut bench, scan);
    ratios(&mut bench);
    series(&mut bench);
}

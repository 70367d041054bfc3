//! Builders for tests: the only place that knows how values are put together.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test file uses its part of this module")]

use baoku::archive::{Archive, SearchReply, SearchRequest};
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::scan::Scan;
use baoku::engine::{Engine, Writer};
use baoku::indexing::indexed;
use baoku::ingest::{IngestOptions, ingest};
use baoku::model::{
    Amount, Article, ArticleId, DateInfo, DateSource, IndexedArticle, Kind, Measure, Metadata, PaperInfo, Passage,
    Place, RegionInfo, SourceKey, Story, TopicInfo,
};
use baoku::reprints::Clustering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A small, fixed random number generator (an LCG), so that a failure can be run again.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493))
    }

    /// A number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The hash of the dictionary of this program.
pub fn dictionary() -> &'static str {
    baoku::text::Segmenter::shared().dictionary_hash()
}

pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The folder of real pages, or `None` with a printed reason.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

/// An article with the values that filters look at.
pub struct Draft {
    pub n: u64,
    pub title: &'static str,
    pub body: Vec<String>,
    pub date: Option<&'static str>,
    pub region: Option<&'static str>,
    pub topics: Vec<&'static str>,
    pub paper: &'static str,
    pub amounts: Vec<(f64, Measure)>,
    /// How sure date, place and topics are.
    pub sure: [f32; 3],
}

impl Draft {
    pub fn new(n: u64, title: &'static str, body: &str) -> Self {
        let body = body.split('\n').map(str::to_owned).collect();
        Self {
            n,
            title,
            body,
            date: None,
            region: None,
            topics: Vec::new(),
            paper: "",
            amounts: Vec::new(),
            sure: [1.0; 3],
        }
    }

    pub fn date(mut self, date: &'static str) -> Self {
        self.date = Some(date);
        self
    }

    pub fn region(mut self, code: &'static str) -> Self {
        self.region = Some(code);
        self
    }

    pub fn topics(mut self, topics: &[&'static str]) -> Self {
        self.topics = topics.to_vec();
        self
    }

    pub fn paper(mut self, paper: &'static str) -> Self {
        self.paper = paper;
        self
    }

    pub fn amount(mut self, value: f64, measure: Measure) -> Self {
        self.amounts.push((value, measure));
        self
    }

    pub fn sure(mut self, date: f32, region: f32, topic: f32) -> Self {
        self.sure = [date, region, topic];
        self
    }

    pub fn indexed(self) -> IndexedArticle {
        let mut story = Story::new(Kind::News);
        story.title = self.title.into();
        story.body = self
            .body
            .into_iter()
            .map(|text| Passage { text, blocks: Vec::new(), subhead: false, grafts: Vec::new() })
            .collect();
        let span = self.date.map(|date| date.parse().expect("a date"));
        let [date, place, topic] = self.sure;
        let topics =
            self.topics.iter().map(|id| TopicInfo { id: (*id).into(), confidence: topic, evidence: Vec::new() });
        let metadata = Metadata {
            event_dates: Vec::new(),
            mentions: Vec::new(),
            no_place: None,
            bodies: Vec::new(),
            amounts: self.amounts.into_iter().map(|(value, measure)| amount(value, measure)).collect(),
            corrected: Vec::new(),
            paper: PaperInfo { id: self.paper.into(), name: self.paper.into(), home: String::new() },
            page: "1".into(),
            date: span
                .map_or_else(DateInfo::undated, |span| DateInfo::stated(span, DateSource::Item, date, Vec::new())),
            regions: self.region.into_iter().map(|code| region(code, place)).collect(),
            topics: topics.collect(),
            bylines: Vec::new(),
        };
        let source = SourceKey { root: "test".into(), path: format!("{}.txt", self.n / 10) };
        let place = Place { page_key: source.to_string(), source, line: 1, order: self.n % 10 };
        indexed(Article { id: ArticleId::from_u64(self.n), story, metadata, place, former_ids: Vec::new(), since: 0 })
    }
}

fn amount(value: f64, measure: Measure) -> Amount {
    Amount { value, measure, what: String::new(), quote: String::new(), block: None, start: 0, end: 0 }
}

fn region(code: &'static str, confidence: f32) -> RegionInfo {
    let table = baoku::tables::regions();
    let path = table.path(code, None);
    let today: Vec<String> = table
        .present(code)
        .iter()
        .flat_map(|unit| table.path(unit.code, None))
        .map(|unit| unit.code.to_owned())
        .collect();
    let mut codes: Vec<String> = path.iter().map(|unit| unit.code.to_owned()).collect();
    codes.extend(today.iter().cloned());
    codes.dedup();
    let names = path.iter().map(|unit| unit.name.to_owned()).collect();
    RegionInfo { code: code.into(), path: names, codes, today, confidence, evidence: Vec::new() }
}

/// An engine under test, with its folder if it has one.
pub struct Case {
    pub engine: Arc<dyn Engine>,
    pub folder: Option<tempfile::TempDir>,
}

pub fn scan_of(articles: &[IndexedArticle]) -> Arc<dyn Engine> {
    let mut scan = Scan::new();
    write(&Scan::new(), &mut scan, articles, &mut |_, _| ());
    Arc::new(scan)
}

/// Adds articles, in three commits where there is more to do with each. They get their clusters unless they have some.
fn write(
    engine: &dyn Engine,
    writer: &mut dyn Writer,
    articles: &[IndexedArticle],
    and: &mut dyn FnMut(&mut dyn Writer, &[IndexedArticle]),
) {
    let mut clustering = Clustering::new(engine, writer).expect("a state");
    if articles.iter().any(|article| article.cluster != 0) {
        drop(clustering);
        return write_parts(writer, articles, and);
    }
    write_parts(&mut clustering, articles, and);
}

fn write_parts(
    writer: &mut dyn Writer,
    articles: &[IndexedArticle],
    and: &mut dyn FnMut(&mut dyn Writer, &[IndexedArticle]),
) {
    for part in articles.chunks(articles.len().div_ceil(3).max(1)) {
        part.iter().for_each(|article| writer.add(article.clone()).expect("adding"));
        and(writer, part);
    }
}

/// An embedded engine with the articles, in several commits so that it has several segments, and source records that
/// must never be counted.
pub fn embedded_of(articles: &[IndexedArticle]) -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Embedded::open_or_create(folder.path(), dictionary()).expect("an index");
    let mut writer = engine.writer(WriterOptions::default()).expect("a writer");
    write(&engine, &mut writer, articles, &mut |writer, part| {
        let key = SourceKey { root: "test".into(), path: format!("{}", part[0].article.id) };
        writer.put_source(&source_record(key)).expect("a record");
        writer.commit().expect("a commit");
    });
    engine.reload().expect("reloading");
    Case { engine: Arc::new(engine), folder: Some(folder) }
}

pub fn source_record(key: SourceKey) -> baoku::model::SourceRecord {
    baoku::model::SourceRecord {
        key,
        folder: "/nowhere".into(),
        hash: String::new(),
        corrections: String::new(),
        rules: String::new(),
        options: baoku::model::ReadOptions::default(),
        bytes: 0,
        encoding: String::new(),
        reader: String::new(),
        outcome: baoku::model::Outcome::Indexed,
        problems: Vec::new(),
        problem_count: 0,
        articles: 0,
        account: baoku::model::Account::default(),
        holdings: Vec::new(),
        shadowed_by: Vec::new(),
        seen: baoku::model::Seen::default(),
    }
}

/// The articles of the sample archive, as ingest makes them.
pub fn sample_articles() -> Vec<IndexedArticle> {
    let mut gathered = Gathered::default();
    let root = baoku::corpus::Root::parse(corpus().to_str().expect("a path")).expect("the corpus");
    let options = IngestOptions { roots: vec![root], threads: 2, ..IngestOptions::default() };
    ingest(&Scan::new(), &mut gathered, &options, &|_| {}).expect("ingest");
    gathered.0
}

#[derive(Default)]
struct Gathered(Vec<IndexedArticle>);

impl Writer for Gathered {
    fn remove_source(&mut self, _: &SourceKey) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn all_is_new(&mut self) {}
    fn add(&mut self, article: IndexedArticle) -> Result<(), baoku::engine::EngineError> {
        self.0.push(article);
        Ok(())
    }
    fn replace(&mut self, article: IndexedArticle) -> Result<(), baoku::engine::EngineError> {
        let same = self.0.iter_mut().find(|other| other.article.id == article.article.id);
        *same.expect("an article with this id") = article;
        Ok(())
    }
    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, baoku::engine::EngineError> {
        Ok(self.0.iter().find(|article| article.article.id == id).map(|one| one.article.clone()))
    }
    fn put_sheet(&mut self, _: &baoku::model::Sheet) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_withdrawn(&mut self, _: &baoku::model::Withdrawn) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_source(&mut self, _: &baoku::model::SourceRecord) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn replace_source(&mut self, _: &baoku::model::SourceRecord) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn next_commit(&self) -> u64 {
        1
    }
    fn remove_formers(&mut self, _: ArticleId) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_former(&mut self, _: &baoku::model::Former) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_calendar(&mut self, _: &baoku::model::Calendar) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn commit(&mut self) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn finish(self: Box<Self>) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
}

pub fn search(engine: &Arc<dyn Engine>, pairs: &[(&str, &str)]) -> SearchReply {
    let request = SearchRequest::from_pairs(pairs.iter().copied()).expect("good parameters");
    Archive::new(engine.clone()).now().unwrap().search(&request).expect("an answer")
}

pub fn ids(reply: &SearchReply) -> Vec<u64> {
    reply.hits.iter().map(|hit| hit.article.id.as_u64()).collect()
}

/// A running `baoku serve` over the sample archive, with an index of its own.
pub struct Server {
    process: std::process::Child,
    /// HOST:PORT.
    pub address: String,
    folder: tempfile::TempDir,
}

impl Server {
    pub fn start() -> Self {
        Self::over(&corpus(), &[])
    }

    /// A server over another folder, with more options.
    pub fn over(corpus: &Path, options: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--corpus"]).arg(corpus).args(options);
        command.arg("--index").arg(folder.path().join("index")).stderr(std::process::Stdio::piped());
        let mut process = command.spawn().expect("the server");
        let mut lines = BufReader::new(process.stderr.take().expect("stderr")).lines();
        let after_scheme = |line: String| Some(line.split("http://").nth(1)?.split('/').next()?.to_owned());
        let address = lines.by_ref().map_while(Result::ok).find_map(after_scheme).expect("an address");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address, folder }
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    pub fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Browsers that are looked for.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// A browser, or `None` with a printed reason.
pub fn browser() -> Option<&'static str> {
    let runs = |name: &&&str| {
        std::process::Command::new(name)
            .arg("--version")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok()
    };
    let found = BROWSERS.iter().find(runs).copied();
    if found.is_none() {
        println!("skipped: none of {BROWSERS:?} is here");
    }
    found
}

/// The page as the browser holds it after loading.
pub fn dom(browser: &str, address: &str, width: u32) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = std::process::Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--dump-dom"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},900"))
        .arg(address)
        .output()
        .expect("the browser");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

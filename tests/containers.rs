//! Files in containers, and what manifests state of files: the same articles as from a folder, under addresses of their own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::corpus::Root;
use baoku::engine::Engine;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::ingest::{IngestError, IngestOptions, IngestReport, ingest};
use baoku::model::{Article, Outcome, ProblemCode};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use support::dictionary;

/// A folder of files and an index beside it.
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

    /// Writes a file that was changed last some time ago.
    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.file(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let old = SystemTime::now() - Duration::from_secs(3600 - bytes.as_ref().len() as u64 % 600);
        let mut out = std::fs::File::create(file).unwrap();
        out.write_all(bytes.as_ref()).unwrap();
        out.set_modified(old).unwrap();
    }

    fn try_run(&self, withdraw_missing: bool) -> Result<IngestReport, IngestError> {
        let root = Root::parse(self.folder.path().join("papers").to_str().unwrap()).unwrap();
        let options = IngestOptions { roots: vec![root], threads: 2, withdraw_missing, ..IngestOptions::default() };
        let mut writer = Box::new(self.engine.writer(WriterOptions::default()).unwrap());
        let report = ingest(&self.engine, &mut *writer, &options, &|_| {})?;
        baoku::engine::Writer::finish(writer).unwrap();
        self.engine.reload().unwrap();
        Ok(report)
    }

    fn run(&self) -> BTreeMap<String, Outcome> {
        outcomes(&self.try_run(false).unwrap())
    }

    /// All articles, by the address of their file.
    fn articles(&self) -> BTreeMap<String, Vec<Article>> {
        let snapshot = self.engine.snapshot().unwrap();
        let sources = snapshot.sources(None, None, 10_000).unwrap();
        let of = |key: &baoku::model::SourceKey| snapshot.articles_of(key).unwrap();
        sources.iter().map(|record| (record.key.path.clone(), of(&record.key))).collect()
    }

    fn titles(&self) -> BTreeMap<String, Vec<String>> {
        let titles = |all: Vec<Article>| all.into_iter().map(|article| article.story.title).collect();
        self.articles().into_iter().map(|(path, all)| (path, titles(all))).collect()
    }
}

fn outcomes(report: &IngestReport) -> BTreeMap<String, Outcome> {
    report.files.iter().map(|file| (file.key.path.clone(), file.outcome)).collect()
}

fn told(report: &IngestReport) -> String {
    let (detail, language) = (baoku::messages::ReportDetail::First, baoku::messages::Language::English);
    baoku::messages::ingest_report(report, &Default::default(), detail, language)
}

fn page(word: &str) -> String {
    format!("市总工会看望{word}\n\n本报讯(记者周平和)近日,市总工会走访慰问退休{word},送去米面油。\n")
}

fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_container_gives_the_articles_of_its_files() {
    let (packed, plain) = (Bench::new(), Bench::new());
    let pages: Vec<(String, String)> =
        (1..6).map(|number| (format!("1998/03/{number:02}.txt"), page(&format!("老会员{number}")))).collect();
    let entries: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    packed.put("a.zip", zip_of(&entries));
    entries.iter().for_each(|(path, text)| plain.put(&format!("a.zip!/{path}"), text));
    let first = packed.run();
    assert_eq!((first["a.zip"], first["a.zip!/1998/03/02.txt"]), (Outcome::Container, Outcome::Indexed));
    plain.run();
    let mut want = plain.articles();
    want.insert("a.zip".to_owned(), Vec::new());
    assert_eq!(packed.articles(), want, "ids, dates and places are those of files in a folder of that name");
    assert_eq!(packed.articles()["a.zip!/1998/03/02.txt"][0].metadata.date.span.unwrap().to_string(), "1998-03-02");
    assert!(packed.run().values().all(|outcome| *outcome == Outcome::Unchanged));
}

#[test]
fn only_the_members_that_changed_are_read_again() {
    let bench = Bench::new();
    bench.put("a.zip", zip_of(&[("1.txt", &page("甲")), ("2.txt", &page("乙")), ("3.txt", &page("丙"))]));
    bench.run();
    bench.put("a.zip", zip_of(&[("1.txt", &page("甲")), ("2.txt", &page("丁甲乙")), ("4.txt", &page("戊"))]));
    let outcomes = bench.run();
    let want = [
        ("a.zip", Outcome::Container),
        ("a.zip!/1.txt", Outcome::Unchanged),
        ("a.zip!/2.txt", Outcome::Indexed),
        ("a.zip!/3.txt", Outcome::Withdrawn),
        ("a.zip!/4.txt", Outcome::Indexed),
    ];
    assert_eq!(outcomes, want.map(|(path, outcome)| (path.to_owned(), outcome)).into());
    std::fs::remove_file(bench.file("a.zip")).unwrap();
    bench.put("b.txt", page("己"));
    let gone = outcomes_of(bench.try_run(true));
    assert!(gone.iter().filter(|(path, _)| path.starts_with("a.zip")).all(|(_, one)| *one == Outcome::Withdrawn));
    assert_eq!(bench.titles().len(), 1);
}

fn outcomes_of(report: Result<IngestReport, IngestError>) -> BTreeMap<String, Outcome> {
    outcomes(&report.unwrap())
}

#[test]
fn a_container_that_was_cut_off_keeps_what_was_read_of_it_before() {
    let bench = Bench::new();
    let whole = zip_of(&[("1.txt", &page("甲")), ("2.txt", &page("乙"))]);
    bench.put("a.zip", &whole);
    bench.run();
    let before = bench.titles();
    bench.put("a.zip", &whole[..whole.len() / 2]);
    let report = bench.try_run(false).unwrap();
    assert_eq!(outcomes(&report)["a.zip!"], Outcome::Unreadable);
    let told = report.files.iter().find(|file| file.key.path == "a.zip").unwrap();
    assert!(told.outcome == Outcome::Broken && told.problems[0].is(ProblemCode::BrokenFile), "{told:?}");
    assert_eq!(bench.titles(), before);
    bench.put("a.zip", zip_of(&[("1.txt", &page("甲")), ("2.txt", &page("乙")), ("3.txt", &page("丙"))]));
    bench.run();
    assert_eq!(bench.titles().len(), 4);
}

#[test]
fn manifests_state_paper_date_page_source_and_rights() {
    let bench = Bench::new();
    bench.put("manifest.toml", "paper = \"鹭岛职工报\"\nrights = \"仅供馆内查阅\"\n");
    bench.put("八十年代/manifest.csv", "文件,日期,版次,来源\n甲.txt,1987-12-05,2,缩微胶卷12号\n");
    bench.put("八十年代/甲.txt", page("甲"));
    bench.put(
        "a.zip",
        zip_of(&[("x/乙.txt", &page("乙")), ("x/manifest.toml", "date = \"1990-01\"\npaper = \"皖江职工报\"")]),
    );
    bench.put("c.jsonl", "{\"title\":\"题\",\"body\":\"正文。\",\"date\":\"1995-05-01\",\"rights\":\"公开\"}\n");
    let outcomes = bench.run();
    assert_eq!(outcomes["manifest.toml"], Outcome::Skipped);
    let articles = bench.articles();
    let facts = |path: &str| {
        let article = &articles[path][0];
        let (metadata, given) = (&article.metadata, &article.story.given);
        let date = metadata.date.span.map(|span| span.to_string()).unwrap_or_default();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        [metadata.paper.name.clone(), date, metadata.page.clone(), text(&given.source), text(&given.rights)]
    };
    assert_eq!(facts("八十年代/甲.txt"), ["鹭岛职工报", "1987-12-05", "2", "缩微胶卷12号", "仅供馆内查阅"]);
    assert_eq!(facts("a.zip!/x/乙.txt"), ["皖江职工报", "1990-01", "", "", "仅供馆内查阅"]);
    assert_eq!(
        facts("c.jsonl"),
        ["鹭岛职工报", "1995-05-01", "", "", "公开"],
        "an item's own word goes before a folder's"
    );
    assert!(bench.run().values().all(|one| matches!(one, Outcome::Unchanged | Outcome::Skipped)));
    bench.put("八十年代/manifest.csv", "文件,日期\n甲.txt,1987-12-06\n");
    let again = bench.run();
    assert_eq!((again["八十年代/甲.txt"], again["c.jsonl"]), (Outcome::Indexed, Outcome::Unchanged));
    assert_eq!(bench.articles()["八十年代/甲.txt"][0].metadata.date.span.unwrap().to_string(), "1987-12-06");
}

#[test]
fn a_wrong_manifest_ends_the_run_and_names_its_line() {
    let bench = Bench::new();
    bench.put("a/manifest.csv", "path,date\n1.txt,1998-02-30\n");
    bench.put("a/1.txt", page("甲"));
    let told = bench.try_run(false).unwrap_err().to_string();
    assert!(told.contains("manifest.csv") && told.contains("line 2") && told.contains("1998-02-30"), "{told}");
}

#[test]
fn sources_that_contradict_each_other_are_told_and_the_stronger_one_is_kept() {
    let bench = Bench::new();
    bench.put("manifest.toml", "date = \"1998-03-02\"\npage = 4\npaper = \"华峰工人报\"");
    bench.put("1.txt", format!("陕西工人报 1998年3月5日 星期四 第3版\n\n{}", page("甲")));
    let report = bench.try_run(false).unwrap();
    let file = report.files.iter().find(|file| file.key.path == "1.txt").unwrap();
    let fields: Vec<&str> = file.problems.iter().map(|problem| problem.arguments[0].as_str()).collect();
    assert_eq!(fields, ["paper", "date", "page"], "{:?}", file.problems);
    let article = &bench.articles()["1.txt"][0];
    assert_eq!((article.metadata.paper.name.as_str(), article.metadata.page.as_str()), ("华峰工人报", "4"));
    assert_eq!(article.metadata.date.span.unwrap().to_string(), "1998-03-02");
}

#[test]
fn a_folder_named_like_a_paper_gave_pages_without_a_paper() {
    let bench = Bench::new();
    for number in 1..4 {
        bench.put(&format!("华峰工人报/1998-03-0{number}/1.txt"), page(&format!("甲{number}")));
    }
    bench.put("剪报/1998-03-01.txt", page("乙"));
    let report = bench.try_run(false).unwrap();
    assert_eq!(report.folder_papers, BTreeMap::from([("华峰工人报".to_owned(), 3)]));
    assert!(told(&report).contains("华峰工人报"));
    let articles = bench.articles();
    assert_eq!(articles["华峰工人报/1998-03-01/1.txt"][0].metadata.paper.name, "华峰工人报");
    assert_eq!(articles["剪报/1998-03-01.txt"][0].metadata.paper.name, "");
    bench.put("华峰工人报/manifest.toml", "paper = \"华峰日报\"");
    let report = bench.try_run(false).unwrap();
    assert!(report.folder_papers.is_empty());
    assert_eq!(bench.articles()["华峰工人报/1998-03-01/1.txt"][0].metadata.paper.name, "华峰日报");
}

#[test]
fn a_member_is_inspected_by_its_address() {
    let bench = Bench::new();
    bench.put("a.zip", zip_of(&[("1998/03/02.txt", &page("甲"))]));
    let address = format!("{}!/1998/03/02.txt", bench.file("a.zip").display());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_baoku"))
        .args(["inspect", &address, "--format", "json", "--index", "none"])
        .current_dir(bench.folder.path())
        .output()
        .unwrap();
    let articles: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(articles[0]["title"], "市总工会看望甲");
    assert_eq!(articles[0]["date"]["best"], "1998-03-02");
}

#[test]
fn rights_go_with_an_article_into_the_page_the_api_and_exports() {
    let bench = Bench::new();
    bench.put("manifest.toml", "rights = \"仅供馆内<b>查阅\"\nsource = \"缩微胶卷\"");
    bench.put("1.txt", page("甲"));
    bench.try_run(false).unwrap();
    let server = support::Server::over(env!("CARGO_BIN_EXE_baoku"), &bench.folder.path().join("papers"), &[]);
    let id = &bench.articles()["1.txt"][0].id;
    let html = server.page(&format!("/articles/{id}")).body().to_owned();
    assert!(html.contains("仅供馆内&#60;b&#62;查阅") && !html.contains("馆内<b>"), "{html}");
    let json = server.get(&format!("/api/v1/articles/{id}")).json();
    assert_eq!((&json["rights"], &json["provenance"]), (&"仅供馆内<b>查阅".into(), &"缩微胶卷".into()));
    let export = |format: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_baoku"))
            .args(["export", "--format", format])
            .current_dir(bench.folder.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(["csv", "jsonl"].iter().all(|format| export(format).contains("仅供馆内<b>查阅")));
}

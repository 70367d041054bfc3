//! Each error code is provoked over HTTP, and answered as its row of the table says.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::Archive;
use baoku::engine::{
    Budget, Catalogue, ClusterLookup, ClusterMember, CommitId, Engine, EngineError, EngineFeatures, HistogramRow, Hit,
    MatchedArticle, Queries, Snapshot,
};
use baoku::http::{CODES, Hosts, HttpLimits, Proxies, bind, router, serve};
use baoku::model::*;
use baoku::query::{Capabilities, Match, Plan, UnitRun};
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use support::{Answer, Server, encoded};

const PROGRAM: &str = env!("CARGO_BIN_EXE_baoku");

/// Codes that were answered.
#[derive(Default)]
struct Provoked(BTreeSet<String>);

impl Provoked {
    /// The answer is that of the code, as the table has it.
    fn see(&mut self, code: &str, answer: &Answer) {
        let row = CODES.iter().find(|row| row.code == code).unwrap_or_else(|| panic!("{code} is in no table"));
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{code}: {}", answer.head);
        let problem = answer.json();
        assert_eq!((problem["code"].as_str(), answer.status()), (Some(code), row.status), "{problem}");
        assert_eq!(problem["title"].as_str(), Some(row.title));
        assert_eq!(problem["request_id"].as_str(), answer.header("x-request-id"));
        assert_eq!(answer.header("retry-after").is_some(), row.status == 503, "{code}");
        self.0.insert(code.to_owned());
    }
}

#[test]
fn every_error_code_is_provoked() {
    let mut provoked = Provoked::default();
    let folder = tempfile::tempdir().unwrap();
    let papers = folder.path().join("papers");
    std::fs::create_dir(&papers).unwrap();
    let articles: String =
        (0..3).map(|n| format!("{{\"title\":\"劳模{n}\",\"body\":\"劳模谈技术{n}。\"}}\n")).collect();
    std::fs::write(papers.join("a.jsonl"), articles).unwrap();
    let server = Server::over(PROGRAM, &papers, &[]);
    requests(&server, &mut provoked);
    changes(&server, folder.path(), &mut provoked);
    labels(&server, folder.path(), &mut provoked);
    engine(&server, &mut provoked);
    let known: BTreeSet<String> = CODES.iter().map(|row| row.code.to_owned()).collect();
    assert_eq!(provoked.0, known, "each code of the table needs a request here that is answered with it");
}

/// What is wrong with a request.
fn requests(server: &Server, provoked: &mut Provoked) {
    let terms = (0..65).map(|n| format!("a{n}")).collect::<Vec<_>>().join("+");
    for (code, path) in [
        ("unknown_parameter", "/api/v1/articles?colour=red"),
        ("repeated_parameter", "/api/v1/articles?q=a&q=b"),
        ("bad_value", "/api/v1/articles?limit=0"),
        ("too_many_terms", &format!("/api/v1/articles?q={terms}")),
        ("not_found", "/api/v1/articles/0000000000000000"),
    ] {
        provoked.see(code, &server.get(path));
    }
    let send = |head: &str| server.send(&format!("{head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    provoked.see("method_not_allowed", &send("POST /api/v1/articles HTTP/1.1\r\nHost: localhost"));
    provoked.see("wrong_host", &send("GET /api/v1/articles HTTP/1.1\r\nHost: evil.example"));
    provoked.see("bad_host", &send("GET /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nHost: evil.example"));
}

/// What was there and is there no more: an editor withdraws an article between two requests.
fn changes(server: &Server, folder: &Path, provoked: &mut Provoked) {
    let asked = format!("/api/v1/articles?q={}&limit=1", encoded("劳模"));
    let first = server.get(&asked).json();
    let id = first["hits"][0]["id"].as_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).arg("--index").arg(server.index()).current_dir(folder);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    run(&["correct", id, "--withdraw", "人名有误"]);
    run(&["ingest", "papers"]);
    let gone = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        Some(server.get(&format!("/api/v1/articles/{id}"))).filter(|answer| answer.status() != 200)
    });
    provoked.see("gone", &gone.expect("the server sees the commit"));
    let cursor = first["next_cursor"].as_str().unwrap();
    provoked.see("cursor_expired", &server.get(&format!("{asked}&cursor={cursor}")));
    let id = answer_id(server);
    let mut parts: Vec<&str> = id.split('-').collect();
    // Version, index, commit and request.
    parts[1] = "00000000";
    let other = parts.join("-");
    provoked.see("other_index", &server.get(&format!("{SERIES}&as_of={other}")));
}

const SERIES: &str = "/api/v1/trends?q=a&by=year&from=2014&to=2014";

fn answer_id(server: &Server) -> String {
    server.get(SERIES).json()["id"].as_str().unwrap().to_owned()
}

/// A sitting whose labels cannot be written, for their folder is not there.
fn labels(server: &Server, folder: &Path, provoked: &mut Provoked) {
    let mut command = Command::new(PROGRAM);
    command.args(["review", "--count", "1", "--labels", "none/labels.jsonl", "--index"]).arg(server.index());
    let sitting = Server::of(command.current_dir(folder));
    provoked.see("forbidden", &sitting.get(&sitting.path));
    let (host, body) = (&sitting.address, "action=skip");
    provoked.see(
        "not_saved",
        &sitting.send(&format!(
            "POST {}1 HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            sitting.path,
            body.len()
        )),
    );
}

/// How long the work of a request may run over the engine that fails.
const LIMIT: Duration = Duration::from_millis(400);

/// What an engine fails with.
fn engine(server: &Server, provoked: &mut Provoked) {
    let listener = bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let limits = HttpLimits { query_timeout: LIMIT, ..HttpLimits::default() };
    let routes = router(Archive::new(Arc::new(Faulty::default())), Hosts::new(None, "", []), &limits);
    assert!(LIMIT < HttpLimits::default().query_timeout);
    std::thread::spawn(move || serve(listener, routes, Proxies::default(), &limits));
    let request = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let get = |path: &str| Answer::of(&address, &request(path));
    provoked.see("not_offered", &get(&format!("{SERIES}&as_of={}", answer_id(server))));
    provoked.see("index_unavailable", &get("/api/v1/articles?q=a"));
    provoked.see("internal", &get(&format!("/api/v1/articles/{}", "0".repeat(16))));
    let slow = format!("/api/v1/pages/{}", "0".repeat(16));
    provoked.see("timeout", &get(&slow));
    let waiting: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).unwrap();
            std::io::Write::write_all(&mut stream, request(&slow).as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(LIMIT / 2);
    provoked.see("busy", &get(&slow));
    drop(waiting);
}

/// An engine that breaks in another way for each question.
#[derive(Clone, Default)]
struct Faulty(CommitId);

impl Engine for Faulty {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        Ok(Arc::new(self.clone()))
    }

    fn newest(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        self.snapshot()
    }
}

impl Snapshot for Faulty {
    fn commit_id(&self) -> &CommitId {
        &self.0
    }

    fn within(&self, _: &Budget) -> Arc<dyn Snapshot> {
        Arc::new(self.clone())
    }

    fn features(&self) -> EngineFeatures {
        EngineFeatures { word_counts: false, formers: false }
    }
}

fn failed<T>() -> Result<T, EngineError> {
    Err(EngineError::Failed { message: "the disk is on fire".into(), passing: false })
}

impl Queries for Faulty {
    fn capabilities(&self) -> Capabilities {
        Capabilities { lexicon: true }
    }

    fn search(&self, _: &Plan) -> Result<baoku::engine::QueryResult, EngineError> {
        failed()
    }

    fn scroll(&self, _: &Plan, _: &mut dyn FnMut(Article) -> bool) -> Result<(), EngineError> {
        failed()
    }

    fn matches(&self, _: &Plan, _: &mut dyn FnMut(MatchedArticle)) -> Result<(), EngineError> {
        failed()
    }

    fn histogram(&self, _: &Plan, _: Option<Facet>) -> Result<Vec<HistogramRow>, EngineError> {
        failed()
    }

    fn word_counts(&self, _: &[Plan], _: u64) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        failed()
    }

    fn related(&self, _: &Plan, _: &Match) -> Result<Vec<Hit>, EngineError> {
        failed()
    }

    fn article(&self, _: ArticleId) -> Result<Option<Article>, EngineError> {
        panic!("this engine panics where it is asked for an article")
    }

    fn articles(&self, _: &[ArticleId]) -> Result<Vec<Article>, EngineError> {
        failed()
    }

    fn cluster_members(&self, _: ClusterLookup<'_>) -> Result<Vec<ClusterMember>, EngineError> {
        failed()
    }

    fn frequencies(&self, _: &[UnitRun]) -> Result<Vec<u64>, EngineError> {
        failed()
    }

    fn word_frequencies(&self, _: &[String]) -> Result<Vec<u64>, EngineError> {
        failed()
    }

    fn frequent_words(&self, _: u64, _: usize) -> Result<Vec<(String, u64)>, EngineError> {
        failed()
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        failed()
    }
}

impl Catalogue for Faulty {
    fn source(&self, _: &SourceKey) -> Result<Option<SourceRecord>, EngineError> {
        failed()
    }

    fn sources(&self, _: Option<&str>, _: Option<&SourceKey>, _: usize) -> Result<Vec<SourceRecord>, EngineError> {
        failed()
    }

    fn holdings(&self) -> Result<Vec<Holding>, EngineError> {
        failed()
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        failed()
    }

    fn revisions(&self, _: &[ArticleId]) -> Result<Vec<Revision>, EngineError> {
        failed()
    }

    fn revisions_at(&self, _: u64) -> Result<Vec<Revision>, EngineError> {
        failed()
    }

    fn ids_of(&self, _: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        failed()
    }

    fn articles_of(&self, _: &SourceKey) -> Result<Vec<Article>, EngineError> {
        failed()
    }

    fn page_record(&self, _: &str) -> Result<Option<PageRecord>, EngineError> {
        std::thread::sleep(4 * LIMIT);
        Ok(None)
    }

    fn least_sure(&self, _: usize, _: usize) -> Result<Vec<PageRecord>, EngineError> {
        failed()
    }

    fn withdrawn(&self, _: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        failed()
    }
}

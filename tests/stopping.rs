//! Requests that cost much: they end at their deadline and with their client, and leave room for those who read.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use support::{Random, Server};

/// Characters that every article has, and some that few have.
const FREQUENT: &str = "的在人民工会一是了和有大";
const OTHERS: &str = "职困难生活帮扶送温暖经济发展全省市县区新年春节慰问金劳动模范";

const ARTICLES: usize = 4000;
const LENGTH: usize = 400;

/// Seconds that the work of a request may run.
const LIMIT: u64 = 2;

fn write_corpus(folder: &Path) {
    let (mut random, mut lines) = (Random::new(16), String::new());
    let characters: Vec<char> = FREQUENT.chars().chain(OTHERS.chars()).collect();
    for n in 0..ARTICLES {
        let body: String = (0..LENGTH).map(|_| *random.pick(&characters)).collect();
        lines.push_str(&format!("{{\"title\":\"第{n}篇\",\"body\":\"{body}\"}}\n"));
    }
    std::fs::write(folder.join("a.jsonl"), lines).expect("writing");
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// NEAR between each pair of frequent characters, `most` of them.
fn nears(most: usize) -> String {
    let all: Vec<char> = FREQUENT.chars().collect();
    let pairs =
        all.iter().flat_map(|left| all.iter().filter(move |right| left < right).map(move |right| (left, right)));
    pairs.take(most).map(|(left, right)| format!("{left} NEAR/0 {right}")).collect::<Vec<_>>().join(" ")
}

/// Costs more than the limit.
fn endless() -> String {
    format!("/api/v1/articles?explain=true&q={}", encoded(&nears(24)))
}

fn begin(server: &Server, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).expect("a connection");
    // A refused connection may be cut off.
    let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream
}

fn end(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn get(server: &Server, path: &str) -> String {
    end(begin(server, path))
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

/// Processor time of the server so far, in milliseconds.
fn cpu(server: &Server) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.pid())).expect("the process");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().map(|at| fields[*at].parse::<u64>().expect("ticks")).sum();
    ticks * 10
}

/// Processor time that the server uses while nobody asks, from 200 ms on.
fn afterwards(server: &Server) -> u64 {
    std::thread::sleep(Duration::from_millis(200));
    let before = cpu(server);
    std::thread::sleep(Duration::from_millis(500));
    cpu(server) - before
}

/// The slowest of the answers to a cheap search.
fn slowest(server: &Server, times: usize) -> Duration {
    let path = format!("/api/v1/articles?limit=10&q={}", encoded("慰问金"));
    let one = || {
        let start = Instant::now();
        let answer = get(server, &path);
        assert_eq!(status(&answer), 200, "{answer}");
        start.elapsed()
    };
    (0..times).map(|_| one()).max().expect("answers")
}

#[test]
fn costly_requests_end_and_leave_room() {
    let corpus = tempfile::tempdir().expect("a folder");
    write_corpus(corpus.path());
    let server = Server::over(env!("CARGO_BIN_EXE_baoku"), corpus.path(), &["--timeout", &LIMIT.to_string()]);
    assert_eq!(status(&get(&server, "/readyz")), 200);
    deadline(&server);
    gone(&server);
    heavy(&server);
    beside(&server);
    full(&server);
    unread(&server);
}

fn deadline(server: &Server) {
    let start = Instant::now();
    let answer = get(server, &endless());
    let (took, after) = (start.elapsed(), afterwards(server));
    println!("504 after {took:?}; {after} ms of CPU in the half second from 200 ms on");
    assert_eq!(status(&answer), 504, "{answer}");
    assert!(answer.contains("\"timeout\"") && took < Duration::from_secs(4 * LIMIT));
    assert!(after <= 150, "{after} ms of CPU after the deadline");
}

fn gone(server: &Server) {
    let stream = begin(server, &endless());
    std::thread::sleep(Duration::from_millis(400));
    drop(stream);
    let after = afterwards(server);
    println!("client gone: {after} ms of CPU in the half second from 200 ms on");
    assert!(after <= 150, "{after} ms of CPU after the client has gone");
}

/// What costs much but not too much is answered.
fn heavy(server: &Server) {
    let start = Instant::now();
    let answer = get(server, &format!("/api/v1/articles?q={}", encoded("的 NEAR/5 在")));
    println!("的 NEAR/5 在 over {ARTICLES} articles: {:?}", start.elapsed());
    assert_eq!(status(&answer), 200, "{answer}");
}

fn beside(server: &Server) {
    let costly = [
        endless(),
        format!("/api/v1/articles?q={}", encoded("的 NEAR/5 在")),
        format!("/api/v1/terms?q={}", encoded("的")),
        format!("/api/v1/concordance?q={}", encoded("人 NEAR/3 民")),
    ];
    let rest = slowest(server, 40);
    let stop = AtomicBool::new(false);
    let loaded = std::thread::scope(|scope| {
        for n in 0..8 {
            let (path, stop) = (&costly[n % costly.len()], &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    get(server, path);
                }
            });
        }
        std::thread::sleep(Duration::from_millis(300));
        let loaded = slowest(server, 40);
        stop.store(true, Ordering::Relaxed);
        loaded
    });
    println!("cheap search, worst of 40: {rest:?} at rest, {loaded:?} beside eight costly clients");
    assert!(loaded < (5 * rest).max(Duration::from_secs(2)), "{loaded:?} against {rest:?}");
}

fn full(server: &Server) {
    let streams: Vec<TcpStream> = (0..60).map(|_| begin(server, &endless())).collect();
    std::thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    for path in ["/readyz", "/healthz", "/version"] {
        assert_eq!(status(&get(server, path)), 200, "{path}");
    }
    println!("readyz, healthz, version with a full queue: {:?}", start.elapsed());
    let answers: Vec<String> = streams.into_iter().map(end).collect();
    let refused: Vec<&String> = answers.iter().filter(|answer| status(answer) == 503).collect();
    assert!(!refused.is_empty() && refused.iter().all(|answer| answer.contains("retry-after: 2")), "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(status(answer), 503 | 504)), "{answers:?}");
}

/// Those who do not read keep nobody from asking; an address that opens too many connections is told to come back.
fn unread(server: &Server) {
    let slow: Vec<TcpStream> = (0..60).map(|_| begin(server, "/api/v1/articles?limit=100")).collect();
    assert_eq!(status(&get(server, "/readyz")), 200);
    let idle: Vec<TcpStream> = (0..128).map(|_| TcpStream::connect(&server.address).expect("a connection")).collect();
    let last = get(server, "/healthz");
    assert!(last.is_empty() || status(&last) == 503, "{last}");
    drop((slow, idle));
    let again = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        status(&get(server, "/healthz")) == 200
    });
    assert!(again, "connections that have ended still count");
}

#[test]
fn a_page_of_another_site_reads_nothing() {
    let corpus = tempfile::tempdir().expect("a folder");
    std::fs::write(corpus.path().join("a.jsonl"), "{\"body\":\"一篇\"}\n").expect("writing");
    let server = Server::over(env!("CARGO_BIN_EXE_baoku"), corpus.path(), &["--host", "baoku.example.org"]);
    let send = |head: &str| {
        let mut stream = TcpStream::connect(&server.address).expect("a connection");
        write!(stream, "GET /api/v1/articles HTTP/1.1\r\n{head}Connection: close\r\n\r\n").expect("writing");
        status(&end(stream))
    };
    for (head, expected) in [
        ("Host: localhost\r\n", 200),
        ("Host: 127.0.0.1:8080\r\n", 200),
        ("Host: baoku.example.org\r\n", 200),
        ("Host: evil.example\r\n", 421),
        ("Host: localhost\r\nHost: evil.example\r\n", 400),
        ("", 400),
    ] {
        assert_eq!(send(head), expected, "{head}");
    }
}

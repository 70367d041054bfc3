//! What stands around all handlers of the real server: request ids, the log, compression, headers, assets.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use support::{Answer, Server, encoded};

const PROGRAM: &str = env!("CARGO_BIN_EXE_baoku");

/// A server over an article of its own.
fn server(folder: &Path, options: &[&str]) -> Server {
    let article = format!("{{\"title\":\"劳模\",\"body\":\"{}\"}}\n", "劳模在车间里谈技术。".repeat(200));
    std::fs::write(folder.join("a.jsonl"), article).unwrap();
    Server::over(PROGRAM, folder, options)
}

fn unpacked(answer: &Answer) -> String {
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.bytes()).read_to_string(&mut text).unwrap();
    text
}

/// The log, as soon as something stands in it.
fn log_with(server: &Server, part: &str) -> String {
    for _ in 0..100 {
        let log = server.log();
        if log.contains(part) {
            return log;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no {part} in {}", server.log());
}

#[test]
fn what_stands_around_every_answer() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path(), &[]);
    request_ids(&server);
    access_log(&server);
    compression(&server);
    headers(&server);
    assets(&server);
}

fn request_ids(server: &Server) {
    let id =
        |given: &str| server.ask("/healthz", &[("X-Request-Id", given)]).header("x-request-id").unwrap().to_owned();
    assert_eq!(id("proxy-1.a_B"), "proxy-1.a_B");
    for strange in ["a b", "<script>", "编号", "", &"a".repeat(65)] {
        let given = id(strange);
        assert!(given != strange && given.len() == 36, "{given}");
    }
    let problem = server.ask("/api/v1/nothing", &[("X-Request-Id", "abc")]);
    assert_eq!(problem.json()["request_id"], "abc");
    let ids: std::collections::BTreeSet<String> =
        (0..20).map(|_| server.get("/healthz").header("x-request-id").unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 20);
}

/// A line for each answer: which route, not what was looked for.
fn access_log(server: &Server) {
    let asked = format!("/api/v1/articles?q={}", encoded("劳模"));
    let answer = server.ask(&asked, &[("X-Request-Id", "logged-1")]);
    server.ask("/articles/0000000000000000?q=secret", &[("X-Request-Id", "logged-2")]);
    server.ask("/nowhere/secret", &[("X-Request-Id", "logged-3")]);
    let log = log_with(server, "logged-3");
    let line = |id: &str| log.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{log}"));
    for part in ["INFO", "method=GET", "route=\"/api/v1/articles\"", "status=200", "ms="] {
        assert!(line("logged-1").contains(part), "{part}: {log}");
    }
    assert!(line("logged-1").contains(&format!("bytes={}", answer.bytes().len())), "{log}");
    assert!(line("logged-2").contains("route=\"/articles/{id}\"") && line("logged-2").contains("status=404"), "{log}");
    assert!(!log.contains("secret") && !log.contains(&encoded("劳模")) && !log.contains("劳模"), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
}

fn compression(server: &Server) {
    let gzip = &[("Accept-Encoding", "gzip, br, zstd")][..];
    let small = server.ask("/healthz", gzip);
    assert_eq!(small.header("content-encoding"), None, "a small answer grows");
    for path in ["/", "/help", "/trends"] {
        let (plain, packed) = (server.get(path), server.ask(path, gzip));
        assert!(packed.bytes().len() < plain.bytes().len(), "{path}");
        assert!(
            packed.header("vary").is_some_and(|vary| vary.to_ascii_lowercase().contains("accept-encoding")),
            "{path}"
        );
        assert_eq!(plain.header("content-encoding"), None);
        let size = |text: &str| text.split("\"took_ms\"").next().unwrap().len();
        assert_eq!(size(&chunked(&packed)), size(plain.body()), "{path}");
    }
    assert_eq!(server.ask("/healthz", gzip).header("content-encoding"), None, "too small");
    assert_eq!(server.ask("/", &[("Accept-Encoding", "gzip;q=0")]).header("content-encoding"), None);
}

/// The unpacked text of an answer in chunks.
fn chunked(answer: &Answer) -> String {
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    unpacked(&answer.unchunked())
}

fn headers(server: &Server) {
    for path in ["/", "/nothing", "/api/v1/articles?limit=0", "/healthz", "/favicon.ico"] {
        let answer = server.get(path);
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
}

/// Files beside the pages are kept for ever under an address that tells of their content.
fn assets(server: &Server) {
    let page = server.page("/");
    let paths: Vec<&str> = page.body().split("\"/assets/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(paths.len(), 3);
    for path in paths.iter().map(|path| format!("/assets/{path}")) {
        let plain = server.get(&path);
        let packed = server.ask(&path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(unpacked(&packed), plain.body());
        assert!(packed.bytes().len() < plain.bytes().len(), "{path}");
        let tags = [&plain, &packed].map(|answer| answer.header("etag").unwrap().to_owned());
        assert!(tags[0] != tags[1] && tags.iter().all(|tag| tag.starts_with('"')), "{tags:?}");
        for (known, status) in [
            (tags[0].clone(), 304),
            (format!("\"x\", W/{}", tags[0]), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
            (tags[1].clone(), 200),
        ] {
            let answer = server.ask(&path, &[("If-None-Match", &known)]);
            assert_eq!((answer.status(), answer.bytes().is_empty()), (status, status == 304), "{known}");
            assert_eq!(answer.header("etag"), Some(tags[0].as_str()));
        }
        let known = server.ask(&path, &[("If-None-Match", &tags[1]), ("Accept-Encoding", "gzip")]);
        assert_eq!((known.status(), known.header("content-encoding")), (304, None));
    }
    let icon = server.get("/favicon.ico");
    assert_eq!((icon.status(), icon.header("content-type")), (200, Some("image/svg+xml")));
    assert!(icon.header("etag").is_some() && !icon.header("cache-control").unwrap().contains("immutable"));
}

#[test]
fn the_log_says_as_much_as_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let quiet = server(folder.path(), &["--log", "warn"]);
    quiet.get("/healthz");
    std::thread::sleep(Duration::from_millis(300));
    assert!(!quiet.log().contains("/healthz"), "{}", quiet.log());
    let targets = server(folder.path(), &["--log", "off,access=info"]);
    targets.get("/healthz");
    log_with(&targets, "/healthz");
    let serve = |option: &[&str], variable: &str| {
        let mut command = Command::new(PROGRAM);
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(option)
            .env("RUST_LOG", variable)
            .current_dir(folder.path());
        command
    };
    let refused = serve(&["--log", "loud=very"], "").output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--log"), "{refused:?}");
    let by_variable = Server::of(&mut serve(&[], "warn"));
    by_variable.get("/healthz");
    std::thread::sleep(Duration::from_millis(300));
    assert!(!by_variable.log().contains("/healthz"), "{}", by_variable.log());
    // What another program understands keeps no server from starting.
    let foreign = Server::of(&mut serve(&[], "x[span{a=1}]=loud"));
    foreign.get("/healthz");
    log_with(&foreign, "/healthz");
}

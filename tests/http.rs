//! The real server over sockets: answers, errors, limits, and what every answer carries.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use serde_json::Value;
use std::process::Command;
use support::{Server, encoded};

#[test]
fn one_server_answers_everything() {
    let server = Server::start(env!("CARGO_BIN_EXE_baoku"));
    operations(&server);
    search(&server);
    paging(&server);
    confidence(&server);
    article(&server);
    finding(&server);
    over_time(&server);
    errors(&server);
    pages(&server);
    newspaper_page(&server);
    hostile(&server);
}

#[test]
fn a_running_server_sees_new_commits_by_itself() {
    let server = Server::start(env!("CARGO_BIN_EXE_baoku"));
    let more = tempfile::tempdir().expect("a folder");
    std::fs::write(more.path().join("a.jsonl"), "{\"body\":\"新近入库的一篇\"}\n").expect("writing");
    let count = || server.get("/version").json()["articles"].as_u64().expect("a count");
    let before = count();
    let index = server.index();
    let ingest =
        Command::new(env!("CARGO_BIN_EXE_baoku")).arg("ingest").arg(more.path()).arg("--index").arg(index).output();
    assert!(ingest.expect("the program").status.success());
    let seen = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        count() == before + 1
    });
    assert!(seen, "the server still answers with {} articles", count());
}

/// Pages of files with boxes are drawn; what was cut without being sure is listed.
#[test]
fn pages_with_boxes_are_drawn_and_doubtful_ones_listed() {
    let server = Server::start(env!("CARGO_BIN_EXE_baoku"));
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let more = tempfile::tempdir().expect("a folder");
    let folder = more.path().join("scans");
    std::fs::create_dir(&folder).expect("a folder");
    for name in ["hocr/tesseract.hocr", "pdf/printed.pdf"] {
        let file = fixtures.join(name);
        std::fs::copy(&file, folder.join(file.file_name().expect("a name"))).expect("copying");
    }
    let ingest = Command::new(env!("CARGO_BIN_EXE_baoku"))
        .arg("ingest")
        .arg(&folder)
        .arg("--index")
        .arg(server.index())
        .output();
    assert!(ingest.expect("the program").status.success());
    // The page itself is waited for: the state of the index also changes when segments are merged after a commit.
    let page = format!("/api/v1/pages/{}", baoku::model::page_key("scans/printed.pdf"));
    let seen = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        server.get(&page).status() == 200
    });
    assert!(seen, "the server does not see the commit");
    for name in ["scans/tesseract.hocr", "scans/tesseract.hocr#2", "scans/printed.pdf"] {
        drawn_page(&server, &baoku::model::page_key(name), name);
    }
    doubtful_pages(&server);
}

fn drawn_page(server: &Server, key: &str, name: &str) {
    let page = server.get(&format!("/api/v1/pages/{key}")).json();
    assert!(page["size"]["width"].is_f64() && page["size"]["unit"].is_string(), "{name} {}", page["size"]);
    let lines = page["lines"].as_array().expect("lines");
    assert!(lines.iter().all(|line| line["area"].as_array().is_some_and(|area| area.len() == 4)), "{name}");
    assert!(page["shapes"].is_array() && page["confidence"].is_f64(), "{name}");
    let blocks = page["blocks"].as_array().expect("blocks");
    let shown = server.page(&format!("/pages/{key}"));
    let body = shown.body();
    assert!(shown.status() == 200 && body.contains("viewBox=\"0 0 10000 "), "{name}");
    assert!(!body.contains("style=") && !body.contains("<style"), "{name}");
    for block in blocks {
        let number = &block["block"];
        assert!(body.contains(&format!("<a href=\"#b{number}\" tabindex")), "{name}: no area of block {number}");
        assert!(body.contains(&format!("id=\"b{number}\"")), "{name}: no block {number}");
    }
    for number in 1..=page["articles"].as_array().map_or(0, Vec::len) {
        assert!(body.contains(&format!("text-anchor=\"middle\">{number}</text>")), "{name}: no article {number}");
    }
}

fn doubtful_pages(server: &Server) {
    let (mut path, mut keys, mut sure) = ("/api/v1/doubtful?limit=2".to_owned(), Vec::new(), Vec::new());
    loop {
        let answer = server.get(&path).json();
        for page in answer["pages"].as_array().expect("pages") {
            keys.push(page["page_id"].as_str().expect("an id").to_owned());
            sure.push(page["confidence"].as_f64().expect("a number"));
        }
        match answer["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/doubtful?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert!(sure.is_sorted() && sure.iter().all(|sure| *sure <= 0.9), "{sure:?}");
    let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len(), "a page twice");
    let list = server.page("/doubtful");
    assert!(list.status() == 200 && list.body().contains("没有把握的版面"), "{}", list.body());
    for key in keys.iter().take(50) {
        assert!(list.body().contains(&format!("/pages/{key}#b")), "{key}");
    }
    assert!(server.page("/coverage").body().contains("href=\"/doubtful\""));
    for (path, status) in [("?limit=0", 400), ("?cursor=x", 400), ("?cursor=1.0", 410), ("?x=1", 400)] {
        assert_eq!(server.get(&format!("/api/v1/doubtful{path}")).status(), status, "{path}");
    }
}

fn operations(server: &Server) {
    assert_eq!(server.get("/healthz").body(), "ok\n");
    assert_eq!(server.get("/readyz").body(), "ready\n");
    let version = server.get("/version").json();
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert!(version["articles"].as_u64() > Some(250));
}

fn search(server: &Server) {
    let answer = server.get(&format!("/api/v1/articles?q={}&facets=year,topic&limit=3", encoded("送温暖")));
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some("application/json")));
    let json = answer.json();
    for field in ["total", "hits", "related", "facets", "next_cursor", "warnings", "generation", "took_ms"] {
        assert!(json.get(field).is_some(), "{field}");
    }
    assert_eq!(json["total"]["relation"], "eq");
    let hit = &json["hits"][0];
    for field in ["id", "title", "kicker", "paper", "page", "kind", "date", "regions", "topics", "score", "snippets"] {
        assert!(hit.get(field).is_some(), "{field}");
    }
    let marked = json["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .flat_map(|hit| hit["snippets"].as_array().expect("snippets").clone());
    let mut marks = 0;
    for snippet in marked {
        let text: Vec<char> = snippet["text"].as_str().expect("text").chars().collect();
        for range in snippet["highlights"].as_array().expect("highlights") {
            let (start, end) = (range[0].as_u64().expect("start") as usize, range[1].as_u64().expect("end") as usize);
            let bare: String = text[start..end].iter().filter(|c| !"“”".contains(**c)).collect();
            assert_eq!(bare, "送温暖");
            marks += 1;
        }
    }
    assert!(marks >= 3);
    let only = server.get("/api/v1/articles?fields=id,title&limit=1").json();
    assert_eq!(only["hits"][0].as_object().map(serde_json::Map::len), Some(2));
    let region = server.get(&format!("/api/v1/articles?region={}&facets=province", encoded("福建省"))).json();
    assert_eq!(region["facets"]["province"][0]["value"], "350000");
    assert_eq!(region["facets"]["province"][0]["count"], region["total"]["value"]);
    assert_eq!(
        server.send("HEAD /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status(),
        200
    );
}

fn paging(server: &Server) {
    let all = server.get(&format!("/api/v1/articles?q={}&limit=100", encoded("工会"))).json();
    let total = all["total"]["value"].as_u64().expect("a total") as usize;
    for sort in ["relevance", "newest", "oldest", "least_sure"] {
        let base = format!("/api/v1/articles?q={}&limit=37&sort={sort}", encoded("工会"));
        let (mut seen, mut path) = (std::collections::BTreeSet::new(), base.clone());
        loop {
            let json = server.get(&path).json();
            for hit in json["hits"].as_array().expect("hits") {
                assert!(seen.insert(hit["id"].as_str().expect("an id").to_owned()), "{sort}: an article twice");
            }
            match json["next_cursor"].as_str() {
                Some(cursor) => path = format!("{base}&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), total, "{sort}");
    }
}

/// What the answers state of themselves: each hit is as sure as was asked, and none is lost between the two halves.
fn confidence(server: &Server) {
    let total = |path: &str| server.get(path).json()["total"]["value"].as_u64().expect("a total");
    for (field, have) in [("date", "date=%21undated"), ("region", ""), ("topic", "topic=%E7%BB%B4%E6%9D%83")] {
        let asked = |value: &str| format!("/api/v1/articles?limit=100&{have}&{field}_confidence={value}");
        let (sure, unsure, any) = (total(&asked("0.95")), total(&asked("%3C0.95")), total(&asked("0")));
        // Every page of the sample states its date.
        assert!(sure > 0 && (unsure > 0 || field == "date"), "{field}: {sure} {unsure}");
        assert_eq!(sure + unsure, any, "{field}");
        for hit in server.get(&asked("%3C0.95")).json()["hits"].as_array().expect("hits") {
            let stated = match field {
                "date" => hit["date"]["confidence"].as_f64(),
                "region" => hit["regions"][0]["confidence"].as_f64(),
                _ => hit["topics"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .find(|topic| topic["id"] == "维权")
                    .and_then(|topic| topic["confidence"].as_f64()),
            };
            assert!(stated.expect("a confidence") <= 0.95, "{field}: {hit}");
        }
    }
    let wrong = server.get("/api/v1/articles?topic_confidence=1.5");
    assert_eq!(wrong.status(), 400);
    assert!(wrong.body().contains("topic_confidence") && wrong.body().contains("<0.9"), "{}", wrong.body());
    let order = server.get("/api/v1/articles?sort=least_sure&limit=100").json();
    let hits = order["hits"].as_array().expect("hits");
    let least: Vec<f64> = hits.iter().step_by(20).map(|hit| least_confidence(server, hit)).collect();
    // What is stated is rounded to hundredths.
    assert!(least.is_sorted() && least[0] + 0.05 < least[4], "{least:?}");
}

/// The least of the confidences that an article states.
fn least_confidence(server: &Server, hit: &Value) -> f64 {
    let article = server.get(&format!("/api/v1/articles/{}", hit["id"].as_str().expect("an id"))).json();
    // An undated article states no date to be sure of.
    let date = article["date"]["earliest"].as_str().map(|_| &article["date"]["confidence"]);
    let stated = [&article["cut"]["confidence"]].into_iter().chain(date);
    let values = article["regions"].as_array().into_iter().chain(article["topics"].as_array()).flatten();
    let all = stated.into_iter().chain(values.map(|value| &value["confidence"])).filter_map(Value::as_f64);
    all.fold(1.0, f64::min)
}

fn article(server: &Server) {
    let first = server.get("/api/v1/articles?limit=1").json();
    let id = first["hits"][0]["id"].as_str().expect("an id");
    let json = server.get(&format!("/api/v1/articles/{id}")).json();
    for field in [
        "paragraphs",
        "captions",
        "bylines",
        "date",
        "regions",
        "topics",
        "reasons",
        "citation",
        "permalink",
        "page_articles",
        "previous",
        "next",
    ] {
        assert!(json.get(field).is_some(), "{field}");
    }
    let page = server.page(&format!("/articles/{id}"));
    assert_eq!((page.status(), page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(
        page.body()
            .contains(json["citation"]["gbt7714"].as_str().expect("a citation").split('[').next().expect("a part"))
    );
}

fn finding(server: &Server) {
    let suggested = server.get("/api/v1/suggest?q=swn&limit=3").json();
    assert_eq!(suggested["suggestions"][0]["text"], "送温暖");
    let query = format!("/api/v1/articles?q={}&expand=true&explain=true", encoded("困难职工"));
    let explained = server.get(&query).json();
    assert!(explained["explain"]["variants"][0]["variants"].as_array().expect("forms").len() > 2);
    assert_eq!(explained["explain"]["clauses"][0]["text"], "困难职工");
    let nothing = server.get(&format!("/api/v1/articles?q={}", encoded("公会送温暖"))).json();
    assert!(nothing["total"]["value"] == 0 && nothing["explain"]["clauses"][0]["alone"] == 0);
    let dated = server.get(&format!("/api/v1/articles?q={}&today=2015-01-01", encoded("日期:去年"))).json();
    assert_eq!(dated["read_as"], "日期:2014-01-01..2014-12-31");
    let id = explained["hits"][0]["id"].as_str().expect("an id");
    let similar = server.get(&format!("/api/v1/articles/{id}/similar?limit=3")).json();
    assert_eq!(similar["similar"].as_array().expect("a list").len(), 3);
    assert!(server.get(&format!("/api/v1/articles/{id}/reprints")).json()["printings"].is_array());
    for (path, parameter) in [
        ("/api/v1/suggest?q=a&limit=0", "limit"),
        ("/api/v1/suggest?q=a&q=b", "q"),
        ("/api/v1/suggest?x=a", "x"),
        ("/api/v1/articles?expand=maybe", "expand"),
        ("/api/v1/articles?today=2014", "today"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status(), answer.json()["parameter"].as_str()), (400, Some(parameter)), "{path}");
    }
    let page = server.page(&format!("/?q={}&expand=true&explain=true", encoded("困难职工")));
    assert!(page.body().contains("为什么") && page.body().contains("特困职工"));
    assert!(server.page("/help").body().contains("NEAR/5"));
}

/// `送温暖` and `维权` by month in the sample paper with a missing month.
fn two_words_by_month() -> String {
    let paper = encoded("江城工人报");
    format!("/api/v1/trends?q={}&q={}&by=month&paper={paper}", encoded("送温暖"), encoded("维权"))
}

fn over_time(server: &Server) {
    let series = two_words_by_month();
    let json = server.get(&series).json();
    assert_eq!(json["series"].as_array().map(Vec::len), Some(2));
    let june = &json["series"][0]["points"][5];
    assert_eq!((&june["period"], &june["state"]), (&"2013-06".into(), &"not_held".into()));
    assert!(june["matched"].is_null() && june["total"].is_null());
    assert_eq!(json["series"][0]["sum"]["matched"], 13);
    let id = json["id"].as_str().expect("an id");
    let again = server.get(&format!("{series}&as_of={id}")).json();
    assert_eq!((&again["series"], &again["replay"]["same"]), (&json["series"], &true.into()));
    let csv = server.get(&format!("{series}&format=csv"));
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let columns = "query,period,matched,total,ratio,ratio_low,ratio_high,characters,state,reason";
    assert!(csv.body().starts_with(&format!("\u{FEFF}{columns}\r\n")));
    let chart = server.get(&format!("{series}&format=svg"));
    assert_eq!(chart.header("content-type"), Some("image/svg+xml; charset=utf-8"));
    let source = format!("编号 {id}</text>");
    assert!(["<svg", "六月合订本缺失", &source].iter().all(|part| chart.body().contains(part)), "{}", chart.body());
    texts_over_time(server);
    bad_series(server);
    series_pages(server);
}

fn texts_over_time(server: &Server) {
    let (warm, paper) = (encoded("送温暖"), encoded("江城工人报"));
    let held = server.get(&format!("/api/v1/coverage?by=month&paper={paper}")).json();
    assert_eq!(held["papers"][0]["periods"][5]["reason"], "六月合订本缺失");
    let times = "from=2013-07&to=2013-08&versus_from=2013-01&versus_to=2013-06";
    let words = server.get(&format!("/api/v1/terms?{times}&fewest=3&paper={paper}")).json();
    assert!(words["rising"].as_array().is_some_and(|rows| rows.iter().any(|row| row["word"] == "送清凉")), "{words}");
    let behind = words["rising"][0]["articles"].as_str().expect("an address").replace("/?", "/api/v1/articles?");
    assert!(server.get(&behind).json()["total"]["value"].as_u64() >= words["rising"][0]["one"].as_u64());
    let lines = server.get(&format!("/api/v1/concordance?q={warm}&order=right&limit=5")).json();
    assert_eq!(lines["concordance"].as_array().map(Vec::len), Some(5));
    let amounts = server.get(&format!("/api/v1/amounts?q={warm}&what={}&split=region", encoded("慰问金"))).json();
    assert!(amounts["figures"][0]["sum"].as_f64() > Some(0.0) && amounts["sentences"][0]["sentence"].is_string());
}

fn bad_series(server: &Server) {
    let bad = [
        ("/api/v1/trends?by=decade", "by"),
        ("/api/v1/trends?limit=3", "limit"),
        ("/api/v1/trends?format=xml", "format"),
        ("/api/v1/trends?show=all", "show"),
        ("/api/v1/trends?as_of=1-2-3-4", "as_of"),
        ("/api/v1/trends?by=day&from=1800&to=2199", "by"),
        ("/api/v1/coverage?topic=x", "topic"),
        ("/api/v1/terms", "q"),
        ("/api/v1/concordance?q=x&order=random", "order"),
        ("/api/v1/amounts?measure=tons", "measure"),
        ("/api/v1/amounts?format=svg", "format"),
    ];
    for (path, parameter) in bad {
        let answer = server.get(path);
        assert_eq!((answer.status(), answer.json()["parameter"].as_str()), (400, Some(parameter)), "{path}");
    }
}

fn series_pages(server: &Server) {
    let hostile = format!("/trends?q={}&by=year&show=counts", encoded("\"><script>alert(1)</script>"));
    for path in [hostile.clone(), hostile.replace("/trends?", "/api/v1/trends?format=svg&")] {
        assert!(!server.page(&path).body().contains("<script>alert"), "{path}");
    }
    let (warm, feast) = (encoded("送温暖"), encoded("春节"));
    let paths = [
        "/trends".to_owned(),
        "/coverage".to_owned(),
        "/coverage?by=day&from=2013&to=2013".to_owned(),
        format!("/trends?q={warm}&split=region"),
        format!("/trends?q={warm}&by=week&axis={feast}"),
        format!("/trends?q={}&stack=true", encoded("农民工")),
    ];
    for path in paths {
        let page = server.page(&path);
        assert!(page.status() == 200 && !page.body().contains("style="), "{path}");
    }
}

fn errors(server: &Server) {
    let cases = [
        ("/api/v1/articles?colour=red", 400, "unknown_parameter", Some("colour")),
        ("/api/v1/articles?limit=0", 400, "bad_value", Some("limit")),
        ("/api/v1/articles?from=2014-13", 400, "bad_value", Some("from")),
        ("/api/v1/articles?from=2015&to=2014", 400, "bad_value", Some("from")),
        ("/api/v1/articles?region=atlantis", 400, "bad_value", Some("region")),
        ("/api/v1/articles?q=a&q=b", 400, "repeated_parameter", Some("q")),
        ("/api/v1/articles?cursor=nonsense", 400, "bad_value", Some("cursor")),
        ("/api/v1/articles/0000000000000000", 404, "not_found", None),
        ("/api/v1/articles/nonsense", 404, "not_found", None),
        ("/api/v1/articles/%FF", 404, "not_found", None),
        ("/assets/%FF", 404, "not_found", None),
        ("/api/v1/articles?topic=!!x", 400, "bad_value", Some("topic")),
        ("/api/v1/nothing", 404, "not_found", None),
        ("/nothing", 404, "not_found", None),
    ];
    for (path, status, code, parameter) in cases {
        let answer = server.get(path);
        assert_eq!(
            (answer.status(), answer.header("content-type")),
            (status, Some("application/problem+json")),
            "{path}"
        );
        let json = answer.json();
        assert_eq!(
            (json["code"].as_str(), json["parameter"].as_str(), json["status"].as_u64()),
            (Some(code), parameter, Some(u64::from(status))),
            "{path}"
        );
        assert_eq!(json["request_id"].as_str(), answer.header("x-request-id"), "{path}");
        assert!(!json["detail"].as_str().unwrap_or_default().is_empty(), "{path}");
    }
    let terms = (0..65).map(|n| format!("a{n}")).collect::<Vec<_>>().join("+");
    assert_eq!(server.get(&format!("/api/v1/articles?q={terms}")).json()["code"], "too_many_terms");
    let wrong = server
        .send("POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assert_eq!(
        (wrong.status(), wrong.json()["code"].as_str().map(str::to_owned)),
        (405, Some("method_not_allowed".into()))
    );
    let cursor = server.get(&format!("/api/v1/articles?q={}&limit=1", encoded("工会"))).json()["next_cursor"]
        .as_str()
        .expect("a cursor")
        .to_owned();
    let other = server.get(&format!("/api/v1/articles?q={}&limit=1&cursor={cursor}", encoded("职工")));
    assert_eq!((other.status(), other.json()["parameter"].as_str().map(str::to_owned)), (400, Some("cursor".into())));
    let parts: Vec<&str> = cursor.split('.').collect();
    let [_, place, _, request] = parts[..] else { panic!("{cursor}") };
    // Of another state, of a program before the canonical form, of a later one.
    for stale in [
        format!("v1.{place}.0000000000000000.{request}"),
        format!("{place}.{}.{request}", parts[2]),
        format!("v2.{place}.{}.{request}", parts[2]),
    ] {
        let answer = server.get(&format!("/api/v1/articles?q={}&limit=1&cursor={stale}", encoded("工会")));
        assert_eq!(
            (answer.status(), answer.json()["code"].as_str().map(str::to_owned)),
            (410, Some("cursor_expired".into())),
            "{stale}"
        );
    }
}

fn pages(server: &Server) {
    let home = server.page("/");
    assert!(home.status() == 200 && home.body().contains("报库") && home.body().contains("name=\"q\""));
    let policy = home.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(home.header("x-content-type-options"), Some("nosniff"));
    let assets = home.body().split("\"/assets/").skip(1).map(|rest| rest.split('"').next().expect("a path"));
    let mut count = 0;
    for asset in assets {
        assert_eq!(server.get(&format!("/assets/{asset}")).status(), 200, "{asset}");
        count += 1;
    }
    assert!(count >= 2, "the page has a style sheet and a script");
    let result = server.page(&format!(
        "/?q={}&topic={}&from=2008&to=2021&region={}",
        encoded("\"送温暖\""),
        encoded("送温暖"),
        encoded("安徽")
    ));
    assert!(result.status() == 200 && result.body().contains("<mark>送温暖</mark>"), "{}", result.body());
    assert!(server.page("/?date=undated").body().contains("日期不详"));
    let wrong = server.page("/?from=2014-13");
    assert_eq!((wrong.status(), wrong.header("content-type")), (400, Some("text/html; charset=utf-8")));
    assert!(wrong.body().contains("日期") || wrong.body().contains("from"));
    assert_eq!(server.page("/articles/0000000000000000").status(), 404);
    assert_eq!(server.get("/assets/../Cargo.toml").status(), 404);
}

/// A page in the order of its blocks, as JSON and for people.
fn newspaper_page(server: &Server) {
    let hits = server.get(&format!("/api/v1/articles?q={}&limit=1", encoded("金点子"))).json();
    let id = hits["hits"][0]["id"].as_str().expect("an id").to_owned();
    let article = server.get(&format!("/api/v1/articles/{id}")).json();
    let key = article["page_id"].as_str().expect("a page").to_owned();
    let page = server.get(&format!("/api/v1/pages/{key}")).json();
    let blocks = page["blocks"].as_array().expect("blocks");
    let numbers: Vec<u64> = blocks.iter().filter_map(|block| block["block"].as_u64()).collect();
    assert_eq!(numbers, (1..=blocks.len() as u64).collect::<Vec<_>>());
    let ids: Vec<&Value> = page["articles"].as_array().expect("articles").iter().map(|one| &one["id"]).collect();
    assert!(ids.contains(&&Value::from(id.as_str())));
    assert!(blocks.iter().all(|block| block["article"].is_null() || ids.contains(&&block["article"])));
    assert!(blocks.iter().any(|block| block["grafts"].is_array() && block["grafts"][0]["owner_block"].is_u64()));
    let shown = server.page(&format!("/pages/{key}"));
    assert_eq!(shown.status(), 200);
    for part in ["为什么这样分", "版面原文", "不属于本篇", "把握", "id=\"b1\""] {
        assert!(shown.body().contains(part), "no {part}");
    }
    assert!(server.page(&format!("/articles/{id}")).body().contains(&format!("/pages/{key}")));
    for path in ["/api/v1/pages/zz", "/api/v1/pages/0000000000000000", "/pages/0000000000000000"] {
        assert_eq!(server.get(path).status(), 404, "{path}");
    }
    assert_eq!(server.get(&format!("/api/v1/pages/{key}?x=1")).status(), 400);
}

fn hostile(server: &Server) {
    let script = encoded("\"<script>alert(1)</script>\" \"'><img onerror=x>");
    let page = server.page(&format!("/?q={script}"));
    assert!(page.status() == 200 && !page.body().contains("<script>alert") && !page.body().contains("<img onerror"));
    for path in [
        format!("/api/v1/articles?q={}", "%28".repeat(900)),
        format!("/api/v1/articles?q={}", "%FF%FE%00"),
        format!("/api/v1/articles?q={}", encoded(&"-".repeat(999))),
        format!("/api/v1/articles?q={}", encoded(&"\"".repeat(999))),
        "/api/v1/articles?%".to_owned(),
    ] {
        let status = server.get(&path).status();
        assert!(status == 200 || status == 400, "{status} {path}");
    }
    assert_eq!(server.get(&format!("/api/v1/articles?q={}", encoded(&"工".repeat(1001)))).json()["code"], "bad_value");
    let long = server.get(&format!("/api/v1/articles?q={}", "a".repeat(200_000)));
    assert!(matches!(long.status(), 414 | 431 | 400), "{}", long.status());
    assert_eq!(server.get("/healthz").status(), 200, "the server still answers");
}

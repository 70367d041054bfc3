//! `baoku review` as a person meets it: the real binary, its server over sockets, the file of labels, the report.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::corpus::{append_label, read_labels};
use baoku::model::*;
use baoku::review::held_out;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder with an index of some pages.
struct Archive {
    folder: tempfile::TempDir,
}

impl Archive {
    /// The sample archive.
    fn samples() -> Self {
        Self::of(&support::corpus())
    }

    /// An archive of one JSON Lines file.
    fn of_items(lines: &str) -> Self {
        let papers = tempfile::tempdir().unwrap();
        std::fs::write(papers.path().join("a.jsonl"), lines).unwrap();
        Self::of(papers.path())
    }

    fn of(papers: &Path) -> Self {
        let archive = Self { folder: tempfile::tempdir().unwrap() };
        let ingest = archive.run(&["ingest", papers.to_str().unwrap()]);
        assert_eq!(ingest.status.code(), Some(0), "{ingest:?}");
        archive
    }

    fn labels(&self) -> PathBuf {
        self.folder.path().join("my-labels.jsonl")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program")
    }

    fn sit(&self, arguments: &[&str]) -> Sitting {
        Sitting::begin(self.command(&["review", "--labels", "my-labels.jsonl"]).args(arguments))
    }

    fn report(&self) -> Value {
        let output = self.run(&["review", "--report", "--labels", "my-labels.jsonl", "--format", "json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error} {output:?}"))
    }
}

/// A running `baoku review`.
struct Sitting {
    process: Child,
    host: String,
    secret: String,
}

impl Drop for Sitting {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn location(&self) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_else(|| panic!("leads nowhere: {}", self.head))
    }
}

impl Sitting {
    fn begin(command: &mut Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().expect("the program");
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("http://")).expect("an address");
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap();
        let (host, rest) = address.split_once('/').unwrap();
        Self { process, host: host.to_owned(), secret: rest.trim_end_matches('/').to_owned() }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nAccept: text/html\r\n");
        headers.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value}\r\n")));
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(text.as_bytes()).expect("writing");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("reading");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Reply {
        self.send("GET", &format!("/{}/{path}", self.secret), &[("Host", &self.host)], "")
    }

    /// Sends a form as a page of the server does.
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let origin = format!("http://{}", self.host);
        self.post_from(path, fields, &[("Host", &self.host), ("Origin", &origin)])
    }

    fn post_from(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        self.send("POST", &format!("/{}/{path}", self.secret), &[headers, &kind].concat(), &body.join("&"))
    }
}

fn code(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn articles_are_drawn_labelled_read_back_and_reported() {
    let archive = Archive::samples();
    let sitting = archive.sit(&["--count", "5", "--seed", "7", "--by", "李编辑"]);
    let begin = sitting.get("");
    assert_eq!((begin.status, begin.location()), (303, format!("/{}/1", sitting.secret).as_str()));

    let page = sitting.get("1");
    assert_eq!(page.status, 200);
    for part in ["第 1 篇，共 5 篇", "程序判断得对不对", "见报日期", "讲的是哪里", "主题", "署名", "切分", "跳过"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("上一篇</a>") && sitting.get("2").body.contains("href=\"1\">上一篇</a>"));

    assert_eq!(sitting.post("1", &[("action", "save")]).location(), format!("/{}/2", sitting.secret));
    let faulty = sitting.post("2", &[("action", "save"), ("date_is", "去年"), ("border", "cut")]);
    assert_eq!(faulty.status, 422);
    assert!(faulty.body.contains("“去年”不是日期") && faulty.body.contains("value=\"去年\""), "{}", faulty.body);
    assert!(faulty.body.contains("value=\"cut\" checked"));
    let given =
        [("date_is", "1999"), ("region", "none"), ("topic1", "维权"), ("border", "cut"), ("bylines", "unknown")];
    assert_eq!(sitting.post("2", &given).status, 303);
    assert_eq!(sitting.post("3", &[("action", "skip")]).status, 303);
    assert!(sitting.get("end").body.contains("还有 2 篇没有做"));
    assert_eq!(sitting.get("").location(), format!("/{}/4", sitting.secret));

    // What was answered stands in the form again, and can be answered otherwise.
    let again = sitting.get("2").body;
    for part in ["value=\"1999\"", "value=\"none\" checked", "<option selected>维权</option>", "value=\"cut\" checked"]
    {
        assert!(again.contains(part), "{part}: {again}");
    }
    sitting.post("1", &[("border", "joined")]);
    sitting.post("4", &[]);
    assert_eq!(sitting.post("5", &[]).location(), format!("/{}/end", sitting.secret));
    assert!(sitting.get("end").body.contains("5 篇都做完了"));

    let labels = read_labels(&archive.labels()).unwrap();
    assert!(labels.spoilt.is_empty() && labels.reviews.len() == 5, "{labels:?}");
    let mut random = 0;
    for label in labels.reviews.values() {
        random += usize::from(label.drawn == SampleReason::Random);
        assert_eq!((label.by.as_str(), label.program.as_str()), ("李编辑", env!("CARGO_PKG_VERSION")));
        assert!(label.on.is_some() && label.text.len() == 64 && label.source.root == "corpus");
    }
    assert_eq!(random, 3);
    let second = labels.reviews.values().find(|label| label.verdict.border == Some(BorderVerdict::Cut)).unwrap();
    assert_eq!(second.verdict.region, Some(FieldVerdict::Is(String::new())));
    assert_eq!((&second.verdict.bylines, second.drawn), (&None, SampleReason::LeastSure));

    // Articles 1, 3 and 5 were drawn at random; 3 was skipped, 1 has something of another article in it.
    let report = archive.report();
    let all = &report["random"]["all"];
    assert_eq!((all["labels"].as_u64(), all["skipped"].as_u64()), (Some(2), Some(1)), "{report:#}");
    assert_eq!(all["figures"]["border"]["right"], 1);
    assert_eq!(all["figures"]["border"]["of"], 2);
    assert_eq!(all["figures"]["date"]["share"], 1.0);
    assert_eq!(report["least_sure_not_representative"]["all"]["figures"]["date"]["of"], 2);
    assert!(report["least_sure_not_representative"]["all"]["figures"]["date"]["low"].is_null());
    assert_eq!((report["judged_now"].as_u64(), report["judged_as_labelled"].as_u64()), (Some(4), Some(0)));
    let output = archive.run(&["review", "--report", "--labels", "my-labels.jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["随机抽取 2 篇（另跳过 1 篇）", "95% 区间", "不能代表全库", "留出的一半", "可信度与实际"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// The articles of a sitting, by what their pages show.
fn drawn(sitting: &Sitting) -> Vec<String> {
    let title = |n: usize| {
        let page = sitting.get(&n.to_string()).body;
        page.split("<h1>").nth(1).unwrap().split("<fieldset>").next().unwrap().to_owned()
    };
    (1..=6).map(title).collect()
}

#[test]
fn a_seed_draws_the_same_articles_and_goes_on_where_labels_end() {
    let archive = Archive::samples();
    let [same, again, other] = ["1", "1", "2"].map(|seed| drawn(&archive.sit(&["--count", "6", "--seed", seed])));
    assert_eq!(same, again);
    assert_ne!(same, other);
    assert_eq!(same.iter().collect::<BTreeSet<_>>().len(), 6);
    let sitting = archive.sit(&["--count", "6", "--seed", "1"]);
    (1..=6).for_each(|n| assert_eq!(sitting.post(&n.to_string(), &[]).status, 303));
    drop(sitting);
    let next = drawn(&archive.sit(&["--count", "6", "--seed", "1"]));
    // The first of each pair was drawn at random; one of the least sure may come again among these.
    let random = |titles: &[String]| titles.iter().step_by(2).cloned().collect::<BTreeSet<_>>();
    assert!(random(&same).is_disjoint(&random(&next)), "{next:?}");
    assert!(next.iter().skip(1).step_by(2).all(|title| !same.contains(title)), "{next:?}");
}

#[test]
fn nobody_else_labels() {
    let archive = Archive::of_items("{\"id\":\"1\",\"title\":\"一则\",\"body\":\"市总工会慰问职工。\"}\n");
    let sitting = archive.sit(&[]);
    let here = format!("http://{}", sitting.host);
    let host = sitting.host.as_str();
    let port = host.rsplit(':').next().unwrap();
    let named = format!("localhost:{port}");
    let rebound = format!("attacker.example:{port}");
    let refused = [
        vec![("Host", host)],
        vec![("Host", host), ("Origin", "null")],
        vec![("Host", host), ("Origin", "http://attacker.example")],
        vec![("Host", host), ("Origin", "http://127.0.0.1:1")],
        vec![("Host", rebound.as_str()), ("Origin", here.as_str())],
        vec![("Host", named.as_str()), ("Origin", here.as_str())],
        vec![("Origin", here.as_str())],
    ];
    for headers in refused {
        let answer = sitting.post_from("1", &[("action", "save")], &headers);
        assert!(matches!(answer.status, 400 | 403), "{headers:?}: {}", answer.head);
    }
    let rebound = sitting.send("GET", &format!("/{}/1", sitting.secret), &[("Host", rebound.as_str())], "");
    assert!(rebound.status == 403 && !rebound.body.contains("一则"));
    let wrong = sitting.secret.replace(|c: char| c.is_ascii_digit(), "f") + "0";
    let origin = [("Host", host), ("Origin", here.as_str())];
    assert_eq!(sitting.send("POST", &format!("/{wrong}/1"), &origin, "").status, 404);
    assert!(!archive.labels().exists());

    // Nothing else is served.
    for path in ["/", "/1", "/api/v1/articles", "/articles/0000000000000001", "/healthz", "/help", "/assets/x.css"] {
        let answer = sitting.send("GET", path, &[("Host", host)], "");
        assert!(answer.status == 404 && !answer.body.contains("href=\"/trends\""), "{path}: {}", answer.body);
    }
    for path in ["0", "2", "99999999999999999999999", "-1", "x"] {
        assert_eq!(sitting.get(path).status, 404, "{path}");
        assert_eq!(sitting.post(path, &[]).status, 404, "{path}");
    }
    let large = "长".repeat(20_000);
    assert_eq!(sitting.post("1", &[("date_is", &large)]).status, 400);
    let page = sitting.get("1");
    for part in
        ["default-src 'none'", "frame-ancestors 'none'", "cache-control: no-store", "referrer-policy: same-origin"]
    {
        assert!(page.head.contains(part), "{part}: {}", page.head);
    }
    assert_eq!(sitting.post_from("1", &[], &[("Host", &named), ("Origin", &format!("http://{named}"))]).status, 303);
    assert!(archive.labels().exists());
}

#[test]
fn text_of_a_paper_is_shown_as_text() {
    let hostile = r#"{"id":"1","title":"<script>alert(1)</script>","kicker":"\"><img src=x>","body":"</article><form action=//x>&lt;","byline":"<b>"}"#;
    let archive = Archive::of_items(&format!("{hostile}\n"));
    let sitting = archive.sit(&[]);
    let page = sitting.get("1").body;
    for part in ["<script>alert", "<img", "<form action", "<b>"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    let again = sitting.post("1", &[("region_is", "\"><script>alert(2)</script>")]);
    assert!(again.status == 422 && !again.body.contains("<script>alert"), "{}", again.body);
}

/// In a real browser, where there is one: the script runs under the policy of the page, and obeys its keys.
#[test]
fn the_page_works_in_a_browser() {
    let archive = Archive::samples();
    let sitting = archive.sit(&[]);
    support::in_browser("review", &format!("http://{}/{}/", sitting.host, sitting.secret));
}

#[test]
fn labels_stand_beside_the_corpus() {
    let archive = Archive { folder: tempfile::tempdir().unwrap() };
    let papers = archive.folder.path().join("archive/papers");
    std::fs::create_dir_all(&papers).unwrap();
    std::fs::write(papers.join("a.jsonl"), "{\"body\":\"市总工会慰问职工。\"}\n").unwrap();
    assert_eq!(archive.run(&["ingest", "archive/papers"]).status.code(), Some(0));
    let sitting = Sitting::begin(&mut archive.command(&["review"]));
    assert_eq!(sitting.post("1", &[]).status, 303);
    let file = archive.folder.path().join("archive/labels.jsonl");
    assert_eq!(read_labels(&file).unwrap().reviews.len(), 1);
    assert_eq!(archive.run(&["review", "--report"]).status.code(), Some(0));
    // All articles have labels now.
    assert_eq!(archive.run(&["review"]).status.code(), Some(1));
}

#[test]
fn what_cannot_be_done_is_said() {
    let archive = Archive::of_items("{\"body\":\"市总工会慰问职工。\"}\n");
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"] {
        let (code, message) = code(&archive.run(&["review", "--listen", address]));
        assert!(code == Some(2) && message.contains("can be reached from other machines"), "{address}: {message}");
    }
    for arguments in [
        &["review", "--listen", "nonsense"][..],
        &["review", "--count", "0"],
        &["review", "--count", "501"],
        &["review", "--format", "json"],
        &["review", "--report", "--seed", "1"],
        &["review", "--by", "a\nb"],
        &["review", "--index", "elsewhere"],
    ] {
        let (code, message) = code(&archive.run(arguments));
        assert!(code == Some(2) && !message.is_empty() && !message.contains("panicked"), "{arguments:?}: {message}");
    }
    let (code, _) = code(&archive.run(&["review", "--report", "--labels", "none.jsonl"]));
    assert_eq!(code, Some(1));
}

#[test]
fn a_torn_line_is_named_and_another_version_refused() {
    let archive = Archive::of_items("{\"body\":\"市总工会慰问职工。\"}\n{\"body\":\"另一篇。\"}\n");
    let sitting = archive.sit(&[]);
    sitting.post("1", &[]);
    sitting.post("2", &[]);
    drop(sitting);
    let whole = std::fs::read(archive.labels()).unwrap();
    std::fs::write(archive.labels(), &whole[..whole.len() - 9]).unwrap();
    let output = archive.run(&["review", "--report", "--labels", "my-labels.jsonl", "--format", "json"]);
    let (code_, message) = code(&output);
    assert!(code_ == Some(0) && message.contains("my-labels.jsonl:3: is cut off"), "{message}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["spoilt_lines"][0]["line"], 3, "{report}");

    // The article of the torn line has no label, and is drawn again.
    let sitting = archive.sit(&[]);
    assert_eq!(sitting.post("1", &[]).status, 303);
    drop(sitting);
    let labels = read_labels(&archive.labels()).unwrap();
    assert_eq!((labels.reviews.len(), labels.spoilt.len()), (2, 1));

    std::fs::write(archive.labels(), "{\"baoku_review\":2}\n").unwrap();
    for arguments in
        [&["review", "--labels", "my-labels.jsonl"][..], &["review", "--report", "--labels", "my-labels.jsonl"]]
    {
        let (code, message) = code(&archive.run(arguments));
        assert!(code == Some(2) && message.contains("version 2") && message.contains("version 1"), "{message}");
    }
}

/// A label of an article whose text is nowhere, so that it is judged as it was given.
struct Draft {
    id: u64,
    drawn: SampleReason,
    date: Option<&'static str>,
    region: &'static str,
    topics: &'static [(&'static str, f32)],
    verdict: Verdict,
}

fn review(draft: Draft) -> ReviewLabel {
    let span = draft.date.map(|date| date.parse::<DateSpan>().unwrap());
    let confidence = if span.is_some() { 0.8 } else { 0.0 };
    let region = PredictedRegion { code: draft.region.to_owned(), path: Vec::new(), confidence: 0.9 };
    let topic = |(id, confidence): &(&str, f32)| PredictedTopic { id: (*id).to_owned(), confidence: *confidence };
    ReviewLabel {
        article: ArticleId::from_u64(draft.id),
        source: SourceKey { root: "r".into(), path: "p.txt".into() },
        text: String::new(),
        drawn: draft.drawn,
        said: Prediction {
            date: PredictedDate {
                span,
                confidence,
                year: span.map(|span| span.earliest.year()),
                year_confidence: confidence,
                source: DateSource::Page,
            },
            region: Some(region).filter(|region| !region.code.is_empty()),
            topics: draft.topics.iter().map(topic).collect(),
            bylines: vec![PredictedByline { role: Role::Reporter, name: "张三".into() }],
            border: 0.6,
            corrected: Vec::new(),
        },
        verdict: draft.verdict,
        by: String::new(),
        on: None,
        program: "0.0.9".into(),
    }
}

/// The verdict that all is right, with one change.
fn right(change: impl FnOnce(&mut Verdict)) -> Verdict {
    let mut verdict = Verdict {
        date: Some(FieldVerdict::Right),
        region: Some(FieldVerdict::Right),
        topics: Some(FieldVerdict::Right),
        bylines: Some(FieldVerdict::Right),
        border: Some(BorderVerdict::Whole),
    };
    change(&mut verdict);
    verdict
}

/// Four labels drawn at random and two others, counted by hand.
fn drafts() -> [Draft; 7] {
    let draft = |id, verdict| Draft {
        id,
        drawn: SampleReason::Random,
        date: Some("2014-04"),
        region: "410800",
        topics: &[("维权", 0.9), ("帮扶", 0.4)],
        verdict,
    };
    let is = |ids: &[&str]| Some(FieldVerdict::Is(ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()));
    [
        draft(2, right(|_| ())),
        // The day lies in the month; another place of the same province; one topic of two, one missing.
        draft(
            3,
            right(|verdict| {
                verdict.date = "2014-04-29".parse().ok().map(FieldVerdict::Is);
                verdict.region = Some(FieldVerdict::Is("410100".into()));
                verdict.topics = is(&["帮扶", "送温暖"]);
            }),
        ),
        // Another month of the same year; no place; no topic; another byline; cut wrongly.
        draft(
            4,
            right(|verdict| {
                verdict.date = "2014-05".parse().ok().map(FieldVerdict::Is);
                verdict.region = Some(FieldVerdict::Is(String::new()));
                verdict.topics = is(&[]);
                verdict.bylines = Some(FieldVerdict::Is(Vec::new()));
                verdict.border = Some(BorderVerdict::Cut);
            }),
        ),
        // Undated, of no place and no topic, and the person says so too.
        Draft { date: None, region: "", topics: &[], ..draft(5, right(|verdict| verdict.border = None)) },
        Draft {
            drawn: SampleReason::LeastSure,
            ..draft(6, right(|verdict| verdict.border = Some(BorderVerdict::Joined)))
        },
        Draft {
            drawn: SampleReason::LeastSure,
            ..draft(7, Verdict { border: Some(BorderVerdict::Whole), ..Verdict::default() })
        },
        draft(9, Verdict::default()),
    ]
}

fn figure<'a>(report: &'a Value, part: &str, half: &str, name: &str) -> (&'a Value, &'a Value) {
    let figure = &report[part][half]["figures"][name];
    (&figure["right"], &figure["of"])
}

#[test]
fn the_report_is_what_a_person_counts() {
    let archive = Archive { folder: tempfile::tempdir().unwrap() };
    drafts().map(review).iter().for_each(|label| append_label(&archive.labels(), label).unwrap());
    let report = archive.report();
    for (name, right, of) in [
        ("date", 3, 4),
        ("date_inferred", 3, 4),
        ("year", 3, 3),
        ("region", 2, 4),
        ("province", 3, 4),
        ("first_topic", 2, 4),
        ("no_topic", 1, 2),
        ("topics_precision", 3, 6),
        ("topics_recall", 3, 4),
        ("bylines", 3, 4),
        ("border", 2, 3),
    ] {
        assert_eq!(figure(&report, "random", "all", name), (&right.into(), &of.into()), "{name}: {report:#}");
        let half = |half: &str| figure(&report, "random", half, name).1.as_u64().unwrap_or(0);
        assert_eq!(half("open") + half("held_out"), of, "{name}");
    }
    // R: binom.confint(3, 4, methods = "wilson") is 0.3006418, 0.9544127.
    let date = &report["random"]["all"]["figures"]["date"];
    assert!((date["low"].as_f64().unwrap() - 0.300_641_8).abs() < 1e-6, "{date}");
    assert!((date["high"].as_f64().unwrap() - 0.954_412_7).abs() < 1e-6, "{date}");
    assert_eq!(figure(&report, "least_sure_not_representative", "all", "border"), (&1.into(), &2.into()));
    assert_eq!(figure(&report, "least_sure_not_representative", "all", "date"), (&1.into(), &1.into()));

    // Ids 2 and 4 are open, 3, 5 and the skipped 9 are held out.
    assert!([2, 4, 6].iter().all(|id| !held_out(ArticleId::from_u64(*id))));
    assert_eq!(figure(&report, "random", "open", "region"), (&1.into(), &2.into()));
    assert_eq!(figure(&report, "random", "held_out", "region"), (&1.into(), &2.into()));
    assert_eq!(report["random"]["held_out"]["skipped"], 1);

    let band = |name: &str, from: f64| {
        let rows = report["calibration"].as_array().unwrap();
        let row = rows.iter().find(|row| row["figure"] == name && row["from"] == from).unwrap();
        (row["right"].as_u64().unwrap(), row["of"].as_u64().unwrap(), row["stated"].as_f64().unwrap())
    };
    let near = |(right, of, stated): (u64, u64, f64), want: (u64, u64, f64)| {
        assert!((right, of) == (want.0, want.1) && (stated - want.2).abs() < 1e-6, "{right} {of} {stated}");
    };
    near(band("date", 0.7), (2, 3, 0.8));
    near(band("region", 0.85), (1, 3, 0.9));
    near(band("topics_precision", 0.85), (1, 3, 0.9));
    near(band("topics_precision", 0.0), (2, 3, 0.4));
    near(band("border", 0.5), (2, 3, 0.6));
    assert_eq!((&report["judged_now"], &report["judged_as_labelled"]), (&0.into(), &6.into()));
    assert_eq!(report["programs"]["0.0.9"], 6);
}

/// What an editor stated is no word of the program.
#[test]
fn an_editors_word_is_not_counted_for_the_program() {
    let archive = Archive { folder: tempfile::tempdir().unwrap() };
    let [first, ..] = drafts();
    let mut label = review(first);
    label.said.corrected = vec!["region".into(), "date".into(), "topics".into()];
    append_label(&archive.labels(), &label).unwrap();
    let figures = archive.report()["random"]["all"]["figures"].clone();
    let names: Vec<&str> = figures.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["bylines", "border"]);
}

/// A person's *right* is of what was on the page, not of what an ingest has made of it since.
#[test]
fn an_answer_to_an_old_page_is_asked_again() {
    let item = |date: &str| format!("{{\"id\":\"1\",\"date\":\"{date}\",\"body\":\"市总工会慰问职工。\"}}\n");
    let papers = tempfile::tempdir().unwrap();
    let file = papers.path().join("a.jsonl");
    std::fs::write(&file, item("2014-04-29")).unwrap();
    let archive = Archive::of(papers.path());
    let sitting = archive.sit(&[]);
    let seen = |page: &str| page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let old = seen(&sitting.get("1").body);
    std::fs::write(&file, item("2015-01-01")).unwrap();
    assert_eq!(archive.run(&["ingest", papers.path().to_str().unwrap()]).status.code(), Some(0));
    let asked_again = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let page = sitting.get("1").body;
        page.contains("2015年1月1日").then_some(page)
    });
    let new = seen(&asked_again.expect("the new date"));
    let answer = sitting.post("1", &[("seen", &old)]);
    assert!(answer.status == 422 && answer.body.contains("索引刚刚更新"), "{}", answer.body);
    assert!(!archive.labels().exists());
    assert_eq!(sitting.post("1", &[("seen", &new)]).status, 303);
}

/// An article that still reads as it did is judged by what is said of it now: here another date was stated.
#[test]
fn a_label_measures_the_program_of_today() {
    let item = |date: &str| format!("{{\"id\":\"1\",\"date\":\"{date}\",\"body\":\"市总工会慰问职工。\"}}\n");
    let papers = tempfile::tempdir().unwrap();
    let file = papers.path().join("a.jsonl");
    std::fs::write(&file, item("2014-04-29")).unwrap();
    let archive = Archive::of(papers.path());
    archive.sit(&[]).post("1", &[("date_is", "2015-01-01")]);
    let date = |report: Value| report["random"]["all"]["figures"]["date"]["right"].clone();
    assert_eq!(date(archive.report()), 0);
    std::fs::write(&file, item("2015-01-01")).unwrap();
    assert_eq!(archive.run(&["ingest", papers.path().to_str().unwrap()]).status.code(), Some(0));
    let report = archive.report();
    assert_eq!((&report["judged_now"], date(report.clone())), (&1.into(), 1.into()));
}

//! The real binary in a folder of its own: what a person sees, and the exit codes.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::{RequestKind, parameters_of};
use baoku::engine::Engine;
use baoku::engine::embedded::Embedded;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use support::{corpus, dictionary, shared};

const PAGE: &str = "市总工会看望老会员\n\n本报讯(记者周平和)近日,市总工会走访慰问退休老会员,送去米面油。\n";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("papers")).expect("a folder");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("writing");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        // Messages are in the language of the locale; what configures the program is not for the tests.
        command.env("LC_ALL", "C").env_remove("BAOKU_LANG").env_remove("BAOKU_INDEX").env_remove("NO_COLOR");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().expect("the program"))
    }
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// An error that names what is wrong and the way out.
    fn assert_error(&self, words: &[&str]) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert!(words.iter().all(|word| self.err.contains(word)), "{words:?} {self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
    }
}

#[test]
fn pages_in_answers_out() {
    let desk = Desk::new();
    let ingest = desk.run(&["ingest", corpus().to_str().expect("a path"), "--report", "report.json"]);
    assert_eq!(ingest.code, Some(0), "{ingest:?}");
    assert!(ingest.out.contains("articles read: 339"), "{ingest:?}");
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("report.json")).expect("a report")).expect("JSON");
    assert_eq!(report["files"].as_array().map(Vec::len), Some(32));
    let again = desk.run(&["ingest", corpus().to_str().expect("a path")]);
    assert!(again.out.contains("unchanged 32") && again.out.contains("articles read: 0"), "{again:?}");
    let found = desk.run(&["search", "\"送温暖\"", "--topic", "送温暖", "--from", "2008", "--region", "安徽"]);
    assert_eq!(found.code, Some(0), "{found:?}");
    assert!(found.out.contains("【送温暖】"), "{found:?}");
    assert_eq!(desk.run(&["search", "绝对没有的词"]).code, Some(1));
    let json = desk.run(&["search", "维权", "--format", "json", "--limit", "2"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&json.out).expect("JSON")["hits"].as_array().map(Vec::len),
        Some(2)
    );
    let csv = desk.run(&["search", "维权", "--format", "csv"]);
    assert!(csv.out.starts_with("\u{FEFF}id,title,"), "{csv:?}");
    let lines = desk.run(&["export", "维权"]).out;
    let table = desk.run(&["export", "维权", "--format", "csv"]).out;
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
    for (line, row) in lines.lines().zip(&rows) {
        let article: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let named = ["id", "page", "kind"].map(|name| article[name].as_str());
        assert_eq!(named, [Some(&row[0]), Some(&row[4]), Some(&row[5])]);
    }
    assert!(rows.len() > 20);
    assert_eq!(lines.lines().count(), rows.len());
    desk.run(&["search", "维权", "--limit", "0"]).assert_error(&["limit", "1 to 100"]);
    desk.run(&["search", "维权", "--region", "鼓楼区"]).assert_error(&["鼓楼区", "江苏省/南京市/鼓楼区"]);
    desk.run(&["search", "维权", "--colour", "red"]).assert_error(&["--colour"]);
}

#[test]
fn the_help_names_every_parameter() {
    let desk = Desk::new();
    let help = desk.run(&["search", "--help"]);
    assert_eq!(help.code, Some(0));
    assert!(
        parameters_of(RequestKind::Search)
            .filter(|row| !row.is_query())
            .all(|row| help.out.contains(&format!("--{}", row.name))),
        "{help:?}"
    );
    let version = desk.run(&["--version"]).out;
    let named: Vec<&str> = version.lines().map(|line| line.rsplit_once(' ').unwrap_or_default().0).collect();
    assert!(version.starts_with(concat!("baoku ", env!("CARGO_PKG_VERSION"), "\n")), "{version}");
    assert_eq!(named, ["baoku", "index format", "rules", "dictionary"]);
    desk.run(&[]).assert_error(&["Usage: baoku", "ingest"]);
    desk.run(&["serach", "x"]).assert_error(&["search"]);
    desk.run(&["search", "--fron", "2014"]).assert_error(&["--from"]);
}

#[test]
fn what_cannot_be_done_is_said() {
    let desk = Desk::new();
    desk.run(&["ingest", "nowhere"]).assert_error(&["nowhere", "no such folder"]);
    desk.put("file.txt", PAGE);
    desk.run(&["ingest", "file.txt"]).assert_error(&["file.txt", "not a folder"]);
    desk.run(&["search", "x"]).assert_error(&["no index", "baoku ingest"]);
    desk.run(&["ingest", "papers", "--date", "2014-13"]).assert_error(&["--date", "2014-13"]);
    desk.run(&["ingest", "papers", "--region", "亚特兰蒂斯"]).assert_error(&["--region", "亚特兰蒂斯"]);
    desk.run(&["ingest", "papers", "--encoding", "klingon"]).assert_error(&["--encoding", "klingon"]);
    desk.run(&["inspect", "none.txt"]).assert_error(&["none.txt"]);
    desk.put("picture.png", "x");
    desk.run(&["inspect", "picture.png"]).assert_error(&["picture.png", "no reader"]);
    std::fs::create_dir(desk.path("foreign")).expect("a folder");
    desk.put("foreign/meta.json", "{}");
    desk.run(&["ingest", "papers", "--index", "foreign"]).assert_error(&["foreign", "no baoku index"]);
    assert!(desk.path("foreign/meta.json").exists(), "a foreign index is left alone");
}

#[test]
fn an_index_of_another_version_is_refused_and_can_be_rebuilt() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0));
    desk.put("index/baoku-index.json", "{\"format\":3}");
    for arguments in [&["search", "工会"][..], &["ingest", "papers"], &["serve", "--listen", "127.0.0.1:0"]] {
        desk.run(arguments).assert_error(&["format 3", "--rebuild"]);
    }
    assert_eq!(desk.run(&["ingest", "papers", "--rebuild"]).code, Some(0));
    assert_eq!(desk.run(&["search", "工会"]).code, Some(0));
    // A damaged index too, and one without its list of files.
    desk.put("index/meta.json", "{");
    desk.run(&["search", "工会"]).assert_error(&["--rebuild"]);
    assert_eq!(desk.run(&["ingest", "papers", "--rebuild"]).code, Some(0));
    std::fs::remove_file(desk.path("index/meta.json")).expect("removing");
    assert_eq!(desk.run(&["ingest", "papers", "--rebuild"]).code, Some(0));
    assert_eq!(desk.run(&["search", "工会"]).code, Some(0));
}

/// File names and field names may hold anything; a terminal must not be steered by them.
#[test]
fn messages_do_not_steer_a_terminal() {
    let desk = Desk::new();
    desk.put("papers/a\u{1b}[2J.txt", b"\x00\x01");
    desk.put("papers/b.jsonl", "{\"body\":\"x\",\"\\u001b]0;owned\\u0007\":1}\n");
    let run = desk.run(&["ingest", "papers"]);
    assert!(run.code == Some(3) && !run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run:?}");
}

#[test]
fn serve_answers_from_an_index_that_cannot_be_brought_up_to_date() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0));
    std::fs::remove_file(desk.path("papers/a.txt")).expect("removing");
    let mut process = desk
        .command(&["serve", "--corpus", "papers", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server");
    let lines = std::io::BufReader::new(process.stderr.take().expect("stderr"));
    let said: Vec<String> = std::io::BufRead::lines(lines).map_while(Result::ok).take(3).collect();
    let _ = process.kill();
    let _ = process.wait();
    assert!(said[0].contains("--allow-empty") && said[2].contains("1 articles; open http://"), "{said:?}");
}

#[test]
fn calibration_counts_what_is_right_by_confidence() {
    let desk = Desk::new();
    let page =
        "厦门市总工会看望老会员\n本报讯(记者周平和)2014年1月20日,厦门市总工会走访慰问退休老会员,送去米面油和慰问金。\n";
    desk.put("papers/a.txt", page);
    let answer = |region: &str| {
        format!(
            r#"{{"issue_date":{{"window":["2014-01-21","2014-01-25"]}},"articles":[{{"paras":[[2]],"meta":{{"region":"{region}","topics":["送温暖"]}}}}]}}"#
        )
    };
    desk.put("a.json", answer("福建省/厦门市"));
    let run = desk.run(&["inspect", "papers", "--calibration", "a.json"]);
    let rows =
        |run: &Run, name: &str, end: &str| run.out.lines().any(|line| line.starts_with(name) && line.ends_with(end));
    assert!(run.code == Some(0) && rows(&run, "date", "1.00") && rows(&run, "region", "1.00"), "{run:?}");
    assert!(rows(&run, "first topic", "1.00"), "{run:?}");
    desk.put("a.json", answer("福建省/泉州市"));
    let run = desk.run(&["inspect", "papers/a.txt", "--calibration", "a.json"]);
    assert!(rows(&run, "region", "0.00"), "{run:?}");
    desk.run(&["inspect", "papers", "--calibration", "none.json"]).assert_error(&["none.json"]);
    desk.put("b.json", answer(""));
    desk.run(&["inspect", "papers", "--calibration", "b.json"]).assert_error(&["b.json", "no answer"]);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    let engine = Embedded::open_or_create(&desk.path("index"), dictionary()).expect("an index");
    let writer = engine.writer(baoku::engine::embedded::WriterOptions::default()).expect("a writer");
    desk.run(&["ingest", "papers"]).assert_error(&["another process is writing"]);
    drop(writer);
    assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0));
}

#[test]
fn a_port_in_use_is_said_before_anything_else() {
    let desk = Desk::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    desk.run(&["serve", "--listen", &address]).assert_error(&[&address, "in use", "--listen"]);
    assert!(!desk.path("index").exists(), "nothing was begun");
    desk.run(&["serve", "--listen", "nonsense"]).assert_error(&["nonsense", "HOST:PORT"]);
}

/// Tests run as root in many places, and root reads everything: the file without permission is read as nobody.
#[test]
fn a_file_without_permission_is_reported_and_its_articles_stay() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    let mode =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
    desk.put("papers/a.txt", PAGE);
    desk.put("papers/b.txt", PAGE);
    let program = desk.path("baoku");
    std::fs::copy(env!("CARGO_BIN_EXE_baoku"), &program).expect("a copy");
    std::fs::create_dir(desk.path("index")).expect("a folder");
    mode(desk.folder.path(), 0o755);
    mode(&desk.path("index"), 0o777);
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let ingest = || {
        let mut command = Command::new(&program);
        command.args(["ingest", "papers"]).current_dir(desk.folder.path());
        if is_root {
            command.uid(65534).gid(65534);
        }
        Run::of(&command.output().expect("the program"))
    };
    assert_eq!(ingest().code, Some(0));
    mode(&desk.path("papers/b.txt"), 0o000);
    let refused = ingest();
    assert!(refused.code == Some(3) && refused.out.contains("papers/b.txt: cannot be read"), "{refused:?}");
    assert!(refused.out.contains("stays in the index"), "{refused:?}");
    let engine = Embedded::open(&desk.path("index"), dictionary()).expect("an index");
    assert_eq!(engine.snapshot().unwrap().article_count().expect("a count"), 2);
    // A folder that cannot be listed hides its files; it does not withdraw them.
    std::fs::create_dir(desk.path("papers/deep")).expect("a folder");
    desk.put("papers/deep/c.txt", PAGE);
    assert_eq!(ingest().code, Some(3), "the file still cannot be read");
    mode(&desk.path("papers/deep"), 0o000);
    let hidden = ingest();
    mode(&desk.path("papers/deep"), 0o755);
    assert!(hidden.out.contains("  papers/deep: cannot be listed") && !hidden.out.contains("withdrawn"), "{hidden:?}");
    assert_eq!(hidden.code, Some(3));
    engine.reload().expect("reloading");
    assert_eq!(engine.snapshot().unwrap().article_count().expect("a count"), 3);
}

/// Found in review: the files of an index were for one user, and opening it took a lock for writing.
#[test]
fn an_index_could_not_be_searched_by_another_user() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    let mode =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
    desk.put("papers/a.txt", PAGE);
    assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0));
    let program = desk.path("baoku");
    std::fs::copy(env!("CARGO_BIN_EXE_baoku"), &program).expect("a copy");
    mode(desk.folder.path(), 0o755);
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    if !is_root {
        return println!("only root can be another user");
    }
    let as_nobody = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(desk.folder.path()).uid(65534).gid(65534);
        Run::of(&command.output().expect("the program"))
    };
    let found = as_nobody(&["search", "老会员"]);
    assert!(found.code == Some(0) && found.out.contains("看望老会员"), "{found:?}");
    // Nobody has ever locked an index that was copied without its lock files.
    for lock in [".tantivy-meta.lock", ".tantivy-writer.lock"] {
        let _ = std::fs::remove_file(desk.path("index").join(lock));
    }
    assert_eq!(as_nobody(&["search", "老会员"]).code, Some(0));
    desk.put("papers/b.txt", PAGE);
    let refused = as_nobody(&["ingest", "papers"]);
    refused.assert_error(&["ermission"]);
    assert!(!refused.err.contains("--rebuild"), "{refused:?}");
}

#[test]
fn a_line_of_200_megabytes_is_named_and_nothing_else_is_lost() {
    let desk = Desk::new();
    let mut text = format!("{{\"id\":\"1\",\"body\":\"维权热线\"}}\n{{\"body\":\"{}\"}}\n", "x".repeat(200_000_000));
    text.push_str("{\"id\":\"2\",\"body\":\"送温暖\"}\n");
    desk.put("papers/long.jsonl", &text);
    desk.put("papers/long.txt", &text[..200_000_000]);
    let run = desk.run(&["ingest", "papers"]);
    assert!(run.code == Some(3) && run.out.contains("line_too_long: 1 in 1 file\n  papers/long.jsonl:2: "), "{run:?}");
    assert!(
        run.out.contains("page_too_large: 1 in 1 file\n  papers/long.txt: ") && run.out.contains("articles read: 2"),
        "{run:?}"
    );
}

#[test]
fn inspect_gives_the_shape_of_the_design() {
    let desk = Desk::new();
    let page = corpus().join("ludao-zhigongbao/2014-04-29/02.txt");
    let page = page.to_str().expect("a path");
    let articles: serde_json::Value =
        serde_json::from_str(&desk.run(&["inspect", page, "--format", "json"]).out).expect("JSON");
    let fields = [
        "id",
        "kind",
        "column",
        "kicker",
        "title",
        "subtitle",
        "head_blocks",
        "paragraphs",
        "captions",
        "bylines",
        "date",
        "regions",
        "topics",
        "reasons",
    ];
    for article in articles.as_array().expect("articles") {
        assert!(fields.iter().all(|field| article.get(*field).is_some()), "{article}");
        assert_eq!(article["date"]["earliest"], "2014-04-29");
        assert!(article["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()));
    }
    let blocks: serde_json::Value =
        serde_json::from_str(&desk.run(&["inspect", page, "--stage", "blocks", "--format", "json"]).out).expect("JSON");
    let numbers: Vec<u64> =
        blocks.as_array().expect("blocks").iter().filter_map(|block| block["block"].as_u64()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let tokens = desk.run(&["inspect", page, "--stage", "tokens"]);
    assert!(
        tokens.out.contains("title grams:")
            && tokens.out.contains("body lexicon:")
            && tokens.out.contains("body words:")
    );
}

fn json_of(run: &Run) -> Vec<serde_json::Value> {
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} {run:?}"));
    value.as_array().expect("a list").clone()
}

#[test]
fn inspect_shows_lines_as_readers_give_them() {
    let desk = Desk::new();
    let scan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/hocr/tesseract.hocr");
    let lines = json_of(&desk.run(&["inspect", scan, "--stage", "lines", "--format", "json"]));
    let first = &lines[0];
    assert_eq!((&first["page"], &first["line"], first["text"].as_str()), (&1.into(), &1.into(), Some("江城工人报")));
    assert_eq!((first["area"].as_array().map(Vec::len), first["direction"].as_str()), (Some(4), Some("horizontal")));
    assert!(first["mark"]["label"].is_string() && first["size"].is_u64() && first.get("place").is_none(), "{first}");
    assert!(first["flow"] == "lines" && first["width"].is_u64(), "{first}");
    let second = json_of(&desk.run(&["inspect", scan, "--stage", "lines", "--page", "2", "--format", "json"]));
    assert!(!second.is_empty() && second.iter().all(|line| line["page"] == 2) && second[0]["line"] == 1);
    assert!(lines.iter().filter(|line| line["page"] == 2).eq(second.iter()), "{second:?}");
    let text = desk.run(&["inspect", scan, "--stage", "lines"]).out;
    assert!(text.contains("是印刷行，满行") && text.contains("第2页　4行"), "{text}");
    for stage in ["blocks", "articles"] {
        let rows = json_of(&desk.run(&["inspect", scan, "--stage", stage, "--format", "json"]));
        assert!(rows.iter().all(|row| row["page"].is_u64()), "{stage}");
        let rows = json_of(&desk.run(&["inspect", scan, "--stage", stage, "--page", "2", "--format", "json"]));
        assert!(!rows.is_empty() && rows.iter().all(|row| row["page"] == 2), "{stage}");
    }
    assert_eq!(desk.run(&["inspect", scan, "--page", "9"]).code, Some(1));
    desk.put("a.txt", PAGE);
    let paragraphs = desk.run(&["inspect", "a.txt", "--stage", "lines"]).out;
    assert!(paragraphs.contains("每行是一段"), "{paragraphs}");
    let lines = json_of(&desk.run(&["inspect", "a.txt", "--stage", "lines", "--format", "json"]));
    assert_eq!((lines.len(), &lines[1]["place"], &lines[1]["flow"]), (2, &3.into(), &"paragraphs".into()));
    assert!(lines.iter().all(|line| ["area", "size", "mark", "width"].iter().all(|part| line.get(*part).is_none())));
    assert!(json_of(&desk.run(&["inspect", "a.txt", "--format", "json"]))[0]["page"].is_string());
}

#[test]
fn inspect_finds_doubtful_pages() {
    let desk = Desk::new();
    let corpus = corpus();
    let corpus = corpus.to_str().expect("a path");
    let run = desk.run(&["inspect", corpus, "--doubtful", "--below", "1", "--format", "json"]);
    let pages = json_of(&run);
    let sure: Vec<f64> = pages.iter().filter_map(|page| page["confidence"].as_f64()).collect();
    assert!(run.code == Some(0) && !pages.is_empty() && sure.is_sorted(), "{run:?}");
    for page in &pages {
        let borders = page["borders"].as_array().expect("borders");
        assert!(page["file"].as_str().is_some_and(|file| file.starts_with("corpus/")) && page["page"] == 1, "{page}");
        assert_eq!(borders[0]["probability"], page["confidence"], "{page}");
        assert!(borders.iter().all(|one| one["line"].is_u64() && one["begins"].is_boolean()), "{page}");
    }
    let text = desk.run(&["inspect", corpus, "--doubtful", "--below", "1"]).out;
    assert!(text.contains("另起一篇") || text.contains("接着上一篇"), "{text}");
    let file = format!("{corpus}/ludao-zhigongbao/2014-04-29/02.txt");
    let none = desk.run(&["inspect", &file, "--doubtful", "--below", "0"]);
    assert_eq!((none.code, none.out.trim()), (Some(1), ""));
    desk.run(&["inspect", "nowhere", "--doubtful"]).assert_error(&["nowhere"]);
    desk.run(&["inspect", &file, &file]).assert_error(&["--doubtful"]);
    desk.run(&["inspect", &file, "--doubtful", "--below", "2"]).assert_error(&["--below"]);
}

#[test]
fn the_real_pages_are_read_and_found() {
    let Some(pages) = shared("pages") else { return };
    let desk = Desk::new();
    // The answers beside the pages are JSON that no reader takes.
    assert_eq!(desk.run(&["ingest", pages.to_str().expect("a path")]).code, Some(3));
    for word in ["送温暖", "困难职工", "李建党", "维权"] {
        assert_eq!(desk.run(&["search", word]).code, Some(0), "{word}");
    }
    for page in std::fs::read_dir(&pages).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let text = match std::fs::read_to_string(&page) {
            Ok(text) if page.extension().is_some_and(|e| e == "txt") => text,
            _ => continue,
        };
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        let blocks = desk.run(&["inspect", page.to_str().expect("a path"), "--stage", "blocks", "--format", "json"]);
        let blocks: serde_json::Value = serde_json::from_str(&blocks.out).expect("JSON");
        assert_eq!(blocks.as_array().map(Vec::len), Some(count), "{}", page.display());
        let articles: serde_json::Value =
            serde_json::from_str(&desk.run(&["inspect", page.to_str().expect("a path"), "--format", "json"]).out)
                .expect("JSON");
        let mut used: BTreeMap<u64, u32> = BTreeMap::new();
        for article in articles.as_array().expect("articles") {
            let passages =
                ["paragraphs", "captions"].iter().flat_map(|part| article[*part].as_array().expect("a list"));
            let lists = passages.map(|passage| &passage["blocks"]).chain([&article["head_blocks"]]);
            for number in lists.flat_map(|list| list.as_array().expect("numbers")).filter_map(serde_json::Value::as_u64)
            {
                *used.entry(number).or_default() += 1;
            }
        }
        let loose = blocks
            .as_array()
            .expect("blocks")
            .iter()
            .filter(|block| block["article"].is_null())
            .filter_map(|block| block["block"].as_u64());
        loose.for_each(|number| *used.entry(number).or_default() += 1);
        assert_eq!(
            used.into_iter().collect::<Vec<_>>(),
            (1..=count as u64).map(|n| (n, 1)).collect::<Vec<_>>(),
            "{}",
            page.display()
        );
    }
}

/// Files of every outcome: what they hold, and whether leaving them out ends a run with exit code 3.
const OUTCOMES: &[(&str, &[u8], &str, bool)] = &[
    ("indexed.txt", PAGE.as_bytes(), "indexed", false),
    ("empty.txt", b" \n", "empty", false),
    ("README.md", b"# About", "skipped", false),
    ("readme.txt", b"About these pages", "skipped", false),
    ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "skipped", false),
    (".hidden.txt", PAGE.as_bytes(), "skipped", false),
    (
        "twice.jsonl",
        "{\"id\":\"1\",\"body\":\"一。\"}\n{\"id\":\"1\",\"body\":\"一。\"}\n".as_bytes(),
        "indexed",
        false,
    ),
    ("title-only.jsonl", "{\"title\":\"题\"}\n{\"body\":\"一。\"}\n".as_bytes(), "indexed", false),
    ("replaced.txt", "市总工会看望老会员\n近日,市总工会走访慰问退休老会员,送去米面油。\n".as_bytes(), "indexed", false),
    ("other-field.jsonl", "{\"stuff\":\"一。\"}\n".as_bytes(), "no_articles", true),
    ("half-bad.jsonl", "{\"body\":\"一。\"}\n{bad\n".as_bytes(), "indexed", true),
    ("binary.txt", b"\x00\x01\x02\x00", "binary", true),
    ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_format", true),
    ("scan.png", b"\x89PNG\r\n\x1a\n", "unknown_format", true),
    ("broken.pdf", b"%PDF-1.4\nnothing", "broken", true),
];

/// A cron job trusts the exit code: each outcome alone, and what the report says of the file.
#[test]
fn the_exit_code_says_whether_something_was_left_out() {
    for (name, bytes, outcome, left_out) in OUTCOMES {
        let desk = Desk::new();
        desk.put(&format!("papers/{name}"), bytes);
        desk.put("papers/good.txt", PAGE);
        let run = desk.run(&["ingest", "papers", "--report", "report.json"]);
        assert_eq!(run.code, Some(if *left_out { 3 } else { 0 }), "{name}: {run:?}");
        let report: serde_json::Value =
            serde_json::from_slice(&std::fs::read(desk.path("report.json")).expect("a report")).expect("JSON");
        let files = report["files"].as_array().expect("files");
        let file = files.iter().find(|file| file["path"] == *name).unwrap_or_else(|| panic!("{name}: {report}"));
        assert_eq!((file["outcome"].as_str(), file["left_out"].as_bool()), (Some(*outcome), Some(*left_out)), "{name}");
        assert_eq!(run.out.contains("something was left out of 1 file"), *left_out, "{name}: {run:?}");
        let quiet = desk.run(&["ingest", "papers", "--rebuild", "-q"]);
        assert_eq!((quiet.out.is_empty(), quiet.err.as_str()), (!left_out, ""), "{name}: {quiet:?}");
        // What was told once and has not changed is no news.
        assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0), "{name}");
    }
    let desk = Desk::new();
    assert_eq!(desk.run(&["ingest", "nowhere"]).code, Some(2));
}

#[test]
fn a_file_of_an_unknown_kind_is_told_the_way_to_a_known_one() {
    let desk = Desk::new();
    for (name, bytes, way) in [
        ("a.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "DOCX or PDF"),
        ("b.wps", b"x", "DOCX or PDF"),
        ("c.rtf", b"{\\rtf1", "DOCX or PDF"),
        ("d.epub", b"PK\x03\x04", "convert it to text"),
        ("e.caj", b"CAJ", "print it to PDF"),
        ("f.djvu", b"AT&TFORM", "print it to PDF"),
        ("g.jpg", b"\xff\xd8\xff", "OCR"),
        ("h.xlsx", b"x", "CSV"),
        ("i.rar", b"Rar!\x1a\x07", "unpack"),
        ("j.7z", b"7z\xbc\xaf\x27\x1c", "unpack"),
        ("k.unheard-of", b"x", "mets, alto"),
    ] {
        desk.put(name, bytes);
        let run = desk.run(&["inspect", name]);
        run.assert_error(&[name, way]);
        let chinese = desk.run(&["inspect", name, "--lang", "zh"]);
        assert!(chinese.err.contains("错误：") && chinese.err.contains("请"), "{chinese:?}");
    }
}

#[test]
fn a_report_is_text_json_or_a_page() {
    let desk = Desk::new();
    for n in 0..7 {
        desk.put(&format!("papers/p{n}.png"), b"\x89PNG\r\n\x1a\n");
    }
    desk.put("papers/a<b>&.jsonl", "{\"body\":\"一。\",\"<script>\":1}\n");
    let run = desk.run(&["ingest", "papers", "--report", "r.html", "--paper", "某报"]);
    assert!(run.out.contains("unknown_format: 7 in 7 files") && run.out.contains("and 2 more (-v"), "{run:?}");
    assert!(run.out.contains("p4.png") && !run.out.contains("p5.png"), "{run:?}");
    let page = std::fs::read_to_string(desk.path("r.html")).expect("a page");
    assert!((0..7).all(|n| page.contains(&format!("papers/p{n}.png"))), "{page}");
    assert!(page.contains("a&#60;b&#62;&#38;.jsonl") && !page.contains("<script>") && page.contains("某报"), "{page}");
    let all = desk.run(&["ingest", "papers", "--rebuild", "-v", "--report", "r.txt"]);
    assert!(all.out.contains("p6.png") && all.err.contains("took "), "{all:?}");
    assert!(std::fs::read_to_string(desk.path("r.txt")).expect("a text").contains("p6.png"));
    desk.run(&["ingest", "papers", "--rebuild", "--report", "r.txt", "--report-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(desk.path("r.txt")).unwrap()).expect("JSON");
    assert_eq!((&json["left_out"], &json["options"]["rebuild"]), (&7.into(), &true.into()));
    assert!(json["rules"].is_string() && json["kinds"][0]["count"] == 7 && json["bytes"].as_u64() > Some(0), "{json}");
}

/// It was noticed after the whole run.
#[test]
fn a_report_that_cannot_be_written_stops_the_run_before_it_begins() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    desk.run(&["ingest", "papers", "--report", "no/such/folder/r.json"]).assert_error(&["no/such/folder"]);
    assert!(!desk.path("index").exists());
}

#[test]
fn progress_is_told_in_lines_where_there_is_no_terminal() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    let run = desk.run(&["ingest", "papers"]);
    assert!(run.err.starts_with("reading 1 of 1 files\n") && !run.err.contains('\r'), "{run:?}");
    let run = desk.run(&["ingest", "papers", "--rebuild", "-vv", "--lang", "zh"]);
    assert!(run.err.contains("要读 1 个") && run.err.contains("papers/a.txt\n"), "{run:?}");
}

/// Every command and option is described in both languages; `arg_words` has the test of each single description.
#[test]
fn help_is_in_the_language_of_the_locale() {
    let desk = Desk::new();
    let han = |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    for command in baoku::cli::command().get_subcommands() {
        let help = |variable: &str, value: &str| {
            let mut asked = desk.command(&["help", command.get_name()]);
            Run::of(&asked.env("LC_ALL", "").env(variable, value).output().expect("the program")).out
        };
        let (english, chinese) = (help("LANG", "en_US.UTF-8"), help("LANG", "zh_CN.UTF-8"));
        assert!(english.contains("Usage: baoku") && english.contains("Print help"), "{english}");
        assert!(
            chinese.contains("用法：baoku") && chinese.contains("显示帮助") && !chinese.contains("Print"),
            "{chinese}"
        );
        assert!(han(&chinese) > han(&english) + 50, "{chinese}");
        assert_eq!(help("BAOKU_LANG", "zh"), chinese);
        for arg in command.get_arguments().filter_map(|arg| arg.get_long()) {
            assert!(english.contains(&format!("--{arg}")) && chinese.contains(&format!("--{arg}")), "{arg}");
        }
    }
}

#[test]
fn errors_are_in_the_language_of_the_locale_and_data_is_not() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    assert_eq!(desk.run(&["ingest", "papers"]).code, Some(0));
    for (arguments, words) in [
        (&["serach"][..], &["没有 serach 这个命令", "search"][..]),
        (&["search", "--fron", "2014"], &["没有 --fron 这个选项", "--from"]),
        (&["search", "--format", "xml"], &["xml", "text、json、csv"]),
        (&["ingest"], &["还要给出", "DIR"]),
        (&["ingest", "nowhere"], &["nowhere", "没有这个文件夹"]),
        (&["search", "x", "--index", "none"], &["没有索引", "baoku ingest"]),
        (&["search", "x", "--from", "昨夜"], &["起始日期", "2014年4月29日"]),
        (&["ingest", "papers", "--date", "昨夜"], &["不是日期", "2014/4/29"]),
        (&["search", "--report", "x"], &["--report"]),
        (&["check", "--config", "none.toml"], &["none.toml：", "--config"]),
        (&["ingest", "papers", "--threads", "0"], &["ingest.threads 应为 1 到 64 的整数", "`0`"]),
        (&["serve", "--listen", "nonsense"], &["nonsense", "HOST:PORT"]),
        (&["correct", "0123456789abcdef", "--title", "x"], &["索引里没有这篇文章"]),
        (&["help", "serach"], &["没有 serach 这个命令", "search"]),
    ] {
        let mut asked = desk.command(arguments);
        let run = Run::of(&asked.args(["--lang", "zh"]).output().expect("the program"));
        run.assert_error(words);
        assert!(run.err.starts_with("错误："), "{run:?}");
    }
    for format in ["json", "csv"] {
        let ask = |language| {
            let out = desk.run(&["search", "老会员", "--format", format, "--lang", language]).out;
            out.split("\"took_ms\"").next().unwrap_or_default().to_owned()
        };
        assert_eq!(ask("zh"), ask("en"));
    }
}

#[test]
fn switches_need_no_true() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    desk.run(&["ingest", "papers"]);
    let explains = |arguments: &[&str]| desk.run(arguments).out.contains("检索式读作");
    assert!(explains(&["search", "--explain", "老会员"]));
    assert!(explains(&["search", "老会员", "--explain", "true"]));
    assert!(explains(&["search", "--explain=true", "老会员"]));
    assert!(!explains(&["search", "--explain=false", "老会员"]));
    assert_eq!(desk.run(&["trends", "老会员", "--stack", "--once"]).code, Some(0));
    // A query could not begin with a minus.
    assert_eq!(desk.run(&["search", "-演出", "老会员"]).code, Some(0));
    assert_eq!(desk.run(&["search", "-老会员"]).code, Some(1));
    assert_eq!(desk.run(&["search", "老会员", "--union-body", "厦门市总工会"]).code, Some(1));
}

#[test]
fn colour_is_as_the_environment_says() {
    let desk = Desk::new();
    desk.put("papers/a.txt", PAGE);
    desk.run(&["ingest", "papers"]);
    let coloured = |variables: &[(&str, &str)]| {
        [&["search", "老会员"][..], &["inspect", "papers/a.txt", "--stage", "page"]].map(|arguments| {
            let output = desk.command(arguments).envs(variables.iter().copied()).output();
            Run::of(&output.expect("the program")).out.contains('\u{1b}')
        })
    };
    assert_eq!(coloured(&[]), [false, false]);
    assert_eq!(coloured(&[("CLICOLOR_FORCE", "1")]), [true, true]);
    assert_eq!(coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), [false, false]);
}

#[test]
fn completions_and_manual_pages_are_well_formed() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run(&["completions", shell]);
        assert!(script.code == Some(0) && script.out.contains("concordance"), "{shell}");
        desk.put(&format!("completions.{shell}"), &script.out);
    }
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let file = desk.path(&format!("completions.{shell}"));
        match Command::new(shell).arg(check).arg(file).output() {
            Ok(done) => assert!(done.status.success() && done.stderr.is_empty(), "{shell}: {done:?}"),
            Err(_) => support::skip(&format!("there is no {shell}")),
        }
    }
    desk.run(&["completions", "tcsh"]).assert_error(&["tcsh", "bash"]);
    for language in ["en", "zh"] {
        assert_eq!(desk.run(&["man", language, "--lang", language]).code, Some(0));
        for command in baoku::cli::command().get_subcommands().filter(|command| command.get_name() != "help") {
            let file = desk.path(&format!("{language}/baoku-{}.1", command.get_name()));
            let page = std::fs::read_to_string(&file).expect("a page");
            assert!(page.contains(".TH ") && page.contains(".SH NAME") && page.contains(".SH DESCRIPTION"), "{page}");
            let rendered =
                Command::new("groff").args(["-man", "-Tutf8", "-Kutf8", "-ww", "-Wbreak"]).arg(&file).output();
            match rendered {
                Ok(done) => assert!(done.status.success() && done.stderr.is_empty(), "{}: {done:?}", file.display()),
                Err(_) => support::skip("there is no groff"),
            }
        }
    }
    assert!(desk.run(&["man"]).out.contains(".TH baoku 1"));
}

/// What the API answers, on the command line.
#[test]
fn words_lines_numbers_and_completions_are_commands() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["ingest", corpus().to_str().expect("a path"), "-q"]).code, Some(0));
    let json = |arguments: &[&str]| -> serde_json::Value {
        let mut command = desk.command(arguments);
        let run = Run::of(&command.args(["--format", "json"]).output().expect("the program"));
        assert_eq!(run.code, Some(0), "{run:?}");
        serde_json::from_str(&run.out).expect("JSON")
    };
    assert!(json(&["terms", "困难职工", "--fewest", "3"])["near"].as_array().is_some_and(|near| !near.is_empty()));
    assert!(json(&["terms", "--from", "2013", "--versus-to", "2012"])["rising"].is_array());
    let lines = json(&["concordance", "送温暖", "--limit", "7", "--order", "right"]);
    assert_eq!(lines["concordance"].as_array().map(Vec::len), Some(7));
    assert!(json(&["amounts", "送温暖", "--by", "year"])["figures"].as_array().is_some_and(|rows| rows.len() > 1));
    assert!(json(&["suggest", "swn"])["suggestions"].to_string().contains("送温暖"));
    for (arguments, columns) in [
        (&["terms", "困难职工"][..], "list,word,"),
        (&["concordance", "送温暖"], "left,match,right,"),
        (&["amounts", "送温暖"], "period,value,what,"),
    ] {
        let mut command = desk.command(arguments);
        let table = Run::of(&command.args(["--format", "csv"]).output().expect("the program"));
        assert!(table.code == Some(0) && table.out.trim_start_matches('\u{FEFF}').starts_with(columns), "{table:?}");
    }
    let text = desk.run(&["concordance", "送温暖", "--limit", "4"]).out;
    let widths: Vec<usize> = text.lines().skip(1).map(|line| columns_before(line, "【")).collect();
    assert!(widths.len() == 4 && widths.iter().all(|width| *width == widths[0]), "{text}");
    assert_eq!(desk.run(&["suggest", "zzzz"]).code, Some(1));
    assert_eq!(desk.run(&["concordance", "绝对没有的词"]).code, Some(1));
    desk.run(&["concordance"]).assert_error(&["q"]);
    desk.run(&["suggest", "x", "--limit", "21"]).assert_error(&["limit", "20"]);
    assert_eq!(desk.run(&["export", "维权", "--limit", "3"]).out.lines().count(), 3);
    desk.run(&["export", "维权", "--limit", "0"]).assert_error(&["limit"]);
}

/// Columns of a terminal before a mark: Han and full-width characters are two wide.
fn columns_before(line: &str, mark: &str) -> usize {
    line.split(mark).next().unwrap_or_default().chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["ingest", corpus().to_str().expect("a path"), "-q"]).code, Some(0));
    for arguments in [&["export"][..], &["search", "工会", "--limit", "100"], &["completions", "bash"], &["help"]] {
        let mut process =
            desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        drop(process.stdout.take());
        let output = process.wait_with_output().expect("the program");
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
    }
}

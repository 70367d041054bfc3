//! What a person relies on outlives the format of the index: small indexes of each format, made by the programs of their time
//! (`tests/compat/make`), are opened and upgraded; their ids, links, answers and earlier answers are those that were written down
//! then.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::Archive;
use baoku::engine::embedded::{Embedded, IndexDump, RecordCounts, WriterOptions};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use support::dictionary;

/// The format of this program, and the earlier ones of which there is an index.
const NOW: u32 = 11;
const EARLIER: &[u32] = &[7, 8, 9, 10];

const SERIES: &[&str] = &["trends", "送温暖", "维权", "--by", "year", "--format", "json"];

fn compat(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat").join(format!("format-{format}"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, target).unwrap();
        }
    }
}

/// The files of a folder, but for locks.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    named
        .filter(|(name, _)| !name.ends_with(".lock"))
        .map(|(name, path)| (name, std::fs::read(path).unwrap()))
        .collect()
}

/// A folder with an index of a format.
struct Desk(tempfile::TempDir);

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn of(format: u32) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        copy(&compat(format).join("index"), &desk.index());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn index(&self) -> PathBuf {
        self.path("index")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The program must do it.
    fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?} {} {}", run.out, run.err);
        run.out
    }

    /// The program must refuse it, with these words.
    fn refused(&self, arguments: &[&str], words: &[&str]) {
        let run = self.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?} {} {}", run.out, run.err);
        assert!(words.iter().all(|word| run.err.contains(word)), "{words:?} {}", run.err);
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }

    /// Folders beside the index that an old one was put into.
    fn aside(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<PathBuf> =
            entries.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("index.")).collect();
        found.sort();
        found
    }

    fn contents(&self) -> RecordCounts {
        let mut contents = RecordCounts::default();
        let index = IndexDump::open(&self.index()).unwrap();
        index.for_each_record(&mut |record| record.map(|record| contents.add(&record))).unwrap();
        contents
    }
}

/// What was written down when the index was made.
fn written(format: u32, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(compat(format).join(name)).unwrap()).unwrap()
}

/// The numbers of an answer over time.
fn numbers(answer: &Value) -> Vec<Value> {
    let counts = |point: &Value| {
        let mut counts = point.clone();
        let fields = counts.as_object_mut().unwrap();
        fields.retain(|name, _| ["matched", "total", "characters", "period", "ratio"].contains(&name.as_str()));
        counts
    };
    let series = |one: &Value| {
        let points: Vec<Value> = one["points"].as_array().unwrap().iter().map(counts).collect();
        let named = [&one["query"], &one["value"], &one["read_as"]].map(Clone::clone).to_vec();
        let rest = [&one["sum"], &one["undated"], &one["coarse"]].map(counts).to_vec();
        serde_json::json!([named, points, rest])
    };
    answer["series"].as_array().unwrap().iter().map(series).collect()
}

/// Ids, titles and texts of articles that were exported.
fn texts(lines: &str) -> BTreeMap<String, [Value; 3]> {
    let articles = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text = |article: Value| {
        let id = article["id"].as_str().unwrap().to_owned();
        (
            id,
            ["title", "paragraphs", "date"]
                .map(|name| if name == "date" { article[name]["earliest"].clone() } else { article[name].clone() }),
        )
    };
    articles.map(text).collect()
}

fn answers_as_it_did(desk: &Desk, format: u32) {
    let export = std::fs::read_to_string(compat(format).join("export-now.jsonl")).unwrap();
    assert_eq!(texts(&desk.done(&["export"])), texts(&export), "format {format}");
    let (then, now) = (
        written(format, "search-now.json"),
        desk.json(&["search", "职工", "--sort", "oldest", "--limit", "100", "--format", "json"]),
    );
    let ids =
        |answer: &Value| answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&now), &now["total"]), (ids(&then), &then["total"]));
    links_lead_where_they_did(desk, &written(format, "ids.json"));
    let requests: [(&str, &[&str]); 2] =
        [("trends", SERIES), ("split", &["trends", "职工", "--by", "year", "--split", "topic", "--format", "json"])];
    for (name, request) in requests {
        // What was answered after the first commit, and told again after the second by the program of then.
        earlier_answer_is_as_it_was(desk, format, request, name, "then", "again");
        earlier_answer_is_as_it_was(desk, format, request, name, "now", "now");
    }
}

/// Asks for the numbers of an answer that was given as `given`: they must be those of `told`, and so must what became of it.
fn earlier_answer_is_as_it_was(desk: &Desk, format: u32, request: &[&str], name: &str, given: &str, told: &str) {
    let (again, told) = earlier_numbers_are_as_they_were(desk, format, request, name, [given, told]);
    assert_eq!(account(&again), account(&told), "format {format}, {name}");
}

/// The same for an index whose files were read again: articles are changed where the rules have changed since.
fn earlier_numbers_are_as_they_were(
    desk: &Desk,
    format: u32,
    request: &[&str],
    name: &str,
    states: [&str; 2],
) -> (Value, Value) {
    let [given, told] = states.map(|state| written(format, &format!("{name}-{state}.json")));
    let ask = |id: &str| desk.run(&[request, &["--as_of", id]].concat());
    let id = given["id"].as_str().unwrap();
    let state: Vec<&str> = id.trim_start_matches("v1-").split('-').take(2).collect();
    let again: Value = serde_json::from_str(&ask(&state.join("-")).out).unwrap();
    assert_eq!(numbers(&again), numbers(&told), "format {format}, {name}");
    let by_id = ask(id);
    if format < NOW {
        assert!(by_id.code == 2 && by_id.err.contains(&format!("as_of={}", state.join("-"))), "{}", by_id.err);
    } else {
        let by_id: Value = serde_json::from_str(&by_id.out).unwrap();
        assert_eq!(numbers(&by_id), numbers(&told));
    }
    (again, told)
}

/// What became of an earlier answer since; nothing where none is told.
fn account(answer: &Value) -> Vec<Value> {
    let replay = &answer["replay"];
    let count = |name: &str| replay.get(name).filter(|named| *named != &Value::Null).cloned().unwrap_or_default();
    let all = ["added", "changed", "withdrawn", "sealed"].map(count);
    if all.iter().all(|one| one.is_null() || one["count"] == 0 || *one == 0) { Vec::new() } else { all.to_vec() }
}

fn links_lead_where_they_did(desk: &Desk, ids: &Value) {
    let archive = Archive::new(Arc::new(Embedded::open(&desk.index(), dictionary()).unwrap()));
    let view = archive.now().unwrap();
    let id = |name: &str| ids[name].as_str().unwrap().parse().unwrap();
    let title = |name| view.article(id(name)).unwrap().map(|reply| reply.article.story.title);
    assert_eq!(title("former").as_deref(), Some("石桥女工夜校学法忙"));
    assert_eq!(title("corrected").as_deref(), Some("南屏矿区办起职工书屋"));
    assert_eq!((title("withdrawn"), title("gone")), (None, None));
    assert_eq!(view.withdrawn(id("withdrawn")).unwrap().as_deref(), Some("当事人要求"));
}

#[test]
fn an_index_of_each_earlier_format_is_upgraded_and_answers_as_it_did() {
    for format in EARLIER {
        let desk = Desk::of(*format);
        let before = files(&desk.index());
        let found = format!("format {format}");
        desk.refused(&["search", "职工"], &[&found, "earlier version of baoku", "`baoku upgrade --index index`"]);
        desk.refused(&["ingest", "."], &[&found, "baoku upgrade"]);
        assert_eq!(files(&desk.index()), before, "looking changes nothing");
        let told = desk.done(&["upgrade"]);
        assert!(told.contains(&format!("upgraded from format {format}")), "{told}");
        assert!(!told.contains("cannot be read"), "{told}");
        let row = |name: &str, count: u64| told.contains(&format!("{name:<20}{count:>12}{count:>12}"));
        let counts = [
            ("articles", 27),
            ("corrected articles", 1),
            ("former ids", 1),
            ("withdrawn articles", 1),
            ("source files", 3),
        ];
        assert!(counts.iter().all(|(name, count)| row(name, *count)), "{told}");
        let aside = desk.aside();
        assert_eq!(aside.len(), 1, "{aside:?}");
        assert!(aside[0].file_name().unwrap().to_string_lossy().starts_with(&format!("index.format{format}-2")));
        assert_eq!(files(&aside[0]), before, "the old index is kept as it was");
        answers_as_it_did(&desk, *format);
        assert!(desk.done(&["upgrade"]).contains("nothing to do"));
        assert_eq!(desk.aside().len(), 1);
    }
}

#[test]
fn an_index_of_this_format_opens_and_answers_as_it_did() {
    let desk = Desk::of(NOW);
    answers_as_it_did(&desk, NOW);
    assert!(desk.done(&["upgrade"]).contains("nothing to do"));
}

/// The folder that the index was made of, as it was at the end.
fn with_papers(desk: &Desk) {
    copy(&compat(NOW).with_file_name("second"), &desk.path("papers"));
    let ids = written(EARLIER[0], "ids.json");
    let (corrected, withdrawn) = (ids["corrected"].as_str().unwrap(), ids["withdrawn"].as_str().unwrap());
    let text = format!(
        "[[correction]]\nid = \"{corrected}\"\ntitle = \"南屏矿区办起职工书屋\"\n\n\
         [[correction]]\nid = \"{withdrawn}\"\nwithdraw = \"当事人要求\"\n"
    );
    std::fs::write(desk.path("corrections.toml"), text).unwrap();
}

#[test]
fn a_rebuild_of_an_earlier_format_brings_history_along() {
    for format in EARLIER {
        let desk = Desk::of(*format);
        with_papers(&desk);
        let run = desk.run(&["ingest", "papers", "--rebuild"]);
        assert_eq!(run.code, 0, "{} {}", run.out, run.err);
        assert!(run.err.contains(&format!("upgraded from format {format}")), "{}", run.err);
        assert_eq!(desk.aside().len(), 1);
        links_lead_where_they_did(&desk, &written(*format, "ids.json"));
        earlier_numbers_are_as_they_were(&desk, *format, SERIES, "trends", ["then", "again"]);
    }
}

#[test]
fn a_rebuild_of_a_sound_index_puts_nothing_aside() {
    let desk = Desk::of(NOW);
    with_papers(&desk);
    let run = desk.run(&["ingest", "papers", "--rebuild"]);
    assert_eq!(run.code, 0, "{} {}", run.out, run.err);
    assert!(desk.aside().is_empty());
    links_lead_where_they_did(&desk, &written(NOW, "ids.json"));
}

/// A stored article of which some bytes are changed, in a copy of the index.
fn damage(index: &Path) {
    let store = std::fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path());
    let store = store
        .filter(|path| path.extension().is_some_and(|e| e == "store"))
        .max_by_key(|path| path.metadata().unwrap().len());
    let store = store.unwrap();
    let mut bytes = std::fs::read(&store).unwrap();
    // Within the first frame, behind its header.
    let frame = bytes.windows(4).position(|four| four == [0x28, 0xB5, 0x2F, 0xFD]).unwrap();
    bytes[frame + 40..frame + 72].fill(0);
    std::fs::write(store, bytes).unwrap();
}

#[test]
fn a_record_that_cannot_be_read_is_named_and_the_rest_is_kept() {
    let desk = Desk::of(NOW);
    with_papers(&desk);
    let whole = desk.contents();
    damage(&desk.index());
    desk.refused(&["export"], &["record", "of the index in index cannot be read", "--rebuild"]);
    let damaged = files(&desk.index());
    let run = desk.run(&["ingest", "papers", "--rebuild"]);
    assert_eq!(run.code, 0, "{} {}", run.out, run.err);
    assert!(run.err.contains("not kept: 1 records that cannot be read"), "{}", run.err);
    let aside = desk.aside();
    assert!(aside.len() == 1 && aside[0].to_string_lossy().contains("index.damaged-2"), "{aside:?}");
    assert_eq!(files(&aside[0]), damaged);
    let now = desk.contents();
    assert_eq!((now.articles, now.sources, now.withdrawn), (whole.articles, whole.sources, whole.withdrawn));
    assert!(now.formers + 1 >= whole.formers, "at most one record was lost");
    links_lead_where_they_did(&desk, &written(NOW, "ids.json"));
}

#[test]
fn an_index_without_its_list_of_files_is_damaged_and_not_empty() {
    let desk = Desk::of(NOW);
    with_papers(&desk);
    std::fs::remove_file(desk.index().join("meta.json")).unwrap();
    for command in [&["search", "职工"][..], &["ingest", "papers"]] {
        desk.refused(command, &["damaged", "meta.json is missing"]);
    }
    let run = desk.run(&["ingest", "papers", "--rebuild"]);
    assert!(run.code == 0 && run.err.contains("nothing of the index can be read"), "{} {}", run.out, run.err);
    assert!(run.err.contains("not kept: versions, former ids, commits and earlier answers"), "{}", run.err);
    assert_eq!((desk.aside().len(), desk.contents().articles), (1, 27));
}

#[test]
fn a_damaged_index_of_an_earlier_format_is_not_upgraded_in_silence() {
    let desk = Desk::of(9);
    damage(&desk.index());
    let before = files(&desk.index());
    desk.refused(&["upgrade"], &["record", "cannot be read", "--rebuild"]);
    assert_eq!(
        (files(&desk.index()), desk.aside().len()),
        (before, 0),
        "the old one stands, and nothing is left beside it"
    );
    with_papers(&desk);
    let run = desk.run(&["ingest", "papers", "--rebuild"]);
    assert!(run.code == 0 && run.err.contains("not kept: 1 records"), "{} {}", run.out, run.err);
}

#[test]
fn what_is_too_old_or_too_new_is_told_apart() {
    let desk = Desk::of(NOW);
    with_papers(&desk);
    let marker = desk.index().join("baoku-index.json");
    std::fs::write(&marker, r#"{"format":99,"program":"baoku 7.0"}"#).unwrap();
    let before = files(&desk.index());
    for command in [&["upgrade"][..], &["search", "职工"], &["ingest", "papers", "--rebuild"]] {
        desk.refused(command, &["format 99", "baoku 7.0", "use the program that wrote it"]);
    }
    assert_eq!((files(&desk.index()), desk.aside().len()), (before, 0));
    std::fs::write(&marker, r#"{"format":3}"#).unwrap();
    desk.refused(&["upgrade"], &["format 3", "too old", "--rebuild"]);
    let run = desk.run(&["ingest", "papers", "--rebuild"]);
    assert!(run.code == 0 && run.err.contains("format 3 is too old"), "{} {}", run.out, run.err);
    assert!(desk.aside()[0].to_string_lossy().contains("index.format3-2"));
    std::fs::write(&marker, "{").unwrap();
    desk.refused(&["search", "职工"], &["damaged", "baoku-index.json"]);
}

#[test]
fn nothing_is_replaced_while_another_process_writes() {
    for format in [9, NOW] {
        let desk = Desk::of(format);
        with_papers(&desk);
        if format == NOW {
            damage(&desk.index());
        }
        let before = files(&desk.index());
        let lock = std::fs::File::create(desk.index().join(".tantivy-writer.lock")).unwrap();
        lock.lock().unwrap();
        desk.refused(&["ingest", "papers", "--rebuild"], &["another process is writing"]);
        if format != NOW {
            desk.refused(&["upgrade"], &["another process is writing"]);
        }
        assert_eq!((files(&desk.index()), desk.aside().len()), (before, 0));
    }
}

#[test]
#[cfg(unix)]
fn too_many_open_files_are_no_damage() {
    let desk = Desk::of(NOW);
    with_papers(&desk);
    let before = desk.contents();
    // So few that the program begins, and cannot open all files of the index.
    let mut refused = 0;
    for limit in 4..16 {
        let script = format!("ulimit -n {limit}; exec '{}' ingest papers --rebuild", env!("CARGO_BIN_EXE_baoku"));
        let output = Command::new("sh").args(["-c", &script]).current_dir(desk.0.path()).output().unwrap();
        if output.status.success() {
            break;
        }
        refused += 1;
        assert_eq!((desk.aside().len(), desk.contents()), (0, before), "{limit} {output:?}");
    }
    assert!(refused > 0);
}

#[test]
fn a_state_that_is_named_alone_is_counted_again() {
    let desk = Desk::of(NOW);
    let now = desk.json(&["trends", "职工", "--format", "json"]);
    let again = desk.json(&["trends", "职工", "--format", "json", "--as_of", now["generation"].as_str().unwrap()]);
    assert_eq!((&again["series"], &again["replay"]["same"]), (&now["series"], &Value::Null));
}

#[test]
fn an_upgraded_index_is_gone_on_with() {
    for format in EARLIER {
        let desk = Desk::of(*format);
        with_papers(&desk);
        desk.done(&["upgrade"]);
        std::fs::rename(desk.path("corrections.toml"), desk.path("elsewhere.toml")).unwrap();
        desk.refused(&["ingest", "papers"], &["were corrected or withdrawn by", "--forget-corrections"]);
        std::fs::rename(desk.path("elsewhere.toml"), desk.path("corrections.toml")).unwrap();
        desk.done(&["ingest", "papers"]);
        links_lead_where_they_did(&desk, &written(*format, "ids.json"));
        let engine = Embedded::open(&desk.index(), dictionary()).unwrap();
        drop(engine.writer(WriterOptions::default()).unwrap());
        earlier_numbers_are_as_they_were(&desk, *format, SERIES, "trends", ["then", "again"]);
    }
}

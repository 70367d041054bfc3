//! Kills at random moments, over ingest, upgrade and compaction: each time a commit stands, and the next run completes to what an
//! undisturbed one gives, links and earlier answers included.
//!
//! ```text
//! BAOKU_KILLS=300 cargo test --release --test kills -- --nocapture
//! ```
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::{Archive, ArchiveView, Series, TrendRequest};
use baoku::engine::embedded::{Embedded, IndexDump, IndexRecord};
use baoku::engine::{EngineError, FormatRemedy};
use baoku::model::ArticleId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{Random, dictionary};

/// Kills in all that met a running process, unless `BAOKU_KILLS` says otherwise.
const KILLS: usize = 24;

/// The file by which a writer keeps others out.
const LOCK: &str = ".tantivy-writer.lock";

/// What runs are told from.
const SEED: u64 = 16;

fn kills() -> usize {
    std::env::var("BAOKU_KILLS").map_or(KILLS, |number| number.parse().expect("BAOKU_KILLS is a number"))
}

/// What an index says: its articles, where ids of before lead, and what it answered at an earlier state.
#[derive(Debug, PartialEq)]
struct Said {
    articles: BTreeMap<ArticleId, String>,
    links: BTreeMap<ArticleId, Option<ArticleId>>,
    earlier: Option<Vec<Series>>,
}

impl Said {
    /// The first thing that another index says otherwise; nothing where it says the same.
    fn difference(&self, other: &Self) -> String {
        let ids = self.articles.keys().chain(other.articles.keys());
        let article = ids.copied().find(|id| self.articles.get(id) != other.articles.get(id));
        if let Some(id) = article {
            return format!("article {id}\n{:?}\n{:?}", self.articles.get(&id), other.articles.get(&id));
        }
        if let Some((id, to)) = self.links.iter().find(|(id, to)| other.links.get(id) != Some(to)) {
            return format!("link {id} leads to {to:?} and {:?}", other.links.get(id));
        }
        if self.earlier == other.earlier {
            return String::new();
        }
        format!("the earlier answer\n{:?}\n{:?}", self.earlier, other.earlier)
    }
}

/// What is done to an index, and where it begins.
struct Work {
    name: &'static str,
    desk: tempfile::TempDir,
    /// The index it begins with, if any.
    template: Option<PathBuf>,
    arguments: Vec<String>,
    /// What is there as soon as the work has begun, beside the index.
    begun: &'static str,
    /// Ids that must lead where they did.
    ids: Vec<ArticleId>,
    /// A state to be asked about again.
    state: Option<String>,
}

impl Work {
    fn path(&self, name: &str) -> PathBuf {
        self.desk.path().join(name)
    }

    fn command(&self, index: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(&self.arguments).args(["--index", index]).current_dir(self.desk.path()).stdin(Stdio::null());
        command
    }

    fn start(&self, index: &str) -> Child {
        self.command(index).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// What a run to the end says if it fails.
    fn complete(&self, index: &str) -> Result<(), String> {
        let output = self.command(index).output().unwrap();
        let said = || format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        if output.status.success() { Ok(()) } else { Err(said()) }
    }

    fn lay_out(&self, index: &str) {
        let clear = std::fs::read_dir(self.desk.path()).unwrap().map(|entry| entry.unwrap().path());
        let of_index = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(index);
        clear.filter(of_index).for_each(|folder| std::fs::remove_dir_all(folder).unwrap());
        if let Some(template) = &self.template {
            copy(template, &self.path(index));
            // It is there again as soon as somebody writes.
            drop(std::fs::remove_file(self.path(index).join(LOCK)));
        }
    }

    fn said(&self, index: &str) -> Said {
        let archive = Archive::new(Arc::new(Embedded::open(&self.path(index), dictionary()).unwrap()));
        let view = archive.now().unwrap();
        let links = self.ids.iter().map(|id| (*id, view.article(*id).unwrap().map(|reply| reply.article.id)));
        let earlier = self.state.as_deref().map(|state| series(&view, state));
        Said { articles: articles(&self.path(index)), links: links.collect(), earlier }
    }
}

fn series(view: &ArchiveView, state: &str) -> Vec<Series> {
    let pairs = [("q", "职工"), ("q", "送温暖"), ("as_of", state)];
    view.trends(&TrendRequest::from_pairs(pairs).unwrap()).unwrap().series
}

/// All articles, each with its file's record.
fn articles(index: &Path) -> BTreeMap<ArticleId, String> {
    let mut articles = BTreeMap::new();
    let (mut stated, mut withdrawn) = (0, 0);
    let mut take = |record| {
        match record? {
            IndexRecord::Article(one) => drop(articles.insert(one.id, format!("{:?} {:?}", one.story, one.metadata))),
            IndexRecord::Source(source) => stated += source.articles,
            IndexRecord::Withdrawn(_) => withdrawn += 1,
            _ => {}
        }
        Ok::<(), EngineError>(())
    };
    IndexDump::open(index).unwrap().for_each_record(&mut take).unwrap();
    assert_eq!(
        articles.len() as u64 + withdrawn,
        stated,
        "articles without a record, or a record without its articles"
    );
    articles
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        std::fs::copy(&entry, to.join(entry.file_name().unwrap())).unwrap();
    }
}

/// Files of stories that nobody else tells. `word`: a part of their headlines.
fn put_papers(folder: &Path, files: usize, word: &str, random: &mut Random) {
    let words = ["工会", "职工", "送温暖", "困难", "帮扶", "维权", "座谈", "慰问", "培训", "劳模", ",", "。"];
    std::fs::create_dir_all(folder).unwrap();
    for file in 0..files {
        let story = |random: &mut Random| {
            let text: String = (0..300).map(|_| *random.pick(&words)).collect();
            format!("第{file}号{word}\n\n本报讯(记者周平和){text}。\n\n")
        };
        let text: String = (0..15).map(|_| story(random)).collect();
        std::fs::write(folder.join(format!("{file:03}.txt")), text).unwrap();
    }
}

fn ingest_arguments() -> Vec<String> {
    ["ingest", "papers", "--commit-every", "1", "--threads", "1"].map(str::to_owned).to_vec()
}

/// From nothing.
fn ingest() -> Work {
    let desk = tempfile::tempdir().unwrap();
    put_papers(&desk.path().join("papers"), 120, "短讯", &mut Random::new(SEED));
    let arguments = ingest_arguments();
    Work { name: "ingest", desk, template: None, arguments, begun: "index/meta.json", ids: Vec::new(), state: None }
}

/// Many segments, of which more than a quarter goes: they are merged while the run goes on, and their files are removed.
fn compaction() -> Work {
    let mut work = ingest();
    let template = work.path("template");
    assert!(work.start("template").wait().unwrap().success());
    let papers = work.path("papers");
    let archive = Archive::new(Arc::new(Embedded::open(&template, dictionary()).unwrap()));
    let state = archive.now().unwrap().generation();
    // Other headlines: new ids, to which the old ones lead.
    put_papers(&papers, 70, "消息", &mut Random::new(SEED));
    work.ids = articles(&template).into_keys().collect();
    Work {
        name: "compaction",
        template: Some(template),
        begun: "index/.tantivy-writer.lock",
        state: Some(state),
        ..work
    }
}

/// From the oldest format that can be upgraded.
fn upgrade() -> Work {
    let compat = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/format-7");
    let desk = tempfile::tempdir().unwrap();
    let template = desk.path().join("template");
    copy(&compat.join("index"), &template);
    let of_file = |name: &str| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(compat.join(name)).unwrap()).unwrap()
    };
    let ids =
        of_file("ids.json").as_object().unwrap().values().map(|id| id.as_str().unwrap().parse().unwrap()).collect();
    // The state of an answer is named by the first two parts of its id.
    let id = of_file("trends-then.json")["id"].as_str().unwrap().to_owned();
    let state = Some(id.split('-').take(2).collect::<Vec<_>>().join("-"));
    let arguments = vec!["upgrade".to_owned()];
    Work { name: "upgrade", desk, template: Some(template), arguments, begun: "index.upgrade", ids, state }
}

/// How long the work takes until it has begun, and from then on.
fn durations(work: &Work) -> (Duration, Duration) {
    let start = Instant::now();
    let mut process = work.start("index");
    let mut begun = None;
    while process.try_wait().unwrap().is_none() {
        if begun.is_none() && work.path(work.begun).exists() {
            begun = Some(start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(process.wait().unwrap().success(), "{}", work.name);
    let begun = begun.unwrap_or_default();
    (begun, start.elapsed() - begun)
}

/// Whether a kill met the running process: mostly after the work has begun, at times before.
fn killed(work: &Work, window: Duration, random: &mut Random) -> bool {
    let mut process = work.start("index");
    if random.below(4) > 0 {
        while !work.path(work.begun).exists() && process.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
    }
    std::thread::sleep(window.mul_f64(random.below(10_000) as f64 / 10_000.0));
    let running = process.try_wait().unwrap().is_none();
    process.kill().unwrap();
    process.wait().unwrap();
    running
}

/// After a kill a commit stands: nothing of it is of neither the beginning nor the end.
fn stands(work: &Work, before: &BTreeMap<ArticleId, String>, after: &Said) -> bool {
    match Embedded::open(&work.path("index"), dictionary()) {
        Err(EngineError::Missing(_)) => work.template.is_none(),
        Err(EngineError::Version { way: FormatRemedy::Upgrade, .. }) => work.name == "upgrade",
        Err(error) => panic!("{}: {error}", work.name),
        Ok(engine) => {
            drop(engine);
            let held = articles(&work.path("index"));
            held.iter().all(|(id, text)| [before.get(id), after.articles.get(id)].contains(&Some(text)))
        }
    }
}

/// So many kills over one kind of work; how many runs it took.
fn kill_over(work: &Work, number: usize, random: &mut Random) -> usize {
    work.lay_out("index");
    let before = work.template.as_deref().filter(|_| work.name != "upgrade").map(articles).unwrap_or_default();
    let (until, mut window) = durations(work);
    println!("{}: begun after {until:?}, done {window:?} later", work.name);
    let after = work.said("index");
    assert!(
        !after.articles.is_empty() && after.links.values().filter(|to| to.is_some()).count() >= after.links.len() / 2
    );
    let (mut met, mut rounds) = (0, 0);
    // The machine may be busy with other tests now and idle a moment later: a kill that came too late narrows the
    // window, and does not count.
    while met < number {
        rounds += 1;
        assert!(rounds <= 20 + number * 6, "{}: only {met} of {rounds} kills met a running process", work.name);
        work.lay_out("index");
        let running = killed(work, window, random);
        met += usize::from(running);
        window = window.mul_f64(if running { 1.03 } else { 0.8 });
        // To look at it may put a new index in its place; at times the next run must do that itself.
        let looked = rounds % 2 == 0 || stands(work, &before, &after);
        assert!(looked, "{} round {rounds}: something that no run gives", work.name);
        let next = work.complete("index");
        assert_eq!(next, Ok(()), "{} round {rounds}: the next run", work.name);
        let difference = after.difference(&work.said("index"));
        assert!(difference.is_empty(), "{} round {rounds}: not what an undisturbed run gives: {difference}", work.name);
    }
    rounds
}

/// A third of all kills over one kind of work. `at`: which third.
fn kill_a_third(make: fn() -> Work, at: usize) {
    let (work, share) = (make(), (kills() + at) / 3);
    let rounds = kill_over(&work, share, &mut Random::new(SEED + at as u64));
    println!("{}: {share} of {rounds} kills met a running process; all were completed", work.name);
}

#[test]
fn an_ingest_killed_at_any_moment_is_completed_by_the_next() {
    kill_a_third(ingest, 0);
}

#[test]
fn an_upgrade_killed_at_any_moment_is_completed_by_the_next() {
    kill_a_third(upgrade, 1);
}

#[test]
fn a_compaction_killed_at_any_moment_is_completed_by_the_next() {
    kill_a_third(compaction, 2);
}

#[test]
fn removals_that_a_killed_run_had_written_stopped_the_next_run() {
    let desk = tempfile::tempdir().unwrap();
    let papers = desk.path().join("papers");
    put_papers(&papers, 12, "短讯", &mut Random::new(SEED));
    let arguments = ["ingest", "papers", "--threads", "1"].map(str::to_owned).to_vec();
    let begun = "index/meta.json";
    let work = Work { name: "ingest", desk, template: None, arguments, begun, ids: Vec::new(), state: None };
    assert_eq!(work.complete("index"), Ok(()));
    put_papers(&papers, 1, "消息", &mut Random::new(SEED));
    // The same work on a copy shows which files it writes; a kill just before its commit leaves them.
    copy(&work.path("index"), &work.path("undisturbed"));
    assert_eq!(work.complete("undisturbed"), Ok(()));
    let is_removal = |path: &Path| path.extension().is_some_and(|ending| ending == "del");
    let written: Vec<PathBuf> =
        std::fs::read_dir(work.path("undisturbed")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let removals: Vec<&PathBuf> = written.iter().filter(|path| is_removal(path)).collect();
    assert!(!removals.is_empty());
    for file in removals.into_iter().chain([&work.path("undisturbed").join(".managed.json")]) {
        std::fs::copy(file, work.path("index").join(file.file_name().unwrap())).unwrap();
    }
    assert_eq!(work.complete("index"), Ok(()));
    assert_eq!(work.said("index").difference(&work.said("undisturbed")), "");
}

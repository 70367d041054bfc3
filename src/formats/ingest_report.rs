//! The report of a run as JSON and as a page: every file, every problem.

use crate::ingest::{FileReport, IngestOptions, IngestReport, RunFigures, rules};
use crate::messages;
use crate::model::{CharacterAccount, Outcome, Problem};
use askama::Template;
use serde_json::{Map, Value, json};

/// A run that is reported.
#[derive(Clone, Copy, Debug)]
pub struct ReportedRun<'a> {
    /// What became of the files.
    pub report: &'a IngestReport,
    /// What was asked for.
    pub options: &'a IngestOptions,
    /// What it did by the clock.
    pub figures: &'a RunFigures,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// The time when it ended, as a person reads it.
    pub ended: &'a str,
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

fn problem_json(problem: &Problem) -> Value {
    let words = messages::problem(problem);
    json!({
        "code": problem.code,
        "line": problem.line,
        "message": words.en,
        "message_zh": words.zh,
        "characters": problem.characters,
    })
}

fn account_json(account: &CharacterAccount) -> Value {
    json!({
        "total": account.total(),
        "articles": account.articles,
        "furniture": account.furniture,
        "blank": account.blank,
        "refused": account.refused,
    })
}

fn file_json(file: &FileReport) -> Value {
    json!({
        "root": file.key.root,
        "path": file.key.path,
        "outcome": file.outcome.name(),
        "left_out": file.is_left_out(),
        "encoding": file.encoding,
        "articles": file.articles,
        "characters": account_json(&file.account),
        "problem_count": file.problem_count,
        "problems": file.problems.iter().map(problem_json).collect::<Vec<_>>(),
    })
}

/// What was asked for, by name; what is at its default is left out, but for the folders.
fn options_json(run: &ReportedRun<'_>) -> Value {
    let options = run.options;
    let roots: Vec<Value> = options
        .roots
        .iter()
        .map(|root| json!({ "name": root.name, "folder": root.folder.to_string_lossy() }))
        .collect();
    let mut told = Map::new();
    told.insert("roots".to_owned(), json!(roots));
    told.extend(stated(options).map(|(name, value)| (name.to_owned(), json!(value))));
    let set = flags(run).into_iter().filter(|(_, set)| *set);
    told.extend(set.map(|(name, _)| (name.to_owned(), json!(true))));
    Value::Object(told)
}

fn flags(run: &ReportedRun<'_>) -> [(&'static str, bool); 5] {
    let options = run.options;
    [
        ("rebuild", options.rebuild),
        ("dry_run", run.dry_run),
        ("allow_empty", options.allow_empty),
        ("withdraw_missing", options.withdraw_missing),
        ("forget_corrections", options.forget_corrections),
    ]
}

fn stated(options: &IngestOptions) -> impl Iterator<Item = (&'static str, String)> {
    let read = &options.read;
    let values = [
        ("paper", read.paper.clone()),
        ("date", read.date.map(|date| date.to_string())),
        ("region", read.region.clone()),
        ("encoding", read.encoding.clone()),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

/// A report as JSON: sums, kinds of problems, then every file.
pub fn json(run: &ReportedRun<'_>) -> String {
    let (report, figures) = (run.report, run.figures);
    let outcomes: Map<String, Value> =
        report.outcomes().iter().map(|(outcome, count)| (outcome.name().to_owned(), json!(count))).collect();
    let kinds = report
        .groups()
        .iter()
        .map(|group| {
            json!({
                "code": group.code,
                "count": group.places.len(),
                "files": group.files,
            })
        })
        .collect::<Vec<_>>();
    let whole = json!({
        "outcomes": outcomes,
        "left_out": report.left_out(),
        "articles": report.articles(),
        "characters": account_json(&report.account()),
        "kinds": kinds,
        "problems_not_kept": report.problems_not_kept(),
        "stale_corrections": report.stale_corrections,
        "ended": run.ended,
        "seconds": rounded(figures.time.as_secs_f64()),
        "bytes": figures.bytes,
        "pages": figures.pages,
        "mb_per_second": rounded(figures.rate(figures.bytes) / 1_000_000.0),
        "pages_per_second": rounded(figures.rate(figures.pages)),
        "articles_per_second": rounded(figures.rate(figures.articles)),
        "program": env!("CARGO_PKG_VERSION"),
        "rules": rules(),
        "options": options_json(run),
        "files": report.files.iter().map(file_json).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

/// Places of a kind of problem on the page; the JSON has all of them.
const PLACES: usize = 2000;

/// A label with a number.
struct CountedLabel {
    label: String,
    count: u64,
    lost: bool,
}

/// A kind of problem on the page.
struct KindSection {
    title: String,
    code: String,
    count: usize,
    files: u64,
    lost: bool,
    places: Vec<PlaceRow>,
    more: usize,
}

struct PlaceRow {
    place: String,
    message: String,
}

/// A file that was not read, or of which a part was left out.
struct FileRow {
    path: String,
    outcome: String,
    articles: u64,
    lost: bool,
}

#[derive(Template)]
#[template(path = "ingest_report.html")]
struct ReportPage {
    ended: String,
    dry_run: bool,
    files: usize,
    articles: u64,
    left_out: usize,
    outcomes: Vec<CountedLabel>,
    characters: Vec<CountedLabel>,
    total: u64,
    figures: Vec<(&'static str, String)>,
    settings: Vec<(&'static str, String)>,
    kinds: Vec<KindSection>,
    not_kept: u64,
    stale: Vec<String>,
    rows: Vec<FileRow>,
}

/// A report as one page of its own in Chinese, without script and without anything from elsewhere.
pub fn html(run: &ReportedRun<'_>) -> String {
    let report = run.report;
    let page = ReportPage {
        ended: run.ended.to_owned(),
        dry_run: run.dry_run,
        files: report.files.len(),
        articles: report.articles(),
        left_out: report.left_out(),
        outcomes: outcome_labels(report),
        characters: character_labels(&report.account()),
        total: report.account().total(),
        figures: figures(run.figures),
        settings: settings(run),
        kinds: report.groups().iter().map(kind_section).collect(),
        not_kept: report.problems_not_kept(),
        stale: report.stale_corrections.iter().map(ToString::to_string).collect(),
        rows: report.files.iter().filter(|file| file.outcome != Outcome::Unchanged).map(file_row).collect(),
    };
    // A template that writes into a string fails for no value.
    page.render().unwrap_or_default()
}

fn outcome_labels(report: &IngestReport) -> Vec<CountedLabel> {
    let label = |(outcome, count): (Outcome, u64)| CountedLabel {
        label: messages::outcome(outcome).zh,
        count,
        lost: outcome.leaves_out(),
    };
    report.outcomes().into_iter().map(label).collect()
}

fn character_labels(account: &CharacterAccount) -> Vec<CountedLabel> {
    let label = |label: &str, count, lost| CountedLabel { label: label.to_owned(), count, lost };
    vec![
        label("文章", account.articles, false),
        label("版面附件", account.furniture, false),
        label("空白", account.blank, false),
        label("没有收", account.refused, account.refused > 0),
    ]
}

fn figures(figures: &RunFigures) -> Vec<(&'static str, String)> {
    vec![
        ("用时", format!("{:.1} 秒", figures.time.as_secs_f64())),
        ("读入", format!("{:.1} MB，{} 版", figures.bytes as f64 / 1_000_000.0, figures.pages)),
        (
            "速度",
            format!(
                "每秒 {:.2} MB、{:.0} 版、{:.0} 篇",
                figures.rate(figures.bytes) / 1_000_000.0,
                figures.rate(figures.pages),
                figures.rate(figures.articles)
            ),
        ),
    ]
}

fn settings(run: &ReportedRun<'_>) -> Vec<(&'static str, String)> {
    let roots = run.options.roots.iter().map(|root| ("文件夹", format!("{} = {}", root.name, root.folder.display())));
    let given = stated(run.options)
        .chain(flags(run).into_iter().filter(|(_, set)| *set).map(|(name, _)| (name, "是".to_owned())));
    let own = [("规则版本", rules()), ("程序", format!("baoku {}", env!("CARGO_PKG_VERSION")))];
    roots.chain(given).chain(own).collect()
}

fn kind_section(group: &crate::ingest::ProblemGroup<'_>) -> KindSection {
    let row = |(file, problem): &(&FileReport, &Problem)| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        PlaceRow { place: format!("{}{line}", file.key), message: messages::problem(problem).zh }
    };
    KindSection {
        title: messages::problem_kind(group.code).zh,
        code: group.code.to_owned(),
        count: group.places.len(),
        files: group.files,
        lost: group.leaves_out,
        places: group.places.iter().take(PLACES).map(row).collect(),
        more: group.places.len().saturating_sub(PLACES),
    }
}

fn file_row(file: &FileReport) -> FileRow {
    FileRow {
        path: file.key.to_string(),
        outcome: messages::outcome(file.outcome).zh,
        articles: file.articles,
        lost: file.is_left_out(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ProblemCode, SourceKey};

    #[test]
    fn names_and_problems_of_files_do_not_steer_the_page() {
        let hostile = "<script>alert(1)</script>\" onclick=\"x";
        let problem = Problem::of_file(ProblemCode::UnknownField, [hostile]).in_line(3);
        let file = FileReport {
            key: SourceKey { root: hostile.to_owned(), path: "a&b.txt".to_owned() },
            outcome: Outcome::Binary,
            encoding: String::new(),
            articles: 0,
            account: CharacterAccount::default(),
            problems: vec![problem],
            problem_count: 1,
        };
        let report = IngestReport { files: vec![file], ..IngestReport::default() };
        let (options, figures) = (IngestOptions::default(), RunFigures::default());
        let run =
            ReportedRun { report: &report, options: &options, figures: &figures, dry_run: true, ended: "2026-11-30" };
        let page = html(&run);
        assert!(!page.contains("<script") && !page.contains("onclick=\"x") && page.contains("a&#38;b.txt"), "{page}");
        for part in ["<html lang=\"zh-CN\">", "不认识的字段", "不是文本", "prefers-color-scheme: dark", "2026-11-30"]
        {
            assert!(page.contains(part), "{part}");
        }
        let told: Value = serde_json::from_str(&json(&run)).unwrap();
        assert_eq!((&told["left_out"], &told["options"]["dry_run"]), (&json!(1), &json!(true)));
    }
}

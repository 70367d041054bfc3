//! What became of the files of a run, as text.

use super::problems::problem;
use crate::ingest::{FileReport, IngestReport};
use crate::model::Outcome;
use std::fmt::Write as _;

/// Problems shown of one file.
const SHOWN: usize = 5;

/// A report as text, in English: a line for each problem, then the sums.
pub fn ingest_report(report: &IngestReport) -> String {
    let told = |file: &&FileReport| {
        file.problem_count > 0 && !matches!(file.outcome, Outcome::Unchanged | Outcome::Skipped | Outcome::Withdrawn)
    };
    let mut text: String = report.files.iter().filter(told).map(problem_lines).collect();
    for id in &report.stale_corrections {
        // Writing to a string does not fail.
        let _ =
            writeln!(text, "corrections: {id} is no article of the archive any more; its correction was not applied");
    }
    for (paper, files) in &report.folder_papers {
        let _ = writeln!(
            text,
            "paper: {paper}, by the name of a folder, in {files} files; another one is stated by `paper` in a manifest.toml of the folder, or by --paper"
        );
    }
    let outcomes: Vec<String> =
        report.outcomes().iter().map(|(outcome, count)| format!("{} {count}", outcome.name())).collect();
    let account = report.account();
    let _ = write!(
        text,
        "files: {} ({})\narticles read: {}\ncharacters: {} = articles {} + furniture {} + blank {} + refused {}\n",
        report.files.len(),
        outcomes.join(", "),
        report.articles(),
        account.total(),
        account.articles,
        account.furniture,
        account.blank,
        account.refused
    );
    text
}

fn problem_lines(file: &FileReport) -> String {
    let mut lines = String::new();
    for found in file.problems.iter().take(SHOWN) {
        let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
        let _ = writeln!(lines, "{}{line}: {}: {}", file.key, found.code, problem(found).en);
    }
    let more = file.problem_count.saturating_sub(SHOWN as u64);
    if more > 0 {
        let _ = writeln!(lines, "{}: and {more} more problems (--report FILE lists them)", file.key);
    }
    lines
}

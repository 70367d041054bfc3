//! What became of the files of a run, as text: a line for each kind of problem with its first places, then the sums.

use super::bilingual::{Bilingual, Language, both};
use super::problem_kinds::{outcome, problem_kind};
use super::problems::problem;
use crate::ingest::{FileReport, IngestReport, ProblemGroup, RunFigures};
use crate::model::Problem;
use std::fmt::Write as _;

/// Places of a kind of problem that are shown.
const SHOWN: usize = 5;

/// A megabyte.
const MB: f64 = 1_000_000.0;

/// How much of a report is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportDetail {
    /// Nothing, unless something was left out: then what.
    LeftOut,
    /// The first places of each kind of problem.
    #[default]
    First,
    /// Every place.
    All,
}

/// A report as text, in a language.
pub fn ingest_report(report: &IngestReport, figures: &RunFigures, detail: ReportDetail, language: Language) -> String {
    let only_lost = detail == ReportDetail::LeftOut;
    if only_lost && report.left_out() == 0 {
        return String::new();
    }
    let shown = if detail == ReportDetail::All { usize::MAX } else { SHOWN };
    let groups = report.groups();
    let groups = groups.iter().filter(|group| !only_lost || group.leaves_out);
    let mut text: String = groups.map(|group| group_lines(group, shown, language)).collect();
    let mut line = |sentence: Bilingual| _ = writeln!(text, "{}", sentence.into_language(language));
    let more = report.problems_not_kept();
    if more > 0 {
        line(both(format!("and {more} more problems, of files that have many"), format!("问题多的文件另有 {more} 处")));
    }
    for id in &report.stale_corrections {
        line(both(
            format!("corrections: {id} is no article of the archive any more; its correction was not applied"),
            format!("订正：库中已没有文章 {id}，它的订正没有套用"),
        ));
    }
    if !only_lost {
        sums(report, figures).into_iter().for_each(&mut line);
    }
    if report.left_out() > 0 {
        line(left_out(report.left_out()));
    }
    for (paper, files) in &report.folder_papers {
        line(both(
            format!(
                "paper: {paper}, by the name of a folder, in {files} files; another one is stated by `paper` in a \
                 manifest.toml of the folder, or by --paper"
            ),
            format!(
                "报纸：{files} 个文件按文件夹的名字算作《{paper}》；不是的话，在文件夹的 manifest.toml 里写 paper，或加 --paper"
            ),
        ));
    }
    text
}

fn left_out(files: usize) -> Bilingual {
    both(
        format!("something was left out of {}, see above", counted(files as u64, "file")),
        format!("有 {files} 个文件没有收全，见上"),
    )
}

/// The sums of a run, a line each.
fn sums(report: &IngestReport, figures: &RunFigures) -> [Bilingual; 4] {
    let outcomes = report.outcomes();
    let named: Vec<String> = outcomes.iter().map(|(outcome, count)| format!("{} {count}", outcome.name())).collect();
    let labelled: Vec<String> = outcomes.iter().map(|(one, count)| format!("{} {count}", outcome(*one).zh)).collect();
    let (files, articles, account) = (report.files.len(), report.articles(), report.account());
    let (all, of) = (account.total(), account);
    [
        both(format!("files: {files} ({})", named.join(", ")), format!("文件 {files} 个（{}）", labelled.join("，"))),
        both(format!("articles read: {articles}"), format!("读入文章 {articles} 篇")),
        both(
            format!(
                "characters: {all} = articles {} + furniture {} + blank {} + refused {}",
                of.articles, of.furniture, of.blank, of.refused
            ),
            format!(
                "字符 {all} = 文章 {} + 版面附件 {} + 空白 {} + 没有收 {}",
                of.articles, of.furniture, of.blank, of.refused
            ),
        ),
        time(figures),
    ]
}

/// How long a run took and how fast it was.
fn time(figures: &RunFigures) -> Bilingual {
    let seconds = figures.time.as_secs_f64();
    if figures.bytes == 0 {
        return both(format!("time: {seconds:.1} s"), format!("用时 {seconds:.1} 秒"));
    }
    let bytes = figures.rate(figures.bytes) / MB;
    let (pages, articles) = (figures.rate(figures.pages), figures.rate(figures.articles));
    both(
        format!("time: {seconds:.1} s ({bytes:.2} MB/s, {pages:.0} pages/s, {articles:.0} articles/s)"),
        format!("用时 {seconds:.1} 秒（每秒 {bytes:.2} MB、{pages:.0} 版、{articles:.0} 篇）"),
    )
}

fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A kind of problem: a line with its numbers, and its places.
fn group_lines(group: &ProblemGroup<'_>, shown: usize, language: Language) -> String {
    let (code, count, files) = (group.code, group.places.len() as u64, group.files);
    let kind = problem_kind(code);
    let head = both(
        format!("{code}: {} in {}", count, counted(files, "file")),
        format!("{}（{code}）：{files} 个文件，{count} 处", kind.zh),
    );
    let mut lines = head.into_language(language) + "\n";
    for (file, problem) in group.places.iter().take(shown) {
        lines.push_str(&place_line(file, problem, language));
    }
    let more = count.saturating_sub(shown as u64);
    if more > 0 {
        let rest = both(
            format!("  and {more} more (-v or --report FILE names all)"),
            format!("  另有 {more} 处（加 -v 或 --report FILE 全部列出）"),
        );
        lines.push_str(&(rest.into_language(language) + "\n"));
    }
    lines
}

fn place_line(file: &FileReport, found: &Problem, language: Language) -> String {
    let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("  {}{line}: {}\n", file.key, problem(found).into_language(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Outcome, ProblemCode, SourceKey};
    use std::time::Duration;

    fn file(path: &str, outcome: Outcome, problems: Vec<Problem>) -> FileReport {
        FileReport {
            key: SourceKey { root: "r".into(), path: path.into() },
            outcome,
            encoding: String::new(),
            articles: 1,
            account: crate::model::CharacterAccount::default(),
            problem_count: problems.len() as u64,
            problems,
        }
    }

    fn report() -> IngestReport {
        let bad = |line| Problem::of_file(ProblemCode::BadDate, ["x"]).in_line(line);
        let files = vec![
            file("a.jsonl", Outcome::Indexed, (1..=7).map(bad).collect()),
            file("b.jsonl", Outcome::Indexed, vec![bad(1)]),
            file(
                "c.png",
                Outcome::UnknownFormat,
                vec![Problem::of_file(ProblemCode::UnknownFormat, ["plain", "PNG", "recognise"])],
            ),
            file("d.png", Outcome::Unchanged, vec![Problem::of_file(ProblemCode::UnknownFormat, ["plain"])]),
        ];
        IngestReport { files, ..IngestReport::default() }
    }

    fn text(detail: ReportDetail, language: Language) -> String {
        let figures = RunFigures { time: Duration::from_secs(2), bytes: 4_000_000, pages: 0, articles: 10 };
        ingest_report(&report(), &figures, detail, language)
    }

    #[test]
    fn a_kind_of_problem_is_a_line_with_its_first_places() {
        let told = text(ReportDetail::First, Language::English);
        assert!(told.starts_with("unknown_format: 1 in 1 file\n  r/c.png: no reader takes"), "{told}");
        assert!(told.contains("bad_date: 8 in 2 files\n  r/a.jsonl:1: "), "{told}");
        assert!(told.contains("  r/a.jsonl:5: ") && !told.contains("a.jsonl:6"), "{told}");
        assert!(told.contains("and 3 more") && !told.contains("d.png"), "{told}");
        assert!(told.contains("time: 2.0 s (2.00 MB/s, 0 pages/s, 5 articles/s)"), "{told}");
        assert!(told.ends_with("something was left out of 1 file, see above\n"), "{told}");
        assert!(text(ReportDetail::All, Language::Chinese).contains("r/b.jsonl:1: 字段 date"));
    }

    #[test]
    fn a_quiet_report_tells_what_was_left_out_alone() {
        let told = text(ReportDetail::LeftOut, Language::Chinese);
        assert!(told.starts_with("格式不识（unknown_format）") && !told.contains("bad_date"), "{told}");
        assert_eq!(told.lines().count(), 3, "{told}");
    }
}

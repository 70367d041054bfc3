//! The report of a run: every file in exactly one outcome, every character in one place.

use super::file_task::{FileChange, FileTask};
use crate::corpus::ReadError;
use crate::model::{ArticleId, CharacterAccount, Outcome, Problem, ProblemCode, SourceKey, SourceRecord};
use std::collections::BTreeMap;
use std::time::Duration;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Root and path.
    pub key: SourceKey,
    /// The outcome.
    pub outcome: Outcome,
    /// Encoding and how it was known; empty where it was not read.
    pub encoding: String,
    /// Articles in the index.
    pub articles: u64,
    /// Where its characters went.
    pub account: CharacterAccount,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// Number of problems.
    pub problem_count: u64,
}

impl FileReport {
    pub(super) fn from_record(record: &SourceRecord, outcome: Outcome) -> Self {
        Self {
            key: record.key.clone(),
            outcome,
            encoding: record.encoding.clone(),
            articles: record.articles,
            account: record.account,
            problems: record.problems.clone(),
            problem_count: record.problem_count,
        }
    }

    pub(super) fn unread(task: &FileTask, error: &ReadError) -> Self {
        let outcome = match error {
            ReadError::Io(_) | ReadError::Container(_) => Outcome::Unreadable,
            ReadError::Changed => Outcome::Changing,
            ReadError::TooLarge { .. } => Outcome::TooLarge,
        };
        Self::left_out(task.key.clone(), outcome, &error.to_string())
    }

    /// The report of a file that is not read in this run.
    pub(super) fn unchanged(task: &FileTask) -> Self {
        let known = task.known.as_ref();
        match (&task.state, known) {
            (FileChange::Refused(error), _) => {
                let mut report = Self::unread(task, error);
                report.articles = known.map_or(0, |known| known.articles);
                report.problems.push(Problem::plain(ProblemCode::Kept));
                report.problem_count += 1;
                report
            }
            (_, Some(known)) => Self::from_record(known, Outcome::Unchanged),
            (_, None) => Self::left_out(task.key.clone(), Outcome::Unchanged, "as before"),
        }
    }

    pub(super) fn left_out(key: SourceKey, outcome: Outcome, reason: &str) -> Self {
        let left_out = Problem::of_file(ProblemCode::LeftOut, [reason]);
        let problems = vec![Problem { code: outcome.name().to_owned(), ..left_out }];
        Self {
            key,
            outcome,
            encoding: String::new(),
            articles: 0,
            account: CharacterAccount::default(),
            problems,
            problem_count: 1,
        }
    }
}

impl FileReport {
    /// Whether text of it that was to be read was left out, of the whole file or of a part of it: what makes a run end with
    /// exit code 3. Files that are unchanged, withdrawn, empty or skipped, and pages that hold no article, are not left out;
    /// a file of items is, when none of them has a text.
    pub fn is_left_out(&self) -> bool {
        let is_part = |problem: &Problem| ProblemCode::from_name(&problem.code).is_some_and(ProblemCode::leaves_out);
        match self.outcome {
            Outcome::Indexed => self.problems.iter().any(is_part),
            Outcome::NoArticles => {
                self.problems.iter().any(|problem| is_part(problem) || problem.is(ProblemCode::NoBody))
            }
            outcome => outcome.leaves_out(),
        }
    }

    /// Whether its problems are told in the report of this run.
    fn is_told(&self) -> bool {
        !matches!(self.outcome, Outcome::Unchanged | Outcome::Withdrawn)
    }
}

/// Problems of one kind in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemGroup<'a> {
    /// The code, or the outcome of files that were left out.
    pub code: &'a str,
    /// Whether text was left out because of it.
    pub leaves_out: bool,
    /// Files that have it.
    pub files: u64,
    /// Each with its file, in the order of the files; those that records keep.
    pub places: Vec<(&'a FileReport, &'a Problem)>,
}

/// What a run did, by the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunFigures {
    /// How long it took.
    pub time: Duration,
    /// Bytes of source files that were read.
    pub bytes: u64,
    /// Pages that were read.
    pub pages: u64,
    /// Articles that were read.
    pub articles: u64,
}

impl RunFigures {
    /// So many a second; none where no time went by.
    pub fn rate(&self, count: u64) -> f64 {
        let seconds = self.time.as_secs_f64();
        if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
    }
}

/// What became of all files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestReport {
    /// By root and path.
    pub files: Vec<FileReport>,
    /// Articles that a correction names and that are not in the archive.
    pub stale_corrections: Vec<ArticleId>,
    /// Papers that were told by the names of folders alone, with the files that were read so.
    pub folder_papers: BTreeMap<String, u64>,
}

impl IngestReport {
    pub(super) fn add(&mut self, file: FileReport) {
        self.files.push(file);
    }

    pub(super) fn sort(&mut self) {
        self.files.sort_by(|a, b| a.key.cmp(&b.key));
    }

    /// Whether the run did or met anything that the one before did not.
    pub fn changes_something(&self) -> bool {
        self.files.iter().any(|file| {
            !matches!(file.outcome, Outcome::Unchanged | Outcome::Skipped | Outcome::Changing | Outcome::Container)
        })
    }

    /// Number of files by outcome, those that occur.
    pub fn outcomes(&self) -> BTreeMap<Outcome, u64> {
        let mut outcomes = BTreeMap::new();
        for file in &self.files {
            *outcomes.entry(file.outcome).or_default() += 1;
        }
        outcomes
    }

    /// The problems of files that were read or left out in this run, by kind: those of files that were left out first.
    pub fn groups(&self) -> Vec<ProblemGroup<'_>> {
        let mut groups: BTreeMap<(bool, &str), ProblemGroup<'_>> = BTreeMap::new();
        for file in self.files.iter().filter(|file| file.is_told()) {
            for problem in &file.problems {
                let leaves_out = file.outcome.leaves_out()
                    || ProblemCode::from_name(&problem.code).is_some_and(ProblemCode::leaves_out);
                let empty = || ProblemGroup { code: &problem.code, leaves_out, files: 0, places: Vec::new() };
                let group = groups.entry((!leaves_out, problem.code.as_str())).or_insert_with(empty);
                let is_new = group.places.last().is_none_or(|(last, _)| last.key != file.key);
                group.files += u64::from(is_new);
                group.places.push((file, problem));
            }
        }
        groups.into_values().collect()
    }

    /// Problems beyond those that records keep.
    pub fn problems_not_kept(&self) -> u64 {
        let told = self.files.iter().filter(|file| file.is_told());
        told.map(|file| file.problem_count.saturating_sub(file.problems.len() as u64)).sum()
    }

    /// Files of which something was left out.
    pub fn left_out(&self) -> usize {
        self.files.iter().filter(|file| file.is_left_out()).count()
    }

    /// Articles that were read in this run.
    pub fn articles(&self) -> u64 {
        self.files.iter().filter(|file| file.outcome == Outcome::Indexed).map(|file| file.articles).sum()
    }

    /// Where the characters of the files read in this run went.
    pub fn account(&self) -> CharacterAccount {
        let mut account = CharacterAccount::default();
        let settled = |outcome| matches!(outcome, Outcome::Unchanged | Outcome::Withdrawn);
        self.files.iter().filter(|file| !settled(file.outcome)).for_each(|file| account.add(&file.account));
        account
    }
}

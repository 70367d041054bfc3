//! The report of a run: every file in exactly one outcome, every character in one place.

use super::file_task::{FileChange, FileTask};
use crate::corpus::ReadError;
use crate::model::{ArticleId, CharacterAccount, Outcome, Problem, ProblemCode, SourceKey, SourceRecord};
use std::collections::BTreeMap;

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

//! Source files and what is known of them.

use super::{Date, DateSpan, Holding, Outcome, Problem, StatedFacts};
use std::fmt;

/// Where a file lies: the name of its root (a folder given to `ingest`) and the path below it, separated by `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct SourceKey {
    /// Name of the root.
    pub root: String,
    /// Path below the root, with `/` between its parts.
    pub path: String,
}

impl fmt::Display for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.root, self.path)
    }
}

/// What an index knows of one source file. Written in the same commit as the file's articles.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourceRecord {
    /// Root and path.
    pub key: SourceKey,
    /// The folder the root stood for in the last run, as an absolute path of that machine.
    pub folder: String,
    /// SHA-256 of the bytes, hexadecimal; empty when the file could not be read.
    pub hash: String,
    /// The version of the rules the file was read with. A change re-reads the file.
    pub rules: String,
    /// The options the file was read with. A run that gives none keeps them.
    pub options: ReadOptions,
    /// What manifests stated of the file. A change re-reads the file.
    pub stated: StatedFacts,
    /// What stands for the corrections of its articles; empty for none. A change re-reads the file.
    pub corrections: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Encoding name of the WHATWG standard, and how it was known (`bom`, `declared`, `utf-8`, `detected`, `by line`);
    /// empty when unread.
    pub encoding: String,
    /// Name of the reader; empty when none took the file.
    pub reader: String,
    /// What became of the file.
    pub outcome: Outcome,
    /// What went wrong, in order; at most [`SourceRecord::MAX_PROBLEMS`] are kept.
    pub problems: Vec<Problem>,
    /// Number of problems, kept or not.
    pub problem_count: u64,
    /// Number of articles.
    pub articles: u64,
    /// The issues, or parts of issues, that it holds: what coverage is told from.
    pub holdings: Vec<Holding>,
    /// Where each character of the decoded text went.
    pub account: CharacterAccount,
    /// Files whose articles have the ids that articles of this file should have had. When one of them is gone or has
    /// changed, this file is read again.
    pub shadowed_by: Vec<IdOwner>,
    /// What the next run is told by, without reading the file.
    pub seen: FileFingerprint,
}

/// What a run notes of a file for the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileFingerprint {
    /// When the file was changed last, in nanoseconds since 1970; `None` where that was too near to the run to tell a later
    /// change by it.
    pub modified: Option<i64>,
    /// The issue that a page is of by what is printed on it, or by its name: what other pages of its folder are dated by.
    pub printed: Option<PrintedIssue>,
    /// What stands for the dated pages around that its date was told by; empty where nobody looked.
    pub around: String,
    /// The file of corrections by which articles of the file were corrected; empty where none was.
    pub corrected_by: String,
    /// How far a file was read of which only a part was committed; such a file is gone on with.
    pub begun: Option<PartialIngest>,
}

/// What a page states of its issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PrintedIssue {
    /// Its day.
    pub day: Date,
    /// Its number 期号.
    pub number: Option<u32>,
    /// Days from the last dateline of the page to the issue.
    pub lag: Option<i8>,
}

/// A file of which a part was committed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PartialIngest {
    /// Number of its parts in the commit: pages, items, and what is said of the rest.
    pub parts: u64,
}

/// A file that holds ids first, and the hash it had then.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct IdOwner {
    /// The file.
    pub key: SourceKey,
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
}

impl SourceRecord {
    /// How many problems a record keeps in full.
    pub const MAX_PROBLEMS: usize = 1000;
}

/// What a person states about the files of a root; part of what a file was read with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReadOptions {
    /// Newspaper, by name or slug.
    pub paper: Option<String>,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Home region, by code or name.
    pub region: Option<String>,
    /// Encoding of files without a byte order mark, by a name of the WHATWG standard.
    pub encoding: Option<String>,
}

/// Where the characters of a text went: every one of them is in exactly one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CharacterAccount {
    /// In articles (for items: in their lines).
    pub articles: u64,
    /// In blocks that belong to the page, not to an article.
    pub furniture: u64,
    /// White space around and between blocks, and blank lines.
    pub blank: u64,
    /// In lines or files that were refused.
    pub refused: u64,
}

impl CharacterAccount {
    /// All characters.
    pub fn total(&self) -> u64 {
        self.articles + self.furniture + self.blank + self.refused
    }

    /// Adds another account.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.furniture += other.furniture;
        self.blank += other.blank;
        self.refused += other.refused;
    }
}

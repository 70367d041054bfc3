//! Source files and what is known of them.

use super::{Outcome, Problem};
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
    /// What the file was read with: rules version and the options of the run. A change re-reads the file.
    pub rules: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Encoding name of the WHATWG standard, and how it was known (`bom`, `utf-8`, `detected`); empty when unread.
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
    /// Characters of the decoded text.
    pub characters: u64,
    /// Characters in articles; the rest are in furniture, markup, white space or problems.
    pub article_characters: u64,
    /// Characters in named remainders: furniture blocks, lines refused, JSON punctuation, white space.
    pub other_characters: u64,
    /// Files whose articles have the ids that articles of this file should have had. When one of them changes, this
    /// file is read again.
    pub shadowed_by: Vec<SourceKey>,
}

impl SourceRecord {
    /// How many problems a record keeps in full.
    pub const MAX_PROBLEMS: usize = 1000;
}

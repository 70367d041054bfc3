//! One file format each: text → pages or items. A reader never fails on content; what it cannot read is a problem.
//!
//! To add a format: one file with a [`Reader`], one row in [`READERS`].

mod jsonl;
mod plain;

use crate::model::{Problem, Story};

/// What a reader finds, in the order of the file.
#[derive(Debug)]
pub enum Found {
    /// The text of a page, to be laid out.
    Page(String),
    /// A whole article, with the characters of the file that it takes up.
    Item(Box<Story>, u64),
    /// Something that is kept out, with the characters of the file that it takes up.
    Refused(Problem),
    /// A remark that keeps nothing out.
    Remark(Problem),
    /// White space between items, in characters.
    Blank(u64),
}

/// How sure a reader is that a file is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Not this format.
    No,
    /// The name says so.
    ByName,
}

/// A file format.
pub trait Reader: Sync {
    /// Short name, for reports.
    fn name(&self) -> &'static str;

    /// Whether the file is of this format.
    fn claims(&self, path: &str) -> Claim;

    /// Reads a text and hands on what it finds, piece by piece.
    fn read(&self, text: &str, found: &mut dyn FnMut(Found));
}

/// All readers, by name.
pub const READERS: &[&dyn Reader] = &[&jsonl::Jsonl, &plain::Plain];

/// The reader for a file, if any takes it.
pub fn reader_for(path: &str) -> Option<&'static dyn Reader> {
    let best = READERS.iter().max_by_key(|reader| reader.claims(path))?;
    (best.claims(path) != Claim::No).then_some(*best)
}

/// Whether the path ends in one of the extensions, in any case.
fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, last)| extensions.iter().any(|known| last.eq_ignore_ascii_case(known)))
}

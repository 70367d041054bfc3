//! One file → its pieces: pages and items, and what is said of the rest. The same for `ingest`, a dry run and `inspect`.

use crate::corpus::DecodeError;
use crate::enrich::Origin;
use crate::model::{ArticleId, Outcome, Problem, ReadOptions, SourceKey, SourcePage, Story};
use crate::readers::{self, Found, ReadFault, Reader, SourceFile, reader_for};
use crate::text::Normal;
use std::collections::HashMap;

/// A part of a file, in the order of the file.
pub(super) enum Part {
    /// A page, to be cut.
    Page(Box<SourcePage>),
    /// An article with its id, and the characters of the file that it takes up.
    Item(Box<Story>, ArticleId, u64),
    /// Something that is kept out.
    Refused(Problem),
    /// A remark that keeps nothing out.
    Remark(Problem),
    /// White space, in characters.
    Blank(u64),
}

impl Part {
    /// About how much text it holds, in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Page(page) => page.lines.iter().map(|line| line.text.len()).sum(),
            Self::Item(_, _, characters) => usize::try_from(*characters).unwrap_or(usize::MAX).saturating_mul(3),
            Self::Refused(_) | Self::Remark(_) | Self::Blank(_) => 0,
        }
    }
}

/// Why a file has no parts, or no more.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("is empty")]
    Empty,
    #[error("{}", readers::unknown_format())]
    UnknownFormat,
    #[error(transparent)]
    Read(#[from] ReadFault),
}

impl Fault {
    /// What it makes of a file without articles, and the code of its problem.
    pub(super) fn codes(&self) -> (Outcome, &'static str) {
        match self {
            Self::Empty => (Outcome::Empty, "empty"),
            Self::UnknownFormat => (Outcome::UnknownFormat, "unknown_format"),
            Self::Read(ReadFault::Decode(DecodeError::Binary(_))) => (Outcome::Binary, "binary"),
            Self::Read(ReadFault::Decode(_)) => (Outcome::UnknownEncoding, "unknown_encoding"),
            Self::Read(ReadFault::Broken(_)) => (Outcome::Broken, "broken_file"),
        }
    }
}

/// What is known of a file after its last part.
#[derive(Default)]
pub(super) struct FileEnd {
    /// Name of the reader; empty where none took it.
    pub(super) reader: &'static str,
    /// Encoding and how it was known; empty where it was not decoded.
    pub(super) encoding: String,
    /// What was wrong with the encoding.
    pub(super) remark: Option<Problem>,
    /// What ended the reading.
    pub(super) fault: Option<Fault>,
}

/// Reads a file and hands on its parts.
pub(super) fn read_file(file: &SourceFile, key: &SourceKey, take: &mut dyn FnMut(Part)) -> FileEnd {
    match reader_of(file) {
        Ok(reader) => read_by(reader, file, key, take),
        Err(fault) => FileEnd { fault: Some(fault), ..FileEnd::default() },
    }
}

fn reader_of(file: &SourceFile) -> Result<&'static dyn Reader, Fault> {
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::Empty);
    }
    reader_for(file).ok_or(Fault::UnknownFormat)
}

fn read_by(reader: &dyn Reader, file: &SourceFile, key: &SourceKey, take: &mut dyn FnMut(Part)) -> FileEnd {
    let mut numbers = HashMap::new();
    let read = reader.read(file, &mut |found| {
        take(match found {
            Found::Page(page) => Part::Page(page),
            Found::Item(story, characters) => {
                let id = item_id(key, &story, &mut numbers);
                Part::Item(story, id, characters)
            }
            Found::Refused(problem) => Part::Refused(problem),
            Found::Remark(problem) => Part::Remark(problem),
            Found::Blank(characters) => Part::Blank(characters),
        });
    });
    let decoded = file.decoded();
    let remark = decoded.filter(|decoded| decoded.replaced > 0).map(|decoded| {
        let message =
            format!("{} bytes are no characters of {} and are shown as U+FFFD", decoded.replaced, decoded.encoding);
        Problem::of_file("replaced_bytes", message)
    });
    FileEnd {
        reader: reader.name(),
        encoding: decoded.map(|decoded| format!("{} ({})", decoded.encoding, decoded.evidence)).unwrap_or_default(),
        remark,
        fault: read.err().map(Fault::Read),
    }
}

/// What is known of a file before its text is read.
pub(super) fn origin(key: &SourceKey, options: &ReadOptions) -> Origin {
    Origin {
        root: key.root.clone(),
        path: key.path.clone(),
        paper: options.paper.clone(),
        date: options.date,
        region: options.region.clone(),
        ..Origin::default()
    }
}

/// An item's own id within its source, else its first text within its file, numbered among those that read the same.
fn item_id(key: &SourceKey, story: &Story, numbers: &mut HashMap<String, usize>) -> ArticleId {
    if let Some(own) = &story.given.id {
        let file = key.to_string();
        return ArticleId::of_item(story.given.source.as_deref().unwrap_or(&file), own);
    }
    let first = Some(story.title.as_str()).filter(|title| !title.is_empty());
    let first = first.or_else(|| story.body.first().map(|passage| passage.text.as_str()));
    let normal = Normal::of(first).into_encoded();
    let number = numbers.entry(normal.clone()).or_default();
    *number += 1;
    ArticleId::of_page(&key.root, &key.path, &normal, *number - 1)
}

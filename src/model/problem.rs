//! What goes wrong with inputs: codes with what they are about. The words are in [`crate::messages`].

/// Something that went wrong with an input: where, what, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The name of a [`ProblemCode`], or of the outcome of a file that was left out. It is stored by its name, so that a new
    /// one changes no record.
    pub code: String,
    /// Line of the file, from 1; `None` when the whole file is meant.
    pub line: Option<u64>,
    /// What it is about, in the order that the code says.
    pub arguments: Vec<String>,
    /// Characters of text that no article holds because of this problem.
    pub characters: u64,
}

/// What kind of problem it is, with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemCode {
    /// A field that baoku does not know: its name.
    UnknownField,
    /// A line has more bytes than are read: its bytes, the limit.
    LineTooLong,
    /// A line or file is no JSON of the form: what the parser says.
    BadJson,
    /// A line has no text.
    NoBody,
    /// A body is HTML.
    HtmlInBody,
    /// A field has a value of another type: its name, `text` or `list`.
    WrongType,
    /// A date cannot be read: as written.
    BadDate,
    /// METS that holds no text itself.
    MetsWithoutText,
    /// More than a page has: what (`page`, `file`, `drawing`, `pages`), then its numbers.
    PageTooLarge,
    /// Pages were left out: their number, the limit.
    TooManyPages,
    /// A page is damaged: its number.
    LostPage,
    /// Fonts do not say which characters they show: the page, so many characters, of so many.
    UnknownCharacters,
    /// Characters lie outside the page: the page, their number.
    OutsidePage,
    /// Pages are pictures: their number, the first of them.
    NoTextLayer,
    /// Bytes are no characters of the encoding: their number, the encoding.
    ReplacedBytes,
    /// An id is taken: the id, the file that has it.
    DuplicateId,
    /// The program failed on a text.
    InternalFault,
    /// What was read earlier stays.
    Kept,
    /// A file is empty.
    Empty,
    /// A file has no known format: the formats that there are; where its kind is known, its name and the code of what to do.
    UnknownFormat,
    /// A file is no part of an archive: its kind, the code of why.
    NotOfArchive,
    /// A file is no text: the offset of its first control bytes; where its kind is known, its name and the code of what to do.
    Binary,
    /// No encoding fits: the closest, the bytes that it cannot read; or the name that is none.
    UnknownEncoding,
    /// A file is damaged: what and what to do, as the reader of the format says.
    BrokenFile,
    /// A file was not read: why, as the system or the walk says. Its code in reports is the outcome.
    LeftOut,
}

impl ProblemCode {
    /// All codes.
    pub const ALL: [Self; 25] = [
        Self::UnknownField,
        Self::LineTooLong,
        Self::BadJson,
        Self::NoBody,
        Self::HtmlInBody,
        Self::WrongType,
        Self::BadDate,
        Self::MetsWithoutText,
        Self::PageTooLarge,
        Self::TooManyPages,
        Self::LostPage,
        Self::UnknownCharacters,
        Self::OutsidePage,
        Self::NoTextLayer,
        Self::ReplacedBytes,
        Self::DuplicateId,
        Self::InternalFault,
        Self::Kept,
        Self::Empty,
        Self::UnknownFormat,
        Self::NotOfArchive,
        Self::Binary,
        Self::UnknownEncoding,
        Self::BrokenFile,
        Self::LeftOut,
    ];

    /// The name in reports and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::LineTooLong => "line_too_long",
            Self::BadJson => "bad_json",
            Self::NoBody => "no_body",
            Self::HtmlInBody => "html_in_body",
            Self::WrongType => "wrong_type",
            Self::BadDate => "bad_date",
            Self::MetsWithoutText => "mets_without_text",
            Self::PageTooLarge => "page_too_large",
            Self::TooManyPages => "too_many_pages",
            Self::LostPage => "lost_page",
            Self::UnknownCharacters => "unknown_characters",
            Self::OutsidePage => "outside_page",
            Self::NoTextLayer => "no_text_layer",
            Self::ReplacedBytes => "replaced_bytes",
            Self::DuplicateId => "duplicate_id",
            Self::InternalFault => "internal_fault",
            Self::Kept => "kept",
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown_format",
            Self::NotOfArchive => "not_of_archive",
            Self::Binary => "binary",
            Self::UnknownEncoding => "unknown_encoding",
            Self::BrokenFile => "broken_file",
            Self::LeftOut => "left_out",
        }
    }

    /// Whether text that was to be read is in no article because of it. What is no article in any reading (a line without
    /// text), stands in another file (a duplicate) or is kept with a mark (bytes that are no characters) is not left out.
    pub fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::LineTooLong
                | Self::BadJson
                | Self::PageTooLarge
                | Self::TooManyPages
                | Self::LostPage
                | Self::UnknownCharacters
                | Self::NoTextLayer
                | Self::InternalFault
                | Self::UnknownFormat
                | Self::Binary
                | Self::UnknownEncoding
                | Self::BrokenFile
        )
    }

    /// The code of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

impl Problem {
    /// The first argument of a problem that an earlier program told as a sentence, which is the second one.
    pub const AS_TOLD: &str = "as_told";

    /// A problem of the whole file, which loses no text by itself.
    pub fn of_file(code: ProblemCode, arguments: impl IntoIterator<Item = impl ToString>) -> Self {
        let arguments = arguments.into_iter().map(|argument| argument.to_string()).collect();
        Self { code: code.name().to_owned(), line: None, arguments, characters: 0 }
    }

    /// A problem that loses no text and is about nothing more.
    pub fn plain(code: ProblemCode) -> Self {
        Self::of_file(code, [""; 0])
    }

    /// The same in a line.
    #[must_use]
    pub fn in_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The same, with so many characters lost by it.
    #[must_use]
    pub fn losing(self, characters: u64) -> Self {
        Self { characters, ..self }
    }

    /// Whether it is of this kind.
    pub fn is(&self, code: ProblemCode) -> bool {
        self.code == code.name()
    }
}

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
    /// A page only leads to another: its address.
    LeadsElsewhere,
    /// A body is HTML.
    HtmlInBody,
    /// A field has a value of another type: its name, `text` or `list`.
    WrongType,
    /// A date cannot be read: as written.
    BadDate,
    /// A quotation mark that opens in a line of a table is never closed.
    OpenQuote,
    /// A record of a table has more fields than the head: their number, that of the head.
    FieldCount,
    /// No column of a table is the text: the names of the columns, their number.
    NoBodyColumn,
    /// An OCR program could not read a page: the page, what it says.
    OcrFailed,
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
    /// Bytes are no characters of the encoding: their number, the encoding, the first places as line and offset.
    ReplacedBytes,
    /// Lines are of another encoding than most: the encoding, the number of lines, the first runs of them.
    MixedEncodings,
    /// Text was encoded twice and was mended: its encoding, what it was read as, lines, characters that are lost.
    EncodedTwice,
    /// Characters were lost before the file was written: their number.
    LostCharacters,
    /// Characters of private use: those that were replaced by what they stand for, those that stay.
    PrivateUse,
    /// Readings in brackets that a conversion had put behind characters were taken out: their number.
    BracketedReadings,
    /// References of HTML in plain text were resolved: their number.
    HtmlReferences,
    /// Lines do not read as text: their number; or nothing of the file does.
    UnreadableText,
    /// An encoding is not read: its name.
    UnsupportedEncoding,
    /// The name of a file is not UTF-8 and was read as another encoding: its name, or nothing where none fits.
    DecodedName,
    /// An id is taken: the id, the file that has it.
    DuplicateId,
    /// The program failed on a text.
    InternalFault,
    /// Two sources state different things of a page: the field, what is kept, what the other says, the page.
    ConflictingFact,
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
    pub const ALL: [Self; 40] = [
        Self::UnknownField,
        Self::LineTooLong,
        Self::BadJson,
        Self::NoBody,
        Self::LeadsElsewhere,
        Self::HtmlInBody,
        Self::WrongType,
        Self::BadDate,
        Self::OpenQuote,
        Self::FieldCount,
        Self::NoBodyColumn,
        Self::OcrFailed,
        Self::MetsWithoutText,
        Self::PageTooLarge,
        Self::TooManyPages,
        Self::LostPage,
        Self::UnknownCharacters,
        Self::OutsidePage,
        Self::NoTextLayer,
        Self::ReplacedBytes,
        Self::MixedEncodings,
        Self::EncodedTwice,
        Self::LostCharacters,
        Self::PrivateUse,
        Self::BracketedReadings,
        Self::HtmlReferences,
        Self::UnreadableText,
        Self::UnsupportedEncoding,
        Self::DecodedName,
        Self::DuplicateId,
        Self::InternalFault,
        Self::ConflictingFact,
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
            Self::LeadsElsewhere => "leads_elsewhere",
            Self::HtmlInBody => "html_in_body",
            Self::WrongType => "wrong_type",
            Self::BadDate => "bad_date",
            Self::OpenQuote => "open_quote",
            Self::FieldCount => "field_count",
            Self::NoBodyColumn => "no_body_column",
            Self::OcrFailed => "ocr_failed",
            Self::MetsWithoutText => "mets_without_text",
            Self::PageTooLarge => "page_too_large",
            Self::TooManyPages => "too_many_pages",
            Self::LostPage => "lost_page",
            Self::UnknownCharacters => "unknown_characters",
            Self::OutsidePage => "outside_page",
            Self::NoTextLayer => "no_text_layer",
            Self::ReplacedBytes => "replaced_bytes",
            Self::MixedEncodings => "mixed_encodings",
            Self::EncodedTwice => "encoded_twice",
            Self::LostCharacters => "lost_characters",
            Self::PrivateUse => "private_use",
            Self::BracketedReadings => "bracketed_readings",
            Self::HtmlReferences => "html_references",
            Self::UnreadableText => "unreadable_text",
            Self::UnsupportedEncoding => "unsupported_encoding",
            Self::DecodedName => "decoded_name",
            Self::DuplicateId => "duplicate_id",
            Self::InternalFault => "internal_fault",
            Self::ConflictingFact => "conflicting_fact",
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
                | Self::NoBodyColumn
                | Self::OcrFailed
                | Self::UnsupportedEncoding
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

    /// The same of a piece of a file, before which so many lines and bytes stand.
    #[must_use]
    pub fn moved_by(&self, lines: u64, bytes: u64) -> Self {
        let mut moved = self.clone();
        moved.line = self.line.map(|line| line + lines);
        let number =
            |text: &str, by: u64| text.parse().map_or(text.to_owned(), |number: u64| (number + by).to_string());
        let place = |place: &str| match (place.split_once(':'), place.split_once('–')) {
            (Some((line, byte)), _) => format!("{}:{}", number(line, lines), number(byte, bytes)),
            (_, Some((first, last))) => format!("{}–{}", number(first, lines), number(last, lines)),
            _ => number(place, lines),
        };
        let has_places = self.is(ProblemCode::ReplacedBytes) || self.is(ProblemCode::MixedEncodings);
        if let Some(places) = moved.arguments.get_mut(2).filter(|_| has_places) {
            *places = places.split(", ").map(place).collect::<Vec<_>>().join(", ");
        }
        moved
    }

    /// Whether it is of this kind.
    pub fn is(&self, code: ProblemCode) -> bool {
        self.code == code.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_piece_are_those_of_the_file() {
        let problem = |code, place: &str| Problem::of_file(code, ["1", "UTF-8", place]).in_line(3);
        let moved = problem(ProblemCode::ReplacedBytes, "3:140, 7:200").moved_by(10, 1000);
        assert_eq!((moved.line, moved.arguments[2].as_str()), (Some(13), "13:1140, 17:1200"));
        let moved = problem(ProblemCode::MixedEncodings, "3–9, 12").moved_by(10, 1000);
        assert_eq!(moved.arguments, ["1", "UTF-8", "13–19, 22"]);
        let other = problem(ProblemCode::EncodedTwice, "3:140").moved_by(0, 7);
        assert_eq!((other.line, other.arguments[2].as_str()), (Some(3), "3:140"));
    }
}

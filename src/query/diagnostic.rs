//! What a person should know about how the query was read. The words are in [`crate::messages`].

use super::facet_value_error::FacetValueError;

/// A remark on a part of the query text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What was found.
    pub remark: Remark,
    /// The part it is about: `[start, end)` in code points of the query text.
    pub span: (usize, usize),
}

/// What was found in a query text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A closing bracket without an opening one is left out.
    StrayBracket,
    /// There are operators only: every article matches.
    OperatorsOnly,
    /// An operator without a word beside it is left out.
    Dangling(Operator),
    /// `NEAR` does not stand between what it can stand between: both sides must match, near or not.
    BadNear(NearError),
    /// A bracket that is not closed goes to the end.
    OpenBracket,
    /// Brackets deeper than this are left out.
    TooDeep(usize),
    /// A field has a value that it does not take: no article matches.
    BadValue(FieldValueError),
    /// A quotation mark that is not closed: the phrase goes to the end.
    OpenQuote,
    /// A condition cannot be read and is searched as text.
    BadCondition {
        /// As written.
        word: String,
        /// What is wrong.
        error: ConditionError,
    },
    /// The `*` of a Chinese word is left out.
    StarLeftOut(String),
    /// A date is searched as text.
    DateAsText(String),
    /// A `NEAR` with a number that is too large is searched as text.
    NearAsText {
        /// As written.
        word: String,
        /// The largest number.
        most: usize,
    },
    /// A term of punctuation only is left out.
    NothingToSearch(String),
}

/// What an operator without a word was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// A minus.
    Minus,
    /// `NEAR` without a part before or behind it.
    Near,
    /// `NEAR` at the beginning.
    NearFirst,
    /// The name of a field.
    Field,
    /// The last of several names of fields.
    LastField,
}

/// Why `NEAR` cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearError {
    /// Alternatives make more pairs than this.
    TooManyPairs(usize),
    /// Its sides are in different fields.
    TwoFields,
    /// A side is no word, phrase or alternative of them.
    NoWords,
}

/// Why the value of a field cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValueError {
    /// It is no value of the facet.
    Facet(FacetValueError),
    /// It is no date.
    Date(DatePhraseError),
}

/// Why a condition cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionError {
    /// It has no number.
    NoNumber,
    /// It has no date.
    NoDate(DatePhraseError),
    /// No day is left out.
    EveryDay,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatePhraseError {
    /// It is empty or too long.
    Empty,
    /// It counts from a day that was not stated.
    NoToday(String),
    /// It has no form of a date.
    Unknown(String),
    /// Its beginning does not lie before its end.
    NotBefore {
        /// The beginning.
        first: String,
        /// The end.
        last: String,
    },
}

impl Remark {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::StrayBracket => "stray_bracket",
            Self::OperatorsOnly => "operators_only",
            Self::Dangling(_) => "dangling_operator",
            Self::BadNear(_) => "bad_near",
            Self::OpenBracket => "open_bracket",
            Self::TooDeep(_) => "too_deep",
            Self::BadValue(_) => "bad_value",
            Self::OpenQuote => "open_quote",
            Self::BadCondition { .. } => "bad_condition",
            Self::StarLeftOut(_) => "star_left_out",
            Self::DateAsText(_) => "date_as_text",
            Self::NearAsText { .. } => "near_as_text",
            Self::NothingToSearch(_) => "nothing_to_search",
        }
    }
}

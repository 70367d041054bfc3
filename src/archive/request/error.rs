//! What a caller may be told. The words are in [`crate::messages`].

use super::request_kind::RequestKind;
use super::value_error::ValueError;
use crate::engine::EngineError;

/// Why a request has no answer. It prints as its name; what a person reads is in [`crate::messages`].
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ArchiveError {
    /// There is no such parameter.
    UnknownParameter {
        /// As given, at most 64 characters of it.
        name: String,
        /// Those that there are.
        known: Vec<&'static str>,
    },
    /// A parameter that may be given once was given twice.
    RepeatedParameter(&'static str),
    /// A value is not one the parameter takes.
    BadValue {
        /// The parameter.
        name: &'static str,
        /// The request that was read, where one was: parameters of several requests may have one name.
        request: Option<RequestKind>,
        /// As given.
        value: String,
        /// What is wrong with it.
        error: ValueError,
    },
    /// The query has too many terms.
    TooManyTerms {
        /// The limit.
        most: usize,
    },
    /// The cursor belongs to a state of the index that is gone, or to an earlier program.
    CursorExpired,
    /// The id of an answer names another index, or a commit that is not in this one.
    OtherIndex,
    /// The engine does not have what the answer is made of.
    NotOffered(Needed),
    /// The work took longer than it may, or nobody waits for it any more.
    Stopped,
    /// The engine failed.
    Engine(#[source] EngineError),
}

/// What only some engines have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// How many articles have each word.
    WordCounts,
    /// What articles were before they changed.
    Revisions,
}

impl ArchiveError {
    /// A value that is not taken, which the error tells enough of.
    pub(in crate::archive) fn bad_value(name: &'static str, error: ValueError) -> Self {
        Self::BadValue { name, request: None, value: String::new(), error }
    }

    /// A name that is none of these.
    pub fn unknown_parameter(name: &str, known: Vec<&'static str>) -> Self {
        Self::UnknownParameter { name: name.chars().take(64).collect(), known }
    }

    /// A value that is none of these names.
    pub fn not_one_of(name: &'static str, value: &str, names: Vec<&'static str>) -> Self {
        Self::BadValue { name, request: None, value: value.to_owned(), error: ValueError::NotOneOf(names) }
    }
}

impl From<EngineError> for ArchiveError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Stopped => Self::Stopped,
            error => Self::Engine(error),
        }
    }
}

//! What a caller may be told.

use crate::engine::EngineError;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is no such parameter.
    #[error("there is no parameter `{name}`{hint}")]
    UnknownParameter {
        /// As given.
        name: String,
        /// A likely one, as part of the sentence; may be empty.
        hint: String,
    },
    /// A parameter that may be given once was given twice.
    #[error("parameter `{0}` was given more than once")]
    RepeatedParameter(&'static str),
    /// A value is not one the parameter takes.
    #[error("parameter `{name}`: {message}")]
    BadValue {
        /// The parameter.
        name: &'static str,
        /// What is wrong, and what it takes.
        message: String,
    },
    /// The query has too many terms.
    #[error("the query has more than {most} terms; take some out")]
    TooManyTerms {
        /// The limit.
        most: usize,
    },
    /// The cursor belongs to a state of the index that is gone, or to an earlier program.
    #[error("the index or the program has changed since this cursor was given; start again without `cursor`")]
    CursorExpired,
    /// The id of an answer names another index, or a commit that is not in this one.
    #[error("the answer was given by another index; the numbers cannot be told again. Ask without `as_of`")]
    OtherIndex,
    /// The engine does not have what the answer is made of.
    #[error("this archive's engine does not keep what is needed: {0}")]
    NotOffered(&'static str),
    /// The work took longer than it may, or nobody waits for it any more.
    #[error("the search took longer than it may; make it narrower")]
    Stopped,
    /// The engine failed.
    #[error(transparent)]
    Engine(EngineError),
}

impl From<EngineError> for ArchiveError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Stopped => Self::Stopped,
            error => Self::Engine(error),
        }
    }
}

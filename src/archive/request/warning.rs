//! Remarks beside an answer. The words are in [`crate::messages`].

use crate::query::{Diagnostic, Remark};

/// A remark beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub reason: WarningReason,
    /// The part of the query text it is about, `[start, end)` in code points; `None` where it is about no part.
    pub span: Option<(usize, usize)>,
}

/// What there is to say beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningReason {
    /// How the query was read.
    Query(Remark),
    /// So many matching articles without a date were left out by the filter of dates.
    UndatedLeftOut(u64),
    /// The explanation would have taken too long.
    ExplanationUnfinished,
}

impl WarningReason {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Query(remark) => remark.code(),
            Self::UndatedLeftOut(_) => "undated_left_out",
            Self::ExplanationUnfinished => "explanation_unfinished",
        }
    }
}

/// What there is to say of a query.
pub(in crate::archive) fn warning(diagnostic: &Diagnostic) -> Warning {
    let span = Some(diagnostic.span).filter(|(start, end)| start < end);
    Warning { reason: WarningReason::Query(diagnostic.remark.clone()), span }
}

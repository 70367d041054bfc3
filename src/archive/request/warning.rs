//! Remarks beside an answer.

use crate::query::Diagnostic;

/// A remark beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable name.
    pub code: &'static str,
    /// What it says.
    pub message: String,
    /// The part of the query text it is about, `[start, end)` in code points; `None` where it is about no part.
    pub span: Option<(usize, usize)>,
}

/// What there is to say of a query.
pub(in crate::archive) fn warning(diagnostic: &Diagnostic) -> Warning {
    let hint = if diagnostic.hint.is_empty() { String::new() } else { format!("; {}", diagnostic.hint) };
    let span = Some(diagnostic.span).filter(|(start, end)| start < end);
    Warning { code: diagnostic.code, message: format!("{}{hint}", diagnostic.message), span }
}

//! What a person should know about how the query was read.

/// A remark on a part of the query text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the remark.
    pub code: &'static str,
    /// The part it is about: `[start, end)` in code points of the query text.
    pub span: (usize, usize),
    /// What was found.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

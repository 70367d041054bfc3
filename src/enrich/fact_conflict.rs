//! Two sources that state different things of a page.

/// Two sources that state different things of a page; the stronger one is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactConflict {
    /// `paper`, `date` or `page`.
    pub field: &'static str,
    /// The value that is kept.
    pub kept: String,
    /// What the other source says, as it is written there.
    pub other: String,
}

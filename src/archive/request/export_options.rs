//! How much of all matching articles is given.

/// The most articles that may be asked for.
pub(super) const MOST_EXPORTED: usize = 1_000_000_000;

/// How much of all matching articles is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// So many articles, the earliest first; `None`: all.
    pub limit: Option<usize>,
}

//! What an article was before it changed or went: what an earlier answer is recomputed from.

use super::{Article, Facets};

/// An article as it stood in earlier commits.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Revision {
    /// The article; [`Article::since`] names the first commit that had it so.
    pub article: Article,
    /// Its filter values.
    pub facets: Facets,
    /// The first commit that no longer had it so.
    pub until: u64,
    /// Whether an editor took it out: its text is gone, and nobody can tell what it matched.
    pub sealed: bool,
}

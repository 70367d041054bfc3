//! The boundary to what keeps and finds articles. Engines never tokenize: they get tokens from `text` and plans from
//! `query`. `scan` is brute force over memory and the oracle of the contract suite; `embedded` is tantivy.
//!
//! An [`Engine`] gives [`Snapshot`]s: states that do not change, of which everything of one answer is asked. What finds
//! articles ([`Queries`]) stands apart from what is known beside them ([`Catalogue`]) and from what changes them
//! ([`Writer`]). Lists are pages, streams or look-ups by key, so that an engine behind a network can give them.

mod budget;
pub mod embedded;
mod error;
mod historical;
mod queries;
pub mod scan;
mod writer;

pub use budget::Budget;
pub use error::{EngineError, FormatRemedy, RecordFault};
pub use historical::HistoricalSnapshot;
pub use queries::{
    ClusterLookup, ClusterMember, FacetCount, HistogramRow, Hit, MOST_BESIDES, MatchedArticle, Queries, QueryResult,
    all_sources, each_match,
};
pub use writer::{NullWriter, Writer};

use crate::model::{Article, ArticleId, Calendar, Holding, PageRecord, Revision, SourceKey, SourceRecord, Withdrawn};
use std::fmt;
use std::sync::Arc;

/// What a state of the index is called for ever: not after its files, which a merge changes, but after what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitId {
    /// The index: given when it was made.
    pub index: String,
    /// The number of its last commit, from 1; 0 for an empty index.
    pub commit: u64,
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.index.is_empty() { write!(f, "0") } else { write!(f, "{}-{}", self.index, self.commit) }
    }
}

/// Keeps articles. Shared by threads.
pub trait Engine: Send + Sync {
    /// The state that answers now. A later call gives the same state or a later one; none waits for one to be made.
    ///
    /// # Errors
    /// [`EngineError`] where the engine cannot be reached.
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, EngineError>;

    /// The state of the last commit, waited for: what a writer reads after it has committed.
    ///
    /// # Errors
    /// [`EngineError`] where it cannot be read.
    fn newest(&self) -> Result<Arc<dyn Snapshot>, EngineError>;
}

/// What not every engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineFeatures {
    /// [`Queries::word_counts`].
    pub word_counts: bool,
    /// [`Catalogue::revisions_at`]: what articles were, so that earlier answers can be recomputed.
    pub formers: bool,
}

/// A committed state. It does not change while it is held, whatever is written meanwhile.
pub trait Snapshot: Queries + Catalogue {
    /// Its name. A merge of the files behind it does not change it.
    fn commit_id(&self) -> &CommitId;

    /// The same state for work that ends with a budget: its queries look at it in their loops, and fail with
    /// [`EngineError::Stopped`] when it is over.
    fn within(&self, budget: &Budget) -> Arc<dyn Snapshot>;

    /// What the engine has.
    fn features(&self) -> EngineFeatures {
        EngineFeatures { word_counts: true, formers: true }
    }
}

/// What is known beside the articles: files, pages, publishing days, what articles were before.
pub trait Catalogue: Send + Sync {
    /// What is known of a source file.
    fn source(&self, key: &SourceKey) -> Result<Option<SourceRecord>, EngineError>;

    /// What is known of source files, of one root or of all: at most `limit` of them, those behind `after` in the order of
    /// their names, root and path with `/` between them.
    fn sources(
        &self,
        root: Option<&str>,
        after: Option<&SourceKey>,
        limit: usize,
    ) -> Result<Vec<SourceRecord>, EngineError>;

    /// The issues, or parts of issues, that are held; those of one paper, date and page may be several.
    fn holdings(&self) -> Result<Vec<Holding>, EngineError>;

    /// What a person states about the publishing days of papers.
    fn calendar(&self) -> Result<Calendar, EngineError>;

    /// What articles were of which an id or a redirect is named, of all earlier commits, in any order.
    fn revisions(&self, ids: &[ArticleId]) -> Result<Vec<Revision>, EngineError>;

    /// What articles were after a commit that have changed or gone since, in any order.
    fn revisions_at(&self, commit: u64) -> Result<Vec<Revision>, EngineError>;

    /// The ids of the articles of a source file, in any order.
    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError>;

    /// The articles of a source file, in any order.
    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError>;

    /// The page with this key, if it was read from a page file.
    fn page_record(&self, page_key: &str) -> Result<Option<PageRecord>, EngineError>;

    /// The pages that were read from page files, the least sure first, from the `from`th on and at most `limit`; among
    /// equals the order is the engine's own.
    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<PageRecord>, EngineError>;

    /// The withdrawn article with this id.
    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError>;
}

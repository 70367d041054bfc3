//! The boundary to what keeps and finds articles. Engines never tokenize: they get tokens from `text` and plans from
//! `query`. `scan` is brute force over memory and the oracle of the contract suite; `embedded` is tantivy.

mod earlier;
pub mod embedded;
mod error;
pub mod scan;

pub use earlier::Earlier;
pub use error::EngineError;

use crate::model::{
    Article, ArticleId, Calendar, Date, Facet, Former, IndexedArticle, Sheet, SourceKey, SourceRecord, Withdrawn,
};
use crate::query::{Capabilities, Match, Plan, Run, SortKey};

/// One article found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The article as stored.
    pub article: Article,
    /// Score by the plan's ranking; 0 where the order is another.
    pub score: f32,
    /// Its place in the order.
    pub key: SortKey,
}

/// How often a facet value occurs among all matching articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The facet.
    pub facet: Facet,
    /// Values with their counts, the most frequent first, then by value.
    pub counts: Vec<(String, u64)>,
}

/// What a plan gives.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The committed state that answered.
    pub generation: String,
    /// Number of matching articles, exact.
    pub total: u64,
    /// The hits after the plan's key, at most its limit.
    pub hits: Vec<Hit>,
    /// Counts of the facets that were asked for, in their order.
    pub facets: Vec<FacetCount>,
}

/// Matching articles that have the same days, and the same value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TallyRow {
    /// First and last possible day; `None` for undated articles.
    pub days: Option<(Date, Date)>,
    /// The value of the facet; `None` for articles without one, and where no facet was asked for.
    pub value: Option<String>,
    /// Articles.
    pub articles: u64,
    /// Characters of their texts ([`Article::characters`]).
    pub characters: u64,
}

/// A matching article, as far as the index tells without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matched {
    /// The article.
    pub id: ArticleId,
    /// The commit that first had it as it is.
    pub since: u64,
    /// First and last possible day; `None` for an undated article.
    pub days: Option<(Date, Date)>,
}

/// What a state of the index is called for ever: not after its files, which a merge changes, but after what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The index: given when it was made.
    pub index: String,
    /// The number of its last commit, from 1; 0 for an empty index.
    pub commit: u64,
}

/// Finds articles. Shared by threads.
pub trait Engine: Send + Sync {
    /// What plans may rely on.
    fn capabilities(&self) -> Capabilities;

    /// The committed state that would answer now.
    fn generation(&self) -> Result<String, EngineError>;

    /// Runs a plan.
    fn search(&self, plan: &Plan) -> Result<Answer, EngineError>;

    /// The matching articles of a plan by their days, and by the values of a facet: an article of several values counts in
    /// each. In ascending order; what the plan says of order, hits and facets is not looked at.
    fn tally(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<TallyRow>, EngineError>;

    /// All matching articles of a plan, in any order; what the plan says of order, hits and facets is not looked at.
    fn matches(&self, plan: &Plan) -> Result<Vec<Matched>, EngineError>;

    /// For each of the segmenter's words how many of the matching articles of each plan have it in their body; words that
    /// none of them has are left out. In the order of the words.
    fn word_counts(&self, plans: &[Plan]) -> Result<Vec<(String, Vec<u64>)>, EngineError>;

    /// The best hits of a plan by relevance, without those that match `besides` and without a total; among equal scores
    /// the order is the engine's own.
    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError>;

    /// The article with this id, or with this former id.
    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError>;

    /// What is known of all source files, by root and path.
    fn sources(&self) -> Result<Vec<SourceRecord>, EngineError>;

    /// The name of the committed state that would answer now.
    fn edition(&self) -> Result<Edition, EngineError>;

    /// What a person states about the publishing days of papers.
    fn calendar(&self) -> Result<Calendar, EngineError>;

    /// What articles were before they changed or went, of all earlier commits, in any order.
    fn formers(&self) -> Result<Vec<Former>, EngineError>;

    /// The ids of the articles of a source file, in any order.
    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError>;

    /// The articles of a source file, in any order.
    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError>;

    /// The page with this key, if it was read from a page file.
    fn sheet(&self, page_key: &str) -> Result<Option<Sheet>, EngineError>;

    /// The pages that were read from page files, the least sure first, from the `from`th on and at most `limit`; among
    /// equals the order is the engine's own.
    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<Sheet>, EngineError>;

    /// The withdrawn article with this id.
    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError>;

    /// About how many articles hold each run in their title or their body, whichever has more: at least so many for a run
    /// of several units, exact where it is one term of the index and nothing was deleted; for one unit those that have it
    /// as a word of its own.
    fn frequencies(&self, runs: &[Run]) -> Result<Vec<u64>, EngineError>;

    /// The segmenter's words of titles and bodies that at least `fewest` articles have, each with about how many.
    fn vocabulary(&self, fewest: u64) -> Result<Vec<(String, u64)>, EngineError>;

    /// About how many articles have each of the segmenter's words in their body.
    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError>;

    /// The marks of all articles by which reprints are found, in any order.
    fn marks(&self) -> Result<Vec<(u32, ArticleId)>, EngineError>;

    /// Number of articles.
    fn article_count(&self) -> Result<u64, EngineError>;
}

/// Changes what is kept. Nothing is seen by others before `commit`.
pub trait Writer {
    /// Takes out a source file's record, articles, page and what is kept of its withdrawn articles.
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError>;

    /// Says that everything the next commit holds was added by this writer, and nothing by an earlier one.
    fn all_is_new(&mut self);

    /// Adds an article.
    fn add(&mut self, article: IndexedArticle) -> Result<(), EngineError>;

    /// Adds a source record; the one before must have been removed.
    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError>;

    /// Puts a source record in place of the one before, and leaves the file's articles as they are.
    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError>;

    /// Adds a page; the one before must have been removed with its source.
    fn put_sheet(&mut self, sheet: &Sheet) -> Result<(), EngineError>;

    /// Adds what stays of an article that an editor took out; the one before must have been removed with its source.
    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError>;

    /// The number of the commit that is being prepared ([`Article::since`]).
    fn next_commit(&self) -> u64;

    /// Takes out what an article was, of all commits.
    fn remove_formers(&mut self, id: ArticleId) -> Result<(), EngineError>;

    /// Adds what an article was.
    fn put_former(&mut self, former: &Former) -> Result<(), EngineError>;

    /// Replaces what is stated about publishing days.
    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError>;

    /// Makes all changes visible at once and durable.
    fn commit(&mut self) -> Result<(), EngineError>;

    /// Ends writing: waits for merges, and removes files that are no longer used.
    fn finish(self: Box<Self>) -> Result<(), EngineError>;
}

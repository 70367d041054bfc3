//! What finds articles in a state of the index.

use super::{Catalogue, EngineError};
use crate::model::{Article, ArticleId, Date, Facet, SourceRecord};
use crate::query::{Capabilities, Match, Plan, SortKey, UnitRun};

/// One article found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The article as stored.
    pub article: Article,
    /// Score by the plan's ranking; 0 where the order is another.
    pub score: f32,
    /// Its place in the order.
    pub key: SortKey,
    /// What all printings of its text have in common; 0 where it can have none.
    pub cluster: u64,
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
#[derive(Clone, Debug, Default)]
pub struct QueryResult {
    /// Number of matching articles, exact.
    pub total: u64,
    /// The hits after the plan's key, at most its limit.
    pub hits: Vec<Hit>,
    /// Counts of the facets that were asked for, in their order.
    pub facets: Vec<FacetCount>,
}

/// Matching articles that have the same days, and the same value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HistogramRow {
    /// First and last possible day; `None` for undated articles.
    pub days: Option<(Date, Date)>,
    /// The most probable day; `None` for undated articles.
    pub best: Option<Date>,
    /// The value of the facet; `None` for articles without one, and where no facet was asked for.
    pub value: Option<String>,
    /// Articles.
    pub articles: u64,
    /// Characters of their texts ([`Article::characters`]).
    pub characters: u64,
}

/// A matching article, as far as the index tells without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchedArticle {
    /// The article.
    pub id: ArticleId,
    /// The commit that first had it as it is.
    pub since: u64,
    /// First and last possible day; `None` for an undated article.
    pub days: Option<(Date, Date)>,
    /// What all printings of its text have in common; 0 where it can have none.
    pub cluster: u64,
}

/// What printings of a text are looked up by.
#[derive(Clone, Copy, Debug)]
pub enum ClusterLookup<'a> {
    /// Some of these marks.
    Marks(&'a [u32]),
    /// One of these clusters.
    Clusters(&'a [u64]),
    /// One of these ids.
    Ids(&'a [ArticleId]),
}

/// An article as a printing of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClusterMember {
    /// What all printings of the text have in common; 0 for an article that can have none.
    pub cluster: u64,
    /// The article.
    pub id: ArticleId,
    /// The commit that first had it as it is.
    pub since: u64,
    /// How many of the marks it has, where it was looked up by them.
    pub marks: u32,
}

/// Hits that are left out of what is related to them, at most: those of a page that is not full.
pub const MOST_BESIDES: usize = 1000;

/// Finds articles in one state.
pub trait Queries: Send + Sync {
    /// What plans may rely on.
    fn capabilities(&self) -> Capabilities;

    /// Runs a plan.
    fn search(&self, plan: &Plan) -> Result<QueryResult, EngineError>;

    /// Gives all matching articles of a plan one after the other, in its order, until `take` says that it has enough. What
    /// the plan says of its limit and of facets is not looked at, and no plan by relevance is taken. The time is that of one
    /// run of the plan and one look at each article; articles are not kept.
    fn scroll(&self, plan: &Plan, take: &mut dyn FnMut(Article) -> bool) -> Result<(), EngineError>;

    /// Gives all matching articles of a plan, in any order; what the plan says of order, hits and facets is not looked at.
    fn matches(&self, plan: &Plan, take: &mut dyn FnMut(MatchedArticle)) -> Result<(), EngineError>;

    /// The matching articles of a plan by their days, and by the values of a facet: an article of several values counts in
    /// each. In ascending order; what the plan says of order, hits and facets is not looked at.
    fn histogram(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<HistogramRow>, EngineError>;

    /// For each of the segmenter's words how many of the matching articles of each plan have it in their body; words that
    /// fewer than `fewest` of each have are left out. In the order of the words.
    fn word_counts(&self, plans: &[Plan], fewest: u64) -> Result<Vec<(String, Vec<u64>)>, EngineError>;

    /// The best hits of a plan by relevance, without those that match `besides` and without a total; among equal scores
    /// the order is the engine's own.
    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError>;

    /// The article with this id, or with this redirect.
    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError>;

    /// The articles with these ids, in their order; those that are not there are left out.
    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Article>, EngineError>;

    /// The articles that are alike in something, each once, in ascending order.
    fn cluster_members(&self, alike: ClusterLookup<'_>) -> Result<Vec<ClusterMember>, EngineError>;

    /// About how many articles hold each run in their title or their body, whichever has more: at least so many for a run
    /// of several units, exact where it is one term of the index and nothing was deleted; for one unit those that have it
    /// as a word of its own.
    fn frequencies(&self, runs: &[UnitRun]) -> Result<Vec<u64>, EngineError>;

    /// About how many articles have each of the segmenter's words in their body.
    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError>;

    /// The segmenter's words of titles and bodies that most articles have, of those that at least `fewest` have, each with
    /// about how many: at most `most` of them, in the order of the words.
    fn frequent_words(&self, fewest: u64, most: usize) -> Result<Vec<(String, u64)>, EngineError>;

    /// Number of articles.
    fn article_count(&self) -> Result<u64, EngineError>;
}

/// The matching articles of a plan, gathered.
///
/// # Errors
/// As [`Queries::matches`].
pub fn each_match(queries: &dyn Queries, plan: &Plan) -> Result<Vec<MatchedArticle>, EngineError> {
    let mut all = Vec::new();
    queries.matches(plan, &mut |matched| all.push(matched))?;
    Ok(all)
}

/// Records that are read at once.
const PAGE: usize = 1000;

/// Gives what is known of all source files, of one root or of all, page by page.
///
/// # Errors
/// As [`Catalogue::sources`].
pub fn all_sources(
    catalogue: &(impl Catalogue + ?Sized),
    root: Option<&str>,
    take: &mut dyn FnMut(SourceRecord),
) -> Result<(), EngineError> {
    let mut after = None;
    loop {
        let page = catalogue.sources(root, after.as_ref(), PAGE)?;
        after = page.last().map(|record| record.key.clone());
        let full = page.len() == PAGE;
        page.into_iter().for_each(&mut *take);
        if !full {
            return Ok(());
        }
    }
}

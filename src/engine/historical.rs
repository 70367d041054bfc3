//! An earlier state of an index: what was added or changed since is left out, and what it was then is put back.

use super::scan::{ScanEngine, ScanSnapshot};
use super::{
    Budget, Catalogue, ClusterLookup, ClusterMember, CommitId, EngineError, EngineFeatures, FacetCount, HistogramRow,
    Hit, MatchedArticle, Queries, QueryResult, Snapshot, Writer,
};
use crate::model::{
    Article, ArticleId, Calendar, Facet, Holding, IndexedArticle, PageRecord, Revision, SourceKey, SourceRecord,
    Withdrawn,
};
use crate::query::{Capabilities, Filter, Match, Plan, UnitRun};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state of an index after one of its commits. What it tells of source files, pages and publishing days is what the
/// index tells now.
///
/// Each article stands on one side, here or there, and all printings of a text on the same one, so that totals add up
/// where printings count once, too.
#[derive(Clone)]
pub struct HistoricalSnapshot {
    now: Arc<dyn Snapshot>,
    /// What articles were that have changed or gone since, and what printings of their texts stand.
    gone: Arc<ScanSnapshot>,
    /// The clusters of which nothing is looked for in the present state.
    moved: Arc<BTreeSet<u64>>,
    edition: CommitId,
}

impl HistoricalSnapshot {
    /// The state of `now` after a commit. `gone`: what stood then and has changed or gone since, and all articles of the
    /// clusters `moved` as they stood then.
    ///
    /// # Errors
    /// None with articles in memory.
    pub fn new(
        now: Arc<dyn Snapshot>,
        gone: Vec<IndexedArticle>,
        moved: BTreeSet<u64>,
        commit: u64,
    ) -> Result<Self, EngineError> {
        let mut scan = ScanEngine::new();
        gone.into_iter().try_for_each(|article| scan.add(article))?;
        let edition = CommitId { commit, ..now.commit_id().clone() };
        Ok(Self { now, gone: scan.state(), moved: Arc::new(moved), edition })
    }

    /// A plan for what still stands as it did.
    fn unchanged_plan(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        plan.filters.push(Filter::Commits { first: 0, last: self.edition.commit });
        if !self.moved.is_empty() {
            plan.filters.push(Filter::NotClusters(Arc::clone(&self.moved)));
        }
        plan
    }

    /// Articles of the present state that stood then, without those of the other side.
    fn of_then(&self, articles: Vec<Article>) -> Result<Vec<Article>, EngineError> {
        let ids: Vec<ArticleId> = articles.iter().map(|article| article.id).collect();
        let here: BTreeSet<ArticleId> = self.gone.articles(&ids)?.into_iter().map(|article| article.id).collect();
        let stood = |article: &Article| article.since <= self.edition.commit && !here.contains(&article.id);
        Ok(articles.into_iter().filter(stood).collect())
    }
}

fn added(one: FacetCount, other: FacetCount) -> FacetCount {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    one.counts.into_iter().chain(other.counts).for_each(|(value, count)| *counts.entry(value).or_default() += count);
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet: one.facet, counts }
}

impl Snapshot for HistoricalSnapshot {
    fn commit_id(&self) -> &CommitId {
        &self.edition
    }

    fn within(&self, budget: &Budget) -> Arc<dyn Snapshot> {
        Arc::new(Self { now: self.now.within(budget), ..self.clone() })
    }

    fn features(&self) -> EngineFeatures {
        self.now.features()
    }
}

impl Queries for HistoricalSnapshot {
    fn capabilities(&self) -> Capabilities {
        self.now.capabilities()
    }

    fn search(&self, plan: &Plan) -> Result<QueryResult, EngineError> {
        let (now, gone) = (self.now.search(&self.unchanged_plan(plan))?, self.gone.search(plan)?);
        let mut hits: Vec<Hit> = now.hits.into_iter().chain(gone.hits).collect();
        hits.sort_by_key(|hit| hit.key);
        hits.truncate(plan.limit);
        let facets = now.facets.into_iter().zip(gone.facets).map(|(one, other)| added(one, other)).collect();
        Ok(QueryResult { total: now.total + gone.total, hits, facets })
    }

    /// Those that stand come first, then what has changed or gone.
    fn scroll(&self, plan: &Plan, take: &mut dyn FnMut(Article) -> bool) -> Result<(), EngineError> {
        let mut more = true;
        self.now.scroll(&self.unchanged_plan(plan), &mut |article| {
            more = take(article);
            more
        })?;
        if more { self.gone.scroll(plan, take) } else { Ok(()) }
    }

    fn matches(&self, plan: &Plan, take: &mut dyn FnMut(MatchedArticle)) -> Result<(), EngineError> {
        self.now.matches(&self.unchanged_plan(plan), take)?;
        self.gone.matches(plan, take)
    }

    fn histogram(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<HistogramRow>, EngineError> {
        let mut rows = self.now.histogram(&self.unchanged_plan(plan), split)?;
        rows.extend(self.gone.histogram(plan, split)?);
        rows.sort_unstable();
        let same =
            rows.chunk_by(|one, other| (one.days, one.best, &one.value) == (other.days, other.best, &other.value));
        let sum = |rows: &[HistogramRow]| HistogramRow {
            articles: rows.iter().map(|row| row.articles).sum(),
            characters: rows.iter().map(|row| row.characters).sum(),
            ..rows[0].clone()
        };
        Ok(same.map(sum).collect())
    }

    fn word_counts(&self, plans: &[Plan], fewest: u64) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        let standing: Vec<Plan> = plans.iter().map(|plan| self.unchanged_plan(plan)).collect();
        let mut words: BTreeMap<String, Vec<u64>> = self.now.word_counts(&standing, 1)?.into_iter().collect();
        for (word, counts) in self.gone.word_counts(plans, 1)? {
            let all = words.entry(word).or_insert_with(|| vec![0; plans.len()]);
            all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        }
        words.retain(|_, counts| counts.iter().any(|count| *count >= fewest));
        Ok(words.into_iter().collect())
    }

    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        let parts = vec![plan.matching.clone(), Match::Not(Box::new(besides.clone()))];
        Ok(self.search(&Plan { matching: Match::And(parts), ..plan.clone() })?.hits)
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        match self.gone.article(id)? {
            Some(article) => Ok(Some(article)),
            None => Ok(self.now.article(id)?.filter(|article| article.since <= self.edition.commit)),
        }
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Article>, EngineError> {
        let found = self.of_then(self.now.articles(ids)?)?.into_iter().chain(self.gone.articles(ids)?);
        let mut found: BTreeMap<ArticleId, Article> = found.map(|article| (article.id, article)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    fn cluster_members(&self, alike: ClusterLookup<'_>) -> Result<Vec<ClusterMember>, EngineError> {
        let stood = |one: &ClusterMember| one.since <= self.edition.commit && !self.moved.contains(&one.cluster);
        let mut printings: Vec<ClusterMember> = self.now.cluster_members(alike)?.into_iter().filter(stood).collect();
        printings.extend(self.gone.cluster_members(alike)?);
        printings.sort_unstable();
        Ok(printings)
    }

    fn frequencies(&self, runs: &[UnitRun]) -> Result<Vec<u64>, EngineError> {
        self.now.frequencies(runs)
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        self.now.word_frequencies(words)
    }

    fn frequent_words(&self, fewest: u64, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        self.now.frequent_words(fewest, most)
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        Ok(self.search(&Plan::for_match(Match::All))?.total)
    }
}

impl Catalogue for HistoricalSnapshot {
    fn source(&self, key: &SourceKey) -> Result<Option<SourceRecord>, EngineError> {
        self.now.source(key)
    }

    fn sources(
        &self,
        root: Option<&str>,
        after: Option<&SourceKey>,
        limit: usize,
    ) -> Result<Vec<SourceRecord>, EngineError> {
        self.now.sources(root, after, limit)
    }

    fn holdings(&self) -> Result<Vec<Holding>, EngineError> {
        self.now.holdings()
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        self.now.calendar()
    }

    fn revisions(&self, ids: &[ArticleId]) -> Result<Vec<Revision>, EngineError> {
        let mut formers = self.now.revisions(ids)?;
        formers.retain(|former| former.until <= self.edition.commit);
        Ok(formers)
    }

    fn revisions_at(&self, commit: u64) -> Result<Vec<Revision>, EngineError> {
        let mut formers = self.now.revisions_at(commit)?;
        formers.retain(|former| former.until <= self.edition.commit);
        Ok(formers)
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        Ok(self.articles_of(key)?.iter().map(|article| article.id).collect())
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        let mut articles = self.of_then(self.now.articles_of(key)?)?;
        articles.extend(self.gone.articles_of(key)?);
        Ok(articles)
    }

    fn page_record(&self, page_key: &str) -> Result<Option<PageRecord>, EngineError> {
        self.now.page_record(page_key)
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<PageRecord>, EngineError> {
        self.now.least_sure(from, limit)
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        self.now.withdrawn(id)
    }
}

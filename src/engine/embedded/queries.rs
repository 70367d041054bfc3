//! What finds articles in an opened commit.

use super::histogram::HistogramCollector;
use super::scroll::SortKeyCollector;
use super::state::EmbeddedSnapshot;
use super::statistics::{self, ArticleStatistics};
use super::{duplicate_clusters, lower};
use crate::engine::{
    ClusterLookup, ClusterMember, EngineError, HistogramRow, Hit, MOST_BESIDES, MatchedArticle, Queries, QueryResult,
};
use crate::model::{Article, ArticleId, Facet, TextField};
use crate::query::{Capabilities, Match, Plan, SortKey, UnitRun};
use std::collections::HashMap;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Term};

/// Matches between two looks at the budget.
const MATCHES: usize = 1024;

impl EmbeddedSnapshot {
    fn cluster_at(&self, address: DocAddress) -> u64 {
        self.columns[address.segment_ord as usize].cluster(address.doc_id)
    }

    /// The best of those that share words, found without counting the others.
    fn sharing_words(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        let strict = Plan {
            matching: besides.clone(),
            facets: Vec::new(),
            ranking: Vec::new(),
            limit: MOST_BESIDES,
            ..plan.clone()
        };
        let known: Vec<DocAddress> = self.run(&strict)?.hits.into_iter().map(|(.., address)| address).collect();
        let statistics = ArticleStatistics { searcher: &self.searcher, fields: self.fields() };
        let top = TopDocs::with_limit(plan.limit + known.len()).order_by_score();
        let query = lower::words(self.fields(), plan);
        let found = self.searcher.search_with_statistics_provider(&*query, &top, &statistics)?;
        let found: Vec<(f32, DocAddress)> =
            found.into_iter().filter(|(_, address)| !known.contains(address)).take(plan.limit).collect();
        let articles: Vec<Article> = self.records(found.iter().map(|(_, address)| *address))?;
        let hit = |((score, address), article): ((f32, DocAddress), Article)| {
            let latest = article.metadata.date.span.map(|span| span.latest.number());
            let key = SortKey::new(plan.sort, score, latest, plan.sort.number(&article), article.id);
            Hit { article, score, key, cluster: self.cluster_at(address) }
        };
        Ok(found.into_iter().zip(articles).map(hit).collect())
    }
}

impl Queries for EmbeddedSnapshot {
    fn capabilities(&self) -> Capabilities {
        Capabilities { lexicon: self.payload.has_dictionary(&self.opened.dictionary) }
    }

    fn search(&self, plan: &Plan) -> Result<QueryResult, EngineError> {
        let found = self.run(plan)?;
        let articles: Vec<Article> = self.records(found.hits.iter().map(|(_, _, address)| *address))?;
        let hit = |((key, score, address), article)| Hit { article, score, key, cluster: self.cluster_at(address) };
        let hits = found.hits.into_iter().zip(articles).map(hit).collect();
        Ok(QueryResult { total: found.total, hits, facets: found.facets })
    }

    fn scroll(&self, plan: &Plan, take: &mut dyn FnMut(Article) -> bool) -> Result<(), EngineError> {
        let verifier = self.verifier();
        let query = self.unscored(&verifier, plan)?;
        let keys = SortKeyCollector { columns: &self.columns, sort: plan.sort, after: plan.after };
        let found = self.searcher.search(&*query, &keys)?;
        verifier.outcome()?;
        self.each_record(found.into_iter().map(|(_, address)| address), take)
    }

    fn matches(&self, plan: &Plan, take: &mut dyn FnMut(MatchedArticle)) -> Result<(), EngineError> {
        let verifier = self.verifier();
        let query = self.unscored(&verifier, plan)?;
        let found = self.searcher.search(&*query, &DocSetCollector)?;
        verifier.outcome()?;
        for (number, address) in found.into_iter().enumerate() {
            if number % MATCHES == 0 {
                self.budget.check()?;
            }
            let (columns, doc) = (&self.columns[address.segment_ord as usize], address.doc_id);
            take(MatchedArticle {
                id: columns.id(doc),
                since: columns.since(doc),
                days: columns.days(doc),
                cluster: columns.cluster(doc),
            });
        }
        Ok(())
    }

    fn histogram(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<HistogramRow>, EngineError> {
        let verifier = self.verifier();
        let query = self.unscored(&verifier, plan)?;
        let rows = self.searcher.search(&*query, &HistogramCollector { columns: &self.columns, split })?;
        verifier.outcome()?;
        Ok(rows)
    }

    fn word_counts(&self, plans: &[Plan], fewest: u64) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        let verifier = self.verifier();
        let queries = plans.iter().map(|plan| self.unscored(&verifier, plan));
        let queries: Vec<Box<dyn Query>> = queries.collect::<Result<_, _>>()?;
        let counts = statistics::word_counts(&self.searcher, self.fields(), &queries, &self.budget);
        verifier.outcome()?;
        let mut counts = counts?;
        counts.retain(|(_, counts)| counts.iter().any(|count| *count >= fewest));
        Ok(counts)
    }

    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        if plan.filters.is_empty() && !plan.once && matches!(plan.matching, Match::Words(_)) {
            return self.sharing_words(plan, besides);
        }
        let parts = vec![plan.matching.clone(), Match::Not(Box::new(besides.clone()))];
        Ok(self.search(&Plan { matching: Match::And(parts), ..plan.clone() })?.hits)
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        if let Some(article) = self.by_id(id)? {
            return Ok(Some(article));
        }
        let former = lower::term(self.fields().facet(Facet::FormerId), &id.to_string());
        self.first(&*lower::of_articles(self.fields(), former))
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Article>, EngineError> {
        let with_id = duplicate_clusters::alike(self.fields(), ClusterLookup::Ids(ids));
        let mut places: HashMap<ArticleId, DocAddress> = HashMap::new();
        for address in self.searcher.search(&*with_id, &DocSetCollector)? {
            places.insert(self.columns[address.segment_ord as usize].id(address.doc_id), address);
        }
        self.records(ids.iter().filter_map(|id| places.get(id).copied()))
    }

    fn cluster_members(&self, alike: ClusterLookup<'_>) -> Result<Vec<ClusterMember>, EngineError> {
        let printing = |(address, marks): (DocAddress, u32)| {
            let (columns, doc) = (&self.columns[address.segment_ord as usize], address.doc_id);
            ClusterMember { cluster: columns.cluster(doc), id: columns.id(doc), since: columns.since(doc), marks }
        };
        let found = match alike {
            ClusterLookup::Marks(marks) => duplicate_clusters::sharing(&self.searcher, self.fields(), marks)?,
            ClusterLookup::Clusters(_) | ClusterLookup::Ids(_) => {
                let found =
                    self.searcher.search(&*duplicate_clusters::alike(self.fields(), alike), &DocSetCollector)?;
                found.into_iter().map(|address| (address, 0)).collect()
            }
        };
        let mut printings: Vec<ClusterMember> = found.into_iter().map(printing).collect();
        printings.sort_unstable();
        Ok(printings)
    }

    fn frequencies(&self, runs: &[UnitRun]) -> Result<Vec<u64>, EngineError> {
        runs.iter().map(|run| statistics::frequency(&self.searcher, self.fields(), run)).collect()
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        let body = self.fields().text(TextField::Body).words;
        words.iter().map(|word| Ok(self.searcher.doc_freq(&Term::from_field_text(body, word))?)).collect()
    }

    fn frequent_words(&self, fewest: u64, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        statistics::frequent_words(&self.searcher, self.fields(), (fewest, most), &self.budget)
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        Ok(self.articles)
    }
}

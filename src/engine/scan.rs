//! Brute force over memory: the meaning of a plan, in code that anyone can check by eye. The contract suite holds the
//! other engines to its answers. Its score is the plain sum of word counts, so only the set and the date orders are
//! comparable with other engines. Nothing waits for a commit to be seen.

use super::{
    Budget, Catalogue, ClusterLookup, ClusterMember, CommitId, Engine, EngineError, FacetCount, HistogramRow, Hit,
    MatchedArticle, Queries, QueryResult, Snapshot, Writer,
};
use crate::model::{
    Article, ArticleId, Calendar, Facet, Holding, IndexedArticle, PageRecord, Revision, SourceKey, SourceRecord,
    TextField, Withdrawn,
};
use crate::query::{Capabilities, Filter, Match, NearPair, Plan, RankTerm, Sort, SortKey, UnitRun, printing_order};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Articles in memory.
#[derive(Clone, Default)]
pub struct ScanEngine {
    state: Arc<ScanSnapshot>,
}

/// A state of articles in memory.
#[derive(Clone, Default)]
pub struct ScanSnapshot {
    articles: Vec<IndexedArticle>,
    sources: BTreeMap<SourceKey, SourceRecord>,
    sheets: Vec<PageRecord>,
    withdrawn: Vec<Withdrawn>,
    formers: Vec<Revision>,
    calendar: Calendar,
    edition: CommitId,
    budget: Budget,
}

impl ScanEngine {
    /// An empty engine.
    pub fn new() -> Self {
        let edition = CommitId { index: "memory".into(), commit: 0 };
        Self { state: Arc::new(ScanSnapshot { edition, ..ScanSnapshot::default() }) }
    }

    /// The state as it is, commits or not.
    pub fn state(&self) -> Arc<ScanSnapshot> {
        Arc::clone(&self.state)
    }

    fn change(&mut self) -> &mut ScanSnapshot {
        Arc::make_mut(&mut self.state)
    }
}

impl ScanSnapshot {
    /// The articles that a plan matches.
    fn matching_articles(&self, plan: &Plan) -> Vec<&IndexedArticle> {
        let passing = |article: &&IndexedArticle| plan.filters.iter().all(|filter| passes(article, filter));
        let mut found: Vec<&IndexedArticle> = self.articles.iter().filter(passing).collect();
        if plan.once {
            let first = first_printings(&found);
            found.retain(|article| article.cluster == 0 || first.contains(&article.article.id));
        }
        found.retain(|article| matches(article, &plan.matching));
        found
    }

    /// The hits of a plan, in its order.
    fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.matching_articles(plan).into_iter().map(|article| hit(article, plan)).collect();
        hits.sort_by_key(|hit| hit.key);
        hits.retain(|hit| plan.after.is_none_or(|after| hit.key > after));
        hits
    }
}

/// The normal forms in which a run may stand.
fn texts<'a>(article: &'a IndexedArticle, run: &UnitRun) -> impl Iterator<Item = &'a str> {
    run.fields().map(|field| article.field(field).normal.as_str())
}

fn has_run(article: &IndexedArticle, run: &UnitRun) -> bool {
    texts(article, run).any(|text| memchr::memmem::find(text.as_bytes(), run.encoded.as_bytes()).is_some())
}

/// Every place of the one run against every place of the other.
fn has_near(article: &IndexedArticle, near: &NearPair) -> bool {
    let places = |text: &'_ str, run: &UnitRun| -> Vec<(usize, usize)> {
        let at = (0..text.len()).filter(|at| text.as_bytes()[*at..].starts_with(run.encoded.as_bytes()));
        at.map(|at| (at, at + run.encoded.len())).collect()
    };
    texts(article, &near.left).any(|text| {
        let (lefts, rights) = (places(text, &near.left), places(text, &near.right));
        let pairs = lefts.iter().flat_map(|left| rights.iter().map(move |right| (left.min(right), left.max(right))));
        pairs
            .into_iter()
            .any(|(first, second)| second.0 >= first.1 && units_in(&text[first.1..second.0]) <= near.distance)
    })
}

/// Units of a piece of encoded text, boundaries left out; what is left of a unit at its beginning does not count.
fn units_in(piece: &str) -> usize {
    let mut inside = false;
    let mut count = 0;
    let begun = piece.matches('_').count() % 2 == 1;
    let piece = if begun { piece.split_once('_').map_or("", |(_, rest)| rest) } else { piece };
    for c in piece.chars() {
        match c {
            '_' => {
                inside = !inside;
                count += usize::from(inside);
            }
            '|' => {}
            _ => count += usize::from(!inside),
        }
    }
    count
}

fn matches(article: &IndexedArticle, wanted: &Match) -> bool {
    match wanted {
        Match::All => true,
        Match::Nothing => false,
        Match::Run(run) => has_run(article, run),
        Match::Near(near) => has_near(article, near),
        Match::Filter(filter) => passes(article, filter),
        Match::Words(words) => [TextField::Title, TextField::Body]
            .into_iter()
            .any(|field| article.field(field).words.split(' ').any(|word| words.iter().any(|wanted| wanted == word))),
        Match::Amount { measure, least, most } => {
            let amounts = article.article.metadata.amounts.iter().filter(|amount| amount.measure == *measure);
            amounts.into_iter().any(|amount| {
                least.is_none_or(|least| amount.value >= least as f64)
                    && most.is_none_or(|most| amount.value <= most as f64)
            })
        }
        Match::And(parts) => parts.iter().all(|part| matches(article, part)),
        Match::Or(parts) => parts.iter().any(|part| matches(article, part)),
        Match::Not(part) => !matches(article, part),
    }
}

fn passes(article: &IndexedArticle, filter: &Filter) -> bool {
    match filter {
        Filter::Value { facet, any, none } => {
            let has =
                |values: &[String]| article.facets.values_of(*facet).any(|value| values.iter().any(|v| v == value));
            (any.is_empty() || has(any)) && !has(none)
        }
        Filter::NotClusters(clusters) => !clusters.contains(&article.cluster),
        Filter::Confidence { field, values, range } => {
            let known = article.article.metadata.confidences();
            let sure = |value: &str| known.get(&(*field, value)).is_some_and(|sure| range.contains(sure));
            if values.is_empty() { sure("") } else { values.iter().any(|value| sure(value)) }
        }
        Filter::Commits { first, last } => (*first..=*last).contains(&article.article.since),
        Filter::Dates { from, to } => {
            article.article.metadata.date.span.is_some_and(|span| {
                from.is_none_or(|from| span.latest >= from) && to.is_none_or(|to| span.earliest <= to)
            })
        }
    }
}

/// The first printing of each cluster among some articles.
fn first_printings(found: &[&IndexedArticle]) -> BTreeSet<ArticleId> {
    let mut first: BTreeMap<u64, (i64, ArticleId)> = BTreeMap::new();
    for article in found.iter().filter(|article| article.cluster != 0) {
        let earliest = article.article.metadata.date.span.map(|span| span.earliest.number());
        let order = printing_order(earliest, article.article.id);
        first.entry(article.cluster).and_modify(|best| *best = (*best).min(order)).or_insert(order);
    }
    first.into_values().map(|(_, id)| id).collect()
}

fn score(article: &IndexedArticle, ranking: &[RankTerm]) -> f32 {
    let count = |term: &RankTerm| article.field(term.field).words.split(' ').filter(|word| *word == term.word).count();
    ranking.iter().map(|term| term.boost * count(term) as f32).sum()
}

fn hit(article: &IndexedArticle, plan: &Plan) -> Hit {
    let score = if plan.sort == Sort::Relevance { score(article, &plan.ranking) } else { 0.0 };
    let latest = article.article.metadata.date.span.map(|span| span.latest.number());
    let key = SortKey::new(plan.sort, score, latest, plan.sort.number(&article.article), article.article.id);
    Hit { article: article.article.clone(), score, key, cluster: article.cluster }
}

fn count(found: &[&IndexedArticle], facet: Facet) -> FacetCount {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for value in found.iter().flat_map(|article| article.facets.values_of(facet)) {
        *counts.entry(value.to_owned()).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet, counts }
}

impl Engine for ScanEngine {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        Ok(self.state())
    }

    fn newest(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        Ok(self.state())
    }
}

impl Snapshot for ScanSnapshot {
    fn commit_id(&self) -> &CommitId {
        &self.edition
    }

    fn within(&self, budget: &Budget) -> Arc<dyn Snapshot> {
        Arc::new(Self { budget: budget.clone(), ..self.clone() })
    }
}

impl Queries for ScanSnapshot {
    fn capabilities(&self) -> Capabilities {
        Capabilities { lexicon: true }
    }

    fn search(&self, plan: &Plan) -> Result<QueryResult, EngineError> {
        self.budget.check()?;
        let (found, mut hits) = (self.matching_articles(plan), self.hits(plan));
        hits.truncate(plan.limit);
        let facets = plan.facets.iter().map(|facet| count(&found, *facet)).collect();
        Ok(QueryResult { total: found.len() as u64, hits, facets })
    }

    fn scroll(&self, plan: &Plan, take: &mut dyn FnMut(Article) -> bool) -> Result<(), EngineError> {
        for hit in self.hits(plan) {
            self.budget.check()?;
            if !take(hit.article) {
                break;
            }
        }
        Ok(())
    }

    fn matches(&self, plan: &Plan, take: &mut dyn FnMut(MatchedArticle)) -> Result<(), EngineError> {
        self.budget.check()?;
        for article in self.matching_articles(plan) {
            let days = article.article.metadata.date.span.map(|span| (span.earliest, span.latest));
            take(MatchedArticle {
                id: article.article.id,
                since: article.article.since,
                days,
                cluster: article.cluster,
            });
        }
        Ok(())
    }

    fn histogram(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<HistogramRow>, EngineError> {
        self.budget.check()?;
        let mut rows: BTreeMap<_, (u64, u64)> = BTreeMap::new();
        for article in self.matching_articles(plan) {
            let date = &article.article.metadata.date;
            let days = (date.span.map(|span| (span.earliest, span.latest)), date.best_day());
            let mut values: Vec<Option<&str>> =
                split.iter().flat_map(|facet| article.facets.values_of(*facet)).map(Some).collect();
            if values.is_empty() {
                values.push(None);
            }
            for value in values {
                let row = rows.entry((days, value)).or_default();
                *row = (row.0 + 1, row.1 + article.article.characters());
            }
        }
        let row = |(((days, best), value), (articles, characters)): ((_, Option<&str>), (u64, u64))| HistogramRow {
            days,
            best,
            value: value.map(str::to_owned),
            articles,
            characters,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    fn word_counts(&self, plans: &[Plan], fewest: u64) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        self.budget.check()?;
        let mut counts: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (number, plan) in plans.iter().enumerate() {
            for article in self.matching_articles(plan) {
                let words: BTreeSet<&str> = article.field(TextField::Body).words.split(' ').collect();
                for word in words.into_iter().filter(|word| !word.is_empty()) {
                    counts.entry(word).or_insert_with(|| vec![0; plans.len()])[number] += 1;
                }
            }
        }
        counts.retain(|_, counts| counts.iter().any(|count| *count >= fewest.max(1)));
        Ok(counts.into_iter().map(|(word, counts)| (word.to_owned(), counts)).collect())
    }

    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        let parts = vec![plan.matching.clone(), Match::Not(Box::new(besides.clone()))];
        Ok(self.search(&Plan { matching: Match::And(parts), ..plan.clone() })?.hits)
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        let with_id = self.articles.iter().find(|article| article.article.id == id);
        let with_former = || self.articles.iter().find(|article| article.article.former_ids.contains(&id));
        Ok(with_id.or_else(with_former).map(|article| article.article.clone()))
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Article>, EngineError> {
        let with = |id: &ArticleId| self.articles.iter().find(|article| article.article.id == *id);
        Ok(ids.iter().filter_map(with).map(|article| article.article.clone()).collect())
    }

    fn cluster_members(&self, alike: ClusterLookup<'_>) -> Result<Vec<ClusterMember>, EngineError> {
        let shared = |article: &IndexedArticle| match alike {
            ClusterLookup::Marks(marks) => article.marks.iter().filter(|mark| marks.contains(mark)).count() as u32,
            ClusterLookup::Clusters(_) | ClusterLookup::Ids(_) => 0,
        };
        let wanted = |article: &&IndexedArticle| match alike {
            ClusterLookup::Marks(_) => shared(article) > 0,
            ClusterLookup::Clusters(clusters) => clusters.contains(&article.cluster),
            ClusterLookup::Ids(ids) => ids.contains(&article.article.id),
        };
        let printing = |article: &IndexedArticle| ClusterMember {
            cluster: article.cluster,
            id: article.article.id,
            since: article.article.since,
            marks: shared(article),
        };
        let mut printings: Vec<ClusterMember> = self.articles.iter().filter(wanted).map(printing).collect();
        printings.sort_unstable();
        Ok(printings)
    }

    fn frequencies(&self, runs: &[UnitRun]) -> Result<Vec<u64>, EngineError> {
        let anywhere = |run: &&UnitRun| UnitRun { field: None, ..(*run).clone() };
        let count = |run: UnitRun| self.articles.iter().filter(|article| has_run(article, &run)).count() as u64;
        Ok(runs.iter().map(|run| count(anywhere(&run))).collect())
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        let has = |article: &IndexedArticle, word: &String| {
            article.field(TextField::Body).words.split(' ').any(|other| other == word)
        };
        let count = |word: &String| self.articles.iter().filter(|article| has(article, word)).count() as u64;
        Ok(words.iter().map(count).collect())
    }

    fn frequent_words(&self, fewest: u64, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for article in &self.articles {
            let texts = [TextField::Title, TextField::Body].map(|field| article.field(field).words.split(' '));
            let words: BTreeSet<&str> = texts.into_iter().flatten().filter(|word| !word.is_empty()).collect();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let mut often: Vec<(&str, u64)> = counts.into_iter().filter(|(_, count)| *count >= fewest).collect();
        often.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        often.truncate(most);
        often.sort_unstable();
        Ok(often.into_iter().map(|(word, count)| (word.to_owned(), count)).collect())
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        Ok(self.articles.len() as u64)
    }
}

impl Catalogue for ScanSnapshot {
    fn source(&self, key: &SourceKey) -> Result<Option<SourceRecord>, EngineError> {
        Ok(self.sources.get(key).cloned())
    }

    fn sources(
        &self,
        root: Option<&str>,
        after: Option<&SourceKey>,
        limit: usize,
    ) -> Result<Vec<SourceRecord>, EngineError> {
        let of_root = self.sources.values().filter(|record| root.is_none_or(|root| record.key.root == root));
        let mut named: Vec<(String, &SourceRecord)> = of_root.map(|record| (record.key.to_string(), record)).collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let after = after.map(ToString::to_string);
        let behind = named.into_iter().filter(|(name, _)| after.as_ref().is_none_or(|after| name > after));
        Ok(behind.take(limit).map(|(_, record)| record.clone()).collect())
    }

    fn holdings(&self) -> Result<Vec<Holding>, EngineError> {
        Ok(self.sources.values().flat_map(|record| &record.holdings).cloned().collect())
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        Ok(self.calendar.clone())
    }

    fn revisions(&self, ids: &[ArticleId]) -> Result<Vec<Revision>, EngineError> {
        let named = |former: &&Revision| {
            std::iter::once(&former.article.id).chain(&former.article.former_ids).any(|id| ids.contains(id))
        };
        Ok(self.formers.iter().filter(named).cloned().collect())
    }

    fn revisions_at(&self, commit: u64) -> Result<Vec<Revision>, EngineError> {
        let stood = |former: &&Revision| former.article.since <= commit && commit < former.until;
        Ok(self.formers.iter().filter(stood).cloned().collect())
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        Ok(self.articles_of(key)?.iter().map(|article| article.id).collect())
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        let of_file = self.articles.iter().filter(|article| article.article.place.source == *key);
        Ok(of_file.map(|article| article.article.clone()).collect())
    }

    fn page_record(&self, page_key: &str) -> Result<Option<PageRecord>, EngineError> {
        Ok(self.sheets.iter().find(|sheet| sheet.page_key == page_key).cloned())
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<PageRecord>, EngineError> {
        let mut sheets: Vec<&PageRecord> = self.sheets.iter().collect();
        sheets.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
        Ok(sheets.into_iter().skip(from).take(limit).cloned().collect())
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        Ok(self.withdrawn.iter().find(|withdrawn| withdrawn.id == id).cloned())
    }
}

impl Writer for ScanEngine {
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError> {
        let state = self.change();
        state.articles.retain(|article| article.article.place.source != *key);
        state.sources.remove(key);
        state.sheets.retain(|sheet| sheet.source != *key);
        state.withdrawn.retain(|withdrawn| withdrawn.source != *key);
        Ok(())
    }

    fn all_is_new(&mut self) {}

    fn add(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        self.change().articles.push(article);
        Ok(())
    }

    fn replace(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        let id = article.article.id;
        self.change().articles.retain(|other| other.article.id != id);
        self.add(article)
    }

    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        Ok(self.state.articles(&[id])?.pop())
    }

    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.change().sources.insert(record.key.clone(), record.clone());
        Ok(())
    }

    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.put_source(record)
    }

    fn put_page_record(&mut self, sheet: &PageRecord) -> Result<(), EngineError> {
        self.change().sheets.push(sheet.clone());
        Ok(())
    }

    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError> {
        self.change().withdrawn.push(withdrawn.clone());
        Ok(())
    }

    fn next_commit(&self) -> u64 {
        self.state.edition.commit + 1
    }

    fn remove_revisions(&mut self, id: ArticleId) -> Result<(), EngineError> {
        self.change().formers.retain(|former| former.article.id != id);
        Ok(())
    }

    fn put_revision(&mut self, former: &Revision) -> Result<(), EngineError> {
        self.change().formers.push(former.clone());
        Ok(())
    }

    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError> {
        self.change().calendar = calendar.clone();
        Ok(())
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        self.change().edition.commit += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        Ok(())
    }
}

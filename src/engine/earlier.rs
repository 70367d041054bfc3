//! An earlier state of an index: what was added or changed since is left out, and what it was then is put back.

use super::scan::Scan;
use super::{Answer, Edition, Engine, EngineError, FacetCount, Hit, Matched, TallyRow};
use crate::model::{
    Article, ArticleId, Calendar, Facet, Former, IndexedArticle, Sheet, SourceKey, SourceRecord, Withdrawn,
};
use crate::query::{Capabilities, Families, Filter, Match, Plan, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state of an engine after one of its commits. What it tells of source files, pages and publishing days is what the
/// engine tells now.
pub struct Earlier {
    now: Arc<dyn Engine>,
    /// What articles were that have changed or gone since.
    gone: Scan,
    commit: u64,
}

impl Earlier {
    /// The state of `now` after a commit. `gone`: what stood then and has changed or gone since.
    ///
    /// # Errors
    /// None with articles in memory.
    pub fn new(now: Arc<dyn Engine>, gone: Vec<IndexedArticle>, commit: u64) -> Result<Self, EngineError> {
        let mut scan = Scan::new();
        gone.into_iter().try_for_each(|article| super::Writer::add(&mut scan, article))?;
        Ok(Self { now, gone: scan, commit })
    }

    /// A plan for what still stands as it did.
    fn standing(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        plan.filters.push(Filter::Since(self.commit));
        plan
    }

    /// The plan with later printings taken out by their ids: what comes first can stand on either side.
    fn told(&self, plan: &Plan) -> Result<Plan, EngineError> {
        let Some(families) = &plan.once else { return Ok(plan.clone()) };
        let passing = Plan { matching: Match::All, once: None, ..plan.clone() };
        let mut printings: Vec<(u32, (i64, ArticleId))> = Vec::new();
        for matched in self.matches(&passing)? {
            let order = Families::order(matched.days.map(|(first, _)| first.number()), matched.id);
            printings.extend(families.of(matched.id).map(|family| (family, order)));
        }
        printings.sort_unstable();
        let later = printings.chunk_by(|a, b| a.0 == b.0).flat_map(|family| &family[1..]);
        let later: BTreeSet<ArticleId> = later.map(|(_, (_, id))| *id).collect();
        let mut plan = Plan { once: None, ..plan.clone() };
        plan.filters.push(Filter::NotIds(Arc::new(later)));
        Ok(plan)
    }

    /// Both sides of a plan without `once`.
    fn both(&self, plan: &Plan) -> Result<Answer, EngineError> {
        let (now, gone) = (self.now.search(&self.standing(plan))?, self.gone.search(plan)?);
        let mut hits: Vec<Hit> = now.hits.into_iter().chain(gone.hits).collect();
        hits.sort_by_key(|hit| hit.key);
        hits.truncate(plan.limit);
        let facets = now.facets.into_iter().zip(gone.facets).map(|(one, other)| added(one, other)).collect();
        Ok(Answer { generation: now.generation, total: now.total + gone.total, hits, facets })
    }
}

fn added(one: FacetCount, other: FacetCount) -> FacetCount {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    one.counts.into_iter().chain(other.counts).for_each(|(value, count)| *counts.entry(value).or_default() += count);
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet: one.facet, counts }
}

impl Engine for Earlier {
    fn capabilities(&self) -> Capabilities {
        self.now.capabilities()
    }

    fn generation(&self) -> Result<String, EngineError> {
        self.now.generation()
    }

    fn search(&self, plan: &Plan) -> Result<Answer, EngineError> {
        self.both(&self.told(plan)?)
    }

    fn tally(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<TallyRow>, EngineError> {
        let plan = self.told(plan)?;
        let mut rows = self.now.tally(&self.standing(&plan), split)?;
        rows.extend(self.gone.tally(&plan, split)?);
        rows.sort_unstable();
        let same = rows.chunk_by(|one, other| (one.days, &one.value) == (other.days, &other.value));
        let sum = |rows: &[TallyRow]| TallyRow {
            articles: rows.iter().map(|row| row.articles).sum(),
            characters: rows.iter().map(|row| row.characters).sum(),
            ..rows[0].clone()
        };
        Ok(same.map(sum).collect())
    }

    fn matches(&self, plan: &Plan) -> Result<Vec<Matched>, EngineError> {
        let plan = self.told(plan)?;
        let mut matched = self.now.matches(&self.standing(&plan))?;
        matched.extend(self.gone.matches(&plan)?);
        Ok(matched)
    }

    fn word_counts(&self, plans: &[Plan]) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        let plans: Vec<Plan> = plans.iter().map(|plan| self.told(plan)).collect::<Result<_, _>>()?;
        let standing: Vec<Plan> = plans.iter().map(|plan| self.standing(plan)).collect();
        let mut words: BTreeMap<String, Vec<u64>> = self.now.word_counts(&standing)?.into_iter().collect();
        for (word, counts) in self.gone.word_counts(&plans)? {
            let all = words.entry(word).or_insert_with(|| vec![0; plans.len()]);
            all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        }
        Ok(words.into_iter().collect())
    }

    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        let parts = vec![plan.matching.clone(), Match::Not(Box::new(besides.clone()))];
        Ok(self.search(&Plan { matching: Match::And(parts), ..plan.clone() })?.hits)
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        match self.gone.article(id)? {
            Some(article) => Ok(Some(article)),
            None => Ok(self.now.article(id)?.filter(|article| article.since <= self.commit)),
        }
    }

    fn sources(&self) -> Result<Vec<SourceRecord>, EngineError> {
        self.now.sources()
    }

    fn edition(&self) -> Result<Edition, EngineError> {
        Ok(Edition { commit: self.commit, ..self.now.edition()? })
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        self.now.calendar()
    }

    fn formers(&self) -> Result<Vec<Former>, EngineError> {
        Ok(self.now.formers()?.into_iter().filter(|former| former.until <= self.commit).collect())
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        Ok(self.articles_of(key)?.iter().map(|article| article.id).collect())
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        let standing = self.now.articles_of(key)?.into_iter().filter(|article| article.since <= self.commit);
        Ok(standing.chain(self.gone.articles_of(key)?).collect())
    }

    fn sheet(&self, page_key: &str) -> Result<Option<Sheet>, EngineError> {
        self.now.sheet(page_key)
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<Sheet>, EngineError> {
        self.now.least_sure(from, limit)
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        self.now.withdrawn(id)
    }

    fn frequencies(&self, runs: &[Run]) -> Result<Vec<u64>, EngineError> {
        self.now.frequencies(runs)
    }

    fn vocabulary(&self, fewest: u64) -> Result<Vec<(String, u64)>, EngineError> {
        self.now.vocabulary(fewest)
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        self.now.word_frequencies(words)
    }

    fn marks(&self) -> Result<Vec<(u32, ArticleId)>, EngineError> {
        let standing = self.now.matches(&self.standing(&Plan::of(Match::All)))?;
        let standing: BTreeSet<ArticleId> = standing.into_iter().map(|matched| matched.id).collect();
        let mut marks = self.now.marks()?;
        marks.retain(|(_, id)| standing.contains(id));
        marks.extend(self.gone.marks()?);
        Ok(marks)
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        Ok(self.search(&Plan::of(Match::All))?.total)
    }
}

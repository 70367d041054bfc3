//! Brute force over memory: the meaning of a plan, in code that anyone can check by eye. The contract suite holds the
//! other engines to its answers. Its score is the plain sum of word counts, so only the set and the date orders are
//! comparable with other engines.

use super::{Answer, Edition, Engine, EngineError, FacetCount, Hit, Matched, TallyRow, Writer};
use crate::model::{
    Article, ArticleId, Calendar, Facet, Former, IndexedArticle, Sheet, SourceKey, SourceRecord, TextField, Withdrawn,
};
use crate::query::{Capabilities, Families, Filter, Match, Near, Plan, RankTerm, Run, Sort, SortKey};
use std::collections::{BTreeMap, BTreeSet};

/// Articles in memory.
#[derive(Clone, Default)]
pub struct Scan {
    articles: Vec<IndexedArticle>,
    sources: BTreeMap<SourceKey, SourceRecord>,
    sheets: Vec<Sheet>,
    withdrawn: Vec<Withdrawn>,
    formers: Vec<Former>,
    calendar: Calendar,
    commits: u64,
}

impl Scan {
    /// An empty engine.
    pub fn new() -> Self {
        Self::default()
    }

    /// The articles that a plan matches.
    fn found(&self, plan: &Plan) -> Vec<&IndexedArticle> {
        let passing = |article: &&IndexedArticle| plan.filters.iter().all(|filter| passes(article, filter));
        let mut found: Vec<&IndexedArticle> = self.articles.iter().filter(passing).collect();
        if let Some(families) = &plan.once {
            let first = first_printings(&found, families);
            found.retain(|article| families.of(article.article.id).is_none() || first.contains(&article.article.id));
        }
        found.retain(|article| matches(article, &plan.matching));
        found
    }
}

/// The normal forms in which a run may stand.
fn texts<'a>(article: &'a IndexedArticle, run: &Run) -> impl Iterator<Item = &'a str> {
    run.fields().map(|field| article.field(field).normal.as_str())
}

fn has_run(article: &IndexedArticle, run: &Run) -> bool {
    texts(article, run).any(|text| memchr::memmem::find(text.as_bytes(), run.encoded.as_bytes()).is_some())
}

/// Every place of the one run against every place of the other.
fn has_near(article: &IndexedArticle, near: &Near) -> bool {
    let places = |text: &'_ str, run: &Run| -> Vec<(usize, usize)> {
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
            let has = |values: &[String]| article.facets.of(*facet).any(|value| values.iter().any(|v| v == value));
            (any.is_empty() || has(any)) && !has(none)
        }
        Filter::NotIds(ids) => !ids.contains(&article.article.id),
        Filter::Since(last) => article.article.since <= *last,
        Filter::Dates { from, to } => {
            article.article.metadata.date.span.is_some_and(|span| {
                from.is_none_or(|from| span.latest >= from) && to.is_none_or(|to| span.earliest <= to)
            })
        }
    }
}

/// The first printing of each family among some articles.
fn first_printings(found: &[&IndexedArticle], families: &Families) -> BTreeSet<ArticleId> {
    let mut first: BTreeMap<u32, (i64, ArticleId)> = BTreeMap::new();
    for article in found {
        let Some(family) = families.of(article.article.id) else { continue };
        let earliest = article.article.metadata.date.span.map(|span| span.earliest.number());
        let order = Families::order(earliest, article.article.id);
        first.entry(family).and_modify(|best| *best = (*best).min(order)).or_insert(order);
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
    let key = SortKey::new(plan.sort, score, latest, article.article.place.order, article.article.id);
    Hit { article: article.article.clone(), score, key }
}

fn count(found: &[&IndexedArticle], facet: Facet) -> FacetCount {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for value in found.iter().flat_map(|article| article.facets.of(facet)) {
        *counts.entry(value.to_owned()).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet, counts }
}

impl Engine for Scan {
    fn capabilities(&self) -> Capabilities {
        Capabilities { lexicon: true }
    }

    fn generation(&self) -> Result<String, EngineError> {
        Ok(self.commits.to_string())
    }

    fn search(&self, plan: &Plan) -> Result<Answer, EngineError> {
        let found = self.found(plan);
        let mut hits: Vec<Hit> = found.iter().map(|article| hit(article, plan)).collect();
        hits.sort_by_key(|hit| hit.key);
        hits.retain(|hit| plan.after.is_none_or(|after| hit.key > after));
        hits.truncate(plan.limit);
        let facets = plan.facets.iter().map(|facet| count(&found, *facet)).collect();
        Ok(Answer { generation: self.generation()?, total: found.len() as u64, hits, facets })
    }

    fn tally(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<TallyRow>, EngineError> {
        let mut rows: BTreeMap<_, (u64, u64)> = BTreeMap::new();
        for article in self.found(plan) {
            let days = article.article.metadata.date.span.map(|span| (span.earliest, span.latest));
            let mut values: Vec<Option<&str>> =
                split.iter().flat_map(|facet| article.facets.of(*facet)).map(Some).collect();
            if values.is_empty() {
                values.push(None);
            }
            for value in values {
                let row = rows.entry((days, value)).or_default();
                *row = (row.0 + 1, row.1 + article.article.characters());
            }
        }
        let row = |((days, value), (articles, characters)): ((_, Option<&str>), (u64, u64))| TallyRow {
            days,
            value: value.map(str::to_owned),
            articles,
            characters,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    fn matches(&self, plan: &Plan) -> Result<Vec<Matched>, EngineError> {
        let matched = |article: &IndexedArticle| {
            let days = article.article.metadata.date.span.map(|span| (span.earliest, span.latest));
            Matched { id: article.article.id, since: article.article.since, days }
        };
        Ok(self.found(plan).into_iter().map(matched).collect())
    }

    fn word_counts(&self, plans: &[Plan]) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        let mut counts: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (number, plan) in plans.iter().enumerate() {
            for article in self.found(plan) {
                let words: BTreeSet<&str> = article.field(TextField::Body).words.split(' ').collect();
                for word in words.into_iter().filter(|word| !word.is_empty()) {
                    counts.entry(word).or_insert_with(|| vec![0; plans.len()])[number] += 1;
                }
            }
        }
        Ok(counts.into_iter().map(|(word, counts)| (word.to_owned(), counts)).collect())
    }

    fn edition(&self) -> Result<Edition, EngineError> {
        Ok(Edition { index: "memory".into(), commit: self.commits })
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        Ok(self.calendar.clone())
    }

    fn formers(&self) -> Result<Vec<Former>, EngineError> {
        Ok(self.formers.clone())
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        Ok(self.articles_of(key)?.iter().map(|article| article.id).collect())
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

    fn sources(&self) -> Result<Vec<SourceRecord>, EngineError> {
        Ok(self.sources.values().cloned().collect())
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        let of_file = self.articles.iter().filter(|article| article.article.place.source == *key);
        Ok(of_file.map(|article| article.article.clone()).collect())
    }

    fn sheet(&self, page_key: &str) -> Result<Option<Sheet>, EngineError> {
        Ok(self.sheets.iter().find(|sheet| sheet.page_key == page_key).cloned())
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<Sheet>, EngineError> {
        let mut sheets: Vec<&Sheet> = self.sheets.iter().collect();
        sheets.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
        Ok(sheets.into_iter().skip(from).take(limit).cloned().collect())
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        Ok(self.withdrawn.iter().find(|withdrawn| withdrawn.id == id).cloned())
    }

    fn frequencies(&self, runs: &[Run]) -> Result<Vec<u64>, EngineError> {
        let anywhere = |run: &&Run| Run { field: None, ..(*run).clone() };
        let count = |run: Run| self.articles.iter().filter(|article| has_run(article, &run)).count() as u64;
        Ok(runs.iter().map(|run| count(anywhere(&run))).collect())
    }

    fn vocabulary(&self, fewest: u64) -> Result<Vec<(String, u64)>, EngineError> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for article in &self.articles {
            let texts = [TextField::Title, TextField::Body].map(|field| article.field(field).words.split(' '));
            let words: BTreeSet<&str> = texts.into_iter().flatten().filter(|word| !word.is_empty()).collect();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let often = counts.into_iter().filter(|(_, count)| *count >= fewest);
        Ok(often.map(|(word, count)| (word.to_owned(), count)).collect())
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        let has = |article: &IndexedArticle, word: &String| {
            article.field(TextField::Body).words.split(' ').any(|other| other == word)
        };
        let count = |word: &String| self.articles.iter().filter(|article| has(article, word)).count() as u64;
        Ok(words.iter().map(count).collect())
    }

    fn marks(&self) -> Result<Vec<(u32, ArticleId)>, EngineError> {
        let marks = |article: &IndexedArticle| article.marks.iter().map(|mark| (*mark, article.article.id)).collect();
        Ok(self.articles.iter().flat_map(|article| -> Vec<(u32, ArticleId)> { marks(article) }).collect())
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        Ok(self.articles.len() as u64)
    }
}

impl Writer for Scan {
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError> {
        self.articles.retain(|article| article.article.place.source != *key);
        self.sources.remove(key);
        self.sheets.retain(|sheet| sheet.source != *key);
        self.withdrawn.retain(|withdrawn| withdrawn.source != *key);
        Ok(())
    }

    fn all_is_new(&mut self) {}

    fn add(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        self.articles.push(article);
        Ok(())
    }

    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.sources.insert(record.key.clone(), record.clone());
        Ok(())
    }

    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.put_source(record)
    }

    fn put_sheet(&mut self, sheet: &Sheet) -> Result<(), EngineError> {
        self.sheets.push(sheet.clone());
        Ok(())
    }

    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError> {
        self.withdrawn.push(withdrawn.clone());
        Ok(())
    }

    fn next_commit(&self) -> u64 {
        self.commits + 1
    }

    fn remove_formers(&mut self, id: ArticleId) -> Result<(), EngineError> {
        self.formers.retain(|former| former.article.id != id);
        Ok(())
    }

    fn put_former(&mut self, former: &Former) -> Result<(), EngineError> {
        self.formers.push(former.clone());
        Ok(())
    }

    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError> {
        self.calendar = calendar.clone();
        Ok(())
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        self.commits += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        Ok(())
    }
}

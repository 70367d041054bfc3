//! A search: the query is read, the plan run, the first hits looked at again, the page cut out, passages chosen.

pub(in crate::archive) mod cursor;
pub(in crate::archive) mod explain;
pub(in crate::archive) mod rescore;
pub(in crate::archive) mod snippet;
pub(in crate::archive) mod suggest;

use crate::archive::reading::overview::{FacetValue, facet_values};
use crate::archive::request::error::ArchiveError;
use crate::archive::request::parsed_query::ParsedQuery;
use crate::archive::request::warning::{Warning, WarningReason, warning};
use crate::archive::request::{Filters, SearchRequest, Selection};
use crate::archive::search::cursor::PageStart;
use crate::archive::search::explain::Explanation;
use crate::archive::search::rescore::{HEAD, Rescorer};
use crate::archive::search::snippet::{HighlightQuery, Snippet};
use crate::archive::search::suggest::DidYouMean;
use crate::archive::view::ArchiveView;
use crate::engine::{Hit, QueryResult};
use crate::model::{Article, ArticleId, Facet};
use crate::query::{Ast, Diagnostic, Filter, Match, Plan, Sort};
use std::sync::Arc;

/// One article of an answer.
#[derive(Clone, Debug)]
pub struct SearchHit {
    /// The article.
    pub article: Article,
    /// Its score, or 0 where the order is another.
    pub score: f32,
    /// Passages with the matches in them.
    pub snippets: Vec<Snippet>,
    /// The ids of all printings of its text, itself among them; empty where it was printed once.
    pub reprints: Arc<[ArticleId]>,
}

/// What a search gives.
#[derive(Clone, Debug)]
pub struct SearchReply {
    /// Matching articles, exact.
    pub total: u64,
    /// Articles that match but for the date filter and have no date; `None` without a date filter.
    pub undated: Option<u64>,
    /// This page of hits.
    pub hits: Vec<SearchHit>,
    /// Articles that share words with the query but do not match it; only beside a first page that is not full.
    pub related: Vec<SearchHit>,
    /// Facets with their most frequent values.
    pub facets: Vec<(Facet, Vec<FacetValue>)>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
    /// How the query was read, as query text.
    pub read_as: String,
    /// How the query was read and what each part finds, where it was asked for or nothing was found.
    pub explanation: Option<Explanation>,
    /// A query with a word of the same sound that finds much more.
    pub did_you_mean: Option<DidYouMean>,
}

/// A page of hits, and where the next one begins.
struct HitPage {
    answer: QueryResult,
    next: Option<PageStart>,
}

impl ArchiveView {
    /// Searches.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, a cursor of another query or state, and engine failures.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchReply, ArchiveError> {
        let (selection, paging, answer_options) = (&request.selection, &request.paging, &request.answer);
        let question = ParsedQuery::from_request(selection, self.state.capabilities())?;
        let read_as = question.typed.to_string();
        let plan = Plan {
            sort: request.order(),
            limit: paging.limit,
            facets: answer_options.facets.clone(),
            ..question.plan(selection)?
        };
        self.check_cost(&plan)?;
        let position = paging.cursor.as_deref().map(|text| cursor::read(text, request, &read_as)).transpose()?;
        let start = position.as_ref().map_or(PageStart::Head(0), |position| position.start);
        let first = start == PageStart::Head(0);
        let rescorer = match start {
            PageStart::Head(_) if question.is_rescored(plan.sort) => {
                Some(Rescorer::new(&question.words, &*self.state)?)
            }
            _ => None,
        };
        let generation = self.generation();
        let page = self.page_of_hits(rescorer.as_ref(), &plan, start)?;
        if let Some(position) = position {
            position.check(plan.sort, &generation)?;
        }
        let next_cursor = page.next.map(|next| cursor::write(next, request, &read_as, &generation));
        let related = if first { self.related(rescorer.as_ref(), &question, &plan, &page.answer)? } else { Vec::new() };
        let undated = self.undated(&selection.filters, &plan)?;
        let total = page.answer.total;
        let shown = answer_options.fields.is_empty() || answer_options.fields.contains(&"snippets");
        let explain = answer_options.explain || first && total == 0 && question.typed != Ast::Everything;
        let did_you_mean = if first { self.likely_meant(selection, &question, total)? } else { None };
        let explanation =
            if explain { Some(self.explain(request, &question, total, did_you_mean.as_ref())?) } else { None };
        Ok(SearchReply {
            total,
            undated,
            next_cursor,
            hits: self
                .search_hits(page.answer.hits, shown.then(|| HighlightQuery::from_ast(&question.ast)).as_ref())?,
            related: self.search_hits(related, shown.then(|| HighlightQuery::words(&question.words)).as_ref())?,
            facets: page.answer.facets.into_iter().map(facet_values).collect(),
            warnings: warnings(&question.diagnostics, undated, explanation.as_ref()),
            generation,
            read_as,
            explanation,
            did_you_mean,
        })
    }

    /// One more than the page tells whether there is a next one.
    fn page_of_hits(
        &self,
        rescorer: Option<&Rescorer>,
        plan: &Plan,
        start: PageStart,
    ) -> Result<HitPage, ArchiveError> {
        let (skip, mut plan) = match start {
            PageStart::After(key) => (0, Plan { after: Some(key), ..plan.clone() }),
            PageStart::Head(rank) => (rank, plan.clone()),
        };
        let (limit, rescored) = (plan.limit, rescorer.is_some());
        plan.limit = if rescored { HEAD.max(skip + limit + 1) } else { limit + 1 };
        let mut answer = self.state.search(&plan)?;
        let head = answer.hits.len().min(HEAD);
        // The last of the head by the engine's order: those behind it follow on from there, whatever becomes of the head.
        let head_end = answer.hits[..head].last().map(|hit| hit.key);
        if let Some(rescorer) = rescorer {
            rescorer.order(&mut answer.hits[..head]);
            answer.hits.drain(..skip.min(answer.hits.len()));
        }
        let more = answer.hits.len() > limit;
        answer.hits.truncate(limit);
        let next = match skip + limit {
            end if rescored && end < HEAD => Some(PageStart::Head(end)),
            end if rescored && end == HEAD => head_end.map(PageStart::After),
            _ => answer.hits.last().map(|hit| PageStart::After(hit.key)),
        };
        let next = next.filter(|_| more);
        Ok(HitPage { answer, next })
    }

    fn undated(&self, given: &Filters, plan: &Plan) -> Result<Option<u64>, ArchiveError> {
        if given.from.is_none() && given.to.is_none() {
            return Ok(None);
        }
        let mut plan = Plan { limit: 0, facets: Vec::new(), ..plan.clone() };
        plan.filters.retain(|filter| !matches!(filter, Filter::Dates { .. }));
        plan.filters.push(Filter::Value { facet: Facet::Year, any: vec!["undated".into()], none: Vec::new() });
        Ok(Some(self.state.search(&plan)?.total))
    }

    fn related(
        &self,
        rescorer: Option<&Rescorer>,
        question: &ParsedQuery,
        plan: &Plan,
        answer: &QueryResult,
    ) -> Result<Vec<Hit>, ArchiveError> {
        let missing = plan.limit.saturating_sub(answer.hits.len());
        if missing == 0 || question.words.is_empty() || plan.sort != Sort::Relevance {
            return Ok(Vec::new());
        }
        let limit = if rescorer.is_some() { HEAD } else { missing };
        let mut hits = self.state.related(&related_plan(question, plan, limit), &plan.matching)?;
        if let Some(rescorer) = rescorer {
            rescorer.order(&mut hits);
        }
        hits.truncate(missing);
        Ok(hits)
    }

    fn likely_meant(
        &self,
        selection: &Selection,
        question: &ParsedQuery,
        total: u64,
    ) -> Result<Option<DidYouMean>, ArchiveError> {
        if total == 0 { self.did_you_mean(selection, question) } else { self.maybe_meant(selection, question, total) }
    }

    /// Hits with their reprints and, where something is looked for, passages.
    fn search_hits(&self, hits: Vec<Hit>, wanted: Option<&HighlightQuery>) -> Result<Vec<SearchHit>, ArchiveError> {
        let families = self.families(hits.iter().map(|hit| hit.cluster))?;
        let found = |hit: Hit| {
            self.budget.check()?;
            let snippets = wanted.map_or_else(Vec::new, |wanted| snippet::snippets(&hit.article, wanted));
            let reprints = families.get(&hit.cluster).cloned().unwrap_or_default();
            Ok(SearchHit { snippets, reprints, score: hit.score, article: hit.article })
        };
        hits.into_iter().map(found).collect()
    }
}

/// What shares words with the query, and keeps to its filters and to what it excludes as a whole.
fn related_plan(question: &ParsedQuery, plan: &Plan, limit: usize) -> Plan {
    let words = Match::Words(question.words.clone());
    let mut parts = excluded(&plan.matching);
    parts.push(words.clone());
    // Words alone are a union that an engine can prune.
    let matching = if parts.len() == 1 { words } else { Match::And(parts) };
    Plan { matching, limit, facets: Vec::new(), ..plan.clone() }
}

/// What the query excludes as a whole: it stays excluded from what is related.
fn excluded(matching: &Match) -> Vec<Match> {
    let parts = if let Match::And(parts) = matching { parts.as_slice() } else { std::slice::from_ref(matching) };
    parts.iter().filter(|part| matches!(part, Match::Not(_) | Match::Filter(_))).cloned().collect()
}

fn warnings(diagnostics: &[Diagnostic], undated: Option<u64>, explanation: Option<&Explanation>) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = diagnostics.iter().map(warning).collect();
    if let Some(count) = undated.filter(|count| *count > 0) {
        warnings.push(Warning { reason: WarningReason::UndatedLeftOut(count), span: None });
    }
    if explanation.is_some_and(|explanation| !explanation.complete) {
        warnings.push(Warning { reason: WarningReason::ExplanationUnfinished, span: None });
    }
    warnings
}

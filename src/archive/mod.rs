//! The facade: everything a caller may ask, plain data in and out. The browser, the API and the command line ask here
//! and nowhere else.

mod bonds;
mod cite;
mod cursor;
mod error;
mod params;
mod request;
mod snippet;

pub use crate::layout::feature_words;
pub use bonds::Bond;
pub use cite::gbt7714;
pub use error::ArchiveError;
pub use params::{PARAMS, Param};
pub use crate::query::region_code;
pub use request::{DateChoice, SearchRequest, Values};
pub use snippet::{Snippet, article_highlights, highlights};

use crate::engine::{Answer, Engine, FacetCount, Hit};
use crate::model::{Article, ArticleId, Facet, Sheet};
use crate::query::{
    Ast, Diagnostic, Filter, MAX_TERMS, Match, Plan, Sort, SortKey, content_words, match_of, parse_on, rank_terms,
};
use crate::tables::{papers, regions};
use std::sync::{Arc, Mutex, PoisonError};

/// Values of a facet that are given; the rest are counted but not listed.
const FACET_VALUES: usize = 100;

/// The most articles of one page that are listed beside an article.
const PAGE_ARTICLES: usize = 500;

/// An archive over an engine. Cheap to clone, shared by threads.
#[derive(Clone)]
pub struct Archive {
    engine: Arc<dyn Engine>,
    /// The overview of the last state it was asked for; counting all articles is done once a state, not once a page.
    overview: Arc<Mutex<Option<Overview>>>,
}

/// A remark beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable name.
    pub code: &'static str,
    /// What it says.
    pub message: String,
}

/// One article of an answer.
#[derive(Clone, Debug)]
pub struct Found {
    /// The article.
    pub article: Article,
    /// Its score, or 0 where the order is another.
    pub score: f32,
    /// Passages with the matches in them.
    pub snippets: Vec<Snippet>,
}

/// A counted value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What a filter takes.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Matching articles with it.
    pub count: u64,
}

/// What a search gives.
#[derive(Clone, Debug)]
pub struct SearchReply {
    /// Matching articles, exact.
    pub total: u64,
    /// Articles that match but for the date filter and have no date; `None` without a date filter.
    pub undated: Option<u64>,
    /// This page of hits.
    pub hits: Vec<Found>,
    /// Articles that share words with the query but do not match it; only beside a first page that is not full.
    pub related: Vec<Found>,
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
}

/// An article with its neighbours.
#[derive(Clone, Debug)]
pub struct ArticleReply {
    /// The article.
    pub article: Article,
    /// The articles of its page, in order, itself among them.
    pub page: Vec<(ArticleId, String)>,
    /// The one before it on the page.
    pub previous: Option<(ArticleId, String)>,
    /// The one after it on the page.
    pub next: Option<(ArticleId, String)>,
    /// Citation by GB/T 7714-2015.
    pub citation: String,
    /// Where its bonds lead.
    pub bonds: Vec<Bond>,
    /// The state of the index that answered.
    pub generation: String,
}

/// A page with its articles, in order.
#[derive(Clone, Debug)]
pub struct PageReply {
    /// What stands for the page in addresses.
    pub page_key: String,
    /// Its blocks; `None` for a page whose articles came as items.
    pub sheet: Option<Sheet>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
    /// The state of the index that answered.
    pub generation: String,
}

/// What the archive holds, for the first page and for the choices of the filters.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Number of articles.
    pub articles: u64,
    /// Counts over all articles: year (with `undated`), province, topic, paper, kind.
    pub facets: Vec<(Facet, Vec<FacetValue>)>,
    /// The state of the index that answered.
    pub generation: String,
}

impl Archive {
    /// An archive over an engine.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine, overview: Arc::default() }
    }

    /// Searches.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, a cursor of another query or state, and engine failures.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchReply, ArchiveError> {
        let (ast, mut diagnostics) = parse_on(&request.query, request.today);
        if ast.size() > MAX_TERMS {
            return Err(ArchiveError::TooManyTerms { most: MAX_TERMS });
        }
        let (matching, more) = match_of(&ast, self.engine.capabilities());
        diagnostics.extend(more);
        let mut plan = self.plan(request, &ast, matching)?;
        let position = request.cursor.as_deref().map(|text| cursor::read(text, request)).transpose()?;
        plan.after = position.as_ref().map(|position| position.key);
        let mut answer = self.engine.search(&plan)?;
        let more = answer.hits.len() > request.limit;
        answer.hits.truncate(request.limit);
        if let Some(position) = position {
            position.check(plan.sort, &answer.generation)?;
        }
        let undated = self.undated(request, &plan)?;
        let related = self.related(&ast, &plan, &answer)?;
        let last = answer.hits.last().filter(|_| more).map(|hit| hit.key);
        Ok(reply(request, &ast, last, answer, undated, related, &diagnostics))
    }

    fn plan(&self, request: &SearchRequest, ast: &Ast, matching: Match) -> Result<Plan, ArchiveError> {
        Ok(Plan {
            matching,
            filters: request.filters()?,
            ranking: rank_terms(ast),
            sort: request.order(),
            // One more than the page tells whether there is a next one.
            limit: request.limit + 1,
            after: None,
            facets: request.facets.clone(),
        })
    }

    fn undated(&self, request: &SearchRequest, plan: &Plan) -> Result<Option<u64>, ArchiveError> {
        if request.from.is_none() && request.to.is_none() {
            return Ok(None);
        }
        let mut plan = Plan { limit: 0, after: None, facets: Vec::new(), ..plan.clone() };
        plan.filters.retain(|filter| !matches!(filter, Filter::Dates { .. }));
        plan.filters.push(Filter::Value { facet: Facet::Year, any: vec!["undated".into()], none: Vec::new() });
        Ok(Some(self.engine.search(&plan)?.total))
    }

    fn related(&self, ast: &Ast, plan: &Plan, answer: &Answer) -> Result<Vec<Hit>, ArchiveError> {
        let missing = (plan.limit - 1).saturating_sub(answer.hits.len());
        let words = content_words(ast);
        if missing == 0 || plan.after.is_some() || words.is_empty() || plan.sort != Sort::Relevance {
            return Ok(Vec::new());
        }
        let mut parts = vec![Match::Words(words), Match::Not(Box::new(plan.matching.clone()))];
        parts.extend(excluded(&plan.matching));
        let matching = Match::And(parts);
        let plan = Plan { matching, limit: missing, facets: Vec::new(), ..plan.clone() };
        Ok(self.engine.search(&plan)?.hits)
    }

    /// The article with this id or former id, with its neighbours.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article(&self, id: ArticleId) -> Result<Option<ArticleReply>, ArchiveError> {
        let Some(article) = self.engine.article(id)? else { return Ok(None) };
        let neighbours = self.articles_of_page(&article.place.page_key)?;
        let page: Vec<(ArticleId, String)> = neighbours.iter().map(|other| (other.id, other.name())).collect();
        let at = page.iter().position(|(id, _)| *id == article.id);
        Ok(Some(ArticleReply {
            previous: at.and_then(|at| page.get(at.checked_sub(1)?)).cloned(),
            next: at.and_then(|at| page.get(at + 1)).cloned(),
            citation: gbt7714(&article),
            bonds: self.bonds(&article, &neighbours)?,
            generation: self.engine.generation()?,
            page,
            article,
        }))
    }

    /// Why an article was taken out by an editor; `None` where it was not.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn withdrawn(&self, id: ArticleId) -> Result<Option<String>, ArchiveError> {
        Ok(self.engine.withdrawn(id)?.map(|withdrawn| withdrawn.reason))
    }

    /// The page with this key: its articles, and its blocks where it was read from a page file.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn page(&self, page_key: &str) -> Result<Option<PageReply>, ArchiveError> {
        let sheet = self.engine.sheet(page_key)?;
        let articles = self.articles_of_page(page_key)?;
        if sheet.is_none() && articles.is_empty() {
            return Ok(None);
        }
        Ok(Some(PageReply { page_key: page_key.to_owned(), sheet, articles, generation: self.engine.generation()? }))
    }

    fn articles_of_page(&self, page_key: &str) -> Result<Vec<Article>, ArchiveError> {
        if page_key.is_empty() {
            return Ok(Vec::new());
        }
        let plan = Plan {
            matching: Match::All,
            filters: vec![Filter::Value { facet: Facet::PageKey, any: vec![page_key.to_owned()], none: Vec::new() }],
            ranking: Vec::new(),
            sort: Sort::Page,
            limit: PAGE_ARTICLES,
            after: None,
            facets: Vec::new(),
        };
        Ok(self.engine.search(&plan)?.hits.into_iter().map(|hit| hit.article).collect())
    }

    /// What the archive holds.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn overview(&self) -> Result<Overview, ArchiveError> {
        let generation = self.engine.generation()?;
        let known = || self.overview.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(overview) = known().as_ref().filter(|overview| overview.generation == generation) {
            return Ok(overview.clone());
        }
        let overview = self.count_all()?;
        *known() = Some(overview.clone());
        Ok(overview)
    }

    fn count_all(&self) -> Result<Overview, ArchiveError> {
        let plan = Plan {
            matching: Match::All,
            filters: Vec::new(),
            ranking: Vec::new(),
            sort: Sort::Newest,
            limit: 0,
            after: None,
            facets: vec![Facet::Year, Facet::Province, Facet::Topic, Facet::Paper, Facet::Kind],
        };
        let answer = self.engine.search(&plan)?;
        let facets = answer.facets.into_iter().map(facet_values).collect();
        Ok(Overview { articles: answer.total, facets, generation: answer.generation })
    }

    /// Number of articles.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article_count(&self) -> Result<u64, ArchiveError> {
        Ok(self.engine.article_count()?)
    }

    /// The state of the index that would answer now.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn generation(&self) -> Result<String, ArchiveError> {
        Ok(self.engine.generation()?)
    }
}

/// What the query excludes as a whole: it stays excluded from what is related.
fn excluded(matching: &Match) -> Vec<Match> {
    let parts = if let Match::And(parts) = matching { parts.as_slice() } else { std::slice::from_ref(matching) };
    parts.iter().filter(|part| matches!(part, Match::Not(_))).cloned().collect()
}

fn reply(
    request: &SearchRequest,
    ast: &Ast,
    last: Option<SortKey>,
    answer: Answer,
    undated: Option<u64>,
    related: Vec<Hit>,
    diagnostics: &[Diagnostic],
) -> SearchReply {
    let found =
        |hit: Hit| Found { snippets: snippet::snippets(&hit.article, ast), score: hit.score, article: hit.article };
    let mut warnings: Vec<Warning> = diagnostics.iter().map(warning).collect();
    if let Some(count) = undated.filter(|count| *count > 0) {
        let message = format!(
            "{count} articles that match have no date and are left out by the date filter; date=undated shows them"
        );
        warnings.push(Warning { code: "undated_left_out", message });
    }
    SearchReply {
        total: answer.total,
        undated,
        next_cursor: last.map(|key| cursor::write(key, request, &answer.generation)),
        hits: answer.hits.into_iter().map(found).collect(),
        related: related.into_iter().map(found).collect(),
        facets: answer.facets.into_iter().map(facet_values).collect(),
        warnings,
        generation: answer.generation,
        read_as: ast.to_string(),
    }
}

fn warning(diagnostic: &Diagnostic) -> Warning {
    let hint = if diagnostic.hint.is_empty() { String::new() } else { format!("; {}", diagnostic.hint) };
    Warning { code: diagnostic.code, message: format!("{}{hint}", diagnostic.message) }
}

fn facet_values(facet: FacetCount) -> (Facet, Vec<FacetValue>) {
    let label = |value: &str| facet_label(facet.facet, value);
    let values = facet.counts.into_iter().take(FACET_VALUES);
    let values = values.map(|(value, count)| FacetValue { label: label(&value), value, count }).collect();
    (facet.facet, values)
}

/// What a person reads for a facet value.
pub fn facet_label(facet: Facet, value: &str) -> String {
    match facet {
        Facet::Region | Facet::Province | Facet::Prefecture | Facet::County => {
            regions().at(value, None).map_or_else(|| value.to_owned(), |unit| unit.name.to_owned())
        }
        Facet::Paper => papers().find(value).map_or_else(|| value.to_owned(), |paper| paper.name.clone()),
        _ => value.to_owned(),
    }
}

//! The facade: everything a caller may ask, plain data in and out. The browser, the API and the command line ask here
//! and nowhere else. An [`Archive`] gives [`View`]s; a request asks one of them for all of its answer.

mod amounts;
mod bonds;
mod cite;
mod concordance;
mod cursor;
mod derived;
mod doubtful;
mod each;
mod error;
mod explain;
mod families;
mod holdings;
mod params;
mod question;
mod replay;
mod request;
mod rescore;
mod search;
mod similar;
mod snippet;
mod suggest;
mod terms;
mod trend_request;
mod trends;

pub use crate::layout::feature_words;
pub use crate::query::{GRAMMAR, region_code};
pub use crate::trends::{Axis, Cover, Slot, State, Step};
pub use amounts::{AMOUNT_PARAMS, AmountsReply, AmountsRequest, FigureRow, MOST_NUMBERS, Stated, split_values};
pub use bonds::Bond;
pub use cite::gbt7714;
pub use concordance::{ConcordanceReply, ConcordanceRequest, LINE_PARAMS, Line, LineOrder, MOST_LINES};
pub use doubtful::{DoubtfulPage, DoubtfulReply, MOST_DOUBTFUL};
pub use error::ArchiveError;
pub use explain::{Change, ChangeKind, Explanation, Part, TermVariants, VariantCount};
pub use families::{Family, Printing};
pub use holdings::{COVERAGE_PARAMS, COVERAGE_SHARED, CoverageReply, CoverageRequest, PaperCoverage};
pub use params::{PARAMS, Param};
pub use replay::{MOST_NAMED, Named, Replay};
pub use request::{DateChoice, SearchRequest, Values};
pub use search::{Found, SearchReply, Warning};
pub use similar::MOST_SIMILAR;
pub use snippet::{Marker, Snippet};
pub use suggest::{DidYouMean, LONGEST_START, MOST_SUGGESTIONS, Suggestion, SuggestionKind};
pub use terms::{MOST_READ, TERM_PARAMS, TermRow, TermsReply, TermsRequest};
pub use trend_request::{Denominator, MOST_QUERIES, SHARED, SPLITS, TREND_PARAMS, TrendRequest};
pub use trends::{Point, Series, TrendReply};

use crate::engine::{Engine, FacetCount, Snapshot};
use crate::model::{Article, ArticleId, Facet, Sheet};
use crate::query::{Filter, Match, Plan, Sort};
use crate::tables::{papers, regions};
use derived::Derived;
use holdings::Stock;
use replay::AsItWas;
use std::sync::{Arc, Mutex};
use suggest::SuggestIndex;
use trends::Bases;

/// Values of a facet that are given; the rest are counted but not listed.
const FACET_VALUES: usize = 100;

/// The most articles of one page that are listed beside an article.
const PAGE_ARTICLES: usize = 500;

/// An archive over an engine. Cheap to clone, shared by threads.
#[derive(Clone)]
pub struct Archive {
    engine: Arc<dyn Engine>,
    kept: Arc<Kept>,
}

/// What is made of states of the index and kept for the requests that follow.
#[derive(Default)]
struct Kept {
    overview: Derived<Overview>,
    suggestions: Derived<SuggestIndex>,
    /// What is held of the papers.
    stock: Derived<Stock>,
    /// What series were measured against.
    bases: Mutex<Bases>,
    /// The last earlier state that was asked about.
    earlier: Mutex<Option<Arc<AsItWas>>>,
}

/// The archive in one state of its index: everything of one answer is asked of one view. Cheap to clone.
#[derive(Clone)]
pub struct View {
    state: Arc<dyn Snapshot>,
    kept: Arc<Kept>,
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
        Self { engine, kept: Arc::default() }
    }

    /// The archive as it is now.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn now(&self) -> Result<View, ArchiveError> {
        Ok(View { state: self.engine.snapshot()?, kept: Arc::clone(&self.kept) })
    }
}

impl View {
    /// The article with this id or former id, with its neighbours.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article(&self, id: ArticleId) -> Result<Option<ArticleReply>, ArchiveError> {
        let Some(article) = self.state.article(id)? else { return Ok(None) };
        let neighbours = self.articles_of_page(&article.place.page_key)?;
        let page: Vec<(ArticleId, String)> = neighbours.iter().map(|other| (other.id, other.name())).collect();
        let at = page.iter().position(|(id, _)| *id == article.id);
        Ok(Some(ArticleReply {
            previous: at.and_then(|at| page.get(at.checked_sub(1)?)).cloned(),
            next: at.and_then(|at| page.get(at + 1)).cloned(),
            citation: gbt7714(&article),
            bonds: self.bonds(&article, &neighbours)?,
            generation: self.generation(),
            page,
            article,
        }))
    }

    /// Why an article was taken out by an editor; `None` where it was not.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn withdrawn(&self, id: ArticleId) -> Result<Option<String>, ArchiveError> {
        Ok(self.state.withdrawn(id)?.map(|withdrawn| withdrawn.reason))
    }

    /// The page with this key: its articles, and its blocks where it was read from a page file.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn page(&self, page_key: &str) -> Result<Option<PageReply>, ArchiveError> {
        let sheet = self.state.sheet(page_key)?;
        let articles = self.articles_of_page(page_key)?;
        if sheet.is_none() && articles.is_empty() {
            return Ok(None);
        }
        Ok(Some(PageReply { page_key: page_key.to_owned(), sheet, articles, generation: self.generation() }))
    }

    fn articles_of_page(&self, page_key: &str) -> Result<Vec<Article>, ArchiveError> {
        if page_key.is_empty() {
            return Ok(Vec::new());
        }
        let of_page = Filter::Value { facet: Facet::PageKey, any: vec![page_key.to_owned()], none: Vec::new() };
        let plan = Plan { filters: vec![of_page], sort: Sort::Page, limit: PAGE_ARTICLES, ..Plan::of(Match::All) };
        Ok(self.state.search(&plan)?.hits.into_iter().map(|hit| hit.article).collect())
    }

    /// What the archive holds; while that is counted of a new state, what it held before.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn overview(&self) -> Result<Arc<Overview>, ArchiveError> {
        let state = Arc::clone(&self.state);
        Derived::latest(&self.kept, |kept| &kept.overview, self.state.edition(), move || count_all(&*state))
    }

    /// Number of articles.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article_count(&self) -> Result<u64, ArchiveError> {
        Ok(self.state.article_count()?)
    }

    /// The name of the state of the index.
    pub fn generation(&self) -> String {
        self.state.edition().to_string()
    }
}

fn count_all(state: &dyn Snapshot) -> Result<Overview, ArchiveError> {
    let facets = vec![Facet::Year, Facet::Province, Facet::Topic, Facet::Paper, Facet::Kind];
    let answer = state.search(&Plan { facets, ..Plan::of(Match::All) })?;
    let facets = answer.facets.into_iter().map(facet_values).collect();
    Ok(Overview { articles: answer.total, facets, generation: state.edition().to_string() })
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

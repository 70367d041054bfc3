//! An article with its neighbours, and a page with its articles.

use super::cite::gbt7714;
use super::links::ArticleLink;
use super::picture::{PlacedArea, placed_areas};
use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::model::{Article, ArticleId, Facet, PageRecord};
use crate::query::{Filter, Match, Plan, Sort};

/// The most articles of one page that are listed beside an article.
const PAGE_ARTICLES: usize = 500;

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
    /// Where its links lead.
    pub bonds: Vec<ArticleLink>,
    /// The state of the index that answered.
    pub generation: String,
}

/// A page with its articles, in order.
#[derive(Clone, Debug)]
pub struct PageReply {
    /// What stands for the page in addresses.
    pub page_key: String,
    /// Its blocks; `None` for a page whose articles came as items.
    pub sheet: Option<PageRecord>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
    /// Where articles stand on the picture of the page, in the order of its index.
    pub placed: Vec<PlacedArea>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    /// The article with this id or redirect, with its neighbours.
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
            bonds: self.article_links(&article, &neighbours)?,
            generation: self.generation(),
            page,
            article,
        }))
    }

    /// Why an article was withdrawn by an editor; `None` where it was not.
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
        let sheet = self.state.page_record(page_key)?;
        let articles = self.articles_of_page(page_key)?;
        if sheet.is_none() && articles.is_empty() {
            return Ok(None);
        }
        let placed = sheet.as_ref().map(|sheet| placed_areas(sheet, &articles)).unwrap_or_default();
        Ok(Some(PageReply { page_key: page_key.to_owned(), sheet, articles, placed, generation: self.generation() }))
    }

    fn articles_of_page(&self, page_key: &str) -> Result<Vec<Article>, ArchiveError> {
        if page_key.is_empty() {
            return Ok(Vec::new());
        }
        let of_page = Filter::Value { facet: Facet::PageKey, any: vec![page_key.to_owned()], none: Vec::new() };
        let plan =
            Plan { filters: vec![of_page], sort: Sort::Page, limit: PAGE_ARTICLES, ..Plan::for_match(Match::All) };
        Ok(self.state.search(&plan)?.hits.into_iter().map(|hit| hit.article).collect())
    }
}

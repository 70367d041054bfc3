//! Pages for people: server-rendered HTML in Simplified Chinese. Plain functions from what the archive answers to text;
//! no I/O. Text of articles and queries reaches a page only through the escaping of the templates.
//!
//! The pages hold no inline script and no inline style, so that a server can forbid both.

mod article;
mod assets;
mod evidence;
mod failure;
mod filters;
mod help;
mod hit;
mod home;
mod marks;
mod page;
mod results;
mod url;
mod words;

#[cfg(test)]
mod tests;

pub use assets::{ASSETS, Asset};
pub use failure::error_words;

use crate::archive::{ArticleReply, Family, Overview, PageReply, SearchReply, SearchRequest};
use crate::model::{Article, Facet};
use askama::Template;

/// The facets that a search for [`search_page`] should count.
pub const FACETS: [Facet; 5] = [Facet::Year, Facet::Province, Facet::Topic, Facet::Paper, Facet::Kind];

/// What the search page shows.
pub struct SearchView<'a> {
    /// The request.
    pub request: &'a SearchRequest,
    /// Parameters as given, without `cursor`.
    pub pairs: &'a [(String, String)],
    /// What the archive holds.
    pub overview: &'a Overview,
    /// The answer; `None` on the first page, where nothing was asked for.
    pub reply: Option<&'a SearchReply>,
}

/// The first page, or a page of results.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn search_page(view: &SearchView<'_>) -> Result<String, askama::Error> {
    match view.reply {
        Some(reply) => results::Results::new(view, reply).render(),
        None => home::Home::new(view.overview).render(),
    }
}

/// What the page of an article shows.
pub struct ArticleView<'a> {
    /// The article with its neighbours.
    pub reply: &'a ArticleReply,
    /// What to mark in it; may be empty.
    pub query: &'a str,
    /// Whether the other forms of the query's terms are marked too.
    pub expand: bool,
    /// Articles on the same matter, with their scores.
    pub similar: &'a [(Article, f32)],
    /// The printings of its text, where there are several.
    pub family: Option<&'a Family>,
}

/// The page of an article, with the matches of a query marked where it is not empty.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn article_page(view: &ArticleView<'_>) -> Result<String, askama::Error> {
    article::ArticlePage::new(view).render()
}

/// The page that explains how to write a query.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn help_page() -> Result<String, askama::Error> {
    help::Help::new().render()
}

/// The page of a newspaper page: its blocks, what each was read as, and why.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn page_page(reply: &PageReply) -> Result<String, askama::Error> {
    page::SheetPage::new(reply).render()
}

/// The page that says what went wrong and how to go on.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn error_page(status: u16, title: &str, detail: &str, request_id: &str) -> Result<String, askama::Error> {
    failure::ErrorPage::new(status, title, detail, request_id).render()
}

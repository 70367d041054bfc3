//! Pages for people: server-rendered HTML in Simplified Chinese. Plain functions from what the archive answers to text;
//! no I/O. Text of articles and queries reaches a page only through the escaping of the templates, and a drawing only
//! through that of the template of [`svg`].
//!
//! The pages hold no inline script and no inline style, so that a server can forbid both.

mod article;
mod assets;
mod chart;
mod chart_drawing;
mod chart_file;
mod controls;
mod counted_link;
mod coverage;
mod doubtful;
mod error_page;
mod evidence;
mod filters;
mod help;
mod highlights;
mod hit;
mod home;
mod page;
mod page_map;
mod province_map;
mod results;
mod review;
mod series_style;
mod svg;
mod trend_tables;
mod trends;
mod url;
mod words;

#[cfg(test)]
mod tests;

pub use assets::{ASSETS, Asset};

use crate::archive::{
    ArticleReply, CoverageReply, CoverageRequest, DoubtfulReply, Overview, PageReply, ReprintCluster, SearchReply,
    SearchRequest, TrendReply, TrendRequest,
};
use crate::model::{Article, Facet};
use crate::review::{ReviewItem, ReviewSession};
use askama::Template;

/// The icon of the pages.
pub fn icon() -> &'static Asset {
    &assets::ICON
}

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
        Some(reply) => results::ResultsPage::new(view, reply).render(),
        None => home::HomePage::new(view.overview).render(),
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
    pub family: Option<&'a ReprintCluster>,
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
    help::HelpPage::new().render()
}

/// The page of a newspaper page: its blocks, what each was read as, and why.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn page_page(reply: &PageReply) -> Result<String, askama::Error> {
    page::NewspaperPage::new(reply).render()
}

/// The list of pages that were cut without being sure.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn doubtful_page(reply: &DoubtfulReply) -> Result<String, askama::Error> {
    doubtful::DoubtfulPagesPage::new(reply).render()
}

/// The page on which a person labels an article.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn review_page(sheet: &ReviewItem) -> Result<String, askama::Error> {
    review::ReviewPage::new(sheet).render()
}

/// The page at the end of a sitting.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn review_end_page(desk: &ReviewSession) -> Result<String, askama::Error> {
    review::ReviewEndPage::new(desk).render()
}

/// The page that says what went wrong while labelling: a status, what it is, a hint, and the request's id.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn review_error_page(status: u16, title: &str, detail: &str, _request: &str) -> Result<String, askama::Error> {
    review::ReviewErrorPage::new(status, title, detail).render()
}

/// What the page of series over time shows.
pub struct TrendsView<'a> {
    /// The request.
    pub request: &'a TrendRequest,
    /// Parameters as given; `show` among them, which only the page knows: `counts` or `ratio`.
    pub pairs: &'a [(String, String)],
    /// What the archive holds.
    pub overview: &'a Overview,
    /// The answer; `None` where nothing was asked for.
    pub reply: Option<&'a TrendReply>,
}

/// The page of series over time.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn trends_page(view: &TrendsView<'_>) -> Result<String, askama::Error> {
    trends::TrendsPage::new(view).render()
}

/// The charts of an answer as an SVG file of its own; `counts`: numbers of articles, not shares.
pub fn trend_svg(reply: &TrendReply, counts: bool) -> String {
    trends::file(reply, counts)
}

/// The search for articles with a word among those that the parameters of a request find; parameters that a search does not
/// take are left out.
pub fn search_with_word(pairs: &[(String, String)], word: &str) -> String {
    url::with_word(pairs, word)
}

/// What the page of holdings shows.
pub struct CoverageView<'a> {
    /// The request.
    pub request: &'a CoverageRequest,
    /// Parameters as given.
    pub pairs: &'a [(String, String)],
    /// What the archive holds.
    pub overview: &'a Overview,
    /// The answer.
    pub reply: &'a CoverageReply,
}

/// The page of what the archive holds of each paper.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn coverage_page(view: &CoverageView<'_>) -> Result<String, askama::Error> {
    coverage::CoveragePage::new(view).render()
}

/// The page that says what went wrong and how to go on.
///
/// # Errors
/// [`askama::Error`] when writing fails.
pub fn error_page(status: u16, title: &str, detail: &str, request_id: &str) -> Result<String, askama::Error> {
    error_page::ErrorPage::new(status, title, detail, request_id).render()
}

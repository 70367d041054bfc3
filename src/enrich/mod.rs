//! What an article is about and where it comes from: paper, page, date, region, topics, bylines.
//!
//! Pure functions from a cut-out story to [`Metadata`]; every value keeps the rule and the text it was taken from.

mod byline;
mod credit;
mod date;
mod page;
mod paper;
mod path;
mod place_words;
mod places;
mod region;
mod topic;
mod zones;

use crate::model::{DateInfo, DateSource, DateSpan, Metadata, PaperInfo, Story, page_name};

/// What is known of a file before its text is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// Name of the root folder.
    pub root: String,
    /// Path below the root, with `/` between its parts.
    pub path: String,
    /// Newspaper: an option of the run.
    pub paper: Option<String>,
    /// Date of the issue: an option of the run.
    pub date: Option<DateSpan>,
    /// Region, by code or name: an option of the run. The home region of pages, the region of items.
    pub region: Option<String>,
}

/// What the articles of one page share.
#[derive(Clone, Debug, PartialEq)]
pub struct PageContext {
    /// Newspaper, with the home region.
    pub paper: PaperInfo,
    /// Page 版, or empty.
    pub page: String,
    /// Date of the issue.
    pub date: DateInfo,
    /// The region option of the run, for items that state none.
    pub region: Option<String>,
}

/// Reads paper, page and date from the options, the path, and the blocks that may hold a masthead: number and text of
/// the short blocks of the page.
pub fn page_context(origin: &Origin, furniture_and_heads: &[(u32, String)]) -> PageContext {
    let heads = page::mastheads(furniture_and_heads);
    PageContext {
        paper: paper::of_page(origin, &heads),
        page: page::of_page(origin, &heads),
        date: date::of_page(origin, &heads),
        region: origin.region.clone(),
    }
}

/// Finds out what can be known about a story. What the source states goes before what is read from the text.
pub fn enrich(story: &Story, page: &PageContext) -> Metadata {
    let paper = paper::of_story(story, page);
    let date = date::of_story(story, page);
    let mut pieces = zones::pieces(story);
    let bylines = byline::find(story, &mut pieces);
    let zones = zones::zones(&pieces);
    let year = date.span.map(|span| span.earliest.year()).filter(|_| date.source != DateSource::None);
    let given = story.given.region.as_deref().or(page.region.as_deref().filter(|_| story.given.line.is_some()));
    let stated = given.and_then(|text| region::stated(text, year));
    Metadata {
        page: story.given.page.as_deref().map_or_else(|| page.page.clone(), page_name),
        regions: stated.or_else(|| region::find(&zones, &paper.home, year)).into_iter().collect(),
        topics: topic::of_story(story, &zones),
        paper,
        date,
        bylines,
    }
}

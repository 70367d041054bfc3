//! What an article is about and where it comes from: paper, page, date, region, topics, bylines.
//!
//! Pure functions from a cut-out story to [`Metadata`]; every value keeps the rule and the text it was taken from.

mod amounts;
mod bodies;
mod byline;
mod credit;
mod credit_words;
mod date;
mod default_region;
mod fact_conflict;
mod focus;
mod habit;
mod issue;
mod issue_number;
mod masthead_block;
mod neighbours;
mod page;
mod paper;
mod path;
mod person;
mod place_words;
mod places;
mod region;
mod relevance;
mod reprint;
mod roles;
mod schedule;
mod signature;
mod time_expressions;
mod time_words;
mod topic;
mod zones;

pub use date::training::{DateCase, DateFeature};
pub use fact_conflict::FactConflict;
pub use neighbours::{Neighbour, Neighbours, is_dated, printed_issue};
pub use paper::folder_paper;
pub use region::PlaceCase;
pub use reprint::{reprint_marks, shingles};
pub use topic::TopicCase;

use crate::model::{
    ArticleKind, BodyLevel, Byline, Date, DateInfo, DateSource, DateSpan, Metadata, PaperInfo, Precision, RegionInfo,
    StatedFacts, Story, page_name,
};
use habit::Datelines;
use neighbours::DayContext;
use region::PlaceScan;
use time_expressions::TimeExpression;
use zones::{Zone, ZonePassage};

/// What is known of a file before its text is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageOrigin {
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
    /// What manifests state of the file.
    pub stated: StatedFacts,
    /// The dated pages around the file in its folder, where it states no day of its own.
    pub neighbours: Neighbours,
    /// The day on which the file is read, where that is known: nothing in it was printed later.
    pub today: Option<Date>,
}

/// What is known of a page and of its stories.
#[derive(Clone, Debug, PartialEq)]
pub struct PageMetadata {
    /// Newspaper.
    pub paper: PaperInfo,
    /// Page 版, or empty.
    pub page: String,
    /// Date of the issue.
    pub date: DateInfo,
    /// Its stories, in their order.
    pub stories: Vec<Metadata>,
    /// What its sources say otherwise.
    pub conflicts: Vec<FactConflict>,
}

/// What the articles of one page share.
#[derive(Clone, Debug, PartialEq)]
struct PageContext {
    /// Newspaper, with the home region.
    paper: PaperInfo,
    /// Page 版, or empty.
    page: String,
    /// Date of the issue.
    date: DateInfo,
    /// The region option of the run, for items that state none.
    region: Option<String>,
    /// What its sources say otherwise.
    conflicts: Vec<FactConflict>,
}

/// Reads paper, page and date from the options, the path, and the blocks that may hold a masthead: number and text of
/// the short blocks of the page.
fn page_context(origin: &PageOrigin, furniture_and_heads: &[(u32, String)]) -> PageContext {
    let heads = page::mastheads(furniture_and_heads);
    let date = date::of_page(origin, &heads);
    let paper = paper::of_page(origin, &heads, furniture_and_heads, year_of(&date));
    let page = page::of_page(origin, &heads);
    let conflicts = [paper::conflict(&paper, &heads), date::conflict(&date), page::conflict(&page, &heads)];
    PageContext {
        conflicts: conflicts.into_iter().flatten().collect(),
        paper,
        page,
        date,
        region: origin.region.clone().or_else(|| origin.stated.region.clone()),
    }
}

/// Finds out what can be known about the stories of a page, in their order. `short`: number and text of the blocks that
/// may hold a masthead. What no option, path or masthead says of the issue is inferred from all stories together.
pub fn enrich_page(stories: &[Story], origin: &PageOrigin, short: &[(u32, String)]) -> PageMetadata {
    let mut context = page_context(origin, short);
    let PageTimeExpressions { pieces, bylines, clues } = read_clues(stories);
    if context.date.precision() != Precision::Day {
        context.date = undated_page(&context.date, origin, short, &clues, &pieces);
    }
    let year = year_of(&context.date);
    let seen = |pieces| {
        let zones = zones::zones(pieces);
        let sight = region::scan_places(&zones, year);
        (zones, sight)
    };
    let sights: Vec<(Vec<Zone>, PlaceScan)> = pieces.iter().map(|pieces| seen(pieces)).collect();
    let home = if context.paper.home.is_empty() {
        default_region::default_region(&sights, year)
    } else {
        context.paper.home.clone()
    };
    let rest = bylines.into_iter().zip(clues).zip(pieces.iter().zip(&sights));
    let read =
        rest.map(|((bylines, clues), (pieces, (zones, sight)))| StoryReading { pieces, zones, sight, bylines, clues });
    let stories = stories.iter().zip(read).map(|(story, read)| finish(story, read, &context, &home)).collect();
    PageMetadata { stories, conflicts: context.conflicts, paper: context.paper, page: context.page, date: context.date }
}

/// The date of a page on which no day is printed: that of the pages around, else what it and they tell together. What is
/// stated of it, a month or a year, stays otherwise.
fn undated_page(
    stated: &DateInfo,
    origin: &PageOrigin,
    short: &[(u32, String)],
    clues: &[Vec<TimeExpression>],
    pieces: &[Vec<ZonePassage>],
) -> DateInfo {
    let folio = date::damaged(short).filter(|_| stated.span.is_none());
    let number = neighbours::printed_number(short);
    if let Some(date) = origin.neighbours.stated_date(stated, number.as_ref()).filter(|_| folio.is_none()) {
        return date;
    }
    if stated.span.is_some() {
        return stated.clone();
    }
    let datelines = Datelines::of(clues.iter().flatten());
    let chances = (!origin.neighbours.is_empty()).then(|| origin.neighbours.chances(number.as_ref(), &datelines));
    let beside = DayContext { folio: folio.as_ref(), neighbours: chances.as_ref(), until: origin.today };
    let mut date = issue::infer(clues, pieces, beside, DateSource::Page);
    origin.neighbours.note(&mut date);
    if let Some(chances) = &chances {
        chances.note(&mut date, number, &origin.neighbours, &datelines);
    }
    date
}

/// The texts of stories without their bylines, the bylines, and what the texts say of time.
struct PageTimeExpressions {
    pieces: Vec<Vec<ZonePassage>>,
    bylines: Vec<Vec<Byline>>,
    clues: Vec<Vec<TimeExpression>>,
}

fn read_clues(stories: &[Story]) -> PageTimeExpressions {
    let mut pieces: Vec<Vec<ZonePassage>> = stories.iter().map(zones::pieces).collect();
    let datelines: Vec<Vec<TimeExpression>> =
        stories.iter().zip(&pieces).map(|(story, pieces)| time_expressions::datelines(story, pieces)).collect();
    let bylines = stories.iter().zip(&mut pieces).map(|(story, pieces)| byline::find(story, pieces)).collect();
    let told = pieces.iter().map(|pieces| time_expressions::time_expressions(pieces));
    let clues = told.zip(datelines).map(|(told, lines)| time_expressions::with_datelines(told, lines)).collect();
    PageTimeExpressions { pieces, bylines, clues }
}

/// Finds out what can be known about an item of a JSON Lines file. What it states goes before what its text says.
pub fn enrich_item(story: &Story, origin: &PageOrigin) -> Metadata {
    let mut context = page_context(origin, &[]);
    let PageTimeExpressions { pieces, bylines, clues } = read_clues(std::slice::from_ref(story));
    if context.date.span.is_none() && story.given.date.is_none() {
        context.date = issue::infer(
            &clues,
            &pieces,
            DayContext { until: origin.today, ..DayContext::default() },
            DateSource::Article,
        );
    }
    let (pieces, bylines, clues) = (pieces.concat(), bylines.concat(), clues.concat());
    let zones = zones::zones(&pieces);
    let sight = region::scan_places(&zones, year_of(&date::of_story(story, &context)));
    let home = paper::of_story(story, &context).home;
    finish(story, StoryReading { pieces: &pieces, zones: &zones, sight: &sight, bylines, clues }, &context, &home)
}

/// The region that an editor states, by code, name or path, as of a year; `None` where there is no such unit.
pub fn stated_region(text: &str, year: Option<i16>) -> Option<RegionInfo> {
    region::stated_region(text, year)
}

/// What was read of a story: its texts without its authors' names, the names, the places, and what it says of time.
struct StoryReading<'a> {
    pieces: &'a [ZonePassage],
    zones: &'a [Zone<'a>],
    sight: &'a PlaceScan,
    bylines: Vec<Byline>,
    clues: Vec<TimeExpression>,
}

/// The year of an issue, for names of places.
fn year_of(date: &DateInfo) -> Option<i16> {
    date.span.filter(|span| span.earliest.year() == span.latest.year()).map(|span| span.earliest.year())
}

/// Puts together what is known of a story. `home`: code of the region that its paper or page is at home in, or empty.
fn finish(story: &Story, read: StoryReading, page: &PageContext, home: &str) -> Metadata {
    let paper = paper::of_story(story, page);
    let date = date::of_story(story, page);
    let year = year_of(&date);
    let given = story.given.region.as_deref().or(page.region.as_deref().filter(|_| story.given.line.is_some()));
    let stated = given.and_then(|text| region::stated_region(text, year));
    let places = region::all(read.zones, read.sight, home, year);
    let news = matches!(story.kind, ArticleKind::News | ArticleKind::Brief | ArticleKind::Photo);
    let national = places.bodies.iter().any(|body| body.level == BodyLevel::National);
    let foreign = read.sight.is_foreign();
    let abroad = foreign || places.no_place.as_ref().is_some_and(|reason| reason.rule == focus::ABROAD);
    let home = if news && !national && !abroad { home } else { "" };
    let regions: Vec<RegionInfo> = stated.or(places.main).or_else(|| region::at_home(home, year)).into_iter().collect();
    Metadata {
        page: story.given.page.as_deref().map_or_else(|| page.page.clone(), page_name),
        no_place: places.no_place.filter(|_| regions.is_empty()),
        regions,
        mentions: places.mentions,
        bodies: places.bodies,
        amounts: amounts::find(read.pieces),
        corrected: Vec::new(),
        topics: topic::of_story(story, read.zones, foreign),
        event_dates: issue::event_dates(&read.clues, &date),
        paper,
        date,
        bylines: read.bylines,
    }
}

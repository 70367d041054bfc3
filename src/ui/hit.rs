//! One article of a list of results.

use super::highlights::{FieldHighlights, TextSegment, segments};
use super::url::{self, PageLink};
use super::words;
use crate::archive::{Highlighter, SearchHit};
use crate::model::{Article, ArticleId, DateInfo, DateSource, Precision, RegionInfo, TextField};

/// A passage of an article.
pub(super) struct HitPassage {
    pub(super) label: &'static str,
    pub(super) parts: Vec<TextSegment>,
}

/// An article of a list.
pub(super) struct HitRow {
    pub(super) href: String,
    pub(super) kicker: Vec<TextSegment>,
    pub(super) title: Vec<TextSegment>,
    pub(super) first_words: String,
    pub(super) subtitle: Vec<TextSegment>,
    pub(super) date: DateStamp,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) regions: Vec<PageLink>,
    pub(super) topics: Vec<PageLink>,
    pub(super) passages: Vec<HitPassage>,
    pub(super) bylines: String,
    /// Printings of its text, where it has several.
    pub(super) reprints: Option<ReprintNote>,
}

/// A line about the printings of a text.
pub(super) struct ReprintNote {
    /// How many there are.
    pub(super) count: usize,
    /// Where all of them are listed.
    pub(super) href: String,
    /// Those of the same list, folded under the first.
    pub(super) folded: Vec<HitRow>,
}

/// What is marked in a list, and what a link to an article keeps of the search.
pub(super) struct ListContext<'a> {
    pub(super) marker: &'a Highlighter,
    pub(super) query: &'a str,
    pub(super) expand: bool,
}

/// A list of articles: printings of one text stand under the first of them.
pub(super) fn hit_rows(found: &[SearchHit], asked: &ListContext<'_>) -> Vec<HitRow> {
    let mut hits: Vec<(&[ArticleId], HitRow)> = Vec::new();
    for one in found {
        let hit = HitRow::new(one, asked);
        let known = hits.iter_mut().find(|(family, _)| family.contains(&one.article.id));
        match known.and_then(|(_, first)| first.reprints.as_mut()) {
            Some(reprints) => reprints.folded.push(hit),
            None => hits.push((&one.reprints, hit)),
        }
    }
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// A date for people and, where it is exact enough, for programs.
pub(super) struct DateStamp {
    /// In Chinese.
    pub(super) text: String,
    /// As of HTML's `time`; empty where it has no form for it.
    pub(super) machine: String,
}

impl DateStamp {
    /// The date of an issue.
    pub(super) fn new(date: &DateInfo) -> Self {
        let span = date.span.as_ref();
        let stated = !matches!(date.source, DateSource::Page | DateSource::Article);
        let exact = span.filter(|span| stated && span.precision != Precision::Unknown);
        Self { text: words::date(span, date.source), machine: exact.map(ToString::to_string).unwrap_or_default() }
    }
}

impl HitRow {
    /// An article as found.
    pub(super) fn new(found: &SearchHit, asked: &ListContext<'_>) -> Self {
        let article = &found.article;
        let (story, metadata) = (&article.story, &article.metadata);
        let mut marks = FieldHighlights::new(article, asked.marker, TextField::Title);
        // The headline is marked in the order of its texts: the title over several stories comes first.
        marks.next(&story.group);
        Self {
            href: url::article(article.id, asked.query, asked.expand),
            kicker: marks.next(&story.kicker),
            title: marks.next(&story.title),
            subtitle: marks.next(&story.subtitle),
            first_words: article.name(),
            date: DateStamp::new(&metadata.date),
            before: filled([metadata.paper.name.clone()]),
            after: after(article),
            regions: metadata.regions.iter().map(region).collect(),
            topics: metadata.topics.iter().map(|topic| self::topic(&topic.id)).collect(),
            passages: passages(found),
            bylines: words::bylines(&metadata.bylines),
            reprints: Some(&found.reprints).filter(|family| family.len() > 1).map(|family| ReprintNote {
                count: family.len(),
                href: format!("{}#h-reprints", url::article(article.id, asked.query, asked.expand)),
                folded: Vec::new(),
            }),
        }
    }
}

fn filled<const N: usize>(parts: [String; N]) -> Vec<String> {
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn after(article: &Article) -> Vec<String> {
    let page = &article.metadata.page;
    let page = if page.is_empty() { String::new() } else { words::page(page) };
    filled([page, article.story.column.clone(), words::kind(article.story.kind).into()])
}

/// A region as a link to its articles.
pub(super) fn region(region: &RegionInfo) -> PageLink {
    let name = if region.path.is_empty() { region.code.clone() } else { region.path.concat() };
    PageLink::new(url::search([("region", region.code.as_str())]), name)
}

/// A topic as a link to its articles.
pub(super) fn topic(id: &str) -> PageLink {
    PageLink::new(url::search([("topic", id)]), id)
}

/// The passages besides those of the headline, which is shown in full.
fn passages(found: &SearchHit) -> Vec<HitPassage> {
    let shown = found.snippets.iter().filter(|snippet| snippet.field != TextField::Title);
    let label = |field| match field {
        TextField::Caption => "图片说明",
        TextField::Column => "栏目",
        TextField::Byline => "署名",
        TextField::Title | TextField::Body => "",
    };
    shown
        .map(|snippet| HitPassage { label: label(snippet.field), parts: segments(&snippet.text, &snippet.highlights) })
        .collect()
}

//! The page of an article.

use super::ArticleView;
use super::assets;
use super::evidence::{self, EvidenceRow, SourceFact};
use super::highlights::{FieldHighlights, TextSegment};
use super::hit::{self, DateStamp};
use super::url::{self, PageLink};
use super::words;
use crate::archive::{ArticleLink, Highlighter, Reprint, ReprintCluster};
use crate::model::{Article, ArticleId, Byline, DateSource, Metadata, TextField};
use askama::Template;

/// Characters of a paragraph that is shown as cut.
const CUT_SHOWN: usize = 40;

/// A paragraph or a heading inside the story.
pub(super) struct ArticleParagraph {
    parts: Vec<TextSegment>,
    subhead: bool,
}

/// A named person or office.
pub(super) struct BylineRow {
    role: &'static str,
    name: String,
    href: Option<String>,
}

/// An article of the same page.
pub(super) struct PageNeighbour {
    link: PageLink,
    current: bool,
}

/// A link, in words, with where it leads.
pub(super) struct LinkRow {
    text: String,
    links: Vec<PageLink>,
}

/// What the text states beside its subject: a name, and values that may lead to a search.
pub(super) struct StatedFact {
    name: &'static str,
    values: Vec<FactValue>,
}

/// A value with what it is, and the search that it leads to.
pub(super) struct FactValue {
    text: String,
    note: String,
    href: Option<String>,
}

/// The page of an article.
#[derive(Template)]
#[template(path = "article.html")]
pub(super) struct ArticlePage {
    title: String,
    query: String,
    back: Option<String>,
    crumbs: Vec<PageLink>,
    stamp: DateStamp,
    column: Vec<TextSegment>,
    kind: &'static str,
    group: Vec<TextSegment>,
    kicker: Vec<TextSegment>,
    headline: Vec<TextSegment>,
    first_words: String,
    subtitle: Vec<TextSegment>,
    signatures: Vec<BylineRow>,
    printed_byline: Vec<TextSegment>,
    regions: Vec<PageLink>,
    topics: Vec<PageLink>,
    body: Vec<ArticleParagraph>,
    captions: Vec<Vec<TextSegment>>,
    previous: Option<PageLink>,
    next: Option<PageLink>,
    page: Vec<PageNeighbour>,
    bonds: Vec<LinkRow>,
    stated: Vec<StatedFact>,
    sheet: Option<String>,
    citation: String,
    /// Who holds the rights, or empty.
    rights: String,
    permalink: String,
    rows: Vec<EvidenceRow>,
    facts: Vec<SourceFact>,
    printings: Vec<ReprintRow>,
    similar: Vec<SimilarRow>,
}

/// One printing of the text.
pub(super) struct ReprintRow {
    link: PageLink,
    current: bool,
    place: String,
    share: String,
    cut: Vec<String>,
}

/// An article on the same matter.
pub(super) struct SimilarRow {
    link: PageLink,
    place: String,
}

impl ArticlePage {
    /// The page of an article with the matches of a query.
    pub(super) fn new(view: &ArticleView<'_>) -> Self {
        let (reply, article, query) = (view.reply, &view.reply.article, view.query.trim());
        let (story, metadata) = (&article.story, &article.metadata);
        let marker = Highlighter::new(query, view.expand);
        let mut column = FieldHighlights::new(article, &marker, TextField::Column);
        let mut byline = FieldHighlights::new(article, &marker, TextField::Byline);
        let mut title = FieldHighlights::new(article, &marker, TextField::Title);
        let link = |(id, name): &(ArticleId, String)| PageLink::new(url::permalink(*id), name.as_str());
        let expand = if view.expand { "true" } else { "" };
        Self {
            title: format!("{} · 报库", article.name()),
            query: query.to_owned(),
            back: Some(url::search([("q", query), ("expand", expand)])).filter(|href| href != "/"),
            crumbs: crumbs(article),
            stamp: DateStamp::new(&metadata.date),
            column: column.next(&story.column),
            kind: words::kind(story.kind),
            group: title.next(&story.group),
            kicker: title.next(&story.kicker),
            headline: title.next(&story.title),
            first_words: article.name(),
            subtitle: title.next(&story.subtitle),
            signatures: metadata.bylines.iter().map(signature).collect(),
            printed_byline: byline.next(&story.byline),
            regions: metadata.regions.iter().map(hit::region).collect(),
            topics: metadata.topics.iter().map(|topic| hit::topic(&topic.id)).collect(),
            body: body(article, &marker),
            captions: captions(article, &marker),
            previous: reply.previous.as_ref().map(link),
            next: reply.next.as_ref().map(link),
            page: reply
                .page
                .iter()
                .map(|one| PageNeighbour { link: link(one), current: one.0 == article.id })
                .collect(),
            bonds: reply.bonds.iter().map(link_row).collect(),
            stated: stated_facts(metadata),
            sheet: Some(&article.place.page_key).filter(|key| !key.is_empty()).map(|key| format!("/pages/{key}")),
            citation: reply.citation.clone(),
            rights: reply.article.story.given.rights.clone().unwrap_or_default(),
            permalink: url::permalink(article.id),
            rows: evidence::rows(article),
            facts: evidence::facts(article),
            printings: view.family.map(|family| reprint_rows(family, article)).unwrap_or_default(),
            similar: view.similar.iter().map(|(article, _)| similar(article)).collect(),
        }
    }
}

/// Days, amounts, union bodies and other places that the text names.
fn stated_facts(metadata: &Metadata) -> Vec<StatedFact> {
    let days = metadata.event_dates.iter().map(|date| FactValue {
        text: words::span(&date.span),
        note: String::new(),
        href: None,
    });
    let amounts = metadata.amounts.iter().map(|amount| FactValue {
        text: amount.quote.clone(),
        note: amount.what.clone(),
        href: None,
    });
    let bodies = metadata.bodies.iter().map(|body| FactValue {
        text: body.name.clone(),
        note: words::body_level(body.level).into(),
        href: Some(url::search([("union_body", body.name.as_str())])),
    });
    let places = metadata.mentions.iter().map(|place| FactValue {
        text: place.path.concat(),
        note: String::new(),
        href: Some(url::search([("region", place.code.as_str())])),
    });
    let rows = [
        StatedFact { name: "文中日期", values: days.collect() },
        StatedFact { name: "文中数字", values: amounts.collect() },
        StatedFact { name: "工会组织", values: bodies.collect() },
        StatedFact { name: "提到的其他地方", values: places.collect() },
    ];
    rows.into_iter().filter(|row| !row.values.is_empty()).collect()
}

fn link_row(bond: &ArticleLink) -> LinkRow {
    let links = bond.articles.iter().map(|(id, name)| PageLink::new(url::permalink(*id), name.as_str()));
    LinkRow { text: words::relation(&bond.relation), links: links.collect() }
}

/// The printings of a text, the first appearance first.
fn reprint_rows(family: &ReprintCluster, article: &Article) -> Vec<ReprintRow> {
    let row = |one: &Reprint| ReprintRow {
        link: PageLink::new(url::permalink(one.id), one.name.as_str()),
        current: one.id == article.id,
        place: place(&one.paper, words::date(one.date.as_ref(), DateSource::None), &one.page),
        share: match () {
            () if one.id == family.fullest => "最全".to_owned(),
            () => format!("占最全一篇的 {:.0}%", one.share * 100.0),
        },
        cut: one.cut.iter().map(|text| shortened(text)).collect(),
    };
    family.printings.iter().map(row).collect()
}

fn similar(article: &Article) -> SimilarRow {
    let metadata = &article.metadata;
    SimilarRow {
        link: PageLink::new(url::permalink(article.id), article.name()),
        place: place(
            &metadata.paper.name,
            words::date(metadata.date.span.as_ref(), metadata.date.source),
            &metadata.page,
        ),
    }
}

/// Paper, date and page on one line.
fn place(paper: &str, date: String, page: &str) -> String {
    let page = if page.is_empty() { String::new() } else { words::page(page) };
    let parts = [paper.to_owned(), date, page];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The beginning of a paragraph.
fn shortened(text: &str) -> String {
    let mut beginning: String = text.chars().take(CUT_SHOWN).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

fn signature(byline: &Byline) -> BylineRow {
    let href = (!byline.office).then(|| url::search([("byline", byline.name.as_str())]));
    BylineRow { role: words::role(byline.role), name: byline.name.clone(), href }
}

fn body(article: &Article, marker: &Highlighter) -> Vec<ArticleParagraph> {
    let mut marks = FieldHighlights::new(article, marker, TextField::Body);
    let passages = article.story.body.iter().filter(|passage| !passage.text.is_empty());
    passages.map(|passage| ArticleParagraph { parts: marks.passage(passage), subhead: passage.subhead }).collect()
}

fn captions(article: &Article, marker: &Highlighter) -> Vec<Vec<TextSegment>> {
    let mut marks = FieldHighlights::new(article, marker, TextField::Caption);
    let passages = article.story.captions.iter().filter(|passage| !passage.text.is_empty());
    passages.map(|passage| marks.passage(passage)).collect()
}

/// Paper › date › page, each a search that holds the ones before it.
fn crumbs(article: &Article) -> Vec<PageLink> {
    let metadata = &article.metadata;
    let mut crumbs = Vec::new();
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let mut add = |more: Vec<(&'static str, String)>, text: String| {
        pairs.extend(more);
        crumbs.push(PageLink::new(url::search(pairs.iter().map(|(name, value)| (*name, value.as_str()))), text));
    };
    if !metadata.paper.id.is_empty() {
        let name = if metadata.paper.name.is_empty() { &metadata.paper.id } else { &metadata.paper.name };
        add(vec![("paper", metadata.paper.id.clone())], name.clone());
    }
    match &metadata.date.span {
        Some(span) => {
            let (from, to) = (span.earliest.to_string(), span.latest.to_string());
            add(vec![("from", from), ("to", to)], words::date(Some(span), metadata.date.source));
        }
        None => add(vec![("date", "undated".into())], words::date(None, DateSource::None)),
    }
    if !metadata.page.is_empty() {
        add(vec![("page", metadata.page.clone())], words::page(&metadata.page));
    }
    crumbs
}

//! The page of a newspaper page: its blocks in printed order, what each was read as, and why.

use super::assets;
use super::page_map::{PageMap, is_doubtful};
use super::url::{self, PageLink};
use super::words;
use crate::archive::{PageReply, feature_words};
use crate::messages;
use crate::model::{Article, ArticleId, Graft, PageRecord, PageRecordBlock};
use askama::Template;
use std::collections::HashMap;

/// Colours by which neighbouring articles are told apart.
const COLOURS: usize = 12;

/// Reasons that are shown for a label.
const REASONS: usize = 4;

/// A run of a block, its own or grafted in.
pub(super) struct BlockRun {
    text: String,
    /// The block that it belongs to.
    owner: Option<u32>,
}

/// A block of the page.
pub(super) struct BlockRow {
    number: u32,
    label: &'static str,
    sure: String,
    reasons: String,
    runs: Vec<BlockRun>,
    goes_on_from: Option<u32>,
    /// Number of the article on the page, from 1; 0 for what belongs to none.
    article: usize,
    colour: usize,
    /// Whether the article of the block before is another.
    begins: bool,
    /// What is said of a border that is not sure.
    doubt: Option<String>,
}

/// An article of the page.
pub(super) struct ArticleRow {
    number: usize,
    colour: usize,
    link: PageLink,
    kind: &'static str,
    confidence: String,
    reasons: Vec<String>,
    blocks: String,
}

/// The page.
#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct NewspaperPage {
    title: String,
    query: String,
    heading: String,
    source: String,
    sure: Option<String>,
    plan: Option<PageMap>,
    /// Whether its drawing is made by the index of the page.
    pictured: bool,
    articles: Vec<ArticleRow>,
    blocks: Vec<BlockRow>,
    apart: usize,
}

impl NewspaperPage {
    /// The page that an archive answered.
    pub(super) fn new(reply: &PageReply) -> Self {
        let numbers: HashMap<ArticleId, usize> = reply.articles.iter().map(|article| article.id).zip(1..).collect();
        let sheet = reply.sheet.as_ref();
        let blocks: Vec<BlockRow> = sheet.map(|sheet| rows(&sheet.blocks, &numbers)).unwrap_or_default();
        let heading = reply.articles.first().map_or_else(|| "版面".to_owned(), heading);
        Self {
            title: format!("{heading} · 版面 · 报库"),
            query: String::new(),
            heading,
            source: sheet.map(source).unwrap_or_default(),
            sure: sheet.map(|sheet| words::confidence(sheet.confidence)),
            plan: plan(reply, &numbers),
            pictured: sheet.is_some_and(|sheet| sheet.picture.is_some()),
            articles: (1..).zip(&reply.articles).map(|(number, article)| row(number, article)).collect(),
            apart: blocks.iter().filter(|block| block.article == 0).count(),
            blocks,
        }
    }
}

/// The drawing of a page: by its lines, else by its index.
fn plan(reply: &PageReply, numbers: &HashMap<ArticleId, usize>) -> Option<PageMap> {
    let sheet = reply.sheet.as_ref()?;
    let named =
        || reply.articles.iter().zip(1..).map(|(article, number)| (article.id, (number, article.name()))).collect();
    let pictured = || PageMap::from_picture(sheet.picture.as_ref()?, &reply.placed, &named(), COLOURS);
    PageMap::from_record(sheet, numbers, COLOURS).or_else(pictured)
}

fn colour(number: usize) -> usize {
    number % COLOURS
}

/// The file of a page, and its number there where it is not the first.
pub(super) fn source(sheet: &PageRecord) -> String {
    let number = if sheet.number > 1 { format!(" 第{}页", sheet.number) } else { String::new() };
    format!("{}{number}", sheet.source)
}

/// Paper, day and page.
pub(super) fn heading(article: &Article) -> String {
    let metadata = &article.metadata;
    let paper = if metadata.paper.name.is_empty() { "报名不详" } else { &metadata.paper.name };
    let page = if metadata.page.is_empty() { String::new() } else { words::page(&metadata.page) };
    let parts = [paper.to_owned(), words::date(metadata.date.span.as_ref(), metadata.date.source), page];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn row(number: usize, article: &Article) -> ArticleRow {
    let story = &article.story;
    let passages = story.body.iter().chain(&story.captions).flat_map(|passage| passage.blocks.iter().copied());
    let mut blocks: Vec<u32> = story.head_blocks.iter().copied().chain(passages).collect();
    blocks.sort_unstable();
    blocks.dedup();
    ArticleRow {
        number,
        colour: colour(number),
        link: PageLink::new(url::permalink(article.id), article.name()),
        kind: words::kind(story.kind),
        confidence: words::confidence(story.confidence),
        reasons: story.reasons.iter().map(messages::cut_reason).collect(),
        blocks: words::blocks(&blocks),
    }
}

fn rows(blocks: &[PageRecordBlock], numbers: &HashMap<ArticleId, usize>) -> Vec<BlockRow> {
    let mut before = 0;
    let mut rows = Vec::with_capacity(blocks.len());
    for block in blocks {
        let article = block.article.and_then(|id| numbers.get(&id)).copied().unwrap_or(0);
        let reasons = block.features.iter().map(|name| feature_words(name)).filter(|words| !words.is_empty());
        rows.push(BlockRow {
            number: block.number,
            label: words::label(block.label),
            sure: words::confidence(block.score),
            reasons: reasons.take(REASONS).collect::<Vec<_>>().join("、"),
            runs: runs(block),
            goes_on_from: block.goes_on_from,
            article,
            colour: colour(article),
            begins: article != before,
            doubt: is_doubtful(block).then(|| format!("{}，把握 {:.2}", words::border(block.begins), block.border)),
        });
        before = article;
    }
    rows
}

fn runs(block: &PageRecordBlock) -> Vec<BlockRun> {
    let parts = Graft::split(&block.text, &block.grafts);
    parts.into_iter().map(|(text, owner)| BlockRun { text: text.to_owned(), owner }).collect()
}

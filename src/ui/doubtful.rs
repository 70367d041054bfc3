//! The list of pages that were cut without being sure, the least sure first.

use super::page::{heading, source};
use super::url::{PageLink, encode};
use super::{assets, words};
use crate::archive::{DoubtfulPage, DoubtfulReply};
use crate::model::{PageRecord, PageRecordBlock};
use askama::Template;

/// Borders of a page that are named.
const BORDERS: usize = 6;

/// Characters of a block that are shown to recognise it by.
const FIRST_WORDS: usize = 20;

/// A doubtful border of a page.
pub(super) struct BorderRow {
    link: PageLink,
    decided: &'static str,
    sure: String,
    text: String,
}

/// A doubtful page.
pub(super) struct DoubtfulPageRow {
    link: PageLink,
    sure: String,
    source: String,
    borders: Vec<BorderRow>,
    more: usize,
}

/// The page.
#[derive(Template)]
#[template(path = "doubtful.html")]
pub(super) struct DoubtfulPagesPage {
    title: String,
    query: String,
    pages: Vec<DoubtfulPageRow>,
    first: usize,
    next: Option<String>,
    sure: f32,
}

impl DoubtfulPagesPage {
    /// The page of what an archive answered.
    pub(super) fn new(reply: &DoubtfulReply) -> Self {
        Self {
            title: "没有把握的版面 · 报库".into(),
            query: String::new(),
            pages: reply.pages.iter().map(page).collect(),
            first: reply.first_place,
            next: reply.next_cursor.as_deref().map(|cursor| format!("/doubtful?cursor={}", encode(cursor))),
            sure: PageRecord::SURE,
        }
    }
}

fn page(page: &DoubtfulPage) -> DoubtfulPageRow {
    let sheet = &page.sheet;
    let href = format!("/pages/{}", sheet.page_key);
    let source = source(sheet);
    let doubts = sheet.doubts(PageRecord::SURE);
    DoubtfulPageRow {
        sure: words::confidence(sheet.confidence),
        more: doubts.len().saturating_sub(BORDERS),
        borders: doubts.into_iter().take(BORDERS).map(|block| border(block, &href)).collect(),
        link: PageLink::new(href, page.first.as_ref().map_or_else(|| source.clone(), heading)),
        source,
    }
}

fn border(block: &PageRecordBlock, href: &str) -> BorderRow {
    let text: String = block.text.chars().take(FIRST_WORDS).collect();
    let cut = if block.text.chars().count() > FIRST_WORDS { "…" } else { "" };
    BorderRow {
        link: PageLink::new(format!("{href}#b{}", block.number), format!("第 {} 块", block.number)),
        decided: words::border(block.begins),
        sure: format!("{:.2}", block.border),
        text: format!("{text}{cut}"),
    }
}

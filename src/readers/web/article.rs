//! The article of a page: its values put together, with what other sources say of them.

use super::body::{FoundBody, find_body};
use super::family::FamilySources;
use super::page::WebPage;
use super::shown::{ShownLine, tidy};
use super::tail::tail_line;
use super::values::{FoundValue, ValueReader};
use crate::model::{ArticleKind, CutCode, CutReason, Date, DateSpan, Passage, SourceMetadata, Story};
use crate::tables::web_pages;
use std::collections::HashSet;

/// A body shorter than this many characters is a brief, as on a page.
const BRIEF: usize = 150;

/// An article with the characters of the page that it takes up, and the others.
#[derive(Debug)]
pub(super) struct WebArticle {
    /// The article.
    pub(super) story: Story,
    /// Characters of the page that it takes up.
    pub(super) characters: u64,
    /// Characters of the page that are furniture.
    pub(super) furniture: u64,
}

/// The article of a page; `None` where it has none: no text, or nothing but what a list says of itself.
pub(super) fn article(page: &WebPage, is_list_name: bool) -> Option<WebArticle> {
    let family = page.family()?;
    let tail = tail_line(&page.lines);
    let body = find_body(page, family, tail.as_ref().map(|tail| tail.line));
    let reader = ValueReader { page, body: &body, tail: tail.as_ref() };
    let days = reader.days(&family.date);
    if !is_article(page, family, &body, is_list_name, !days.is_empty()) {
        return None;
    }
    let mut draft = ArticleDraft { page, story: Story::new(ArticleKind::News), used: HashSet::new(), borrowed: 0 };
    draft.headline(&reader, family);
    draft.body(&body);
    draft.given(&reader, family, days);
    let reason = [family.row.id.as_str(), body.source];
    draft.story.reasons = vec![CutReason::new(CutCode::WholePage, reason)];
    draft.finish().filter(|article| {
        !article.story.title.is_empty() || !article.story.body.is_empty() || !article.story.captions.is_empty()
    })
}

/// Characters of the page that must be a body where the name of the page or its text says that it is a list.
const LEAST_OF_A_LIST: usize = 200;

/// Whether what was found is an article: text of its own, a description of a page that is dated or states an article, or
/// the headline alone of one that is both and no list, as films have.
fn is_article(page: &WebPage, family: &FamilySources, body: &FoundBody, is_list_name: bool, is_dated: bool) -> bool {
    if body.lines.is_empty() && body.borrowed.is_empty() && body.captions.is_empty() {
        let has_one_heading = page.tree.named("h1").take(2).count() == 1;
        let by_address = page.address.family.is_some_and(|_| family.row.id != "plain");
        let is_stated = page.meta("og:title").is_some() || page.linked.get("headline").is_some();
        return is_dated && !is_list_name && !page.address.is_index && (has_one_heading || by_address || is_stated);
    }
    let is_stated = page.linked.get("headline").is_some()
        || page.meta("og:type").is_some_and(|kind| kind.contains("article") || kind.contains("video"));
    if body.is_description {
        return !is_list_name && (is_dated || is_stated);
    }
    let length: usize = body.lines.iter().filter_map(|at| page.lines.get(*at)).map(|line| line.characters).sum();
    !is_list_name || is_stated || length >= LEAST_OF_A_LIST
}

struct ArticleDraft<'a> {
    page: &'a WebPage,
    story: Story,
    /// Numbers of the lines that are in it.
    used: HashSet<usize>,
    /// Characters of values that stand in no line.
    borrowed: u64,
}

impl ArticleDraft<'_> {
    fn headline(&mut self, reader: &ValueReader, family: &'static FamilySources) {
        let take = |sources| reader.text(sources).map(|found| found.value).unwrap_or_default();
        let title = reader.title(&family.title).unwrap_or_default();
        let (kicker, subtitle) = (take(&family.kicker), take(&family.subtitle));
        let other = |text: String| if text == title { String::new() } else { text };
        let (kicker, subtitle) = (other(kicker), other(subtitle));
        self.story.column = short(take(&family.column));
        self.story.byline = short(take(&family.author));
        (self.story.title, self.story.kicker, self.story.subtitle) = (title, kicker, subtitle);
    }

    fn body(&mut self, body: &FoundBody) {
        let text = |at: &usize| Some((*at, self.page.lines.get(*at)?));
        let heads = [&self.story.title, &self.story.kicker, &self.story.subtitle].map(|text| tidy(text));
        let repeats = |line: &ShownLine| heads.iter().any(|head| !head.is_empty() && *head == tidy(&line.text));
        let lines: Vec<(usize, &ShownLine)> = body.lines.iter().filter_map(text).collect();
        let begin = lines.iter().take_while(|(_, line)| repeats(line)).count();
        let rest = lines.get(begin..).filter(|rest| !rest.is_empty()).unwrap_or(&lines);
        self.story.body = rest.iter().map(|(_, line)| Passage::new(line.text.clone(), Vec::new())).collect();
        let captions: Vec<(usize, &ShownLine)> = body.captions.iter().filter_map(text).collect();
        self.story.captions = captions.iter().map(|(_, line)| Passage::new(line.text.clone(), Vec::new())).collect();
        self.used.extend(rest.iter().chain(&captions).map(|(at, _)| *at));
        if self.story.body.is_empty() {
            self.story.body = body.borrowed.iter().map(|text| Passage::new(text.clone(), Vec::new())).collect();
            self.borrowed += self.story.body.iter().map(|passage| length(&passage.text)).sum::<u64>();
        }
        let characters: usize = self.story.body.iter().map(|passage| passage.text.chars().count()).sum();
        self.story.kind = match characters {
            0 if !self.story.captions.is_empty() => ArticleKind::Photo,
            few if few < BRIEF => ArticleKind::Brief,
            _ => ArticleKind::News,
        };
    }

    fn given(&mut self, reader: &ValueReader, family: &'static FamilySources, days: Vec<FoundValue<Date>>) {
        let pages = reader.pages(&family.page);
        let paper = reader.text(&family.paper).map(|found| found.value).filter(|name| name.chars().count() <= 30);
        let fixed = Some(family.row.paper_name.clone()).filter(|name| !name.is_empty());
        let mut extra = disagreements("date", &days);
        extra.extend(disagreements("page", &pages));
        self.story.given = SourceMetadata {
            date: days.first().map(|found| DateSpan::day(found.value)),
            page: pages.first().map(|found| found.value.clone()),
            paper: fixed.or(paper),
            source: reader
                .text(&family.source)
                .map(|found| short(unlabelled(found.value)))
                .filter(|text| !text.is_empty()),
            url: Some(self.page.address.url.clone()).filter(|url| !url.is_empty()),
            line: Some(1),
            extra,
            ..SourceMetadata::default()
        };
    }

    /// Counts what is in the article and what is not. The headline takes the first lines that read as it does.
    fn finish(mut self) -> Option<WebArticle> {
        let parts =
            [&self.story.title, &self.story.kicker, &self.story.subtitle, &self.story.column, &self.story.byline];
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let same = |(at, line): &(usize, &ShownLine)| !self.used.contains(at) && tidy(&line.text) == **part;
            match self.page.lines.iter().enumerate().find(same) {
                Some((at, _)) => drop(self.used.insert(at)),
                None => self.borrowed += length(part),
            }
        }
        let all: u64 = self.page.lines.iter().map(|line| line.characters as u64).sum();
        let used = self.used.iter().filter_map(|at| self.page.lines.get(*at)).map(|line| line.characters as u64);
        let used: u64 = used.sum();
        Some(WebArticle { characters: used + self.borrowed, furniture: all - used, story: self.story })
    }
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

/// A column, a byline or a source: short, and no name of the site's own.
fn short(text: String) -> String {
    let is_site = web_pages().site_parts.iter().any(|part| text.contains(part.as_str()) && text.contains('.'));
    if is_site || text.chars().count() > 60 { String::new() } else { text }
}

/// A source without the label that some pages write into the value.
fn unlabelled(text: String) -> String {
    let behind = |label: &String| text.strip_prefix(label.as_str())?.strip_prefix(['：', ':']).map(str::to_owned);
    web_pages().source_labels.iter().find_map(behind).unwrap_or(text)
}

/// What less trusted sources say otherwise, as fields that are kept.
fn disagreements<T: PartialEq + ToString>(field: &str, values: &[FoundValue<T>]) -> Vec<(String, String)> {
    let Some((first, others)) = values.split_first() else { return Vec::new() };
    let mut said = vec![&first.value];
    let mut kept = Vec::new();
    for other in others {
        if !said.contains(&&other.value) {
            said.push(&other.value);
            let text = serde_json::Value::String(other.value.to_string()).to_string();
            kept.push((format!("{field} ({})", other.source), text));
        }
    }
    kept
}

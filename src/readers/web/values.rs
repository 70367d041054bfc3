//! The values of a page: what each source says, and which is believed.

use super::body::FoundBody;
use super::days::{day_in, day_of_value};
use super::family::{NamedSource, ValueSource};
use super::furniture::{after_label, has_clock, label_value, page_in, paper_header};
use super::page::WebPage;
use super::properties::script_value;
use super::shown::{lines_of, tidy};
use super::tail::TailLine;
use super::title::{is_only_site, without_site};
use crate::model::Date;
use crate::tables::web_pages;

/// A value with the source that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundValue<T> {
    /// The value.
    pub(super) value: T,
    /// The name of its source in the table.
    pub(super) source: &'static str,
}

/// What all values of a page are read from.
pub(super) struct ValueReader<'a> {
    /// The page.
    pub(super) page: &'a WebPage,
    /// Its body.
    pub(super) body: &'a FoundBody,
    /// Its line at the end that repeats what it is.
    pub(super) tail: Option<&'a TailLine>,
}

impl ValueReader<'_> {
    /// The first text that one of some sources gives.
    pub(super) fn text(&self, sources: &'static [NamedSource]) -> Option<FoundValue<String>> {
        let texts = sources.iter().filter_map(|named| Some((named, self.text_of(&named.source)?)));
        texts.map(|(named, text)| (named.name, tidy(&text))).find(|(_, text)| !text.is_empty()).map(found)
    }

    fn text_of(&self, source: &ValueSource) -> Option<String> {
        let page = self.page;
        match source {
            ValueSource::Property(name) => page.properties.get(name).map(without_tags),
            ValueSource::Meta(name) => page.meta(name).map(str::to_owned),
            ValueSource::LinkedData(key) => page.linked.get(key).map(without_tags),
            ValueSource::Script(name) => script_value(&page.tree, name).map(|text| without_tags(&text)),
            ValueSource::Between(from, to) => page.between(from, to).map(|pieces| page.joined(page.lines_in(&pieces))),
            ValueSource::Mark(selector) | ValueSource::Wide(selector) => {
                let texts = page.find(selector).into_iter().map(|at| self.text_at(at));
                texts.into_iter().find(|text| !text.is_empty())
            }
            ValueSource::TitleTag => self.title_tag(),
            ValueSource::Tail => self.tail.map(|tail| tail.paper.clone()),
            ValueSource::Header => self.header_lines().find_map(paper_header),
            ValueSource::Labelled => {
                let labels = &web_pages().source_labels;
                self.header_lines().find_map(|text| label_value(text, labels))
            }
            ValueSource::Address | ValueSource::Shown | ValueSource::Picture | ValueSource::Density => None,
        }
    }

    /// The text of an element that is short enough for a headline or a name; of `meta` and `time` what they state.
    fn text_at(&self, at: usize) -> String {
        let node = &self.page.tree.nodes[at];
        if ["meta", "time"].contains(&node.name()) {
            let stated =
                [node.attribute("content"), node.attribute("datetime")].into_iter().find(|text| !text.is_empty());
            if let Some(stated) = stated {
                return stated.to_owned();
            }
        }
        let text = self.page.joined(self.page.lines_in(&self.page.pieces_of(at)));
        if text.chars().count() > LONGEST_HEADLINE { String::new() } else { text }
    }

    /// The title: as [`ValueReader::text`], without the name of the site.
    pub(super) fn title(&self, sources: &'static [NamedSource]) -> Option<String> {
        let site = self.page.meta("og:site_name");
        Some(without_site(&self.text(sources)?.value, std::iter::empty(), site))
    }

    fn title_tag(&self) -> Option<String> {
        let at = self.page.tree.named("title").next()?;
        let text = tidy(&self.page.tree.raw_text(at));
        let names = ["h1", "h2", "h3"].into_iter();
        let heads =
            names.flat_map(|name| self.page.tree.named(name).take(MOST_HEADS)).map(|at| tidy(&self.text_at(at)));
        let site = self.page.meta("og:site_name");
        Some(without_site(&text, heads, site)).filter(|title| !is_only_site(title, site))
    }

    /// The lines before the body, those nearest to it last.
    fn header_lines(&self) -> impl Iterator<Item = &str> {
        let lines = self.page.lines.get(..self.body.head_end(self.page)).unwrap_or_default();
        lines.iter().map(|line| line.text.as_str())
    }

    /// All days that some sources name, the most trusted first.
    pub(super) fn days(&self, sources: &'static [NamedSource]) -> Vec<FoundValue<Date>> {
        let days = sources.iter().filter_map(|named| Some((named.name, self.day_of(&named.source)?)));
        days.map(found).collect()
    }

    fn day_of(&self, source: &ValueSource) -> Option<Date> {
        match source {
            ValueSource::Address => self.page.address.day,
            ValueSource::Tail => self.tail?.day,
            ValueSource::Header => self.header_lines().filter(|text| is_day_header(text)).find_map(day_in),
            ValueSource::Labelled => self.labelled_day(),
            ValueSource::Shown => {
                let short = self.header_lines().filter(|text| text.chars().count() <= 60).collect::<Vec<_>>();
                short.into_iter().rev().find_map(day_in)
            }
            other => day_of_value(&self.text_of(other)?),
        }
    }

    /// The day behind a label, or with a time of day; near the body rather than far from it.
    fn labelled_day(&self) -> Option<Date> {
        let lines: Vec<&str> = self.header_lines().filter(|text| text.chars().count() <= 120).collect();
        let labels = &web_pages().day_labels;
        let behind = |text: &&str| labels.iter().find_map(|label| day_in(after_label(text, label)?));
        let timed = |text: &&str| day_in(text).filter(|_| has_clock(text));
        let below = self.body.lines.last().map_or(&[][..], |last| self.page.lines.get(last + 1..).unwrap_or_default());
        let below = below.iter().take(LINES_BELOW).map(|line| line.text.as_str()).collect::<Vec<_>>();
        let above = lines.iter().rev().find_map(behind).or_else(|| lines.iter().rev().find_map(timed));
        above.or_else(|| below.iter().find_map(behind))
    }

    /// All pages that some sources name, the most trusted first.
    pub(super) fn pages(&self, sources: &'static [NamedSource]) -> Vec<FoundValue<String>> {
        let pages = sources.iter().filter_map(|named| Some((named.name, self.page_of(&named.source)?)));
        pages.filter(|(_, page)| !page.is_empty()).map(found).collect()
    }

    fn page_of(&self, source: &ValueSource) -> Option<String> {
        match source {
            ValueSource::Address => Some(plain_page(&self.page.address.page)),
            ValueSource::Tail => self.tail.map(|tail| tail.page.clone()),
            ValueSource::Header => {
                let short = self.header_lines().filter(|text| text.chars().count() <= 60);
                short.filter_map(page_in).map(|(page, _)| page).next()
            }
            ValueSource::Picture => picture_page(self.page),
            other => Some(plain_page(self.text_of(other)?.trim())),
        }
    }
}

fn found<T>((source, value): (&'static str, T)) -> FoundValue<T> {
    FoundValue { value, source }
}

/// Headings of one kind that a title is compared with.
const MOST_HEADS: usize = 20;

/// Lines behind the body where a labelled day may stand.
const LINES_BELOW: usize = 6;

/// A headline, a name or a source is at most this many characters.
const LONGEST_HEADLINE: usize = 200;

/// Whether a line is a label of the issue (`出版日期:…`, `《…》(… 002版)`, a day alone or with its weekday).
fn is_day_header(text: &str) -> bool {
    let characters = text.chars().count();
    characters <= 60 && (text.contains("出版日期") || text.contains("星期") || paper_header(text).is_some())
}

/// A page without its zeros; those of a lettered one stay.
fn plain_page(text: &str) -> String {
    let bare = text.trim().trim_start_matches('第').trim_end_matches('版');
    let number = bare.trim_start_matches('0');
    if number.bytes().all(|byte| byte.is_ascii_digit()) { number.to_owned() } else { bare.chars().take(8).collect() }
}

/// The page that the name of a page picture tells: `1987120501-1.jpg` is page 1 of a day.
fn picture_page(page: &WebPage) -> Option<String> {
    let named = |at: usize| {
        let name = page.tree.nodes[at].attribute("src").rsplit('/').next()?;
        let (day, rest) = name.split_once('-')?;
        let number = rest.split(['.', '_', '-']).next()?;
        let is_day = day.len() == 10 && day_in(day.get(..8)?).is_some();
        (is_day && number.len() <= 2 && number.parse::<u32>().is_ok()).then(|| plain_page(number))
    };
    page.tree.named("img").find_map(named)
}

/// A value that may have been written with tags.
fn without_tags(text: &str) -> String {
    if text.contains('<') { lines_of(text).join(" ") } else { text.to_owned() }
}

//! The body of an article: by the marks of its family, else where the most running text stands, else what the page says of
//! itself.

use super::family::{FamilySources, NamedSource, ValueSource};
use super::furniture::{is_dateline_of_page, is_furniture, is_section_head};
use super::page::WebPage;
use super::properties::script_value;
use super::shown::{lines_of, tidy};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The body of an article.
#[derive(Debug, Default)]
pub(super) struct FoundBody {
    /// Numbers of its lines.
    pub(super) lines: Vec<usize>,
    /// Its paragraphs, where they stand in no line of the page.
    pub(super) borrowed: Vec<String>,
    /// Numbers of the lines that are captions in it.
    pub(super) captions: Vec<usize>,
    /// The name of its source in the table.
    pub(super) source: &'static str,
    /// Whether it is only what the page says of itself.
    pub(super) is_description: bool,
}

/// A paragraph of running text has at least this many characters.
const RUNNING: usize = 15;
/// Captions of a page that are looked at.
const MOST_CAPTIONS: usize = 400;
/// Elements of one mark that are compared.
const MOST_ELEMENTS: usize = 12;
/// Lines at the beginning of a body where the headline may be repeated.
const HEAD_LINES: usize = 8;
/// An element that may hold a whole page is a body if it has this many characters of running text.
const WIDE: usize = 60;
/// Running text that no mark holds is believed against the description from this many characters on.
const LEAST_UNNAMED: usize = 200;
/// A body without running text has at most this many lines.
const SHORT_LINES: usize = 4;
/// Running text of a page that no mark names, at least.
const DENSE: usize = 30;
/// Lines behind the headline where day and source are looked for if there is no body in the page.
const BEHIND_HEADLINE: usize = 15;

impl FoundBody {
    /// How many lines stand before it.
    pub(super) fn head_end(&self, page: &WebPage) -> usize {
        let first = self.lines.iter().chain(&self.captions).min().copied();
        first.unwrap_or_else(|| {
            let headline = page.tree.named("h1").next().map_or(0, |at| page.lines_in(&page.pieces_of(at)).end);
            let all = page.lines.len();
            if headline == 0 { all } else { all.min(headline + BEHIND_HEADLINE) }
        })
    }
}

/// Finds the body of a page. `tail`: the number of the line that repeats what the page is.
pub(super) fn find_body(page: &WebPage, family: &'static FamilySources, tail: Option<usize>) -> FoundBody {
    let furniture = page.lines.iter().map(is_furniture).collect();
    let (captions, headlines) = (caption_lines(page, family), headlines(page));
    let finder = BodyFinder { page, captions, headlines, furniture, tail };
    let first = family.body.iter().find_map(|named| finder.from(named));
    let found = first.or_else(|| family.body.iter().find_map(|named| finder.short(named))).unwrap_or_default();
    if found.is_description || !finder.is_doubtful(&found) {
        return found;
    }
    let described = family.body.iter().filter(|named| is_description(named)).find_map(|named| finder.from(named));
    described.filter(|other| finder.says_more(other, &found)).unwrap_or(found)
}

/// The numbers of the lines that captions stand in.
fn caption_lines(page: &WebPage, family: &FamilySources) -> HashSet<usize> {
    let marks = family.captions.iter().filter_map(|named| match &named.source {
        ValueSource::Mark(selector) => Some(page.find(selector)),
        _ => None,
    });
    marks.flatten().take(MOST_CAPTIONS).flat_map(|at| page.lines_in(&page.pieces_of(at))).collect()
}

/// What may be printed as the headline again at the beginning of a body.
fn headlines(page: &WebPage) -> HashSet<String> {
    let mut found: HashSet<String> = HashSet::new();
    for name in ["h1", "title"] {
        found.extend(page.tree.named(name).map(|at| tidy(&page.tree.raw_text(at))));
    }
    found.extend(["og:title", "title", "articletitle"].iter().filter_map(|name| page.meta(name)).map(tidy));
    found.extend(["title", "introtitle", "subtitle"].iter().filter_map(|name| page.properties.get(name)).map(tidy));
    found.extend(page.linked.get("headline").map(tidy));
    found
}

struct BodyFinder<'a> {
    page: &'a WebPage,
    captions: HashSet<usize>,
    headlines: HashSet<String>,
    /// Which lines are furniture wherever they stand.
    furniture: Vec<bool>,
    tail: Option<usize>,
}

impl BodyFinder<'_> {
    fn from(&self, named: &'static NamedSource) -> Option<FoundBody> {
        let page = self.page;
        let body = match &named.source {
            ValueSource::Between(from, to) => self.in_pieces(&page.between(from, to)?),
            ValueSource::Mark(selector) => self.best_of(page.find(selector)),
            ValueSource::Wide(selector) => {
                self.best_of(page.find(selector)).filter(|body| self.running(&body.lines) >= WIDE)
            }
            ValueSource::Density => self.in_pieces(&page.pieces_of(self.densest()?)),
            ValueSource::Property(name) => borrowed(page.properties.get(name)?),
            ValueSource::Script(name) => borrowed(&script_value(&page.tree, name)?),
            ValueSource::LinkedData(key) => borrowed(page.linked.get(key)?),
            ValueSource::Meta(name) => borrowed(page.meta(name)?),
            _ => None,
        }?;
        Some(FoundBody { source: named.name, is_description: is_description(named), ..body })
    }

    /// The body in the only element of a mark that may hold a whole page, however short.
    fn short(&self, named: &'static NamedSource) -> Option<FoundBody> {
        let ValueSource::Wide(selector) = &named.source else { return None };
        let [only] = self.page.find(selector)[..] else { return None };
        let body = self.in_pieces(&self.page.pieces_of(only)).filter(|body| body.lines.len() <= SHORT_LINES)?;
        Some(FoundBody { source: named.name, ..body })
    }

    /// Whether a body may be something else of the page: no running text, or some that no mark of a body holds.
    fn is_doubtful(&self, body: &FoundBody) -> bool {
        let running = self.running(&body.lines);
        let is_named = body.source.starts_with("mark:") || body.source.starts_with("between:");
        body.borrowed.is_empty() && (running == 0 || !is_named && running < LEAST_UNNAMED)
    }

    /// Whether a description is of another text than a body, and no shorter than it where that has no running text.
    fn says_more(&self, description: &FoundBody, body: &FoundBody) -> bool {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let said = plain(&description.borrowed.concat());
        let lines = body.lines.iter().filter_map(|at| self.page.lines.get(*at));
        let held: String = lines.map(|line| plain(&line.text)).collect();
        let begin: String = said.chars().take(RUNNING).collect();
        said.chars().count() >= RUNNING && !held.contains(begin.as_str()) && said.len() > self.length(body)
    }

    /// The one of some elements that has the longest body.
    fn best_of(&self, elements: Vec<usize>) -> Option<FoundBody> {
        let bodies = elements.into_iter().take(MOST_ELEMENTS).filter_map(|at| self.in_pieces(&self.page.pieces_of(at)));
        // Of equal ones the first: a page may print its text twice.
        bodies.reduce(|best, next| if self.length(&next) > self.length(&best) { next } else { best })
    }

    fn length(&self, body: &FoundBody) -> usize {
        body.lines.iter().filter_map(|at| self.page.lines.get(*at)).map(|line| line.characters).sum()
    }

    /// Characters of running text of some lines.
    fn running(&self, lines: &[usize]) -> usize {
        let texts = lines.iter().filter_map(|at| self.page.lines.get(*at));
        texts.filter(|line| is_running(&line.text, line.characters)).map(|line| line.characters).sum()
    }

    /// The body among some pieces; `None` where nothing of it is text.
    fn in_pieces(&self, pieces: &Range<usize>) -> Option<FoundBody> {
        let lines = &self.page.lines;
        let all = self.page.lines_in(pieces);
        let captions: Vec<usize> = all.clone().filter(|at| self.captions.contains(at)).collect();
        let (mut kept, mut heads, mut begun): (Vec<usize>, Vec<usize>, bool) = (Vec::new(), Vec::new(), false);
        for at in all.clone() {
            let line = &lines[at];
            let is_head = !begun && at - all.start < HEAD_LINES && self.headlines.contains(tidy(&line.text).as_str());
            // A film may have no text but its title again.
            heads.extend(Some(at).filter(|_| is_head && !self.is_in_heading(at)));
            let is_dateline = !begun && is_dateline_of_page(line);
            let is_list =
                is_section_head(&line.text) && lines.get(at + 1).is_none_or(|next| next.is_link() || at + 1 >= all.end);
            let is_other = self.captions.contains(&at) || self.tail == Some(at) || is_head || is_dateline || is_list;
            if !is_other && !self.furniture[at] {
                begun = begun || line.characters >= 2 * RUNNING;
                kept.push(at);
            }
        }
        if kept.is_empty() && captions.is_empty() {
            kept = heads;
        }
        self.once(&mut kept);
        (!kept.is_empty() || !captions.is_empty()).then(|| FoundBody { lines: kept, captions, ..FoundBody::default() })
    }

    fn is_in_heading(&self, line: usize) -> bool {
        let block = self.page.lines.get(line).and_then(|line| self.page.tree.nodes.get(line.block));
        block.is_some_and(|block| matches!(block.name(), "h1" | "h2" | "h3"))
    }

    /// Keeps one of two equal halves.
    fn once(&self, kept: &mut Vec<usize>) {
        let half = kept.len() / 2;
        let text = |at: &usize| self.page.lines.get(*at).map(|line| line.text.as_str());
        let (first, second) = kept.split_at(half);
        if kept.len().is_multiple_of(2) && half > 0 && first.iter().map(text).eq(second.iter().map(text)) {
            kept.truncate(half);
        }
    }

    /// The element with the most running text: what stands right in it counts whole, what stands one deeper half.
    fn densest(&self) -> Option<usize> {
        let mut scores: HashMap<usize, usize> = HashMap::new();
        let nodes = &self.page.tree.nodes;
        for (line, _) in self.page.lines.iter().zip(&self.furniture).filter(|(_, furniture)| !**furniture) {
            if is_running(&line.text, line.characters) && line.linked * 2 < line.characters {
                let block = &nodes[line.block];
                let is_paragraph = ["p", "li", "h2", "h3", "h4", "blockquote", "section", "td"].contains(&block.name());
                let holder = if is_paragraph { block.parent } else { line.block };
                *scores.entry(holder).or_default() += 2 * line.characters;
                *scores.entry(nodes[holder].parent).or_default() += line.characters;
            }
        }
        let best = scores.into_iter().max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)));
        best.filter(|(_, score)| *score >= 2 * DENSE).map(|(at, _)| at)
    }
}

/// Whether a source is what a page says of itself.
fn is_description(named: &NamedSource) -> bool {
    matches!(&named.source, ValueSource::Meta(_)) || named.name == "ld:description"
}

/// Whether a line is running text: long enough, with the signs of sentences.
fn is_running(text: &str, characters: usize) -> bool {
    characters >= RUNNING && text.contains(['。', '，', '！', '？', '；'])
}

/// A body that stands in no line.
fn borrowed(text: &str) -> Option<FoundBody> {
    let paragraphs: Vec<String> = if text.contains('<') {
        lines_of(text)
    } else {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    (!paragraphs.is_empty()).then(|| FoundBody { borrowed: paragraphs, ..FoundBody::default() })
}

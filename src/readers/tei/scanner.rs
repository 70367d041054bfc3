//! The walk over a text: its units go to the article that is open, else to the page.

use super::draft::{TeiDraft, TeiPart};
use super::header::TeiHeader;
use super::shape::{TeiShape, is_article, is_division};
use crate::model::{LengthUnit, SourceHint};
use crate::readers::ReaderOutput;
use crate::readers::raw_page::{PageEmitter, RawLine, RawPage, page_number};
use crate::readers::spacing::{self, WordGap};
use crate::readers::xml::XmlTag;

/// Elements that are a unit of text.
const UNITS: &[&str] = &[
    "p",
    "ab",
    "l",
    "head",
    "item",
    "row",
    "byline",
    "dateline",
    "salute",
    "signed",
    "fw",
    "label",
    "trailer",
    "note",
    "docDate",
    "titlePart",
    "imprimatur",
    "docImprint",
    "epigraph",
    "argument",
];

/// Elements that are passed over with all that is in them.
const PASSED_OVER: &[&str] = &["del", "figDesc", "rdg", "corr", "reg", "expan", "facsimile", "standOff", "sourceDoc"];

/// Characters of a column and of the name of a page that are kept: each article in them gets them.
const LONGEST_COLUMN: usize = 200;
const LONGEST_NAME: usize = 60;

/// An open division.
struct TeiDivision {
    /// Whether it is the article that is open.
    article: bool,
    /// Its head, where it is none.
    head: String,
}

/// A unit that is open.
struct OpenUnit {
    element: String,
    part: TeiPart,
    text: String,
    /// A break of line or page stands before the next text.
    broken: bool,
}

pub(super) struct TeiScanner<'f> {
    shape: TeiShape,
    pages: PageEmitter<'f>,
    header: TeiHeader,
    path: Vec<String>,
    passing: usize,
    divisions: Vec<TeiDivision>,
    article: Option<TeiDraft>,
    units: Vec<OpenUnit>,
    page: Option<RawPage>,
    /// What `pb` says of the page.
    page_name: Option<String>,
    groups: u32,
    items: u64,
}

impl<'f> TeiScanner<'f> {
    pub(super) fn new(shape: TeiShape, pages: PageEmitter<'f>) -> Self {
        Self {
            shape,
            pages,
            header: TeiHeader::default(),
            path: Vec::new(),
            passing: 0,
            divisions: Vec::new(),
            article: None,
            units: Vec::new(),
            page: None,
            page_name: None,
            groups: 0,
            items: 0,
        }
    }

    /// Begins the text that a header stands before.
    pub(super) fn begin_text(&mut self, header: TeiHeader) {
        self.end_page();
        self.header = header;
        self.page_name = None;
    }

    pub(super) fn open(&mut self, tag: &XmlTag) {
        let name = tag.name();
        if self.passing > 0 || PASSED_OVER.contains(&name) {
            self.passing += 1;
            return;
        }
        match name {
            "pb" => self.begin_page(tag),
            "lb" | "cb" => self.break_line(),
            "cell" => self.units.iter_mut().next_back().into_iter().for_each(|unit| unit.text.push(' ')),
            _ if is_division(name) => self.begin_division(tag),
            _ if UNITS.contains(&name) => self.begin_unit(tag),
            _ => {}
        }
        self.path.push(name.to_owned());
    }

    pub(super) fn close(&mut self, name: &str) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        self.path.pop();
        if is_division(name) {
            self.end_division();
        } else if self.units.last().is_some_and(|unit| unit.element == name) && UNITS.contains(&name) {
            self.end_unit();
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.passing > 0 {
            return;
        }
        if let Some(unit) = self.units.last_mut() {
            unit.append(text);
        } else if !text.trim().is_empty() && self.path.iter().any(|open| open == "text") {
            // Text between units, which TEI does not allow, is one.
            self.put("", TeiPart::Paragraph, text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn begin_page(&mut self, tag: &XmlTag) {
        self.break_line();
        self.end_page();
        let name = tag.text("n");
        self.page_name =
            Some(name.trim().chars().take(LONGEST_NAME).collect::<String>()).filter(|name| !name.is_empty());
        self.page = Some(self.new_page());
    }

    fn new_page(&self) -> RawPage {
        let mut page = RawPage::new(LengthUnit::Pixel);
        page.stated = self.page_name.as_ref().and_then(|name| name.parse().ok()).and_then(page_number);
        page
    }

    /// Hands the page on, if it is one: beside articles only where there is text.
    fn end_page(&mut self) {
        if let Some(page) = self.page.take().filter(|page| !page.is_empty() || self.shape == TeiShape::Pages) {
            self.pages.emit_page(page);
        }
        self.groups = 0;
    }

    /// Ends a printed line: on a page it is a line, in an article the paragraph goes on.
    fn break_line(&mut self) {
        let in_article = self.article.is_some();
        let Some(unit) = self.units.last_mut() else { return };
        unit.broken = true;
        if !in_article {
            let (element, part, text) = (unit.element.clone(), unit.part, std::mem::take(&mut unit.text));
            self.put_line(&element, part, text);
        }
    }

    fn begin_division(&mut self, tag: &XmlTag) {
        let is_new = match self.shape {
            TeiShape::Typed => is_article(tag),
            // A division with another one in it hands it over.
            TeiShape::Headed => true,
            TeiShape::Pages => false,
        };
        let mut article = self.article.is_none() && is_new;
        if self.shape == TeiShape::Headed && self.article.as_ref().is_some_and(|open| open.has_only_heads()) {
            self.give_up_article();
            article = true;
        }
        if article {
            let column = self.divisions.iter().rev().find(|outer| !outer.head.is_empty());
            let column = column.map(|outer| outer.head.clone()).unwrap_or_default();
            self.article = Some(TeiDraft::new(tag.text("id"), column));
        }
        self.divisions.push(TeiDivision { article, head: String::new() });
    }

    /// Makes the open article the division around articles: its heads are their column.
    fn give_up_article(&mut self) {
        let Some(draft) = self.article.take() else { return };
        let head = draft.texts().collect::<Vec<_>>().join(" ").chars().take(LONGEST_COLUMN).collect();
        self.pages.emit(ReaderOutput::Blank(draft.characters()));
        if let Some(outer) = self.divisions.iter_mut().rev().find(|outer| outer.article) {
            (outer.article, outer.head) = (false, head);
        }
    }

    fn end_division(&mut self) {
        let is_article = self.divisions.pop().is_some_and(|division| division.article);
        if is_article && let Some(draft) = self.article.take() {
            self.emit_article(&draft);
        }
    }

    fn emit_article(&mut self, draft: &TeiDraft) {
        self.items += 1;
        match draft.story(self.items, &self.header) {
            Some(story) => self.pages.emit(ReaderOutput::Item(Box::new(story), draft.characters())),
            // No text but heads: not an article, and not lost.
            None => {
                let texts: Vec<String> = draft.texts().map(str::to_owned).collect();
                texts.into_iter().for_each(|text| self.put_line("head", TeiPart::Title, text));
            }
        }
    }

    fn begin_unit(&mut self, tag: &XmlTag) {
        let element = tag.name().to_owned();
        let in_figure = self.path.last().is_some_and(|parent| parent == "figure");
        let in_article = self.path.last().is_some_and(|parent| is_division(parent))
            && self.divisions.last().is_some_and(|division| division.article);
        let part = match element.as_str() {
            "head" if in_figure => TeiPart::Caption,
            "head" if in_article => TeiPart::of_head(&tag.text("type")),
            "head" => TeiPart::Subhead,
            "byline" => TeiPart::Byline,
            _ if in_figure => TeiPart::Caption,
            _ => TeiPart::Paragraph,
        };
        if let Some(outer) = self.units.last_mut() {
            outer.broken = true;
        }
        self.units.push(OpenUnit { element, part, text: String::new(), broken: false });
    }

    fn end_unit(&mut self) {
        let Some(unit) = self.units.pop() else { return };
        self.put(&unit.element, unit.part, unit.text);
    }

    /// Puts a unit where it belongs: the open article, the head of a division, the page.
    fn put(&mut self, element: &str, part: TeiPart, text: String) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return self.end_group();
        }
        let beside_items = self.shape != TeiShape::Pages && self.article.is_none();
        let count = text.chars().count() as u64;
        match &mut self.article {
            Some(_) if element == "fw" => self.pages.emit(ReaderOutput::Blank(count)),
            Some(article) => {
                article.page = article.page.take().or_else(|| self.page_name.clone());
                article.push(part, text);
            }
            None if beside_items && element == "fw" => self.pages.emit(ReaderOutput::Blank(count)),
            None if beside_items && element == "head" && !self.divisions.is_empty() => {
                self.pages.emit(ReaderOutput::Blank(count));
                self.divisions.iter_mut().next_back().into_iter().for_each(|outer| outer.add_head(&text));
            }
            None => {
                self.put_line(element, part, text);
                self.end_group();
            }
        }
    }

    fn put_line(&mut self, element: &str, part: TeiPart, text: String) {
        let label = if part == TeiPart::Caption { "caption" } else { element };
        let mark = SourceHint { label: label.to_owned(), group: self.groups + 1, ..SourceHint::default() };
        let page = self.new_page();
        self.page.get_or_insert(page).push(RawLine { text, mark, ..RawLine::default() });
    }

    fn end_group(&mut self) {
        self.groups = self.groups.saturating_add(1);
    }

    /// Hands on what is open, and says whether there was nothing at all.
    pub(super) fn finish(mut self) -> bool {
        while !self.units.is_empty() {
            self.end_unit();
        }
        if let Some(draft) = self.article.take() {
            self.emit_article(&draft);
        }
        self.end_page();
        let nothing = self.pages.is_empty() && self.items == 0;
        self.pages.finish();
        nothing
    }
}

impl OpenUnit {
    /// Adds text. White space of the file is a space between letters; the ideographic one is printed, and stays.
    fn append(&mut self, text: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        let mut gap = if text.starts_with(is_space) || self.broken { WordGap::Space } else { WordGap::None };
        let mut parts = text.split(is_space).filter(|part| !part.is_empty()).peekable();
        let is_blank = parts.peek().is_none();
        for part in parts {
            spacing::join(&mut self.text, part, gap);
            gap = WordGap::Space;
        }
        self.broken = text.ends_with(is_space) || is_blank && self.broken;
    }
}

impl TeiDivision {
    fn add_head(&mut self, text: &str) {
        if !self.head.is_empty() {
            self.head.push(' ');
        }
        self.head.extend(text.chars().take(LONGEST_COLUMN.saturating_sub(self.head.chars().count())));
    }
}

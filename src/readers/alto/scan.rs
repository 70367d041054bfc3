//! The elements of ALTO, in order → pages.

use super::head::{AltoHeader, AltoTextStyle, size};
use super::line::{AltoLineBuilder, corners};
use crate::model::{Direction, ShapeKind, SourceHint};
use crate::readers::raw_page::{PageEmitter, RawPage, page_number};
use crate::readers::xml::{XmlEvent, XmlTag};
use std::collections::HashMap;

/// Articles of METS by file id and element id.
pub(in crate::readers) type AltoArticles = HashMap<(String, String), String>;

/// A graphical element this many times longer than wide is a rule, else a frame.
const THIN: f64 = 8.0;

/// A block around the current place.
struct EnclosingBlock {
    id: String,
    label: Option<String>,
}

/// A `TextBlock`.
#[derive(Default)]
struct AltoTextBlock {
    id: String,
    label: Option<String>,
    style: Option<AltoTextStyle>,
    rotated: bool,
}

/// Reads one ALTO document, element by element.
pub(in crate::readers) struct AltoScanner<'m> {
    articles: &'m AltoArticles,
    file: String,
    head: AltoHeader,
    unit_text: Option<String>,
    page: Option<RawPage>,
    groups: u32,
    /// The margin that the current place is in.
    margin: Option<String>,
    composed: Vec<EnclosingBlock>,
    block: Option<AltoTextBlock>,
    line: Option<AltoLineBuilder>,
    in_string: bool,
}

impl<'m> AltoScanner<'m> {
    /// A new document; `file` is its id in METS.
    pub(in crate::readers) fn new(articles: &'m AltoArticles, file: &str) -> Self {
        Self {
            articles,
            file: file.to_owned(),
            head: AltoHeader::default(),
            unit_text: None,
            page: None,
            groups: 0,
            margin: None,
            composed: Vec::new(),
            block: None,
            line: None,
            in_string: false,
        }
    }

    /// Takes a step of the walk.
    pub(in crate::readers) fn handle_event(&mut self, step: XmlEvent, pages: &mut PageEmitter) {
        match step {
            XmlEvent::Open(tag) if tag.name() == "Page" => self.begin_page(&tag, pages),
            XmlEvent::Open(tag) if self.page.is_some() => self.open(&tag),
            XmlEvent::Open(tag) if tag.name() == "MeasurementUnit" => self.unit_text = Some(String::new()),
            XmlEvent::Open(tag) => self.head.open(&tag),
            XmlEvent::Close(name) => self.close(&name, pages),
            XmlEvent::Text(text) => self.unit_text.iter_mut().for_each(|unit| unit.push_str(&text)),
        }
    }

    /// Ends a page that the document breaks off in.
    pub(in crate::readers) fn finish(&mut self, pages: &mut PageEmitter) {
        self.end_line();
        if let Some(page) = self.page.take() {
            pages.emit_page(page);
        }
    }

    fn begin_page(&mut self, tag: &XmlTag, pages: &mut PageEmitter) {
        self.finish(pages);
        let unit = self.head.unit();
        let mut page = RawPage::new(unit);
        page.size = size(tag, unit);
        page.stated = tag.number("PHYSICAL_IMG_NR").and_then(page_number);
        self.page = Some(page);
        self.groups = 0;
    }

    fn open(&mut self, tag: &XmlTag) {
        match tag.name() {
            "TopMargin" | "BottomMargin" | "LeftMargin" | "RightMargin" => self.margin = Some(tag.name().to_owned()),
            "ComposedBlock" => self.begin_composed(tag),
            "TextBlock" => self.begin_block(tag),
            "TextLine" => self.begin_line(tag),
            "Illustration" => self.shape(ShapeKind::Picture, tag),
            "GraphicalElement" => self.shape(graphic(tag), tag),
            name => self.open_in_line(name, tag),
        }
    }

    fn open_in_line(&mut self, name: &str, tag: &XmlTag) {
        let Some(line) = &mut self.line else { return };
        match name {
            "Polygon" if !self.in_string => line.set_polygon(tag),
            "String" => {
                self.in_string = true;
                line.string(tag, &self.head);
            }
            "SP" => line.space(),
            "HYP" => line.hyphen(tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, pages: &mut PageEmitter) {
        match name {
            "MeasurementUnit" => self.unit_text.take().iter().for_each(|unit| self.head.set_unit(unit)),
            "OrderedGroup" => self.head.close_group(),
            "Page" => self.finish(pages),
            "TopMargin" | "BottomMargin" | "LeftMargin" | "RightMargin" => self.margin = None,
            "ComposedBlock" => drop(self.composed.pop()),
            "TextBlock" => self.block = None,
            "TextLine" => self.end_line(),
            "String" => self.in_string = false,
            _ => {}
        }
    }

    fn begin_composed(&mut self, tag: &XmlTag) {
        let kind = tag.text("TYPE");
        if kind.eq_ignore_ascii_case("table") {
            self.shape(ShapeKind::Table, tag);
        }
        let label = self.head.label(&tag.text("TAGREFS")).or(Some(kind).filter(|kind| !kind.is_empty()));
        self.composed.push(EnclosingBlock { id: tag.text("ID"), label });
    }

    fn begin_block(&mut self, tag: &XmlTag) {
        self.groups += 1;
        let angle = tag.number("ROTATION").unwrap_or(0.0).abs() % 180.0;
        self.block = Some(AltoTextBlock {
            id: tag.text("ID"),
            label: self.head.label(&tag.text("TAGREFS")).or(Some(tag.text("TYPE")).filter(|kind| !kind.is_empty())),
            style: self.head.style(&tag.text("STYLEREFS")),
            rotated: (45.0..135.0).contains(&angle),
        });
    }

    fn begin_line(&mut self, tag: &XmlTag) {
        self.end_line();
        let block = self.block.as_ref();
        let mut draft = AltoLineBuilder::from_tag(tag, &self.head, block.and_then(|block| block.style));
        if block.is_some_and(|block| block.rotated) {
            draft.line.direction = Some(Direction::Vertical);
        }
        draft.line.mark = self.mark(&tag.text("ID"), self.head.label(&tag.text("TAGREFS")));
        self.line = Some(draft);
    }

    fn mark(&self, id: &str, own_label: Option<String>) -> SourceHint {
        let block = self.block.as_ref();
        let composed = || self.composed.iter().rev();
        let label = own_label
            .or_else(|| block.and_then(|block| block.label.clone()))
            .or_else(|| composed().find_map(|around| around.label.clone()))
            .or_else(|| self.margin.clone());
        let mut ids: Vec<&str> = vec![id];
        ids.extend(block.map(|block| block.id.as_str()));
        ids.extend(composed().map(|around| around.id.as_str()));
        SourceHint {
            label: label.unwrap_or_default(),
            group: if block.is_some() { self.groups } else { 0 },
            order: ids.iter().find_map(|id| self.head.place(id)),
            score: None,
            article: ids.iter().find_map(|id| self.article(id)).unwrap_or_default(),
        }
    }

    fn article(&self, id: &str) -> Option<String> {
        if self.articles.is_empty() {
            return None;
        }
        self.articles.get(&(self.file.clone(), id.to_owned())).cloned()
    }

    fn end_line(&mut self) {
        self.in_string = false;
        if let (Some(line), Some(page)) = (self.line.take(), self.page.as_mut()) {
            page.push(line.finish(&self.head));
        }
    }

    fn shape(&mut self, kind: ShapeKind, tag: &XmlTag) {
        if let (Some(corners), Some(page)) = (corners(tag), self.page.as_mut()) {
            page.shape(kind, corners);
        }
    }
}

fn graphic(tag: &XmlTag) -> ShapeKind {
    let side = |name| tag.number(name).unwrap_or(0.0).abs();
    let (width, height) = (side("WIDTH"), side("HEIGHT"));
    if width.max(height) >= THIN * width.min(height) { ShapeKind::Rule } else { ShapeKind::Frame }
}

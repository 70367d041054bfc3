//! hOCR, the HTML of Tesseract, OCRopus, docTR and others.
//!
//! | of the format | becomes |
//! |---|---|
//! | `ocr_page`: `bbox`, `ppageno` | a page, its size in pixels, its number |
//! | `ocr_par`, without one `ocr_carea` | the group; `order` in its title the order |
//! | `ocr_line`, `ocrx_line`, `ocr_header`, `ocr_footer`, `ocr_caption`, `ocr_textfloat` | a line with this label |
//! | `bbox`, `poly`, slope of `baseline`, `textangle`, `x_size` of a line | area, polygon, direction, font size |
//! | `ocrx_word`, text of a line outside words | text; a space only between words of letters or digits, or where the words stand wide apart |
//! | `x_wconf` | score: the mean of the words / 100 |
//! | `strong`, `b` around every word | bold |
//! | `ocr_photo`, `ocr_image`, `ocr_linedrawing`, `ocr_graphic`; `ocr_separator`; `ocr_table` | picture; rule; table |
//!
//! The file need not be well-formed XML. Character boxes, languages and page pictures are not read.

use super::html::{HtmlToken, HtmlTokens, attribute, is_void, unescape};
use super::raw_page::{Corners, PageEmitter, RawLine, RawPage, page_number, skewed};
use super::word_line::{PlacedWord, WordLine};
use super::xml::{numbers, points, text_of};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{Direction, LengthUnit, ShapeKind, SourceHint};

/// Elements that are kept open, at most; further ones are read without their end.
const MAX_OPEN: usize = 256;

pub(super) struct Hocr;

impl Reader for Hocr {
    fn name(&self) -> &'static str {
        "hocr"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_html = opening.first() == Some(b'<');
        if is_html && opening.has_class("ocr_page") { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let mut scan = HocrScanner::new(PageEmitter::new(file.limits, found));
        for token in HtmlTokens::parse(text_of(file)?) {
            scan.handle_token(token);
        }
        scan.end_page();
        scan.pages.finish();
        Ok(())
    }
}

/// What an element is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HocrRole {
    Page,
    Area,
    Paragraph,
    Line(&'static str),
    Word,
    Strong,
    Shape(ShapeKind),
    Other,
}

/// Roles by class.
const ROLES: [(&str, HocrRole); 16] = [
    ("ocr_page", HocrRole::Page),
    ("ocr_carea", HocrRole::Area),
    ("ocr_par", HocrRole::Paragraph),
    ("ocr_line", HocrRole::Line("ocr_line")),
    ("ocrx_line", HocrRole::Line("ocrx_line")),
    ("ocr_header", HocrRole::Line("ocr_header")),
    ("ocr_footer", HocrRole::Line("ocr_footer")),
    ("ocr_caption", HocrRole::Line("ocr_caption")),
    ("ocr_textfloat", HocrRole::Line("ocr_textfloat")),
    ("ocrx_word", HocrRole::Word),
    ("ocr_photo", HocrRole::Shape(ShapeKind::Picture)),
    ("ocr_image", HocrRole::Shape(ShapeKind::Picture)),
    ("ocr_linedrawing", HocrRole::Shape(ShapeKind::Picture)),
    ("ocr_graphic", HocrRole::Shape(ShapeKind::Picture)),
    ("ocr_separator", HocrRole::Shape(ShapeKind::Rule)),
    ("ocr_table", HocrRole::Shape(ShapeKind::Table)),
];

impl HocrRole {
    fn from_element(name: &str, attributes: &str) -> Self {
        let class = attribute(attributes, "class").unwrap_or_default();
        let known = |class: &str| ROLES.iter().find(|(known, _)| *known == class).map(|(_, role)| *role);
        let strong = name.eq_ignore_ascii_case("strong") || name.eq_ignore_ascii_case("b");
        class.split_whitespace().find_map(known).unwrap_or(if strong { Self::Strong } else { Self::Other })
    }
}

/// The properties in a `title`.
struct HocrTitle(String);

impl HocrTitle {
    fn parse(attributes: &str) -> Self {
        Self(attribute(attributes, "title").unwrap_or_default().into_owned())
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let named = |property: &'_ str| {
            let (key, values) = property.trim().split_once(char::is_whitespace)?;
            (key == name).then(|| numbers(values))
        };
        self.0.split(';').find_map(named).unwrap_or_default()
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.numbers(name).first().copied()
    }

    fn corners(&self) -> Option<Corners> {
        self.numbers("bbox").try_into().ok()
    }
}

struct HocrScanner<'a, 'f> {
    pages: PageEmitter<'f>,
    open: Vec<(&'a str, HocrRole)>,
    page: Option<RawPage>,
    line: Option<WordLine>,
    word: Option<PlacedWord>,
    groups: u32,
    order: Option<u32>,
    /// Whether an area has begun and has nothing in it yet.
    is_new_area: bool,
}

impl<'a, 'f> HocrScanner<'a, 'f> {
    fn new(pages: PageEmitter<'f>) -> Self {
        Self { pages, open: Vec::new(), page: None, line: None, word: None, groups: 0, order: None, is_new_area: false }
    }

    fn handle_token(&mut self, token: HtmlToken<'a>) {
        match token {
            HtmlToken::Open(name, attributes) => self.begin(name, attributes),
            HtmlToken::Close(name) => self.close(name),
            HtmlToken::Text(text) => self.text(&unescape(text)),
        }
    }

    fn begin(&mut self, name: &'a str, attributes: &str) {
        let role = HocrRole::from_element(name, attributes);
        self.enter(role, &HocrTitle::parse(attributes));
        if is_void(name) || attributes.ends_with('/') {
            self.leave(role);
        } else if self.open.len() < MAX_OPEN {
            self.open.push((name, role));
        }
    }

    /// Ends the last open element of a name, and those inside it that were never ended.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) else { return };
        for (_, role) in self.open.split_off(at).into_iter().rev() {
            self.leave(role);
        }
    }

    fn enter(&mut self, role: HocrRole, title: &HocrTitle) {
        match role {
            HocrRole::Page => self.begin_page(title),
            HocrRole::Area | HocrRole::Paragraph => self.begin_group(role, title),
            HocrRole::Line(label) => self.begin_line(label, title),
            HocrRole::Word => self.begin_word(title),
            HocrRole::Shape(kind) => {
                if let (Some(corners), Some(page)) = (title.corners(), self.page.as_mut()) {
                    page.shape(kind, corners);
                }
            }
            HocrRole::Strong => self.word.iter_mut().for_each(|word| word.bold = true),
            HocrRole::Other => {}
        }
    }

    fn leave(&mut self, role: HocrRole) {
        match role {
            HocrRole::Page => self.end_page(),
            HocrRole::Area | HocrRole::Paragraph | HocrRole::Line(_) => self.end_line(),
            HocrRole::Word => self.end_word(),
            HocrRole::Strong | HocrRole::Shape(_) | HocrRole::Other => {}
        }
    }

    fn begin_page(&mut self, title: &HocrTitle) {
        self.end_page();
        let mut page = RawPage::new(LengthUnit::Pixel);
        page.stated = title.number("ppageno").and_then(|number| page_number(number + 1.0));
        if let Some([x0, y0, x1, y1]) = title.corners() {
            page.origin = (x0, y0);
            page.size = Some((x1 - x0, y1 - y0));
        }
        self.page = Some(page);
        self.groups = 0;
        self.order = None;
        self.is_new_area = false;
    }

    fn end_page(&mut self) {
        self.end_line();
        if let Some(page) = self.page.take() {
            self.pages.emit_page(page);
        }
    }

    /// A paragraph is a group; so is an area, until its first paragraph takes its number over.
    fn begin_group(&mut self, role: HocrRole, title: &HocrTitle) {
        self.end_line();
        let first = self.open.last().is_some_and(|(_, outer)| *outer == HocrRole::Area) && self.is_new_area;
        if !first {
            self.groups += 1;
        }
        self.is_new_area = role == HocrRole::Area;
        let order = title.number("order").and_then(page_number);
        self.order = if role == HocrRole::Area { order } else { order.or(self.order) };
    }

    fn begin_line(&mut self, label: &'static str, title: &HocrTitle) {
        self.end_line();
        let corners = title.corners();
        let poly = points(&title.numbers("poly"));
        let slope = title.number("baseline").unwrap_or(0.0);
        let skew = || corners.map(|corners| skewed(corners, slope)).unwrap_or_default();
        let angle = title.number("textangle").unwrap_or(0.0).abs() % 180.0;
        let line = RawLine {
            corners,
            polygon: if poly.len() > 2 { poly } else { skew() },
            type_size: title.number("x_size").unwrap_or(0.0),
            direction: (45.0..135.0).contains(&angle).then_some(Direction::Vertical),
            mark: SourceHint { label: label.into(), group: self.groups, order: self.order, ..SourceHint::default() },
            ..RawLine::default()
        };
        self.line = Some(WordLine::new(line));
        self.is_new_area = false;
    }

    fn end_line(&mut self) {
        self.end_word();
        let Some(draft) = self.line.take() else { return };
        self.page.get_or_insert_with(|| RawPage::new(LengthUnit::Pixel)).push(draft.finish());
    }

    fn begin_word(&mut self, title: &HocrTitle) {
        self.end_word();
        if self.line.is_none() {
            self.begin_line("", &HocrTitle(String::new()));
        }
        if let (Some(draft), Some(score)) = (&mut self.line, title.number("x_wconf")) {
            draft.score(score / 100.0);
        }
        let bold = self.open.iter().any(|(_, role)| *role == HocrRole::Strong);
        self.word = Some(PlacedWord { corners: title.corners(), bold, ..PlacedWord::default() });
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        self.line.iter_mut().for_each(|draft| draft.add(&word));
    }

    fn text(&mut self, text: &str) {
        if let Some(word) = &mut self.word {
            word.text.push_str(text);
        } else if let Some(draft) = &mut self.line {
            draft.add(&PlacedWord { text: text.to_owned(), ..PlacedWord::default() });
        }
    }
}

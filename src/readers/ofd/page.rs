//! A page of an OFD document, with its templates.

use super::document::OfdDocument;
use super::text_object::{TextCode, TextObject};
use super::{ReadFault, box_of};
use crate::corpus::ZipPackage;
use crate::model::{Direction, LengthUnit, Problem, ProblemCode, ShapeKind};
use crate::readers::ReaderLimits;
use crate::readers::glyphs::{Glyph, GlyphLine, is_blank, runs, text};
use crate::readers::package::part_text;
use crate::readers::raw_page::{Corners, RawLine, RawPage};
use crate::readers::xml::{XmlEvent, XmlTag, XmlWalker};
use std::collections::HashMap;

/// Paper of a page of which neither the page nor the document states one: A4, in millimetres.
const USUAL: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

/// Templates that lie on a page, at most.
const MAX_TEMPLATES: usize = 16;

/// A path this thin, in millimetres, and so many times as long is a rule.
const THIN: f64 = 1.0;
const LONG: f64 = 10.0;

/// Tenths of a millimetre.
const TENTHS: f64 = 10.0;

/// What stands on a page, in millimetres.
#[derive(Clone, Debug, Default)]
pub(super) struct OfdPage {
    glyphs: Vec<Glyph>,
    shapes: Vec<(ShapeKind, Corners)>,
    paper: Option<[f64; 4]>,
    /// Templates with whether they lie above the page.
    templates: Vec<(String, bool)>,
    /// Whether there are more characters than a page has.
    too_much: bool,
}

impl OfdPage {
    /// Whether it has pictures and no text.
    pub(super) fn is_picture(&self) -> bool {
        let has_picture = self.shapes.iter().any(|(kind, _)| *kind == ShapeKind::Picture);
        has_picture && self.glyphs.iter().all(|glyph| is_blank(glyph.character)) && !self.too_much
    }

    /// The page with its lines, or what is said where it has too many characters.
    pub(super) fn into_raw(self, number: u32, limits: &ReaderLimits) -> Result<RawPage, Problem> {
        if self.too_much {
            let numbers = [number as usize, limits.page_characters, limits.page_lines].map(|number| number.to_string());
            let arguments = std::iter::once("drawing".to_owned()).chain(numbers);
            let problem = Problem::of_file(ProblemCode::PageTooLarge, arguments);
            return Err(problem.losing(self.glyphs.len() as u64));
        }
        let [x, y, width, height] = self.paper.unwrap_or(USUAL);
        let mut page = RawPage::new(LengthUnit::TenthMillimetre);
        page.origin = (x * TENTHS, y * TENTHS);
        page.size = Some((width * TENTHS, height * TENTHS));
        runs(&self.glyphs).iter().for_each(|run| page.push(line(run)));
        for (kind, corners) in self.shapes {
            page.shape(kind, corners.map(|side| side * TENTHS));
        }
        Ok(page)
    }

    /// Takes over what another page holds.
    fn add(&mut self, other: &Self) {
        self.glyphs.extend_from_slice(&other.glyphs);
        self.shapes.extend_from_slice(&other.shapes);
        self.too_much |= other.too_much;
    }
}

fn line(run: &GlyphLine) -> RawLine {
    let bounds = run.bounds();
    let corners = [bounds.x0, bounds.y0, bounds.x1, bounds.y1];
    RawLine {
        text: text(&run.glyphs),
        corners: Some(corners.map(|side| side * TENTHS)),
        type_size: run.size() * TENTHS,
        bold: run.is_bold(),
        direction: Some(if run.vertical { Direction::Vertical } else { Direction::Horizontal }),
        ..RawLine::default()
    }
}

/// Reads pages of a document; a template is read once.
pub(super) struct PageReader<'d> {
    document: &'d OfdDocument,
    templates: HashMap<String, OfdPage>,
}

impl<'d> PageReader<'d> {
    /// Of a document.
    pub(super) fn new(document: &'d OfdDocument) -> Self {
        Self { document, templates: HashMap::new() }
    }

    /// Reads a page with its templates.
    ///
    /// # Errors
    /// [`ReadFault`] where its part is missing or damaged before its end; a template that is damaged is left out.
    pub(super) fn read(
        &mut self,
        package: &mut ZipPackage,
        path: &str,
        limits: &ReaderLimits,
    ) -> Result<OfdPage, ReadFault> {
        let own = self.scan(package, path, limits)?;
        let mut page = OfdPage { paper: own.paper.or(self.document.paper), ..OfdPage::default() };
        let stated = own.templates.iter().take(MAX_TEMPLATES);
        let (above, below): (Vec<_>, Vec<_>) = stated.partition(|(_, above)| *above);
        below.iter().for_each(|(id, _)| self.add_template(&mut page, package, id, limits));
        page.add(&own);
        above.iter().for_each(|(id, _)| self.add_template(&mut page, package, id, limits));
        page.too_much |= page.glyphs.len() > limits.page_characters;
        Ok(page)
    }

    fn add_template(&mut self, page: &mut OfdPage, package: &mut ZipPackage, id: &str, limits: &ReaderLimits) {
        if !self.templates.contains_key(id) {
            let path = self.document.templates.get(id);
            let read = path.and_then(|path| self.scan(package, path, limits).ok());
            self.templates.insert(id.to_owned(), read.unwrap_or_default());
        }
        if page.glyphs.len() <= limits.page_characters {
            self.templates.get(id).into_iter().for_each(|template| page.add(template));
        }
    }

    fn scan(&self, package: &mut ZipPackage, path: &str, limits: &ReaderLimits) -> Result<OfdPage, ReadFault> {
        let text = part_text(package, path)?;
        let mut walk = XmlWalker::parse(&text);
        let most = limits.page_characters.saturating_add(1);
        let mut scan = PageScanner {
            document: self.document,
            page: OfdPage::default(),
            object: None,
            before: None,
            code: None,
            paper: None,
            most,
        };
        while let Some(step) = walk.next()? {
            match step {
                XmlEvent::Open(tag) => scan.open(&tag),
                XmlEvent::Text(text) => scan.text(&text),
                XmlEvent::Close(name) => scan.close(&name),
            }
        }
        Ok(scan.page)
    }
}

struct PageScanner<'d> {
    document: &'d OfdDocument,
    page: OfdPage,
    object: Option<TextObject>,
    /// The object before it.
    before: Option<TextObject>,
    code: Option<TextCode>,
    /// The text of an open `PhysicalBox`.
    paper: Option<String>,
    /// Characters that are kept, at most.
    most: usize,
}

impl PageScanner<'_> {
    fn open(&mut self, tag: &XmlTag) {
        match tag.name() {
            "PhysicalBox" => self.paper = Some(String::new()),
            "Template" => self.page.templates.push((tag.text("TemplateID"), tag.text("ZOrder") == "Foreground")),
            "TextObject" => {
                let bold = self.document.bold.get(&tag.text("Font")).copied().unwrap_or(false);
                self.object = TextObject::begin(tag, bold);
            }
            "TextCode" if self.object.is_some() => self.code = Some(TextCode::begin(tag)),
            "ImageObject" => self.draw(tag, |_| Some(ShapeKind::Picture)),
            "PathObject" => self.draw(tag, |[_, _, width, height]| {
                let (short, long) = (width.min(height), width.max(height));
                (short <= THIN && long >= LONG * short.max(THIN / 2.0)).then_some(ShapeKind::Rule)
            }),
            _ => {}
        }
    }

    fn draw(&mut self, tag: &XmlTag, kind: fn([f64; 4]) -> Option<ShapeKind>) {
        let Some(place) = box_of(&tag.text("Boundary")).filter(|_| tag.text("Visible") != "false") else { return };
        let [x, y, width, height] = place;
        if let Some(kind) = kind(place) {
            self.page.shapes.push((kind, [x, y, x + width, y + height]));
        }
    }

    fn text(&mut self, text: &str) {
        match (&mut self.code, &mut self.paper) {
            (Some(code), _) => code.text.push_str(text),
            (None, Some(paper)) => paper.push_str(text),
            (None, None) => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "TextCode" => self.end_code(),
            "TextObject" => self.before = self.object.take(),
            "PhysicalBox" => self.page.paper = self.paper.take().and_then(|text| box_of(&text)),
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let (Some(mut code), Some(object)) = (self.code.take(), &mut self.object) else { return };
        if let Some(before) = &self.before {
            object.follow(before, &mut code);
        }
        let room = self.most.saturating_sub(self.page.glyphs.len());
        object.place(&code, room, &mut self.page.glyphs);
        self.page.too_much |= self.page.glyphs.len() >= self.most;
    }
}

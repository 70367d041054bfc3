//! Runs the content of a page: where each character and each shape comes to stand.

use super::file::{PdfFile, as_dictionary};
use super::font::{Character, PdfFont};
use super::page_content::PageContent;
use super::path::PdfPath;
use super::token::{Operand, Operation, Operations};
use crate::readers::glyphs::{Bounds, Glyph, Matrix};
use lopdf::{Dictionary, Object, Stream};
use std::collections::HashMap;
use std::rc::Rc;

/// Forms inside each other, and forms that are run for one page.
const MAX_DEPTH: usize = 12;
const MAX_FORMS: usize = 5_000;

/// Saved states inside each other, and marked parts.
const MAX_SAVED: usize = 512;

/// Share of the size that is drawn below the base line.
const DESCENT: f64 = 0.12;

/// Fonts that were read, by the place of their dictionary in memory, which stays while the file is open.
pub(super) type Fonts = HashMap<*const Dictionary, Rc<PdfFont>>;

/// What the graphics state holds that matters for text and shapes.
#[derive(Clone)]
struct GraphicsState {
    matrix: Matrix,
    font: Option<Rc<PdfFont>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Whether shapes would be filled white.
    white: bool,
    /// Filled and outlined text is a way to make it bold.
    outlined: bool,
}

/// A part of the content that is marked, with what its text stands for and its first character.
type MarkedContent = Option<(Vec<char>, usize)>;

/// A run through the content of one page.
pub(super) struct ContentInterpreter<'a> {
    file: &'a PdfFile,
    fonts: &'a mut Fonts,
    ink: &'a mut PageContent,
    state: GraphicsState,
    saved: Vec<GraphicsState>,
    marks: Vec<MarkedContent>,
    text: Matrix,
    line: Matrix,
    path: PdfPath,
    steps: usize,
    forms: usize,
    depth: usize,
}

impl<'a> ContentInterpreter<'a> {
    /// Begins a page whose space becomes that of the ink by `matrix`.
    pub(super) fn new(file: &'a PdfFile, fonts: &'a mut Fonts, ink: &'a mut PageContent, matrix: Matrix) -> Self {
        let state = GraphicsState {
            matrix,
            font: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            white: false,
            outlined: false,
        };
        Self {
            file,
            fonts,
            ink,
            state,
            saved: Vec::new(),
            marks: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: PdfPath::default(),
            steps: 0,
            forms: 0,
            depth: 0,
        }
    }

    /// Runs a content stream with its resources.
    pub(super) fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>) {
        for step in Operations::new(content) {
            self.steps += 1;
            if self.steps > self.file.limits.pdf_page_steps || self.ink.too_much {
                self.ink.too_much = true;
                return;
            }
            let numbers: Vec<f64> = step.operands.iter().filter_map(Operand::number).take(6).collect();
            let done = self.text_step(&step, &numbers, resources)
                || self.text_state(step.operator, &numbers)
                || self.path.apply_operator(step.operator, &numbers, &self.state.matrix, self.ink);
            if !done {
                self.other_step(&step, &numbers, resources);
            }
        }
    }

    /// Steps that place or show text.
    fn text_step(&mut self, step: &Operation, numbers: &[f64], resources: Option<&'a Dictionary>) -> bool {
        let first = numbers.first().copied().unwrap_or(0.0);
        match step.operator {
            b"BT" => self.set_line(Matrix::IDENTITY),
            b"Tm" => self.set_line(Matrix::from_numbers(numbers).unwrap_or(Matrix::IDENTITY)),
            b"Td" => self.move_line(first, numbers.get(1).copied().unwrap_or(0.0)),
            b"TD" => {
                let down = numbers.get(1).copied().unwrap_or(0.0);
                self.state.leading = -down;
                self.move_line(first, down);
            }
            b"T*" => self.move_line(0.0, -self.state.leading),
            b"Tj" => self.show_last(step),
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                self.show_last(step);
            }
            b"\"" => {
                self.state.word_space = first;
                self.state.letter_space = numbers.get(1).copied().unwrap_or(0.0);
                self.move_line(0.0, -self.state.leading);
                self.show_last(step);
            }
            b"TJ" => self.show_parts(step.operands.last()),
            b"Tf" => self.set_font(step, first, resources),
            _ => return false,
        }
        true
    }

    /// Steps that set how text is shown.
    fn text_state(&mut self, operator: &[u8], numbers: &[f64]) -> bool {
        let first = numbers.first().copied().unwrap_or(0.0);
        match operator {
            b"Tc" => self.state.letter_space = first,
            b"Tw" => self.state.word_space = first,
            b"Tz" => self.state.stretch = first / 100.0,
            b"TL" => self.state.leading = first,
            b"Ts" => self.state.rise = first,
            b"Tr" => self.state.outlined = matches!(first as i64, 2 | 6),
            _ => return false,
        }
        true
    }

    fn other_step(&mut self, step: &Operation, numbers: &[f64], resources: Option<&'a Dictionary>) {
        match step.operator {
            b"q" if self.saved.len() < MAX_SAVED => {
                self.state.white = self.path.white;
                self.saved.push(self.state.clone());
            }
            b"Q" => {
                self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
                self.path.white = self.state.white;
            }
            b"cm" => {
                if let Some(matrix) = Matrix::from_numbers(numbers) {
                    self.state.matrix = matrix.followed_by(self.state.matrix);
                }
            }
            b"ID" => self.ink.picture(self.unit_square()),
            b"Do" => self.draw(step, resources),
            b"BDC" | b"BMC" if self.marks.len() < MAX_SAVED => {
                let text = step.operands.last().and_then(|last| last.entry(b"ActualText")).and_then(Operand::text);
                self.marks.push(text.map(|text| (stated_text(text), self.ink.glyphs.len())));
            }
            b"EMC" => {
                if let Some(Some((text, start))) = self.marks.pop() {
                    self.ink.rewrite(start, &text);
                }
            }
            _ => {}
        }
    }

    /// Where a picture stands.
    fn unit_square(&self) -> Bounds {
        self.state.matrix.bounds(Bounds { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 })
    }

    /// Draws a picture or runs a form.
    fn draw(&mut self, step: &Operation, resources: Option<&'a Dictionary>) {
        let object = self.resource(resources, "XObject", step).and_then(|object| object.as_stream().ok());
        let Some(stream) = object else { return };
        match self.file.name(&stream.dict, "Subtype") {
            Some(b"Image") => self.ink.picture(self.unit_square()),
            Some(b"Form") => self.run_form(stream, resources),
            _ => {}
        }
    }

    fn run_form(&mut self, form: &'a Stream, resources: Option<&'a Dictionary>) {
        self.forms += 1;
        if self.depth >= MAX_DEPTH || self.forms > MAX_FORMS {
            return;
        }
        let Some(content) = self.file.unpacked(form) else { return };
        let (outer, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        if let Some(matrix) = Matrix::from_numbers(&self.file.numbers(&form.dict, "Matrix")) {
            self.state.matrix = matrix.followed_by(self.state.matrix);
        }
        self.depth += 1;
        self.run(&content, self.file.dictionary(&form.dict, "Resources").or(resources));
        self.depth -= 1;
        (self.state, self.saved) = (outer, saved);
    }

    /// What a step names among the resources.
    fn resource(&self, resources: Option<&'a Dictionary>, kind: &str, step: &Operation) -> Option<&'a Object> {
        let name = step.operands.iter().find_map(Operand::name)?;
        self.file.resolve(self.file.dictionary(resources?, kind)?.get(name).ok()?)
    }

    fn set_font(&mut self, step: &Operation, size: f64, resources: Option<&'a Dictionary>) {
        self.state.size = size;
        let Some(font) = self.resource(resources, "Font", step).and_then(as_dictionary) else { return };
        let file = self.file;
        let read = self.fonts.entry(std::ptr::from_ref(font)).or_insert_with(|| Rc::new(PdfFont::read(file, font)));
        self.state.font = Some(Rc::clone(read));
    }

    fn set_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn move_line(&mut self, right: f64, up: f64) {
        self.set_line(Matrix::shift(right, up).followed_by(self.line));
    }

    fn show_last(&mut self, step: &Operation) {
        if let Some(text) = step.operands.iter().rev().find_map(Operand::text) {
            self.show(text);
        }
    }

    /// Shows strings with steps between them.
    fn show_parts(&mut self, parts: Option<&Operand>) {
        let Some(Operand::List(parts)) = parts else { return };
        for part in parts {
            match part {
                Operand::Text(text) => self.show(text),
                Operand::Number(back) => {
                    let step = -back / 1000.0 * self.state.size;
                    let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
                    self.advance(if vertical { (0.0, step) } else { (step * self.state.stretch, 0.0) });
                }
                _ => {}
            }
        }
    }

    fn advance(&mut self, (right, up): (f64, f64)) {
        self.text = Matrix::shift(right, up).followed_by(self.text);
    }

    /// Shows a string.
    fn show(&mut self, text: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for character in font.characters(text) {
            let spaces = self.state.letter_space + if character.space { self.state.word_space } else { 0.0 };
            let step = if font.vertical {
                (0.0, -(character.advance * self.state.size + spaces))
            } else {
                ((character.advance * self.state.size + spaces) * self.state.stretch, 0.0)
            };
            self.place(&font, &character, step);
            self.advance(step);
        }
    }

    /// Puts a character on the page; one that stands for several is split evenly.
    fn place(&mut self, font: &PdfFont, character: &Character, step: (f64, f64)) {
        let state = &self.state;
        let map = Matrix::shift(0.0, state.rise).followed_by(self.text).followed_by(state.matrix);
        let (width, size) = (character.width * state.size * state.stretch, state.size * font.height);
        let (left, top) = if font.vertical { (-width / 2.0, -state.size * font.rise) } else { (0.0, 0.0) };
        let Some((way, height)) = direction(&map, font.vertical, size) else { return };
        let parts = character.text.chars().count().max(1) as f64;
        for (number, letter) in (0..).zip(character.text.chars()) {
            let (before, after) = (f64::from(number) / parts, f64::from(number + 1) / parts);
            let low = (left + width * before, top - size * DESCENT);
            let high = (left + width * after, top + size * (1.0 - DESCENT));
            let at = |share: f64| map.spot((step.0 * share, step.1 * share));
            self.ink.add(Glyph {
                character: letter,
                start: at(before),
                end: at(after),
                way,
                bounds: map.bounds(Bounds::from_corners(low, high)),
                size: height,
                bold: font.bold || state.outlined,
            });
        }
    }
}

/// The way that text runs on the page, and how high its characters are; `None` where they have no size.
fn direction(map: &Matrix, vertical: bool, size: f64) -> Option<((f64, f64), f64)> {
    let (x, y) = map.step(if vertical { (0.0, -size.signum()) } else { (size.signum(), 0.0) });
    let (up_x, up_y) = map.step((0.0, size));
    let (length, height) = (x.hypot(y), up_x.hypot(up_y));
    let usable = |value: f64| value.is_finite() && value > 1e-6;
    (usable(length) && usable(height)).then(|| ((x / length, y / length), height))
}

/// The text that a marked part stands for: UTF-16 with its mark, else one byte a character.
fn stated_text(bytes: &[u8]) -> Vec<char> {
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(units) => {
            let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

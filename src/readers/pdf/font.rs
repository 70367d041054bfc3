//! A font of a PDF: strings → characters with their widths.

use super::cmap::{CMap, code_of};
use super::coding::Coding;
use super::file::{PdfFile, as_dictionary, as_number};
use super::gb1;
use crate::readers::glyphs;
use lopdf::{Dictionary, Object};
use std::collections::HashMap;

/// Single widths that are kept of a font.
const MAX_WIDTHS: usize = 70_000;

/// Width of a character, in shares of the size, where the font states none.
const USUAL_WIDTH: f64 = 0.5;

/// The encoding of simple fonts that state none.
const STANDARD: &[u8] = b"StandardEncoding";

/// What a font says of how its text is to be read and how large it is.
#[derive(Debug)]
pub(super) struct PdfFont {
    codes: Codes,
    meaning: Option<CMap>,
    /// The characters of simple fonts; of a code without one, an empty text.
    texts: Vec<String>,
    /// Whether the numbers of its glyphs are those of Adobe-GB1.
    gb1: bool,
    widths: Widths,
    /// Whether it writes from top to bottom.
    pub(super) vertical: bool,
    /// How far above the origin of a character it begins to write when it is vertical, in shares of the size.
    pub(super) rise: f64,
    /// How far it goes down for a character when it is vertical.
    drop: f64,
    /// Whether it is bold or of a family for headlines.
    pub(super) bold: bool,
    /// Height of its characters, in shares of the size.
    pub(super) height: f64,
}

/// How strings are cut into codes.
#[derive(Debug)]
enum Codes {
    One,
    Two,
    Known(Coding),
    Mapped(CMap),
}

/// Widths of glyphs, in shares of the size.
#[derive(Debug, Default)]
struct Widths {
    single: HashMap<u32, f64>,
    ranges: Vec<(u32, u32, f64)>,
    usual: f64,
}

/// A character of a string.
#[derive(Debug, PartialEq)]
pub(super) struct Character {
    /// What it means; U+FFFD where the font does not say.
    pub(super) text: String,
    /// Its width in shares of the size.
    pub(super) width: f64,
    /// How far the next one is, in shares of the size: to the right, or down where the font is vertical.
    pub(super) advance: f64,
    /// Whether its code is the single byte 32, which word spacing applies to.
    pub(super) space: bool,
}

impl PdfFont {
    /// Reads a font. What it does not say is taken as usual.
    pub(super) fn read(file: &PdfFile, font: &Dictionary) -> Self {
        let meaning = file.get(font, "ToUnicode").and_then(|object| object.as_stream().ok());
        let meaning = meaning.and_then(|stream| file.unpacked(stream)).map(|bytes| CMap::read(&bytes));
        let mut read = match file.name(font, "Subtype") {
            Some(b"Type0") => Self::composite(file, font),
            Some(b"Type3") => Self::type3(file, font),
            _ => Self::simple(file, font),
        };
        read.meaning = meaning;
        read
    }

    fn of_codes(codes: Codes) -> Self {
        Self {
            codes,
            meaning: None,
            texts: Vec::new(),
            gb1: false,
            widths: Widths { usual: 1.0, ..Widths::default() },
            vertical: false,
            rise: 0.88,
            drop: 1.0,
            bold: false,
            height: 1.0,
        }
    }

    /// A font of many glyphs.
    fn composite(file: &PdfFile, font: &Dictionary) -> Self {
        let (codes, vertical) = composite_codes(file, font);
        let mut read = Self { vertical, ..Self::of_codes(codes) };
        let descendants = file.get(font, "DescendantFonts").and_then(|object| object.as_array().ok());
        let glyphs = descendants.and_then(|all| as_dictionary(file.resolve(all.first()?)?));
        read.bold = glyphs.is_some_and(|glyphs| is_bold(file, glyphs)) || is_bold(file, font);
        let Some(glyphs) = glyphs else { return read };
        read.widths = Widths::of_glyphs(file, glyphs);
        let ordering = file.dictionary(glyphs, "CIDSystemInfo").and_then(|info| file.get(info, "Ordering"));
        read.gb1 = ordering.and_then(|object| object.as_str().ok()) == Some(b"GB1");
        if let [rise, drop, ..] = *file.numbers(glyphs, "DW2") {
            (read.rise, read.drop) = (rise / 1000.0, -drop / 1000.0);
        }
        read
    }

    /// A font of at most 256 glyphs.
    fn simple(file: &PdfFile, font: &Dictionary) -> Self {
        let texts = file.get(font, "Encoding").map(|encoding| simple_texts(file, encoding));
        Self {
            texts: texts.unwrap_or_else(|| file.encoding_texts(STANDARD)),
            widths: Widths::of_codes(file, font, 0.001, USUAL_WIDTH),
            bold: is_bold(file, font),
            ..Self::of_codes(Codes::One)
        }
    }

    /// A font whose glyphs are drawings, in a unit of its own.
    fn type3(file: &PdfFile, font: &Dictionary) -> Self {
        let matrix = file.numbers(font, "FontMatrix");
        let unit = |at: usize| matrix.get(at).map_or(0.001, |number| number.abs());
        let texts = file.get(font, "Encoding").map(|encoding| simple_texts(file, encoding));
        Self {
            texts: texts.unwrap_or_default(),
            widths: Widths::of_codes(file, font, unit(0), 0.0),
            bold: is_bold(file, font),
            height: drawn_height(&file.numbers(font, "FontBBox"), unit(3)),
            ..Self::of_codes(Codes::One)
        }
    }

    /// The characters of a string.
    pub(super) fn characters(&self, mut text: &[u8]) -> Vec<Character> {
        let mut characters = Vec::with_capacity(text.len() / 2);
        while !text.is_empty() {
            let (code, rest) = text.split_at(self.length(text).clamp(1, text.len()));
            characters.push(self.character(code));
            text = rest;
        }
        characters
    }

    fn length(&self, text: &[u8]) -> usize {
        match &self.codes {
            Codes::One => 1,
            Codes::Two => 2,
            Codes::Known(coding) => coding.length(text),
            Codes::Mapped(map) => map.length(text),
        }
    }

    fn character(&self, code: &[u8]) -> Character {
        let number = code_of(code).map_or(0, |(number, _)| number);
        let glyph = match &self.codes {
            Codes::Mapped(map) => map.glyph(number),
            Codes::Known(coding) => coding.text(code).and_then(|text| coding.glyph(&text)),
            _ => Some(number),
        };
        let text = self.text(code, number, glyph).unwrap_or_else(|| "\u{FFFD}".into());
        let width = glyph.map_or(self.widths.usual, |glyph| self.widths.width_of(glyph));
        let advance = if self.vertical { self.drop } else { width };
        Character { text, width, advance, space: code == b" " }
    }

    /// The characters of a code: by its predefined CMap, which cannot err, then by what the file says that it means.
    fn text(&self, code: &[u8], number: u32, glyph: Option<u32>) -> Option<String> {
        let stated = || self.meaning.as_ref().and_then(|map| map.text(number));
        match &self.codes {
            Codes::Known(coding) => {
                let known = coding.text(code);
                if known.as_ref().is_some_and(|text| !text.contains(is_private)) { known } else { stated().or(known) }
            }
            Codes::One => {
                let by_code = self.texts.get(number as usize).filter(|text| !text.is_empty());
                stated().or_else(|| by_code.cloned())
            }
            _ => stated().or_else(|| glyph.filter(|_| self.gb1).and_then(gb1::character).map(String::from)),
        }
    }
}

/// How the strings of a font of many glyphs are cut, and whether it is vertical.
fn composite_codes(file: &PdfFile, font: &Dictionary) -> (Codes, bool) {
    match file.get(font, "Encoding") {
        Some(Object::Name(name)) => {
            let name = String::from_utf8_lossy(name);
            (Coding::by_name(&name).map_or(Codes::Two, Codes::Known), name.ends_with('V'))
        }
        Some(Object::Stream(stream)) => {
            let map = CMap::read(&file.unpacked(stream).unwrap_or_default());
            let vertical = map.vertical || file.number(&stream.dict, "WMode") == Some(1.0);
            let base = map.base.clone().or_else(|| {
                let base = file.name(&stream.dict, "UseCMap")?;
                Some(String::from_utf8_lossy(base).into_owned())
            });
            match base.and_then(|base| Coding::by_name(&base)) {
                Some(coding) => (Codes::Known(coding), vertical),
                None if map.has_spaces() => (Codes::Mapped(map), vertical),
                None => (Codes::Two, vertical),
            }
        }
        _ => (Codes::Two, false),
    }
}

/// The characters of the codes of a simple font: of its base encoding, changed by the names that it states.
fn simple_texts(file: &PdfFile, encoding: &Object) -> Vec<String> {
    if let Object::Name(name) = encoding {
        return file.encoding_texts(name);
    }
    let Some(stated) = as_dictionary(encoding) else { return Vec::new() };
    let mut texts = file.encoding_texts(file.name(stated, "BaseEncoding").unwrap_or(STANDARD));
    texts.resize(256, String::new());
    let differences = file.get(stated, "Differences").and_then(|object| object.as_array().ok());
    let mut code = 0;
    for item in differences.map(Vec::as_slice).unwrap_or_default() {
        match file.resolve(item) {
            Some(Object::Name(name)) => {
                if let Some(text) = texts.get_mut(code) {
                    *text = named_character(file, name);
                }
                code = code.saturating_add(1);
            }
            Some(other) => code = as_number(other).map_or(code, |number| number.max(0.0) as usize),
            None => {}
        }
    }
    texts
}

/// The character of a glyph's name (`A`, `comma`, `uni5DE5`, `u2000B`), or nothing.
fn named_character(file: &PdfFile, name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let digits = text.strip_prefix("uni").or_else(|| text.strip_prefix('u')).filter(|digits| digits.len() >= 4);
    let number = digits.and_then(|digits| u32::from_str_radix(digits.split('.').next()?, 16).ok());
    if let Some(character) = number.and_then(char::from_u32) {
        return character.into();
    }
    file.glyph_text(name)
}

/// Height of drawn glyphs: in the usual unit the size itself, else the height of the box around them all.
fn drawn_height(bounds: &[f64], unit: f64) -> f64 {
    let height = if let [_, y0, _, y1] = *bounds { (y1 - y0).abs() * unit } else { 0.0 };
    if (0.000_9..0.001_1).contains(&unit) || height <= 0.0 { 1.0 } else { height }
}

fn is_bold(file: &PdfFile, font: &Dictionary) -> bool {
    let descriptor = file.dictionary(font, "FontDescriptor");
    let number = |key: &str| descriptor.and_then(|descriptor| file.number(descriptor, key)).unwrap_or(0.0);
    let name = file.name(font, "BaseFont").or_else(|| file.name(descriptor?, "FontName"));
    let forced = number("Flags") as u32 & 1 << 18 != 0;
    forced || number("FontWeight") >= 600.0 || name.is_some_and(glyphs::is_bold)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

impl Widths {
    /// The widths of a simple font, in units of `unit`.
    fn of_codes(file: &PdfFile, font: &Dictionary, unit: f64, usual: f64) -> Self {
        let first = file.number(font, "FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        let widths = file.numbers(font, "Widths");
        let missing = file.dictionary(font, "FontDescriptor").and_then(|all| file.number(all, "MissingWidth"));
        let usual = missing.filter(|width| *width > 0.0).map_or(usual, |width| width * unit);
        let single = (first..=255).zip(widths).map(|(code, width)| (code, width * unit)).collect();
        Self { single, ranges: Vec::new(), usual }
    }

    /// The widths of a font of many glyphs: `W` is a row of `first [w w …]` and `first last w`.
    fn of_glyphs(file: &PdfFile, font: &Dictionary) -> Self {
        let mut read = Self { usual: file.number(font, "DW").unwrap_or(1000.0) / 1000.0, ..Self::default() };
        let row = file.get(font, "W").and_then(|object| object.as_array().ok());
        let mut rest = row.map(Vec::as_slice).unwrap_or_default();
        while let [first, second, ..] = rest {
            let taken = read.read_part(file, first, second, rest.get(2));
            rest = rest.get(taken..).unwrap_or_default();
        }
        read
    }

    /// Takes one part of `W`, and gives the number of its items.
    fn read_part(&mut self, file: &PdfFile, first: &Object, second: &Object, third: Option<&Object>) -> usize {
        let number = |object: &Object| file.resolve(object).and_then(as_number);
        let first = number(first).unwrap_or(0.0) as u32;
        if let Some(Object::Array(list)) = file.resolve(second) {
            for (glyph, width) in (first..).zip(list.iter().filter_map(number)) {
                if self.single.len() < MAX_WIDTHS {
                    self.single.insert(glyph, width / 1000.0);
                }
            }
            return 2;
        }
        if let (Some(last), Some(width)) = (number(second), third.and_then(number))
            && self.ranges.len() < 2_000
        {
            self.ranges.push((first, last as u32, width / 1000.0));
        }
        3
    }

    fn width_of(&self, glyph: u32) -> f64 {
        let in_range = || self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&glyph));
        self.single.get(&glyph).copied().or_else(|| in_range().map(|range| range.2)).unwrap_or(self.usual)
    }
}

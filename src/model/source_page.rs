//! A page as a reader gives it: lines with their text and, where the source has them, boxes, fonts and what the source
//! said of them. Plain text is the case without boxes.

use super::geometry::{Area, PageSize, Point};

/// A page of a file before anything is told of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourcePage {
    /// Number of the page in its file, from 1.
    pub number: u32,
    /// Size as the source states it, with its unit; `None` for a source without geometry.
    pub size: Option<PageSize>,
    /// Its lines that have text, in the order of the source.
    pub lines: Vec<Line>,
    /// What stands on the page beside text: pictures, rules, tables, frames.
    pub shapes: Vec<Shape>,
    /// White space around and between the lines, in characters of the decoded text.
    pub blank: u64,
}

/// A line of a source page that has text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Number on the page, from 1, in the order of the source.
    pub number: u32,
    /// Line of the file, from 1; 0 where the file has no lines.
    pub place: u64,
    /// The text without white space at its ends.
    pub text: String,
    /// White space before the text, in half-width characters (an ideographic space is two).
    pub indent: u16,
    /// The rectangle around it.
    pub area: Option<Area>,
    /// Its corners where the source gives more than a rectangle (a skewed scan); empty otherwise.
    pub polygon: Vec<Point>,
    /// Its type, where the source knows it.
    pub font: Option<Font>,
    /// How its characters follow each other.
    pub direction: Direction,
    /// What the source says of it.
    pub mark: Option<SourceHint>,
}

/// The type that a line is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Font {
    /// Height of a character, in ten-thousandths of the page's width; 0 where it is unknown.
    pub size: u32,
    /// Whether it is bold, or of a family that is used for headlines only (黑体, 小标宋).
    pub bold: bool,
}

/// How the characters of a line follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From left to right.
    #[default]
    Horizontal,
    /// From top to bottom, the next line to the left.
    Vertical,
}

/// What the source says of a line: evidence, never truth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceHint {
    /// Its own label (`doc_title`, `text`, `header`), or empty.
    pub label: String,
    /// The source's block that the line is in, numbered from 1 on the page; 0 where it knows no blocks.
    pub group: u32,
    /// Place of the block in the source's reading order, from 1.
    pub order: Option<u32>,
    /// How sure the source is of the text, 0–1.
    pub score: Option<f32>,
    /// The article that the source puts the line in (METS), or empty.
    pub article: String,
}

/// What stands on a page beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shape {
    /// What it is.
    pub kind: ShapeKind,
    /// Where it is.
    pub area: Area,
}

/// What a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeKind {
    /// A photograph or drawing.
    Picture,
    /// A line that parts.
    Rule,
    /// A frame or ground around text.
    Frame,
    /// A table.
    Table,
}

impl SourcePage {
    /// A page of text without geometry: each line of `text` that is not blank. Never fails.
    pub fn of_text(text: &str) -> Self {
        let mut page = Self { number: 1, ..Self::default() };
        let mut printed = 0;
        for (place, raw) in (1..).zip(text.split('\n')) {
            let line = raw.trim_matches(is_space);
            if line.is_empty() {
                continue;
            }
            let before = &raw[..raw.len() - raw.trim_start_matches(is_space).len()];
            let number = page.lines.len() as u32 + 1;
            printed += line.chars().count() as u64;
            page.lines.push(Line {
                number,
                place,
                text: line.to_owned(),
                indent: half_widths(before),
                ..Line::default()
            });
        }
        page.blank = text.chars().count() as u64 - printed;
        page
    }

    /// Whether its lines have boxes.
    pub fn has_geometry(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.area.is_some())
    }

    /// Characters of its lines and of the white space around them.
    pub fn characters(&self) -> u64 {
        self.blank + self.lines.iter().map(|line| line.text.chars().count() as u64).sum::<u64>()
    }
}

/// White space and the byte order mark.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// The width of white space in half-width characters.
fn half_widths(space: &str) -> u16 {
    let width = |c: char| match c {
        '\u{3000}' | '\u{2003}' => 2,
        '\t' => 4,
        '\u{FEFF}' | '\r' => 0,
        _ => 1,
    };
    space.chars().map(width).fold(0, u16::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_page_has_the_lines_with_text() {
        let page = SourcePage::of_text("\u{FEFF}\u{3000}甲 \r\n\r\n \u{C}\n乙");
        let seen: Vec<(u32, u64, &str, u16)> =
            page.lines.iter().map(|line| (line.number, line.place, line.text.as_str(), line.indent)).collect();
        assert_eq!(seen, [(1, 1, "甲", 2), (2, 4, "乙", 0)]);
        assert_eq!((page.characters(), page.has_geometry()), (12, false));
        assert!(SourcePage::of_text(" \n\u{FEFF}\n").lines.is_empty());
    }
}

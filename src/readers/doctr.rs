//! JSON of docTR (`Document.export()`).
//!
//! | of the format | becomes |
//! |---|---|
//! | `pages`, or one page as the document | pages in pixels |
//! | `page_idx` (from 0), `dimensions` (height, width) | number, size |
//! | `blocks` | groups, in the order of the file |
//! | `lines`, their `geometry` in shares of the page: two corners, or four of a slanted page | lines with box or polygon |
//! | `words`: `value`, `confidence` | text, a space only between words of letters or digits; score: the mean |
//! | `artefacts` | pictures |
//!
//! Left: languages, orientation, the scores of detection, `predictions` of the key information predictor.

use super::json::{self, corners, number, number_at, polygon};
use super::raw_page::{Corners, PageEmitter, RawLine, RawPage, page_number};
use super::word_line::{PlacedWord, WordLine};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{LengthUnit, ShapeKind, SourceHint};
use serde_json::Value;

pub(super) struct Doctr;

impl Reader for Doctr {
    fn name(&self) -> &'static str {
        "doctr"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let keys = ["page_idx", "dimensions", "blocks"];
        let is_one = opening.first() == Some(b'{') && keys.iter().all(|key| opening.has_key(key));
        if is_one { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let document = json::document(file)?;
        let mut pages = PageEmitter::new(file.limits, found);
        match document.get("pages") {
            Some(Value::Array(list)) => list.iter().for_each(|one| pages.emit_page(page(one))),
            _ if document.get("blocks").is_some() => pages.emit_page(page(&document)),
            _ => {}
        }
        let nothing = pages.is_empty();
        pages.finish();
        if nothing {
            return Err(ReadFault::Broken("has keys of docTR, but no page; write it with `result.export()`".into()));
        }
        Ok(())
    }
}

/// Width and height that shares are taken of.
type PageSides = (f64, f64);

fn page(document: &Value) -> RawPage {
    let sides = json::list(document, "dimensions");
    let size = sides.get(1).and_then(number).zip(sides.first().and_then(number));
    let mut page = RawPage::new(if size.is_some() { LengthUnit::Pixel } else { LengthUnit::Fraction });
    page.size = size;
    page.stated = number_at(document, "page_idx").and_then(|index| page_number(index + 1.0));
    let sides = size.unwrap_or((1.0, 1.0));
    for (group, block) in (1..).zip(json::list(document, "blocks")) {
        json::list(block, "lines").iter().for_each(|entry| page.push(line(entry, group, sides)));
        draw_artefacts(&mut page, block, sides);
    }
    draw_artefacts(&mut page, document, sides);
    page
}

fn draw_artefacts(page: &mut RawPage, holder: &Value, sides: PageSides) {
    let places = json::list(holder, "artefacts").iter().filter_map(|entry| place(entry, sides).0);
    places.for_each(|corners| page.shape(ShapeKind::Picture, corners));
}

fn line(entry: &Value, group: u32, sides: PageSides) -> RawLine {
    let (corners, polygon) = place(entry, sides);
    let mark = SourceHint { group, ..SourceHint::default() };
    let mut line = WordLine::new(RawLine { corners, polygon, mark, ..RawLine::default() });
    for word in json::list(entry, "words") {
        number_at(word, "confidence").into_iter().for_each(|score| line.score(score));
        line.add(&PlacedWord { text: json::text(word, "value"), corners: place(word, sides).0, bold: false });
    }
    line.finish()
}

/// The rectangle and the corners of a `geometry`: two corners, or four.
fn place(entry: &Value, (width, height): PageSides) -> (Option<Corners>, Vec<(f64, f64)>) {
    let Some(geometry) = entry.get("geometry") else { return (None, Vec::new()) };
    let points: Vec<(f64, f64)> = polygon(geometry).into_iter().map(|(x, y)| (x * width, y * height)).collect();
    match points.as_slice() {
        [] => (corners(geometry).map(|[x0, y0, x1, y1]| [x0 * width, y0 * height, x1 * width, y1 * height]), points),
        [(x0, y0), (x1, y1)] => (Some([*x0, *y0, *x1, *y1]), Vec::new()),
        _ => (super::raw_page::bounds(&points), points),
    }
}

//! One page: its size, its content run, its lines and shapes as the model has them.

use super::file::{PdfFile, as_dictionary, as_number};
use super::interpreter::{ContentInterpreter, Fonts};
use super::page_content::PageContent;
use crate::model::{Direction, LengthUnit, Line, PageSize, Problem, ProblemCode, Shape, SourcePage};
use crate::readers::ReaderLimits;
use crate::readers::glyphs::{Bounds, Glyph, GlyphLine, Matrix, is_blank, runs, text};
use lopdf::{Dictionary, Object};

/// The page of a file that states no size: A4.
const USUAL: Bounds = Bounds { x0: 0.0, y0: 0.0, x1: 595.0, y1: 842.0 };

/// What a page was found to be.
pub(super) enum PageText {
    /// Lines, and remarks about what could not be told.
    Lines(Box<SourcePage>, Vec<Problem>),
    /// Text that is kept out.
    Refused(Problem),
    /// No text, but a picture.
    Picture,
    /// Nothing.
    Blank,
}

/// Reads a page of an open file.
pub(super) fn read_page(file: &PdfFile, page: &Dictionary, number: u32, fonts: &mut Fonts) -> PageText {
    let turn = file.inherited(page, "Rotate").and_then(as_number).unwrap_or(0.0);
    let turn = (turn as i64).rem_euclid(360) / 90;
    let Some(content) = file.content(page) else { return PageText::Refused(damaged_page(number)) };
    let (mut ink, mut size) = run(file, page, &content, turn, fonts);
    let more = main_turn(&ink.glyphs);
    if more != 0 {
        (ink, size) = run(file, page, &content, (turn + more) % 4, fonts);
    }
    let lines = runs(&ink.glyphs);
    if ink.too_much || lines.len() > file.limits.page_lines {
        return PageText::Refused(too_large(number, &ink, lines.len(), &file.limits));
    }
    if lines.is_empty() {
        return if ink.pictures { PageText::Picture } else { PageText::Blank };
    }
    match unknown(number, &ink.glyphs) {
        Some(problem) if problem.characters > 0 => PageText::Refused(problem),
        remark => {
            let remarks = remark.into_iter().chain(text_outside_page(number, ink.outside)).collect();
            PageText::Lines(Box::new(source_page(number, &ink, &lines, size)), remarks)
        }
    }
}

/// Runs the content of a page, turned by quarters to the right.
fn run(file: &PdfFile, page: &Dictionary, content: &[u8], turn: i64, fonts: &mut Fonts) -> (PageContent, PageSize) {
    let (matrix, width, height) = upright(page_box(file, page), turn);
    let mut ink = PageContent::new(width, height, file.limits.page_characters);
    let resources = file.inherited(page, "Resources").and_then(as_dictionary);
    ContentInterpreter::new(file, fonts, &mut ink, matrix).run(content, resources);
    let size = PageSize::new(width, height, LengthUnit::Point);
    (ink, size.unwrap_or(PageSize { width: 595.0, height: 842.0, unit: LengthUnit::Point }))
}

/// The part of the plane that is shown: the crop box, cut at the edge of the paper.
fn page_box(file: &PdfFile, page: &Dictionary) -> Bounds {
    let of = |key: &str| {
        let Object::Array(array) = file.inherited(page, key)? else { return None };
        let numbers: Vec<f64> = array.iter().filter_map(|item| as_number(file.resolve(item)?)).collect();
        let [x0, y0, x1, y1] = *numbers.first_chunk()?;
        Some(Bounds::from_corners((x0, y0), (x1, y1)))
            .filter(|area| (1.0..1e6).contains(&area.width().min(area.height())))
    };
    let paper = of("MediaBox").unwrap_or(USUAL);
    let Some(crop) = of("CropBox").filter(|crop| crop.meets(&paper)) else { return paper };
    let shown = Bounds {
        x0: crop.x0.max(paper.x0),
        y0: crop.y0.max(paper.y0),
        x1: crop.x1.min(paper.x1),
        y1: crop.y1.min(paper.y1),
    };
    if shown.width() >= 1.0 && shown.height() >= 1.0 { shown } else { paper }
}

/// The map from the plane to the upright page, whose upper left corner is 0, and the width and height of the page.
fn upright(area: Bounds, turn: i64) -> (Matrix, f64, f64) {
    let (width, height) = (area.width(), area.height());
    let numbers = match turn {
        1 => [0.0, 1.0, 1.0, 0.0, -area.y0, -area.x0],
        2 => [-1.0, 0.0, 0.0, 1.0, area.x1, -area.y0],
        3 => [0.0, -1.0, -1.0, 0.0, area.y1, area.x1],
        _ => [1.0, 0.0, 0.0, -1.0, -area.x0, area.y1],
    };
    let matrix = Matrix::from_numbers(&numbers).unwrap_or(Matrix::IDENTITY);
    if turn % 2 == 1 { (matrix, height, width) } else { (matrix, width, height) }
}

/// Quarters to the right by which most of the text must be turned to run right: pages that were printed on their side or
/// on their head. Text that runs down stays, since vertical text does so too.
fn main_turn(glyphs: &[Glyph]) -> i64 {
    let mut counts = [0; 4];
    for glyph in glyphs.iter().filter(|glyph| !is_blank(glyph.character)) {
        let (x, y) = glyph.way;
        counts[if x.abs() >= y.abs() {
            if x > 0.0 { 0 } else { 2 }
        } else if y < 0.0 {
            1
        } else {
            3
        }] += 1;
    }
    let most = (0..4).max_by_key(|turn| (counts[*turn], 4 - turn)).unwrap_or(0);
    if most == 3 || counts[most] * 2 <= glyphs.len() { 0 } else { most as i64 }
}

fn source_page(number: u32, ink: &PageContent, runs: &[GlyphLine], size: PageSize) -> SourcePage {
    let lines: Vec<Line> = (1..).zip(runs).map(|(number, run)| line(number, run, &size)).collect();
    let shapes = ink.shapes.iter().map(|(kind, bounds)| Shape { kind: *kind, area: area(bounds, &size) }).collect();
    let printed: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    let blank = ink.glyphs.len().saturating_sub(printed) as u64;
    SourcePage { number, size: Some(size), lines, shapes, blank }
}

fn line(number: u32, run: &GlyphLine, size: &PageSize) -> Line {
    let half_widths = run.before.chars().map(|space| if space == '\u{3000}' { 2 } else { 1 });
    Line {
        number,
        text: text(&run.glyphs),
        indent: half_widths.fold(0, u16::saturating_add),
        area: Some(area(&run.bounds(), size)),
        font: Some(crate::model::Font { size: size.length(run.size()), bold: run.is_bold() }),
        direction: if run.vertical { Direction::Vertical } else { Direction::Horizontal },
        ..Line::default()
    }
}

fn area(bounds: &Bounds, size: &PageSize) -> crate::model::Area {
    size.area(bounds.x0, bounds.y0, bounds.x1, bounds.y1)
}

/// What is said of a page that is damaged.
pub(super) fn damaged_page(number: u32) -> Problem {
    Problem::of_file(ProblemCode::LostPage, [number])
}

fn too_large(number: u32, ink: &PageContent, lines: usize, limits: &ReaderLimits) -> Problem {
    let numbers = [number as usize, limits.page_characters, limits.page_lines];
    let arguments = std::iter::once("drawing".to_owned()).chain(numbers.map(|number| number.to_string()));
    let lost = if lines == 0 { 0 } else { ink.glyphs.len() as u64 };
    Problem::of_file(ProblemCode::PageTooLarge, arguments).losing(lost)
}

/// What is said of characters whose fonts do not tell what they are. Where these are most of a page, they are its loss.
fn unknown(number: u32, glyphs: &[Glyph]) -> Option<Problem> {
    let count = glyphs.iter().filter(|glyph| glyph.character == '\u{FFFD}').count();
    if count == 0 {
        return None;
    }
    let lost = if count * 2 > glyphs.len() { glyphs.len() as u64 } else { 0 };
    let problem = Problem::of_file(ProblemCode::UnknownCharacters, [number as usize, count, glyphs.len()]);
    Some(problem.losing(lost))
}

fn text_outside_page(number: u32, count: u64) -> Option<Problem> {
    (count > 0).then(|| Problem::of_file(ProblemCode::OutsidePage, [u64::from(number), count]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_turned_upright() {
        let area = Bounds { x0: 10.0, y0: 20.0, x1: 110.0, y1: 220.0 };
        // The corner of the plane that comes to the upper left, and the size of the page.
        let cases = [
            (0, (10.0, 220.0), (100.0, 200.0)),
            (1, (10.0, 20.0), (200.0, 100.0)),
            (2, (110.0, 20.0), (100.0, 200.0)),
            (3, (110.0, 220.0), (200.0, 100.0)),
        ];
        for (turn, corner, size) in cases {
            let (matrix, width, height) = upright(area, turn);
            assert_eq!((matrix.spot(corner), (width, height)), ((0.0, 0.0), size), "{turn}");
        }
    }
}

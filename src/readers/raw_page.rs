//! A page while it is read: lines and shapes in the coordinates of the source, brought into one unit at the end, when
//! the size of the page is known. Holds the limits of a page and of a file.

use super::{ReaderLimits, ReaderOutput, spacing};
use crate::model::{
    Area, Direction, Font, LengthUnit, Line, PageSize, Point, Problem, ProblemCode, Shape, ShapeKind, SourceHint,
    SourcePage,
};

/// Shapes of a page that are kept.
const MAX_SHAPES: usize = 20_000;

/// Corners of a polygon that are kept; of one with more, its rectangle.
const MAX_CORNERS: usize = 400;

/// The margin behind the boxes of a page whose size is not known, in shares of what they reach over.
const MARGIN: f64 = 0.02;

/// A box this much higher than wide is of a line that runs from top to bottom.
const UPRIGHT: f64 = 1.5;

/// A source's rectangle: two opposite corners, x0 y0 x1 y1.
pub(super) type Corners = [f64; 4];

/// A line in the coordinates of its source.
#[derive(Debug, Default)]
pub(super) struct RawLine {
    /// Its text.
    pub(super) text: String,
    /// Its rectangle; where it is missing, that of the polygon.
    pub(super) corners: Option<Corners>,
    /// Its corners, where the source gives them.
    pub(super) polygon: Vec<(f64, f64)>,
    /// Height of a character, 0 where it is unknown.
    pub(super) type_size: f64,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Its direction where the source states one; else it is told by the box.
    pub(super) direction: Option<Direction>,
    /// What the source says of it.
    pub(super) mark: SourceHint,
}

/// A page in the coordinates of its source.
#[derive(Debug)]
pub(super) struct RawPage {
    /// Number in the source, from 1, where it states one.
    pub(super) stated: Option<u32>,
    /// Width and height, where they are known.
    pub(super) size: Option<(f64, f64)>,
    /// Where the coordinates begin.
    pub(super) origin: (f64, f64),
    /// What the coordinates are counted in.
    pub(super) unit: LengthUnit,
    /// Width of the paper, where sizes of type are known and boxes are not.
    pub(super) paper_width: Option<f64>,
    lines: Vec<RawLine>,
    shapes: Vec<(ShapeKind, Corners)>,
    /// Lines and characters, those beyond the limits too.
    line_count: usize,
    characters: usize,
}

impl RawPage {
    /// An empty page.
    pub(super) fn new(unit: LengthUnit) -> Self {
        Self {
            stated: None,
            size: None,
            origin: (0.0, 0.0),
            unit,
            paper_width: None,
            lines: Vec::new(),
            shapes: Vec::new(),
            line_count: 0,
            characters: 0,
        }
    }

    /// Whether it has no line.
    pub(super) fn is_empty(&self) -> bool {
        self.line_count == 0
    }

    /// Adds a line, if it has text. Beyond the highest limits it is counted only.
    pub(super) fn push(&mut self, mut line: RawLine) {
        line.text = spacing::one_line(&line.text);
        if line.text.is_empty() {
            return;
        }
        self.line_count += 1;
        self.characters += line.text.chars().count();
        let kept =
            self.line_count <= ReaderLimits::MOST_PAGE_LINES && self.characters <= ReaderLimits::MOST_PAGE_CHARACTERS;
        if kept {
            self.lines.push(line);
        }
    }

    /// Adds a picture, rule, frame or table. Beyond [`MAX_SHAPES`] they are left out.
    pub(super) fn shape(&mut self, kind: ShapeKind, corners: Corners) {
        if self.shapes.len() < MAX_SHAPES {
            self.shapes.push((kind, corners));
        }
    }

    fn into_output(self, number: u32, limits: &ReaderLimits) -> ReaderOutput {
        if self.line_count > limits.page_lines || self.characters > limits.page_characters {
            let counted = (self.characters as u64, self.line_count);
            ReaderOutput::Refused(too_large(number, counted, limits).losing(counted.0))
        } else {
            ReaderOutput::Page(Box::new(self.page(number)))
        }
    }

    fn page(self, number: u32) -> SourcePage {
        let Some(size) = self.page_size() else { return self.without_boxes(number) };
        let (x, y) = self.origin;
        let lines = (1..).zip(self.lines).map(|(number, line)| line.placed(number, &size, (x, y))).collect();
        let shape = |(kind, [x0, y0, x1, y1]): (ShapeKind, Corners)| Shape {
            kind,
            area: size.area(x0 - x, y0 - y, x1 - x, y1 - y),
        };
        SourcePage { number, size: Some(size), lines, shapes: self.shapes.into_iter().map(shape).collect(), blank: 0 }
    }

    /// The page of a source that gives neither a size nor a box.
    fn without_boxes(self, number: u32) -> SourcePage {
        let paper = self.paper_width.and_then(|width| PageSize::new(width, width, self.unit));
        let plain = |(number, line): (u32, RawLine)| Line {
            number,
            font: paper.and_then(|paper| line.font(&paper)),
            text: line.text,
            direction: line.direction.unwrap_or_default(),
            mark: Some(line.mark),
            ..Line::default()
        };
        SourcePage { number, lines: (1..).zip(self.lines).map(plain).collect(), ..SourcePage::default() }
    }

    /// The stated size; of shares of a page, the page; else what the boxes reach to.
    fn page_size(&self) -> Option<PageSize> {
        let stated = self.size.and_then(|(width, height)| PageSize::new(width, height, self.unit));
        let shares = matches!(self.unit, LengthUnit::Fraction | LengthUnit::Thousandth);
        let any_box = self.lines.iter().any(|line| line.corners().is_some()) || !self.shapes.is_empty();
        match stated {
            Some(size) => Some(size),
            None if shares && any_box => Some(PageSize::unknown(self.unit)),
            None if shares => None,
            None => self.extent(),
        }
    }

    /// A page that ends as far behind its boxes as it begins before them, and no less than [`MARGIN`].
    fn extent(&self) -> Option<PageSize> {
        let boxes =
            self.lines.iter().filter_map(RawLine::corners).chain(self.shapes.iter().map(|(_, corners)| *corners));
        let real = boxes.filter(|corners| corners.iter().all(|side| side.is_finite()));
        let reach =
            real.fold(None, |reach: Option<Corners>, corners| Some(bounding_box(reach.unwrap_or(corners), corners)))?;
        let [left, top, right, bottom] = reach;
        let margin = |before: f64, length: f64| before.max(MARGIN * length);
        PageSize::new(right + margin(left, right - left), bottom + margin(top, bottom - top), self.unit)
    }
}

impl RawLine {
    fn corners(&self) -> Option<Corners> {
        self.corners.or_else(|| bounds(&self.polygon))
    }

    fn font(&self, page: &PageSize) -> Option<Font> {
        let size = page.length(self.type_size);
        (size > 0 || self.bold).then_some(Font { size, bold: self.bold })
    }

    fn placed(self, number: u32, size: &PageSize, (x, y): (f64, f64)) -> Line {
        let corners = self.corners();
        let area = corners.map(|[x0, y0, x1, y1]| size.area(x0 - x, y0 - y, x1 - x, y1 - y));
        let corner = |&(px, py): &(f64, f64)| size.point(px - x, py - y);
        let points: Vec<Point> = self.polygon.iter().take(MAX_CORNERS + 1).map(corner).collect();
        let long = self.text.chars().nth(1).is_some();
        let upright = corners.is_some_and(|[x0, y0, x1, y1]| (y1 - y0).abs() > UPRIGHT * (x1 - x0).abs());
        let told = if long && upright { Direction::Vertical } else { Direction::Horizontal };
        let font = self.font(size);
        Line {
            number,
            polygon: area.map_or_else(Vec::new, |area| if is_plain(&points, &area) { Vec::new() } else { points }),
            area,
            font,
            direction: self.direction.unwrap_or(told),
            mark: Some(self.mark),
            text: self.text,
            ..Line::default()
        }
    }
}

/// What is said of a page with so many characters and lines.
fn too_large(number: u32, (characters, lines): (u64, usize), limits: &ReaderLimits) -> Problem {
    let numbers = [characters, lines as u64, limits.page_characters as u64, limits.page_lines as u64];
    let arguments = ["page".to_owned(), number.to_string()].into_iter().chain(numbers.map(|number| number.to_string()));
    Problem::of_file(ProblemCode::PageTooLarge, arguments)
}

/// Whether points say no more than their rectangle.
fn is_plain(points: &[Point], area: &Area) -> bool {
    let at_corner = |p: &Point| (p.x == area.left || p.x == area.right) && (p.y == area.top || p.y == area.bottom);
    points.len() < 3 || points.len() > MAX_CORNERS || points.iter().all(at_corner)
}

/// The rectangle around two.
pub(super) fn bounding_box(a: Corners, b: Corners) -> Corners {
    [a[0].min(b[0]).min(b[2]), a[1].min(b[1]).min(b[3]), a[2].max(b[0]).max(b[2]), a[3].max(b[1]).max(b[3])]
}

/// The rectangle around points; `None` of none.
pub(super) fn bounds(points: &[(f64, f64)]) -> Option<Corners> {
    let boxes = points.iter().map(|&(x, y)| [x, y, x, y]);
    boxes.reduce(bounding_box)
}

/// The part of a rectangle that one of several lines in it takes up: from top to bottom, of vertical lines from right
/// to left.
pub(super) fn line_part([x0, y0, x1, y1]: Corners, at: usize, of: usize, direction: Option<Direction>) -> Corners {
    let part = |from: f64, to: f64, at: usize| from + (to - from) * at as f64 / of.max(1) as f64;
    match direction {
        Some(Direction::Vertical) => [part(x1, x0, at + 1), y0, part(x1, x0, at), y1],
        _ => [x0, part(y0, y1, at), x1, part(y0, y1, at + 1)],
    }
}

/// The corners of a line that rises or falls inside its rectangle; none where it is as good as level.
pub(super) fn skewed([x0, y0, x1, y1]: Corners, slope: f64) -> Vec<(f64, f64)> {
    let drop = slope * (x1 - x0);
    let height = (y1 - y0).abs();
    if !drop.is_finite() || drop.abs() < height / 4.0 || drop.abs() >= height {
        return Vec::new();
    }
    let (left, right) = (drop.min(0.0).abs(), drop.max(0.0));
    vec![(x0, y0 + left), (x1, y0 + right), (x1, y1 - left), (x0, y1 - right)]
}

/// Hands pages on, numbered, and no more than a file may have.
pub(super) struct PageEmitter<'f> {
    found: &'f mut dyn FnMut(ReaderOutput),
    limits: ReaderLimits,
    last: u32,
    given: u32,
    left_out: (u32, u64),
}

impl<'f> PageEmitter<'f> {
    /// Of a new file.
    pub(super) fn new(limits: ReaderLimits, found: &'f mut dyn FnMut(ReaderOutput)) -> Self {
        Self { found, limits, last: 0, given: 0, left_out: (0, 0) }
    }

    /// Hands a page on. Its number is the stated one, where that is above the last.
    pub(super) fn emit_page(&mut self, page: RawPage) {
        if self.given as usize >= self.limits.pages {
            self.left_out.0 = self.left_out.0.saturating_add(1);
            self.left_out.1 += page.characters as u64;
            return;
        }
        self.given += 1;
        self.last = page.stated.filter(|stated| *stated > self.last).unwrap_or(self.last.saturating_add(1));
        (self.found)(page.into_output(self.last, &self.limits));
    }

    /// Hands a page of text without boxes on, within the same limits; its number is the next one.
    pub(super) fn emit_text_page(&mut self, mut page: SourcePage) {
        let (characters, lines) = (page.characters(), page.lines.len());
        if self.given as usize >= self.limits.pages {
            self.left_out = (self.left_out.0.saturating_add(1), self.left_out.1 + characters);
            return;
        }
        self.given += 1;
        self.last = self.last.saturating_add(1);
        page.number = self.last;
        let printed = characters - page.blank;
        (self.found)(if lines > self.limits.page_lines || printed > self.limits.page_characters as u64 {
            ReaderOutput::Refused(too_large(page.number, (printed, lines), &self.limits).losing(characters))
        } else {
            ReaderOutput::Page(Box::new(page))
        });
    }

    /// The limits of the file.
    pub(super) fn limits(&self) -> &ReaderLimits {
        &self.limits
    }

    /// The number that the next page has.
    pub(super) fn next_number(&self) -> u32 {
        self.last.saturating_add(1)
    }

    /// Leaves a number to a page that is not handed on.
    pub(super) fn skip_number(&mut self) {
        self.last = self.next_number();
    }

    /// Hands on something else.
    pub(super) fn emit(&mut self, found: ReaderOutput) {
        (self.found)(found);
    }

    /// Whether there was no page so far.
    pub(super) fn is_empty(&self) -> bool {
        self.given == 0
    }

    /// Says which pages were left out.
    pub(super) fn finish(self) {
        let (pages, characters) = self.left_out;
        if pages > 0 {
            let problem = Problem::of_file(ProblemCode::TooManyPages, [pages as usize, self.limits.pages]);
            (self.found)(ReaderOutput::Refused(problem.losing(characters)));
        }
    }
}

/// A page number from 1, as a source states it.
pub(super) fn page_number(stated: f64) -> Option<u32> {
    (1.0..1e9).contains(&stated).then_some(stated as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, corners: Corners) -> RawLine {
        RawLine { text: text.into(), corners: Some(corners), ..RawLine::default() }
    }

    fn given(pages: Vec<RawPage>) -> Vec<ReaderOutput> {
        let mut all = Vec::new();
        let mut keep = |found| all.push(found);
        let mut out = PageEmitter::new(ReaderLimits::default(), &mut keep);
        pages.into_iter().for_each(|page| out.emit_page(page));
        out.finish();
        all
    }

    #[test]
    fn a_page_without_size_reaches_as_far_as_its_boxes() {
        let mut page = RawPage::new(LengthUnit::Pixel);
        page.push(line(" 甲乙\n", [100.0, 50.0, 900.0, 90.0]));
        page.push(line("  ", [0.0, 0.0, f64::NAN, 1.0]));
        page.push(line("丙丁", [f64::NAN, -5.0, 9.0, 1.0]));
        let Some(ReaderOutput::Page(page)) = given(vec![page]).pop() else { panic!("a page") };
        assert_eq!(page.size, PageSize::new(1000.0, 140.0, LengthUnit::Pixel));
        assert_eq!(page.lines[0].area, Some(Area { left: 1000, top: 500, right: 9000, bottom: 900 }));
        assert_eq!((page.lines[0].text.as_str(), page.lines.len()), ("甲乙", 2));
    }

    #[test]
    fn a_page_over_the_limit_is_refused_and_the_rest_is_read() {
        let mut large = RawPage::new(LengthUnit::Pixel);
        (0..=ReaderLimits::default().page_lines).for_each(|_| large.push(line("字", [0.0, 0.0, 1.0, 1.0])));
        let found = given(vec![large, RawPage::new(LengthUnit::Pixel)]);
        assert!(
            matches!(&found[0], ReaderOutput::Refused(p) if p.is(ProblemCode::PageTooLarge) && p.characters == 20_001)
        );
        assert!(matches!(&found[1], ReaderOutput::Page(page) if page.number == 2));
    }

    #[test]
    fn pages_over_the_limit_are_counted() {
        let page = |_| {
            let mut page = RawPage::new(LengthUnit::Pixel);
            page.push(line("三个字", [0.0, 0.0, 1.0, 1.0]));
            page
        };
        let found = given((0..2_002).map(page).collect());
        assert_eq!(found.len(), 2_001);
        assert!(
            matches!(found.last(), Some(ReaderOutput::Refused(p)) if p.is(ProblemCode::TooManyPages) && p.characters == 6)
        );
    }

    #[test]
    fn stated_numbers_hold_while_they_rise() {
        let page = |stated| RawPage { stated, ..RawPage::new(LengthUnit::Pixel) };
        let found = given(vec![page(Some(3)), page(Some(3)), page(None), page(Some(9))]);
        let numbers: Vec<u32> =
            found.iter().map(|found| if let ReaderOutput::Page(page) = found { page.number } else { 0 }).collect();
        assert_eq!(numbers, [3, 4, 5, 9]);
        assert_eq!((page_number(f64::NAN), page_number(-1.0), page_number(2.0)), (None, None, Some(2)));
    }

    #[test]
    fn a_rectangle_is_shared_by_lines() {
        let corners = [0.0, 0.0, 90.0, 30.0];
        assert_eq!(line_part(corners, 1, 3, None), [0.0, 10.0, 90.0, 20.0]);
        assert_eq!(line_part(corners, 0, 3, Some(Direction::Vertical)), [60.0, 0.0, 90.0, 30.0]);
    }

    #[test]
    fn only_a_skewed_line_has_a_polygon() {
        assert!(skewed([0.0, 0.0, 1000.0, 40.0], 0.001).is_empty());
        assert_eq!(skewed([0.0, 0.0, 1000.0, 40.0], -0.02), [(0.0, 20.0), (1000.0, 0.0), (1000.0, 20.0), (0.0, 40.0)]);
    }
}

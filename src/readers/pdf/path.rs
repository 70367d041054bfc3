//! The lines and rectangles that a page draws: rules between stories, frames around them.

use super::page_content::PageContent;
use crate::model::ShapeKind;
use crate::readers::glyphs::{Bounds, Matrix, Vector};

/// Corners that are kept of one path; longer ones are drawings.
const MAX_CORNERS: usize = 64;

/// A rule is at most this thick and at least this long, in points.
const THICKEST: f64 = 3.0;
const SHORTEST: f64 = 12.0;

/// A frame is at least this wide and high.
const NARROWEST: f64 = 10.0;

/// The path that is being built, in the space of the page, and the colour that it would be filled with.
#[derive(Debug, Default)]
pub(super) struct PdfPath {
    parts: Vec<Vec<Vector>>,
    corners: usize,
    pub(super) white: bool,
}

impl PdfPath {
    /// Takes a step that builds or paints a path or sets a colour; says whether it was one.
    pub(super) fn apply_operator(
        &mut self,
        operator: &[u8],
        numbers: &[f64],
        matrix: &Matrix,
        ink: &mut PageContent,
    ) -> bool {
        match (operator, numbers) {
            (b"m", [x, y, ..]) => self.begin(matrix.spot((*x, *y))),
            (b"l", [x, y, ..]) => self.go(matrix.spot((*x, *y))),
            (b"re", [x, y, width, height, ..]) => {
                let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height), (*x, *y)];
                self.begin(matrix.spot(corners[0]));
                corners[1..].iter().for_each(|corner| self.go(matrix.spot(*corner)));
            }
            // A path with a curve is a drawing.
            (b"c" | b"v" | b"y", _) => self.corners = MAX_CORNERS + 1,
            (b"h", _) => {
                if let Some(first) = self.parts.last().and_then(|part| part.first()).copied() {
                    self.go(first);
                }
            }
            (b"S" | b"s", _) => self.paint(true, ink),
            (b"f" | b"F" | b"f*", _) => self.paint(false, ink),
            (b"B" | b"B*" | b"b" | b"b*", _) => self.paint(true, ink),
            (b"n", _) => self.clear(),
            (b"g" | b"rg" | b"k" | b"sc" | b"scn", levels) => self.white = is_white(operator, levels),
            _ => return false,
        }
        true
    }

    fn begin(&mut self, spot: Vector) {
        self.corners += 1;
        if self.corners <= MAX_CORNERS {
            self.parts.push(vec![spot]);
        }
    }

    fn go(&mut self, spot: Vector) {
        self.corners += 1;
        if let Some(part) = self.parts.last_mut().filter(|_| self.corners <= MAX_CORNERS) {
            part.push(spot);
        }
    }

    fn clear(&mut self) {
        self.parts.clear();
        self.corners = 0;
    }

    /// Hands on the shapes of the path.
    fn paint(&mut self, outlined: bool, ink: &mut PageContent) {
        if self.corners <= MAX_CORNERS && (outlined || !self.white) {
            for part in &self.parts {
                match (rectangle(part), outlined) {
                    (Some(bounds), _) => shape_of(bounds, ink),
                    (None, true) => {
                        part.windows(2).for_each(|ends| rule_of(Bounds::from_corners(ends[0], ends[1]), ink))
                    }
                    (None, false) => {}
                }
            }
        }
        self.clear();
    }
}

/// Whether a colour is white: all light, or no ink. One level of a colour space of its own is ink or light, no one knows.
fn is_white(operator: &[u8], levels: &[f64]) -> bool {
    match levels.len() {
        4 => levels.iter().all(|ink| *ink <= 0.01),
        3 => levels.iter().all(|light| *light >= 0.99),
        1 => operator == b"g" && levels[0] >= 0.99,
        _ => false,
    }
}

/// The rectangle that a closed part is.
fn rectangle(part: &[Vector]) -> Option<Bounds> {
    if !matches!(part.len(), 4 | 5) {
        return None;
    }
    let bounds = Bounds::bounding_box(part.iter().copied())?;
    let near = |a: f64, b: f64| (a - b).abs() < 0.5;
    let on_edge =
        |(x, y): &Vector| (near(*x, bounds.x0) || near(*x, bounds.x1)) && (near(*y, bounds.y0) || near(*y, bounds.y1));
    part.iter().all(on_edge).then_some(bounds)
}

/// A rule or a frame, if it is large enough to be one.
fn shape_of(bounds: Bounds, ink: &mut PageContent) {
    if bounds.width().min(bounds.height()) >= NARROWEST {
        ink.shape(ShapeKind::Frame, bounds);
    } else {
        rule_of(bounds, ink);
    }
}

/// A rule, if it is thin and long enough to be one.
fn rule_of(bounds: Bounds, ink: &mut PageContent) {
    let (thin, long) = (bounds.width().min(bounds.height()), bounds.width().max(bounds.height()));
    if thin <= THICKEST && long >= SHORTEST {
        ink.shape(ShapeKind::Rule, bounds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(steps: &[(&str, &[f64])]) -> Vec<(ShapeKind, Bounds)> {
        let (mut path, mut ink) = (PdfPath::default(), PageContent::new(600.0, 800.0, 1000));
        for (operator, numbers) in steps {
            path.apply_operator(operator.as_bytes(), numbers, &Matrix::IDENTITY, &mut ink);
        }
        ink.shapes
    }

    #[test]
    fn rules_and_frames_are_told_by_their_size() {
        let found = shapes(&[
            ("m", &[10.0, 10.0]),
            ("l", &[200.0, 10.0]),
            ("S", &[]),
            ("re", &[10.0, 20.0, 100.0, 1.0]),
            ("f", &[]),
            ("re", &[10.0, 30.0, 100.0, 50.0]),
            ("S", &[]),
        ]);
        let kinds: Vec<ShapeKind> = found.iter().map(|shape| shape.0).collect();
        assert_eq!(kinds, [ShapeKind::Rule, ShapeKind::Rule, ShapeKind::Frame]);
    }

    #[test]
    fn clips_white_grounds_and_drawings_are_none() {
        let none: [&[(&str, &[f64])]; 5] = [
            &[("m", &[0.0, 0.0]), ("l", &[100.0, 100.0]), ("S", &[])],
            &[("re", &[0.0, 0.0, 100.0, 100.0]), ("n", &[])],
            &[("g", &[1.0]), ("re", &[0.0, 0.0, 100.0, 100.0]), ("f", &[])],
            &[("m", &[0.0, 0.0]), ("c", &[1.0; 6]), ("l", &[100.0, 0.0]), ("S", &[])],
            &[("re", &[0.0, 0.0, 600.0, 800.0]), ("S", &[])],
        ];
        assert!(none.iter().all(|steps| shapes(steps).is_empty()));
    }
}

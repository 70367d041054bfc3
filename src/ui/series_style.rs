//! How series are told from each other: by colour, shape and dashes, so that print may lose the colour.

use super::svg::{DrawingPart, DrawingPlace, Paint, SvgShape, Theme, line};

/// Classes in a page, and colours in a file (Okabe and Ito's, darkened to stand out from white), of the series.
const COLOURS: [(&str, &str); 8] = [
    ("s1", "#0072b2"),
    ("s2", "#b84a00"),
    ("s3", "#00795a"),
    ("s4", "#a8457f"),
    ("s5", "#9a6700"),
    ("s6", "#1f1b16"),
    ("s7", "#2a8ac4"),
    ("s8", "#6f6f00"),
];
const DASHES: [&str; 4] = ["", "7 5", "1.5 5", "9 4 1.5 4"];
const SHAPES: usize = 6;

/// The style of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeriesStyle {
    colour: usize,
    shape: usize,
    opacity: f64,
}

impl SeriesStyle {
    /// The style of a series by its number.
    pub(super) fn series(number: usize) -> Self {
        Self { colour: number, shape: number, opacity: 1.0 }
    }

    /// The style of a year by its number among so many, the last the darkest.
    pub(super) fn year(number: usize, of: usize) -> Self {
        let age = (number + 1) as f64 / of.max(1) as f64;
        Self { colour: 0, shape: number, opacity: 0.35 + 0.65 * age }
    }

    /// The strokes and gaps of its lines.
    pub(super) fn dash(self) -> &'static str {
        DASHES[self.shape % DASHES.len()]
    }

    /// The class of its group, and the colour inside it.
    fn colour(self, theme: Theme) -> (&'static str, &'static str) {
        let (class, colour) = COLOURS[self.colour % COLOURS.len()];
        match theme {
            Theme::Page => (class, "currentColor"),
            Theme::File => ("", colour),
        }
    }

    /// The colour of its surfaces.
    pub(super) fn fill(self, theme: Theme) -> &'static str {
        self.colour(theme).1
    }

    /// What is drawn in it.
    pub(super) fn group(self, theme: Theme, shapes: Vec<SvgShape>) -> SvgShape {
        let (class, stroke) = self.colour(theme);
        SvgShape::Series { class, stroke, opacity: self.opacity, shapes }
    }

    /// Its point.
    pub(super) fn marker(self, theme: Theme, (x, y): DrawingPlace, r: f64) -> SvgShape {
        let (left, right, high, low) = (x - r, x + r, y - r, y + r);
        let d = match self.shape % SHAPES {
            0 => format!("M{left:.1} {y:.1}A{r} {r} 0 1 0 {right:.1} {y:.1}A{r} {r} 0 1 0 {left:.1} {y:.1}z"),
            1 => format!("M{left:.1} {high:.1}H{right:.1}V{low:.1}H{left:.1}z"),
            2 => format!("M{x:.1} {high:.1}L{right:.1} {y:.1}L{x:.1} {low:.1}L{left:.1} {y:.1}z"),
            3 => format!("M{left:.1} {low:.1}H{right:.1}L{x:.1} {high:.1}z"),
            4 => format!("M{left:.1} {high:.1}H{right:.1}L{x:.1} {low:.1}z"),
            _ => format!("M{left:.1} {high:.1}L{right:.1} {low:.1}M{right:.1} {high:.1}L{left:.1} {low:.1}"),
        };
        // The second round of shapes is hollow.
        let hollow = self.shape / SHAPES % 2 == 1;
        let filled = Paint { fill: self.fill(theme), ..Paint::default() };
        SvgShape::Marker { paint: if hollow { theme.paint(DrawingPart::Hollow) } else { filled }, d }
    }

    /// A sample for a legend, 34 wide and 14 high.
    pub(super) fn sample(self, theme: Theme) -> SvgShape {
        let line = line(vec![(2.0, 7.0), (32.0, 7.0)], self.dash());
        self.group(theme, vec![line, self.marker(theme, (17.0, 7.0), 4.5)])
    }
}

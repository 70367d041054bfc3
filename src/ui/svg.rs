//! Drawings as shapes: geometry here, markup and its escaping in the template `svg.html`, so that what was typed or printed
//! cannot become an element.

use askama::Template;

/// A place of a drawing, in its units.
pub(super) type DrawingPlace = (f64, f64);

/// How a shape is painted; empty = not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) class: &'static str,
    pub(super) fill: &'static str,
    pub(super) stroke: &'static str,
}

/// A shape.
#[derive(Clone, Debug)]
pub(super) enum SvgShape {
    /// A rectangle with round corners.
    Rect { paint: Paint, corner: DrawingPlace, width: f64, height: f64, radius: f64 },
    /// A rectangle that a pattern of the drawing fills.
    Patterned { pattern: String, corner: DrawingPlace, width: f64, height: f64 },
    /// A path.
    Path { paint: Paint, d: String },
    /// The point of a series.
    Marker { paint: Paint, d: String },
    /// A line through some places; `dash`: lengths of its strokes and gaps, empty = unbroken.
    Line { places: Vec<DrawingPlace>, dash: &'static str },
    /// A light surface.
    Area { places: Vec<DrawingPlace>, fill: &'static str },
    /// A dashed circle around a point that is not sure.
    Ring { centre: DrawingPlace, radius: f64 },
    /// Text; `anchor`: `middle`, `end`, or empty for the start; `size`: 0 = that of the drawing.
    Text { paint: Paint, place: DrawingPlace, anchor: &'static str, size: f64, text: String },
    /// Shapes with a title and, where there is an address, a link. Tables beside the drawings hold the same links, so that
    /// nobody has to step through hundreds of points.
    Titled { title: String, href: Option<String>, shapes: Vec<SvgShape> },
    /// Shapes moved to a place.
    Moved { to: DrawingPlace, shapes: Vec<SvgShape> },
    /// What is drawn for a series.
    Series { class: &'static str, stroke: &'static str, opacity: f64, shapes: Vec<SvgShape> },
    /// The patterns of a drawing: names with the paths of their tiles.
    Patterns { paint: Paint, patterns: Vec<(String, &'static str)> },
}

/// Shapes as markup.
#[derive(Template)]
#[template(path = "svg.html")]
struct SvgMarkup<'a> {
    shapes: &'a [SvgShape],
}

/// Shapes as markup, for the inside of an `svg` element.
///
/// # Errors
/// Writing to a text does not fail; where a template does, nothing is drawn.
pub(super) fn markup(shapes: &[SvgShape]) -> String {
    SvgMarkup { shapes }.render().unwrap_or_default()
}

/// Text without what XML does not allow.
pub(super) fn allowed(text: &str) -> String {
    let characters = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    characters.map(|c| if c < ' ' { ' ' } else { c }).collect()
}

/// Where a drawing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// In a page, whose style sheet colours it.
    Page,
    /// In a file of its own, with its colours inside.
    File,
}

/// A part of a drawing that is no series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DrawingPart {
    /// A line of the grid.
    Grid,
    /// Text.
    Text,
    /// A surface behind something: time of which nothing is held, a tile.
    Ground,
    /// A line of the pattern on it.
    Hatch,
    /// A point that is not filled.
    Hollow,
}

impl Theme {
    /// How a part is painted.
    pub(super) fn paint(self, part: DrawingPart) -> Paint {
        let class = |class| Paint { class, ..Paint::default() };
        let fill = |fill| Paint { fill, ..Paint::default() };
        let stroke = |stroke| Paint { fill: "none", stroke, ..Paint::default() };
        match (self, part) {
            (Self::Page, DrawingPart::Grid) => class("g-grid"),
            (Self::Page, DrawingPart::Text) => class("g-text"),
            (Self::Page, DrawingPart::Ground) => class("g-ground"),
            (Self::Page, DrawingPart::Hatch) => class("g-hatch"),
            (Self::Page, DrawingPart::Hollow) => class("g-hollow"),
            (Self::File, DrawingPart::Grid) => stroke("#cccccc"),
            (Self::File, DrawingPart::Text) => fill("#222222"),
            (Self::File, DrawingPart::Ground) => fill("#ececec"),
            (Self::File, DrawingPart::Hatch) => stroke("#8a8a8a"),
            (Self::File, DrawingPart::Hollow) => fill("#ffffff"),
        }
    }
}

/// What is there in runs without a gap, each thing with its number.
pub(super) fn runs<T>(items: &[Option<T>]) -> Vec<Vec<(usize, &T)>> {
    let there = items.iter().enumerate().filter_map(|(at, item)| Some((at, item.as_ref()?)));
    let there: Vec<(usize, &T)> = there.collect();
    there.chunk_by(|one, next| one.0 + 1 == next.0).map(<[(usize, &T)]>::to_vec).collect()
}

/// A line through some places; one place alone is no line, but the round ends of a line without length make a dot.
pub(super) fn line(mut places: Vec<DrawingPlace>, dash: &'static str) -> SvgShape {
    if let [only] = places[..] {
        places.push(only);
    }
    SvgShape::Line { places, dash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_no_element() {
        let evil = "<script>alert('x')</script>&\"\u{1}";
        let text =
            SvgShape::Text { paint: Paint::default(), place: (1.0, 2.0), anchor: "", size: 0.0, text: evil.to_owned() };
        let titled = SvgShape::Titled { title: evil.to_owned(), href: Some(evil.to_owned()), shapes: vec![text] };
        let drawn = markup(&[titled]);
        assert!(!drawn.contains("<script") && !drawn.contains("alert('") && !drawn.contains('\u{1}'), "{drawn}");
        assert_eq!(drawn.matches("&#60;script&#62;").count(), 3, "{drawn}");
    }

    #[test]
    fn a_gap_parts_two_runs() {
        let parts = runs(&[Some(1), Some(2), None, None, Some(3)]);
        assert_eq!(parts, [vec![(0, &1), (1, &2)], vec![(4, &3)]]);
        assert!(runs::<u8>(&[None]).is_empty());
        assert_eq!(markup(&[line(vec![(1.0, 2.0)], "")]), "<polyline points=\"1.0,2.0 1.0,2.0\"/>");
    }
}

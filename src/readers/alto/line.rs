//! A `TextLine` of ALTO.

use super::head::{AltoHeader, AltoTextStyle, in_unit};
use crate::model::Direction;
use crate::readers::raw_page::{Corners, RawLine, bounding_box, skewed};
use crate::readers::spacing::{self, WordGap};
use crate::readers::xml::{XmlTag, numbers, points};

/// Two strings without `SP` between them touch when the gap is below this share of their height.
const TOUCH: f64 = 0.2;

/// A gap of this many line heights between two strings is a printed one.
const WIDE: f64 = 2.0;

/// A line while it is read.
#[derive(Default)]
pub(super) struct AltoLineBuilder {
    pub(super) line: RawLine,
    style: Option<AltoTextStyle>,
    strings_around: Option<Corners>,
    last: Option<Corners>,
    /// Whether an `SP` came after the last string.
    space: bool,
    scores: (f64, u32),
}

impl AltoLineBuilder {
    /// A line, with what its block says of its lines.
    pub(super) fn from_tag(tag: &XmlTag, head: &AltoHeader, block: Option<AltoTextStyle>) -> Self {
        let corners = corners(tag);
        let line = RawLine {
            corners,
            polygon: corners.map(|corners| skewed(corners, slope(tag))).unwrap_or_default(),
            direction: match tag.text("BASEDIRECTION").as_str() {
                "ttb" | "btt" => Some(Direction::Vertical),
                "ltr" | "rtl" => Some(Direction::Horizontal),
                _ => None,
            },
            ..RawLine::default()
        };
        Self { line, style: head.style(&tag.text("STYLEREFS")).or(block), ..Self::default() }
    }

    /// Takes the corners of a `Polygon`.
    pub(super) fn set_polygon(&mut self, tag: &XmlTag) {
        let corners = points(&numbers(&tag.text("POINTS")));
        if corners.len() > 2 {
            self.line.polygon = corners;
        }
    }

    /// Takes an `SP`.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    /// Takes the hyphen that ends a line.
    pub(super) fn hyphen(&mut self, tag: &XmlTag) {
        spacing::append(&mut self.line.text, &tag.text("CONTENT"), WordGap::None);
    }

    /// Takes a `String`.
    pub(super) fn string(&mut self, tag: &XmlTag, head: &AltoHeader) {
        let corners = corners(tag);
        let gap = self.gap_before(corners);
        spacing::append(&mut self.line.text, &tag.text("CONTENT"), gap);
        self.space = false;
        self.style = head.style(&tag.text("STYLEREFS")).or(self.style);
        if let Some(score) = tag.number("WC") {
            self.scores = (self.scores.0 + score.clamp(0.0, 1.0), self.scores.1 + 1);
        }
        self.last = corners;
        self.strings_around = match (self.strings_around, corners) {
            (Some(so_far), Some(corners)) => Some(bounding_box(so_far, corners)),
            (so_far, corners) => so_far.or(corners),
        };
    }

    fn gap_before(&self, next: Option<Corners>) -> WordGap {
        let (Some(last), Some(next)) = (self.last, next) else { return WordGap::Space };
        let height = self.line.corners.map_or(next[3] - next[1], |[_, top, _, bottom]| bottom - top);
        let gap = next[0] - last[2];
        match height > 0.0 {
            true if gap > WIDE * height => WordGap::Wide,
            true if gap < TOUCH * height && !self.space => WordGap::None,
            _ => WordGap::Space,
        }
    }

    /// The line as it stands.
    pub(super) fn finish(self, head: &AltoHeader) -> RawLine {
        let (sum, count) = self.scores;
        let style = self.style.unwrap_or_default();
        let mut line = self.line;
        if line.polygon.is_empty() {
            line.corners = line.corners.or(self.strings_around);
        }
        line.type_size = in_unit(style.points, head.unit());
        line.bold = style.bold;
        line.mark.score = (count > 0).then(|| (sum / f64::from(count)) as f32);
        line
    }
}

/// The rectangle of an element.
pub(super) fn corners(tag: &XmlTag) -> Option<Corners> {
    let (x, y) = (tag.number("HPOS")?, tag.number("VPOS")?);
    Some([x, y, x + tag.number("WIDTH")?, y + tag.number("HEIGHT")?])
}

/// The slope of a baseline that is given by points.
fn slope(tag: &XmlTag) -> f64 {
    let line = points(&numbers(&tag.text("BASELINE")));
    match (line.first(), line.last()) {
        (Some(first), Some(last)) if last.0 > first.0 => (last.1 - first.1) / (last.0 - first.0),
        _ => 0.0,
    }
}

//! A `TextObject`: characters with their places on the page.

use crate::readers::glyphs::{Bounds, Glyph, Matrix, Vector, is_wide};
use crate::readers::xml::{XmlTag, numbers};

/// A weight from which type is bold.
const BOLD: f64 = 600.0;

/// A step of this much more than the width of a character is a gap, in shares of the size.
const GAP: f64 = 0.5;

/// How much of a character stands above its base line.
const ASCENT: f64 = 0.88;

/// An open object and the code in it.
#[derive(Debug)]
pub(super) struct TextObject {
    /// From the space of the object to the page, in millimetres.
    map: Matrix,
    size: f64,
    /// Width of characters, in widths of their type.
    stretch: f64,
    bold: bool,
    /// The way that the text runs in the space of the object.
    way: Vector,
    /// Where the next code begins that states no place.
    pen: Vector,
    /// Its boundary as it is written, and the width of it.
    boundary: (String, f64),
    /// The text of its last code.
    said: String,
}

/// Places and text of a `TextCode`.
#[derive(Debug, Default)]
pub(super) struct TextCode {
    at: (Option<f64>, Option<f64>),
    delta_x: String,
    delta_y: String,
    /// Its text.
    pub(super) text: String,
}

impl TextCode {
    /// Begins with the attributes of the element.
    pub(super) fn begin(tag: &XmlTag) -> Self {
        Self {
            at: (tag.number("X"), tag.number("Y")),
            delta_x: tag.text("DeltaX"),
            delta_y: tag.text("DeltaY"),
            text: String::new(),
        }
    }
}

impl TextObject {
    /// Begins with the attributes of the element; `None` where it is not shown or has no place.
    pub(super) fn begin(tag: &XmlTag, is_bold_font: bool) -> Option<Self> {
        let boundary = tag.text("Boundary");
        let [x, y, width, height] = super::box_of(&boundary)?;
        // `size` is what easyofd writes.
        let stated = tag.number("Size").or_else(|| tag.number("size"));
        let size = stated.or(Some(height)).filter(|size| *size > 0.0)?;
        if tag.text("Visible") == "false" {
            return None;
        }
        let own = Matrix::from_numbers(&numbers(&tag.text("CTM"))).unwrap_or(Matrix::IDENTITY);
        let way = match (tag.number("ReadDirection").unwrap_or(0.0) as i64).rem_euclid(360) {
            90 => (0.0, 1.0),
            180 => (-1.0, 0.0),
            270 => (0.0, -1.0),
            _ => (1.0, 0.0),
        };
        Some(Self {
            map: own.followed_by(Matrix::shift(x, y)),
            size,
            stretch: tag.number("HScale").filter(|scale| *scale > 0.0).unwrap_or(1.0),
            bold: is_bold_font || tag.number("Weight").is_some_and(|weight| weight >= BOLD),
            way,
            pen: (0.0, 0.0),
            boundary: (boundary, width),
            said: String::new(),
        })
    }

    /// Lets a code follow what the object before this one said, where both state one place: easyofd gives each run of a line
    /// the box of the whole line. The same text in one place is a shadow.
    pub(super) fn follow(&self, before: &Self, code: &mut TextCode) {
        let length = code.text.chars().count() as f64 * self.size / 2.0;
        let fits = before.pen.0 + length <= self.boundary.1 + GAP * self.size;
        let is_one_place = self.boundary.0 == before.boundary.0 && code.at.0 == Some(0.0) && before.pen.0 > 0.0;
        if is_one_place && fits && before.said != code.text {
            code.at.0 = Some(before.pen.0);
            code.delta_x.clear();
        }
    }

    /// Hands on the characters of a code, at most so many.
    pub(super) fn place(&mut self, code: &TextCode, most: usize, glyphs: &mut Vec<Glyph>) {
        self.said.clone_from(&code.text);
        let characters: Vec<char> = code.text.chars().filter(|c| !matches!(c, '\n' | '\r')).take(most).collect();
        let count = characters.len();
        let steps = (offsets(&code.delta_x, count), offsets(&code.delta_y, count));
        let way = self.way_of(&steps.0, &steps.1);
        self.pen = (code.at.0.unwrap_or(self.pen.0), code.at.1.unwrap_or(self.pen.1));
        for (at, character) in characters.into_iter().enumerate() {
            let natural = self.size * if is_wide(character) || way.0 == 0.0 { 1.0 } else { 0.5 } * self.stretch;
            let stated = steps.0.get(at).is_some() || steps.1.get(at).is_some();
            let step = match stated {
                true => (offset(&steps.0, at), offset(&steps.1, at)),
                false => (way.0 * natural, way.1 * natural),
            };
            let along = step.0 * way.0 + step.1 * way.1;
            let is_close = at + 1 < count && along > 0.0 && along <= natural + GAP * self.size;
            let end = if is_close { step } else { (way.0 * natural, way.1 * natural) };
            glyphs.push(self.glyph(character, end, natural, way));
            self.pen = (self.pen.0 + step.0, self.pen.1 + step.1);
        }
    }

    /// The way that text runs: as stated, unless its steps go down only.
    fn way_of(&self, x: &[f64], y: &[f64]) -> Vector {
        let (across, down) = (x.iter().sum::<f64>(), y.iter().sum::<f64>());
        if self.way == (1.0, 0.0) && down.abs() > self.size / 2.0 && across.abs() < self.size / 2.0 {
            (0.0, down.signum())
        } else {
            self.way
        }
    }

    fn glyph(&self, character: char, end: Vector, width: f64, way: Vector) -> Glyph {
        let (x, y) = self.pen;
        let area = Bounds::from_corners((x, y - ASCENT * self.size), (x + width, y + (1.0 - ASCENT) * self.size));
        let (dx, dy) = self.map.step(way);
        let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
        let (up_x, up_y) = self.map.step((0.0, self.size));
        Glyph {
            character,
            start: self.map.spot(self.pen),
            end: self.map.spot((x + end.0, y + end.1)),
            way: (dx / length, dy / length),
            bounds: self.map.bounds(area),
            size: up_x.hypot(up_y),
            bold: self.bold,
        }
    }
}

/// The steps behind each of so many characters: numbers, and `g n v` for n times v.
fn offsets(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let (count, value) = match word {
            "g" | "G" => (words.next().and_then(|count| count.parse().ok()).unwrap_or(0), words.next()),
            _ => (1_usize, Some(word)),
        };
        let value = value.and_then(|value| value.parse().ok()).filter(|value: &f64| value.is_finite());
        steps.extend(std::iter::repeat_n(value.unwrap_or(0.0), count.min(most - steps.len().min(most))));
        if steps.len() >= most {
            break;
        }
    }
    steps
}

fn offset(steps: &[f64], at: usize) -> f64 {
    steps.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_may_be_repeated() {
        assert_eq!(offsets("g 3 4.5 5 g 2 1", 10), [4.5, 4.5, 4.5, 5.0, 1.0, 1.0]);
        assert_eq!(offsets("g 99999999999 1", 4), [1.0; 4]);
        assert_eq!(offsets("g x 1 y g", 9), [0.0]);
        assert!(offsets("", 5).is_empty() && offsets("1 2 3", 0).len() <= 1);
    }
}

//! What stands on a page once its content was run: characters with their places, and shapes.

use crate::model::ShapeKind;
use crate::readers::glyphs::{Bounds, Glyph};
use std::collections::HashMap;

/// Shapes that are kept of a page.
const MAX_SHAPES: usize = 2_000;

/// Width and height of a picture in points, at least.
const SMALLEST_PICTURE: f64 = 12.0;

/// A character that is drawn again within this share of its size is the same one, made bold.
const SAME_PLACE: f64 = 0.12;

/// The characters and shapes of a page, in the order of its content.
#[derive(Debug, Default)]
pub(super) struct PageContent {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) shapes: Vec<(ShapeKind, Bounds)>,
    /// Whether a picture was drawn, of whatever size.
    pub(super) pictures: bool,
    /// Characters that lie outside the page.
    pub(super) outside: u64,
    /// Whether there was more than is looked at.
    pub(super) too_much: bool,
    width: f64,
    height: f64,
    most_glyphs: usize,
    places: HashMap<(char, i64, i64), Vec<u32>>,
}

impl PageContent {
    /// Of a page of a size in points, with at most so many characters.
    pub(super) fn new(width: f64, height: f64, most_glyphs: usize) -> Self {
        Self { width, height, most_glyphs, ..Self::default() }
    }

    /// Takes a character; one that was drawn before at the same place makes that one bold.
    pub(super) fn add(&mut self, glyph: Glyph) {
        if self.glyphs.len() >= self.most_glyphs {
            self.too_much = true;
        } else if !self.on_page(&glyph.bounds) {
            self.outside += 1;
        } else if let Some(same) = self.same(&glyph) {
            self.glyphs[same].bold = true;
        } else {
            self.places.entry(cell(&glyph)).or_default().push(self.glyphs.len() as u32);
            self.glyphs.push(glyph);
        }
    }

    fn on_page(&self, bounds: &Bounds) -> bool {
        bounds.meets(&Bounds { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height })
    }

    /// The earlier character that this one is drawn over.
    fn same(&self, glyph: &Glyph) -> Option<usize> {
        let (character, column, row) = cell(glyph);
        let near = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (character, column + x, row + y)));
        let found = near.filter_map(|key| self.places.get(&key)).flat_map(|all| all.iter().rev().take(8));
        let (x, y) = glyph.bounds.middle();
        let close = |other: &Glyph| {
            let (x1, y1) = other.bounds.middle();
            let reach = SAME_PLACE * glyph.size.min(other.size);
            (x - x1).abs() <= reach && (y - y1).abs() <= reach && !character.is_whitespace()
        };
        found.map(|at| *at as usize).find(|at| self.glyphs.get(*at).is_some_and(close))
    }

    /// Writes what a part of the text stands for over the characters from `start` on, if their number is the same.
    pub(super) fn rewrite(&mut self, start: usize, text: &[char]) {
        let part = self.glyphs.get_mut(start..).unwrap_or_default();
        if part.len() == text.len() {
            part.iter_mut().zip(text).for_each(|(glyph, character)| glyph.character = *character);
        }
    }

    /// Takes a picture; what is smaller than a stamp is an ornament.
    pub(super) fn picture(&mut self, bounds: Bounds) {
        self.pictures = true;
        if bounds.width().min(bounds.height()) >= SMALLEST_PICTURE {
            self.shape(ShapeKind::Picture, bounds);
        }
    }

    /// Takes a shape, if it is on the page and does not cover it whole.
    pub(super) fn shape(&mut self, kind: ShapeKind, bounds: Bounds) {
        let share = bounds.width() * bounds.height() / (self.width * self.height);
        if share < 0.9 && self.on_page(&bounds) && self.shapes.len() < MAX_SHAPES {
            self.shapes.push((kind, bounds));
        }
    }
}

/// The part of the page that a character is looked for in when it is drawn again.
fn cell(glyph: &Glyph) -> (char, i64, i64) {
    let (x, y) = glyph.bounds.middle();
    // Two points: farther apart no copy is that makes text bold.
    (glyph.character, (x / 2.0).floor() as i64, (y / 2.0).floor() as i64)
}

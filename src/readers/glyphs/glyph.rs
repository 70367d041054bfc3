//! A character with its place on a page.

use super::matrix::{Bounds, Vector};

/// A character on the page. Lengths are in the unit of the source, from the upper left corner of the
/// page, to the right and down.
#[derive(Clone, Copy, Debug)]
pub(in crate::readers) struct Glyph {
    pub(in crate::readers) character: char,
    /// Where it begins on its base line, and where the next one is expected.
    pub(in crate::readers) start: Vector,
    pub(in crate::readers) end: Vector,
    /// The way that the text runs, as a step of length 1.
    pub(in crate::readers) way: Vector,
    pub(in crate::readers) bounds: Bounds,
    /// Size of the type.
    pub(in crate::readers) size: f64,
    pub(in crate::readers) bold: bool,
}

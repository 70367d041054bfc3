//! Characters with places, as PDF and OFD give them, gathered into lines; and what names of fonts say.

mod glyph;
mod lines;
mod matrix;
mod weight;

pub(super) use glyph::Glyph;
pub(super) use lines::{GlyphLine, is_blank, is_wide, runs, text};
pub(super) use matrix::{Bounds, Matrix, Vector};
pub(super) use weight::is_bold;

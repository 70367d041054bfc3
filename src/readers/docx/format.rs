//! How a run of text is set, as far as it tells titles from text.

use crate::readers::glyphs::is_bold;
use crate::readers::xml::XmlTag;

/// What a run, a style or the defaults of a document state; what they do not state comes from below.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RunFormat {
    /// Size in points.
    pub(super) size: Option<f64>,
    bold: Option<bool>,
    /// Whether its font is of a family for headlines.
    headline_family: Option<bool>,
    /// Whether it is not shown.
    hidden: Option<bool>,
}

impl RunFormat {
    /// This format, with what it does not state from another one.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            size: self.size.or(below.size),
            bold: self.bold.or(below.bold),
            headline_family: self.headline_family.or(below.headline_family),
            hidden: self.hidden.or(below.hidden),
        }
    }

    /// Takes what a child of `w:rPr` states.
    pub(super) fn state(&mut self, tag: &XmlTag) {
        match tag.name() {
            // In half points.
            "sz" => self.size = tag.number("val").map(|size| size / 2.0).or(self.size),
            "b" => self.bold = Some(is_on(tag)),
            "vanish" => self.hidden = Some(is_on(tag)),
            "rFonts" => {
                let names = ["eastAsia", "ascii"].map(|name| tag.text(name));
                let stated = names.into_iter().find(|name| !name.is_empty());
                self.headline_family = stated.map(|name| is_bold(name.as_bytes())).or(self.headline_family);
            }
            _ => {}
        }
    }

    /// Whether it is bold, or of a family for headlines.
    pub(super) fn is_bold(&self) -> bool {
        self.bold.unwrap_or(false) || self.headline_family.unwrap_or(false)
    }

    /// Whether it is not shown.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden.unwrap_or(false)
    }
}

/// A property that is on by standing there.
pub(super) fn is_on(tag: &XmlTag) -> bool {
    !matches!(tag.text("val").as_str(), "0" | "false" | "off" | "none")
}

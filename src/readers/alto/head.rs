//! What stands before the pages of ALTO: unit, styles, tags, reading order.

use crate::model::{LengthUnit, PageSize};
use crate::readers::xml::XmlTag;
use std::collections::HashMap;

/// Font families that are used for headlines only.
const HEAVY: [&str; 6] = ["黑体", "黑體", "小标宋", "Hei", "Bold", "Black"];

/// A text style.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct AltoTextStyle {
    /// In points, 0 where it is not stated.
    pub(super) points: f64,
    pub(super) bold: bool,
}

/// The head of one ALTO document.
#[derive(Debug, Default)]
pub(super) struct AltoHeader {
    unit: Option<LengthUnit>,
    styles: HashMap<String, AltoTextStyle>,
    tags: HashMap<String, String>,
    order: HashMap<String, u32>,
    /// Ordered groups that are open.
    ordered: u32,
}

impl AltoHeader {
    /// Takes an element that stands before the pages.
    pub(super) fn open(&mut self, tag: &XmlTag) {
        match tag.name() {
            "TextStyle" => {
                self.styles.insert(tag.text("ID"), style(tag));
            }
            "LayoutTag" | "StructureTag" | "RoleTag" | "OtherTag" => {
                self.tags.insert(tag.text("ID"), tag.text("LABEL"));
            }
            "OrderedGroup" => self.ordered += 1,
            "ElementRef" if self.ordered > 0 => {
                let next = self.order.len() as u32 + 1;
                self.order.entry(tag.text("REF")).or_insert(next);
            }
            _ => {}
        }
    }

    /// The end of an ordered group.
    pub(super) fn close_group(&mut self) {
        self.ordered = self.ordered.saturating_sub(1);
    }

    /// Takes the text of `MeasurementUnit`.
    pub(super) fn set_unit(&mut self, name: &str) {
        self.unit = match name.trim() {
            "pixel" => Some(LengthUnit::Pixel),
            "mm10" => Some(LengthUnit::TenthMillimetre),
            "inch1200" => Some(LengthUnit::Inch1200),
            _ => self.unit,
        };
    }

    /// The unit of lengths: pixels where none is stated.
    pub(super) fn unit(&self) -> LengthUnit {
        self.unit.unwrap_or(LengthUnit::Pixel)
    }

    /// The first text style among ids.
    pub(super) fn style(&self, ids: &str) -> Option<AltoTextStyle> {
        ids.split_whitespace().find_map(|id| self.styles.get(id)).copied()
    }

    /// The label of the first tag among ids.
    pub(super) fn label(&self, ids: &str) -> Option<String> {
        ids.split_whitespace().find_map(|id| self.tags.get(id)).filter(|label| !label.is_empty()).cloned()
    }

    /// The place of an element in the reading order.
    pub(super) fn place(&self, id: &str) -> Option<u32> {
        self.order.get(id).copied()
    }
}

fn style(tag: &XmlTag) -> AltoTextStyle {
    let family = tag.text("FONTFAMILY");
    AltoTextStyle {
        points: tag.number("FONTSIZE").unwrap_or(0.0),
        bold: tag.text("FONTSTYLE").contains("bold") || HEAVY.iter().any(|heavy| family.contains(heavy)),
    }
}

/// Points in a unit; 0 in pixels, whose resolution is not known.
pub(super) fn in_unit(points: f64, unit: LengthUnit) -> f64 {
    let inches = points / 72.0;
    match unit {
        LengthUnit::TenthMillimetre => inches * 254.0,
        LengthUnit::Inch1200 => inches * 1200.0,
        _ => 0.0,
    }
}

/// A size that can be one.
pub(super) fn size(tag: &XmlTag, unit: LengthUnit) -> Option<(f64, f64)> {
    let size = PageSize::new(tag.number("WIDTH")?, tag.number("HEIGHT")?, unit)?;
    Some((size.width, size.height))
}

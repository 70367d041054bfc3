//! `docvortex.middle` 2.x, the JSON of MinerU 4: blocks with boxes in shares of the page, and text without any.

use super::middle::shape_of;
use super::spans;
use crate::model::{LengthUnit, SourceHint};
use crate::readers::json::{self, corners, number_at, push_texts};
use crate::readers::raw_page::{Corners, PageEmitter, RawPage, page_number};
use serde_json::Value;
use std::collections::HashMap;

/// Blocks inside each other, at most.
const MAX_DEPTH: u32 = 8;

/// Gives the pages of a document.
pub(super) fn read(document: &Value, pages: &mut PageEmitter) {
    let sizes = sizes(document);
    for value in json::list(document, "pages").iter().filter(|value| value.is_object()) {
        pages.emit_page(page(value, &sizes));
    }
}

type PageSizes = HashMap<u64, (f64, f64)>;

/// Page sizes in points, by page index.
fn sizes(document: &Value) -> PageSizes {
    let layout = document.get("extensions").and_then(|extensions| extensions.get("docvortex_layout"));
    let pages = layout.map_or(&[][..], |layout| json::list(layout, "pages"));
    let size = |page: &Value| {
        let (width, height) = (number_at(page, "width_pt")?, number_at(page, "height_pt")?);
        let real = width > 0.0 && height > 0.0;
        real.then_some((page.get("page_idx")?.as_u64()?, (width, height)))
    };
    pages.iter().filter_map(size).collect()
}

fn page(value: &Value, sizes: &PageSizes) -> RawPage {
    let size = value.get("page_idx").and_then(Value::as_u64).and_then(|index| sizes.get(&index)).copied();
    let unit = if size.is_some() { LengthUnit::Point } else { LengthUnit::Fraction };
    let mut page = RawPage::new(unit);
    page.stated = number_at(value, "page_idx").and_then(|index| page_number(index + 1.0));
    page.size = size;
    let mut blocks = ModernBlocks { page, scale: size.unwrap_or((1.0, 1.0)), groups: 0 };
    for (place, block) in (1..).zip(json::list(value, "blocks")) {
        let order = number_at(block, "index").and_then(|index| page_number(index + 1.0)).or(Some(place));
        blocks.block(block, None, order, MAX_DEPTH);
    }
    blocks.page
}

struct ModernBlocks {
    page: RawPage,
    scale: (f64, f64),
    groups: u32,
}

impl ModernBlocks {
    fn block(&mut self, block: &Value, outer: Option<Corners>, order: Option<u32>, depth: u32) {
        let label = json::text(block, "type");
        let around = block.get("bbox").and_then(corners).map(|corners| self.scaled(corners)).or(outer);
        if let (Some(kind), Some(corners)) = (shape_of(&label), around) {
            self.page.shape(kind, corners);
        }
        let content = block.get("content").unwrap_or(&Value::Null);
        let children = children(content);
        if children.iter().any(|child| child.get("bbox").is_some_and(|bbox| !bbox.is_null())) && depth > 0 {
            return children.iter().for_each(|child| self.block(child, around, order, depth - 1));
        }
        self.groups += 1;
        let mark = SourceHint { label, group: self.groups, order, ..SourceHint::default() };
        push_texts(&mut self.page, &lines(content, depth), around, None, &mark);
    }

    fn scaled(&self, [x0, y0, x1, y1]: Corners) -> Corners {
        let (width, height) = self.scale;
        [x0 * width, y0 * height, x1 * width, y1 * height]
    }
}

/// The blocks among a content; spans are none.
fn children(content: &Value) -> &[Value] {
    const SPANS: [&str; 4] = ["text", "equation_inline", "code_inline", "hyperlink"];
    let list = content.as_array().map_or(&[][..], Vec::as_slice);
    let is_span = |value: &Value| SPANS.contains(&json::text(value, "type").as_str());
    let is_block = |value: &Value| value.is_object() && (!is_span(value) || value.get("index").is_some());
    if !list.is_empty() && list.iter().all(is_block) { list } else { &[] }
}

/// The lines of a content: a line or more for each child without a box, else those of its spans.
fn lines(content: &Value, depth: u32) -> Vec<String> {
    let children = children(content);
    if children.is_empty() || depth == 0 {
        return spans::lines(content);
    }
    children.iter().flat_map(|child| lines(child.get("content").unwrap_or(&Value::Null), depth - 1)).collect()
}

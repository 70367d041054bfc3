//! `content_list.json` and `content_list_v2.json` of MinerU: items in reading order, boxes in thousandths of the page.

use super::spans;
use crate::model::{LengthUnit, ShapeKind, SourceHint};
use crate::readers::json::{self, corners, number_at, push_texts};
use crate::readers::raw_page::{PageEmitter, RawPage, page_number};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Labels of what stands around the text, which has no place in the reading order.
const AROUND: [&str; 5] = ["header", "footer", "page_number", "aside_text", "page_footnote"];

/// Gives the pages of a flat list.
pub(super) fn flat(items: &[Value], pages: &mut PageEmitter) {
    let mut by_page: BTreeMap<u32, Vec<&Value>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.is_object()) {
        let number = number_at(item, "page_idx").and_then(|index| page_number(index + 1.0));
        by_page.entry(number.unwrap_or(1)).or_default().push(item);
    }
    for (number, items) in by_page {
        pages.emit_page(page(Some(number), items.into_iter(), &flat_parts));
    }
}

/// Gives the pages of a list of lists.
pub(super) fn nested(parts: &[Value], pages: &mut PageEmitter) {
    for (number, items) in (1..).zip(parts) {
        let items = items.as_array().into_iter().flatten().filter(|item| item.is_object());
        pages.emit_page(page(Some(number), items, &nested_parts));
    }
}

/// The parts of an item: each its label and its lines.
type ItemParts = Vec<(String, Vec<String>)>;

fn page<'v>(
    number: Option<u32>,
    items: impl Iterator<Item = &'v Value>,
    parts: &dyn Fn(&Value) -> ItemParts,
) -> RawPage {
    let mut page = RawPage::new(LengthUnit::Thousandth);
    page.stated = number;
    let mut group = 0;
    for (place, item) in (1..).zip(items) {
        let around = item.get("bbox").and_then(corners);
        let kind = json::text(item, "type");
        if let (Some(shape), Some(corners)) = (shape_of(&kind), around) {
            page.shape(shape, corners);
        }
        let is_around =
            AROUND.contains(&kind.strip_prefix("page_").unwrap_or(&kind)) || AROUND.contains(&kind.as_str());
        for (label, lines) in parts(item).into_iter().filter(|(_, lines)| !lines.is_empty()) {
            group += 1;
            let order = (!is_around).then_some(place);
            let mark = SourceHint { label, group, order, ..SourceHint::default() };
            push_texts(&mut page, &lines, around, None, &mark);
        }
    }
    page
}

fn shape_of(kind: &str) -> Option<ShapeKind> {
    match kind {
        "image" | "chart" | "seal" => Some(ShapeKind::Picture),
        "table" => Some(ShapeKind::Table),
        _ => None,
    }
}

/// Members of a flat item that are text; every other text (`img_path`, `sub_type`) says something about it.
fn flat_parts(item: &Value) -> ItemParts {
    const OWN: [&str; 5] = ["text", "list_items", "table_body", "code_body", "content"];
    let kind = json::text(item, "type");
    let own_label = if number_at(item, "text_level").is_some_and(|level| level >= 1.0) { "title" } else { &kind };
    let mut parts = ItemParts::new();
    for (key, value) in item.as_object().into_iter().flatten() {
        let label = match key.as_str() {
            own if OWN.contains(&own) => own_label,
            other if is_caption(other) => other,
            _ => continue,
        };
        parts.push((label.replace("img_", "image_"), lines_of(value)));
    }
    parts
}

/// The parts of an item of the second version: the texts in its `content`.
fn nested_parts(item: &Value) -> ItemParts {
    let kind = json::text(item, "type");
    let empty = Map::new();
    let content = item.get("content").and_then(Value::as_object).unwrap_or(&empty);
    let mut parts = ItemParts::new();
    for (key, value) in content {
        let label = match key.as_str() {
            caption if is_caption(caption) => caption,
            "html" | "list_items" => &kind,
            own if own.ends_with("_content") => &kind,
            _ => continue,
        };
        parts.push((label.to_owned(), lines_of(value)));
    }
    parts
}

fn is_caption(key: &str) -> bool {
    key.ends_with("_caption") || key.ends_with("_footnote")
}

/// The lines of a member: of a list of items each its own, else those of its text or spans.
fn lines_of(value: &Value) -> Vec<String> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    let is_item = |item: &Value| item.is_string() || item.get("item_content").is_some();
    if items.is_empty() || !items.iter().all(is_item) {
        return spans::lines(value);
    }
    items.iter().flat_map(|item| spans::lines(item.get("item_content").unwrap_or(item))).collect()
}

//! `middle.json` of MinerU up to version 3: blocks with lines and spans, in points of the page.

use super::spans;
use crate::model::{LengthUnit, ShapeKind, SourceHint};
use crate::readers::json::{self, corners, number, number_at, push_texts};
use crate::readers::raw_page::{Corners, PageEmitter, RawLine, RawPage, page_number};
use serde_json::Value;

/// Blocks inside each other, at most.
const MAX_DEPTH: u32 = 8;

/// Gives the pages of a list.
pub(super) fn read(list: &Value, pages: &mut PageEmitter) {
    for value in list.as_array().into_iter().flatten().filter(|value| value.is_object()) {
        pages.emit_page(page(value));
    }
}

fn page(value: &Value) -> RawPage {
    let mut page = RawPage::new(LengthUnit::Point);
    page.stated = number_at(value, "page_idx").and_then(|index| page_number(index + 1.0));
    page.size = match json::list(value, "page_size") {
        [width, height] => number(width).zip(number(height)),
        _ => None,
    };
    let (raw, merged) = (json::list(value, "preproc_blocks"), json::list(value, "para_blocks"));
    let mut reader = MiddleBlocks { page, groups: 0 };
    let blocks = if raw.is_empty() { merged } else { raw };
    for (place, block) in (1..).zip(blocks) {
        let order = number_at(block, "index").and_then(|index| page_number(index + 1.0)).or(Some(place));
        reader.block(block, order, MAX_DEPTH);
    }
    for block in json::list(value, "discarded_blocks") {
        reader.block(block, None, MAX_DEPTH);
    }
    reader.page
}

struct MiddleBlocks {
    page: RawPage,
    groups: u32,
}

impl MiddleBlocks {
    fn block(&mut self, block: &Value, order: Option<u32>, depth: u32) {
        let label = json::text(block, "type");
        let around = block.get("bbox").and_then(corners);
        self.shape(&label, around);
        if depth == 0 {
            return;
        }
        let children = json::list(block, "blocks");
        if !children.is_empty() {
            return children.iter().for_each(|child| self.block(child, order, depth - 1));
        }
        self.groups += 1;
        let mark = SourceHint { label, group: self.groups, order, ..SourceHint::default() };
        json::list(block, "lines").iter().for_each(|line| self.line(line, around, &mark));
        if json::list(block, "lines").is_empty() {
            let content = ["content", "text", "html"].iter().find_map(|key| block.get(key)).unwrap_or(&Value::Null);
            push_texts(&mut self.page, &spans::lines(content), around, None, &mark);
        }
    }

    fn line(&mut self, line: &Value, around: Option<Corners>, mark: &SourceHint) {
        let list = json::list(line, "spans");
        let corners = line.get("bbox").and_then(corners).or(around);
        let mark = SourceHint { score: score(list), ..mark.clone() };
        let tables: Vec<String> = list.iter().filter_map(|span| span.get("html")).flat_map(spans::lines).collect();
        push_texts(&mut self.page, &tables, corners, None, &mark);
        self.page.push(RawLine { text: spans::line(list), corners, mark, ..RawLine::default() });
    }

    fn shape(&mut self, label: &str, corners: Option<Corners>) {
        if let (Some(kind), Some(corners)) = (shape_of(label), corners) {
            self.page.shape(kind, corners);
        }
    }
}

/// The shape of a block that stands for one: of a picture or table its body, which is its only part that has the place.
pub(super) fn shape_of(label: &str) -> Option<ShapeKind> {
    match label {
        "image_body" | "chart_body" | "seal" => Some(ShapeKind::Picture),
        "table_body" => Some(ShapeKind::Table),
        _ => None,
    }
}

/// The mean score of spans.
fn score(spans: &[Value]) -> Option<f32> {
    let scores: Vec<f64> = spans.iter().filter_map(|span| number_at(span, "score")).collect();
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    (!scores.is_empty()).then_some(mean.clamp(0.0, 1.0) as f32)
}

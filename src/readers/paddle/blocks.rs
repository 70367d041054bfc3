//! Blocks of PaddleOCR, and the recognised lines put into them.

use super::lines;
use crate::model::{Direction, ShapeKind, SourceHint};
use crate::readers::json::{self, content_lines, corners, number_at, polygon, push_texts};
use crate::readers::raw_page::{Corners, RawLine, RawPage, bounds, page_number};
use serde_json::Value;

/// Blocks that lines are put into, at most; further ones have their content only.
const MAX_HOLDERS: usize = 5_000;

/// Lines for which blocks are looked for; more are hardly of one page.
const MAX_LINES_HELD: usize = 20_000;

/// A block of the layout.
struct PaddleBlock {
    label: String,
    corners: Option<Corners>,
    order: Option<u32>,
    content: String,
    /// Whether a recognised line stands in it.
    has_lines: bool,
}

/// Fills a page from its JSON: recognised lines in their blocks, and blocks in which none stands by their content.
pub(super) fn fill(page: &mut RawPage, value: &Value) {
    let mut blocks = blocks(value);
    blocks.iter().for_each(|block| block.draw(page));
    let lines = lines::of_result(value.get("overall_ocr_res").unwrap_or(value));
    let holders = blocks.len().min(if lines.len() > MAX_LINES_HELD { 0 } else { MAX_HOLDERS });
    for mut line in lines {
        if let Some(at) = holder(&blocks[..holders], &line) {
            blocks[at].has_lines = true;
            blocks[at].mark_line(at, &mut line);
        }
        page.push(line);
    }
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.has_lines) {
        let texts = content_lines(&block.content);
        push_texts(page, &texts, block.corners, block.direction(), &block.mark(at));
    }
}

/// The blocks that were parsed, else those that were detected.
fn blocks(value: &Value) -> Vec<PaddleBlock> {
    let parsed = json::list(value, "parsing_res_list");
    if !parsed.is_empty() {
        return parsed.iter().map(PaddleBlock::parsed).collect();
    }
    let detected = value.get("layout_det_res").map_or(&[][..], |layout| json::list(layout, "boxes"));
    detected.iter().map(PaddleBlock::detected).collect()
}

/// The smallest block that holds the middle of a line.
fn holder(blocks: &[PaddleBlock], line: &RawLine) -> Option<usize> {
    let [x0, y0, x1, y1] = line.corners.or_else(|| bounds(&line.polygon))?;
    let (x, y) = (f64::midpoint(x0, x1), f64::midpoint(y0, y1));
    let holds = |block: &PaddleBlock| {
        let [left, top, right, bottom] = block.corners?;
        let size = (right - left) * (bottom - top);
        (left <= x && x <= right && top <= y && y <= bottom).then_some(size)
    };
    let holders = blocks.iter().enumerate().filter_map(|(at, block)| Some((at, holds(block)?)));
    holders.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
}

impl PaddleBlock {
    fn parsed(value: &Value) -> Self {
        let outline = value.get("block_polygon_points").map(polygon).unwrap_or_default();
        Self {
            label: json::text(value, "block_label"),
            corners: value.get("block_bbox").and_then(corners).or_else(|| bounds(&outline)),
            order: number_at(value, "block_order").and_then(page_number),
            content: json::text(value, "block_content"),
            has_lines: false,
        }
    }

    fn detected(value: &Value) -> Self {
        Self {
            label: json::text(value, "label"),
            corners: value.get("coordinate").and_then(corners),
            order: None,
            content: String::new(),
            has_lines: false,
        }
    }

    /// Draws what the block is beside text.
    fn draw(&self, page: &mut RawPage) {
        let kind = match self.label.as_str() {
            "table" => ShapeKind::Table,
            "image" | "figure" | "chart" | "seal" | "header_image" | "footer_image" => ShapeKind::Picture,
            _ => return,
        };
        self.corners.into_iter().for_each(|corners| page.shape(kind, corners));
    }

    fn direction(&self) -> Option<Direction> {
        (self.label == "vertical_text").then_some(Direction::Vertical)
    }

    fn mark(&self, at: usize) -> SourceHint {
        SourceHint { label: self.label.clone(), group: at as u32 + 1, order: self.order, ..SourceHint::default() }
    }

    /// Tells a line that stands in the block what the block is.
    fn mark_line(&self, at: usize, line: &mut RawLine) {
        line.mark = SourceHint { score: line.mark.score, ..self.mark(at) };
        line.direction = self.direction();
    }
}

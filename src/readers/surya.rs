//! JSON of Surya: `results.json` of its text recognition and of its layout analysis.
//!
//! | of the format | becomes |
//! |---|---|
//! | the lists under the names of files, one entry a page; a list, or an entry, without a name around it | pages in pixels |
//! | `page` (from 1), `image_bbox` | number, where that is above the last; size |
//! | `text_lines`: `text`, `polygon`, `bbox`, `confidence` | lines with polygon and score; `<b>` around a whole line is bold, other tags go |
//! | `bboxes` of a layout: `label` Picture, Figure; Table, TableOfContents, Form | a picture; a table |
//!
//! Left: characters and words with their boxes, languages, the labels of text blocks of a layout: it is a file of its own
//! without text, and a reader sees one file only.

use super::html::{HtmlToken, HtmlTokens, unescape};
use super::json::{self, corners, number_at, polygon};
use super::raw_page::{PageEmitter, RawLine, RawPage, page_number};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{LengthUnit, ShapeKind, SourceHint};
use serde_json::Value;

/// Lists and objects around a page, at most.
const MAX_WRAPPERS: u32 = 4;

pub(super) struct Surya;

impl Reader for Surya {
    fn name(&self) -> &'static str {
        "surya"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let has = |key: &str| opening.has_key(key);
        let is_one = opening.is_json() && has("image_bbox") && (has("text_lines") || has("bboxes"));
        if is_one { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let document = json::document(file)?;
        let mut pages = PageEmitter::new(file.limits, found);
        read_pages(&document, &mut pages, MAX_WRAPPERS);
        let nothing = pages.is_empty();
        pages.finish();
        if nothing {
            return Err(ReadFault::Broken(
                "has keys of Surya, but no page with `text_lines` or `bboxes`; write it with `surya_ocr` or `surya_layout`".into(),
            ));
        }
        Ok(())
    }
}

fn read_pages(document: &Value, pages: &mut PageEmitter, depth: u32) {
    let is_page = document.get("text_lines").is_some() || document.get("bboxes").is_some();
    match document {
        _ if is_page => pages.emit_page(page(document)),
        _ if depth == 0 => {}
        Value::Array(parts) => parts.iter().for_each(|part| read_pages(part, pages, depth - 1)),
        Value::Object(files) => files.values().for_each(|file| read_pages(file, pages, depth - 1)),
        _ => {}
    }
}

fn page(document: &Value) -> RawPage {
    let mut page = RawPage::new(LengthUnit::Pixel);
    page.stated = number_at(document, "page").and_then(page_number);
    if let Some([x0, y0, x1, y1]) = document.get("image_bbox").and_then(corners) {
        page.origin = (x0, y0);
        page.size = Some((x1 - x0, y1 - y0));
    }
    json::list(document, "text_lines").iter().for_each(|entry| page.push(line(entry)));
    for entry in json::list(document, "bboxes") {
        let kind = shape(&json::text(entry, "label"));
        if let Some((kind, corners)) = kind.zip(entry.get("bbox").and_then(corners)) {
            page.shape(kind, corners);
        }
    }
    page
}

fn shape(label: &str) -> Option<ShapeKind> {
    match label {
        "Picture" | "Figure" => Some(ShapeKind::Picture),
        "Table" | "TableOfContents" | "Form" => Some(ShapeKind::Table),
        _ => None,
    }
}

fn line(entry: &Value) -> RawLine {
    let score = number_at(entry, "confidence").map(|score| score.clamp(0.0, 1.0) as f32);
    let (text, bold) = untagged(&json::text(entry, "text"));
    RawLine {
        text,
        bold,
        corners: entry.get("bbox").and_then(corners),
        polygon: entry.get("polygon").map(polygon).unwrap_or_default(),
        mark: SourceHint { score, ..SourceHint::default() },
        ..RawLine::default()
    }
}

/// A text without its tags, and whether all of it is bold.
fn untagged(text: &str) -> (String, bool) {
    if !text.contains(['<', '&']) {
        return (text.to_owned(), false);
    }
    let (mut plain, mut bold, mut thin) = (String::new(), 0_u32, false);
    for token in HtmlTokens::parse(text) {
        match token {
            HtmlToken::Open("b", _) => bold += 1,
            HtmlToken::Close("b") => bold = bold.saturating_sub(1),
            HtmlToken::Open("br", _) => plain.push(' '),
            HtmlToken::Open(..) | HtmlToken::Close(_) => {}
            HtmlToken::Text(part) => {
                thin |= bold == 0 && !part.trim().is_empty();
                plain.push_str(&unescape(part));
            }
        }
    }
    let whole = !thin && !plain.trim().is_empty();
    (plain, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_tell_what_is_bold() {
        assert_eq!(untagged("甲 < 乙"), ("甲 < 乙".into(), false));
        assert_eq!(untagged("<b>工会</b> <b>动态</b>"), ("工会 动态".into(), true));
        assert_eq!(untagged("<b>工会</b>动态&amp;<br>讯"), ("工会动态& 讯".into(), false));
    }
}

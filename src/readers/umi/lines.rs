//! A line of the JSON Lines of Umi-OCR: a page.

use super::failed;
use crate::model::{LengthUnit, SourceHint};
use crate::readers::ReaderOutput;
use crate::readers::json::{self, corners, number_at, polygon};
use crate::readers::raw_page::{PageEmitter, RawLine, RawPage, page_number};
use serde_json::Value;

/// Keys that each line has.
pub(super) const KEYS: [&str; 3] = ["code", "data", "fileName"];

/// The code of a page with text, and of one without.
const READ: f64 = 100.0;
const BLANK: f64 = 101.0;

/// Hands on the page that a document is.
pub(super) fn read(document: &Value, pages: &mut PageEmitter) {
    let code = number_at(document, "code").unwrap_or(0.0);
    let stated = number_at(document, "page");
    if code != READ && code != BLANK {
        let name = json::text(document, "fileName");
        let page = stated.map_or(name.clone(), |page| format!("{page} ({name})"));
        return pages.emit(ReaderOutput::Refused(failed(&page, &json::text(document, "data"))));
    }
    let mut page = RawPage::new(LengthUnit::Pixel);
    page.stated = stated.and_then(page_number);
    let mut paragraph = 1;
    for entry in json::list(document, "data") {
        page.push(line(entry, paragraph));
        paragraph += u32::from(json::text(entry, "end").contains('\n'));
    }
    pages.emit_page(page);
}

fn line(entry: &Value, paragraph: u32) -> RawLine {
    let place = entry.get("box");
    let score = number_at(entry, "score").map(|score| score.clamp(0.0, 1.0) as f32);
    RawLine {
        text: json::text(entry, "text"),
        corners: place.and_then(corners),
        polygon: place.map(polygon).unwrap_or_default(),
        mark: SourceHint { group: paragraph, score, ..SourceHint::default() },
        ..RawLine::default()
    }
}

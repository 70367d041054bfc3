//! JSON of MinerU, up to version 3 and from version 4 (whose engine is DocVortex).
//!
//! | file | read as |
//! |---|---|
//! | `*_middle.json` with `pdf_info`, up to version 3; the form with `schema_version` 1 and `pages` | pages in points; `preproc_blocks`, else `para_blocks`; then `discarded_blocks`, in which the folio line stands |
//! | `docvortex.middle`, `schema_version` 2.x, and the form before it without `schema` | pages whose boxes are shares of the page; their size from `extensions.docvortex_layout` where it is there |
//! | `*_content_list.json` | pages in thousandths |
//! | `*_content_list_v2.json` | pages in thousandths |
//!
//! | of the format | becomes |
//! |---|---|
//! | `type` of a block or of its child (`image_caption`, `table_body`); `title` for text with `text_level` | label |
//! | top-level blocks and their children | groups |
//! | `index`, in content lists the place | order, of discarded blocks none |
//! | `lines` with `spans`, their `score` | lines, score: the mean of the spans |
//! | a block without lines | its text split at line feeds, its list items, the rows of its table; its box divided among them |
//! | image, chart; table | picture; table |
//! | a caption in a content list, which has no box of its own | a line with the box of its picture or table |
//!
//! `*_model.json` and the exported `structured_content` are not read. A line that a paragraph took over from the next page
//! (`cross_page`) stays where the file puts it.

mod lists;
mod middle;
mod modern;
mod spans;

use super::raw_page::PageEmitter;
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile, json};
use serde_json::Value;

pub(super) struct Mineru;

impl Reader for Mineru {
    fn name(&self) -> &'static str {
        "mineru"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_one = match opening.first() {
            Some(b'{') => is_middle(&opening),
            Some(b'[') => is_list(&opening),
            _ => false,
        };
        if is_one { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let document = json::document(file)?;
        let mut pages = PageEmitter::new(file.limits, found);
        let read = read_document(&document, &mut pages);
        let nothing = pages.is_empty();
        pages.finish();
        read?;
        if nothing {
            return Err(ReadFault::Broken("is JSON of MinerU without a page; nothing can be read of it".into()));
        }
        Ok(())
    }
}

fn is_middle(opening: &FileHead) -> bool {
    let has = |key| opening.has_key(key);
    let later = ["is_full_document", "mineru_version", "preproc_blocks", "para_blocks"];
    (has("pdf_info") && (has("page_idx") || has("para_blocks") || has("preproc_blocks")))
        || (has("schema") && opening.has("\"docvortex.middle\""))
        || (has("schema_version") && has("pages") && later.iter().any(|key| has(key)))
}

fn is_list(opening: &FileHead) -> bool {
    let has = |key| opening.has_key(key);
    let nested = opening.without_whitespace(2) == b"[[" && has("type") && has("content") && has("bbox");
    let flat = opening.without_whitespace(2) == b"[{"
        && has("type")
        && has("page_idx")
        && (has("bbox") || has("text") || has("img_path"));
    flat || (nested && ["title_content", "paragraph_content", "page_header_content"].iter().any(|key| has(key)))
}

fn read_document(document: &Value, pages: &mut PageEmitter) -> Result<(), ReadFault> {
    if let Value::Array(parts) = document {
        match parts.iter().all(Value::is_array) {
            true => lists::nested(parts, pages),
            false => lists::flat(parts, pages),
        }
        return Ok(());
    }
    if let Some(info) = document.get("pdf_info") {
        middle::read(info, pages);
        return Ok(());
    }
    let version = json::text(document, "schema_version");
    match json::major(&version) {
        "1" => middle::read(document.get("pages").unwrap_or(&Value::Null), pages),
        "2" => modern::read(document, pages),
        _ => return Err(unknown(&version)),
    }
    Ok(())
}

fn unknown(version: &str) -> ReadFault {
    let version: String = version.chars().take(40).collect();
    ReadFault::Broken(format!(
        "is JSON of MinerU with schema_version `{version}`, which is not known; known are 1 and 2 and the middle.json up to MinerU 3, write it with MinerU 4.0"
    ))
}

//! DOCX, the documents of Word, WPS Office and LibreOffice (ECMA-376, transitional and strict).
//!
//! | of the format | becomes |
//! |---|---|
//! | a document | one page of lines without boxes: its pages are those of a manuscript, not of the paper |
//! | a paragraph, a line of it | a line |
//! | a row of a table | a line, cells apart by a space; where a cell has several paragraphs (a layout set in a table), each of them |
//! | a text box, in whichever of its forms | lines behind the paragraph that it hangs on, a group; once |
//! | the name of the style (`heading 1`, `Title`) | label; `table`, `header`, `footer`, `footnote`, `endnote` of what has no style |
//! | size, bold, families for headlines, by run, style and defaults | font: the size of most characters in widths of the paper, bold where all are |
//! | headers and footers, each once | lines at the beginning and at the end |
//! | footnotes, endnotes | lines behind the text |
//! | inserted and moved text of tracked changes | kept; deleted text goes, a deleted end of a paragraph joins it with the next |
//!
//! Left: comments, hidden text, pinyin over characters, symbols of symbol fonts, pictures, charts, embedded files and HTML
//! (`altChunk`), breaks of pages and sections, and the properties of the file: their dates are of the file, not of an issue.

mod format;
mod paragraph;
mod story;
mod styles;

use super::package::{open, part_text, resolved};
use super::raw_page::{PageEmitter, RawPage};
use super::xml::{XmlEvent, XmlWalker};
use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::corpus::ZipPackage;
use crate::model::LengthUnit;
use std::collections::HashSet;
use styles::DocxStyles;

/// The main part, unless the package names another.
const MAIN: &str = "word/document.xml";

/// Width of A4 in points, of a document that states no paper.
const USUAL_WIDTH: f64 = 595.3;

/// Headers and footers that are read, at most.
const MAX_MARGINS: usize = 200;

pub(super) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if !ZipPackage::is_zip(file.bytes) {
            return Claim::No;
        }
        match open(file) {
            Ok(package) if is_document(&package) => Claim::ByContent,
            Err(_) if file.has_extension(&["docx", "docm"]) => Claim::ByName,
            _ => Claim::No,
        }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let mut package = open(file)?;
        let main = main_part(&mut package);
        let parts = related(&mut package, &main);
        let styles = first_text(&mut package, &parts, "styles")
            .map_or_else(DocxStyles::default, |text| DocxStyles::parse(&text));
        let (body, read) = story::read(&part_text(&mut package, &main)?, &styles, "");
        let mut page = RawPage::new(LengthUnit::Point);
        page.paper_width = Some(body.paper_width.filter(|width| *width > 0.0).unwrap_or(USUAL_WIDTH));
        push_parts(&mut page, &mut package, &parts, &styles, "header");
        let nothing = body.lines.is_empty();
        body.lines.into_iter().for_each(|line| page.push(line));
        for kind in ["footnote", "endnote", "footer"] {
            push_parts(&mut page, &mut package, &parts, &styles, kind);
        }
        if nothing && read.is_ok() {
            return Err(ReadFault::Broken(
                "is a DOCX without text in its paragraphs, perhaps of pictures or embedded files; recognise the pictures first, or save it as PDF".into(),
            ));
        }
        let mut pages = PageEmitter::new(file.limits, found);
        pages.emit_page(page);
        pages.finish();
        read
    }
}

/// Whether a package has the types of its parts and a main part: `document2.xml` is what Word on the web writes.
fn is_document(package: &ZipPackage) -> bool {
    package.has("[Content_Types].xml") && package.names().iter().any(|name| name.starts_with("word/document"))
}

/// A part that another one is related to: what it is (`styles`, `header`), and its path.
struct RelatedPart {
    kind: String,
    path: String,
}

/// The part that the package names as its document.
fn main_part(package: &mut ZipPackage) -> String {
    let related = related(package, "");
    let main = related.into_iter().find(|part| part.kind == "officeDocument" && package.has(&part.path));
    main.map_or_else(|| MAIN.to_owned(), |part| part.path)
}

/// What a part is related to, of the package itself for an empty name. Damaged relations are read as far as they go.
fn related(package: &mut ZipPackage, part: &str) -> Vec<RelatedPart> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let path = format!("{folder}/_rels/{name}.rels");
    let Ok(text) = part_text(package, &path) else { return Vec::new() };
    let mut walk = XmlWalker::parse(&text);
    let mut parts = Vec::new();
    while let Ok(Some(step)) = walk.next() {
        let XmlEvent::Open(tag) = step else { continue };
        if tag.name() == "Relationship" && tag.text("TargetMode") != "External" {
            let kind = tag.text("Type").rsplit('/').next().unwrap_or_default().to_owned();
            parts.push(RelatedPart { kind, path: resolved(part, &tag.text("Target")) });
        }
    }
    parts
}

fn first_text(package: &mut ZipPackage, parts: &[RelatedPart], kind: &str) -> Option<String> {
    let part = parts.iter().find(|part| part.kind == kind)?;
    part_text(package, &part.path).ok()
}

/// Adds the lines of all parts of a kind; those that say the same once.
fn push_parts(page: &mut RawPage, package: &mut ZipPackage, parts: &[RelatedPart], styles: &DocxStyles, label: &str) {
    let plural = format!("{label}s");
    let of_kind = parts.iter().filter(|part| part.kind == label || part.kind == plural);
    let mut seen = HashSet::new();
    for part in of_kind.take(MAX_MARGINS) {
        let Ok(text) = part_text(package, &part.path) else { continue };
        let lines = story::read(&text, styles, label).0.lines;
        let said: String = lines.iter().map(|line| line.text.as_str()).collect();
        if seen.insert(said) {
            lines.into_iter().for_each(|line| page.push(line));
        }
    }
}

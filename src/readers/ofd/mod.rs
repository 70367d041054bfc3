//! OFD, the fixed pages of GB/T 33190.
//!
//! | of the format | becomes |
//! |---|---|
//! | each document of the package (`DocBody`), its pages in order | pages in tenths of a millimetre, numbered through |
//! | `PhysicalBox` of the page, else of the document | size and origin |
//! | templates of a page | their text and pictures, before or behind those of the page |
//! | `TextObject`: `Boundary`, `CTM`, `Size`, `ReadDirection`; `TextCode`: `X`, `Y`, `DeltaX`, `DeltaY` (`g n v` too) | characters with places, gathered into lines as those of PDF are |
//! | the text of a `TextCode` | as it stands: it is Unicode |
//! | `Weight`; `Bold` and name of the font in `PublicRes`, `DocumentRes` | bold |
//! | `ImageObject`; a thin `PathObject` | a picture; a rule |
//! | a page of pictures only | a problem: it must be recognised first |
//!
//! Left: signatures and seals, annotations, attachments, composite objects, glyph tables (`CGTransform`), invisible objects,
//! versions, the properties of the file: their dates are of the file, not of an issue.

mod document;
mod page;
mod text_object;

use super::package::{open, part_text, resolved};
use super::raw_page::PageEmitter;
use super::xml::{XmlEvent, XmlTag, XmlWalker, numbers};
use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::corpus::ZipPackage;
use crate::model::{Problem, ProblemCode};
use document::OfdDocument;
use page::PageReader;

/// Documents of a package that are read, at most.
const MAX_DOCUMENTS: usize = 256;

/// The part that names the documents.
const ENTRY: &str = "OFD.xml";

pub(super) struct Ofd;

impl Reader for Ofd {
    fn name(&self) -> &'static str {
        "ofd"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if !ZipPackage::is_zip(file.bytes) {
            return Claim::No;
        }
        match open(file) {
            Ok(package) if package.has(ENTRY) => Claim::ByContent,
            Err(_) if file.has_extension(&["ofd"]) => Claim::ByName,
            _ => Claim::No,
        }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let mut package = open(file)?;
        let roots = document_roots(&part_text(&mut package, ENTRY)?)?;
        let mut pages = PageEmitter::new(file.limits, found);
        let mut pictures: Vec<u32> = Vec::new();
        let mut fault = None;
        for root in roots.iter().take(MAX_DOCUMENTS) {
            match OfdDocument::read(&mut package, root) {
                Ok(document) => read_pages(&mut package, &document, &mut pages, &mut pictures),
                Err(error) => fault = fault.or(Some(error)),
            }
        }
        if let Some(first) = pictures.first() {
            let numbers = [pictures.len(), *first as usize];
            pages.emit(ReaderOutput::Refused(Problem::of_file(ProblemCode::NoTextLayer, numbers)));
        }
        let nothing = pages.is_empty() && pictures.is_empty();
        pages.finish();
        match fault {
            Some(fault) => Err(fault),
            None if nothing => {
                Err(ReadFault::Broken("is an OFD without pages; open it in a viewer and save it anew".into()))
            }
            None => Ok(()),
        }
    }
}

/// The paths of the documents of a package.
fn document_roots(text: &str) -> Result<Vec<String>, ReadFault> {
    let mut roots = Vec::new();
    each_element(text, &mut |element| {
        if element.name == "DocRoot" {
            roots.push(resolved(ENTRY, element.text.trim()));
        }
    })?;
    Ok(roots)
}

fn read_pages(package: &mut ZipPackage, document: &OfdDocument, pages: &mut PageEmitter, pictures: &mut Vec<u32>) {
    let (mut reader, limits) = (PageReader::new(document), *pages.limits());
    let beyond = document.pages.len().saturating_sub(limits.pages);
    if beyond > 0 {
        pages.emit(ReaderOutput::Refused(Problem::of_file(ProblemCode::TooManyPages, [beyond, limits.pages])));
    }
    for path in document.pages.iter().take(limits.pages) {
        let number = pages.next_number();
        match reader.read(package, path, &limits) {
            Ok(page) if page.is_picture() => {
                pictures.push(number);
                pages.skip_number();
            }
            Ok(page) => match page.into_raw(number, &limits) {
                Ok(raw) => pages.emit_page(raw),
                Err(problem) => {
                    pages.skip_number();
                    pages.emit(ReaderOutput::Refused(problem));
                }
            },
            Err(_) => {
                pages.skip_number();
                pages.emit(ReaderOutput::Refused(Problem::of_file(ProblemCode::LostPage, [number])));
            }
        }
    }
}

/// An element that holds text or nothing.
struct OfdElement {
    name: String,
    parent: String,
    id: String,
    location: String,
    text: String,
}

/// Walks over the elements of a part, each told when it ends with the text right inside it.
fn each_element(text: &str, each: &mut dyn FnMut(OfdElement)) -> Result<(), ReadFault> {
    let mut walk = XmlWalker::parse(text);
    let mut open: Vec<OfdElement> = Vec::new();
    while let Some(step) = walk.next()? {
        match step {
            XmlEvent::Open(tag) => {
                let parent = open.last().map_or_else(String::new, |parent| parent.name.clone());
                open.push(element(&tag, parent));
            }
            XmlEvent::Text(text) => open.iter_mut().next_back().into_iter().for_each(|last| last.text.push_str(&text)),
            XmlEvent::Close(_) => open.pop().into_iter().for_each(&mut *each),
        }
    }
    Ok(())
}

fn element(tag: &XmlTag, parent: String) -> OfdElement {
    OfdElement {
        name: tag.name().to_owned(),
        parent,
        id: tag.text("ID"),
        location: tag.text("BaseLoc"),
        text: String::new(),
    }
}

/// A box `x y width height` in millimetres.
fn box_of(text: &str) -> Option<[f64; 4]> {
    numbers(text).try_into().ok()
}

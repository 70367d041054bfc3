//! PDF with a text layer: its characters, where they stand, gathered into lines page by page. A page that is only a
//! picture is refused: its text must be recognised first.

mod cmap;
mod coding;
mod file;
mod font;
mod gb1;
mod interpreter;
mod page;
mod page_content;
mod path;
mod token;

use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{Problem, ProblemCode};
use file::{PdfFile, damaged};
use interpreter::Fonts;
use page::{PageText, damaged_page, read_page};

/// The mark of the format stands within this many bytes.
const HEAD: usize = 1024;

/// The reader of PDF files.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let head = &file.bytes[..file.bytes.len().min(HEAD)];
        if head.windows(5).any(|window| window == b"%PDF-") { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let most = file.limits.pages;
        let file = PdfFile::open(file.bytes, file.limits)?;
        let pages = file.pages(most + 1);
        if pages.is_empty() {
            return Err(damaged("it has no pages that can be found"));
        }
        let (mut fonts, mut pictures, mut texts) = (Fonts::new(), Vec::new(), 0);
        for (number, id) in (1..).zip(pages.iter().take(most)) {
            match file.page(*id).map(|page| read_page(&file, page, number, &mut fonts)) {
                Some(PageText::Lines(page, remarks)) => {
                    texts += 1;
                    remarks.into_iter().for_each(|remark| found(ReaderOutput::Remark(remark)));
                    found(ReaderOutput::Page(page));
                }
                Some(PageText::Refused(problem)) => {
                    texts += 1;
                    found(ReaderOutput::Refused(problem));
                }
                Some(PageText::Picture) => pictures.push(number),
                Some(PageText::Blank) => {}
                None => {
                    texts += 1;
                    found(ReaderOutput::Refused(damaged_page(number)));
                }
            }
        }
        if pages.len() > most {
            found(ReaderOutput::Refused(too_many_pages(most)));
        }
        no_text(texts, &pictures, found)
    }
}

/// What is said of pages that are pictures.
///
/// # Errors
/// [`ReadFault::Broken`] where no page has text.
fn no_text(texts: usize, pictures: &[u32], found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
    let way_out = "recognise it first, for example with `ocrmypdf -l chi_sim IN.pdf OUT.pdf`, and read the result";
    if texts == 0 {
        return Err(ReadFault::Broken(format!("has no text layer, its pages are pictures or blank; {way_out}")));
    }
    if let Some(first) = pictures.first() {
        let problem = Problem::of_file(ProblemCode::NoTextLayer, [pictures.len(), *first as usize]);
        found(ReaderOutput::Refused(problem));
    }
    Ok(())
}

fn too_many_pages(most: usize) -> Problem {
    Problem::of_file(ProblemCode::PageTooLarge, ["pages".to_owned(), most.to_string()])
}

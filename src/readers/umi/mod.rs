//! The outputs of Umi-OCR, the desktop program: JSON Lines, one text for all pictures, CSV.
//!
//! | of the format | becomes |
//! |---|---|
//! | a line of the JSON Lines with `code` 100; 101 | a page in pixels; a page without text |
//! | `page` (from 1) | its number, where that is above the last |
//! | `text`, `box`, `score` of an entry of `data` | a line with polygon and score |
//! | `end` of an entry | paragraphs: entries up to one that ends in a line feed are a group |
//! | `≦ name ≧` in the text, a record of the CSV (`Name,OCR,Path`) | a page of text without boxes |
//! | any other `code`; `[Error] OCR failed …` | a problem that names the page |
//!
//! Left: names and paths of pictures, times. The layered PDF is read as PDF; the single text without names as text.

mod lines;
mod texts;

use super::raw_page::PageEmitter;
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile, json};
use crate::model::{Problem, ProblemCode};

/// How the CSV begins.
const HEAD: &str = "Name,OCR,Path";

/// Lines of the text in which the first name stands; before it there may be the time.
const LOOK: usize = 3;

pub(super) struct Umi;

impl Reader for Umi {
    fn name(&self) -> &'static str {
        "umi"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_json = opening.first() == Some(b'{') && lines::KEYS.iter().all(|key| opening.has_key(key));
        if is_json || opening.starts_with(HEAD) || is_text(&opening) { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let opening = FileHead::read(file.bytes);
        let mut pages = PageEmitter::new(file.limits, found);
        if opening.is_json() {
            json::documents(file, &mut |document| match document {
                Ok(document) => lines::read(&document, &mut pages),
                Err(problem) => pages.emit(ReaderOutput::Refused(problem)),
            })?;
        } else {
            let text = &file.text().map_err(Clone::clone)?.text;
            match opening.starts_with(HEAD) {
                true => texts::of_table(text, file.limits.json_line_bytes, &mut pages),
                false => texts::of_text(text, &mut pages),
            }
        }
        pages.finish();
        Ok(())
    }
}

fn is_text(opening: &FileHead) -> bool {
    opening.lines(LOOK).any(|line| std::str::from_utf8(line).is_ok_and(|line| texts::picture_name(line).is_some()))
}

/// What is said of a page that the program could not read.
fn failed(page: &str, told: &str) -> Problem {
    let short = |text: &str| text.chars().take(120).collect::<String>();
    Problem::of_file(ProblemCode::OcrFailed, [short(page), short(told)])
}

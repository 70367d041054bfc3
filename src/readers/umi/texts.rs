//! The text and the CSV of Umi-OCR: pages without boxes.

use super::failed;
use crate::model::SourcePage;
use crate::readers::ReaderOutput;
use crate::readers::raw_page::PageEmitter;
use crate::readers::records::{TableRecords, TableStep};

/// How the text of a page begins that could not be read.
const ERROR: &str = "[Error] OCR failed";

/// The name of a picture, of a line `≦ name ≧`.
pub(super) fn picture_name(line: &str) -> Option<&str> {
    line.trim_matches(['\u{FEFF}', ' ', '\r']).strip_prefix("≦ ")?.strip_suffix(" ≧")
}

/// The pages of the text, each behind the name of its picture.
pub(super) fn of_text(text: &str, pages: &mut PageEmitter) {
    let mut page: Option<PictureText> = None;
    // What stands before the first name is the time.
    let mut before = 0;
    for (place, line) in (1..).zip(text.split_inclusive('\n')) {
        let characters = line.chars().count() as u64;
        match (picture_name(line.trim_end_matches('\n')), &mut page) {
            (Some(name), open) => {
                open.take().into_iter().for_each(|page| page.emit(pages));
                let beside = characters + std::mem::take(&mut before);
                page = Some(PictureText { name: name.to_owned(), text: String::new(), first_line: place + 1, beside });
            }
            (None, Some(page)) => page.text.push_str(line),
            (None, None) => before += characters,
        }
    }
    page.into_iter().for_each(|page| page.emit(pages));
    emit_blank(before, pages);
}

/// Accounts for what belongs to no page.
fn emit_blank(characters: u64, pages: &mut PageEmitter) {
    if characters > 0 {
        pages.emit(ReaderOutput::Blank(characters));
    }
}

/// The pages of the CSV, a record each.
pub(super) fn of_table(text: &str, most: usize, pages: &mut PageEmitter) {
    let (mut is_head, mut before) = (true, 0);
    for step in TableRecords::new(text, b',', most) {
        match step {
            TableStep::Record(_, _, characters) if std::mem::take(&mut is_head) => before += characters,
            TableStep::Record(fields, line, characters) => {
                let mut fields = fields.into_iter();
                let (name, text) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                let beside = (characters + std::mem::take(&mut before)).saturating_sub(text.chars().count() as u64);
                PictureText { name, text, first_line: line, beside }.emit(pages);
            }
            TableStep::Blank(characters) => before += characters,
            TableStep::Refused(problem) => pages.emit(ReaderOutput::Refused(problem)),
        }
    }
    emit_blank(before, pages);
}

/// The text of a picture.
struct PictureText {
    name: String,
    text: String,
    /// The line of the file in which it begins.
    first_line: u64,
    /// Characters of the file around it.
    beside: u64,
}

impl PictureText {
    fn emit(self, pages: &mut PageEmitter) {
        if let Some(told) = self.text.trim().strip_prefix(ERROR) {
            let lost = self.beside + self.text.chars().count() as u64;
            return pages.emit(ReaderOutput::Refused(failed(&self.name, told.trim_matches(['.', ' '])).losing(lost)));
        }
        let mut page = SourcePage::of_text(&self.text);
        page.lines.iter_mut().for_each(|line| line.place += self.first_line - 1);
        page.blank += self.beside;
        pages.emit_text_page(page);
    }
}

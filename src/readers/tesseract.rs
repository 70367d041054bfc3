//! The TSV of Tesseract. Its hOCR, ALTO and PDF are read by `hocr`, `alto`, `pdf`.
//!
//! | of the format | becomes |
//! |---|---|
//! | level 1: `page_num`, width and height | a page in pixels |
//! | levels 2 and 3: block and paragraph | a paragraph is a group |
//! | level 4 | a line with its box |
//! | level 5: `text`, box | text; a space only between words of letters or digits, or where the words stand wide apart |
//! | `conf` | score: the mean of the words / 100 |
//!
//! Left: blocks without text. Several tables in one file are one file of pages.

use super::raw_page::{Corners, PageEmitter, RawLine, RawPage, page_number};
use super::word_line::{PlacedWord, WordLine};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{LengthUnit, SourceHint};

/// How the table begins.
const HEAD: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";

pub(super) struct TesseractTsv;

impl Reader for TesseractTsv {
    fn name(&self) -> &'static str {
        "tesseract"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if FileHead::read(file.bytes).starts_with(HEAD) { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let mut scan = TsvScanner { pages: PageEmitter::new(file.limits, found), page: None, line: None, groups: 0 };
        text.lines().filter_map(TsvRow::parse).for_each(|row| scan.handle_row(&row));
        scan.end_page();
        scan.pages.finish();
        Ok(())
    }
}

/// A row: `level page block par line word left top width height conf text`.
struct TsvRow<'a> {
    level: u8,
    page: f64,
    corners: Corners,
    score: f64,
    text: &'a str,
}

impl<'a> TsvRow<'a> {
    /// `None` of the head, and of what is no row.
    fn parse(line: &'a str) -> Option<Self> {
        let mut fields = line.splitn(12, '\t');
        let level = fields.next()?.parse().ok()?;
        let mut numbers = [0.0; 10];
        for number in &mut numbers {
            *number = fields.next()?.parse().ok().filter(|number: &f64| number.is_finite())?;
        }
        let [page, _, _, _, _, left, top, width, height, score] = numbers;
        let corners = [left, top, left + width, top + height];
        Some(Self { level, page, corners, score, text: fields.next().unwrap_or_default() })
    }
}

struct TsvScanner<'f> {
    pages: PageEmitter<'f>,
    page: Option<RawPage>,
    line: Option<WordLine>,
    groups: u32,
}

impl TsvScanner<'_> {
    fn handle_row(&mut self, row: &TsvRow) {
        match row.level {
            1 => self.begin_page(row),
            3 => {
                self.end_line();
                self.groups += 1;
            }
            4 => self.begin_line(Some(row.corners)),
            5 => self.add_word(row),
            _ => {}
        }
    }

    fn begin_page(&mut self, row: &TsvRow) {
        self.end_page();
        let mut page = RawPage::new(LengthUnit::Pixel);
        let [x0, y0, x1, y1] = row.corners;
        page.size = Some((x1 - x0, y1 - y0));
        page.stated = page_number(row.page);
        self.page = Some(page);
        self.groups = 0;
    }

    fn end_page(&mut self) {
        self.end_line();
        self.page.take().into_iter().for_each(|page| self.pages.emit_page(page));
    }

    fn begin_line(&mut self, corners: Option<Corners>) {
        self.end_line();
        let mark = SourceHint { group: self.groups, ..SourceHint::default() };
        self.line = Some(WordLine::new(RawLine { corners, mark, ..RawLine::default() }));
    }

    fn end_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        self.page.get_or_insert_with(|| RawPage::new(LengthUnit::Pixel)).push(line.finish());
    }

    fn add_word(&mut self, row: &TsvRow) {
        if self.line.is_none() {
            self.begin_line(None);
        }
        let Some(line) = &mut self.line else { return };
        if row.score >= 0.0 && !row.text.trim().is_empty() {
            line.score(row.score / 100.0);
        }
        line.add(&PlacedWord { text: row.text.to_owned(), corners: Some(row.corners), bold: false });
    }
}

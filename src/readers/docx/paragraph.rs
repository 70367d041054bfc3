//! A paragraph while it is read.

use super::format::RunFormat;
use super::styles::DocxStyles;
use crate::model::SourceHint;
use crate::readers::raw_page::RawLine;

/// Sizes that are told apart in a paragraph.
const MAX_SIZES: usize = 64;

/// A paragraph and the run of it that is open.
#[derive(Debug, Default)]
pub(super) struct DocxParagraph {
    text: String,
    /// Id of its style.
    pub(super) style: String,
    /// Characters by size in half points, and those that are bold.
    sizes: Vec<(u32, usize)>,
    bold: usize,
    characters: usize,
    /// How the open run is set, and its character style.
    pub(super) run: RunFormat,
    pub(super) run_style: String,
    /// Whether its end was deleted: the next paragraph goes on with it.
    pub(super) goes_on: bool,
    /// Lines of text boxes that hang on it.
    pub(super) boxes: Vec<RawLine>,
}

impl DocxParagraph {
    /// Begins a run.
    pub(super) fn begin_run(&mut self) {
        self.run = RunFormat::default();
        self.run_style.clear();
    }

    /// Adds text of the open run; a line feed ends a line.
    pub(super) fn push(&mut self, text: &str, styles: &DocxStyles) {
        let format = styles.effective(self.run, &self.run_style, &self.style);
        if format.is_hidden() {
            return;
        }
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        let size = (format.size.unwrap_or(0.0).clamp(0.0, 10_000.0) * 2.0).round() as u32;
        let has_room = self.sizes.len() < MAX_SIZES;
        match self.sizes.iter_mut().find(|(known, _)| *known == size) {
            Some((_, known)) => *known += count,
            None if has_room => self.sizes.push((size, count)),
            None => {}
        }
        self.bold += if format.is_bold() { count } else { 0 };
        self.characters += count;
        self.text.push_str(text);
    }

    /// This paragraph behind one whose end was deleted: one paragraph, in the style of this one.
    pub(super) fn behind(self, before: Self) -> Self {
        let mut sizes = before.sizes;
        sizes.extend(self.sizes);
        Self {
            text: before.text + &self.text,
            sizes,
            bold: before.bold + self.bold,
            characters: before.characters + self.characters,
            boxes: before.boxes.into_iter().chain(self.boxes).collect(),
            style: self.style,
            goes_on: self.goes_on,
            ..Self::default()
        }
    }

    /// The lines of the paragraph, then those of its text boxes.
    pub(super) fn into_lines(self, styles: &DocxStyles, label: &str) -> Vec<RawLine> {
        let size = self.sizes.iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| *size);
        let bold = self.characters > 0 && self.bold == self.characters;
        let label = if label.is_empty() { styles.name(&self.style) } else { label };
        let mark = SourceHint { label: label.chars().take(60).collect(), ..SourceHint::default() };
        let line = |text: &str| RawLine {
            text: text.to_owned(),
            type_size: f64::from(size) / 2.0,
            bold,
            mark: mark.clone(),
            ..RawLine::default()
        };
        let mut lines: Vec<RawLine> = self.text.split('\n').filter(|text| !text.trim().is_empty()).map(line).collect();
        lines.extend(self.boxes);
        lines
    }
}

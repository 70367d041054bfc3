//! A line that is put together of words with boxes and scores.

use super::raw_page::{Corners, RawLine, bounding_box};
use super::spacing::{self, WordGap};

/// A gap of this many line heights between two words is a printed one.
const WIDE: f64 = 2.0;

/// A word.
#[derive(Default)]
pub(super) struct PlacedWord {
    /// Its text.
    pub(super) text: String,
    /// Its rectangle.
    pub(super) corners: Option<Corners>,
    /// Whether it is bold.
    pub(super) bold: bool,
}

/// A line while it is read.
#[derive(Default)]
pub(super) struct WordLine {
    line: RawLine,
    /// The rectangle around its words.
    words_around: Option<Corners>,
    last_word: Option<Corners>,
    words: usize,
    bold: usize,
    /// Sum and number of scores.
    scores: (f64, u32),
}

impl WordLine {
    /// Of a line without its text.
    pub(super) fn new(line: RawLine) -> Self {
        Self { line, ..Self::default() }
    }

    /// Adds the score of a word, 0–1.
    pub(super) fn score(&mut self, score: f64) {
        self.scores = (self.scores.0 + score, self.scores.1 + 1);
    }

    /// Adds a word.
    pub(super) fn add(&mut self, word: &PlacedWord) {
        if word.text.trim().is_empty() {
            return;
        }
        let gap = self.gap_before(word);
        spacing::append(&mut self.line.text, &word.text, gap);
        self.words += 1;
        self.bold += usize::from(word.bold);
        self.last_word = word.corners;
        self.words_around = match (self.words_around, word.corners) {
            (Some(so_far), Some(corners)) => Some(bounding_box(so_far, corners)),
            (so_far, corners) => so_far.or(corners),
        };
    }

    fn gap_before(&self, word: &PlacedWord) -> WordGap {
        let (Some(last), Some(next)) = (self.last_word, word.corners) else { return WordGap::Space };
        let height = self.line.corners.map_or(next[3] - next[1], |[_, top, _, bottom]| bottom - top);
        if height > 0.0 && next[0] - last[2] > WIDE * height { WordGap::Wide } else { WordGap::Space }
    }

    /// The line, with the mean of the scores; without a box of its own, that around its words.
    pub(super) fn finish(self) -> RawLine {
        let (sum, count) = self.scores;
        let mut line = self.line;
        if line.polygon.is_empty() {
            line.corners = line.corners.or(self.words_around);
        }
        line.bold = self.bold > 0 && self.bold == self.words;
        line.mark.score = (count > 0).then(|| (sum / f64::from(count)).clamp(0.0, 1.0) as f32);
        line
    }
}

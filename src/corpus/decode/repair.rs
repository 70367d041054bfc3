//! Decoded text → text as it is read: line ends, what was encoded twice, characters of private use, readings in brackets;
//! and whether it reads at all.

use super::brackets::without_readings;
use super::byte_scan::ByteSurvey;
use super::lines::{EncodedLines, LineDecoder};
use super::private_use;
use super::readable::{CharacterTally, TextLook};
use super::transcode::{Transcoder, with_line_feeds};
use super::{DecodeError, Decoded, ReplacedPlace, twice};
use crate::model::{Problem, ProblemCode};
use memchr::memmem;

/// A text as its bytes say it.
pub(super) struct RawText {
    coder: Transcoder,
    pub(super) encoding: &'static str,
    pub(super) evidence: &'static str,
    lines: Vec<EncodedLines>,
}

impl RawText {
    /// Of one encoding.
    pub(super) fn new(coder: Transcoder, encoding: &'static str, evidence: &'static str) -> Self {
        Self { coder, encoding, evidence, lines: Vec::new() }
    }

    /// Read line by line. `evidence`: how the encoding was known, where it is one.
    pub(super) fn of_lines(lines: LineDecoder, evidence: &'static str) -> Self {
        let encoding = lines.lines.first().map_or("UTF-8", |lines| lines.encoding);
        let evidence = if lines.lines.len() > 1 { "by line" } else { evidence };
        Self { coder: lines.coder, encoding, evidence, lines: lines.lines }
    }

    /// The text with what can be mended. `freely`: whether lines may turn out to be of another encoding than was said.
    pub(super) fn repaired(self, freely: bool) -> Result<Decoded, DecodeError> {
        let places = self.coder.places();
        let mut notes = encoding_notes(&self, &places);
        let mut repair = TextRepair { text: self.coder.text, notes: Vec::new(), changed: false };
        let survey = ByteSurvey::of(&repair.text);
        if survey.returns {
            repair.text = with_line_feeds(&repair.text).unwrap_or(repair.text);
        }
        let mut look = TextLook::over(&repair.text);
        if freely && !look.suspects.is_empty() && repair.mend_twice(&look) {
            look = TextLook::over(&repair.text);
        }
        if survey.private || survey.area {
            repair.map_private(survey.area);
        }
        if survey.tones {
            repair.take_readings();
        }
        if self.coder.replaced == 0 {
            repair.note_lost(survey.replacement);
        }
        if !look.suspects.is_empty() {
            if freely && look.is_bad_throughout() && is_rubbish(&repair.text) {
                return Err(DecodeError::Unreadable);
            }
            repair.note_unreadable(look);
        }
        notes.append(&mut repair.notes);
        Ok(Decoded {
            text: repair.text,
            encoding: self.encoding,
            evidence: self.evidence,
            replaced: self.coder.replaced,
            places,
            lines: self.lines,
            notes,
        })
    }
}

/// What is said of lines of several encodings, and of bytes that are no characters.
fn encoding_notes(raw: &RawText, places: &[ReplacedPlace]) -> Vec<Problem> {
    let mixed = raw.lines.iter().skip(1).map(|lines| {
        let run =
            |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
        let runs = lines.runs.iter().map(run).collect::<Vec<_>>().join(", ");
        let problem =
            Problem::of_file(ProblemCode::MixedEncodings, [lines.encoding.to_owned(), lines.lines.to_string(), runs]);
        problem.in_line(lines.runs.first().map_or(1, |run| run.0))
    });
    let mut notes: Vec<Problem> = mixed.collect();
    if let Some(first) = places.first() {
        let shown =
            places.iter().map(|place| format!("{}:{}", place.line, place.offset)).collect::<Vec<_>>().join(", ");
        let arguments = [raw.coder.replaced.to_string(), raw.encoding.to_owned(), shown];
        notes.push(Problem::of_file(ProblemCode::ReplacedBytes, arguments).in_line(first.line));
    }
    notes
}

/// A text that is mended, with what is said of it.
struct TextRepair {
    text: String,
    notes: Vec<Problem>,
    /// Whether places in it have moved since it was looked over.
    changed: bool,
}

impl TextRepair {
    fn note(&mut self, code: ProblemCode, at: usize, arguments: impl IntoIterator<Item = impl ToString>) {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
        self.notes.push(Problem::of_file(code, arguments).in_line(line));
    }

    fn mend_twice(&mut self, look: &TextLook) -> bool {
        let Some((text, found)) = twice::mended(&self.text, &look.suspects) else { return false };
        self.text = text;
        for twice in found {
            let arguments =
                [twice.was.to_owned(), twice.read_as.to_owned(), twice.lines.to_string(), twice.lost.to_string()];
            self.note(ProblemCode::EncodedTwice, twice.first, arguments);
        }
        true
    }

    fn map_private(&mut self, area: bool) {
        let Some((text, found)) = private_use::mapped(&self.text, area) else { return };
        (self.text, self.changed) = (text, true);
        self.note(ProblemCode::PrivateUse, found.first, [found.mapped, found.left]);
    }

    fn take_readings(&mut self) {
        let Some((text, found)) = without_readings(&self.text) else { return };
        (self.text, self.changed) = (text, true);
        self.note(ProblemCode::BracketedReadings, found.first, [found.count]);
    }

    /// Notes what stands where characters were lost before the file was written.
    fn note_lost(&mut self, replacement: bool) {
        let places = |sign: &str| {
            let mut places = memmem::find_iter(self.text.as_bytes(), sign.as_bytes());
            (places.next(), places.count())
        };
        let (first, more) = if replacement { places("\u{FFFD}") } else { (None, 0) };
        // Two characters U+FFFD, read as GBK.
        let (first_pair, more_pairs) = places("锟斤拷");
        let count = usize::from(first.is_some()) + more + 2 * (usize::from(first_pair.is_some()) + more_pairs);
        if let Some(at) = first.into_iter().chain(first_pair).min() {
            self.note(ProblemCode::LostCharacters, at, [count]);
        }
    }

    /// Notes lines that do not read.
    fn note_unreadable(&mut self, look: TextLook) {
        let mut lines = if self.changed { TextLook::over(&self.text).suspects } else { look.suspects };
        lines.retain(|line| is_unreadable(&self.text[line.clone()]));
        if let Some(first) = lines.first() {
            self.note(ProblemCode::UnreadableText, first.start, [lines.len()]);
        }
    }
}

/// Whether nearly all of a text is no text.
fn is_rubbish(text: &str) -> bool {
    let tally = CharacterTally::of(text);
    tally.is_rubbish() && tally.all * 2 > text.chars().take(super::readable::SAMPLE).count()
}

/// Whether a line is long enough to tell, and does not read.
fn is_unreadable(line: &str) -> bool {
    let tally = CharacterTally::of(line);
    let written = line.chars().filter(|c| !c.is_whitespace()).count();
    // Accents of words in Latin letters are no rubbish: those have letters of ASCII between them.
    let words = tally.latin * 2 < written && tally.latin * 2 > tally.all;
    tally.all >= 20 && tally.score() < -0.3 && !words
}

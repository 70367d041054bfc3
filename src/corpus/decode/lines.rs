//! Text of which no encoding is stated, and that is not UTF-8 as a whole: each line is read by the encoding that fits it.

use super::chance::is_doubtful;
use super::readable::CharacterTally;
use super::transcode::Transcoder;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};
use std::ops::Range;

/// Encodings of Chinese text that lines are tried by.
const CANDIDATES: [&Encoding; 3] = [UTF_8, GB18030, BIG5];

/// Bytes of lines that are not UTF-8 by which the encoding of most of them is told.
const SAMPLE: usize = 60_000;

/// Characters of a line by which its encoding is told.
const LINE_SAMPLE: usize = 400;

/// Runs of lines that are kept of each encoding.
const RUNS: usize = 8;

/// The lines of a file that are of one encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedLines {
    /// Name of the encoding in the WHATWG standard.
    pub encoding: &'static str,
    /// Number of its lines that are not all ASCII.
    pub lines: u64,
    /// The first runs of them: first and last line, from 1. Lines of ASCII between them belong to the run.
    pub runs: Vec<(u64, u64)>,
    /// Bytes of them.
    bytes: usize,
}

/// A text that was read line by line.
pub(super) struct LineDecoder {
    pub(super) coder: Transcoder,
    /// Lines by encoding, most bytes first.
    pub(super) lines: Vec<EncodedLines>,
    /// What most lines that are no UTF-8 are.
    legacy: &'static Encoding,
    /// What most of the text is.
    most: &'static Encoding,
    /// The encoding of the last line that is not all ASCII.
    last: &'static Encoding,
}

/// Reads lines. `hint`: what the file, or a part of it before this one, is said to be.
pub(super) fn decode_lines(bytes: &[u8], offset: usize, hint: Option<&'static Encoding>) -> LineDecoder {
    let (utf8, other, sample) = survey(bytes);
    let legacy = hint.filter(|hint| *hint != UTF_8).unwrap_or_else(|| legacy_of(&sample));
    let most = hint.unwrap_or(if utf8 >= other { UTF_8 } else { legacy });
    let coder = Transcoder::with_capacity(bytes.len() * 3 / 2);
    let mut decoder = LineDecoder { coder, lines: Vec::new(), legacy, most, last: most };
    let mut number = 1;
    for line in lines(bytes) {
        decoder.add_line(bytes, line.clone(), offset, number);
        number += ended_lines(&bytes[line]);
    }
    decoder.lines.sort_by_key(|lines| std::cmp::Reverse(lines.bytes));
    decoder
}

/// The lines with their ends: a line feed, or carriage returns that none follows, of which each ends a line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(rest.len(), |at| {
            let run = rest[at..].iter().take_while(|byte| **byte == b'\r').count();
            at + run + usize::from(rest.get(at + run) == Some(&b'\n'))
        });
        start += end;
        Some(start - end..start)
    })
}

/// The lines that end with a piece.
fn ended_lines(piece: &[u8]) -> u64 {
    let returns = piece.iter().rev().take_while(|byte| **byte == b'\r').count() as u64;
    if piece.last() == Some(&b'\n') { 1 } else { returns }
}

/// Bytes outside ASCII in lines that are UTF-8 and in others, and the first of the others.
fn survey(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let (mut utf8, mut other, mut sample) = (0, 0, Vec::new());
    for line in lines(bytes) {
        let line = &bytes[line];
        if line.is_ascii() {
            continue;
        }
        let high = line.iter().filter(|byte| !byte.is_ascii()).count();
        match std::str::from_utf8(line) {
            Ok(text) if is_doubtful(text) => {}
            Ok(_) => utf8 += high,
            Err(_) => {
                other += high;
                sample.extend_from_slice(&line[..line.len().min(SAMPLE.saturating_sub(sample.len()))]);
            }
        }
    }
    (utf8, other, sample)
}

/// How much better the sample has to read as Big5: files are of GBK more often, and its signs are characters of Big5.
const PRIOR: f64 = 0.15;

/// What most lines are that are no UTF-8.
fn legacy_of(sample: &[u8]) -> &'static Encoding {
    let value = |encoding| LineReading::of(sample, encoding, usize::MAX).value;
    if value(BIG5) > value(GB18030) + PRIOR { BIG5 } else { GB18030 }
}

/// So few characters are of the encoding of the line before, where they can be.
const SHORT: usize = 4;

/// A line as one encoding reads it.
struct LineReading {
    /// How well it reads, less what was replaced.
    value: f64,
    /// Whether that is beyond doubt.
    sure: bool,
    /// Whether all of it is characters, but too few to tell an encoding by.
    short: bool,
}

impl LineReading {
    fn of(line: &[u8], encoding: &'static Encoding, characters: usize) -> Self {
        let coder = Transcoder::of(line, encoding, 0);
        let end = coder.text.char_indices().nth(characters).map_or(coder.text.len(), |(at, _)| at);
        let tally = CharacterTally::of(&coder.text[..end]);
        let high = line.iter().filter(|byte| !byte.is_ascii()).count().max(1);
        let lost = coder.replaced as f64 / high as f64;
        // Several characters that are UTF-8 by chance are rarer than any text.
        let wide = coder.text.chars().filter(|c| *c >= '\u{800}').take(2).count();
        let chance = if encoding == UTF_8 && coder.replaced == 0 && wide == 2 { 1.5 } else { 0.0 };
        // One or two characters say little: a dash of GBK is a frequent character of Big5.
        let weight = (tally.all as f64 / 4.0).min(1.0);
        let value = weight * tally.score().max(-1.0) - 6.0 * lost.min(1.0) + chance;
        let whole = coder.replaced == 0;
        let sure = whole && tally.all > SHORT && tally.score() >= 0.3;
        Self { value, sure, short: whole && tally.all <= SHORT }
    }
}

impl LineDecoder {
    fn add_line(&mut self, bytes: &[u8], line: Range<usize>, offset: usize, number: u64) {
        let text = &bytes[line.clone()];
        if text.is_ascii() {
            return self.coder.push(text, UTF_8, offset + line.start);
        }
        let encoding = self.encoding_of(text);
        self.last = encoding;
        self.note(encoding, number, text.len());
        self.coder.push(text, encoding, offset + line.start);
    }

    /// What a line is: the encoding by which it reads best; where that is near, that of most lines, and of the line before.
    fn encoding_of(&self, line: &[u8]) -> &'static Encoding {
        let utf8 = std::str::from_utf8(line).ok();
        if utf8.is_some() && self.most == UTF_8 {
            return UTF_8;
        }
        if utf8.is_none() && LineReading::of(line, self.legacy, LINE_SAMPLE).sure {
            return self.legacy;
        }
        let doubtful = utf8.is_some_and(is_doubtful);
        let own = Some(self.legacy).filter(|legacy| !CANDIDATES.contains(legacy));
        let readings = CANDIDATES.into_iter().chain(own).map(|encoding| {
            let reading = LineReading::of(line, encoding, LINE_SAMPLE);
            let may_stay = reading.short && !(doubtful && encoding == UTF_8);
            (reading.value + self.expectation(encoding, may_stay), encoding)
        });
        readings.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(self.most, |(_, encoding)| encoding)
    }

    /// How far an encoding is expected of a line, whatever it reads like.
    fn expectation(&self, encoding: &'static Encoding, may_stay: bool) -> f64 {
        let if_so = |so: bool, value: f64| if so { value } else { 0.0 };
        let last = if may_stay { 1.2 } else { 0.2 };
        if_so(encoding == self.most, 0.2) + if_so(encoding == self.legacy, 0.1) + if_so(encoding == self.last, last)
    }

    fn note(&mut self, encoding: &'static Encoding, number: u64, bytes: usize) {
        let goes_on = self.lines.last().is_some_and(|lines| lines.encoding == encoding.name());
        let at = self.lines.iter().position(|lines| lines.encoding == encoding.name());
        let mut lines = match at {
            Some(at) => self.lines.remove(at),
            None => EncodedLines { encoding: encoding.name(), lines: 0, runs: Vec::new(), bytes: 0 },
        };
        lines.lines += 1;
        lines.bytes += bytes;
        // Beyond the runs that are kept, the last one must not grow over lines of other encodings.
        let kept = lines.runs.len();
        match lines.runs.last_mut() {
            Some(run) if goes_on && (kept < RUNS || run.1 + 1 >= number) => run.1 = number,
            _ if kept < RUNS => lines.runs.push((number, number)),
            _ => {}
        }
        self.lines.push(lines);
    }
}

//! Bytes of known encodings → one text; the bytes that are no character are counted and located.

use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// Places of replaced bytes that are kept.
const PLACES: usize = 5;

/// Bytes that are decoded at once: each malformed byte ends a step, and a step must not cost more than this.
const WINDOW: usize = 8192;

/// Where bytes stand that are no character of the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplacedPlace {
    /// Line of the text, from 1.
    pub line: u64,
    /// Offset in the bytes, from 0.
    pub offset: u64,
}

/// A text under construction.
#[derive(Debug, Default)]
pub(super) struct Transcoder {
    /// The text so far.
    pub(super) text: String,
    /// Bytes that are no character, each malformed run shown as U+FFFD.
    pub(super) replaced: u64,
    /// The first of them: offset in the bytes, offset in the text.
    places: Vec<(u64, usize)>,
}

impl Transcoder {
    /// For about so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Of a text.
    pub(super) fn whole(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Of bytes of one encoding. `offset`: bytes that stand before them in the file.
    pub(super) fn of(bytes: &[u8], encoding: &'static Encoding, offset: usize) -> Self {
        let mut coder = Self::with_capacity(bytes.len());
        coder.push(bytes, encoding, offset);
        coder
    }

    /// Adds a malformed run.
    pub(super) fn replace(&mut self, offset: usize, bytes: usize) {
        if self.places.len() < PLACES {
            self.places.push((offset as u64, self.text.len()));
        }
        self.text.push('\u{FFFD}');
        self.replaced += bytes as u64;
    }

    /// Adds bytes of an encoding, which stand at an offset of the file.
    pub(super) fn push(&mut self, bytes: &[u8], encoding: &'static Encoding, offset: usize) {
        if encoding == UTF_8
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return self.text.push_str(text);
        }
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut part, mut at) = (String::new(), 0);
        loop {
            let end = bytes.len().min(at + WINDOW);
            let window = bytes.get(at..end).unwrap_or_default();
            part.clear();
            part.reserve(decoder.max_utf8_buffer_length_without_replacement(window.len()).unwrap_or(4 * WINDOW));
            let (result, read) = decoder.decode_to_string_without_replacement(window, &mut part, end == bytes.len());
            at += read;
            self.text.push_str(&part);
            match result {
                DecoderResult::InputEmpty if end == bytes.len() => return,
                DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let begin = (offset + at).saturating_sub(usize::from(length) + usize::from(after));
                    self.replace(begin, usize::from(length));
                }
            }
        }
    }

    /// The first places of replaced bytes.
    pub(super) fn places(&self) -> Vec<ReplacedPlace> {
        let (mut line, mut from) = (1, 0);
        let number = |(offset, at): &(u64, usize)| {
            line += line_ends(&self.text, from, *at);
            from = *at;
            ReplacedPlace { line, offset: *offset }
        };
        self.places.iter().map(number).collect()
    }
}

/// Line ends between two offsets of a text: line feeds, and carriage returns that no line feed follows.
fn line_ends(text: &str, from: usize, to: usize) -> u64 {
    let bytes = text.as_bytes().get(..to).unwrap_or_default();
    let feeds = memchr::memchr_iter(b'\n', bytes.get(from..).unwrap_or_default()).count();
    let lone = return_runs(text.as_bytes(), from).take_while(|run| run.start < to).filter(|run| run.lone);
    feeds as u64 + lone.map(|run| (run.end.min(to) - run.start) as u64).sum::<u64>()
}

/// Carriage returns beside each other.
struct ReturnRun {
    start: usize,
    end: usize,
    /// Whether each of them is a line end by itself: no line feed follows.
    lone: bool,
}

fn return_runs(bytes: &[u8], from: usize) -> impl Iterator<Item = ReturnRun> {
    let mut at = from;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(b'\r', bytes.get(at..)?)?;
        at = start + bytes[start..].iter().take_while(|byte| **byte == b'\r').count();
        Some(ReturnRun { start, end: at, lone: bytes.get(at) != Some(&b'\n') })
    })
}

/// The text with a line feed for each carriage return that is a line end by itself; `None` where there is none.
pub(super) fn with_line_feeds(text: &str) -> Option<String> {
    let mut runs = return_runs(text.as_bytes(), 0).filter(|run| run.lone).peekable();
    runs.peek()?;
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for run in runs {
        out.push_str(&text[done..run.start]);
        out.extend(std::iter::repeat_n('\n', run.end - run.start));
        done = run.end;
    }
    out.push_str(&text[done..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriage_returns_alone_become_line_feeds() {
        for (text, wanted) in [
            ("a\rb\r", Some("a\nb\n")),
            ("a\r\nb", None),
            ("a\rb\r\nc", Some("a\nb\r\nc")),
            ("a\r\rb\r\r\nc", Some("a\n\nb\r\r\nc")),
            ("", None),
        ] {
            assert_eq!(with_line_feeds(text).as_deref(), wanted, "{text:?}");
        }
    }

    #[test]
    fn replaced_bytes_have_a_line_and_an_offset() {
        let coder = Transcoder::of(b"a\rb\xFFc\r\n\xFE\n", UTF_8, 10);
        let places: Vec<(u64, u64)> = coder.places().iter().map(|place| (place.line, place.offset)).collect();
        assert_eq!((coder.text.as_str(), coder.replaced), ("a\rb\u{FFFD}c\r\n\u{FFFD}\n", 2));
        assert_eq!(places, [(2, 13), (3, 17)]);
    }
}

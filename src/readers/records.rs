//! Records of a table in text: commas, tabs or semicolons, quotes, line ends in fields. The pieces are all of the text.
//!
//! A quotation mark that is never closed would swallow the records behind it: where a record of several lines is over the
//! limit, has more fields than the head, text behind a closing quotation mark, or an open one at its end, its first line is
//! refused and reading goes on in the next.

use crate::model::{Problem, ProblemCode};
use csv::{ReaderBuilder, StringRecord};

/// What may part the fields, likelier ones first.
pub(super) const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Reading anew after a stray quotation mark, in lengths of the text; more is refused as a whole.
const MOST_READ_ANEW: u64 = 4;

/// A piece of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TableStep {
    /// A record: its fields, the line that it begins in, its characters.
    Record(Vec<String>, u64, u64),
    /// White space, in characters.
    Blank(u64),
    /// A line, or the rest, that is no record.
    Refused(Problem),
}

/// The records of a text, one after the other.
pub(super) struct TableRecords<'a> {
    text: &'a str,
    /// Where the next piece begins, and its line.
    at: usize,
    line: u64,
    reader: csv::Reader<&'a [u8]>,
    /// Where the reader began.
    base: usize,
    delimiter: u8,
    /// The most bytes of a record.
    most: usize,
    /// The number of fields, once the head is known.
    fields: Option<usize>,
    read_anew: u64,
}

impl<'a> TableRecords<'a> {
    /// Of a text with a delimiter and the most bytes of a record.
    pub(super) fn new(text: &'a str, delimiter: u8, most: usize) -> Self {
        let reader = reader(text, delimiter);
        Self { text, at: 0, line: 1, reader, base: 0, delimiter, most, fields: None, read_anew: 0 }
    }

    /// States how many fields a record has.
    pub(super) fn expect_fields(&mut self, fields: usize) {
        self.fields = Some(fields);
    }

    /// Takes the text up to an offset: its line, the one behind it, and its characters.
    fn advance(&mut self, end: usize) -> (u64, u64) {
        let piece = &self.text[self.at..end];
        let blank = piece.len() - piece.trim_start_matches(['\r', '\n', '\u{FEFF}']).len();
        let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        let begins = self.line + lines(&piece[..blank]);
        self.line += lines(piece);
        self.at = end;
        (begins, piece.chars().count() as u64)
    }

    /// Refuses the first line of the record that begins here, and begins anew in the next.
    fn skip_line(&mut self, end: usize) -> TableStep {
        self.read_anew = self.read_anew.saturating_add((end - self.at) as u64);
        let too_often = self.read_anew > MOST_READ_ANEW * self.text.len() as u64;
        let record = self.text[self.at..end].trim_start_matches(['\r', '\n']);
        let first = end - record.len() + record.find('\n').map_or(record.len(), |at| at + 1);
        let (line, characters) = self.advance(if too_often { self.text.len() } else { first });
        (self.base, self.reader) = (self.at, reader(&self.text[self.at..], self.delimiter));
        TableStep::Refused(Problem::plain(ProblemCode::OpenQuote).in_line(line).losing(characters))
    }

    /// Whether a record swallowed others: see the head of this file.
    fn is_swallowing(&self, piece: &str, record: &StringRecord) -> bool {
        let several = piece.trim_matches(['\r', '\n']).contains('\n');
        let long = piece.len() > self.most;
        let wide = self.fields.is_some_and(|fields| record.len() > fields);
        several && (long || wide || !is_well_quoted(piece, self.delimiter))
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// Whether a record is quoted as the form has it: behind each closing quotation mark the field ends, and the last one is
/// closed. Two stray marks in two lines make one field otherwise.
fn is_well_quoted(record: &str, delimiter: u8) -> bool {
    let (mut quoted, mut at_start) = (false, true);
    let mut bytes = record.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.next_if_eq(&b'"').is_none() => {
                if bytes.peek().is_some_and(|next| *next != delimiter && !matches!(next, b'\r' | b'\n')) {
                    return false;
                }
                quoted = false;
            }
            b'"' if at_start => quoted = true,
            _ => {}
        }
        at_start = !quoted && (byte == delimiter || matches!(byte, b'\r' | b'\n'));
    }
    !quoted
}

impl Iterator for TableRecords<'_> {
    type Item = TableStep;

    fn next(&mut self) -> Option<TableStep> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = StringRecord::new();
        let read = self.reader.read_record(&mut record).unwrap_or(false);
        let end = if read { self.base + self.reader.position().byte() as usize } else { self.text.len() };
        let piece = &self.text[self.at..end];
        if read && self.is_swallowing(piece, &record) {
            return Some(self.skip_line(end));
        }
        let length = piece.len();
        let (line, characters) = self.advance(end);
        Some(match read {
            false => TableStep::Blank(characters),
            true if length > self.most => {
                let problem = Problem::of_file(ProblemCode::LineTooLong, [length, self.most]);
                TableStep::Refused(problem.in_line(line).losing(characters))
            }
            true if record.iter().all(|field| field.trim().is_empty()) => TableStep::Blank(characters),
            true => TableStep::Record(record.iter().map(str::to_owned).collect(), line, characters),
        })
    }
}

/// The delimiter of a text: that by which its first record has the most fields that are known, then the most fields.
pub(super) fn delimiter_of(text: &str, most: usize, known: &mut dyn FnMut(&str) -> bool) -> u8 {
    let mut worth = |delimiter: u8| {
        let first = TableRecords::new(text, delimiter, most).find_map(|step| match step {
            TableStep::Record(fields, ..) => Some(fields),
            _ => None,
        });
        let fields = first.unwrap_or_default();
        (fields.iter().filter(|field| known(field)).count(), fields.len())
    };
    let worths = DELIMITERS.map(|delimiter| (worth(delimiter), delimiter));
    // Of equal ones the first.
    worths.into_iter().rev().max_by_key(|(worth, _)| *worth).map_or(b',', |(_, delimiter)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str, fields: usize) -> Vec<String> {
        let mut records = TableRecords::new(text, b',', 200);
        records.expect_fields(fields);
        let (mut shown, mut characters) = (Vec::new(), 0);
        for step in records {
            match step {
                TableStep::Record(fields, line, count) => {
                    characters += count;
                    shown.push(format!("{line} {}", fields.join("|")));
                }
                TableStep::Blank(count) => characters += count,
                TableStep::Refused(problem) => {
                    characters += problem.characters;
                    shown.push(format!("{} {}", problem.line.unwrap(), problem.code));
                }
            }
        }
        assert_eq!(characters, text.chars().count() as u64, "{text}");
        shown
    }

    #[test]
    fn records_have_lines_in_fields_and_their_own_line() {
        let text = "题,文\r\n\r\n甲,\"一\r\n二,\"\"三\"\"\"\r\n乙,四";
        assert_eq!(steps(text, 2), ["1 题|文", "3 甲|一\r\n二,\"三\"", "5 乙|四"]);
    }

    #[test]
    fn an_open_quote_costs_its_line() {
        assert_eq!(steps("a,b\nc,\"d\ne,f\ng,h\n", 2), ["1 a|b", "2 open_quote", "3 e|f", "4 g|h"]);
        let two = steps("c,\"d\ne,f\ng,\"h\ni,j\n", 2);
        assert_eq!(two, ["1 open_quote", "2 e|f", "3 open_quote", "4 i|j"]);
        assert_eq!(steps("c,\"d\ne\"", 2), ["1 c|d\ne"]);
        assert_eq!(steps("a,\"b\nc\",", 3), ["1 a|b\nc|"]);
        let long = format!("a,\"{}\nb,c", "长\n".repeat(100));
        assert_eq!(steps(&long, 2).last().unwrap(), "102 b|c");
    }

    #[test]
    fn many_open_quotes_end_soon() {
        let text = "a,\"\"\"\n".repeat(20_000);
        let start = std::time::Instant::now();
        assert!(!steps(&text, 2).is_empty());
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn delimiters_are_told_from_the_head() {
        let told = |text: &str| delimiter_of(text, 1000, &mut |name| ["标题", "正文"].contains(&name));
        assert_eq!(told("标题,正文\n"), b',');
        assert_eq!(told("\n标题\t正文,x\n"), b'\t');
        assert_eq!(told("标题;正文;a,b,c,d,e\n"), b';');
        assert_eq!(told(""), b',');
    }
}

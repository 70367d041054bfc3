//! What plain text has beside lines: references of HTML that a program left in it, line ends of other systems, and packed
//! bytes that are no text at all.

use super::html;
use crate::corpus::{DecodeError, Decoded};
use crate::model::{Problem, ProblemCode};
use std::borrow::Cow;

/// Line ends of Unicode beside the line feed: next line, line separator, paragraph separator.
const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Words of a line that tells of references, and does not only have them.
const ABOUT_HTML: [&str; 8] = ["HTML", "html", "XML", "实体", "實體", "转义", "轉義", "代码"];

/// Longer names are no references.
const LONGEST: usize = 10;

/// Characters of the beginning that are looked at for packed bytes, and fewer than which are not.
const SAMPLE: usize = 20_000;
const LEAST: usize = 400;

/// A run of letters and digits without white space of so many characters is no word.
const RUN: usize = 60;

/// A decoded file as plain text.
///
/// # Errors
/// [`DecodeError::Unreadable`] where it is bytes in letters (base64 and the like).
pub(super) fn as_plain_text(mut decoded: Decoded) -> Result<Decoded, DecodeError> {
    if is_packed(&decoded.text) {
        return Err(DecodeError::Unreadable);
    }
    if let Some(text) = with_line_feeds(&decoded.text) {
        decoded.text = text;
    }
    if let Some((text, count, line)) = resolved(&decoded.text) {
        decoded.text = text;
        decoded.notes.push(Problem::of_file(ProblemCode::HtmlReferences, [count]).in_line(line));
    }
    Ok(decoded)
}

/// Whether nearly all of a text is long runs of letters, digits and the signs of base64.
fn is_packed(text: &str) -> bool {
    let sample = text.get(..text.len().min(SAMPLE)).filter(|sample| sample.is_ascii() && sample.len() >= LEAST);
    let is_packed = |word: &&str| {
        let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
        let packed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        word.len() >= RUN && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && word.bytes().all(packed)
    };
    sample.is_some_and(|sample| {
        let packed: usize = sample.split_ascii_whitespace().filter(is_packed).map(str::len).sum();
        packed * 5 >= sample.len() * 4
    })
}

/// The text with line feeds for all line ends; `None` where it has no others.
fn with_line_feeds(text: &str) -> Option<String> {
    let has = |end: &char| memchr::memmem::find(text.as_bytes(), end.encode_utf8(&mut [0; 4]).as_bytes()).is_some();
    LINE_ENDS.iter().any(has).then(|| text.replace(LINE_ENDS, "\n"))
}

/// The text with its references resolved, how many there were, and the line of the first; `None` where there are none.
fn resolved(text: &str) -> Option<(String, u64, u64)> {
    memchr::memchr(b'&', text.as_bytes())?;
    let (mut out, mut count, mut first) = (String::with_capacity(text.len()), 0, 0);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let (line, found) = if is_about_html(line) { (Cow::Borrowed(line), 0) } else { resolved_line(line) };
        first = if count == 0 && found > 0 { number } else { first };
        count += found;
        out.push_str(&line);
    }
    (count > 0).then_some((out, count, first))
}

fn is_about_html(line: &str) -> bool {
    line.contains('&') && ABOUT_HTML.iter().any(|word| line.contains(word))
}

fn resolved_line(line: &str) -> (Cow<'_, str>, u64) {
    if !line.contains('&') {
        return (Cow::Borrowed(line), 0);
    }
    let (mut out, mut count, mut rest) = (String::with_capacity(line.len()), 0, line);
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // `&amp;ldquo;` was written twice.
        let once = after.strip_prefix("amp;").filter(|inner| leading(inner).is_some()).unwrap_or(after);
        match leading(once) {
            Some((c, length)) => {
                out.push(c);
                count += 1;
                rest = once.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (Cow::Owned(out), count)
}

/// The character of the reference that a text goes on with behind `&`, and how many bytes its name and `;` take.
fn leading(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let known = html::reference(name).or_else(|| single(quick_xml::escape::resolve_html5_entity(name)?))?;
    let printable = Some(known).filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))?;
    Some((if printable == '\n' { ' ' } else { printable }, end + 1))
}

/// The character of a text of one.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::decode;

    fn plain(text: &str) -> (String, Vec<String>) {
        let decoded = as_plain_text(decode(text, None).unwrap()).unwrap();
        let note = |note: &Problem| format!("{} {:?} {:?}", note.code, note.line, note.arguments);
        (decoded.text, decoded.notes.iter().map(note).collect())
    }

    #[test]
    fn references_in_plain_text_are_resolved_and_counted() {
        let (text, notes) = plain("标题\n&ldquo;&#24037;&#x4F1A;&rdquo;&nbsp;&amp;bull;职工&amp;家属&hearts;\n");
        assert_eq!(text, "标题\n“工会”\u{A0}•职工&家属♥\n");
        assert_eq!(notes, ["html_references Some(2) [\"8\"]"]);
    }

    #[test]
    fn what_is_no_reference_or_is_told_of_stays() {
        for text in [
            "AT&T;公司",
            "a & b; c",
            "?a=1&copy=2",
            "用 HTML 写 &nbsp; 就是空格",
            "&#0;&#xD800;&#7;",
            "&toolonganame;",
            "&",
        ] {
            assert_eq!(plain(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn bytes_in_letters_are_refused_and_long_words_are_not() {
        let read = |text: &str| as_plain_text(decode(text, None).unwrap());
        let base64 = "R0lGODlhAQABAIAAAP8AAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw5nbWFwMTIz\n".repeat(20);
        assert_eq!(read(&base64), Err(DecodeError::Unreadable));
        for text in [format!("工会\n{base64}"), "https://example.org/a/b?c=d&e=f ".repeat(40), "1".repeat(900)] {
            assert!(read(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn line_ends_of_all_systems_are_line_feeds() {
        for end in ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_eq!(plain(&["第一行", "第二行", ""].join(end)).0, "第一行\n第二行\n", "{end:?}");
        }
        assert_eq!(plain("第一行\r\n第二行\r\n").0, "第一行\r\n第二行\r\n");
    }
}

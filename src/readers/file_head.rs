//! What the first bytes of a file show, without decoding it: cheap and safe on any bytes.

use crate::corpus::encoding_name;
use memchr::memmem;
use std::borrow::Cow;

/// Bytes of the beginning that are looked at for a root element, and of the end for keys.
const LOOK: usize = 64 * 1024;

/// Bytes of the beginning that are looked at for keys and classes.
const LOOK_FOR_KEYS: usize = 4_000_000;

/// How a file begins.
#[derive(Debug)]
pub(super) struct FileHead<'a> {
    /// Its bytes with ASCII as one byte each: those of UTF-16 with the zero bytes left out, of the beginning only.
    bytes: Cow<'a, [u8]>,
    /// The byte order of UTF-16, where it is that.
    utf16: Option<&'static str>,
}

impl<'a> FileHead<'a> {
    /// The opening of a file.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        let (little, big) = (bytes.starts_with(b"\xFF\xFE"), bytes.starts_with(b"\xFE\xFF"));
        let utf16 = match bytes {
            _ if little => Some("utf-16le"),
            _ if big => Some("utf-16be"),
            [b'<' | b'{' | b'[', 0, ..] => Some("utf-16le"),
            [0, b'<' | b'{' | b'[', ..] => Some("utf-16be"),
            _ => None,
        };
        let look = &bytes[..bytes.len().min(LOOK)];
        let bytes = match utf16 {
            Some(_) => Cow::Owned(look.iter().copied().filter(|byte| *byte != 0).collect()),
            None => Cow::Borrowed(bytes),
        };
        Self { bytes, utf16 }
    }

    /// The bytes from the first that is no mark and no white space.
    fn content(&self) -> &[u8] {
        let marks = [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"];
        let bytes = marks.iter().find_map(|mark| self.bytes.strip_prefix(*mark)).unwrap_or(&self.bytes);
        bytes.trim_ascii_start()
    }

    fn beginning(&self) -> &[u8] {
        let content = self.content();
        &content[..content.len().min(LOOK)]
    }

    /// The first byte that is no white space.
    pub(super) fn first(&self) -> Option<u8> {
        self.content().first().copied()
    }

    /// Whether its content begins with a text.
    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.content().starts_with(text.as_bytes())
    }

    /// The first lines that are not blank, without white space at their ends.
    pub(super) fn lines(&self, most: usize) -> impl Iterator<Item = &[u8]> {
        let lines = self.beginning().split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        lines.filter(|line| !line.is_empty()).take(most)
    }

    /// Whether it begins as JSON.
    pub(super) fn is_json(&self) -> bool {
        matches!(self.first(), Some(b'{' | b'['))
    }

    /// Its beginning and its end, where keys are looked for.
    fn ends(&self) -> [&[u8]; 2] {
        let (head, rest) = self.bytes.split_at(self.bytes.len().min(LOOK_FOR_KEYS));
        [head, &rest[rest.len() - rest.len().min(LOOK)..]]
    }

    /// Whether a text stands in its beginning or its end.
    pub(super) fn has(&self, needle: &str) -> bool {
        self.ends().iter().any(|part| memmem::find(part, needle.as_bytes()).is_some())
    }

    /// Whether it has a JSON key of this name, in its beginning or its end.
    pub(super) fn has_key(&self, name: &str) -> bool {
        let quoted = format!("\"{name}\"");
        let is_key = |part: &[u8], at: usize| {
            let after = part[at + quoted.len()..].iter().find(|byte| !byte.is_ascii_whitespace());
            after == Some(&b':')
        };
        self.ends().into_iter().any(|part| memmem::find_iter(part, quoted.as_bytes()).any(|at| is_key(part, at)))
    }

    /// The first bytes without white space.
    pub(super) fn without_whitespace(&self, length: usize) -> Vec<u8> {
        self.beginning().iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(length).collect()
    }

    /// The name of the root element of XML, without its prefix.
    pub(super) fn root(&self) -> Option<String> {
        let mut rest = self.beginning();
        loop {
            rest = rest.trim_ascii_start();
            let close: &[u8] = match rest {
                [b'<', b'?', ..] => b"?>",
                [b'<', b'!', b'-', b'-', ..] => b"-->",
                // A document type may have declarations inside, in brackets.
                [b'<', b'!', ..] if has_brackets(rest) => b"]",
                [b'<', b'!', ..] | [b'>', ..] => b">",
                [b'<', ..] => break,
                _ => return None,
            };
            rest = &rest[memmem::find(rest, close)? + close.len()..];
        }
        let name: Vec<u8> = rest[1..].iter().copied().take_while(|byte| is_name(*byte)).collect();
        let name = String::from_utf8(name).ok()?;
        Some(name.rsplit(':').next().unwrap_or_default().to_owned())
    }

    /// Whether it begins as HTML: by its document type or its first element.
    pub(super) fn is_html(&self) -> bool {
        const FIRST: [&str; 18] = [
            "html", "head", "meta", "title", "body", "script", "style", "link", "base", "div", "table", "frameset",
            "center", "font", "p", "h1", "a", "span",
        ];
        let head = &self.content()[..self.content().len().min(512)];
        let has_type = memmem::find(&head.to_ascii_lowercase(), b"<!doctype html").is_some();
        has_type || self.root().is_some_and(|root| FIRST.iter().any(|first| root.eq_ignore_ascii_case(first)))
    }

    /// Whether an element of HTML has a class, in one of the first places where its name stands.
    pub(super) fn has_class(&self, class: &str) -> bool {
        let [head, _] = self.ends();
        memmem::find_iter(head, class.as_bytes()).take(64).any(|at| {
            let before = &head[at.saturating_sub(400)..at];
            let tag = memchr::memrchr(b'<', before).map(|open| &before[open..]);
            tag.is_some_and(|tag| memmem::find(tag, b"class").is_some() && !tag.contains(&b'>'))
        })
    }

    /// The encoding that the file declares (`encoding="…"` of XML, `charset=…` of HTML), where it can be believed: text
    /// that is valid UTF-8 is that whatever it declares, and UTF-16 is told by its bytes.
    pub(super) fn declared(&self) -> Option<String> {
        if self.utf16.is_some() {
            return self.utf16.map(str::to_owned);
        }
        let name =
            value_after(self.beginning(), b"encoding=").or_else(|| value_after(self.beginning(), b"charset="))?;
        let name = encoding_name(&name).ok()?;
        let believable =
            !name.starts_with("UTF-") && name != "replacement" && std::str::from_utf8(&self.bytes).is_err();
        believable.then_some(name)
    }
}

/// Whether a bracket opens before a declaration ends.
fn has_brackets(declaration: &[u8]) -> bool {
    memchr::memchr2(b'[', b'>', declaration).is_some_and(|at| declaration[at] == b'[')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}

/// What stands after `name=` among the first bytes, with or without quotes.
fn value_after(bytes: &[u8], name: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(2048)];
    let after = &head[memmem::find(head, name)? + name.len()..];
    let value = after.iter().skip_while(|byte| matches!(byte, b'"' | b'\''));
    String::from_utf8(value.copied().take_while(|byte| is_name(*byte)).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_behind_what_stands_before_it() {
        let root = |text: &str| FileHead::read(text.as_bytes()).root();
        assert_eq!(
            root("\u{FEFF}<?xml version='1.0'?>\n<!-- <x> -->\n<!DOCTYPE a [<!ENTITY e '>'>]>\n<m:mets a='1'>")
                .as_deref(),
            Some("mets")
        );
        assert_eq!((root("alto"), root("<!-- "), root("")), (None, None, None));
        let wide: Vec<u8> = "<alto>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(FileHead::read(&wide).root().as_deref(), Some("alto"));
    }

    #[test]
    fn a_key_is_no_value_and_no_quotation() {
        let has = |text: &str| FileHead::read(text.as_bytes()).has_key("pdf_info");
        assert!(has("{\"pdf_info\" : []}"));
        assert!(!has("{\"a\":\"pdf_info\"}") && !has(r#"{"a":"\"pdf_info\": x"}"#));
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_are_utf8() {
        let declared = |bytes: &[u8]| FileHead::read(bytes).declared();
        assert_eq!(declared(b"<?xml encoding='GBK'?>\xB9\xA4\xBB\xE1").as_deref(), Some("GBK"));
        assert_eq!(declared("<?xml encoding='GBK'?>工会".as_bytes()), None);
        assert_eq!(declared(b"<meta charset=big5>\xA4\x75").as_deref(), Some("Big5"));
        assert_eq!(declared(b"<\0?\0").as_deref(), Some("utf-16le"));
        assert_eq!(declared(b"<?xml encoding='klingon'?>\xB9\xA4"), None);
    }
}

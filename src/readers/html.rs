//! HTML as it comes: tags, attributes and text, whether or not they are well formed. Nothing is an error.

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'a> {
    /// A start tag: its name and what stands behind the name.
    Open(&'a str, &'a str),
    /// An end tag.
    Close(&'a str),
    /// Text, with its references.
    Text(&'a str),
}

/// The pieces of a text, in order.
#[derive(Debug)]
pub(super) struct HtmlTokens<'a> {
    rest: &'a str,
}

impl<'a> HtmlTokens<'a> {
    /// Of a whole text.
    pub(super) fn parse(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Takes the text up to a mark and drops the mark; the rest, where there is none.
    fn until(&mut self, mark: &str) -> &'a str {
        let (piece, rest) = self.rest.split_once(mark).unwrap_or((self.rest, ""));
        self.rest = rest;
        piece
    }

    fn text(&mut self) -> HtmlToken<'a> {
        // A `<` that begins no tag is text.
        let end = self.rest.match_indices('<').find(|(at, _)| *at > 0 && begins_tag(&self.rest[*at..]));
        let (text, rest) = self.rest.split_at(end.map_or(self.rest.len(), |(at, _)| at));
        self.rest = rest;
        HtmlToken::Text(text)
    }

    fn tag(&mut self) -> HtmlToken<'a> {
        let end = tag_end(self.rest);
        let inside = self.rest.get(1..end).unwrap_or_default();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        if let Some(name) = inside.strip_prefix('/') {
            return HtmlToken::Close(name.trim());
        }
        let (name, attributes) = inside.split_at(inside.find([' ', '\t', '\n', '\r', '/']).unwrap_or(inside.len()));
        if is_raw(name) {
            self.skip_raw(name);
        }
        HtmlToken::Open(name, attributes)
    }

    /// Drops what stands in a script or style sheet.
    fn skip_raw(&mut self, name: &str) {
        let close = self.rest.match_indices("</").find(|(at, _)| {
            self.rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        });
        self.rest = &self.rest[close.map_or(self.rest.len(), |(at, _)| at)..];
    }
}

impl<'a> Iterator for HtmlTokens<'a> {
    type Item = HtmlToken<'a>;

    fn next(&mut self) -> Option<HtmlToken<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--") {
                self.until("-->");
            } else if let Some(data) = self.rest.strip_prefix("<![CDATA[") {
                self.rest = data;
                return Some(HtmlToken::Text(self.until("]]>")));
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.until(">");
            } else if begins_tag(self.rest) {
                return Some(self.tag());
            } else {
                return Some(self.text());
            }
        }
    }
}

fn begins_tag(text: &str) -> bool {
    let mut after = text.bytes().skip(1);
    text.starts_with('<')
        && match after.next() {
            Some(b'/') => after.next().is_some_and(|byte| byte.is_ascii_alphabetic()),
            Some(b'!' | b'?') => true,
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
}

/// Where the `>` of a tag stands, outside quotes; of a quote that is never closed, the first `>`.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if text.as_bytes()[..at].trim_ascii_end().ends_with(b"=") => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>').unwrap_or(text.len())
}

/// A tag is at most this many bytes; beyond them a quote is taken as unclosed.
const MAX_TAG: usize = 100_000;

fn is_raw(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

/// Whether an element has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "col"];
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// The value of an attribute, with its references resolved.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let (key, after) = rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len()));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", after),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        rest = if after.len() < rest.len() { after } else { "" };
    }
}

/// A value at the start of a text, and what stands behind it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Text with its references resolved; one that is not known stays as it is.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end));
        match name.and_then(|name| Some((name, reference(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = &after[name.len() + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of a reference, between `&` and `;`.
pub(super) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).filter(|c| *c != '\0');
    }
    const NAMED: [(&str, char); 15] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{A0}'),
        ("middot", '·'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("times", '×'),
        ("yen", '¥'),
    ];
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// The text of each row of a table, its cells parted by a space; without a row, of each line.
pub(super) fn rows(html: &str) -> Vec<String> {
    let is_table = html.contains("<tr") || html.contains("<TR");
    let breaks: &[&str] = if is_table { &["tr"] } else { &["br", "p", "div", "li"] };
    let mut rows = String::new();
    for token in HtmlTokens::parse(html) {
        match token {
            HtmlToken::Open(name, _) if breaks.iter().any(|row| name.eq_ignore_ascii_case(row)) => rows.push('\n'),
            HtmlToken::Open(..) if is_table => rows.push(' '),
            HtmlToken::Text(text) if is_table => rows.push_str(&unescape(text).replace('\n', " ")),
            HtmlToken::Text(text) => rows.push_str(&unescape(text)),
            HtmlToken::Open(..) | HtmlToken::Close(_) => {}
        }
    }
    let rows = rows.lines().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "));
    rows.filter(|row| !row.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_that_is_not_well_formed_is_read() {
        let html =
            "<!DOCTYPE html><meta charset=utf-8><p class=a title='1 > 0'>甲 < 乙<br>丙<script>if (a<b) {}</script></p";
        let texts: Vec<HtmlToken> = HtmlTokens::parse(html).collect();
        assert_eq!(texts[1], HtmlToken::Open("p", " class=a title='1 > 0'"));
        assert_eq!(
            (texts[2], texts[3], texts[4]),
            (HtmlToken::Text("甲 < 乙"), HtmlToken::Open("br", ""), HtmlToken::Text("丙"))
        );
        assert_eq!(texts.last(), Some(&HtmlToken::Close("p")));
    }

    #[test]
    fn attributes_come_with_any_quotes() {
        let attributes = " a=1 checked b = \"x&amp;y\" c='z' /";
        let value = |name| attribute(attributes, name).map(Cow::into_owned);
        assert_eq!(value("A").as_deref(), Some("1"));
        assert_eq!(value("checked").as_deref(), Some(""));
        assert_eq!((value("b").as_deref(), value("c").as_deref(), value("d")), (Some("x&y"), Some("z"), None));
    }

    #[test]
    fn references_that_are_not_known_stay() {
        assert_eq!(unescape("a&lt;b&#24037;&#x4F1A;&foo;&"), "a<b工会&foo;&");
        assert_eq!(unescape("&#0;&#xD800;"), "&#0;&#xD800;");
    }

    #[test]
    fn a_row_of_a_table_is_a_line() {
        let table = "<table><tr><td>姓名</td><td>单位</td></tr><tr><td>李 新</td><td>一厂</td></tr></table>";
        assert_eq!(rows(table), ["姓名 单位", "李 新 一厂"]);
        assert_eq!(rows("一行\n二行"), ["一行", "二行"]);
    }
}

//! The lines of text that a page shows: without scripts, styles, comments, and what is hidden.

use super::tree::{WebNode, WebNodeKind, WebTree};
use crate::readers::html::unescape;
use crate::readers::spacing::{WordGap, join};

/// Elements whose text is not read as text.
const HIDDEN: [&str; 20] = [
    "script", "style", "noscript", "template", "iframe", "noframes", "noembed", "select", "option", "textarea",
    "button", "object", "applet", "svg", "math", "title", "audio", "video", "canvas", "datalist",
];

/// A line of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ShownLine {
    /// Its text, without white space at its ends.
    pub(super) text: String,
    /// Its characters.
    pub(super) characters: usize,
    /// Characters of it that are links.
    pub(super) linked: usize,
    /// Number of its first piece.
    pub(super) node: usize,
    /// Number of the block that it stands in.
    pub(super) block: usize,
}

impl ShownLine {
    /// Whether it is a link and no sentence.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 10 >= self.characters * 8 && !self.text.ends_with(['。', '！', '？', '”', '…'])
    }
}

/// The lines of a page, in the order of the file.
pub(super) fn shown_lines(tree: &WebTree) -> Vec<ShownLine> {
    let mut reader = LineReader::default();
    let mut skip = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        if at < skip {
            continue;
        }
        if is_hidden(node) {
            skip = node.end;
            continue;
        }
        reader.leave(at);
        match &node.kind {
            WebNodeKind::Element(name, _) => reader.enter(at, name, node),
            WebNodeKind::Text(text) => reader.text(at, text),
            WebNodeKind::Comment(_) => {}
        }
    }
    reader.flush();
    reader.lines
}

/// A text on one line, single spaces in it.
pub(super) fn tidy(text: &str) -> String {
    // Some systems resolve references twice and write them twice.
    let text = unescape(text);
    text.split(|c: char| c.is_whitespace() && c != '\u{3000}')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// The lines of a piece of HTML that stands inside something else.
pub(super) fn lines_of(html: &str) -> Vec<String> {
    shown_lines(&WebTree::parse(html)).into_iter().map(|line| line.text).collect()
}

fn is_hidden(node: &WebNode) -> bool {
    let WebNodeKind::Element(name, _) = &node.kind else { return false };
    if HIDDEN.contains(&name.as_str()) || node.has_attribute("hidden") {
        return true;
    }
    let style: String = node.attribute("style").chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// White space that was met since the last character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum MetSpace {
    #[default]
    None,
    Space,
    LineEnd,
}

#[derive(Default)]
struct LineReader {
    lines: Vec<ShownLine>,
    line: ShownLine,
    met: MetSpace,
    /// Ends of the open blocks with their numbers.
    blocks: Vec<(usize, usize)>,
    /// Where the open link ends.
    link_end: usize,
    /// Where the open preformatted text ends.
    pre_end: usize,
}

impl LineReader {
    fn leave(&mut self, at: usize) {
        while self.blocks.last().is_some_and(|(end, _)| *end <= at) {
            self.flush();
            self.blocks.pop();
        }
    }

    fn enter(&mut self, at: usize, name: &str, node: &WebNode) {
        match name {
            "br" | "hr" => self.flush(),
            "a" => self.link_end = node.end,
            _ if node.is_block() => {
                self.flush();
                self.blocks.push((node.end, at));
                if name == "pre" {
                    self.pre_end = node.end;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, at: usize, text: &str) {
        let mut run = String::new();
        for c in text.chars() {
            match c {
                '\n' | '\r' if at < self.pre_end => {
                    self.append(at, &mut run);
                    self.flush();
                }
                ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' => {
                    self.append(at, &mut run);
                    let met = if matches!(c, '\n' | '\r') { MetSpace::LineEnd } else { MetSpace::Space };
                    self.met = if self.met == MetSpace::LineEnd { self.met } else { met };
                }
                '\u{FEFF}' | '\u{200B}' | '\0' => {}
                c => run.push(c),
            }
        }
        self.append(at, &mut run);
    }

    fn append(&mut self, at: usize, run: &mut String) {
        if run.is_empty() {
            return;
        }
        if self.line.text.is_empty() {
            self.line.node = at;
        }
        let gap = match self.met {
            _ if self.line.text.is_empty() => WordGap::None,
            MetSpace::None => WordGap::None,
            MetSpace::Space => WordGap::Wide,
            MetSpace::LineEnd => WordGap::Space,
        };
        join(&mut self.line.text, run, gap);
        if at < self.link_end {
            self.line.linked += run.chars().count();
        }
        run.clear();
        self.met = MetSpace::None;
    }

    fn flush(&mut self) {
        self.met = MetSpace::None;
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let block = self.blocks.last().map_or(0, |(_, block)| *block);
        let (text, characters) = (text.to_owned(), text.chars().count());
        self.lines.push(ShownLine { characters, linked: line.linked.min(characters), block, text, ..line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_without_what_is_hidden() {
        let html = "<p>一<!-- 注 -->二<script>var a='三'</script></p><div style='Display : none'>四</div>\
                    <style>p{}</style><p hidden>五</p><textarea>六</textarea><b>七</b>八<br>九&nbsp;&ensp;&copy;";
        assert_eq!(lines_of(html), ["一二", "七八", "九\u{A0}\u{2002}©"]);
    }

    #[test]
    fn white_space_of_the_source_is_none_of_the_text() {
        assert_eq!(lines_of("<p>　　工会\n   干部 走进 ABC\nDEF\r\n车间</p>"), ["工会干部 走进 ABC DEF车间"]);
        assert_eq!(lines_of("<pre>甲\n乙</pre>丙"), ["甲", "乙", "丙"]);
    }

    #[test]
    fn links_are_counted() {
        let lines = shown_lines(&WebTree::parse("<ul><li><a href=x>下一版</a><li>甲<a>乙</a>丙丁</ul>"));
        assert!(lines[0].is_link() && !lines[1].is_link());
        assert_eq!((lines[1].linked, lines[1].characters), (1, 4));
    }
}

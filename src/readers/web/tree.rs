//! The elements of a page, in the order of the file, each with where it ends.
//!
//! Elements are kept as a flat list; one that stands deeper than [`MAX_DEPTH`] is put beside its parent, as browsers do, so
//! time and memory grow with the length of the page alone.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use std::collections::HashMap;

/// Elements inside each other, at most; browsers stop at 512.
const MAX_DEPTH: usize = 256;

/// Elements, texts and comments of a page, at most; a page of a newspaper has some thousand.
const MAX_NODES: usize = 600_000;

/// Attributes that something looks at.
const ATTRIBUTES: [&str; 21] = [
    "class",
    "id",
    "style",
    "hidden",
    "href",
    "src",
    "content",
    "name",
    "property",
    "itemprop",
    "datetime",
    "usemap",
    "coords",
    "xy",
    "width",
    "height",
    "type",
    "http-equiv",
    "alt",
    "title",
    "value",
];

/// Elements without content.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "wbr",
];

/// Elements that begin and end a line of text.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements of tables, which only an end of their own kind closes.
const TABLE: [&str; 6] = ["table", "tbody", "thead", "tfoot", "tr", "td"];

/// A start tag and the open element that it ends, up to the elements that hold it in.
const IMPLIED_ENDS: [(&str, &[&str], &[&str]); 8] = [
    ("li", &["li"], &["ul", "ol", "menu", "table"]),
    ("option", &["option"], &["select"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("tr", &["tr"], &["table"]),
    ("td", &["td", "th"], &["tr", "table"]),
    ("th", &["td", "th"], &["tr", "table"]),
    ("area", &["area"], &["map"]),
];

/// A piece of a page.
#[derive(Debug)]
pub(super) struct WebNode {
    /// What it is.
    pub(super) kind: WebNodeKind,
    /// Number of the element that it stands in; of the first one itself.
    pub(super) parent: usize,
    /// Number of the first piece behind it and all that it holds.
    pub(super) end: usize,
}

/// What a piece of a page is.
#[derive(Debug)]
pub(super) enum WebNodeKind {
    /// An element: its name in small letters, its attributes.
    Element(String, Vec<(&'static str, String)>),
    /// Text, with its references resolved; of a script or style sheet too.
    Text(String),
    /// What a comment says.
    Comment(String),
}

impl WebNode {
    /// The name of an element; empty for what is none.
    pub(super) fn name(&self) -> &str {
        if let WebNodeKind::Element(name, _) = &self.kind { name } else { "" }
    }

    /// An attribute, or empty text.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let WebNodeKind::Element(_, attributes) = &self.kind else { return "" };
        attributes.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether it has an attribute, with or without a value.
    pub(super) fn has_attribute(&self, name: &str) -> bool {
        matches!(&self.kind, WebNodeKind::Element(_, attributes) if attributes.iter().any(|(known, _)| *known == name))
    }

    /// Whether it begins and ends a line.
    pub(super) fn is_block(&self) -> bool {
        is_block(self.name())
    }
}

fn is_block(name: &str) -> bool {
    // Elements of a system's own hold whole texts.
    BLOCKS.contains(&name) || name.contains('-')
}

/// A page.
#[derive(Debug)]
pub(super) struct WebTree {
    /// Its pieces; the first one holds all others.
    pub(super) nodes: Vec<WebNode>,
    /// Whether it has more than [`MAX_NODES`].
    pub(super) is_cut: bool,
}

impl WebTree {
    /// Reads a page. Nothing in it is an error.
    pub(super) fn parse(text: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut builder = TreeBuilder::new();
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            builder.add(token);
        }
        builder.finish()
    }

    /// The numbers of the elements with a name.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.name() == name).map(|(at, _)| at)
    }

    /// The text inside a piece, as it stands, hidden text too.
    pub(super) fn raw_text(&self, at: usize) -> String {
        let end = self.nodes.get(at).map_or(0, |node| node.end);
        let texts = self.nodes.get(at..end).unwrap_or_default().iter();
        texts
            .filter_map(|node| if let WebNodeKind::Text(text) = &node.kind { Some(text.as_str()) } else { None })
            .collect()
    }

    /// The comments: their numbers and what they say.
    pub(super) fn comments(&self) -> impl Iterator<Item = (usize, &str)> {
        self.nodes.iter().enumerate().filter_map(|(at, node)| match &node.kind {
            WebNodeKind::Comment(text) => Some((at, text.as_str())),
            _ => None,
        })
    }

    /// The elements around a piece, the nearest first, the first one of all left out.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: usize| self.nodes.get(at).map(|node| node.parent).filter(|parent| *parent > 0);
        std::iter::successors(parent(at), move |at| parent(*at)).take(MAX_DEPTH + 1)
    }
}

struct TreeBuilder {
    tree: WebTree,
    open: Vec<usize>,
    /// How many elements of each name are open.
    counts: HashMap<String, usize>,
}

impl TreeBuilder {
    fn new() -> Self {
        let root = WebNode { kind: WebNodeKind::Element(String::new(), Vec::new()), parent: 0, end: 1 };
        Self { tree: WebTree { nodes: vec![root], is_cut: false }, open: vec![0], counts: HashMap::new() }
    }

    fn add(&mut self, token: Token<()>) {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
        match token {
            Token::StartTag(tag) => self.start(tag),
            Token::EndTag(tag) => self.end(&text(tag.name.0)),
            Token::String(value) => drop(self.push(WebNodeKind::Text(text(value.value.0)))),
            Token::Comment(value) => drop(self.push(WebNodeKind::Comment(text(value.value.0)))),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn push(&mut self, kind: WebNodeKind) -> Option<usize> {
        let at = self.tree.nodes.len();
        if at >= MAX_NODES {
            self.tree.is_cut = true;
            return None;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(WebNode { kind, parent, end: at + 1 });
        Some(at)
    }

    fn start(&mut self, tag: StartTag<()>) {
        let name = String::from_utf8(tag.name.0).unwrap_or_default();
        self.end_implied(&name);
        let known = |(key, value): (html5gum::HtmlString, html5gum::Spanned<html5gum::HtmlString, ()>)| {
            let key = ATTRIBUTES.iter().find(|known| known.as_bytes() == key.0.as_slice())?;
            Some((*key, String::from_utf8(value.value.0).unwrap_or_default()))
        };
        let attributes = tag.attributes.into_iter().filter_map(known).collect();
        let is_open = !VOID.contains(&name.as_str()) && (!tag.self_closing || is_raw(&name));
        let Some(at) = self.push(WebNodeKind::Element(name.clone(), attributes)) else { return };
        if is_open && self.open.len() < MAX_DEPTH {
            self.open.push(at);
            *self.counts.entry(name).or_default() += 1;
        }
    }

    fn end_implied(&mut self, name: &str) {
        if let Some((_, ended, holders)) = IMPLIED_ENDS.iter().find(|(start, ..)| *start == name) {
            self.end_one_of(ended, |open| holders.contains(&open));
        }
        if is_block(name) && name != "br" {
            self.end_one_of(&["p"], |open| open != "p" && is_block(open));
        }
    }

    fn end(&mut self, name: &str) {
        let is_table = TABLE.contains(&name) || matches!(name, "th" | "body" | "html");
        let block = is_block(name);
        self.end_one_of(&[name], |open| match () {
            () if is_table => open == "table" && name != "body" && name != "html",
            () if block => matches!(open, "td" | "th" | "table") || name == "p" && is_block(open),
            () => is_block(open),
        });
    }

    /// Ends the innermost open element of some names, and what is open in it, unless one that holds it in stands between.
    fn end_one_of(&mut self, names: &[&str], holds: impl Fn(&str) -> bool) {
        if names.iter().all(|name| self.counts.get(*name).is_none_or(|count| *count == 0)) {
            return;
        }
        for depth in (1..self.open.len()).rev() {
            let open = self.tree.nodes[self.open[depth]].name();
            if names.contains(&open) {
                return self.end_from(depth);
            }
            if holds(open) {
                return;
            }
        }
    }

    fn end_from(&mut self, depth: usize) {
        let end = self.tree.nodes.len();
        for at in self.open.drain(depth..) {
            let node = &mut self.tree.nodes[at];
            node.end = end;
            if let Some(count) = self.counts.get_mut(node.name()) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn finish(mut self) -> WebTree {
        self.end_from(0);
        self.tree
    }
}

fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea")
}

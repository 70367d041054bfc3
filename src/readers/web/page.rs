//! A page of the web with all that its values are read from.

use super::address::AddressFacts;
use super::family::{FamilySources, families};
use super::marks::{MarkIndex, MarkSelector};
use super::properties::{NamedValues, is_property, linked_data, properties};
use super::shown::{ShownLine, shown_lines};
use super::tree::WebTree;
use std::ops::Range;

/// A page of the web.
#[derive(Debug)]
pub(super) struct WebPage {
    /// What its address says.
    pub(super) address: AddressFacts,
    /// Its elements.
    pub(super) tree: WebTree,
    /// Its lines.
    pub(super) lines: Vec<ShownLine>,
    /// Its own properties.
    pub(super) properties: NamedValues,
    /// Its JSON-LD.
    pub(super) linked: NamedValues,
    index: MarkIndex,
}

/// The address that a browser or the page itself wrote into a page, or empty.
fn saved_from(tree: &WebTree) -> String {
    let noted = |(_, comment): (usize, &str)| {
        let after = comment.trim().strip_prefix("saved from url=(")?;
        Some(after.split_once(')')?.1.trim().to_owned())
    };
    let own = || {
        let is_url = |at: &usize| tree.nodes[*at].attribute("property") == "og:url";
        tree.named("meta").find(is_url).map(|at| tree.nodes[at].attribute("content").trim().to_owned())
    };
    let found = tree.comments().take(FIRST_COMMENTS).find_map(noted).or_else(own).unwrap_or_default();
    if found.starts_with("http") { found.chars().take(LONGEST_ADDRESS).collect() } else { String::new() }
}

/// Comments among which a browser's own stands.
const FIRST_COMMENTS: usize = 5;

/// A longer address is cut, in characters.
const LONGEST_ADDRESS: usize = 1_000;

impl WebPage {
    /// Reads a page. `path`: where it stands, perhaps with its whole address.
    pub(super) fn parse(path: &str, text: &str) -> Self {
        let tree = WebTree::parse(text);
        Self {
            address: AddressFacts::parse(path).or_of(&saved_from(&tree)),
            lines: shown_lines(&tree),
            properties: properties(&tree),
            linked: linked_data(&tree),
            index: MarkIndex::of(&tree),
            tree,
        }
    }

    /// Its family: by address, else by what stands in it, else the one of pages in general.
    pub(super) fn family(&self) -> Option<&'static FamilySources> {
        let told = self.address.family.and_then(|number| families().get(number));
        told.or_else(|| families().iter().find(|family| self.has_marks(family))).or_else(|| families().last())
    }

    fn has_marks(&self, family: &FamilySources) -> bool {
        let comment =
            |begins: &String| self.tree.comments().any(|(_, text)| text.trim_start().starts_with(begins.as_str()));
        family.row.comments.iter().any(comment) || family.marks.iter().any(|mark| !self.find(mark).is_empty())
    }

    /// The elements that a selector names.
    pub(super) fn find(&self, selector: &MarkSelector) -> Vec<usize> {
        self.index.find(&self.tree, selector)
    }

    /// The pieces of an element.
    pub(super) fn pieces_of(&self, at: usize) -> Range<usize> {
        at..self.tree.nodes.get(at).map_or(at, |node| node.end)
    }

    /// The pieces between a comment that begins with a text and the next that begins with another; to the end of what
    /// both stand in, where there is no other.
    pub(super) fn between(&self, from: &str, to: &str) -> Option<Range<usize>> {
        let comments = || self.tree.comments().filter(|(_, text)| !is_property(text));
        let (start, _) = comments().find(|(_, text)| text.trim_start().starts_with(from))?;
        let ends = |(at, text): &(usize, &str)| *at > start && text.trim_start().starts_with(to);
        let around = || self.tree.nodes.get(start).map_or(0, |node| node.parent);
        let end = comments().find(ends).map_or_else(|| self.pieces_of(around()).end, |(at, _)| at);
        Some(start..end)
    }

    /// The numbers of the lines that begin among some pieces.
    pub(super) fn lines_in(&self, pieces: &Range<usize>) -> Range<usize> {
        let from = self.lines.partition_point(|line| line.node < pieces.start);
        from..self.lines.partition_point(|line| line.node < pieces.end)
    }

    /// The text of some lines as one.
    pub(super) fn joined(&self, lines: Range<usize>) -> String {
        let texts = self.lines.get(lines).unwrap_or_default().iter().map(|line| line.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    }

    /// The content of a `meta` element, by its name or property in small letters.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        let is_named = |at: &usize| {
            let node = &self.tree.nodes[*at];
            node.attribute("name").eq_ignore_ascii_case(name) || node.attribute("property").eq_ignore_ascii_case(name)
        };
        let named = self.index.named("meta").iter().copied().filter(is_named);
        named.map(|at| self.tree.nodes[at].attribute("content").trim()).find(|content| !content.is_empty())
    }
}

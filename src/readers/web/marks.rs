//! Elements by name, class, id and attribute: the selectors of the table, and where a page has what they name.

use super::tree::{WebNode, WebTree};
use std::collections::HashMap;

/// An element, perhaps inside others.
#[derive(Debug, Default)]
pub(super) struct MarkSelector {
    /// Outermost first.
    steps: Vec<MarkStep>,
}

/// What an element must have.
#[derive(Debug, Default)]
struct MarkStep {
    tag: String,
    id: String,
    class: String,
    attribute: Option<(String, String)>,
}

impl MarkSelector {
    /// Reads `tag.class#id[attribute=value]`, one inside another with a space between.
    pub(super) fn parse(text: &str) -> Self {
        Self { steps: text.split(' ').filter(|step| !step.is_empty()).map(MarkStep::parse).collect() }
    }
}

impl MarkStep {
    fn parse(text: &str) -> Self {
        let (rest, attribute) = match text.split_once('[') {
            Some((rest, inside)) => (rest, inside.trim_end_matches(']').split_once('=')),
            None => (text, None),
        };
        let (rest, id) = rest.split_once('#').unwrap_or((rest, ""));
        let (tag, class) = rest.split_once('.').unwrap_or((rest, ""));
        let attribute = attribute.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { tag: tag.to_owned(), id: id.to_owned(), class: class.to_owned(), attribute }
    }

    /// What its elements are kept under in an index.
    fn key(&self) -> String {
        match (&self.attribute, &self.id, &self.class) {
            (Some((name, value)), ..) => format!("{name}={value}"),
            (None, id, _) if !id.is_empty() => format!("#{id}"),
            (None, _, class) if !class.is_empty() => format!(".{class}"),
            _ => self.tag.clone(),
        }
    }

    fn matches(&self, node: &WebNode) -> bool {
        let class = || node.attribute("class").split_ascii_whitespace().any(|class| class == self.class);
        (self.tag.is_empty() || node.name() == self.tag)
            && (self.id.is_empty() || node.attribute("id") == self.id)
            && (self.class.is_empty() || class())
            && self.attribute.as_ref().is_none_or(|(name, value)| node.attribute(name) == value)
    }
}

/// Where a page has elements of each name, class and id.
#[derive(Debug)]
pub(super) struct MarkIndex {
    places: HashMap<String, Vec<usize>>,
}

/// Attributes by whose value elements are found.
const INDEXED: [&str; 2] = ["itemprop", "name"];

impl MarkIndex {
    /// Of a page.
    pub(super) fn of(tree: &WebTree) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, node) in tree.nodes.iter().enumerate().filter(|(_, node)| !node.name().is_empty()) {
            let mut add = |key: String| places.entry(key).or_default().push(at);
            add(node.name().to_owned());
            node.attribute("class").split_ascii_whitespace().take(20).for_each(|class| add(format!(".{class}")));
            let id = node.attribute("id");
            if !id.is_empty() {
                add(format!("#{id}"));
            }
            for name in INDEXED.iter().filter(|name| node.has_attribute(name)) {
                add(format!("{name}={}", node.attribute(name)));
            }
        }
        Self { places }
    }

    /// The elements with a name, in the order of the file.
    pub(super) fn named(&self, name: &str) -> &[usize] {
        self.places.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The elements that a selector names, in the order of the file.
    pub(super) fn find(&self, tree: &WebTree, selector: &MarkSelector) -> Vec<usize> {
        let Some((last, outer)) = selector.steps.split_last() else { return Vec::new() };
        let named = self.named(&last.key());
        let fits = |at: &usize| tree.nodes.get(*at).is_some_and(|node| last.matches(node)) && inside(tree, *at, outer);
        named.iter().copied().filter(fits).take(MOST_FOUND).collect()
    }
}

/// Elements of one selector that are looked at.
const MOST_FOUND: usize = 200;

/// Whether an element stands inside others, named outermost first.
fn inside(tree: &WebTree, at: usize, outer: &[MarkStep]) -> bool {
    let mut left = outer.iter().rev().peekable();
    for around in tree.ancestors(at) {
        let fits = |step: &&MarkStep| tree.nodes.get(around).is_some_and(|node| step.matches(node));
        left.next_if(fits);
    }
    left.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_what_they_have() {
        let tree = WebTree::parse(
            "<div class='a b' id=c><h1>甲</h1></div><h1 itemprop=headline>乙</h1><div id=c><p class=b></div>",
        );
        let index = MarkIndex::of(&tree);
        let found = |text: &str| index.find(&tree, &MarkSelector::parse(text)).len();
        assert_eq!((found("h1"), found(".b"), found("#c"), found("div#c")), (2, 2, 2, 2));
        assert_eq!(
            (found(".a h1"), found("[itemprop=headline]"), found("p.b"), found("div.b"), found("i")),
            (1, 1, 1, 1, 0)
        );
    }
}

//! What the system of a paper writes into a page for itself: tags in a comment `enpproperty`, or elements `founder-…`; the
//! names that scripts give; JSON-LD.

use super::tree::WebTree;
use crate::readers::html::unescape;
use crate::tables::web_pages;
use serde_json::Value;

/// Names with values, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct NamedValues(Vec<(String, String)>);

impl NamedValues {
    /// The first value of a name that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter().filter(|(known, value)| known == name && !value.is_empty());
        named.next().map(|(_, value)| value.as_str())
    }
}

/// The longest comment, script or JSON that is read, in bytes.
const LONGEST: usize = 4_000_000;

/// Values of one kind that are kept.
const MOST_VALUES: usize = 200;

/// Tags of one comment that are looked at: each is looked for its end.
const MOST_TAGS: usize = 500;

/// The properties of a page, by their names without `founder-`.
pub(super) fn properties(tree: &WebTree) -> NamedValues {
    let mut found = Vec::new();
    for (_, comment) in tree.comments().filter(|(_, comment)| is_property(comment)) {
        read_tags(comment, &mut found);
    }
    for (at, node) in tree.nodes.iter().enumerate() {
        if let Some(name) = node.name().strip_prefix("founder-").filter(|name| *name != "content") {
            found.push((name.to_owned(), tree.raw_text(at).trim().to_owned()));
        }
        if found.len() > MOST_VALUES {
            break;
        }
    }
    NamedValues(found)
}

/// Whether a comment holds properties.
pub(super) fn is_property(comment: &str) -> bool {
    comment.trim_start().starts_with("enpproperty") && comment.len() < LONGEST
}

/// `<name>value</name>`, one after the other.
fn read_tags(text: &str, found: &mut Vec<(String, String)>) {
    let mut rest = text;
    for _ in 0..MOST_TAGS {
        let Some((name, after)) = rest.split_once('<').and_then(|(_, tag)| tag.split_once('>')) else { return };
        rest = after;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_name || found.len() > MOST_VALUES {
            continue;
        }
        let end = format!("</{name}>");
        let Some((value, behind)) = after.split_once(end.as_str()) else { continue };
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("founder-").unwrap_or(&name);
        found.push((name.to_owned(), unescape(value.trim()).into_owned()));
        rest = behind;
    }
}

/// The text that a script gives a name: `var name = "…"`; of several the longest.
pub(super) fn script_value(tree: &WebTree, name: &str) -> Option<String> {
    let scripts = tree.named("script").map(|at| tree.raw_text(at)).filter(|text| text.len() < LONGEST);
    let values = scripts.filter_map(|script| assigned(&script, name));
    values.filter(|value| !value.trim().is_empty()).max_by_key(String::len)
}

fn assigned(script: &str, name: &str) -> Option<String> {
    script.match_indices(name).take(20).find_map(|(at, _)| {
        let is_whole = script[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let after = script[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = after.chars().next().filter(|quote| is_whole && matches!(quote, '"' | '\''))?;
        Some(quoted(&after[1..], quote))
    })
}

/// A text of JavaScript up to its quote, its escapes resolved.
fn quoted(text: &str, quote: char) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n' | 'r') => out.push('\n'),
                Some('t') => out.push(' '),
                Some('u') => {
                    let code: String = rest.by_ref().take(4).collect();
                    out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                other => out.extend(other),
            },
            c if c == quote => break,
            c => out.push(c),
        }
    }
    out
}

/// What JSON-LD says of the article of a page.
pub(super) fn linked_data(tree: &WebTree) -> NamedValues {
    let is_json = |at: &usize| tree.nodes.get(*at).is_some_and(|node| node.attribute("type").contains("ld+json"));
    let texts = tree.named("script").filter(is_json).map(|at| tree.raw_text(at)).filter(|text| text.len() < LONGEST);
    let mut found = Vec::new();
    for value in texts.take(20).filter_map(|text| parsed(&text)) {
        read_articles(&value, 0, &mut found);
    }
    NamedValues(found)
}

/// JSON, also with line ends in its texts, as editors paste them.
fn parsed(text: &str) -> Option<Value> {
    let trimmed = text.trim().trim_end_matches(';');
    serde_json::from_str(trimmed).ok().or_else(|| serde_json::from_str(&trimmed.replace(['\n', '\r', '\t'], " ")).ok())
}

/// Lists in lists that are looked into.
const DEPTH: usize = 3;

fn read_articles(value: &Value, depth: usize, found: &mut Vec<(String, String)>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().take(50).for_each(|value| read_articles(value, depth + 1, found)),
        Value::Object(object) => {
            let types = object.get("@type").map(texts_of).unwrap_or_default();
            if types.iter().any(|one| web_pages().article_types.contains(one)) {
                let plain =
                    object.iter().filter_map(|(key, value)| Some((key.clone(), texts_of(value).first()?.clone())));
                found.extend(plain.take(MOST_VALUES));
            }
            if let Some(graph) = object.get("@graph") {
                read_articles(graph, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// The texts of a value: itself, those of a list, the name of a thing.
fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![unescape(text.trim()).into_owned()],
        Value::Array(values) => values
            .iter()
            .take(10)
            .flat_map(|value| match value {
                Value::Array(_) => Vec::new(),
                value => texts_of(value),
            })
            .collect(),
        Value::Object(object) => {
            let name = object.get("name").and_then(Value::as_str);
            name.map(|name| unescape(name.trim()).into_owned()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_comments_and_elements() {
        let tree = WebTree::parse(
            "<founder-pagenum>03</founder-pagenum><!--enpproperty <founder-title>甲&amp;乙</founder-title><author></author>\
             <introtitle>丙</introtitle><date>2014-01-28 --><!-- <title>无</title> -->",
        );
        let found = properties(&tree);
        assert_eq!(
            (found.get("title"), found.get("introtitle"), found.get("pagenum")),
            (Some("甲&乙"), Some("丙"), Some("03"))
        );
        assert_eq!((found.get("author"), found.get("date")), (None, None));
    }

    #[test]
    fn scripts_name_texts() {
        let tree =
            WebTree::parse("<script>var xcontentdate='no'; var contentdate = \"<p>\\u5de5\\\"会\\n</p>\";</script>");
        assert_eq!(script_value(&tree, "contentdate").as_deref(), Some("<p>工\"会\n</p>"));
        assert_eq!(script_value(&tree, "commentTitle"), None);
    }

    #[test]
    fn the_article_of_json_ld_is_told_from_the_rest() {
        let tree = WebTree::parse(
            "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Organization\",\"headline\":\"错\"},{\"@type\":[\"NewsArticle\"],\
             \"headline\":\"甲&quot;\n乙\",\"author\":[{\"name\":\"丙\"}],\"datePublished\":\"2014-01-28\"}]}</script>\
             <script type='application/ld+json'>{</script>",
        );
        let found = linked_data(&tree);
        assert_eq!(
            (found.get("headline"), found.get("author"), found.get("datePublished")),
            (Some("甲\" 乙"), Some("丙"), Some("2014-01-28"))
        );
    }
}

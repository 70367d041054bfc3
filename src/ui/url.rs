//! Addresses of pages.

use crate::model::ArticleId;
use std::fmt::Write as _;

/// A parameter of a search, as given.
pub(super) type Pair = (String, String);

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Address.
    pub(super) href: String,
    /// What a person reads.
    pub(super) text: String,
}

impl Link {
    /// A link.
    pub(super) fn new(href: String, text: impl Into<String>) -> Self {
        Self { href, text: text.into() }
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The search with these parameters; empty values are left out.
pub(super) fn search<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let given = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let parts: Vec<String> = given.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if parts.is_empty() { "/".into() } else { format!("/?{}", parts.join("&")) }
}

/// The search with these parameters but those of some names, and with others added.
pub(super) fn changed(pairs: &[Pair], dropped: &[&str], added: &[(&str, &str)]) -> String {
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    search(kept.filter(|(name, _)| !dropped.contains(name)).chain(added.iter().copied()))
}

/// The search without one of its parameters.
pub(super) fn without(pairs: &[Pair], number: usize) -> String {
    let kept = pairs.iter().enumerate().filter(|(at, _)| *at != number);
    search(kept.map(|(_, (name, value))| (name.as_str(), value.as_str())))
}

/// The page of an article.
pub(super) fn permalink(id: ArticleId) -> String {
    format!("/articles/{id}")
}

/// The page of an article, with the query to mark in it, and whether its other forms are marked too.
pub(super) fn article(id: ArticleId, query: &str, expand: bool) -> String {
    let query = query.trim();
    let expand = if expand { "&expand=true" } else { "" };
    if query.is_empty() { permalink(id) } else { format!("/articles/{id}?q={}{expand}", encode(query)) }
}

/// An address that a source states, where it is one of the web.
pub(super) fn web(address: &str) -> Option<&str> {
    let lower = address.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| address.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded() {
        assert_eq!(encode("送 a&b=c+\"/~"), "%E9%80%81%20a%26b%3Dc%2B%22%2F~");
        assert_eq!(search([("q", "a b"), ("from", ""), ("topic", "!维权")]), "/?q=a%20b&topic=%21%E7%BB%B4%E6%9D%83");
        assert_eq!(search([]), "/");
    }

    #[test]
    fn one_parameter_is_taken_out_and_the_rest_stays() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let pairs = [pair("q", "x"), pair("page", "1"), pair("page", "1"), pair("page", "2")];
        assert_eq!(without(&pairs, 1), "/?q=x&page=1&page=2");
        assert_eq!(changed(&pairs, &["page"], &[("date", "undated")]), "/?q=x&date=undated");
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(web(" HTTPS://example.org/a "), Some("HTTPS://example.org/a"));
        assert!(web("javascript:alert(1)").is_none() && web("data:text/html,x").is_none());
    }
}

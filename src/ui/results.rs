//! A page of results.

use super::SearchView;
use super::assets;
use super::filters::{Filters, chips};
use super::hit::Hit;
use super::url::{self, Link};
use super::words;
use crate::archive::{Found, SearchReply};
use askama::Template;

/// A page of results.
#[derive(Template)]
#[template(path = "results.html")]
pub(super) struct Results {
    title: String,
    query: String,
    total: String,
    hits: Vec<Hit>,
    related: Vec<Hit>,
    chips: Vec<Link>,
    clear: String,
    filters: Filters,
    warnings: Vec<String>,
    undated: Option<Link>,
    read_as: String,
    next: Option<String>,
    start: Option<String>,
}

impl Results {
    /// The page for an answer.
    pub(super) fn new(view: &SearchView<'_>, reply: &SearchReply) -> Self {
        let (request, pairs) = (view.request, view.pairs);
        let query = request.query.trim();
        let hits = |found: &[Found]| found.iter().map(|found| Hit::new(found, query)).collect();
        let next = reply.next_cursor.as_deref().map(|cursor| url::changed(pairs, &["cursor"], &[("cursor", cursor)]));
        Self {
            title: if query.is_empty() { "检索结果 · 报库".into() } else { format!("{query} · 报库") },
            query: query.to_owned(),
            total: words::number(reply.total),
            hits: hits(&reply.hits),
            related: hits(&reply.related),
            chips: chips(pairs),
            clear: url::search([("q", query)]),
            filters: Filters::new(view, reply),
            warnings: reply.warnings.iter().filter(|one| one.code != "undated_left_out").map(words::warning).collect(),
            undated: undated(view, reply),
            read_as: if reply.read_as == query { String::new() } else { reply.read_as.clone() },
            next,
            start: request.cursor.as_ref().map(|_| url::changed(pairs, &["cursor"], &[])),
        }
    }
}

/// The line about articles that only the date filter leaves out.
fn undated(view: &SearchView<'_>, reply: &SearchReply) -> Option<Link> {
    let count = reply.undated.filter(|count| *count > 0)?;
    let text = format!("另有 {} 篇日期不详的文章符合其他条件", words::number(count));
    Some(Link::new(url::changed(view.pairs, &["from", "to", "date", "cursor"], &[("date", "undated")]), text))
}

//! A page of results.

use super::SearchView;
use super::assets;
use super::controls;
use super::filters::{FilterPanel, chips};
use super::hit::{HitRow, ListContext, hit_rows};
use super::url::{self, PageLink, UrlParam};
use super::words;
use crate::archive::WarningReason;
use crate::archive::{
    ChangeKind, DidYouMean, ExplainedPart, Explanation, Highlighter, SearchHit, SearchReply, SuggestedChange,
    TermVariants, VariantCount,
};
use crate::messages;
use askama::Template;

/// A page of results.
#[derive(Template)]
#[template(path = "results.html")]
pub(super) struct ResultsPage {
    title: String,
    query: String,
    total: String,
    hits: Vec<HitRow>,
    related: Vec<HitRow>,
    chips: Vec<PageLink>,
    clear: String,
    filters: FilterPanel,
    warnings: Vec<String>,
    undated: Option<PageLink>,
    read_as: String,
    next: Option<String>,
    start: Option<String>,
    meant: Option<PageLink>,
    change: Option<PageLink>,
    why: Option<ExplainView>,
    why_link: String,
    expand: Option<PageLink>,
    once: PageLink,
    over_time: String,
}

/// How the query was read, and what each part of it finds.
pub(super) struct ExplainView {
    parts: Vec<ExplainPartRow>,
    terms: Vec<ExplainTermRow>,
}

/// A part of the query, or a filter.
pub(super) struct ExplainPartRow {
    text: String,
    alone: String,
    without: String,
}

/// A term with its forms.
pub(super) struct ExplainTermRow {
    text: String,
    forms: Vec<ExplainFormRow>,
    /// Forms that do not occur.
    absent: String,
}

/// A form of a term.
pub(super) struct ExplainFormRow {
    link: PageLink,
    years: String,
    hits: String,
}

impl ResultsPage {
    /// The page for an answer.
    pub(super) fn new(view: &SearchView<'_>, reply: &SearchReply) -> Self {
        let (request, pairs) = (view.request, view.pairs);
        let (selection, reading) = (&request.selection, request.selection.reading);
        let query = selection.query.trim();
        let marker = Highlighter::new(query, reading.expand);
        let asked = ListContext { marker: &marker, query, expand: reading.expand };
        let hits = |found: &[SearchHit]| hit_rows(found, &asked);
        let next = reply.next_cursor.as_deref().map(|cursor| url::changed(pairs, &["cursor"], &[("cursor", cursor)]));
        Self {
            title: if query.is_empty() { "检索结果 · 报库".into() } else { format!("{query} · 报库") },
            query: query.to_owned(),
            total: words::number(reply.total),
            hits: hits(&reply.hits),
            related: hits(&reply.related),
            chips: chips(pairs),
            clear: url::search([("q", query)]),
            filters: FilterPanel::new(view, reply),
            warnings: reply
                .warnings
                .iter()
                .filter(|one| !matches!(one.reason, WarningReason::UndatedLeftOut(_)))
                .map(|one| messages::warning(&one.reason).zh)
                .collect(),
            undated: undated(view, reply),
            read_as: if reply.read_as == query { String::new() } else { reply.read_as.clone() },
            next,
            meant: reply.did_you_mean.as_ref().map(|meant| meant_link(pairs, meant)),
            change: change(reply).map(|change| change_link(pairs, change)),
            why: reply.explanation.as_ref().map(|explanation| why(pairs, explanation)),
            why_link: url::changed(pairs, &["explain", "cursor"], &[("explain", "true")]),
            expand: expand_link(pairs, reading.expand, query),
            once: once_link(pairs, reading.once),
            over_time: url::over_time(pairs),
            start: request.paging.cursor.as_ref().map(|_| url::changed(pairs, &["cursor"], &[])),
        }
    }
}

/// A filter as pages name it.
fn label_of(name: &str) -> &str {
    controls::row(name).map_or(name, |row| row.label)
}

fn meant_link(pairs: &[UrlParam], meant: &DidYouMean) -> PageLink {
    let text = format!("{}（{} 篇）", meant.query, words::number(meant.total));
    PageLink::new(url::changed(pairs, &["q"], &[("q", &meant.query)]), text)
}

/// The change that helps most, where it is not offered as what was meant.
fn change(reply: &SearchReply) -> Option<&SuggestedChange> {
    let change = reply.explanation.as_ref()?.change.as_ref()?;
    Some(change).filter(|change| change.kind != ChangeKind::SoundsLike || reply.did_you_mean.is_none())
}

/// The change that helps most, as a search with it.
fn change_link(pairs: &[UrlParam], change: &SuggestedChange) -> PageLink {
    let (dropped, added): (Vec<&str>, Vec<(&str, &str)>) = match change.kind {
        ChangeKind::Expand => (vec!["expand"], vec![("expand", "true")]),
        ChangeKind::DropFilter => (vec![change.text.as_str()], Vec::new()),
        _ => (vec!["q"], vec![("q", change.query.as_str())]),
    };
    let what = match change.kind {
        ChangeKind::SoundsLike => format!("换成同音的“{}”", change.text),
        ChangeKind::Expand => "同时查同义说法".to_owned(),
        ChangeKind::Split => format!("拆成几个词：{}", change.query),
        ChangeKind::DropClause => format!("去掉“{}”", change.text),
        ChangeKind::DropFilter => {
            format!("去掉条件“{}”", label_of(&change.text))
        }
    };
    PageLink::new(url::changed(pairs, &dropped, &added), format!("{what}，有 {} 篇", words::number(change.total)))
}

fn why(pairs: &[UrlParam], explanation: &Explanation) -> ExplainView {
    let part = |text: &str, part: &ExplainedPart| ExplainPartRow {
        text: text.to_owned(),
        alone: words::number(part.alone),
        without: words::number(part.without),
    };
    let clauses = explanation.clauses.iter().map(|one| part(&one.text, one));
    let filters = explanation.filters.iter().map(|one| part(label_of(&one.text), one));
    let form = |form: &VariantCount| ExplainFormRow {
        link: PageLink::new(url::changed(pairs, &["q", "expand", "explain"], &[("q", &form.text)]), form.text.as_str()),
        years: match form.years {
            (None, None) => String::new(),
            (from, to) => {
                let year = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
                format!("{}–{}", year(from), year(to))
            }
        },
        hits: words::number(form.hits),
    };
    let term = |term: &TermVariants| {
        let mut found: Vec<&VariantCount> = term.variants.iter().filter(|form| form.hits > 0).collect();
        found.sort_by_key(|form| std::cmp::Reverse(form.hits));
        let absent = term.variants.iter().filter(|form| form.hits == 0).map(|form| form.text.as_str());
        ExplainTermRow {
            text: term.text.clone(),
            forms: found.into_iter().map(form).collect(),
            absent: absent.collect::<Vec<_>>().join("、"),
        }
    };
    ExplainView { parts: clauses.chain(filters).collect(), terms: explanation.variants.iter().map(term).collect() }
}

/// The other forms of the terms, switched on or off.
fn expand_link(pairs: &[UrlParam], on: bool, query: &str) -> Option<PageLink> {
    let (text, added): (_, &[(&str, &str)]) =
        if on { ("只查原词", &[]) } else { ("同时查同义说法", &[("expand", "true")]) };
    (!query.is_empty()).then(|| PageLink::new(url::changed(pairs, &["expand", "cursor"], added), text))
}

/// Reprints counted once, switched on or off.
fn once_link(pairs: &[UrlParam], on: bool) -> PageLink {
    let (text, added): (_, &[(&str, &str)]) =
        if on { ("同文各计一篇", &[]) } else { ("同文只计一次", &[("once", "true")]) };
    PageLink::new(url::changed(pairs, &["once", "cursor"], added), text)
}

/// The line about articles that only the date filter leaves out.
fn undated(view: &SearchView<'_>, reply: &SearchReply) -> Option<PageLink> {
    let count = reply.undated.filter(|count| *count > 0)?;
    let text = format!("另有 {} 篇日期不详的文章符合其他条件", words::number(count));
    Some(PageLink::new(url::changed(view.pairs, &["from", "to", "date", "cursor"], &[("date", "undated")]), text))
}

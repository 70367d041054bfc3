//! Addresses of pages.

pub(super) use crate::archive::percent_encoded as encode;
use crate::archive::{AxisSlot, Parameter, RequestKind, Series, TrendReply, ValueKind, parameters_of};
use crate::model::{ArticleId, Date, Facet};

/// A parameter of a search, as given.
pub(super) type UrlParam = (String, String);

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageLink {
    /// Address.
    pub(super) href: String,
    /// What a person reads.
    pub(super) text: String,
}

impl PageLink {
    /// A link.
    pub(super) fn new(href: String, text: impl Into<String>) -> Self {
        Self { href, text: text.into() }
    }
}

/// The search with these parameters, in the order of their names; empty values are left out.
pub(super) fn search<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut given: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    given.sort_by_key(|(name, _)| *name);
    let parts: Vec<String> = given.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if parts.is_empty() { "/".into() } else { format!("/?{}", parts.join("&")) }
}

/// The search with these parameters but those of some names, and with others added.
pub(super) fn changed(pairs: &[UrlParam], dropped: &[&str], added: &[(&str, &str)]) -> String {
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    search(kept.filter(|(name, _)| !dropped.contains(name)).chain(added.iter().copied()))
}

/// The search without one of its parameters.
pub(super) fn without(pairs: &[UrlParam], number: usize) -> String {
    let kept = pairs.iter().enumerate().filter(|(at, _)| *at != number);
    search(kept.map(|(_, (name, value))| (name.as_str(), value.as_str())))
}

/// The same parameters under another path.
pub(super) fn with_path(path: &str, search: &str) -> String {
    format!("{path}{}", search.strip_prefix('/').unwrap_or(search))
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

/// Whether series and searches both take a parameter beside the query.
fn is_kept(name: &str) -> bool {
    is_shared(name, |_| true)
}

/// Whether searches and series both take a parameter beside the query that is like this.
fn is_shared(name: &str, is_like: impl Fn(&Parameter) -> bool) -> bool {
    let shared = parameters_of(RequestKind::Search).filter(|row| row.is_taken_by(RequestKind::Trends));
    shared.filter(|row| !row.is_query() && is_like(row)).any(|row| row.name == name)
}

/// The series of a search, by year or, inside one year, by month.
pub(super) fn over_time(pairs: &[UrlParam]) -> String {
    let year = |name: &str| {
        let day = pairs.iter().find(|(given, _)| given == name);
        day.map(|(_, day)| day.chars().take(4).collect::<String>())
    };
    let (from, to) = (year("from"), year("to"));
    let by = if from.is_some() && from == to { "month" } else { "year" };
    let kept = pairs.iter().filter(|(name, _)| name == "q" || is_kept(name));
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    with_path("/trends", &search(kept.chain([("by", by)])))
}

/// The search with a word beside the query; parameters that no search takes are left out.
pub(super) fn with_word(pairs: &[UrlParam], word: &str) -> String {
    let known = pairs.iter().filter(|(name, _)| is_kept(name));
    let query = pairs.iter().find(|(name, _)| name == "q").map(|(_, query)| query.trim()).unwrap_or_default();
    let query = if query.is_empty() { format!("\"{word}\"") } else { format!("({query}) \"{word}\"") };
    let own = std::iter::once(("q", query.as_str()));
    search(own.chain(known.map(|(name, value)| (name.as_str(), value.as_str()))))
}

/// Whether the search for the articles of a series takes a parameter of it; its days are those of a slot.
fn is_of_articles(name: &str) -> bool {
    let of_days = |kind| matches!(kind, ValueKind::PeriodStart | ValueKind::PeriodEnd | ValueKind::Choice(_));
    is_shared(name, |row| !of_days(row.kind()))
}

/// Searches for the articles behind the numbers of an answer.
pub(super) struct DrillDownLinks<'a> {
    reply: &'a TrendReply,
    kept: Vec<(&'a str, &'a str)>,
}

impl<'a> DrillDownLinks<'a> {
    /// The searches for an answer to these parameters.
    pub(super) fn new(reply: &'a TrendReply, pairs: &'a [UrlParam]) -> Self {
        let stack = reply.request.series.stack;
        let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // A name of a stack is counted as it stands, without its other forms.
        let kept = given.filter(|(name, _)| is_of_articles(name) && !(stack && *name == "expand"));
        Self { reply, kept: kept.collect() }
    }

    /// The articles of a slot; `None` where no filter names them.
    pub(super) fn slot(&self, series: &Series, slot: &AxisSlot) -> Option<String> {
        let search = &self.reply.request.selection.filters;
        let first = search.from.map_or(slot.first, |from| slot.first.max(from)).to_string();
        let last = search.to.map_or(slot.last, |to| slot.last.min(to)).to_string();
        self.articles(series, &[("from", first.as_str()), ("to", last.as_str())])
    }

    /// The articles of the whole time that was asked for.
    pub(super) fn whole_time_link(&self, series: &Series) -> Option<String> {
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let search = &self.reply.request.selection.filters;
        let (first, last) = (text(search.from), text(search.to));
        self.articles(series, &[("from", first.as_str()), ("to", last.as_str())])
    }

    /// The articles without a date.
    pub(super) fn undated(&self, series: &Series) -> Option<String> {
        self.articles(series, &[("date", "undated")])
    }

    fn articles(&self, series: &Series, dates: &[(&str, &str)]) -> Option<String> {
        let split = match (self.reply.request.breakdown.split, series.value.as_deref()) {
            (Some(facet), Some(value)) => Some(filter_of(facet, value, &series.label)?),
            _ => None,
        };
        // Accepted values of one filter are joined by OR: beside those of the request the value would widen the search.
        let replaced =
            |name: &str, value: &str| !value.starts_with(['!', '！']) && split.is_some_and(|(own, _)| own == name);
        let kept = self.kept.iter().copied().filter(|(name, value)| !replaced(name, value));
        let query = self.query(series);
        let all_names = self.reply.request.series.stack && series.name_of.is_none();
        let own = [("q", query.as_str()), ("expand", if all_names { "true" } else { "" })];
        Some(search(own.into_iter().chain(kept).chain(split).chain(dates.iter().copied())))
    }

    /// The query that finds what a series counts: of a stack one name, without the articles of the names before it.
    fn query(&self, series: &Series) -> String {
        if series.name_of.is_none() {
            return series.query.clone();
        }
        let names = self.reply.series.iter().filter(|one| one.name_of == series.name_of);
        let before = names.take_while(|one| one.read_as != series.read_as);
        before.fold(series.read_as.clone(), |query, one| format!("{query} -{}", one.read_as))
    }
}

/// The filter that a value of a split stands for; none where articles have no value.
fn filter_of<'v>(facet: Facet, value: &'v str, path: &'v str) -> Option<(&'static str, &'v str)> {
    let (name, taken) = match facet {
        Facet::Province | Facet::Prefecture | Facet::County => ("region", path),
        Facet::Topic => ("topic", value),
        Facet::Paper => ("paper", value),
        Facet::Kind => ("kind", value),
        _ => return None,
    };
    (!value.is_empty()).then_some((name, taken))
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
        assert_eq!(without(&pairs, 1), "/?page=1&page=2&q=x");
        assert_eq!(changed(&pairs, &["page"], &[("date", "undated")]), "/?date=undated&q=x");
        assert_eq!([with_path("/trends", "/?q=x"), with_path("/trends", "/")], ["/trends?q=x", "/trends"]);
    }

    #[test]
    fn a_search_leads_to_its_series() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let pairs = [pair("q", "x"), pair("sort", "newest"), pair("from", "2014-02"), pair("to", "2014")];
        assert_eq!(over_time(&pairs), "/trends?by=month&from=2014-02&q=x&to=2014");
        assert_eq!(over_time(&[]), "/trends?by=year");
    }

    #[test]
    fn a_word_is_added_to_the_query() {
        let pairs = [
            ("q".to_owned(), "a | b".to_owned()),
            ("limit".to_owned(), "3".to_owned()),
            ("to".to_owned(), "2014".to_owned()),
        ];
        assert_eq!(with_word(&pairs, "c"), "/?q=%28a%20%7C%20b%29%20%22c%22&to=2014");
        assert_eq!(with_word(&[], "c"), "/?q=%22c%22");
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(web(" HTTPS://example.org/a "), Some("HTTPS://example.org/a"));
        assert!(web("javascript:alert(1)").is_none() && web("data:text/html,x").is_none());
    }
}

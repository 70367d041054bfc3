//! The filter panel: every parameter as a control, a link or a chip; none is lost when the form is sent.

use super::SearchView;
use super::home::values;
use super::url::{self, Link, Pair};
use super::words;
use crate::archive::{DateChoice, FacetValue, SearchReply, facet_label};
use crate::model::{Facet, Kind};

/// A link with a number of articles.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Address.
    pub(super) href: String,
    /// What a person reads.
    pub(super) text: String,
    /// Articles.
    pub(super) count: String,
    /// Whether it is in force.
    pub(super) current: bool,
}

impl Counted {
    /// A link that is not in force.
    pub(super) fn new(href: String, text: impl Into<String>, count: u64) -> Self {
        Self { href, text: text.into(), count: words::number(count), current: false }
    }
}

/// A value that can be ticked or selected.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: Option<String>,
    pub(super) chosen: bool,
}

/// How sure a field must be, as a select.
pub(super) struct ConfidenceChoice {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) choices: Vec<Choice>,
}

impl ConfidenceChoice {
    /// The choices, and a value that was given and is none of them.
    fn new(name: &'static str, given: &str) -> Self {
        let rows = [("", "不限"), ("0.9", "不低于 0.9"), ("0.7", "不低于 0.7"), ("<0.7", "低于 0.7（存疑）")];
        let own = rows.iter().all(|(value, _)| *value != given).then(|| (given, sureness(given)));
        let rows = rows.map(|(value, label)| (value, label.to_owned())).into_iter().chain(own);
        let choice =
            |(value, label): (&str, String)| Choice { value: value.into(), label, count: None, chosen: value == given };
        let label = words::parameter(name).unwrap_or(name);
        Self { name, label, choices: rows.map(choice).collect() }
    }
}

/// How sure, in words.
fn sureness(value: &str) -> String {
    match value.strip_prefix(['<', '＜']) {
        Some(below) => format!("低于 {}", below.trim()),
        None => format!("不低于 {value}"),
    }
}

/// Parameters of how sure a field must be.
const CONFIDENCES: [&str; 3] = ["date_confidence", "region_confidence", "topic_confidence"];

/// The panel.
pub(super) struct Filters {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) region: String,
    pub(super) page: String,
    pub(super) byline: String,
    pub(super) union_body: String,
    pub(super) confidences: Vec<ConfidenceChoice>,
    pub(super) only_undated: bool,
    pub(super) undated: Option<Counted>,
    pub(super) years: Vec<Counted>,
    pub(super) provinces: Vec<Counted>,
    pub(super) topics: Vec<Choice>,
    pub(super) papers: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) sorts: Vec<Choice>,
    pub(super) hidden: Vec<Pair>,
    pub(super) active: usize,
}

/// Parameters with one text input: the first accepted value stands in it.
const INPUTS: [&str; 6] = ["from", "to", "region", "page", "byline", "union_body"];
/// Parameters that other controls show in full.
const CONTROLS: [&str; 6] = ["q", "sort", "cursor", "date_confidence", "region_confidence", "topic_confidence"];
/// Parameters with tick boxes: all accepted values stand there.
const BOXES: [&str; 3] = ["topic", "paper", "kind"];
/// Parameters that are no filters.
const NO_FILTERS: [&str; 10] =
    ["q", "sort", "cursor", "limit", "facets", "fields", "today", "expand", "explain", "once"];

impl Filters {
    /// The panel beside an answer.
    pub(super) fn new(view: &SearchView<'_>, reply: &SearchReply) -> Self {
        let (request, pairs) = (view.request, view.pairs);
        let input = |name| first(pairs, name).map(|at| pairs[at].1.trim().to_owned()).unwrap_or_default();
        Self {
            from: input("from"),
            to: input("to"),
            region: input("region"),
            page: input("page"),
            byline: input("byline"),
            union_body: input("union_body"),
            confidences: CONFIDENCES.map(|name| ConfidenceChoice::new(name, &input(name))).into(),
            only_undated: request.date == DateChoice::Undated,
            undated: undated(view, reply),
            years: years(pairs, reply),
            provinces: provinces(pairs, reply),
            topics: boxes(view, reply, Facet::Topic, &request.topic.any),
            papers: boxes(view, reply, Facet::Paper, &request.paper.any),
            kinds: kinds(reply, &request.kind.any),
            sorts: sorts(&sort(pairs)),
            hidden: hidden(pairs),
            active: chips(pairs).len(),
        }
    }
}

fn refuses(value: &str) -> bool {
    value.trim_start().starts_with(['!', '！'])
}

/// Where the first accepted value of a parameter stands.
fn first(pairs: &[Pair], name: &str) -> Option<usize> {
    pairs.iter().position(|(given, value)| given == name && !value.trim().is_empty() && !refuses(value))
}

fn sort(pairs: &[Pair]) -> String {
    first(pairs, "sort").map(|at| pairs[at].1.trim().to_owned()).unwrap_or_default()
}

/// What the form must send along because no control shows it.
fn hidden(pairs: &[Pair]) -> Vec<Pair> {
    let shown = |at: usize, (name, value): &Pair| {
        CONTROLS.contains(&name.as_str())
            || value.trim().is_empty()
            || BOXES.contains(&name.as_str()) && !refuses(value)
            || INPUTS.contains(&name.as_str()) && first(pairs, name) == Some(at)
    };
    pairs.iter().enumerate().filter(|(at, pair)| !shown(*at, pair)).map(|(_, pair)| pair.clone()).collect()
}

/// The filters in force, each with the search without it.
pub(super) fn chips(pairs: &[Pair]) -> Vec<Link> {
    let filters = pairs.iter().enumerate().filter(|(_, (name, value))| {
        !NO_FILTERS.contains(&name.as_str()) && !value.trim().is_empty() && words::parameter(name).is_some()
    });
    filters.map(|(at, (name, value))| Link::new(url::without(pairs, at), chip_text(name, value.trim()))).collect()
}

fn chip_text(name: &str, value: &str) -> String {
    let bare = value.trim_start_matches(['!', '！']);
    let refused = if refuses(value) { "不含" } else { "" };
    let shown = match name {
        "date" => return format!("日期{}", if refuses(value) { "已知" } else { "不详" }),
        "region" => facet_label(Facet::Region, bare),
        "paper" => facet_label(Facet::Paper, bare),
        "kind" => words::kind_named(bare),
        "page" => words::page(bare),
        _ if CONFIDENCES.contains(&name) => sureness(bare),
        _ => bare.to_owned(),
    };
    format!("{}：{refused}{shown}", words::parameter(name).unwrap_or(name))
}

/// The bucket of undated articles, where there are any besides those shown.
fn undated(view: &SearchView<'_>, reply: &SearchReply) -> Option<Counted> {
    let counted = values(&reply.facets, Facet::Year).iter().find(|year| year.value == "undated");
    let count = reply.undated.or(counted.map(|year| year.count)).filter(|count| *count > 0)?;
    let href = url::changed(view.pairs, &["from", "to", "date"], &[("date", "undated")]);
    Some(Counted { current: view.request.date == DateChoice::Undated, ..Counted::new(href, "日期不详", count) })
}

fn years(pairs: &[Pair], reply: &SearchReply) -> Vec<Counted> {
    let mut years: Vec<&FacetValue> =
        values(&reply.facets, Facet::Year).iter().filter(|year| year.value != "undated").collect();
    years.sort_by(|a, b| b.value.cmp(&a.value));
    let given = |name| first(pairs, name).map(|at| pairs[at].1.trim());
    let link = |year: &&FacetValue| {
        let value = year.value.as_str();
        let href = url::changed(pairs, &["from", "to", "date"], &[("from", value), ("to", value)]);
        let current = given("from") == Some(value) && given("to") == Some(value);
        Counted { current, ..Counted::new(href, year.label.as_str(), year.count) }
    };
    years.iter().map(link).collect()
}

fn provinces(pairs: &[Pair], reply: &SearchReply) -> Vec<Counted> {
    let link = |unit: &FacetValue| {
        let href = url::changed(pairs, &["region"], &[("region", &unit.value)]);
        let current = pairs.iter().any(|(name, value)| name == "region" && value.trim() == unit.value);
        Counted { current, ..Counted::new(href, unit.label.as_str(), unit.count) }
    };
    values(&reply.facets, Facet::Province).iter().map(link).collect()
}

/// All values of the archive and those asked for, with counts of this search.
fn boxes(view: &SearchView<'_>, reply: &SearchReply, facet: Facet, chosen: &[String]) -> Vec<Choice> {
    let held = values(&view.overview.facets, facet);
    let known = held.iter().map(|value| (value.value.clone(), value.label.clone()));
    let others = chosen.iter().filter(|value| held.iter().all(|known| known.value != **value));
    let others = others.map(|value| (value.clone(), facet_label(facet, value)));
    let choice = |(value, label): (String, String)| Choice {
        count: count(reply, facet, &value),
        chosen: chosen.contains(&value),
        value,
        label,
    };
    known.chain(others).map(choice).collect()
}

/// Articles with a value; `None` where the facet was not counted.
fn count(reply: &SearchReply, facet: Facet, value: &str) -> Option<String> {
    let (_, counted) = reply.facets.iter().find(|(name, _)| *name == facet)?;
    Some(words::number(counted.iter().find(|known| known.value == value).map_or(0, |known| known.count)))
}

fn kinds(reply: &SearchReply, chosen: &[String]) -> Vec<Choice> {
    let choice = |kind: Kind| Choice {
        value: kind.name().into(),
        label: words::kind(kind).into(),
        count: count(reply, Facet::Kind, kind.name()),
        chosen: chosen.iter().any(|value| value == kind.name()),
    };
    Kind::ALL.into_iter().map(choice).collect()
}

fn sorts(given: &str) -> Vec<Choice> {
    let rows = [
        ("", "自动"),
        ("relevance", "按相关度"),
        ("newest", "从新到旧"),
        ("oldest", "从旧到新"),
        ("least_sure", "存疑的在前"),
    ];
    let choice = |(value, label): (&str, &str)| Choice {
        value: value.into(),
        label: label.into(),
        count: None,
        chosen: given == value,
    };
    rows.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(rows: &[(&str, &str)]) -> Vec<Pair> {
        rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_chip_takes_out_its_parameter_and_nothing_else() {
        let pairs =
            pairs(&[("q", "x"), ("topic", "a"), ("topic", "b"), ("topic", "a"), ("region", "!350200"), ("to", "")]);
        let chips = chips(&pairs);
        let hrefs: Vec<&str> = chips.iter().map(|chip| chip.href.as_str()).collect();
        assert_eq!(
            hrefs,
            [
                "/?q=x&region=%21350200&topic=b&topic=a",
                "/?q=x&region=%21350200&topic=a&topic=a",
                "/?q=x&region=%21350200&topic=a&topic=b",
                "/?q=x&topic=a&topic=b&topic=a",
            ]
        );
        assert_eq!(chips[3].text, "地区：不含厦门市");
        assert_eq!(chip_text("date", "undated"), "日期不详");
        assert_eq!(chip_text("kind", "photo"), "类型：图片新闻");
    }

    #[test]
    fn the_form_sends_what_no_control_shows() {
        let pairs = pairs(&[
            ("q", "x"),
            ("region", "厦门"),
            ("region", "福州"),
            ("topic", "a"),
            ("topic", "!b"),
            ("limit", "50"),
            ("date", "!undated"),
            ("page", ""),
        ]);
        let names: Vec<String> = hidden(&pairs).iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(names, ["region=福州", "topic=!b", "limit=50", "date=!undated"]);
    }
}

//! The filter panel: every parameter as a control, a link or a chip; none is lost when the form is sent.

use super::SearchView;
use super::controls::{self, Choice, Input, Select, chip_text, given, held, values};
use super::counted_link::CountedLink;
use super::url::{self, PageLink, UrlParam};
use super::words;
use crate::archive::{DateChoice, FacetValue, RequestKind, SearchReply};
use crate::model::{ArticleKind, Facet};

/// The panel.
pub(super) struct FilterPanel {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) region: String,
    pub(super) inputs: Vec<Input>,
    pub(super) confidences: Vec<Select>,
    pub(super) only_undated: bool,
    pub(super) undated: Option<CountedLink>,
    pub(super) years: Vec<CountedLink>,
    pub(super) provinces: Vec<CountedLink>,
    pub(super) topics: Vec<Choice>,
    pub(super) papers: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) sorts: Vec<Choice>,
    pub(super) hidden: Vec<UrlParam>,
    pub(super) active: usize,
}

impl FilterPanel {
    /// The panel beside an answer.
    pub(super) fn new(view: &SearchView<'_>, reply: &SearchReply) -> Self {
        let (request, pairs) = (view.request, view.pairs);
        let filters = &request.selection.filters;
        Self {
            from: given(pairs, "from"),
            to: given(pairs, "to"),
            region: given(pairs, "region"),
            inputs: controls::inputs(RequestKind::Search, pairs, &["region"]),
            confidences: controls::confidences(RequestKind::Search, pairs),
            only_undated: filters.date == Some(DateChoice::Undated),
            undated: undated(view, reply),
            years: years(pairs, reply),
            provinces: provinces(pairs, reply),
            topics: boxes(view, reply, Facet::Topic, &filters.topic.any),
            papers: boxes(view, reply, Facet::Paper, &filters.paper.any),
            kinds: kinds(reply, &filters.kind.any),
            sorts: controls::options("sort", Some("自动"), &given(pairs, "sort")),
            hidden: controls::hidden(RequestKind::Search, pairs),
            active: chips(pairs).len(),
        }
    }
}

/// The filters in force, each with the search without it.
pub(super) fn chips(pairs: &[UrlParam]) -> Vec<PageLink> {
    let filters = pairs.iter().enumerate().filter_map(|(at, (name, value))| {
        let row = controls::row(name).filter(|row| row.is_filter() && !value.trim().is_empty())?;
        Some((at, row, value.trim()))
    });
    filters.map(|(at, row, value)| PageLink::new(url::without(pairs, at), chip_text(row, value))).collect()
}

/// The bucket of undated articles, where there are any besides those shown.
fn undated(view: &SearchView<'_>, reply: &SearchReply) -> Option<CountedLink> {
    let counted = values(&reply.facets, Facet::Year).iter().find(|year| year.value == "undated");
    let count = reply.undated.or(counted.map(|year| year.count)).filter(|count| *count > 0)?;
    let href = url::changed(view.pairs, &["from", "to", "date"], &[("date", "undated")]);
    Some(CountedLink {
        current: view.request.selection.filters.date == Some(DateChoice::Undated),
        ..CountedLink::new(href, "日期不详", count)
    })
}

fn years(pairs: &[UrlParam], reply: &SearchReply) -> Vec<CountedLink> {
    let mut years: Vec<&FacetValue> =
        values(&reply.facets, Facet::Year).iter().filter(|year| year.value != "undated").collect();
    years.sort_by(|a, b| b.value.cmp(&a.value));
    let link = |year: &&FacetValue| {
        let value = year.value.as_str();
        let href = url::changed(pairs, &["from", "to", "date"], &[("from", value), ("to", value)]);
        let current = given(pairs, "from") == value && given(pairs, "to") == value;
        CountedLink { current, ..CountedLink::new(href, year.label.as_str(), year.count) }
    };
    years.iter().map(link).collect()
}

fn provinces(pairs: &[UrlParam], reply: &SearchReply) -> Vec<CountedLink> {
    let link = |unit: &FacetValue| {
        let href = url::changed(pairs, &["region"], &[("region", &unit.value)]);
        let current = pairs.iter().any(|(name, value)| name == "region" && value.trim() == unit.value);
        CountedLink { current, ..CountedLink::new(href, unit.label.as_str(), unit.count) }
    };
    values(&reply.facets, Facet::Province).iter().map(link).collect()
}

/// All values of the archive and those asked for, with counts of this search.
fn boxes(view: &SearchView<'_>, reply: &SearchReply, facet: Facet, chosen: &[String]) -> Vec<Choice> {
    let counted = |choice: Choice| Choice { count: count(reply, facet, &choice.value), ..choice };
    held(view.overview, facet, chosen).into_iter().map(counted).collect()
}

/// Articles with a value; `None` where the facet was not counted.
fn count(reply: &SearchReply, facet: Facet, value: &str) -> Option<String> {
    let (_, counted) = reply.facets.iter().find(|(name, _)| *name == facet)?;
    Some(words::number(counted.iter().find(|known| known.value == value).map_or(0, |known| known.count)))
}

fn kinds(reply: &SearchReply, chosen: &[String]) -> Vec<Choice> {
    let choice = |kind: ArticleKind| Choice {
        value: kind.name().into(),
        label: words::kind(kind).into(),
        count: count(reply, Facet::Kind, kind.name()),
        chosen: chosen.iter().any(|value| value == kind.name()),
    };
    ArticleKind::ALL.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(rows: &[(&str, &str)]) -> Vec<UrlParam> {
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
        let text = |name, value| chip_text(controls::row(name).unwrap(), value);
        assert_eq!([text("date", "undated"), text("kind", "photo")], ["日期不详", "类型：图片新闻"]);
    }
}

//! The first page: what the archive holds, and where to begin.

use super::assets;
use super::controls::values;
use super::counted_link::CountedLink;
use super::url::{self, PageLink};
use super::words;
use crate::archive::{FacetValue, Overview};
use crate::model::Facet;
use askama::Template;

/// Queries to begin with: query text and what it finds.
const EXAMPLES: [(&str, &str); 3] = [
    ("送温暖 困难职工", "两个词都要出现"),
    ("\"劳动模范\" -演出", "原样短语，并排除一个词"),
    ("标题:(维权 | 欠薪)", "只在标题中查，两词有一即可"),
];

/// An example query.
pub(super) struct ExampleQuery {
    link: PageLink,
    about: &'static str,
}

/// A year with its articles.
pub(super) struct YearCount {
    link: CountedLink,
    width: u64,
}

/// The first page.
#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct HomePage {
    title: String,
    query: String,
    articles: u64,
    total: String,
    examples: Vec<ExampleQuery>,
    years: Vec<YearCount>,
    undated: Option<CountedLink>,
    papers: Vec<CountedLink>,
    topics: Vec<CountedLink>,
    provinces: Vec<CountedLink>,
    span: String,
}

impl HomePage {
    /// The first page of an archive.
    pub(super) fn new(overview: &Overview) -> Self {
        let years = years(overview);
        Self {
            title: "报库".into(),
            query: String::new(),
            articles: overview.articles,
            total: words::number(overview.articles),
            examples: examples(),
            span: span(&years),
            years,
            undated: undated(overview),
            papers: links(overview, Facet::Paper, "paper"),
            topics: links(overview, Facet::Topic, "topic"),
            provinces: links(overview, Facet::Province, "region"),
        }
    }
}

fn examples() -> Vec<ExampleQuery> {
    let example = |(query, about)| ExampleQuery { link: PageLink::new(url::search([("q", query)]), query), about };
    EXAMPLES.into_iter().map(example).collect()
}

fn links(overview: &Overview, facet: Facet, parameter: &str) -> Vec<CountedLink> {
    let link = |value: &FacetValue| {
        CountedLink::new(url::search([(parameter, value.value.as_str())]), value.label.as_str(), value.count)
    };
    values(&overview.facets, facet).iter().map(link).collect()
}

fn years(overview: &Overview) -> Vec<YearCount> {
    let dated = values(&overview.facets, Facet::Year).iter().filter(|year| year.value != "undated");
    let mut dated: Vec<&FacetValue> = dated.collect();
    dated.sort_by(|a, b| a.value.cmp(&b.value));
    let most = dated.iter().map(|year| year.count).max().unwrap_or(1).max(1);
    let year = |year: &&FacetValue| YearCount {
        link: CountedLink::new(
            url::search([("from", year.value.as_str()), ("to", year.value.as_str())]),
            year.label.as_str(),
            year.count,
        ),
        width: (year.count * 100).div_ceil(most),
    };
    dated.iter().map(year).collect()
}

fn undated(overview: &Overview) -> Option<CountedLink> {
    let value = values(&overview.facets, Facet::Year).iter().find(|year| year.value == "undated")?;
    Some(CountedLink::new(url::search([("date", "undated")]), "日期不详", value.count))
}

fn span(years: &[YearCount]) -> String {
    match years {
        [first, .., last] => format!("{}年至{}年", first.link.text, last.link.text),
        [only] => format!("{}年", only.link.text),
        [] => String::new(),
    }
}

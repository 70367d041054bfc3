//! What a caller asks for, after its parameters were read.

pub(in crate::archive) mod canonical;
pub(in crate::archive) mod error;
pub(in crate::archive) mod params;
pub(in crate::archive) mod question;
pub(in crate::archive) mod warning;

use crate::archive::request::canonical::Canonical;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::params::PARAMS;
use crate::model::{CONFIDENCE_UNIT, Date, Facet, Inferred, ten_thousandths};
use crate::query::{Filter, Sort, facet_values};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Values of a filter that repeats: accepted ones are joined by OR, refused ones all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Accepted values; none = any.
    pub any: Vec<String>,
    /// Refused values.
    pub none: Vec<String>,
}

impl Values {
    /// Adds a value as given; `!` before it refuses.
    pub(in crate::archive) fn add(&mut self, value: &str) {
        match value.strip_prefix('!').or_else(|| value.strip_prefix('！')) {
            Some(refused) => self.none.push(refused.to_owned()),
            None => self.any.push(value.to_owned()),
        }
    }

    /// The values as they are given: what they mean does not depend on their order.
    pub(in crate::archive) fn canonical(&self) -> Vec<String> {
        let refused = self.none.iter().map(|value| format!("!{value}"));
        let values: BTreeSet<String> = self.any.iter().cloned().chain(refused).collect();
        values.into_iter().collect()
    }

    fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }
}

/// Whether undated articles are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateChoice {
    /// Dated and undated ones.
    #[default]
    All,
    /// Only undated ones.
    Undated,
    /// Only dated ones.
    Dated,
}

impl DateChoice {
    /// The value of the parameter; `None` where none is given.
    pub(in crate::archive) fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Undated => Some("undated"),
            Self::Dated => Some("!undated"),
        }
    }
}

/// How sure the value of a field must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidence(Option<RangeInclusive<u16>>);

impl Confidence {
    /// Reads `0.9` (at least) or `<0.9` (below).
    pub(in crate::archive) fn read(value: &str) -> Result<Self, String> {
        let (below, number) = match value.strip_prefix(['<', '＜']) {
            Some(number) => (true, number.trim()),
            None => (false, value),
        };
        let number = number.parse().ok().filter(|number| (0.0..=1.0).contains(number)).map(ten_thousandths);
        let bad = || format!("takes a number from 0 to 1, as 0.9 (at least) or <0.9 (below), not `{value}`");
        Ok(Self(Some(match (below, number.ok_or_else(bad)?) {
            (true, 0) => return Err(bad()),
            (true, most) => 0..=most - 1,
            (false, least) => least..=CONFIDENCE_UNIT,
        })))
    }

    /// The value of the parameter; none where any will do.
    pub(in crate::archive) fn canonical(&self) -> Vec<String> {
        let number = |ten_thousandths: u16| f64::from(ten_thousandths) / f64::from(CONFIDENCE_UNIT);
        let shown = |range: &RangeInclusive<u16>| match *range.end() {
            CONFIDENCE_UNIT => number(*range.start()).to_string(),
            most => format!("<{}", number(most + 1)),
        };
        self.0.iter().map(shown).collect()
    }
}

/// A search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// Query text.
    pub query: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Undated ones.
    pub date: DateChoice,
    /// Codes, names or paths of regions.
    pub region: Values,
    /// Topic ids.
    pub topic: Values,
    /// Papers.
    pub paper: Values,
    /// Pages 版.
    pub page: Values,
    /// Kinds.
    pub kind: Values,
    /// Names in bylines.
    pub byline: Values,
    /// Names of union bodies.
    pub union_body: Values,
    /// How sure the date must be.
    pub date_confidence: Confidence,
    /// How sure the place must be; one of those that `region` accepts, where it accepts some.
    pub region_confidence: Confidence,
    /// How sure the topic must be; one of those that `topic` accepts, where it accepts some.
    pub topic_confidence: Confidence,
    /// The day that words like 去年 in the query count from.
    pub today: Option<Date>,
    /// Whether terms stand for their other forms too.
    pub expand: bool,
    /// Whether to tell how the query was read and what each part of it finds.
    pub explain: bool,
    /// Whether of the printings of one text only the first that passes the filters counts.
    pub once: bool,
    /// Order, or the one that fits the query.
    pub sort: Option<Sort>,
    /// Hits on a page, 1–100.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Fields of a hit to give; none = all.
    pub fields: Vec<String>,
}

/// Parameters that filter.
pub(in crate::archive) const FILTERS: &[&str] = &[
    "from",
    "to",
    "date",
    "region",
    "topic",
    "paper",
    "page",
    "kind",
    "byline",
    "union_body",
    "date_confidence",
    "region_confidence",
    "topic_confidence",
];

/// Hits on a page unless asked otherwise.
const LIMIT: usize = 20;

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            from: None,
            to: None,
            date: DateChoice::All,
            region: Values::default(),
            topic: Values::default(),
            paper: Values::default(),
            page: Values::default(),
            kind: Values::default(),
            byline: Values::default(),
            union_body: Values::default(),
            date_confidence: Confidence::default(),
            region_confidence: Confidence::default(),
            topic_confidence: Confidence::default(),
            today: None,
            expand: false,
            explain: false,
            once: false,
            sort: None,
            limit: LIMIT,
            cursor: None,
            facets: Vec::new(),
            fields: Vec::new(),
        }
    }
}

impl SearchRequest {
    /// Reads parameters, the same for the API, the browser and the command line.
    ///
    /// # Errors
    /// [`ArchiveError::UnknownParameter`], [`ArchiveError::RepeatedParameter`] or [`ArchiveError::BadValue`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        params::read(pairs)
    }

    /// The canonical form: what a cursor is bound to and what links are made of.
    pub fn canonical(&self) -> Canonical {
        Canonical::of(PARAMS, self)
    }

    /// The order: the one asked for, else by relevance where there is a query, else newest first.
    pub fn order(&self) -> Sort {
        let fitting = if self.query.trim().is_empty() { Sort::Newest } else { Sort::Relevance };
        self.sort.unwrap_or(fitting)
    }

    /// The parameters that filter, those that are given, in the order of help.
    pub(in crate::archive) fn filter_names(&self) -> Vec<&'static str> {
        FILTERS.iter().copied().filter(|name| self.with_only(name) != self.with_only("")).collect()
    }

    /// The request with no filter but one.
    pub(in crate::archive) fn with_only(&self, kept: &str) -> Self {
        FILTERS.iter().filter(|name| **name != kept).fold(self.clone(), |request, name| request.without(name))
    }

    /// The request without one of its filters.
    pub(in crate::archive) fn without(&self, name: &str) -> Self {
        let mut request = self.clone();
        match name {
            "from" => request.from = None,
            "to" => request.to = None,
            "date" => request.date = DateChoice::All,
            "region" => request.region = Values::default(),
            "topic" => request.topic = Values::default(),
            "paper" => request.paper = Values::default(),
            "page" => request.page = Values::default(),
            "kind" => request.kind = Values::default(),
            "byline" => request.byline = Values::default(),
            "union_body" => request.union_body = Values::default(),
            "date_confidence" => request.date_confidence = Confidence::default(),
            "region_confidence" => request.region_confidence = Confidence::default(),
            "topic_confidence" => request.topic_confidence = Confidence::default(),
            _ => {}
        }
        request
    }

    /// The conditions beside the query text.
    pub(in crate::archive) fn filters(&self) -> Result<Vec<Filter>, ArchiveError> {
        let mut filters = Vec::new();
        if self.from.is_some() || self.to.is_some() {
            filters.push(Filter::Dates { from: self.from, to: self.to });
        }
        let undated = vec!["undated".to_owned()];
        match self.date {
            DateChoice::All => {}
            DateChoice::Undated => filters.push(Filter::Value { facet: Facet::Year, any: undated, none: Vec::new() }),
            DateChoice::Dated => filters.push(Filter::Value { facet: Facet::Year, any: Vec::new(), none: undated }),
        }
        let regions = Values { any: region_codes(&self.region.any)?, none: region_codes(&self.region.none)? };
        let values = [
            (Facet::Region, &regions),
            (Facet::Topic, &self.topic),
            (Facet::Paper, &self.paper),
            (Facet::Page, &self.page),
            (Facet::Kind, &self.kind),
            (Facet::Byline, &self.byline),
            (Facet::Body, &self.union_body),
        ];
        filters.extend(
            values
                .into_iter()
                .filter(|(_, values)| !values.is_empty())
                .map(|(facet, values)| value_filter(facet, values)),
        );
        let sure = [
            (Inferred::Date, &self.date_confidence, Vec::new()),
            (Inferred::Region, &self.region_confidence, regions.any.clone()),
            (Inferred::Topic, &self.topic_confidence, self.topic.any.clone()),
        ];
        filters.extend(sure.into_iter().filter_map(|(field, confidence, values)| {
            confidence.0.clone().map(|range| Filter::Confidence { field, values, range })
        }));
        Ok(filters)
    }
}

fn value_filter(facet: Facet, values: &Values) -> Filter {
    Filter::Value { facet, any: values.any.clone(), none: values.none.clone() }
}

fn region_codes(values: &[String]) -> Result<Vec<String>, ArchiveError> {
    let mut codes = Vec::new();
    for value in values {
        codes.extend(
            facet_values(Facet::Region, value).map_err(|message| ArchiveError::BadValue { name: "region", message })?,
        );
    }
    Ok(codes)
}

//! What a caller asks of time: queries, steps, splits, denominators; one parameter table for the API, the browser and the
//! command line.

use crate::archive::request::FILTERS;
use crate::archive::request::SearchRequest;
use crate::archive::request::canonical::Canonical;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::params::{self, Get, Param, Set, flag, shown};
use crate::model::Facet;
use crate::trends::{Axis, DateBasis, Step, feasts};

/// The most queries of one request.
pub const MOST_QUERIES: usize = 12;

/// Days before and after a feast unless asked otherwise, and at most: two Spring Festivals are 353 days apart or more, and
/// no day, nor its week, may belong to both.
const AROUND: i64 = 60;
const FARTHEST: i64 = 168;

/// What matching articles are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// All articles that pass the filters of the request.
    #[default]
    Filtered,
    /// All articles of the archive.
    Archive,
}

impl Denominator {
    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filtered => "filtered",
            Self::Archive => "archive",
        }
    }
}

/// A request for series over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrendRequest {
    /// Query texts; none = all articles.
    pub queries: Vec<String>,
    /// Filters and how queries are read. `from` and `to` are the ends of the axis.
    pub search: SearchRequest,
    /// Length of a period; on a feast axis day or week.
    pub by: Step,
    /// What the series are split by.
    pub split: Option<Facet>,
    /// What matching articles are compared with.
    pub of: Denominator,
    /// By which of their days articles are counted.
    pub date_by: DateBasis,
    /// The name of the feast that time is counted from.
    pub feast: Option<String>,
    /// Days before and after the feast.
    pub around: Option<i64>,
    /// Whether each query is shown as its names in the thesaurus, one upon the other.
    pub stack: bool,
    /// The id of an earlier answer that is to be given again.
    pub as_of: Option<String>,
}

/// What a series may be split by, by the name of the parameter.
pub const SPLITS: &[(&str, Facet)] = &[
    ("region", Facet::Province),
    ("province", Facet::Province),
    ("prefecture", Facet::Prefecture),
    ("county", Facet::County),
    ("topic", Facet::Topic),
    ("paper", Facet::Paper),
    ("kind", Facet::Kind),
];

/// Parameters of a search that series take too.
pub const SHARED: &[&str] = &[
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
    "today",
    "expand",
    "once",
];

fn one_of<'a, T>(value: &str, known: impl Iterator<Item = (&'a str, T)>) -> Result<T, String> {
    let mut names = Vec::new();
    for (name, found) in known {
        if name == value {
            return Ok(found);
        }
        names.push(name);
    }
    Err(format!("takes {}, not `{value}`", names.join(", ")))
}

/// A step by its name.
pub(in crate::archive) fn step(value: &str) -> Result<Step, String> {
    one_of(value, Step::ALL.into_iter().map(|step| (step.name(), step)))
}

/// What to split by, by its name.
pub(in crate::archive) fn split(value: &str) -> Result<Facet, String> {
    one_of(value, SPLITS.iter().copied())
}

/// The name of what is split by: the first of those it has.
pub(in crate::archive) fn split_name(split: Option<Facet>) -> Vec<String> {
    shown(SPLITS.iter().find(|(_, facet)| Some(*facet) == split).map(|(name, _)| *name))
}

/// The parameter of the length of a period, for a kind of request.
pub(in crate::archive) const fn by_param<R>(set: Set<R>, get: Get<R>) -> Param<R> {
    Param {
        name: "by",
        repeats: false,
        doc: "Length of a period: year, quarter, month, week (ISO 8601) or day.",
        zh: "时段：year、quarter、month、week 或 day",
        example: "month",
        set,
        get,
    }
}

/// The parameter of what numbers are split by, for a kind of request.
pub(in crate::archive) const fn split_param<R>(set: Set<R>, get: Get<R>) -> Param<R> {
    Param {
        name: "split",
        repeats: false,
        doc: "Apart for each region (province, prefecture, county), topic, paper or kind.",
        zh: "分开统计：region（省）、prefecture、county、topic、paper 或 kind",
        example: "region",
        set,
        get,
    }
}

/// The parameters of series beside [`SHARED`], in the order of help.
pub const TREND_PARAMS: &[Param<TrendRequest>] = &[
    Param {
        name: "q",
        repeats: true,
        doc: "A query of the search language; up to 12, a series each.",
        zh: "检索式，最多 12 个，每个一条曲线",
        example: "送温暖",
        set: |request, value| {
            if request.queries.len() >= MOST_QUERIES {
                return Err(format!("takes at most {MOST_QUERIES} queries"));
            }
            request.queries.push(value.to_owned());
            Ok(())
        },
        get: |request| request.queries.clone(),
    },
    by_param(
        |request, value| {
            request.by = step(value)?;
            Ok(())
        },
        |request| shown(Some(request.by.name())),
    ),
    split_param(
        |request, value| {
            request.split = Some(split(value)?);
            Ok(())
        },
        |request| split_name(request.split),
    ),
    Param {
        name: "of",
        repeats: false,
        doc: "What the total counts: filtered (all articles that pass the filters) or archive (all articles).",
        zh: "总数的范围：filtered（符合筛选条件的文章）或 archive（全部文章）",
        example: "archive",
        set: |request, value| {
            let all = [Denominator::Filtered, Denominator::Archive];
            request.of = one_of(value, all.into_iter().map(|of| (of.name(), of)))?;
            Ok(())
        },
        get: |request| shown(Some(request.of.name())),
    },
    Param {
        name: "date_by",
        repeats: false,
        doc: "span (an article counts in the period that all its possible days fit in, the rest is stated) or best (by its most probable day; each period says how many of its articles are doubtful).",
        zh: "span（可能的日期全在一个时段内才计入）或 best（按最可能的日期计入，并列出存疑篇数）",
        example: "best",
        set: |request, value| {
            let all = [DateBasis::Span, DateBasis::Best];
            request.date_by = one_of(value, all.into_iter().map(|by| (by.name(), by)))?;
            Ok(())
        },
        get: |request| shown(Some(request.date_by.name())),
    },
    Param {
        name: "axis",
        repeats: false,
        doc: "A feast that time is counted from, years laid over each other: 春节, 元宵, 五一, 端午, 中秋, 国庆, 元旦; by day or week.",
        zh: "从哪个节日算起，各年重叠：春节、五一、国庆、元旦、中秋等",
        example: "春节",
        set: |request, value| {
            request.feast = Some(one_of(value, feasts().map(|feast| (feast.id.as_str(), feast)))?.id.clone());
            Ok(())
        },
        get: |request| shown(request.feast.as_deref()),
    },
    Param {
        name: "around",
        repeats: false,
        doc: "Days before and after the feast, 1 to 168; 60 unless given.",
        zh: "节日前后的天数，1 到 168",
        example: "30",
        set: |request, value| {
            let days = value.parse().ok().filter(|days| (1..=FARTHEST).contains(days));
            request.around = Some(days.ok_or_else(|| format!("takes a number from 1 to {FARTHEST}, not `{value}`"))?);
            Ok(())
        },
        get: |request| shown(request.around),
    },
    Param {
        name: "stack",
        repeats: false,
        doc: "true: a series for each name that the thesaurus has for a query, without overlaps, so that a rename is no decline.",
        zh: "true 表示把一个词的各种说法叠在一起，改名不致看成减少",
        example: "true",
        set: |request, value| {
            request.stack = flag(value)?;
            Ok(())
        },
        get: |request| shown(Some(request.stack)),
    },
    Param {
        name: "as_of",
        repeats: false,
        doc: "The id of an earlier answer: it is given again as it was, with what has changed since; or a `generation`: the numbers of that state.",
        zh: "以前答案的编号：照原样再算一遍，并列出之后的变化；或一个 generation：那个状态下的数字",
        example: "",
        set: |request, value| {
            request.as_of = Some(value.to_owned());
            Ok(())
        },
        get: |request| shown(request.as_of.as_deref()),
    },
];

impl TrendRequest {
    /// Reads parameters, the same for the API, the browser and the command line.
    ///
    /// # Errors
    /// [`ArchiveError::UnknownParameter`], [`ArchiveError::RepeatedParameter`] or [`ArchiveError::BadValue`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        let mut request = Self::default();
        params::read_into(&mut request, TREND_PARAMS, SHARED, |request| &mut request.search, pairs)?;
        request.check()?;
        Ok(request)
    }

    /// The canonical form: what the id of an answer names.
    pub fn canonical(&self) -> Canonical {
        Canonical::of(TREND_PARAMS, self).with_search(SHARED, &self.search)
    }

    fn check(&self) -> Result<(), ArchiveError> {
        let bad = |name, message: &str| Err(ArchiveError::BadValue { name, message: message.into() });
        params::check(&self.search)?;
        if self.around.is_some() && self.feast.is_none() {
            return bad("around", "goes with `axis`, which names a feast");
        }
        if self.feast.is_some() && !matches!(self.by, Step::Day | Step::Week) {
            return bad("axis", "counts days or weeks from a feast; give by=day or by=week");
        }
        if self.stack && self.split.is_some() {
            return bad("stack", "cannot go with `split`");
        }
        if self.feast.is_some() && self.split.is_some() {
            return bad("axis", "cannot go with `split`: the years lie over each other");
        }
        Ok(())
    }

    /// How time is cut.
    pub(in crate::archive) fn axis(&self) -> Axis {
        let feast = self.feast.as_ref().and_then(|name| feasts().find(|feast| feast.id == *name));
        match feast {
            Some(feast) => Axis::Feast { feast, weeks: self.by == Step::Week, around: self.around.unwrap_or(AROUND) },
            None => Axis::Calendar(self.by),
        }
    }

    /// The request of one query, its filters without the ends of the axis.
    pub(in crate::archive) fn question(&self, query: &str) -> SearchRequest {
        SearchRequest { query: query.to_owned(), ..self.search.without("from").without("to") }
    }

    /// The request without filters.
    pub(in crate::archive) fn unfiltered(&self) -> SearchRequest {
        FILTERS.iter().fold(self.question(""), |request, name| request.without(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_accepted_and_every_doc_is_a_sentence() {
        for param in TREND_PARAMS {
            let with = match param.name {
                "axis" => vec![("by", "week")],
                "around" => vec![("by", "week"), ("axis", "春节")],
                _ => Vec::new(),
            };
            let pairs = with.into_iter().chain([(param.name, param.example)]);
            assert!(TrendRequest::from_pairs(pairs).is_ok(), "{}", param.name);
            assert!(param.doc.ends_with('.'), "{}", param.name);
        }
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let cases: &[&[(&str, &str)]] = &[
            &[("axis", "春节")],
            &[("axis", "腊八"), ("by", "day")],
            &[("around", "30"), ("by", "day")],
            &[("stack", "true"), ("split", "topic")],
            &[("axis", "春节"), ("by", "day"), ("split", "topic")],
            &[("split", "byline")],
            &[("by", "decade")],
            &[("limit", "3")],
            &[("sort", "newest")],
            &[("of", "all")],
            &[("from", "2015"), ("to", "2014")],
        ];
        for pairs in cases {
            assert!(TrendRequest::from_pairs(pairs.iter().copied()).is_err(), "{pairs:?}");
        }
        let many: Vec<(&str, &str)> = (0..=MOST_QUERIES).map(|_| ("q", "x")).collect();
        assert!(TrendRequest::from_pairs(many[1..].iter().copied()).is_ok());
        assert!(TrendRequest::from_pairs(many).is_err());
    }
}

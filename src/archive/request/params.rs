//! The parameters of a search: one row each, for the API, the browser and the command line.

use crate::archive::request::error::ArchiveError;
use crate::archive::request::{Confidence, DateChoice, SearchRequest};
use crate::model::{DateSpan, Facet};
use crate::query::{Sort, facet_values};
use crate::text::folded_name;
use std::collections::BTreeMap;

/// The longest value of a parameter, in code points.
const LONGEST: usize = 1000;

/// The most values of one parameter.
const MOST_VALUES: usize = 50;

/// The most hits on a page.
const MAX_LIMIT: usize = 100;

/// Reads a value into a request; an error is a sentence about the value.
pub(in crate::archive) type Set<R> = fn(&mut R, &str) -> Result<(), String>;

/// Gives the values that a request has, as [`Set`] reads them.
pub(in crate::archive) type Get<R> = fn(&R) -> Vec<String>;

/// A parameter of a kind of request.
pub struct Param<R: 'static = SearchRequest> {
    /// Name in addresses and, after `--`, on the command line.
    pub name: &'static str,
    /// Whether it may be given several times.
    pub repeats: bool,
    /// One sentence for help and the API description.
    pub doc: &'static str,
    /// The same in Chinese, for the browser.
    pub zh: &'static str,
    /// A value it takes.
    pub example: &'static str,
    /// Reads a value.
    pub(in crate::archive) set: Set<R>,
    /// The values of a request, in an order that does not depend on how they were given unless it means something.
    pub(in crate::archive) get: Get<R>,
}

/// All parameters of a search, in the order of help.
pub const PARAMS: &[Param] = &[
    Param {
        name: "q",
        repeats: false,
        doc: "Words (all must match, each as an exact run), \"phrases\", -excluded, a | b, (…), 标题: 正文: 图片: 作者:, 金额>=100万.",
        zh: "查询词：多个词用空格隔开，短语加引号，不要的词前加 -",
        example: "\"送温暖\" 困难职工 -演出",
        set: |request, value| {
            value.clone_into(&mut request.query);
            Ok(())
        },
        get: |request| given(&request.query),
    },
    Param {
        name: "from",
        repeats: false,
        doc: "First day, month or year.",
        zh: "起始日期，写作 2014、2014-04 或 2014-04-29",
        example: "2014-01",
        set: |request, value| {
            request.from = Some(span(value)?.earliest);
            Ok(())
        },
        get: |request| shown(request.from),
    },
    Param {
        name: "to",
        repeats: false,
        doc: "Last day, month or year.",
        zh: "截止日期，写作 2014、2014-04 或 2014-04-29，不早于起始日期",
        example: "2014-12-31",
        set: |request, value| {
            request.to = Some(span(value)?.latest);
            Ok(())
        },
        get: |request| shown(request.to),
    },
    Param {
        name: "date",
        repeats: false,
        doc: "`undated`: only articles without a date; `!undated`: only dated ones.",
        zh: "只取 undated（日期不详）或 !undated，且不与起止日期同用",
        example: "undated",
        set: |request, value| {
            request.date = match value {
                "undated" => DateChoice::Undated,
                "!undated" => DateChoice::Dated,
                _ => return Err(format!("takes `undated` or `!undated`, not `{value}`; use `from` and `to` for days")),
            };
            Ok(())
        },
        get: |request| shown(request.date.name()),
    },
    Param {
        name: "region",
        repeats: true,
        doc: "Code or name of a province, prefecture or county, with all below it; ! before it excludes.",
        zh: "省、市、县的全名、简称或行政区划代码；重名的写成 江苏省/南京市/鼓楼区",
        example: "福建省/厦门市",
        set: |request, value| {
            facet_values(Facet::Region, accepted(value))?;
            request.region.add(value);
            Ok(())
        },
        get: |request| request.region.canonical(),
    },
    Param {
        name: "topic",
        repeats: true,
        doc: "Field of union work; ! before it excludes.",
        zh: "十六个主题之一，如 送温暖、维权、帮扶",
        example: "送温暖",
        set: |request, value| {
            request.topic.add(&resolved(Facet::Topic, value)?);
            Ok(())
        },
        get: |request| request.topic.canonical(),
    },
    Param {
        name: "paper",
        repeats: true,
        doc: "Newspaper, by name or short name; ! before it excludes.",
        zh: "报纸名称",
        example: "鹭岛职工报",
        set: |request, value| {
            request.paper.add(&resolved(Facet::Paper, value)?);
            Ok(())
        },
        get: |request| request.paper.canonical(),
    },
    Param {
        name: "page",
        repeats: true,
        doc: "Page 版; ! before it excludes.",
        zh: "版次，如 1、A2",
        example: "1",
        set: |request, value| {
            request.page.add(&resolved(Facet::Page, value)?);
            Ok(())
        },
        get: |request| request.page.canonical(),
    },
    Param {
        name: "kind",
        repeats: true,
        doc: "news, brief, photo, opinion, feature, speech or continuation; ! before it excludes.",
        zh: "news、brief、photo、opinion、feature、speech、continuation 之一",
        example: "news",
        set: |request, value| {
            request.kind.add(&resolved(Facet::Kind, value)?);
            Ok(())
        },
        get: |request| request.kind.canonical(),
    },
    Param {
        name: "byline",
        repeats: true,
        doc: "Name of a reporter, correspondent, photographer, author, illustrator or translator; ! before it excludes.",
        zh: "作者、记者、通讯员或摄影者姓名",
        example: "陈长泰",
        set: |request, value| {
            request.byline.add(&folded_name(value));
            Ok(())
        },
        get: |request| request.byline.canonical(),
    },
    Param {
        name: "union_body",
        repeats: true,
        doc: "Full name of a union body that the article names; ! before it excludes.",
        zh: "文中提到的工会组织全称，如 厦门市总工会",
        example: "厦门市总工会",
        set: |request, value| {
            request.union_body.add(&folded_name(value));
            Ok(())
        },
        get: |request| request.union_body.canonical(),
    },
    Param {
        name: "date_confidence",
        repeats: false,
        doc: "How sure the date must be, 0 to 1: `0.9` at least, `<0.9` below; undated articles do not match.",
        zh: "日期至少多有把握，0 到 1；写作 <0.9 则只要低于它的；日期不详的不算",
        example: "0.9",
        set: |request, value| {
            request.date_confidence = Confidence::read(value)?;
            Ok(())
        },
        get: |request| request.date_confidence.canonical(),
    },
    Param {
        name: "region_confidence",
        repeats: false,
        doc: "How sure the place must be, 0 to 1: `0.9` at least, `<0.9` below; of those that `region` accepts where it is given.",
        zh: "地区至少多有把握，0 到 1；写作 <0.9 则只要低于它的；给了地区时看所给的地区",
        example: "0.9",
        set: |request, value| {
            request.region_confidence = Confidence::read(value)?;
            Ok(())
        },
        get: |request| request.region_confidence.canonical(),
    },
    Param {
        name: "topic_confidence",
        repeats: false,
        doc: "How sure the topic must be, 0 to 1: `0.9` at least, `<0.9` below; of those that `topic` accepts where it is given.",
        zh: "主题至少多有把握，0 到 1；写作 <0.9 则只要低于它的；给了主题时看所给的主题",
        example: "0.9",
        set: |request, value| {
            request.topic_confidence = Confidence::read(value)?;
            Ok(())
        },
        get: |request| request.topic_confidence.canonical(),
    },
    Param {
        name: "today",
        repeats: false,
        doc: "The day that words like 去年 and 上个月 in the query count from; the present day unless given.",
        zh: "查询中“去年”“上个月”等从哪一天算起，写作 2014-04-29",
        example: "2014-04-29",
        set: |request, value| {
            let day = span(value)?;
            request.today = Some(day.earliest).filter(|_| day.earliest == day.latest);
            request.today.map(|_| ()).ok_or_else(|| format!("takes a day as 2014-04-29, not `{value}`"))
        },
        get: |request| shown(request.today),
    },
    Param {
        name: "expand",
        repeats: false,
        doc: "true: terms also stand for their other names (困难职工, 特困职工) and for other ways to write their numbers.",
        zh: "true 表示同时查同义说法和数字的其他写法",
        example: "true",
        set: |request, value| {
            request.expand = flag(value)?;
            Ok(())
        },
        get: |request| shown(Some(request.expand)),
    },
    Param {
        name: "explain",
        repeats: false,
        doc: "true: tell how the query was read, what each part and each filter finds, and what would help.",
        zh: "true 表示说明查询如何理解、每个词和条件各有多少篇",
        example: "true",
        set: |request, value| {
            request.explain = flag(value)?;
            Ok(())
        },
        get: |request| shown(Some(request.explain)),
    },
    Param {
        name: "once",
        repeats: false,
        doc: "true: of the printings of one text only the first that passes the filters counts, in hits, totals and facets.",
        zh: "true 表示同文只计一次：多处刊登的同一篇只算筛选范围内最早的一篇",
        example: "true",
        set: |request, value| {
            request.once = flag(value)?;
            Ok(())
        },
        get: |request| shown(Some(request.once)),
    },
    Param {
        name: "sort",
        repeats: false,
        doc: "relevance, newest, oldest, or least_sure: the articles first whose date, place, topics or cut are least sure.",
        zh: "relevance（相关）、newest（最新）、oldest（最早）或 least_sure（最没把握的在前）",
        example: "newest",
        set: |request, value| {
            request.sort = Some(match value {
                "relevance" => Sort::Relevance,
                "newest" => Sort::Newest,
                "oldest" => Sort::Oldest,
                "least_sure" => Sort::LeastSure,
                _ => return Err(format!("takes relevance, newest, oldest or least_sure, not `{value}`")),
            });
            Ok(())
        },
        get: |request| shown(request.sort.map(Sort::name)),
    },
    Param {
        name: "limit",
        repeats: false,
        doc: "Hits on a page, 1 to 100; 20 unless given.",
        zh: "每页篇数，1 到 100",
        example: "20",
        set: |request, value| {
            let limit = value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
            request.limit = limit.ok_or_else(|| format!("takes a number from 1 to {MAX_LIMIT}, not `{value}`"))?;
            Ok(())
        },
        get: |request| shown(Some(request.limit)),
    },
    Param {
        name: "cursor",
        repeats: false,
        doc: "Where to go on: `next_cursor` of the answer before.",
        zh: "上一页给出的 next_cursor，与原查询一同使用",
        example: "",
        set: |request, value| {
            request.cursor = Some(value.to_owned());
            Ok(())
        },
        get: |request| shown(request.cursor.as_deref()),
    },
    Param {
        name: "facets",
        repeats: true,
        doc: "Values to count: year, ym, province, prefecture, county, topic, paper, page, kind, byline, union_body; several with commas.",
        zh: "要统计的项目",
        example: "year,topic",
        set: |request, value| {
            for name in value.split([',', '，']).filter(|name| !name.is_empty()) {
                let facet = FACETS.iter().find(|facet| facet.name() == name);
                let names = || FACETS.map(Facet::name).join(", ");
                let facet = *facet.ok_or_else(|| format!("`{name}` is no facet; facets are {}", names()))?;
                if !request.facets.contains(&facet) {
                    request.facets.push(facet);
                }
            }
            Ok(())
        },
        get: |request| request.facets.iter().map(|facet| facet.name().to_owned()).collect(),
    },
    Param {
        name: "fields",
        repeats: true,
        doc: "Fields of a hit to give, several with commas; all unless given.",
        zh: "要返回的字段",
        example: "id,title",
        set: |request, value| {
            for name in value.split([',', '，']).filter(|name| !name.is_empty()) {
                if !HIT_FIELDS.contains(&name) {
                    return Err(format!("`{name}` is no field of a hit; fields are {}", HIT_FIELDS.join(", ")));
                }
                request.fields.push(name.to_owned());
            }
            Ok(())
        },
        get: |request| request.fields.clone(),
    },
];

/// Fields of a hit, as the API prints them.
pub(in crate::archive) const HIT_FIELDS: &[&str] = &[
    "id", "title", "kicker", "subtitle", "column", "paper", "page", "kind", "date", "regions", "topics", "bylines",
    "score", "snippets",
];

/// Facets that may be asked for.
const FACETS: [Facet; 11] = [
    Facet::Body,
    Facet::Year,
    Facet::Month,
    Facet::Province,
    Facet::Prefecture,
    Facet::County,
    Facet::Topic,
    Facet::Paper,
    Facet::Page,
    Facet::Kind,
    Facet::Byline,
];

/// A text that may be missing.
pub(in crate::archive) fn given(text: &str) -> Vec<String> {
    shown(Some(text).filter(|text| !text.is_empty()))
}

/// A value that may be missing.
pub(in crate::archive) fn shown(value: Option<impl ToString>) -> Vec<String> {
    value.iter().map(ToString::to_string).collect()
}

/// The value without the one mark that excludes it.
fn accepted(value: &str) -> &str {
    value.strip_prefix(['!', '！']).unwrap_or(value)
}

pub(in crate::archive) fn span(value: &str) -> Result<DateSpan, String> {
    value.parse().map_err(|error: crate::model::DateParseError| error.to_string())
}

pub(in crate::archive) fn flag(value: &str) -> Result<bool, String> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(format!("takes true or false, not `{value}`")),
    }
}

/// A value as filters take it, with the `!` that was before it.
fn resolved(facet: Facet, value: &str) -> Result<String, String> {
    let bare = accepted(value);
    let values = facet_values(facet, bare)?;
    Ok(value.replace(bare, values.first().map_or(bare, String::as_str)))
}

/// Reads the parameters of a search.
pub(in crate::archive) fn read<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<SearchRequest, ArchiveError> {
    let mut request = SearchRequest::default();
    read_into(&mut request, PARAMS, &[], |request| request, pairs)?;
    check(&request)?;
    Ok(request)
}

/// Reads parameters into a request: its own ones, and those of the search inside it that are named in `shared`.
pub(in crate::archive) fn read_into<'a, R>(
    request: &mut R,
    own: &'static [Param<R>],
    shared: &[&str],
    search: fn(&mut R) -> &mut SearchRequest,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), ArchiveError> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (name, value) in pairs {
        let own_row = own.iter().find(|param| param.name == name);
        let shared_row = PARAMS.iter().find(|param| param.name == name && shared.contains(&param.name));
        let (name, repeats) = match (own_row, shared_row) {
            (Some(param), _) => (param.name, param.repeats),
            (None, Some(param)) => (param.name, param.repeats),
            (None, None) => return Err(unknown(name, &names(own, shared))),
        };
        let bad = |message: String| ArchiveError::BadValue { name, message };
        let count = counts.entry(name).or_default();
        *count += 1;
        if *count > 1 && !repeats {
            return Err(ArchiveError::RepeatedParameter(name));
        }
        if *count > MOST_VALUES || value.chars().count() > LONGEST {
            return Err(bad(format!("takes at most {MOST_VALUES} values of {LONGEST} characters")));
        }
        let value = value.trim();
        match (own_row, shared_row) {
            _ if value.is_empty() => {}
            (Some(param), _) => (param.set)(request, value).map_err(bad)?,
            (None, Some(param)) => (param.set)(search(request), value).map_err(bad)?,
            (None, None) => {}
        }
    }
    Ok(())
}

fn names<R>(own: &'static [Param<R>], shared: &[&str]) -> Vec<&'static str> {
    let shared = PARAMS.iter().map(|param| param.name).filter(|name| shared.contains(name));
    own.iter().map(|param| param.name).chain(shared).collect()
}

/// Whether the filters of a request go together.
pub(in crate::archive) fn check(request: &SearchRequest) -> Result<(), ArchiveError> {
    let bad = |name, message: &str| Err(ArchiveError::BadValue { name, message: message.into() });
    if let (Some(from), Some(to)) = (request.from, request.to)
        && from > to
    {
        return bad("from", "lies after `to`");
    }
    if request.date == DateChoice::Undated && (request.from.is_some() || request.to.is_some()) {
        return bad("date", "`undated` cannot go with `from` or `to`");
    }
    Ok(())
}

fn unknown(name: &str, names: &[&'static str]) -> ArchiveError {
    let is_like =
        |known: &&&str| known.starts_with(name) || name.starts_with(**known) || name.to_lowercase() == **known;
    let hint = match names.iter().find(is_like).filter(|_| !name.is_empty()) {
        Some(likely) => format!("; did you mean `{likely}`?"),
        None => format!("; parameters are {}", names.join(", ")),
    };
    ArchiveError::UnknownParameter { name: name.chars().take(64).collect(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_accepted_and_every_doc_is_a_sentence() {
        for param in PARAMS {
            assert!(read([(param.name, param.example)]).is_ok(), "{}", param.name);
            assert!(param.doc.ends_with('.'), "{}", param.name);
        }
    }

    #[test]
    fn nothing_is_ignored() {
        let cases = [
            ("region", "亚特兰蒂斯"),
            ("topic", "天气"),
            ("kind", "poem"),
            ("sort", "best"),
            ("limit", "0"),
            ("limit", "101"),
            ("limit", "x"),
            ("from", "2014-13"),
            ("date", "2014"),
            ("facets", "colour"),
            ("fields", "body"),
            ("topic", "!!维权"),
            ("kind", "!!news"),
            ("regions", "x"),
        ];
        for (name, value) in cases {
            assert!(read([(name, value)]).is_err(), "{name}={value}");
        }
        assert!(read([("q", "a"), ("q", "b")]).is_err());
        assert!(read([("from", "2015"), ("to", "2014")]).is_err());
        assert!(read([("date", "undated"), ("to", "2014")]).is_err());
    }

    #[test]
    fn repeated_and_excluded_values() {
        let request = read([("topic", "送温暖"), ("topic", "!维权"), ("paper", "《鹭岛职工报》")]).unwrap();
        assert_eq!((request.topic.any, request.topic.none), (vec!["送温暖".to_owned()], vec!["维权".to_owned()]));
        assert_eq!(request.paper.any, ["ludao-zhigongbao"]);
    }
}

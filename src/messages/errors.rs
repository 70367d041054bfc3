//! Why a request has no answer.

use super::bilingual::{Bilingual, both, listed};
use crate::archive::{ArchiveError, FacetValueError, Needed, PARAMETERS, Parameter, RequestKind, ValueError};
use crate::model::DATE_FORMS;

/// An error of the archive.
pub fn archive_error(error: &ArchiveError) -> Bilingual {
    match error {
        ArchiveError::UnknownParameter { name, known } => unknown_parameter(name, known),
        ArchiveError::RepeatedParameter(name) => both(
            format!("parameter `{name}` was given more than once"),
            format!("「{}」只能给出一次。", labelled(name, None)),
        ),
        ArchiveError::BadValue { name, request, value, error } => {
            let Bilingual { en, zh } = value_error(name, *request, value, error);
            both(format!("parameter `{name}`: {en}"), format!("「{}」{zh}。", labelled(name, *request)))
        }
        ArchiveError::TooManyTerms { most } => both(
            format!("the query has more than {most} terms; take some out"),
            format!("一次最多检索 {most} 个词，请减少一些。"),
        ),
        ArchiveError::CursorExpired => both(
            "the index or the program has changed since this cursor was given; start again without `cursor`",
            "库中内容刚刚更新，原来的翻页位置不能再用。",
        ),
        ArchiveError::OtherIndex => both(
            "the answer was given by another index; the numbers cannot be told again. Ask without `as_of`",
            "这个编号是另一个索引给出的，无法照原样再算；请去掉 as_of 重新统计。",
        ),
        ArchiveError::NotOffered(needed) => both(
            format!("this archive's engine does not keep what is needed: {}", needed_words(*needed)),
            "这个资料库所用的检索引擎不提供这项功能。",
        ),
        ArchiveError::Stopped => {
            both("the search took longer than it may; make it narrower", "查询用的时间超过了限度，请缩小范围。")
        }
        ArchiveError::Engine(error) => both(error.to_string(), "检索引擎出错，没有得到结果。"),
    }
}

/// A date that cannot be read, in an option.
pub fn no_date(option: &str, text: &str) -> Bilingual {
    both(
        format!("{option}: `{text}` is not a date: use a form such as {DATE_FORMS}, a real day from 1800 to 2199"),
        format!("{option}：{text} 不是日期，可写作 {DATE_FORMS}，须是 1800 到 2199 年间真有的日子"),
    )
}

fn needed_words(needed: Needed) -> &'static str {
    match needed {
        Needed::WordCounts => "how many articles have each word",
        Needed::Revisions => "what articles were before they changed",
    }
}

/// The row of a parameter of a request; where none is told, of a search before others.
fn row_of(name: &str, request: Option<RequestKind>) -> Option<&'static Parameter> {
    let request = request.unwrap_or(RequestKind::Search);
    let named = || PARAMETERS.iter().filter(|row| row.name == name);
    named().find(|row| row.is_taken_by(request)).or_else(|| named().next())
}

/// A parameter as pages name it.
fn labelled(name: &str, request: Option<RequestKind>) -> String {
    row_of(name, request).map_or_else(|| name.to_owned(), |row| format!("{}（{name}）", row.label))
}

fn unknown_parameter(name: &str, known: &[&str]) -> Bilingual {
    let is_like =
        |known: &&&str| known.starts_with(name) || name.starts_with(**known) || name.to_lowercase() == **known;
    let likely = known.iter().find(is_like).filter(|_| !name.is_empty());
    let hint = match likely {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.is_empty() => "this address takes none".to_owned(),
        None => format!("parameters are {}", known.join(", ")),
    };
    let zh_hint = match likely {
        Some(likely) => format!("是不是想写「{likely}」？"),
        None if known.is_empty() => "这个地址不带参数。".to_owned(),
        None => format!("可用的有：{}。", known.join("、")),
    };
    both(format!("there is no parameter `{name}`; {hint}"), format!("没有名为「{name}」的参数。{zh_hint}"))
}

/// What a parameter takes, in Chinese: after its name.
fn usage(name: &str, request: Option<RequestKind>) -> String {
    row_of(name, request).map_or_else(|| "不能用这个值".to_owned(), |row| format!("应为{}", row.zh))
}

fn value_error(name: &str, request: Option<RequestKind>, value: &str, error: &ValueError) -> Bilingual {
    match error {
        ValueError::NotOneOf(names) => {
            both(format!("takes {}, not `{value}`", listed(names, "or")), format!("应为 {} 之一", names.join("、")))
        }
        ValueError::Facet(error) => facet_value_error(error),
        ValueError::NoDate => both(
            format!("`{value}` is not a date: use a form such as {DATE_FORMS}, a real day from 1800 to 2199"),
            usage(name, request),
        ),
        ValueError::NoDay => both(format!("takes a day as 2014-04-29, not `{value}`"), usage(name, request)),
        ValueError::NoInteger { least, most } => both(
            format!("takes a number from {least} to {most}, not `{value}`"),
            format!("应为 {least} 到 {most} 的整数"),
        ),
        ValueError::NoFlag => both(format!("takes true or false, not `{value}`"), "应为 true 或 false"),
        ValueError::NoConfidence => both(
            format!("takes a number from 0 to 1, as 0.9 (at least) or <0.9 (below), not `{value}`"),
            usage(name, request),
        ),
        ValueError::NoFacet { name, names } => both(
            format!("`{name}` is no facet; facets are {}", names.join(", ")),
            format!("不能统计「{name}」；可以统计 {}", names.join("、")),
        ),
        ValueError::NoField { name, names } => both(
            format!("`{name}` is no field of a hit; fields are {}", names.join(", ")),
            format!("没有「{name}」这个字段；字段有 {}", names.join("、")),
        ),
        ValueError::TooMany { values, characters } => both(
            format!("takes at most {values} values of {characters} characters"),
            format!("最多给 {values} 个值，每个不超过 {characters} 字"),
        ),
        ValueError::TooManyQueries { most } => {
            both(format!("takes at most {most} queries"), format!("最多给 {most} 个检索式"))
        }
        ValueError::TooLong { most } => both(format!("has more than {most} characters"), format!("不能超过 {most} 字")),
        _ => combination(error),
    }
}

/// Values that do not go together, or that ask for too much.
fn combination(error: &ValueError) -> Bilingual {
    match error {
        ValueError::AfterEnd => both("lies after `to`", "晚于截止日期，请对调"),
        ValueError::UndatedWithDays => {
            both("`undated` cannot go with `from` or `to`", "只看日期不详的文章时，不能再给起止日期")
        }
        ValueError::AroundWithoutAxis => both("goes with `axis`, which names a feast", "只与节日（axis）同用"),
        ValueError::AxisNeedsDays => {
            both("counts days or weeks from a feast; give by=day or by=week", "只能按日或按周计，时段请选 day 或 week")
        }
        ValueError::AxisWithSplit => {
            both("cannot go with `split`: the years lie over each other", "各年重叠，不能再分开统计（split）")
        }
        ValueError::StackWithSplit => both("cannot go with `split`", "不能与分开统计（split）同用"),
        ValueError::WindowWithVersus => both(
            "is for the words near a query, and cannot go with versus_from, versus_to or versus_region",
            "用于查询词附近的词，不能与对照条件（versus_…）同用",
        ),
        ValueError::NeedsQueryOrVersus => both(
            "is needed for the words near it; to compare two times or regions give versus_from, versus_to or versus_region",
            "不能空着：要找它附近的词；要比较两个时期或地区，请给 versus_from、versus_to 或 versus_region",
        ),
        ValueError::NeedsQuery => both("is needed: what stands in the middle", "不能空着：它就是居中的词"),
        ValueError::TooManyPeriods { periods, rows } => both(
            format!(
                "gives more than {periods} periods or {rows} rows; take a longer step, or narrow it by `from` and `to`"
            ),
            format!("分得太细，超过 {periods} 个时段或 {rows} 行；请选长一些的时段，或用起止日期缩小范围"),
        ),
        ValueError::TooCostly { texts, most } => both(
            format!(
                "would have about {texts} texts read for NEAR between frequent terms, and at most {most} are; take longer \
                 or rarer terms, fewer NEAR, or add filters"
            ),
            format!(
                "里的 NEAR 两边都是常用字词，要读约 {texts} 篇，最多只读 {most} 篇；请换更长、更少见的词，少用 NEAR，或加筛选条件"
            ),
        ),
        _ => given_for_another(error),
    }
}

/// What the archive gave before, and not for this request.
fn given_for_another(error: &ValueError) -> Bilingual {
    match error {
        ValueError::NoCursor => {
            both("is not a cursor; use `next_cursor` of the answer before", "应为上一页给出的 next_cursor")
        }
        ValueError::CursorOfAnother => both(
            "belongs to another query; send it with the parameters it was given for",
            "是另一个查询的，请与原来的条件一同使用",
        ),
        ValueError::NoAnswerId => both(
            "is not the id of an answer; use `id` or `generation` of the answer",
            "应为答案给出的 id 或 generation",
        ),
        ValueError::OldAnswerId(state) => both(
            format!(
                "was given by an earlier version of baoku, which named its request in a way that cannot be checked any more; \
                 for the numbers of the same state send the same parameters with as_of={state}"
            ),
            format!("是旧版程序给出的，已无法核对；要同一状态下的数字，请以同样的条件加 as_of={state} 再查"),
        ),
        _ => both(
            "belongs to another request; send it with the parameters it was given for",
            "是另一个请求的，请与原来的条件一同使用",
        ),
    }
}

/// Why a text is no value of a facet.
pub fn facet_value_error(error: &FacetValueError) -> Bilingual {
    match error {
        FacetValueError::NoTopic { text, names } => both(
            format!("`{text}` is no topic; topics are {}", names.join("、")),
            format!("没有「{text}」这个主题；主题有 {}", names.join("、")),
        ),
        FacetValueError::NoKind { text, names } => both(
            format!("`{text}` is no kind; kinds are {}", names.join(", ")),
            format!("没有「{text}」这个类型；类型有 {}", names.join("、")),
        ),
        FacetValueError::NoRegion => both("is empty; give a code or a name", "不能空着，请写名称或行政区划代码"),
        FacetValueError::NoRegionCode(code) => both(
            format!("`{code}` is no region code of GB/T 2260"),
            format!("里的 {code} 不是行政区划代码（GB/T 2260）"),
        ),
        FacetValueError::NoRegionName(name) => both(
            format!("`{name}` is no administrative division; give its full name or GB/T 2260 code"),
            format!("里没有叫「{name}」的省、市、县，请写全名或行政区划代码"),
        ),
        FacetValueError::SeveralRegions { name, paths } => both(
            format!("`{name}` names several divisions; write one of: {}", paths.join(", ")),
            format!("有几处同名，请写明是哪一处：{}", paths.join("、")),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{SearchRequest, TermsRequest};

    #[test]
    fn a_parameter_was_named_as_that_of_another_request() {
        let told = |error: ArchiveError| archive_error(&error).zh;
        let search = told(SearchRequest::from_pairs([("limit", "0")]).unwrap_err());
        let terms = told(TermsRequest::from_pairs([("q", "x"), ("limit", "0")]).unwrap_err());
        assert_eq!(search, "「每页篇数（limit）」应为 1 到 100 的整数。");
        assert_eq!(terms, "「词数（limit）」应为 1 到 500 的整数。");
    }

    #[test]
    fn an_unknown_parameter_of_an_address_without_any_had_an_empty_list() {
        let told = archive_error(&ArchiveError::unknown_parameter("x", Vec::new()));
        assert_eq!(told.en, "there is no parameter `x`; this address takes none");
        assert!(told.zh.ends_with("这个地址不带参数。"));
    }
}

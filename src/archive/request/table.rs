//! The parameters of all requests, one row each: for the API, the browser, the command line and the query language.

use super::amounts_options::MOST_SENTENCES;
use super::choice::{DATE_BASES, DATE_CHOICES, DENOMINATORS, LINE_ORDERS, MEASURES, SORTS, SPLIT_LABELS, STEPS};
use super::concordance_options::{MAX_LINES, MAX_WIDTH, MOST_LINES};
use super::filters::Filters;
use super::paging::MAX_LIMIT;
use super::parameter::{Parameter, PartPlace, ValueKind, ValuePlace};
use super::request_kind::RequestKind;
use super::series_options::{MOST_AROUND, MOST_QUERIES};
use super::terms_options::{MOST_TERMS, WIDEST_WINDOW};
use crate::model::{Facet, InferredField};

/// All requests.
const ALL: &[RequestKind] = &RequestKind::ALL;

/// Requests that select articles by what is in them.
const SELECTING: &[RequestKind] = &[
    RequestKind::Search,
    RequestKind::Export,
    RequestKind::Trends,
    RequestKind::Terms,
    RequestKind::Concordance,
    RequestKind::Amounts,
];

/// Requests with one query.
const WITH_ONE_QUERY: &[RequestKind] =
    &[RequestKind::Search, RequestKind::Export, RequestKind::Terms, RequestKind::Concordance, RequestKind::Amounts];

/// All parameters; those of one request in the order of help.
pub static PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "q",
        label: "检索词",
        taken_by: WITH_ONE_QUERY,
        doc: "Words (all must match, each as an exact run), \"phrases\", -excluded, a | b, (…), 标题: 正文: 图片: 作者:, 金额>=100万.",
        zh: "查询词：多个词用空格隔开，短语加引号，不要的词前加 -",
        example: "\"送温暖\" 困难职工 -演出",
        at: PartPlace::Query(ValuePlace::Text(|selection| &mut selection.query)),
    },
    Parameter {
        name: "q",
        label: "检索词",
        taken_by: &[RequestKind::Trends],
        doc: "A query of the search language; up to 12, a series each.",
        zh: "检索式，最多 12 个，每个一条曲线",
        example: "送温暖",
        at: PartPlace::Queries(ValuePlace::Texts { most: MOST_QUERIES, at: |queries| queries }),
    },
    Parameter {
        name: "by",
        label: "时段",
        taken_by: &[RequestKind::Trends, RequestKind::Coverage, RequestKind::Amounts],
        doc: "Length of a period: year, quarter, month, week (ISO 8601) or day.",
        zh: "时段：year、quarter、month、week 或 day",
        example: "month",
        at: PartPlace::Breakdown(ValuePlace::Choice(STEPS, |breakdown| &mut breakdown.by)),
    },
    Parameter {
        name: "split",
        label: "分开统计",
        taken_by: &[RequestKind::Trends, RequestKind::Amounts],
        doc: "Apart for each region (province, prefecture, county), topic, paper or kind.",
        zh: "分开统计：region（省）、prefecture、county、topic、paper 或 kind",
        example: "region",
        at: PartPlace::Breakdown(ValuePlace::Choice(SPLIT_LABELS, |breakdown| &mut breakdown.split)),
    },
    Parameter {
        name: "of",
        label: "总数范围",
        taken_by: &[RequestKind::Trends],
        doc: "What the total counts: filtered (all articles that pass the filters) or archive (all articles).",
        zh: "总数的范围：filtered（符合筛选条件的文章）或 archive（全部文章）",
        example: "archive",
        at: PartPlace::Series(ValuePlace::Choice(DENOMINATORS, |series| &mut series.of)),
    },
    Parameter {
        name: "date_by",
        label: "按哪个日期计入",
        taken_by: &[RequestKind::Trends],
        doc: "span (an article counts in the period that all its possible days fit in, the rest is stated) or best (by its most probable day; each period says how many of its articles are doubtful).",
        zh: "span（可能的日期全在一个时段内才计入）或 best（按最可能的日期计入，并列出存疑篇数）",
        example: "best",
        at: PartPlace::Series(ValuePlace::Choice(DATE_BASES, |series| &mut series.date_by)),
    },
    Parameter {
        name: "axis",
        label: "节日",
        taken_by: &[RequestKind::Trends],
        doc: "A feast that time is counted from, years laid over each other: 春节, 元宵, 五一, 端午, 中秋, 国庆, 元旦; by day or week.",
        zh: "从哪个节日算起，各年重叠：春节、五一、国庆、元旦、中秋等",
        example: "春节",
        at: PartPlace::Series(ValuePlace::Festival(|series| &mut series.feast)),
    },
    Parameter {
        name: "around",
        label: "节日前后",
        taken_by: &[RequestKind::Trends],
        doc: "Days before and after the feast, 1 to 168; 60 unless given.",
        zh: "节日前后的天数，1 到 168",
        example: "30",
        at: PartPlace::Series(ValuePlace::OptionalInteger {
            least: 1,
            most: MOST_AROUND,
            at: |series| &mut series.around,
        }),
    },
    Parameter {
        name: "stack",
        label: "叠加",
        taken_by: &[RequestKind::Trends],
        doc: "true: a series for each name that the thesaurus has for a query, without overlaps, so that a rename is no decline.",
        zh: "true 表示把一个词的各种说法叠在一起，改名不致看成减少",
        example: "true",
        at: PartPlace::Series(ValuePlace::Flag(|series| &mut series.stack)),
    },
    Parameter {
        name: "as_of",
        label: "答案编号",
        taken_by: &[RequestKind::Trends],
        doc: "The id of an earlier answer: it is given again as it was, with what has changed since; or a `generation`: the numbers of that state.",
        zh: "以前答案的编号：照原样再算一遍，并列出之后的变化；或一个 generation：那个状态下的数字",
        example: "",
        at: PartPlace::Series(ValuePlace::Token(|series| &mut series.as_of)),
    },
    Parameter {
        name: "versus_from",
        label: "对照从",
        taken_by: &[RequestKind::Terms],
        doc: "Compare with the articles from this day, month or year on.",
        zh: "对照的起始日期",
        example: "2012",
        at: PartPlace::Terms(ValuePlace::PeriodStart(|terms| &mut terms.versus_from)),
    },
    Parameter {
        name: "versus_to",
        label: "对照到",
        taken_by: &[RequestKind::Terms],
        doc: "Compare with the articles up to this day, month or year.",
        zh: "对照的截止日期",
        example: "2013",
        at: PartPlace::Terms(ValuePlace::PeriodEnd(|terms| &mut terms.versus_to)),
    },
    Parameter {
        name: "versus_region",
        label: "对照地区",
        taken_by: &[RequestKind::Terms],
        doc: "Compare with the articles of this region, by code or name.",
        zh: "对照的地区",
        example: "安徽",
        at: PartPlace::Terms(ValuePlace::Region(|terms| &mut terms.versus_region)),
    },
    Parameter {
        name: "window",
        label: "邻近字数",
        taken_by: &[RequestKind::Terms],
        doc: "Units (characters) on each side of a match that are near it, 1 to 50; 10 unless given.",
        zh: "匹配处左右多少字以内算邻近，1 到 50",
        example: "10",
        at: PartPlace::Terms(ValuePlace::OptionalInteger {
            least: 1,
            most: WIDEST_WINDOW,
            at: |terms| &mut terms.window,
        }),
    },
    Parameter {
        name: "fewest",
        label: "最少篇数",
        taken_by: &[RequestKind::Terms],
        doc: "Articles that must have a word; 5 unless given.",
        zh: "一个词至少出现在多少篇中",
        example: "3",
        at: PartPlace::Terms(ValuePlace::Integer { least: 1, most: 1_000_000, at: |terms| &mut terms.fewest }),
    },
    Parameter {
        name: "limit",
        label: "词数",
        taken_by: &[RequestKind::Terms],
        doc: "Words of each list, 1 to 500; 50 unless given.",
        zh: "每个词表的词数，1 到 500",
        example: "20",
        at: PartPlace::Terms(ValuePlace::Integer { least: 1, most: MOST_TERMS, at: |terms| &mut terms.limit }),
    },
    Parameter {
        name: "order",
        label: "排列",
        taken_by: &[RequestKind::Concordance],
        doc: "Order of the lines: date, left (by what stands before the match) or right (by what stands behind it).",
        zh: "排列：date（日期）、left（左文）或 right（右文）",
        example: "right",
        at: PartPlace::Concordance(ValuePlace::Choice(LINE_ORDERS, |lines| &mut lines.order)),
    },
    Parameter {
        name: "width",
        label: "左右字数",
        taken_by: &[RequestKind::Concordance],
        doc: "Characters on each side of a match, 1 to 200; 20 unless given.",
        zh: "左右各取多少字，1 到 200",
        example: "30",
        at: PartPlace::Concordance(ValuePlace::Integer { least: 1, most: MAX_WIDTH, at: |lines| &mut lines.width }),
    },
    Parameter {
        name: "limit",
        label: "行数",
        taken_by: &[RequestKind::Concordance],
        doc: "Lines to give, 1 to 1000; 100 unless given.",
        zh: "行数，1 到 1000",
        example: "50",
        at: PartPlace::Concordance(ValuePlace::Integer { least: 1, most: MAX_LINES, at: |lines| &mut lines.limit }),
    },
    Parameter {
        name: "skip",
        label: "跳过行数",
        taken_by: &[RequestKind::Concordance],
        doc: "Lines to leave out at the beginning.",
        zh: "跳过前面多少行",
        example: "100",
        at: PartPlace::Concordance(ValuePlace::Integer { least: 0, most: MOST_LINES, at: |lines| &mut lines.skip }),
    },
    Parameter {
        name: "measure",
        label: "数什么",
        taken_by: &[RequestKind::Amounts],
        doc: "What is counted: yuan, person or household.",
        zh: "数什么：yuan（金额）、person（人数）或 household（户数）",
        example: "yuan",
        at: PartPlace::Amounts(ValuePlace::Choice(MEASURES, |amounts| &mut amounts.measure)),
    },
    Parameter {
        name: "what",
        label: "所指名词",
        taken_by: &[RequestKind::Amounts],
        doc: "Only numbers whose noun holds this text, such as 慰问金.",
        zh: "数字所指的名词，如 慰问金",
        example: "慰问金",
        at: PartPlace::Amounts(ValuePlace::Text(|amounts| &mut amounts.what)),
    },
    Parameter {
        name: "limit",
        label: "句子数",
        taken_by: &[RequestKind::Amounts],
        doc: "Sentences to give, 0 to 20000; 1000 unless given.",
        zh: "列出多少个句子，0 到 20000",
        example: "100",
        at: PartPlace::Amounts(ValuePlace::Integer {
            least: 0,
            most: MOST_SENTENCES,
            at: |amounts| &mut amounts.limit,
        }),
    },
    Parameter {
        name: "from",
        label: "日期从",
        taken_by: ALL,
        doc: "First day, month or year.",
        zh: "起始日期，写作 2014、2014-04 或 2014-04-29",
        example: "2014-01",
        at: PartPlace::Filters(ValuePlace::PeriodStart(|filters| &mut filters.from)),
    },
    Parameter {
        name: "to",
        label: "日期到",
        taken_by: ALL,
        doc: "Last day, month or year.",
        zh: "截止日期，写作 2014、2014-04 或 2014-04-29，不早于起始日期",
        example: "2014-12-31",
        at: PartPlace::Filters(ValuePlace::PeriodEnd(|filters| &mut filters.to)),
    },
    Parameter {
        name: "date",
        label: "日期",
        taken_by: SELECTING,
        doc: "`undated`: only articles without a date; `!undated`: only dated ones.",
        zh: "只取 undated（日期不详）或 !undated，且不与起止日期同用",
        example: "undated",
        at: PartPlace::Filters(ValuePlace::Choice(DATE_CHOICES, |filters| &mut filters.date)),
    },
    Parameter {
        name: "region",
        label: "地区",
        taken_by: SELECTING,
        doc: "Code or name of a province, prefecture or county, with all below it; ! before it excludes.",
        zh: "省、市、县的全名、简称或行政区划代码；重名的写成 江苏省/南京市/鼓楼区",
        example: "福建省/厦门市",
        at: PartPlace::Filters(ValuePlace::List(Facet::Region, |filters| &mut filters.region)),
    },
    Parameter {
        name: "topic",
        label: "主题",
        taken_by: SELECTING,
        doc: "Field of union work; ! before it excludes.",
        zh: "十六个主题之一，如 送温暖、维权、帮扶",
        example: "送温暖",
        at: PartPlace::Filters(ValuePlace::List(Facet::Topic, |filters| &mut filters.topic)),
    },
    Parameter {
        name: "paper",
        label: "报纸",
        taken_by: ALL,
        doc: "Newspaper, by name or short name; ! before it excludes.",
        zh: "报纸名称",
        example: "鹭岛职工报",
        at: PartPlace::Filters(ValuePlace::List(Facet::Paper, |filters| &mut filters.paper)),
    },
    Parameter {
        name: "page",
        label: "版",
        taken_by: SELECTING,
        doc: "Page 版; ! before it excludes.",
        zh: "版次，如 1、A2",
        example: "1",
        at: PartPlace::Filters(ValuePlace::List(Facet::Page, |filters| &mut filters.page)),
    },
    Parameter {
        name: "kind",
        label: "类型",
        taken_by: SELECTING,
        doc: "news, brief, photo, opinion, feature, speech or continuation; ! before it excludes.",
        zh: "news、brief、photo、opinion、feature、speech、continuation 之一",
        example: "news",
        at: PartPlace::Filters(ValuePlace::List(Facet::Kind, |filters| &mut filters.kind)),
    },
    Parameter {
        name: "byline",
        label: "署名",
        taken_by: SELECTING,
        doc: "Name of a reporter, correspondent, photographer, author, illustrator or translator; ! before it excludes.",
        zh: "作者、记者、通讯员或摄影者姓名",
        example: "陈长泰",
        at: PartPlace::Filters(ValuePlace::List(Facet::Byline, |filters| &mut filters.byline)),
    },
    Parameter {
        name: "union_body",
        label: "工会组织",
        taken_by: SELECTING,
        doc: "Full name of a union body that the article names; ! before it excludes.",
        zh: "文中提到的工会组织全称，如 厦门市总工会",
        example: "厦门市总工会",
        at: PartPlace::Filters(ValuePlace::List(Facet::Body, |filters| &mut filters.union_body)),
    },
    Parameter {
        name: "date_confidence",
        label: "日期把握",
        taken_by: SELECTING,
        doc: "How sure the date must be, 0 to 1: `0.9` at least, `<0.9` below; undated articles do not match.",
        zh: "日期至少多有把握，0 到 1；写作 <0.9 则只要低于它的；日期不详的不算",
        example: "0.9",
        at: PartPlace::Filters(ValuePlace::Confidence(InferredField::Date, |filters| &mut filters.date_confidence)),
    },
    Parameter {
        name: "region_confidence",
        label: "地区把握",
        taken_by: SELECTING,
        doc: "How sure the place must be, 0 to 1: `0.9` at least, `<0.9` below; of those that `region` accepts where it is given.",
        zh: "地区至少多有把握，0 到 1；写作 <0.9 则只要低于它的；给了地区时看所给的地区",
        example: "0.9",
        at: PartPlace::Filters(ValuePlace::Confidence(InferredField::Region, |filters| &mut filters.region_confidence)),
    },
    Parameter {
        name: "topic_confidence",
        label: "主题把握",
        taken_by: SELECTING,
        doc: "How sure the topic must be, 0 to 1: `0.9` at least, `<0.9` below; of those that `topic` accepts where it is given.",
        zh: "主题至少多有把握，0 到 1；写作 <0.9 则只要低于它的；给了主题时看所给的主题",
        example: "0.9",
        at: PartPlace::Filters(ValuePlace::Confidence(InferredField::Topic, |filters| &mut filters.topic_confidence)),
    },
    #[cfg(test)]
    Parameter {
        name: "made_up",
        label: "虚构条件",
        taken_by: SELECTING,
        doc: "A filter that only tests have.",
        zh: "只有测试才有的条件",
        example: "厦门市",
        at: PartPlace::Filters(ValuePlace::List(Facet::Prefecture, |filters| &mut filters.made_up)),
    },
    Parameter {
        name: "today",
        label: "当天",
        taken_by: SELECTING,
        doc: "The day that words like 去年 and 上个月 in the query count from; the present day unless given.",
        zh: "查询中“去年”“上个月”等从哪一天算起，写作 2014-04-29",
        example: "2014-04-29",
        at: PartPlace::Reading(ValuePlace::Day(|reading| &mut reading.today)),
    },
    Parameter {
        name: "expand",
        label: "同义说法",
        taken_by: SELECTING,
        doc: "true: terms also stand for their other names (困难职工, 特困职工) and for other ways to write their numbers.",
        zh: "true 表示同时查同义说法和数字的其他写法",
        example: "true",
        at: PartPlace::Reading(ValuePlace::Flag(|reading| &mut reading.expand)),
    },
    Parameter {
        name: "explain",
        label: "说明",
        taken_by: &[RequestKind::Search],
        doc: "true: tell how the query was read, what each part and each filter finds, and what would help.",
        zh: "true 表示说明查询如何理解、每个词和条件各有多少篇",
        example: "true",
        at: PartPlace::Answer(ValuePlace::Flag(|answer| &mut answer.explain)),
    },
    Parameter {
        name: "once",
        label: "同文只计一次",
        taken_by: SELECTING,
        doc: "true: of the printings of one text only the first that passes the filters counts, in hits, totals and facets.",
        zh: "true 表示同文只计一次：多处刊登的同一篇只算筛选范围内最早的一篇",
        example: "true",
        at: PartPlace::Reading(ValuePlace::Flag(|reading| &mut reading.once)),
    },
    Parameter {
        name: "sort",
        label: "排序",
        taken_by: &[RequestKind::Search],
        doc: "relevance, newest, oldest, or least_sure: the articles first whose date, place, topics or cut are least sure.",
        zh: "relevance（相关）、newest（最新）、oldest（最早）或 least_sure（最没把握的在前）",
        example: "newest",
        at: PartPlace::Paging(ValuePlace::Choice(SORTS, |paging| &mut paging.sort)),
    },
    Parameter {
        name: "limit",
        label: "每页篇数",
        taken_by: &[RequestKind::Search],
        doc: "Hits on a page, 1 to 100; 20 unless given.",
        zh: "每页篇数，1 到 100",
        example: "20",
        at: PartPlace::Paging(ValuePlace::Integer { least: 1, most: MAX_LIMIT, at: |paging| &mut paging.limit }),
    },
    Parameter {
        name: "cursor",
        label: "翻页位置",
        taken_by: &[RequestKind::Search],
        doc: "Where to go on: `next_cursor` of the answer before.",
        zh: "上一页给出的 next_cursor，与原查询一同使用",
        example: "",
        at: PartPlace::Paging(ValuePlace::Token(|paging| &mut paging.cursor)),
    },
    Parameter {
        name: "facets",
        label: "统计项目",
        taken_by: &[RequestKind::Search],
        doc: "Values to count: year, ym, province, prefecture, county, topic, paper, page, kind, byline, union_body; several with commas.",
        zh: "要统计的项目",
        example: "year,topic",
        at: PartPlace::Answer(ValuePlace::Facets(|answer| &mut answer.facets)),
    },
    Parameter {
        name: "fields",
        label: "返回字段",
        taken_by: &[RequestKind::Search],
        doc: "Fields of a hit to give, several with commas; all unless given.",
        zh: "要返回的字段",
        example: "id,title",
        at: PartPlace::Answer(ValuePlace::Fields(|answer| &mut answer.fields)),
    },
];

/// The parameters of a kind of request, in the order of help.
pub fn parameters_of(request: RequestKind) -> impl Iterator<Item = &'static Parameter> + Clone {
    PARAMETERS.iter().filter(move |row| row.is_taken_by(request))
}

/// The label of a value of a parameter that is one of a few names; the name itself where it has none.
pub fn choice_label(parameter: &str, name: &'static str) -> &'static str {
    let labels = PARAMETERS.iter().filter(|row| row.name == parameter).find_map(|row| match row.kind() {
        ValueKind::Choice(names) => names.iter().find(|(known, _)| *known == name),
        _ => None,
    });
    labels.map_or(name, |(_, label)| *label)
}

/// The parameters that filter articles, with their places.
pub(in crate::archive) fn filters() -> impl Iterator<Item = (&'static Parameter, &'static ValuePlace<Filters>)> {
    PARAMETERS.iter().filter_map(|row| match &row.at {
        PartPlace::Filters(place) => Some((row, place)),
        _ => None,
    })
}

/// What a word before a colon may be in a query text, beside the names of fields of text: a filter by its name or label.
pub(in crate::archive) fn filter_fields() -> impl Iterator<Item = (&'static str, Facet)> {
    let lists = filters().filter_map(|(row, place)| match place {
        ValuePlace::List(facet, _) => Some((row, *facet)),
        _ => None,
    });
    lists.flat_map(|(row, facet)| [(row.label, facet), (row.name, facet)])
}

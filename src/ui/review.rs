//! Labelling articles in the browser: pages of their own, without links to others. Addresses are told relative to the
//! page's own, so that the secret part of them is known to the server alone.
//!
//! How sure the program is of a value is not shown: a person should look at the text, not at that.

use super::{assets, words};
use crate::archive::ArticleReply;
use crate::model::{BorderVerdict, PredictedByline, Prediction, Story};
use crate::review::{FormError, FormState, MOST_TOPICS, ReviewItem, ReviewSession, topic_ids};
use askama::Template;

/// A paragraph, subhead or caption: runs of text, each with whether it is grafted in.
pub(super) struct ReviewParagraph {
    subhead: bool,
    caption: bool,
    runs: Vec<(String, bool)>,
}

/// A choice of a field.
pub(super) struct ReviewChoice {
    value: &'static str,
    text: &'static str,
    checked: bool,
}

/// A field of the form.
pub(super) struct ReviewRow {
    /// Its name in the form.
    name: &'static str,
    /// What a person reads.
    text: &'static str,
    /// The key that leads to it.
    key: usize,
    /// What the program says.
    said: String,
    /// Choices without a text.
    choices: Vec<ReviewChoice>,
    /// The choice that something is written for, and what is.
    other: Option<ReviewInput>,
    fault: Option<String>,
}

/// What is written where the program is wrong.
pub(super) struct ReviewInput {
    checked: bool,
    name: String,
    value: String,
    hint: &'static str,
    /// Topics to choose from: for each place its name, and each topic with whether it is chosen.
    menus: Vec<TopicMenu>,
}

/// A list to choose a topic from.
pub(super) struct TopicMenu {
    name: String,
    text: String,
    options: Vec<(&'static str, bool)>,
}

/// The page.
#[derive(Template)]
#[template(path = "review.html")]
pub(super) struct ReviewPage {
    title: String,
    number: usize,
    of: usize,
    done: usize,
    place: String,
    source: String,
    column: String,
    group: String,
    kicker: String,
    headline: String,
    subtitle: String,
    byline: String,
    body: Vec<ReviewParagraph>,
    before: Option<String>,
    after: Option<String>,
    rows: Vec<ReviewRow>,
    seen: String,
    /// What is wrong with the form as a whole.
    fault: Option<String>,
}

impl ReviewPage {
    /// The page of an article with its form.
    pub(super) fn new(sheet: &ReviewItem) -> Self {
        let article = &sheet.reply.article;
        let (story, metadata) = (&article.story, &article.metadata);
        let page = if metadata.page.is_empty() { String::new() } else { words::page(&metadata.page) };
        let place = [metadata.paper.name.clone(), page, words::kind(story.kind).to_owned()];
        Self {
            title: format!("标注 {}/{} · 报库", sheet.number, sheet.of),
            number: sheet.number,
            of: sheet.of,
            done: sheet.done,
            place: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            source: format!("{}，第 {} 行起", article.place.source, article.place.line),
            column: story.column.clone(),
            group: story.group.clone(),
            kicker: story.kicker.clone(),
            headline: story.title.clone(),
            subtitle: story.subtitle.clone(),
            byline: story.byline.clone(),
            body: paragraphs(story),
            before: sheet.reply.previous.as_ref().map(|(_, name)| name.clone()),
            after: sheet.reply.next.as_ref().map(|(_, name)| name.clone()),
            rows: rows(sheet),
            seen: sheet.seen.clone(),
            fault: sheet.faults.first().map(whole_fault),
        }
    }
}

fn paragraphs(story: &Story) -> Vec<ReviewParagraph> {
    let passages = story.body.iter().map(|passage| (passage, false));
    let captions = story.captions.iter().map(|passage| (passage, true));
    let paragraph = |(passage, caption): (&crate::model::Passage, bool)| ReviewParagraph {
        subhead: passage.subhead,
        caption,
        runs: passage.parts().into_iter().map(|(text, owner)| (text.to_owned(), owner.is_some())).collect(),
    };
    passages.chain(captions).filter(|(passage, _)| !passage.text.is_empty()).map(paragraph).collect()
}

fn rows(sheet: &ReviewItem) -> Vec<ReviewRow> {
    let (said, filled) = (&sheet.said, &sheet.filled);
    let fault = |is: fn(&FormError) -> bool| sheet.faults.iter().find(|fault| is(fault)).map(fault_words);
    vec![
        ReviewRow { fault: fault(|fault| matches!(fault, FormError::Date(_))), ..date_row(said, filled) },
        ReviewRow {
            fault: fault(|fault| matches!(fault, FormError::Region(_) | FormError::SeveralRegions(_))),
            ..region_row(said, filled)
        },
        ReviewRow { fault: fault(|fault| matches!(fault, FormError::Topic(_))), ..topic_row(said, filled) },
        ReviewRow { fault: fault(|fault| matches!(fault, FormError::Bylines(_))), ..byline_row(said, filled) },
        border_row(&sheet.reply, filled),
    ]
}

fn choices(chosen: &str, all: &[(&'static str, &'static str)]) -> Vec<ReviewChoice> {
    all.iter().map(|(value, text)| ReviewChoice { value, text, checked: *value == chosen }).collect()
}

/// What is chosen without writing anything.
const PLAIN: [(&str, &str); 2] = [("right", "对"), ("unknown", "看不出")];

fn date_row(said: &Prediction, filled: &FormState) -> ReviewRow {
    ReviewRow {
        name: "date",
        text: "见报日期",
        key: 1,
        said: words::date(said.date.span.as_ref(), said.date.source),
        choices: choices(&filled.date, &PLAIN),
        other: Some(ReviewInput {
            checked: filled.date == "other",
            name: "date_is".into(),
            value: filled.date_is.clone(),
            hint: "如 2014-04-29、2014-04、2014",
            menus: Vec::new(),
        }),
        fault: None,
    }
}

fn region_row(said: &Prediction, filled: &FormState) -> ReviewRow {
    let place = said.region.as_ref().map(|region| region.path.concat());
    ReviewRow {
        name: "region",
        text: "讲的是哪里",
        key: 2,
        said: place.unwrap_or_else(|| "全国，或没有主要地点".to_owned()),
        choices: choices(&filled.region, &[PLAIN[0], ("none", "全国、多地或没有"), PLAIN[1]]),
        other: Some(ReviewInput {
            checked: filled.region == "other",
            name: "region_is".into(),
            value: filled.region_is.clone(),
            hint: "如 河南省/焦作市",
            menus: Vec::new(),
        }),
        fault: None,
    }
}

fn topic_row(said: &Prediction, filled: &FormState) -> ReviewRow {
    let ids: Vec<&str> = said.topics.iter().map(|topic| topic.id.as_str()).collect();
    ReviewRow {
        name: "topics",
        text: "主题",
        key: 3,
        said: if ids.is_empty() { "无".into() } else { ids.join("、") },
        choices: choices(&filled.topics, &PLAIN),
        other: Some(ReviewInput {
            checked: filled.topics == "other",
            name: String::new(),
            value: String::new(),
            hint: "",
            menus: (0..MOST_TOPICS).map(|at| menu(at, &filled.topics_are[at])).collect(),
        }),
        fault: None,
    }
}

fn menu(at: usize, chosen: &str) -> TopicMenu {
    TopicMenu {
        name: format!("topic{}", at + 1),
        text: format!("第 {} 个主题", at + 1),
        options: topic_ids().map(|id| (id, id == chosen)).collect(),
    }
}

fn byline_row(said: &Prediction, filled: &FormState) -> ReviewRow {
    ReviewRow {
        name: "bylines",
        text: "署名",
        key: 4,
        said: if said.bylines.is_empty() { "无".into() } else { names(&said.bylines) },
        choices: choices(&filled.bylines, &PLAIN),
        other: Some(ReviewInput {
            checked: filled.bylines == "other",
            name: "bylines_are".into(),
            value: filled.bylines_are.clone(),
            hint: "如 记者 张三、李四 摄影 王五",
            menus: Vec::new(),
        }),
        fault: None,
    }
}

/// Names after their roles.
fn names(names: &[PredictedByline]) -> String {
    let group = |group: &[PredictedByline]| {
        let names: Vec<&str> = group.iter().map(|one| one.name.as_str()).collect();
        group.first().map(|first| format!("{} {}", words::role(first.role), names.join("、"))).unwrap_or_default()
    };
    names.chunk_by(|a, b| a.role == b.role).map(group).collect::<Vec<_>>().join("　")
}

fn border_row(reply: &ArticleReply, filled: &FormState) -> ReviewRow {
    let all = [
        (BorderVerdict::Whole.name(), "完整的一篇"),
        (BorderVerdict::Cut.name(), "切错了，缺一部分"),
        (BorderVerdict::Joined.name(), "混进了别的稿子"),
        ("unknown", "看不出"),
    ];
    ReviewRow {
        name: "border",
        text: "切分",
        key: 5,
        said: format!("{} 字，{} 段", reply.article.characters(), reply.article.story.body.len()),
        choices: choices(&filled.border, &all),
        other: None,
        fault: None,
    }
}

/// Why nothing was saved.
fn whole_fault(fault: &FormError) -> String {
    match fault {
        FormError::Changed => fault_words(fault),
        _ => "还没有保存：请改正下面标出的地方。".into(),
    }
}

/// What is wrong, and what to write.
fn fault_words(fault: &FormError) -> String {
    match fault {
        FormError::Changed => "还没有保存：索引刚刚更新，下面是新的判断，请再看一遍。".into(),
        FormError::Date(text) => format!("“{text}”不是日期，请写成 2014-04-29、2014-04 或 2014。"),
        FormError::Region(text) if text.is_empty() => "请写出地名；若不是某一个地方，请选“全国、多地或没有”。".into(),
        FormError::Region(text) => format!("没有名为“{text}”的地方，请写成 河南省/焦作市，或写行政区划代码。"),
        FormError::SeveralRegions(places) => format!("有几处同名，请写明是哪一处：{}。", places.join("、")),
        FormError::Topic(text) => format!("没有名为“{text}”的主题，请从列表里选。"),
        FormError::Bylines(text) => {
            format!("“{text}”读不懂，请先写身份再写姓名（最多五十人），如 记者 张三、李四 摄影 王五。")
        }
    }
}

/// The page at the end.
#[derive(Template)]
#[template(path = "review_end.html")]
pub(super) struct ReviewEndPage {
    title: String,
    of: usize,
    done: usize,
    next: Option<usize>,
}

impl ReviewEndPage {
    /// The end of a sitting at a desk.
    pub(super) fn new(desk: &ReviewSession) -> Self {
        Self { title: "标注完毕 · 报库".into(), of: desk.count(), done: desk.done(), next: desk.next() }
    }
}

/// The page for what went wrong.
#[derive(Template)]
#[template(path = "review_fault.html")]
pub(super) struct ReviewErrorPage {
    title: String,
    status: u16,
    heading: String,
    detail: String,
    of: usize,
    done: usize,
}

impl ReviewErrorPage {
    /// The page for a status.
    pub(super) fn new(status: u16, heading: &str, detail: &str) -> Self {
        let title = format!("{heading} · 报库");
        Self { title, status, heading: heading.to_owned(), detail: detail.to_owned(), of: 0, done: 0 }
    }
}

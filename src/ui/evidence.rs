//! Why the archive believes what it says of an article.

use super::url;
use super::words;
use crate::messages;
use crate::model::{Article, CutReason, DateInfo, DateSource, Evidence};

/// A piece of evidence.
pub(super) struct EvidenceLine {
    pub(super) rule: String,
    pub(super) quote: String,
    pub(super) block: Option<u32>,
}

/// A value with its evidence.
pub(super) struct EvidenceRow {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) source: String,
    pub(super) confidence: String,
    pub(super) lines: Vec<EvidenceLine>,
}

/// A plain fact about where the article comes from.
pub(super) struct SourceFact {
    pub(super) name: &'static str,
    pub(super) text: String,
    pub(super) href: Option<String>,
}

impl SourceFact {
    fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), href: None }
    }
}

fn lines(evidence: &[Evidence]) -> Vec<EvidenceLine> {
    let line = |one: &Evidence| EvidenceLine {
        rule: messages::rule(&one.rule).to_owned(),
        quote: one.quote.clone(),
        block: one.block,
    };
    evidence.iter().map(line).collect()
}

/// The rules of the evidence, each once: what an inferred value was taken from.
fn sources(evidence: &[Evidence]) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for one in evidence {
        let rule = messages::rule(&one.rule);
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    if rules.is_empty() { "—".into() } else { rules.join("、") }
}

fn inferred(name: &'static str, value: String, confidence: Option<f32>, evidence: &[Evidence]) -> EvidenceRow {
    EvidenceRow {
        name,
        value,
        source: sources(evidence),
        confidence: confidence.map_or_else(|| "—".into(), words::confidence),
        lines: lines(evidence),
    }
}

fn absent(name: &'static str, value: &str) -> EvidenceRow {
    inferred(name, value.to_owned(), None, &[])
}

/// What the program had found where an editor corrected it.
fn inferred_before(article: &Article, field: &str) -> Option<EvidenceLine> {
    let corrected = article.metadata.corrected.iter().find(|corrected| corrected.field == field)?;
    let quote = if corrected.inferred.is_empty() { "无" } else { corrected.inferred.as_str() };
    Some(EvidenceLine { rule: "程序原先的结论".into(), quote: quote.to_owned(), block: None })
}

/// Marks the first row of a field that an editor corrected.
fn mark(rows: &mut [EvidenceRow], article: &Article, field: &str, name: &str) {
    let line = inferred_before(article, field);
    if let (Some(line), Some(row)) = (line, rows.iter_mut().find(|row| row.name == name)) {
        row.source = words::date_source(DateSource::Editor).into();
        row.lines.push(line);
    }
}

fn date(date: &DateInfo) -> EvidenceRow {
    let confidence = date.span.map(|_| date.confidence);
    EvidenceRow {
        source: words::date_source(date.source).into(),
        ..inferred("日期", words::date(date.span.as_ref(), date.source), confidence, &date.evidence)
    }
}

/// The table: date, regions, topics, bylines, cut.
pub(super) fn rows(article: &Article) -> Vec<EvidenceRow> {
    let (story, metadata) = (&article.story, &article.metadata);
    let mut rows = vec![date(&metadata.date)];
    if metadata.regions.is_empty() {
        rows.push(absent("地区", "全国（未认出具体地区）"));
    }
    for region in &metadata.regions {
        let value = format!("{}（{}）", region.path.concat(), region.code);
        rows.push(inferred("地区", value, Some(region.confidence), &region.evidence));
    }
    if metadata.topics.is_empty() {
        rows.push(absent("主题", "未归入主题"));
    }
    for topic in &metadata.topics {
        rows.push(inferred("主题", topic.id.clone(), Some(topic.confidence), &topic.evidence));
    }
    if metadata.bylines.is_empty() {
        rows.push(absent("署名", "未见署名"));
    }
    for byline in &metadata.bylines {
        let office = if byline.office { "（单位）" } else { "" };
        let value = format!("{} {}{office}", words::role(byline.role), byline.name);
        rows.push(inferred("署名", value, None, std::slice::from_ref(&byline.evidence)));
    }
    for (field, name) in [("date", "日期"), ("region", "地区"), ("topics", "主题")] {
        mark(&mut rows, article, field, name);
    }
    if let Some(line) = inferred_before(article, "title") {
        let source = words::date_source(DateSource::Editor).into();
        rows.push(EvidenceRow { source, lines: vec![line], ..absent("标题", &story.title) });
    }
    let reason =
        |reason: &CutReason| EvidenceLine { rule: String::new(), quote: messages::cut_reason(reason), block: None };
    let from_page = story.first_block() > 0;
    rows.push(EvidenceRow {
        name: "切分",
        value: words::kind(story.kind).into(),
        source: if from_page { "版面切分" } else { "条目" }.into(),
        confidence: words::confidence(story.confidence),
        lines: story.reasons.iter().map(reason).collect(),
    });
    rows
}

/// Where the text stands: file, line, blocks, and what the source states of itself.
pub(super) fn facts(article: &Article) -> Vec<SourceFact> {
    let (story, place) = (&article.story, &article.place);
    let of = |passages: &[crate::model::Passage]| {
        words::blocks(&passages.iter().flat_map(|passage| passage.blocks.iter().copied()).collect::<Vec<u32>>())
    };
    let mut facts = vec![
        SourceFact::new("来源文件", place.source.to_string()),
        SourceFact::new("起始行", format!("第 {} 行", place.line)),
        SourceFact::new("标题等所在块", words::blocks(&story.head_blocks)),
        SourceFact::new("正文所在块", of(&story.body)),
        SourceFact::new("图片说明所在块", of(&story.captions)),
    ];
    facts.push(SourceFact::new("署名原文", story.byline.replace('\n', "；")));
    let given = &story.given;
    facts.push(SourceFact::new("来源编号", given.id.clone().unwrap_or_default()));
    facts.push(SourceFact::new("原始来源", given.source.clone().unwrap_or_default()));
    facts.push(SourceFact::new("权利", given.rights.clone().unwrap_or_default()));
    let address = given.url.clone().unwrap_or_default();
    facts.push(SourceFact { href: url::web(&address).map(str::to_owned), ..SourceFact::new("原文地址", address) });
    facts.extend(given.extra.iter().map(|(name, json)| SourceFact::new("其他字段", format!("{name} = {json}"))));
    facts.retain(|fact| !fact.text.is_empty());
    facts
}

//! What a caller sees: JSON types, separate from the model, converted from it here and nowhere else. `baoku search` and
//! `baoku inspect` print the same.

use crate::archive::{
    ArticleLink, ArticleReply, ExplainedPart, Explanation, FacetValue, Reprint, ReprintCluster, SearchHit, SearchReply,
    Snippet, Suggestion, TermVariants, Warning,
};
use crate::messages;
use crate::model::{
    Amount, AppliedCorrection, Article, ArticleId, Byline, DateInfo, DateSpan, EventDate, Evidence, Graft,
    IndexedArticle, Passage, RegionInfo, RegionMention, Relation, TextField, TopicInfo, UnionBody,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Serialize)]
struct PassageJson<'a> {
    text: &'a str,
    blocks: &'a [u32],
    /// For a subhead: the number, from 0, of the paragraph it stands above.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grafts: Vec<GraftJson>,
}

/// A run that belongs to another block; code points.
#[derive(Serialize)]
pub(super) struct GraftJson {
    start: usize,
    end: usize,
    owner_block: u32,
}

pub(super) fn grafts(grafts: &[Graft]) -> Vec<GraftJson> {
    grafts.iter().map(|graft| GraftJson { start: graft.start, end: graft.end, owner_block: graft.owner }).collect()
}

#[derive(Serialize)]
struct BylineJson<'a> {
    name: &'a str,
    role: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    office: bool,
}

#[derive(Serialize)]
pub(super) struct DateJson {
    best: Option<String>,
    p_day: Option<f64>,
    p_month: Option<f64>,
    p_year: Option<f64>,
    candidates: Vec<CandidateJson>,
    earliest: Option<String>,
    latest: Option<String>,
    precision: &'static str,
    source: &'static str,
    confidence: f64,
    evidence: Vec<String>,
}

#[derive(Serialize)]
struct CandidateJson {
    day: String,
    p: f64,
}

#[derive(Serialize)]
struct RegionJson<'a> {
    code: &'a str,
    path: &'a [String],
    confidence: f64,
    evidence: Vec<String>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    confidence: f64,
    evidence: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ArticleJson<'a> {
    id: ArticleId,
    kind: &'static str,
    column: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'a str,
    kicker: &'a str,
    title: &'a str,
    subtitle: &'a str,
    byline: &'a str,
    head_blocks: &'a [u32],
    paragraphs: Vec<PassageJson<'a>>,
    subheads: Vec<PassageJson<'a>>,
    captions: Vec<PassageJson<'a>>,
    bylines: Vec<BylineJson<'a>>,
    date: DateJson,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    event_dates: Vec<Value>,
    regions: Vec<RegionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_place: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Value>,
    union_bodies: Vec<Value>,
    amounts: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<Value>,
    topics: Vec<TopicJson<'a>>,
    reasons: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Value>,
    cut: Value,
    paper: Value,
    page: &'a str,
    source: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, Value>,
}

/// Two decimals are what a confidence is good for.
pub(super) fn rounded(confidence: f32) -> f64 {
    rounded_to(f64::from(confidence), 2)
}

/// A probability of days, of which many are small.
fn share(probability: f32) -> f64 {
    rounded_to(f64::from(probability), 3)
}

/// A number with so many decimals.
pub(super) fn rounded_to(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}

fn lines(evidence: &[Evidence]) -> Vec<String> {
    evidence.iter().map(Evidence::line).collect()
}

fn passage(passage: &Passage) -> PassageJson<'_> {
    PassageJson { text: &passage.text, blocks: &passage.blocks, before: None, grafts: grafts(&passage.grafts) }
}

fn subheads(body: &[Passage]) -> Vec<PassageJson<'_>> {
    let mut above = 0;
    let mut subheads = Vec::new();
    for passage in body {
        if passage.subhead {
            subheads.push(PassageJson { before: Some(above), ..self::passage(passage) });
        } else {
            above += 1;
        }
    }
    subheads
}

fn byline(byline: &Byline) -> BylineJson<'_> {
    BylineJson { name: &byline.name, role: byline.role.name(), office: byline.office }
}

pub(super) fn date(date: &DateInfo) -> DateJson {
    let best = date.best.as_ref();
    let candidates = best.into_iter().flat_map(|best| &best.candidates);
    DateJson {
        best: best.map(|best| best.day.to_string()),
        p_day: best.map(|best| share(best.p_day)),
        p_month: best.map(|best| share(best.p_month)),
        p_year: best.map(|best| share(best.p_year)),
        candidates: candidates.map(|(day, p)| CandidateJson { day: day.to_string(), p: share(*p) }).collect(),
        earliest: date.span.map(|span| span.earliest.to_string()),
        latest: date.span.map(|span| span.latest.to_string()),
        precision: date.precision().name(),
        source: date.source.name(),
        confidence: rounded(date.confidence),
        evidence: lines(&date.evidence),
    }
}

fn region(region: &RegionInfo) -> RegionJson<'_> {
    RegionJson {
        code: &region.code,
        path: &region.path,
        confidence: rounded(region.confidence),
        evidence: lines(&region.evidence),
    }
}

fn topic(topic: &TopicInfo) -> TopicJson<'_> {
    TopicJson { id: &topic.id, confidence: rounded(topic.confidence), evidence: lines(&topic.evidence) }
}

fn event_date(date: &EventDate) -> Value {
    let DateSpan { earliest, latest, precision } = date.span;
    json!({ "earliest": earliest, "latest": latest, "precision": precision.name(), "quote": date.quote, "block": date.block })
}

fn mention(mention: &RegionMention) -> Value {
    json!({ "code": mention.code, "path": mention.path, "evidence": mention.evidence.line() })
}

fn union_body(body: &UnionBody) -> Value {
    json!({ "name": body.name, "level": body.level.name(), "region": body.code, "evidence": body.evidence.line() })
}

fn amount(amount: &Amount) -> Value {
    json!({
        "value": amount.value,
        "unit": amount.measure.name(),
        "what": amount.what,
        "quote": amount.quote,
        "block": amount.block,
        "start": amount.start,
        "end": amount.end,
    })
}

fn corrected(corrected: &AppliedCorrection) -> Value {
    json!({ "field": corrected.field, "inferred": corrected.inferred })
}

fn relation(relation: &Relation) -> Value {
    let mut row = json!({ "kind": relation.kind.name(), "text": relation.text });
    if !relation.page.is_empty() {
        row["page"] = json!(relation.page);
    }
    row
}

fn bond(bond: &ArticleLink) -> Value {
    let mut row = relation(&bond.relation);
    row["articles"] = bond.articles.iter().map(neighbour).collect();
    row
}

fn neighbour(neighbour: &(ArticleId, String)) -> Value {
    json!({ "id": neighbour.0, "title": neighbour.1 })
}

pub(super) fn paper(article: &Article) -> Value {
    json!({ "id": article.metadata.paper.id, "name": article.metadata.paper.name })
}

pub(super) fn article_json(article: &Article) -> ArticleJson<'_> {
    let reasons: Vec<String> = article.story.reasons.iter().map(messages::cut_reason).collect();
    let (story, metadata, place) = (&article.story, &article.metadata, &article.place);
    let extra =
        story.given.extra.iter().map(|(name, text)| (name.as_str(), serde_json::from_str(text).unwrap_or(Value::Null)));
    ArticleJson {
        id: article.id,
        kind: story.kind.name(),
        column: &story.column,
        group: &story.group,
        kicker: &story.kicker,
        title: &story.title,
        subtitle: &story.subtitle,
        byline: &story.byline,
        head_blocks: &story.head_blocks,
        paragraphs: story.body.iter().filter(|p| !p.subhead).map(passage).collect(),
        subheads: subheads(&story.body),
        captions: story.captions.iter().map(passage).collect(),
        bylines: metadata.bylines.iter().map(byline).collect(),
        date: date(&metadata.date),
        event_dates: metadata.event_dates.iter().map(event_date).collect(),
        regions: metadata.regions.iter().map(region).collect(),
        no_place: metadata.no_place.as_ref().map(Evidence::line),
        mentions: metadata.mentions.iter().map(mention).collect(),
        union_bodies: metadata.bodies.iter().map(union_body).collect(),
        amounts: metadata.amounts.iter().map(amount).collect(),
        corrected: metadata.corrected.iter().map(corrected).collect(),
        topics: metadata.topics.iter().map(topic).collect(),
        relations: story.relations.iter().map(relation).collect(),
        cut: json!({ "confidence": rounded(story.confidence), "reason": reasons.first() }),
        reasons,
        paper: paper(article),
        page: &metadata.page,
        source: json!({ "root": place.source.root, "path": place.source.path, "line": place.line }),
        url: story.given.url.as_deref(),
        provenance: story.given.source.as_deref(),
        rights: story.given.rights.as_deref(),
        extra: extra.collect(),
    }
}

/// An article as a value, so that what tells of it elsewhere can be added.
pub(super) fn article_value(article: &Article) -> Value {
    json!(article_json(article))
}

pub(super) fn text(value: &impl Serialize, pretty: bool) -> String {
    let printed = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    printed.unwrap_or_else(|error| json!({ "error": error.to_string() }).to_string())
}

/// A line of `baoku export`: the article as [`article_reply`] gives it without its neighbours, its characters, and the
/// values that splits count it under.
pub fn exported(article: &Article, splits: &[(&str, Vec<String>)]) -> String {
    let mut row = json!(article_json(article));
    row["characters"] = json!(article.characters());
    row["splits"] = splits.iter().map(|(name, values)| ((*name).to_owned(), json!(values))).collect();
    text(&row, false)
}

/// What `baoku inspect --stage tokens --format json` prints: the token streams of each article's texts.
pub fn inspected_tokens(articles: &[IndexedArticle]) -> String {
    let stream = |tokens: &str| tokens.split_whitespace().map(Value::from).collect::<Value>();
    let row = |article: &IndexedArticle| {
        let mut row = json!({ "id": article.article.id });
        for field in TextField::ALL {
            let tokens = article.field(field);
            row[field.name()] = json!({ "grams": stream(&tokens.grams), "lexicon": stream(&tokens.lexicon), "words": stream(&tokens.words) });
        }
        row
    };
    text(&articles.iter().map(row).collect::<Vec<_>>(), true)
}

fn snippet(snippet: &Snippet) -> Value {
    let highlights: Vec<[usize; 2]> = snippet.highlights.iter().map(|(start, end)| [*start, *end]).collect();
    json!({ "field": snippet.field.name(), "text": snippet.text, "highlights": highlights })
}

fn hit(found: &SearchHit, fields: &[&str]) -> Value {
    let (article, story) = (&found.article, &found.article.story);
    let mut hit = Map::new();
    let mut put = |name: &str, value: Value| {
        if fields.is_empty() || fields.contains(&name) {
            hit.insert(name.to_owned(), value);
        }
    };
    put("id", json!(article.id));
    put("title", json!(story.title));
    put("kicker", json!(story.kicker));
    put("subtitle", json!(story.subtitle));
    put("column", json!(story.column));
    put("paper", json!(article.metadata.paper.name));
    put("page", json!(article.metadata.page));
    put("kind", json!(story.kind.name()));
    put("date", json!(date(&article.metadata.date)));
    put("regions", json!(article.metadata.regions.iter().map(region).collect::<Vec<_>>()));
    put("topics", json!(article.metadata.topics.iter().map(topic).collect::<Vec<_>>()));
    put("bylines", json!(article.metadata.bylines.iter().map(byline).collect::<Vec<_>>()));
    put("score", json!((f64::from(found.score) * 1000.0).round() / 1000.0));
    put("snippets", found.snippets.iter().map(snippet).collect());
    if !found.reprints.is_empty() {
        put("reprints", json!({ "count": found.reprints.len(), "articles": *found.reprints }));
    }
    Value::Object(hit)
}

fn facet_value(value: &FacetValue) -> Value {
    let mut row = json!({ "value": value.value, "count": value.count });
    if value.label != value.value {
        row["label"] = json!(value.label);
    }
    row
}

pub(super) fn warning(warning: &Warning) -> Value {
    let mut row = json!({ "code": warning.reason.code(), "message": messages::warning(&warning.reason).en });
    if let Some((start, end)) = warning.span {
        row["span"] = json!([start, end]);
    }
    row
}

/// What `GET /api/v1/articles` answers.
pub fn search(reply: &SearchReply, fields: &[&str], took: Duration) -> String {
    let facets =
        reply.facets.iter().map(|(facet, values)| (facet.name().to_owned(), values.iter().map(facet_value).collect()));
    let mut answer = json!({
        "total": { "value": reply.total, "relation": "eq" },
        "hits": reply.hits.iter().map(|found| hit(found, fields)).collect::<Vec<_>>(),
        "related": reply.related.iter().map(|found| hit(found, fields)).collect::<Vec<_>>(),
        "facets": facets.collect::<Map<String, Value>>(),
        "next_cursor": reply.next_cursor,
        "warnings": reply.warnings.iter().map(warning).collect::<Vec<_>>(),
        "read_as": reply.read_as,
        "generation": reply.generation,
        "took_ms": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    });
    if let Some(undated) = reply.undated {
        answer["undated"] = json!(undated);
    }
    if let Some(meant) = &reply.did_you_mean {
        answer["did_you_mean"] = json!({ "text": meant.text, "query": meant.query, "total": meant.total });
    }
    if let Some(explanation) = &reply.explanation {
        answer["explain"] = explain(explanation);
    }
    text(&answer, false)
}

fn explain(explanation: &Explanation) -> Value {
    let part = |part: &ExplainedPart| json!({ "text": part.text, "alone": part.alone, "without": part.without });
    let term = |term: &TermVariants| {
        let forms = term
            .variants
            .iter()
            .map(|form| json!({ "text": form.text, "from": form.years.0, "to": form.years.1, "hits": form.hits }));
        json!({ "text": term.text, "variants": forms.collect::<Vec<_>>() })
    };
    let change = explanation.change.as_ref().map(|change| {
        json!({ "kind": change.kind.name(), "text": change.text, "query": change.query, "total": change.total })
    });
    json!({
        "read_as": explanation.read_as,
        "clauses": explanation.clauses.iter().map(part).collect::<Vec<_>>(),
        "filters": explanation.filters.iter().map(part).collect::<Vec<_>>(),
        "variants": explanation.variants.iter().map(term).collect::<Vec<_>>(),
        "change": change,
    })
}

/// What `GET /api/v1/suggest` answers.
pub fn suggestions(suggestions: &[Suggestion]) -> String {
    let row = |one: &Suggestion| json!({ "text": one.text, "kind": one.kind.name(), "articles": one.articles });
    text(&json!({ "suggestions": suggestions.iter().map(row).collect::<Vec<_>>() }), false)
}

/// What `GET /api/v1/articles/{id}/similar` answers.
pub fn similar(articles: &[(Article, f32)]) -> String {
    let row = |(article, score): &(Article, f32)| {
        json!({
            "id": article.id,
            "title": article.name(),
            "paper": article.metadata.paper.name,
            "page": article.metadata.page,
            "date": date(&article.metadata.date),
            "score": (f64::from(*score) * 1000.0).round() / 1000.0,
        })
    };
    text(&json!({ "similar": articles.iter().map(row).collect::<Vec<_>>() }), false)
}

/// What `GET /api/v1/articles/{id}/reprints` answers.
pub fn reprints(family: Option<&ReprintCluster>) -> String {
    let row = |one: &Reprint| {
        json!({
            "id": one.id,
            "title": one.name,
            "paper": one.paper,
            "page": one.page,
            "date": one.date.map(|date| date.to_string()),
            "share": (one.share * 100.0).round() / 100.0,
            "cut": one.cut,
        })
    };
    let printings = family.map(|family| family.printings.iter().map(row).collect::<Vec<_>>()).unwrap_or_default();
    text(&json!({ "fullest": family.map(|family| family.fullest), "printings": printings }), false)
}

/// What `GET /api/v1/articles/{id}` answers.
pub fn article_reply(reply: &ArticleReply) -> String {
    let mut answer = json!(article_json(&reply.article));
    if !reply.bonds.is_empty() {
        answer["relations"] = reply.bonds.iter().map(bond).collect();
    }
    if !reply.article.place.page_key.is_empty() {
        answer["page_id"] = json!(reply.article.place.page_key);
    }
    answer["citation"] = json!({ "gbt7714": reply.citation });
    answer["permalink"] = json!(format!("/articles/{}", reply.article.id));
    answer["former_ids"] = json!(reply.article.former_ids);
    answer["page_articles"] = reply.page.iter().map(neighbour).collect();
    answer["previous"] = json!(reply.previous.as_ref().map(neighbour));
    answer["next"] = json!(reply.next.as_ref().map(neighbour));
    answer["generation"] = json!(reply.generation);
    text(&answer, false)
}

/// What `GET /version` answers.
pub fn version(articles: u64, generation: &str) -> String {
    text(
        &json!({ "name": "baoku", "version": env!("CARGO_PKG_VERSION"), "articles": articles, "generation": generation }),
        false,
    )
}

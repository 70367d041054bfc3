//! Answers about time as JSON: series, what is held, words, lines, numbers.

use super::article_json::{rounded_to, text, warning};
use crate::archive::{
    AmountsReply, AsOfReport, ConcordanceLine, ConcordanceReply, Coverage, CoverageReply, DateBasis, NamedArticles,
    PaperCoverage, SPLITS, Series, SeriesPoint, StatedAmount, TermRow, TermsReply, TrendReply,
};
use crate::archive::{FigureRow, MOST_NAMED};
use crate::messages;
use crate::model::Facet;
use serde_json::{Value, json};
use std::time::Duration;

fn took(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// matched, total, ratio and its interval.
fn counts(point: SeriesPoint) -> Value {
    let (low, high) = point.interval().unzip();
    let six = |value: Option<f64>| value.map(|value| rounded_to(value, 6));
    json!({
        "matched": point.matched,
        "total": point.total,
        "ratio": six(point.ratio()),
        "ratio_low": six(low),
        "ratio_high": six(high),
        "characters": point.characters,
    })
}

fn point(reply: &TrendReply, series: &Series, at: usize) -> Value {
    let (slot, cover) = (&reply.slots[at], reply.coverage(series, at));
    let nothing = json!({
        "matched": null, "total": null, "ratio": null, "ratio_low": null, "ratio_high": null, "characters": null
    });
    let found = reply.point(series, at);
    let mut row = found.map_or(nothing, counts);
    if reply.request.series.date_by == DateBasis::Best {
        row["doubtful"] = json!(found.map(|point| point.doubtful));
    }
    row["period"] = json!(slot.label);
    if let Some(year) = slot.year {
        row["year"] = json!(year);
    }
    row["from"] = json!(slot.first);
    row["to"] = json!(slot.last);
    row["state"] = json!(cover.state.name());
    row["reason"] = json!(messages::cover_reason_text(cover));
    row
}

fn series(reply: &TrendReply, series: &Series) -> Value {
    let points: Vec<Value> = (0..reply.slots.len()).map(|at| point(reply, series, at)).collect();
    let mut row = json!({
        "query": series.query,
        "read_as": series.read_as,
        "sum": counts(series.sum()),
        "points": points,
        "undated": counts(series.undated),
        "coarse": counts(series.coarse),
    });
    if let Some(value) = &series.value {
        row["value"] = json!(value);
        row["label"] = json!(series.label);
    }
    if let Some(query) = &series.name_of {
        row["name_of"] = json!(query);
    }
    row
}

fn named(named: &NamedArticles) -> Value {
    let mut row = json!({ "count": named.count, "articles": named.ids });
    if named.count > MOST_NAMED as u64 {
        row["listed"] = json!(MOST_NAMED);
    }
    row
}

fn replay(replay: &AsOfReport) -> Value {
    json!({
        "commit": replay.commit,
        "now": replay.now,
        "same": replay.same,
        "added": named(&replay.added),
        "changed": named(&replay.changed),
        "withdrawn": named(&replay.withdrawn),
        "sealed": replay.sealed,
    })
}

fn split_name(split: Option<Facet>) -> Option<&'static str> {
    split.map(|facet| SPLITS.iter().find(|(_, known)| *known == facet).map_or("value", |(name, _)| *name))
}

/// What `GET /api/v1/trends` answers.
pub fn trends(reply: &TrendReply, time: Duration) -> String {
    let request = &reply.request;
    let mut answer = json!({
        "by": request.breakdown.by.name(),
        "split": split_name(request.breakdown.split),
        "of": request.series.of.name(),
        "date_by": request.series.date_by.name(),
        "axis": request.series.feast,
        "once": request.selection.reading.once,
        "from": reply.ends.map(|(from, _)| from),
        "to": reply.ends.map(|(_, to)| to),
        "series": reply.series.iter().map(|one| series(reply, one)).collect::<Vec<_>>(),
        "warnings": reply.warnings.iter().map(warning).collect::<Vec<_>>(),
        "id": reply.id,
        "generation": reply.generation,
        "commit": reply.edition.commit,
        "took_ms": took(time),
    });
    if !reply.absent.is_empty() {
        answer["absent"] = json!(reply.absent);
    }
    if let Some(told) = &reply.replay {
        answer["replay"] = replay(told);
    }
    text(&answer, false)
}

fn cover(cover: &Coverage) -> Value {
    json!({
        "state": cover.state.name(),
        "issues": cover.issues,
        "expected": cover.expected,
        "pages": cover.pages,
        "articles": cover.articles,
        "reason": messages::cover_reason_text(cover),
    })
}

fn paper(reply: &CoverageReply, paper: &PaperCoverage) -> Value {
    let period = |(slot, held): (&crate::archive::AxisSlot, &Coverage)| {
        let mut row = cover(held);
        row["period"] = json!(slot.label);
        row["from"] = json!(slot.first);
        row["to"] = json!(slot.last);
        row
    };
    let former = paper.former.iter().map(|former| json!({ "name": former.name, "until": former.until }));
    json!({
        "id": paper.id,
        "name": paper.name,
        "first": paper.span.map(|(first, _)| first),
        "last": paper.span.map(|(_, last)| last),
        "founded": paper.life.0,
        "ceased": paper.life.1,
        "former_names": former.collect::<Vec<_>>(),
        "undated_articles": paper.undated,
        "whole": cover(&paper.whole),
        "periods": reply.slots.iter().zip(&paper.periods).map(period).collect::<Vec<_>>(),
    })
}

/// What `GET /api/v1/coverage` answers.
pub fn coverage(reply: &CoverageReply, by: &str, time: Duration) -> String {
    let answer = json!({
        "by": by,
        "papers": reply.papers.iter().map(|one| paper(reply, one)).collect::<Vec<_>>(),
        "generation": reply.generation,
        "took_ms": took(time),
    });
    text(&answer, false)
}

/// What `GET /api/v1/terms` answers. `address`: of the search for a word's articles.
pub fn terms(reply: &TermsReply, address: impl Fn(&str) -> String, time: Duration) -> String {
    let row = |row: &TermRow| {
        json!({
            "word": row.word,
            "one": row.one,
            "other": row.other,
            "log_likelihood": rounded_to(row.keyness.likelihood, 2),
            "log_ratio": rounded_to(row.keyness.effect, 3),
            "articles": address(&row.word),
        })
    };
    let list = |rows: &[TermRow]| rows.iter().map(row).collect::<Vec<_>>();
    let mut answer = json!({
        "one": reply.one,
        "other": reply.other,
        "counted": "articles that have the word in their body, by the segmenter",
        "warnings": reply.warnings.iter().map(warning).collect::<Vec<_>>(),
        "generation": reply.generation,
        "took_ms": took(time),
    });
    if reply.compared {
        answer["rising"] = json!(list(&reply.more));
        answer["falling"] = json!(list(&reply.less));
    } else {
        answer["near"] = json!(list(&reply.more));
        answer["read"] = json!(reply.read);
    }
    text(&answer, false)
}

/// What `GET /api/v1/concordance` answers.
pub fn concordance(reply: &ConcordanceReply, time: Duration) -> String {
    let line = |line: &ConcordanceLine| {
        json!({
            "left": line.left,
            "match": line.found,
            "right": line.right,
            "field": line.field.name(),
            "id": line.id,
            "title": line.title,
            "paper": line.paper,
            "date": line.date.map(|date| date.to_string()),
            "page": line.page,
        })
    };
    let answer = json!({
        "articles": reply.articles,
        "lines": { "value": reply.lines, "relation": if reply.complete { "eq" } else { "gte" } },
        "concordance": reply.given.iter().map(line).collect::<Vec<_>>(),
        "warnings": reply.warnings.iter().map(warning).collect::<Vec<_>>(),
        "generation": reply.generation,
        "took_ms": took(time),
    });
    text(&answer, false)
}

fn figure(row: &FigureRow, split: Option<Facet>) -> Value {
    let mut answer = json!({
        "period": row.period,
        "articles": row.articles,
        "numbers": row.figure.count,
        "sum": row.figure.sum,
        "median": row.figure.median,
        "least": row.figure.least,
        "most": row.figure.most,
    });
    if split.is_some() {
        answer["value"] = json!(row.value);
        answer["label"] = json!(row.label);
    }
    answer
}

fn stated(one: &StatedAmount) -> Value {
    json!({
        "period": one.period,
        "value": one.value,
        "what": one.what,
        "quote": one.quote,
        "sentence": one.sentence,
        "id": one.id,
        "title": one.title,
        "date": one.date.map(|date| date.to_string()),
    })
}

/// What `GET /api/v1/amounts` answers.
pub fn amounts(reply: &AmountsReply, split: Option<Facet>, time: Duration) -> String {
    let answer = json!({
        "articles": reply.articles,
        "numbers": { "value": reply.numbers, "relation": if reply.complete { "eq" } else { "gte" } },
        "figures": reply.rows.iter().map(|row| figure(row, split)).collect::<Vec<_>>(),
        "sentences": reply.sentences.iter().map(stated).collect::<Vec<_>>(),
        "warnings": reply.warnings.iter().map(warning).collect::<Vec<_>>(),
        "generation": reply.generation,
        "took_ms": took(time),
    });
    text(&answer, false)
}

//! An editor's corrections: applied to articles as they are read, checked before a run, and accounted for after it.

use super::IngestError;
use crate::corpus;
use crate::engine::{EngineError, Snapshot};
use crate::enrich;
use crate::model::{
    AppliedCorrection, Article, ArticleId, Correction, Corrections, DateInfo, DateSource, Evidence, PageRecord,
    SourceKey, TopicInfo, Withdrawn,
};
use crate::tables::topics;
use std::collections::{BTreeMap, BTreeSet};

/// Which corrections concern which files of the index.
pub(super) fn by_source(
    state: &dyn Snapshot,
    corrections: &Corrections,
) -> Result<BTreeMap<SourceKey, BTreeSet<ArticleId>>, EngineError> {
    let mut sources: BTreeMap<SourceKey, BTreeSet<ArticleId>> = BTreeMap::new();
    for id in corrections.0.keys() {
        let withdrawn = state.withdrawn(*id)?.map(|withdrawn| withdrawn.source);
        let source = match withdrawn {
            Some(source) => Some(source),
            None => state.article(*id)?.map(|article| article.place.source),
        };
        if let Some(source) = source {
            sources.entry(source).or_default().insert(*id);
        }
    }
    Ok(sources)
}

/// What stands for the corrections of some articles in a source record: empty for none. A change reads the file again.
pub(super) fn corrections_stamp<'a>(corrections: &Corrections, ids: impl IntoIterator<Item = &'a ArticleId>) -> String {
    let of: Vec<(String, &Correction)> =
        ids.into_iter().filter_map(|id| Some((id.to_string(), corrections.0.get(id)?))).collect();
    if of.is_empty() {
        return String::new();
    }
    let text = serde_json::to_string(&of).unwrap_or_default();
    corpus::hash(text.as_bytes()).chars().take(16).collect()
}

/// Refuses regions and topics that do not exist, before anything is changed.
pub(super) fn check(corrections: &Corrections) -> Result<(), IngestError> {
    for (id, correction) in &corrections.0 {
        let bad = |value: &str, what| IngestError::BadCorrection { id: *id, value: value.to_owned(), what };
        if let Some(region) = correction.region.as_deref().filter(|region| !region.trim().is_empty()) {
            enrich::stated_region(region, None).ok_or_else(|| bad(region, "region"))?;
        }
        for topic in correction.topics.iter().flatten() {
            topics().find(topic.trim()).ok_or_else(|| bad(topic, "topic"))?;
        }
    }
    Ok(())
}

/// The correction of an article, by its id or a former one.
pub(super) fn correction_of<'a>(
    corrections: &'a Corrections,
    article: &Article,
) -> Option<(ArticleId, &'a Correction)> {
    let ids = std::iter::once(&article.id).chain(&article.former_ids);
    ids.into_iter().find_map(|id| Some((*id, corrections.0.get(id)?)))
}

/// What is kept of an article that is taken out.
pub(super) fn withdrawn(article: &Article, reason: &str) -> Withdrawn {
    Withdrawn { id: article.id, reason: reason.to_owned(), source: article.place.source.clone() }
}

/// Puts the corrected values into an article, each marked, with what was there before.
pub(super) fn apply(article: &mut Article, correction: &Correction) {
    let mut corrected = Vec::new();
    let mut note = |field: &str, inferred: String| corrected.push(AppliedCorrection { field: field.into(), inferred });
    let metadata = &mut article.metadata;
    if let Some(span) = correction.date {
        note("date", metadata.date.span.map(|span| span.to_string()).unwrap_or_default());
        let evidence = vec![Evidence::new("editor", span.to_string())];
        metadata.date = DateInfo::stated(span, DateSource::Editor, 1.0, evidence);
    }
    if let Some(region) = &correction.region {
        note("region", metadata.regions.first().map(|region| region.path.join("/")).unwrap_or_default());
        let year = metadata.date.span.map(|span| span.earliest.year());
        metadata.regions = enrich::stated_region(region, year).into_iter().collect();
        metadata.regions.iter_mut().for_each(|info| info.evidence = vec![Evidence::new("editor", region.clone())]);
    }
    if let Some(topics) = &correction.topics {
        note("topics", metadata.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join(" "));
        metadata.topics = topics.iter().map(|topic| stated_topic(topic)).collect();
    }
    if let Some(title) = &correction.title {
        note("title", std::mem::replace(&mut article.story.title, title.trim().to_owned()));
    }
    metadata.corrected = corrected;
}

fn stated_topic(text: &str) -> TopicInfo {
    let id = topics().find(text.trim()).map_or(text.trim(), |topic| topic.id.as_str());
    TopicInfo { id: id.to_owned(), confidence: 1.0, evidence: vec![Evidence::new("editor", text)] }
}

/// What stands on a page in place of the blocks of an article that was taken out.
const TAKEN_OUT: &str = "（已撤下）";

/// Takes the text of an article out of its page.
pub(super) fn redact_article(sheet: &mut PageRecord, id: ArticleId) {
    for block in sheet.blocks.iter_mut().filter(|block| block.article == Some(id)) {
        block.text = TAKEN_OUT.into();
        block.grafts.clear();
        block.article = None;
    }
}

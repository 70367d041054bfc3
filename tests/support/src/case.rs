//! Engines that hold given articles.

use baoku::archive::{Archive, SearchReply, SearchRequest};
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::scan::ScanEngine;
use baoku::engine::{Engine, Writer};
use baoku::model::{IndexedArticle, SourceKey};
use baoku::reprints::Clustering;
use std::sync::Arc;

/// The hash of the dictionary of this program.
pub fn dictionary() -> &'static str {
    baoku::text::Segmenter::shared().dictionary_hash()
}

/// An engine under test, with its folder if it has one.
pub struct Case {
    /// The engine.
    pub engine: Arc<dyn Engine>,
    /// Its folder, which goes with it.
    pub folder: Option<tempfile::TempDir>,
}

/// The oracle with the articles.
pub fn scan_of(articles: &[IndexedArticle]) -> Arc<dyn Engine> {
    let mut scan = ScanEngine::new();
    write(&ScanEngine::new(), &mut scan, articles, &mut |_, _| ());
    Arc::new(scan)
}

/// Adds articles, in three commits where there is more to do with each. They get their clusters unless they have some.
fn write(
    engine: &dyn Engine,
    writer: &mut dyn Writer,
    articles: &[IndexedArticle],
    and: &mut dyn FnMut(&mut dyn Writer, &[IndexedArticle]),
) {
    let mut clustering = Clustering::new(engine, writer).expect("a state");
    if articles.iter().any(|article| article.cluster != 0) {
        drop(clustering);
        return write_parts(writer, articles, and);
    }
    write_parts(&mut clustering, articles, and);
}

fn write_parts(
    writer: &mut dyn Writer,
    articles: &[IndexedArticle],
    and: &mut dyn FnMut(&mut dyn Writer, &[IndexedArticle]),
) {
    for part in articles.chunks(articles.len().div_ceil(3).max(1)) {
        part.iter().for_each(|article| writer.add(article.clone()).expect("adding"));
        and(writer, part);
    }
}

/// An embedded engine with the articles, in several commits so that it has several segments, and source records that
/// must never be counted.
pub fn embedded_of(articles: &[IndexedArticle]) -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Embedded::open_or_create(folder.path(), dictionary()).expect("an index");
    let mut writer = engine.writer(WriterOptions::default()).expect("a writer");
    write(&engine, &mut writer, articles, &mut |writer, part| {
        let key = SourceKey { root: "test".into(), path: format!("{}", part[0].article.id) };
        writer.put_source(&source_record(key)).expect("a record");
        writer.commit().expect("a commit");
    });
    engine.reload().expect("reloading");
    Case { engine: Arc::new(engine), folder: Some(folder) }
}

/// A record of a file of which nothing is known but its name.
pub fn source_record(key: SourceKey) -> baoku::model::SourceRecord {
    baoku::model::SourceRecord {
        key,
        folder: "/nowhere".into(),
        hash: String::new(),
        corrections: String::new(),
        rules: String::new(),
        options: baoku::model::ReadOptions::default(),
        stated: baoku::model::StatedFacts::default(),
        bytes: 0,
        encoding: String::new(),
        reader: String::new(),
        outcome: baoku::model::Outcome::Indexed,
        problems: Vec::new(),
        problem_count: 0,
        articles: 0,
        account: baoku::model::CharacterAccount::default(),
        holdings: Vec::new(),
        shadowed_by: Vec::new(),
        seen: baoku::model::FileFingerprint::default(),
    }
}

/// What an engine answers to the parameters of a search.
pub fn search(engine: &Arc<dyn Engine>, pairs: &[(&str, &str)]) -> SearchReply {
    let request = SearchRequest::from_pairs(pairs.iter().copied()).expect("good parameters");
    Archive::new(engine.clone()).now().unwrap().search(&request).expect("an answer")
}

/// The ids of the hits, in their order.
pub fn ids(reply: &SearchReply) -> Vec<u64> {
    reply.hits.iter().map(|hit| hit.article.id.as_u64()).collect()
}

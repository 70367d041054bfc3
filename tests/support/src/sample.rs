//! The sample archive, as ingest makes articles of it.

use baoku::engine::Writer;
use baoku::engine::scan::ScanEngine;
use baoku::ingest::{IngestOptions, ingest};
use baoku::model::{Article, ArticleId, IndexedArticle, SourceKey};

/// The articles of the sample archive, as ingest makes them.
pub fn sample_articles() -> Vec<IndexedArticle> {
    let mut gathered = Gathered::default();
    let root = baoku::corpus::Root::parse(crate::corpus().to_str().expect("a path")).expect("the corpus");
    let options = IngestOptions { roots: vec![root], threads: 2, ..IngestOptions::default() };
    ingest(&ScanEngine::new(), &mut gathered, &options, &|_| {}).expect("ingest");
    gathered.0
}

#[derive(Default)]
struct Gathered(Vec<IndexedArticle>);

impl Writer for Gathered {
    fn remove_source(&mut self, _: &SourceKey) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn all_is_new(&mut self) {}
    fn add(&mut self, article: IndexedArticle) -> Result<(), baoku::engine::EngineError> {
        self.0.push(article);
        Ok(())
    }
    fn replace(&mut self, article: IndexedArticle) -> Result<(), baoku::engine::EngineError> {
        let same = self.0.iter_mut().find(|other| other.article.id == article.article.id);
        *same.expect("an article with this id") = article;
        Ok(())
    }
    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, baoku::engine::EngineError> {
        Ok(self.0.iter().find(|article| article.article.id == id).map(|one| one.article.clone()))
    }
    fn put_page_record(&mut self, _: &baoku::model::PageRecord) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_withdrawn(&mut self, _: &baoku::model::Withdrawn) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_source(&mut self, _: &baoku::model::SourceRecord) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn replace_source(&mut self, _: &baoku::model::SourceRecord) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn next_commit(&self) -> u64 {
        1
    }
    fn remove_revisions(&mut self, _: ArticleId) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_revision(&mut self, _: &baoku::model::Revision) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn put_calendar(&mut self, _: &baoku::model::Calendar) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn commit(&mut self) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
    fn finish(self: Box<Self>) -> Result<(), baoku::engine::EngineError> {
        Ok(())
    }
}

//! What changes an index.

use super::EngineError;
use crate::model::{
    Article, ArticleId, Calendar, IndexedArticle, PageRecord, Revision, SourceKey, SourceRecord, Withdrawn,
};

/// Changes what is kept. Nothing is seen by others before `commit`.
pub trait Writer {
    /// Takes out a source file's record, articles, page and what is kept of its withdrawn articles.
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError>;

    /// Says that everything the next commit holds was added by this writer, and nothing by an earlier one.
    fn all_is_new(&mut self);

    /// Adds an article.
    fn add(&mut self, article: IndexedArticle) -> Result<(), EngineError>;

    /// Puts an article in the place of the one with its id.
    fn replace(&mut self, article: IndexedArticle) -> Result<(), EngineError>;

    /// An article of a cluster that was added since the last commit.
    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, EngineError>;

    /// Adds a source record; the one before must have been removed.
    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError>;

    /// Puts a source record in place of the one before, and leaves the file's articles as they are.
    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError>;

    /// Adds a page; the one before must have been removed with its source.
    fn put_page_record(&mut self, sheet: &PageRecord) -> Result<(), EngineError>;

    /// Adds what stays of an article that an editor withdrew; the one before must have been removed with its source.
    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError>;

    /// The number of the commit that is being prepared ([`Article::since`]).
    fn next_commit(&self) -> u64;

    /// Takes out what an article was, of all commits.
    fn remove_revisions(&mut self, id: ArticleId) -> Result<(), EngineError>;

    /// Adds what an article was.
    fn put_revision(&mut self, former: &Revision) -> Result<(), EngineError>;

    /// Replaces what is stated about publishing days.
    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError>;

    /// Makes all changes visible at once and durable.
    fn commit(&mut self) -> Result<(), EngineError>;

    /// Ends writing: waits for merges, and removes files that are no longer used.
    fn finish(self: Box<Self>) -> Result<(), EngineError>;
}

/// A writer that writes nothing.
pub struct NullWriter;

impl Writer for NullWriter {
    fn remove_source(&mut self, _: &SourceKey) -> Result<(), EngineError> {
        Ok(())
    }

    fn all_is_new(&mut self) {}

    fn add(&mut self, _: IndexedArticle) -> Result<(), EngineError> {
        Ok(())
    }

    fn replace(&mut self, _: IndexedArticle) -> Result<(), EngineError> {
        Ok(())
    }

    fn uncommitted(&self, _: ArticleId) -> Result<Option<Article>, EngineError> {
        Ok(None)
    }

    fn put_source(&mut self, _: &SourceRecord) -> Result<(), EngineError> {
        Ok(())
    }

    fn replace_source(&mut self, _: &SourceRecord) -> Result<(), EngineError> {
        Ok(())
    }

    fn put_page_record(&mut self, _: &PageRecord) -> Result<(), EngineError> {
        Ok(())
    }

    fn put_withdrawn(&mut self, _: &Withdrawn) -> Result<(), EngineError> {
        Ok(())
    }

    fn next_commit(&self) -> u64 {
        0
    }

    fn remove_revisions(&mut self, _: ArticleId) -> Result<(), EngineError> {
        Ok(())
    }

    fn put_revision(&mut self, _: &Revision) -> Result<(), EngineError> {
        Ok(())
    }

    fn put_calendar(&mut self, _: &Calendar) -> Result<(), EngineError> {
        Ok(())
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        Ok(())
    }
}

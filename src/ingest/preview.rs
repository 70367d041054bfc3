//! One file through the stages without an index: what `inspect` shows.

use super::{file, index::indexed, page};
use crate::enrich::{self, Origin};
use crate::model::{Article, IndexedArticle, Place, Problem, ReadOptions, SheetBlock, SourceKey};
use crate::readers::{self, Found, ReadFault, SourceFile, reader_for};
use std::collections::HashMap;

/// A file as the stages see it.
#[derive(Debug, Default)]
pub struct FilePreview {
    /// Blocks of a page file with what was made of them.
    pub blocks: Vec<SheetBlock>,
    /// Articles, in order.
    pub articles: Vec<Article>,
    /// Blocks in no article.
    pub remainders: Vec<u32>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Its reader cannot read it.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// No reader takes it.
    #[error("{}", readers::unknown_format())]
    UnknownFormat,
}

impl FilePreview {
    /// The articles with their tokens.
    pub fn indexed(&self) -> Vec<IndexedArticle> {
        self.articles.iter().cloned().map(indexed).collect()
    }
}

/// Reads a file's bytes as `ingest` would. Ids are those that `ingest` gives.
///
/// # Errors
/// [`PreviewError`].
pub fn preview(bytes: &[u8], key: &SourceKey, options: &ReadOptions) -> Result<FilePreview, PreviewError> {
    let file = SourceFile::new(&key.path, bytes, options.encoding.as_deref());
    let reader = reader_for(&file).ok_or(PreviewError::UnknownFormat)?;
    let origin = Origin {
        root: key.root.clone(),
        path: key.path.clone(),
        paper: options.paper.clone(),
        date: options.date,
        region: options.region.clone(),
    };
    let mut preview = FilePreview::default();
    let mut numbers = HashMap::new();
    reader.read(&file, &mut |found| take(&mut preview, found, key, &origin, &mut numbers))?;
    Ok(preview)
}

fn take(
    preview: &mut FilePreview,
    found: Found,
    key: &SourceKey,
    origin: &Origin,
    numbers: &mut HashMap<String, usize>,
) {
    match found {
        Found::Page(page) => {
            let page = page::read_page(&page, key, origin);
            preview.blocks.extend(page.sheet.blocks);
            preview.remainders.extend(page.remainders);
            preview.articles.extend(page.articles);
        }
        Found::Item(story, _) => {
            let metadata = enrich::enrich_item(&story, origin);
            let line = story.given.line.unwrap_or(1);
            let id = file::item_id(key, &story, numbers);
            let place = Place { source: key.clone(), line, order: line, page_key: String::new() };
            preview.articles.push(Article { id, story: *story, metadata, place, former_ids: Vec::new(), since: 0 });
        }
        Found::Refused(problem) | Found::Remark(problem) => preview.problems.push(problem),
        Found::Blank(_) => {}
    }
}

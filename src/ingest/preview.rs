//! One file through the stages without an index: what `inspect` shows.

use super::{file, index::indexed, page};
use crate::enrich::{self, Origin};
use crate::layout::Flow;
use crate::model::{Article, IndexedArticle, Place, Problem, ReadOptions, SheetBlock, SourceKey, SourcePage};
use crate::readers::{self, Found, ReadFault, SourceFile, reader_for};
use std::collections::HashMap;

/// A file as the stages see it.
#[derive(Debug, Default)]
pub struct FilePreview {
    /// Its pages as its reader gave them, with how their lines became blocks.
    pub pages: Vec<(SourcePage, Vec<Flow>)>,
    /// Blocks of a page file with what was made of them.
    pub blocks: Vec<SheetBlock>,
    /// Number of the page in the file, from 1, of each block and of each article.
    pub page_of: [Vec<u32>; 2],
    /// Articles, in order.
    pub articles: Vec<Article>,
    /// Lines in no article.
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
    /// Keeps one page of the file.
    pub fn only_page(&mut self, number: u32) {
        let [blocks, articles] = std::mem::take(&mut self.page_of);
        let mut of_block = blocks.iter().map(|page| *page == number);
        self.blocks.retain(|_| of_block.next().unwrap_or(false));
        let mut of_article = articles.iter().map(|page| *page == number);
        self.articles.retain(|_| of_article.next().unwrap_or(false));
        self.pages.retain(|page| page.0.number == number);
        self.page_of = [vec![number; self.blocks.len()], vec![number; self.articles.len()]];
    }

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
            let source = *page;
            let page = page::read_page(&source, key, origin);
            preview.page_of[0].extend(page.sheet.blocks.iter().map(|_| source.number));
            preview.page_of[1].extend(page.articles.iter().map(|_| source.number));
            preview.pages.push((source, page.flows));
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

//! One file through the stages without an index: what `inspect` shows.

use super::{file, page};
use crate::enrich::{self, Origin};
use crate::indexing::indexed;
use crate::layout::{Flow, FlowForm};
use crate::model::{Article, IndexedArticle, Line, Place, Problem, ReadOptions, Sheet, SourceKey, SourcePage};
use crate::readers::{self, Found, ReadFault, SourceFile, reader_for};
use std::collections::HashMap;

/// A file as the stages see it.
#[derive(Debug, Default)]
pub struct FilePreview {
    /// The pages of a page file, in order.
    pub pages: Vec<PagePreview>,
    /// Articles, in order.
    pub articles: Vec<Article>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// Pages of the file, whether or not they are among `pages`.
    pub page_count: usize,
}

/// A page of a file as the stages see it.
#[derive(Debug)]
pub struct PagePreview {
    /// What the reader gave.
    pub source: SourcePage,
    /// Its blocks with what was made of them.
    pub sheet: Sheet,
    /// Lines in no article.
    pub remainders: Vec<u32>,
    /// How its lines became blocks, region by region of the reading order.
    pub flows: Vec<Flow>,
}

/// Lines of a page that became blocks in one way.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLines {
    /// What the lines are.
    pub form: FlowForm,
    /// Usual length of a full line, in half-width characters; 0 for paragraphs.
    pub width: usize,
    /// Share of the lines that have this length, in hundredths.
    pub full: u8,
    /// Numbers of the lines, in reading order.
    pub lines: Vec<u32>,
}

impl PagePreview {
    /// The regions of the page, each with its lines.
    pub fn flow_lines(&self) -> Vec<FlowLines> {
        let order: Vec<u32> = self.sheet.blocks.iter().flat_map(|block| block.lines.iter().copied()).collect();
        let lines = |flow: &Flow| order.iter().take(flow.end).skip(flow.start).copied().collect();
        let row = |flow: &Flow| FlowLines { form: flow.form, width: flow.width, full: flow.full, lines: lines(flow) };
        self.flows.iter().map(row).collect()
    }

    /// The lines of the page, in the order of the source.
    pub fn lines(&self) -> &[Line] {
        &self.source.lines
    }
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
    /// Leaves only the page with a number, from 1, and its articles.
    pub fn keep_page(&mut self, number: u32) {
        self.pages.retain(|page| page.sheet.number == number);
        let keys: Vec<String> = self.pages.iter().map(|page| page.sheet.page_key.clone()).collect();
        self.articles.retain(|article| keys.contains(&article.place.page_key));
    }

    /// Number of the page that an article stands on; `None` for one that came as an item.
    pub fn page_of(&self, article: &Article) -> Option<u32> {
        let own = self.pages.iter().find(|page| page.sheet.page_key == article.place.page_key);
        own.map(|page| page.sheet.number)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.pages.iter().all(|page| page.sheet.blocks.is_empty())
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
            let reading = page::read_page(&page, key, origin);
            let (sheet, remainders, flows) = (reading.sheet, reading.remainders, reading.flows);
            preview.pages.push(PagePreview { source: *page, sheet, remainders, flows });
            preview.articles.extend(reading.articles);
            preview.page_count += 1;
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

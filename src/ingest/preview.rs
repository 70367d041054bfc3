//! One file through the stages without an index: what `inspect` shows.

use super::ReadingLimits;
use super::folder_days::FolderDays;
use super::process::PartSource;
use super::read::{FilePart, FileReadError, StatedReading, read_at};
use crate::corpus::{self, FileLocation, FileStore, ReadError};
use crate::indexing::indexed;
use crate::layout::{Flow, FlowForm};
use crate::model::{
    Article, IndexedArticle, Line, PageRecord, Problem, ReadOptions, SourceKey, SourcePage, StatedFacts,
};
use crate::readers::ReadFault;
use std::sync::Arc;

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
    pub sheet: PageRecord,
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
    /// Its bytes cannot be read.
    #[error(transparent)]
    Bytes(#[from] ReadError),
    /// Its reader cannot read it.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// It is a container.
    #[error("{0}")]
    Container(String),
    /// No reader takes it, or it is no text: the problem, whose words the messages have.
    #[error("{}: no reader takes this kind of file", _0.code)]
    UnknownFormat(Problem),
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

/// Reads a file as `ingest` would, its folder looked at where it states no day. Ids are those that `ingest` gives.
///
/// # Errors
/// [`PreviewError`].
pub fn preview(
    file: &FileLocation,
    key: &SourceKey,
    options: &ReadOptions,
    limits: &ReadingLimits,
    store: &Arc<FileStore>,
) -> Result<FilePreview, PreviewError> {
    let folders = FolderDays::of_file(file, key, options, store);
    let stated = &StatedFacts::default();
    let source =
        PartSource { key, options, stated, bytes: store.size(file)?, folders: &folders, today: corpus::today() };
    let mut preview = FilePreview::default();
    let (end, _) = read_at(
        file,
        key,
        StatedReading { encoding: options.encoding.as_deref(), mapping: None },
        (limits, store),
        &mut |part| preview.add_part(source, part),
    )?;
    match end.fault {
        Some(FileReadError::Container(what)) => Err(PreviewError::Container(what)),
        Some(fault @ (FileReadError::UnknownFormat(_) | FileReadError::Binary(..))) => {
            Err(PreviewError::UnknownFormat(fault.told().1))
        }
        Some(FileReadError::Read(fault)) => Err(fault.into()),
        Some(FileReadError::Empty) | None => Ok(preview),
    }
}

impl FilePreview {
    fn add_part(&mut self, source: PartSource<'_>, part: FilePart) {
        match part {
            FilePart::Page(page) => {
                let reading = source.page(&page);
                let (sheet, remainders, flows) = (reading.sheet, reading.remainders, reading.flows);
                self.pages.push(PagePreview { source: *page, sheet, remainders, flows });
                self.articles.extend(reading.articles);
                self.page_count += 1;
            }
            FilePart::Item(story, id, _) => {
                let mut article = source.item(*story, id);
                article.place.order = article.place.line;
                article.place.page_key.clear();
                self.articles.push(article);
            }
            FilePart::Refused(problem) | FilePart::Remark(problem) => self.problems.push(problem),
            FilePart::Blank(_) | FilePart::Furniture(_) | FilePart::PictureMap(_) => {}
        }
    }
}

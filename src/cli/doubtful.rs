//! `baoku inspect --doubtful`: which pages were cut without being sure, and where.

use super::file_reading::{FileReading, first_chars, key_of, read};
use super::{CliError, CommandResult, NOTHING, OK, message, option, output, printable};
use crate::corpus::Root;
use crate::formats::page_json;
use crate::ingest::list_root;
use crate::model::{PageRecord, PageRecordBlock, SourceKey};
use clap::ArgMatches;
use std::fmt::Write;
use std::path::Path;

/// Borders of a page that are named in the text.
const BORDERS: usize = 5;

/// Characters of a block that are shown to recognise it by.
const FIRST_WORDS: usize = 24;

/// A doubtful page, as far as it is printed.
struct DoubtfulEntry {
    confidence: f32,
    shown: DoubtfulOutput,
}

/// What is printed of a page.
enum DoubtfulOutput {
    Text(String),
    Json(serde_json::Value),
}

/// What to look for.
struct DoubtfulSearch<'a> {
    how: &'a FileReading<'a>,
    below: f32,
    json: bool,
    /// The only page of each file that is looked at.
    page: Option<u32>,
}

pub(super) fn run(matches: &ArgMatches, how: &FileReading<'_>) -> CommandResult {
    let search = DoubtfulSearch {
        how,
        below: matches.get_one::<f32>("below").copied().unwrap_or(PageRecord::SURE),
        json: option(matches, "format") == Some("json"),
        page: matches.get_one::<u32>("page").copied(),
    };
    let mut doubts = Vec::new();
    for path in matches.get_many::<String>("path").into_iter().flatten() {
        if !Path::new(path).is_dir() {
            doubts.extend(search.file(path, |path| key_of(how.index, path))?);
        } else {
            doubts.extend(search.folder(&Root::parse(path)?));
        }
    }
    doubts.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    output(&render(&doubts, search.json))?;
    Ok(if doubts.is_empty() { NOTHING } else { OK })
}

impl DoubtfulSearch<'_> {
    /// The doubtful pages of all files of a folder; files that cannot be read are told on stderr and passed over.
    fn folder(&self, root: &Root) -> Vec<DoubtfulEntry> {
        let found = list_root(root, &self.how.store);
        found.skipped.iter().for_each(|skipped| message(&format!("{}: {}", skipped.path, skipped.reason)));
        let mut doubts = Vec::new();
        for file in found.files {
            let key = SourceKey { root: root.name.clone(), path: file.path };
            match self.file(&file.location.address(), |_| key) {
                Ok(own) => doubts.extend(own),
                Err(error) => message(&error.to_string()),
            }
        }
        doubts
    }

    /// The doubtful pages of a file.
    fn file(&self, file: &str, key: impl FnOnce(&Path) -> SourceKey) -> Result<Vec<DoubtfulEntry>, CliError> {
        let mut preview = read(file, self.how, key)?;
        if let Some(number) = self.page {
            preview.keep_page(number);
        }
        let several = preview.page_count > 1;
        let sheets = preview.pages.iter().map(|page| &page.sheet).filter(|sheet| sheet.confidence < self.below);
        Ok(sheets.map(|sheet| self.doubt(sheet, several)).collect())
    }

    fn doubt(&self, sheet: &PageRecord, several: bool) -> DoubtfulEntry {
        let shown = match self.json {
            true => DoubtfulOutput::Json(page_json::doubtful_sheet(sheet, self.below)),
            false => DoubtfulOutput::Text(sheet_text(sheet, self.below, several)),
        };
        DoubtfulEntry { confidence: sheet.confidence, shown }
    }
}

fn render(doubts: &[DoubtfulEntry], json: bool) -> String {
    let (mut text, mut values) = (String::new(), Vec::new());
    for doubt in doubts {
        match &doubt.shown {
            DoubtfulOutput::Text(own) => text.push_str(own),
            DoubtfulOutput::Json(value) => values.push(value.clone()),
        }
    }
    if json { page_json::inspected_doubts(&values) } else { text }
}

/// A page with its least sure borders; `several`: whether its file has several pages.
fn sheet_text(sheet: &PageRecord, below: f32, several: bool) -> String {
    let page = if several { format!(" 第{}页", sheet.number) } else { String::new() };
    let mut text = format!("{:.2}  {}{page}\n", sheet.confidence, printable(&sheet.source.to_string()));
    let borders = sheet.doubts(below);
    borders.iter().take(BORDERS).for_each(|block| text.push_str(&border_text(block)));
    if borders.len() > BORDERS {
        let _ = writeln!(text, "      另有{}处", borders.len() - BORDERS);
    }
    text
}

fn border_text(block: &PageRecordBlock) -> String {
    let decided = if block.begins { "另起一篇" } else { "接着上一篇" };
    let line = block.lines.first().copied().unwrap_or_default();
    format!("      第{line}行 {:.2} {decided}　{}\n", block.border, first_chars(&block.text, FIRST_WORDS))
}

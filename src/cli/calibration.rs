//! `baoku inspect --calibration`: how often inferred values are right, by the confidence they claim.

use super::CliError;
use super::file_reading::FileReading;
use crate::corpus::FileLocation;
use crate::ingest::{FilePreview, preview};
use crate::model::{Article, SourceKey};
use crate::{corpus, model};
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Lower ends of the bands.
const BANDS: [f32; 5] = [0.0, 0.5, 0.7, 0.85, 0.95];

/// Values of one kind: each with the confidence claimed, and whether it is right.
#[derive(Default)]
struct CalibrationPairs(Vec<(f32, bool)>);

/// The table for the pages of `pages` (a file or a folder) that have an answer in `gold` (a file or a folder of JSON files
/// named like the pages).
pub(super) fn table(pages: &Path, gold: &Path, how: &FileReading<'_>) -> Result<String, CliError> {
    let mut claims: [CalibrationPairs; 3] = Default::default();
    let mut count = 0;
    for answer in files(gold, "json")? {
        let name = answer.file_stem().unwrap_or_default();
        let page = if pages.is_dir() { pages.join(name).with_extension("txt") } else { pages.to_owned() };
        if page.file_stem() != Some(name) || !page.is_file() {
            continue;
        }
        let gold = read_answer(&answer)?;
        let found = read_page(&page, how)?;
        compare(&gold, &found, &mut claims);
        count += 1;
    }
    if count == 0 {
        let (pages, gold) = (pages.display(), gold.display());
        return Err(CliError::Message(format!(
            "--calibration {gold}: has no answer for {pages}; an answer is a JSON file with the name of its page"
        )));
    }
    Ok(text(&claims, count))
}

fn files(path: &Path, ending: &str) -> Result<Vec<PathBuf>, CliError> {
    let failed = |error: std::io::Error| CliError::Message(format!("{}: {error}", path.display()));
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(failed)?.flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|file| file.extension().is_some_and(|found| found == ending)).collect();
    files.sort();
    Ok(files)
}

fn read_answer(file: &Path) -> Result<Value, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::Message(format!("{}: {error}", file.display()));
    let bytes = corpus::read(file).map_err(|error| failed(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| failed(&error))
}

fn read_page(file: &Path, how: &FileReading<'_>) -> Result<FilePreview, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::Message(format!("{}: {error}", file.display()));
    let path = file.to_string_lossy().trim_start_matches('/').to_owned();
    let (place, key) = (FileLocation::Disk(file.to_owned()), SourceKey { root: String::new(), path });
    preview(&place, &key, how.options, &how.limits, &how.store).map_err(|error| failed(&error))
}

/// Adds what a page claims: its date once, region and first topic of each article that the answer has.
fn compare(gold: &Value, found: &FilePreview, [dates, regions, topics]: &mut [CalibrationPairs; 3]) {
    if let Some(date) = found.articles.first().map(|article| &article.metadata.date).filter(|date| date.span.is_some())
    {
        dates.0.push((date.confidence, is_date(gold, date)));
    }
    for item in gold["articles"].as_array().into_iter().flatten().filter(|item| item["meta"].is_object()) {
        let Some(article) = article_of(item, &found.articles) else { continue };
        let meta = &item["meta"];
        if let Some(region) = article.metadata.regions.first() {
            let path = region.path.join("/");
            let right = strings(&meta["region"]).chain(strings(&meta["region_accept"])).any(|want| want == path);
            regions.0.push((region.confidence, right));
        }
        if let Some(topic) = article.metadata.topics.first() {
            topics.0.push((topic.confidence, strings(&meta["topics"]).any(|want| want == topic.id)));
        }
    }
}

fn is_date(gold: &Value, date: &model::DateInfo) -> bool {
    let window: Vec<&str> = strings(&gold["issue_date"]["window"]).collect();
    let [first, last] = window.as_slice() else { return false };
    let span = date.span.map(|span| (span.earliest.to_string(), span.latest.to_string()));
    span.is_some_and(|(earliest, latest)| earliest.as_str() <= *last && latest.as_str() >= *first)
}

/// The texts of a text or a list of texts.
fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_str().into_iter().chain(value.as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// The article that holds most of the blocks of an answer's text.
fn article_of<'a>(item: &Value, articles: &'a [Article]) -> Option<&'a Article> {
    let blocks: Vec<u32> = numbers(&item["paras"]);
    let held = |article: &Article| {
        let passages = article.story.body.iter().chain(&article.story.captions);
        passages.flat_map(|passage| &passage.blocks).filter(|block| blocks.contains(block)).count()
    };
    articles
        .iter()
        .map(|article| (held(article), article))
        .filter(|(held, _)| *held > 0)
        .max_by_key(|(held, _)| *held)
        .map(|(_, article)| article)
}

fn numbers(value: &Value) -> Vec<u32> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        other => other.as_u64().and_then(|number| u32::try_from(number).ok()).into_iter().collect(),
    }
}

fn text(claims: &[CalibrationPairs; 3], pages: usize) -> String {
    let mut text = format!("{pages} pages\n\nvalue        confidence   values  right   share\n");
    for (name, CalibrationPairs(claims)) in ["date", "region", "first topic"].iter().zip(claims) {
        for (at, low) in BANDS.iter().enumerate() {
            let high = BANDS.get(at + 1).copied().unwrap_or(1.01);
            let band: Vec<bool> =
                claims.iter().filter(|(c, _)| (*low..high).contains(c)).map(|(_, right)| *right).collect();
            let right = band.iter().filter(|right| **right).count();
            if !band.is_empty() {
                let share = right as f32 / band.len() as f32;
                let top = high.min(1.0);
                let _ = writeln!(text, "{name:<12} {low:.2}–{top:.2}    {:>5}  {right:>5}    {share:.2}", band.len());
            }
        }
    }
    text
}

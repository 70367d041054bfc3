//! `baoku check`: whether the files of an index are what was written, and whether the index is what its sources are.

use super::{CliError, CommandResult, ERROR, OK, option, output, printable};
use crate::config::Settings;
use crate::corpus::FileStore;
use crate::engine::embedded::{IndexDump, IndexRecord};
use crate::engine::{Engine, EngineError};
use crate::formats::check_json;
use crate::ingest::{SourceCheck, SourceState, check_sources};
use crate::model::SourceKey;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::Path;

/// The index is whole, but its sources have changed.
const DIFFERENT: u8 = 3;

/// Files of a kind that are named.
const NAMED: usize = 5;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let engine = super::open(settings)?;
    let damaged: Vec<String> = engine.damaged_files()?.iter().map(|file| file.display().to_string()).collect();
    let json = option(matches, "format") == Some("json");
    if !damaged.is_empty() {
        let text = if json { check_json::check(&damaged, 0, &[]) } else { damage_text(&damaged) };
        output(&printable(&text))?;
        return Ok(ERROR);
    }
    let state = engine.newest()?;
    let held = held_articles(&settings.index)?;
    let store = FileStore::new(settings.limits.corpus);
    let sources = check_sources(&*state, &held, &store, matches.get_flag("full"))?;
    let articles = state.article_count()?;
    let text = if json { check_json::check(&[], articles, &sources) } else { text(articles, &sources) };
    output(&printable(&text))?;
    let is_same = |check: &SourceCheck| check.reachable && check.differences.is_empty();
    Ok(if sources.iter().all(is_same) { OK } else { DIFFERENT })
}

fn damage_text(damaged: &[String]) -> String {
    let files: String = damaged.iter().map(|file| format!("damaged: {file}\n")).collect();
    files
        + "the index is damaged and nothing is answered from it; run: baoku restore BACKUP --replace, or: baoku ingest --rebuild DIR\n"
}

/// The articles that the index has of each file, withdrawn ones included.
fn held_articles(folder: &Path) -> Result<BTreeMap<SourceKey, u64>, CliError> {
    let mut held = BTreeMap::new();
    let mut count = |record: Result<IndexRecord, EngineError>| {
        match record? {
            IndexRecord::Article(article) => *held.entry(article.place.source).or_default() += 1,
            IndexRecord::Withdrawn(withdrawn) => *held.entry(withdrawn.source).or_default() += 1,
            _ => {}
        }
        Ok(())
    };
    IndexDump::open(folder)?.for_each_record(&mut count)?;
    Ok(held)
}

fn text(articles: u64, sources: &[SourceCheck]) -> String {
    let mut text = format!("the index is sound: {articles} articles, every file is as it was written\n");
    sources.iter().for_each(|check| text.push_str(&source_text(check)));
    text
}

fn source_text(check: &SourceCheck) -> String {
    if !check.reachable {
        return format!(
            "{}: {} is not there: its files cannot be compared; if it is elsewhere now, run: baoku ingest {}=DIR\n",
            check.root, check.folder, check.root
        );
    }
    let mut by_state: BTreeMap<SourceState, Vec<&str>> = BTreeMap::new();
    for difference in &check.differences {
        by_state.entry(difference.state).or_default().push(&difference.path);
    }
    let counts: Vec<String> =
        by_state.iter().map(|(state, paths)| format!(", {} {}", paths.len(), state.name())).collect();
    let mut text = format!("{}: {} files as they were read{}\n", check.root, check.same, counts.concat());
    for (state, paths) in &by_state {
        let more = paths.len().saturating_sub(NAMED);
        paths.iter().take(NAMED).for_each(|path| text.push_str(&format!("  {}: {path}\n", state.name())));
        if more > 0 {
            text.push_str(&format!("  … and {more} more (--format json names all)\n"));
        }
    }
    if !by_state.is_empty() {
        text.push_str(&format!("run: baoku ingest {}={}\n", check.root, check.folder));
    }
    text
}

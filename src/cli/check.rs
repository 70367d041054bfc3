//! `baoku check`: whether the files of an index are what was written, and whether the index is what its sources are.

use super::terminal::terminal;
use super::{CliError, CommandResult, LEFT_OUT, OK, option, output, printable};
use crate::config::Settings;
use crate::corpus::FileStore;
use crate::engine::embedded::{IndexDump, IndexRecord};
use crate::engine::{Engine, EngineError};
use crate::formats::check_json;
use crate::ingest::{SourceCheck, SourceState, check_sources};
use crate::messages;
use crate::model::SourceKey;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files of a kind that are named.
const NAMED: usize = 5;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let engine = super::open(settings)?;
    let damaged: Vec<PathBuf> = engine.damaged_files()?.into_iter().collect();
    let json = option(matches, "format") == Some("json");
    if !damaged.is_empty() {
        tell_damage(&damaged, json)?;
        return Err(CliError::Told(messages::index_damaged()));
    }
    let state = engine.newest()?;
    let held = held_articles(&settings.index)?;
    let store = FileStore::new(settings.limits.corpus);
    let sources = check_sources(&*state, &held, &store, matches.get_flag("full"))?;
    let articles = state.article_count()?;
    let text = if json { check_json::check(&[], articles, &sources) } else { text(articles, &sources) };
    output(&printable(&text))?;
    let is_same = |check: &SourceCheck| check.reachable && check.differences.is_empty();
    Ok(if sources.iter().all(is_same) { OK } else { LEFT_OUT })
}

fn tell_damage(damaged: &[PathBuf], json: bool) -> Result<(), CliError> {
    if json {
        let names: Vec<String> = damaged.iter().map(|file| file.display().to_string()).collect();
        return output(&check_json::check(&names, 0, &[]));
    }
    damaged.iter().try_for_each(|file| output(&printable(&terminal().say(messages::damaged_file(file)))))
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
    let mut lines = vec![terminal().say(messages::index_sound(articles))];
    sources.iter().for_each(|check| lines.extend(source_lines(check)));
    lines.join("\n")
}

fn source_lines(check: &SourceCheck) -> Vec<String> {
    let say = |words| terminal().say(words);
    if !check.reachable {
        return vec![say(messages::root_unreachable(check))];
    }
    let mut by_state: BTreeMap<SourceState, Vec<&str>> = BTreeMap::new();
    for difference in &check.differences {
        by_state.entry(difference.state).or_default().push(&difference.path);
    }
    let count = |(state, paths): (&SourceState, &Vec<&str>)| {
        format!(", {} {}", paths.len(), say(messages::source_state(*state)))
    };
    let counts: String = by_state.iter().map(count).collect();
    let mut lines = vec![say(messages::root_compared(check)) + &counts];
    let named = if terminal().verbose > 0 { usize::MAX } else { NAMED };
    for (state, paths) in &by_state {
        let state = say(messages::source_state(*state));
        lines.extend(paths.iter().take(named).map(|path| format!("  {state}: {path}")));
        let more = paths.len().saturating_sub(named);
        lines.extend((more > 0).then(|| say(messages::more_files(more))));
    }
    lines.extend((!by_state.is_empty()).then(|| say(messages::root_remedy(check))));
    lines
}

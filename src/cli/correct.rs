//! `baoku correct`: writes an editor's word on an article into the file of corrections.

use super::beside::beside_folder;
use super::ingest::read_date;
use super::terminal::terminal;
use super::{CliError, CommandResult, OK, dictionary, option, output, printable};
use crate::config::Settings;
use crate::corpus::{CORRECTIONS, read_corrections, write_correction};
use crate::engine::embedded::Embedded;
use crate::engine::{Engine, Snapshot};
use crate::enrich::stated_region;
use crate::messages;
use crate::model::{ArticleId, Correction, SourceKey};
use crate::tables::topics;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let text = option(matches, "id").unwrap_or_default();
    let id: ArticleId = text.parse().map_err(|error| CliError::Message(format!("{error}")))?;
    let state = Embedded::open(&settings.index, dictionary())?.snapshot()?;
    let (id, source) = article(&*state, id)?;
    let file = settings.ingest.corrections.clone().map_or_else(|| corrections_path(&*state, &source), Ok)?;
    let known = read_corrections(&file, &settings.limits.corpus)?.0.remove(&id);
    if matches.get_flag("remove") {
        known.ok_or_else(|| CliError::Told(messages::no_correction(&file, id)))?;
        write_correction(&file, id, None, &settings.limits.corpus)?;
    } else {
        let mut correction = known.unwrap_or_default();
        change(&mut correction, matches)?;
        if correction == Correction::default() {
            return Err(CliError::Told(messages::nothing_to_correct()));
        }
        write_correction(&file, id, Some(&correction), &settings.limits.corpus)?;
    }
    output(&printable(&terminal().say(messages::correction_written(&file, id, &source))))?;
    Ok(OK)
}

/// The present id of an article, and its file.
fn article(state: &dyn Snapshot, id: ArticleId) -> Result<(ArticleId, SourceKey), CliError> {
    let withdrawn = state.withdrawn(id)?.map(|withdrawn| (id, withdrawn.source));
    let found = match withdrawn {
        Some(found) => Some(found),
        None => state.article(id)?.map(|article| (article.id, article.place.source)),
    };
    found.ok_or_else(|| CliError::Told(messages::no_article(id)))
}

/// The file of corrections beside the folder that an article came from.
fn corrections_path(state: &dyn Snapshot, source: &SourceKey) -> Result<PathBuf, CliError> {
    let record = state.source(source)?;
    Ok(record
        .map_or_else(|| PathBuf::from(CORRECTIONS), |record| beside_folder(Path::new(&record.folder), CORRECTIONS)))
}

/// Takes over what is stated; what is not stated stays as it was.
fn change(correction: &mut Correction, matches: &ArgMatches) -> Result<(), CliError> {
    if let Some(region) = option(matches, "region") {
        let national = region.trim().is_empty();
        let known = national || stated_region(region, None).is_some();
        known.then_some(()).ok_or_else(|| CliError::Told(messages::no_such_region(region)))?;
        correction.region = Some(region.trim().to_owned());
    }
    if let Some(date) = option(matches, "date") {
        correction.date = Some(read_date(date)?);
    }
    if let Some(values) = matches.get_many::<String>("topic") {
        let known = |value: &String| match value.trim() {
            "" => Ok(None),
            text => topics()
                .find(text)
                .map(|topic| Some(topic.id.clone()))
                .ok_or_else(|| CliError::Told(messages::no_such_topic(text))),
        };
        correction.topics = Some(values.map(known).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
    }
    if let Some(title) = option(matches, "title") {
        correction.title = Some(title.to_owned());
    }
    if let Some(reason) = option(matches, "withdraw") {
        let given = !reason.trim().is_empty();
        given.then_some(()).ok_or_else(|| CliError::Told(messages::no_reason()))?;
        correction.withdraw = Some(reason.to_owned());
    }
    Ok(())
}

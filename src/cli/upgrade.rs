//! `baoku upgrade`, and what is told of an index that was written anew.

use super::clock::UtcTime;
use super::terminal::terminal;
use super::{CliError, CommandResult, OK, dictionary, output, printable};
use crate::config::Settings;
use crate::engine::embedded::{Embedded, WriterOptions};
use crate::ingest::{UpgradeOptions, UpgradeReport, ready_to_rebuild, upgrade};
use crate::messages;
use std::path::Path;

pub(super) fn run(settings: &Settings) -> CommandResult {
    let folder = &settings.index;
    let writing = WriterOptions { threads: super::threads(settings), ..WriterOptions::default() };
    let text = match upgrade(&options(folder, writing, &UtcTime::now()?.compact()))? {
        Some(report) => account(&report),
        None => terminal().say(messages::nothing_to_upgrade(folder)),
    };
    output(&printable(&text))?;
    Ok(OK)
}

/// An index that is to be rebuilt, and what was done to be able to.
pub(super) fn for_rebuild(folder: &Path, writing: WriterOptions) -> Result<(Embedded, Option<String>), CliError> {
    let (engine, report) = ready_to_rebuild(&options(folder, writing, &UtcTime::now()?.compact()))?;
    Ok((engine, report.map(|report| account(&report))))
}

fn options<'a>(folder: &'a Path, writing: WriterOptions, stamp: &'a str) -> UpgradeOptions<'a> {
    UpgradeOptions { folder, dictionary: dictionary(), writing, stamp }
}

fn account(report: &UpgradeReport) -> String {
    messages::upgrade_report(report, terminal().language)
}

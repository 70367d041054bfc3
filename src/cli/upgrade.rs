//! `baoku upgrade`, and what is told of an index that was written anew.

use super::clock::UtcTime;
use super::{CliError, CommandResult, OK, dictionary, output, printable};
use crate::config::Settings;
use crate::engine::embedded::{Embedded, RecordCounts, WriterOptions};
use crate::ingest::{RewriteReason, UpgradeOptions, UpgradeReport, ready_to_rebuild, upgrade};
use std::path::Path;

/// The first format that wrote ids of answers as they are written now.
const SAME_IDS: u32 = 11;

/// The first format in which reprints are told as they are told now.
const SAME_REPRINTS: u32 = 8;

pub(super) fn run(settings: &Settings) -> CommandResult {
    let folder = &settings.index;
    let writing = WriterOptions { threads: super::threads(settings), ..WriterOptions::default() };
    let text = match upgrade(&options(folder, writing, &UtcTime::now()?.compact()))? {
        Some(report) => account(&report),
        None => format!("the index in {} has the format of this program; there is nothing to do", folder.display()),
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

/// A count of what an index holds.
type RecordCounter = fn(&RecordCounts) -> u64;

/// What is counted of an index.
const COUNTS: &[(&str, RecordCounter)] = &[
    ("articles", |held| held.articles),
    ("corrected articles", |held| held.corrected),
    ("former ids", |held| held.former_ids),
    ("withdrawn articles", |held| held.withdrawn),
    ("earlier versions", |held| held.formers),
    ("  without text", |held| held.sealed),
    ("pages", |held| held.pages),
    ("source files", |held| held.sources),
];

/// What became of the index, in lines.
fn account(report: &UpgradeReport) -> String {
    let mut lines = vec![why(report)];
    if report.from.is_some() {
        lines.push(format!("{:<20}{:>12}{:>12}", "", "before", "after"));
        let row = |(name, count): &(&str, RecordCounter)| {
            format!("{name:<20}{:>12}{:>12}", count(&report.before), count(&report.after))
        };
        lines.extend(COUNTS.iter().map(row));
        lines.push(format!("state: {} before and after", report.edition));
    }
    lines.extend(not_kept(report));
    lines.push(format!("the old index is kept in {}; remove it when you no longer want it", report.aside.display()));
    lines.join("\n")
}

fn why(report: &UpgradeReport) -> String {
    let from = |(format, program): &(u32, String)| format!("format {format}, written by {program}");
    match (&report.reason, &report.from) {
        (RewriteReason::Format, from_format) => {
            format!("upgraded from {}", from_format.as_ref().map_or_else(String::new, from))
        }
        (RewriteReason::TooOld(format), _) => {
            format!("format {format} is too old to be read: the index is built anew from the files alone")
        }
        (RewriteReason::Damage(why), Some(_)) => format!("written anew with all that can be read, because {why}"),
        (RewriteReason::Damage(why), None) => {
            format!("nothing of the index can be read, it is built anew from the files alone: {why}")
        }
    }
}

/// What is not as it was, and why.
fn not_kept(report: &UpgradeReport) -> Vec<String> {
    let mut lines = Vec::new();
    if report.lost > 0 {
        lines.push(format!("not kept: {} records that cannot be read", report.lost));
        lines.extend(report.lost_first.iter().map(|one| format!("  {one}")));
    }
    let Some((format, _)) = report.from else {
        lines.push("not kept: versions, former ids, commits and earlier answers".to_owned());
        return lines;
    };
    if format < SAME_IDS {
        lines.push(
            "ids of earlier answers named their requests in a way that cannot be checked any more: to count the same state again, \
             send the same parameters with as_of= and the first two parts of the id"
                .to_owned(),
        );
    }
    if format < SAME_REPRINTS {
        lines.push("with once=true earlier answers may be other ones: reprints were told in another way".to_owned());
    }
    if lines.is_empty() {
        lines.push("not kept: nothing".to_owned());
    }
    lines
}

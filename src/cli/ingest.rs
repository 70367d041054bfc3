//! `baoku ingest`.

use super::beside::beside_folder;
use super::progress::ProgressDisplay;
use super::run_report::ReportFile;
use super::terminal::terminal;
use super::upgrade::for_rebuild;
use super::{CliError, CommandResult, LEFT_OUT, OK, dictionary, message, option, output, printable};
use crate::config::Settings;
use crate::corpus::{CALENDAR, CORRECTIONS, CorpusLimits, Root, read_calendar, read_corrections, says_something, walk};
use crate::engine::embedded::{Embedded, WriterOptions};
use crate::engine::scan::ScanEngine;
use crate::engine::{Engine, EngineError, NullWriter, Writer};
use crate::ingest::{
    IngestOptions, IngestReport, ProgressCallback, ReadingLimits, RunFigures, SidecarSource, WatchOptions, WatchStep,
    ingest, unsettled, watch,
};
use crate::messages;
use crate::model::{Calendar, DateParseError, DateSpan, ReadOptions};
use clap::ArgMatches;
use std::path::Path;

/// What a run did.
pub(super) struct IngestedRun {
    pub(super) report: IngestReport,
    pub(super) figures: RunFigures,
}

impl IngestedRun {
    /// The report as text, in the language of the process.
    pub(super) fn text(&self) -> String {
        let (detail, language) = (terminal().report_detail(), terminal().language);
        messages::ingest_report(&self.report, &self.figures, detail, language)
    }
}

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let folders = matches.get_many::<String>("dir").into_iter().flatten();
    let roots = folders.map(|folder| Root::parse(folder)).collect::<Result<Vec<Root>, _>>()?;
    let options = IngestOptions {
        forget_corrections: matches.get_flag("forget-corrections"),
        read: read_options(matches)?,
        rebuild: matches.get_flag("rebuild"),
        allow_empty: matches.get_flag("allow-empty"),
        withdraw_missing: matches.get_flag("withdraw-missing"),
        ..options_of(settings, roots)?
    };
    let file = ReportFile::named(matches)?;
    let (folder, dry) = (&settings.index, matches.get_flag("dry-run"));
    if matches.get_flag("watch") {
        return follow(folder, &options, settings);
    }
    let done = if dry { dry_run(folder, &options)? } else { write(folder, &options)? };
    if let Some(file) = file {
        file.write(&done.report, &done.figures, &options, dry)?;
    }
    let text = done.text();
    if !text.is_empty() {
        output(&printable(&text))?;
    }
    Ok(if done.report.left_out() > 0 { LEFT_OUT } else { OK })
}

/// Keeps the index up to date with the folders until the process is ended; a run is told where it changed something.
fn follow(folder: &Path, options: &IngestOptions, settings: &Settings) -> CommandResult {
    let engine = Embedded::open_or_create(folder, dictionary())?;
    watch_folders(&engine, options, settings, &mut |text| message(text));
    Ok(OK)
}

/// Keeps an opened index up to date with folders, for ever. What stands in the way is told, and tried again.
pub(super) fn watch_folders(
    engine: &Embedded,
    options: &IngestOptions,
    settings: &Settings,
    tell: &mut dyn FnMut(&str),
) {
    let how = WatchOptions { rescan: settings.ingest.rescan, ..WatchOptions::default() };
    let no_events = |fault: &str| {
        message(&terminal().say(messages::no_file_events(fault)));
    };
    let mut told = String::new();
    watch(options, how, &no_events, &mut |options| match update_quietly(engine, options, settings) {
        Ok(report) => {
            told.clear();
            if report.changes_something() {
                let (detail, language) = (terminal().report_detail(), terminal().language);
                let text = messages::ingest_report(&report, &RunFigures::default(), detail, language);
                tell(printable(&text).trim_end());
            }
            unsettled(&report)
        }
        Err(CliError::Engine(EngineError::Locked(_))) => WatchStep::Unsettled,
        Err(error) => {
            // The same is told once.
            let text = terminal().say(messages::not_up_to_date(&error.to_string()));
            if text != told {
                tell(&text);
                told = text;
            }
            WatchStep::Done
        }
    });
}

/// Brings an opened index up to date without progress. Corrections and publishing days are read again.
fn update_quietly(engine: &Embedded, options: &IngestOptions, settings: &Settings) -> Result<IngestReport, CliError> {
    let now = options_of(settings, options.roots.clone())?;
    let (corrections, corrections_from, calendar) = (now.corrections, now.corrections_from, now.calendar);
    write_to(engine, &IngestOptions { corrections, corrections_from, calendar, ..options.clone() }, &|_| {})
}

/// A megabyte.
const MB: usize = 1_000_000;

/// What is configured for bringing an index up to date with folders.
pub(super) fn options_of(settings: &Settings, roots: Vec<Root>) -> Result<IngestOptions, CliError> {
    let (given, limits) = (&settings.ingest, &settings.limits);
    let corrections_from = corrections_place(given.corrections.as_deref(), &roots)?;
    Ok(IngestOptions {
        corrections: read_corrections(&corrections_from.file, &limits.corpus)?,
        corrections_from,
        calendar: calendar(given.calendar.as_deref(), &roots, &limits.corpus)?,
        roots,
        threads: super::threads(settings),
        commit_bytes: (given.commit_every * MB) as u64,
        memory: given.memory * MB,
        limits: limits.ingest,
        reading: reading_limits(settings),
        ..IngestOptions::default()
    })
}

/// What is read of files.
pub(super) fn reading_limits(settings: &Settings) -> ReadingLimits {
    ReadingLimits { corpus: settings.limits.corpus, readers: settings.limits.readers }
}

/// The file of corrections that is named, or the one beside the first folder.
fn corrections_place(file: Option<&Path>, roots: &[Root]) -> Result<SidecarSource, CliError> {
    let beside = || roots.first().map(|root| beside_folder(&root.folder, CORRECTIONS));
    let file = file.map(Path::to_owned).or_else(beside).unwrap_or_default();
    let whole = std::path::absolute(&file)
        .map_err(|error| CliError::Message(format!("--corrections {}: {error}", file.display())))?;
    let file = whole.canonicalize().unwrap_or(whole);
    Ok(SidecarSource { found: says_something(&file), file })
}

/// The publishing days of a file, or of the one beside the first folder.
fn calendar(file: Option<&Path>, roots: &[Root], limits: &CorpusLimits) -> Result<Option<Calendar>, CliError> {
    let Some(file) = file else {
        let beside = roots.first().map(|root| beside_folder(&root.folder, CALENDAR));
        return Ok(beside.map(|file| read_calendar(&file, limits)).transpose()?.flatten());
    };
    let missing = || {
        CliError::Message(format!(
            "{}: there is no such file; it is named by --calendar or ingest.calendar",
            file.display()
        ))
    };
    read_calendar(file, limits)?.ok_or_else(missing).map(Some)
}

/// What is stated about the files, checked.
pub(super) fn read_options(matches: &ArgMatches) -> Result<ReadOptions, CliError> {
    let date = option(matches, "date").map(read_date).transpose()?;
    let region = option(matches, "region").map(crate::archive::region_code).transpose();
    let encoding = option(matches, "encoding").map(crate::corpus::encoding_name).transpose();
    let bad = |name: &str, error: &dyn std::fmt::Display| CliError::Message(format!("--{name}: {error}"));
    Ok(ReadOptions {
        paper: option(matches, "paper").map(str::to_owned),
        date,
        region: region.map_err(|error| bad("region", &terminal().say(messages::facet_value_error(&error))))?,
        encoding: encoding.map_err(|error| bad("encoding", &error))?,
    })
}

/// The date that `--date` states.
pub(super) fn read_date(text: &str) -> Result<DateSpan, CliError> {
    text.parse().map_err(|_: DateParseError| CliError::Told(messages::no_date("--date", text)))
}

fn dry_run(folder: &Path, options: &IngestOptions) -> Result<IngestedRun, CliError> {
    let engine: Box<dyn Engine> = match Embedded::open(folder, dictionary()) {
        Ok(engine) => Box::new(engine),
        Err(EngineError::Missing(_)) => Box::new(ScanEngine::new()),
        Err(error) => return Err(error.into()),
    };
    with_progress(|watch| Ok(ingest(&*engine, &mut NullWriter, options, watch)?))
}

/// Brings an index up to date.
fn write(folder: &Path, options: &IngestOptions) -> Result<IngestedRun, CliError> {
    let empty =
        options.roots.iter().find(|root| options.rebuild && !options.allow_empty && walk(root).files.is_empty());
    if let Some(root) = empty {
        return Err(CliError::Told(messages::nothing_to_build(&root.folder)));
    }
    if !options.rebuild {
        return update(&Embedded::open_or_create(folder, dictionary())?, options);
    }
    let writing = WriterOptions { threads: options.threads, memory: options.memory, rebuild: false };
    let (engine, told) = for_rebuild(folder, writing)?;
    told.into_iter().for_each(|text| message(&text));
    update(&engine, options)
}

/// Brings an opened index up to date.
pub(super) fn update(engine: &Embedded, options: &IngestOptions) -> Result<IngestedRun, CliError> {
    with_progress(|watch| write_to(engine, options, watch))
}

fn write_to(engine: &Embedded, options: &IngestOptions, watch: ProgressCallback<'_>) -> Result<IngestReport, CliError> {
    let writing = WriterOptions { threads: options.threads, memory: options.memory, rebuild: options.rebuild };
    let mut writer = Box::new(engine.writer(writing)?);
    // Another process may have written between the opening and the lock.
    engine.reload()?;
    let report = match ingest(engine, &mut *writer, options, watch) {
        Ok(report) => report,
        Err(error) => {
            // What failed comes first; what is left is removed by the next run that ends well.
            let _ = writer.discard();
            return Err(error.into());
        }
    };
    writer.finish()?;
    engine.reload()?;
    Ok(report)
}

fn with_progress(
    work: impl FnOnce(ProgressCallback<'_>) -> Result<IngestReport, CliError>,
) -> Result<IngestedRun, CliError> {
    let display = ProgressDisplay::begin();
    let report = work(&|progress| display.watch(progress));
    let figures = display.end();
    Ok(IngestedRun { report: report?, figures })
}

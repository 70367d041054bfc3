//! The command line: results to stdout, progress and messages to stderr; exit code 0 ok, 1 nothing found, 2 error.

mod args;
mod backup;
mod calibration;
mod check;
mod config;
mod correct;
mod doctor;
mod doubtful;
mod export;
mod file_reading;
mod ingest;
mod inspect;
mod lines;
mod log;
mod page_text;
mod review;
mod review_report;
mod search;
mod serve;
mod trends;
mod upgrade;

pub use args::command;

use crate::archive::{Archive, ArchiveError, Selection, Warning};
use crate::config::{ConfigError, Settings};
use crate::corpus::RootError;
use crate::engine::EngineError;
use crate::engine::embedded::Embedded;
use crate::http::ServeError;
use crate::ingest::{IngestError, UpgradeError};
use clap::ArgMatches;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

/// Found, or done.
const OK: u8 = 0;
/// Nothing found.
const NOTHING: u8 = 1;
/// It could not be done; the message says why.
const ERROR: u8 = 2;

/// Words like 去年 count from the present day unless another was given.
fn with_today(selection: &mut Selection) {
    selection.reading.today = selection.reading.today.or_else(crate::corpus::today);
}

/// Prints the remarks beside an answer.
fn warn(warnings: &[Warning]) {
    for Warning { reason, .. } in warnings {
        message(&format!("{}: {}", reason.code(), crate::messages::warning(reason).en));
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error("{}", crate::messages::archive_error(.0).en)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error(transparent)]
    Upgrade(#[from] UpgradeError),
    #[error(transparent)]
    Stated(#[from] crate::corpus::SidecarError),
    #[error(transparent)]
    Root(#[from] RootError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error("{0}")]
    Message(String),
    #[error("cannot write the output: {0}")]
    Output(#[from] std::io::Error),
}

type CommandResult = Result<u8, CliError>;

/// Runs the command line and gives the exit code.
pub fn run() -> ExitCode {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { ERROR } else { OK });
        }
    };
    match dispatch(&matches) {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough (`| head`) is no error.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(OK),
        Err(error) => {
            message(&format!("error: {error}"));
            ExitCode::from(ERROR)
        }
    }
}

fn dispatch(matches: &ArgMatches) -> CommandResult {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(CliError::Message("give a command; `baoku --help` lists them".into()));
    };
    if name == "config" {
        return config::run(matches);
    }
    let configuration = config::load(name, matches)?;
    let settings = &configuration.settings;
    match name {
        "serve" => serve::run(matches, &configuration),
        "ingest" => ingest::run(matches, settings),
        "inspect" => inspect::run(matches, settings),
        "search" => search::run(matches, settings),
        "trends" => trends::run(matches, settings),
        "coverage" => trends::coverage(matches, settings),
        "export" => export::run(matches, settings),
        "check" => check::run(matches, settings),
        "doctor" => doctor::run(matches, settings),
        "backup" => backup::run(matches, settings),
        "restore" => backup::run_restore(matches, settings),
        "correct" => correct::run(matches, settings),
        "review" => review::run(matches, settings),
        _ => upgrade::run(settings),
    }
}

/// Prints a message to stderr.
fn message(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", printable(text));
}

/// Text without terminal escape injection: control characters but line ends, and marks of writing direction, are shown as
/// U+FFFD. File names and newspaper text may hold anything.
fn printable(text: &str) -> String {
    text.chars().map(|c| if is_terminal_control(c) && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

fn is_terminal_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Prints a result to stdout.
fn output(text: &str) -> Result<(), CliError> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        stdout.write_all(b"\n")?;
    }
    Ok(stdout.flush()?)
}

fn option<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// The hash of the dictionary of this program.
fn dictionary() -> &'static str {
    crate::text::Segmenter::shared().dictionary_hash()
}

fn open(settings: &Settings) -> Result<Embedded, CliError> {
    Ok(Embedded::open(&settings.index, dictionary())?)
}

/// The archive of an opened index.
fn archive_of(engine: Embedded, settings: &Settings) -> Archive {
    Archive::new(Arc::new(engine)).limited_to(settings.limits.archive.clone())
}

/// The threads asked for, else one for each core.
fn threads(settings: &Settings) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    settings.ingest.threads.unwrap_or_else(cores)
}

//! The command line: results to stdout, progress and messages to stderr; exit code 0 ok, 1 nothing found, 2 error, 3 an ingest
//! that is done but left something out.

mod arg_words;
mod args;
mod args_requests;
mod arguments;
mod backup;
mod beside;
mod calibration;
mod check;
mod clock;
mod columns;
mod completions;
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
mod progress;
mod requests;
mod review;
mod review_report;
mod run_report;
mod search;
mod serve;
mod terminal;
mod trends;
mod upgrade;
mod usage_error;

pub use args::command;

use crate::archive::{Archive, ArchiveError, Selection, Warning};
use crate::config::{ConfigError, Configuration, Settings, TerminalEnvironment};
use crate::corpus::RootError;
use crate::engine::EngineError;
use crate::engine::embedded::{Embedded, INDEX_FORMAT};
use crate::http::ServeError;
use crate::ingest::{IngestError, UpgradeError};
use crate::messages::{self, Bilingual};
use clap::ArgMatches;
use clap::error::ErrorKind;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use terminal::{Terminal, terminal};

/// Found, or done.
const OK: u8 = 0;
/// Nothing found.
const NOTHING: u8 = 1;
/// It could not be done; the message says why.
const ERROR: u8 = 2;
/// It is done, but something was left out; the report names it.
const LEFT_OUT: u8 = 3;

/// Words like 去年 count from the present day unless another was given.
fn with_today(selection: &mut Selection) {
    selection.reading.today = selection.reading.today.or_else(crate::corpus::today);
}

/// Prints the remarks beside an answer.
fn warn(warnings: &[Warning]) {
    for Warning { reason, .. } in warnings {
        remark(&format!("{}: {}", reason.code(), terminal().say(messages::warning(reason))));
    }
}

/// Prints to stderr what is good to know, unless nothing of the kind is wanted.
fn remark(text: &str) {
    if !terminal().quiet {
        message(text);
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error("{}", messages::archive_error(.0).en)]
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
    #[error("{}", .0.en)]
    Told(Bilingual),
    #[error("cannot write the output: {0}")]
    Output(#[from] std::io::Error),
}

impl CliError {
    /// The error in both languages, as far as it has words in both.
    fn told(&self) -> Bilingual {
        match self {
            Self::Archive(error) => messages::archive_error(error),
            Self::Engine(error) => messages::engine_error(error),
            Self::Ingest(error) => messages::ingest_error(error),
            Self::Root(error) => messages::root_error(error),
            Self::Config(error) => error.told(),
            Self::Serve(error) => error.told(),
            Self::Upgrade(error) => messages::upgrade_error(error),
            Self::Told(told) => told.clone(),
            Self::Output(error) => Bilingual { en: self.to_string(), zh: format!("不能写输出：{error}") },
            Self::Stated(_) | Self::Message(_) => {
                let text = self.to_string();
                Bilingual { en: text.clone(), zh: text }
            }
        }
    }
}

type CommandResult = Result<u8, CliError>;

/// Runs the command line and gives the exit code.
pub fn run() -> ExitCode {
    let environment = TerminalEnvironment::of_process();
    let given = arguments::prepared(crate::config::arguments());
    let language = environment.language(arguments::named_language(&given).as_deref());
    let matches = args::command_in(language).try_get_matches_from(&given);
    let said = matches.as_ref().map(deepest);
    let quiet = said.is_ok_and(|matches| matches.get_flag("quiet"));
    let verbose = said.map_or(0, |matches| matches.get_count("verbose"));
    Terminal::new(environment, language, quiet, verbose).set();
    let result = match &matches {
        Ok(matches) => dispatch(matches),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => version(),
        Err(error) => {
            usage_error::tell(error);
            return ExitCode::from(if error.use_stderr() { ERROR } else { OK });
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough (`| head`) is no error.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(OK),
        Err(error) => {
            let Bilingual { en, zh } = error.told();
            message(&terminal().say(Bilingual { en: format!("error: {en}"), zh: format!("错误：{zh}") }));
            ExitCode::from(ERROR)
        }
    }
}

/// What was given to the command that was named last.
fn deepest(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, below)| deepest(below))
}

/// What this program is, as far as it decides how files are read and what indexes it opens.
fn version() -> CommandResult {
    output(&format!(
        "baoku {}\nindex format {INDEX_FORMAT}\nrules {}\ndictionary {}\n",
        env!("CARGO_PKG_VERSION"),
        crate::ingest::rules(),
        dictionary().chars().take(12).collect::<String>()
    ))?;
    Ok(OK)
}

fn dispatch(matches: &ArgMatches) -> CommandResult {
    let start = Instant::now();
    let Some((name, matches)) = matches.subcommand() else {
        return Err(CliError::Message("give a command; `baoku --help` lists them".into()));
    };
    match name {
        "config" => return config::run(matches),
        "completions" => return completions::completions(matches),
        "man" => return completions::man(matches),
        "help" => return completions::help(matches),
        _ => {}
    }
    let configuration = config::load(name, matches)?;
    let code = on_index(name, matches, &configuration)?;
    if terminal().verbose > 0 {
        let file = configuration.file.as_ref().map_or_else(|| "-".to_owned(), |file| file.display().to_string());
        let (seconds, index) = (start.elapsed().as_secs_f64(), configuration.settings.index.display().to_string());
        message(&terminal().say(messages::command_account(seconds, &index, &file)));
    }
    Ok(code)
}

/// Runs a command that has an index.
fn on_index(name: &str, matches: &ArgMatches, configuration: &Configuration) -> CommandResult {
    let settings = &configuration.settings;
    match name {
        "serve" => serve::run(matches, configuration),
        "ingest" => ingest::run(matches, settings),
        "inspect" => inspect::run(matches, settings),
        "search" => search::run(matches, settings),
        "trends" => trends::run(matches, settings),
        "coverage" => trends::coverage(matches, settings),
        "export" => export::run(matches, settings),
        "terms" => requests::terms(matches, settings),
        "concordance" => requests::concordance(matches, settings),
        "amounts" => requests::amounts(matches, settings),
        "suggest" => requests::suggest(matches, settings),
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

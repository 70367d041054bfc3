//! What an engine may fail with. Callers choose by the variant: exit code, HTTP status, retry.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// A failure of an engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no index yet.
    #[error("there is no index in {0}; run `baoku ingest DIR` first")]
    Missing(PathBuf),
    /// Another process writes to the index.
    #[error("another process is writing to the index in {0}; wait until it has ended")]
    Locked(PathBuf),
    /// The folder holds something else.
    #[error("{0} holds files that are no baoku index; choose another --index folder")]
    Foreign(PathBuf),
    /// Another version of the program wrote the index.
    #[error("the index in {folder} has format {found}, written by {program}; this program reads format {wanted}: {}", .way.hint(.folder))]
    Version {
        /// The index folder.
        folder: PathBuf,
        /// Its format.
        found: u32,
        /// What wrote it.
        program: String,
        /// The format of this program.
        wanted: u32,
        /// What can be done.
        way: FormatRemedy,
    },
    /// The words of the index come from another dictionary, so nothing can be added to it.
    #[error("the index in {0} was built with another dictionary; run `baoku ingest --rebuild DIR`")]
    Dictionary(PathBuf),
    /// Reading or writing failed.
    #[error("the index in {folder} cannot be used: {source}; {}", hint_for(.source))]
    Io {
        /// The index folder.
        folder: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The state changed each time it was looked at.
    #[error("the index is being changed all the time; try again")]
    Changing,
    /// The files of the index are not what was written.
    #[error("the index is damaged: {0}; `baoku ingest --rebuild DIR` makes it anew, with all that can be read of it")]
    Damaged(String),
    /// What keeps the articles failed.
    #[error("{message}")]
    Failed {
        /// What it said, and a hint.
        message: String,
        /// Whether the same may succeed a little later.
        passing: bool,
    },
    /// The time of the request is over, or nobody waits for its answer any more.
    #[error("the work was stopped: its time is over, or nobody waits for it")]
    Stopped,
    /// A stored record cannot be read.
    #[error("{0}; `baoku ingest --rebuild DIR` makes the index anew, with all that can be read of it")]
    Record(Box<RecordFault>),
}

/// What can be done with an index of another format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatRemedy {
    /// It can be upgraded.
    Upgrade,
    /// It is too old for that.
    Rebuild,
    /// A later program wrote it.
    LaterProgram,
}

impl FormatRemedy {
    fn hint(self, folder: &std::path::Path) -> String {
        let folder = folder.display();
        match self {
            Self::Upgrade => {
                format!("run `baoku upgrade --index {folder}`, which keeps articles, links, versions and answers")
            }
            Self::Rebuild => format!(
                "it is too old to be upgraded; run `baoku ingest --rebuild DIR --index {folder}`, which puts it aside and reads all files again"
            ),
            Self::LaterProgram => "use the program that wrote it, or a later one".to_owned(),
        }
    }
}

/// A stored record that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "the {kind} record {} of the index in {} cannot be read{}: {reason}",
    or_unknown(.record),
    .index.display(),
    in_field(.field)
)]
pub struct RecordFault {
    /// The folder of the index.
    pub index: PathBuf,
    /// The kind of record.
    pub kind: &'static str,
    /// Which record: its id, or its place.
    pub record: String,
    /// The field; empty where none can be named.
    pub field: String,
    /// What is wrong.
    pub reason: String,
}

fn or_unknown(record: &str) -> &str {
    if record.is_empty() { "?" } else { record }
}

fn in_field(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!(" (field `{field}`)") }
}

impl EngineError {
    /// The error of a record, with what is known of which record it is.
    pub(super) fn of_record(mut self, name: impl FnOnce() -> String) -> Self {
        if let Self::Record(fault) = &mut self
            && fault.record.is_empty()
        {
            fault.record = name();
        }
        self
    }

    /// Whether the files of the index are not what was written, so that only making it anew helps.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Record(_))
    }

    /// Whether the same may succeed a little later, with nothing done about it.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Locked(_) | Self::Changing => true,
            Self::Failed { passing, .. } => *passing,
            Self::Io { source, .. } => is_passing(source),
            Self::Missing(_)
            | Self::Foreign(_)
            | Self::Version { .. }
            | Self::Dictionary(_)
            | Self::Damaged(_)
            | Self::Record(_)
            | Self::Stopped => false,
        }
    }
}

/// Whether the operating system may do the same a little later.
pub(super) fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

/// What helps against a refusal of the operating system.
pub(super) fn hint_for(error: &io::Error) -> &'static str {
    let code = code_of(error);
    match code.map_or(error.kind(), |code| io::Error::from_raw_os_error(code).kind()) {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk and run again; the index is as it was after the last commit"
        }
        ErrorKind::PermissionDenied => "check who may read and write its folder",
        ErrorKind::ReadOnlyFilesystem => "it can be searched, but not changed, where nobody can write",
        ErrorKind::OutOfMemory => "give it less to do at once (--memory, --threads)",
        _ if code == Some(TOO_MANY_FILES) => "allow more open files (ulimit -n)",
        _ => "run again when that is mended",
    }
}

/// The code of the operating system. An error that was passed on as another one has it in its words alone.
fn code_of(error: &io::Error) -> Option<i32> {
    let in_words = || error.to_string().rsplit_once("(os error ")?.1.trim_end_matches(')').parse().ok();
    error.raw_os_error().or_else(in_words)
}

/// What Unix says when a process has too many files open (EMFILE).
const TOO_MANY_FILES: i32 = 24;

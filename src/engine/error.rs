//! What an engine may fail with. Callers choose by the variant: exit code, HTTP status, retry.

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
    #[error(
        "the index in {folder} has format {found}, this program reads format {wanted}; run `baoku ingest --rebuild DIR`"
    )]
    Version {
        /// The index folder.
        folder: PathBuf,
        /// Its format.
        found: String,
        /// The format of this program.
        wanted: u32,
    },
    /// The words of the index come from another dictionary, so nothing can be added to it.
    #[error("the index in {0} was built with another dictionary; run `baoku ingest --rebuild DIR`")]
    Dictionary(PathBuf),
    /// Reading or writing failed.
    #[error("the index in {folder} cannot be used: {source}")]
    Io {
        /// The index folder.
        folder: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// The state changed each time it was looked at.
    #[error("the index is being changed all the time; try again")]
    Changing,
    /// What keeps the articles failed.
    #[error("the index failed: {message}; if it is damaged, `baoku ingest --rebuild DIR` makes it anew")]
    Failed {
        /// What it said.
        message: String,
        /// Whether the same may succeed a little later.
        passing: bool,
    },
    /// The time of the request is over, or nobody waits for its answer any more.
    #[error("the work was stopped: its time is over, or nobody waits for it")]
    Stopped,
    /// A stored record cannot be read.
    #[error("a stored record cannot be read: {0}; `baoku ingest --rebuild DIR` makes the index anew")]
    Record(String),
}

impl EngineError {
    /// Whether the same may succeed a little later, with nothing done about it.
    pub fn retryable(&self) -> bool {
        use std::io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
        match self {
            Self::Locked(_) | Self::Changing => true,
            Self::Failed { passing, .. } => *passing,
            Self::Io { source, .. } => matches!(source.kind(), Interrupted | TimedOut | WouldBlock),
            Self::Missing(_) | Self::Foreign(_) | Self::Version { .. } | Self::Dictionary(_) => false,
            Self::Record(_) | Self::Stopped => false,
        }
    }
}

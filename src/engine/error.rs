//! What an engine may fail with. Callers choose by the variant: exit code, HTTP status, retry.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

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
    #[error("the index in {folder} cannot be used: {source}; {}", way_out(.source))]
    Io {
        /// The index folder.
        folder: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// tantivy failed.
    #[error("{}", told(.0))]
    Index(#[from] TantivyError),
    /// A stored record cannot be read.
    #[error("a stored record cannot be read: {0}; `baoku ingest --rebuild DIR` makes the index anew")]
    Record(String),
}

impl EngineError {
    /// Whether the files of the index are not what was written, so that only making it anew helps.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Record(_) => true,
            Self::Index(error) => is_damage(error),
            _ => false,
        }
    }
}

/// What the operating system said, where that was the cause.
fn cause(error: &TantivyError) -> Option<&io::Error> {
    match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: error, .. })
        | TantivyError::LockFailure(LockError::IoError(error), _) => Some(error),
        _ => None,
    }
}

fn is_damage(error: &TantivyError) -> bool {
    let cut = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof | ErrorKind::InvalidData)
    };
    match cause(error) {
        Some(error) => cut(error),
        None => !matches!(
            error,
            TantivyError::LockFailure(..)
                | TantivyError::ErrorInThread(_)
                | TantivyError::Poisoned
                | TantivyError::SystemError(_)
                | TantivyError::OpenWriteError(_)
        ),
    }
}

/// What failed, and the way out.
fn told(error: &TantivyError) -> String {
    match cause(error) {
        _ if is_damage(error) => {
            format!("the index is damaged: {error}; `baoku ingest --rebuild DIR` makes it anew")
        }
        Some(cause) => format!("the index cannot be used: {cause}; {}", way_out(cause)),
        None => format!(
            "the index failed: {error}; it is as it was after the last commit. Look whether disk or memory are full, then run again"
        ),
    }
}

/// What helps against a refusal of the operating system.
fn way_out(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk and run again; the index is as it was after the last commit"
        }
        ErrorKind::PermissionDenied => "check who may read and write its folder",
        ErrorKind::ReadOnlyFilesystem => "it can be searched, but not changed, where nobody can write",
        ErrorKind::OutOfMemory => "give it less to do at once (--memory, --threads)",
        _ if error.raw_os_error() == Some(TOO_MANY_FILES) => "allow more open files (ulimit -n)",
        _ => "run again when that is mended",
    }
}

/// What Unix says when a process has too many files open (EMFILE).
const TOO_MANY_FILES: i32 = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_rebuild_is_advised_only_where_it_helps() {
        let told =
            |kind: ErrorKind| EngineError::from(TantivyError::IoError(Arc::new(io::Error::from(kind)))).to_string();
        for kind in [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            assert!(!told(kind).contains("--rebuild"), "{}", told(kind));
        }
        assert!(told(ErrorKind::UnexpectedEof).contains("--rebuild"));
        let thread = EngineError::from(TantivyError::ErrorInThread("killed".into())).to_string();
        assert!(!thread.contains("--rebuild") && thread.contains("disk"), "{thread}");
    }
}

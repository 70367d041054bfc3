//! tantivy's errors as those of engines: what failed, and a hint.

use crate::engine::EngineError;
use crate::engine::error::{hint_for, is_passing};
use std::io::{self, ErrorKind};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

impl From<TantivyError> for EngineError {
    fn from(error: TantivyError) -> Self {
        if is_damage(&error) {
            return Self::Damaged(error.to_string());
        }
        match cause(&error) {
            Some(cause) => {
                let message = format!("the index cannot be used: {cause}; {}", hint_for(cause));
                Self::Failed { message, passing: is_passing(cause) }
            }
            None => {
                let message = format!(
                    "the index failed: {error}; it is as it was after the last commit. Look whether disk or memory are full, then run again"
                );
                Self::Failed { message, passing: matches!(error, TantivyError::LockFailure(..)) }
            }
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

/// Whether the files are not what was written.
pub(super) fn is_damage(error: &TantivyError) -> bool {
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
        // As tantivy passes it on.
        let full = io::Error::other(io::Error::from_raw_os_error(28).to_string());
        let told_full = EngineError::from(TantivyError::IoError(Arc::new(full))).to_string();
        assert!(told_full.contains("make room on the disk"), "{told_full}");
        assert!(told(ErrorKind::UnexpectedEof).contains("--rebuild"));
        let thread = EngineError::from(TantivyError::ErrorInThread("killed".into())).to_string();
        assert!(!thread.contains("--rebuild") && thread.contains("disk"), "{thread}");
    }
}

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
        let told = cause_in_text(&error);
        match cause(&error).or(told.as_ref()) {
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

/// A full disk (ENOSPC, EDQUOT of Linux) that tantivy tells only as text: errors of some of its threads become texts.
fn cause_in_text(error: &TantivyError) -> Option<io::Error> {
    const FULL: [i32; 2] = [28, 122];
    let (TantivyError::InternalError(text) | TantivyError::SystemError(text) | TantivyError::ErrorInThread(text)) =
        error
    else {
        return None;
    };
    FULL.map(io::Error::from_raw_os_error).into_iter().find(|full| text.contains(&full.to_string()))
}

/// Whether the files are not what was written.
pub(super) fn is_damage(error: &TantivyError) -> bool {
    let cut = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof | ErrorKind::InvalidData)
    };
    match cause(error) {
        Some(error) => cut(error),
        None if cause_in_text(error).is_some() => false,
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
    fn a_full_disk_that_a_thread_told_as_text_was_damage() {
        let full = io::Error::from_raw_os_error(28);
        let told = EngineError::from(TantivyError::InternalError(full.to_string())).to_string();
        assert!(told.contains("make room on the disk") && !told.contains("--rebuild"), "{told}");
        let other = EngineError::from(TantivyError::InternalError("a broken list".to_owned()));
        assert!(matches!(other, EngineError::Damaged(_)));
    }

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

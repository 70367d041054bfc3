//! Events of files: a hint that something has changed in a folder. Some may be missing, as on network shares.

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What has been seen of folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderState {
    /// Something has changed, and then nothing for a moment.
    Changed,
    /// Nothing has changed for the time that was asked for.
    Quiet,
}

/// Folders that are watched, with all below them.
pub struct FileEvents {
    /// Ends when it is dropped.
    _watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    /// Why no events come, where none do.
    pub fault: Option<String>,
}

impl FileEvents {
    /// Begins to watch. Where that is not possible, no events come, and the reason is told.
    pub fn watch(folders: &[PathBuf]) -> Self {
        let (send, events) = mpsc::channel();
        let tell = move |event: notify::Result<Event>| {
            // Reading is no change; an error may hide one.
            if !matches!(event, Ok(Event { kind: EventKind::Access(_), .. })) {
                _ = send.send(());
            }
        };
        let watched = notify::recommended_watcher(tell).and_then(|mut watcher| {
            folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive))?;
            Ok(watcher)
        });
        match watched {
            Ok(watcher) => Self { _watcher: Some(watcher), events, fault: None },
            Err(error) => Self { _watcher: None, events, fault: Some(error.to_string()) },
        }
    }

    /// Waits for a change, at most so long; then until nothing has changed for `quiet`, at most `longest`.
    pub fn wait(&self, most: Duration, quiet: Duration, longest: Duration) -> FolderState {
        match self.events.recv_timeout(most) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return FolderState::Quiet,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(most);
                return FolderState::Quiet;
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < longest && self.events.recv_timeout(quiet).is_ok() {}
        FolderState::Changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_once_the_folder_is_quiet_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        let events = FileEvents::watch(&[folder.path().to_owned()]);
        assert_eq!(events.fault, None);
        let (quiet, longest) = (Duration::from_millis(50), Duration::from_secs(1));
        assert_eq!(events.wait(Duration::from_millis(50), quiet, longest), FolderState::Quiet);
        std::fs::write(folder.path().join("a/1.txt"), "一").unwrap();
        assert_eq!(events.wait(Duration::from_secs(5), quiet, longest), FolderState::Changed);
        drop(std::fs::read(folder.path().join("a/1.txt")).unwrap());
        assert_eq!(events.wait(Duration::from_millis(200), quiet, longest), FolderState::Quiet, "reading is no change");
        assert!(FileEvents::watch(&[folder.path().join("none")]).fault.is_some());
    }
}

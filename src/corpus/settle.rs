//! Whether a file is still being written: one that was changed a moment ago is left until it has not changed for a while.

use super::{FileState, FoundFile};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was seen of files that were changed a moment ago. Told by a clock that never jumps.
#[derive(Debug)]
pub struct SettledFiles {
    rest: Duration,
    seen: Mutex<HashMap<PathBuf, (FileState, Instant)>>,
}

impl SettledFiles {
    /// A file is taken as complete when it has not changed for so long.
    pub fn after(rest: Duration) -> Self {
        Self { rest, seen: Mutex::default() }
    }

    /// Whether a file on disk has rested. The walk knows of one that was changed long ago; any other is looked at.
    pub fn has_rested(&self, found: &FoundFile) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let file = found.location.file();
        if found.modified.is_some() {
            seen.remove(file);
            return true;
        }
        let Ok(state) = FileState::of(file) else { return true };
        let now = Instant::now();
        let since = match seen.get(file) {
            Some((known, since)) if *known == state => *since,
            _ => now,
        };
        let rested = now.duration_since(since) >= self.rest;
        if rested {
            seen.remove(file);
        } else {
            seen.insert(file.to_owned(), (state, since));
        }
        rested
    }

    /// Forgets files that were not asked about lately, as those that are gone.
    pub fn forget_old(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let most = self.rest * 100;
        seen.retain(|_, (_, since)| since.elapsed() < most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::FileLocation;

    #[test]
    fn a_file_rests_when_it_has_not_changed_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "一").unwrap();
        let found = |modified| FoundFile {
            path: "a.txt".into(),
            name_encoding: None,
            location: FileLocation::Disk(file.clone()),
            bytes: 3,
            modified,
            hash: None,
            container: None,
        };
        let settled = SettledFiles::after(Duration::from_millis(60));
        assert!(settled.has_rested(&found(Some(1))), "changed long ago");
        assert!(!settled.has_rested(&found(None)));
        std::thread::sleep(Duration::from_millis(40));
        std::fs::write(&file, "一二").unwrap();
        std::thread::sleep(Duration::from_millis(40));
        assert!(!settled.has_rested(&found(None)), "written to meanwhile");
        std::thread::sleep(Duration::from_millis(80));
        assert!(settled.has_rested(&found(None)));
        std::fs::remove_file(&file).unwrap();
        assert!(settled.has_rested(&found(None)), "one that is gone is not waited for");
    }
}

//! The index against its source files: which are as they were read, and which are not.

use super::containers;
use super::stated::is_manifest;
use crate::corpus::{self, FileStore, FoundFile, ReadError, Root, Walk, walk};
use crate::engine::{EngineError, Snapshot, all_sources};
use crate::model::{Outcome, SourceKey, SourceRecord};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How a file differs from what the index knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceState {
    /// Its bytes are others.
    Changed,
    /// It is no longer there.
    Gone,
    /// The index does not know it.
    New,
    /// It cannot be read.
    Unreadable,
    /// The index has other articles of it than its record says.
    OtherArticles,
}

impl SourceState {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::New => "new",
            Self::Unreadable => "unreadable",
            Self::OtherArticles => "other_articles",
        }
    }
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDifference {
    /// Its path below the root.
    pub path: String,
    /// How it differs.
    pub state: SourceState,
}

/// What was found of a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCheck {
    /// Its name.
    pub root: String,
    /// Its folder in the last run.
    pub folder: String,
    /// Whether the folder is there.
    pub reachable: bool,
    /// Files that are as they were read.
    pub same: u64,
    /// The others, by path.
    pub differences: Vec<SourceDifference>,
}

/// Compares all roots of an index with their folders. `whole`: by the bytes of each file; else by size and time of change where
/// these are as they were. `held`: the articles that the index has of each file, withdrawn ones included.
///
/// # Errors
/// [`EngineError`] where the index cannot be read.
pub fn check_sources(
    state: &dyn Snapshot,
    held: &BTreeMap<SourceKey, u64>,
    store: &FileStore,
    whole: bool,
) -> Result<Vec<SourceCheck>, EngineError> {
    let mut roots: BTreeMap<String, BTreeMap<SourceKey, SourceRecord>> = BTreeMap::new();
    all_sources(state, None, &mut |record| {
        roots.entry(record.key.root.clone()).or_default().insert(record.key.clone(), record);
    })?;
    Ok(roots.into_iter().map(|(root, known)| check_root(root, &known, held, store, whole)).collect())
}

fn check_root(
    name: String,
    known: &BTreeMap<SourceKey, SourceRecord>,
    held: &BTreeMap<SourceKey, u64>,
    store: &FileStore,
    whole: bool,
) -> SourceCheck {
    let folder = known.values().map(|record| record.folder.clone()).max().unwrap_or_default();
    let reachable = corpus::is_folder(&folder);
    let mut check =
        SourceCheck { root: name.clone(), folder: folder.clone(), reachable, same: 0, differences: Vec::new() };
    if !reachable {
        return check;
    }
    let root = Root { name, folder: PathBuf::from(folder) };
    // By its bytes, a container is opened even where it looks as it was.
    let nothing = BTreeMap::new();
    let Walk { files, skipped, left } =
        containers::expand(walk(&root), &root, if whole { &nothing } else { known }, store);
    let unseen = Walk { files: Vec::new(), skipped, left };
    let found: BTreeMap<&str, &FoundFile> = files.iter().map(|file| (file.path.as_str(), file)).collect();
    for record in known.values() {
        let other = held.get(&record.key).copied().unwrap_or(0) != record.articles;
        let state = match found.get(record.key.path.as_str()) {
            _ if other => Some(SourceState::OtherArticles),
            Some(file) => state_of(file, record, store, whole),
            None if unseen.may_hold(&record.key.path) => Some(SourceState::Unreadable),
            None => Some(SourceState::Gone),
        };
        match state {
            Some(state) => check.differences.push(SourceDifference { path: record.key.path.clone(), state }),
            None => check.same += 1,
        }
    }
    let is_known = |path: &str| known.contains_key(&SourceKey { root: root.name.clone(), path: path.to_owned() });
    let new = files.iter().filter(|file| !is_known(&file.path) && !is_manifest(&file.path));
    check.differences.extend(new.map(|file| SourceDifference { path: file.path.clone(), state: SourceState::New }));
    check.differences.sort_by(|a, b| a.path.cmp(&b.path));
    check
}

fn state_of(file: &FoundFile, record: &SourceRecord, store: &FileStore, whole: bool) -> Option<SourceState> {
    let was_read = !record.hash.is_empty();
    let untouched = file.is_untouched(record.bytes, record.seen.modified);
    if !was_read {
        let is_so_still = matches!(record.outcome, Outcome::Unreadable | Outcome::TooLarge | Outcome::Changing);
        return (!is_so_still).then_some(SourceState::Changed);
    }
    if untouched && !whole {
        return store.check(&file.location).err().map(|_| SourceState::Unreadable);
    }
    match file
        .hash
        .clone()
        .filter(|_| !whole || file.container.is_none())
        .map_or_else(|| store.hash(&file.location), Ok)
    {
        Ok(hash) if hash == record.hash => None,
        Ok(_) => Some(SourceState::Changed),
        Err(ReadError::TooLarge { .. }) if record.outcome == Outcome::TooLarge => None,
        Err(_) => Some(SourceState::Unreadable),
    }
}

//! What a run refuses to lose: files that are gone from their folder, and corrections whose file is not where it was.

use super::file_task::FileTask;
use super::{IngestError, IngestLimits, IngestOptions};
use crate::corpus::{FileStore, Root, Walk};
use crate::model::{SourceKey, SourceRecord};
use std::collections::{HashMap, HashSet};

/// Refuses a root that is empty, or has lost too many of its files. A file that has another name now is not lost.
pub(super) fn check_content(
    root: &Root,
    found: &Walk,
    known: &[&SourceRecord],
    options: &IngestOptions,
    store: &FileStore,
) -> Result<(), IngestError> {
    if known.is_empty() || options.withdraw_missing {
        return Ok(());
    }
    let (name, folder) = (root.name.clone(), root.folder.to_string_lossy().into_owned());
    if found.files.is_empty() {
        let empty = Err(IngestError::EmptyRoot { name, folder, files: known.len() });
        return if options.allow_empty { Ok(()) } else { empty };
    }
    let gone = missing_files(found, known);
    if is_too_many(gone.len(), known.len(), options.limits) {
        let gone = gone.len() - moved_count(&gone, found, known, store);
        if is_too_many(gone, known.len(), options.limits) {
            return Err(IngestError::FilesLost { name, folder, gone, files: known.len() });
        }
    }
    Ok(())
}

fn is_too_many(gone: usize, files: usize, limits: IngestLimits) -> bool {
    gone > limits.missing_files && gone * 100 > files * limits.missing_percent
}

/// The files of the index that are gone, or have become empty.
fn missing_files<'a>(found: &Walk, known: &[&'a SourceRecord]) -> Vec<&'a SourceRecord> {
    let sizes: HashMap<&str, u64> = found.files.iter().map(|file| (file.path.as_str(), file.bytes)).collect();
    let gone = |record: &&SourceRecord| match sizes.get(record.key.path.as_str()) {
        Some(bytes) => *bytes == 0 && record.articles > 0,
        None => !found.may_hold(&record.key.path),
    };
    known.iter().copied().filter(gone).collect()
}

/// How many of the files that are gone stand elsewhere in the root.
fn moved_count(gone: &[&SourceRecord], found: &Walk, known: &[&SourceRecord], store: &FileStore) -> usize {
    let known: HashSet<&str> = known.iter().map(|record| record.key.path.as_str()).collect();
    let sizes: HashSet<u64> = gone.iter().map(|record| record.bytes).collect();
    let new = found.files.iter().filter(|file| !known.contains(file.path.as_str()) && sizes.contains(&file.bytes));
    let hashes: HashSet<String> =
        new.filter_map(|file| file.hash.clone().or_else(|| store.hash(&file.location).ok())).collect();
    gone.iter().filter(|record| hashes.contains(&record.hash)).count()
}

/// Refuses a run in which corrections of an earlier one would be undone because their file is not where it was. `stamps`:
/// the corrections of now, by file of the index.
pub(super) fn check_corrections(
    tasks: &[FileTask],
    stamps: &HashMap<SourceKey, String>,
    options: &IngestOptions,
) -> Result<(), IngestError> {
    let now = options.corrections_from.file.to_string_lossy();
    let other = |record: &&SourceRecord| {
        let known = &record.seen.corrected_by;
        let moved = !options.corrections_from.found || *known != now;
        !known.is_empty() && moved && stamps.get(&record.key).is_none_or(String::is_empty)
    };
    let lost: Vec<&SourceRecord> = tasks.iter().filter_map(|task| task.known.as_ref()).filter(other).collect();
    let Some(first) = lost.first().filter(|_| !options.forget_corrections) else { return Ok(()) };
    let now = match (options.corrections_from.found, now.is_empty()) {
        (true, _) => format!("{now} does not have these corrections"),
        (false, false) => format!("{now} is not there or is empty"),
        (false, true) => "this run was given none".to_owned(),
    };
    Err(IngestError::CorrectionsLost { files: lost.len(), known: first.seen.corrected_by.clone(), now })
}

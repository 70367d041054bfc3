//! A file to look at, against its record.

use super::IngestOptions;
use super::read::StatedReading;
use crate::corpus::{ContainerSummary, FileLocation, FileStore, FoundFile, ReadError, Root};
use crate::model::{FieldMapping, IdOwner, ReadOptions, SourceKey, SourceRecord, StatedFacts};
use std::collections::{BTreeMap, HashSet};

/// A file to look at.
pub(super) struct FileTask {
    pub(super) key: SourceKey,
    pub(super) location: FileLocation,
    /// The encoding of its name, where that is not UTF-8.
    pub(super) name_encoding: Option<&'static str>,
    /// What was found in it, where it is a container.
    pub(super) container: Option<ContainerSummary>,
    /// The root's folder, as text.
    pub(super) folder: String,
    pub(super) options: ReadOptions,
    /// What manifests state of it.
    pub(super) stated: StatedFacts,
    mapping: Option<FieldMapping>,
    /// The version of the rules that it is read by, with the limits where these are not the default ones.
    pub(super) rules: String,
    /// Size in bytes, and when it was changed last.
    pub(super) bytes: u64,
    pub(super) modified: Option<i64>,
    /// What the index knows of it.
    pub(super) known: Option<SourceRecord>,
    /// Whether there is anything to do.
    pub(super) state: FileChange,
    /// Whether only a part of it was committed, and nothing it was read with has changed.
    pub(super) goes_on: bool,
}

/// A file against its record.
#[derive(Debug)]
pub(super) enum FileChange {
    /// The index holds what these bytes give.
    Same,
    /// To be read: unknown, changed, or to be read again.
    ToRead,
    /// Known, but it cannot be read now: what the index holds of it stays.
    Refused(ReadError),
}

impl FileTask {
    pub(super) fn new(
        found: FoundFile,
        root: &Root,
        (options, stated): (ReadOptions, StatedFacts),
        known: Option<SourceRecord>,
        (run, store): (&IngestOptions, &FileStore),
    ) -> Self {
        let key = SourceKey { root: root.name.clone(), path: found.path.clone() };
        let folder = root.folder.to_string_lossy().into_owned();
        let state =
            known.as_ref().map_or(FileChange::ToRead, |known| state(&found, known, (&options, &stated), (run, store)));
        let rules = run.rules();
        let FoundFile { location, name_encoding, bytes, modified, container, .. } = found;
        Self {
            key,
            location,
            name_encoding,
            container,
            folder,
            options,
            mapping: stated.field_mapping(),
            stated,
            rules,
            bytes,
            modified,
            known,
            state,
            goes_on: false,
        }
    }

    /// What the index knows of it, where only a part of it was committed and the rest can follow.
    pub(super) fn begun_with(&self, hash: &str) -> Option<&SourceRecord> {
        let goes_on = matches!(self.state, FileChange::ToRead) && self.goes_on;
        self.known.as_ref().filter(|known| goes_on && known.hash == hash)
    }

    /// The encoding that is stated, by an option or by a manifest.
    pub(super) fn encoding(&self) -> Option<&str> {
        self.options.encoding.as_deref().or(self.stated.encoding.as_deref())
    }

    /// What is stated of how it is read.
    pub(super) fn stated_reading(&self) -> StatedReading<'_> {
        StatedReading { encoding: self.encoding(), mapping: self.mapping.as_ref() }
    }

    pub(super) fn is_to_read(&self) -> bool {
        matches!(self.state, FileChange::ToRead)
    }

    /// Whether a file that holds ids before this one is read or gone, or is not what it was.
    pub(super) fn may_come_forward(
        &self,
        replaced: &HashSet<SourceKey>,
        known: &BTreeMap<SourceKey, SourceRecord>,
    ) -> bool {
        let shadows = self.known.iter().flat_map(|known| &known.shadowed_by);
        let stands = |shadow: &IdOwner| known.get(&shadow.key).is_some_and(|owner| owner.hash == shadow.hash);
        shadows.into_iter().any(|shadow| replaced.contains(&shadow.key) || !stands(shadow))
    }
}

fn state(
    found: &FoundFile,
    known: &SourceRecord,
    (options, stated): (&ReadOptions, &StatedFacts),
    (run, store): (&IngestOptions, &FileStore),
) -> FileChange {
    let as_known = known.rules == run.rules()
        && known.options == *options
        && known.stated == *stated
        && known.seen.begun.is_none()
        && !run.rebuild;
    let untouched = found.is_untouched(known.bytes, known.seen.modified);
    if as_known && untouched && !known.hash.is_empty() {
        // Its bytes are not looked at, but it must still be there for its owner.
        return store.check(&found.location).map_or_else(FileChange::Refused, |()| FileChange::Same);
    }
    match found.hash.clone().map_or_else(|| store.hash(&found.location), Ok) {
        Err(error) => FileChange::Refused(error),
        Ok(hash) if as_known && hash == known.hash => FileChange::Same,
        Ok(_) => FileChange::ToRead,
    }
}

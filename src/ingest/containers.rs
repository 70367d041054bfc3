//! Containers among the files of a root: their members are files of their own.

use super::stated::is_manifest;
use crate::corpus::{
    ContainerSummary, FileLocation, FileStore, FoundFile, MEMBER_MARK, Root, SkippedEntry, UnpackedContainer, Walk,
    container_kind,
};
use crate::model::{Outcome, SourceKey, SourceRecord};
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in the record of a container as its reader.
const PLAIN_CONTAINER: &str = "container";

/// What stands there where manifests are among its members.
const WITH_MANIFESTS: &str = "container with manifests";

/// The name of the reader of a container.
pub(super) fn reader_name(found: &ContainerSummary) -> &'static str {
    if found.has_manifests { WITH_MANIFESTS } else { PLAIN_CONTAINER }
}

/// What a root holds, with the members of its containers. A container that is as the index knows it is not opened.
pub(super) fn expand(found: Walk, root: &Root, known: &BTreeMap<SourceKey, SourceRecord>, store: &FileStore) -> Walk {
    let mut whole = Walk { files: Vec::with_capacity(found.files.len()), skipped: found.skipped, left: found.left };
    for file in found.files {
        let key = SourceKey { root: root.name.clone(), path: file.path.clone() };
        match known.get(&key) {
            Some(record) if is_as_known(&file, record) => whole.add_known(file, record, known),
            _ if container_kind(file.location.file()).is_some() => whole.open(file, store),
            _ => whole.files.push(file),
        }
    }
    whole.files.sort_by(|a, b| a.path.cmp(&b.path));
    whole
}

/// What a root holds, with the members of its containers, whatever an index knows of it.
pub fn list_root(root: &Root, store: &FileStore) -> Walk {
    expand(crate::corpus::walk(root), root, &BTreeMap::new(), store)
}

/// The members of a container, by their paths in it; none where it cannot be opened.
pub(super) fn members_of(container: &Path, store: &FileStore) -> Vec<FoundFile> {
    store.container(container).map(|unpacked| members(&unpacked, container, "", None)).unwrap_or_default()
}

/// Whether a container was found as it is before, without a fault.
fn is_as_known(file: &FoundFile, record: &SourceRecord) -> bool {
    let untouched = file.is_untouched(record.bytes, record.seen.modified);
    untouched && record.outcome == Outcome::Container && record.problem_count == 0 && record.reader == PLAIN_CONTAINER
}

fn members(unpacked: &UnpackedContainer, container: &Path, before: &str, modified: Option<i64>) -> Vec<FoundFile> {
    let member = |member: &crate::corpus::Member| FoundFile {
        path: format!("{before}{}", member.path),
        name_encoding: None,
        location: FileLocation::Member { container: container.to_owned(), path: member.path.clone() },
        bytes: member.bytes,
        modified,
        hash: Some(member.hash.clone()),
        container: None,
    };
    unpacked.members.iter().map(member).collect()
}

/// What the steps of [`expand`] add to a walk.
trait ContainerWalk {
    fn add_known(&mut self, file: FoundFile, record: &SourceRecord, known: &BTreeMap<SourceKey, SourceRecord>);
    fn open(&mut self, file: FoundFile, store: &FileStore);
}

impl ContainerWalk for Walk {
    fn add_known(&mut self, file: FoundFile, record: &SourceRecord, known: &BTreeMap<SourceKey, SourceRecord>) {
        let before = format!("{}{MEMBER_MARK}", file.path);
        let from = SourceKey { root: record.key.root.clone(), path: before.clone() };
        let of_container =
            known.range(from..).take_while(|(key, _)| key.root == record.key.root && key.path.starts_with(&before));
        self.files.extend(of_container.map(|(key, member)| FoundFile {
            path: key.path.clone(),
            name_encoding: None,
            location: FileLocation::Member {
                container: file.location.file().to_owned(),
                path: key.path[before.len()..].to_owned(),
            },
            bytes: member.bytes,
            modified: file.modified,
            hash: Some(member.hash.clone()).filter(|hash| !hash.is_empty()),
            container: None,
        }));
        self.files.push(FoundFile { container: Some(ContainerSummary::default()), ..file });
    }

    fn open(&mut self, file: FoundFile, store: &FileStore) {
        let unpacked = match store.container(file.location.file()) {
            Ok(unpacked) if unpacked.is_document => return self.files.push(file),
            Ok(unpacked) => unpacked,
            Err(fault) => {
                self.skipped.push(SkippedEntry {
                    path: format!("{}!", file.path),
                    reason: format!("the container {fault}"),
                    is_loss: true,
                    hides_files: true,
                });
                return;
            }
        };
        let before = format!("{}{MEMBER_MARK}", file.path);
        self.files.extend(members(&unpacked, file.location.file(), &before, file.modified));
        let named = |entry: &SkippedEntry| SkippedEntry { path: format!("{before}{}", entry.path), ..entry.clone() };
        self.skipped.extend(unpacked.skipped.iter().map(named));
        let has_manifests = unpacked.members.iter().any(|member| is_manifest(&member.path));
        let fault = unpacked.fault.as_ref().map(ToString::to_string);
        if fault.is_some() {
            // Members that an earlier run has read stay.
            let reason = "what is left of a damaged container is not known".to_owned();
            self.skipped.push(SkippedEntry {
                path: format!("{}!", file.path),
                reason,
                is_loss: true,
                hides_files: true,
            });
        }
        self.files.push(FoundFile { container: Some(ContainerSummary { fault, has_manifests }), ..file });
    }
}

//! What changed since last time: the files of the roots against the source records of the index.

use super::file_task::{FileChange, FileTask};
use super::folder_days::{self, FolderDays};
use super::stated::{RootManifests, is_manifest};
use super::{FileReport, IngestError, IngestOptions, IngestReport, assets, containers, loss};
use crate::corpus::{self, FileStore, FoundFile, ReadError, Root, Walk, walk};
use crate::model::{Outcome, ReadOptions, SourceKey, SourceRecord};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What a run has to do.
#[derive(Default)]
pub(super) struct IngestPlan {
    pub(super) tasks: Vec<FileTask>,
    pub(super) withdrawn: Vec<SourceRecord>,
    /// Files whose articles in the index are taken out or replaced by this run.
    pub(super) replaced: HashSet<SourceKey>,
    /// The hashes of the files in the index.
    pub(super) hashes: HashMap<SourceKey, String>,
    /// The folders of the files, to date pages by those around them.
    pub(super) folders: FolderDays,
    /// Whether nothing of what is in the index stays as it is.
    pub(super) whole: bool,
    pub(super) files: usize,
    pub(super) report: IngestReport,
}

/// Compares; nothing is changed yet.
pub(super) fn compare(
    known: Vec<SourceRecord>,
    stamps: &HashMap<SourceKey, String>,
    options: &IngestOptions,
    store: &Arc<FileStore>,
) -> Result<IngestPlan, IngestError> {
    check_names(options, &known)?;
    let known: BTreeMap<SourceKey, SourceRecord> =
        known.into_iter().map(|record| (record.key.clone(), record)).collect();
    let mut work = IngestPlan { folders: FolderDays::new(store), ..IngestPlan::default() };
    for root in &options.roots {
        let (rested, changing) = split_changing(walk(root), options);
        let mut found = containers::expand(rested, root, &known, store);
        let manifests = RootManifests::take(&mut found, store)?;
        assets::leave_out(&mut found);
        let of_root: Vec<&SourceRecord> = known.values().filter(|record| record.key.root == root.name).collect();
        loss::check_content(root, &found, &of_root, options, store)?;
        work.leave_changing(root, &mut found, changing, &known);
        work.take_root(root, found, &known, (options, store, &manifests));
    }
    work.take_corrections(stamps);
    work.look_around();
    work.resume_partial(stamps);
    loss::check_corrections(&work.tasks, stamps, options)?;
    work.read_again(&known);
    work.hashes = known.values().map(|record| (record.key.clone(), record.hash.clone())).collect();
    work.whole = known.keys().all(|key| work.replaced.contains(key));
    Ok(work)
}

/// The files that have rested, and those that are still being written.
fn split_changing(found: Walk, options: &IngestOptions) -> (Walk, Vec<FoundFile>) {
    let Some(settled) = &options.settled else { return (found, Vec::new()) };
    let (files, changing) =
        found.files.into_iter().partition(|file| is_manifest(&file.path) || settled.has_rested(file));
    (Walk { files, ..found }, changing)
}

fn check_names(options: &IngestOptions, known: &[SourceRecord]) -> Result<(), IngestError> {
    let mut names = HashSet::new();
    for root in &options.roots {
        if !names.insert(&root.name) {
            return Err(IngestError::SameName(root.name.clone()));
        }
        let folder = root.folder.to_string_lossy().into_owned();
        let other = known.iter().find(|record| record.key.root == root.name && record.folder != folder);
        if let Some(other) = other.filter(|other| corpus::is_folder(&other.folder)) {
            return Err(IngestError::OtherFolder { name: root.name.clone(), folder, known: other.folder.clone() });
        }
    }
    let dropped = known.iter().find(|record| options.rebuild && !names.contains(&record.key.root));
    dropped.map_or(Ok(()), |record| Err(IngestError::LeftBehind(record.key.root.clone())))
}

impl IngestPlan {
    fn take_root(
        &mut self,
        root: &Root,
        found: Walk,
        known: &BTreeMap<SourceKey, SourceRecord>,
        (options, store, manifests): (&IngestOptions, &FileStore, &RootManifests),
    ) {
        let key = |path: &str| SourceKey { root: root.name.clone(), path: path.to_owned() };
        let mut seen = HashSet::new();
        self.files += found.files.len();
        let Walk { files, skipped, left } = found;
        let unseen = Walk { files: Vec::new(), skipped, left };
        for file in files {
            let key = key(&file.path);
            let before = known.get(&key);
            let stated = stated_options(&options.read, before);
            let stated = (stated, manifests.facts(&file.path));
            self.tasks.push(FileTask::new(file, root, stated, before.cloned(), (options, store)));
            seen.insert(key);
        }
        let gone = known.values().filter(|record| record.key.root == root.name && !seen.contains(&record.key));
        self.withdrawn.extend(gone.filter(|record| !unseen.may_hold(&record.key.path)).cloned());
        for skipped in unseen.skipped {
            let outcome = if skipped.is_loss { Outcome::Unreadable } else { Outcome::Skipped };
            self.report.add(FileReport::left_out(key(&skipped.path), outcome, &skipped.reason));
        }
    }

    /// Leaves files that are being written as the index knows them, with the members of containers among them.
    fn leave_changing(
        &mut self,
        root: &Root,
        found: &mut Walk,
        changing: Vec<FoundFile>,
        known: &BTreeMap<SourceKey, SourceRecord>,
    ) {
        for file in changing {
            let key = SourceKey { root: root.name.clone(), path: file.path };
            found.left.push(key.path.clone());
            let mut report = FileReport::left_out(key.clone(), Outcome::Changing, &ReadError::Changed.to_string());
            report.articles = known.get(&key).map_or(0, |record| record.articles);
            self.report.add(report);
        }
    }

    /// Files with an article whose correction is new, has changed or is gone are read again. `stamps`: those of now.
    fn take_corrections(&mut self, stamps: &HashMap<SourceKey, String>) {
        for task in self.tasks.iter_mut().filter(|task| matches!(task.state, FileChange::Same)) {
            let now = stamps.get(&task.key).map(String::as_str).unwrap_or_default();
            if task.known.as_ref().is_some_and(|known| known.corrections != now) {
                task.state = FileChange::ToRead;
            }
        }
    }

    /// Pages that were dated by others of their folder are read again where those tell another day.
    fn look_around(&mut self) {
        for task in &self.tasks {
            let known = task.known.as_ref().filter(|_| matches!(task.state, FileChange::Same));
            self.folders.add(&task.key, &task.location, task.encoding(), known.map(|known| known.seen.printed));
        }
        self.folders = std::mem::take(&mut self.folders).sorted();
        for task in self.tasks.iter_mut().filter(|task| matches!(task.state, FileChange::Same)) {
            let told = task.known.as_ref().map_or("", |known| known.seen.around.as_str());
            if !told.is_empty() && folder_days::neighbours_stamp(&self.folders.neighbours_of(&task.key)) != told {
                task.state = FileChange::ToRead;
            }
        }
    }

    /// Files of which only a part was committed are gone on with, where nothing they were read with has changed.
    fn resume_partial(&mut self, stamps: &HashMap<SourceKey, String>) {
        for task in self.tasks.iter_mut().filter(|task| task.is_to_read()) {
            let now = stamps.get(&task.key).map(String::as_str).unwrap_or_default();
            let fits = |known: &SourceRecord| {
                known.seen.begun.is_some()
                    && known.rules == task.rules
                    && known.options == task.options
                    && known.stated == task.stated
                    && known.corrections == now
            };
            task.goes_on = task.known.as_ref().is_some_and(fits);
        }
    }

    /// Files whose articles are duplicates of those of a file that is read, withdrawn, or was changed in a run that
    /// did not come to them, are read again.
    fn read_again(&mut self, known: &BTreeMap<SourceKey, SourceRecord>) {
        let read = self.tasks.iter().filter(|task| task.is_to_read() && !task.goes_on).map(|task| &task.key);
        self.replaced = self.withdrawn.iter().map(|record| &record.key).chain(read).cloned().collect();
        loop {
            let before = self.replaced.len();
            for task in self.tasks.iter_mut().filter(|task| matches!(task.state, FileChange::Same)) {
                if task.may_come_forward(&self.replaced, known) {
                    task.state = FileChange::ToRead;
                    self.replaced.insert(task.key.clone());
                }
            }
            if self.replaced.len() == before {
                return;
            }
        }
    }
}

/// What is stated for a file: by this run, else by the run that read it before.
fn stated_options(now: &ReadOptions, known: Option<&SourceRecord>) -> ReadOptions {
    if *now == ReadOptions::default() {
        return known.map(|record| record.options.clone()).unwrap_or_default();
    }
    now.clone()
}

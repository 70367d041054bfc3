//! What changed since last time: the files of the roots against the source records of the index.

use super::{FileReport, IngestError, IngestOptions, IngestReport, rules};
use crate::corpus::{self, Root, Walk, walk};
use crate::model::{Outcome, ReadOptions, SourceKey, SourceRecord};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

/// A file to look at.
pub(super) struct Task {
    pub(super) key: SourceKey,
    pub(super) file: PathBuf,
    /// The root's folder, as text.
    pub(super) folder: String,
    pub(super) options: ReadOptions,
    /// What the index knows of it.
    pub(super) known: Option<SourceRecord>,
    /// Whether there is anything to do.
    pub(super) state: State,
}

/// A file against its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The index holds what these bytes give.
    Same,
    /// To be read: unknown, changed, or to be read again.
    ToRead,
}

impl Task {
    fn new(key: SourceKey, file: PathBuf, folder: String, options: ReadOptions, known: Option<SourceRecord>) -> Self {
        let mut task = Self { key, file, folder, options, known, state: State::ToRead };
        if task.is_same() {
            task.state = State::Same;
        }
        task
    }

    fn is_same(&self) -> bool {
        let Some(known) = &self.known else { return false };
        let same_bytes = || corpus::read(&self.file).is_ok_and(|bytes| corpus::hash(&bytes) == known.hash);
        known.rules == rules() && known.options == self.options && same_bytes()
    }

    fn stands_back_behind(&self, replaced: &HashSet<SourceKey>) -> bool {
        self.known.as_ref().is_some_and(|known| known.shadowed_by.iter().any(|key| replaced.contains(key)))
    }
}

/// What a run has to do.
pub(super) struct Work {
    pub(super) tasks: Vec<Task>,
    pub(super) withdrawn: Vec<SourceRecord>,
    /// Files whose articles in the index are taken out by this run, or may be.
    pub(super) replaced: HashSet<SourceKey>,
    pub(super) files: usize,
    pub(super) report: IngestReport,
}

/// Compares; nothing is changed yet.
pub(super) fn compare(known: Vec<SourceRecord>, options: &IngestOptions) -> Result<Work, IngestError> {
    check_names(options, &known)?;
    let known: BTreeMap<SourceKey, SourceRecord> =
        known.into_iter().map(|record| (record.key.clone(), record)).collect();
    let mut work = Work {
        tasks: Vec::new(),
        withdrawn: Vec::new(),
        replaced: HashSet::new(),
        files: 0,
        report: IngestReport::default(),
    };
    for root in &options.roots {
        let found = walk(root);
        let of_root: Vec<&SourceRecord> = known.values().filter(|record| record.key.root == root.name).collect();
        check_content(root, &found, &of_root, options)?;
        work.take_root(root, found, &known, options);
    }
    if options.rebuild {
        work.replaced = known.into_keys().collect();
        work.withdrawn.clear();
    } else {
        work.read_again();
    }
    Ok(work)
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
    dropped.map_or(Ok(()), |record| Err(IngestError::WouldDrop(record.key.root.clone())))
}

fn check_content(
    root: &Root,
    found: &Walk,
    known: &[&SourceRecord],
    options: &IngestOptions,
) -> Result<(), IngestError> {
    if !found.files.is_empty() || known.is_empty() || options.allow_empty {
        return Ok(());
    }
    let folder = root.folder.to_string_lossy().into_owned();
    Err(IngestError::EmptyRoot { name: root.name.clone(), folder, files: known.len() })
}

impl Work {
    fn take_root(
        &mut self,
        root: &Root,
        found: Walk,
        known: &BTreeMap<SourceKey, SourceRecord>,
        options: &IngestOptions,
    ) {
        let folder = root.folder.to_string_lossy().into_owned();
        let key = |path: &str| SourceKey { root: root.name.clone(), path: path.to_owned() };
        let mut seen = HashSet::new();
        self.files += found.files.len();
        for file in found.files {
            let key = key(&file.path);
            seen.insert(key.clone());
            let before = known.get(&key).filter(|_| !options.rebuild).cloned();
            let stated = stated(&options.read, known.get(&key));
            self.tasks.push(Task::new(key, file.file, folder.clone(), stated, before));
        }
        let hidden: Vec<String> = found.skipped.iter().filter(|s| s.hides_files).map(|s| s.path.clone()).collect();
        let may_be_hidden =
            |path: &str| hidden.iter().any(|folder| folder.is_empty() || path.starts_with(&format!("{folder}/")));
        let gone = known.values().filter(|record| record.key.root == root.name && !seen.contains(&record.key));
        self.withdrawn.extend(gone.filter(|record| !may_be_hidden(&record.key.path)).cloned());
        for skipped in found.skipped {
            let outcome = if skipped.hides_files { Outcome::Unreadable } else { Outcome::Skipped };
            self.report.add(FileReport::left_out(key(&skipped.path), outcome, &skipped.reason));
        }
    }

    /// Files whose articles stood back behind those of a file that is read or withdrawn are read again.
    fn read_again(&mut self) {
        let read = self.tasks.iter().filter(|task| task.state == State::ToRead).map(|task| &task.key);
        self.replaced = self.withdrawn.iter().map(|record| &record.key).chain(read).cloned().collect();
        loop {
            let before = self.replaced.len();
            for task in self.tasks.iter_mut().filter(|task| task.state == State::Same) {
                if task.stands_back_behind(&self.replaced) {
                    task.state = State::ToRead;
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
fn stated(now: &ReadOptions, known: Option<&SourceRecord>) -> ReadOptions {
    if *now == ReadOptions::default() {
        return known.map(|record| record.options.clone()).unwrap_or_default();
    }
    now.clone()
}

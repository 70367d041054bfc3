//! A run: the files that are to be read go through the pipeline, what became of them is written in their order.

use super::compare::IngestPlan;
use super::file::{self, FileRun};
use super::file_task::{FileChange, FileTask};
use super::process::{PartSource, ProcessedPart};
use super::read::{FileEnd, FilePart, read_at};
use super::revisions::{PreviousArticles, redact_revisions};
use super::{
    FileReport, IdOwners, IngestError, IngestOptions, IngestReport, Progress, ProgressCallback, ReadingLimits, pipeline,
};
use crate::corpus::{self, FileStore, ReadError};
use crate::engine::{Snapshot, Writer};
use crate::enrich;
use crate::model::{ArticleId, Date, Outcome, SourceKey, SourceRecord};
use std::collections::{BTreeMap, BTreeSet};

/// The state of a run.
pub(super) struct IngestRun<'a> {
    /// What stood before the run.
    pub(super) state: &'a dyn Snapshot,
    pub(super) writer: &'a mut dyn Writer,
    pub(super) options: &'a IngestOptions,
    pub(super) watch: ProgressCallback<'a>,
    pub(super) store: &'a FileStore,
    pub(super) owners: IdOwners,
    /// Articles that corrections were applied to in this run, and those that have theirs already.
    pub(super) applied: BTreeSet<ArticleId>,
    pub(super) standing: BTreeSet<ArticleId>,
    /// The articles of files of the index that corrections concern.
    pub(super) concerned: BTreeMap<SourceKey, BTreeSet<ArticleId>>,
    /// Articles that editors take out.
    pub(super) sealed: BTreeSet<ArticleId>,
    /// Bytes of source files that were read and not committed.
    pub(super) uncommitted: u64,
}

/// What the pipeline works on, file by file in order.
enum IngestJob<'t> {
    Begin(&'t FileTask, String),
    Unread(&'t FileTask, ReadError),
    Part(&'t FileTask, FilePart),
    End(Box<FileEnd>, String, u64),
}

/// What a job became.
enum JobResult<'t> {
    Begin(&'t FileTask, String),
    Unread(&'t FileTask, ReadError),
    Made(Box<ProcessedPart>, u64),
    End(Box<FileEnd>, String, u64),
}

impl IngestRun<'_> {
    pub(super) fn run(mut self, work: IngestPlan) -> Result<IngestReport, IngestError> {
        let mut report = work.report;
        let mut changed = self.state_calendar()? | redact_revisions(self.state, self.writer, &self.sealed)?;
        changed |= !work.withdrawn.is_empty();
        for record in &work.withdrawn {
            let before = PreviousArticles::load(self.state, &record.key)?;
            before.store_revisions(self.state, self.writer, &self.sealed)?;
            self.writer.remove_source(&record.key)?;
            report.add(FileReport::from_record(record, Outcome::Withdrawn));
        }
        let (to_read, rest): (Vec<FileTask>, Vec<FileTask>) =
            work.tasks.into_iter().partition(|task| matches!(task.state, FileChange::ToRead));
        for task in &rest {
            report.add(FileReport::unchanged(task));
            changed |= self.note_time(task)?;
        }
        let bytes = to_read.iter().map(|task| task.bytes).sum();
        (self.watch)(Progress::Planned { to_read: to_read.len(), files: work.files, bytes });
        changed |= !to_read.is_empty();
        self.read(&to_read, &work.folders, &mut report)?;
        (self.watch)(Progress::Committing);
        if changed {
            if work.whole {
                self.writer.all_is_new();
            }
            self.writer.commit()?;
        }
        let fits = |id: &&ArticleId| self.applied.contains(id) || self.standing.contains(id);
        report.stale_corrections = self.options.corrections.0.keys().filter(|id| !fits(id)).copied().collect();
        report.sort();
        Ok(report)
    }

    /// Whether other publishing days are stated than the index knows.
    fn state_calendar(&mut self) -> Result<bool, IngestError> {
        let Some(calendar) = &self.options.calendar else { return Ok(false) };
        let other = *calendar != self.state.calendar()?;
        if other {
            self.writer.put_calendar(calendar)?;
        }
        Ok(other)
    }

    /// Notes another time of change of a file that holds what it held, so that the next run need not read it.
    fn note_time(&mut self, task: &FileTask) -> Result<bool, IngestError> {
        let Some(known) = task.known.as_ref().filter(|_| matches!(task.state, FileChange::Same)) else {
            return Ok(false);
        };
        if task.modified.is_none() || task.modified == known.seen.modified {
            return Ok(false);
        }
        let mut record = known.clone();
        record.seen.modified = task.modified;
        self.writer.replace_source(&record)?;
        Ok(true)
    }

    /// Reads files, all threads at work, and writes them in their order.
    fn read(
        &mut self,
        tasks: &[FileTask],
        folders: &super::folder_days::FolderDays,
        report: &mut IngestReport,
    ) -> Result<(), IngestError> {
        let (threads, most) = (self.options.threads, self.options.memory / super::TEXT_SHARE);
        let (mut open, mut number) = (None, 0);
        let today = corpus::today();
        let (limits, store) = (&self.options.reading, self.store);
        pipeline::in_order(
            threads,
            most,
            |send| feed(tasks, (limits, store), send),
            &|job| made(job, folders, today),
            |step| {
                match step {
                    JobResult::Begin(task, hash) => {
                        number += 1;
                        (self.watch)(Progress::File(number, &task.key));
                        open = Some(FileRun::begin(self, task, &hash)?);
                    }
                    JobResult::Unread(task, error) => {
                        number += 1;
                        report.add(self.unread(task, &error)?);
                    }
                    JobResult::Made(made, bytes) => {
                        if let Some(file) = &mut open {
                            file.write_part(self, *made)?;
                            self.commit_within(file, bytes)?;
                        }
                    }
                    JobResult::End(end, hash, bytes) => {
                        if let Some(file) = open.take() {
                            let record = file.end(self, *end, hash)?;
                            note_folder_paper(report, &record);
                            self.owners.hashes.insert(record.key.clone(), record.hash.clone());
                            report.add(FileReport::from_record(&record, record.outcome));
                            self.count(bytes);
                            self.commit_if_due()?;
                        }
                    }
                }
                Ok(())
            },
        )
    }

    fn unread(&mut self, task: &FileTask, error: &ReadError) -> Result<FileReport, IngestError> {
        // Its ids may be given to other files by now, so nothing of it stays; the next run reads it again.
        let report = FileReport::unread(task, error);
        let before = PreviousArticles::load(self.state, &task.key)?;
        before.store_revisions(self.state, self.writer, &self.sealed)?;
        self.writer.remove_source(&task.key)?;
        self.writer.put_source(&file::unread_record(task, &report))?;
        Ok(report)
    }

    fn count(&mut self, bytes: u64) {
        self.uncommitted += bytes;
        (self.watch)(Progress::Read(bytes));
    }

    fn commit_within(&mut self, file: &mut FileRun, bytes: u64) -> Result<(), IngestError> {
        self.count(file.tell_read(bytes));
        if self.uncommitted >= self.options.commit_bytes && file.may_be_parted() {
            file.put_begun(self)?;
            self.commit_if_due()?;
        }
        Ok(())
    }

    fn commit_if_due(&mut self) -> Result<(), IngestError> {
        if self.uncommitted >= self.options.commit_bytes {
            self.writer.commit()?;
            self.uncommitted = 0;
        }
        Ok(())
    }
}

/// Counts a file whose paper was told by the name of a folder alone.
fn note_folder_paper(report: &mut IngestReport, record: &SourceRecord) {
    let told = record.options.paper.is_some() || record.stated.paper.is_some();
    let named = (!told).then(|| enrich::folder_paper(&record.key.root, &record.key.path)).flatten();
    if let Some(paper) = named.filter(|name| record.holdings.iter().any(|holding| holding.paper == *name)) {
        *report.folder_papers.entry(paper).or_default() += 1;
    }
}

fn made<'t>(job: IngestJob<'t>, folders: &super::folder_days::FolderDays, today: Option<Date>) -> JobResult<'t> {
    match job {
        IngestJob::Begin(task, hash) => JobResult::Begin(task, hash),
        IngestJob::Unread(task, error) => JobResult::Unread(task, error),
        IngestJob::End(end, hash, bytes) => JobResult::End(end, hash, bytes),
        IngestJob::Part(task, part) => {
            let source = PartSource {
                key: &task.key,
                options: &task.options,
                stated: &task.stated,
                bytes: task.bytes,
                folders,
                today,
            };
            let bytes = part.size() as u64;
            JobResult::Made(Box::new(source.make_safely(part)), bytes)
        }
    }
}

/// Reads files one after the other and hands on their parts.
fn feed<'t>(tasks: &'t [FileTask], how: (&ReadingLimits, &FileStore), send: pipeline::JobSink<'_, IngestJob<'t>>) {
    tasks.iter().all(|task| feed_file(task, how, send).unwrap_or_else(|error| send(IngestJob::Unread(task, error), 0)));
}

/// Reads a file and hands on its parts, but for those of an earlier run; whether more files are wanted.
fn feed_file<'t>(
    task: &'t FileTask,
    (limits, store): (&ReadingLimits, &FileStore),
    send: pipeline::JobSink<'_, IngestJob<'t>>,
) -> Result<bool, ReadError> {
    let hash = store.hash(&task.location)?;
    if let Some(container) = &task.container {
        return Ok(send(IngestJob::Begin(task, hash.clone()), 0)
            && send(IngestJob::End(Box::new(FileEnd::of_container(container)), hash, task.bytes), 0));
    }
    let done = task.begun_with(&hash).and_then(|known| known.seen.begun.as_ref()).map_or(0, |begun| begun.parts);
    let mut open = send(IngestJob::Begin(task, hash), 0);
    let (mut number, mut told) = (0, 0);
    let (end, hash) = read_at(&task.location, &task.key, task.stated_reading(), (limits, store), &mut |part| {
        number += 1;
        let size = part.size();
        if open && number > done {
            told += size as u64;
            open = send(IngestJob::Part(task, part), size);
        }
    })?;
    Ok(open && send(IngestJob::End(Box::new(end), hash, task.bytes.saturating_sub(told)), 0))
}

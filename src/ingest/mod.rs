//! The pipeline: walk → decode → read → lay out → enrich → analyze → write, the report, and what changed since last
//! time.
//!
//! The index is the only truth. A run compares the folders given with the source records of the index: unchanged files
//! are skipped, changed ones replaced, vanished ones withdrawn, but only below the roots given. A file's record and its
//! articles are written in the same commit, so a run that was killed leaves the last commit, and the next run goes on.

mod compare;
mod correct;
mod file;
mod former;
mod history;
mod page;
mod preview;
mod report;

pub use crate::layout::FlowForm;
pub use page::{PageReading, read_page};
pub use preview::{FilePreview, FlowLines, PagePreview, PreviewError, preview};
pub use report::{FileReport, IngestReport};

use crate::corpus::{self, Root};
use crate::engine::{Engine, EngineError, Snapshot, Writer, all_sources};
use crate::model::{Article, ArticleId, Calendar, Corrections, Outcome, ReadOptions, SourceKey, SourceRecord};
use crate::reprints::Clustering;
use compare::{State, Task, Work};
use history::{Before, seal, taken_out};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Raised when the code that reads pages changes its answers; the tables have a hash of their own.
const RULES: u32 = 4;

/// The version of all rules that decide what becomes of a file.
pub fn rules() -> String {
    format!("{RULES}-{}", crate::tables::rules_hash())
}

/// What to read, and how.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// The folders.
    pub roots: Vec<Root>,
    /// What a person states about their files; a file read before keeps what was stated then where this is empty.
    pub read: ReadOptions,
    /// What editors correct.
    pub corrections: Corrections,
    /// What is stated about publishing days; `None` keeps what the index knows.
    pub calendar: Option<Calendar>,
    /// Read everything again, also what has not changed.
    pub rebuild: bool,
    /// Accept that a root whose files are in the index has become empty.
    pub allow_empty: bool,
    /// Threads that lay out, enrich and analyze.
    pub threads: usize,
    /// Commit after this many bytes of source files.
    pub commit_bytes: u64,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            read: ReadOptions::default(),
            corrections: Corrections::default(),
            calendar: None,
            rebuild: false,
            allow_empty: false,
            threads: 1,
            commit_bytes: 64_000_000,
        }
    }
}

/// Why a run was not begun or not ended. What had been committed stays.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A root whose files are in the index holds none.
    #[error(
        "{folder}: holds no files, but {files} files of `{name}` are in the index; nothing was changed. If they are really gone, run again with --allow-empty"
    )]
    EmptyRoot {
        /// Root name.
        name: String,
        /// Its folder.
        folder: String,
        /// Files in the index.
        files: usize,
    },
    /// Two roots have one name.
    #[error("two folders are named `{0}`; give one of them another name as NAME=DIR")]
    SameName(String),
    /// A root's name belongs to another folder that is still there.
    #[error("`{name}` is {known} in the index, and that folder is still there; give {folder} another name as NAME=DIR")]
    OtherFolder {
        /// Root name.
        name: String,
        /// The folder given.
        folder: String,
        /// The folder in the index.
        known: String,
    },
    /// A correction names what does not exist.
    #[error("correction of {id}: `{value}` is no {what}; nothing was changed. Give a {what} that the archive knows")]
    BadCorrection {
        /// The article.
        id: ArticleId,
        /// The value.
        value: String,
        /// What it should be.
        what: &'static str,
    },
    /// A rebuild must read all roots of the index.
    #[error(
        "the index also holds files of `{0}`, which a rebuild must read again too; give its folder too, or use another --index folder"
    )]
    LeftBehind(String),
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// The folders were listed: files to read, files in all.
    Planned(usize, usize),
    /// A file is begun: its number from 1, and its name.
    File(usize, &'a SourceKey),
    /// Articles were handed to the index.
    Articles(usize),
    /// All was handed over; the index is made durable.
    Committing,
}

/// Tells how far a run is.
pub type Watch<'a> = &'a dyn Fn(Progress<'_>);

/// Brings the index up to date with the roots.
///
/// # Errors
/// [`IngestError`]; whatever was committed before stays, and the next run goes on from there.
pub fn ingest(
    engine: &dyn Engine,
    writer: &mut dyn Writer,
    options: &IngestOptions,
    watch: Watch<'_>,
) -> Result<IngestReport, IngestError> {
    correct::check(&options.corrections)?;
    // What stood before the run: what it adds it knows itself.
    let state = engine.newest()?;
    let mut known: Vec<SourceRecord> = Vec::new();
    all_sources(&*state, None, &mut |record| known.push(record))?;
    let concerned = correct::by_source(&*state, &options.corrections)?;
    let stamps = concerned.iter().map(|(key, ids)| (key.clone(), correct::stamp(&options.corrections, ids))).collect();
    let work = compare::compare(known, &stamps, options)?;
    let applied: BTreeSet<ArticleId> = BTreeSet::new();
    let owners = Owners { of_run: HashMap::new(), replaced: work.replaced.clone(), hashes: work.hashes.clone() };
    let standing = standing(&concerned, &work);
    let sealed = taken_out(&options.corrections);
    let writer = &mut Clustering::new(engine, writer)?;
    Run { state: &*state, writer, options, watch, owners, applied, standing, sealed, uncommitted: 0 }.run(work)
}

/// The corrected articles of files that a run leaves as they are.
fn standing(concerned: &BTreeMap<SourceKey, BTreeSet<ArticleId>>, work: &Work) -> BTreeSet<ArticleId> {
    let left = concerned.iter().filter(|(key, _)| !work.replaced.contains(*key));
    left.flat_map(|(_, ids)| ids.iter().copied()).collect()
}

/// The state of a run.
struct Run<'a> {
    /// What stood before the run.
    state: &'a dyn Snapshot,
    writer: &'a mut dyn Writer,
    options: &'a IngestOptions,
    watch: Watch<'a>,
    owners: Owners,
    /// Articles that corrections were applied to in this run, and those that have theirs already.
    applied: BTreeSet<ArticleId>,
    standing: BTreeSet<ArticleId>,
    /// Articles that editors take out.
    sealed: BTreeSet<ArticleId>,
    uncommitted: u64,
}

impl Run<'_> {
    fn run(mut self, work: Work) -> Result<IngestReport, IngestError> {
        let mut report = work.report;
        let mut changed = self.state_calendar()? | seal(self.state, self.writer, &self.sealed)?;
        changed |= !work.withdrawn.is_empty();
        for record in &work.withdrawn {
            let before = Before::of(self.state, &record.key)?;
            before.keep(self.state, self.writer, &self.sealed)?;
            self.writer.remove_source(&record.key)?;
            report.add(FileReport::of(record, Outcome::Withdrawn));
        }
        let (to_read, rest): (Vec<Task>, Vec<Task>) =
            work.tasks.into_iter().partition(|task| matches!(task.state, State::ToRead));
        rest.iter().for_each(|task| report.add(FileReport::left_as_it_is(task)));
        (self.watch)(Progress::Planned(to_read.len(), work.files));
        for (number, task) in to_read.iter().enumerate() {
            (self.watch)(Progress::File(number + 1, &task.key));
            report.add(self.file(task)?);
            changed = true;
            self.commit_if_due()?;
        }
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

    fn file(&mut self, task: &Task) -> Result<FileReport, IngestError> {
        match corpus::read(&task.file) {
            Ok(bytes) => {
                self.uncommitted += bytes.len() as u64;
                let record = file::FileRun::new(self, task, &bytes)?.run(bytes)?;
                self.owners.hashes.insert(task.key.clone(), record.hash.clone());
                Ok(FileReport::of(&record, record.outcome))
            }
            // Its ids may be given to other files by now, so nothing of it stays; the next run reads it again.
            Err(error) => {
                let report = FileReport::unread(task, &error);
                let before = Before::of(self.state, &task.key)?;
                before.keep(self.state, self.writer, &self.sealed)?;
                self.writer.remove_source(&task.key)?;
                self.writer.put_source(&file::unread_record(task, &report))?;
                Ok(report)
            }
        }
    }

    fn commit_if_due(&mut self) -> Result<(), IngestError> {
        if self.uncommitted >= self.options.commit_bytes {
            self.writer.commit()?;
            self.uncommitted = 0;
        }
        Ok(())
    }
}

/// Which file an id belongs to.
struct Owners {
    of_run: HashMap<ArticleId, SourceKey>,
    /// Files whose articles in the index no longer count.
    replaced: HashSet<SourceKey>,
    /// The hashes of the files, in the index or in this run.
    hashes: HashMap<SourceKey, String>,
}

impl Owners {
    /// The other file that has the id already, or the same file for an id met twice in it.
    /// `stood`: the articles with the ids of a batch that stood before the run.
    fn other(&self, stood: &HashMap<ArticleId, Article>, id: ArticleId) -> Option<SourceKey> {
        if let Some(key) = self.of_run.get(&id) {
            return Some(key.clone());
        }
        let stood = stood.get(&id).map(|article| &article.place.source);
        stood.filter(|key| !self.replaced.contains(*key)).cloned()
    }
}

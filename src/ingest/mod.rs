//! The pipeline: walk → decode → read → lay out → enrich → analyze → write, the report, and what changed since last
//! time.
//!
//! The index is the only truth. A run compares the folders given with the source records of the index: unchanged files
//! are skipped, changed ones replaced, vanished ones withdrawn, but only below the roots given. A file's record and its
//! articles are written in the same commit, so a run that was killed leaves the last commit, and the next run goes on.

mod assets;
mod compare;
mod containers;
mod correct;
mod file;
mod file_task;
mod folder_days;
mod limits;
mod loss;
mod page;
mod pipeline;
mod preview;
mod process;
mod read;
mod redirects;
mod report;
mod revisions;
mod run;
mod source_check;
mod stated;
mod upgrade;
mod watch;

pub use crate::layout::FlowForm;
pub use containers::list_root;
pub use limits::{IngestLimits, ReadingLimits};
pub use page::PageReading;
pub use preview::{FilePreview, FlowLines, PagePreview, PreviewError, preview};
pub use report::{FileReport, IngestReport, ProblemGroup, RunFigures};
pub use source_check::{SourceCheck, SourceDifference, SourceState, check_sources};
pub use upgrade::{RewriteReason, UpgradeError, UpgradeOptions, UpgradeReport, ready_to_rebuild, upgrade};
pub use watch::{WatchOptions, WatchStep, unsettled, watch};

use crate::corpus::{FileStore, Root, SettledFiles, SidecarError};
use crate::engine::{Engine, EngineError, Writer, all_sources};
use crate::model::{Article, ArticleId, Calendar, Corrections, ReadOptions, SourceKey, SourceRecord};
use crate::reprints::Clustering;
use compare::IngestPlan;
use revisions::withdrawn_ids;
use run::IngestRun;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Raised when the code that reads pages changes its answers; the tables have a hash of their own.
const RULES: u32 = 7;

/// Text that is on its way through the pipeline at once, as a share of the memory for building the index: its articles and
/// their tokens take some thirty times as much.
const TEXT_SHARE: usize = 32;

/// The version of all rules that decide what becomes of a file.
pub fn rules() -> String {
    format!("{RULES}-{}", crate::tables::rules_hash())
}

/// A file in which people state facts, and whether it is there and holds something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SidecarSource {
    /// The file; empty where none was named.
    pub file: PathBuf,
    /// Whether it is there and is not blank.
    pub found: bool,
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
    /// Where that was read from.
    pub corrections_from: SidecarSource,
    /// Undo the corrections of another file of corrections that this one does not have.
    pub forget_corrections: bool,
    /// What is stated about publishing days; `None` keeps what the index knows.
    pub calendar: Option<Calendar>,
    /// Read everything again, also what has not changed.
    pub rebuild: bool,
    /// Accept that a root whose files are in the index has become empty.
    pub allow_empty: bool,
    /// Withdraw the articles of files that are gone, however many.
    pub withdraw_missing: bool,
    /// Threads that lay out, enrich and analyze.
    pub threads: usize,
    /// Commit after this many bytes of source files, within a file too.
    pub commit_bytes: u64,
    /// Memory for building the index, in bytes; what is read ahead is bounded by it too.
    pub memory: usize,
    /// Limits of the run.
    pub limits: IngestLimits,
    /// Limits of what is read of files.
    pub reading: ReadingLimits,
    /// Where folders are followed: which files are still being written. They are left for a later run.
    pub settled: Option<Arc<SettledFiles>>,
}

impl IngestOptions {
    /// The version of the rules that files are read by, with the limits where these are not the default ones: a file that was
    /// read within other limits is read again.
    fn rules(&self) -> String {
        rules() + &self.reading.stamp()
    }
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            read: ReadOptions::default(),
            corrections: Corrections::default(),
            corrections_from: SidecarSource::default(),
            forget_corrections: false,
            calendar: None,
            rebuild: false,
            allow_empty: false,
            withdraw_missing: false,
            threads: 1,
            commit_bytes: 64_000_000,
            memory: 200_000_000,
            limits: IngestLimits::default(),
            reading: ReadingLimits::default(),
            settled: None,
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
    /// A root lost so many of its files that it may be the wrong folder, or not be there as a whole.
    #[error(
        "{folder}: {gone} of {files} files of `{name}` in the index are no longer there or have become empty; nothing was changed. Check that the folder is complete; if they are really gone, run again with --withdraw-missing"
    )]
    FilesLost {
        /// Root name.
        name: String,
        /// Its folder.
        folder: String,
        /// Files that are gone or empty.
        gone: usize,
        /// Files in the index.
        files: usize,
    },
    /// The corrections of an earlier run are not in the file of corrections of this one.
    #[error(
        "{files} files of the index hold articles that were corrected or withdrawn by {known}, and {now}; nothing was changed. Give the file with --corrections, or put it back; to undo what it says, run again with --forget-corrections"
    )]
    CorrectionsLost {
        /// Files of the index.
        files: usize,
        /// The file of corrections of the earlier run.
        known: String,
        /// What is said of that of this run.
        now: String,
    },
    /// A manifest cannot be used.
    #[error("{0}; nothing was changed")]
    Stated(#[from] SidecarError),
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
    /// The folders were listed and compared with the index.
    Planned {
        /// Files to read.
        to_read: usize,
        /// Files in all.
        files: usize,
        /// Bytes to read.
        bytes: u64,
    },
    /// A file is begun: its number from 1, and its name.
    File(usize, &'a SourceKey),
    /// So many bytes more were read and worked on.
    Read(u64),
    /// A page was cut.
    Page,
    /// Articles were handed to the index.
    Articles(usize),
    /// All was handed over; the index is made durable.
    Committing,
}

/// Tells how far a run is.
pub type ProgressCallback<'a> = &'a dyn Fn(Progress<'_>);

/// Brings the index up to date with the roots.
///
/// # Errors
/// [`IngestError`]; whatever was committed before stays, and the next run goes on from there.
pub fn ingest(
    engine: &dyn Engine,
    writer: &mut dyn Writer,
    options: &IngestOptions,
    watch: ProgressCallback<'_>,
) -> Result<IngestReport, IngestError> {
    correct::check(&options.corrections)?;
    // What stood before the run: what it adds it knows itself.
    let state = engine.newest()?;
    let mut known: Vec<SourceRecord> = Vec::new();
    all_sources(&*state, None, &mut |record| known.push(record))?;
    let concerned = correct::by_source(&*state, &options.corrections)?;
    let stamps: HashMap<SourceKey, String> = concerned
        .iter()
        .map(|(key, ids)| (key.clone(), correct::corrections_stamp(&options.corrections, ids)))
        .collect();
    let store = Arc::new(FileStore::new(options.reading.corpus));
    let work = compare::compare(known, &stamps, options, &store)?;
    let applied: BTreeSet<ArticleId> = BTreeSet::new();
    let owners = IdOwners { of_run: HashMap::new(), replaced: work.replaced.clone(), hashes: work.hashes.clone() };
    let standing = unaffected_articles(&concerned, &work);
    let sealed = withdrawn_ids(&options.corrections);
    let writer = &mut Clustering::new(engine, writer)?;
    IngestRun {
        state: &*state,
        writer,
        options,
        watch,
        store: &store,
        owners,
        applied,
        standing,
        concerned,
        sealed,
        uncommitted: 0,
    }
    .run(work)
}

/// The corrected articles of files that a run leaves as they are.
fn unaffected_articles(concerned: &BTreeMap<SourceKey, BTreeSet<ArticleId>>, work: &IngestPlan) -> BTreeSet<ArticleId> {
    let left = concerned.iter().filter(|(key, _)| !work.replaced.contains(*key));
    left.flat_map(|(_, ids)| ids.iter().copied()).collect()
}

/// Which file an id belongs to.
struct IdOwners {
    of_run: HashMap<ArticleId, SourceKey>,
    /// Files whose articles in the index no longer count.
    replaced: HashSet<SourceKey>,
    /// The hashes of the files, in the index or in this run.
    hashes: HashMap<SourceKey, String>,
}

impl IdOwners {
    /// The other file that has the id already, or the same file for an id met twice in it.
    /// `stood`: the articles with the ids of a batch that stood before the run.
    fn other_owner(&self, stood: &HashMap<ArticleId, Article>, id: ArticleId) -> Option<SourceKey> {
        if let Some(key) = self.of_run.get(&id) {
            return Some(key.clone());
        }
        let stood = stood.get(&id).map(|article| &article.place.source);
        stood.filter(|key| !self.replaced.contains(*key)).cloned()
    }
}

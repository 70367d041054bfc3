//! The embedded engine: tantivy in a folder.
//!
//! One index holds articles, source files and what is known beside them, written in the same commit. A small file beside
//! it, `baoku-index.json`, names the format, so that an index of another version is recognised before it is opened; what a
//! commit says of itself (its number, the hash of the dictionary, the publishing days) goes with it.
//!
//! Requests ask a [`EmbeddedSnapshot`]: one commit, opened. A new one is opened in the background and takes the place of the old one
//! when it is ready, so that no request waits for it.

mod backup;
mod catalogue;
mod checksum;
mod collect;
mod columns;
mod dump;
mod duplicate_clusters;
mod excluded;
mod failure;
mod folder;
mod histogram;
mod lower;
mod payload;
mod queries;
mod range;
mod record;
mod record_error;
mod record_upgrades;
mod replacement;
mod schema;
mod scroll;
mod shape;
mod state;
mod statistics;
mod stoppable;
mod stored;
mod verify;
mod write;

pub use backup::{BackupContents, BackupFile, Restored, backup, restore};
pub use dump::{IndexDump, IndexRecord, RecordCounts, RecordSink};
pub use replacement::IndexReplacement;
pub use schema::FORMAT as INDEX_FORMAT;
pub use state::EmbeddedSnapshot;
pub use write::{EmbeddedWriter, WriterOptions};

use super::{CommitId, Engine, EngineError, Snapshot};
use crate::model::Calendar;
use crate::query::{Plan, SortKey};
use folder::{check_marker, holds_index, io_error, open_folder, open_index, write_marker};
use schema::{FORMAT, SchemaFields};
use state::{CurrentSnapshot, SharedIndex};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, OnceLock, Weak};
use stored::Dictionaries;
use tantivy::directory::{Directory, WatchCallback, WatchHandle};
use tantivy::{Index, IndexSettings, ReloadPolicy};

/// Marks of the kinds of record.
const ARTICLE: &str = "article";
const SOURCE: &str = "source";
const PAGE: &str = "page";
const WITHDRAWN: &str = "withdrawn";
const FORMER: &str = "former";

/// How often a new commit is tried to be opened.
const TRIES: usize = 5;

/// Size of a block of stored records: little more than one of them.
const BLOCK_BYTES: usize = 4096;

/// An opened index.
pub struct Embedded {
    folder: PathBuf,
    current: Arc<CurrentSnapshot>,
    /// Tells of new commits, from the first request on; ends with the engine.
    watch: OnceLock<Option<WatchHandle>>,
}

impl Embedded {
    /// Opens an existing index for reading. It sees new commits by itself. `dictionary` is the hash of the dictionary
    /// that queries are planned with.
    ///
    /// # Errors
    /// [`EngineError::Missing`] where there is none, [`EngineError::Version`] and [`EngineError::Foreign`] where the
    /// folder holds another one, [`EngineError::Damaged`] where it is not what was written.
    pub fn open(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        replacement::finish(folder)?;
        if !check_marker(folder)? || !holds_index(folder)? {
            return Err(EngineError::Missing(folder.to_owned()));
        }
        Self::with_index(folder, open_index(folder)?, dictionary)
    }

    /// Opens an index for reading, or makes an empty one.
    ///
    /// # Errors
    /// As [`Embedded::open`], but a missing index is no error.
    pub fn open_or_create(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        replacement::finish(folder)?;
        std::fs::create_dir_all(folder).map_err(io_error(folder))?;
        if !check_marker(folder)? {
            write_marker(folder)?;
        }
        if holds_index(folder)? {
            return Self::with_index(folder, open_index(folder)?, dictionary);
        }
        Self::create(folder, dictionary)
    }

    /// Makes an empty index in a folder, without a marker.
    pub(super) fn create(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        let settings = IndexSettings {
            // Records are packed already, each by itself.
            docstore_compression: tantivy::store::Compressor::None,
            // A record is read with its whole block.
            docstore_blocksize: BLOCK_BYTES,
            ..IndexSettings::default()
        };
        // Another process may have been faster: then its index is opened.
        let builder = Index::builder().schema(SchemaFields::new().schema).settings(settings);
        let index = builder.open_or_create(open_folder(folder)?)?;
        Self::with_index(folder, index, dictionary)
    }

    fn with_index(folder: &Path, index: Index, dictionary: &str) -> Result<Self, EngineError> {
        let fields = SchemaFields::new();
        if index.schema() != fields.schema {
            return Err(EngineError::Damaged(format!(
                "{} has other fields than an index of format {FORMAT}",
                folder.display()
            )));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let opened = SharedIndex {
            dictionaries: Arc::new(Dictionaries::for_folder(folder)),
            fields,
            index,
            reader,
            dictionary: dictionary.to_owned(),
        };
        let current = Arc::new(CurrentSnapshot::new(opened)?);
        Ok(Self { folder: folder.to_owned(), current, watch: OnceLock::new() })
    }

    /// Has new commits seen from now on; one that came before is seen too.
    fn begin_watch(&self) -> Option<WatchHandle> {
        let seen = Arc::downgrade(&self.current);
        let (changes, waiting) = std::sync::mpsc::channel();
        let _ = changes.send(());
        let verified = Weak::clone(&seen);
        // Ends with the watch, which holds the sender.
        let folder = self.folder.clone();
        std::thread::spawn(move || verify_each(&verified, &folder, &waiting));
        // A state that cannot be opened after some tries is opened with the next commit; the old one answers until then.
        let changed = WatchCallback::new(move || {
            if let Some(current) = seen.upgrade() {
                (0..TRIES).any(|_| current.refresh_warm().is_ok());
                let _ = changes.send(());
            }
        });
        let watch = self.current.opened().index.directory().watch(changed).ok();
        drop(self.current.refresh());
        watch
    }

    /// The last commit, unless files of it are known to be damaged.
    fn sound_state(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        self.current.checksums.damage().map_or_else(|| Ok(self.current.state() as Arc<dyn Snapshot>), Err)
    }

    /// Begins writing.
    ///
    /// # Errors
    /// [`EngineError::Locked`] while another process writes.
    pub fn writer(&self, options: WriterOptions) -> Result<EmbeddedWriter, EngineError> {
        EmbeddedWriter::new(self, options)
    }

    /// Begins writing into an index that is made anew from another: its commits all have the name of the other's last one.
    ///
    /// # Errors
    /// As [`Embedded::writer`].
    pub fn writer_at(
        &self,
        options: WriterOptions,
        edition: &CommitId,
        calendar: Calendar,
    ) -> Result<EmbeddedWriter, EngineError> {
        EmbeddedWriter::for_commit(self, options, edition, calendar)
    }

    /// Reads all files of the index, and names those whose bytes are not what was written.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be read.
    pub fn damaged_files(&self) -> Result<BTreeSet<PathBuf>, EngineError> {
        self.current.checksums.verify(&self.folder, false)
    }

    /// Sees the newest commit now.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be read.
    pub fn reload(&self) -> Result<(), EngineError> {
        self.current.refresh()
    }

    /// The total of a plan and the keys of its first hits, without reading any of them: what a search costs before the
    /// articles are shown.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be read.
    pub fn find(&self, plan: &Plan) -> Result<(u64, Vec<SortKey>), EngineError> {
        let found = self.current.state().run(plan)?;
        Ok((found.total, found.hits.into_iter().map(|(key, ..)| key).collect()))
    }
}

impl Engine for Embedded {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        self.watch.get_or_init(|| self.begin_watch());
        self.sound_state()
    }

    fn newest(&self) -> Result<Arc<dyn Snapshot>, EngineError> {
        self.current.refresh()?;
        self.sound_state()
    }
}

/// Compares the files of the index with their checksums after each change.
fn verify_each(current: &Weak<CurrentSnapshot>, folder: &Path, changes: &Receiver<()>) {
    while changes.recv().is_ok() {
        let Some(current) = current.upgrade() else { return };
        // What cannot be read now is told by the request that needs it.
        let _ = current.checksums.verify(folder, true);
    }
}

//! An index written anew from what stands in it: one of an earlier format, or one of which not all can be read any more. Ids,
//! former ids, versions with their commits, withdrawn articles, what is known of files, publishing days and the name of the
//! last commit stay; tokens, filter values and clusters of reprints are made again. The old folder is kept under another name.

use crate::engine::embedded::{Embedded, IndexDump, IndexRecord, IndexReplacement, RecordCounts, WriterOptions};
use crate::engine::{CommitId, EngineError, FormatRemedy, Writer};
use crate::indexing::indexed;
use crate::reprints::Clustering;
use std::path::{Path, PathBuf};

/// Characters of articles between two commits.
const COMMIT_CHARACTERS: u64 = 20_000_000;

/// The most records that cannot be read that are named.
const MOST_NAMED: usize = 20;

/// Which index, and how it is written.
#[derive(Clone, Copy, Debug)]
pub struct UpgradeOptions<'a> {
    /// The folder of the index.
    pub folder: &'a Path,
    /// The hash of the dictionary of this program.
    pub dictionary: &'a str,
    /// How to write.
    pub writing: WriterOptions,
    /// The time, as part of the name that the old folder gets.
    pub stamp: &'a str,
}

/// Why an index is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RewriteReason {
    /// It has an earlier format.
    Format,
    /// Not all of it can be read.
    Damage(String),
    /// Its format is too old to be read.
    TooOld(u32),
}

/// What became of an index that was written anew.
#[derive(Clone, Debug)]
pub struct UpgradeReport {
    /// Why.
    pub reason: RewriteReason,
    /// Its format, and what wrote it; `None` where nothing of it could be read.
    pub from: Option<(u32, String)>,
    /// The name of its last commit, before and after.
    pub edition: CommitId,
    /// What was read of it.
    pub before: RecordCounts,
    /// What the new index holds.
    pub after: RecordCounts,
    /// How many records could not be read.
    pub lost: u64,
    /// The first of them, with what is wrong.
    pub lost_first: Vec<String>,
    /// Where the old index is now.
    pub aside: PathBuf,
}

/// Why an index was not written anew. The old one stands.
#[derive(Debug, thiserror::Error)]
pub enum UpgradeError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The new index does not hold what the old one held.
    #[error(
        "the new index does not hold what the old one holds; the old one stands. Before: {before:?}; after: {after:?}"
    )]
    Differs {
        /// What was read.
        before: Box<RecordCounts>,
        /// What was written.
        after: Box<RecordCounts>,
    },
}

/// Upgrades an index of an earlier format; `None` where it has the format of now.
///
/// # Errors
/// [`UpgradeError`]; then the old index stands. A record that cannot be read is an error: nothing is left out.
pub fn upgrade(options: &UpgradeOptions<'_>) -> Result<Option<UpgradeReport>, UpgradeError> {
    match Embedded::open(options.folder, options.dictionary) {
        Ok(_) => return Ok(None),
        Err(EngineError::Version { way: FormatRemedy::Upgrade, .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let replacement = IndexReplacement::begin(options.folder)?;
    written_anew(replacement, options, RewriteReason::Format, false).map(Some)
}

/// An index that is to be rebuilt: the one that stands where all of it can be read, else one written anew with all that
/// can be read of it.
///
/// # Errors
/// [`UpgradeError`]; then the old index stands.
pub fn ready_to_rebuild(options: &UpgradeOptions<'_>) -> Result<(Embedded, Option<UpgradeReport>), UpgradeError> {
    match open_readable(options) {
        Ok(engine) => return Ok((engine, None)),
        Err(error) => drop(reason_of(error)?),
    }
    // While another process wrote, its files may have come and gone.
    let replacement = IndexReplacement::begin(options.folder)?;
    let reason = match open_readable(options) {
        Ok(engine) => {
            replacement.abandon()?;
            return Ok((engine, None));
        }
        Err(error) => reason_of(error)?,
    };
    let report = written_anew(replacement, options, reason, true)?;
    Ok((Embedded::open(options.folder, options.dictionary)?, Some(report)))
}

/// The index, if all of its records can be read.
fn open_readable(options: &UpgradeOptions<'_>) -> Result<Embedded, EngineError> {
    let engine = Embedded::open_or_create(options.folder, options.dictionary)?;
    IndexDump::open(options.folder)?.for_each_record(&mut |record| record.map(drop))?;
    Ok(engine)
}

/// Why an index cannot be rebuilt as it is, if that is for what it is, and not for where or when.
fn reason_of(error: EngineError) -> Result<RewriteReason, EngineError> {
    match error {
        EngineError::Version { way: FormatRemedy::Upgrade, .. } => Ok(RewriteReason::Format),
        EngineError::Version { way: FormatRemedy::Rebuild, found, .. } => Ok(RewriteReason::TooOld(found)),
        error if error.is_damage() => Ok(RewriteReason::Damage(error.to_string())),
        error => Err(error),
    }
}

/// The old index, opened; `None` where nothing of it can be read, and a reason says so.
fn open_old_index(
    options: &UpgradeOptions<'_>,
    reason: &RewriteReason,
    lenient: bool,
) -> Result<Option<IndexDump>, EngineError> {
    match (IndexDump::open(options.folder), reason) {
        (Ok(older), _) => Ok(Some(older)),
        (Err(EngineError::Version { .. }), RewriteReason::TooOld(_)) => Ok(None),
        (Err(error), _) if lenient && error.is_damage() => Ok(None),
        (Err(error), _) => Err(error),
    }
}

/// `lenient`: whether what cannot be read is left out.
fn written_anew(
    replacement: IndexReplacement,
    options: &UpgradeOptions<'_>,
    reason: RewriteReason,
    lenient: bool,
) -> Result<UpgradeReport, UpgradeError> {
    let written = open_old_index(options, &reason, lenient).map_err(UpgradeError::from).and_then(|older| {
        let mut copy = IndexCopy::new(lenient);
        copy.write(older.as_ref(), &replacement, options)?;
        Ok((older, copy))
    });
    let (older, copy) = match written {
        Ok(written) => written,
        Err(error) => {
            // What went wrong first is told.
            drop(replacement.abandon());
            return Err(error);
        }
    };
    let ending = match (&reason, &older) {
        (RewriteReason::Format, Some(older)) => format!(".format{}-{}", older.format(), options.stamp),
        (RewriteReason::TooOld(format), _) => format!(".format{format}-{}", options.stamp),
        _ => format!(".damaged-{}", options.stamp),
    };
    let edition = older.as_ref().map(IndexDump::commit_id).unwrap_or_default();
    let from = older.map(|older| (older.format(), older.program().to_owned()));
    let aside = replacement.swap_in(&ending)?;
    let IndexCopy { before, after, lost, lost_first, .. } = copy;
    Ok(UpgradeReport { reason, from, edition, before, after, lost, lost_first, aside })
}

/// The records of an index on their way into another.
struct IndexCopy {
    /// Whether what cannot be read is left out.
    lenient: bool,
    before: RecordCounts,
    after: RecordCounts,
    lost: u64,
    lost_first: Vec<String>,
    /// Characters since the last commit.
    uncommitted: u64,
}

impl IndexCopy {
    fn new(lenient: bool) -> Self {
        let (before, after) = Default::default();
        Self { lenient, before, after, lost: 0, lost_first: Vec::new(), uncommitted: 0 }
    }

    /// Writes a new index, and reads it again.
    fn write(
        &mut self,
        older: Option<&IndexDump>,
        replacement: &IndexReplacement,
        options: &UpgradeOptions<'_>,
    ) -> Result<(), UpgradeError> {
        let engine = replacement.draft(options.dictionary)?;
        let Some(older) = older else { return Ok(()) };
        let mut writer = Box::new(engine.writer_at(options.writing, &older.commit_id(), older.calendar())?);
        let mut clustering = Clustering::new(&engine, &mut *writer)?;
        older.for_each_record(&mut |record| self.copy_record(record, &mut clustering))?;
        clustering.commit()?;
        writer.finish()?;
        let written = IndexDump::open_draft(replacement.draft_folder())?;
        written.for_each_record(&mut |record| record.map(|record| self.after.add(&record)))?;
        if self.before == self.after {
            return Ok(());
        }
        Err(UpgradeError::Differs { before: Box::new(self.before), after: Box::new(self.after) })
    }

    fn copy_record(
        &mut self,
        record: Result<IndexRecord, EngineError>,
        writer: &mut dyn Writer,
    ) -> Result<(), EngineError> {
        match record {
            Ok(record) => {
                self.before.add(&record);
                self.write_record(record, writer)
            }
            Err(error) if self.lenient && error.is_damage() => {
                self.lost += 1;
                if self.lost_first.len() < MOST_NAMED {
                    self.lost_first.push(error.to_string());
                }
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn write_record(&mut self, record: IndexRecord, writer: &mut dyn Writer) -> Result<(), EngineError> {
        match record {
            IndexRecord::Source(record) => writer.put_source(&record),
            IndexRecord::Page(sheet) => writer.put_page_record(&sheet),
            IndexRecord::Withdrawn(withdrawn) => writer.put_withdrawn(&withdrawn),
            IndexRecord::Former(former) => writer.put_revision(&former),
            IndexRecord::Article(article) => {
                self.uncommitted += article.characters();
                writer.add(indexed(*article))?;
                if self.uncommitted >= COMMIT_CHARACTERS {
                    self.uncommitted = 0;
                    writer.commit()?;
                }
                Ok(())
            }
        }
    }
}

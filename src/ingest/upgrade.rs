//! An index written anew from what stands in it: one of an earlier format, or one of which not all can be read any more. Ids,
//! former ids, versions with their commits, withdrawn articles, what is known of files, publishing days and the name of the
//! last commit stay; tokens, filter values and clusters of reprints are made again. The old folder is kept under another name.

use crate::engine::embedded::{Contents, Embedded, Kept, Older, Replacement, WriterOptions};
use crate::engine::{Edition, EngineError, Way, Writer};
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
pub enum Reason {
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
    pub reason: Reason,
    /// Its format, and what wrote it; `None` where nothing of it could be read.
    pub from: Option<(u32, String)>,
    /// The name of its last commit, before and after.
    pub edition: Edition,
    /// What was read of it.
    pub before: Contents,
    /// What the new index holds.
    pub after: Contents,
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
        before: Box<Contents>,
        /// What was written.
        after: Box<Contents>,
    },
}

/// Upgrades an index of an earlier format; `None` where it has the format of now.
///
/// # Errors
/// [`UpgradeError`]; then the old index stands. A record that cannot be read is an error: nothing is left out.
pub fn upgrade(options: &UpgradeOptions<'_>) -> Result<Option<UpgradeReport>, UpgradeError> {
    match Embedded::open(options.folder, options.dictionary) {
        Ok(_) => return Ok(None),
        Err(EngineError::Version { way: Way::Upgrade, .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let replacement = Replacement::begin(options.folder)?;
    written_anew(replacement, options, Reason::Format, false).map(Some)
}

/// An index that is to be rebuilt: the one that stands where all of it can be read, else one written anew with all that
/// can be read of it.
///
/// # Errors
/// [`UpgradeError`]; then the old index stands.
pub fn ready_to_rebuild(options: &UpgradeOptions<'_>) -> Result<(Embedded, Option<UpgradeReport>), UpgradeError> {
    match whole(options) {
        Ok(engine) => return Ok((engine, None)),
        Err(error) => drop(reason_of(error)?),
    }
    // While another process wrote, its files may have come and gone.
    let replacement = Replacement::begin(options.folder)?;
    let reason = match whole(options) {
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
fn whole(options: &UpgradeOptions<'_>) -> Result<Embedded, EngineError> {
    let engine = Embedded::open_or_create(options.folder, options.dictionary)?;
    Older::open(options.folder)?.each(&mut |record| record.map(drop))?;
    Ok(engine)
}

/// Why an index cannot be rebuilt as it is, if that is for what it is, and not for where or when.
fn reason_of(error: EngineError) -> Result<Reason, EngineError> {
    match error {
        EngineError::Version { way: Way::Upgrade, .. } => Ok(Reason::Format),
        EngineError::Version { way: Way::Rebuild, found, .. } => Ok(Reason::TooOld(found)),
        error if error.is_damage() => Ok(Reason::Damage(error.to_string())),
        error => Err(error),
    }
}

/// The old index, opened; `None` where nothing of it can be read, and a reason says so.
fn opened(options: &UpgradeOptions<'_>, reason: &Reason, lenient: bool) -> Result<Option<Older>, EngineError> {
    match (Older::open(options.folder), reason) {
        (Ok(older), _) => Ok(Some(older)),
        (Err(EngineError::Version { .. }), Reason::TooOld(_)) => Ok(None),
        (Err(error), _) if lenient && error.is_damage() => Ok(None),
        (Err(error), _) => Err(error),
    }
}

/// `lenient`: whether what cannot be read is left out.
fn written_anew(
    replacement: Replacement,
    options: &UpgradeOptions<'_>,
    reason: Reason,
    lenient: bool,
) -> Result<UpgradeReport, UpgradeError> {
    let written = opened(options, &reason, lenient).map_err(UpgradeError::from).and_then(|older| {
        let mut copy = Copy::new(lenient);
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
        (Reason::Format, Some(older)) => format!(".format{}-{}", older.format(), options.stamp),
        (Reason::TooOld(format), _) => format!(".format{format}-{}", options.stamp),
        _ => format!(".damaged-{}", options.stamp),
    };
    let edition = older.as_ref().map(Older::edition).unwrap_or_default();
    let from = older.map(|older| (older.format(), older.program().to_owned()));
    let aside = replacement.put(&ending)?;
    let Copy { before, after, lost, lost_first, .. } = copy;
    Ok(UpgradeReport { reason, from, edition, before, after, lost, lost_first, aside })
}

/// The records of an index on their way into another.
struct Copy {
    /// Whether what cannot be read is left out.
    lenient: bool,
    before: Contents,
    after: Contents,
    lost: u64,
    lost_first: Vec<String>,
    /// Characters since the last commit.
    uncommitted: u64,
}

impl Copy {
    fn new(lenient: bool) -> Self {
        let (before, after) = Default::default();
        Self { lenient, before, after, lost: 0, lost_first: Vec::new(), uncommitted: 0 }
    }

    /// Writes a new index, and reads it again.
    fn write(
        &mut self,
        older: Option<&Older>,
        replacement: &Replacement,
        options: &UpgradeOptions<'_>,
    ) -> Result<(), UpgradeError> {
        let engine = replacement.draft(options.dictionary)?;
        let Some(older) = older else { return Ok(()) };
        let mut writer = Box::new(engine.writer_at(options.writing, &older.edition(), older.calendar())?);
        let mut clustering = Clustering::new(&engine, &mut *writer)?;
        older.each(&mut |record| self.take(record, &mut clustering))?;
        clustering.commit()?;
        writer.finish()?;
        let written = Older::open_draft(replacement.draft_folder())?;
        written.each(&mut |record| record.map(|record| self.after.add(&record)))?;
        if self.before == self.after {
            return Ok(());
        }
        Err(UpgradeError::Differs { before: Box::new(self.before), after: Box::new(self.after) })
    }

    fn take(&mut self, record: Result<Kept, EngineError>, writer: &mut dyn Writer) -> Result<(), EngineError> {
        match record {
            Ok(record) => {
                self.before.add(&record);
                self.put(record, writer)
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

    fn put(&mut self, record: Kept, writer: &mut dyn Writer) -> Result<(), EngineError> {
        match record {
            Kept::Source(record) => writer.put_source(&record),
            Kept::Page(sheet) => writer.put_sheet(&sheet),
            Kept::Withdrawn(withdrawn) => writer.put_withdrawn(&withdrawn),
            Kept::Former(former) => writer.put_former(&former),
            Kept::Article(article) => {
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

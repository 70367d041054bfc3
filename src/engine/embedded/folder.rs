//! The folder of an index: what it holds, as far as its marker tells, and the folder as tantivy uses it: readable by every
//! user who may read the folder, and on a file system that nobody can write to.

use super::schema::FORMAT;
use crate::engine::{EngineError, FormatRemedy};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Index, TantivyError};

/// Names the format beside tantivy's own files.
/// The oldest format that can be upgraded.
pub(super) const OLDEST: u32 = 7;

const MARKER: &str = "baoku-index.json";

/// Files of an index beside its segments and dictionaries.
const OWN: &[&str] = &[MARKER, "meta.json", ".managed.json", ".tantivy-writer.lock", ".tantivy-meta.lock"];

/// How the name of a file ends that is being written and will replace another.
const DRAFT: &str = ".draft";

/// What wrote an index whose marker does not say it.
const UNNAMED: &str = "an earlier version of baoku";

/// What the marker says.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct IndexMarker {
    /// The format.
    pub(super) format: u32,
    /// The program that made the index.
    #[serde(default = "unnamed")]
    pub(super) program: String,
}

fn unnamed() -> String {
    UNNAMED.to_owned()
}

impl IndexMarker {
    /// The marker of a folder; `None` where there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, EngineError> {
        let text = match std::fs::read_to_string(folder.join(MARKER)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(folder)(error)),
        };
        let unread = |error| EngineError::Damaged(format!("{} of {}: {error}", MARKER, folder.display()));
        serde_json::from_str(&text).map(Some).map_err(unread)
    }

    /// The error for an index of another format.
    pub(super) fn refused(self, folder: &Path) -> EngineError {
        let way = match self.format {
            format if format > FORMAT => FormatRemedy::LaterProgram,
            format if format < OLDEST => FormatRemedy::Rebuild,
            _ => FormatRemedy::Upgrade,
        };
        let Self { format: found, program } = self;
        EngineError::Version { folder: folder.to_owned(), found, program, wanted: FORMAT, way }
    }
}

pub(super) fn io_error(folder: &Path) -> impl Fn(std::io::Error) -> EngineError {
    move |source| EngineError::Io { folder: folder.to_owned(), source }
}

/// What a folder holds, as far as the marker tells.
pub(super) fn check_marker(folder: &Path) -> Result<bool, EngineError> {
    match IndexMarker::read(folder)? {
        Some(marker) if marker.format == FORMAT => Ok(true),
        Some(marker) => Err(marker.refused(folder)),
        None if has_files(folder)? => Err(EngineError::Foreign(folder.to_owned())),
        None => Ok(false),
    }
}

/// Whether tantivy has an index there.
pub(super) fn has_files(folder: &Path) -> Result<bool, EngineError> {
    folder.join("meta.json").try_exists().map_err(io_error(folder))
}

pub(super) fn write_marker(folder: &Path) -> Result<(), EngineError> {
    let marker = IndexMarker { format: FORMAT, program: format!("baoku {}", env!("CARGO_PKG_VERSION")) };
    let text = serde_json::json!(marker).to_string();
    replace_file(&folder.join(MARKER), text.as_bytes()).map_err(io_error(folder))
}

/// Whether a folder that has a marker holds an index, or is one that was just begun.
pub(super) fn holds_index(folder: &Path) -> Result<bool, EngineError> {
    let holds = has_files(folder)?;
    if !holds && names_in(folder)?.iter().any(|name| is_segment(name)) {
        return Err(EngineError::Damaged(format!("{} is missing", folder.join("meta.json").display())));
    }
    Ok(holds)
}

/// The names of what a folder holds.
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>, EngineError> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
        names.push(entry.map_err(io_error(folder))?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

/// Whether a file belongs to an index, and not to who has put something beside it.
pub(super) fn is_own(name: &str) -> bool {
    let begun = name.starts_with('.') && name.ends_with(DRAFT);
    begun || OWN.contains(&name) || is_segment(name) || is_dictionary(name)
}

/// Whether a file of an index folder is of a segment.
pub(super) fn is_segment(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Removes the files of an index, and nothing else. Only what was written beside an index and never took its place goes
/// so.
pub(super) fn clear_folder(folder: &Path) -> Result<(), EngineError> {
    let mut own: Vec<String> = names_in(folder)?.into_iter().filter(|name| is_own(name)).collect();
    // The marker first: a part of an index never says that it is whole.
    own.sort_by_key(|name| name != MARKER);
    own.iter().try_for_each(|name| std::fs::remove_file(folder.join(name))).map_err(io_error(folder))
}

pub(super) fn open_folder(folder: &Path) -> Result<IndexFolder, EngineError> {
    Ok(IndexFolder::open(folder).map_err(TantivyError::from)?)
}

pub(super) fn open_index(folder: &Path) -> Result<Index, EngineError> {
    Ok(Index::open(open_folder(folder)?)?)
}

/// tantivy's folder, but for how files are replaced and readers wait for a commit.
#[derive(Clone, Debug)]
pub(super) struct IndexFolder {
    folder: PathBuf,
    inner: MmapDirectory,
}

impl IndexFolder {
    pub(super) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), inner: MmapDirectory::open(folder)? })
    }

    /// The lock under which a reader opens the files of a commit, taken without writing. Where there is no file to lock,
    /// nobody has written since the index came here.
    fn lock_for_reading(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let Ok(file) = std::fs::File::open(self.folder.join(&lock.filepath)) else {
            return Ok(DirectoryLock::from(Box::new(())));
        };
        match file.lock() {
            Err(error) if error.kind() != std::io::ErrorKind::Unsupported => Err(LockError::wrap_io_error(error)),
            _ => Ok(DirectoryLock::from(Box::new(file))),
        }
    }
}

/// Whether an error says that this user, or anybody, cannot write here.
fn is_not_writable(error: &LockError) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error, LockError::IoError(error) if matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem))
}

/// Replaces a file so that after any cut the old one or the new one is there as a whole. It has the permissions of any new
/// file.
pub(super) fn replace_file(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let draft = file.with_file_name(format!(".{}{DRAFT}", name.trim_start_matches('.')));
    let mut out = std::fs::File::create(&draft)?;
    let written = out.write_all(bytes).and_then(|()| out.sync_all()).and_then(|()| std::fs::rename(&draft, file));
    if let Err(error) = written {
        _ = std::fs::remove_file(&draft);
        return Err(error);
    }
    file.parent().map_or(Ok(()), sync_folder)
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Makes the names in a folder durable: nothing to do on this system.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

impl Directory for IndexFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        replace_file(&self.folder.join(path), data)
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(error) if lock.filepath == META_LOCK.filepath && is_not_writable(&error) => self.lock_for_reading(lock),
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// Before and behind the number in the name of a dictionary file.
pub(super) const DICTIONARY_NAME: (&str, &str) = ("stored-", ".dict");

/// Whether a file of an index folder is a dictionary of its records.
pub(super) fn is_dictionary(name: &str) -> bool {
    dictionary_number(name).is_some()
}

/// The number in the name of a dictionary.
pub(super) fn dictionary_number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix(DICTIONARY_NAME.0)?.strip_suffix(DICTIONARY_NAME.1)?;
    u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 8)
}

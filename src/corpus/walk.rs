//! A folder → its files, in a fixed order, with the reason for each one left out.

use super::file_name::{PathText, escaped_path, part_text, path_text};
use super::{FileLocation, MEMBER_MARK};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use walkdir::{DirEntry, WalkDir};

/// Folders deeper than this are not walked.
const MAX_DEPTH: usize = 64;

/// A file that was changed less than this long ago may change again without showing it.
const FRESH: Duration = Duration::from_secs(2);

/// A folder given to `ingest`, with the name under which its files are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name: given, or the last part of the folder.
    pub name: String,
    /// The folder as an absolute path.
    pub folder: PathBuf,
}

/// Why a root cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// There is no such folder.
    #[error("{0}: there is no such folder")]
    Missing(String),
    /// It is a file.
    #[error("{0}: is not a folder; give the folder that holds the file")]
    NotAFolder(String),
    /// It cannot be listed.
    #[error("{path}: cannot be read: {source}")]
    Unreadable {
        /// The folder as given.
        path: String,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// It has no name of its own.
    #[error("{0}: has no folder name; give one as NAME={0}")]
    NoName(String),
}

impl Root {
    /// Reads `DIR` or `NAME=DIR`.
    ///
    /// # Errors
    /// [`RootError`] where the folder is missing, is a file, or cannot be listed.
    pub fn parse(text: &str) -> Result<Self, RootError> {
        let whole = Path::new(text);
        let (name, folder) = match text.split_once('=') {
            Some((name, folder)) if !name.is_empty() && !name.contains('/') && !whole.is_dir() => {
                (Some(name), Path::new(folder))
            }
            _ => (None, whole),
        };
        let unreadable = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::NotFound => RootError::Missing(text.to_owned()),
            _ => RootError::Unreadable { path: text.to_owned(), source },
        };
        let folder = folder.canonicalize().map_err(unreadable)?;
        if !folder.is_dir() {
            return Err(RootError::NotAFolder(text.to_owned()));
        }
        std::fs::read_dir(&folder).map_err(unreadable)?;
        let own = folder.file_name().map(|name| part_text(name).0);
        let name = name.map(str::to_owned).or(own).ok_or_else(|| RootError::NoName(text.to_owned()))?;
        Ok(Self { name, folder })
    }
}

/// A regular file of a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Path below the root, with `/` between its parts, as text.
    pub path: String,
    /// The encoding of a name that is not UTF-8; empty where none fits, and its bytes are shown as `%XX`.
    pub name_encoding: Option<&'static str>,
    /// Where it is.
    pub location: FileLocation,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was changed last, in nanoseconds since 1970; `None` where that is not known, or less than two seconds ago, so
    /// that a later change might not show.
    pub modified: Option<i64>,
    /// SHA-256 of its bytes, hexadecimal, where it is known already.
    pub hash: Option<String>,
    /// What was found in it, where it is a container.
    pub container: Option<ContainerSummary>,
}

/// What was found in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerSummary {
    /// What ended the reading before the end.
    pub fault: Option<String>,
    /// Whether manifests are among its members: it must be opened for what they state.
    pub has_manifests: bool,
}

impl FoundFile {
    /// Whether it looks as it did when it had a size and a time of change, so that its bytes need not be read.
    pub fn is_untouched(&self, bytes: u64, modified: Option<i64>) -> bool {
        self.modified.is_some() && self.modified == modified && self.bytes == bytes
    }

    fn new(path: PathText, entry: &DirEntry) -> Self {
        let metadata = entry.metadata().ok();
        let modified =
            metadata.as_ref().and_then(|metadata| settled(metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?));
        let bytes = metadata.map_or(0, |metadata| metadata.len());
        let location = FileLocation::Disk(entry.path().to_owned());
        let name_encoding = path.encoding;
        Self { path: path.text, name_encoding, location, bytes, modified, hash: None, container: None }
    }
}

/// A time of change that is long enough ago, in nanoseconds.
fn settled(modified: Duration) -> Option<i64> {
    let now = UNIX_EPOCH.elapsed().ok()?;
    let settled = now.checked_sub(modified).is_some_and(|ago| ago >= FRESH);
    i64::try_from(modified.as_nanos()).ok().filter(|_| settled)
}

/// The files of one folder, without those of folders in it; none where it cannot be listed.
pub fn files_of(folder: &Path) -> Vec<FoundFile> {
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file() && !is_hidden(entry));
    files.map(|entry| FoundFile::new(path_text(Path::new(entry.file_name())), &entry)).collect()
}

/// Something in a root that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedEntry {
    /// Path below the root, with `/` between its parts.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Whether it is text that was to be read.
    pub is_loss: bool,
    /// Whether files may lie below it that were not seen.
    pub hides_files: bool,
}

/// What a root holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Files, by path.
    pub files: Vec<FoundFile>,
    /// What was left out, by path.
    pub skipped: Vec<SkippedEntry>,
    /// Files that are there and are left for a later run, by path.
    pub left: Vec<String>,
}

/// Lists a root. Links are not followed, hidden entries are left out and named.
pub fn walk(root: &Root) -> Walk {
    let mut found = Walk::default();
    let mut entries = WalkDir::new(&root.folder).min_depth(1).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                found.skip(root, entry.path(), "hidden", false);
            }
            Ok(entry) => found.add_entry(root, &entry),
            Err(error) => {
                let path = error.path().unwrap_or(&root.folder).to_owned();
                found.skip(root, &path, &format!("cannot be listed: {error}"), true);
            }
        }
    }
    found.drop_same_names(root);
    found
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn below(root: &Root, path: &Path) -> PathText {
    path_text(path.strip_prefix(&root.folder).unwrap_or(path))
}

/// Whether a path is below a folder or in a container, which ends in `!`; all are below the root, which has an empty path.
pub fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

impl Walk {
    /// Whether a file may be there though it is not among the files: it is left for later, or lies where nothing was seen.
    pub fn may_hold(&self, path: &str) -> bool {
        let is_left = |left: &String| {
            path == left || path.strip_prefix(left.as_str()).is_some_and(|rest| rest.starts_with(MEMBER_MARK))
        };
        let hidden = self.skipped.iter().filter(|skipped| skipped.hides_files);
        hidden.into_iter().any(|skipped| is_below(path, &skipped.path)) || self.left.iter().any(is_left)
    }

    fn add_entry(&mut self, root: &Root, entry: &DirEntry) {
        let kind = entry.file_type();
        match below(root, entry.path()) {
            _ if kind.is_dir() && entry.depth() < MAX_DEPTH => {}
            _ if kind.is_dir() => self.skip(root, entry.path(), "deeper than 64 folders", true),
            path if kind.is_file() => self.files.push(FoundFile::new(path, entry)),
            _ if kind.is_symlink() => {
                self.skip(root, entry.path(), "a link; give its target as a folder of its own", false);
            }
            _ => self.skip(root, entry.path(), "not a regular file", false),
        }
    }

    /// Puts the files into the order of their paths, and leaves out those whose path reads like that of another: a name of
    /// UTF-8 goes first, then the lower bytes.
    fn drop_same_names(&mut self, root: &Root) {
        let order =
            |file: &FoundFile| (file.path.clone(), file.name_encoding.is_some(), file.location.file().to_owned());
        self.files.sort_by_cached_key(order);
        let (mut last, mut same) = (None, Vec::new());
        self.files.retain(|file| {
            let is_same = last.as_ref() == Some(&file.path);
            if is_same {
                same.push(file.location.file().to_owned());
            }
            last = Some(file.path.clone());
            !is_same
        });
        for file in same {
            let path = escaped_path(file.strip_prefix(&root.folder).unwrap_or(&file));
            let reason = "its name reads like that of another file, which was taken; rename one of them".to_owned();
            self.skipped.push(SkippedEntry { path, reason, is_loss: true, hides_files: false });
        }
    }

    fn skip(&mut self, root: &Root, path: &Path, reason: &str, hides_files: bool) {
        let path = below(root, path).text;
        self.skipped.push(SkippedEntry { path, reason: reason.to_owned(), is_loss: hides_files, hides_files });
    }
}

//! An index in the place of another: written beside it, then both folders are renamed. The old one is kept under another
//! name. Whenever this is cut off, either the old index stands or the new one takes its place when it is next opened: what
//! was written beside is told to be whole by its marker, which comes last.

use super::Embedded;
use super::folder::{IndexMarker, clear_folder, io_error, is_own, names_in, open_folder, sync_folder, write_marker};
use crate::engine::EngineError;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK};

/// What the new folder is called until it takes its place: the name of the old one with this behind it.
const DRAFT: &str = ".upgrade";

/// How many names are tried for the old folder.
const NAMES: usize = 1000;

/// An index that is being replaced. Nobody else can write to it.
pub struct IndexReplacement {
    /// The folder, whatever leads to it.
    folder: PathBuf,
    draft: PathBuf,
    /// Of the index that is replaced.
    _lock: DirectoryLock,
}

impl IndexReplacement {
    /// Begins to replace an index of any format. What an interrupted one left behind is removed.
    ///
    /// # Errors
    /// [`EngineError::Missing`], [`EngineError::Foreign`], [`EngineError::Locked`] while another process writes, and
    /// [`EngineError::Io`].
    pub fn begin(folder: &Path) -> Result<Self, EngineError> {
        finish(folder)?;
        let whole = whole_path(folder)?;
        if !whole.try_exists().map_err(io_error(folder))? {
            return Err(EngineError::Missing(folder.to_owned()));
        }
        match IndexMarker::read(&whole) {
            Ok(None) => return Err(EngineError::Foreign(folder.to_owned())),
            Err(error) if !error.is_damage() => return Err(error),
            Ok(Some(_)) | Err(_) => {}
        }
        let lock = open_folder(&whole)?.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
            LockError::LockBusy => EngineError::Locked(folder.to_owned()),
            other => TantivyError::LockFailure(other, None).into(),
        })?;
        let draft = with_ending(&whole, DRAFT);
        remove(&draft, &whole)?;
        Ok(Self { folder: whole, draft, _lock: lock })
    }

    /// An empty index beside the old one, to be written.
    ///
    /// # Errors
    /// [`EngineError::Io`].
    pub fn draft(&self, dictionary: &str) -> Result<Embedded, EngineError> {
        std::fs::create_dir_all(&self.draft).map_err(io_error(&self.draft))?;
        Embedded::create(&self.draft, dictionary)
    }

    /// The folder of the new index until it takes its place.
    pub fn draft_folder(&self) -> &Path {
        &self.draft
    }

    /// Puts the new index in the place of the old one, and gives the name that the old one has from now on: its own with
    /// `ending` behind it.
    ///
    /// # Errors
    /// [`EngineError::Io`]; then the old index stands where it stood.
    pub fn swap_in(self, ending: &str) -> Result<PathBuf, EngineError> {
        self.copy_other_files()?;
        write_marker(&self.draft)?;
        let aside = self.free_name(ending)?;
        if let Err(error) = rename(&self.folder, &aside) {
            // As where the folder is a mount; the draft would take its place as soon as it is empty.
            remove(&self.draft, &self.folder)?;
            return Err(error);
        }
        if let Err(error) = rename(&self.draft, &self.folder) {
            rename(&aside, &self.folder)?;
            return Err(error);
        }
        Ok(aside)
    }

    /// Leaves the old index as it is, and removes what was written beside it.
    ///
    /// # Errors
    /// [`EngineError::Io`].
    pub fn abandon(self) -> Result<(), EngineError> {
        remove(&self.draft, &self.folder)
    }

    /// Copies what somebody has put beside the index.
    fn copy_other_files(&self) -> Result<(), EngineError> {
        let names = names_in(&self.folder)?.into_iter().filter(|name| !is_own(name));
        for name in names.filter(|name| self.folder.join(name).is_file()) {
            std::fs::copy(self.folder.join(&name), self.draft.join(&name)).map_err(io_error(&self.folder))?;
        }
        Ok(())
    }

    fn free_name(&self, ending: &str) -> Result<PathBuf, EngineError> {
        let names = (1..NAMES).map(|number| if number == 1 { ending.to_owned() } else { format!("{ending}-{number}") });
        for name in names.map(|ending| with_ending(&self.folder, &ending)) {
            if !name.try_exists().map_err(io_error(&name))? {
                return Ok(name);
            }
        }
        let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        Err(io_error(&with_ending(&self.folder, ending))(taken))
    }
}

/// Puts an index in its place that was written as a whole when its process ended.
pub(super) fn finish(folder: &Path) -> Result<(), EngineError> {
    if folder.try_exists().map_err(io_error(folder))? {
        return Ok(());
    }
    let whole = whole_path(folder)?;
    let draft = with_ending(&whole, DRAFT);
    match IndexMarker::read(&draft)? {
        Some(_) => rename(&draft, &whole),
        None => Ok(()),
    }
}

/// The folder itself, whatever links lead to it.
fn whole_path(folder: &Path) -> Result<PathBuf, EngineError> {
    match folder.canonicalize() {
        Ok(whole) => Ok(whole),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let target = std::fs::read_link(folder).ok();
            let beside = |target: PathBuf| folder.parent().map_or(target.clone(), |parent| parent.join(&target));
            let place = target.map_or_else(|| folder.to_owned(), beside);
            std::path::absolute(place).map_err(io_error(folder))
        }
        Err(error) => Err(io_error(folder)(error)),
    }
}

fn with_ending(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().map_or_else(|| OsString::from("index"), OsString::from);
    name.push(ending);
    folder.with_file_name(name)
}

/// Renames a folder for good.
fn rename(from: &Path, to: &Path) -> Result<(), EngineError> {
    std::fs::rename(from, to).map_err(io_error(from))?;
    to.parent().map_or(Ok(()), sync_folder).map_err(io_error(to))
}

/// Removes what never took the place of an index: its files, and copies of what lies beside those of the index.
fn remove(draft: &Path, folder: &Path) -> Result<(), EngineError> {
    if !draft.try_exists().map_err(io_error(draft))? {
        return Ok(());
    }
    clear_folder(draft)?;
    for name in names_in(draft)?.into_iter().filter(|name| folder.join(name).is_file()) {
        std::fs::remove_file(draft.join(name)).map_err(io_error(draft))?;
    }
    std::fs::remove_dir(draft).map_err(io_error(draft))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of the old index alone.
    const OLD: &str = "0123456789abcdef0123456789abcdef.store";

    struct TestFolder(tempfile::TempDir);

    impl TestFolder {
        /// A folder with an index, and the beginning of its replacement.
        fn begun() -> (Self, IndexReplacement) {
            let desk = Self(tempfile::tempdir().unwrap());
            drop(Embedded::open_or_create(&desk.index(), "old").unwrap());
            std::fs::write(desk.index().join("README.md"), "").unwrap();
            std::fs::write(desk.index().join(OLD), "").unwrap();
            let replacement = IndexReplacement::begin(&desk.index()).unwrap();
            drop(replacement.draft("new").unwrap());
            (desk, replacement)
        }

        fn index(&self) -> PathBuf {
            self.0.path().join("index")
        }

        fn is_old(&self) -> bool {
            drop(Embedded::open(&self.index(), "any").unwrap());
            self.index().join(OLD).exists()
        }

        fn names(&self) -> Vec<String> {
            let entries = std::fs::read_dir(self.0.path()).unwrap();
            let mut names: Vec<String> =
                entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        }
    }

    #[test]
    fn the_new_one_takes_the_place_and_the_old_one_is_kept() {
        let (desk, replacement) = TestFolder::begun();
        let aside = replacement.swap_in(".format7-x").unwrap();
        assert!(!desk.is_old() && aside.join(OLD).exists());
        assert!(desk.index().join("README.md").exists(), "what lies beside the index is brought along");
        assert_eq!(desk.names(), ["index", "index.format7-x"]);
        let again = IndexReplacement::begin(&desk.index()).unwrap();
        drop(again.draft("new").unwrap());
        again.swap_in(".format7-x").unwrap();
        assert_eq!(desk.names(), ["index", "index.format7-x", "index.format7-x-2"], "no name is taken twice");
    }

    #[test]
    fn cut_off_before_all_is_written_the_old_one_stands() {
        let (desk, replacement) = TestFolder::begun();
        // A file of it was being replaced.
        std::fs::write(replacement.draft.join(".meta.json.draft"), "{").unwrap();
        drop(replacement);
        assert!(desk.is_old());
        assert_eq!(desk.names(), ["index", "index.upgrade"]);
        IndexReplacement::begin(&desk.index()).unwrap().abandon().unwrap();
        assert!(desk.is_old());
        assert_eq!(desk.names(), ["index"]);
    }

    #[test]
    fn cut_off_when_all_is_written_the_old_one_stands() {
        let (desk, replacement) = TestFolder::begun();
        replacement.copy_other_files().unwrap();
        write_marker(&replacement.draft).unwrap();
        drop(replacement);
        assert!(desk.is_old());
        IndexReplacement::begin(&desk.index()).unwrap().abandon().unwrap();
        assert_eq!(desk.names(), ["index"]);
    }

    #[test]
    fn cut_off_between_the_two_names_the_new_one_is_there_when_it_is_opened() {
        for opened_to_write in [false, true] {
            let (desk, replacement) = TestFolder::begun();
            write_marker(&replacement.draft).unwrap();
            rename(&replacement.folder, &with_ending(&replacement.folder, ".format7-x")).unwrap();
            drop(replacement);
            let open = if opened_to_write { Embedded::open_or_create } else { Embedded::open };
            drop(open(&desk.index(), "any").unwrap());
            assert!(!desk.is_old());
            assert_eq!(desk.names(), ["index", "index.format7-x"]);
        }
    }

    #[test]
    fn one_at_a_time() {
        let (desk, replacement) = TestFolder::begun();
        assert!(matches!(IndexReplacement::begin(&desk.index()), Err(EngineError::Locked(_))));
        drop(replacement);
        let writes = Embedded::open(&desk.index(), "old").unwrap();
        let writer = writes.writer(super::super::WriterOptions::default()).unwrap();
        assert!(matches!(IndexReplacement::begin(&desk.index()), Err(EngineError::Locked(_))));
        drop(writer);
        assert!(IndexReplacement::begin(&desk.index()).is_ok());
    }

    #[test]
    #[cfg(unix)]
    fn what_a_link_leads_to_is_replaced_where_it_is() {
        let (desk, replacement) = TestFolder::begun();
        drop(replacement);
        let link = desk.0.path().join("link");
        std::os::unix::fs::symlink("index", &link).unwrap();
        let through = IndexReplacement::begin(&link).unwrap();
        drop(through.draft("new").unwrap());
        through.swap_in(".format7-x").unwrap();
        assert_eq!(desk.names(), ["index", "index.format7-x", "link"]);
        assert!(!desk.is_old() && Embedded::open(&link, "any").is_ok());
    }
}

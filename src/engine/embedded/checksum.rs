//! The files of an index against the checksums that were written at their ends. A file of a segment never changes, so each is
//! read through once.

use super::failure::is_damage;
use super::folder::{names_in, open_index};
use crate::engine::EngineError;
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tantivy::Index;
use tantivy::directory::error::OpenReadError;

/// Of the time of a paced reading the share that is waited: it shall not be felt by those who search.
const WAITED: u32 = 4;

/// Which files were read through, and what was found.
#[derive(Default)]
pub(super) struct Checksums {
    sound: Mutex<HashSet<PathBuf>>,
    damage: RwLock<Option<String>>,
}

impl Checksums {
    /// Reads the files of the last commit that were not read before; names those whose bytes are not what was written.
    /// `paced`: waits after each. The folder is opened apart for it: what is mapped is let go after each file.
    ///
    /// # Errors
    /// [`EngineError`] where the index cannot be read at all.
    pub(super) fn verify(&self, folder: &Path, paced: bool) -> Result<BTreeSet<PathBuf>, EngineError> {
        let index = &open_index(folder)?;
        let mut damaged = BTreeSet::new();
        for file in files(index, folder)? {
            if self.sound.lock().unwrap_or_else(PoisonError::into_inner).contains(&file) {
                continue;
            }
            let start = Instant::now();
            match is_sound(index, &file)? {
                Some(true) => _ = self.sound.lock().unwrap_or_else(PoisonError::into_inner).insert(file),
                Some(false) => _ = damaged.insert(file),
                None => {}
            }
            std::thread::sleep(if paced { start.elapsed() * WAITED } else { Duration::ZERO });
        }
        let names: Vec<String> = damaged.iter().map(|file| file.display().to_string()).collect();
        let damage =
            (!names.is_empty()).then(|| format!("the bytes of {} are not those that were written", names.join(", ")));
        *self.damage.write().unwrap_or_else(PoisonError::into_inner) = damage;
        Ok(damaged)
    }

    /// What keeps the last commit from being answered from.
    pub(super) fn damage(&self) -> Option<EngineError> {
        self.damage.read().unwrap_or_else(PoisonError::into_inner).clone().map(EngineError::Damaged)
    }
}

/// The files of the segments of the last commit, by their names: the list that tantivy keeps of its files may be missing.
fn files(index: &Index, folder: &Path) -> Result<BTreeSet<PathBuf>, EngineError> {
    let segments: Vec<String> = index.load_metas()?.segments.iter().map(|segment| segment.id().uuid_string()).collect();
    let is_of_segment =
        |name: &String| segments.iter().any(|segment| name.starts_with(segment.as_str())) && !name.ends_with(".temp");
    Ok(names_in(folder)?.into_iter().filter(is_of_segment).map(PathBuf::from).collect())
}

/// Whether the bytes of a file are those that were written; `None` where it went away meanwhile.
fn is_sound(index: &Index, file: &Path) -> Result<Option<bool>, EngineError> {
    match index.directory().validate_checksum(file) {
        Ok(sound) => Ok(Some(sound)),
        Err(OpenReadError::FileDoesNotExist(_)) => Ok(None),
        Err(error) => {
            let error = error.into();
            if is_damage(&error) { Ok(Some(false)) } else { Err(error.into()) }
        }
    }
}

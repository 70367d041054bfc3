//! Containers: files that hold files. Their members are read in place, under addresses of their own
//! (`a.zip!/1998/03/02.txt`), and nothing is ever unpacked to a path that a container names: what is unpacked goes into one
//! unnamed temporary file.
//!
//! | container | known by | members |
//! |---|---|---|
//! | zip | first bytes; one that is a document (DOCX, OFD, EPUB) is none | its files; names in UTF-8 or GBK |
//! | tar | mark at byte 257 | its files |
//! | gzip, zstd | first bytes | those of the tar or WARC inside; else the file inside, named without `.gz`, `.zst` |
//! | WARC | first bytes | what each answered request gave, named by its address |
//!
//! Containers in containers are opened to a depth. Entries, bytes and the ratio of packing are limited for the outermost
//! container as a whole; links, encrypted entries, hidden ones and names that lead out of the container are left out and named.

mod budget;
mod entry_name;
mod fault;
mod kind;
mod spool;
mod stream;
mod unpack;
mod warc;
mod zip_entries;

pub use fault::ContainerFault;
pub use kind::{ContainerKind, container_kind};
pub use unpack::{Member, UnpackedContainer};

use super::CorpusLimits;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What stands between the path of a container and the path of a member in it.
pub const MEMBER_MARK: &str = "!/";

/// Bytes of unpacked members that are kept for the next caller.
const KEPT_BYTES: u64 = 1 << 30;

/// Containers that are kept unpacked.
const KEPT: usize = 8;

/// An unpacked container or why it is none, under the file that it is of.
type Kept = (PathBuf, Arc<UnpackedContainer>);

/// Containers that were unpacked lately: the reading of members one after the other unpacks each container once.
#[derive(Debug, Default)]
pub struct OpenContainers(Mutex<VecDeque<Kept>>);

impl OpenContainers {
    /// The members of a container.
    ///
    /// # Errors
    /// [`ContainerFault`] where it cannot be opened at all; what could be read of a damaged one is there, with its fault.
    pub fn open(&self, file: &Path, limits: &CorpusLimits) -> Result<Arc<UnpackedContainer>, ContainerFault> {
        if let Some(known) = self.find(file) {
            return Ok(known);
        }
        let unpacked = Arc::new(UnpackedContainer::open(file, limits)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((file.to_owned(), Arc::clone(&unpacked)));
        while kept.len() > 1 && (kept.len() > KEPT || kept.iter().map(|(_, one)| one.bytes()).sum::<u64>() > KEPT_BYTES)
        {
            kept.pop_front();
        }
        Ok(unpacked)
    }

    fn find(&self, file: &Path) -> Option<Arc<UnpackedContainer>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(path, one)| path == file && one.is_of(file)).map(|(_, one)| Arc::clone(one))
    }
}

#[cfg(test)]
mod tests;

//! Source files as bytes, those in containers too.

use super::container::{Member, OpenContainers, UnpackedContainer};
use super::{ContainerFault, CorpusLimits, FileChunks, FileLocation, ReadError, hash_of, read_within};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// Opens source files. Containers stay unpacked for a while.
#[derive(Debug, Default)]
pub struct FileStore {
    containers: OpenContainers,
    limits: CorpusLimits,
}

impl FileStore {
    /// A store that keeps to limits.
    pub fn new(limits: CorpusLimits) -> Self {
        Self { containers: OpenContainers::default(), limits }
    }

    /// The members of a container.
    ///
    /// # Errors
    /// [`ContainerFault`] where it cannot be opened at all.
    pub fn container(&self, file: &Path) -> Result<Arc<UnpackedContainer>, ContainerFault> {
        self.containers.open(file, &self.limits)
    }

    /// Whether a file can be opened; nothing of it is read.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn check(&self, location: &FileLocation) -> Result<(), ReadError> {
        Ok(File::open(location.file()).map(drop)?)
    }

    /// SHA-256 of the bytes of a file, hexadecimal.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn hash(&self, location: &FileLocation) -> Result<String, ReadError> {
        match location {
            FileLocation::Disk(file) => hash_of(file, self.limits.file_bytes),
            FileLocation::Member { container, path } => Ok(self.member(container, path)?.1.hash),
        }
    }

    /// The size of a file in bytes.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn size(&self, location: &FileLocation) -> Result<u64, ReadError> {
        match location {
            FileLocation::Disk(file) => Ok(std::fs::metadata(file)?.len()),
            FileLocation::Member { container, path } => Ok(self.member(container, path)?.1.bytes),
        }
    }

    /// The bytes of a file of at most so many bytes, all of one state of it.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way; [`ReadError::Changed`] where it was written to meanwhile.
    pub fn read(&self, location: &FileLocation, most: u64) -> Result<Vec<u8>, ReadError> {
        match location {
            FileLocation::Disk(file) => {
                let before = FileState::of(file)?;
                let bytes = read_within(file, most)?;
                if FileState::of(file)? == before { Ok(bytes) } else { Err(ReadError::Changed) }
            }
            FileLocation::Member { container, path } => {
                let (unpacked, member) = self.member(container, path)?;
                if member.bytes > most {
                    return Err(ReadError::TooLarge { bytes: member.bytes, most });
                }
                let mut bytes = Vec::with_capacity(usize::try_from(member.bytes).unwrap_or(0));
                unpacked.stream(&member).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }

    /// A file of lines, piece by piece.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn chunks(&self, location: &FileLocation) -> Result<FileChunks, ReadError> {
        match location {
            FileLocation::Disk(file) => FileChunks::open(file),
            FileLocation::Member { container, path } => {
                let (unpacked, member) = self.member(container, path)?;
                Ok(FileChunks::of_stream(Box::new(unpacked.stream(&member))))
            }
        }
    }

    fn member(&self, container: &Path, path: &str) -> Result<(Arc<UnpackedContainer>, Member), ReadError> {
        let unpacked = self.container(container).map_err(|fault| ReadError::Container(fault.to_string()))?;
        let member = unpacked.member(path).cloned().ok_or(ReadError::Changed)?;
        Ok((unpacked, member))
    }
}

/// By what one sees that a file was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl FileState {
    /// The state of a file on disk.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn of(file: &Path) -> std::io::Result<Self> {
        let metadata = std::fs::metadata(file)?;
        Ok(Self { bytes: metadata.len(), modified: metadata.modified().ok() })
    }
}

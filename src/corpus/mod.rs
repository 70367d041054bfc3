//! The way in: walking a folder, and bytes → text. The only stage before the engine that touches the world.

mod calendar;
mod chunks;
mod container;
mod corrections;
mod decode;
mod file_events;
mod file_name;
mod file_store;
mod labels;
mod limits;
mod location;
mod manifest;
mod mapping;
mod settle;
mod sidecar;
mod today;
mod walk;
mod zip_package;

pub use calendar::{CALENDAR, read_calendar};
pub use chunks::{FileChunks, PIECE_BYTES};
pub use container::{
    ContainerFault, ContainerKind, MEMBER_MARK, Member, OpenContainers, UnpackedContainer, container_kind,
};
pub use corrections::{CORRECTIONS, read_corrections, write_correction};
pub use decode::{
    DecodeError, Decoded, EncodedLines, ReplacedPlace, decode, decode_exactly, decode_hinted, encoding_name,
};
pub use file_events::{FileEvents, FolderState};
pub use file_name::{PathText, path_text};
pub use file_store::{FileState, FileStore};
pub use labels::{InvalidLine, LABELS, Labels, append_label, read_labels};
pub use limits::CorpusLimits;
pub use location::FileLocation;
pub use manifest::{MANIFESTS, Manifest, stated_facts};
pub use mapping::MAPPING;
pub use settle::SettledFiles;
pub use sidecar::SidecarError;
pub use today::today;
pub use walk::{ContainerSummary, FoundFile, Root, RootError, SkippedEntry, Walk, files_of, is_below, walk};
pub use zip_package::{ZipLimits, ZipPackage, ZipPackageError};

use sha2::{Digest, Sha256};
use std::io::{BufRead, Read};
use std::path::Path;

/// Why the bytes of a file were not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system refused.
    #[error("cannot be read: {0}; check its permissions")]
    Io(#[from] std::io::Error),
    /// The file is over a limit.
    #[error("has {bytes} bytes, over the limit of {most}; split the file")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// It was written to while it was read.
    #[error("was being written while it was read; nothing of it was taken: run again when it is complete")]
    Changed,
    /// The container that it is in cannot be read.
    #[error("its container {0}")]
    Container(String),
}

/// The bytes of a file within the limits that are usual.
///
/// # Errors
/// [`ReadError`] with what stood in the way.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_within(path, CorpusLimits::default().file_bytes)
}

/// The bytes of a file of at most so many bytes.
///
/// # Errors
/// [`ReadError`] with what stood in the way.
pub fn read_within(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > most {
        return Err(ReadError::TooLarge { bytes: size, most });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // A file can grow after its size was asked for.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64, most });
    }
    Ok(bytes)
}

/// SHA-256 of the bytes of a file of at most so many bytes, hexadecimal, read piece by piece.
///
/// # Errors
/// [`ReadError`] with what stood in the way.
pub fn hash_of(path: &Path, most: u64) -> Result<String, ReadError> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > most {
        return Err(ReadError::TooLarge { bytes: size, most });
    }
    let mut digest = Sha256::new();
    let mut file = std::io::BufReader::with_capacity(1 << 16, file);
    loop {
        let piece = file.fill_buf()?;
        let length = piece.len();
        if length == 0 {
            return Ok(hexadecimal(&digest.finalize()));
        }
        digest.update(piece);
        file.consume(length);
    }
}

/// Whether there is a file that holds more than white space.
pub fn says_something(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| !bytes.iter().all(u8::is_ascii_whitespace))
}

/// Whether a path is a folder that can be seen.
pub fn is_folder(path: &str) -> bool {
    Path::new(path).is_dir()
}

/// SHA-256 of bytes, hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

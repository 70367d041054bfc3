//! Where the bytes of a source file are.

use super::MEMBER_MARK;
use std::path::{Path, PathBuf};

/// Where the bytes of a source file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileLocation {
    /// In a file of its own.
    Disk(PathBuf),
    /// In a container.
    Member {
        /// The file of the outermost container.
        container: PathBuf,
        /// The path in it.
        path: String,
    },
}

impl FileLocation {
    /// The place of an address: the path of a file, or that of a container with [`MEMBER_MARK`] and a path in it.
    ///
    /// # Errors
    /// Those of the operating system, where there is no such file.
    pub fn parse(address: &str) -> std::io::Result<Self> {
        let missing = match Path::new(address).canonicalize() {
            Ok(file) => return Ok(Self::Disk(file)),
            Err(error) => error,
        };
        let Some((container, path)) = address.split_once(MEMBER_MARK) else { return Err(missing) };
        Ok(Self::Member { container: Path::new(container).canonicalize()?, path: path.to_owned() })
    }

    /// The address, as [`FileLocation::parse`] reads it.
    pub fn address(&self) -> String {
        match self {
            Self::Disk(file) => file.to_string_lossy().into_owned(),
            Self::Member { container, path } => format!("{}{MEMBER_MARK}{path}", container.display()),
        }
    }

    /// The file on disk: its own, or that of the container.
    pub fn file(&self) -> &Path {
        match self {
            Self::Disk(file) | Self::Member { container: file, .. } => file,
        }
    }
}

//! What kind of container a file is, by its first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes at the beginning that tell the kind.
pub(super) const HEAD: usize = 512;

/// Where the mark of tar stands.
const TAR_MARK: usize = 257;

/// A kind of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// Zip.
    Zip,
    /// Tar.
    Tar,
    /// Gzip: one stream, often a tar.
    Gzip,
    /// Zstandard: one stream, often a tar.
    Zstd,
    /// Web archive.
    Warc,
}

impl ContainerKind {
    /// The kind that the first bytes of a file show, if any.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ if head.starts_with(b"WARC/") => Some(Self::Warc),
            _ if head.get(TAR_MARK..TAR_MARK + 5) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }
}

/// The kind of container that a file on disk is; `None` where it is none or cannot be read. A zip may still turn out to be a
/// document.
pub fn container_kind(file: &Path) -> Option<ContainerKind> {
    let mut head = Vec::with_capacity(HEAD);
    File::open(file).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    ContainerKind::of(&head)
}

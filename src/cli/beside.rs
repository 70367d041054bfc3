//! Where the files lie in which people state facts.

use std::path::{Path, PathBuf};

/// The file of this name beside a folder.
pub(super) fn beside_folder(folder: &Path, name: &str) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.parent().map_or_else(|| PathBuf::from(name), |parent| parent.join(name))
}

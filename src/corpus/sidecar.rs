//! Files in which people state facts beside the corpus: read as a whole, or refused with the line and a hint.

use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The file cannot be used; nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum SidecarError {
    /// It cannot be opened or written.
    #[error("{}: {reason}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// It is not in its form.
    #[error("{}: {reason}; {form}", file.display())]
    Form {
        /// The file.
        file: PathBuf,
        /// What is wrong, with its line.
        reason: String,
        /// What it should be.
        form: &'static str,
    },
}

/// A file and the form it should have.
#[derive(Clone, Copy)]
pub(super) struct SidecarFile<'a> {
    pub(super) file: &'a Path,
    pub(super) form: &'static str,
    /// The most bytes that are read.
    pub(super) most: u64,
}

impl SidecarFile<'_> {
    /// What the file says; `None` where there is no file.
    pub(super) fn read<T: serde::de::DeserializeOwned>(self) -> Result<Option<T>, SidecarError> {
        let parsed = self.text()?.map(|text| toml::from_str(&text)).transpose();
        parsed.map_err(|error| self.malformed(error.to_string().trim().replace('\n', " ")))
    }

    /// The text of the file; `None` where there is no file.
    pub(super) fn text(self) -> Result<Option<String>, SidecarError> {
        match std::fs::metadata(self.file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error.to_string())),
            Ok(metadata) if metadata.len() > self.most => {
                return Err(self.failed(format!("is larger than {} bytes; take out what no longer applies", self.most)));
            }
            Ok(_) => {}
        }
        std::fs::read_to_string(self.file).map(Some).map_err(|error| self.failed(error.to_string()))
    }

    /// Replaces the file so that after any cut the old one or the new one is there as a whole.
    pub(super) fn replace(self, text: &str) -> Result<(), SidecarError> {
        let write = || {
            let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut draft = temporary_beside(self.file, folder)?;
            draft.write_all(text.as_bytes())?;
            draft.as_file().sync_all()?;
            draft.persist(self.file)?;
            sync_folder(folder)
        };
        write().map_err(|error: std::io::Error| self.failed(error.to_string()))
    }

    /// The file cannot be opened or written.
    pub(super) fn failed(self, reason: String) -> SidecarError {
        SidecarError::File { file: self.file.to_owned(), reason }
    }

    /// The file is not in its form.
    pub(super) fn malformed(self, reason: String) -> SidecarError {
        SidecarError::Form { file: self.file.to_owned(), reason, form: self.form }
    }
}

/// A file beside another one, which may be read by whom that one, or any new file, may be read.
#[cfg(unix)]
fn temporary_beside(file: &Path, folder: &Path) -> std::io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::metadata(file).map(|metadata| metadata.permissions());
    let permissions = permissions.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o666));
    tempfile::Builder::new().permissions(permissions).tempfile_in(folder)
}

/// A file beside another one.
#[cfg(not(unix))]
fn temporary_beside(_: &Path, folder: &Path) -> std::io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

/// Makes the names of a folder durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Makes the names of a folder durable: nothing to do on this system.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        let stated = SidecarFile { file: &file, form: "", most: 100 };
        let mode = || std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        std::fs::write(folder.path().join("new"), "").unwrap();
        let usual = std::fs::metadata(folder.path().join("new")).unwrap().permissions().mode() & 0o777;
        stated.replace("一").unwrap();
        assert_eq!(mode(), usual);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        stated.replace("二").unwrap();
        assert_eq!((mode(), stated.text().unwrap().unwrap().as_str()), (0o640, "二"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        let nowhere = folder.path().join("none/a.toml");
        assert!(SidecarFile { file: &nowhere, form: "", most: 100 }.replace("三").is_err());
    }
}

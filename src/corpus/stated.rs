//! Files in which people state facts beside the corpus: read as a whole, or refused with the line and the way out.

use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16_000_000;

/// The file cannot be used; nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum StatedError {
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
pub(super) struct Stated<'a> {
    pub(super) file: &'a Path,
    pub(super) form: &'static str,
}

impl Stated<'_> {
    /// What the file says; `None` where there is no file.
    pub(super) fn read<T: serde::de::DeserializeOwned>(self) -> Result<Option<T>, StatedError> {
        match std::fs::metadata(self.file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error.to_string())),
            Ok(metadata) if metadata.len() > LARGEST => {
                return Err(self.failed(format!("is larger than {LARGEST} bytes; take out what no longer applies")));
            }
            Ok(_) => {}
        }
        let text = std::fs::read_to_string(self.file).map_err(|error| self.failed(error.to_string()))?;
        toml::from_str(&text).map(Some).map_err(|error| self.malformed(error.to_string().trim().replace('\n', " ")))
    }

    /// Replaces the file so that after any cut the old one or the new one is there as a whole.
    pub(super) fn replace(self, text: &str) -> Result<(), StatedError> {
        use std::io::Write;
        let draft = self.file.with_extension(format!("toml.{}", std::process::id()));
        let write = || {
            let mut out = std::fs::File::create(&draft)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()?;
            std::fs::rename(&draft, self.file)?;
            sync_folder(self.file)
        };
        write().map_err(|error: std::io::Error| {
            _ = std::fs::remove_file(&draft);
            self.failed(error.to_string())
        })
    }

    /// The file cannot be opened or written.
    pub(super) fn failed(self, reason: String) -> StatedError {
        StatedError::File { file: self.file.to_owned(), reason }
    }

    /// The file is not in its form.
    pub(super) fn malformed(self, reason: String) -> StatedError {
        StatedError::Form { file: self.file.to_owned(), reason, form: self.form }
    }
}

/// Makes the name of a file durable in its folder.
#[cfg(unix)]
fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// Makes the name of a file durable in its folder: nothing to do on this system.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

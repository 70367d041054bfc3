//! The entries of a zip file.

use super::ContainerFault;
use super::budget::UnpackBudget;
use super::entry_name::member_path;
use std::io::{Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

/// The fixed part of an entry of the central directory, in bytes.
const LEAST_ENTRY: u64 = 46;

/// Bytes at the end of the file in which the end record may stand: its own, and the longest remark.
const END_RECORD: u64 = 22 + 65_535;

/// An entry of a zip file.
pub(super) enum ZipEntry<'a> {
    /// A file: its path, and its bytes.
    File(String, Box<dyn Read + 'a>),
    /// Something that is not read: its path and why.
    Left(String, &'static str),
}

/// Hands on the entries of a zip file in the order of its directory; `Ok(false)` where it is a document (DOCX, OFD, EPUB).
///
/// # Errors
/// [`ContainerFault`] of the file or of what `take` gives.
pub(super) fn each_entry<R: Read + Seek>(
    mut file: R,
    budget: &UnpackBudget,
    take: &mut dyn FnMut(ZipEntry<'_>) -> Result<(), ContainerFault>,
) -> Result<bool, ContainerFault> {
    if directory_entries(&mut file)?.is_some_and(|entries| entries > budget.entries_left()) {
        return Err(budget.too_many());
    }
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    if is_document(&archive) {
        return Ok(false);
    }
    for number in 0..archive.len() {
        budget.take_entry()?;
        let raw = archive.by_index_raw(number).map_err(damaged)?;
        let (path, is_folder, is_link) = (member_path(raw.name_raw()), raw.is_dir(), raw.is_symlink());
        let (encrypted, name) = (raw.encrypted(), raw.name_raw().to_vec());
        drop(raw);
        if is_folder || name.ends_with(b"/") {
            continue;
        }
        if is_link {
            take(ZipEntry::Left(path, "a link; pack its target instead"))?;
            continue;
        }
        if encrypted {
            take(ZipEntry::Left(path, "is encrypted; unpack it with its password"))?;
            continue;
        }
        match archive.by_index(number) {
            Ok(entry) => take(ZipEntry::File(path, Box::new(entry)))?,
            Err(_) => {
                take(ZipEntry::Left(path, "is packed by a method that is not read, or damaged; pack it with deflate"))?
            }
        }
    }
    Ok(true)
}

fn damaged(error: ZipError) -> ContainerFault {
    match error {
        ZipError::Io(error) => error.into(),
        other => ContainerFault::Damaged(other.to_string()),
    }
}

/// Whether the entries are the parts of one document.
fn is_document<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    ["[Content_Types].xml", "OFD.xml", "mimetype"].iter().any(|part| archive.index_for_name(part).is_some())
}

/// How many entries the directory can have at most, by its size: it is read into memory as a whole.
fn directory_entries<R: Read + Seek>(file: &mut R) -> Result<Option<u64>, ContainerFault> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(END_RECORD);
    file.seek(SeekFrom::Start(start))?;
    let mut end = Vec::new();
    file.take(END_RECORD).read_to_end(&mut end)?;
    file.seek(SeekFrom::Start(0))?;
    let Some(at) = memchr::memmem::rfind(&end, b"PK\x05\x06") else { return Ok(None) };
    let field = |from: usize| end.get(at + from..at + from + 4).and_then(|bytes| bytes.try_into().ok());
    let size = field(12).map_or(0, u32::from_le_bytes);
    // In a large file the true size stands elsewhere; the directory is then as large as the file at most.
    let size = if size == u32::MAX { length } else { u64::from(size) };
    Ok(Some(size / LEAST_ENTRY))
}

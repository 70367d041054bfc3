//! A copy of one commit of an index in one file, made while others read and write, and the way back.
//!
//! The file is a tar, packed with zstd. Its last entry, `baoku-backup.json`, names every file with its size and SHA-256: a copy
//! that was cut off has none and is refused. While the files of the commit are opened, the lock is held under which writers
//! remove files; what is open can be read to its end whatever is removed.

use super::checksum::Checksums;
use super::folder::{IndexMarker, io_error, is_own, names_in, open_folder, open_index, sync_folder, write_marker};
use super::payload::CommitPayload;
use super::replacement::IndexReplacement;
use super::schema::FORMAT;
use crate::engine::{CommitId, EngineError};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tantivy::directory::{Directory, META_LOCK};

/// The last entry of a backup.
const CONTENTS: &str = "baoku-backup.json";

/// Raised when a backup is written otherwise.
const VERSION: u32 = 1;

/// How hard the files are packed: most of them are packed already.
const LEVEL: i32 = 3;

/// The largest [`CONTENTS`], in bytes.
const LARGEST_CONTENTS: u64 = 64_000_000;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BackupContents {
    version: u32,
    /// The format of the index.
    pub format: u32,
    /// The program that wrote the backup.
    pub program: String,
    /// The index, and its commit.
    pub index: String,
    /// The number of the commit.
    pub commit: u64,
    /// Size and SHA-256 of each file, by its name.
    pub files: BTreeMap<String, BackupFile>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BackupFile {
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl BackupContents {
    /// The state that the backup is of.
    pub fn state(&self) -> CommitId {
        CommitId { index: self.index.clone(), commit: self.commit }
    }

    /// The bytes of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }
}

/// The opened files of one commit.
struct CommitFiles {
    open: Vec<(String, File)>,
    format: u32,
    payload: CommitPayload,
}

impl CommitFiles {
    /// Opens the files of the last commit, as one state.
    fn open(folder: &Path) -> Result<Self, EngineError> {
        let marker = IndexMarker::read(folder)?.ok_or_else(|| EngineError::Missing(folder.to_owned()))?;
        if marker.format != FORMAT {
            return Err(marker.refused(folder));
        }
        let directory = open_folder(folder)?;
        let _lock = directory.acquire_lock(&META_LOCK).map_err(|error| {
            EngineError::from(tantivy::TantivyError::LockFailure(error, Some("for a backup".to_owned())))
        })?;
        let metas = open_index(folder)?.load_metas()?;
        let segments: Vec<String> = metas.segments.iter().map(|segment| segment.id().uuid_string()).collect();
        let is_of_commit = |name: &String| {
            let is_segment = segments.iter().any(|segment| name.starts_with(segment.as_str()));
            is_own(name) && (is_segment || !super::folder::is_segment(name)) && !is_passing(name)
        };
        let mut names: Vec<String> = names_in(folder)?.into_iter().filter(is_of_commit).collect();
        names.sort();
        let open = |name: String| File::open(folder.join(&name)).map(|file| (name, file)).map_err(io_error(folder));
        let payload = CommitPayload::read_last(&metas, folder)?;
        Ok(Self { open: names.into_iter().map(open).collect::<Result<_, _>>()?, format: marker.format, payload })
    }
}

/// Whether a file of an index is of what is being done to it, and not of what it holds.
fn is_passing(name: &str) -> bool {
    [".lock", ".draft", ".temp"].iter().any(|ending| name.ends_with(ending))
}

/// A stream whose bytes are hashed.
struct Hashed<R> {
    inner: R,
    digest: Sha256,
    bytes: u64,
}

impl<R> Hashed<R> {
    fn new(inner: R) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }

    fn done(self) -> BackupFile {
        let hash: Vec<String> = self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        BackupFile { bytes: self.bytes, sha256: hash.concat() }
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Writes the last commit of an index to a file, which must not be there yet. Others may read and write meanwhile.
///
/// # Errors
/// [`EngineError`]; then there is no file.
pub fn backup(folder: &Path, file: &Path) -> Result<BackupContents, EngineError> {
    let commit = CommitFiles::open(folder)?;
    let failed = io_error(file);
    if file.try_exists().map_err(&failed)? {
        return Err(failed(std::io::Error::from(std::io::ErrorKind::AlreadyExists)));
    }
    let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(beside).map_err(&failed)?;
    let contents = write_all(commit, draft.as_file_mut()).map_err(&failed)?;
    draft.as_file().sync_all().map_err(&failed)?;
    draft.persist_noclobber(file).map_err(|error| failed(error.error))?;
    sync_folder(beside).map_err(&failed)?;
    Ok(contents)
}

fn write_all(commit: CommitFiles, out: &mut File) -> std::io::Result<BackupContents> {
    let packed = zstd::stream::write::Encoder::new(BufWriter::new(out), LEVEL)?;
    let mut tar = tar::Builder::new(packed);
    let mut files = BTreeMap::new();
    for (name, file) in commit.open {
        let length = file.metadata()?.len();
        let mut bytes = Hashed::new(BufReader::new(file.take(length)));
        append(&mut tar, &name, length, &mut bytes)?;
        files.insert(name, bytes.done());
    }
    let contents = BackupContents {
        version: VERSION,
        format: commit.format,
        program: format!("baoku {}", env!("CARGO_PKG_VERSION")),
        index: commit.payload.index.clone(),
        commit: commit.payload.commit,
        files,
    };
    let text = serde_json::to_vec_pretty(&contents).map_err(std::io::Error::other)?;
    append(&mut tar, CONTENTS, text.len() as u64, &mut text.as_slice())?;
    tar.into_inner()?.finish()?.flush()?;
    Ok(contents)
}

fn append(tar: &mut tar::Builder<impl Write>, name: &str, length: u64, bytes: &mut dyn Read) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o644);
    tar.append_data(&mut header, name, bytes)
}

/// What became of an index that was restored.
#[derive(Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub contents: BackupContents,
    /// Where the index is kept that stood there before.
    pub aside: Option<PathBuf>,
}

/// Puts the index of a backup in a folder. Where an index stands there, it is kept under its name with `ending` behind it. Every file is compared with
/// its checksum before anything takes a place; cut off at any moment, the old index or the new one is there.
///
/// # Errors
/// [`EngineError`]; then the folder is as it was.
pub fn restore(file: &Path, folder: &Path, ending: &str) -> Result<Restored, EngineError> {
    let is_there = IndexMarker::read(folder)?.is_some();
    if !is_there
        && folder.is_dir()
        && names_in(folder)?.iter().any(|name| name != "README.md" && !name.starts_with('.'))
    {
        return Err(EngineError::Foreign(folder.to_owned()));
    }
    if is_there {
        let replacement = IndexReplacement::begin(folder)?;
        let unpacked = unpack(file, replacement.draft_folder());
        let contents = match unpacked {
            Ok(contents) => contents,
            Err(error) => {
                replacement.abandon()?;
                return Err(error);
            }
        };
        let aside = replacement.swap_in(ending)?;
        return Ok(Restored { contents, aside: Some(aside) });
    }
    let beside = folder.with_file_name(format!(
        "{}.restore",
        folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| "index".to_owned())
    ));
    if beside.try_exists().map_err(io_error(&beside))? {
        std::fs::remove_dir_all(&beside).map_err(io_error(&beside))?;
    }
    let unpacked = unpack(file, &beside).and_then(|contents| move_in(&beside, folder).map(|()| contents));
    match unpacked {
        Ok(contents) => Ok(Restored { contents, aside: None }),
        Err(error) => {
            drop(std::fs::remove_dir_all(&beside));
            Err(error)
        }
    }
}

/// Moves the files of a folder into another one, which has no index; the marker, which says that it is whole, last.
fn move_in(from: &Path, folder: &Path) -> Result<(), EngineError> {
    std::fs::create_dir_all(folder).map_err(io_error(folder))?;
    for name in names_in(from)? {
        std::fs::rename(from.join(&name), folder.join(&name)).map_err(io_error(folder))?;
    }
    write_marker(folder)?;
    sync_folder(folder).map_err(io_error(folder))?;
    std::fs::remove_dir(from).map_err(io_error(from))
}

/// Unpacks a backup into a folder of its own, but for the marker, and compares each file with its checksum.
fn unpack(file: &Path, folder: &Path) -> Result<BackupContents, EngineError> {
    let opened = File::open(file).map_err(io_error(file))?;
    let broken = |what: String| EngineError::Damaged(format!("the backup {}: {what}", file.display()));
    let damaged = |error: std::io::Error| broken(error.to_string());
    std::fs::create_dir_all(folder).map_err(io_error(folder))?;
    let packed = zstd::stream::read::Decoder::new(opened).map_err(damaged)?;
    let mut tar = tar::Archive::new(packed);
    let (mut found, mut contents) = (BTreeMap::new(), None);
    for entry in tar.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if name == CONTENTS {
            let mut text = String::new();
            entry.take(LARGEST_CONTENTS).read_to_string(&mut text).map_err(damaged)?;
            contents = Some(serde_json::from_str::<BackupContents>(&text).map_err(|error| broken(error.to_string()))?);
        } else if is_own(&name) && !is_passing(&name) {
            let place = folder.join(&name);
            found.insert(name, put(entry, &place).map_err(io_error(&place))?);
        } else {
            return Err(broken(format!("{name} is no file of an index")));
        }
    }
    let contents = contents.ok_or_else(|| broken("it is cut off: its list of files is missing".to_owned()))?;
    check(&contents, &found).map_err(broken)?;
    if contents.format != FORMAT {
        return Err(broken(format!(
            "it is of an index of format {}, and this program has format {FORMAT}: restore it with the program that wrote it ({}), then `baoku upgrade`",
            contents.format, contents.program
        )));
    }
    // What says that an index is whole comes last, when all is in its place.
    let marker = found.keys().find(|name| name.ends_with("-index.json")).cloned();
    marker.map_or(Ok(()), |name| std::fs::remove_file(folder.join(name))).map_err(io_error(folder))?;
    sync_folder(folder).map_err(io_error(folder))?;
    let unsound = Checksums::default().verify(folder, false)?;
    match unsound.first() {
        Some(first) => Err(broken(format!("{} was damaged when it was written", first.display()))),
        None => Ok(contents),
    }
}

/// Writes an entry to a file of its own, and gives its size and hash.
fn put(entry: impl Read, place: &Path) -> std::io::Result<BackupFile> {
    let mut bytes = Hashed::new(entry);
    let mut file = File::create_new(place)?;
    std::io::copy(&mut bytes, &mut file)?;
    file.sync_all()?;
    Ok(bytes.done())
}

/// Whether the files are those that the backup names.
fn check(contents: &BackupContents, found: &BTreeMap<String, BackupFile>) -> Result<(), String> {
    if contents.version != VERSION {
        return Err(format!("it is of version {}, which this program does not know", contents.version));
    }
    let differs = |(name, file): &(&String, &BackupFile)| found.get(*name) != Some(*file);
    match contents.files.iter().find(differs) {
        Some((name, _)) => Err(format!("{name} is missing or is not what was written")),
        None if contents.files.len() != found.len() => Err("it holds files that it does not name".to_owned()),
        None => Ok(()),
    }
}

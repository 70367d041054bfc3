//! A container unpacked as a whole: its members in one spool, and what was left out of it.

use super::budget::UnpackBudget;
use super::entry_name::{SkipKind, checked, member_path};
use super::kind::{ContainerKind, HEAD};
use super::spool::{Spool, SpoolPart, SpoolWriter};
use super::stream::peek;
use super::warc::{WarcAnswer, WarcRecords};
use super::zip_entries::{ZipEntry, each_entry};
use super::{ContainerFault, MEMBER_MARK};
use crate::corpus::{CorpusLimits, SkippedEntry};
use flate2::read::MultiGzDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

/// A file in a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path in the container, with [`MEMBER_MARK`] behind each container in it.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
    start: u64,
}

/// A container as it was when it was unpacked.
#[derive(Debug)]
pub struct UnpackedContainer {
    /// Its files, by path.
    pub members: Vec<Member>,
    /// Entries that are not read, by path.
    pub skipped: Vec<SkippedEntry>,
    /// What ended the reading before the end.
    pub fault: Option<ContainerFault>,
    /// Whether it is a document and no container.
    pub is_document: bool,
    spool: Spool,
    state: (u64, Option<SystemTime>),
}

impl UnpackedContainer {
    /// Unpacks a file.
    ///
    /// # Errors
    /// [`ContainerFault::Io`] where it cannot be opened, or no temporary file can be written.
    pub(super) fn open(path: &Path, limits: &CorpusLimits) -> Result<Self, ContainerFault> {
        let file = File::open(path).map_err(ContainerFault::Io)?;
        let state = state_of(path).map_err(ContainerFault::Io)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut unpacking = Unpacking {
            spool: SpoolWriter::new().map_err(ContainerFault::Io)?,
            budget: UnpackBudget::new(state.0, limits),
            limits,
            members: Vec::new(),
            skipped: Vec::new(),
            seen: HashMap::new(),
        };
        let unpacked = unpacking.file(file, &name, "", 1);
        let Unpacking { spool, mut members, mut skipped, .. } = unpacking;
        members.sort_by(|a, b| a.path.cmp(&b.path));
        skipped.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            is_document: matches!(unpacked, Ok(false)),
            fault: unpacked.err(),
            members,
            skipped,
            spool: spool.finish().map_err(ContainerFault::Io)?,
            state,
        })
    }

    /// The member at a path.
    pub fn member(&self, path: &str) -> Option<&Member> {
        self.members.binary_search_by(|member| member.path.as_str().cmp(path)).ok().and_then(|at| self.members.get(at))
    }

    /// The bytes of a member as a stream.
    pub fn stream(&self, member: &Member) -> SpoolPart {
        self.spool.part(member.start, member.bytes)
    }

    /// All bytes of its members.
    pub(super) fn bytes(&self) -> u64 {
        self.members.iter().map(|member| member.bytes).sum()
    }

    /// Whether a file is still what it was when it was unpacked.
    pub(super) fn is_of(&self, file: &Path) -> bool {
        state_of(file).is_ok_and(|state| state == self.state)
    }
}

fn state_of(file: &Path) -> std::io::Result<(u64, Option<SystemTime>)> {
    let metadata = std::fs::metadata(file)?;
    Ok((metadata.len(), metadata.modified().ok()))
}

/// A name that was met.
#[derive(Default)]
struct SeenName {
    times: u32,
    /// The place of its member, where it is one.
    member: Option<usize>,
}

/// A container on its way into a spool.
struct Unpacking<'l> {
    spool: SpoolWriter,
    budget: UnpackBudget,
    limits: &'l CorpusLimits,
    members: Vec<Member>,
    skipped: Vec<SkippedEntry>,
    seen: HashMap<String, SeenName>,
}

impl Unpacking<'_> {
    /// Unpacks a container that lies in a file; false where it is a document. `name`: what it is called; `before`: what stands
    /// before the paths of its members; `depth`: 1 for the outermost.
    fn file(&mut self, mut file: File, name: &str, before: &str, depth: usize) -> Result<bool, ContainerFault> {
        let mut head = Vec::with_capacity(HEAD);
        file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(0))?;
        match ContainerKind::of(&head) {
            Some(ContainerKind::Zip) => self.zip(file, before, depth),
            Some(kind) => self.stream(kind, Box::new(BufReader::new(file)), name, before, depth).map(|()| true),
            None => Ok(true),
        }
    }

    fn zip(&mut self, file: File, before: &str, depth: usize) -> Result<bool, ContainerFault> {
        let budget = self.budget.clone();
        each_entry(BufReader::new(file), &budget, &mut |entry| match entry {
            ZipEntry::File(path, bytes) => {
                let bytes = Box::new(self.budget.metered(bytes));
                match self.entry(&path, before, bytes, depth) {
                    // The next entry stands on its own.
                    Err(ContainerFault::Damaged(what)) => {
                        self.skip(
                            format!("{before}{path}"),
                            &format!("is damaged: {what}; get it again"),
                            SkipKind::Lost,
                        );
                        Ok(())
                    }
                    taken => taken,
                }
            }
            ZipEntry::Left(path, reason) => {
                self.skip(format!("{before}{path}"), reason, SkipKind::Lost);
                Ok(())
            }
        })
    }

    fn stream(
        &mut self,
        kind: ContainerKind,
        stream: Box<dyn Read + '_>,
        name: &str,
        before: &str,
        depth: usize,
    ) -> Result<(), ContainerFault> {
        match kind {
            ContainerKind::Gzip => {
                let inner = self.budget.metered(MultiGzDecoder::new(stream));
                self.compressed(Box::new(inner), name, before, depth)
            }
            ContainerKind::Zstd => {
                let inner = self.budget.metered(zstd::stream::read::Decoder::new(stream)?);
                self.compressed(Box::new(inner), name, before, depth)
            }
            ContainerKind::Tar => self.tar(stream, before, depth),
            ContainerKind::Warc => self.warc(stream, before, depth),
            // A zip is read from a file.
            ContainerKind::Zip => self.entry(name, before, stream, depth),
        }
    }

    /// What a decompressor gives: the members of a tar or WARC, or one file.
    fn compressed(
        &mut self,
        stream: Box<dyn Read + '_>,
        name: &str,
        before: &str,
        depth: usize,
    ) -> Result<(), ContainerFault> {
        let (head, whole) = peek(stream)?;
        match ContainerKind::of(&head) {
            Some(kind @ (ContainerKind::Tar | ContainerKind::Warc)) => {
                self.stream(kind, Box::new(whole), name, before, depth)
            }
            _ => {
                self.budget.take_entry()?;
                self.entry(&without_ending(name), before, Box::new(whole), depth)
            }
        }
    }

    fn tar(&mut self, stream: Box<dyn Read + '_>, before: &str, depth: usize) -> Result<(), ContainerFault> {
        let mut archive = tar::Archive::new(stream);
        for entry in archive.entries()? {
            let entry = entry?;
            self.budget.take_entry()?;
            let path = member_path(&entry.path_bytes());
            let kind = entry.header().entry_type();
            if kind.is_dir() {
                continue;
            }
            if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
                self.skip(format!("{before}{path}"), "a link or a device; pack its target instead", SkipKind::Passed);
                continue;
            }
            // A sparse entry is larger than what is packed of it.
            let entry = self.budget.metered(entry);
            self.entry(&path, before, Box::new(entry), depth)?;
        }
        Ok(())
    }

    fn warc(&mut self, stream: Box<dyn Read + '_>, before: &str, depth: usize) -> Result<(), ContainerFault> {
        let mut records = WarcRecords::new(stream);
        while let Some(answer) = records.next_answer()? {
            self.budget.take_entry()?;
            match answer {
                WarcAnswer::File(address, body) => {
                    let body = self.budget.metered(std::io::Cursor::new(body));
                    self.entry(&member_path(address.as_bytes()), before, Box::new(body), depth)?;
                }
                WarcAnswer::Left(address, reason) => {
                    self.skip(format!("{before}{}", member_path(address.as_bytes())), reason, SkipKind::Passed);
                }
            }
        }
        Ok(())
    }

    /// Takes an entry: a member, or a container in the container.
    fn entry(
        &mut self,
        path: &str,
        before: &str,
        stream: Box<dyn Read + '_>,
        depth: usize,
    ) -> Result<(), ContainerFault> {
        let path = match checked(path) {
            Ok(path) => format!("{before}{path}"),
            Err(fault) => {
                self.skip(format!("{before}{path}"), fault.reason(), fault.kind());
                return Ok(());
            }
        };
        let seen = self.seen.entry(path.clone()).or_default();
        seen.times += 1;
        if seen.times > 1 {
            return self.same_name(&path, stream);
        }
        let (head, mut whole) = peek(stream)?;
        if ContainerKind::of(&head).is_some() && self.inner(&path, &mut whole, depth)? {
            return Ok(());
        }
        self.member(path, &mut whole)
    }

    /// Leaves out an entry whose name another one has, as web archives have pages several times.
    fn same_name(&mut self, path: &str, mut stream: Box<dyn Read + '_>) -> Result<(), ContainerFault> {
        let again = self.spool.add(&mut stream, self.limits.file_bytes)?;
        let Some(SeenName { times, member }) = self.seen.get(path) else { return Ok(()) };
        let (times, first) = (*times, member.and_then(|at| self.members.get(at)));
        let is_same = again.zip(first).is_some_and(|(again, first)| again.hash == first.hash);
        let (reason, kind) = match is_same {
            true => ("the same file once more", SkipKind::Passed),
            false => ("another entry has the same name; the first one is kept", SkipKind::Lost),
        };
        self.skip(format!("{path}#{times}"), reason, kind);
        Ok(())
    }

    /// Opens a container in the container; false where it is a document, whose stream is then at its beginning again.
    fn inner(&mut self, path: &str, stream: &mut dyn Read, depth: usize) -> Result<bool, ContainerFault> {
        let mut file = tempfile::tempfile().map_err(ContainerFault::Io)?;
        std::io::copy(stream, &mut file)?;
        file.seek(SeekFrom::Start(0))?;
        if depth >= self.limits.container_depth {
            self.skip(path.to_owned(), "containers in it are too deep; unpack it", SkipKind::HidesFiles);
            return Ok(true);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let again = file.try_clone().map_err(ContainerFault::Io)?;
        match self.file(file, name, &format!("{path}{MEMBER_MARK}"), depth + 1) {
            Ok(true) => Ok(true),
            Ok(false) => {
                let mut document = again;
                document.seek(SeekFrom::Start(0))?;
                self.member(path.to_owned(), &mut document)?;
                Ok(true)
            }
            // The rest of the outer container is read, unless the limits of all are reached.
            Err(ContainerFault::Damaged(what)) => {
                self.skip(
                    path.to_owned(),
                    &format!("is damaged: {what}; what could be read is kept"),
                    SkipKind::HidesFiles,
                );
                Ok(true)
            }
            Err(fault) => Err(fault),
        }
    }

    fn member(&mut self, path: String, stream: &mut dyn Read) -> Result<(), ContainerFault> {
        match self.spool.add(stream, self.limits.file_bytes)? {
            Some(spooled) => {
                let (start, bytes, hash) = (spooled.start, spooled.bytes, spooled.hash);
                if let Some(seen) = self.seen.get_mut(&path) {
                    seen.member = Some(self.members.len());
                }
                self.members.push(Member { path, bytes, hash, start });
            }
            None => self.skip(path, "is over limits.corpus.file_bytes; split it", SkipKind::Lost),
        }
        Ok(())
    }

    fn skip(&mut self, path: String, reason: &str, kind: SkipKind) {
        let (is_loss, hides_files) = (kind != SkipKind::Passed, kind == SkipKind::HidesFiles);
        self.skipped.push(SkippedEntry { path, reason: reason.to_owned(), is_loss, hides_files });
    }
}

/// The name of a file without what a packer put behind it.
fn without_ending(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let ending = [".gz", ".gzip", ".zst", ".zstd", ".z"].iter().find(|ending| lower.ends_with(**ending));
    let bare = ending.map_or(name, |ending| &name[..name.len() - ending.len()]);
    if bare.is_empty() { "data".to_owned() } else { bare.to_owned() }
}

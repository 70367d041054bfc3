//! Unpacked bytes in one unnamed temporary file, which is gone when it is dropped, or when the process ends.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are copied at once.
const PIECE: usize = 1 << 16;

/// A spool that is being written.
pub(super) struct SpoolWriter {
    file: BufWriter<File>,
    length: u64,
}

/// What was added to a spool.
pub(super) struct Spooled {
    pub(super) start: u64,
    pub(super) bytes: u64,
    /// SHA-256, hexadecimal.
    pub(super) hash: String,
}

impl SpoolWriter {
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), length: 0 })
    }

    /// Adds what a stream gives; beyond `most` bytes nothing more is taken, and `None` is given.
    pub(super) fn add(&mut self, from: &mut dyn Read, most: u64) -> std::io::Result<Option<Spooled>> {
        let (start, mut digest, mut piece) = (self.length, Sha256::new(), vec![0; PIECE]);
        loop {
            let read = from.read(&mut piece)?;
            if read == 0 {
                let hash = crate::corpus::hexadecimal(&digest.finalize());
                return Ok(Some(Spooled { start, bytes: self.length - start, hash }));
            }
            if self.length - start + read as u64 > most {
                return Ok(None);
            }
            digest.update(&piece[..read]);
            self.file.write_all(&piece[..read])?;
            self.length += read as u64;
        }
    }

    pub(super) fn finish(self) -> std::io::Result<Spool> {
        Ok(Spool(Arc::new(Mutex::new(self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?))))
    }
}

/// A spool that can be read.
#[derive(Clone, Debug)]
pub(super) struct Spool(Arc<Mutex<File>>);

impl Spool {
    /// The bytes of a part of it as a stream.
    pub(super) fn part(&self, start: u64, bytes: u64) -> SpoolPart {
        SpoolPart { spool: self.clone(), at: start, end: start + bytes }
    }
}

/// A stream over a part of a spool.
#[derive(Debug)]
pub struct SpoolPart {
    spool: Spool,
    at: u64,
    end: u64,
}

impl Read for SpoolPart {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        let mut file = self.spool.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(&mut buffer[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

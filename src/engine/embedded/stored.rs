//! The stored form of a record: postcard in a zstd frame. Frames of an index share a dictionary that is trained on its
//! first articles, so that a record is read by itself, in a few microseconds, and is still smaller than in blocks of
//! many. A dictionary lies beside the index, in a file that is named after it, and is never changed: a frame names its
//! dictionary, frames of before it was trained name none.

use super::folder::{DICTIONARY_NAME, io_error, is_dictionary, replace_file};
use super::record::{self, StoredRecord};
use super::record_error::RecordReadError;
use crate::engine::{EngineError, RecordFault};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CCtx, DCtx};

/// Level of compression: against level 3 this one saves 1.6 % of a whole index for about a twentieth more of ingest
/// (measured: xwlb, 245.5 and 241.5 MB); higher ones cost several times the time.
const LEVEL: i32 = 6;

/// Size of a dictionary; the usual one, a larger one is hardly better (measured: knowledge/chinese-search.md §3.3).
const DICTIONARY_BYTES: usize = 112_640;

/// How many bytes of records a dictionary is trained on. An index with fewer does without.
const SAMPLE_BYTES: usize = 6_000_000;

/// The largest record, unpacked: a page of 300,000 characters with all its evidence is far below it.
const LARGEST: usize = 256 << 20;

fn file_of(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{}{number:08x}{}", DICTIONARY_NAME.0, DICTIONARY_NAME.1))
}

/// A record that cannot be read or written.
fn fault_of<T: StoredRecord>(folder: &Path, fault: RecordReadError) -> EngineError {
    let RecordReadError { field, reason } = fault;
    let (index, kind) = (folder.to_owned(), T::KIND.name);
    EngineError::Record(Box::new(RecordFault { index, kind, record: String::new(), field, reason }))
}

/// What every frame begins with (RFC 8878).
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// The frame in a stored document: it is the document's only value, and its last bytes. What stands before it is a few
/// bytes of tantivy's own; a frame begins with its magic number.
pub(super) fn frame_in(document: &[u8]) -> &[u8] {
    let start = document.windows(MAGIC.len()).position(|bytes| bytes == MAGIC);
    start.map_or(&[], |start| &document[start..])
}

/// The dictionaries of an index, read when a frame first names them.
pub(super) struct Dictionaries {
    folder: PathBuf,
    known: Mutex<HashMap<u32, Arc<DecoderDictionary<'static>>>>,
    /// Working memory of decoders that have ended, for the next ones.
    contexts: Mutex<Vec<DCtx<'static>>>,
}

/// Working memory that is kept: as much as searches run at once.
const CONTEXTS: usize = 16;

impl Dictionaries {
    pub(super) fn for_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: Mutex::default(), contexts: Mutex::default() }
    }

    /// The folder of the index.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn get(&self, number: u32) -> Result<Arc<DecoderDictionary<'static>>, EngineError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(dictionary) = known.get(&number) {
            return Ok(Arc::clone(dictionary));
        }
        let file = file_of(&self.folder, number);
        let bytes = std::fs::read(&file).map_err(|error| match error.kind() {
            ErrorKind::NotFound => EngineError::Damaged(format!("{} is missing", file.display())),
            _ => io_error(&self.folder)(error),
        })?;
        let dictionary = Arc::new(DecoderDictionary::copy(&bytes));
        known.insert(number, Arc::clone(&dictionary));
        Ok(dictionary)
    }
}

/// Reads records. One for a run of records: it keeps its working memory.
pub(super) struct Decoder<'a> {
    dictionaries: &'a Dictionaries,
    /// Given back when the decoder ends.
    context: Option<DCtx<'static>>,
    last: Option<(u32, Arc<DecoderDictionary<'static>>)>,
    unpacked: Vec<u8>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(dictionaries: &'a Dictionaries) -> Self {
        let kept = dictionaries.contexts.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self { dictionaries, context: Some(kept.unwrap_or_else(DCtx::create)), last: None, unpacked: Vec::new() }
    }

    /// The record in a frame.
    ///
    /// # Errors
    /// [`EngineError::Record`] for bytes that are none, [`EngineError::Damaged`] where the dictionary is missing.
    pub(super) fn read<T: StoredRecord>(&mut self, frame: &[u8]) -> Result<T, EngineError> {
        self.read_by(frame, record::read)
    }

    /// The record in a frame, by a way to read its bytes.
    ///
    /// # Errors
    /// As [`Decoder::read`].
    pub(super) fn read_by<T: StoredRecord>(
        &mut self,
        frame: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, RecordReadError>,
    ) -> Result<T, EngineError> {
        let folder = &self.dictionaries.folder;
        let size = size_of(frame).map_err(|fault| fault_of::<T>(folder, fault))?;
        let dictionary =
            zstd_safe::get_dict_id_from_frame(frame).map(|number| self.dictionary(number.get())).transpose()?;
        let record = self.unpack(frame, size, dictionary).and_then(read);
        record.map_err(|fault| fault_of::<T>(folder, fault))
    }

    fn unpack(
        &mut self,
        frame: &[u8],
        size: usize,
        dictionary: Option<Arc<DecoderDictionary<'static>>>,
    ) -> Result<&[u8], RecordReadError> {
        self.unpacked.clear();
        self.unpacked.reserve(size);
        let context = self.context.get_or_insert_with(DCtx::create);
        let done = match dictionary {
            None => context.decompress(&mut self.unpacked, frame),
            Some(dictionary) => context.decompress_using_ddict(&mut self.unpacked, frame, dictionary.as_ddict()),
        };
        done.map_err(|code| RecordReadError::because(zstd_safe::get_error_name(code)))?;
        Ok(&self.unpacked)
    }

    fn dictionary(&mut self, number: u32) -> Result<Arc<DecoderDictionary<'static>>, EngineError> {
        if let Some((_, dictionary)) = self.last.as_ref().filter(|(last, _)| *last == number) {
            return Ok(Arc::clone(dictionary));
        }
        let dictionary = self.dictionaries.get(number)?;
        self.last = Some((number, Arc::clone(&dictionary)));
        Ok(dictionary)
    }
}

/// The size of the record in a frame.
fn size_of(frame: &[u8]) -> Result<usize, RecordReadError> {
    let size = zstd_safe::get_frame_content_size(frame).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size <= LARGEST);
    size.ok_or_else(|| RecordReadError::because("its size is missing or too large"))
}

impl Drop for Decoder<'_> {
    fn drop(&mut self) {
        let mut kept = self.dictionaries.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < CONTEXTS {
            kept.extend(self.context.take());
        }
    }
}

/// Writes records, and trains the dictionary of an index that has none.
pub(super) struct Encoder {
    folder: PathBuf,
    context: CCtx<'static>,
    dictionary: Option<EncoderDictionary<'static>>,
    /// Records of an index without dictionary, one after the other, and the length of each.
    samples: Vec<u8>,
    lengths: Vec<usize>,
}

impl Encoder {
    /// # Errors
    /// [`EngineError::Io`] where the folder cannot be read.
    pub(super) fn new(folder: &Path) -> Result<Self, EngineError> {
        let mut known = None;
        for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
            let entry = entry.map_err(io_error(folder))?;
            if is_dictionary(&entry.file_name().to_string_lossy()) {
                let bytes = std::fs::read(entry.path()).map_err(io_error(folder))?;
                known = Some(EncoderDictionary::copy(&bytes, LEVEL));
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            context: CCtx::create(),
            dictionary: known,
            samples: Vec::new(),
            lengths: Vec::new(),
        })
    }

    /// The frame of a record. `sample`: whether records of its kind are what a dictionary should be trained on.
    ///
    /// # Errors
    /// [`EngineError::Record`] for one that is too large, [`EngineError::Io`] where a dictionary cannot be written.
    pub(super) fn frame<T: StoredRecord>(&mut self, record: &T, sample: bool) -> Result<Vec<u8>, EngineError> {
        let bytes = record::to_bytes(record).map_err(|fault| fault_of::<T>(&self.folder, fault))?;
        if bytes.len() > LARGEST {
            return Err(fault_of::<T>(&self.folder, RecordReadError::because("it is too large to be stored")));
        }
        let mut frame = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        let done = match &self.dictionary {
            Some(dictionary) => self.context.compress_using_cdict(&mut frame, &bytes, dictionary.as_cdict()),
            None => self.context.compress(&mut frame, &bytes, LEVEL),
        };
        done.map_err(|code| fault_of::<T>(&self.folder, RecordReadError::because(zstd_safe::get_error_name(code))))?;
        if sample && self.dictionary.is_none() {
            self.learn(&bytes)?;
        }
        Ok(frame)
    }

    fn learn(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.samples.extend_from_slice(bytes);
        self.lengths.push(bytes.len());
        if self.samples.len() < SAMPLE_BYTES {
            return Ok(());
        }
        let (samples, lengths) = (std::mem::take(&mut self.samples), std::mem::take(&mut self.lengths));
        // Records that no dictionary can be made of (a few huge ones) are stored without one.
        if let Ok(bytes) = zstd::dict::from_continuous(&samples, &lengths, DICTIONARY_BYTES) {
            self.store_dictionary(&bytes)?;
        }
        Ok(())
    }

    fn store_dictionary(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        let Some(number) = zstd_safe::get_dict_id_from_dict(bytes) else { return Ok(()) };
        let file = file_of(&self.folder, number.get());
        replace_file(&file, bytes).map_err(io_error(&self.folder))?;
        self.dictionary = Some(EncoderDictionary::copy(bytes, LEVEL));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, SourceKey, Withdrawn};

    fn record(reason: String) -> Withdrawn {
        let source = SourceKey { root: "papers".into(), path: "a.txt".into() };
        Withdrawn { id: ArticleId::from_u64(7), reason, source }
    }

    #[test]
    fn records_come_back_with_and_without_a_dictionary() {
        let folder = tempfile::tempdir().unwrap();
        let record = |n: u64| {
            let text = format!("{n}号文件：市总工会到企业送温暖，慰问困难职工{}人。", n * 7919 % 1000);
            record(text.repeat(20))
        };
        let mut encoder = Encoder::new(folder.path()).unwrap();
        let mut frames = Vec::new();
        let mut n = 0;
        while encoder.dictionary.is_none() {
            n += 1;
            frames.push(encoder.frame(&record(n), true).unwrap());
        }
        let with: Vec<Vec<u8>> = (n + 1..n + 9).map(|n| encoder.frame(&record(n), true).unwrap()).collect();
        assert!(with.iter().all(|frame| zstd_safe::get_dict_id_from_frame(frame).is_some()));
        assert!(frames.iter().all(|frame| zstd_safe::get_dict_id_from_frame(frame).is_none()));
        let dictionaries = Dictionaries::for_folder(folder.path());
        let mut decoder = Decoder::new(&dictionaries);
        for (at, frame) in frames.iter().chain(&with).enumerate() {
            assert_eq!(decoder.read::<Withdrawn>(frame).unwrap(), record(at as u64 + 1));
        }
        assert!(Encoder::new(folder.path()).unwrap().dictionary.is_some(), "the next writer goes on with it");
    }

    #[test]
    fn damaged_frames_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let frame = Encoder::new(folder.path()).unwrap().frame(&record("送温暖".repeat(50)), false).unwrap();
        let dictionaries = Dictionaries::for_folder(folder.path());
        for end in 0..frame.len() {
            assert!(Decoder::new(&dictionaries).read::<Withdrawn>(&frame[..end]).is_err(), "{end}");
        }
    }
}

//! An index as it stands, of this format or of an earlier one, record by record: what an upgrade reads. Its fields are those
//! that it has; its records are read by their versions.

use super::columns::record_name;
use super::folder::{IndexMarker, OLDEST, has_files, io_error, open_index};
use super::payload::CommitPayload;
use super::record::{StoredRecord, read, read_as};
use super::record_error::RecordReadError;
use super::schema::{FORMAT, ID};
use super::stored::{Decoder, Dictionaries, frame_in};
use super::{ARTICLE, FORMER, SOURCE};
use crate::engine::{CommitId, EngineError};
use crate::model::{Article, Calendar, PageRecord, Revision, SourceRecord, Withdrawn};
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::path::Path;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, ReloadPolicy, Searcher, SegmentReader, TERMINATED, Term};

/// The first format whose records say their versions.
const NUMBERED: u32 = 11;

/// The versions that records of an earlier format may have, by kind; those that are tried first stand first. A record of
/// a version is none of another: all of its bytes must be taken.
const UNNUMBERED: &[(u32, &str, &[u8])] = &[
    (7, ARTICLE, &[2, 1]),
    (7, FORMER, &[2, 1]),
    (8, ARTICLE, &[2, 1]),
    (8, FORMER, &[2, 1]),
    (9, ARTICLE, &[3]),
    (9, FORMER, &[3]),
    (9, SOURCE, &[2]),
    (10, ARTICLE, &[3]),
    (10, FORMER, &[3]),
    (10, SOURCE, &[2]),
];

/// The version of records of an earlier format that are not named there.
const FIRST: &[u8] = &[1];

/// A record of an index.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexRecord {
    /// What is known of a source file.
    Source(Box<SourceRecord>),
    /// A page.
    Page(Box<PageRecord>),
    /// An article that an editor withdrew.
    Withdrawn(Withdrawn),
    /// What an article was.
    Former(Box<Revision>),
    /// An article.
    Article(Box<Article>),
}

/// What takes records, and what cannot be read.
pub type RecordSink<'a> = &'a mut dyn FnMut(Result<IndexRecord, EngineError>) -> Result<(), EngineError>;

/// An index, opened to be read as a whole.
pub struct IndexDump {
    format: u32,
    program: String,
    searcher: Searcher,
    record: Field,
    stored: Dictionaries,
    payload: CommitPayload,
}

impl IndexDump {
    /// Opens an index of this format or of one that can be upgraded.
    ///
    /// # Errors
    /// [`EngineError`] where it cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        let marker = IndexMarker::read(folder)?.ok_or_else(|| EngineError::Missing(folder.to_owned()))?;
        if !(OLDEST..=FORMAT).contains(&marker.format) {
            return Err(marker.refused(folder));
        }
        Self::with_marker(folder, marker)
    }

    /// Opens an index of this format that has no marker yet.
    ///
    /// # Errors
    /// As [`IndexDump::open`].
    pub fn open_draft(folder: &Path) -> Result<Self, EngineError> {
        Self::with_marker(folder, IndexMarker { format: FORMAT, program: String::new() })
    }

    fn with_marker(folder: &Path, marker: IndexMarker) -> Result<Self, EngineError> {
        if !has_files(folder)? {
            let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(EngineError::Damaged(io_error(&folder.join("meta.json"))(missing).to_string()));
        }
        let index = open_index(folder)?;
        let payload = CommitPayload::read_last(&index.load_metas()?, folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let record = index.schema().get_field("record")?;
        let (searcher, stored) = (reader.searcher(), Dictionaries::for_folder(folder));
        Ok(Self { format: marker.format, program: marker.program, searcher, record, stored, payload })
    }

    /// Its format.
    pub fn format(&self) -> u32 {
        self.format
    }

    /// The program that made it.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// The name of its last commit.
    pub fn commit_id(&self) -> CommitId {
        self.payload.commit_id()
    }

    /// What is stated about publishing days.
    pub fn calendar(&self) -> Calendar {
        self.payload.calendar.clone()
    }

    /// Gives all records, and what cannot be read: source files, pages, withdrawn articles, what articles were, articles.
    ///
    /// # Errors
    /// What `take` gives.
    pub fn for_each_record(&self, take: RecordSink<'_>) -> Result<(), EngineError> {
        self.each_of(&|record| IndexRecord::Source(Box::new(record)), take)?;
        self.each_of(&|record| IndexRecord::Page(Box::new(record)), take)?;
        self.each_of(&IndexRecord::Withdrawn, take)?;
        self.each_of(&|record| IndexRecord::Former(Box::new(record)), take)?;
        self.each_of(&|record| IndexRecord::Article(Box::new(record)), take)
    }

    fn each_of<T: StoredRecord>(
        &self,
        kept: &dyn Fn(T) -> IndexRecord,
        take: RecordSink<'_>,
    ) -> Result<(), EngineError> {
        for reader in self.searcher.segment_readers() {
            match self.documents(reader, T::KIND.name).and_then(|docs| Ok((docs, reader.get_store_reader(0)?))) {
                Err(error) => take(Err(EngineError::from(error)))?,
                Ok((docs, store)) => {
                    for doc in docs {
                        take(self.record(reader, &store, doc).map(kept))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The documents of a kind.
    fn documents(&self, reader: &SegmentReader, kind: &str) -> tantivy::Result<Vec<DocId>> {
        let term = Term::from_field_text(self.record, kind);
        let index = reader.inverted_index(self.record)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { return Ok(Vec::new()) };
        let mut docs = Vec::with_capacity(postings.doc_freq() as usize);
        while postings.doc() != TERMINATED {
            if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                docs.push(postings.doc());
            }
            postings.advance();
        }
        Ok(docs)
    }

    fn record<T: StoredRecord>(
        &self,
        reader: &SegmentReader,
        store: &StoreReader,
        doc: DocId,
    ) -> Result<T, EngineError> {
        let document = store.get_document_bytes(doc)?;
        let read = Decoder::new(&self.stored).read_by(frame_in(&document), |bytes| self.read(bytes));
        read.map_err(|error| {
            error.of_record(|| {
                let id = reader.fast_fields().u64(ID).ok().and_then(|ids| ids.first(doc));
                record_name(id, doc, reader.segment_id())
            })
        })
    }

    fn read<T: StoredRecord>(&self, bytes: &[u8]) -> Result<T, RecordReadError> {
        if self.format >= NUMBERED {
            return read(bytes);
        }
        let known = UNNUMBERED.iter().find(|(format, kind, _)| (*format, *kind) == (self.format, T::KIND.name));
        let versions = known.map_or(FIRST, |(_, _, versions)| versions);
        let mut fault = RecordReadError::because("no version of it is known");
        for version in versions {
            match read_as(*version, bytes) {
                Ok(record) => return Ok(record),
                Err(other) => fault = other,
            }
        }
        Err(fault)
    }
}

/// What an index holds, counted. Two with the same counts and the same digest hold the same records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Source files.
    pub sources: u64,
    /// Pages.
    pub pages: u64,
    /// Articles.
    pub articles: u64,
    /// Articles that editors corrected.
    pub corrected: u64,
    /// Former ids, each of which leads to an article.
    pub former_ids: u64,
    /// Articles that editors took out.
    pub withdrawn: u64,
    /// What articles were after earlier commits.
    pub formers: u64,
    /// Those of them of which no text is kept.
    pub sealed: u64,
    digest: u64,
}

impl RecordCounts {
    /// Counts a record.
    pub fn add(&mut self, record: &IndexRecord) {
        match record {
            IndexRecord::Source(_) => self.sources += 1,
            IndexRecord::Page(_) => self.pages += 1,
            IndexRecord::Withdrawn(_) => self.withdrawn += 1,
            IndexRecord::Former(former) => {
                self.formers += 1;
                self.sealed += u64::from(former.sealed);
            }
            IndexRecord::Article(article) => {
                self.articles += 1;
                self.former_ids += article.former_ids.len() as u64;
                self.corrected += u64::from(!article.metadata.corrected.is_empty());
            }
        }
        // The order of records is not part of what an index holds.
        self.digest = self.digest.wrapping_add(digest(record));
    }
}

fn digest(record: &IndexRecord) -> u64 {
    let bytes = match record {
        IndexRecord::Source(record) => postcard::to_allocvec(record),
        IndexRecord::Page(record) => postcard::to_allocvec(record),
        IndexRecord::Withdrawn(record) => postcard::to_allocvec(record),
        IndexRecord::Former(record) => postcard::to_allocvec(record),
        IndexRecord::Article(record) => postcard::to_allocvec(record),
    };
    let mut hasher = FxHasher::default();
    hasher.write(&bytes.unwrap_or_default());
    hasher.finish()
}

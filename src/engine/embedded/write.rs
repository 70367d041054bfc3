//! Writing: articles and source records become documents, and a commit makes them visible together.

use super::folder::is_segment;
use super::lower;
use super::payload::{CommitPayload, MIXED};
use super::schema::{SchemaFields, UNDATED, confidence_key};
use super::stored::{Decoder, Dictionaries, Encoder};
use super::{ARTICLE, Embedded, FORMER, PAGE, SOURCE, WITHDRAWN, duplicate_clusters};
use crate::engine::{ClusterLookup, CommitId, EngineError, Writer};
use crate::model::{
    Article, ArticleId, Calendar, Date, Facet, IndexedArticle, PageRecord, Revision, SourceKey, SourceRecord,
    TextField, Withdrawn,
};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tantivy::directory::error::LockError;
use tantivy::index::SegmentId;
use tantivy::indexer::LogMergePolicy;
use tantivy::query::BooleanQuery;
use tantivy::{Directory, Index, IndexWriter, TantivyDocument, TantivyError, Term};

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Indexing threads.
    pub threads: usize,
    /// Memory for all of them together, in bytes; at least 15 MB each is used.
    pub memory: usize,
    /// Whether everything is read again, so that another dictionary is no obstacle.
    pub rebuild: bool,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { threads: 1, memory: 200_000_000, rebuild: false }
    }
}

/// The one writer of an index.
pub struct EmbeddedWriter {
    fields: SchemaFields,
    writer: IndexWriter,
    encoder: Encoder,
    dictionaries: Arc<Dictionaries>,
    /// The stored articles of clusters that were added since the last commit.
    pending: HashMap<ArticleId, Vec<u8>>,
    /// The dictionary of this program.
    dictionary: String,
    /// What the next commit carries, but for its number.
    payload: CommitPayload,
    /// Whether the next commit has the same number.
    standing: bool,
}

/// Share of deleted documents at which a segment is merged.
const DELETED_SHARE: f32 = 0.25;

impl EmbeddedWriter {
    pub(super) fn new(engine: &Embedded, options: WriterOptions) -> Result<Self, EngineError> {
        let opened = engine.current.opened();
        let payload = || CommitPayload::read_last(&opened.index.load_metas()?, &engine.folder);
        let known = payload()?;
        let same = known.has_dictionary(&opened.dictionary);
        if !options.rebuild && !same {
            return Err(EngineError::Dictionary(engine.folder.clone()));
        }
        let threads = options.threads.clamp(1, 8);
        let memory = options.memory.max(threads * 20_000_000);
        let writer: IndexWriter =
            opened.index.writer_with_num_threads(threads, memory).map_err(|error| match error {
                TantivyError::LockFailure(LockError::LockBusy, _) => EngineError::Locked(engine.folder.clone()),
                other => other.into(),
            })?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        writer.set_merge_policy(Box::new(policy));
        // A run that was killed may have left files of a commit that never came; the same work gives them the same names, and
        // a file that is there is not written again.
        writer.garbage_collect_files().wait()?;
        skip_first_stamp(&writer)?;
        let dictionary = opened.dictionary.clone();
        // Another process may have committed before the lock was ours.
        let mut payload = payload()?;
        payload.dictionary = if same { dictionary.clone() } else { MIXED.to_owned() };
        Ok(Self {
            fields: opened.fields.clone(),
            writer,
            encoder: Encoder::new(&engine.folder)?,
            dictionaries: Arc::clone(&opened.dictionaries),
            pending: HashMap::new(),
            dictionary,
            payload,
            standing: false,
        })
    }

    /// The writer of an index that is written anew, all commits of which say that they are the last one of another.
    pub(super) fn for_commit(
        engine: &Embedded,
        options: WriterOptions,
        edition: &CommitId,
        calendar: Calendar,
    ) -> Result<Self, EngineError> {
        let writer = Self::new(engine, options)?;
        let payload = CommitPayload::for_commit(edition, calendar, writer.dictionary.clone());
        Ok(Self { payload, standing: true, ..writer })
    }

    /// A document for a record that is no article. It has a value in every column that hits are ordered by:
    /// a column in which no value is missing is read much faster. One without a source file outlives it.
    fn record_document(&self, record: &str, source: Option<&SourceKey>, order: u64) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.record, record);
        if let Some(source) = source {
            document.add_text(self.fields.source, source.to_string());
        }
        document.add_u64(self.fields.order, order);
        document.add_u64(self.fields.least_sure, 0);
        document.add_u64(self.fields.characters, 0);
        document.add_u64(self.fields.cluster, 0);
        document.add_i64(self.fields.earliest, UNDATED);
        document.add_i64(self.fields.latest, UNDATED);
        document.add_i64(self.fields.best, UNDATED);
        document
    }

    fn add_confidences(&self, document: &mut TantivyDocument, article: &Article) {
        document.add_u64(self.fields.least_sure, u64::from(article.least_confidence()));
        for ((field, value), sure) in article.metadata.confidences() {
            document.add_u64(self.fields.confidence, confidence_key(field, value, sure));
        }
    }

    fn document(&mut self, article: &IndexedArticle) -> Result<TantivyDocument, EngineError> {
        let fields = &self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.record, ARTICLE);
        document.add_u64(fields.id, article.article.id.as_u64());
        document.add_u64(fields.order, article.article.place.order);
        self.add_confidences(&mut document, &article.article);
        document.add_u64(fields.characters, article.article.characters());
        document.add_u64(fields.since, article.article.since);
        document.add_text(fields.source, article.article.place.source.to_string());
        let date = &article.article.metadata.date;
        let span = date.span;
        document.add_i64(fields.best, date.best_day().map_or(UNDATED, Date::number));
        document.add_i64(fields.earliest, span.map_or(UNDATED, |span| span.earliest.number()));
        document.add_i64(fields.latest, span.map_or(UNDATED, |span| span.latest.number()));
        for field in TextField::ALL {
            let (tokens, streams) = (article.field(field), fields.text(field));
            for (stream, text) in
                [(streams.grams, &tokens.grams), (fields.lexicon, &tokens.lexicon), (streams.words, &tokens.words)]
            {
                if !text.is_empty() {
                    document.add_text(stream, text);
                }
            }
        }
        for (facet, value) in &article.facets.0 {
            document.add_text(fields.facet(*facet), value);
        }
        for amount in &article.article.metadata.amounts {
            document.add_f64(fields.amount(amount.measure), amount.value);
        }
        article.marks.iter().for_each(|mark| document.add_u64(fields.marks, u64::from(*mark)));
        document.add_u64(fields.cluster, article.cluster);
        let frame = self.encoder.frame(&article.article, true)?;
        document.add_bytes(fields.stored, &frame);
        if article.cluster != 0 {
            self.pending.insert(article.article.id, frame);
        }
        Ok(document)
    }
}

/// Uses the first stamp of a writer for nothing. It is that of the last commit, and a merge that begins before the next commit
/// takes a removal with it for one that some of its segments have had: it was lost (tantivy 0.27, `advance_deletes` leaves out
/// segments whose removals are of the commit that the merge goes up to).
fn skip_first_stamp(writer: &IndexWriter) -> Result<(), EngineError> {
    writer.run(Vec::new())?;
    Ok(())
}

/// What stands for what an article was in the field of sources, where files stand as root and path with a `/`.
fn former_name(id: ArticleId) -> String {
    format!("former {id}")
}

/// The place of a page in the order of pages, the least sure first: its confidence in millionths.
fn sure_order(sheet: &PageRecord) -> u64 {
    (f64::from(sheet.confidence.clamp(0.0, 1.0)) * 1e6) as u64
}

impl EmbeddedWriter {
    /// Ends a writer that failed: what it had written since the last commit is removed, so that its room is free again.
    ///
    /// # Errors
    /// [`EngineError`] where the files cannot be removed either.
    pub fn discard(self) -> Result<(), EngineError> {
        let index = self.writer.index().clone();
        // Why it failed was told.
        drop(self.writer.wait_merging_threads());
        let mut removed = remove_unused_files(&index);
        // Where one thread failed, tantivy does not wait for the others, and what they write is not removed before they end.
        for _ in 0..DISCARD_TRIES {
            if removed.is_ok() && !has_unused_files(&index)? {
                break;
            }
            std::thread::sleep(DISCARD_PAUSE);
            removed = remove_unused_files(&index);
        }
        Ok(removed?)
    }
}

/// How often what was not committed is looked for again, and the time between: threads end within a second or two.
const DISCARD_TRIES: usize = 50;
const DISCARD_PAUSE: Duration = Duration::from_millis(100);

/// Whether the index folder has files of segments that no commit holds.
fn has_unused_files(index: &Index) -> tantivy::Result<bool> {
    let held: HashSet<String> = index.searchable_segment_ids()?.iter().map(SegmentId::uuid_string).collect();
    let managed = index.directory().list_managed_files();
    let is_unused = |file: &PathBuf| {
        let name = file.to_string_lossy();
        is_segment(&name)
            && !name.split('.').next().is_some_and(|id| held.contains(id))
            && index.directory().exists(file).unwrap_or(false)
    };
    Ok(managed.iter().any(is_unused))
}

impl Writer for EmbeddedWriter {
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError> {
        self.writer.delete_term(Term::from_field_text(self.fields.source, &key.to_string()));
        Ok(())
    }

    fn all_is_new(&mut self) {
        self.payload.dictionary.clone_from(&self.dictionary);
    }

    fn add(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        let document = self.document(&article)?;
        self.writer.add_document(document)?;
        Ok(())
    }

    fn replace(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        let with_id = duplicate_clusters::alike(&self.fields, ClusterLookup::Ids(&[article.article.id]));
        self.writer.delete_query(with_id)?;
        self.add(article)
    }

    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        let frame = self.pending.get(&id);
        frame.map(|frame| Decoder::new(&self.dictionaries).read(frame)).transpose()
    }

    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        let mut document = self.record_document(SOURCE, Some(&record.key), 0);
        document.add_u64(self.fields.since, 0);
        document.add_u64(self.fields.id, 0);
        document.add_bytes(self.fields.stored, &self.encoder.frame(record, false)?);
        self.writer.add_document(document)?;
        Ok(())
    }

    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        let of_file = lower::term(self.fields.source, &record.key.to_string());
        let records = BooleanQuery::intersection(vec![of_file, lower::term(self.fields.record, SOURCE)]);
        self.writer.delete_query(Box::new(records))?;
        self.put_source(record)
    }

    fn put_page_record(&mut self, sheet: &PageRecord) -> Result<(), EngineError> {
        let mut document = self.record_document(PAGE, Some(&sheet.source), sure_order(sheet));
        document.add_u64(self.fields.since, 0);
        document.add_u64(self.fields.id, 0);
        document.add_text(self.fields.facet(Facet::PageKey), &sheet.page_key);
        document.add_bytes(self.fields.stored, &self.encoder.frame(sheet, false)?);
        self.writer.add_document(document)?;
        Ok(())
    }

    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError> {
        let mut document = self.record_document(WITHDRAWN, Some(&withdrawn.source), 0);
        document.add_u64(self.fields.since, 0);
        document.add_u64(self.fields.id, withdrawn.id.as_u64());
        document.add_bytes(self.fields.stored, &self.encoder.frame(withdrawn, false)?);
        self.writer.add_document(document)?;
        Ok(())
    }

    fn next_commit(&self) -> u64 {
        self.payload.commit + u64::from(!self.standing)
    }

    fn remove_revisions(&mut self, id: ArticleId) -> Result<(), EngineError> {
        self.writer.delete_term(Term::from_field_text(self.fields.source, &former_name(id)));
        Ok(())
    }

    fn put_revision(&mut self, former: &Revision) -> Result<(), EngineError> {
        let mut document = self.record_document(FORMER, None, 0);
        document.add_text(self.fields.source, former_name(former.article.id));
        document.add_u64(self.fields.id, former.article.id.as_u64());
        document.add_u64(self.fields.since, former.article.since);
        document.add_u64(self.fields.until, former.until);
        let former_ids = self.fields.facet(Facet::FormerId);
        former.article.former_ids.iter().for_each(|id| document.add_text(former_ids, id.to_string()));
        document.add_bytes(self.fields.stored, &self.encoder.frame(former, false)?);
        self.writer.add_document(document)?;
        Ok(())
    }

    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError> {
        self.payload.calendar.clone_from(calendar);
        Ok(())
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        let payload = if self.standing { self.payload.clone() } else { self.payload.next() };
        let text = serde_json::to_string(&payload).map_err(|error| EngineError::Failed {
            message: format!("what the commit says of itself cannot be written: {error}"),
            passing: false,
        })?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&text);
        prepared.commit()?;
        self.payload = payload;
        self.pending.clear();
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        let index = self.writer.index().clone();
        self.writer.wait_merging_threads()?;
        Ok(remove_unused_files(&index)?)
    }
}

/// Removes files that no commit holds: of merged segments, and of what was written and not committed. Another process that
/// writes by now removes them itself.
fn remove_unused_files(index: &Index) -> tantivy::Result<()> {
    let writer: IndexWriter = match index.writer_with_num_threads(1, 20_000_000) {
        Err(TantivyError::LockFailure(..)) => return Ok(()),
        writer => writer?,
    };
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()
}

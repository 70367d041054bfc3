//! The embedded engine: tantivy in a folder.
//!
//! One index holds two kinds of record, articles and source files, written in the same commit. A small file beside it,
//! `baoku-index.json`, names the format, so that an index of another version is recognised before it is opened; the
//! hash of the dictionary goes with each commit.

mod collect;
mod columns;
mod directory;
mod lower;
mod payload;
mod printings;
mod range;
mod schema;
mod statistics;
mod stored;
mod tally;
mod verify;
mod write;

pub use write::{EmbeddedWriter, WriterOptions};

use super::{Answer, Edition, Engine, EngineError, Hit, Matched, TallyRow};
use crate::model::{Article, ArticleId, Calendar, Facet, Former, Sheet, SourceKey, SourceRecord, TextField, Withdrawn};
use crate::query::{Capabilities, Match, Plan, Run, SortKey};
use collect::{Found, Gather};
use columns::ColumnCache;
use directory::{IndexFolder, replace_file};
use payload::Payload;
use schema::{FORMAT, Fields};
use serde::de::DeserializeOwned;
use statistics::ArticleStatistics;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use stored::{Decoder, Dictionaries};
use tally::Tallying;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError, Term};
use verify::Verifier;

/// Marks of the two kinds of record.
const ARTICLE: &str = "article";
const SOURCE: &str = "source";
const PAGE: &str = "page";
const WITHDRAWN: &str = "withdrawn";
const FORMER: &str = "former";

/// Names the format beside tantivy's own files.
const MARKER: &str = "baoku-index.json";

#[derive(serde::Deserialize)]
struct Marker {
    format: serde_json::Value,
}

/// Size of a block of stored records: little more than one of them.
const BLOCK_BYTES: usize = 4096;

/// Hits that are left out of what is related to them, at most: those of a page that is not full.
const MOST_BESIDES: usize = 1000;

/// An opened index.
pub struct Embedded {
    folder: PathBuf,
    fields: Fields,
    index: Index,
    reader: IndexReader,
    dictionaries: Arc<Dictionaries>,
    columns: ColumnCache,
    /// The dictionary of this program.
    dictionary: String,
    /// What the commit of a searched state carries, by the state's number.
    payload: Mutex<Option<(u64, Arc<Payload>)>>,
    /// The name of a searched state, by the state's number.
    generation: Mutex<Option<(u64, Arc<str>)>>,
}

fn io_error(folder: &Path) -> impl Fn(std::io::Error) -> EngineError {
    move |source| EngineError::Io { folder: folder.to_owned(), source }
}

fn open_folder(folder: &Path) -> Result<IndexFolder, EngineError> {
    Ok(IndexFolder::open(folder).map_err(TantivyError::from)?)
}

fn open_index(folder: &Path) -> Result<Index, EngineError> {
    Ok(Index::open(open_folder(folder)?)?)
}

/// What a folder holds, as far as the marker tells.
fn check_marker(folder: &Path) -> Result<bool, EngineError> {
    let text = match std::fs::read_to_string(folder.join(MARKER)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let foreign = folder.join("meta.json").try_exists().map_err(io_error(folder))?;
            return if foreign { Err(EngineError::Foreign(folder.to_owned())) } else { Ok(false) };
        }
        Err(error) => return Err(io_error(folder)(error)),
    };
    let found =
        serde_json::from_str::<Marker>(&text).map_or_else(|_| "unknown".into(), |marker| marker.format.to_string());
    if found == FORMAT.to_string() {
        return Ok(true);
    }
    Err(EngineError::Version { folder: folder.to_owned(), found, wanted: FORMAT })
}

fn write_marker(folder: &Path) -> Result<(), EngineError> {
    let text = format!("{{\"format\":{FORMAT}}}");
    replace_file(&folder.join(MARKER), text.as_bytes()).map_err(io_error(folder))
}

/// Removes the files of an index, and nothing else. The marker goes last: a folder that was cleared in part is still
/// known as an index of baoku.
fn clear_folder(folder: &Path) -> Result<(), EngineError> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
        names.push(entry.map_err(io_error(folder))?.file_name().to_string_lossy().into_owned());
    }
    let is_segment = |name: &String| {
        let stem = name.split('.').next().unwrap_or_default();
        stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let ours = names.iter().filter(|name| is_segment(name) || stored::is_dictionary(name)).map(String::as_str);
    let own = ["meta.json", ".managed.json"].into_iter().chain(ours).chain([MARKER]);
    for name in own.filter(|name| names.iter().any(|present| present == name)) {
        std::fs::remove_file(folder.join(name)).map_err(io_error(folder))?;
    }
    Ok(())
}

impl Embedded {
    /// Opens an existing index for reading. It sees new commits by itself. `dictionary` is the hash of the dictionary
    /// that queries are planned with.
    ///
    /// # Errors
    /// [`EngineError::Missing`] where there is none, [`EngineError::Version`] and [`EngineError::Foreign`] where the
    /// folder holds another one.
    pub fn open(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        if !check_marker(folder)? || !folder.join("meta.json").try_exists().map_err(io_error(folder))? {
            return Err(EngineError::Missing(folder.to_owned()));
        }
        Self::with_index(folder, open_index(folder)?, dictionary)
    }

    /// Opens an index for reading, or makes an empty one.
    ///
    /// # Errors
    /// As [`Embedded::open`], but a missing index is no error.
    pub fn open_or_create(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        std::fs::create_dir_all(folder).map_err(io_error(folder))?;
        if !check_marker(folder)? {
            write_marker(folder)?;
        }
        if folder.join("meta.json").try_exists().map_err(io_error(folder))? {
            return Self::with_index(folder, open_index(folder)?, dictionary);
        }
        let settings = IndexSettings {
            // Records are packed already, each by itself.
            docstore_compression: tantivy::store::Compressor::None,
            // A record is read with its whole block.
            docstore_blocksize: BLOCK_BYTES,
            ..IndexSettings::default()
        };
        // Another process may have been faster: then its index is opened.
        let builder = Index::builder().schema(Fields::new().schema).settings(settings);
        let index = builder.open_or_create(open_folder(folder)?)?;
        Self::with_index(folder, index, dictionary)
    }

    /// Opens an index for a rebuild: one that cannot be used, of another version or damaged, is replaced by an empty one.
    ///
    /// # Errors
    /// [`EngineError::Foreign`] where the folder holds an index of another program.
    pub fn recreate(folder: &Path, dictionary: &str) -> Result<Self, EngineError> {
        let usable = Self::open_or_create(folder, dictionary).and_then(|engine| engine.sources().map(|_| engine));
        match usable {
            Err(error) if matches!(error, EngineError::Version { .. }) || error.is_damage() => {
                clear_folder(folder)?;
                Self::open_or_create(folder, dictionary)
            }
            other => other,
        }
    }

    fn with_index(folder: &Path, index: Index, dictionary: &str) -> Result<Self, EngineError> {
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(EngineError::Version { folder: folder.to_owned(), found: "unknown".into(), wanted: FORMAT });
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::OnCommitWithDelay).try_into()?;
        Ok(Self {
            folder: folder.to_owned(),
            dictionaries: Arc::new(Dictionaries::of(folder)),
            columns: ColumnCache::default(),
            generation: Mutex::new(None),
            fields,
            index,
            reader,
            dictionary: dictionary.to_owned(),
            payload: Mutex::new(None),
        })
    }

    /// Begins writing.
    ///
    /// # Errors
    /// [`EngineError::Locked`] while another process writes.
    pub fn writer(&self, options: WriterOptions) -> Result<EmbeddedWriter, EngineError> {
        EmbeddedWriter::new(self, options)
    }

    /// Sees the newest commit now.
    ///
    /// # Errors
    /// [`EngineError::Index`] when the index cannot be read.
    pub fn reload(&self) -> Result<(), EngineError> {
        Ok(self.reader.reload()?)
    }

    /// What the commit of the searched state carries; `None` where the commit on disk is newer.
    fn payload_of(&self, searcher: &Searcher) -> Option<Arc<Payload>> {
        let number = searcher.generation().generation_id();
        let mut known = self.payload.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, payload)) = known.as_ref().filter(|(of, _)| *of == number) {
            return Some(Arc::clone(payload));
        }
        let metas = self.index.load_metas().ok()?;
        let on_disk = metas.segments.iter().map(|segment| (segment.id(), segment.delete_opstamp())).collect();
        if *searcher.generation().segments() != on_disk {
            return None;
        }
        let payload = Arc::new(Payload::of(&metas));
        *known = Some((number, Arc::clone(&payload)));
        Some(payload)
    }

    /// What the newest commit carries, after it is seen.
    fn payload(&self) -> Result<Arc<Payload>, EngineError> {
        if let Some(payload) = self.payload_of(&self.reader.searcher()) {
            return Ok(payload);
        }
        self.reader.reload()?;
        Ok(Arc::new(Payload::of(&self.index.load_metas()?)))
    }

    /// Whether the lexicon of the searched state was built with the dictionary of this program. Where the commit on disk is
    /// newer, nothing is known, and the grams answer.
    fn lexicon_of(&self, searcher: &Searcher) -> bool {
        self.payload_of(searcher).is_some_and(|payload| payload.has_dictionary(&self.dictionary))
    }

    /// The name of a searched state. A new one is also when the columns of old segments are let go.
    fn generation_of(&self, searcher: &Searcher) -> Arc<str> {
        let number = searcher.generation().generation_id();
        let mut known = self.generation.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match &*known {
            Some((of, name)) if *of == number => Arc::clone(name),
            _ => {
                self.columns.keep(searcher);
                let commit = self.payload_of(searcher).map_or(0, |payload| payload.commit);
                let name: Arc<str> = generation_of(searcher, commit).into();
                *known = Some((number, Arc::clone(&name)));
                name
            }
        }
    }

    /// The total of a plan and the keys of its first hits, without reading any of them: what a search costs before the
    /// articles are shown.
    ///
    /// # Errors
    /// [`EngineError::Index`] when the index cannot be read.
    pub fn find(&self, plan: &Plan) -> Result<(u64, Vec<SortKey>), EngineError> {
        let found = self.run(&self.reader.searcher(), plan)?;
        Ok((found.total, found.hits.into_iter().map(|(key, ..)| key).collect()))
    }

    fn run(&self, searcher: &Searcher, plan: &Plan) -> Result<Found, EngineError> {
        let verifier = Verifier::new(&self.dictionaries);
        let query = self.query(searcher, &verifier, plan)?;
        let statistics = ArticleStatistics { searcher, fields: &self.fields };
        if plan.limit == 0 && plan.facets.is_empty() {
            let total = searcher.search(&*query, &Count)? as u64;
            verifier.outcome()?;
            return Ok(Found { total, ..Found::default() });
        }
        let gather = Gather::new(plan, &self.columns);
        let found: Found = searcher.search_with_statistics_provider(&*query, &gather, &statistics)?;
        verifier.outcome()?;
        Ok(found)
    }

    /// What a plan asks for.
    fn query(&self, searcher: &Searcher, verifier: &Verifier, plan: &Plan) -> Result<Box<dyn Query>, EngineError> {
        let query = lower::query(&self.fields, verifier, plan);
        let Some(families) = &plan.once else { return Ok(query) };
        let passing = Plan { matching: Match::All, ranking: Vec::new(), ..plan.clone() };
        let passing = lower::query(&self.fields, verifier, &passing);
        Ok(printings::once(searcher, &self.columns, families, query, &*passing)?)
    }

    /// The records at some places, in their order.
    fn records<T: DeserializeOwned>(
        &self,
        searcher: &Searcher,
        addresses: impl IntoIterator<Item = DocAddress>,
    ) -> Result<Vec<T>, EngineError> {
        let mut decoder = Decoder::new(&self.dictionaries);
        let mut record = |address: DocAddress| -> Result<T, EngineError> {
            let columns = self.columns.of(searcher.segment_reader(address.segment_ord))?;
            decoder.read(stored::frame_in(&columns.store.get_document_bytes(address.doc_id)?))
        };
        addresses.into_iter().map(&mut record).collect()
    }

    /// All records that a query matches.
    fn matching<T: DeserializeOwned>(&self, searcher: &Searcher, query: &dyn Query) -> Result<Vec<T>, EngineError> {
        self.records(searcher, searcher.search(query, &DocSetCollector)?)
    }

    fn first<T: DeserializeOwned>(&self, searcher: &Searcher, query: &dyn Query) -> Result<Option<T>, EngineError> {
        let found = searcher.search(query, &TopDocs::with_limit(1).order_by_score())?;
        Ok(self.records(searcher, found.into_iter().map(|(_, address)| address))?.pop())
    }

    /// A record of a kind with this id.
    fn by_id<T: DeserializeOwned>(
        &self,
        searcher: &Searcher,
        kind: &str,
        id: ArticleId,
    ) -> Result<Option<T>, EngineError> {
        let by_id = TermQuery::new(Term::from_field_u64(self.fields.id, id.as_u64()), IndexRecordOption::Basic);
        let kind = lower::term(self.fields.record, kind);
        self.first(searcher, &BooleanQuery::intersection(vec![kind, Box::new(by_id)]))
    }
}

/// Names the searched state: the commit (one that changes nothing but the publishing days has the segments of the one
/// before), and the segments it is kept in (a merge changes scores a little).
fn generation_of(searcher: &Searcher, commit: u64) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    hasher.update(commit.to_le_bytes());
    for (segment, deletes) in searcher.generation().segments() {
        hasher.update(format!("{} {deletes:?};", segment.uuid_string()));
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Engine for Embedded {
    fn capabilities(&self) -> Capabilities {
        Capabilities { lexicon: self.lexicon_of(&self.reader.searcher()) }
    }

    fn generation(&self) -> Result<String, EngineError> {
        Ok(self.generation_of(&self.reader.searcher()).to_string())
    }

    fn search(&self, plan: &Plan) -> Result<Answer, EngineError> {
        let searcher = self.reader.searcher();
        let found = self.run(&searcher, plan)?;
        let articles: Vec<Article> = self.records(&searcher, found.hits.iter().map(|(_, _, address)| *address))?;
        let hit = |((key, score, _), article)| Hit { article, score, key };
        let hits = found.hits.into_iter().zip(articles).map(hit).collect();
        Ok(Answer {
            generation: self.generation_of(&searcher).to_string(),
            total: found.total,
            hits,
            facets: found.facets,
        })
    }

    fn tally(&self, plan: &Plan, split: Option<Facet>) -> Result<Vec<TallyRow>, EngineError> {
        let (searcher, verifier) = (self.reader.searcher(), Verifier::new(&self.dictionaries));
        let query = self.query(&searcher, &verifier, &Plan { ranking: Vec::new(), ..plan.clone() })?;
        let rows = searcher.search(&*query, &Tallying { columns: &self.columns, split })?;
        verifier.outcome()?;
        Ok(rows)
    }

    fn matches(&self, plan: &Plan) -> Result<Vec<Matched>, EngineError> {
        let (searcher, verifier) = (self.reader.searcher(), Verifier::new(&self.dictionaries));
        let query = self.query(&searcher, &verifier, &Plan { ranking: Vec::new(), ..plan.clone() })?;
        let found = searcher.search(&*query, &DocSetCollector)?;
        verifier.outcome()?;
        let matched = |address: DocAddress| -> Result<Matched, EngineError> {
            let (columns, doc) = (self.columns.of(searcher.segment_reader(address.segment_ord))?, address.doc_id);
            let id = ArticleId::from_u64(columns.ids.first(doc).unwrap_or(0));
            Ok(Matched { id, since: columns.since.first(doc).unwrap_or(0), days: columns.days(doc) })
        };
        found.into_iter().map(matched).collect()
    }

    fn word_counts(&self, plans: &[Plan]) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
        let (searcher, verifier) = (self.reader.searcher(), Verifier::new(&self.dictionaries));
        let queries =
            plans.iter().map(|plan| self.query(&searcher, &verifier, &Plan { ranking: Vec::new(), ..plan.clone() }));
        let queries: Vec<Box<dyn Query>> = queries.collect::<Result<_, _>>()?;
        let counts = statistics::word_counts(&searcher, &self.fields, &queries)?;
        verifier.outcome()?;
        Ok(counts)
    }

    fn edition(&self) -> Result<Edition, EngineError> {
        Ok(self.payload()?.edition())
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        Ok(self.payload()?.calendar.clone())
    }

    fn formers(&self) -> Result<Vec<Former>, EngineError> {
        self.matching(&self.reader.searcher(), &*lower::term(self.fields.record, FORMER))
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        let of_file = lower::term(self.fields.source, &key.to_string());
        let query = BooleanQuery::intersection(vec![of_file, lower::articles(&self.fields)]);
        let searcher = self.reader.searcher();
        let mut ids = Vec::new();
        for address in searcher.search(&query, &DocSetCollector)? {
            let columns = self.columns.of(searcher.segment_reader(address.segment_ord))?;
            ids.extend(columns.ids.first(address.doc_id).map(ArticleId::from_u64));
        }
        Ok(ids)
    }

    fn related(&self, plan: &Plan, besides: &Match) -> Result<Vec<Hit>, EngineError> {
        let searcher = self.reader.searcher();
        let only_words = plan.filters.is_empty() && plan.once.is_none() && matches!(plan.matching, Match::Words(_));
        if !only_words {
            let parts = vec![plan.matching.clone(), Match::Not(Box::new(besides.clone()))];
            return Ok(self.search(&Plan { matching: Match::And(parts), ..plan.clone() })?.hits);
        }
        // Words alone: the best of them are found without counting the others.
        let strict = Plan {
            matching: besides.clone(),
            facets: Vec::new(),
            ranking: Vec::new(),
            limit: MOST_BESIDES,
            ..plan.clone()
        };
        let known: Vec<DocAddress> =
            self.run(&searcher, &strict)?.hits.into_iter().map(|(.., address)| address).collect();
        let statistics = ArticleStatistics { searcher: &searcher, fields: &self.fields };
        let top = TopDocs::with_limit(plan.limit + known.len()).order_by_score();
        let found = searcher.search_with_statistics_provider(&*lower::words(&self.fields, plan), &top, &statistics)?;
        let found: Vec<(f32, DocAddress)> =
            found.into_iter().filter(|(_, address)| !known.contains(address)).take(plan.limit).collect();
        let articles: Vec<Article> = self.records(&searcher, found.iter().map(|(_, address)| *address))?;
        let hit = |((score, _), article): ((f32, DocAddress), Article)| {
            let latest = article.metadata.date.span.map(|span| span.latest.number());
            let key = SortKey::new(plan.sort, score, latest, article.place.order, article.id);
            Hit { article, score, key }
        };
        Ok(found.into_iter().zip(articles).map(hit).collect())
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        let searcher = self.reader.searcher();
        if let Some(article) = self.by_id(&searcher, ARTICLE, id)? {
            return Ok(Some(article));
        }
        self.first(&searcher, &*lower::term(self.fields.facet(Facet::FormerId), &id.to_string()))
    }

    fn sources(&self) -> Result<Vec<SourceRecord>, EngineError> {
        let sources = lower::term(self.fields.record, SOURCE);
        let mut records: Vec<SourceRecord> = self.matching(&self.reader.searcher(), &*sources)?;
        records.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(records)
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        let of_file = lower::term(self.fields.source, &key.to_string());
        let query = BooleanQuery::intersection(vec![of_file, lower::articles(&self.fields)]);
        self.matching(&self.reader.searcher(), &query)
    }

    fn sheet(&self, page_key: &str) -> Result<Option<Sheet>, EngineError> {
        let pages = lower::term(self.fields.record, PAGE);
        let with_key = lower::term(self.fields.facet(Facet::PageKey), page_key);
        self.first(&self.reader.searcher(), &BooleanQuery::intersection(vec![pages, with_key]))
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<Sheet>, EngineError> {
        let searcher = self.reader.searcher();
        let pages = lower::term(self.fields.record, PAGE);
        self.records(&searcher, statistics::lowest_in_order(&searcher, &*pages, from, limit)?)
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        self.by_id(&self.reader.searcher(), WITHDRAWN, id)
    }

    fn frequencies(&self, runs: &[Run]) -> Result<Vec<u64>, EngineError> {
        let searcher = self.reader.searcher();
        runs.iter().map(|run| statistics::frequency(&searcher, &self.fields, run)).collect()
    }

    fn vocabulary(&self, fewest: u64) -> Result<Vec<(String, u64)>, EngineError> {
        statistics::vocabulary(&self.reader.searcher(), &self.fields, fewest)
    }

    fn word_frequencies(&self, words: &[String]) -> Result<Vec<u64>, EngineError> {
        let (searcher, body) = (self.reader.searcher(), self.fields.text(TextField::Body).words);
        words.iter().map(|word| Ok(searcher.doc_freq(&Term::from_field_text(body, word))?)).collect()
    }

    fn marks(&self) -> Result<Vec<(u32, ArticleId)>, EngineError> {
        statistics::marks(&self.reader.searcher())
    }

    fn article_count(&self) -> Result<u64, EngineError> {
        let searcher = self.reader.searcher();
        Ok(searcher.search(&*lower::articles(&self.fields), &Count)? as u64)
    }
}

//! The state that answers: one commit, opened, with all that is looked at for every hit. The next one is opened while this
//! one answers.

use super::checksum::Checksums;
use super::collect::{CollectedHits, PlanCollector};
use super::columns::SegmentColumns;
use super::duplicate_clusters::{self, ClusterDocs};
use super::lower;
use super::payload::CommitPayload;
use super::record::StoredRecord;
use super::schema::SchemaFields;
use super::statistics::ArticleStatistics;
use super::stoppable::StoppableQuery;
use super::stored::{Decoder, Dictionaries, frame_in};
use super::verify::Verifier;
use crate::engine::{Budget, Catalogue, CommitId, EngineError, Snapshot};
use crate::model::ArticleId;
use crate::query::{Match, Plan};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, IndexReader, Searcher, Term};

/// What all states of an opened index share.
pub(super) struct SharedIndex {
    pub(super) fields: SchemaFields,
    pub(super) index: Index,
    pub(super) reader: IndexReader,
    pub(super) dictionaries: Arc<Dictionaries>,
    /// The dictionary of this program.
    pub(super) dictionary: String,
}

/// One commit, opened. Cheap to clone.
#[derive(Clone)]
pub struct EmbeddedSnapshot {
    pub(super) opened: Arc<SharedIndex>,
    pub(super) searcher: Searcher,
    pub(super) payload: Arc<CommitPayload>,
    /// In the order of the segments.
    pub(super) columns: Vec<Arc<SegmentColumns>>,
    edition: CommitId,
    /// The documents that have reprints.
    families: Arc<ClusterDocs>,
    pub(super) articles: u64,
    /// How long the work of a request may go on.
    pub(super) budget: Budget,
}

/// How often an index that is being changed is looked at again, and how long is waited before.
const LOOKS: usize = 50;
const PAUSE: Duration = Duration::from_millis(10);

impl EmbeddedSnapshot {
    /// The last commit. What was opened for an older state is used again.
    fn last(opened: &Arc<SharedIndex>, before: Option<&Self>) -> Result<Self, EngineError> {
        for _ in 0..LOOKS {
            let metas = opened.index.load_metas()?;
            opened.reader.reload()?;
            let searcher = opened.reader.searcher();
            let on_disk = metas.segments.iter().map(|segment| (segment.id(), segment.delete_opstamp())).collect();
            if *searcher.generation().segments() == on_disk {
                let payload = CommitPayload::read_last(&metas, opened.dictionaries.folder())?;
                return Self::new(Arc::clone(opened), searcher, payload, before);
            }
            std::thread::sleep(PAUSE);
        }
        Err(EngineError::Changing)
    }

    fn new(
        opened: Arc<SharedIndex>,
        searcher: Searcher,
        payload: CommitPayload,
        before: Option<&Self>,
    ) -> Result<Self, EngineError> {
        let columns = searcher.segment_readers().iter().map(|reader| {
            let known = || before.into_iter().flat_map(|state| &state.columns);
            match known().find(|columns| columns.segment == reader.segment_id()) {
                Some(columns) => Ok(Arc::clone(columns)),
                None => Ok(Arc::new(SegmentColumns::open(reader)?)),
            }
        });
        let columns = columns.collect::<Result<Vec<_>, EngineError>>()?;
        let families = Arc::new(duplicate_clusters::cluster_docs(&searcher, &columns));
        let articles = searcher.search(&*lower::articles(&opened.fields), &Count)? as u64;
        let (edition, payload) = (payload.commit_id(), Arc::new(payload));
        Ok(Self { edition, opened, searcher, payload, columns, families, articles, budget: Budget::default() })
    }

    pub(super) fn fields(&self) -> &SchemaFields {
        &self.opened.fields
    }

    pub(super) fn verifier(&self) -> Verifier {
        Verifier::new(&self.opened.dictionaries, &self.budget)
    }

    /// The total of a plan, and its hits without their articles.
    pub(super) fn run(&self, plan: &Plan) -> Result<CollectedHits, EngineError> {
        let verifier = self.verifier();
        let query = self.query(&verifier, plan)?;
        let statistics = ArticleStatistics { searcher: &self.searcher, fields: self.fields() };
        if plan.limit == 0 && plan.facets.is_empty() {
            let total = self.searcher.search(&*query, &Count)? as u64;
            verifier.outcome()?;
            return Ok(CollectedHits { total, ..CollectedHits::default() });
        }
        let gather = PlanCollector::new(plan, &self.columns);
        let found: CollectedHits = self.searcher.search_with_statistics_provider(&*query, &gather, &statistics)?;
        verifier.outcome()?;
        Ok(found)
    }

    /// What a plan asks for.
    pub(super) fn query(&self, verifier: &Verifier, plan: &Plan) -> Result<Box<dyn Query>, EngineError> {
        self.budget.check()?;
        let mut query = lower::query(self.fields(), verifier, plan);
        if plan.once {
            let passing = Plan { matching: Match::All, ranking: Vec::new(), ..plan.clone() };
            let passing = lower::query(self.fields(), verifier, &passing);
            query =
                duplicate_clusters::without_reprints(&self.searcher, &self.columns, &self.families, query, passing)?;
        }
        Ok(Box::new(StoppableQuery { query, budget: self.budget.clone() }))
    }

    /// What a plan asks for, where no scores are wanted.
    pub(super) fn unscored(&self, verifier: &Verifier, plan: &Plan) -> Result<Box<dyn Query>, EngineError> {
        self.query(verifier, &Plan { ranking: Vec::new(), ..plan.clone() })
    }

    /// Gives the records at some places, in their order, until `take` says that it has enough.
    pub(super) fn each_record<T: StoredRecord>(
        &self,
        addresses: impl IntoIterator<Item = DocAddress>,
        take: &mut dyn FnMut(T) -> bool,
    ) -> Result<(), EngineError> {
        let mut decoder = Decoder::new(&self.opened.dictionaries);
        for address in addresses {
            self.budget.check()?;
            let columns = &self.columns[address.segment_ord as usize];
            let document = columns.store.get_document_bytes(address.doc_id)?;
            let name = || columns.name(address.doc_id);
            if !take(decoder.read(frame_in(&document)).map_err(|error| error.of_record(name))?) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The records at some places, in their order.
    pub(super) fn records<T: StoredRecord>(
        &self,
        addresses: impl IntoIterator<Item = DocAddress>,
    ) -> Result<Vec<T>, EngineError> {
        let mut records = Vec::new();
        self.each_record(addresses, &mut |record| {
            records.push(record);
            true
        })?;
        Ok(records)
    }

    /// All records that a query matches.
    pub(super) fn matching<T: StoredRecord>(&self, query: &dyn Query) -> Result<Vec<T>, EngineError> {
        self.records(self.searcher.search(query, &DocSetCollector)?)
    }

    pub(super) fn first<T: StoredRecord>(&self, query: &dyn Query) -> Result<Option<T>, EngineError> {
        let found = self.searcher.search(query, &TopDocs::with_limit(1).order_by_score())?;
        Ok(self.records(found.into_iter().map(|(_, address)| address))?.pop())
    }

    /// The record of a kind with this id.
    pub(super) fn by_id<T: StoredRecord>(&self, id: ArticleId) -> Result<Option<T>, EngineError> {
        let by_id = TermQuery::new(Term::from_field_u64(self.fields().id, id.as_u64()), IndexRecordOption::Basic);
        let kind = lower::term(self.fields().record, T::KIND.name);
        self.first(&BooleanQuery::intersection(vec![kind, Box::new(by_id)]))
    }
}

impl Snapshot for EmbeddedSnapshot {
    fn commit_id(&self) -> &CommitId {
        &self.edition
    }

    fn within(&self, budget: &Budget) -> Arc<dyn Snapshot> {
        Arc::new(Self { budget: budget.clone(), ..self.clone() })
    }
}

/// The state that answers now.
pub(super) struct CurrentSnapshot {
    opened: Arc<SharedIndex>,
    state: RwLock<Arc<EmbeddedSnapshot>>,
    pub(super) checksums: Checksums,
    /// Held while a state is opened, so that an older one never takes the place of a newer one.
    opening: Mutex<()>,
}

impl CurrentSnapshot {
    pub(super) fn new(opened: SharedIndex) -> Result<Self, EngineError> {
        let opened = Arc::new(opened);
        let state = RwLock::new(Arc::new(EmbeddedSnapshot::last(&opened, None)?));
        Ok(Self { opened, state, checksums: Checksums::default(), opening: Mutex::default() })
    }

    pub(super) fn opened(&self) -> &SharedIndex {
        &self.opened
    }

    pub(super) fn state(&self) -> Arc<EmbeddedSnapshot> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn opening(&self) -> MutexGuard<'_, ()> {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the last commit, and has it answer from then on.
    pub(super) fn refresh(&self) -> Result<(), EngineError> {
        self.replace(|_| Ok(()))
    }

    /// The same, with all that is read when it is first asked for read before.
    pub(super) fn refresh_warm(&self) -> Result<(), EngineError> {
        self.replace(|next| next.holdings().map(drop))
    }

    fn replace(&self, prepare: impl FnOnce(&EmbeddedSnapshot) -> Result<(), EngineError>) -> Result<(), EngineError> {
        let _alone = self.opening();
        let next = Arc::new(EmbeddedSnapshot::last(&self.opened, Some(&*self.state()))?);
        prepare(&next)?;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }
}

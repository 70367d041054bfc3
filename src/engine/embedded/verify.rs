//! Candidates that are looked at again in their stored text: what an index cannot tell by itself, as a query that
//! composes with all others.

use super::schema::Fields;
use super::stored::{Decoder, Dictionaries};
use crate::engine::EngineError;
use crate::model::Article;
use crate::query::{Near, Run};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

/// Blocks of stored records that are kept while candidates are read.
const BLOCKS: usize = 8;

/// What an article must hold.
#[derive(Clone, Debug)]
pub(super) enum Check {
    Run(Run),
    Near(Near),
}

impl Check {
    fn holds(&self, article: &Article) -> bool {
        match self {
            Self::Run(run) => run.holds(article),
            Self::Near(near) => near.holds(article),
        }
    }
}

/// Makes queries that verify, and keeps the first fault that one of them met.
pub(super) struct Verifier {
    dictionaries: Arc<Dictionaries>,
    stored: Field,
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verifier {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, fields: &Fields) -> Self {
        Self { dictionaries: Arc::clone(dictionaries), stored: fields.stored, fault: Arc::default() }
    }

    /// Those of the candidates that pass a check.
    pub(super) fn query(&self, candidates: Box<dyn Query>, check: Check) -> Box<dyn Query> {
        let of = Verified {
            check: Arc::new(check),
            dictionaries: Arc::clone(&self.dictionaries),
            stored: self.stored,
            fault: Arc::clone(&self.fault),
        };
        Box::new(VerifiedQuery { candidates: Arc::from(candidates), of })
    }

    /// What went wrong while candidates were read.
    pub(super) fn outcome(self) -> Result<(), EngineError> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

#[derive(Clone)]
struct Verified {
    check: Arc<Check>,
    dictionaries: Arc<Dictionaries>,
    stored: Field,
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verified {
    fn holds(&self, store: &StoreReader, doc: DocId) -> Result<bool, EngineError> {
        let document: TantivyDocument = store.get(doc)?;
        let frame = document.get_first(self.stored).and_then(|value| value.as_bytes()).unwrap_or_default();
        let article: Article = Decoder::new(&self.dictionaries).read(frame)?;
        Ok(self.check.holds(&article))
    }

    /// A candidate that cannot be read fails the search; it is not left out in silence.
    fn passes(&self, store: &StoreReader, doc: DocId) -> bool {
        self.holds(store, doc).unwrap_or_else(|error| {
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            false
        })
    }
}

#[derive(Clone)]
struct VerifiedQuery {
    candidates: Arc<dyn Query>,
    of: Verified,
}

impl fmt::Debug for VerifiedQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedQuery").field("candidates", &self.candidates).field("check", &self.of.check).finish()
    }
}

impl Query for VerifiedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let scoring = EnableScoring::Disabled { schema: scoring.schema(), searcher_opt: scoring.searcher() };
        Ok(Box::new(VerifiedWeight { candidates: self.candidates.weight(scoring)?, of: self.of.clone() }))
    }
}

struct VerifiedWeight {
    candidates: Box<dyn Weight>,
    of: Verified,
}

impl Weight for VerifiedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let candidates = self.candidates.scorer(reader, boost)?;
        let mut scorer = VerifiedScorer { candidates, store: reader.get_store_reader(BLOCKS)?, of: self.of.clone() };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a verified query has no score to explain".into()))
    }
}

struct VerifiedScorer {
    candidates: Box<dyn Scorer>,
    store: StoreReader,
    of: Verified,
}

impl VerifiedScorer {
    /// Goes on to the next candidate that passes, the one it stands on included.
    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.of.passes(&self.store, doc) {
            doc = self.candidates.advance();
        }
        doc
    }
}

impl DocSet for VerifiedScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.settle();
        }
        self.candidates.doc()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        // Reading a record costs about as much as passing over this many entries of a posting list.
        self.candidates.cost().saturating_mul(500)
    }
}

impl Scorer for VerifiedScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}

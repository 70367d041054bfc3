//! Candidates that are looked at again: what the index cannot tell by itself, as a query that composes with all others.
//! Nearness is told from positions where they decide it, everything else from the stored text.

use super::stored::{self, Decoder, Dictionaries};
use crate::engine::EngineError;
use crate::model::Article;
use crate::query::{Near, Run, RunTokens, least_gap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Blocks of stored records that are kept while candidates are read.
const BLOCKS: usize = 8;

/// What an article must hold.
#[derive(Clone, Debug)]
pub(super) enum Check {
    Run(Run),
    /// In a field, whose stream of grams is named.
    Near(Near, Field),
}

impl Check {
    fn holds(&self, article: &Article) -> bool {
        match self {
            Self::Run(run) => run.holds(article),
            Self::Near(near, _) => near.holds(article),
        }
    }
}

/// Makes queries that verify, and keeps the first fault that one of them met.
pub(super) struct Verifier {
    dictionaries: Arc<Dictionaries>,
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verifier {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>) -> Self {
        Self { dictionaries: Arc::clone(dictionaries), fault: Arc::default() }
    }

    /// Those of the candidates that pass a check.
    pub(super) fn query(&self, candidates: Box<dyn Query>, check: Check) -> Box<dyn Query> {
        let of = Verified {
            check: Arc::new(check),
            dictionaries: Arc::clone(&self.dictionaries),
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
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verified {
    fn holds(&self, store: &StoreReader, doc: DocId) -> Result<bool, EngineError> {
        let document = store.get_document_bytes(doc)?;
        let article: Article = Decoder::new(&self.dictionaries).read(stored::frame_in(&document))?;
        Ok(self.check.holds(&article))
    }

    /// The postings by which nearness is told, where both runs are phrases of grams.
    fn positions(&self, reader: &SegmentReader) -> tantivy::Result<Option<NearPositions>> {
        let Check::Near(near, field) = &*self.check else { return Ok(None) };
        let (RunTokens::Grams(left), RunTokens::Grams(right)) = (&near.left.tokens, &near.right.tokens) else {
            return Ok(None);
        };
        let index = reader.inverted_index(*field)?;
        let postings = |grams: &[String]| -> tantivy::Result<Option<Vec<SegmentPostings>>> {
            let one = |gram: &String| {
                index.read_postings(&Term::from_field_text(*field, gram), IndexRecordOption::WithFreqsAndPositions)
            };
            let all: Vec<Option<SegmentPostings>> = grams.iter().map(one).collect::<Result<_, _>>()?;
            Ok(all.into_iter().collect())
        };
        let (Some(left), Some(right)) = (postings(left)?, postings(right)?) else { return Ok(None) };
        Ok(Some(NearPositions { left, right, distance: near.distance }))
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
        let positions = self.of.positions(reader)?;
        let store = reader.get_store_reader(BLOCKS)?;
        let mut scorer = VerifiedScorer { candidates, positions, store, of: self.of.clone() };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a verified query has no score to explain".into()))
    }
}

/// What positions tell of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Near,
    NotNear,
    /// It depends on how many boundaries lie between.
    Open,
}

/// The grams of two runs in one segment.
struct NearPositions {
    left: Vec<SegmentPostings>,
    right: Vec<SegmentPostings>,
    distance: usize,
}

impl NearPositions {
    fn of(&mut self, doc: DocId) -> Told {
        let (lefts, rights) = (spans(&mut self.left, doc), spans(&mut self.right, doc));
        match least_gap(&lefts, &rights) {
            None => Told::NotNear,
            Some(gap) if gap <= self.distance => Told::Near,
            // Boundaries never stand side by side: of n units between at least n / 2 are none.
            Some(gap) if gap / 2 <= self.distance => Told::Open,
            Some(_) => Told::NotNear,
        }
    }
}

/// Where a run stands in a document: its first position and one past its last.
fn spans(grams: &mut [SegmentPostings], doc: DocId) -> Vec<(usize, usize)> {
    let mut starts: Vec<u32> = Vec::new();
    let mut positions: Vec<u32> = Vec::new();
    // A run of n grams has n + 1 units.
    let length = grams.len() + 1;
    for (offset, gram) in (0u32..).zip(grams) {
        if gram.doc() < doc {
            gram.seek(doc);
        }
        if gram.doc() != doc {
            return Vec::new();
        }
        if offset == 0 {
            gram.positions(&mut starts);
        } else {
            gram.positions(&mut positions);
            starts.retain(|start| positions.binary_search(&(start + offset)).is_ok());
        }
    }
    starts.into_iter().map(|start| (start as usize, start as usize + length)).collect()
}

struct VerifiedScorer {
    candidates: Box<dyn Scorer>,
    positions: Option<NearPositions>,
    store: StoreReader,
    of: Verified,
}

impl VerifiedScorer {
    /// Goes on to the next candidate that passes, the one it stands on included.
    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.passes(doc) {
            doc = self.candidates.advance();
        }
        doc
    }

    fn passes(&mut self, doc: DocId) -> bool {
        match self.positions.as_mut().map_or(Told::Open, |positions| positions.of(doc)) {
            Told::Near => true,
            Told::NotNear => false,
            Told::Open => self.of.passes(&self.store, doc),
        }
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

//! Candidates that are looked at again: what the index cannot tell by itself, as a query that composes with all others.
//! Nearness is told from positions where they decide it, everything else from the stored text.

use super::columns::record_name;
use super::schema::ID;
use super::stored::{self, Decoder, Dictionaries};
use crate::engine::{Budget, EngineError};
use crate::model::Article;
use crate::query::{NearPair, RunTokens, UnitRun, least_gap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term};

/// Blocks of stored records that are kept while candidates are read.
const BLOCKS: usize = 8;

/// What an article must hold.
#[derive(Clone, Debug)]
pub(super) enum VerifyCondition {
    Run(UnitRun),
    /// In one of some fields, whose streams of grams are named.
    Near(NearPair, Vec<Field>),
}

impl VerifyCondition {
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
    budget: Budget,
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verifier {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, budget: &Budget) -> Self {
        Self { dictionaries: Arc::clone(dictionaries), budget: budget.clone(), fault: Arc::default() }
    }

    /// Those of the candidates that pass a check.
    pub(super) fn query(&self, candidates: Box<dyn Query>, check: VerifyCondition) -> Box<dyn Query> {
        let of = Verification {
            check: Arc::new(check),
            dictionaries: Arc::clone(&self.dictionaries),
            budget: self.budget.clone(),
            fault: Arc::clone(&self.fault),
        };
        Box::new(VerifiedQuery { candidates: Arc::from(candidates), of })
    }

    /// What went wrong while candidates were read, or that the budget was over before the end.
    pub(super) fn outcome(self) -> Result<(), EngineError> {
        self.budget.check()?;
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

/// The stored records of a segment.
struct SegmentTexts {
    store: StoreReader,
    reader: SegmentReader,
}

impl SegmentTexts {
    /// What a record is called where it cannot be read.
    fn name(&self, doc: DocId) -> String {
        let id = self.reader.fast_fields().u64(ID).ok().and_then(|ids| ids.first(doc));
        record_name(id, doc, self.reader.segment_id())
    }
}

#[derive(Clone)]
struct Verification {
    check: Arc<VerifyCondition>,
    dictionaries: Arc<Dictionaries>,
    budget: Budget,
    fault: Arc<Mutex<Option<EngineError>>>,
}

impl Verification {
    fn holds(&self, texts: &SegmentTexts, doc: DocId) -> Result<bool, EngineError> {
        let document = texts.store.get_document_bytes(doc)?;
        let article: Result<Article, EngineError> = Decoder::new(&self.dictionaries).read(stored::frame_in(&document));
        Ok(self.check.holds(&article.map_err(|error| error.of_record(|| texts.name(doc)))?))
    }

    /// The postings by which nearness is told in each field that has both runs, where they are phrases of grams.
    fn positions(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<NearPositions>>> {
        let VerifyCondition::Near(near, fields) = &*self.check else { return Ok(None) };
        let (RunTokens::Grams(left), RunTokens::Grams(right)) = (&near.left.tokens, &near.right.tokens) else {
            return Ok(None);
        };
        let mut all = Vec::new();
        for field in fields {
            if let (Some(left), Some(right)) = (postings(reader, *field, left)?, postings(reader, *field, right)?) {
                all.push(NearPositions { left, right, distance: near.distance });
            }
        }
        Ok(Some(all))
    }

    /// A candidate that cannot be read fails the search; it is not left out in silence.
    fn passes(&self, texts: &SegmentTexts, doc: DocId) -> bool {
        self.holds(texts, doc).unwrap_or_else(|error| {
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            false
        })
    }
}

/// The postings of all grams; `None` where one of them is not in the segment.
fn postings(reader: &SegmentReader, field: Field, grams: &[String]) -> tantivy::Result<Option<Vec<SegmentPostings>>> {
    let index = reader.inverted_index(field)?;
    let one = |gram: &String| {
        index.read_postings(&Term::from_field_text(field, gram), IndexRecordOption::WithFreqsAndPositions)
    };
    let all: Vec<Option<SegmentPostings>> = grams.iter().map(one).collect::<Result<_, _>>()?;
    Ok(all.into_iter().collect())
}

#[derive(Clone)]
struct VerifiedQuery {
    candidates: Arc<dyn Query>,
    of: Verification,
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
    of: Verification,
}

impl VerifiedWeight {
    /// On the first candidate, whether it passes or not.
    fn unsettled(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<VerifiedScorer> {
        let candidates = self.candidates.scorer(reader, boost)?;
        let positions = self.of.positions(reader)?;
        let texts = SegmentTexts { store: reader.get_store_reader(BLOCKS)?, reader: reader.clone() };
        Ok(VerifiedScorer { candidates, adrift: false, positions, texts, of: self.of.clone() })
    }
}

impl Weight for VerifiedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.unsettled(reader, boost)?;
        scorer.seek_verified();
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let mut scorer = self.unsettled(reader, boost)?;
        let found = scorer.seek_danger(target);
        Ok((found, Box::new(scorer)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a verified query has no score to explain".into()))
    }
}

/// What positions tell of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NearDecision {
    Near,
    NotNear,
    /// It depends on how many boundaries lie between.
    Undecided,
}

/// The grams of two runs in one segment.
struct NearPositions {
    left: Vec<SegmentPostings>,
    right: Vec<SegmentPostings>,
    distance: usize,
}

impl NearPositions {
    fn decide(&mut self, doc: DocId) -> NearDecision {
        let (lefts, rights) = (spans(&mut self.left, doc), spans(&mut self.right, doc));
        match least_gap(&lefts, &rights) {
            None => NearDecision::NotNear,
            Some(gap) if gap <= self.distance => NearDecision::Near,
            // Boundaries never stand side by side: of n units between at least n / 2 are none.
            Some(gap) if gap / 2 <= self.distance => NearDecision::Undecided,
            Some(_) => NearDecision::NotNear,
        }
    }
}

/// What the positions of all fields tell of a candidate.
fn decide_all_fields(fields: &mut [NearPositions], doc: DocId) -> NearDecision {
    let mut all = NearDecision::NotNear;
    for field in fields {
        match field.decide(doc) {
            NearDecision::Near => return NearDecision::Near,
            NearDecision::Undecided => all = NearDecision::Undecided,
            NearDecision::NotNear => {}
        }
    }
    all
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
    /// Whether the candidates stand on none of them, after a target that is not among them.
    adrift: bool,
    /// By field.
    positions: Option<Vec<NearPositions>>,
    texts: SegmentTexts,
    of: Verification,
}

impl VerifiedScorer {
    /// Goes on to the next candidate that passes, the one it stands on included.
    fn seek_verified(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.passes(doc) {
            let over = self.of.budget.is_over();
            doc = if over { self.candidates.seek(TERMINATED) } else { self.candidates.advance() };
        }
        doc
    }

    /// Nothing does once the budget is over.
    fn passes(&mut self, doc: DocId) -> bool {
        if self.of.budget.is_over() {
            return false;
        }
        match self.positions.as_mut().map_or(NearDecision::Undecided, |fields| decide_all_fields(fields, doc)) {
            NearDecision::Near => true,
            NearDecision::NotNear => false,
            NearDecision::Undecided => self.of.passes(&self.texts, doc),
        }
    }
}

impl DocSet for VerifiedScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.seek_verified()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.seek_verified();
        }
        self.candidates.doc()
    }

    /// Looks at the target alone, not at what comes behind it: in an intersection, what the others do not have is never read.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(target);
        }
        let here = if self.adrift { 0 } else { self.candidates.doc() };
        if here > target {
            return SeekDangerResult::SeekLowerBound(here);
        }
        let stands = !self.adrift && here == target;
        let found = if stands { SeekDangerResult::Found } else { self.candidates.seek_danger(target) };
        self.adrift = found != SeekDangerResult::Found;
        if self.adrift || self.passes(target) { found } else { SeekDangerResult::SeekLowerBound(target + 1) }
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

//! A query that ends when the budget of its request is over: looked at once for each block of documents.

use crate::engine::Budget;
use std::fmt;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// What another query matches, until the budget is over. Who runs it looks at the budget afterwards: what was found until
/// then is no answer.
pub(super) struct StoppableQuery {
    pub(super) query: Box<dyn Query>,
    pub(super) budget: Budget,
}

impl Clone for StoppableQuery {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), budget: self.budget.clone() }
    }
}

impl fmt::Debug for StoppableQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

impl Query for StoppableQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(StoppableWeight { weight: self.query.weight(scoring)?, budget: self.budget.clone() }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct StoppableWeight {
    weight: Box<dyn Weight>,
    budget: Budget,
}

impl Weight for StoppableWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        Ok(Box::new(StoppableScorer { scorer, budget: self.budget.clone(), steps: 0, over: self.budget.is_over() }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    /// Counted the other query's own way, which is often told from the index alone.
    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        if self.budget.is_over() { Ok(0) } else { self.weight.count(reader) }
    }

    /// Left out where the budget is over before a segment: what is pruned does not take long.
    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        if self.budget.is_over() { Ok(()) } else { self.weight.for_each_pruning(threshold, reader, callback) }
    }
}

struct StoppableScorer {
    scorer: Box<dyn Scorer>,
    budget: Budget,
    steps: u32,
    over: bool,
}

/// Single steps between two looks at the budget, less one; a power of two less one.
const STEPS: u32 = 255;

impl StoppableScorer {
    fn check_budget(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        if self.steps & STEPS == 0 {
            self.over = self.budget.is_over();
        }
    }
}

impl DocSet for StoppableScorer {
    fn advance(&mut self) -> DocId {
        self.check_budget();
        if self.over { TERMINATED } else { self.scorer.advance() }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.check_budget();
        if self.over { TERMINATED } else { self.scorer.seek(target) }
    }

    fn doc(&self) -> DocId {
        if self.over { TERMINATED } else { self.scorer.doc() }
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        self.over = self.over || self.budget.is_over();
        if self.over { 0 } else { self.scorer.fill_buffer(buffer) }
    }
}

impl Scorer for StoppableScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}

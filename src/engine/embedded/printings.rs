//! Reprints counted once: of the printings of one text that pass the filters, all but the first are taken out of the query.

use super::columns::{ColumnCache, Columns};
use super::schema::UNDATED;
use crate::model::ArticleId;
use crate::query::Families;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, ConstScorer, EnableScoring, Explanation, Occur, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

/// Printings: family, place in the order of printings, segment, document.
type Printing = (u32, (i64, ArticleId), SegmentId, DocId);

/// The query without later printings. `passing`: all articles that pass its filters.
pub(super) fn once(
    searcher: &Searcher,
    columns: &ColumnCache,
    families: &Arc<Families>,
    query: Box<dyn Query>,
    passing: &dyn Query,
) -> tantivy::Result<Box<dyn Query>> {
    let mut printings = searcher.search(passing, &Printings { columns, families })?;
    printings.sort_unstable();
    let mut later: FxHashMap<SegmentId, Vec<DocId>> = FxHashMap::default();
    for family in printings.chunk_by(|one, other| one.0 == other.0) {
        family.iter().skip(1).for_each(|(.., segment, doc)| later.entry(*segment).or_default().push(*doc));
    }
    later.values_mut().for_each(|docs| docs.sort_unstable());
    if later.is_empty() {
        return Ok(query);
    }
    let later: Box<dyn Query> = Box::new(Listed(Arc::new(later)));
    Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, later)])))
}

struct Printings<'a> {
    columns: &'a ColumnCache,
    families: &'a Arc<Families>,
}

struct SegmentPrintings {
    segment: SegmentId,
    columns: Arc<Columns>,
    families: Arc<Families>,
    found: Vec<Printing>,
}

impl SegmentCollector for SegmentPrintings {
    type Fruit = Vec<Printing>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let id = ArticleId::from_u64(self.columns.ids.first(doc).unwrap_or(0));
        if let Some(family) = self.families.of(id) {
            let earliest = Some(self.columns.spans()[self.columns.span_of(doc) as usize].0);
            let order = Families::order(earliest.filter(|day| *day != UNDATED), id);
            self.found.push((family, order, self.segment, doc));
        }
    }

    fn harvest(self) -> Vec<Printing> {
        self.found
    }
}

impl Collector for Printings<'_> {
    type Fruit = Vec<Printing>;
    type Child = SegmentPrintings;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentPrintings> {
        Ok(SegmentPrintings {
            segment: reader.segment_id(),
            columns: self.columns.of(reader)?,
            families: Arc::clone(self.families),
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Printing>>) -> tantivy::Result<Vec<Printing>> {
        Ok(fruits.into_iter().flatten().collect())
    }
}

/// Documents by a list of each segment, in ascending order.
#[derive(Clone, Debug)]
struct Listed(Arc<FxHashMap<SegmentId, Vec<DocId>>>);

impl Query for Listed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Listed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.0.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(ConstScorer::new(List { docs, at: 0 }, boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a list has no score to explain".into()))
    }
}

struct List {
    docs: Vec<DocId>,
    at: usize,
}

impl DocSet for List {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

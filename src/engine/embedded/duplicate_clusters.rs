//! Reprints: looked up by what they have in common, and counted once.
//!
//! Each article of some length has a cluster, the same as its reprints. Of the printings that pass the filters of a plan
//! that counts them once, all but the first are taken out of the query.

use super::columns::SegmentColumns;
use super::lower;
use super::schema::{SchemaFields, UNDATED};
use crate::engine::ClusterLookup;
use crate::model::ArticleId;
use crate::query::printing_order;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentId;
use tantivy::query::{
    BooleanQuery, ConstScorer, EmptyQuery, EnableScoring, Explanation, Occur, Query, Scorer, TermQuery, TermSetQuery,
    Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// The articles with one of some clusters or ids; by marks nothing is found here.
pub(super) fn alike(fields: &SchemaFields, alike: ClusterLookup<'_>) -> Box<dyn Query> {
    match alike {
        ClusterLookup::Marks(_) => Box::new(EmptyQuery),
        // Other records have none.
        ClusterLookup::Clusters(clusters) => any_number(fields.cluster, clusters.iter().copied()),
        ClusterLookup::Ids(ids) => lower::of_articles(fields, any_number(fields.id, ids.iter().map(|id| id.as_u64()))),
    }
}

/// The most numbers that are looked up one by one; a set of more is made a finite automaton first, which takes a
/// millisecond.
const ONE_BY_ONE: usize = 1024;

fn any_number(field: Field, numbers: impl ExactSizeIterator<Item = u64>) -> Box<dyn Query> {
    let many = numbers.len() > ONE_BY_ONE;
    let terms = numbers.map(|number| Term::from_field_u64(field, number));
    if many {
        return Box::new(TermSetQuery::new(terms));
    }
    let term = |term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    Box::new(BooleanQuery::union(terms.map(term).collect()))
}

/// The articles that have some marks, each with how many.
pub(super) fn sharing(
    searcher: &Searcher,
    fields: &SchemaFields,
    marks: &[u32],
) -> tantivy::Result<Vec<(DocAddress, u32)>> {
    let mut found: BTreeMap<DocAddress, u32> = BTreeMap::new();
    for (reader, segment) in searcher.segment_readers().iter().zip(0..) {
        let index = reader.inverted_index(fields.marks)?;
        for mark in marks {
            let term = Term::from_field_u64(fields.marks, u64::from(*mark));
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                    *found.entry(DocAddress::new(segment, postings.doc())).or_default() += 1;
                }
                postings.advance();
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The documents of a state that have reprints, by segment, in ascending order.
pub(super) type ClusterDocs = FxHashMap<SegmentId, Vec<DocId>>;

/// Finds the documents that have reprints: a look at one column, made when a state is opened.
pub(super) fn cluster_docs(searcher: &Searcher, columns: &[Arc<SegmentColumns>]) -> ClusterDocs {
    let mut all: Vec<(u64, u32, DocId)> = Vec::new();
    for (segment, (reader, columns)) in searcher.segment_readers().iter().zip(columns).enumerate() {
        let alive = |doc: DocId| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
        let clusters = columns.clusters().filter(|(doc, cluster)| *cluster != 0 && alive(*doc));
        all.extend(clusters.map(|(doc, cluster)| (cluster, segment as u32, doc)));
    }
    all.sort_unstable();
    let mut families = ClusterDocs::default();
    for family in all.chunk_by(|a, b| a.0 == b.0).filter(|family| family.len() > 1) {
        for (_, segment, doc) in family {
            families.entry(columns[*segment as usize].segment).or_default().push(*doc);
        }
    }
    families.values_mut().for_each(|docs| docs.sort_unstable());
    families
}

/// Printings: cluster, place in the order of printings, segment, document.
type ClusterEntry = (u64, (i64, ArticleId), SegmentId, DocId);

/// The query without later printings. `passing`: all articles that pass its filters.
pub(super) fn without_reprints(
    searcher: &Searcher,
    columns: &[Arc<SegmentColumns>],
    families: &Arc<ClusterDocs>,
    query: Box<dyn Query>,
    passing: Box<dyn Query>,
) -> tantivy::Result<Box<dyn Query>> {
    let printed: Box<dyn Query> = Box::new(DocListQuery(Arc::clone(families)));
    let passing = BooleanQuery::intersection(vec![printed, passing]);
    let mut printings = searcher.search(&passing, &ClusterCollector { columns })?;
    printings.sort_unstable();
    let mut later = ClusterDocs::default();
    for family in printings.chunk_by(|one, other| one.0 == other.0) {
        family.iter().skip(1).for_each(|(.., segment, doc)| later.entry(*segment).or_default().push(*doc));
    }
    later.values_mut().for_each(|docs| docs.sort_unstable());
    if later.is_empty() {
        return Ok(query);
    }
    let later: Box<dyn Query> = Box::new(DocListQuery(Arc::new(later)));
    Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, later)])))
}

struct ClusterCollector<'a> {
    columns: &'a [Arc<SegmentColumns>],
}

struct ClusterSegmentCollector {
    columns: Arc<SegmentColumns>,
    found: Vec<ClusterEntry>,
}

impl SegmentCollector for ClusterSegmentCollector {
    type Fruit = Vec<ClusterEntry>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let columns = &self.columns;
        let earliest = Some(columns.spans()[columns.span_of(doc) as usize].earliest);
        let order = printing_order(earliest.filter(|day| *day != UNDATED), columns.id(doc));
        self.found.push((columns.cluster(doc), order, columns.segment, doc));
    }

    fn harvest(self) -> Vec<ClusterEntry> {
        self.found
    }
}

impl Collector for ClusterCollector<'_> {
    type Fruit = Vec<ClusterEntry>;
    type Child = ClusterSegmentCollector;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<ClusterSegmentCollector> {
        Ok(ClusterSegmentCollector { columns: Arc::clone(&self.columns[segment as usize]), found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<ClusterEntry>>) -> tantivy::Result<Vec<ClusterEntry>> {
        Ok(fruits.into_iter().flatten().collect())
    }
}

/// Documents by a list of each segment, in ascending order.
#[derive(Clone, Debug)]
struct DocListQuery(Arc<ClusterDocs>);

impl Query for DocListQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocListQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.0.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(ConstScorer::new(DocListSet { docs, at: 0 }, boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a list has no score to explain".into()))
    }
}

struct DocListSet {
    docs: Vec<DocId>,
    at: usize,
}

impl DocSet for DocListSet {
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

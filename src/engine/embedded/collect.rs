//! One pass over the matching articles: total, the first hits after a key, and facet counts, all exact.

use super::schema::{ID, LATEST, ORDER};
use crate::engine::FacetCount;
use crate::model::{ArticleId, Facet};
use crate::query::{Plan, Sort, SortKey};
use std::collections::{BinaryHeap, HashMap};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentReader};

/// What a search finds, before stored texts are read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) total: u64,
    /// In order.
    pub(super) hits: Vec<(SortKey, Score, DocAddress)>,
    pub(super) facets: Vec<FacetCount>,
}

/// Collects for a plan.
pub(super) struct Gather {
    sort: Sort,
    limit: usize,
    after: Option<SortKey>,
    scoring: bool,
    facets: Vec<Facet>,
}

impl Gather {
    pub(super) fn new(plan: &Plan) -> Self {
        let scoring = plan.sort == Sort::Relevance && !plan.ranking.is_empty();
        Self { sort: plan.sort, limit: plan.limit, after: plan.after, scoring, facets: plan.facets.clone() }
    }
}

/// A hit ordered by its key alone; the heap keeps the worst on top.
struct Ranked(SortKey, Score, DocAddress);

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

struct FacetSegment {
    column: Option<StrColumn>,
    counts: Vec<u64>,
}

/// The state of one segment.
pub(super) struct GatherSegment {
    segment: u32,
    sort: Sort,
    limit: usize,
    after: Option<SortKey>,
    ids: Column<u64>,
    latest: Column<i64>,
    orders: Column<u64>,
    total: u64,
    heap: BinaryHeap<Ranked>,
    facets: Vec<FacetSegment>,
}

impl GatherSegment {
    fn key(&self, doc: DocId, score: Score) -> SortKey {
        let id = ArticleId::from_u64(self.ids.first(doc).unwrap_or(0));
        let order = if self.sort == Sort::Page { self.orders.first(doc).unwrap_or(0) } else { 0 };
        SortKey::new(self.sort, score, self.latest.first(doc), order, id)
    }

    fn offer(&mut self, doc: DocId, score: Score) {
        let key = self.key(doc, score);
        let too_early = self.after.is_some_and(|after| key <= after);
        let too_late = self.heap.len() >= self.limit && self.heap.peek().is_none_or(|worst| worst.0 <= key);
        if too_early || too_late {
            return;
        }
        self.heap.push(Ranked(key, score, DocAddress::new(self.segment, doc)));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }
}

impl SegmentCollector for GatherSegment {
    type Fruit = Result<SegmentFound, std::io::Error>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.limit > 0 {
            self.offer(doc, score);
        }
        for facet in &mut self.facets {
            if let Some(column) = &facet.column {
                for ord in column.term_ords(doc) {
                    facet.counts[ord as usize] += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let facets = self.facets.into_iter().map(named_counts).collect::<Result<_, _>>()?;
        Ok(SegmentFound { total: self.total, hits: self.heap.into_vec(), facets })
    }
}

fn named_counts(facet: FacetSegment) -> Result<Vec<(String, u64)>, std::io::Error> {
    let Some(column) = facet.column else { return Ok(Vec::new()) };
    let mut named = Vec::new();
    for (ord, count) in facet.counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let mut name = String::new();
        column.ord_to_str(ord as u64, &mut name)?;
        named.push((name, count));
    }
    Ok(named)
}

/// What one segment gives.
pub(super) struct SegmentFound {
    total: u64,
    hits: Vec<Ranked>,
    facets: Vec<Vec<(String, u64)>>,
}

impl Collector for Gather {
    type Fruit = Found;
    type Child = GatherSegment;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<GatherSegment> {
        let fast = reader.fast_fields();
        let facet = |facet: &Facet| -> tantivy::Result<FacetSegment> {
            let column = fast.str(facet.name())?;
            let terms = column.as_ref().map_or(0, |column| column.num_terms());
            Ok(FacetSegment { column, counts: vec![0; terms] })
        };
        Ok(GatherSegment {
            segment,
            sort: self.sort,
            limit: self.limit,
            after: self.after,
            ids: fast.u64(ID)?,
            latest: fast.i64(LATEST)?,
            orders: fast.u64(ORDER)?,
            total: 0,
            heap: BinaryHeap::new(),
            facets: self.facets.iter().map(facet).collect::<tantivy::Result<_>>()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scoring
    }

    fn merge_fruits(&self, fruits: Vec<Result<SegmentFound, std::io::Error>>) -> tantivy::Result<Found> {
        let mut found = Found::default();
        let mut hits: Vec<Ranked> = Vec::new();
        let mut counts: Vec<HashMap<String, u64>> = self.facets.iter().map(|_| HashMap::new()).collect();
        for fruit in fruits {
            let fruit = fruit?;
            found.total += fruit.total;
            hits.extend(fruit.hits);
            for (all, segment) in counts.iter_mut().zip(fruit.facets) {
                segment.into_iter().for_each(|(value, count)| *all.entry(value).or_default() += count);
            }
        }
        hits.sort();
        found.hits = hits.into_iter().take(self.limit).map(|Ranked(key, score, doc)| (key, score, doc)).collect();
        found.facets = self.facets.iter().zip(counts).map(|(facet, counts)| sorted(*facet, counts)).collect();
        Ok(found)
    }
}

fn sorted(facet: Facet, counts: HashMap<String, u64>) -> FacetCount {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet, counts }
}

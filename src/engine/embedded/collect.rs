//! One pass over the matching articles: total, the first hits after a key, and facet counts, all exact.

use super::columns::SegmentColumns;
use crate::engine::FacetCount;
use crate::model::{ArticleId, Facet};
use crate::query::{Plan, Sort, SortKey};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

/// What a search finds, before stored texts are read.
#[derive(Default)]
pub(super) struct CollectedHits {
    pub(super) total: u64,
    /// In order.
    pub(super) hits: Vec<(SortKey, Score, DocAddress)>,
    pub(super) facets: Vec<FacetCount>,
}

/// Collects for a plan.
pub(super) struct PlanCollector<'a> {
    columns: &'a [Arc<SegmentColumns>],
    sort: Sort,
    limit: usize,
    after: Option<SortKey>,
    scoring: bool,
    facets: Vec<Facet>,
}

impl<'a> PlanCollector<'a> {
    pub(super) fn new(plan: &Plan, columns: &'a [Arc<SegmentColumns>]) -> Self {
        let scoring = plan.is_scored();
        Self { columns, sort: plan.sort, limit: plan.limit, after: plan.after, scoring, facets: plan.facets.clone() }
    }
}

/// A hit with its score and where it is.
type RankedHit = (SortKey, Score, DocAddress);

/// The first hits of an order, of any number that come in any order. Twice as many as wanted are gathered before the later
/// half is thrown away, which is cheaper than to keep the worst of them at hand all the time.
struct TopHits {
    limit: usize,
    hits: Vec<RankedHit>,
    /// The last of the first ones: what does not come before it is not wanted.
    worst: Option<SortKey>,
    /// Its document, until it was looked at, and the lowest number of days that end as its days do: where the newest hits
    /// come first, none with a lower one is wanted.
    last: Option<DocId>,
    oldest: u32,
}

/// The fewest hits that are gathered before some are thrown away.
const GATHERED: usize = 64;

impl TopHits {
    fn new(limit: usize) -> Self {
        Self { limit, hits: Vec::new(), worst: None, last: None, oldest: 0 }
    }

    fn push(&mut self, hit: RankedHit) {
        self.hits.push(hit);
        if self.hits.len() >= (2 * self.limit).max(GATHERED) {
            self.cut();
        }
    }

    fn note_oldest(&mut self, columns: &SegmentColumns) {
        if let Some(last) = self.last.take() {
            self.oldest = columns.first_ending_with(last);
        }
    }

    fn cut(&mut self) {
        if self.hits.len() > self.limit && self.limit > 0 {
            let (_, last, _) = self.hits.select_nth_unstable_by_key(self.limit - 1, |(key, ..)| *key);
            self.worst = Some(last.0);
            self.last = Some(last.2.doc_id);
            self.hits.truncate(self.limit);
        }
    }
}

struct FacetSegmentCounts {
    facet: Facet,
    counts: Vec<u64>,
}

/// The state of one segment.
pub(super) struct PlanSegmentCollector {
    segment: u32,
    sort: Sort,
    after: Option<SortKey>,
    columns: Arc<SegmentColumns>,
    scoring: bool,
    total: u64,
    first: TopHits,
    /// Hits without a score that wait to be looked at.
    waiting: Vec<DocId>,
    facets: Vec<FacetSegmentCounts>,
}

/// The most hits that wait.
const MAX_PENDING_HITS: usize = 1 << 16;

impl PlanSegmentCollector {
    /// The place of a hit in the order, but for its id: what most hits that come too late are told by.
    fn coarse(&self, doc: DocId, score: Score) -> SortKey {
        let columns = &self.columns;
        let latest = if self.sort == Sort::Page { None } else { columns.latest(doc) };
        SortKey::new(self.sort, score, latest, columns.number(self.sort, doc), ArticleId::from_u64(0))
    }

    /// Whether a hit with this score cannot come before the worst that is kept, told without a look at its date.
    fn is_late(&self, score: Score, worst: &SortKey) -> bool {
        self.sort == Sort::Relevance && SortKey::first_by_score(score) > worst.first
    }

    /// Looks at the hits that wait, from the end that comes first in the order: files are mostly read by date, and where
    /// the best hits come first the others are told to be late at once.
    fn check_pending(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let (Some(first), Some(last)) = (waiting.first(), waiting.last()) else { return };
        if self.coarse(*first, 0.0) <= self.coarse(*last, 0.0) {
            self.offer_all(waiting.iter());
        } else {
            self.offer_all(waiting.iter().rev());
        }
    }

    /// Offers hits without a score. Where the newest come first, most are told to be late by the number of their days.
    fn offer_all<'a>(&mut self, docs: impl Iterator<Item = &'a DocId>) {
        let newest_first = matches!(self.sort, Sort::Relevance | Sort::Newest);
        let columns = Arc::clone(&self.columns);
        for doc in docs {
            if !(newest_first && columns.span_of(*doc) < self.first.oldest) {
                self.offer(*doc, 0.0);
                self.first.note_oldest(&columns);
            }
        }
    }

    fn count_facets(&mut self, doc: DocId) {
        for facet in &mut self.facets {
            if let Some(column) = self.columns.facet(facet.facet) {
                for ord in column.term_ords(doc) {
                    facet.counts[ord as usize] += 1;
                }
            }
        }
    }

    fn offer(&mut self, doc: DocId, score: Score) {
        let worst = self.first.worst;
        if worst.is_some_and(|worst| self.is_late(score, &worst)) {
            return;
        }
        let coarse = self.coarse(doc, score);
        if worst.is_some_and(|worst| (coarse.first, coarse.second) > (worst.first, worst.second)) {
            return;
        }
        let key = SortKey { id: self.columns.id(doc).as_u64(), ..coarse };
        let too_early = self.after.is_some_and(|after| key <= after);
        if too_early || worst.is_some_and(|worst| worst <= key) {
            return;
        }
        self.first.push((key, score, DocAddress::new(self.segment, doc)));
    }
}

impl SegmentCollector for PlanSegmentCollector {
    type Fruit = Result<SegmentHits, std::io::Error>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if !self.scoring {
            return self.collect_block(&[doc]);
        }
        self.total += 1;
        if self.first.limit > 0 {
            self.offer(doc, score);
        }
        self.count_facets(doc);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.total += docs.len() as u64;
        if self.first.limit > 0 {
            self.waiting.extend_from_slice(docs);
            if self.waiting.len() >= MAX_PENDING_HITS {
                self.check_pending();
            }
        }
        if !self.facets.is_empty() {
            docs.iter().for_each(|doc| self.count_facets(*doc));
        }
    }

    fn harvest(mut self) -> Self::Fruit {
        self.check_pending();
        self.first.cut();
        let columns = &self.columns;
        let named = |facet: FacetSegmentCounts| named_counts(columns.facet(facet.facet), facet.counts);
        let facets = self.facets.into_iter().map(named).collect::<Result<_, _>>()?;
        Ok(SegmentHits { total: self.total, hits: self.first.hits, facets })
    }
}

fn named_counts(column: Option<&StrColumn>, counts: Vec<u64>) -> Result<Vec<(String, u64)>, std::io::Error> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut named = Vec::new();
    for (ord, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let mut name = String::new();
        column.ord_to_str(ord as u64, &mut name)?;
        named.push((name, count));
    }
    Ok(named)
}

/// What one segment gives.
pub(super) struct SegmentHits {
    total: u64,
    hits: Vec<RankedHit>,
    facets: Vec<Vec<(String, u64)>>,
}

impl Collector for PlanCollector<'_> {
    type Fruit = CollectedHits;
    type Child = PlanSegmentCollector;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<PlanSegmentCollector> {
        let columns = Arc::clone(&self.columns[segment as usize]);
        let facet = |facet: &Facet| {
            let terms = columns.facet(*facet).map_or(0, |column| column.num_terms());
            FacetSegmentCounts { facet: *facet, counts: vec![0; terms] }
        };
        let facets = self.facets.iter().map(facet).collect();
        Ok(PlanSegmentCollector {
            segment,
            sort: self.sort,
            after: self.after,
            columns,
            scoring: self.scoring,
            total: 0,
            first: TopHits::new(self.limit),
            waiting: Vec::new(),
            facets,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scoring
    }

    fn merge_fruits(&self, fruits: Vec<Result<SegmentHits, std::io::Error>>) -> tantivy::Result<CollectedHits> {
        let mut found = CollectedHits::default();
        let mut hits: Vec<RankedHit> = Vec::new();
        let mut counts: Vec<HashMap<String, u64>> = self.facets.iter().map(|_| HashMap::new()).collect();
        for fruit in fruits {
            let fruit = fruit?;
            found.total += fruit.total;
            hits.extend(fruit.hits);
            for (all, segment) in counts.iter_mut().zip(fruit.facets) {
                segment.into_iter().for_each(|(value, count)| *all.entry(value).or_default() += count);
            }
        }
        hits.sort_unstable_by_key(|(key, ..)| *key);
        hits.truncate(self.limit);
        found.hits = hits;
        found.facets = self.facets.iter().zip(counts).map(|(facet, counts)| sorted(*facet, counts)).collect();
        Ok(found)
    }
}

fn sorted(facet: Facet, counts: HashMap<String, u64>) -> FacetCount {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCount { facet, counts }
}

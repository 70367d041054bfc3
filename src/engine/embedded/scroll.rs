//! All hits of a plan in its order, without their articles: what a scroll goes through. Thirty-two bytes a hit.

use super::columns::SegmentColumns;
use crate::query::{Sort, SortKey};
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentReader};

/// Collects the keys of all hits.
pub(super) struct SortKeyCollector<'a> {
    pub(super) columns: &'a [Arc<SegmentColumns>],
    pub(super) sort: Sort,
    pub(super) after: Option<SortKey>,
}

/// The keys of one segment.
pub(super) struct SortKeySegmentCollector {
    segment: u32,
    columns: Arc<SegmentColumns>,
    sort: Sort,
    after: Option<SortKey>,
    found: Vec<(SortKey, DocAddress)>,
}

impl SegmentCollector for SortKeySegmentCollector {
    type Fruit = Vec<(SortKey, DocAddress)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let columns = &self.columns;
        let key = SortKey::new(self.sort, 0.0, columns.latest(doc), columns.number(self.sort, doc), columns.id(doc));
        if self.after.is_none_or(|after| key > after) {
            self.found.push((key, DocAddress::new(self.segment, doc)));
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}

impl Collector for SortKeyCollector<'_> {
    type Fruit = Vec<(SortKey, DocAddress)>;
    type Child = SortKeySegmentCollector;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<SortKeySegmentCollector> {
        let columns = Arc::clone(&self.columns[segment as usize]);
        Ok(SortKeySegmentCollector { segment, columns, sort: self.sort, after: self.after, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut found = fruits.into_iter().flatten().collect::<Vec<_>>();
        found.sort_unstable();
        Ok(found)
    }
}

//! The columns of segments, opened once: finding a column by its name costs more than many a search.

use super::schema::{ID, LATEST, ORDER};
use crate::model::Facet;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// What hits are ordered and counted by, of one segment.
pub(super) struct Columns {
    pub(super) ids: Column<u64>,
    pub(super) latest: Column<i64>,
    pub(super) orders: Column<u64>,
    facets: Vec<Option<StrColumn>>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let facet = |facet: Facet| fast.str(facet.name());
        Ok(Self {
            ids: fast.u64(ID)?,
            latest: fast.i64(LATEST)?,
            orders: fast.u64(ORDER)?,
            facets: Facet::ALL.into_iter().map(facet).collect::<tantivy::Result<_>>()?,
        })
    }

    /// The values of a facet; `None` where no article of the segment has one.
    pub(super) fn facet(&self, facet: Facet) -> Option<&StrColumn> {
        self.facets.get(facet as usize)?.as_ref()
    }
}

/// The columns of all segments that were searched.
#[derive(Default)]
pub(super) struct ColumnCache {
    known: Mutex<HashMap<SegmentId, Arc<Columns>>>,
}

impl ColumnCache {
    /// The columns of a segment.
    pub(super) fn of(&self, reader: &SegmentReader) -> tantivy::Result<Arc<Columns>> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = known().get(&reader.segment_id()) {
            return Ok(Arc::clone(columns));
        }
        let columns = Arc::new(Columns::open(reader)?);
        known().insert(reader.segment_id(), Arc::clone(&columns));
        Ok(columns)
    }

    /// Forgets the segments that a new state no longer has.
    pub(super) fn keep(&self, searcher: &Searcher) {
        let segments = searcher.generation().segments();
        self.known.lock().unwrap_or_else(PoisonError::into_inner).retain(|id, _| segments.contains_key(id));
    }
}

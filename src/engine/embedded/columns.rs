//! The columns of segments, opened once: finding a column by its name costs more than many a search.

use super::schema::{BEST, CHARACTERS, CLUSTER, EARLIEST, ID, LATEST, LEAST_SURE, ORDER, SINCE, UNDATED};
use crate::engine::EngineError;
use crate::model::{ArticleId, Date, Facet, Holding};
use crate::query::Sort;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader};

/// Days of a record as `YYYYMMDD`, [`UNDATED`] for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DayColumnValue {
    pub(super) earliest: i64,
    pub(super) latest: i64,
    pub(super) best: i64,
}

/// What a record is called where it cannot be read. `id`: 0 for a record that has none.
pub(super) fn record_name(id: Option<u64>, doc: DocId, segment: SegmentId) -> String {
    match id.filter(|id| *id != 0) {
        Some(id) => ArticleId::from_u64(id).to_string(),
        None => format!("number {doc} of segment {}", segment.short_uuid_string()),
    }
}

/// What hits are ordered and counted by, of one segment. What is looked at for every hit is unpacked: eight bytes a
/// record.
pub(super) struct SegmentColumns {
    pub(super) segment: SegmentId,
    ids: Column<u64>,
    orders: Column<u64>,
    least_sure: Column<u64>,
    since: Column<u64>,
    clusters: Column<u64>,
    /// The number in `spans` of each record's days.
    span_of: Vec<u32>,
    /// Different first, last and most probable days as `YYYYMMDD`, [`UNDATED`] for none; the earliest last day first.
    spans: Vec<DayColumnValue>,
    characters: Vec<u32>,
    facets: Vec<Option<StrColumn>>,
    /// Stored records, without a cache: a block holds little more than one.
    pub(super) store: StoreReader,
    /// What the source files of the segment hold, deleted ones too; read when it is first asked for.
    holdings: OnceLock<Vec<(DocId, Holding)>>,
}

impl SegmentColumns {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let facet = |facet: Facet| fast.str(facet.name());
        let (earliest, latest, best) = (fast.i64(EARLIEST)?, fast.i64(LATEST)?, fast.i64(BEST)?);
        let characters = fast.u64(CHARACTERS)?;
        let mut numbers: FxHashMap<DayColumnValue, u32> = FxHashMap::default();
        let mut spans = Vec::new();
        let span_of = (0..reader.max_doc()).map(|doc| {
            let day = |column: &Column<i64>| column.first(doc).unwrap_or(UNDATED);
            let span = DayColumnValue { earliest: day(&earliest), latest: day(&latest), best: day(&best) };
            *numbers.entry(span).or_insert_with(|| {
                spans.push(span);
                spans.len() as u32 - 1
            })
        });
        let span_of: Vec<u32> = span_of.collect();
        // In the order of their last days, so that numbers compare as days do.
        let mut order: Vec<u32> = (0..spans.len() as u32).collect();
        order.sort_unstable_by_key(|at| {
            let days: &DayColumnValue = &spans[*at as usize];
            (days.latest, days.earliest, days.best)
        });
        let mut rank = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(at, place)| rank[*at as usize] = place);
        let span_of = span_of.into_iter().map(|at| rank[at as usize]).collect();
        let spans = order.into_iter().map(|at| spans[at as usize]).collect();
        let length = |doc| characters.first(doc).map_or(0, |length| u32::try_from(length).unwrap_or(u32::MAX));
        Ok(Self {
            segment: reader.segment_id(),
            holdings: OnceLock::new(),
            clusters: fast.u64(CLUSTER)?,
            span_of,
            spans,
            characters: (0..reader.max_doc()).map(length).collect(),
            ids: fast.u64(ID)?,
            orders: fast.u64(ORDER)?,
            least_sure: fast.u64(LEAST_SURE)?,
            since: fast.u64(SINCE)?,
            store: reader.get_store_reader(0)?,
            facets: Facet::ALL.into_iter().map(facet).collect::<tantivy::Result<_>>()?,
        })
    }

    /// What a record is called where it cannot be read: its id, or its place where it has none.
    pub(super) fn name(&self, doc: DocId) -> String {
        record_name(self.ids.first(doc), doc, self.segment)
    }

    /// The article.
    pub(super) fn id(&self, doc: DocId) -> ArticleId {
        ArticleId::from_u64(self.ids.first(doc).unwrap_or(0))
    }

    /// The number that an order goes by, as [`Sort::number`] has it.
    pub(super) fn number(&self, sort: Sort, doc: DocId) -> u64 {
        match sort {
            Sort::Page => self.orders.first(doc).unwrap_or(0),
            Sort::LeastSure => self.least_sure.first(doc).unwrap_or(0),
            Sort::Relevance | Sort::Newest | Sort::Oldest => 0,
        }
    }

    /// The commit that first had it as it is.
    pub(super) fn since(&self, doc: DocId) -> u64 {
        self.since.first(doc).unwrap_or(0)
    }

    /// What the printings of its text have in common; 0 for none.
    pub(super) fn cluster(&self, doc: DocId) -> u64 {
        self.clusters.first(doc).unwrap_or(0)
    }

    /// The clusters of all records, in their order.
    pub(super) fn clusters(&self) -> impl Iterator<Item = (DocId, u64)> {
        (0..self.span_of.len() as DocId).map(|doc| (doc, self.cluster(doc)))
    }

    /// What the source files of the segment hold, deleted ones too, each with its document.
    pub(super) fn holdings(
        &self,
        read: impl FnOnce() -> Result<Vec<(DocId, Holding)>, EngineError>,
    ) -> Result<&[(DocId, Holding)], EngineError> {
        if let Some(known) = self.holdings.get() {
            return Ok(known);
        }
        let read = read()?;
        Ok(self.holdings.get_or_init(|| read))
    }

    /// The number of a record's span of days among [`SegmentColumns::spans`].
    pub(super) fn span_of(&self, doc: DocId) -> u32 {
        self.span_of[doc as usize]
    }

    /// Different days of records, the earliest last day first.
    pub(super) fn spans(&self) -> &[DayColumnValue] {
        &self.spans
    }

    /// First and last possible day of a record, `None` where it has none.
    pub(super) fn days(&self, doc: DocId) -> Option<(Date, Date)> {
        let days = self.spans[self.span_of(doc) as usize];
        let day = |number: i64| Date::from_number(number).filter(|_| number != UNDATED);
        day(days.earliest).zip(day(days.latest))
    }

    /// The lowest number of a span that ends with the last day of a record.
    pub(super) fn first_ending_with(&self, doc: DocId) -> u32 {
        let day = self.spans[self.span_of(doc) as usize].latest;
        self.spans.partition_point(|days| days.latest < day) as u32
    }

    /// The last day of a record, `None` where it has none.
    pub(super) fn latest(&self, doc: DocId) -> Option<i64> {
        Some(self.spans[self.span_of(doc) as usize].latest).filter(|day| *day != UNDATED)
    }

    /// Characters of a record's texts.
    pub(super) fn characters(&self, doc: DocId) -> u64 {
        u64::from(self.characters[doc as usize])
    }

    /// The values of a facet; `None` where no article of the segment has one.
    pub(super) fn facet(&self, facet: Facet) -> Option<&StrColumn> {
        self.facets.get(facet as usize)?.as_ref()
    }
}

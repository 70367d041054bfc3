//! Matching articles by their days, and by the values of a facet: what trends are made of.

use super::columns::{DayColumnValue, SegmentColumns};
use super::schema::UNDATED;
use crate::engine::HistogramRow;
use crate::model::{Date, Facet};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentReader};

/// Articles and their characters.
type CellCounts = (u64, u64);

/// Days as they stand in the columns, a value, and what has both.
type HistogramCell = (DayColumnValue, Option<Arc<str>>, CellCounts);

/// Collects a tally.
pub(super) struct HistogramCollector<'a> {
    pub(super) columns: &'a [Arc<SegmentColumns>],
    pub(super) split: Option<Facet>,
}

/// The tally of one segment.
pub(super) struct HistogramSegmentCollector {
    columns: Arc<SegmentColumns>,
    split: Option<Facet>,
    /// By number of span.
    by_span: Vec<CellCounts>,
    /// By number of span and of value, from 1; 0 for no value.
    by_value: FxHashMap<(u32, u32), CellCounts>,
}

impl HistogramSegmentCollector {
    fn add(&mut self, doc: DocId) {
        let (span, characters) = (self.columns.span_of(doc), self.columns.characters(doc));
        let Some(facet) = self.split else {
            let counts = &mut self.by_span[span as usize];
            *counts = (counts.0 + 1, counts.1 + characters);
            return;
        };
        let mut put = |value: u32| {
            let counts = self.by_value.entry((span, value)).or_default();
            *counts = (counts.0 + 1, counts.1 + characters);
        };
        let mut none = true;
        for ord in self.columns.facet(facet).into_iter().flat_map(|column| column.term_ords(doc)) {
            none = false;
            put(ord as u32 + 1);
        }
        if none {
            put(0);
        }
    }

    fn cells(self) -> Result<Vec<HistogramCell>, std::io::Error> {
        let spans = self.columns.spans();
        let Some(facet) = self.split else {
            let rows = spans.iter().zip(self.by_span).filter(|(_, counts)| counts.0 > 0);
            return Ok(rows.map(|(span, counts)| (*span, None, counts)).collect());
        };
        let mut names: FxHashMap<u32, Arc<str>> = FxHashMap::default();
        let mut cells = Vec::with_capacity(self.by_value.len());
        for ((span, value), counts) in self.by_value {
            let name = match (value.checked_sub(1), names.get(&value)) {
                (None, _) => None,
                (Some(_), Some(name)) => Some(Arc::clone(name)),
                (Some(ord), None) => {
                    let name: Arc<str> = name_of(self.columns.facet(facet), ord)?.into();
                    names.insert(value, Arc::clone(&name));
                    Some(name)
                }
            };
            cells.push((spans[span as usize], name, counts));
        }
        Ok(cells)
    }
}

fn name_of(column: Option<&StrColumn>, ord: u32) -> Result<String, std::io::Error> {
    let mut name = String::new();
    if let Some(column) = column {
        column.ord_to_str(u64::from(ord), &mut name)?;
    }
    Ok(name)
}

impl SegmentCollector for HistogramSegmentCollector {
    type Fruit = Result<Vec<HistogramCell>, std::io::Error>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.add(doc);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        docs.iter().for_each(|doc| self.add(*doc));
    }

    fn harvest(self) -> Self::Fruit {
        self.cells()
    }
}

impl Collector for HistogramCollector<'_> {
    type Fruit = Vec<HistogramRow>;
    type Child = HistogramSegmentCollector;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<HistogramSegmentCollector> {
        let columns = Arc::clone(&self.columns[segment as usize]);
        let by_span = if self.split.is_none() { vec![(0, 0); columns.spans().len()] } else { Vec::new() };
        Ok(HistogramSegmentCollector { columns, split: self.split, by_span, by_value: FxHashMap::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        fruits: Vec<Result<Vec<HistogramCell>, std::io::Error>>,
    ) -> tantivy::Result<Vec<HistogramRow>> {
        let mut cells: Vec<HistogramCell> = Vec::new();
        for fruit in fruits {
            cells.extend(fruit?);
        }
        // Segments give theirs almost in order: a sort that goes by runs.
        cells.sort();
        let same = cells.chunk_by(|one, other| (one.0, &one.1) == (other.0, &other.1));
        Ok(same.map(row).collect())
    }
}

/// The row of cells with the same days and value.
fn row(cells: &[HistogramCell]) -> HistogramRow {
    let (days, value, _) = &cells[0];
    let day = |number: i64| Date::from_number(number).filter(|_| number != UNDATED);
    HistogramRow {
        days: day(days.earliest)
            .and_then(|first| Some((first, if days.earliest == days.latest { first } else { day(days.latest)? }))),
        best: day(days.best),
        value: value.as_ref().map(|value| value.to_string()),
        articles: cells.iter().map(|(.., counts)| counts.0).sum(),
        characters: cells.iter().map(|(.., counts)| counts.1).sum(),
    }
}

//! Series over time, as they are answered.

use crate::archive::analysis::trend_series::{Series, SeriesPoint};
use crate::archive::request::warning::Warning;
use crate::archive::request::{Denominator, TrendRequest};
use crate::engine::CommitId;
use crate::model::Date;
use crate::trends::{AxisSlot, Coverage};
use std::sync::Arc;

/// Series over time.
#[derive(Clone, Debug)]
pub struct TrendReply {
    /// What was asked.
    pub request: TrendRequest,
    /// First and last day of the axis; `None` where nothing is dated.
    pub ends: Option<(Date, Date)>,
    /// The pieces of the axis.
    pub slots: Arc<[AxisSlot]>,
    /// What is held of each slot.
    pub covers: Arc<[Coverage]>,
    /// The lines, the queries in their order, the values of a split by their matching articles.
    pub series: Vec<Series>,
    /// Names of a stack that no article has.
    pub absent: Vec<String>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
    /// The same, by a name that outlives merges.
    pub edition: CommitId,
    /// What stands for the answer for ever.
    pub id: String,
    /// What became of the answer that was asked for again.
    pub replay: Option<super::answer::AsOfReport>,
}

impl TrendReply {
    /// What is held of a slot of a series.
    pub fn coverage<'a>(&'a self, series: &'a Series, slot: usize) -> &'a Coverage {
        series.covers.as_ref().map_or(&self.covers[slot], |covers| &covers[slot])
    }

    /// The numbers of a slot; `None` where nothing is held, so that a zero would be none.
    pub fn point(&self, series: &Series, slot: usize) -> Option<SeriesPoint> {
        let point = series.points[slot];
        // All articles of the archive may be of other papers than those that are asked about.
        let own = point.matched > 0 || self.request.series.of == Denominator::Filtered && point.total > 0;
        (self.coverage(series, slot).held || own).then_some(point)
    }
}

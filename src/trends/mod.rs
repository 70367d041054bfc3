//! Counts over time: periods, denominators, what is held of them, and what the numbers are worth. Pure functions over what
//! an engine has counted ([`crate::engine::HistogramRow`]) and what source files hold ([`crate::model::Holding`]).

mod axis;
mod calendar;
mod counts;
mod cover_reason;
mod coverage;
mod interval;
mod keyness;
mod summary;

pub use axis::{Axis, AxisSlot, MOST_SLOTS, PeriodStep, festivals};
pub use calendar::{Calendars, PaperCalendar};
pub use counts::{ArticleCount, DateBasis, SlotCounts};
pub use cover_reason::CoverReason;
pub use coverage::{Coverage, CoverageState, Holdings, PaperHoldings};
pub use interval::interval;
pub use keyness::{Keyness, keyness};
pub use summary::SummaryStatistics;

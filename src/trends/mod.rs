//! Counts over time: periods, denominators, what is held of them, and what the numbers are worth. Pure functions over what
//! an engine has counted ([`crate::engine::TallyRow`]) and what source files hold ([`crate::model::Holding`]).

mod axis;
mod calendar;
mod counts;
mod cover_reason;
mod coverage;
mod figure;
mod interval;
mod keyness;

pub use axis::{Axis, MOST_SLOTS, Slot, Step, feasts};
pub use calendar::{Calendars, PaperCalendar};
pub use counts::{Counts, DateBasis, Part};
pub use cover_reason::CoverReason;
pub use coverage::{Cover, Held, Holdings, State};
pub use figure::Figure;
pub use interval::interval;
pub use keyness::{Keyness, keyness};

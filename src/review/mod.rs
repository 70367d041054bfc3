//! Labels by people: which articles are drawn for them, what they answer, and how right the program is by their answers.
//!
//! A [`Desk`] holds the articles of one sitting. Half of them are drawn at random, each article of the archive as probable as
//! any other, so that accuracy can be told from them; half where the program is least sure, in turn of date, place, topics
//! and borders. What the person answers is written beside what the program said. [`report()`] sets one against the other.

mod desk;
mod doubt;
mod draw;
mod form;
mod judge;
mod report;
mod split;

pub use desk::{Desk, DeskError, Sheet, Sitting};
pub use doubt::Field;
pub use draw::{Draw, Drawing, draw};
pub use form::{Fault, Filled, MOST_TOPICS, filled, topic_ids, verdict};
pub use report::{Band, Figure, Halves, Report, Tallies, Tally, report};
pub use split::held_out;

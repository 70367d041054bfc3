//! Labels by people: which articles are drawn for them, what they answer, and how right the program is by their answers.
//!
//! A [`ReviewSession`] holds the articles of one sitting. Half of them are drawn at random, each article of the archive as probable as
//! any other, so that accuracy can be told from them; half where the program is least sure, in turn of date, place, topics
//! and borders. What the person answers is written beside what the program said. [`report()`] sets one against the other.

mod fields;
mod form;
mod ground_truth;
mod metric;
mod report;
mod sample;
mod session;
mod split;

pub use fields::ReviewField;
pub use form::{FormError, FormState, MOST_TOPICS, filled, topic_ids, verdict};
pub use metric::Metric;
pub use report::{Accuracies, Accuracy, AccuracyBySplit, ConfidenceBand, ReviewReport, report};
pub use sample::{Sample, SampledArticle, draw_sample};
pub use session::{ReviewItem, ReviewSession, ReviewSessionError, SessionOptions};
pub use split::held_out;

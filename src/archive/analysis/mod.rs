//! Numbers and lists over many articles: series, words, lines, amounts, what is held.

pub(in crate::archive) mod amounts;
pub(in crate::archive) mod answer;
pub(in crate::archive) mod concordance;
pub(in crate::archive) mod diagnosis;
pub(in crate::archive) mod holdings;
mod scroll;
pub(in crate::archive) mod terms;
pub(in crate::archive) mod trend_reply;
pub(in crate::archive) mod trend_series;
pub(in crate::archive) mod trends;

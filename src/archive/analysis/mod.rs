//! Numbers and lists over many articles: series, words, lines, amounts, what is held.

pub(in crate::archive) mod amounts;
pub(in crate::archive) mod answer;
pub(in crate::archive) mod concordance;
mod each;
pub(in crate::archive) mod holdings;
pub(in crate::archive) mod terms;
pub(in crate::archive) mod trends;

//! What stands for an answer for ever, and what became of one that is recomputed.

use super::trend_series::Series;
use crate::archive::request::TrendRequest;
use crate::archive::request::canonical::{VERSION, short};
use crate::engine::CommitId;
use crate::model::ArticleId;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The most articles of each kind that an account names; the rest is counted.
pub const MOST_NAMED: usize = 1000;

/// Articles that an account names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedArticles {
    /// How many.
    pub count: u64,
    /// The first of them, in ascending order.
    pub ids: Vec<ArticleId>,
}

impl NamedArticles {
    pub(in crate::archive) fn from_ids(ids: &BTreeSet<ArticleId>) -> Self {
        Self { count: ids.len() as u64, ids: ids.iter().take(MOST_NAMED).copied().collect() }
    }
}

/// What became of an earlier answer: of the articles that match, dated or not. What has changed among the others moves totals
/// only, and is seen from the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOfReport {
    /// The commit that answered then.
    pub commit: u64,
    /// The commit that would answer now.
    pub now: u64,
    /// Whether the numbers are those that were given then; `None` where only the state was named, and not an answer.
    pub same: Option<bool>,
    /// Articles that match now and did not then.
    pub added: NamedArticles,
    /// Articles that match now and did then, and say something else of themselves.
    pub changed: NamedArticles,
    /// Articles that matched then and do not now.
    pub withdrawn: NamedArticles,
    /// Articles of then, whatever they matched, that an editor withdrew: nobody can tell what they matched.
    pub sealed: u64,
}

/// The id of an answer.
pub(in crate::archive) fn id_of(edition: &CommitId, request: &TrendRequest, series: &[Series]) -> String {
    let index = if edition.index.is_empty() { "0" } else { &edition.index };
    let today = request.selection.reading.today.map(|today| format!("-{}", today.number())).unwrap_or_default();
    format!("{VERSION}-{index}-{}-{}-{}{today}", edition.commit, request_fingerprint(request), numbers_of(series))
}

/// What stands for a request: its canonical form, without what does not change its numbers. The day that 去年 counts from is a
/// part of the id itself: who asks again later asks from another one.
pub(in crate::archive) fn request_fingerprint(request: &TrendRequest) -> String {
    request.canonical().without(&["as_of", "today"]).print()
}

/// What stands for the numbers of an answer.
pub(in crate::archive) fn numbers_of(series: &[Series]) -> String {
    let mut hasher = Sha256::new();
    for one in series {
        for text in [Some(&one.query), one.value.as_ref()] {
            let text = text.map(|text| text.as_bytes());
            hasher.update(text.map_or(u64::MAX, |text| text.len() as u64).to_le_bytes());
            hasher.update(text.unwrap_or_default());
        }
        for point in one.points.iter().chain([&one.undated, &one.coarse]) {
            for number in [point.matched, point.total, point.characters] {
                hasher.update(number.to_le_bytes());
            }
        }
    }
    short(&hasher.finalize())
}

//! Earlier answers, given again: an answer's id names the index, the commit and the request it was for; what articles were
//! before they changed or went is kept in the index, so the answer is counted again as it was, with an exact account of
//! what has been added, changed and withdrawn since.

use super::trend_request::TrendRequest;
use super::trends::{Series, TrendReply};
use super::{Archive, ArchiveError, SearchRequest};
use crate::engine::{Earlier, Edition};
use crate::enrich::reprint_marks;
use crate::model::{ArticleId, Date, Former, IndexedArticle, TextField};
use crate::text::analyze;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// The most articles of each kind that an account names; the rest is counted.
pub const MOST_NAMED: usize = 1000;

/// Articles that an account names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// How many.
    pub count: u64,
    /// The first of them, in ascending order.
    pub ids: Vec<ArticleId>,
}

impl Named {
    fn of(ids: &BTreeSet<ArticleId>) -> Self {
        Self { count: ids.len() as u64, ids: ids.iter().take(MOST_NAMED).copied().collect() }
    }
}

/// What became of an earlier answer: of the articles that match, dated or not. What has changed among the others moves totals
/// only, and is seen from the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The commit that answered then.
    pub commit: u64,
    /// The commit that would answer now.
    pub now: u64,
    /// Whether the numbers are those that were given then.
    pub same: bool,
    /// Articles that match now and did not then.
    pub added: Named,
    /// Articles that match now and did then, and say something else of themselves.
    pub changed: Named,
    /// Articles that matched then and do not now.
    pub withdrawn: Named,
    /// Articles of then, whatever they matched, that an editor took out: nobody can tell what they matched.
    pub sealed: u64,
}

/// The id of an answer.
pub(super) fn id_of(edition: &Edition, request: &TrendRequest, series: &[Series]) -> String {
    let index = if edition.index.is_empty() { "0" } else { &edition.index };
    let today = request.search.today.map(|today| format!("-{}", today.number())).unwrap_or_default();
    format!("{index}-{}-{}-{}{today}", edition.commit, print_of(request), numbers_of(series))
}

fn short(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// What stands for a request: its normal form, without what does not change its numbers. The day that 去年 counts from is a
/// part of the id itself: who asks again later asks from another one.
fn print_of(request: &TrendRequest) -> String {
    let search = SearchRequest { today: None, ..request.search.clone() };
    short(&Sha256::digest(format!("{:?}", TrendRequest { as_of: None, search, ..request.clone() })))
}

/// What stands for the numbers of an answer.
fn numbers_of(series: &[Series]) -> String {
    let mut hasher = Sha256::new();
    for one in series {
        hasher.update(format!("{:?} {:?};", one.query, one.value));
        for point in one.points.iter().chain([&one.undated, &one.coarse]) {
            for number in [point.matched, point.total, point.characters] {
                hasher.update(number.to_le_bytes());
            }
        }
    }
    short(&hasher.finalize())
}

/// An id, read.
struct Asked {
    index: String,
    commit: u64,
    request: String,
    numbers: String,
    today: Option<Date>,
}

fn asked(id: &str) -> Option<Asked> {
    let parts: Vec<&str> = id.split('-').collect();
    let (today, [index, commit, request, numbers]) = match parts[..] {
        [index, commit, request, numbers] => (None, [index, commit, request, numbers]),
        [index, commit, request, numbers, today] => {
            (Some(Date::from_number(today.parse().ok()?)?), [index, commit, request, numbers])
        }
        _ => return None,
    };
    let commit = commit.parse().ok()?;
    Some(Asked { index: index.to_owned(), commit, request: request.to_owned(), numbers: numbers.to_owned(), today })
}

/// The archive as it was after a commit: the last one that was asked about is kept, for several answers are mostly asked
/// for of one state.
pub(super) struct AsItWas {
    /// The state of the index that it was told from.
    generation: String,
    commit: u64,
    archive: Archive,
    /// Articles of then that an editor took out since.
    sealed: u64,
}

impl Archive {
    /// The answer that an id stands for, counted again.
    pub(super) fn replayed_trends(&self, request: &TrendRequest, id: &str) -> Result<TrendReply, ArchiveError> {
        let bad = |message: &str| ArchiveError::BadValue { name: "as_of", message: message.into() };
        let asked = asked(id).ok_or_else(|| bad("is not the id of an answer; use `id` of the answer"))?;
        let search = SearchRequest { today: asked.today, ..request.search.clone() };
        let request = TrendRequest { as_of: None, search, ..request.clone() };
        if asked.request != print_of(&request) {
            return Err(bad("belongs to another request; send it with the parameters it was given for"));
        }
        let now = self.engine.edition()?;
        if asked.index != now.index || asked.commit > now.commit {
            return Err(ArchiveError::OtherIndex);
        }
        self.at_one_state(|| self.told_again(&request, &asked, &now))
    }

    fn told_again(&self, request: &TrendRequest, asked: &Asked, now: &Edition) -> Result<TrendReply, ArchiveError> {
        let told = self.as_it_was(asked.commit)?;
        let (then, sealed) = (&told.archive, told.sealed);
        let mut reply = then.trends_now(request)?;
        let same = numbers_of(&reply.series) == asked.numbers;
        let (added, changed, withdrawn) = self.account(then, request)?;
        let (commit, now) = (asked.commit, now.commit);
        reply.replay = Some(Replay { commit, now, same, added, changed, withdrawn, sealed });
        Ok(reply)
    }

    /// The archive as it was after a commit.
    fn as_it_was(&self, commit: u64) -> Result<Arc<AsItWas>, ArchiveError> {
        let generation = self.engine.generation()?;
        let mut known = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = known.as_ref().filter(|told| told.generation == generation && told.commit == commit) {
            return Ok(Arc::clone(told));
        }
        let mut standing = self.engine.formers()?;
        standing.retain(|former| former.article.since <= commit && commit < former.until);
        let (sealed, gone): (Vec<Former>, Vec<Former>) = standing.into_iter().partition(|former| former.sealed);
        let gone = gone.into_iter().map(indexed).collect();
        let archive = Self::new(Arc::new(Earlier::new(Arc::clone(&self.engine), gone, commit)?));
        let told = Arc::new(AsItWas { generation, commit, archive, sealed: sealed.len() as u64 });
        *known = Some(Arc::clone(&told));
        Ok(told)
    }

    /// What was added to what matches, what of it has changed, and what no longer matches.
    fn account(&self, then: &Self, request: &TrendRequest) -> Result<(Named, Named, Named), ArchiveError> {
        let (before, after) = (then.counted(request)?, self.counted(request)?);
        let ids = |found: &BTreeSet<(ArticleId, u64)>| found.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>();
        let (old, new) = (ids(&before), ids(&after));
        let unchanged = ids(&before.intersection(&after).copied().collect());
        let changed = old.intersection(&new).filter(|id| !unchanged.contains(id)).copied().collect();
        let (added, withdrawn) = (new.difference(&old).copied().collect(), old.difference(&new).copied().collect());
        Ok((Named::of(&added), Named::of(&changed), Named::of(&withdrawn)))
    }
}

fn indexed(former: Former) -> IndexedArticle {
    let fields = TextField::ALL.map(|field| analyze(former.article.paragraphs(field)));
    let marks = reprint_marks(&fields[TextField::Body as usize].normal);
    IndexedArticle { fields, facets: former.facets, marks, article: former.article }
}

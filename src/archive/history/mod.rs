//! Earlier answers, given again: an answer's id names the index, the commit and the request it was for; what articles were
//! before they changed or went is kept in the index, so the answer is counted again as it was, with an exact account of
//! what has been added, changed and withdrawn since.

use crate::archive::analysis::answer::{AsOfReport, NamedArticles, numbers_of, request_fingerprint};
use crate::archive::analysis::trend_reply::TrendReply;
use crate::archive::request::canonical::VERSION;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::{Needed, TrendRequest, ValueError};
use crate::archive::view::ArchiveView;
use crate::archive::view::ValueCache;
use crate::engine::{Budget, ClusterLookup, HistoricalSnapshot, Snapshot};
use crate::indexing::{indexed, with_facets};
use crate::model::{ArticleId, Date, IndexedArticle, Revision};
use crate::query::{Filter, Match, Plan};
use crate::reprints::{ReprintCandidate, components};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// An id, read: of an answer, or of a state alone, as `generation` gives it.
struct AnswerId {
    index: String,
    commit: u64,
    answer: Option<AnswerFingerprint>,
    today: Option<Date>,
}

/// What stands for a request and for the numbers it was given.
struct AnswerFingerprint {
    request: String,
    numbers: String,
}

/// Reads an id of an answer, or the name of a state.
fn parse_answer_id(id: &str) -> Result<AnswerId, ValueError> {
    let none = || ValueError::NoAnswerId;
    let number = |text: &str| text.parse::<u64>().map_err(|_| none());
    let day = |text: &&str| text.parse().ok().and_then(Date::from_number).ok_or_else(none);
    let parts: Vec<&str> = id.split('-').collect();
    match parts[..] {
        [VERSION, index, commit, request, numbers, ref today @ ..] if today.len() <= 1 => Ok(AnswerId {
            index: index.to_owned(),
            commit: number(commit)?,
            answer: Some(AnswerFingerprint { request: request.to_owned(), numbers: numbers.to_owned() }),
            today: today.first().map(day).transpose()?,
        }),
        [index, commit] => Ok(AnswerId { index: index.to_owned(), commit: number(commit)?, answer: None, today: None }),
        [index, commit, _, _] | [index, commit, _, _, _] => {
            Err(ValueError::OldAnswerId(format!("{index}-{}", number(commit)?)))
        }
        _ => Err(none()),
    }
}

/// The archive as it was after a commit: the last one that was asked about is kept, for several answers are mostly asked
/// for of one state.
struct AsOfState {
    commit: u64,
    /// Whether the reprints are told as they were.
    once: bool,
    view: ArchiveView,
    /// Articles of then that an editor withdrew since.
    sealed: u64,
}

#[derive(Default)]
struct LastAsOfState(Mutex<Option<Arc<AsOfState>>>);

impl ArchiveView {
    /// Counts over time.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, too many periods, an id of another request or index, and engine
    /// failures.
    pub fn trends(&self, request: &TrendRequest) -> Result<TrendReply, ArchiveError> {
        match request.series.as_of.as_deref() {
            Some(id) => self.replayed_trends(request, id),
            None => self.trends_now(request),
        }
    }

    /// The answer that an id stands for, counted again.
    fn replayed_trends(&self, request: &TrendRequest, id: &str) -> Result<TrendReply, ArchiveError> {
        let bad = |error| ArchiveError::bad_value("as_of", error);
        let asked = parse_answer_id(id).map_err(bad)?;
        let today = if asked.answer.is_some() { asked.today } else { request.selection.reading.today };
        let mut request = request.clone();
        request.selection.reading.today = today;
        request.series.as_of = None;
        if asked.answer.as_ref().is_some_and(|answer| answer.request != request_fingerprint(&request)) {
            return Err(bad(ValueError::AnswerOfAnother));
        }
        if !self.state.features().formers {
            return Err(ArchiveError::NotOffered(Needed::Revisions));
        }
        let now = self.state.commit_id();
        if asked.index != now.index || asked.commit > now.commit {
            return Err(ArchiveError::OtherIndex);
        }
        self.as_of_report(&request, &asked)
    }

    fn as_of_report(&self, request: &TrendRequest, asked: &AnswerId) -> Result<TrendReply, ArchiveError> {
        let told = self.as_of_state(asked.commit, request.selection.reading.once)?;
        let (then, sealed) = (&told.view.within(&self.budget), told.sealed);
        let mut reply = then.trends_now(request)?;
        let same = asked.answer.as_ref().map(|answer| numbers_of(&reply.series) == answer.numbers);
        let (added, changed, withdrawn) = self.account(then, request)?;
        let (commit, now) = (asked.commit, self.state.commit_id().commit);
        reply.replay = Some(AsOfReport { commit, now, same, added, changed, withdrawn, sealed });
        reply.generation = self.generation();
        Ok(reply)
    }

    /// The archive as it was after a commit; `once`: with its reprints as they were.
    fn as_of_state(&self, commit: u64, once: bool) -> Result<Arc<AsOfState>, ArchiveError> {
        let kept = self.kept.get_of_state::<LastAsOfState>(self.state.commit_id());
        let known = || kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |told: &&Arc<AsOfState>| told.commit == commit && (told.once || !once);
        if let Some(told) = known().as_ref().filter(same) {
            return Ok(Arc::clone(told));
        }
        let standing = self.state.revisions_at(commit)?;
        let (sealed, gone): (Vec<Revision>, Vec<Revision>) = standing.into_iter().partition(|former| former.sealed);
        let mut gone: Vec<IndexedArticle> =
            gone.into_iter().map(|former| with_facets(former.article, former.facets)).collect();
        let moved = if once { self.clusters_then(&mut gone, commit)? } else { BTreeSet::new() };
        let earlier = HistoricalSnapshot::new(self.without_deadline(), gone, moved, commit)?;
        let kept = ValueCache::default();
        kept.begin_state(earlier.commit_id());
        let (state, kept, limits) = (Arc::new(earlier), Arc::new(kept), Arc::clone(&self.limits));
        let view = Self { state, kept, budget: Budget::default(), limits };
        let told = Arc::new(AsOfState { commit, once, view, sealed: sealed.len() as u64 });
        *known() = Some(Arc::clone(&told));
        Ok(told)
    }

    /// Gives the articles that stood after a commit their clusters of then, where those may have changed: of the articles
    /// that have gone, and of those that have lost or got a printing since. The latter are added to the former; what they
    /// are now is given.
    fn clusters_then(&self, gone: &mut Vec<IndexedArticle>, commit: u64) -> Result<BTreeSet<u64>, ArchiveError> {
        let mut changed: BTreeSet<u64> = BTreeSet::new();
        let since = Filter::Commits { first: commit + 1, last: u64::MAX };
        self.state.matches(&Plan { filters: vec![since], ..Plan::for_match(Match::All) }, &mut |one| {
            changed.insert(one.cluster);
        })?;
        for article in gone.iter() {
            changed.extend(
                self.state.cluster_members(ClusterLookup::Marks(&article.marks))?.iter().map(|one| one.cluster),
            );
        }
        changed.remove(&0);
        let clusters: Vec<u64> = changed.iter().copied().collect();
        let mut stood = self.state.cluster_members(ClusterLookup::Clusters(&clusters))?;
        stood.retain(|one| one.since <= commit);
        let ids: Vec<ArticleId> = stood.iter().map(|one| one.id).collect();
        gone.extend(self.state.articles(&ids)?.into_iter().map(indexed));
        let members: Vec<ReprintCandidate> =
            gone.iter().map(|one| ReprintCandidate::from_article(&one.article)).collect();
        for (number, component) in components(&members).into_iter().enumerate() {
            let any = |at: &usize| !gone[*at].marks.is_empty();
            let cluster = if component.iter().any(any) { number as u64 + 1 } else { 0 };
            component.into_iter().for_each(|at| gone[at].cluster = cluster);
        }
        Ok(stood.into_iter().map(|one| one.cluster).collect())
    }

    /// What was added to what matches, what of it has changed, and what no longer matches.
    fn account(
        &self,
        then: &Self,
        request: &TrendRequest,
    ) -> Result<(NamedArticles, NamedArticles, NamedArticles), ArchiveError> {
        let (before, after) = (then.matched_articles(request)?, self.matched_articles(request)?);
        let ids = |found: &BTreeSet<(ArticleId, u64)>| found.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>();
        let (old, new) = (ids(&before), ids(&after));
        let unchanged = ids(&before.intersection(&after).copied().collect());
        let changed = old.intersection(&new).filter(|id| !unchanged.contains(id)).copied().collect();
        let (added, withdrawn) = (new.difference(&old).copied().collect(), old.difference(&new).copied().collect());
        Ok((NamedArticles::from_ids(&added), NamedArticles::from_ids(&changed), NamedArticles::from_ids(&withdrawn)))
    }
}

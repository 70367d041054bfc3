//! What articles were before this run: what stays as it is keeps the commit it came with, what changes or goes is kept as
//! it was, so that an earlier answer can be recomputed.

use crate::engine::{EngineError, Snapshot, Writer};
use crate::indexing::facets;
use crate::model::{Article, ArticleId, Corrections, DateInfo, Metadata, Revision, SourceKey, Story};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Articles that are read at once.
const READ: usize = 256;

/// The articles that the index holds of a file which is about to be replaced.
pub(super) struct PreviousArticles {
    key: SourceKey,
    ids: BTreeSet<ArticleId>,
}

/// The articles that editors take out, by the ids that they name.
pub(super) fn withdrawn_ids(corrections: &Corrections) -> BTreeSet<ArticleId> {
    let taken = corrections.0.iter().filter(|(_, correction)| correction.withdraw.is_some());
    taken.map(|(id, _)| *id).collect()
}

/// Whether an article is one of those that editors take out, under its own or a redirect.
fn is_withdrawn(article: &Article, sealed: &BTreeSet<ArticleId>) -> bool {
    std::iter::once(&article.id).chain(&article.former_ids).any(|id| sealed.contains(id))
}

/// Takes the text out of everything that articles were which editors take out; whether there was any.
pub(super) fn redact_revisions(
    state: &dyn Snapshot,
    writer: &mut dyn Writer,
    sealed: &BTreeSet<ArticleId>,
) -> Result<bool, EngineError> {
    if sealed.is_empty() {
        return Ok(false);
    }
    let mut by_id: BTreeMap<ArticleId, Vec<Revision>> = BTreeMap::new();
    let ids: Vec<ArticleId> = sealed.iter().copied().collect();
    let named: BTreeSet<ArticleId> = state.revisions(&ids)?.iter().map(|former| former.article.id).collect();
    let ids: Vec<ArticleId> = named.iter().copied().collect();
    for former in state.revisions(&ids)?.into_iter().filter(|former| named.contains(&former.article.id)) {
        by_id.entry(former.article.id).or_default().push(former);
    }
    let open = |former: &Revision| !former.sealed && is_withdrawn(&former.article, sealed);
    let mut any = false;
    for (id, formers) in by_id.into_iter().filter(|(_, formers)| formers.iter().any(open)) {
        any = true;
        writer.remove_revisions(id)?;
        for one in formers {
            writer.put_revision(&revision_of(one.article, one.until, true))?;
        }
    }
    Ok(any)
}

impl PreviousArticles {
    pub(super) fn load(state: &dyn Snapshot, key: &SourceKey) -> Result<Self, EngineError> {
        Ok(Self { key: key.clone(), ids: state.ids_of(key)?.into_iter().collect() })
    }

    /// For a file of which the index holds nothing that is replaced.
    pub(super) fn nothing(key: &SourceKey) -> Self {
        Self { key: key.clone(), ids: BTreeSet::new() }
    }

    /// The commit that first had an article as it is now: an earlier one if it has not changed, else the next.
    /// `stood`: the articles with the ids of a batch that stood before the run.
    pub(super) fn since(&mut self, stood: &HashMap<ArticleId, Article>, article: &Article, next: u64) -> u64 {
        if !self.ids.contains(&article.id) {
            return next;
        }
        let same = stood.get(&article.id).filter(|old| old.same_content(article));
        same.map_or(next, |old| {
            self.ids.remove(&article.id);
            old.since
        })
    }

    /// Keeps what has changed or gone. `sealed`: what editors took out, of which no text is kept.
    pub(super) fn store_revisions(
        self,
        state: &dyn Snapshot,
        writer: &mut dyn Writer,
        sealed: &BTreeSet<ArticleId>,
    ) -> Result<(), EngineError> {
        let ids: Vec<ArticleId> = self.ids.into_iter().collect();
        for ids in ids.chunks(READ) {
            // The id may be an article of another file.
            let own = |article: &Article| article.place.source == self.key;
            for article in state.articles(ids)?.into_iter().filter(own) {
                let sealed = is_withdrawn(&article, sealed);
                writer.put_revision(&revision_of(article, writer.next_commit(), sealed))?;
            }
        }
        Ok(())
    }
}

fn revision_of(article: Article, until: u64, sealed: bool) -> Revision {
    let article = if sealed { without_text(article) } else { article };
    Revision { facets: facets(&article), article, until, sealed }
}

/// An article without its text and what was read from it.
fn without_text(article: Article) -> Article {
    let metadata = article.metadata;
    let date = DateInfo { evidence: Vec::new(), ..metadata.date };
    let metadata = Metadata {
        paper: metadata.paper,
        page: metadata.page,
        date,
        event_dates: Vec::new(),
        regions: Vec::new(),
        mentions: Vec::new(),
        no_place: None,
        bodies: Vec::new(),
        amounts: Vec::new(),
        corrected: Vec::new(),
        topics: Vec::new(),
        bylines: Vec::new(),
    };
    Article { story: Story::new(article.story.kind), metadata, former_ids: Vec::new(), ..article }
}

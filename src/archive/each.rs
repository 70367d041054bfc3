//! All articles of a plan, one after the other, in the order of their days.

use super::{Archive, ArchiveError, SearchRequest};
use crate::model::{Article, ArticleId};
use crate::query::{Match, Plan, Sort};

/// Articles that are read at once.
const BATCH: usize = 2000;

impl Archive {
    /// The ids of all articles, in any order.
    ///
    /// # Errors
    /// Engine failures.
    pub fn ids(&self) -> Result<Vec<ArticleId>, ArchiveError> {
        let all = self.engine.matches(&Plan::of(Match::All))?;
        Ok(all.into_iter().map(|one| one.id).collect())
    }

    /// The article with this id or former id, without its neighbours.
    ///
    /// # Errors
    /// Engine failures.
    pub fn stored(&self, id: ArticleId) -> Result<Option<Article>, ArchiveError> {
        Ok(self.engine.article(id)?)
    }

    /// Gives every article that a search matches, the earliest first and undated ones last, until `take` says that it has
    /// enough. What the request says of order and pages is not looked at.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn export(&self, request: &SearchRequest, take: &mut dyn FnMut(Article) -> bool) -> Result<(), ArchiveError> {
        let (_, plan) = self.plan_of(request)?;
        self.each(&plan, take)
    }

    /// Gives every matching article, the earliest first and undated ones last, until `take` says that it has enough.
    pub(super) fn each(&self, plan: &Plan, take: &mut dyn FnMut(Article) -> bool) -> Result<(), ArchiveError> {
        let mut plan = Plan { sort: Sort::Oldest, limit: BATCH, facets: Vec::new(), ..plan.clone() };
        loop {
            let hits = self.engine.search(&plan)?.hits;
            let last = hits.last().map(|hit| hit.key);
            let full = hits.len() == BATCH;
            for hit in hits {
                if !take(hit.article) {
                    return Ok(());
                }
            }
            match last.filter(|_| full) {
                Some(key) => plan.after = Some(key),
                None => return Ok(()),
            }
        }
    }
}

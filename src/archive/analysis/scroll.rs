//! All articles of a plan, one after the other, in the order of their days.

use crate::archive::request::ExportRequest;
use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::model::{Article, ArticleId};
use crate::query::{Match, Plan, Sort};

impl ArchiveView {
    /// The ids of all articles, in any order.
    ///
    /// # Errors
    /// Engine failures.
    pub fn ids(&self) -> Result<Vec<ArticleId>, ArchiveError> {
        let mut ids = Vec::new();
        self.state.matches(&Plan::for_match(Match::All), &mut |matched| ids.push(matched.id))?;
        Ok(ids)
    }

    /// Those of some articles that are there, without their neighbours.
    ///
    /// # Errors
    /// Engine failures.
    pub fn stored(&self, ids: &[ArticleId]) -> Result<Vec<Article>, ArchiveError> {
        Ok(self.state.articles(ids)?)
    }

    /// Gives every article that a search matches, the earliest first and undated ones last, until `take` says that it has
    /// enough.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn export(&self, request: &ExportRequest, take: &mut dyn FnMut(Article) -> bool) -> Result<(), ArchiveError> {
        let (_, plan) = self.plan_of(&request.selection)?;
        let mut room = request.options.limit.unwrap_or(usize::MAX);
        self.scroll_articles(&plan, &mut |article| {
            room -= 1;
            take(article) && room > 0
        })
    }

    /// Gives every matching article, the earliest first and undated ones last, until `take` says that it has enough.
    pub(in crate::archive) fn scroll_articles(
        &self,
        plan: &Plan,
        take: &mut dyn FnMut(Article) -> bool,
    ) -> Result<(), ArchiveError> {
        Ok(self.state.scroll(&Plan { sort: Sort::Oldest, after: None, ..plan.clone() }, take)?)
    }
}

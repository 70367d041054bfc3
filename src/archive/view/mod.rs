//! The archive in one state of its index, and what is kept of states for the requests that follow.

pub(in crate::archive) mod cost;
pub(in crate::archive) mod derived;
mod value_cache;

use super::limits::ArchiveLimits;
use super::request::Selection;
use super::request::error::ArchiveError;
use super::request::parsed_query::ParsedQuery;
use crate::engine::{Budget, Engine, Snapshot};
use crate::query::Plan;
use std::sync::Arc;
use std::time::Duration;
pub(in crate::archive) use value_cache::ValueCache;

/// An archive over an engine. Cheap to clone, shared by threads.
#[derive(Clone)]
pub struct Archive {
    engine: Arc<dyn Engine>,
    kept: Arc<ValueCache>,
    limits: Arc<ArchiveLimits>,
}

/// The archive in one state of its index: everything of one answer is asked of one view. Cheap to clone.
#[derive(Clone)]
pub struct ArchiveView {
    pub(in crate::archive) state: Arc<dyn Snapshot>,
    pub(in crate::archive) kept: Arc<ValueCache>,
    /// How long its work may go on.
    pub(in crate::archive) budget: Budget,
    pub(in crate::archive) limits: Arc<ArchiveLimits>,
}

impl Archive {
    /// An archive over an engine.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine, kept: Arc::default(), limits: Arc::default() }
    }

    /// The same archive with other limits.
    pub fn limited_to(self, limits: ArchiveLimits) -> Self {
        Self { limits: Arc::new(limits), ..self }
    }

    /// The archive as it is now.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn now(&self) -> Result<ArchiveView, ArchiveError> {
        self.within(&Budget::default())
    }

    /// The archive as it is now, for work that ends with a budget.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn within(&self, budget: &Budget) -> Result<ArchiveView, ArchiveError> {
        let state = self.engine.snapshot()?;
        self.kept.begin_state(state.commit_id());
        let (kept, limits) = (Arc::clone(&self.kept), Arc::clone(&self.limits));
        Ok(ArchiveView { state, kept, budget: Budget::default(), limits }.within(budget))
    }
}

impl ArchiveView {
    /// Number of articles.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article_count(&self) -> Result<u64, ArchiveError> {
        Ok(self.state.article_count()?)
    }

    /// The same view for work that ends with a budget.
    pub(in crate::archive) fn within(&self, budget: &Budget) -> Self {
        Self { state: self.state.within(budget), budget: budget.clone(), ..self.clone() }
    }

    /// The same view for a part of the work that takes at most so much of its time.
    pub(in crate::archive) fn limited_to(&self, time: Duration) -> Self {
        self.within(&self.budget.limited_to(time))
    }

    /// The state for what is kept longer than this work.
    pub(in crate::archive) fn without_deadline(&self) -> Arc<dyn Snapshot> {
        self.state.within(&Budget::default())
    }

    /// The name of the state of the index.
    pub fn generation(&self) -> String {
        self.state.commit_id().to_string()
    }

    /// The plan of a search that is not out of proportion, and what there is to say of its query.
    pub(in crate::archive) fn plan_of(&self, selection: &Selection) -> Result<(ParsedQuery, Plan), ArchiveError> {
        let (question, plan) = self.planned(selection)?;
        self.check_cost(&plan)?;
        Ok((question, plan))
    }
}

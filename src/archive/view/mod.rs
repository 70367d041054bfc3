//! The archive in one state of its index, and what is kept of states for the requests that follow.

pub(in crate::archive) mod derived;
mod kept;

use super::request::SearchRequest;
use super::request::error::ArchiveError;
use super::request::question::Question;
use crate::engine::{Engine, Snapshot};
use crate::query::Plan;
pub(in crate::archive) use kept::Kept;
use std::sync::Arc;

/// An archive over an engine. Cheap to clone, shared by threads.
#[derive(Clone)]
pub struct Archive {
    engine: Arc<dyn Engine>,
    kept: Arc<Kept>,
}

/// The archive in one state of its index: everything of one answer is asked of one view. Cheap to clone.
#[derive(Clone)]
pub struct View {
    pub(in crate::archive) state: Arc<dyn Snapshot>,
    pub(in crate::archive) kept: Arc<Kept>,
}

impl Archive {
    /// An archive over an engine.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine, kept: Arc::default() }
    }

    /// The archive as it is now.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn now(&self) -> Result<View, ArchiveError> {
        let state = self.engine.snapshot()?;
        self.kept.enter(state.edition());
        Ok(View { state, kept: Arc::clone(&self.kept) })
    }
}

impl View {
    /// Number of articles.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn article_count(&self) -> Result<u64, ArchiveError> {
        Ok(self.state.article_count()?)
    }

    /// The name of the state of the index.
    pub fn generation(&self) -> String {
        self.state.edition().to_string()
    }

    /// The plan of a search, and what there is to say of its query.
    pub(in crate::archive) fn plan_of(&self, request: &SearchRequest) -> Result<(Question, Plan), ArchiveError> {
        let question = Question::of(request, self.state.capabilities())?;
        let plan = Plan { ranking: Vec::new(), ..question.plan(request, 0)? };
        Ok((question, plan))
    }
}

//! The one place where blocking work leaves the runtime, with its limits.
//!
//! Interactive work (a search, an article, a page, completions) and analytic work (series, words, lines, amounts,
//! explanations, and searches that cost much) have turns of their own, so that none of the latter keeps a reader waiting.
//! Each work has a budget: it ends at its deadline, and when the client has gone.

use super::error::Failure;
use super::pool::{PoolLimits, WorkPool};
use super::{Caller, HttpLimits, ServerState};
use crate::archive::{ArchiveError, ArchiveView, Budget};
use crate::messages::ServerFault;
use std::sync::Arc;
use std::time::Duration;

/// How much later than its deadline work that does not look at it is given up; its thread keeps its turn until it ends.
const TIMEOUT_GRACE: Duration = Duration::from_millis(500);

/// The turns of both kinds of work.
pub(super) struct WorkPools {
    interactive: Arc<WorkPool>,
    analytic: Arc<WorkPool>,
}

impl WorkPools {
    pub(super) fn new(limits: &HttpLimits) -> Self {
        let (waiting, waiting_each) = (limits.queue_length, limits.queue_length_per_client);
        let room = |running, wait| PoolLimits { running, waiting, waiting_each, wait };
        Self {
            interactive: WorkPool::new(room(limits.interactive(), limits.interactive_queue_timeout)),
            analytic: WorkPool::new(room(limits.analytic(), limits.analytic_queue_timeout)),
        }
    }
}

/// Stops work when the one who waits for it has gone.
struct StopOnDrop(Budget);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

fn busy() -> Failure {
    ServerFault::Busy.into()
}

fn broken(cause: String) -> Failure {
    Failure::caused(&ServerFault::Unexpected, cause)
}

/// Runs work on a thread of its own in one of the pools: on one state of the index, from its beginning to its end.
async fn run<T: Send + 'static, E: Send + 'static>(
    pool: &Arc<WorkPool>,
    caller: &Caller,
    work: impl FnOnce(&ArchiveView) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    Failure: From<E> + From<ArchiveError>,
{
    let turn = pool.turn(caller.client).await.ok_or_else(busy)?;
    let (ServerState { archive, limit, .. }, budget) = (caller.state.clone(), Budget::with_timeout(caller.state.limit));
    let _waited = StopOnDrop(budget.clone());
    let task = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        archive.within(&budget).map_err(Failure::from).and_then(|view| work(&view).map_err(Failure::from))
    });
    let done =
        tokio::time::timeout(limit + TIMEOUT_GRACE, task).await.map_err(|_| Failure::from(ServerFault::TimedOut))?;
    done.map_err(|error| broken(error.to_string()))?
}

/// Runs what a person waits for.
pub(super) async fn interactive<T: Send + 'static, E: Send + 'static>(
    caller: &Caller,
    work: impl FnOnce(&ArchiveView) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    Failure: From<E> + From<ArchiveError>,
{
    run(&caller.state.pools.interactive, caller, work).await
}

/// Runs what counts or reads many articles.
pub(super) async fn analytic<T: Send + 'static, E: Send + 'static>(
    caller: &Caller,
    work: impl FnOnce(&ArchiveView) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    Failure: From<E> + From<ArchiveError>,
{
    run(&caller.state.pools.analytic, caller, work).await
}

/// Runs a search among what a person waits for, unless it turns out to cost much.
pub(super) async fn by_cost<T: Send + 'static, W>(
    caller: &Caller,
    is_heavy: impl FnOnce(&ArchiveView) -> Result<bool, ArchiveError> + Send + 'static,
    work: W,
) -> Result<T, Failure>
where
    W: FnOnce(&ArchiveView) -> Result<T, ArchiveError> + Send + 'static,
{
    enum Done<T, W> {
        All(T),
        Weighed(W),
    }
    let weigh = |view: &ArchiveView| {
        Ok::<_, ArchiveError>(if is_heavy(view)? { Done::Weighed(work) } else { Done::All(work(view)?) })
    };
    match interactive(caller, weigh).await? {
        Done::All(answer) => Ok(answer),
        Done::Weighed(work) => analytic(caller, work).await,
    }
}

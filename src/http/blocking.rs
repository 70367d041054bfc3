//! The one place where blocking work leaves the runtime, with its limits.

use super::State;
use super::error::Failure;
use crate::archive::{ArchiveError, View};
use std::time::Duration;

/// How long a search may wait for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// How long a search may run before the caller is told; its thread ends by itself.
const RUN: Duration = Duration::from_secs(20);

/// Runs work on a thread of its own, at most so many at once: on one state of the index, from its beginning to its end.
pub(super) async fn run<T: Send + 'static, E: Send + 'static>(
    state: &State,
    work: impl FnOnce(&View) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    Failure: From<E> + From<ArchiveError>,
{
    let busy = || Failure::new("busy", "too many searches at once; try again in two seconds", "请过两秒再试。");
    let turn = tokio::time::timeout(WAIT, state.running.clone().acquire_owned()).await;
    let permit = turn.map_err(|_| busy())?.map_err(|_| busy())?;
    let archive = state.archive.clone();
    let task = tokio::task::spawn_blocking(move || {
        let result = archive.now().map_err(Failure::from).and_then(|view| work(&view).map_err(Failure::from));
        drop(permit);
        result
    });
    let done = tokio::time::timeout(RUN, task).await;
    let done = done.map_err(|_| {
        Failure::new("timeout", "the search took over 20 seconds; make it narrower", "查询用了二十秒以上，请缩小范围。")
    })?;
    done.map_err(|error| {
        let mut failure = Failure::new(
            "internal",
            "an unexpected fault; the log of the server says more",
            "程序遇到意外，服务器日志里有详情。",
        );
        failure.cause = Some(error.to_string());
        failure
    })?
}

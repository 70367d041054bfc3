//! Jobs in order: one thread makes them, all threads work on them, and the results are taken in the order of the jobs. What
//! is under way at once is bounded by its size.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, PoisonError};

/// What each job adds to its size, in bytes.
const EACH: usize = 1024;

/// Hands on a job with its size in bytes; false where no more is wanted.
pub(super) type JobSink<'a, J> = &'a mut dyn FnMut(J, usize) -> bool;

/// How much is under way, and whether the run has ended.
struct InFlightLimit {
    state: Mutex<(usize, bool)>,
    changed: Condvar,
    most: usize,
}

impl InFlightLimit {
    fn new(most: usize) -> Self {
        Self { state: Mutex::new((0, false)), changed: Condvar::new(), most }
    }

    /// Waits until there is room; false where the run has ended. A job larger than all room goes alone.
    fn enter(&self, size: usize) -> bool {
        let full = |(used, closed): &mut (usize, bool)| !*closed && *used > 0 && *used + size > self.most;
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.changed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.0 += size;
        !state.1
    }

    fn leave(&self, size: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 -= size;
        self.changed.notify_all();
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.changed.notify_all();
    }
}

/// Closes the gate also where the taking of results panics, so that nobody waits for ever.
struct CloseOnDrop<'a>(&'a InFlightLimit);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Makes jobs, works on them with so many threads, and takes the results in order. `most`: bytes of jobs that are under way
/// at once.
///
/// # Errors
/// The first error of `take`; nothing is taken after it.
pub(super) fn in_order<J: Send, R: Send, E>(
    threads: usize,
    most: usize,
    make: impl FnOnce(JobSink<'_, J>) + Send,
    work: &(dyn Fn(J) -> R + Sync),
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads <= 1 {
        let mut taken = Ok(());
        make(&mut |job, _| {
            taken = take(work(job));
            taken.is_ok()
        });
        return taken;
    }
    let gate = InFlightLimit::new(most);
    let (jobs, queue) = mpsc::channel();
    let (results, done) = mpsc::channel();
    let queue = Mutex::new(queue);
    std::thread::scope(|scope| {
        let (gate, queue) = (&gate, &queue);
        let _closing = CloseOnDrop(gate);
        scope.spawn(move || number(make, gate, &jobs));
        for _ in 0..threads {
            let results = results.clone();
            scope.spawn(move || {
                while let Some(done) = next(queue, work) {
                    if results.send(done).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        take_in_order(&done, gate, &mut take)
    })
}

/// A job or its result, with its number and its size.
type NumberedJob<T> = (usize, usize, T);

fn number<J>(make: impl FnOnce(JobSink<'_, J>), gate: &InFlightLimit, jobs: &Sender<NumberedJob<J>>) {
    let mut number = 0;
    make(&mut |job, size| {
        let size = size.saturating_add(EACH);
        let open = gate.enter(size) && jobs.send((number, size, job)).is_ok();
        number += 1;
        open
    });
}

fn next<J, R>(queue: &Mutex<Receiver<NumberedJob<J>>>, work: &(dyn Fn(J) -> R + Sync)) -> Option<NumberedJob<R>> {
    let (number, size, job) = queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()?;
    Some((number, size, work(job)))
}

fn take_in_order<R, E>(
    done: &Receiver<NumberedJob<R>>,
    gate: &InFlightLimit,
    take: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = HashMap::new();
    let mut due = 0;
    for (number, size, result) in done {
        waiting.insert(number, (size, result));
        while let Some((size, result)) = waiting.remove(&due) {
            take(result)?;
            gate.leave(size);
            due += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(threads: usize, most: usize, stop: u64) -> (Vec<u64>, Result<(), u64>) {
        let mut taken = Vec::new();
        let make = |send: JobSink<'_, u64>| _ = (0..1000).all(|n| send(n, 100));
        let end = in_order(threads, most, make, &|n| n * 2, |n| {
            taken.push(n);
            if n == stop { Err(n) } else { Ok(()) }
        });
        (taken, end)
    }

    #[test]
    fn results_keep_the_order_of_the_jobs() {
        for (threads, most) in [(1, 1), (2, 1), (4, 3000), (4, 10_000_000)] {
            let (taken, end) = run(threads, most, u64::MAX);
            assert_eq!((taken, end), ((0..1000).map(|n| n * 2).collect(), Ok(())));
        }
    }

    #[test]
    fn an_error_ends_the_run() {
        for threads in [1, 4] {
            let (taken, end) = run(threads, 5000, 500);
            assert_eq!((taken.len(), end), (251, Err(500)));
        }
    }
}

//! What is made of a state of the index and kept. Nothing is made under a lock.

use crate::archive::request::error::ArchiveError;
use crate::engine::CommitId;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A value of the last state that it was made of.
pub(in crate::archive) struct DerivedValue<T> {
    known: RwLock<Option<(CommitId, Arc<T>)>>,
    /// Whether one is being made of a newer state.
    making: AtomicBool,
}

impl<T> Default for DerivedValue<T> {
    fn default() -> Self {
        Self { known: RwLock::default(), making: AtomicBool::new(false) }
    }
}

/// Ends the making also where it panics.
struct MakingGuard<'a>(&'a AtomicBool);

impl Drop for MakingGuard<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl<T: Send + Sync + 'static> DerivedValue<T> {
    /// The value that is ready, of this state or an earlier one.
    pub(in crate::archive) fn ready(&self) -> Option<Arc<T>> {
        self.current().map(|(_, value)| value)
    }

    fn current(&self) -> Option<(CommitId, Arc<T>)> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn store(&self, edition: &CommitId, value: Arc<T>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let newer = known.as_ref().is_some_and(|(of, _)| of.index == edition.index && of.commit > edition.commit);
        if !newer {
            *known = Some((edition.clone(), value));
        }
    }

    /// The value of a state, made now where it is not known.
    pub(in crate::archive) fn get_or_make(
        &self,
        edition: &CommitId,
        make: impl FnOnce() -> Result<T, ArchiveError>,
    ) -> Result<Arc<T>, ArchiveError> {
        if let Some((_, value)) = self.current().filter(|(of, _)| of == edition) {
            return Ok(value);
        }
        self.making.store(true, Ordering::Release);
        let _making = MakingGuard(&self.making);
        let value = Arc::new(make()?);
        self.store(edition, Arc::clone(&value));
        Ok(value)
    }

    /// The value of a state, or of the one before it while a thread makes the new one; the first of all is made now.
    /// `make` gets `now` where the caller waits for it, `later` in a thread.
    pub(in crate::archive) fn latest<S: Send + 'static>(
        self: &Arc<Self>,
        edition: &CommitId,
        states: (S, S),
        make: impl FnOnce(S) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<Arc<T>, ArchiveError> {
        if self.current().is_some_and(|(of, _)| of.index == edition.index) {
            return self.newest(edition, states.1, make);
        }
        self.get_or_make(edition, || make(states.0))
    }

    /// The same, but `None` while another thread makes the first of all.
    pub(in crate::archive) fn latest_unless_in_making<S: Send + 'static>(
        self: &Arc<Self>,
        edition: &CommitId,
        states: (S, S),
        make: impl FnOnce(S) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<Option<Arc<T>>, ArchiveError> {
        let first = self.current().is_none_or(|(of, _)| of.index != edition.index);
        if first && self.making.load(Ordering::Acquire) {
            return Ok(None);
        }
        self.latest(edition, states, make).map(Some)
    }

    fn newest<S: Send + 'static>(
        self: &Arc<Self>,
        edition: &CommitId,
        later: S,
        make: impl FnOnce(S) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<Arc<T>, ArchiveError> {
        let Some((of, value)) = self.current() else { return self.get_or_make(edition, || make(later)) };
        if of.commit < edition.commit && !self.making.swap(true, Ordering::AcqRel) {
            let (own, edition) = (Arc::clone(self), edition.clone());
            std::thread::spawn(move || {
                // Where it fails, the next one who asks has it made again.
                let _making = MakingGuard(&own.making);
                if let Ok(value) = make(later) {
                    own.store(&edition, Arc::new(value));
                }
            });
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_does_not_wait_for_the_first_completions() {
        let edition = CommitId { index: "a".into(), commit: 1 };
        let kept: Arc<DerivedValue<u64>> = Arc::default();
        let (begun, waits) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let made = kept.get_or_make(&edition, || {
                    begun.wait();
                    waits.wait();
                    Ok(7)
                });
                assert_eq!(*made.unwrap(), 7);
            });
            begun.wait();
            assert_eq!(kept.latest_unless_in_making(&edition, ((), ()), |()| Ok(8)).unwrap(), None);
            waits.wait();
        });
        assert_eq!(kept.latest_unless_in_making(&edition, ((), ()), |()| Ok(8)).unwrap().as_deref(), Some(&7));
    }

    #[test]
    fn the_old_value_answers_while_the_new_one_is_made() {
        let edition = |commit| CommitId { index: "a".into(), commit };
        let kept: Arc<DerivedValue<u64>> = Arc::default();
        let ask = |commit, wait: std::sync::mpsc::Receiver<()>| {
            let make = move |()| {
                let _ = wait.recv();
                Ok(commit)
            };
            *kept.latest(&edition(commit), ((), ()), make).unwrap()
        };
        let (go, wait) = std::sync::mpsc::channel();
        go.send(()).unwrap();
        assert_eq!(ask(1, wait), 1);
        let (go, wait) = std::sync::mpsc::channel();
        assert_eq!(ask(2, wait), 1);
        go.send(()).unwrap();
        while kept.current().unwrap().0.commit < 2 {
            std::thread::yield_now();
        }
        let (_, wait) = std::sync::mpsc::channel();
        assert_eq!(ask(2, wait), 2);
    }
}

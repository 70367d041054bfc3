//! What is made of a state of the index and kept. Nothing is made under a lock.

use crate::archive::request::error::ArchiveError;
use crate::engine::Edition;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A value of the last state that it was made of.
pub(in crate::archive) struct Derived<T> {
    known: RwLock<Option<(Edition, Arc<T>)>>,
    /// Whether one is being made of a newer state.
    making: AtomicBool,
}

impl<T> Default for Derived<T> {
    fn default() -> Self {
        Self { known: RwLock::default(), making: AtomicBool::new(false) }
    }
}

impl<T: Send + Sync + 'static> Derived<T> {
    /// The value that is ready, of this state or an earlier one.
    pub(in crate::archive) fn ready(&self) -> Option<Arc<T>> {
        self.known().map(|(_, value)| value)
    }

    fn known(&self) -> Option<(Edition, Arc<T>)> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, edition: &Edition, value: Arc<T>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let newer = known.as_ref().is_some_and(|(of, _)| of.index == edition.index && of.commit > edition.commit);
        if !newer {
            *known = Some((edition.clone(), value));
        }
    }

    /// The value of a state, made now where it is not known.
    pub(in crate::archive) fn of(
        &self,
        edition: &Edition,
        make: impl FnOnce() -> Result<T, ArchiveError>,
    ) -> Result<Arc<T>, ArchiveError> {
        if let Some((_, value)) = self.known().filter(|(of, _)| of == edition) {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        self.keep(edition, Arc::clone(&value));
        Ok(value)
    }

    /// The value of a state, or of the one before it while a thread makes the new one; the first of all is made now.
    /// `make` gets `now` where the caller waits for it, `later` in a thread.
    pub(in crate::archive) fn latest<S: Send + 'static>(
        self: &Arc<Self>,
        edition: &Edition,
        (now, later): (S, S),
        make: impl FnOnce(S) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<Arc<T>, ArchiveError> {
        let Some((of, value)) = self.known().filter(|(of, _)| of.index == edition.index) else {
            return self.of(edition, || make(now));
        };
        if of.commit < edition.commit && !self.making.swap(true, Ordering::AcqRel) {
            let (own, edition) = (Arc::clone(self), edition.clone());
            std::thread::spawn(move || {
                // Where it fails, the next one who asks has it made again.
                if let Ok(Ok(value)) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(later))) {
                    own.keep(&edition, Arc::new(value));
                }
                own.making.store(false, Ordering::Release);
            });
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_value_answers_while_the_new_one_is_made() {
        let edition = |commit| Edition { index: "a".into(), commit };
        let kept: Arc<Derived<u64>> = Arc::default();
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
        while kept.known().unwrap().0.commit < 2 {
            std::thread::yield_now();
        }
        let (_, wait) = std::sync::mpsc::channel();
        assert_eq!(ask(2, wait), 2);
    }
}

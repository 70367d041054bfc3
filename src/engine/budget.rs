//! How long the work of a request may go on: until a deadline, and until somebody stops it.

use super::EngineError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A deadline and a token that stops the work before it. Clones share the token. The default one never ends by itself.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    deadline: Option<Instant>,
    stopped: Arc<AtomicBool>,
}

impl Budget {
    /// Work that ends after so much time.
    pub fn with_timeout(time: Duration) -> Self {
        Self { deadline: Some(Instant::now() + time), stopped: Arc::default() }
    }

    /// A part of the work that takes at most so much of its time; as long as it needs where there is no deadline.
    pub fn limited_to(&self, time: Duration) -> Self {
        let own = Instant::now() + time;
        Self { deadline: self.deadline.map(|deadline| deadline.min(own)), stopped: Arc::clone(&self.stopped) }
    }

    /// Whether there is a deadline.
    pub fn is_limited(&self) -> bool {
        self.deadline.is_some()
    }

    /// Stops the work of all who share the token.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work must end.
    pub fn is_over(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Fails where the work must end.
    ///
    /// # Errors
    /// [`EngineError::Stopped`].
    pub fn check(&self) -> Result<(), EngineError> {
        if self.is_over() { Err(EngineError::Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_at_its_deadline_or_when_it_is_stopped() {
        assert!(!Budget::default().is_over() && !Budget::default().is_limited());
        assert!(Budget::with_timeout(Duration::ZERO).is_over());
        let whole = Budget::with_timeout(Duration::from_secs(600));
        let part = whole.limited_to(Duration::ZERO);
        assert!(part.is_over() && !whole.is_over());
        let part = whole.limited_to(Duration::from_secs(600));
        whole.stop();
        assert!(part.is_over() && part.check().is_err());
        assert!(!Budget::default().limited_to(Duration::ZERO).is_over());
    }
}

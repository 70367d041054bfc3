//! What is made of states of the index and kept, one value of a kind. Which kinds there are is a matter of the rooms that
//! make them.

use crate::engine::CommitId;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Values by their types.
#[derive(Default)]
struct ValuesByType(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl ValuesByType {
    fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.0.get(&TypeId::of::<T>()).cloned()?.downcast().ok()
    }

    fn get_or_default<T: Default + Send + Sync + 'static>(&mut self) -> Arc<T> {
        let value = self.0.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(value).downcast().unwrap_or_default()
    }
}

/// Values that outlive a state, and those of the last state.
#[derive(Default)]
pub(in crate::archive) struct ValueCache {
    lasting: RwLock<ValuesByType>,
    last: RwLock<(CommitId, ValuesByType)>,
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

impl ValueCache {
    /// The value of a type; the default one where there is none yet.
    pub(in crate::archive) fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let known = read(&self.lasting).get();
        known.unwrap_or_else(|| write(&self.lasting).get_or_default())
    }

    /// The value of a type that is of one state, and holds on to it; nothing is kept of a state that is not the last.
    pub(in crate::archive) fn get_of_state<T: Default + Send + Sync + 'static>(&self, edition: &CommitId) -> Arc<T> {
        let mut last = write(&self.last);
        if last.0 == *edition { last.1.get_or_default() } else { Arc::default() }
    }

    /// Lets go what is of an earlier state.
    pub(in crate::archive) fn begin_state(&self, edition: &CommitId) {
        if read(&self.last).0 != *edition {
            *write(&self.last) = (edition.clone(), ValuesByType::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_value_is_one_for_all_who_ask() {
        let kept = ValueCache::default();
        kept.get::<Mutex<u32>>().lock().unwrap().clone_from(&3);
        assert_eq!((*kept.get::<Mutex<u32>>().lock().unwrap(), *kept.get::<Mutex<u64>>().lock().unwrap()), (3, 0));
    }

    #[test]
    fn what_is_of_a_state_goes_with_it() {
        let kept = ValueCache::default();
        let [one, two] = [1, 2].map(|commit| CommitId { index: "a".into(), commit });
        kept.begin_state(&one);
        kept.get_of_state::<Mutex<u32>>(&one).lock().unwrap().clone_from(&3);
        assert_eq!(*kept.get_of_state::<Mutex<u32>>(&one).lock().unwrap(), 3);
        kept.begin_state(&two);
        assert_eq!(*kept.get_of_state::<Mutex<u32>>(&one).lock().unwrap(), 0);
    }
}

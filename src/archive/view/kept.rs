//! What is made of states of the index and kept, one value of a kind. Which kinds there are is a matter of the rooms that
//! make them.

use crate::engine::Edition;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Values by their types.
#[derive(Default)]
struct Values(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Values {
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
pub(in crate::archive) struct Kept {
    lasting: RwLock<Values>,
    last: RwLock<(Edition, Values)>,
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    /// The value of a type; the default one where there is none yet.
    pub(in crate::archive) fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let known = read(&self.lasting).get();
        known.unwrap_or_else(|| write(&self.lasting).get_or_default())
    }

    /// The value of a type that is of one state, and holds on to it; nothing is kept of a state that is not the last.
    pub(in crate::archive) fn of_state<T: Default + Send + Sync + 'static>(&self, edition: &Edition) -> Arc<T> {
        let mut last = write(&self.last);
        if last.0 == *edition { last.1.get_or_default() } else { Arc::default() }
    }

    /// Lets go what is of an earlier state.
    pub(in crate::archive) fn enter(&self, edition: &Edition) {
        if read(&self.last).0 != *edition {
            *write(&self.last) = (edition.clone(), Values::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_value_is_one_for_all_who_ask() {
        let kept = Kept::default();
        kept.of::<Mutex<u32>>().lock().unwrap().clone_from(&3);
        assert_eq!((*kept.of::<Mutex<u32>>().lock().unwrap(), *kept.of::<Mutex<u64>>().lock().unwrap()), (3, 0));
    }

    #[test]
    fn what_is_of_a_state_goes_with_it() {
        let kept = Kept::default();
        let [one, two] = [1, 2].map(|commit| Edition { index: "a".into(), commit });
        kept.enter(&one);
        kept.of_state::<Mutex<u32>>(&one).lock().unwrap().clone_from(&3);
        assert_eq!(*kept.of_state::<Mutex<u32>>(&one).lock().unwrap(), 3);
        kept.enter(&two);
        assert_eq!(*kept.of_state::<Mutex<u32>>(&one).lock().unwrap(), 0);
    }
}

//! What is made of states of the index and kept, one value of a kind. Which kinds there are is a matter of the rooms that
//! make them.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Values by their types.
#[derive(Default)]
pub(in crate::archive) struct Kept(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Kept {
    /// The value of a type; the default one where there is none yet.
    pub(in crate::archive) fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return known;
        }
        let mut values = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let value = values.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(value).downcast().unwrap_or_default()
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
}

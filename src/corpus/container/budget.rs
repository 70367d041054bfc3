//! How much may still come out of a container, counted where it comes out of a decompressor or an entry.

use super::ContainerFault;
use crate::corpus::CorpusLimits;
use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

/// Bytes that may come out of any container, however small it is.
const FREE_BYTES: u64 = 100_000_000;

/// What the outermost container may still give.
#[derive(Clone, Debug)]
pub(super) struct UnpackBudget(Rc<Account>);

#[derive(Debug)]
struct Account {
    entries: Cell<u64>,
    bytes: Cell<u64>,
    most_entries: u64,
    most_bytes: u64,
    ratio: u64,
    most_by_ratio: u64,
}

impl UnpackBudget {
    /// For a container of so many bytes on disk.
    pub(super) fn new(packed: u64, limits: &CorpusLimits) -> Self {
        let ratio = limits.container_ratio;
        Self(Rc::new(Account {
            entries: Cell::new(0),
            bytes: Cell::new(0),
            most_entries: limits.container_entries,
            most_bytes: limits.container_bytes,
            ratio,
            most_by_ratio: packed.saturating_mul(ratio).saturating_add(FREE_BYTES),
        }))
    }

    /// Entries that may still come.
    pub(super) fn entries_left(&self) -> u64 {
        self.0.most_entries - self.0.entries.get()
    }

    /// What is said of too many entries.
    pub(super) fn too_many(&self) -> ContainerFault {
        ContainerFault::Entries(self.0.most_entries)
    }

    /// Counts an entry.
    pub(super) fn take_entry(&self) -> Result<(), ContainerFault> {
        if self.entries_left() == 0 {
            return Err(self.too_many());
        }
        self.0.entries.set(self.0.entries.get() + 1);
        Ok(())
    }

    fn take_bytes(&self, count: u64) -> Result<(), ContainerFault> {
        let bytes = self.0.bytes.get().saturating_add(count);
        self.0.bytes.set(bytes);
        match bytes {
            _ if bytes > self.0.most_bytes => Err(ContainerFault::Bytes(self.0.most_bytes)),
            _ if bytes > self.0.most_by_ratio => Err(ContainerFault::Ratio(self.0.ratio)),
            _ => Ok(()),
        }
    }

    /// A stream whose bytes are counted.
    pub(super) fn metered<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, budget: self.clone() }
    }
}

/// A stream that ends in an error where the budget is used up.
pub(super) struct Metered<R> {
    inner: R,
    budget: UnpackBudget,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.take_bytes(read as u64)?;
        Ok(read)
    }
}

//! Which clusters turned out to be one (a disjoint-set forest: Tarjan 1975).

use std::collections::BTreeMap;

/// Sets of numbers, each named by its least one.
#[derive(Debug, Default)]
pub(super) struct ClusterUnions(BTreeMap<u64, u64>);

impl ClusterUnions {
    /// The name of a number's set.
    pub(super) fn root(&self, mut number: u64) -> u64 {
        while let Some(up) = self.0.get(&number) {
            number = *up;
        }
        number
    }

    /// Makes one set of two.
    pub(super) fn join(&mut self, one: u64, other: u64) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.0.insert(one.max(other), one.min(other));
        }
    }

    /// The numbers that are in a set with others, but for its name.
    pub(super) fn joined(&self) -> impl Iterator<Item = u64> {
        self.0.keys().copied()
    }
}

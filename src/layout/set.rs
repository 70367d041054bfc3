//! Small sets of numbers: which features or signs were seen.

/// Numbers of a set are below this.
pub(super) const MOST: usize = 128;

/// A set of numbers below [`MOST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Set(u128);

impl Set {
    /// The numbers below `end` for which a test holds.
    pub(super) fn of(end: usize, test: impl Fn(usize) -> bool) -> Self {
        Self((0..end.min(MOST)).filter(|&at| test(at)).fold(0, |set, at| set | 1 << at))
    }

    /// The numbers, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(next)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_its_numbers_in_order() {
        let set = Set::of(MOST, |at| at % 63 == 1);
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 64, 127]);
        assert_eq!(Set::default().iter().count(), 0);
    }
}

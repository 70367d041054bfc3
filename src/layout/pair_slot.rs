//! The number of a pair of characters.

/// The number of a pair.
pub(super) fn pair_slot(a: char, b: char) -> u32 {
    (a as u32).wrapping_mul(0x9E37_79B1) ^ (b as u32).rotate_left(16)
}

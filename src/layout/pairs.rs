//! Pairs of neighbouring characters: how much two texts of a page are about the same.
//!
//! A pair counts the less the more blocks of the page have it, so that 工会 and 职工, which stand in every story of a
//! union page, say little and a name says much.

/// Slots of a table; a page has a few thousand different pairs.
const SLOTS: usize = 1 << 15;

/// The slot of a pair.
pub(super) fn slot(a: char, b: char) -> u16 {
    let key = (a as u32).wrapping_mul(31).wrapping_add(b as u32).wrapping_mul(2_654_435_761);
    (key >> 17) as u16
}

/// The slots of the pairs of a text.
pub(super) fn slots(text: &str) -> Vec<u16> {
    text.chars().zip(text.chars().skip(1)).map(|(a, b)| slot(a, b)).collect()
}

/// How many blocks of a page have each pair. A pair says one over that.
pub(super) struct Rarity {
    blocks: Vec<u16>,
    /// One over a number.
    weights: [f32; COUNTED],
}

/// Above this number of blocks a pair says as little as there.
const COUNTED: usize = 64;

impl Rarity {
    /// From the slots of all blocks.
    pub(super) fn of<'a>(blocks: impl Iterator<Item = &'a [u16]>) -> Self {
        let mut seen = vec![0_u16; SLOTS];
        let mut counts = vec![0_u16; SLOTS];
        // Numbers of blocks begin anew after 65,535: a pair that is missed once in so many blocks counts as before.
        for (block, slots) in (1..=u16::MAX).cycle().zip(blocks) {
            for slot in slots.iter().map(|slot| usize::from(*slot)) {
                counts[slot] = counts[slot].saturating_add(u16::from(seen[slot] != block));
                seen[slot] = block;
            }
        }
        Self { blocks: counts, weights: std::array::from_fn(|blocks| 1.0 / blocks.max(1) as f32) }
    }

    /// Whether more than one block has a pair: what a block alone has says nothing of others.
    fn stands_elsewhere(&self, slot: u16) -> bool {
        self.blocks[usize::from(slot)] != 1
    }

    fn weight(&self, slot: u16) -> f32 {
        self.weights[usize::from(self.blocks[usize::from(slot)]).min(COUNTED - 1)]
    }
}

/// The pairs of the text that is being collected. Begun anew for each text without being cleared: a slot holds the
/// number of the text that put it there.
pub(super) struct Pairs<'a> {
    slots: Vec<u16>,
    text: u16,
    rarity: &'a Rarity,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(rarity: &'a Rarity) -> Self {
        Self { slots: vec![0; SLOTS], text: 1, rarity }
    }

    /// Begins a text.
    pub(super) fn begin(&mut self) {
        if self.text == u16::MAX {
            self.slots.fill(0);
            self.text = 0;
        }
        self.text += 1;
    }

    /// Adds to the text.
    pub(super) fn add(&mut self, slots: &[u16]) {
        slots.iter().for_each(|&slot| self.slots[usize::from(slot)] = self.text);
    }

    /// Share of the pairs of a text that the collected text has, each by its rarity, among those that more than one
    /// block of the page has; 0 for a text without such pairs.
    pub(super) fn share(&self, slots: &[u16]) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for &slot in slots.iter().filter(|slot| self.rarity.stands_elsewhere(**slot)) {
            let weight = self.rarity.weight(slot);
            known += if self.slots[usize::from(slot)] == self.text { weight } else { 0.0 };
            all += weight;
        }
        if all > 0.0 { known / all } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 0.01
    }

    #[test]
    fn a_share_is_of_the_text_collected_last() {
        let rarity = Rarity::of([].into_iter());
        let mut pairs = Pairs::new(&rarity);
        pairs.add(&slots("工会送温暖"));
        assert!(near(pairs.share(&slots("送温暖")), 1.0));
        assert!(near(pairs.share(&slots("工会章程")), 1.0 / 3.0));
        pairs.begin();
        assert!(near(pairs.share(&slots("送温暖")), 0.0) && near(pairs.share(&[]), 0.0));
    }

    #[test]
    fn what_every_block_has_says_little() {
        let blocks = ["工会甲", "工会乙", "工会丙", "工会李建党"].map(slots);
        let rarity = Rarity::of(blocks.iter().map(Vec::as_slice));
        let mut pairs = Pairs::new(&rarity);
        pairs.add(&slots("工会"));
        let near_all = pairs.share(&blocks[0]);
        pairs.add(&slots("李建"));
        assert!(near(near_all, 1.0) && near(pairs.share(&blocks[3]), 1.0));
    }
}

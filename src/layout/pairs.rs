//! Pairs of neighbouring characters: how much two texts are about the same.
//!
//! What a pair says depends on how rare it is: among the texts of Chinese news (`tables/layout_pairs.tsv`) and among the blocks
//! of the page, so that 工会 and 职工, which stand in every story of a union page, say little and a name says much.

use super::pair_slot::pair_slot;
use super::view::BlockView;
use crate::tables::common_pairs;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a pair says that the table does not list: one in some ten thousand texts.
const RARE: f32 = 8.0;
/// What the most frequent pair says.
const LEAST: f32 = 0.05;

fn common() -> &'static FxHashMap<u32, f32> {
    static COMMON: OnceLock<FxHashMap<u32, f32>> = OnceLock::new();
    COMMON.get_or_init(|| common_pairs().map(|(a, b, rarity)| (pair_slot(a, b), rarity)).collect())
}

/// How much each pair says on a page.
pub(super) struct PairRarity(FxHashMap<u32, f32>);

impl PairRarity {
    /// From the views of all blocks.
    pub(super) fn from_views(views: &[BlockView]) -> Self {
        let mut blocks: FxHashMap<u32, f32> = FxHashMap::default();
        views.iter().flat_map(|view| &view.pairs).for_each(|pair| *blocks.entry(*pair).or_default() += 1.0);
        let common = common();
        for (pair, weight) in &mut blocks {
            let says = common.get(pair).copied().unwrap_or(RARE);
            *weight = (says - 1.0).max(LEAST) / weight.sqrt();
        }
        Self(blocks)
    }

    /// What a pair says; nothing where it does not stand on the page.
    pub(super) fn weight(&self, pair: u32) -> f32 {
        self.0.get(&pair).copied().unwrap_or(0.0)
    }

    /// Share of what the pairs of some texts say that a collected text has too; 0 where they say nothing.
    pub(super) fn share<'a>(&self, pairs: impl Iterator<Item = &'a u32>, text: &PairSet) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for pair in pairs {
            let weight = self.weight(*pair);
            all += weight;
            known += if text.0.contains_key(pair) { weight } else { 0.0 };
        }
        if all > 0.0 { known / all } else { 0.0 }
    }
}

/// The pairs of a text that is collected block by block, with what each says.
#[derive(Clone, Debug, Default)]
pub(super) struct PairSet(FxHashMap<u32, f32>);

impl PairSet {
    /// The pairs of some blocks.
    pub(super) fn from_views<'a>(views: impl Iterator<Item = &'a BlockView>, rarity: &PairRarity) -> Self {
        let pairs = views.flat_map(|view| &view.pairs);
        Self(pairs.map(|pair| (*pair, rarity.weight(*pair))).collect())
    }

    /// How alike two texts are: the cosine of what their pairs say, 0–1.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let square = |text: &Self| text.0.values().map(|weight| weight * weight).sum::<f32>();
        let (small, large) = if self.0.len() < other.0.len() { (self, other) } else { (other, self) };
        let both: f32 =
            small.0.iter().filter(|(pair, _)| large.0.contains_key(pair)).map(|(_, weight)| weight * weight).sum();
        let length = (square(self) * square(other)).sqrt();
        if length > 0.0 { both / length } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(texts: &[&str]) -> Vec<BlockView> {
        texts.iter().map(|text| BlockView::from_text(text)).collect()
    }

    #[test]
    fn what_every_block_has_says_little() {
        let page = views(&["工会工会会甲乙丙", "工会会丁戊", "工会会李建党", "工会会己庚"]);
        let rarity = PairRarity::from_views(&page);
        assert!(rarity.weight(pair_slot('工', '会')) < rarity.weight(pair_slot('李', '建')));
        let first = PairSet::from_views(page[..1].iter(), &rarity);
        assert!(rarity.share(page[0].pairs.iter(), &first) > 0.99);
        assert!(rarity.share(page[2].pairs.iter(), &first) < 0.7);
    }

    #[test]
    fn likeness_is_that_of_the_same_text_at_most() {
        let page = views(&["石小川来到滨河路工地", "石小川在滨河路", "毛巾厂女工夜班"]);
        let rarity = PairRarity::from_views(&page);
        let text = |at: usize| PairSet::from_views(page[at..=at].iter(), &rarity);
        assert!((text(0).likeness(&text(0)) - 1.0).abs() < 1e-4);
        assert!(text(0).likeness(&text(1)) > text(0).likeness(&text(2)));
    }
}

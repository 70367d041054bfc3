//! Where a page is at home, when its paper does not tell: the region that most of its stories are about.

use super::region::{self, PlaceScan};
use super::zones::Zone;
use std::collections::BTreeMap;

/// Stories that must name a region, at least, and the share of those that name one which a home needs.
const STORIES: usize = 3;
const SHARE: f32 = 0.6;

/// The code of the smallest unit that holds most of the stories which tell their place by themselves; empty where there
/// is none, as on a page of a national paper.
pub(super) fn default_region(stories: &[(Vec<Zone>, PlaceScan)], year: Option<i16>) -> String {
    let told = stories.iter().filter_map(|(zones, sight)| region::find(zones, sight, "", year));
    let found: Vec<Vec<String>> = told.map(|info| info.own_codes()).collect();
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for codes in &found {
        codes.iter().enumerate().for_each(|(depth, code)| *counts.entry((depth, code.as_str())).or_default() += 1);
    }
    let enough = |count: usize| count >= STORIES && count as f32 >= SHARE * found.len() as f32;
    let home =
        counts.into_iter().filter(|(_, count)| enough(*count)).max_by_key(|((depth, _), count)| (*depth, *count));
    home.map(|((_, code), _)| code.to_owned()).unwrap_or_default()
}

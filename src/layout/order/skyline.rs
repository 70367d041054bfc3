//! What stands directly above what: a sweep from top to bottom that remembers, for every stretch of the width, the last
//! strip that covered it.

use super::frame_line::FrameLine;
use crate::model::Area;
use std::collections::BTreeMap;

/// Pairs (upper, lower) of indices of strips that see each other, by ascending top of the lower one. Strips are taken
/// `slack` narrower on both sides, so that unevenly cut boxes of neighbouring columns do not touch.
pub(super) fn pairs(strips: &[FrameLine], slack: i32) -> Vec<(usize, usize)> {
    let areas: Vec<Area> = strips.iter().map(|strip| strip.area).collect();
    pairs_of(&areas, slack)
}

/// The same of areas. Each pair costs the logarithm of the number of stretches.
pub(super) fn pairs_of(areas: &[Area], slack: i32) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|&at| (areas[at].top, areas[at].left, at));
    let mut sky = Skyline::default();
    let mut pairs = Vec::new();
    let mut seen = Vec::new();
    for at in order {
        let (left, right) = narrowed_span(&areas[at], slack);
        seen.clear();
        sky.cover(left, right, at, &mut seen);
        seen.sort_unstable();
        seen.dedup();
        pairs.extend(seen.iter().map(|&upper| (upper, at)));
    }
    pairs
}

fn narrowed_span(area: &Area, slack: i32) -> (i32, i32) {
    let slack = slack.min(area.width() / 4).max(0);
    let left = area.left + slack;
    (left, (area.right - slack).max(left + 1))
}

/// Stretches of the width: from the key to the first of the value, covered by the second.
#[derive(Default)]
struct Skyline(BTreeMap<i32, (i32, usize)>);

impl Skyline {
    /// Covers a stretch, and adds to `seen` what was seen there.
    fn cover(&mut self, left: i32, right: i32, by: usize, seen: &mut Vec<usize>) {
        let first = self.0.range(..=left).next_back().filter(|(_, stretch)| stretch.0 > left).map(|(&start, _)| start);
        let starts: Vec<i32> =
            first.into_iter().chain(self.0.range(left + 1..right).map(|(&start, _)| start)).collect();
        for start in starts {
            let Some((end, strip)) = self.0.remove(&start) else { continue };
            seen.push(strip);
            if start < left {
                self.0.insert(start, (left, strip));
            }
            if end > right {
                self.0.insert(right, (end, strip));
            }
        }
        self.0.insert(left, (right, by));
    }
}

/// Areas that see each other from left to right.
pub(super) fn from_the_side(areas: &[Area], slack: i32) -> Vec<(usize, usize)> {
    let turn = |area: &Area| Area { left: area.top, right: area.bottom, top: area.left, bottom: area.right };
    pairs_of(&areas.iter().map(turn).collect::<Vec<Area>>(), slack)
}

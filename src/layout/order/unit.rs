//! Units: a chain of text with the headlines and captions that belong to it.

use super::scene::PageScene;
use crate::model::Area;
use std::collections::{BTreeMap, BTreeSet};

/// Lines of text up to which a chain without headline can be a caption.
const CAPTION_LINES: usize = 4;

/// A unit.
#[derive(Clone, Debug)]
pub(super) struct LayoutUnit {
    /// Its runs, in reading order.
    pub(super) runs: Vec<usize>,
    /// The rectangle around it.
    pub(super) area: Area,
}

impl PageScene {
    /// The units of a page, in no order.
    pub(super) fn units(&self, chains: Vec<Vec<usize>>) -> Vec<LayoutUnit> {
        let mut chain_of = vec![None; self.runs.len()];
        for (number, chain) in chains.iter().enumerate() {
            chain.iter().for_each(|&run| chain_of[run] = Some(number));
        }
        let owners = self.owners(&chains, &chain_of);
        let mut units = chains;
        for (stack, owner) in owners.iter().enumerate() {
            let heads = self.stacks.all[stack].runs.clone();
            match *owner {
                Some(chain) => self.insert(&mut units[chain], stack, heads),
                None => units.push(heads),
            }
        }
        self.with_captions(units).into_iter().filter_map(|runs| self.unit(runs)).collect()
    }

    fn unit(&self, runs: Vec<usize>) -> Option<LayoutUnit> {
        let first = self.runs[*runs.first()?].area;
        let area = runs.iter().fold(first, |area, &run| area.union(&self.runs[run].area));
        Some(LayoutUnit { runs, area })
    }

    /// For each stack the chain that it is the headline of.
    fn owners(&self, chains: &[Vec<usize>], chain_of: &[Option<usize>]) -> Vec<Option<usize>> {
        let mut votes: Vec<BTreeMap<usize, i32>> = vec![BTreeMap::new(); self.stacks.all.len()];
        for (run, roof) in self.columns.roof.iter().enumerate() {
            if let Some((stack, chain)) = roof.zip(chain_of[run]) {
                let head = &self.stacks.all[stack].area;
                let apart = (self.runs[run].area.top - head.bottom).max(0) / self.frame.em;
                let aside = (self.runs[run].area.left - head.left).max(0) / self.frame.em / 4;
                let vote = if chains[chain].first() == Some(&run) { 10 - (apart + aside).min(5) } else { 4 };
                add_vote(&mut votes[stack], chain, vote);
            }
        }
        for (run, stack, after) in self.beside_stacks() {
            let Some(chain) = chain_of[run] else { continue };
            let first = chains[chain].first() == Some(&run);
            let level = (self.runs[run].area.top - self.stacks.all[stack].area.top).abs() < 4 * self.frame.em;
            let vote = if first && level { 5 } else { 2 } + i32::from(after);
            add_vote(&mut votes[stack], chain, vote);
        }
        let choose = |(stack, votes): (usize, BTreeMap<usize, i32>)| {
            let judged =
                votes.into_iter().map(|(chain, vote)| (vote + self.other_voices(stack, &chains[chain]), chain));
            judged.max_by_key(|&(vote, chain)| (vote, std::cmp::Reverse(chain))).map(|(_, chain)| chain)
        };
        let outside = self.outside();
        votes.into_iter().enumerate().map(choose).zip(outside).map(|(owner, out)| owner.filter(|_| !out)).collect()
    }

    /// Stacks that are folio lines across the text: in small type, with all text at one side.
    fn outside(&self) -> impl Iterator<Item = bool> {
        let along = || self.runs.iter().filter(|run| !run.cross);
        let left = along().map(|run| run.area.left).min().unwrap_or(i32::MIN);
        let right = along().map(|run| run.area.right).max().unwrap_or(i32::MAX);
        let small = |run: &usize| !self.runs[*run].is_large(self.frame.em);
        self.stacks.all.iter().map(move |stack| {
            stack.cross && stack.runs.iter().all(small) && (stack.area.right <= left || stack.area.left >= right)
        })
    }

    /// What the source and other headlines say of a stack as the headline of a chain.
    fn other_voices(&self, stack: usize, chain: &[usize]) -> i32 {
        let Some(&first) = chain.first() else { return 0 };
        let line = |strip: Option<&usize>| strip.map(|&strip| self.frame.strips[strip].line);
        let last = self.stacks.all[stack].runs.iter().filter_map(|&run| line(self.runs[run].strips.last()));
        let last = last.max_by_key(|&line| self.source.place(line));
        let next = last.zip(line(self.runs[first].strips.first()));
        let said = self.source.trusted && next.is_some_and(|(last, first)| self.source.follows(last, first));
        let other = self.columns.roof[first].is_some_and(|roof| roof != stack && !self.stacks.all[roof].cross);
        (if said { 8 } else { 0 }) - (if other { 4 } else { 0 })
    }

    /// Runs of text beside crossing stacks: the run, the stack, and whether the run stands after it.
    fn beside_stacks(&self) -> Vec<(usize, usize, bool)> {
        let crossing = |run: usize| self.stacks.of[run].filter(|&stack| self.stacks.all[stack].cross);
        let pairs = self.side.iter().copied();
        pairs
            .filter_map(|(first, second)| match (crossing(first), crossing(second)) {
                (Some(stack), None) => Some((second, stack, true)),
                (None, Some(stack)) => Some((first, stack, false)),
                _ => None,
            })
            .collect()
    }

    /// Puts a stack into its chain: before it, or, standing below text of the chain, before the run under it.
    fn insert(&self, chain: &mut Vec<usize>, stack: usize, heads: Vec<usize>) {
        let under = chain.iter().position(|&run| self.columns.roof[run] == Some(stack));
        let first = chain.first().map_or(i32::MAX, |&first| self.runs[first].area.bottom);
        let place = under.filter(|_| self.stacks.all[stack].area.top > first - self.frame.em);
        let place = place.unwrap_or(0);
        chain.splice(place..place, heads);
    }

    /// Puts short runs without headline that stand between runs of one unit behind that unit.
    fn with_captions(&self, mut units: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut unit_of = vec![0; self.runs.len()];
        for (number, unit) in units.iter().enumerate() {
            unit.iter().for_each(|&run| unit_of[run] = number);
        }
        let small =
            |unit: &[usize]| unit.iter().map(|&run| self.runs[run].strips.len()).sum::<usize>() <= CAPTION_LINES;
        let is_caption: Vec<bool> =
            units.iter().map(|unit| small(unit) && unit.iter().all(|&run| self.stacks.of[run].is_none())).collect();
        let mut above: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut below: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for &(upper, lower) in &self.sight {
            let (upper, lower) = (unit_of[upper], unit_of[lower]);
            if is_caption[upper] && !is_caption[lower] {
                below.entry(upper).or_default().insert(lower);
            }
            if is_caption[lower] && !is_caption[upper] {
                above.entry(lower).or_default().insert(upper);
            }
        }
        let none = BTreeSet::new();
        for caption in (0..units.len()).filter(|&unit| is_caption[unit]) {
            let (above, below) = (above.get(&caption).unwrap_or(&none), below.get(&caption).unwrap_or(&none));
            let owner = above.intersection(below).next().or(if above.len() == 1 { above.first() } else { None });
            if let Some(&owner) = owner {
                let runs = std::mem::take(&mut units[caption]);
                units[owner].extend(runs);
            }
        }
        units
    }
}

fn add_vote(votes: &mut BTreeMap<usize, i32>, chain: usize, vote: i32) {
    let held = votes.entry(chain).or_default();
    *held = vote.max(*held);
}

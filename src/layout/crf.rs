//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): a score for each state of each item from its
//! features, points for a state after another, best path and probabilities by dynamic programming, in time linear in the items.

use crate::tables::CrfTable;
use rustc_hash::FxHashMap;
use std::fmt::{Arguments, Write};

/// Where features go: a model looks them up, a trainer writes them down.
pub trait FeatureSink {
    /// Takes a feature of the item that is being looked at.
    fn put(&mut self, name: Arguments, value: f32);
}

/// Features of an item: number of the feature in its model, and value.
pub type Features = Vec<(u32, f32)>;

/// Points of a step that never happens.
const NEVER: f32 = -1e4;

/// A model: points of features, of first states, of states after each other.
#[derive(Clone, Debug, Default)]
pub struct Crf {
    /// Number of states.
    pub states: usize,
    /// Names of the features, in the order of their numbers.
    pub names: Vec<String>,
    /// Points that a feature gives to a state: feature by feature.
    pub weights: Vec<f32>,
    /// Points of each state for the first item.
    pub start: Vec<f32>,
    /// Points of a state (column) after another (row).
    pub transitions: Vec<f32>,
    by_hash: FxHashMap<u64, u32>,
}

/// What is told of the items of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecodedStates {
    /// The best state of each item, all items taken together.
    pub path: Vec<usize>,
    /// Probability of each state of each item, item by item.
    pub marginals: Vec<f32>,
}

impl DecodedStates {
    /// Probabilities of the states of an item.
    pub fn probabilities_of(&self, at: usize, states: usize) -> &[f32] {
        &self.marginals[at * states..(at + 1) * states]
    }
}

impl Crf {
    /// The model of a table.
    pub fn from_table(table: &CrfTable) -> Self {
        let states = table.states.len();
        let mut chain = Self {
            states,
            start: table.start.clone(),
            transitions: table.transitions.iter().map(|points| points.unwrap_or(NEVER)).collect(),
            ..Self::default()
        };
        for (name, weights) in &table.features {
            chain.names.push((*name).to_owned());
            let mut row = vec![0.0; states];
            weights.iter().for_each(|&(state, points)| row[state] = points);
            chain.weights.append(&mut row);
        }
        chain.with_names(Vec::new())
    }

    /// The model with names for its features, in the order of their numbers; with those that it has where none are given.
    pub fn with_names(mut self, names: Vec<String>) -> Self {
        self.names = if names.is_empty() { self.names } else { names };
        self.by_hash = (0..).zip(&self.names).map(|(number, name)| (hash(format_args!("{name}")), number)).collect();
        self
    }

    /// The number of a feature by the hash of its name, if the model has it.
    fn number(&self, hash: u64) -> Option<u32> {
        self.by_hash.get(&hash).copied()
    }

    /// The points of each state of each item.
    pub fn points(&self, items: &[Features]) -> Vec<f32> {
        let mut points = vec![0.0; items.len() * self.states];
        for (row, features) in points.chunks_mut(self.states.max(1)).zip(items) {
            for &(feature, value) in features {
                let weights = &self.weights[feature as usize * self.states..][..self.states];
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
        }
        if let Some(first) = points.get_mut(..self.states) {
            first.iter_mut().zip(&self.start).for_each(|(sum, points)| *sum += points);
        }
        points
    }

    /// Tells the states of a page's items.
    pub fn decode(&self, items: &[Features]) -> DecodedStates {
        let points = self.points(items);
        DecodedStates { path: self.best_path(&points), marginals: self.marginals(&points).states }
    }

    /// The path of most points (Viterbi 1967).
    pub fn best_path(&self, points: &[f32]) -> Vec<usize> {
        let states = self.states;
        let mut rows = points.chunks(states.max(1));
        let Some(first) = rows.next() else { return Vec::new() };
        let mut best = first.to_vec();
        let mut came_from: Vec<usize> = Vec::with_capacity(points.len());
        for row in rows {
            let step = |to: usize| {
                let scores = (0..states).map(|from| (best[from] + self.transitions[from * states + to], from));
                scores.fold((f32::MIN, 0), |top, next| if next.0 > top.0 { next } else { top })
            };
            let steps: Vec<(f32, usize)> = (0..states).map(step).collect();
            came_from.extend(steps.iter().map(|step| step.1));
            best = steps.iter().zip(row).map(|(step, points)| step.0 + points).collect();
        }
        let mut at = (0..states).fold(0, |top, next| if best[next] > best[top] { next } else { top });
        let mut path = vec![at];
        for back in came_from.chunks(states.max(1)).rev() {
            at = back[at];
            path.push(at);
        }
        path.reverse();
        path
    }

    /// Probabilities of states and of pairs of neighbouring states (forward-backward, scaled item by item).
    pub fn marginals(&self, points: &[f32]) -> Marginals {
        let states = self.states;
        let items = points.len().checked_div(states).unwrap_or(0);
        let steps: Vec<f32> = self.transitions.iter().map(|points| points.exp()).collect();
        let mut lattice = Lattice { states, items, steps, local: local(points, states), ..Lattice::default() };
        lattice.log_sum = points.chunks(states.max(1)).map(|row| f64::from(largest(row))).sum();
        lattice.forward();
        lattice.backward();
        lattice.marginals()
    }
}

/// Probabilities over a page.
#[derive(Clone, Debug, Default)]
pub struct Marginals {
    /// Of each state of each item.
    pub states: Vec<f32>,
    /// Of a state (column) after another (row), summed over the page.
    pub steps: Vec<f32>,
    /// Logarithm of the sum over all paths.
    pub log_sum: f64,
}

fn largest(row: &[f32]) -> f32 {
    row.iter().copied().fold(f32::MIN, f32::max)
}

/// Exponentials of points, item by item over the largest of the item.
fn local(points: &[f32], states: usize) -> Vec<f32> {
    points
        .chunks(states.max(1))
        .flat_map(|row| {
            let top = largest(row);
            row.iter().map(move |points| (points - top).exp())
        })
        .collect()
}

#[derive(Default)]
struct Lattice {
    states: usize,
    items: usize,
    steps: Vec<f32>,
    local: Vec<f32>,
    ahead: Vec<f32>,
    behind: Vec<f32>,
    log_sum: f64,
}

/// Makes a row sum to one, and gives the sum.
fn normalise(row: &mut [f32]) -> f32 {
    let sum: f32 = row.iter().sum::<f32>().max(1e-30);
    row.iter_mut().for_each(|value| *value /= sum);
    sum
}

impl Lattice {
    fn forward(&mut self) {
        let states = self.states;
        for item in 0..self.items {
            let mut row = self.local[item * states..(item + 1) * states].to_vec();
            if item > 0 {
                let before = &self.ahead[(item - 1) * states..];
                for (to, value) in row.iter_mut().enumerate() {
                    *value *= (0..states).map(|from| before[from] * self.steps[from * states + to]).sum::<f32>();
                }
            }
            self.log_sum += f64::from(normalise(&mut row)).ln();
            self.ahead.extend(row);
        }
    }

    fn backward(&mut self) {
        let states = self.states;
        self.behind = vec![1.0; self.items * states];
        for item in (1..self.items).rev() {
            let (local, next) = (&self.local[item * states..], &self.behind[item * states..]);
            let value = |from: usize| (0..states).map(|to| self.steps[from * states + to] * local[to] * next[to]).sum();
            let mut row: Vec<f32> = (0..states).map(value).collect();
            normalise(&mut row);
            self.behind[(item - 1) * states..item * states].copy_from_slice(&row);
        }
    }

    fn marginals(&self) -> Marginals {
        let states = self.states;
        let mut all: Vec<f32> = self.ahead.iter().zip(&self.behind).map(|(a, b)| a * b).collect();
        all.chunks_mut(states.max(1)).for_each(|row| _ = normalise(row));
        let mut steps = vec![0.0; states * states];
        for item in 1..self.items {
            let mut row = self.pairs(item);
            normalise(&mut row);
            steps.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        Marginals { states: all, steps, log_sum: self.log_sum }
    }

    /// Of each state of an item after each of the item before, not normalised.
    fn pairs(&self, item: usize) -> Vec<f32> {
        let states = self.states;
        let (before, here) = (&self.ahead[(item - 1) * states..], item * states);
        let value = |at: usize| {
            let (from, to) = (at / states, at % states);
            before[from] * self.steps[at] * self.local[here + to] * self.behind[here + to]
        };
        (0..states * states).map(value).collect()
    }
}

/// Looks features up in models that see the same item.
pub(super) struct FeatureLookup<'a, const MODELS: usize> {
    chains: [&'a Crf; MODELS],
    /// Features of the item, for each model.
    found: [Features; MODELS],
}

impl<'a, const MODELS: usize> FeatureLookup<'a, MODELS> {
    /// The features of an item that each model has.
    pub(super) fn features_of(
        chains: [&'a Crf; MODELS],
        features: impl FnOnce(&mut dyn FeatureSink),
    ) -> [Features; MODELS] {
        let mut lookup = Self { chains, found: std::array::from_fn(|_| Features::new()) };
        features(&mut lookup);
        lookup.found
    }
}

impl<const MODELS: usize> FeatureSink for FeatureLookup<'_, MODELS> {
    fn put(&mut self, name: Arguments, value: f32) {
        let hash = hash(name);
        for (chain, found) in self.chains.iter().zip(&mut self.found) {
            found.extend(chain.number(hash).map(|number| (number, value)));
        }
    }
}

/// FNV-1a over what is written.
struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Ok(())
    }
}

fn hash(name: Arguments) -> u64 {
    let mut fnv = Fnv(0xCBF2_9CE4_8422_2325);
    // Writing into a hash never fails.
    let _ = fnv.write_fmt(name);
    fnv.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Crf {
        let mut chain = Crf { states: 3, start: vec![0.3, -0.2, 0.1], ..Crf::default() };
        chain.transitions = vec![0.5, -0.4, 0.2, -0.1, 0.8, NEVER, 0.3, 0.1, -0.6];
        chain
    }

    fn paths() -> impl Iterator<Item = Vec<usize>> {
        (0..81).map(|n| vec![n % 3, n / 3 % 3, n / 9 % 3, n / 27])
    }

    fn points() -> Vec<f32> {
        (0..12).map(|n| ((n * 7) % 11) as f32 / 4.0).collect()
    }

    fn score(chain: &Crf, points: &[f32], path: &[usize]) -> f32 {
        let own: f32 = path.iter().enumerate().map(|(item, state)| points[item * 3 + state]).sum();
        own + path.windows(2).map(|step| chain.transitions[step[0] * 3 + step[1]]).sum::<f32>()
    }

    #[test]
    fn the_best_path_is_that_of_all_paths() {
        let (chain, points) = (small(), points());
        let best = paths().map(|path| score(&chain, &points, &path)).fold(f32::MIN, f32::max);
        assert!((score(&chain, &points, &chain.best_path(&points)) - best).abs() < 1e-4);
    }

    #[test]
    fn probabilities_are_shares_of_all_paths() {
        let (chain, points) = (small(), points());
        let all: f64 = paths().map(|path| f64::from(score(&chain, &points, &path)).exp()).sum();
        let with: f64 =
            paths().filter(|path| path[2] == 1).map(|path| f64::from(score(&chain, &points, &path)).exp()).sum();
        let told = chain.marginals(&points);
        assert!((f64::from(told.states[2 * 3 + 1]) - with / all).abs() < 1e-4);
        assert!((told.log_sum - all.ln()).abs() < 1e-4);
        let steps: f64 = paths()
            .flat_map(|path| {
                path.windows(2).filter(|s| s[0] == 2 && s[1] == 0).map(|_| path.clone()).collect::<Vec<_>>()
            })
            .map(|path| f64::from(score(&chain, &points, &path)).exp())
            .sum();
        assert!((f64::from(told.steps[6]) - steps / all).abs() < 1e-4);
    }

    #[test]
    fn nothing_is_told_of_no_items() {
        assert_eq!(small().decode(&[]), DecodedStates::default());
    }
}

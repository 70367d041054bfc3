//! Trains chain models: AdaGrad on the logarithm of the probability of the answers (Duchi et al. 2011), features left out at random,
//! weights shrunk a little after each round and averaged over the last rounds.

use baoku::layout::{Crf, Features};
use std::collections::HashMap;
use support::composed::compose::Dice;

/// Items of a page with their answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence {
    /// Features of each item.
    pub(crate) items: Vec<Features>,
    /// Its state.
    pub(crate) states: Vec<usize>,
}

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Training {
    /// Rounds over all pages.
    pub(crate) rounds: usize,
    /// First step.
    pub(crate) rate: f32,
    /// How much weights are shrunk after a round.
    pub(crate) shrink: f32,
    /// Share of the features of an item that are left out.
    pub(crate) left_out: f64,
}

impl Default for Training {
    fn default() -> Self {
        Self { rounds: 12, rate: 0.2, shrink: 1.0, left_out: 0.5 }
    }
}

/// Numbers of features by their names.
#[derive(Default)]
pub(crate) struct Names {
    numbers: HashMap<String, u32>,
    /// Names by their numbers.
    pub(crate) list: Vec<String>,
    /// How often each was seen.
    pub(crate) seen: Vec<u32>,
    /// Whether no more are taken.
    pub(crate) closed: bool,
}

impl Names {
    /// The number of a feature; of a new one too, unless closed.
    pub(crate) fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(name) {
            self.seen[*number as usize] += 1;
            return Some(*number);
        }
        if self.closed {
            return None;
        }
        let number = self.list.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.list.push(name.to_owned());
        self.seen.push(1);
        Some(number)
    }
}

/// Sums of squared steps.
struct Squares {
    weights: Vec<f32>,
    start: Vec<f32>,
    transitions: Vec<f32>,
}

/// A first sum, so that the first step is not too long.
const FIRST: f32 = 1e-6;

/// Trains a model of so many states and features.
pub(crate) fn train(sequences: &[&Sequence], states: usize, features: usize, how: Training) -> Crf {
    let mut chain = empty(sequences, states, features);
    let mut squares = Squares {
        weights: vec![FIRST; chain.weights.len()],
        start: vec![FIRST; states],
        transitions: vec![FIRST; states * states],
    };
    let mut sum = chain.clone();
    sum.weights.fill(0.0);
    sum.start.fill(0.0);
    sum.transitions.fill(0.0);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut dice = Dice(7);
    for round in 0..how.rounds {
        (1..order.len()).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
        let rate = if round * 3 > how.rounds * 2 { how.rate * 0.3 } else { how.rate };
        for &at in &order {
            step(&mut chain, &mut squares, &thinned(sequences[at], how.left_out, &mut dice), rate);
        }
        for (weight, square) in chain.weights.iter_mut().zip(&squares.weights) {
            *weight /= 1.0 + rate * how.shrink / square.sqrt();
        }
        if round * 2 >= how.rounds {
            add(&mut sum, &chain);
        }
    }
    let counted = how.rounds - how.rounds.div_ceil(2);
    [&mut sum.weights, &mut sum.start, &mut sum.transitions]
        .into_iter()
        .flatten()
        .for_each(|value| *value /= counted as f32);
    sum
}

fn empty(sequences: &[&Sequence], states: usize, features: usize) -> Crf {
    let mut transitions = vec![NEVER; states * states];
    for step in sequences.iter().flat_map(|sequence| sequence.states.windows(2)) {
        transitions[step[0] * states + step[1]] = 0.0;
    }
    let mut chain = Crf::default();
    (chain.states, chain.transitions) = (states, transitions);
    (chain.weights, chain.start) = (vec![0.0; features * states], vec![0.0; states]);
    chain
}

/// Points of a step that was never seen.
pub(crate) const NEVER: f32 = -1e4;

fn add(sum: &mut Crf, chain: &Crf) {
    let pairs = [
        (&mut sum.weights, &chain.weights),
        (&mut sum.start, &chain.start),
        (&mut sum.transitions, &chain.transitions),
    ];
    pairs.into_iter().for_each(|(sum, values)| sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value));
}

/// A sequence with some of its features left out, the others as much stronger.
fn thinned(sequence: &Sequence, left_out: f64, dice: &mut Dice) -> Sequence {
    let stronger = 1.0 / (1.0 - left_out as f32);
    let thin = |features: &Features| -> Features {
        features.iter().filter(|_| !dice.is(left_out)).map(|&(feature, value)| (feature, value * stronger)).collect()
    };
    Sequence { items: sequence.items.iter().map(thin).collect(), states: sequence.states.clone() }
}

fn step(chain: &mut Crf, squares: &mut Squares, sequence: &Sequence, rate: f32) {
    let states = chain.states;
    let told = chain.marginals(&chain.points(&sequence.items));
    let gradient = |item: usize, state: usize| {
        told.states[item * states + state] - f32::from(u8::from(sequence.states[item] == state))
    };
    for (item, features) in sequence.items.iter().enumerate() {
        let gradients: Vec<f32> = (0..states).map(|state| gradient(item, state)).collect();
        for &(feature, value) in features {
            let base = feature as usize * states;
            for (state, gradient) in gradients.iter().enumerate().filter(|row| (row.1 * value).abs() > 1e-5) {
                go(&mut chain.weights[base + state], &mut squares.weights[base + state], gradient * value, rate);
            }
        }
    }
    let mut seen = vec![0.0; states * states];
    sequence.states.windows(2).for_each(|pair| seen[pair[0] * states + pair[1]] += 1.0);
    for at in (0..seen.len()).filter(|&at| seen[at] > 0.0 || told.steps[at] > 0.0) {
        if chain.transitions[at] > NEVER {
            go(&mut chain.transitions[at], &mut squares.transitions[at], told.steps[at] - seen[at], rate);
        }
    }
    if !sequence.states.is_empty() {
        (0..states).for_each(|state| go(&mut chain.start[state], &mut squares.start[state], gradient(0, state), rate));
    }
}

fn go(value: &mut f32, square: &mut f32, gradient: f32, rate: f32) {
    *square += gradient * gradient;
    *value -= rate * gradient / square.sqrt();
}

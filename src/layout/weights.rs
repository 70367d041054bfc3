//! The weights of `tables/layout.toml` as numbers, and what follows from them: the best labels of a page, and yes or no
//! for a join and for a break.

use super::DecisionKind;
use super::breaks::{BREAKS, PICTURES};
use super::features::FEATURES;
use super::set::{MOST, Set};
use super::stitch::JOINS;
use crate::model::Label;
use crate::tables::{LayoutTable, layout};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const _: () = assert!(FEATURES.len() <= MOST && JOINS.len() <= MOST && BREAKS.len() <= MOST && PICTURES.len() <= MOST);

/// Number of labels.
pub(super) const LABELS: usize = Label::ALL.len();

/// Points of each label.
pub type Points = [f32; LABELS];

/// The models of a page: labels of blocks, joins of sentences, breaks between stories, pictures that stand alone.
#[derive(Clone, Debug)]
pub struct Weights {
    features: Vec<Points>,
    /// From, to.
    transitions: [Points; LABELS],
    joins: Vec<f32>,
    breaks: Vec<f32>,
    pictures: Vec<f32>,
    /// What is always added to joins, breaks and pictures.
    biases: [f32; 3],
}

impl Weights {
    /// The weights of a table. What the table does not name weighs nothing.
    pub fn of(table: &LayoutTable) -> Self {
        let row = |weights: Option<&BTreeMap<String, f32>>| -> Points {
            std::array::from_fn(|at| weights.and_then(|row| row.get(Label::ALL[at].name())).copied().unwrap_or(0.0))
        };
        let list = |names: &[&str], weights: &BTreeMap<String, f32>| -> Vec<f32> {
            names.iter().map(|name| weights.get(*name).copied().unwrap_or(0.0)).collect()
        };
        let bias = |weights: &BTreeMap<String, f32>| weights.get("bias").copied().unwrap_or(0.0);
        Self {
            features: FEATURES.iter().map(|feature| row(table.features.get(feature.0))).collect(),
            transitions: std::array::from_fn(|from| row(table.transitions.get(Label::ALL[from].name()))),
            joins: list(&JOINS.map(|sign| sign.0), &table.joins),
            breaks: list(&BREAKS.map(|sign| sign.0), &table.breaks),
            pictures: list(&PICTURES.map(|sign| sign.0), &table.pictures),
            biases: [bias(&table.joins), bias(&table.breaks), bias(&table.pictures)],
        }
    }

    /// Those of the embedded table.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Weights> = OnceLock::new();
        SHARED.get_or_init(|| Self::of(layout()))
    }

    /// The points of each label of a block with these features.
    pub(super) fn points(&self, features: Set) -> Points {
        let mut points = [0.0; LABELS];
        for feature in features.iter() {
            points.iter_mut().zip(&self.features[feature]).for_each(|(sum, weight)| *sum += weight);
        }
        points
    }

    /// What a feature gives to a label.
    pub(super) fn weight(&self, feature: usize, label: usize) -> f32 {
        self.features[feature][label]
    }

    /// Points for yes to a decision with these signs; above 0 it is yes.
    pub(super) fn decide(&self, kind: DecisionKind, signs: Set) -> f32 {
        let bias = self.biases[match kind {
            DecisionKind::Join => 0,
            DecisionKind::Break => 1,
            DecisionKind::Picture => 2,
        }];
        bias + signs.iter().map(|sign| self.decide_weight(kind, sign)).sum::<f32>()
    }

    /// What a sign gives to yes.
    pub(super) fn decide_weight(&self, kind: DecisionKind, sign: usize) -> f32 {
        match kind {
            DecisionKind::Join => self.joins[sign],
            DecisionKind::Break => self.breaks[sign],
            DecisionKind::Picture => self.pictures[sign],
        }
    }

    /// The labels of a page whose blocks have these points.
    pub(super) fn best_path(&self, points: &[Points]) -> Vec<usize> {
        best_path(points, &self.transitions)
    }
}

/// The path of most points through a page (Viterbi 1967): one label a block, as its place in [`Label::ALL`], in time
/// linear in the blocks. `transitions`: points of a label (column) after another (row).
pub fn best_path(points: &[Points], transitions: &[Points; LABELS]) -> Vec<usize> {
    let Some(first) = points.first() else { return Vec::new() };
    let mut best = *first;
    let mut came_from: Vec<[u8; LABELS]> = Vec::with_capacity(points.len());
    for here in &points[1..] {
        let mut back = [0_u8; LABELS];
        let mut next = [0.0; LABELS];
        for to in 0..LABELS {
            let scores: Points = std::array::from_fn(|from| best[from] + transitions[from][to]);
            let from = largest(&scores);
            (back[to], next[to]) = (from as u8, scores[from] + here[to]);
        }
        best = next;
        came_from.push(back);
    }
    let mut path = vec![largest(&best)];
    for back in came_from.iter().rev() {
        path.push(usize::from(back[path[path.len() - 1]]));
    }
    path.reverse();
    path
}

/// The first of the largest.
fn largest(scores: &Points) -> usize {
    (1..LABELS).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_path_is_that_of_all_paths() {
        let weights = Weights::shared();
        let mut points = vec![[0.0; LABELS]; 4];
        for (at, row) in points.iter_mut().enumerate() {
            for (label, value) in row.iter_mut().enumerate() {
                *value = ((at * 7 + label * 5) % 11) as f32 / 3.0;
            }
        }
        let score = |path: &[usize]| -> f32 {
            let own: f32 = path.iter().zip(&points).map(|(&label, row)| row[label]).sum();
            own + path.windows(2).map(|pair| weights.transitions[pair[0]][pair[1]]).sum::<f32>()
        };
        let all = (0..LABELS.pow(4)).map(|n| [n % 11, n / 11 % 11, n / 121 % 11, n / 1331]);
        let best = all.map(|path| score(&path)).fold(f32::MIN, f32::max);
        assert!((score(&weights.best_path(&points)) - best).abs() < 1e-3);
    }
}

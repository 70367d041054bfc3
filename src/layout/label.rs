//! The labels of a page: points of features and of neighbouring labels, best path.

use super::features::{View, features};
use crate::model::{BlockLabel, Label};
use crate::tables::layout;

const LABELS: usize = Label::ALL.len();

/// Labels all blocks of a page.
pub(super) fn label(page: &[View]) -> Vec<BlockLabel> {
    let seen: Vec<Vec<&'static str>> = (0..page.len()).map(|at| features(page, at)).collect();
    let points: Vec<[f32; LABELS]> = seen.iter().map(|names| points_of(names)).collect();
    let path = best_path(&points);
    let rows = path.into_iter().zip(points.iter().zip(&seen));
    rows.map(|(chosen, (points, names))| block_label(chosen, points, names)).collect()
}

/// The points of each label of a block.
fn points_of(names: &[&'static str]) -> [f32; LABELS] {
    std::array::from_fn(|i| names.iter().map(|name| weight(name, Label::ALL[i])).sum())
}

fn weight(feature: &str, label: Label) -> f32 {
    layout().features.get(feature).and_then(|weights| weights.get(label.name())).copied().unwrap_or(0.0)
}

fn transition(from: Label, to: Label) -> f32 {
    layout().transitions.get(from.name()).and_then(|weights| weights.get(to.name())).copied().unwrap_or(0.0)
}

/// The path of most points through a page (Viterbi).
fn best_path(points: &[[f32; LABELS]]) -> Vec<usize> {
    let Some(first) = points.first() else { return Vec::new() };
    let mut best = *first;
    let mut came_from: Vec<[usize; LABELS]> = Vec::with_capacity(points.len());
    for here in &points[1..] {
        let steps: [(usize, f32); LABELS] = std::array::from_fn(|to| best_step(&best, to));
        best = std::array::from_fn(|to| steps[to].1 + here[to]);
        came_from.push(steps.map(|step| step.0));
    }
    let mut path = vec![largest(&best)];
    for back in came_from.iter().rev() {
        path.push(back[path[path.len() - 1]]);
    }
    path.reverse();
    path
}

fn best_step(best: &[f32; LABELS], to: usize) -> (usize, f32) {
    let scores: [f32; LABELS] = std::array::from_fn(|from| best[from] + transition(Label::ALL[from], Label::ALL[to]));
    let from = largest(&scores);
    (from, scores[from])
}

/// The first of the largest.
fn largest(scores: &[f32; LABELS]) -> usize {
    (1..LABELS).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// The chosen label with its share and the features that spoke for it.
fn block_label(chosen: usize, points: &[f32; LABELS], names: &[&'static str]) -> BlockLabel {
    let label = Label::ALL[chosen];
    let total: f32 = points.iter().map(|other| (other - points[chosen]).exp()).sum();
    let mut winners: Vec<&str> = names.iter().copied().filter(|name| weight(name, label) > 0.0).collect();
    winners.sort_by(|a, b| weight(b, label).total_cmp(&weight(a, label)));
    BlockLabel { label, score: 1.0 / total, features: winners.into_iter().map(str::to_owned).collect() }
}

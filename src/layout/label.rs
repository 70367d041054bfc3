//! The labels of a page: points of features and of neighbouring labels, best path.

use super::features::{FEATURES, features};
use super::set::Set;
use super::view::View;
use super::weights::{Points, Weights};
use crate::model::{BlockLabel, Label};

/// Labels all blocks of a page.
pub(super) fn label(page: &[View], weights: &Weights) -> Vec<BlockLabel> {
    let seen: Vec<Set> = (0..page.len()).map(|at| features(page, at)).collect();
    let points: Vec<Points> = seen.iter().map(|features| weights.points(*features)).collect();
    let path = weights.best_path(&points);
    let rows = path.into_iter().zip(points.iter().zip(&seen));
    rows.map(|(chosen, (points, features))| block_label(chosen, points, *features, weights)).collect()
}

/// The chosen label with its share and the features that spoke for it.
fn block_label(chosen: usize, points: &Points, features: Set, weights: &Weights) -> BlockLabel {
    let total: f32 = points.iter().map(|other| (other - points[chosen]).exp()).sum();
    let mut winners: Vec<(f32, usize)> =
        features.iter().map(|at| (weights.weight(at, chosen), at)).filter(|winner| winner.0 > 0.0).collect();
    winners.sort_by(|a, b| b.0.total_cmp(&a.0));
    let features = winners.into_iter().map(|(_, at)| FEATURES[at].0).collect();
    BlockLabel { label: Label::ALL[chosen], score: 1.0 / total, features }
}

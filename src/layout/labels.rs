//! Labels and borders of the blocks of a page: two looks by two models, the second with the articles of the first in view.

use super::crf::{Crf, DecodedStates, FeatureLookup, Features};
use super::features::BlockFeatures;
use super::models::{CalibratedOutput, Models};
use super::pairs::PairRarity;
use super::second_pass::SecondPass;
use super::states::STATES;
use super::stories;
use super::view::BlockView;
use crate::model::{BlockLabel, Label};

/// Features that are named with a label, at most.
const MOST_NAMED: usize = 8;

/// The code of the reason of a story that its form begins, where the models do not: its opening, or a mark 上接 before it.
pub const OPENS_BY_FORM: &str = "opens_by_form";

/// Labels all blocks of a page.
pub(super) fn labels(views: &[BlockView], rarity: &PairRarity, models: &Models) -> Vec<BlockLabel> {
    let (first, second) = (&models.blocks, &models.articles);
    let sight = BlockFeatures::new(views, rarity);
    let both = |at: usize| FeatureLookup::features_of([first, second], |sink| sight.features(at, sink));
    let (seen, mut all): (Vec<Features>, Vec<Features>) = (0..views.len()).map(|at| both(at).into()).unzip();
    let told = first.decode(&seen);
    let review = SecondPass::new(&sight, &told);
    for (at, features) in all.iter_mut().enumerate() {
        let [mut more] = FeatureLookup::features_of([second], |sink| review.features(at, sink));
        features.append(&mut more);
    }
    let told = second.decode(&all);
    let told_of = |at: usize| label(models, &told, at, &all[at]);
    (0..views.len()).map(|at| if stories::is_mark(&views[at]) { mark(told_of(at)) } else { told_of(at) }).collect()
}

/// The label of a block that is nothing but a mark of continuation, which its form tells for sure.
fn mark(told: BlockLabel) -> BlockLabel {
    let sure = BlockLabel { score: 1.0, border: 1.0, join: 1.0, ..told };
    BlockLabel { label: Label::Continuation, begins: false, goes_on: false, ..sure }
}

/// What is told of a block, with the features that spoke for it.
fn label(models: &Models, told: &DecodedStates, at: usize, seen: &Features) -> BlockLabel {
    let state = &STATES[told.path[at]];
    let shares = told.probabilities_of(at, STATES.len());
    let sum = |test: &dyn Fn(usize) -> bool| (0..STATES.len()).filter(|s| test(*s)).map(|s| shares[s]).sum::<f32>();
    BlockLabel {
        label: state.label,
        begins: state.begins,
        goes_on: state.goes_on,
        score: models.calibrated(CalibratedOutput::Label, sum(&|other| STATES[other].label == state.label)),
        border: models.calibrated(CalibratedOutput::Border, sum(&|other| STATES[other].begins == state.begins)),
        join: models.calibrated(CalibratedOutput::Join, sum(&|other| STATES[other].goes_on == state.goes_on)),
        features: top_features(&models.articles, told.path[at], seen),
    }
}

/// What is said of a block with which an article begins by its form ([`super::stories`]).
pub(super) fn open_by_form(label: &mut BlockLabel, models: &Models) {
    label.begins = true;
    label.border = models.calibrated(CalibratedOutput::Form, 1.0);
    label.features.insert(0, OPENS_BY_FORM.to_owned());
    label.features.truncate(MOST_NAMED);
}

/// The features that spoke most for a state, strongest first.
fn top_features(chain: &Crf, state: usize, seen: &Features) -> Vec<String> {
    let points = |&(feature, value): &(u32, f32)| value * chain.weights[feature as usize * chain.states + state];
    let mut named: Vec<(f32, u32)> =
        seen.iter().map(|feature| (points(feature), feature.0)).filter(|p| p.0 > 0.05).collect();
    named.sort_by(|a, b| b.0.total_cmp(&a.0));
    named.into_iter().take(MOST_NAMED).map(|(_, feature)| chain.names[feature as usize].clone()).collect()
}

//! What the models see, for the trainer of their weights and for those who ask why.

use super::crf::{Crf, DecodedStates, FeatureSink};
use super::features::BlockFeatures;
use super::pairs::PairRarity;
use super::reflow::{Flow, FlowForm, OrderedLines, line_features, reflow};
use super::second_pass::SecondPass;
use super::view::BlockView;
use crate::model::{Block, SourcePage};
use std::fmt::Arguments;

/// The blocks of a page by a model of lines.
pub fn blocks(page: &SourcePage, lines: &Crf) -> Vec<Block> {
    reflow(page, lines).blocks
}

/// The numbers of the lines of a page in reading order, and its regions.
pub fn lines(page: &SourcePage) -> (Vec<u32>, Vec<Flow>) {
    let ordered = OrderedLines::from_page(page);
    (ordered.lines.iter().map(|line| line.number).collect(), ordered.flows)
}

/// Hands the features of each printed line of a page to `sink`, with its place in the reading order.
pub fn line_look(page: &SourcePage, sink: &mut dyn FnMut(usize, &str, f32)) {
    let ordered = OrderedLines::from_page(page);
    for flow in ordered.flows.iter().filter(|flow| flow.form == FlowForm::Lines) {
        let views = ordered.views(flow);
        (0..views.len()).for_each(|at| line_features(&views, at, &mut NamedFeatures { at: flow.start + at, sink }));
    }
}

/// Hands the features of each block as the first look sees them to `sink`, with the block's place.
pub fn first_look(blocks: &[Block], sink: &mut dyn FnMut(usize, &str, f32)) {
    let views = BlockView::all(blocks);
    let rarity = PairRarity::from_views(&views);
    let sight = BlockFeatures::new(&views, &rarity);
    (0..views.len()).for_each(|at| sight.features(at, &mut NamedFeatures { at, sink }));
}

/// Hands on what the second look sees beside the features of the first one. `told`: what the first look told.
pub fn second_look(blocks: &[Block], told: &DecodedStates, sink: &mut dyn FnMut(usize, &str, f32)) {
    let views = BlockView::all(blocks);
    let rarity = PairRarity::from_views(&views);
    let sight = BlockFeatures::new(&views, &rarity);
    let review = SecondPass::new(&sight, told);
    (0..views.len()).for_each(|at| review.features(at, &mut NamedFeatures { at, sink }));
}

/// Hands features on by name.
struct NamedFeatures<'a> {
    at: usize,
    sink: &'a mut dyn FnMut(usize, &str, f32),
}

impl FeatureSink for NamedFeatures<'_> {
    fn put(&mut self, name: Arguments, value: f32) {
        (self.sink)(self.at, &name.to_string(), value);
    }
}

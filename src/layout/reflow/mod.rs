//! Lines → blocks: a stage of its own before labels.
//!
//! Whether the lines of a page are whole paragraphs or printed lines is decided region by region (`form`), with a reason that
//! `inspect` shows. A paragraph is a block. Printed lines are gathered by a chain model of their own (`line`): width, indent,
//! signs, words over the seam, and where there are boxes gaps, type and columns. It parts more readily than it joins: what it
//! leaves apart the block models can still join.

mod flow;
mod form;
mod line;
mod measure;

pub use flow::{Flow, FlowForm};

use super::crf::{Crf, FeatureLookup};
use super::order::{self, LinePosition, ReadingOrder};
use crate::model::{Block, Line, SourcePage, Typography};
pub(super) use line::line_features;
use line::{LineView, line_views};
use measure::LineMeasure;

/// Places of the states that go on with the line before, in [`super::LINE_STATES`].
const GOES_ON: [usize; 2] = [1, 3];
/// How sure a join must be.
const SURE: f32 = 0.5;

/// The blocks of a page in reading order, and how they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReflowedPage {
    /// The blocks, numbered from 1.
    pub(super) blocks: Vec<Block>,
    /// The regions of the page, in order.
    pub(super) flows: Vec<Flow>,
}

/// The lines of a page in reading order, how they stand, and its regions.
#[derive(Clone, Debug, Default)]
pub(super) struct OrderedLines<'a> {
    /// The lines.
    pub(super) lines: Vec<&'a Line>,
    /// How each of them stands.
    measures: Vec<LineMeasure>,
    /// Runs of lines of one form.
    pub(super) flows: Vec<Flow>,
}

impl<'a> OrderedLines<'a> {
    /// The lines of a page: in the order of the source where they have no boxes.
    pub(super) fn from_page(page: &'a SourcePage) -> Self {
        if !page.has_geometry() {
            return Self::of_text(page.lines.iter().collect());
        }
        let ReadingOrder { regions, places } = order::read(page);
        let numbers: Vec<usize> = regions.iter().flat_map(|region| region.lines.iter().copied()).collect();
        let first: Vec<bool> = regions.iter().flat_map(|region| (0..region.lines.len()).map(|at| at == 0)).collect();
        let lines: Vec<&Line> = numbers.iter().map(|&at| &page.lines[at]).collect();
        let own: Vec<&LinePosition> = numbers.iter().map(|&at| &places[at]).collect();
        let measures = measure::of_places(&lines, &own, &first);
        let flows = form::boxed_flows(&lines, &measures);
        Self { lines, measures, flows }
    }

    fn of_text(lines: Vec<&'a Line>) -> Self {
        let flows = form::flows(&lines);
        let of_flow = |flow: &Flow| {
            lines[flow.start..flow.end].iter().map(|line| LineMeasure::of_text(line, flow)).collect::<Vec<_>>()
        };
        let measures = flows.iter().flat_map(of_flow).collect();
        Self { lines, measures, flows }
    }

    /// The views of the lines of a region.
    pub(super) fn views(&self, flow: &Flow) -> Vec<LineView> {
        line_views(&self.lines[flow.start..flow.end], &self.measures[flow.start..flow.end])
    }
}

/// Gathers the lines of a page into blocks.
pub(super) fn reflow(page: &SourcePage, model: &Crf) -> ReflowedPage {
    let ordered = OrderedLines::from_page(page);
    let mut blocks = Vec::with_capacity(ordered.lines.len());
    for flow in &ordered.flows {
        let joins = match flow.form {
            FlowForm::Paragraphs => vec![false; flow.end - flow.start],
            FlowForm::Lines => joins(&ordered.views(flow), model),
        };
        for (at, joins) in (flow.start..flow.end).zip(joins) {
            match blocks.last_mut().filter(|_| joins) {
                Some(block) => extend(block, ordered.lines[at]),
                None => begin(&mut blocks, ordered.lines[at], ordered.measures[at].setting),
            }
        }
    }
    ReflowedPage { blocks, flows: ordered.flows }
}

/// Whether each line goes on with the one before; the first never does.
fn joins(views: &[LineView], model: &Crf) -> Vec<bool> {
    let look = |at: usize| {
        let [found] = FeatureLookup::features_of([model], |sink| line_features(views, at, sink));
        found
    };
    let told = model.decode(&(0..views.len()).map(look).collect::<Vec<_>>());
    let goes_on = |at: usize| GOES_ON.iter().map(|state| told.probabilities_of(at, model.states)[*state]).sum::<f32>();
    (0..views.len()).map(|at| at > 0 && goes_on(at) > SURE).collect()
}

fn begin(blocks: &mut Vec<Block>, line: &Line, setting: Typography) {
    let number = blocks.len() as u32 + 1;
    blocks.push(Block { number, lines: vec![line.number], place: line.place, text: line.text.clone(), setting });
}

/// Adds a line to a block. Between letters of two lines stands a space; between other characters none.
fn extend(block: &mut Block, line: &Line) {
    let letters = [block.text.chars().next_back(), line.text.chars().next()];
    if letters.iter().all(|c| c.is_some_and(|c| c.is_ascii_alphabetic())) {
        block.text.push(' ');
    }
    block.text.push_str(&line.text);
    block.lines.push(line.number);
}

#[cfg(test)]
mod tests {
    use super::super::Models;
    use super::*;

    #[test]
    fn a_paragraph_is_a_block() {
        let page = SourcePage::of_text(
            "河口镇成立货运司机工会\n本报讯(通讯员郑小禾)河口镇货运司机工会近日成立,首批入会的有四百名司机,办公室设在镇北的停车场里。\n",
        );
        let blocks = reflow(&page, &Models::shared().lines).blocks;
        assert_eq!(blocks.iter().map(|block| block.lines.clone()).collect::<Vec<_>>(), [vec![1], vec![2]]);
    }

    #[test]
    fn printed_lines_become_paragraphs() {
        let page = SourcePage::of_text(
            "\u{3000}\u{3000}河口镇货运司机工会近日成立,首\n批入会的有四百名司机,办公室设在镇\n北的停车场里,司机们下了车就能进去\n喝口热水。\n\u{3000}\u{3000}镇工会主席白小楼说,以后每个月\n的头一个星期天都在这里讲一堂安全\n课,谁都可以来听,听完一起吃一顿面\n条。\n",
        );
        let blocks = reflow(&page, &Models::shared().lines).blocks;
        assert_eq!(
            blocks.iter().map(|block| block.lines.clone()).collect::<Vec<_>>(),
            [vec![1, 2, 3, 4], vec![5, 6, 7, 8]]
        );
        assert!(blocks[0].text.contains("办公室设在镇北的停车场里"));
    }

    #[test]
    fn letters_of_two_lines_stay_two_words() {
        let mut blocks = Vec::new();
        let line = |text: &str| Line { number: 1, text: text.into(), ..Line::default() };
        begin(&mut blocks, &line("the trade"), Typography::default());
        extend(&mut blocks[0], &line("union of"));
        extend(&mut blocks[0], &line("工会"));
        assert_eq!(blocks[0].text, "the trade union of工会");
    }
}

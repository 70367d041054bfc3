//! Joins body blocks into paragraphs where a column break cuts a sentence.

use super::features::View;
use crate::model::{Block, Passage};

/// What a block is within its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Running text.
    Body,
    /// A heading inside the story.
    Subhead,
    /// The text of a picture.
    Caption,
    /// A photographer's line below a caption.
    Credit,
    /// A line of authors below or inside the text.
    Byline,
}

/// Paragraphs, captions and the reasons of the joins.
#[derive(Debug, Default)]
pub(super) struct Stitched {
    pub(super) body: Vec<Passage>,
    pub(super) captions: Vec<Passage>,
    pub(super) reasons: Vec<String>,
}

/// Stitches the parts of a story, given as block indices in page order.
pub(super) fn stitch(parts: &[(usize, Part)], blocks: &[Block], views: &[View]) -> Stitched {
    let mut out = Stitched::default();
    let mut open: Option<usize> = None;
    for &(at, part) in parts {
        match part {
            Part::Body => {
                match open.filter(|&before| goes_on(&views[before], &views[at])) {
                    Some(before) => out.join(&blocks[before], &blocks[at]),
                    None => out.body.push(passage(&blocks[at], false)),
                }
                open = Some(at);
            }
            Part::Subhead => {
                out.body.push(passage(&blocks[at], true));
                open = None;
            }
            Part::Credit if !out.captions.is_empty() => extend(out.captions.last_mut(), &blocks[at]),
            Part::Caption | Part::Credit => out.captions.push(passage(&blocks[at], false)),
            Part::Byline => {}
        }
    }
    out
}

impl Stitched {
    fn join(&mut self, before: &Block, after: &Block) {
        extend(self.body.last_mut(), after);
        self.reasons.push(format!("第{}块句子未完,接第{}块", before.number, after.number));
    }
}

fn passage(block: &Block, subhead: bool) -> Passage {
    Passage { text: block.text.clone(), blocks: vec![block.number], subhead }
}

fn extend(passage: Option<&mut Passage>, block: &Block) {
    if let Some(passage) = passage {
        passage.text.push_str(&block.text);
        passage.blocks.push(block.number);
    }
}

/// Whether the sentence of a block goes on in another.
pub(super) fn goes_on(before: &View, after: &View) -> bool {
    let fresh =
        after.dateline() || after.bullet() || after.compact.starts_with("问:") || after.compact.starts_with("答:");
    !before.closed() && !fresh
}

//! Joins blocks into paragraphs where the model says that one goes on in another.

use super::seam::{Seam, seam, surely_goes_on};
use super::view::BlockView;
use crate::model::{Block, CutCode, CutReason, Passage};

/// What a block is within its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryPart {
    /// A paragraph, or its beginning.
    Body,
    /// The rest of the paragraph before.
    BodyOn,
    /// Running text after a gap: what stood between is not on the page, or stands elsewhere.
    Apart,
    /// A heading inside the story.
    Subhead,
    /// The text of a picture.
    Caption,
    /// The rest of it, or its photographer.
    CaptionOn,
    /// A line of authors below or inside the text, or a closing note.
    Byline,
}

impl StoryPart {
    /// Whether it is running text.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Body | Self::BodyOn | Self::Apart)
    }
}

/// Paragraphs, captions and the reasons of the joins.
#[derive(Debug, Default)]
pub(super) struct StitchedText {
    pub(super) body: Vec<Passage>,
    pub(super) captions: Vec<Passage>,
    pub(super) reasons: Vec<CutReason>,
}

/// Stitches the parts of a story, given as block indices in reading order.
pub(super) fn stitch(parts: &[(usize, StoryPart)], blocks: &[Block], views: &[BlockView]) -> StitchedText {
    let mut out = StitchedText::default();
    let mut open: Option<usize> = None;
    for &(at, part) in parts {
        match part {
            StoryPart::Body | StoryPart::BodyOn | StoryPart::Apart => {
                match open.filter(|&before| goes_on(part, &views[before], &views[at])) {
                    Some(before) => out.join([&blocks[before], &blocks[at]], seam(&views[before], &views[at])),
                    None => out.body.push(passage(&blocks[at], false)),
                }
                open = Some(at);
            }
            StoryPart::Subhead => {
                out.body.push(passage(&blocks[at], true));
                open = None;
            }
            StoryPart::CaptionOn if !out.captions.is_empty() => extend(out.captions.last_mut(), &blocks[at]),
            StoryPart::Caption | StoryPart::CaptionOn => out.captions.push(passage(&blocks[at], false)),
            StoryPart::Byline => {}
        }
    }
    out
}

/// Whether running text goes on with the paragraph before; after a gap only where a word, a number or a quotation does.
fn goes_on(part: StoryPart, before: &BlockView, after: &BlockView) -> bool {
    part == StoryPart::BodyOn || (part == StoryPart::Apart && surely_goes_on(before, after))
}

impl StitchedText {
    fn join(&mut self, [before, after]: [&Block; 2], seam: Seam) {
        extend(self.body.last_mut(), after);
        let code = if seam == Seam::Word { CutCode::WordSplit } else { CutCode::SentenceSplit };
        self.reasons.push(CutReason::new(code, [before.number, after.number]));
    }
}

fn passage(block: &Block, subhead: bool) -> Passage {
    Passage { text: block.text.clone(), blocks: vec![block.number], subhead, grafts: Vec::new() }
}

fn extend(passage: Option<&mut Passage>, block: &Block) {
    if let Some(passage) = passage {
        passage.text.push_str(&block.text);
        passage.blocks.push(block.number);
    }
}

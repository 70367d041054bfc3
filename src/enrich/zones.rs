//! The texts of a story by weight: headline, subheads, running text and captions, folded for matching.

use crate::model::{Passage, Story};
use crate::text::{CharClass, class, fold};
use std::ops::Range;

/// What takes the place of a cut-out character: no name and no term crosses it.
const CUT: char = '。';

/// Where a piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZoneKind {
    /// Kicker, title, subtitle.
    Headline,
    /// A heading inside the story.
    Subhead,
    /// A paragraph.
    Body,
    /// A caption.
    Caption,
}

/// One passage: its characters as printed and folded, one to one.
#[derive(Clone)]
pub(super) struct ZonePassage {
    /// Where it stands.
    pub part: ZoneKind,
    /// First block, where there is one.
    pub block: Option<u32>,
    /// The characters as printed.
    pub printed: Vec<char>,
    /// The characters folded; cut-out ones are boundaries.
    pub folded: Vec<char>,
}

impl ZonePassage {
    /// A passage as it is printed.
    pub(super) fn new(part: ZoneKind, text: &str, block: Option<u32>) -> Self {
        let printed: Vec<char> = text.chars().collect();
        let folded = printed.iter().copied().map(fold).collect();
        Self { part, block, printed, folded }
    }

    /// Takes characters out of what is matched.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        self.folded.get_mut(range).into_iter().flatten().for_each(|c| *c = CUT);
    }

    /// Takes every occurrence of a name out of what is matched.
    pub(super) fn cut_name(&mut self, name: &[char]) {
        let mut at = 0;
        while !name.is_empty() && at + name.len() <= self.folded.len() {
            if self.folded[at..].starts_with(name) {
                self.cut(at..at + name.len());
            }
            at += 1;
        }
    }
}

/// The pieces of a story: headline stack, paragraphs and subheads, captions.
pub(super) fn pieces(story: &Story) -> Vec<ZonePassage> {
    let heads = [&story.kicker, &story.title, &story.subtitle];
    let head_block = match story.head_blocks.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let heads = heads
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| ZonePassage::new(ZoneKind::Headline, text, head_block));
    let body = story.body.iter().map(|p| passage(if p.subhead { ZoneKind::Subhead } else { ZoneKind::Body }, p));
    heads.chain(body).chain(story.captions.iter().map(|p| passage(ZoneKind::Caption, p))).collect()
}

/// A piece of a passage; what was grafted into it is not matched.
fn passage(part: ZoneKind, passage: &Passage) -> ZonePassage {
    let mut piece = ZonePassage::new(part, &passage.text, passage.blocks.first().copied());
    passage.grafts.iter().for_each(|graft| piece.cut(graft.start..graft.end));
    piece
}

/// A piece as it is matched: folded, without the characters that exact search passes over.
pub(super) struct Zone<'a> {
    /// The piece.
    pub piece: &'a ZonePassage,
    /// The text to match.
    pub text: String,
    /// Number of the printed character of each character of `text`.
    places: Vec<u32>,
    /// Characters of running text before it; `None` where it is not running text.
    before: Option<usize>,
}

impl<'a> Zone<'a> {
    fn new(piece: &'a ZonePassage, before: Option<usize>) -> Self {
        let kept = (0u32..).zip(&piece.folded).filter(|(_, c)| !passed_over(**c));
        let (places, text): (Vec<u32>, String) = kept.map(|(place, c)| (place, *c)).unzip();
        Self { piece, text, places, before }
    }

    /// Where the first `limit` characters of the running text end in this zone, in bytes.
    pub(super) fn lead_end(&self, limit: usize) -> usize {
        let left = self.before.map_or(0, |before| limit.saturating_sub(before));
        self.text.char_indices().nth(left).map_or(self.text.len(), |(byte, _)| byte)
    }

    /// Whether a byte lies in the first `limit` characters of the running text.
    pub(super) fn is_in_lead(&self, byte: usize, limit: usize) -> bool {
        let left = self.before.map_or(0, |before| limit.saturating_sub(before));
        // A character has one to four bytes.
        byte < left || byte < 4 * left && byte < self.lead_end(limit)
    }

    /// The printed text of a span of bytes.
    pub(super) fn quote(&self, span: Range<usize>) -> String {
        let first = self.text[..span.start].chars().count();
        let last = first + self.text[span].chars().count();
        let place = |number: usize| self.places.get(number).map_or(0, |place| *place as usize);
        let (from, to) = (place(first), place(last.saturating_sub(1)));
        self.piece.printed.get(from..=to).into_iter().flatten().collect()
    }
}

fn passed_over(c: char) -> bool {
    matches!(class(c), CharClass::Transparent | CharClass::Ignored)
}

/// The zones of a story. Running text is the body, or the captions of a story without one.
pub(super) fn zones(pieces: &[ZonePassage]) -> Vec<Zone<'_>> {
    let running =
        if pieces.iter().any(|piece| piece.part == ZoneKind::Body) { ZoneKind::Body } else { ZoneKind::Caption };
    let mut before = 0;
    let mut zones = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let zone = Zone::new(piece, (piece.part == running).then_some(before));
        if piece.part == running {
            before += zone.places.len();
        }
        zones.push(zone);
    }
    zones
}

/// Characters of all zones.
pub(super) fn length(zones: &[Zone<'_>]) -> usize {
    zones.iter().map(|zone| zone.places.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleKind;

    #[test]
    fn folds_one_to_one_and_quotes_as_printed() {
        let mut story = Story::new(ArticleKind::News);
        story.title = "廈門市“总工会”開會".into();
        let pieces = pieces(&story);
        let zones = zones(&pieces);
        assert_eq!(zones[0].text, "厦门市总工会开会");
        assert_eq!(zones[0].quote(0..18), "廈門市“总工会");
        assert_eq!(zones[0].lead_end(5), 0);
    }

    #[test]
    fn the_lead_runs_over_paragraphs() {
        let mut story = Story::new(ArticleKind::News);
        for text in ["一二三", "四五六"] {
            story.body.push(Passage { text: text.into(), blocks: vec![1], subhead: false, grafts: Vec::new() });
        }
        let pieces = pieces(&story);
        let zones = zones(&pieces);
        assert_eq!(zones.iter().map(|zone| zone.lead_end(4)).collect::<Vec<_>>(), [9, 3]);
        for zone in &zones {
            assert!((0..9).all(|byte| zone.is_in_lead(byte, 4) == (byte < zone.lead_end(4))));
        }
    }
}

//! Joins body blocks into paragraphs where a column break cuts a sentence.

use super::DecisionKind;
use super::set::Set;
use super::view::{Seam, View, seam};
use super::weights::Weights;
use crate::model::{Block, Passage};
use crate::tables::layout;
use crate::text::{CharClass, class};
use std::cell::Cell;

/// What a block is within its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Running text.
    Body,
    /// Running text after a gap: what stood between is not on the page, or stands elsewhere.
    Apart,
    /// A heading inside the story.
    Subhead,
    /// The text of a picture.
    Caption,
    /// A photographer's line below a caption.
    Credit,
    /// A line of authors below or inside the text.
    Byline,
}

/// The end of a block and the beginning of another.
pub(super) struct Link<'a> {
    before: &'a View,
    after: &'a View,
    seam: Seam,
}

impl<'a> Link<'a> {
    /// The link between two blocks of a page.
    fn of(views: &'a [View], before: usize, after: usize) -> Self {
        let (a, b) = (&views[before], &views[after]);
        let known = before + a.next == after && a.next > 0;
        Self { before: a, after: b, seam: if known { a.seam } else { seam(a, b) } }
    }

    /// Whether a word, a number or a quotation reaches over.
    fn is_sure(&self) -> bool {
        self.seam != Seam::None || (self.before.open_quotes > 0 && self.after.closes_first)
    }

    /// The signs, as indices of [`JOINS`].
    fn signs(&self) -> Set {
        Set::of(JOINS.len(), |sign| JOINS[sign].1(self))
    }
}

/// What was told of a link, for those who ask for the same link again.
#[derive(Clone, Copy)]
pub(super) struct Joined {
    before: usize,
    pub(super) signs: Set,
    pub(super) points: f32,
    pub(super) seam: Seam,
    closed: bool,
    sure: bool,
}

impl Joined {
    /// Whether the sentence goes on.
    pub(super) fn goes_on(&self) -> bool {
        !self.closed && self.points > 0.0
    }
}

/// The links of a page, each told once. A block is asked about with one block before it nearly always.
pub(super) struct Links<'a> {
    views: &'a [View],
    weights: &'a Weights,
    told: Vec<Cell<Option<Joined>>>,
}

impl<'a> Links<'a> {
    pub(super) fn new(views: &'a [View], weights: &'a Weights) -> Self {
        Self { views, weights, told: vec![Cell::new(None); views.len()] }
    }

    /// The link between two blocks.
    pub(super) fn get(&self, before: usize, after: usize) -> Joined {
        if let Some(known) = self.told[after].get().filter(|known| known.before == before) {
            return known;
        }
        let link = Link::of(self.views, before, after);
        let signs = link.signs();
        let joined = Joined {
            before,
            signs,
            points: self.weights.decide(DecisionKind::Join, signs),
            seam: link.seam,
            closed: link.before.closed,
            sure: link.is_sure(),
        };
        self.told[after].set(Some(joined));
        joined
    }
}

/// A named sign that a sentence goes on from one block in another, or that it does not.
pub(super) type JoinSign = (&'static str, fn(&Link) -> bool);

/// All signs; the points are in `tables/layout.toml`.
pub(super) const JOINS: [JoinSign; 17] = [
    ("open", |l| !l.before.closed && !l.before.ends_stop()),
    ("comma", |l| !l.before.closed && l.before.ends_stop()),
    ("closed", |l| l.before.closed),
    ("seam", |l| l.seam == Seam::Word),
    ("seam_guess", |l| l.seam == Seam::Guess),
    ("quote_goes_on", |l| l.before.open_quotes > 0 && l.after.closes_first),
    ("quote_closed", |l| l.before.open_quotes <= 0 && l.after.closes_first),
    ("lead", |l| l.after.lead),
    ("place", |l| l.after.place_start && l.seam != Seam::Word),
    ("particle", |l| "的了们着过得,。、;:?!”)》".contains(l.after.first)),
    ("dangling", |l| layout().words.dangling.contains(l.before.last)),
    ("restart", restarts),
    ("short_before", |l| l.before.len <= 12),
    ("numbered", |l| l.after.numbered),
    ("quote_start", |l| l.after.first == '“'),
    ("fresh", |l| {
        l.after.dateline || l.after.bullet || l.after.continued_from || matches!(l.after.head(2), "问:" | "答:")
    }),
    ("digits", |l| l.before.last.is_ascii_digit() != l.after.first.is_ascii_digit()),
];

/// Whether the second text begins with words that stand in a clause before the one that the first breaks off: a sentence
/// begins anew. In the same clause they would be a turn of phrase (有什么问题就解决什么问题).
fn restarts(link: &Link) -> bool {
    let head = link.after.head(3);
    let (clauses, last) = link.before.tail(20).rsplit_once([',', ';']).unwrap_or_default();
    !link.before.closed
        && head.chars().all(|c| class(c) == CharClass::Han)
        && clauses.contains(head)
        && !last.contains(head)
}

/// Paragraphs, captions and the reasons of the joins.
#[derive(Debug, Default)]
pub(super) struct Stitched {
    pub(super) body: Vec<Passage>,
    pub(super) captions: Vec<Passage>,
    pub(super) reasons: Vec<String>,
}

/// Stitches the parts of a story, given as block indices in reading order.
pub(super) fn stitch(parts: &[(usize, Part)], blocks: &[Block], links: &Links) -> Stitched {
    let mut out = Stitched::default();
    let mut open: Option<usize> = None;
    for &(at, part) in parts {
        match part {
            Part::Body | Part::Apart => {
                let link = open.map(|before| (before, links.get(before, at)));
                match link.filter(|(_, link)| is_joined(link, part)) {
                    Some((before, link)) => out.join(&blocks[before], &blocks[at], link.seam == Seam::Word),
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

/// Whether a block goes on with the paragraph before; after a gap only where a word, a number or a quotation does.
fn is_joined(link: &Joined, part: Part) -> bool {
    (part == Part::Body || link.sure) && link.points > 0.0
}

impl Stitched {
    fn join(&mut self, before: &Block, after: &Block, word: bool) {
        extend(self.body.last_mut(), after);
        let why = if word { "的最后一词被分栏切开" } else { "句子未完" };
        self.reasons.push(format!("第{}块{why},接第{}块", before.number, after.number));
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

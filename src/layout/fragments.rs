//! Pieces of one story that stand apart on a page, found by what they share: names, organs, places, and a sentence that
//! goes on.

use super::forms::KnownForm;
use super::grafts::{Grafts, own_text};
use super::seam::{Seam, seam};
use super::stitch::StoryPart;
use super::story_builder::{StoryBuilder, is_headline};
use super::view::BlockView;
use crate::model::{Block, BlockLabel, CutCode, CutReason, Label, RelationKind};
use crate::tables::layout;
use std::borrow::Cow;
use std::collections::HashMap;

/// The most fragments of a page that are looked at; a page of nothing but fragments is no page.
const MAX_FRAGMENTS: usize = 24;

/// Three neighbouring Han characters, as one number.
type CharTriple = u64;

/// Two stories by their numbers, the lower first.
type StoryPair = [usize; 2];

/// The stories that have a triple, and how often in their text. A third one is only noted.
#[derive(Default)]
struct TripleIndex {
    two: [(usize, u32); 2],
    count: usize,
}

impl TripleIndex {
    /// Adds a story, which comes after those that are there; `times`: 0 where the triple stands in its headline.
    fn add(&mut self, story: usize, times: u32) {
        match self.two.iter_mut().take(self.count).find(|(known, _)| *known == story) {
            Some((_, n)) => *n += times,
            None if self.count < 2 => {
                self.two[self.count] = (story, times);
                self.count += 1;
            }
            None => self.count = 3,
        }
    }
}

/// Triples that no other story has, and those of them that stand more than once in both.
#[derive(Clone, Copy, Default)]
struct SharedTriples {
    distinct: u32,
    repeated: u32,
}

/// A page with its drafts.
pub(super) struct FragmentPage<'a> {
    pub(super) views: &'a [BlockView],
    pub(super) labels: &'a [BlockLabel],
    pub(super) blocks: &'a [Block],
    pub(super) grafts: &'a Grafts,
}

/// Puts fragments into the stories they belong to. What stood over a fragment as its headline goes to the story before.
pub(super) fn link(drafts: &mut Vec<StoryBuilder>, page: &FragmentPage) {
    let fragments: Vec<usize> =
        (0..drafts.len()).filter(|&at| page.is_fragment(&drafts[at])).take(MAX_FRAGMENTS).collect();
    let hosts: Vec<usize> = (0..drafts.len()).filter(|&at| page.is_open(&drafts[at])).take(2 * MAX_FRAGMENTS).collect();
    if fragments.is_empty() || hosts.is_empty() {
        return;
    }
    let shared = page.shared(drafts, &fragments);
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for &fragment in &fragments {
        let scored = hosts.iter().filter(|&&host| host != fragment && !merged.contains(&(fragment, host)));
        let scored = scored.map(|&host| (host, page.affinity(drafts, host, fragment, &shared)));
        let best = scored.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|best| best.1 > page.threshold(&drafts[fragment]));
        if let Some((host, _)) = best {
            merged.push((host, fragment));
        }
    }
    merge(drafts, &merged, page);
}

/// Merges (host, fragment) pairs, each fragment once, hosts that are fragments of others followed to the story.
fn merge(drafts: &mut Vec<StoryBuilder>, merged: &[(usize, usize)], page: &FragmentPage) {
    let host_of: HashMap<usize, usize> = merged.iter().map(|&(host, fragment)| (fragment, host)).collect();
    let root = |mut at: usize| {
        for _ in 0..MAX_FRAGMENTS {
            at = host_of.get(&at).copied().unwrap_or(at);
        }
        at
    };
    for &(_, fragment) in merged {
        let host = root(fragment);
        if host == fragment || host_of.contains_key(&host) {
            continue;
        }
        let mut moved = std::mem::take(&mut drafts[fragment]);
        let head = std::mem::take(&mut moved.head);
        // What stood over the fragment belongs to the story printed before it, or to its own where there is none.
        let before = (0..fragment).rev().find(|&before| !drafts[before].parts.is_empty()).unwrap_or(host);
        give_back(&mut drafts[before], head, page);
        if let Some(first) = moved.parts.iter_mut().find(|part| part.1.is_text()) {
            first.1 = StoryPart::Apart;
        }
        let (from, to) = (page.number(&drafts[host]), page.number(&moved));
        drafts[host].reasons.push(CutReason::new(CutCode::SameStory, [to, from]));
        drafts[host].parts.append(&mut moved.parts);
        drafts[host].relations.append(&mut moved.relations);
    }
    drafts.retain(|draft| !draft.parts.is_empty());
}

/// Gives the headline that stood over a fragment to a story.
fn give_back(story: &mut StoryBuilder, head: Vec<usize>, page: &FragmentPage) {
    if page.is_titled(story) && story.column.is_empty() && !head.is_empty() {
        story.column.extend(&head);
        story.reasons.push(CutReason::new(CutCode::ColumnBelow, [""; 0]));
        story.aside.extend(head);
    } else {
        story.head.extend(head);
    }
}

impl<'a> FragmentPage<'a> {
    fn is_titled(&self, draft: &StoryBuilder) -> bool {
        draft.head.iter().any(|&at| is_headline(self.labels[at].label))
    }

    fn number(&self, draft: &StoryBuilder) -> usize {
        draft.parts.first().map_or(0, |part| part.0 + 1)
    }

    /// Whether it begins in the middle: no opening formula, no author, no headline but perhaps a line that belongs to
    /// the story before.
    fn is_fragment(&self, draft: &StoryBuilder) -> bool {
        let Some(first) = draft.bodies().next().filter(|_| !draft.photo && !draft.item) else { return false };
        let lines = draft.head.len();
        let plain = draft.head.iter().all(|&at| matches!(self.labels[at].label, Label::Column | Label::Title));
        let view = &self.views[first];
        let opens = view.dateline() || view.forms.has(KnownForm::TimeStart);
        draft.continuation || (!opens && plain && lines <= 1)
    }

    /// Whether its end is elsewhere, or its beginning.
    fn is_open(&self, draft: &StoryBuilder) -> bool {
        let last = draft.bodies().next_back().map(|at| &self.views[at]);
        let goes_on = draft.relations.iter().any(|relation| relation.kind == RelationKind::ContinuedOn);
        !draft.photo && last.is_some_and(|last| !last.closed() || goes_on || draft.continuation)
    }

    /// What a fragment needs to be merged: more where a headline stands over it.
    fn threshold(&self, fragment: &StoryBuilder) -> f32 {
        let points = &layout().fragments;
        if fragment.head.is_empty() { points.threshold } else { points.threshold_headed }
    }

    /// What each two stories share of the triples of fragments.
    fn shared(&self, drafts: &[StoryBuilder], fragments: &[usize]) -> HashMap<StoryPair, SharedTriples> {
        let parts = fragments.iter().flat_map(|&fragment| &drafts[fragment].parts);
        let mut holders: HashMap<CharTriple, TripleIndex> = HashMap::new();
        let mut filter = TripleFilter::default();
        for triple in parts.flat_map(|part| self.triples(part.0)) {
            filter.add(triple);
            holders.entry(triple).or_default();
        }
        for (number, draft) in drafts.iter().enumerate() {
            let parts = draft.parts.iter().map(|part| (part.0, 1));
            for (at, times) in parts.chain(draft.head.iter().map(|&at| (at, 0))) {
                for triple in self.triples(at).filter(|triple| filter.may_have(*triple)) {
                    holders.entry(triple).and_modify(|holders| holders.add(number, times));
                }
            }
        }
        let mut shared: HashMap<StoryPair, SharedTriples> = HashMap::new();
        for holders in holders.into_values().filter(|holders| holders.count == 2) {
            let [(a, n), (b, m)] = holders.two;
            let both = shared.entry([a, b]).or_default();
            both.distinct += u32::from(n.min(m) > 0);
            both.repeated += u32::from(n.min(m) > 1);
        }
        shared
    }

    /// Points for a fragment being a piece of a story.
    fn affinity(
        &self,
        drafts: &[StoryBuilder],
        host: usize,
        fragment: usize,
        shared: &HashMap<StoryPair, SharedTriples>,
    ) -> f32 {
        let pair = [host.min(fragment), host.max(fragment)];
        let SharedTriples { distinct, repeated } = shared.get(&pair).copied().unwrap_or_default();
        let points = &layout().fragments;
        let mut score = points.shared * (distinct as f32).sqrt() + points.repeated * (repeated as f32).sqrt();
        let ends = drafts[host].bodies().next_back().zip(drafts[fragment].bodies().next());
        if let Some((end, start)) = ends.map(|(end, start)| (&self.views[end], &self.views[start])) {
            score += if end.closed() || seam(end, start) == Seam::None { 0.0 } else { points.seam };
            score += if end.closed() { 0.0 } else { points.joins };
            score += if end.closed() && !drafts[fragment].continuation { points.closed } else { 0.0 };
        }
        let goes_on = drafts[host].relations.iter().any(|relation| relation.kind == RelationKind::ContinuedOn);
        score + if goes_on && drafts[fragment].continuation { points.marks } else { 0.0 }
    }

    /// The triples of a block outside its grafts.
    fn triples(&self, at: usize) -> CharTriples<'a> {
        let grafted = self.grafts.get(&at);
        let text = grafted.map_or_else(
            || Cow::Borrowed(self.views[at].compact.as_str()),
            |list| Cow::Owned(own_text(&self.blocks[at].text, list)),
        );
        CharTriples { text, at: 0, last: [0; 2] }
    }
}

/// The triples of a text, one after the other.
struct CharTriples<'a> {
    text: Cow<'a, str>,
    at: usize,
    /// The two characters before, 0 for what is no Han character.
    last: [u64; 2],
}

impl Iterator for CharTriples<'_> {
    type Item = CharTriple;

    fn next(&mut self) -> Option<CharTriple> {
        loop {
            let c = self.text[self.at..].chars().next()?;
            self.at += c.len_utf8();
            let [a, b] = self.last;
            let code = if ('\u{4E00}'..='\u{9FFF}').contains(&c) { u64::from(c as u32) } else { 0 };
            self.last = [b, code];
            if a != 0 && b != 0 && code != 0 {
                return Some(a << 32 | b << 16 | code);
            }
        }
    }
}

/// Tells of most triples that no fragment has them.
struct TripleFilter(Vec<u64>);

impl Default for TripleFilter {
    fn default() -> Self {
        Self(vec![0; 1 << 9])
    }
}

impl TripleFilter {
    fn bit(triple: CharTriple) -> (usize, u64) {
        let mixed = triple.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn add(&mut self, triple: CharTriple) {
        let (word, bit) = Self::bit(triple);
        self.0[word] |= bit;
    }

    fn may_have(&self, triple: CharTriple) -> bool {
        let (word, bit) = Self::bit(triple);
        self.0[word] & bit != 0
    }
}

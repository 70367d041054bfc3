//! Pieces of one story that stand apart on a page, found by what they share: names, organs, places, and a sentence that
//! goes on.

use super::draft::{Draft, is_headline};
use super::grafts::{Grafts, own_text};
use super::stitch::{Link, Part};
use super::view::{Seam, View};
use super::weights::Weights;
use crate::model::{Block, BlockLabel, Label, RelationKind};
use crate::tables::layout;
use std::collections::HashMap;

/// The most fragments of a page that are looked at; a page of nothing but fragments is no page.
const MOST: usize = 24;

/// Three neighbouring Han characters.
type Triple = [char; 3];

/// A page with its drafts.
pub(super) struct Page<'a> {
    pub(super) views: &'a [View],
    pub(super) labels: &'a [BlockLabel],
    pub(super) weights: &'a Weights,
    pub(super) blocks: &'a [Block],
    pub(super) grafts: &'a Grafts,
}

/// Puts fragments into the stories they belong to. What stood over a fragment as its headline goes to the story before.
pub(super) fn link(drafts: &mut Vec<Draft>, page: &Page) {
    let fragments: Vec<usize> = (0..drafts.len()).filter(|&at| page.is_fragment(&drafts[at])).take(MOST).collect();
    let hosts: Vec<usize> = (0..drafts.len()).filter(|&at| page.is_open(&drafts[at])).take(2 * MOST).collect();
    if fragments.is_empty() || hosts.is_empty() {
        return;
    }
    let counts = page.counts(drafts, &fragments);
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for &fragment in &fragments {
        let scored = hosts.iter().filter(|&&host| host != fragment && !merged.contains(&(fragment, host)));
        let scored = scored.map(|&host| (host, page.affinity(drafts, host, fragment, &counts)));
        let best = scored.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|best| best.1 > page.threshold(&drafts[fragment]));
        if let Some((host, _)) = best {
            merged.push((host, fragment));
        }
    }
    merge(drafts, &merged, page);
}

/// Merges (host, fragment) pairs, each fragment once, hosts that are fragments of others followed to the story.
fn merge(drafts: &mut Vec<Draft>, merged: &[(usize, usize)], page: &Page) {
    let host_of: HashMap<usize, usize> = merged.iter().map(|&(host, fragment)| (fragment, host)).collect();
    let root = |mut at: usize| {
        for _ in 0..MOST {
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
        if let Some(first) = moved.parts.iter_mut().find(|part| part.1 == Part::Body) {
            first.1 = Part::Apart;
        }
        let (from, to) = (page.number(&drafts[host]), page.number(&moved));
        drafts[host].reasons.push(format!("第{to}块起与第{from}块起的部分是同一篇:共有的名称或句子相接"));
        drafts[host].parts.append(&mut moved.parts);
        drafts[host].relations.append(&mut moved.relations);
    }
    drafts.retain(|draft| !draft.parts.is_empty());
}

/// Gives the headline that stood over a fragment to a story.
fn give_back(story: &mut Draft, head: Vec<usize>, page: &Page) {
    if page.is_titled(story) && story.column.is_empty() && !head.is_empty() {
        story.column.extend(&head);
        story.reasons.push("栏目名排在正文之后".into());
        story.aside.extend(head);
    } else {
        story.head.extend(head);
    }
}

impl Page<'_> {
    fn is_titled(&self, draft: &Draft) -> bool {
        draft.head.iter().any(|&at| is_headline(self.labels[at].label))
    }

    fn number(&self, draft: &Draft) -> usize {
        draft.parts.first().map_or(0, |part| part.0 + 1)
    }

    /// Whether it begins in the middle: no opening formula, no author, no headline but perhaps a line that belongs to
    /// the story before.
    fn is_fragment(&self, draft: &Draft) -> bool {
        let Some(first) = draft.bodies().next().filter(|_| !draft.photo && !draft.item) else { return false };
        let lines = draft.head.len();
        let plain = draft.head.iter().all(|&at| matches!(self.labels[at].label, Label::Column | Label::Title));
        draft.continuation || (!self.views[first].dateline && plain && lines <= 1 && !self.views[first].lead)
    }

    /// Whether its end is elsewhere, or its beginning.
    fn is_open(&self, draft: &Draft) -> bool {
        let last = draft.bodies().next_back().map(|at| &self.views[at]);
        let goes_on = draft.relations.iter().any(|relation| relation.kind == RelationKind::ContinuedOn);
        !draft.photo && last.is_some_and(|last| !last.closed || goes_on || draft.continuation)
    }

    /// What a fragment needs to be merged: more where a headline stands over it.
    fn threshold(&self, fragment: &Draft) -> f32 {
        let points = &layout().fragments;
        if fragment.head.is_empty() { points.threshold } else { points.threshold_headed }
    }

    /// In which stories each triple of a fragment stands, three at most.
    fn counts(&self, drafts: &[Draft], fragments: &[usize]) -> HashMap<Triple, Vec<usize>> {
        let parts = fragments.iter().flat_map(|&fragment| &drafts[fragment].parts);
        let mut counts: HashMap<Triple, Vec<usize>> =
            parts.flat_map(|part| self.triples(part.0)).map(|triple| (triple, Vec::new())).collect();
        for (number, draft) in drafts.iter().enumerate() {
            for triple in draft.parts.iter().chain(&heads(draft)).flat_map(|part| self.triples(part.0)) {
                let Some(stories) = counts.get_mut(&triple) else { continue };
                if stories.last() != Some(&number) && stories.len() < 3 {
                    stories.push(number);
                }
            }
        }
        counts
    }

    /// Points for a fragment being a piece of a story.
    fn affinity(&self, drafts: &[Draft], host: usize, fragment: usize, counts: &HashMap<Triple, Vec<usize>>) -> f32 {
        let pair = [host.min(fragment), host.max(fragment)];
        let (mine, theirs) = (self.tally(&drafts[fragment]), self.tally(&drafts[host]));
        let both = mine.iter().filter(|(triple, _)| counts.get(*triple).is_some_and(|stories| stories == &pair));
        let shared = both.map(|(triple, n)| (*n).min(theirs.get(triple).copied().unwrap_or(0)).min(3));
        let (distinct, repeated) = shared.fold((0, 0), |(a, b), n| (a + u32::from(n > 0), b + u32::from(n > 1)));
        let points = &layout().fragments;
        let mut score = points.shared * (distinct as f32).sqrt() + points.repeated * (repeated as f32).sqrt();
        let ends = drafts[host].bodies().next_back().zip(drafts[fragment].bodies().next());
        if let Some(link) = ends.map(|(end, start)| Link::of(self.views, end, start)) {
            score += if link.seam == Seam::None { 0.0 } else { points.seam };
            score += if link.goes_on(self.weights) { points.joins } else { 0.0 };
            score += if link.before.closed && !drafts[fragment].continuation { points.closed } else { 0.0 };
        }
        let goes_on = drafts[host].relations.iter().any(|relation| relation.kind == RelationKind::ContinuedOn);
        score + if goes_on && drafts[fragment].continuation { points.marks } else { 0.0 }
    }

    /// The triples of a block outside its grafts.
    fn triples(&self, at: usize) -> Vec<Triple> {
        let grafted = self.grafts.get(&at);
        grafted.map_or_else(
            || triples(&self.views[at].compact).collect(),
            |list| triples(&own_text(&self.blocks[at].text, list)).collect(),
        )
    }

    fn tally(&self, draft: &Draft) -> HashMap<Triple, u32> {
        let mut tally = HashMap::new();
        for triple in draft.parts.iter().flat_map(|part| self.triples(part.0)) {
            *tally.entry(triple).or_default() += 1;
        }
        tally
    }
}

fn heads(draft: &Draft) -> Vec<(usize, Part)> {
    draft.head.iter().map(|&at| (at, Part::Subhead)).collect()
}

fn triples(text: &str) -> impl Iterator<Item = Triple> {
    let rest = text.chars().skip(1).zip(text.chars().skip(2));
    let triples = text.chars().zip(rest).map(|(a, (b, c))| [a, b, c]);
    triples.filter(|triple| triple.iter().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)))
}

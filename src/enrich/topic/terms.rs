//! The terms of each topic in an article, and what they are worth.

use super::super::relevance::LEAD;
use super::super::zones::{Zone, ZoneKind};
use crate::tables::{Topic, topics};
use crate::text::fold;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Weights of headline, lead and rest.
pub(super) const WEIGHTS: [f32; 3] = [5.0, 2.0, 1.0];
/// Points of a strong and a weak term, and how many of each count in a zone.
const STRONG: (f32, usize) = (3.0, 4);
const WEAK: (f32, usize) = (1.0, 3);

/// What a term is to a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TermClass {
    Strong,
    Weak,
    Negative,
}

/// All terms in one automaton.
struct TermAutomaton {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each term the topics that have it.
    uses: Vec<Vec<(usize, TermClass)>>,
}

impl TermAutomaton {
    fn shared() -> Option<&'static Self> {
        static TERMS: OnceLock<Option<TermAutomaton>> = OnceLock::new();
        TERMS.get_or_init(Self::build).as_ref()
    }

    /// `None` only if the automaton cannot be built, which a test rules out.
    fn build() -> Option<Self> {
        let (mut terms, mut uses, mut numbers): (Vec<String>, Vec<Vec<_>>, HashMap<String, usize>) = Default::default();
        for (topic, row) in topics().all().iter().enumerate() {
            for (term, class) in classed(row) {
                let term: String = term.chars().map(fold).collect();
                let number = *numbers.entry(term.clone()).or_insert(terms.len());
                if number == terms.len() {
                    terms.push(term);
                    uses.push(Vec::new());
                }
                uses[number].push((topic, class));
            }
        }
        Some(Self { automaton: CharwiseDoubleArrayAhoCorasick::new(terms).ok()?, uses })
    }
}

fn classed(topic: &Topic) -> impl Iterator<Item = (&String, TermClass)> {
    let strong = topic.strong.iter().map(|term| (term, TermClass::Strong));
    let weak = topic.weak.iter().map(|term| (term, TermClass::Weak));
    strong.chain(weak).chain(topic.negative.iter().map(|term| (term, TermClass::Negative)))
}

/// An occurrence of a term in a zone.
#[derive(Clone, Copy)]
pub(super) struct TermHit {
    pub zone: usize,
    pub start: usize,
    pub end: usize,
    pub class: TermClass,
}

impl TermHit {
    fn length(&self) -> usize {
        self.end - self.start
    }

    fn meets(&self, other: &Self) -> bool {
        self.zone == other.zone && self.start < other.end && other.start < self.end
    }
}

/// All occurrences of the terms of each topic.
pub(super) fn hits(zones: &[Zone<'_>]) -> Vec<Vec<TermHit>> {
    let mut hits = vec![Vec::new(); topics().all().len()];
    let Some(terms) = TermAutomaton::shared() else { return hits };
    for (zone, text) in zones.iter().enumerate() {
        for found in terms.automaton.find_overlapping_iter(&text.text) {
            for (topic, class) in &terms.uses[found.value() as usize] {
                hits[*topic].push(TermHit { zone, start: found.start(), end: found.end(), class: *class });
            }
        }
    }
    hits
}

/// The hits that count: outside the negative expressions (longest first), then the leftmost and longest ones.
pub(super) fn counted_hits(hits: Vec<TermHit>) -> Vec<TermHit> {
    let (mut negative, mut terms): (Vec<TermHit>, Vec<TermHit>) =
        hits.into_iter().partition(|hit| hit.class == TermClass::Negative);
    negative.sort_by_key(|hit| std::cmp::Reverse(hit.length()));
    let mut blanked: Vec<TermHit> = Vec::new();
    for hit in negative {
        if !blanked.iter().any(|other| other.meets(&hit)) {
            blanked.push(hit);
        }
    }
    terms.retain(|hit| !blanked.iter().any(|blank| blank.meets(hit)));
    terms.sort_by_key(|hit| (hit.zone, hit.start, std::cmp::Reverse(hit.end)));
    let mut counted: Vec<TermHit> = Vec::new();
    for hit in terms {
        if !counted.last().is_some_and(|last| last.meets(&hit)) {
            counted.push(hit);
        }
    }
    counted
}

/// Which of the three weights a hit has.
pub(super) fn weight_of(zones: &[Zone<'_>], hit: &TermHit) -> usize {
    let zone = &zones[hit.zone];
    match zone.piece.part {
        ZoneKind::Headline => 0,
        ZoneKind::Body | ZoneKind::Caption if zone.is_in_lead(hit.start, LEAD) => 1,
        _ => 2,
    }
}

pub(super) fn points(zones: &[Zone<'_>], hits: &[TermHit]) -> f32 {
    let mut counts = [[0usize; 2]; 3];
    for hit in hits {
        counts[weight_of(zones, hit)][usize::from(hit.class == TermClass::Weak)] += 1;
    }
    let zone = |[strong, weak]: [usize; 2]| few(strong, STRONG) + few(weak, WEAK);
    counts.into_iter().zip(WEIGHTS).map(|(count, weight)| weight * zone(count)).sum()
}

fn few(count: usize, (points, most): (f32, usize)) -> f32 {
    (0..count.min(most)).map(|_| points).sum()
}

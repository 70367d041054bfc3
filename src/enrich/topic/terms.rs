//! The terms of each topic in an article, and what they are worth.

use super::super::gate::LEAD;
use super::super::zones::{Part, Zone};
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
pub(super) enum Class {
    Strong,
    Weak,
    Negative,
}

/// All terms in one automaton.
struct Terms {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each term the topics that have it.
    uses: Vec<Vec<(usize, Class)>>,
}

impl Terms {
    fn shared() -> Option<&'static Self> {
        static TERMS: OnceLock<Option<Terms>> = OnceLock::new();
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

fn classed(topic: &Topic) -> impl Iterator<Item = (&String, Class)> {
    let strong = topic.strong.iter().map(|term| (term, Class::Strong));
    let weak = topic.weak.iter().map(|term| (term, Class::Weak));
    strong.chain(weak).chain(topic.negative.iter().map(|term| (term, Class::Negative)))
}

/// An occurrence of a term in a zone.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub zone: usize,
    pub start: usize,
    pub end: usize,
    pub class: Class,
}

impl Hit {
    fn length(&self) -> usize {
        self.end - self.start
    }

    fn meets(&self, other: &Self) -> bool {
        self.zone == other.zone && self.start < other.end && other.start < self.end
    }
}

/// All occurrences of the terms of each topic.
pub(super) fn hits(zones: &[Zone<'_>]) -> Vec<Vec<Hit>> {
    let mut hits = vec![Vec::new(); topics().all().len()];
    let Some(terms) = Terms::shared() else { return hits };
    for (zone, text) in zones.iter().enumerate() {
        for found in terms.automaton.find_overlapping_iter(&text.text) {
            for (topic, class) in &terms.uses[found.value() as usize] {
                hits[*topic].push(Hit { zone, start: found.start(), end: found.end(), class: *class });
            }
        }
    }
    hits
}

/// The hits that count: outside the negative expressions (longest first), then the leftmost and longest ones.
pub(super) fn counted(hits: Vec<Hit>) -> Vec<Hit> {
    let (mut negative, mut terms): (Vec<Hit>, Vec<Hit>) =
        hits.into_iter().partition(|hit| hit.class == Class::Negative);
    negative.sort_by_key(|hit| std::cmp::Reverse(hit.length()));
    let mut blanked: Vec<Hit> = Vec::new();
    for hit in negative {
        if !blanked.iter().any(|other| other.meets(&hit)) {
            blanked.push(hit);
        }
    }
    terms.retain(|hit| !blanked.iter().any(|blank| blank.meets(hit)));
    terms.sort_by_key(|hit| (hit.zone, hit.start, std::cmp::Reverse(hit.end)));
    let mut counted: Vec<Hit> = Vec::new();
    for hit in terms {
        if !counted.last().is_some_and(|last| last.meets(&hit)) {
            counted.push(hit);
        }
    }
    counted
}

/// Which of the three weights a hit has.
pub(super) fn weight_of(zones: &[Zone<'_>], hit: &Hit) -> usize {
    let zone = &zones[hit.zone];
    match zone.piece.part {
        Part::Headline => 0,
        Part::Body | Part::Caption if zone.is_in_lead(hit.start, LEAD) => 1,
        _ => 2,
    }
}

pub(super) fn points(zones: &[Zone<'_>], hits: &[Hit]) -> f32 {
    let mut counts = [[0usize; 2]; 3];
    for hit in hits {
        counts[weight_of(zones, hit)][usize::from(hit.class == Class::Weak)] += 1;
    }
    let zone = |[strong, weak]: [usize; 2]| few(strong, STRONG) + few(weak, WEAK);
    counts.into_iter().zip(WEIGHTS).map(|(count, weight)| weight * zone(count)).sum()
}

fn few(count: usize, (points, most): (f32, usize)) -> f32 {
    (0..count.min(most)).map(|_| points).sum()
}

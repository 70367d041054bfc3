//! Fields of union work: counted terms, weighted by where they stand.

use super::zones::{Part, Zone, length};
use crate::model::{Evidence, Story, TopicInfo};
use crate::tables::{Topic, topics};
use crate::text::fold;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Weights of headline, lead and rest.
const WEIGHTS: [f32; 3] = [5.0, 2.0, 1.0];
/// Characters of the running text that are its lead.
const LEAD: usize = 150;
/// Points of a strong and a weak term, and how many of each count in a zone.
const STRONG: (f32, usize) = (3.0, 4);
const WEAK: (f32, usize) = (1.0, 3);
/// Points a topic needs, and in a text of fewer characters than `SHORT`.
const ENOUGH: f32 = 9.0;
const ENOUGH_SHORT: f32 = 6.0;
const SHORT: usize = 200;
/// Share of the best topic's points that a further topic needs.
const SHARE: f32 = 0.45;
const MOST: usize = 3;
/// Points that the best topic needs where it is so many times ahead of the next one.
const FEW_STRONG: f32 = 4.0;
const FEW_WEAK: f32 = 5.0;
const AHEAD: f32 = 1.3;

/// What a term is to a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
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
struct Hit {
    zone: usize,
    start: usize,
    end: usize,
    class: Class,
}

impl Hit {
    fn length(&self) -> usize {
        self.end - self.start
    }

    fn meets(&self, other: &Self) -> bool {
        self.zone == other.zone && self.start < other.end && other.start < self.end
    }
}

/// The topics a source states, else those that are found.
pub(super) fn of_story(story: &Story, zones: &[Zone<'_>]) -> Vec<TopicInfo> {
    let mut stated: Vec<TopicInfo> = Vec::new();
    for text in &story.given.topics {
        let id = topics().find(text.trim()).map_or(text.trim(), |topic| topic.id.as_str());
        if !id.is_empty() && stated.iter().all(|known| known.id != id) {
            let evidence = vec![Evidence::new("item", text.clone())];
            stated.push(TopicInfo { id: id.to_owned(), confidence: 1.0, evidence });
        }
    }
    if stated.is_empty() { find(zones) } else { stated }
}

fn find(zones: &[Zone<'_>]) -> Vec<TopicInfo> {
    let mut scored: Vec<(f32, usize, Vec<Hit>)> = Vec::new();
    for (topic, hits) in hits(zones).into_iter().enumerate() {
        let counted = counted(hits);
        let points = points(zones, &counted);
        scored.push((points, topic, counted));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let enough = if length(zones) < SHORT { ENOUGH_SHORT } else { ENOUGH };
    let least = enough.max(scored.first().map_or(0.0, |best| best.0 * SHARE));
    let enough = scored.first().is_some_and(|best| best.0 >= least) || stands_out(&scored);
    let least = if enough { least.min(scored.first().map_or(least, |best| best.0)) } else { f32::MAX };
    let kept = scored.into_iter().filter(|(points, ..)| *points >= least).take(MOST);
    kept.map(|(points, topic, hits)| info(zones, topic, points, &hits)).collect()
}

/// Whether the best topic of a text in which none has many words is clearly ahead: with a strong term, or several weak
/// ones.
fn stands_out(scored: &[(f32, usize, Vec<Hit>)]) -> bool {
    let [best, second, ..] = scored else { return false };
    let strong = best.2.iter().any(|hit| hit.class == Class::Strong);
    let least = if strong { FEW_STRONG } else { FEW_WEAK };
    best.0 >= least && best.0 >= AHEAD * second.0
}

fn info(zones: &[Zone<'_>], topic: usize, points: f32, hits: &[Hit]) -> TopicInfo {
    TopicInfo {
        id: topics().all().get(topic).map(|topic| topic.id.clone()).unwrap_or_default(),
        // Calibrated as the confidence of a region is.
        confidence: 0.6 + 0.37 * points / (points + 6.0),
        evidence: evidence(zones, hits),
    }
}

/// All occurrences of the terms of each topic.
fn hits(zones: &[Zone<'_>]) -> Vec<Vec<Hit>> {
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
fn counted(hits: Vec<Hit>) -> Vec<Hit> {
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
fn weight_of(zones: &[Zone<'_>], hit: &Hit) -> usize {
    let zone = &zones[hit.zone];
    match zone.piece.part {
        Part::Headline => 0,
        Part::Body | Part::Caption if hit.start < zone.lead_end(LEAD) => 1,
        _ => 2,
    }
}

fn points(zones: &[Zone<'_>], hits: &[Hit]) -> f32 {
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

/// The terms that decided, heaviest first, each once, at most five.
fn evidence(zones: &[Zone<'_>], hits: &[Hit]) -> Vec<Evidence> {
    let mut order: Vec<&Hit> = hits.iter().collect();
    order.sort_by_key(|hit| (hit.class == Class::Weak, weight_of(zones, hit), hit.zone, hit.start));
    let mut evidence: Vec<Evidence> = Vec::new();
    for hit in order {
        let quote = zones[hit.zone].quote(hit.start..hit.end);
        let rule = if hit.class == Class::Strong { "strong term" } else { "weak term" };
        if evidence.len() < 5 && evidence.iter().all(|known| known.quote != quote) {
            evidence.push(Evidence::in_block(rule, quote, zones[hit.zone].piece.block));
        }
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::super::zones::{pieces, zones};
    use super::*;
    use crate::model::{Kind, Passage};

    fn story(title: &str, text: &str) -> Story {
        let mut story = Story::new(Kind::News);
        story.title = title.into();
        story.body.push(Passage { text: text.into(), blocks: vec![3], subhead: false, grafts: Vec::new() });
        story
    }

    /// Points of a topic where all text has the weight of the rest.
    fn plain_points(topic: usize, text: &str) -> f32 {
        let story = story("", text);
        let pieces = pieces(&story);
        let zones = zones(&pieces);
        points(&zones, &counted(hits(&zones).swap_remove(topic))) / WEIGHTS[1]
    }

    #[test]
    fn the_examples_of_the_table() {
        for (number, topic) in topics().all().iter().enumerate() {
            for text in &topic.matches {
                assert!(plain_points(number, text) >= 3.0, "{} {text}", topic.id);
            }
            for text in &topic.rejects {
                assert!(plain_points(number, text) < 3.0, "{} {text}", topic.id);
            }
        }
    }

    #[test]
    fn found_with_terms_and_stated() {
        let mut story = story("區總工會“送溫暖”", "春节前夕,工会干部走访慰问困难职工,送上慰问金。");
        let found = of_story(&story, &zones(&pieces(&story)));
        assert_eq!((found[0].id.as_str(), found[0].evidence[0].quote.as_str()), ("送温暖", "送溫暖"));
        assert!(found[0].confidence > 0.6 && found.len() <= 3);
        story.given.topics = vec!["rights protection".into(), "维权".into(), "自定".into()];
        let ids: Vec<String> = of_story(&story, &zones(&pieces(&story))).into_iter().map(|topic| topic.id).collect();
        assert_eq!(ids, ["维权", "自定"]);
    }

    #[test]
    fn nothing_to_say() {
        let story = story("", "天气晴朗。");
        assert!(of_story(&story, &zones(&pieces(&story))).is_empty());
    }
}

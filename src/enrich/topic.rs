//! Fields of union work: terms by where and beside whom they stand, weighed, behind the gate of what is about workers.

use super::gate::{Gate, LEAD};
use super::zones::{Part, Zone, length};
use crate::model::{Evidence, Story, TopicInfo};
use crate::tables::{Topic, topic_weights, topics};
use crate::text::fold;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// Weights of headline, lead and rest.
const WEIGHTS: [f32; 3] = [5.0, 2.0, 1.0];
/// Points of a strong and a weak term, and how many of each count in a zone.
const STRONG: (f32, usize) = (3.0, 4);
const WEAK: (f32, usize) = (1.0, 3);
/// Topics of one article, at most.
const MOST: usize = 3;

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
    let gate = Gate::of(zones);
    if !gate.is_open() {
        return Vec::new();
    }
    let fields: Vec<Field> = hits(zones).into_iter().map(|hits| Field::of(zones, counted(hits))).collect();
    let all: f32 = fields.iter().map(|field| field.points).sum();
    let best = fields.iter().map(|field| field.points).fold(0.0, f32::max);
    let named = fields.iter().zip(topics().all()).filter(|(field, _)| field.points > 0.0);
    let mut scored: Vec<(f32, &str, &Field)> = named
        .map(|(field, topic)| {
            (probability(&topic.id, &field.evidence(zones, &gate, all, best)), topic.id.as_str(), field)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let table = topic_weights();
    let least = std::iter::once(table.least_first).chain(std::iter::repeat(table.least_further));
    let enough = scored.into_iter().zip(least).take_while(|((probability, ..), least)| probability >= least);
    let info = |(confidence, id, field): (f32, &str, &Field)| TopicInfo {
        id: id.to_owned(),
        confidence,
        evidence: evidence(zones, &field.hits).into_iter().chain(gate.evidence()).collect(),
    };
    enough.take(MOST).map(|(one, _)| info(one)).collect()
}

/// The probability that the evidence speaks for a topic.
fn probability(topic: &str, evidence: &[(&'static str, f32)]) -> f32 {
    let table = topic_weights();
    let weight = |name: &str| table.field.get(name).copied().unwrap_or_default();
    let odds: f32 = evidence.iter().map(|(name, value)| value * weight(name)).sum();
    1.0 / (1.0 + (-odds - table.topic.get(topic).copied().unwrap_or_default()).exp())
}

/// The terms of one topic in an article.
struct Field {
    hits: Vec<Hit>,
    points: f32,
}

impl Field {
    fn of(zones: &[Zone<'_>], hits: Vec<Hit>) -> Self {
        let points = points(zones, &hits);
        Self { hits, points }
    }

    /// What speaks for the topic, each with how much of it there is. `all`, `best`: points of all topics, of the best.
    fn evidence(&self, zones: &[Zone<'_>], gate: &Gate, all: f32, best: f32) -> Vec<(&'static str, f32)> {
        let strong = || self.hits.iter().filter(|hit| hit.class == Class::Strong);
        let at = |place: usize| strong().filter(|hit| weight_of(zones, hit) == place).count();
        let in_body = |hit: &&Hit| zones[hit.zone].piece.part != Part::Headline;
        let beside = strong().filter(in_body).filter(|hit| gate.beside_workers(hit.zone, hit.start)).count();
        let distinct: BTreeSet<&str> = strong().map(|hit| &zones[hit.zone].text[hit.start..hit.end]).collect();
        let weak = self.hits.iter().filter(|hit| hit.class == Class::Weak).count();
        vec![
            ("bias", 1.0),
            ("headline", at(0).min(2) as f32 / 2.0),
            ("lead", at(1).min(3) as f32 / 3.0),
            ("beside workers", (1.0 + beside as f32).ln()),
            ("distinct", (1.0 + distinct.len() as f32).ln()),
            ("of best", self.points / best.max(1.0)),
            ("share", self.points / all.max(1.0)),
            ("points", (1.0 + self.points).ln()),
            ("weak density", (100.0 * weak as f32 / length(zones).max(100) as f32).min(4.0)),
            ("gate", gate.odds.clamp(-6.0, 6.0)),
        ]
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

    fn ids(title: &str, text: &str) -> Vec<String> {
        let story = story(title, text);
        of_story(&story, &zones(&pieces(&story))).into_iter().map(|topic| topic.id).collect()
    }

    #[test]
    fn what_is_not_about_workers_has_no_topic() {
        let cases = [
            ("", "天气晴朗。"),
            (
                "茶山村脱贫了",
                "驻村第一书记带着贫困户种茶,村民收入翻番。村里还修了路,脱贫攻坚给山乡带来变化。农户都加入了合作社。",
            ),
            (
                "两国外长会谈",
                "两国外长就贸易和关税举行会谈。法国外长说,法国农民工会正在抗议。会谈在日内瓦举行,美国代表也到了场。",
            ),
            (
                "机关党委学习全会精神",
                "县委召开会议,传达学习全会精神。党员干部要转作风,党委书记讲了党课,部署主题教育和巡视整改。",
            ),
        ];
        for (title, text) in cases {
            assert_eq!(ids(title, text), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn wronged_workers_are_a_matter_of_rights_without_the_word() {
        let text =
            "十名瓦工去年在工地干了半年,拖欠的工资一直没有给。工人们拿着欠条找到劳动部门,用人单位终于付清劳动报酬。";
        assert_eq!(ids("瓦工要回半年工资", text).first().map(String::as_str), Some("维权"));
    }
}

//! Whether an article is about workers, their unions or their work at all: words by what they name, weighed.

use super::focus::LABOUR_ABROAD;
use super::zones::{Zone, ZoneKind, length};
use crate::model::Evidence;
use crate::tables::{TopicWeights, focus, topic_weights};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Characters of the running text that are its lead.
pub(super) const LEAD: usize = 150;
/// What words in focus.toml that mean none of these are filed under.
const HELD: &str = "held";
/// Where sentences end, in folded text.
const STOPS: [char; 4] = ['。', '!', '?', ';'];

struct RelevanceWordFinder {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// What the word of each number names.
    kinds: Vec<&'static str>,
}

impl RelevanceWordFinder {
    fn shared() -> Option<&'static Self> {
        static FINDER: OnceLock<Option<RelevanceWordFinder>> = OnceLock::new();
        FINDER.get_or_init(Self::build).as_ref()
    }

    /// `None` only if the automaton cannot be built, which a test rules out.
    fn build() -> Option<Self> {
        let (own, other) = (topic_weights(), focus());
        let mut words: BTreeMap<&str, &str> = BTreeMap::new();
        let held = other.holders.iter().filter(|holder| {
            let mut outside = other.country.iter().chain(&other.abroad);
            outside.any(|word| holder.contains(word.as_str()))
        });
        words.extend(held.map(|word| (word.as_str(), HELD)));
        let unions = own.words.get("union").map_or(&[][..], Vec::as_slice);
        let union = |word: &&String| unions.iter().any(|known| word.contains(known.as_str()));
        words.extend(other.country.iter().filter(|word| !union(word)).map(|word| (word.as_str(), "country")));
        words.extend(other.abroad.iter().map(|word| (word.as_str(), "abroad")));
        words.extend(own.words.iter().flat_map(|(kind, list)| list.iter().map(|word| (word.as_str(), kind.as_str()))));
        let (texts, kinds): (Vec<&str>, Vec<&str>) = words.into_iter().unzip();
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        Some(Self { automaton: builder.build(texts).ok()?, kinds })
    }
}

/// A word that counts, with its place.
struct RelevanceHit {
    zone: usize,
    start: usize,
    end: usize,
    kind: &'static str,
}

impl RelevanceHit {
    /// Whether it names workers or their unions.
    fn of_workers(&self) -> bool {
        matches!(self.kind, "union" | "worker")
    }
}

/// What an article says of workers.
pub(super) struct Relevance {
    /// What says it, each with how much of it there is.
    found: Vec<(String, f32)>,
    /// Number of the sentence that each zone begins with, and where its sentences end.
    sentences: Vec<(usize, Vec<usize>)>,
    /// The sentences that name workers or unions.
    with_workers: BTreeSet<usize>,
    /// The word that speaks most for it.
    evidence: Option<Evidence>,
}

impl Relevance {
    /// Reads an article.
    pub(super) fn from_zones(zones: &[Zone<'_>]) -> Self {
        let hits = hits(zones);
        let sentences = sentences(zones);
        let body = hits.iter().filter(|hit| !is_headline(zones, hit) && hit.of_workers());
        let with_workers: BTreeSet<usize> = body.map(|hit| sentence(&sentences, hit.zone, hit.start)).collect();
        let last = sentences.last().map_or(0, |(first, ends)| first + ends.len());
        let share = with_workers.len() as f32 / last.max(1) as f32;
        let mut found = counts(zones, &hits);
        found.extend([("bias".to_owned(), 1.0), ("sentences".to_owned(), share.min(1.0))]);
        let first = hits.iter().find(|hit| hit.of_workers());
        let evidence = first.map(|hit| {
            let zone = &zones[hit.zone];
            Evidence::in_block("about workers", zone.quote(hit.start..hit.end), zone.piece.block)
        });
        Self { found, sentences, with_workers, evidence }
    }

    /// Whether the sentence at a place names workers or unions.
    pub(super) fn beside_workers(&self, zone: usize, start: usize) -> bool {
        self.with_workers.contains(&sentence(&self.sentences, zone, start))
    }

    /// What says that it is about workers, each with how much of it there is.
    pub(super) fn signals(&self) -> &[(String, f32)] {
        &self.found
    }

    /// Log odds that it is about workers.
    pub(super) fn odds(&self, table: &TopicWeights) -> f32 {
        self.found.iter().map(|(name, value)| value * table.gate.get(name).copied().unwrap_or_default()).sum()
    }

    /// The first word that names workers or unions.
    pub(super) fn evidence(&self) -> Option<Evidence> {
        self.evidence.clone()
    }
}

/// The first word for workers, unions or work in the headline or the lead.
pub(super) fn first_labour_word(zones: &[Zone<'_>]) -> Option<Evidence> {
    let own = |hit: &RelevanceHit| hit.of_workers() || hit.kind == "work";
    let prominent = |hit: &RelevanceHit| is_headline(zones, hit) || zones[hit.zone].is_in_lead(hit.start, LEAD);
    let hit = hits(zones).into_iter().find(|hit| own(hit) && prominent(hit))?;
    let zone = &zones[hit.zone];
    Some(Evidence::in_block(LABOUR_ABROAD, zone.quote(hit.start..hit.end), zone.piece.block))
}

fn is_headline(zones: &[Zone<'_>], hit: &RelevanceHit) -> bool {
    zones[hit.zone].piece.part == ZoneKind::Headline
}

fn hits(zones: &[Zone<'_>]) -> Vec<RelevanceHit> {
    let Some(finder) = RelevanceWordFinder::shared() else { return Vec::new() };
    let of_zone = |(zone, text): (usize, &Zone<'_>)| {
        let hit = |found: daachorse::Match<u32>| RelevanceHit {
            zone,
            start: found.start(),
            end: found.end(),
            kind: finder.kinds[found.value() as usize],
        };
        finder.automaton.leftmost_find_iter(&text.text).map(hit).collect::<Vec<_>>()
    };
    zones.iter().enumerate().flat_map(of_zone).collect()
}

/// The sentences of each zone that is no headline: the number of the first, and where each ends.
fn sentences(zones: &[Zone<'_>]) -> Vec<(usize, Vec<usize>)> {
    let mut next = 0;
    let of_zone = |zone: &Zone<'_>| {
        let first = next;
        if zone.piece.part == ZoneKind::Headline {
            return (first, Vec::new());
        }
        let mut ends: Vec<usize> = zone.text.match_indices(STOPS).map(|(at, _)| at).collect();
        if !zone.text.ends_with(STOPS) {
            ends.push(zone.text.len());
        }
        next += ends.len();
        (first, ends)
    };
    zones.iter().map(of_zone).collect()
}

/// The number of the sentence at a place.
fn sentence(sentences: &[(usize, Vec<usize>)], zone: usize, at: usize) -> usize {
    let (first, ends) = &sentences[zone];
    first + ends.partition_point(|end| *end <= at)
}

/// How much the kinds of words are there: in headlines, in the lead, in every hundred characters.
fn counts(zones: &[Zone<'_>], hits: &[RelevanceHit]) -> Vec<(String, f32)> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for hit in hits.iter().filter(|hit| hit.kind != HELD) {
        let count = counts.entry(hit.kind).or_default();
        match () {
            () if is_headline(zones, hit) => count[0] += 1,
            () if zones[hit.zone].is_in_lead(hit.start, LEAD) => {
                count[1] += 1;
                count[2] += 1;
            }
            () => count[2] += 1,
        }
    }
    let all = length(zones);
    let of_kind = |(kind, [headline, lead, body]): (&str, [usize; 3])| {
        let density = 100.0 * body as f32 / all.max(100) as f32;
        [
            (format!("{kind} headline"), headline.min(2) as f32 / 2.0),
            (format!("{kind} lead"), lead.min(3) as f32 / 3.0),
            (format!("{kind} density"), density.min(3.0)),
        ]
    };
    let mut found: Vec<(String, f32)> = counts.into_iter().flat_map(of_kind).collect();
    found.push(("length".to_owned(), (1.0 + all as f32 / 100.0).ln()));
    found.push(("late".to_owned(), first_mention_depth(zones, hits)));
    found
}

/// Where workers or unions are named first: 0 in the headline or at the beginning, 1 at the end or nowhere.
fn first_mention_depth(zones: &[Zone<'_>], hits: &[RelevanceHit]) -> f32 {
    let Some(hit) = hits.iter().find(|hit| hit.of_workers()) else { return 1.0 };
    if is_headline(zones, hit) {
        return 0.0;
    }
    let size = |zone: &Zone<'_>| if zone.piece.part == ZoneKind::Headline { 0 } else { zone.text.chars().count() };
    let inside = zones[hit.zone].text[..hit.start].chars().count();
    let before: usize = zones[..hit.zone].iter().map(size).sum();
    let all: usize = zones.iter().map(size).sum();
    (before + inside) as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::zones::{pieces, zones};
    use super::*;
    use crate::model::{ArticleKind, Passage, Story};

    fn gate(title: &str, text: &str) -> Relevance {
        let mut story = Story::new(ArticleKind::News);
        story.title = title.into();
        story.body.push(Passage::new(text, vec![3]));
        Relevance::from_zones(&zones(&pieces(&story)))
    }

    #[test]
    fn workers_are_told_from_others() {
        for (title, text, open) in [
            ("厂工会为工人讨回工资", "昨日,厂工会干部把欠发的工资送到三十名工人手中。工人们说,工会是自己的家。", true),
            ("两国外长举行会谈", "美国和法国的外长日前在日内瓦会谈,就贸易与关税交换意见。", false),
            ("山村通了公路", "村民们说,农产品运出去了,脱贫有了盼头。过去一到雨天村里就出不了门。", false),
        ] {
            let table = topic_weights();
            assert_eq!(gate(title, text).odds(table) >= table.least_gate, open, "{title}");
        }
    }

    #[test]
    fn the_sentence_of_a_word_is_found() {
        let gate = gate("", "天气晴朗。工人上班!无事");
        let beside: Vec<bool> = [0, 15, 18, 30].into_iter().map(|at| gate.beside_workers(0, at)).collect();
        assert_eq!(beside, [false, true, true, false]);
        assert_eq!(gate.evidence().map(|word| word.quote), Some("工人".to_owned()));
    }
}

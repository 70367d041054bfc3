//! Whether a story is of one place, or of the country, of several places, of another country: typed evidence, weighed.

use super::zones::{Zone, ZoneKind, length};
use crate::model::Evidence;
use crate::tables::{FocusTable, focus};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A place name of a story, by what counts here.
pub(super) struct FocusMention {
    /// Number of the zone.
    pub zone: usize,
    /// First two digits of the code of its province.
    pub province: &'static str,
    /// Whether it stands in the lead of the running text.
    pub lead: bool,
    /// Whether news is sent from there.
    pub dateline: bool,
    /// Whether it is the paper's own news from there.
    pub correspondent: bool,
    /// Whether it is only where somebody comes from or goes to.
    pub passing: bool,
    /// Whether a union organ follows.
    pub organ: bool,
    /// Whether it is a word for the own unit (我市).
    pub own: bool,
    /// Whether it stands in a list with a place of another province (河南、甘肃).
    pub listed: bool,
    /// Whether it is one of many in a list: none of them is what the story is about.
    pub one_of_many: bool,
}

/// What a story says against one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FocusWord {
    /// An organ of the whole country.
    Country = 0,
    /// Many places at once.
    Everywhere,
    /// Another country.
    Abroad,
    /// This country, beside others.
    China,
    /// None of these.
    Held,
}

/// Occurrences of the kinds of words: in headlines, in the lead, in all; and the first of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct FocusWordCounts {
    counts: [[usize; 3]; 4],
    first: [Option<Evidence>; 4],
}

struct FocusWordFinder {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    words: Vec<FocusWord>,
}

impl FocusWordFinder {
    fn shared() -> Option<&'static Self> {
        static FINDER: OnceLock<Option<FocusWordFinder>> = OnceLock::new();
        FINDER.get_or_init(Self::build).as_ref()
    }

    /// `None` only if the automaton cannot be built, which a test rules out.
    fn build() -> Option<Self> {
        let table = focus();
        let lists = [
            (&table.country, FocusWord::Country),
            (&table.everywhere, FocusWord::Everywhere),
            (&table.abroad, FocusWord::Abroad),
            (&table.china, FocusWord::China),
            (&table.holders, FocusWord::Held),
        ];
        let all = lists.into_iter().flat_map(|(list, word)| list.iter().map(move |text| (text.as_str(), word)));
        let (texts, words): (Vec<&str>, Vec<FocusWord>) = all.unzip();
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        Some(Self { automaton: builder.build(texts).ok()?, words })
    }
}

/// Why a story has no main place, by the kind of words that tell it.
const RULES: [&str; 4] = ["whole country", "many places", ABROAD, "whole country"];
/// The rule of what is about another country.
pub(super) const ABROAD: &str = "abroad";
/// The rule of what is about workers of another country: strikes abroad, foreign unions.
pub(super) const LABOUR_ABROAD: &str = "labour abroad";

impl FocusWordCounts {
    /// Why a story is of no one place: another country, the whole country, or many places, in its headline or lead.
    pub(super) fn reason(&self) -> Option<Evidence> {
        let told = |kind: &usize| self.counts[*kind][0] + self.counts[*kind][1] > 0;
        let kind = [2, 0, 1].into_iter().find(told)?;
        self.first[kind].clone()
    }

    /// Whether its headline or lead is about another country.
    pub(super) fn is_abroad(&self) -> bool {
        let [headline, lead, _] = self.counts[FocusWord::Abroad as usize];
        headline + lead > 0
    }

    /// Whether a story is of another country. `places`: how many names of places of this country are weighed in it.
    pub(super) fn is_foreign(&self, places: usize) -> bool {
        let [country, _, abroad, china] = self.counts;
        let here = places + country[2] + china[2];
        let prominent = country[0] + country[1] + china[0] > 0;
        self.is_abroad() && !prominent && ratio(abroad[2], abroad[2] + here) >= focus().foreign
    }

    /// Counts the words of a story. `lead`: characters of the running text that are its lead.
    pub(super) fn count(zones: &[Zone<'_>], lead: usize) -> Self {
        let mut counts = Self::default();
        let Some(finder) = FocusWordFinder::shared() else { return counts };
        for zone in zones {
            let end = zone.lead_end(lead);
            for hit in finder.automaton.leftmost_find_iter(&zone.text) {
                let kind = finder.words[hit.value() as usize];
                if kind == FocusWord::Held {
                    continue;
                }
                let kind = kind as usize;
                counts.counts[kind][2] += 1;
                let quote = || zone.quote(hit.start()..hit.end());
                counts.first[kind].get_or_insert_with(|| Evidence::in_block(RULES[kind], quote(), zone.piece.block));
                match zone.piece.part {
                    ZoneKind::Headline => counts.counts[kind][0] += 1,
                    ZoneKind::Body | ZoneKind::Caption if hit.start() < end => counts.counts[kind][1] += 1,
                    _ => (),
                }
            }
        }
        counts
    }
}

/// Characters of a text in which one mention may be all there is of a place.
const SHORT: usize = 300;

/// Up to `most` of a count, as a share of it.
fn capped_share(count: usize, most: usize) -> f32 {
    count.min(most) as f32 / most as f32
}

fn ratio(count: usize, all: usize) -> f32 {
    if all == 0 { 0.0 } else { count as f32 / all as f32 }
}

/// The evidence that a story is of a place in this province, each with how much of it there is. `home`: that of the
/// paper, or empty.
pub(super) fn evidence(
    zones: &[Zone<'_>],
    sightings: &[FocusMention],
    words: &FocusWordCounts,
    province: &str,
    home: &str,
) -> Vec<(&'static str, f32)> {
    let mut found = place_evidence(zones, sightings, province);
    let all = sightings.iter().filter(|one| !one.passing).count();
    let [country, everywhere, abroad, _] = words.counts;
    let long = (1.0 + length(zones) as f32 / 100.0).ln();
    found.extend([
        ("bias", 1.0),
        ("length", long),
        ("sent for the country", f32::from(sightings.iter().any(|one| one.dateline) && country[0] + country[1] > 0)),
        ("capital", f32::from(province == "11")),
        ("home", f32::from(home.starts_with(province) && !home.is_empty())),
        ("not at home", f32::from(!home.starts_with(province) && !home.is_empty())),
        ("country in headline", capped_share(country[0], 1)),
        ("country in lead", capped_share(country[1], 3)),
        ("country", (1.0 + country[2] as f32).ln() / long.max(1.0)),
        ("everywhere in headline", capped_share(everywhere[0], 1)),
        ("everywhere in lead", capped_share(everywhere[1], 2)),
        ("everywhere", (1.0 + everywhere[2] as f32).ln() / long.max(1.0)),
        ("abroad in headline", capped_share(abroad[0], 1)),
        ("abroad in lead", capped_share(abroad[1], 2)),
        ("abroad", ratio(abroad[2], abroad[2] + all)),
    ]);
    found
}

fn place_evidence(zones: &[Zone<'_>], sightings: &[FocusMention], province: &str) -> Vec<(&'static str, f32)> {
    let named: Vec<&FocusMention> = sightings.iter().filter(|one| !one.passing).collect();
    let own: Vec<&FocusMention> = named.iter().copied().filter(|one| one.province == province).collect();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    named
        .iter()
        .filter(|one| one.province != province && !one.one_of_many)
        .for_each(|one| *others.entry(one.province).or_default() += 1);
    let headline = |one: &&&FocusMention| zones[one.zone].piece.part == ZoneKind::Headline;
    let lead = own.iter().filter(|one| one.lead && !one.dateline).count();
    let spread: BTreeSet<usize> = own.iter().filter(|one| !one.dateline).map(|one| one.zone).collect();
    let bodies = zones.iter().filter(|zone| zone.piece.part != ZoneKind::Headline).count();
    let spread = spread.iter().filter(|zone| zones[**zone].piece.part != ZoneKind::Headline).count();
    let passing = sightings.iter().filter(|one| one.passing && one.province == province).count();
    let other_headline = named.iter().any(|one| one.province != province && headline(&one));
    let once = own.len() == 1 && !own.iter().any(|one| headline(&one)) && length(zones) > SHORT;
    let listed = own.iter().filter(|one| one.listed && (one.lead || headline(one))).count();
    vec![
        ("once", f32::from(once)),
        ("listed", capped_share(listed, 1)),
        ("headline", capped_share(own.iter().filter(headline).count(), 1)),
        ("headline organ", capped_share(own.iter().filter(headline).filter(|one| one.organ).count(), 1)),
        ("other in headline", f32::from(other_headline)),
        ("lead", capped_share(lead, 2)),
        ("organ", capped_share(own.iter().filter(|one| one.organ).count(), 2)),
        ("own unit", capped_share(own.iter().filter(|one| one.own).count(), 2)),
        ("dateline", capped_share(own.iter().filter(|one| one.dateline).count(), 1)),
        ("correspondent", capped_share(own.iter().filter(|one| one.correspondent).count(), 1)),
        ("count", (1.0 + own.len() as f32).ln()),
        ("share", ratio(own.len(), named.iter().filter(|one| one.province == province || !one.one_of_many).count())),
        ("others", capped_share(others.len(), 4)),
        ("second", ratio(others.values().max().copied().unwrap_or_default(), own.len().max(1)).min(1.0)),
        ("late", first(zones, &own)),
        ("spread", ratio(spread, bodies)),
        ("passing", ratio(passing, passing + own.len())),
    ]
}

/// Where the first name that is no dateline stands: 0 in the headline or at the beginning, 1 at the end or nowhere.
fn first(zones: &[Zone<'_>], own: &[&FocusMention]) -> f32 {
    let Some(zone) = own.iter().filter(|one| !one.dateline).map(|one| one.zone).min() else { return 1.0 };
    let before = length(&zones[..zone]);
    before as f32 / length(zones).max(1) as f32
}

/// The probability that the evidence speaks for one place.
pub(super) fn probability(table: &FocusTable, evidence: &[(&'static str, f32)]) -> f32 {
    let weights = &table.weights;
    let odds: f32 = evidence.iter().map(|(name, value)| value * weights.get(*name).copied().unwrap_or_default()).sum();
    1.0 / (1.0 + (-odds).exp())
}

//! The place an article is about: weighted mentions, relative words, and the way down the tree of units.

mod training;

pub use training::PlaceCase;

use super::bodies::{self, NamedPlace};
use super::focus::{self, FocusMention, FocusWordCounts};
use super::places::{Mention, MentionTarget, is_below, mentions};
use super::relevance;
use super::zones::{Zone, ZoneKind};
use crate::model::{Evidence, RegionInfo, RegionMention, UnionBody};
use crate::tables::{self, Level, Region, places, regions};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Weights of headline, subhead, lead and rest; factor of a union organ.
const HEADLINE: f32 = 6.0;
const SUBHEAD: f32 = 3.0;
const LEAD_WEIGHT: f32 = 4.0;
const REST: f32 = 1.0;
const ORGAN: f32 = 3.0;
/// Factor of the place that news is sent from, which alone is not the place of the story; weight of a place that
/// somebody comes from.
const DATELINE: f32 = 1.0;
/// Factor of an enterprise: where it is says less than a place that is named.
const WORKS: f32 = 0.6;
const PASSING: f32 = 0.3;
/// Places in a row from which a list shares the weight of one.
const LIST: usize = 3;
/// Places in a row from which a list is of the whole country.
const MANY: usize = 5;
/// Characters of the running text that are its lead.
const LEAD: usize = 120;
/// Share of a unit's weight that a unit in it needs.
const SHARE: f32 = 0.4;

/// A place with its weight and where it was read.
struct RegionVote {
    /// The unit, or `None` for the whole country.
    row: Option<&'static Region>,
    weight: f32,
    evidence: Evidence,
}

/// A mention with its zone, and what it was found to name.
#[derive(Clone)]
struct PlaceHit {
    zone: usize,
    weight: f32,
    lead: bool,
    mention: Mention,
    /// Places of the list that it stands in.
    size: usize,
    row: Option<&'static Region>,
}

/// What an article says of places.
pub(super) struct ArticleRegions {
    /// The main place, or `None` for the whole country.
    pub main: Option<RegionInfo>,
    /// Why there is none: the rule, and the words that tell it.
    pub no_place: Option<Evidence>,
    /// The others.
    pub mentions: Vec<RegionMention>,
    /// Union bodies.
    pub bodies: Vec<UnionBody>,
}

/// The main place, or `None` for the whole country. `sight`: what [`scan_places`] saw; `home`: code of the paper's home region,
/// or empty.
pub(super) fn find(zones: &[Zone<'_>], sight: &PlaceScan, home: &str, year: Option<i16>) -> Option<RegionInfo> {
    let (seen, home) = resolved(sight, home, year);
    main_region(zones, &seen, &sight.words, &home, year)
}

/// The home of a paper as the place of news that names none.
pub(super) fn at_home(home: &str, year: Option<i16>) -> Option<RegionInfo> {
    let path = if home.is_empty() { Vec::new() } else { regions().path(home, year) };
    let row = path.last().copied()?;
    Some(info(row, year, AT_HOME, vec![Evidence::new("home of the paper", row.name)]))
}

/// How often news without a place is about the home of its paper, by the reading of the sample archive.
const AT_HOME: f32 = 0.6;

/// All that an article says of places. The arguments are those of [`find`].
pub(super) fn all(zones: &[Zone<'_>], sight: &PlaceScan, home: &str, year: Option<i16>) -> ArticleRegions {
    let (seen, home) = resolved(sight, home, year);
    let foreign = sight.is_foreign();
    let main = if foreign { None } else { main_region(zones, &seen, &sight.words, &home, year) };
    let named: Vec<NamedPlace> =
        rows(&seen, &home).map(|(one, row)| NamedPlace { zone: one.zone, mention: &one.mention, row }).collect();
    let mut mentions: Vec<RegionMention> = Vec::new();
    for (one, row) in named.iter().filter_map(|one| Some((one, one.row?))) {
        let own = main.as_ref().is_some_and(|main| main.codes.iter().any(|code| code == row.code));
        let relative = matches!(one.mention.what, MentionTarget::Relative { .. });
        if !own && !relative && mentions.len() < MOST_MENTIONS && mentions.iter().all(|known| known.code != row.code) {
            let zone = &zones[one.zone];
            let evidence = Evidence::in_block("place name", zone.quote(one.mention.span.clone()), zone.piece.block);
            let path = path_of(row, year).iter().map(|unit| unit.name.to_owned()).collect();
            mentions.push(RegionMention { code: row.code.to_owned(), path, evidence });
        }
    }
    let bodies = bodies::find(zones, &named);
    let labour = foreign.then(|| relevance::first_labour_word(zones)).flatten();
    let no_place = main.is_none().then(|| labour.unwrap_or_else(|| no_place(zones, &seen, &sight.words, &home)));
    ArticleRegions { main, no_place, mentions, bodies }
}

/// Other places of one article that are kept, at most.
const MOST_MENTIONS: usize = 50;

fn resolved(sight: &PlaceScan, home: &str, year: Option<i16>) -> (Vec<PlaceHit>, Vec<&'static Region>) {
    let home = if home.is_empty() { Vec::new() } else { regions().path(home, year) };
    let mut seen = sight.seen.clone();
    resolve(&mut seen, &home);
    (seen, home)
}

/// The place names of an article, before it is known what they mean.
pub(super) struct PlaceScan {
    seen: Vec<PlaceHit>,
    words: FocusWordCounts,
}

impl PlaceScan {
    /// Whether the article is about another country.
    pub(super) fn is_foreign(&self) -> bool {
        let weighed = |one: &&PlaceHit| {
            !one.mention.passing && !one.mention.dateline && matches!(one.mention.what, MentionTarget::Places(_))
        };
        self.words.is_foreign(self.seen.iter().filter(weighed).count())
    }
}

/// Looks for the place names of an article.
pub(super) fn scan_places(zones: &[Zone<'_>], year: Option<i16>) -> PlaceScan {
    PlaceScan { seen: place_hits(zones, year), words: FocusWordCounts::count(zones, LEAD) }
}

/// What was seen with the unit that it names, `None` for the whole country; without what names nothing that is known.
fn rows<'a>(
    seen: &'a [PlaceHit],
    home: &'a [&'static Region],
) -> impl Iterator<Item = (&'a PlaceHit, Option<&'static Region>)> {
    seen.iter().enumerate().filter_map(|(number, one)| {
        let row = match one.mention.what {
            MentionTarget::Places(_) => Some(one.row?),
            MentionTarget::Relative { suffix, that } => Some(relative(&seen[..number], suffix, that, home)?),
            MentionTarget::National => None,
        };
        Some((one, row))
    })
}

fn main_region(
    zones: &[Zone<'_>],
    seen: &[PlaceHit],
    words: &FocusWordCounts,
    home: &[&'static Region],
    year: Option<i16>,
) -> Option<RegionInfo> {
    let RegionCandidate { row, votes, found } = candidate(zones, seen, words, home, year)?;
    let table = tables::focus();
    let probability = focus::probability(table, &found);
    let sure = || tables::confidence().of_region(probability);
    (probability >= table.least).then(|| info(row, year, sure(), evidence(votes, row)))
}

/// The place that an article names most.
struct RegionCandidate {
    row: &'static Region,
    votes: Vec<RegionVote>,
    /// What says that the article is of this place, each with how much of it there is.
    found: Vec<(&'static str, f32)>,
}

fn candidate(
    zones: &[Zone<'_>],
    seen: &[PlaceHit],
    words: &FocusWordCounts,
    home: &[&'static Region],
    year: Option<i16>,
) -> Option<RegionCandidate> {
    let votes = votes(zones, seen, home, year);
    let total: f32 = votes.iter().map(|vote| vote.weight).sum();
    let row = descend(&votes, total, year)?;
    let sightings = focus_mentions(seen, home);
    let found = focus::evidence(zones, &sightings, words, row.code.get(..2)?, home.last().map_or("", |unit| unit.code));
    Some(RegionCandidate { row, votes, found })
}

/// Why an article has no main place: it is about another country, several places alike, the whole country, or names places
/// only in passing, or none.
fn no_place(zones: &[Zone<'_>], seen: &[PlaceHit], words: &FocusWordCounts, home: &[&'static Region]) -> Evidence {
    let quoted = |rule: &str, one: &PlaceHit| {
        let zone = &zones[one.zone];
        Evidence::in_block(rule, zone.quote(one.mention.span.clone()), zone.piece.block)
    };
    let named: Vec<(&PlaceHit, &str)> =
        rows(seen, home).filter_map(|(one, row)| Some((one, row?.code.get(..2)?))).collect();
    let weighed = |one: &&(&PlaceHit, &str)| !one.0.mention.passing && !one.0.mention.dateline;
    let first = named.iter().find(weighed);
    let other = first.and_then(|first| named.iter().filter(weighed).find(|one| one.1 != first.1));
    match (words.reason(), other, named.first()) {
        (Some(reason), ..) if words.is_abroad() => reason,
        (_, Some((one, _)), _) => quoted("several places", one),
        (Some(reason), ..) => reason,
        (None, None, Some((one, _))) => quoted("in passing", one),
        (None, None, None) => Evidence::new("no place", ""),
    }
}

/// The place names by what tells whether a story is of one place.
fn focus_mentions(seen: &[PlaceHit], home: &[&'static Region]) -> Vec<FocusMention> {
    let one = |(one, row): (&PlaceHit, Option<&'static Region>)| {
        let mention = &one.mention;
        Some(FocusMention {
            zone: one.zone,
            province: row?.code.get(..2)?,
            lead: one.lead,
            dateline: mention.dateline,
            correspondent: mention.correspondent,
            passing: mention.passing,
            organ: mention.organ,
            own: matches!(mention.what, MentionTarget::Relative { .. }),
            listed: false,
            one_of_many: one.size >= MANY,
        })
    };
    let mut found: Vec<(bool, FocusMention)> =
        rows(seen, home).filter_map(|pair| Some((pair.0.mention.listed, one(pair)?))).collect();
    for number in 1..found.len() {
        let several = found[number].0 && found[number].1.province != found[number - 1].1.province;
        found[number].1.listed = several;
        found[number - 1].1.listed |= several;
    }
    found.into_iter().map(|(_, one)| one).collect()
}

/// The most place names of one article that are weighed; a printed article has some dozens.
const MOST_SEEN: usize = 500;

/// The mentions of each zone. Where a short form stands for a unit that is named in full elsewhere, they are read again.
fn read(zones: &[Zone<'_>], year: Option<i16>) -> Vec<Vec<Mention>> {
    let read = |known: &BTreeSet<&'static str>| -> Vec<Vec<Mention>> {
        zones.iter().map(|zone| mentions(&zone.text, year, known)).collect()
    };
    let first = read(&BTreeSet::new());
    let named = first.iter().zip(zones).flat_map(|(found, zone)| found.iter().map(move |mention| (mention, zone)));
    let full = named.filter_map(|(mention, zone)| match &mention.what {
        MentionTarget::Places(rows) if !mention.passing => match rows.as_slice() {
            [row] if zone.text[mention.span.clone()].ends_with(row.name) => Some(*row),
            _ => None,
        },
        _ => None,
    });
    let in_short = |row: &&'static Region| {
        let count = |name: &str| zones.iter().map(|zone| zone.text.matches(name).count()).sum::<usize>();
        row.short.chars().count() >= 2 && row.short != row.name && count(row.short) > count(row.name)
    };
    let known: BTreeSet<&str> = full.filter(in_short).map(|row| row.code).collect();
    if known.is_empty() { first } else { read(&known) }
}

fn place_hits(zones: &[Zone<'_>], year: Option<i16>) -> Vec<PlaceHit> {
    let mut seen = Vec::new();
    for (number, (zone, found)) in zones.iter().zip(read(zones, year)).enumerate() {
        let lead = zone.lead_end(LEAD);
        let sizes = list_sizes(&found);
        for (mention, size) in found.into_iter().zip(sizes) {
            let base = match zone.piece.part {
                ZoneKind::Headline => HEADLINE,
                ZoneKind::Subhead => SUBHEAD,
                ZoneKind::Body | ZoneKind::Caption if mention.span.start < lead => LEAD_WEIGHT,
                _ => REST,
            };
            let weight = match () {
                () if mention.passing || mention.dateline && is_seat(&mention.what) => PASSING,
                () if mention.dateline => base * DATELINE,
                () if mention.organ => base * ORGAN,
                () if mention.works => base * WORKS,
                () => base,
            };
            let weight = if size >= LIST { weight / size as f32 } else { weight };
            let running = matches!(zone.piece.part, ZoneKind::Body | ZoneKind::Caption);
            let lead = running && mention.span.start < lead;
            seen.push(PlaceHit { zone: number, weight, lead, mention, size, row: None });
            if seen.len() == MOST_SEEN {
                return seen;
            }
        }
    }
    seen
}

/// Whether a name is that of the seat of national organs.
fn is_seat(what: &MentionTarget) -> bool {
    matches!(what, MentionTarget::Places(rows) if rows.iter().any(|row| places().seats.iter().any(|code| code == row.code)))
}

/// How many places each one is listed with, itself among them.
fn list_sizes(found: &[Mention]) -> Vec<usize> {
    let lists = found.chunk_by(|_, next| next.listed);
    lists.flat_map(|list| std::iter::repeat_n(list.len(), list.len())).collect()
}

/// Settles what the names mean: those of one unit first, then the others by home region and by the places found.
fn resolve(seen: &mut [PlaceHit], home: &[&'static Region]) {
    for one in seen.iter_mut() {
        if let MentionTarget::Places(rows) = &one.mention.what
            && let [row] = rows.as_slice()
        {
            one.row = Some(row);
        }
    }
    let sure: Vec<&'static Region> = seen.iter().filter_map(|one| one.row).collect();
    for one in seen.iter_mut().filter(|one| one.row.is_none()) {
        if let MentionTarget::Places(rows) = &one.mention.what {
            one.row = choose(rows, home, &sure);
        }
    }
}

/// The only one of several units that lies in the home region, or near a place found; else none.
fn choose(rows: &[&'static Region], home: &[&'static Region], sure: &[&'static Region]) -> Option<&'static Region> {
    let only = |test: &dyn Fn(&Region) -> bool| {
        let mut fitting = rows.iter().copied().filter(|row| test(row));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let same = |a: &Region, b: &Region| a.code == b.code || is_below(a, b) || is_below(b, a);
    let sibling = |a: &Region, b: &Region| a.parent == b.parent && !a.parent.is_empty();
    let province = |a: &Region, b: &Region| a.code.get(..2) == b.code.get(..2);
    only(&|row| home.last().is_some_and(|unit| same(row, unit)))
        .or_else(|| only(&|row| sure.iter().any(|unit| same(row, unit))))
        .or_else(|| only(&|row| sure.iter().any(|unit| sibling(row, unit))))
        .or_else(|| only(&|row| home.iter().chain(sure).any(|unit| province(row, unit))))
}

fn votes(zones: &[Zone<'_>], seen: &[PlaceHit], home: &[&'static Region], year: Option<i16>) -> Vec<RegionVote> {
    let vote = |(one, row): (&PlaceHit, Option<&'static Region>)| {
        let zone = &zones[one.zone];
        let evidence = Evidence::in_block(rule(one, zone), zone.quote(one.mention.span.clone()), zone.piece.block);
        let row = if one.mention.dateline { row.map(|row| governed(row, year)) } else { row };
        RegionVote { row, weight: one.weight, evidence }
    };
    rows(seen, home).map(vote).collect()
}

/// What news from a place may be of: from the capital of a province, of the province.
fn governed(row: &'static Region, year: Option<i16>) -> &'static Region {
    let capital = row.code.ends_with(CAPITAL);
    path_of(row, year).first().copied().filter(|_| capital).unwrap_or(row)
}

/// What the codes of the capitals of provinces end in.
const CAPITAL: &str = "0100";

fn rule(one: &PlaceHit, zone: &Zone<'_>) -> &'static str {
    match (&one.mention.what, zone.piece.part) {
        (MentionTarget::National, _) => "national",
        (MentionTarget::Relative { .. }, _) => "own unit",
        _ if one.mention.organ => "union organ",
        (_, ZoneKind::Headline | ZoneKind::Subhead) => "headline",
        _ => "place name",
    }
}

/// What 市总工会 or 我市 means: the last prominent place of that level before it, else the home region's.
fn relative(before: &[PlaceHit], suffix: char, that: bool, home: &[&'static Region]) -> Option<&'static Region> {
    let fits = |row: &&Region| {
        row.name.ends_with(suffix) || row.level == Level::Prefecture && suffix == '市' && row.name.ends_with("地区")
    };
    let prominent = |one: &&PlaceHit| that || one.weight > REST;
    let named = before.iter().rev().filter(prominent).find_map(|one| one.row.filter(|row| fits(row)));
    let own = home.iter().rev().copied().find(|row| fits(row) || suffix == '省' && row.level == Level::Province);
    named.or(own.filter(|_| !that))
}

/// The unit and the units above it, province first.
fn path_of(row: &'static Region, year: Option<i16>) -> Vec<&'static Region> {
    let mut path = if row.parent.is_empty() { Vec::new() } else { regions().path(row.parent, year.or(row.to)) };
    path.push(row);
    path
}

/// Goes down from the country to the unit that holds enough of the weight, while one does.
fn descend(votes: &[RegionVote], total: f32, year: Option<i16>) -> Option<&'static Region> {
    let paths: Vec<(Vec<&'static Region>, f32)> =
        votes.iter().filter_map(|vote| Some((path_of(vote.row?, year), vote.weight))).collect();
    let mut here: Option<(&'static Region, f32)> = None;
    for depth in 0..3 {
        let mut children: BTreeMap<&str, (&'static Region, f32)> = BTreeMap::new();
        for (path, weight) in &paths {
            let inside =
                depth == 0 || here.is_some_and(|(unit, _)| path.get(depth - 1).is_some_and(|up| up.code == unit.code));
            if let Some(row) = path.get(depth).filter(|_| inside) {
                children.entry(row.code).or_insert((row, 0.0)).1 += weight;
            }
        }
        let most = children.values().map(|(_, weight)| *weight).fold(0.0, f32::max);
        let mut best = children.values().filter(|(_, weight)| *weight >= most);
        let (Some(child), None) = (best.next(), best.next()) else { break };
        if child.1 < SHARE * here.map_or(total, |(_, weight)| weight) {
            break;
        }
        here = Some(*child);
    }
    here.map(|(row, _)| row)
}

/// The heaviest votes for a unit and those in it, three at most, each text once.
fn evidence(mut votes: Vec<RegionVote>, unit: &Region) -> Vec<Evidence> {
    votes.retain(|vote| vote.row.is_some_and(|row| row.code == unit.code || is_below(row, unit)));
    votes.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut kept: Vec<Evidence> = Vec::new();
    for vote in votes {
        if kept.len() < 3 && kept.iter().all(|known| known.quote != vote.evidence.quote) {
            kept.push(vote.evidence);
        }
    }
    kept
}

fn info(row: &'static Region, year: Option<i16>, confidence: f32, evidence: Vec<Evidence>) -> RegionInfo {
    let path = path_of(row, year);
    let today: Vec<Vec<&str>> =
        regions().present(row.code).iter().map(|unit| codes(&regions().path(unit.code, None))).collect();
    let mut all = codes(&path);
    for code in today.iter().flatten() {
        if !all.contains(code) {
            all.push(code);
        }
    }
    RegionInfo {
        code: row.code.to_owned(),
        path: path.iter().map(|unit| unit.name.to_owned()).collect(),
        codes: all.into_iter().map(str::to_owned).collect(),
        today: common(&today).iter().map(|code| (*code).to_owned()).collect(),
        confidence,
        evidence,
    }
}

fn codes(path: &[&'static Region]) -> Vec<&'static str> {
    path.iter().map(|unit| unit.code).collect()
}

/// What the paths of several successors have in common from the province down.
fn common<'a>(paths: &[Vec<&'a str>]) -> Vec<&'a str> {
    let Some((first, others)) = paths.split_first() else { return Vec::new() };
    let shared = |depth: &usize| others.iter().all(|path| path.get(*depth) == first.get(*depth));
    first.iter().take((0..first.len()).take_while(shared).count()).copied().collect()
}

/// The region that an item or an option states, by code or name.
pub(super) fn stated_region(text: &str, year: Option<i16>) -> Option<RegionInfo> {
    unit(text.trim(), year).map(|row| info(row, year, 1.0, vec![Evidence::new("stated", text.trim())]))
}

/// Today's code of a stated region.
pub(super) fn code(text: &str) -> Option<String> {
    unit(text.trim(), None).map(|row| row.code.to_owned())
}

/// Today's code of the unit of which a text is the full name or the short form, the highest one.
/// `year`: that in which it has the name, where that is known.
pub(super) fn named_code(text: &str, year: Option<i16>) -> Option<String> {
    let folded: String = text.chars().map(fold).collect();
    let valid = |row: &Region| year.is_none_or(|year| row.valid_in(year));
    let rank = |row: &&Region| (!valid(row), year.is_none() && row.to.is_some(), row.level, row.code);
    regions().with_name(&folded).min_by_key(rank).map(|row| row.code.to_owned())
}

fn unit(text: &str, year: Option<i16>) -> Option<&'static Region> {
    let folded: String = text.chars().map(fold).filter(|c| !"/ ·>".contains(*c)).collect();
    let by_code = regions().at(&folded, year);
    let rank = |row: &&Region| (row.level, year.is_some_and(|year| !row.valid_in(year)), row.to.is_some(), row.code);
    by_code.or_else(|| regions().with_name(&folded).min_by_key(rank)).or_else(|| {
        mentions(&folded, year, &BTreeSet::new()).into_iter().rev().find_map(|mention| match mention.what {
            MentionTarget::Places(rows) => rows.first().copied(),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests;

//! The models of topics and of places, learned from some articles: weights, what a topic needs, and how sure what is stated is.

use crate::articles::{Known, Labelled, Source};
use crate::logistic::{Column, Row, fit};
use baoku::tables::{CalibrationTable, FocusTable, TopicWeights, focus, topic_weights, topics};
use std::collections::BTreeMap;

/// What was learned.
#[derive(Clone)]
pub(crate) struct Model {
    pub(crate) topics: TopicWeights,
    pub(crate) focus: FocusTable,
    pub(crate) confidence: CalibrationTable,
}

/// Parts that articles are left out in.
const FOLDS: usize = 8;

/// Log odds of the gate that count for a topic, at most.
const MOST_ODDS: f32 = 6.0;

/// The articles of each part, and the others.
pub(crate) fn folds<'a>(all: &[&'a Labelled]) -> Vec<(Vec<&'a Labelled>, Vec<&'a Labelled>)> {
    let part = |fold: usize| {
        let numbered = all.iter().copied().enumerate();
        let (tests, rest): (Vec<_>, Vec<_>) = numbered.partition(|(number, _)| number % FOLDS == fold);
        let plain = |part: Vec<(usize, &'a Labelled)>| part.into_iter().map(|(_, one)| one).collect();
        (plain(tests), plain(rest))
    };
    (0..FOLDS).map(part).collect()
}

/// Learns everything: what topics need and how sure things are from articles that the weights did not see.
pub(crate) fn learn(all: &[&Labelled]) -> Model {
    let mut topic_cases: Vec<Said> = Vec::new();
    let mut place_cases: Vec<Placed> = Vec::new();
    for (tests, rest) in folds(all) {
        let (table, focus) = weights(&rest);
        topic_cases.extend(tests.iter().flat_map(|one| said(one, &table)));
        place_cases.extend(tests.iter().filter_map(|one| placed(one, &focus)));
    }
    let (mut topics, mut focus) = weights(all);
    topics.least = least(&topic_cases);
    let chosen = |one: &&Said| f64::from(topics.least[one.topic][usize::from(!one.first)]) <= one.probability;
    let topic: Vec<[f64; 3]> = topic_cases.iter().filter(chosen).map(Said::pair).collect();
    let certain = least_place(&place_cases);
    focus.least = certain as f32;
    place_cases.retain(|one| one.probability >= certain && one.weight >= 1.0);
    let pair = |one: &Placed| [one.probability, f64::from(u8::from(one.right)), one.weight];
    let confidence = CalibrationTable { region: shares(place_cases.iter().map(pair).collect()), topic: shares(topic) };
    Model { topics, focus, confidence }
}

/// The weights alone.
fn weights(all: &[&Labelled]) -> (TopicWeights, FocusTable) {
    let mut table = topic_weights().clone();
    table.gate = gate(all);
    (table.field, table.topic) = fields(all, &table);
    let mut focus = focus().clone();
    focus.weights = places(all, &focus.weights);
    (table, focus)
}

/// Evidence that speaks for workers.
const FOR_WORKERS: [&str; 4] = ["union", "worker", "work", "sentences"];

fn gate(all: &[&Labelled]) -> BTreeMap<String, f32> {
    let names: Vec<&str> = {
        let mut names: Vec<&str> = all.iter().flat_map(|one| one.case.gate()).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let column = |name: &&str| match *name {
        "bias" => Column::free(0.01),
        "length" => Column::free(1.0),
        _ if FOR_WORKERS.contains(&name.split(' ').next().unwrap_or_default()) => Column::positive(1.0),
        _ => Column::negative(1.0),
    };
    let columns: Vec<Column> = names.iter().map(column).collect();
    let row = |one: &&Labelled| {
        let value =
            |(name, value): &(String, f32)| Some((names.binary_search(&name.as_str()).ok()?, f64::from(*value)));
        let values = one.case.gate().iter().filter_map(value).collect();
        Some(Row { values, right: one.workers?, weight: one.source.weight() })
    };
    let rows: Vec<Row> = all.iter().filter(|one| !one.case.is_foreign()).filter_map(row).collect();
    named(&names, &fit(&rows, &columns))
}

fn named(names: &[&str], weights: &[f64]) -> BTreeMap<String, f32> {
    names.iter().zip(weights).map(|(name, weight)| ((*name).to_owned(), *weight as f32)).collect()
}

/// Evidence of a topic that is weighed.
const FIELD: [&str; 10] =
    ["bias", "headline", "lead", "beside workers", "distinct", "of best", "share", "points", "weak density", "gate"];

/// Weights of the evidence of a topic, and what each topic needs more or less.
fn fields(all: &[&Labelled], table: &TopicWeights) -> (BTreeMap<String, f32>, BTreeMap<String, f32>) {
    let ids: Vec<&str> = topics().all().iter().map(|topic| topic.id.as_str()).collect();
    let mut columns: Vec<Column> = FIELD.iter().map(|_| Column::positive(0.5)).collect();
    columns[0] = Column::free(0.01);
    columns.extend(ids.iter().map(|_| Column::free(2.0)));
    let mut rows = Vec::new();
    for one in all.iter().filter(|one| !one.case.is_foreign()) {
        let odds = one.case.odds(table).clamp(-MOST_ODDS, MOST_ODDS);
        for (topic, evidence) in one.case.fields() {
            let right = one.topics.iter().any(|wanted| wanted == topic);
            if one.optional.contains(topic) && !right {
                continue;
            }
            let gate = [("gate", odds)];
            let found = evidence.iter().chain(&gate);
            let column = |name: &str| FIELD.iter().position(|known| *known == name);
            let mut values: Vec<(usize, f64)> =
                found.filter_map(|(name, value)| Some((column(name)?, f64::from(*value)))).collect();
            values.extend(ids.iter().position(|id| *id == topic).map(|at| (FIELD.len() + at, 1.0)));
            rows.push(Row { values, right, weight: one.source.weight() });
        }
    }
    let weights = fit(&rows, &columns);
    (named(&FIELD, &weights[..FIELD.len()]), named(&ids, &weights[FIELD.len()..]))
}

/// Evidence that speaks for a place, and against it; the rest may do either.
const FOR_PLACE: [&str; 10] = [
    "headline",
    "headline organ",
    "lead",
    "organ",
    "own unit",
    "count",
    "share",
    "spread",
    "dateline",
    "correspondent",
];
const FREE: [&str; 2] = ["bias", "length"];
/// Evidence that is not learned: no article comes with the home of its paper.
const STATED: [&str; 2] = ["home", "not at home"];

fn places(all: &[&Labelled], stated: &BTreeMap<String, f32>) -> BTreeMap<String, f32> {
    let mut names: Vec<&str> = all
        .iter()
        .filter_map(|one| one.place.as_ref())
        .flat_map(|place| place.evidence())
        .map(|(name, _)| *name)
        .filter(|name| !STATED.contains(name))
        .collect();
    names.sort_unstable();
    names.dedup();
    let column = |name: &&str| match *name {
        "bias" => Column::free(0.01),
        name if FREE.contains(&name) => Column::free(1.0),
        name if FOR_PLACE.contains(&name) => Column::positive(1.0),
        _ => Column::negative(1.0),
    };
    let columns: Vec<Column> = names.iter().map(column).collect();
    let row = |one: &&Labelled| {
        let value = |(name, value): &(&'static str, f32)| Some((names.binary_search(name).ok()?, f64::from(*value)));
        let values = one.place.as_ref()?.evidence().iter().filter_map(value).collect();
        let weight = if one.source == Source::Daily { 0.5 } else { one.source.weight() };
        Some(Row { values, right: is_of_place(one)?, weight })
    };
    let rows: Vec<Row> = all.iter().filter_map(row).collect();
    let mut weights = named(&names, &fit(&rows, &columns));
    weights.extend(stated.iter().filter(|(name, _)| STATED.contains(&name.as_str())).map(|(a, b)| (a.clone(), *b)));
    weights
}

/// Whether an article is of the province that it names most; nothing where that cannot be told.
fn is_of_place(one: &Labelled) -> Option<bool> {
    let place = one.place.as_ref()?;
    let province = place.path().first()?;
    let dateline = place.evidence().iter().any(|(name, value)| *name == "dateline" && *value > 0.0);
    match &one.known {
        Known::Nothing => None,
        Known::SentFromNoPlace => {
            let in_title = one.title.contains(&province.chars().take(2).collect::<String>());
            (!in_title).then_some(false)
        }
        Known::SentFromPlace => Some(dateline),
        known => {
            let provinces = known.provinces();
            let within = provinces.contains(province.as_str());
            let unsure = within && provinces.contains("");
            (!unsure).then_some(within)
        }
    }
}

/// A topic of an article that the weights did not see.
pub(crate) struct Said {
    topic: &'static str,
    /// Whether it is the most probable one.
    first: bool,
    probability: f64,
    right: bool,
    weight: f64,
}

impl Said {
    fn pair(&self) -> [f64; 3] {
        [self.probability, f64::from(u8::from(self.right)), self.weight]
    }
}

fn said(one: &Labelled, table: &TopicWeights) -> Vec<Said> {
    if one.case.is_foreign() || one.case.odds(table) < table.least_gate {
        return Vec::new();
    }
    let topics = one.case.probabilities(table).into_iter().enumerate();
    let decided = topics
        .filter(|(_, (topic, _))| one.topics.iter().any(|wanted| wanted == topic) || !one.optional.contains(*topic));
    let said = |(rank, (topic, probability)): (usize, (&'static str, f32))| Said {
        topic,
        first: rank == 0,
        probability: f64::from(probability),
        right: one.topics.iter().any(|wanted| wanted == topic),
        weight: one.source.weight(),
    };
    decided.map(said).collect()
}

/// How precise each topic shall be.
const PRECISION: [f64; 2] = [0.9, 0.85];
/// How much all topics together count for one of them.
const PRIOR: f64 = 8.0;

/// The least probability of each topic, as the first of an article and as a further one, at which as many are right as shall
/// be: a topic with few cases does as all do.
fn least(cases: &[Said]) -> BTreeMap<String, [f32; 2]> {
    let one = |topic: &str, first: bool| {
        let own: Vec<&Said> = cases.iter().filter(|case| case.first == first && case.topic == topic).collect();
        let all: Vec<&Said> = cases.iter().filter(|case| case.first == first).collect();
        let steps = (4..=17).map(|step| f64::from(step) * 0.05);
        let precise = |least: &f64| {
            let (right, said) = counted(&own, *least);
            let (all_right, all_said) = counted(&all, *least);
            (right + PRIOR * all_right / all_said.max(1.0)) / (said + PRIOR) >= PRECISION[usize::from(!first)]
        };
        steps.into_iter().find(precise).unwrap_or(0.9) as f32
    };
    topics().all().iter().map(|topic| (topic.id.clone(), [one(&topic.id, true), one(&topic.id, false)])).collect()
}

/// What is right and what is said from a probability on, weighed.
fn counted(cases: &[&Said], least: f64) -> (f64, f64) {
    let said = cases.iter().filter(|case| case.probability >= least);
    said.fold((0.0, 0.0), |(right, all), case| (right + if case.right { case.weight } else { 0.0 }, all + case.weight))
}

/// What was said of the place of an article that the weights did not see.
struct Placed {
    probability: f64,
    /// Whether the place is right, and whether none would be.
    right: bool,
    none: bool,
    weight: f64,
}

fn placed(one: &Labelled, focus: &FocusTable) -> Option<Placed> {
    let place = one.place.as_ref()?;
    let right = one.known.is_right(&place.path().join("/"))?;
    let none = one.known.is_right("")?;
    Some(Placed { probability: f64::from(place.probability(focus)), right, none, weight: one.source.weight() })
}

/// The least probability of a place with which most is right.
fn least_place(cases: &[Placed]) -> f64 {
    let worth = |least: f64| {
        let right = cases.iter().filter(|one| if one.probability >= least { one.right } else { one.none });
        right.map(|one| one.weight).sum::<f64>()
    };
    let steps: Vec<f64> = (8..=15).map(|step| f64::from(step) * 0.05).collect();
    let best = steps.iter().map(|least| worth(*least)).fold(0.0, f64::max);
    steps.into_iter().find(|least| worth(*least) >= best).unwrap_or(0.5)
}

/// Groups of equal size that shares are told from.
const GROUPS: usize = 6;

/// The share that is right by the probability: of groups of equal size, where the share of a higher group is not lower.
fn shares(mut pairs: Vec<[f64; 3]>) -> Vec<[f32; 2]> {
    pairs.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let size = pairs.len().div_ceil(GROUPS).max(1);
    let mut groups: Vec<[f64; 3]> = Vec::new();
    for chunk in pairs.chunks(size) {
        let weight: f64 = chunk.iter().map(|pair| pair[2]).sum();
        let mean = |at: usize| chunk.iter().map(|pair| pair[at] * pair[2]).sum::<f64>() / weight;
        groups.push([mean(0), mean(1), weight]);
        while let [.., before, last] = groups.as_slice()
            && before[1] >= last[1]
        {
            let weight = before[2] + last[2];
            let both = |at: usize| (before[at] * before[2] + last[at] * last[2]) / weight;
            let joined = [both(0), both(1), weight];
            groups.truncate(groups.len() - 2);
            groups.push(joined);
        }
    }
    groups.into_iter().map(|[at, share, _]| [at as f32, share.min(0.99) as f32]).collect()
}

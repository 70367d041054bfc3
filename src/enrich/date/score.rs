//! Observations weighed: how probable each year is, and each day of a year.
//!
//! What is known of a day of any year says which days of a year are likely and nothing of the year; what ties day and year
//! together (moving festivals, the traditional calendar, words that begin in a month) counts for both.

use super::calendar::{DistanceBins, DistanceScope, anchors, days, is_of_months, is_silent, scope, year_bin};
use super::days::DayDistribution;
use super::observe::{Observation, ObservedTime};
use super::words::WordScores;
use crate::enrich::neighbours::DayContext;
use crate::model::Date;
use crate::tables::{DateEvidence, date_evidence};
use std::borrow::Cow;

/// A year whose score is this far below the best one is left out.
const FAR_BELOW: f64 = 7.0;
/// More than sums of weights differ by the order in which they are added.
const ROUNDING: f64 = 1e-6;
/// A leap year, whose days stand for those of any year.
const LEAP: i16 = 2000;

/// An observation with its weights, repeats counted.
struct WeightedObservation {
    seen: ObservedTime,
    scope: DistanceScope,
    weights: Vec<f64>,
}

impl WeightedObservation {
    fn weight(&self, bin: Option<usize>) -> f64 {
        bin.and_then(|bin| self.weights.get(bin)).copied().unwrap_or(0.0)
    }
}

/// All that is observed of a page, with the table.
struct ObservationWeights<'a> {
    table: &'a DateEvidence,
    bins: DistanceBins<'a>,
    observed: Vec<WeightedObservation>,
}

fn weighed(table: &DateEvidence, one: &Observation) -> WeightedObservation {
    let times = (one.count.min(4) as f64).sqrt();
    let weights = table.weights.get(&one.kind).into_iter().flatten().map(|weight| times * weight);
    WeightedObservation { seen: one.seen, scope: scope(one.seen), weights: weights.collect() }
}

/// How probable each day is after all that is observed; nothing where there is no year.
pub(in crate::enrich) fn distribution(
    table: &DateEvidence,
    observed: &[Observation],
    words: &WordScores,
    beside: DayContext,
) -> Option<DayDistribution> {
    let observed = observed.iter().map(|one| weighed(table, one)).collect();
    let all = ObservationWeights { table, bins: DistanceBins::from_edges(&table.edges), observed };
    let usual = UsualYear::from_weights(&all);
    let years: Vec<(i16, f64, Vec<f64>)> = years(&all, words, beside);
    let most = years.iter().map(|(_, score, joint)| score + best(joint)).fold(f64::NEG_INFINITY, f64::max);
    let near = years.into_iter().filter(|(_, score, joint)| score + best(joint) > most - FAR_BELOW);
    let mut shares = Vec::new();
    for (year, score, joint) in near {
        let tied = best(&joint);
        let share = (score + tied - most).exp();
        let past = beside.until.map_or(usize::MAX, |until| days(year).partition_point(|day| *day <= until));
        let of_days = usual.shares(&all, year);
        let days = days(year).iter().copied().zip(of_days.iter().copied()).take(past);
        if joint.is_empty() {
            shares.extend(days.map(|(day, of_day)| (day, share * of_day)));
        } else {
            let mut factor = Factor::default();
            shares
                .extend(days.zip(&joint).map(|((day, of_day), joint)| (day, share * of_day * factor.of(joint - tied))));
        }
    }
    DayDistribution::of_shares(shares)
}

/// The factor of a logarithm, kept while the same one comes again: what ties days to a year is alike for most of a month.
struct Factor(f64, f64);

impl Default for Factor {
    fn default() -> Self {
        Self(0.0, 1.0)
    }
}

impl Factor {
    fn of(&mut self, logarithm: f64) -> f64 {
        if logarithm.to_bits() != self.0.to_bits() {
            *self = Self(logarithm, logarithm.exp());
        }
        self.1
    }
}

/// The greatest of some scores; of no scores that of nothing.
fn best(scores: &[f64]) -> f64 {
    if scores.is_empty() { 0.0 } else { scores.iter().copied().fold(f64::NEG_INFINITY, f64::max) }
}

/// The years that can be near the best one, in order, each with its score and what ties the days to it. What ties them is
/// found for the most promising years first, and no more where the rest cannot come near.
fn years(all: &ObservationWeights, words: &WordScores, beside: DayContext) -> Vec<(i16, f64, Vec<f64>)> {
    let table = all.table;
    let of_year = |year| all.observed.iter().map(|one| one.weight(year_bin(&table.edges, one.seen, year))).sum::<f64>();
    let scored = table.years(beside.until.map(Date::year)).map(|(year, prior)| {
        let score = prior + table.temper.year * (of_year(year) + words.of_year(table, year));
        (year, score, score + most_joint(all, beside, year))
    });
    let mut scored: Vec<(i16, f64, f64)> = scored.collect();
    scored.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let (mut most, mut near) = (f64::NEG_INFINITY, Vec::new());
    for (year, score, bound) in scored {
        if bound <= most - FAR_BELOW - ROUNDING {
            break;
        }
        let joint = joint(all, beside, year);
        most = most.max(score + best(&joint));
        near.push((year, score, joint));
    }
    near.sort_by_key(|(year, ..)| *year);
    near
}

/// The most that can tie a day of a year to it.
fn most_joint(all: &ObservationWeights, beside: DayContext, year: i16) -> f64 {
    let joint = all.observed.iter().filter(|one| one.scope == DistanceScope::Joint);
    let most = |one: &WeightedObservation| {
        if !is_of_months(one.seen) {
            return one.weights.iter().copied().fold(0.0, f64::max);
        }
        let days = months(year).into_iter().flatten();
        days.map(|day| one.weight(all.bins.of_day(one.seen, day, 0, &[]))).fold(f64::NEG_INFINITY, f64::max)
    };
    all.table.temper.joint * joint.map(most).sum::<f64>() + beside.most_in(year)
}

/// The first days of the months of a year.
fn months(year: i16) -> [Option<Date>; 12] {
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|month| Date::new(year, month, 1))
}

/// What ties the days of a year to it, for each day; nothing where nothing does.
fn joint(all: &ObservationWeights, beside: DayContext, year: i16) -> Vec<f64> {
    if beside.is_empty() && all.observed.iter().all(|one| one.scope != DistanceScope::Joint) {
        return Vec::new();
    }
    let mut scores = vec![0.0; days(year).len()];
    add(all, DistanceScope::Joint, year, &mut scores);
    for (day, score) in days(year).iter().zip(&mut scores) {
        *score = *score * all.table.temper.joint + beside.of_day(*day);
    }
    scores
}

/// The days of any year, by their number in a leap year.
struct UsualYear {
    scores: Vec<f64>,
    /// The shares of the days of a year of 365 and of 366 days, where nothing says more of the days of one year.
    shares: Option<[Vec<f64>; 2]>,
}

/// The number of the leap day in its year.
const LEAP_DAY: usize = 59;

impl UsualYear {
    fn from_weights(all: &ObservationWeights) -> Self {
        let mut scores = vec![0.0; days(LEAP).len()];
        add(all, DistanceScope::DayOfYear, LEAP, &mut scores);
        let mut usual = Self { scores, shares: None };
        if all.observed.iter().all(|one| one.scope != DistanceScope::Within) {
            let shares = |leap| shares_of(usual.of_days(leap).map(|score| score * all.table.temper.day).collect());
            usual.shares = Some([shares(false), shares(true)]);
        }
        usual
    }

    /// The shares of the days of a year, which add up to one: what says nothing of the year but of its days.
    fn shares(&self, all: &ObservationWeights, year: i16) -> Cow<'_, [f64]> {
        let leap = days(year).len() == self.scores.len();
        if let Some(shares) = &self.shares {
            return Cow::Borrowed(&shares[usize::from(leap)]);
        }
        let mut scores: Vec<f64> = self.of_days(leap).collect();
        add(all, DistanceScope::Within, year, &mut scores);
        scores.iter_mut().for_each(|score| *score *= all.table.temper.day);
        Cow::Owned(shares_of(scores))
    }

    fn of_days(&self, leap: bool) -> impl Iterator<Item = f64> {
        self.scores.iter().enumerate().filter(move |(n, _)| leap || *n != LEAP_DAY).map(|(_, score)| *score)
    }
}

/// Shares that add up to one, of their logarithms.
fn shares_of(mut scores: Vec<f64>) -> Vec<f64> {
    let most = best(&scores);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|share| *share /= sum);
    scores
}

/// Adds what the observations of a scope say of each day of a year.
fn add(all: &ObservationWeights, of: DistanceScope, year: i16, scores: &mut [f64]) {
    for one in all.observed.iter().filter(|one| one.scope == of && !is_silent(one.seen, year)) {
        add_one(one, &all.bins, year, scores);
    }
}

/// Adds what an observation says of each day of a year.
fn add_one(one: &WeightedObservation, bins: &DistanceBins, year: i16, scores: &mut [f64]) {
    let days = days(year);
    let Some(first) = days.first().copied() else { return };
    let anchors = anchors(one.seen, first);
    if bins.add_by_days(one.seen, &anchors, &one.weights, scores) {
        return;
    }
    let weight = |day: Date, n: usize| one.weight(bins.of_day(one.seen, day, n as i64, &anchors));
    if is_of_months(one.seen) {
        let months = months(year).map(|day| weight(day.unwrap_or(first), 0));
        let of = |day: &Date| months.get(usize::try_from(day.month() - 1).unwrap_or(0)).copied().unwrap_or(0.0);
        days.iter().zip(scores).for_each(|(day, score)| *score += of(day));
        return;
    }
    days.iter().enumerate().zip(scores).for_each(|((n, day), score)| *score += weight(*day, n));
}

/// How much more each observation says for a day than for another year, or than for the days of its year on average.
pub(super) fn advantages(observed: &[Observation], best: Date, rival: i16) -> Vec<f64> {
    let table = date_evidence();
    let bins = DistanceBins::from_edges(&table.edges);
    observed.iter().map(|one| advantage(&weighed(table, one), &bins, best, rival)).collect()
}

fn advantage(one: &WeightedObservation, bins: &DistanceBins, best: Date, rival: i16) -> f64 {
    if one.scope == DistanceScope::Year {
        let year = |year| one.weight(year_bin(&date_evidence().edges, one.seen, year));
        return year(best.year()) - year(rival);
    }
    let of_year = |year: i16| {
        let first = days(year).first().copied().unwrap_or(best);
        let anchors = anchors(one.seen, first);
        move |day: Date| one.weight(bins.of_day(one.seen, day, day.days_since(first), &anchors))
    };
    let own = of_year(best.year());
    let mut all = vec![0.0; days(best.year()).len()];
    add_one(one, bins, best.year(), &mut all);
    let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
    let other = Date::new(rival, best.month(), best.day()).filter(|_| one.scope == DistanceScope::Joint);
    own(best) - other.map_or(mean, of_year(rival)).min(mean)
}

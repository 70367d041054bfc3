//! Observations weighed: how probable each year is, and each day of a year.
//!
//! What is known of a day of any year says which days of a year are likely and nothing of the year; what ties day and year
//! together (moving feasts, the traditional calendar, words that begin in a month) counts for both.

use super::calendar::{Scope, anchors, day_bin, scope, year_bin};
use super::days::Days;
use super::observe::{Observation, Seen};
use super::words::WordScores;
use crate::enrich::neighbours::Beside;
use crate::model::Date;
use crate::tables::{DateEvidence, date_evidence};

/// A year whose score is this far below the best one is left out.
const FAR_BELOW: f64 = 9.0;
/// A leap year, whose days stand for those of any year.
const LEAP: i16 = 2000;

/// An observation with its weights.
struct Weighed<'a> {
    seen: Seen,
    scope: Scope,
    times: f64,
    weights: &'a [f64],
}

impl Weighed<'_> {
    fn weight(&self, bin: Option<usize>) -> f64 {
        self.times * bin.and_then(|bin| self.weights.get(bin)).copied().unwrap_or(0.0)
    }
}

fn weighed<'a>(table: &'a DateEvidence, one: &Observation) -> Weighed<'a> {
    let weights = table.weights.get(&one.kind).map_or(&[][..], |weights| weights);
    Weighed { seen: one.seen, scope: scope(one.seen), times: (one.count.min(4) as f64).sqrt(), weights }
}

/// How probable each day is after all that is observed; nothing where there is no year.
pub(in crate::enrich) fn distribution(
    table: &DateEvidence,
    observed: &[Observation],
    words: &WordScores,
    beside: Beside,
) -> Option<Days> {
    let all: Vec<Weighed> = observed.iter().map(|one| weighed(table, one)).collect();
    let any_year = any_year(table, &all);
    let years: Vec<(i16, f64, Vec<f64>)> = years(table, &all, words, beside);
    let most = years.iter().map(|(_, score, joint)| score + best(joint)).fold(f64::NEG_INFINITY, f64::max);
    let near = years.into_iter().filter(|(_, score, joint)| score + best(joint) > most - FAR_BELOW);
    Days::of_scores(
        near.flat_map(|(year, score, joint)| of_year(table, &all, &any_year, (year, score), &joint)).collect(),
    )
}

/// The greatest of some scores; of no scores that of nothing.
fn best(scores: &[f64]) -> f64 {
    if scores.is_empty() { 0.0 } else { scores.iter().copied().fold(f64::NEG_INFINITY, f64::max) }
}

/// The score of each year that the table gives a weight, and what ties the days to it.
fn years(table: &DateEvidence, all: &[Weighed], words: &WordScores, beside: Beside) -> Vec<(i16, f64, Vec<f64>)> {
    let every = table.prior.iter().flat_map(|prior| (prior.from..=prior.to).map(|year| (year, prior.weight.ln())));
    let of_year = |year| all.iter().map(|one| one.weight(year_bin(&table.edges, one.seen, year))).sum::<f64>();
    let scored = every.map(|(year, prior)| {
        let score = prior + table.temper.year * (of_year(year) + words.of_year(table, year));
        (year, score, joint(table, all, beside, year))
    });
    scored.collect()
}

/// What ties the days of a year to it, for each day; nothing where nothing does.
fn joint(table: &DateEvidence, all: &[Weighed], beside: Beside, year: i16) -> Vec<f64> {
    if beside.is_empty() && all.iter().all(|one| one.scope != Scope::Joint) {
        return Vec::new();
    }
    let mut scores = vec![0.0; days(year).len()];
    add(table, all, Scope::Joint, year, &mut scores);
    for (day, score) in days(year).into_iter().zip(&mut scores) {
        *score = *score * table.temper.joint + beside.of_day(day);
    }
    scores
}

/// The scores of the days of any year, by their number in a leap year.
fn any_year(table: &DateEvidence, all: &[Weighed]) -> Vec<f64> {
    let mut scores = vec![0.0; days(LEAP).len()];
    add(table, all, Scope::DayOfYear, LEAP, &mut scores);
    scores
}

/// Adds what the observations of a scope say of each day of a year.
fn add(table: &DateEvidence, all: &[Weighed], of: Scope, year: i16, scores: &mut [f64]) {
    let days = days(year);
    let Some(first) = days.first().copied() else { return };
    for one in all.iter().filter(|one| one.scope == of) {
        let anchors = anchors(one.seen, first);
        for ((n, day), score) in days.iter().enumerate().zip(&mut *scores) {
            *score += one.weight(day_bin(&table.edges, one.seen, *day, n as i64, &anchors));
        }
    }
}

pub(super) fn days(year: i16) -> Vec<Date> {
    let Some(first) = Date::new(year, 1, 1) else { return Vec::new() };
    (0..366).filter_map(|n| first.plus(n)).filter(|day| day.year() == year).collect()
}

/// The scores of the days of a year. Those that say nothing of the year add up to its score.
fn of_year(
    table: &DateEvidence,
    all: &[Weighed],
    any_year: &[f64],
    (year, score): (i16, f64),
    joint: &[f64],
) -> Vec<(Date, f64)> {
    let days = days(year);
    let leap_day = 59;
    let skipped = days.len() < any_year.len();
    let mut scores: Vec<f64> =
        any_year.iter().enumerate().filter(|(n, _)| !(skipped && *n == leap_day)).map(|(_, score)| *score).collect();
    add(table, all, Scope::Within, year, &mut scores);
    scores.iter_mut().for_each(|score| *score *= table.temper.day);
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum = most + scores.iter().map(|one| (one - most).exp()).sum::<f64>().ln();
    let tied = joint.iter().copied().chain(std::iter::repeat(0.0));
    days.into_iter().zip(scores).zip(tied).map(|((day, one), tied)| (day, score + one - sum + tied)).collect()
}

/// How much more an observation says for a day than for another year, or than for the days of its year on average.
pub(super) fn advantage(one: &Observation, best: Date, rival: i16) -> f64 {
    let table = date_evidence();
    let one = weighed(table, one);
    let of = |day: Date| {
        let Some(first) = Date::new(day.year(), 1, 1) else { return 0.0 };
        one.weight(day_bin(&table.edges, one.seen, day, day.days_since(first), &anchors(one.seen, first)))
    };
    if one.scope == Scope::Year {
        let year = |year| one.weight(year_bin(&table.edges, one.seen, year));
        return year(best.year()) - year(rival);
    }
    let days = days(best.year());
    let mean = days.iter().map(|day| of(*day)).sum::<f64>() / days.len().max(1) as f64;
    let other = Date::new(rival, best.month(), best.day()).filter(|_| one.scope == Scope::Joint).map_or(mean, of);
    of(best) - other.min(mean)
}

//! Observations weighed: how probable each year is, and each day of a year.

use super::days::Days;
use super::observe::{Observation, Seen};
use super::words::WordScores;
use crate::model::Date;
use crate::tables::{DateEvidence, date_evidence, date_words};

/// A year whose score is this far below the best one is left out.
const FAR_BELOW: f64 = 9.0;
/// Days before and after a day with its year that it says something of.
const HALF_A_YEAR: i64 = 183;
/// The distance that stands for a weekday that does not fit.
const NO_FIT: i16 = 9;

/// How probable each day is after all that is observed; nothing where there is no year.
pub(in crate::enrich) fn distribution(observed: &[Observation], words: &WordScores) -> Option<Days> {
    let years = years(observed, words);
    let most = years.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    let near = years.into_iter().filter(|(_, score)| *score > most - FAR_BELOW);
    Days::of_scores(near.flat_map(|(year, score)| of_year(observed, year, score)).collect())
}

/// The score of each year that the table gives a weight.
fn years(observed: &[Observation], words: &WordScores) -> Vec<(i16, f64)> {
    let table = date_evidence();
    let all = table.prior.iter().flat_map(|prior| (prior.from..=prior.to).map(|year| (year, prior.weight.ln())));
    let said = |year| observed.iter().map(|one| of_observation(table, one, year)).sum::<f64>() + words.of_year(year);
    all.map(|(year, prior)| (year, prior + table.temper.year * said(year))).collect()
}

/// What an observation says of a year.
fn of_observation(table: &DateEvidence, one: &Observation, year: i16) -> f64 {
    let distance = match one.seen {
        Seen::Year(of) => year - of,
        Seen::Years(from, to) => (year - from).min(0) + (year - to).max(0),
        Seen::Weekday(month, day, weekday) => {
            let fits = Date::new(year, month, day).is_some_and(|day| day.weekday() == weekday);
            if fits { 0 } else { NO_FIT }
        }
        _ => return 0.0,
    };
    times(one) * table.weight(&one.kind, bin(&table.edges.year, i64::from(distance)))
}

/// How much more an observation says for a day than for another year, or than for the days of its year on average.
pub(super) fn advantage(one: &Observation, best: Date, rival: i16) -> f64 {
    let table = date_evidence();
    if matches!(one.seen, Seen::Year(_) | Seen::Years(..) | Seen::Weekday(..)) {
        return of_observation(table, one, best.year()) - of_observation(table, one, rival);
    }
    let Some(first) = Date::new(best.year(), 1, 1) else { return 0.0 };
    let anchors = anchors(one.seen, best.year());
    let of = |n: i64| first.plus(n).map_or(0.0, |day| of_day(table, one, day, n, &anchors));
    let mean = (0..365).map(of).sum::<f64>() / 365.0;
    of(best.days_since(first)) - mean
}

/// What repeats of an observation multiply it with.
fn times(one: &Observation) -> f64 {
    (one.count.min(4) as f64).sqrt()
}

/// The number of the bin of a distance.
fn bin(edges: &[i64], distance: i64) -> usize {
    edges.partition_point(|edge| *edge <= distance)
}

/// The scores of the days of a year, which add up to the score of the year.
fn of_year(observed: &[Observation], year: i16, score: f64) -> Vec<(Date, f64)> {
    let table = date_evidence();
    let Some(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let days: Vec<Date> = (0..366).filter_map(|n| first.plus(n)).filter(|day| day.year() == year).collect();
    let mut scores = vec![0.0; days.len()];
    for one in observed {
        let anchors = anchors(one.seen, year);
        for (n, day) in days.iter().enumerate() {
            scores[n] += table.temper.day * of_day(table, one, *day, n as i64, &anchors);
        }
    }
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum = most + scores.iter().map(|one| (one - most).exp()).sum::<f64>().ln();
    days.into_iter().zip(scores).map(|(day, one)| (day, score + one - sum)).collect()
}

/// What an observation says of a day; `n`: its number in its year; `anchors`: the days that it points to, by theirs.
fn of_day(table: &DateEvidence, one: &Observation, day: Date, n: i64, anchors: &[i64]) -> f64 {
    let edges = &table.edges;
    let found = match one.seen {
        Seen::Day(..) | Seen::Feast(_) => nearest(anchors, n).map(|days| bin(&edges.day, days)),
        Seen::Full(_) => nearest(anchors, n).filter(|days| days.abs() <= HALF_A_YEAR).map(|days| bin(&edges.day, days)),
        Seen::Month(month) => {
            let months = i64::from(day.month() - month + 5).rem_euclid(12) - 5;
            Some(bin(&edges.month, months))
        }
        Seen::YearMonth(year, month) => {
            let months = i64::from(day.year() - year) * 12 + i64::from(day.month() - month);
            (-5..=6).contains(&months).then(|| bin(&edges.month, months))
        }
        Seen::DayOfMonth(of) => {
            let days = i64::from(day.day() - of + 15).rem_euclid(31) - 15;
            Some(bin(&edges.day_of_month, days))
        }
        Seen::Year(_) | Seen::Years(..) | Seen::Weekday(..) => None,
    };
    found.map_or(0.0, |bin| times(one) * table.weight(&one.kind, bin))
}

/// Days from the nearest of some days.
fn nearest(anchors: &[i64], n: i64) -> Option<i64> {
    anchors.iter().map(|anchor| n - anchor).min_by_key(|days| days.abs())
}

/// The days that an observation points to, in a year and the years beside it, counted from its first day.
fn anchors(seen: Seen, year: i16) -> Vec<i64> {
    let Some(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let years = [year - 1, year, year + 1].into_iter();
    let found: Vec<Date> = match seen {
        Seen::Day(month, day) => years.filter_map(|year| Date::new(year, month, day)).collect(),
        Seen::Feast(number) => {
            let feast = date_words().feast.get(number);
            let day =
                |year| feast.and_then(|feast| date_words().day_of(feast, year)).map(|(month, day)| (year, month, day));
            years.filter_map(day).filter_map(|(year, month, day)| Date::new(year, month, day)).collect()
        }
        Seen::Full(day) => vec![day],
        _ => Vec::new(),
    };
    found.into_iter().map(|day| day.days_since(first)).collect()
}

//! How near a day is to what an observation points to: the bin of the table for each day.

use super::lunar;
use super::observe::ObservedTime;
use crate::model::Date;
use crate::tables::{BinEdges, Month, date_words};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Years whose days are known.
const FIRST_YEAR: i16 = 1949;
const LAST_YEAR: i16 = 2050;
/// Days before and after a day with its year that it says something of.
const HALF_A_YEAR: i64 = 183;
/// The distance that stands for a weekday or a pair of days that does not fit.
const NO_FIT: i64 = 9;
/// Days before a lunar new year from which the year to come is spoken of.
const NEW_YEAR_AHEAD: i64 = 45;

/// What a distance of an observation is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DistanceScope {
    /// The year alone.
    Year,
    /// Month and day alone, alike in every year.
    DayOfYear,
    /// The day within its year: it says which days of a year are likely, and nothing of the year.
    Within,
    /// Year and day together.
    Joint,
}

/// What the distance of an observation is known from.
pub(super) fn scope(seen: ObservedTime) -> DistanceScope {
    match seen {
        ObservedTime::Year(_) | ObservedTime::Years(..) | ObservedTime::Weekday(..) | ObservedTime::LunarPair(..) => {
            DistanceScope::Year
        }
        ObservedTime::Day(..) | ObservedTime::Month(_) | ObservedTime::DayOfMonth(_) => DistanceScope::DayOfYear,
        ObservedTime::Full(_) | ObservedTime::YearMonth(..) => DistanceScope::Within,
        ObservedTime::Feast(_) | ObservedTime::Months(..) | ObservedTime::Cycle(..) | ObservedTime::Lunar(..) => {
            DistanceScope::Joint
        }
    }
}

/// The bin of a year.
pub(super) fn year_bin(edges: &BinEdges, seen: ObservedTime, year: i16) -> Option<usize> {
    let fits = |fits: bool| if fits { 0 } else { NO_FIT };
    let distance = match seen {
        ObservedTime::Year(of) => i64::from(year - of),
        ObservedTime::Years(from, to) => i64::from((year - from).min(0) + (year - to).max(0)),
        ObservedTime::Weekday(month, day, weekday) => {
            fits(Date::new(year, month, day).is_some_and(|day| day.weekday() == weekday))
        }
        ObservedTime::LunarPair(month, day, of, on) => {
            let lunar = [year - 1, year].into_iter().filter_map(|year| lunar::date(year, of, on));
            let lunar: Vec<Date> = lunar.collect();
            fits(Date::new(year, month, day).is_some_and(|day| lunar.contains(&day)))
        }
        _ => return None,
    };
    Some(bin(&edges.year, distance))
}

/// The days of a year that an observation is measured from, counted from its first day.
pub(super) fn anchors(seen: ObservedTime, first: Date) -> Vec<i64> {
    let years = [first.year() - 1, first.year(), first.year() + 1].into_iter();
    let words = date_words();
    let found: Vec<Date> = match seen {
        ObservedTime::Day(month, day) => years.filter_map(|year| Date::new(year, month, day)).collect(),
        ObservedTime::Lunar(month, day) => years.filter_map(|year| lunar::date(year, month, day)).collect(),
        ObservedTime::Feast(number) => {
            let day = |year| {
                let (month, day) = words.day_of(words.feast.get(number)?, year)?;
                Date::new(year, month, day)
            };
            years.filter_map(day).collect()
        }
        ObservedTime::Full(day) => vec![day],
        _ => Vec::new(),
    };
    found.into_iter().map(|day| day.days_since(first)).collect()
}

/// The bins of distances, looked up: they are asked for many days of many years.
pub(super) struct DistanceBins<'a> {
    edges: &'a BinEdges,
    /// Those of days from this many before to this many after.
    days: Vec<usize>,
}

/// Distances in days that are looked up; a greater one is of the first bin, or of the last.
const FARTHEST: i64 = 400;

impl<'a> DistanceBins<'a> {
    /// The bins of a table.
    pub(super) fn from_edges(edges: &'a BinEdges) -> Self {
        Self { edges, days: (-FARTHEST..=FARTHEST).map(|days| bin(&edges.day, days)).collect() }
    }

    fn day(&self, distance: i64) -> usize {
        let at = (distance.clamp(-FARTHEST, FARTHEST) + FARTHEST) as usize;
        self.days.get(at).copied().unwrap_or(0)
    }

    /// Adds to the scores of the days of a year what the weights of an observation say of them; whether it says it by days
    /// from `anchors`, in order, and so could be added here.
    pub(super) fn add_by_days(&self, seen: ObservedTime, anchors: &[i64], weights: &[f64], scores: &mut [f64]) -> bool {
        let most = match seen {
            ObservedTime::Day(..) | ObservedTime::Feast(_) | ObservedTime::Lunar(..) => i64::MAX / 4,
            ObservedTime::Full(_) => HALF_A_YEAR,
            _ => return false,
        };
        let last = scores.len() as i64 - 1;
        for (at, anchor) in anchors.iter().enumerate() {
            // A day between two anchors is nearer to the earlier one where both are as far.
            let from = at.checked_sub(1).map_or(0, |before| (anchors[before] + anchor).div_euclid(2) + 1);
            let to = anchors.get(at + 1).map_or(last, |next| (anchor + next).div_euclid(2));
            let (from, to) = (from.max(0).max(anchor - most), to.min(last).min(anchor + most));
            for n in from..=to {
                scores[n as usize] += weights.get(self.day(n - anchor)).copied().unwrap_or(0.0);
            }
        }
        true
    }

    /// The bin of a day; `n`: its number in its year; `anchors`: the days that the observation points to, by theirs.
    pub(super) fn of_day(&self, seen: ObservedTime, day: Date, n: i64, anchors: &[i64]) -> Option<usize> {
        let edges = self.edges;
        match seen {
            ObservedTime::Day(..) | ObservedTime::Feast(_) | ObservedTime::Lunar(..) => {
                nearest(anchors, n).map(|days| self.day(days))
            }
            ObservedTime::Full(_) => {
                nearest(anchors, n).filter(|days| days.abs() <= HALF_A_YEAR).map(|days| self.day(days))
            }
            ObservedTime::Month(month) => {
                let months = i64::from(day.month() - month + 5).rem_euclid(12) - 5;
                Some(bin(&edges.month, months))
            }
            ObservedTime::YearMonth(year, month) => {
                let months = i64::from(day.year() - year) * 12 + i64::from(day.month() - month);
                (-5..=6).contains(&months).then(|| bin(&edges.month, months))
            }
            ObservedTime::DayOfMonth(of) => {
                let days = i64::from(day.day() - of + 15).rem_euclid(31) - 15;
                Some(bin(&edges.day_of_month, days))
            }
            ObservedTime::Months(from, to) => {
                Some(bin(&edges.year, years_outside(Month::new(day.year(), day.month()), from, to)))
            }
            ObservedTime::Cycle(period, year) => {
                Some(bin(&edges.year, if in_cycle(day, period, year) { 0 } else { NO_FIT }))
            }
            ObservedTime::Year(_)
            | ObservedTime::Years(..)
            | ObservedTime::Weekday(..)
            | ObservedTime::LunarPair(..) => None,
        }
    }
}

/// Whether an observation says nothing of all days of a year, being of another time.
pub(super) fn is_silent(seen: ObservedTime, year: i16) -> bool {
    match seen {
        ObservedTime::Full(day) => (day.year() - year).abs() > 1,
        ObservedTime::YearMonth(of, _) => (of - year).abs() > 1,
        _ => false,
    }
}

/// Whether an observation says the same of all days of a month.
pub(super) fn is_of_months(seen: ObservedTime) -> bool {
    matches!(seen, ObservedTime::Months(..) | ObservedTime::YearMonth(..) | ObservedTime::Month(_))
}

/// The days of a year.
pub(super) fn days(year: i16) -> &'static [Date] {
    static YEARS: OnceLock<BTreeMap<i16, Vec<Date>>> = OnceLock::new();
    let of = |year: i16| {
        let first = Date::new(year, 1, 1)?;
        Some((year, (0..366).filter_map(|n| first.plus(n)).filter(|day| day.year() == year).collect()))
    };
    let years = YEARS.get_or_init(|| (FIRST_YEAR..=LAST_YEAR).filter_map(of).collect());
    years.get(&year).map_or(&[], Vec::as_slice)
}

/// Years by which a month lies before a span or after it, begun ones counted.
fn years_outside(month: Month, from: Month, to: Option<Month>) -> i64 {
    let before = from.since(month).max(0);
    let after = to.map_or(0, |to| month.since(to).max(0));
    i64::from((after + 11) / 12) - i64::from((before + 11) / 12)
}

/// Whether a day is of a year of a cycle, or so near before it that it is spoken of.
fn in_cycle(day: Date, period: i16, of: i16) -> bool {
    let begun = |year: i16, ahead: i64| lunar::new_year(year).is_some_and(|first| first.days_since(day) <= ahead);
    let fits = |year: i16| (year - of).rem_euclid(period) == 0;
    let year = day.year();
    let current = if begun(year, 0) { year } else { year - 1 };
    let next = current + 1;
    fits(current) || fits(next) && begun(next, NEW_YEAR_AHEAD)
}

/// Days from the nearest of some days.
fn nearest(anchors: &[i64], n: i64) -> Option<i64> {
    anchors.iter().map(|anchor| n - anchor).min_by_key(|days| days.abs())
}

/// The number of the bin of a distance.
fn bin(edges: &[i64], distance: i64) -> usize {
    edges.partition_point(|edge| *edge <= distance)
}

//! On which days a paper comes out, and on which day an issue of a number did, from its own dated pages.

use crate::model::Date;
use std::collections::BTreeSet;

/// Weekdays as bits, from Monday.
type Weekdays = u8;

/// Schedules that many papers have, with their shares: each day, Monday to Saturday, Monday to Friday.
const USUAL: [(Weekdays, f64); 3] = [(0b111_1111, 0.45), (0b011_1111, 0.1), (0b001_1111, 0.15)];
/// The share of all schedules of so many days, each as probable as any other of as many.
const OF_SIZE: f64 = 0.05;
/// Share of issues on a day that is not of the schedule.
const EXTRA: f64 = 0.03;
/// Logarithms: the number is that of the schedule; issues were left out, or were more, and each further one of them.
const EXACT: f64 = -0.08;
const FEWER: (f64, f64) = (-2.5, -0.7);
const MORE: (f64, f64) = (-3.5, -2.0);
/// Share of issues that are left out or more over long spans.
const LOOSE: f64 = 0.03;
/// Share of numbers that say nothing: misread, or of another count.
const WRONG: f64 = 0.05;
/// Share of numbers that were printed on a page of the same issue.
const SAME: f64 = 0.97;
/// Days over which a number is followed beyond those that are known.
const FARTHEST: i64 = 800;
/// Numbers that one may lie beyond those that are known.
const MOST_BEYOND: i64 = 100;
/// Days that issues can be of, about.
const ALL_DAYS: f64 = 30_000.0;

/// The schedules that a paper may have, each with its share.
pub(super) struct Schedules(Vec<(Weekdays, f64)>);

fn holds(schedule: Weekdays, day: Date) -> bool {
    schedule & bit(day) != 0
}

fn bit(day: Date) -> Weekdays {
    1 << day.weekday()
}

/// Days of a schedule after one day up to another.
fn issues(schedule: Weekdays, from: Date, to: Date) -> i64 {
    let days = to.days_since(from);
    let whole = days.div_euclid(7);
    let rest = (1..=days.rem_euclid(7)).filter(|n| schedule & 1 << ((from.weekday() + n) % 7) != 0).count();
    whole * i64::from(schedule.count_ones()) + rest as i64
}

/// The logarithm of how probable so many numbers are over some days of a schedule.
fn step(schedule: Weekdays, from: Date, to: Date, numbers: i64) -> f64 {
    let expected = issues(schedule, from, to);
    let scale = 1.0 + LOOSE * expected as f64;
    match expected - numbers {
        0 => EXACT,
        fewer @ 1.. => FEWER.0 + FEWER.1 * (fewer - 1) as f64 / scale,
        more => MORE.0 + MORE.1 * (-more - 1) as f64 / scale,
    }
}

/// The logarithm of the share of issues of a schedule on a day of this weekday.
fn on_weekday(schedule: Weekdays, day: Date) -> f64 {
    let own = if holds(schedule, day) { (1.0 - EXTRA) / f64::from(schedule.count_ones()) } else { 0.0 };
    (own + EXTRA / 7.0).ln()
}

impl Schedules {
    /// What some days of issues and some numbers with their days tell; both in order.
    pub(super) fn of(days: &BTreeSet<Date>, numbers: &[(u32, Date)]) -> Self {
        let seen = days.iter().fold(0, |seen, day| seen | bit(*day));
        let choices = [1.0, 7.0, 21.0, 35.0, 35.0, 21.0, 7.0, 1.0][seen.count_ones() as usize];
        let own = (seen, OF_SIZE / choices);
        let all = USUAL.into_iter().chain(std::iter::once(own).filter(|_| seen != 0));
        let scored = all.map(|(schedule, share)| {
            let weekdays: f64 = days.iter().map(|day| on_weekday(schedule, *day)).sum();
            let pairs = numbers.windows(2).filter(|pair| pair[0].1 < pair[1].1);
            let steps: f64 =
                pairs.map(|pair| step(schedule, pair[0].1, pair[1].1, difference(pair[1].0, pair[0].0))).sum();
            (schedule, share.ln() + weekdays + steps)
        });
        let scored: Vec<(Weekdays, f64)> = scored.collect();
        let most = scored.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = scored.iter().map(|(_, score)| (score - most).exp()).sum();
        Self(scored.into_iter().map(|(schedule, score)| (schedule, (score - most).exp() / sum)).collect())
    }

    /// What they say of each weekday, from Monday: the logarithm of how much more issues come out on it.
    pub(super) fn weekdays(&self) -> [f64; 7] {
        let monday = Date::new(2001, 1, 1);
        let of = |n: i64| {
            let day = monday.and_then(|monday| monday.plus(n))?;
            Some(self.0.iter().map(|(schedule, share)| share * on_weekday(*schedule, day).exp()).sum::<f64>())
        };
        [0, 1, 2, 3, 4, 5, 6].map(|n| of(n).map_or(0.0, |share| (7.0 * share).ln()))
    }

    /// How probable each day is for an issue with this number, by numbers with their days; nothing where these tell none.
    pub(super) fn days_of(&self, number: u32, known: &[(u32, Date)]) -> Option<NumberedDays> {
        let same: BTreeSet<Date> = known.iter().filter(|(of, _)| *of == number).map(|(_, day)| *day).collect();
        let below = known.iter().filter(|(of, _)| *of < number).max_by_key(|(of, day)| (*of, *day)).copied();
        let above = known.iter().filter(|(of, _)| *of > number).min_by_key(|(of, day)| (*of, *day)).copied();
        if !same.is_empty() {
            let share = SAME / same.len() as f64;
            return Some(NumberedDays(same.into_iter().map(|day| (day, share)).collect()));
        }
        let beyond = |(of, _): &(u32, Date)| difference(number, *of).abs() <= MOST_BEYOND;
        if !(below.is_some() && above.is_some() || below.or(above).is_some_and(|one| beyond(&one))) {
            return None;
        }
        let from = below.map(|(_, day)| day).or_else(|| above?.1.plus(-FARTHEST))?;
        let to = above.map(|(_, day)| day).or_else(|| below?.1.plus(FARTHEST))?;
        let days: Vec<Date> = (1..to.days_since(from)).filter_map(|n| from.plus(n)).collect();
        Some(NumberedDays(self.shares(days, number, below, above)))
    }

    /// The shares of some days for a number between two others, or beyond one.
    fn shares(
        &self,
        days: Vec<Date>,
        number: u32,
        below: Option<(u32, Date)>,
        above: Option<(u32, Date)>,
    ) -> Vec<(Date, f64)> {
        let mut shares = vec![0.0; days.len()];
        for (schedule, share) in &self.0 {
            let score = |day: Date| {
                let after = below.map_or(0.0, |(of, on)| step(*schedule, on, day, difference(number, of)));
                let before = above.map_or(0.0, |(of, on)| step(*schedule, day, on, difference(of, number)));
                (on_weekday(*schedule, day) + after + before).exp()
            };
            let scores: Vec<f64> = days.iter().map(|day| score(*day)).collect();
            let sum = scores.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            shares.iter_mut().zip(scores).for_each(|(all, own)| *all += share * own / sum);
        }
        days.into_iter().zip(shares).collect()
    }
}

fn difference(a: u32, b: u32) -> i64 {
    i64::from(a) - i64::from(b)
}

/// How probable days are by the number of the issue, in order of days.
pub(super) struct NumberedDays(Vec<(Date, f64)>);

impl NumberedDays {
    /// The most that the number says of a day of a year.
    pub(super) fn most_in(&self, year: i16) -> f64 {
        let own = self.0.iter().filter(|(day, _)| day.year() == year).map(|(_, share)| *share);
        weight(own.fold(0.0, f64::max))
    }

    /// What the number says of a day: the logarithm of how much more probable it makes it.
    pub(super) fn of_day(&self, day: Date) -> f64 {
        let found = self.0.binary_search_by_key(&day, |(day, _)| *day);
        weight(found.map_or(0.0, |at| self.0[at].1))
    }
}

/// What a share of the days with a number says, against that of any day.
fn weight(share: f64) -> f64 {
    ((1.0 - WRONG) * share * ALL_DAYS + WRONG).ln()
}

/// Numbers with their days in the order of the days, where the numbers rise with them; nothing where they do not.
pub(super) fn rising(numbers: impl Iterator<Item = (u32, Date)>) -> Vec<(u32, Date)> {
    let mut numbers: Vec<(u32, Date)> = numbers.collect();
    numbers.sort_unstable_by_key(|(number, day)| (*day, *number));
    numbers.dedup();
    let rise = numbers.windows(2).all(|pair| (pair[0].1 < pair[1].1) == (pair[0].0 < pair[1].0));
    if rise { numbers } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(pairs: &[(u32, &str)]) -> (BTreeSet<Date>, Vec<(u32, Date)>) {
        let numbers = rising(pairs.iter().map(|(number, day)| (*number, day.parse().unwrap())));
        (numbers.iter().map(|(_, day)| *day).collect(), numbers)
    }

    fn best(number: u32, pairs: &[(u32, &str)]) -> (String, bool) {
        let (days, numbers) = known(pairs);
        let found = Schedules::of(&days, &numbers).days_of(number, &numbers).unwrap();
        let (day, share) = found.0.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        (day.to_string(), share > 0.7)
    }

    #[test]
    fn a_number_finds_its_day() {
        let daily = [(900, "2014-04-28"), (901, "2014-04-29"), (905, "2014-05-03"), (906, "2014-05-04")];
        assert_eq!(best(903, &daily), ("2014-05-01".into(), true));
        assert_eq!(best(908, &daily), ("2014-05-06".into(), true));
        assert_eq!(best(905, &daily), ("2014-05-03".into(), true));
        let weekly =
            [(30, "2014-04-01"), (31, "2014-04-08"), (32, "2014-04-15"), (35, "2014-05-06"), (36, "2014-05-13")];
        assert_eq!(best(33, &weekly), ("2014-04-22".into(), true));
        assert_eq!(best(38, &weekly), ("2014-05-27".into(), true));
        assert_eq!(best(28, &weekly), ("2014-03-18".into(), true));
        let with_gap = [(40, "2014-01-14"), (41, "2014-01-21"), (42, "2014-02-11"), (43, "2014-02-18")];
        assert_eq!(best(44, &with_gap).0, "2014-02-25");
    }

    #[test]
    fn numbers_that_do_not_rise_with_the_days_are_of_no_calendar() {
        assert!(known(&[(51, "2014-12-23"), (52, "2014-12-30"), (1, "2015-01-06")]).1.is_empty());
        assert!(!known(&[(51, "2014-12-23"), (51, "2014-12-23"), (52, "2014-12-30")]).1.is_empty());
    }

    #[test]
    fn a_weekly_has_its_weekday_and_a_daily_has_none() {
        let weekdays =
            |days: &[&str]| Schedules::of(&days.iter().map(|day| day.parse().unwrap()).collect(), &[]).weekdays();
        let weekly = weekdays(&["2014-04-01", "2014-04-08", "2014-04-15", "2014-04-22"]);
        assert!(weekly[1] > weekly[0] + 2.5, "{weekly:?}");
        let daily = weekdays(&["2014-04-28", "2014-04-29", "2014-05-01"]);
        assert!(daily[1] < daily[2] + 0.5, "{daily:?}");
    }
}

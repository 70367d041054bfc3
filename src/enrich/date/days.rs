//! A distribution over days.

use crate::model::{BestDay, Date, DateSpan, Precision};

/// Share that the span of an answer holds.
pub(in crate::enrich) const HELD: f64 = 0.9;
/// A day whose share is this small a part of the best one is left out: all of fifty years together are less than one per
/// cent.
const NEGLIGIBLE: f64 = 5e-7;
/// Candidates, at most, and the least share of one.
const CANDIDATES: (usize, f64) = (5, 0.05);

/// How probable each day is, in order of days; the shares add up to one.
#[derive(Clone, Debug)]
pub(in crate::enrich) struct DayDistribution(Vec<(Date, f64)>);

impl DayDistribution {
    /// From shares that add up to anything, in order of days; nothing where no day has one.
    pub(in crate::enrich) fn of_shares(mut shares: Vec<(Date, f64)>) -> Option<Self> {
        let most = shares.iter().map(|(_, share)| *share).fold(0.0, f64::max);
        if most <= 0.0 || !most.is_finite() {
            return None;
        }
        shares.retain(|(_, share)| *share > most * NEGLIGIBLE);
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        shares.iter_mut().for_each(|(_, share)| *share /= sum);
        Some(Self(shares))
    }

    /// The most probable day, the shares of its month and year, and the days that hold much.
    pub(in crate::enrich) fn best(&self) -> Option<BestDay> {
        let most = self.0.iter().map(|(_, share)| *share).fold(0.0, f64::max);
        let least = CANDIDATES.1.min(most);
        let mut order: Vec<(Date, f64)> = self.0.iter().copied().filter(|(_, share)| *share >= least).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (day, share) = *order.first()?;
        let month = self.share(|other| (other.year(), other.month()) == (day.year(), day.month()));
        let year = self.share(|other| other.year() == day.year());
        let many = order.into_iter().take(CANDIDATES.0).filter(|(_, share)| *share >= CANDIDATES.1);
        Some(BestDay {
            day,
            p_day: share as f32,
            p_month: month as f32,
            p_year: year as f32,
            candidates: many.map(|(day, share)| (day, share as f32)).collect(),
        })
    }

    /// The most probable year but one.
    pub(in crate::enrich) fn second_best_year(&self, year: i16) -> i16 {
        let years = self.0.chunk_by(|a, b| a.0.year() == b.0.year()).filter(|days| days[0].0.year() != year);
        let shares = years.map(|days| (days[0].0.year(), days.iter().map(|(_, share)| share).sum::<f64>()));
        shares.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(year - 1, |(year, _)| year)
    }

    fn share(&self, holds: impl Fn(Date) -> bool) -> f64 {
        self.0.iter().filter(|(day, _)| holds(*day)).map(|(_, share)| share).sum()
    }

    /// The shortest span that holds a share, of the days that are asked for; the earliest of those of one length.
    pub(in crate::enrich) fn span(&self, share: f64, asked: impl Fn(Date) -> bool) -> Option<DateSpan> {
        let days = || self.0.iter().filter(|(day, _)| asked(*day));
        let (mut firsts, mut held, mut found) = (days(), 0.0, None::<(i64, Date, Date)>);
        let mut from = firsts.next()?;
        for (last, chance) in days() {
            held += chance;
            while held - from.1 >= share {
                held -= from.1;
                from = firsts.next()?;
            }
            if held < share {
                continue;
            }
            let length = last.days_since(from.0);
            if found.is_none_or(|(shortest, ..)| length < shortest) {
                found = Some((length, from.0, *last));
            }
        }
        let (_, earliest, latest) = found?;
        Some(DateSpan { earliest, latest, precision: Precision::Unknown })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(shares: &[(&str, f64)]) -> DayDistribution {
        DayDistribution::of_shares(shares.iter().map(|(text, share)| (day(text), *share)).collect()).unwrap()
    }

    #[test]
    fn the_same_day_of_three_years_is_three_candidates() {
        let found = days(&[("2017-03-05", 0.2), ("2018-03-05", 0.5), ("2018-03-06", 0.1), ("2019-03-05", 0.2)]);
        let best = found.best().unwrap();
        let candidates: Vec<String> = best.candidates.iter().map(|(day, _)| day.to_string()).collect();
        assert_eq!(candidates, ["2018-03-05", "2017-03-05", "2019-03-05", "2018-03-06"]);
        assert!((best.p_day - 0.5).abs() < 1e-6 && (best.p_year - 0.6).abs() < 1e-6, "{best:?}");
    }

    #[test]
    fn the_span_is_the_shortest_that_holds_nine_tenths() {
        let cases = [
            (vec![("2014-04-28", 0.92), ("2014-05-30", 0.08)], "2014-04-28", "2014-04-28"),
            (vec![("2013-01-01", 0.06), ("2014-04-28", 0.5), ("2014-04-30", 0.44)], "2014-04-28", "2014-04-30"),
            (vec![("2013-04-28", 0.4), ("2014-04-28", 0.3), ("2015-04-28", 0.3)], "2013-04-28", "2015-04-28"),
        ];
        for (shares, earliest, latest) in cases {
            let span = days(&shares).span(HELD, |_| true).unwrap();
            assert_eq!((span.earliest, span.latest), (day(earliest), day(latest)), "{shares:?}");
        }
    }

    #[test]
    fn no_day_is_no_distribution() {
        assert!(DayDistribution::of_shares(Vec::new()).is_none());
    }
}

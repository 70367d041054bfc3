//! The habit of a paper: how many days after the last dateline of its news it is printed, from its own dated pages.

use super::time_expressions::{self, IssueDayTie, TimeExpression, TimeExpressionKind};
use super::zones::{ZoneKind, ZonePassage};
use crate::model::Date;
use std::collections::BTreeMap;

/// Days by which a dateline may lie behind the issue or, being of something else, ahead of it.
const AHEAD: i64 = -10;
const BEHIND: i64 = 31;
/// How many pages the usual habit counts as, and that of any day of a week and a half.
const USUAL: (f64, f64) = (1.0, 0.5);
/// Shares of the usual habit: of the same day, of the next morning, of each further day up to a week.
const SAME_DAY: f64 = 0.06;
const MORNING: f64 = 0.8;
const LATER: f64 = 0.02;
/// Days of the habit that may be any.
const ANY: i8 = 10;
/// Share of a day that fits no habit.
const UNFIT: f64 = 0.002;
/// Characters before the mark of a dateline, and after it, that are read.
const READ: (usize, usize) = (24, 3);
/// A leap year.
const LEAP: i16 = 2000;

/// The days of the datelines of a page: month and day, or a day of any month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Datelines(Vec<(Option<i8>, i8)>);

impl Datelines {
    /// Those among clues.
    pub(super) fn of<'a>(clues: impl Iterator<Item = &'a TimeExpression>) -> Self {
        let days = clues.filter(|clue| clue.tie == IssueDayTie::Dateline).filter_map(|clue| match clue.said {
            TimeExpressionKind::Day(month, day) | TimeExpressionKind::Year(_, Some(month), Some(day)) => {
                Some((Some(month), day))
            }
            TimeExpressionKind::DayOfMonth(day) => Some((None, day)),
            _ => None,
        });
        let mut days: Vec<_> = days.collect();
        days.sort_unstable();
        days.dedup();
        Self(days)
    }

    /// Those of the lines of a page.
    pub(super) fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let found: Vec<TimeExpression> = lines.flat_map(read).collect();
        Self::of(found.iter())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Days from the last dateline to a day of issue; negative where one lies ahead of it.
    pub(super) fn lag(&self, day: Date) -> Option<i8> {
        let month_day = Date::new(LEAP, day.month(), day.day())?;
        let lags = self.0.iter().filter_map(|(month, of)| match month {
            Some(month) => {
                let days = month_day.days_since(Date::new(LEAP, *month, *of)?);
                Some((days + 183).rem_euclid(366) - 183)
            }
            None => Some((i64::from(day.day()) - i64::from(*of) + 10).rem_euclid(31) - 10),
        });
        let near = lags.filter(|days| (AHEAD..=BEHIND).contains(days)).min()?;
        i8::try_from(near).ok()
    }
}

/// The clues right before each mark of a dateline of a line.
fn read(line: &str) -> Vec<TimeExpression> {
    let marks = line.match_indices('日').filter(|(at, _)| line[at + 3..].starts_with(['电', '讯', '专']));
    let window = |(at, _): (usize, &str)| {
        let from = line[..at].char_indices().rev().nth(READ.0).map_or(0, |(at, _)| at);
        let to = line[at..].char_indices().nth(READ.1).map_or(line.len(), |(end, _)| at + end);
        ZonePassage::new(ZoneKind::Body, &line[from..to], None)
    };
    marks.flat_map(|mark| time_expressions::time_expressions(&[window(mark)])).collect()
}

/// How many pages of the paper came out how many days after their last dateline.
pub(super) struct Habit {
    counts: BTreeMap<i8, usize>,
    pages: usize,
}

impl Habit {
    /// The habit of pages with these lags; nothing where there is none.
    pub(super) fn of(lags: impl Iterator<Item = i8>) -> Option<Self> {
        let mut habit = Self { counts: BTreeMap::new(), pages: 0 };
        for lag in lags {
            *habit.counts.entry(lag).or_default() += 1;
            habit.pages += 1;
        }
        (habit.pages > 0).then_some(habit)
    }

    /// The logarithm of the share of pages with a lag.
    fn of_lag(&self, lag: Option<i8>) -> f64 {
        let share = |lag: i8| {
            let seen = self.counts.get(&lag).copied().unwrap_or(0) as f64;
            let usual = match lag {
                0 => SAME_DAY,
                1 => MORNING,
                2..=7 => LATER,
                _ => 0.0,
            };
            let any = if (0..=ANY).contains(&lag) { 1.0 / f64::from(ANY + 1) } else { 0.0 };
            (seen + USUAL.0 * usual + USUAL.1 * any) / (self.pages as f64 + USUAL.0 + USUAL.1)
        };
        lag.map_or(0.0, share).max(UNFIT).ln()
    }

    /// What it says of each day of any year for a page with datelines, by [`place`].
    pub(super) fn days(&self, datelines: &Datelines) -> Vec<f64> {
        let days = (1..=12).flat_map(|month| (1..=31).map(move |day| Date::new(LEAP, month, day)));
        days.map(|day| day.map_or(UNFIT.ln(), |day| self.of_lag(datelines.lag(day)))).collect()
    }
}

/// The place of a day among those of any year.
pub(super) fn place(day: Date) -> usize {
    (day.month() as usize - 1) * 31 + day.day() as usize - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lag(line: &str, day: &str) -> Option<i8> {
        Datelines::of_lines(line.lines()).lag(day.parse().unwrap())
    }

    #[test]
    fn days_from_the_last_dateline() {
        let cases = [
            ("新华社北京4月28日电 全国总工会召开会议。", "2014-04-29", Some(1)),
            ("本报讯。\n新华社北京4月27日电 会。\n本报厦门4月29日讯 会。", "2014-04-29", Some(0)),
            ("新华社北京28日电 会。", "2014-04-29", Some(1)),
            ("新华社北京31日电 会。", "2014-01-01", Some(1)),
            ("新华社北京12月31日电 会。", "2014-01-01", Some(1)),
            ("新华社北京3月1日电 会。", "2013-02-28", Some(-2)),
            ("4月28日,市总工会召开会议。", "2014-04-29", None),
        ];
        for (line, day, want) in cases {
            assert_eq!(lag(line, day), want, "{line} {day}");
        }
    }

    #[test]
    fn the_pages_of_the_paper_say_more_than_the_usual_habit() {
        let best = |lags: &[i8]| {
            let habit = Habit::of(lags.iter().copied()).unwrap();
            (-2..=10).max_by(|a, b| habit.of_lag(Some(*a)).total_cmp(&habit.of_lag(Some(*b))))
        };
        assert_eq!(best(&[0, 0, 0]), Some(0));
        assert_eq!(best(&[1, 1, 2, 1]), Some(1));
        assert_eq!(best(&[0]), Some(0));
        assert_eq!(best(&[4, 4, 4, 5]), Some(4));
    }
}

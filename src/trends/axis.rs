//! What time is cut into: calendar periods, or days and weeks counted from a festival, so that years with an early and a late
//! Spring Festival lie over each other.

use crate::model::Date;
use crate::tables::{Festival, date_words};
use std::ops::RangeInclusive;

/// The most slots of an axis.
pub const MOST_SLOTS: usize = 20_000;

/// Length of a calendar period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PeriodStep {
    /// A year: `2014`.
    #[default]
    Year,
    /// A quarter: `2014-Q2`.
    Quarter,
    /// A month: `2014-04`.
    Month,
    /// A week of ISO 8601, Monday to Sunday: `2014-W17`.
    Week,
    /// A day: `2014-04-29`.
    Day,
}

impl PeriodStep {
    /// All steps, the longest first.
    pub const ALL: [Self; 5] = [Self::Year, Self::Quarter, Self::Month, Self::Week, Self::Day];

    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }

    /// The period of a day; `None` where it reaches outside the years that have days (1800–2199).
    fn slot_of(self, day: Date) -> Option<AxisSlot> {
        let (year, month) = (day.year(), day.month());
        let first = match self {
            Self::Year => Date::new(year, 1, 1),
            Self::Quarter => Date::new(year, (month - 1) / 3 * 3 + 1, 1),
            Self::Month => Date::new(year, month, 1),
            Self::Week => day.plus(-day.weekday()),
            Self::Day => Some(day),
        }?;
        let last = match self {
            Self::Year => Date::new(year, 12, 31),
            Self::Quarter => Date::new(year, first.month() + 2, 1).map(Date::month_end),
            Self::Month => Some(first.month_end()),
            Self::Week => first.plus(6),
            Self::Day => Some(day),
        }?;
        let (row, number) = self.place(first)?;
        Some(AxisSlot { label: self.label(first)?, year: None, first, last, row, number })
    }

    fn label(self, first: Date) -> Option<String> {
        let (year, month) = (first.year(), first.month());
        Some(match self {
            Self::Year => format!("{year:04}"),
            Self::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Week => {
                let (year, week) = self.place(first)?;
                format!("{year:04}-W{:02}", week + 1)
            }
            Self::Day => first.to_string(),
        })
    }

    /// Row and number of a period, by its first day.
    fn place(self, first: Date) -> Option<(i16, i64)> {
        let year = first.year();
        let in_year = |day: Date| Some(day.days_since(Date::new(day.year(), 1, 1)?));
        Some(match self {
            Self::Year => (year - year % 10, i64::from(year % 10)),
            Self::Quarter => (year, i64::from((first.month() - 1) / 3)),
            Self::Month => (year, i64::from(first.month() - 1)),
            // The year of a week is that of its Thursday (ISO 8601).
            Self::Week => {
                let thursday = first.plus(3)?;
                (thursday.year(), in_year(thursday)? / 7)
            }
            Self::Day => (year, in_year(first)?),
        })
    }
}

/// A piece of an axis: an article counts in it if its days lie inside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AxisSlot {
    /// The year of the festival it is counted from; `None` on a calendar axis.
    pub year: Option<i16>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Its number in its row: days or weeks from the festival; of a year its last digit, else from 0 in its year (quarters,
    /// months, weeks, days).
    pub number: i64,
    /// The first year of its row: of a year its decade, of a week that of its Thursday (ISO 8601).
    pub row: i16,
    /// Its name: a period, or the distance from the festival (`-12`, `+0`; in weeks `-2w`).
    pub label: String,
}

/// How time is cut.
#[derive(Clone, Copy, Debug)]
pub enum Axis {
    /// Calendar periods.
    Calendar(PeriodStep),
    /// Days or weeks counted from a festival.
    Feast {
        /// The festival.
        feast: &'static Festival,
        /// Whether weeks are counted, not days; week 0 begins with the festival.
        weeks: bool,
        /// Days before and after the festival that are looked at.
        around: i64,
    },
}

/// Festivals that time may be counted from.
pub fn festivals() -> impl Iterator<Item = &'static Festival> {
    const NAMES: [&str; 7] = ["春节", "元宵", "五一", "端午", "中秋", "国庆", "元旦"];
    date_words().feast.iter().filter(|feast| NAMES.contains(&feast.id.as_str()))
}

impl Axis {
    /// The slot that a day lies in; `None` on a festival axis for a day that is too far from the festival.
    pub fn slot_of(&self, day: Date) -> Option<AxisSlot> {
        match self {
            Self::Calendar(step) => step.slot_of(day),
            Self::Feast { .. } => (day.year() - 1..=day.year() + 1).find_map(|year| self.festival_slot(day, year)),
        }
    }

    fn festival_slot(&self, day: Date, year: i16) -> Option<AxisSlot> {
        let Self::Feast { weeks, .. } = *self else { return None };
        let offset = day.days_since(self.festival_day(year)?);
        let number = if weeks { offset.div_euclid(7) } else { offset };
        self.numbers().contains(&number).then(|| self.slot_at(year, number)).flatten()
    }

    /// The days or whole weeks before and after the festival.
    fn numbers(&self) -> RangeInclusive<i64> {
        let (around, length) = match *self {
            Self::Calendar(_) => (0, 1),
            Self::Feast { around, weeks, .. } => (around, if weeks { 7 } else { 1 }),
        };
        (-around).div_euclid(length)..=around.div_euclid(length)
    }

    fn festival_day(&self, year: i16) -> Option<Date> {
        let Self::Feast { feast, .. } = self else { return None };
        let (month, day) = date_words().day_of(feast, year)?;
        Date::new(year, month, day)
    }

    /// The slot of a year with this number of days or weeks from the festival.
    fn slot_at(&self, year: i16, number: i64) -> Option<AxisSlot> {
        let Self::Feast { weeks, .. } = self else { return None };
        let (unit, length) = if *weeks { ("w", 7) } else { ("", 1) };
        let first = self.festival_day(year)?.plus(number * length)?;
        let (last, label) = (first.plus(length - 1)?, format!("{number:+}{unit}"));
        Some(AxisSlot { year: Some(year), first, last, row: year, number, label })
    }

    /// All slots that have a day between two, in order; `None` where there are more than [`MOST_SLOTS`].
    pub fn slots(&self, from: Date, to: Date) -> Option<Vec<AxisSlot>> {
        let slots = match *self {
            Self::Calendar(step) => Self::periods(step, from, to),
            Self::Feast { .. } => {
                let years = from.year() - 1..=to.year() + 1;
                let all = years.flat_map(|year| self.numbers().filter_map(move |number| self.slot_at(year, number)));
                all.filter(|slot| slot.first <= to && slot.last >= from).take(MOST_SLOTS + 1).collect()
            }
        };
        (slots.len() <= MOST_SLOTS).then_some(slots)
    }

    fn periods(step: PeriodStep, from: Date, to: Date) -> Vec<AxisSlot> {
        let next = |slot: &AxisSlot| slot.last.plus(1).filter(|day| *day <= to).and_then(|day| step.slot_of(day));
        std::iter::successors(step.slot_of(from).filter(|_| from <= to), next).take(MOST_SLOTS + 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_named_as_the_calendar_does() {
        let cases = [
            (PeriodStep::Year, "2014-04-29", "2014", "2014-01-01", "2014-12-31"),
            (PeriodStep::Quarter, "2014-04-29", "2014-Q2", "2014-04-01", "2014-06-30"),
            (PeriodStep::Month, "2012-02-29", "2012-02", "2012-02-01", "2012-02-29"),
            (PeriodStep::Week, "2014-04-29", "2014-W18", "2014-04-28", "2014-05-04"),
            (PeriodStep::Week, "2014-12-31", "2015-W01", "2014-12-29", "2015-01-04"),
            (PeriodStep::Week, "2016-01-03", "2015-W53", "2015-12-28", "2016-01-03"),
            (PeriodStep::Day, "2014-04-29", "2014-04-29", "2014-04-29", "2014-04-29"),
        ];
        for (step, of, label, first, last) in cases {
            let slot = Axis::Calendar(step).slot_of(day(of)).unwrap();
            assert_eq!((slot.label.as_str(), slot.first, slot.last), (label, day(first), day(last)), "{step:?} {of}");
        }
    }

    #[test]
    fn every_day_is_in_one_period_of_each_step() {
        for step in PeriodStep::ALL {
            let slots = Axis::Calendar(step).slots(day("2011-12-15"), day("2014-01-20")).unwrap();
            assert!(slots.windows(2).all(|two| two[0].last.plus(1) == Some(two[1].first)), "{step:?}");
            assert!(slots[0].first <= day("2011-12-15") && slots[slots.len() - 1].last >= day("2014-01-20"));
        }
        assert!(Axis::Calendar(PeriodStep::Day).slots(day("1800-01-01"), day("2199-01-01")).is_none(), "too many");
    }

    #[test]
    fn years_lie_over_each_other_from_a_feast() {
        let feast = festivals().find(|feast| feast.id == "春节").unwrap();
        let axis = Axis::Feast { feast, weeks: false, around: 60 };
        let at = |text: &str| axis.slot_of(day(text)).map(|slot| (slot.year.unwrap(), slot.label));
        // Spring Festival was on 2013-02-10 and 2014-01-31.
        assert_eq!(at("2013-02-10"), Some((2013, "+0".into())));
        assert_eq!(at("2014-01-29"), Some((2014, "-2".into())));
        assert_eq!(at("2013-12-10"), Some((2014, "-52".into())));
        assert_eq!(at("2013-07-01"), None);
        let weeks = Axis::Feast { feast, weeks: true, around: 28 };
        let at = |text: &str| weeks.slot_of(day(text)).map(|slot| slot.label);
        assert_eq!(at("2013-02-09").as_deref(), Some("-1w"));
        assert_eq!(at("2013-02-16").as_deref(), Some("+0w"));
        let slots = weeks.slots(day("2013-01-01"), day("2014-12-31")).unwrap();
        assert_eq!(slots.iter().filter(|slot| slot.year == Some(2013)).count(), 9);
        for slot in &slots {
            let whole = [slot.first, slot.last].map(|day| weeks.slot_of(day));
            assert!(whole.iter().all(|of| of.as_ref() == Some(slot)), "{slot:?}");
        }
    }
}

//! Days and spans of days.

use jiff::civil;
use std::fmt;

/// A civil day, 1800–2199, printed `2014-04-29`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

super::compact::text_or_number!(Date, i64, |date: &Date| date.number(), |number| {
    Date::from_number(number).ok_or_else(|| format!("{number} is no day"))
});

/// How fine a date is known: a day, a month, a year, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// One day.
    Day,
    /// Inside one month.
    Month,
    /// Inside one year.
    Year,
    /// Nothing is known.
    Unknown,
}

impl Precision {
    /// The name in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Unknown => "unknown",
        }
    }
}

/// The days from `earliest` to `latest`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DateSpan {
    /// First possible day.
    pub earliest: Date,
    /// Last possible day.
    pub latest: Date,
    /// The unit that was named.
    pub precision: Precision,
}

impl Date {
    /// The day, or `None` where the calendar has no such day or the year is outside 1800–2199.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let in_range = (1800..2200).contains(&year);
        civil::Date::new(year, month, day).ok().filter(|_| in_range).map(Self)
    }

    /// Year, 1800–2199.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1–12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1–31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day this many days later, or earlier; `None` outside 1800–2199.
    pub fn plus(self, days: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        let day = self.0.checked_add(span).ok()?;
        Self::new(day.year(), day.month(), day.day())
    }

    /// Days from another day to this one; negative where this one is earlier.
    pub fn days_since(self, other: Self) -> i64 {
        self.0.duration_since(other.0).as_hours() / 24
    }

    /// Days since Monday, 0–6.
    pub fn weekday(self) -> i64 {
        i64::from(self.0.weekday().to_monday_zero_offset())
    }

    /// The last day of its month.
    pub fn month_end(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// The day of a number `YYYYMMDD`; `None` where the calendar has no such day.
    pub fn from_number(number: i64) -> Option<Self> {
        let part = |from: i64, size: i64| number / from % size;
        Self::new(part(10_000, 10_000).try_into().ok()?, part(100, 100).try_into().ok()?, part(1, 100).try_into().ok()?)
    }

    /// The day as the number `YYYYMMDD`, which sorts as the days do.
    pub fn number(self) -> i64 {
        i64::from(self.year()) * 10_000 + i64::from(self.month()) * 100 + i64::from(self.day())
    }
}

impl DateSpan {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { earliest: date, latest: date, precision: Precision::Day }
    }

    /// A whole month, or `None` where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1)?;
        Some(Self { earliest: first, latest: Date(first.0.last_of_month()), precision: Precision::Month })
    }

    /// A whole year, or `None` outside 1800–2199.
    pub fn year(year: i16) -> Option<Self> {
        let (earliest, latest) = (Date::new(year, 1, 1)?, Date::new(year, 12, 31)?);
        Some(Self { earliest, latest, precision: Precision::Year })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.earliest;
        match self.precision {
            Precision::Day => write!(f, "{date}"),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Year => write!(f, "{:04}", date.year()),
            Precision::Unknown => write!(f, "{date}/{}", self.latest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_print_what_was_read() {
        for text in ["2014", "2014-04", "2014-04-29", "1949-10-01", "2012-02-29"] {
            assert_eq!(text.parse::<DateSpan>().map(|s| s.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let span = DateSpan::month(2012, 2);
        assert_eq!(span.map(|s| s.latest.to_string()).as_deref(), Some("2012-02-29"));
    }
}

//! Words around dates, and the days of festivals.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("dates.toml");
pub(super) const LUNAR_TEXT: &str = include_str!("lunar.tsv");

/// A festival or season by which papers date their reports.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Festival {
    /// Name in evidence.
    pub id: String,
    /// Month and day, where it does not move.
    #[serde(default)]
    pub day: Option<(i8, i8)>,
    /// Column of the lunar table, where it moves.
    #[serde(default)]
    pub lunar: Option<usize>,
    /// Days that it lasts.
    #[serde(default = "one")]
    pub lasts: i64,
    /// Its names.
    pub words: Vec<String>,
    /// Its place in the table.
    #[serde(skip)]
    number: usize,
}

impl Festival {
    /// Its place in the table.
    pub fn number(&self) -> usize {
        self.number
    }
}

fn one() -> i64 {
    1
}

/// Words around a festival that tell on which side of it a text stands.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FestivalWords {
    /// After its name: still ahead.
    pub ahead: Vec<String>,
    /// Before its name: still ahead.
    pub ahead_before: Vec<String>,
    /// After its name: over.
    pub past: Vec<String>,
    /// Before its name: over.
    pub past_before: Vec<String>,
}

/// What dates a text by itself.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// What becomes of it afterwards: a kind of `date_evidence.toml`.
    pub kind: EraKind,
    /// Its words.
    pub words: Vec<String>,
    /// First month.
    pub from: Month,
    /// Last month; none where it goes on.
    #[serde(default)]
    pub to: Option<Month>,
}

/// What dates a text by itself, by what becomes of it afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraKind {
    /// Little is said of it afterwards.
    Era,
    /// It goes on.
    Begun,
    /// It is told of as past.
    Ended,
}

impl EraKind {
    /// The kind of evidence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Era => "era",
            Self::Begun => "begun",
            Self::Ended => "ended",
        }
    }
}

/// A month of a year, as `YYYY-MM`: the months since the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Month(i32);

impl Month {
    /// A month of a year.
    pub fn new(year: i16, month: i8) -> Self {
        Self(i32::from(year) * 12 + i32::from(month) - 1)
    }

    /// Months from another one to this.
    pub fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let month = text.split_once('-').and_then(|(year, month)| {
            let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            Some(Self::new(year.parse().ok()?, month))
        });
        month.ok_or_else(|| format!("no month: {text}"))
    }
}

/// Words after a five-year plan.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanYears {
    /// For its first year.
    pub first: Vec<String>,
    /// For its last year.
    pub last: Vec<String>,
}

/// Words that tie a day to the day of the issue.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieWords {
    /// Right after a day that is of a dateline.
    pub dateline_after: Vec<String>,
    /// Right before the day of the text itself.
    pub today_before: Vec<String>,
    /// Right before the day before it.
    pub yesterday_before: Vec<String>,
}

/// Words for the year of another date.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherYearWords {
    /// The words.
    pub words: Vec<String>,
}

/// The words around dates.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// Right before a date that lies ahead.
    pub plan_before: Vec<String>,
    /// Right after a date that lies ahead.
    pub plan_after: Vec<String>,
    /// Right before a year of the past.
    pub past_before: Vec<String>,
    /// Right after a year of the past.
    pub past_after: Vec<String>,
    /// Right after a year since which something goes on.
    pub since_after: Vec<String>,
    /// Right after a year that is over.
    pub finished_after: Vec<String>,
    /// Right before a year that is over.
    pub finished_before: Vec<String>,
    /// Words for a year, counted from that of the issue.
    pub relative: BTreeMap<String, i16>,
    /// What ties a day to the day of the issue.
    pub tie: TieWords,
    /// Words for the year of another date.
    pub elsewhere: OtherYearWords,
    /// Characters that are read for another one.
    pub lookalike: BTreeMap<char, String>,
    /// Words that date a text by themselves.
    pub era: Vec<Era>,
    /// What anniversaries are kept of, with its year.
    pub anniversary: BTreeMap<String, i16>,
    /// What took place in one year.
    pub told: BTreeMap<String, i16>,
    /// Sessions of every year by the words before their number, with the year of the first.
    pub sessions: BTreeMap<String, i16>,
    /// What is kept every year, with the year of the first.
    pub series: BTreeMap<String, i16>,
    /// Five-year plans, with their first year.
    pub five_years: BTreeMap<String, i16>,
    /// Words after a five-year plan.
    pub plan_years: PlanYears,
    /// Festivals.
    pub feast: Vec<Festival>,
    /// Words around festivals.
    pub feast_words: FestivalWords,
    /// Lunar years by the year in which they begin.
    #[serde(skip)]
    lunar: BTreeMap<i16, LunarYear>,
}

/// A year of the traditional calendar.
#[derive(Debug)]
struct LunarYear {
    /// First days of its moving festivals: four columns.
    feasts: [(i8, i8); 4],
    /// Days of its months, each with whether it is a leap month.
    months: Vec<(i64, bool)>,
}

impl DateWords {
    /// Month and first day of a festival in a year; `None` outside 1949–2050 for one that moves.
    pub fn day_of(&self, feast: &Festival, year: i16) -> Option<(i8, i8)> {
        feast.day.or_else(|| feast.lunar.and_then(|column| self.lunar.get(&year)?.feasts.get(column).copied()))
    }

    /// The months of a lunar year: days of each, and whether it is a leap month; `None` outside 1949–2050.
    pub fn lunar_months(&self, year: i16) -> Option<&[(i64, bool)]> {
        Some(&self.lunar.get(&year)?.months)
    }

    /// Month and day on which a lunar year begins.
    pub fn new_year(&self, year: i16) -> Option<(i8, i8)> {
        self.lunar.get(&year)?.feasts.first().copied()
    }
}

/// The words, loaded once.
pub fn date_words() -> &'static DateWords {
    static TABLE: OnceLock<DateWords> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut words: DateWords = super::embedded(TEXT);
        words.feast.iter_mut().enumerate().for_each(|(number, feast)| feast.number = number);
        words.lunar = super::rows(LUNAR_TEXT).filter_map(|row| lunar_row(&row)).collect();
        words
    })
}

fn lunar_row(row: &[&str]) -> Option<(i16, LunarYear)> {
    let day = |text: &&str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let days: Vec<(i8, i8)> = row.iter().skip(1).take(4).filter_map(day).collect();
    let mut leap = false;
    let month = |sign: char| {
        let own = std::mem::replace(&mut leap, sign == 'L');
        (sign != 'L').then_some((if sign == '+' { 30 } else { 29 }, own))
    };
    let months = row.get(5)?.chars().filter_map(month).collect();
    Some((row.first()?.parse().ok()?, LunarYear { feasts: days.try_into().ok()?, months }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_move_as_they_did() {
        let words = date_words();
        assert_eq!(words.lunar.len(), 102);
        let day = |id: &str, year| {
            let feast = words.feast.iter().find(|feast| feast.id == id).unwrap();
            words.day_of(feast, year)
        };
        let cases = [
            ("春节", 1985, Some((2, 20))),
            ("春节", 2014, Some((1, 31))),
            ("春节", 2023, Some((1, 22))),
            ("元宵", 2014, Some((2, 14))),
            ("端午", 2012, Some((6, 23))),
            ("中秋", 2020, Some((10, 1))),
            ("五一", 1951, Some((5, 1))),
            ("春节", 1948, None),
        ];
        for (id, year, want) in cases {
            assert_eq!(day(id, year), want, "{id} {year}");
        }
    }

    #[test]
    fn spring_is_between_20_january_and_21_february() {
        let words = date_words();
        let all = words.lunar.values().map(|year| year.feasts[0]);
        assert!(all.into_iter().all(|day| ((1, 20)..=(2, 21)).contains(&day)));
    }
}

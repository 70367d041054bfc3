//! Words around dates, and the days of feasts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("dates.toml");
pub(super) const LUNAR_TEXT: &str = include_str!("lunar.tsv");

/// A feast or season by which papers date their reports.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feast {
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

impl Feast {
    /// Its place in the table.
    pub fn number(&self) -> usize {
        self.number
    }
}

fn one() -> i64 {
    1
}

/// Words around a feast that tell on which side of it a text stands.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeastWords {
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
    /// Words of these years.
    pub words: Vec<String>,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
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
pub struct Elsewhere {
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
    pub elsewhere: Elsewhere,
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
    /// Feasts.
    pub feast: Vec<Feast>,
    /// Words around feasts.
    pub feast_words: FeastWords,
    /// First days of moving feasts by year: four columns.
    #[serde(skip)]
    lunar: BTreeMap<i16, [(i8, i8); 4]>,
}

impl DateWords {
    /// Month and first day of a feast in a year; `None` outside 1949–2050 for one that moves.
    pub fn day_of(&self, feast: &Feast, year: i16) -> Option<(i8, i8)> {
        feast.day.or_else(|| feast.lunar.and_then(|column| self.lunar.get(&year)?.get(column).copied()))
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

fn lunar_row(row: &[&str]) -> Option<(i16, [(i8, i8); 4])> {
    let day = |text: &&str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let days: Vec<(i8, i8)> = row.iter().skip(1).filter_map(day).collect();
    Some((row.first()?.parse().ok()?, days.try_into().ok()?))
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
        let all = words.lunar.values().map(|days| days[0]);
        assert!(all.into_iter().all(|day| ((1, 20)..=(2, 21)).contains(&day)));
    }
}

//! What a page says of its day, as observations: each a kind of the table `date_evidence.toml` and the year, day or month
//! that it points to. How much a kind says at which distance is the table's.

use crate::enrich::clues::{Clue, Said, Side, Tie};
use crate::model::{Date, Evidence};
use crate::tables::Month;
use std::collections::BTreeMap;

/// Days before the last one of a group that belong to it.
const GROUP: i64 = 15;
/// A year of reference for days without year: a leap year.
const LEAP: i16 = 2000;
/// Days of it.
const DAYS: i64 = 366;

/// The last month in which the year before is still spoken of most.
const EARLY: i8 = 3;
/// Kinds that say something else in these months.
const SEASONAL: [&str; 3] = ["reached", "year.greatest", "year.frequent"];

/// What an observation points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::enrich) enum Seen {
    /// A year.
    Year(i16),
    /// The years from one to another.
    Years(i16, i16),
    /// The months from one to another, or from one on.
    Months(Month, Option<Month>),
    /// A year of a cycle of so many, which begins at the lunar new year.
    Cycle(i16, i16),
    /// A day of the traditional calendar of any year.
    Lunar(i8, i8),
    /// A day that is one of the traditional calendar: month and day, lunar month and day.
    LunarPair(i8, i8, i8, i8),
    /// A day of any year.
    Day(i8, i8),
    /// A month of any year.
    Month(i8),
    /// A day of any month.
    DayOfMonth(i8),
    /// A day of a year.
    Full(Date),
    /// A month of a year.
    YearMonth(i16, i8),
    /// A weekday, 0–6 from Monday, that stands beside a day.
    Weekday(i8, i8, i64),
    /// A feast, by its number in the table.
    Feast(usize),
}

/// One observation.
#[derive(Clone, Debug)]
pub(in crate::enrich) struct Observation {
    /// Its row in the table.
    pub kind: String,
    /// What it points to.
    pub seen: Seen,
    /// How often the page says it.
    pub count: usize,
    /// Where it says it first.
    pub evidence: Evidence,
}

impl Observation {
    /// Whether it is of the day of a dateline.
    pub(in crate::enrich) fn is_dateline(&self) -> bool {
        self.kind.starts_with("day.dateline") || self.kind.starts_with("day_of_month.dateline")
    }
}

/// The observations of a page, each once.
pub(in crate::enrich) fn observe(stories: &[Vec<Clue>]) -> Vec<Observation> {
    let mut found: BTreeMap<(String, Seen), (usize, &Evidence)> = BTreeMap::new();
    let mut add = |kind: String, seen: Seen, evidence| found.entry((kind, seen)).or_insert((0, evidence)).0 += 1;
    for story in stories {
        let mut year = None;
        for clue in story {
            direct(clue).into_iter().for_each(|(kind, seen)| add(kind, seen, &clue.evidence));
            match (clue.said, year) {
                (Said::Year(of, ..), _) if clue.side != Side::Ahead => year = Some(of),
                (Said::After(years), Some(of)) => add("after".into(), Seen::Year(of + years), &clue.evidence),
                _ => {}
            }
        }
    }
    let all: Vec<&Clue> = stories.iter().flatten().collect();
    derived(&all).into_iter().for_each(|(kind, seen, clue)| add(kind, seen, &clue.evidence));
    let found = found.into_iter();
    found
        .map(|((kind, seen), (count, evidence))| Observation { kind, seen, count, evidence: evidence.clone() })
        .collect()
}

/// What a clue says by itself.
fn direct(clue: &Clue) -> Vec<(String, Seen)> {
    let near = clue.lead || clue.headline;
    let kind = |form: &str| {
        let side = side(clue.side);
        format!("{form}{side}{}", if near { ".near" } else { "" })
    };
    let year = |form: &str, year: i16| (kind(form), Seen::Year(year));
    let mut found = match clue.said {
        Said::Year(of, Some(month), Some(day)) => {
            let day = Date::new(of, month, day).map(|day| (kind("full"), Seen::Full(day)));
            std::iter::once(year("year_day", of)).chain(day).collect()
        }
        Said::Year(of, Some(month), None) => {
            vec![year("year_month", of), (kind("month_of_year"), Seen::YearMonth(of, month))]
        }
        Said::Year(of, None, _) => vec![year("year", of)],
        Said::Named(of) => vec![year("year_name", of)],
        Said::Day(month, day) | Said::DayOf(month, day, 0) => vec![(day_kind(clue), Seen::Day(month, day))],
        Said::DayOf(month, day, years) if years < 0 => vec![("day.last_year".into(), Seen::Day(month, day))],
        Said::Month(month, None) => vec![(kind("month"), Seen::Month(month))],
        Said::Month(month, Some(years)) => {
            let form = if years < 0 { "month.last_year" } else { "month.this_year" };
            vec![(form.into(), Seen::Month(month))]
        }
        Said::DayOfMonth(day) => {
            let form = if clue.tie == Tie::Dateline { "day_of_month.dateline".into() } else { kind("day_of_month") };
            vec![(form, Seen::DayOfMonth(day))]
        }
        Said::Feast(feast) => vec![(format!("feast{}", side(clue.side)), Seen::Feast(feast.number()))],
        Said::Tells(of) => vec![("anniversary".into(), Seen::Year(of))],
        Said::Told(of) => vec![("event".into(), Seen::Year(of))],
        Said::Numbered(of) => vec![("numbered".into(), Seen::Year(of))],
        Said::Era(era) => vec![(era.kind.name().into(), Seen::Months(era.from, era.to))],
        Said::PlanYears(from, to) => vec![("plan".into(), Seen::Years(from, to))],
        Said::Cycle(period, year) => vec![(format!("cycle{period}"), Seen::Cycle(period, year))],
        Said::Lunar(month, day) => vec![("lunar".into(), Seen::Lunar(month, day))],
        Said::DayOf(..) | Said::After(_) => Vec::new(),
    };
    if let Said::Day(month, day) = clue.said {
        let weekday = clue.weekday.map(|weekday| ("weekday".into(), Seen::Weekday(month, day, weekday)));
        let lunar = clue.lunar.map(|(of, on)| ("lunar_pair".into(), Seen::LunarPair(month, day, of, on)));
        found.extend(weekday.into_iter().chain(lunar));
    }
    found
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Plain => "",
        Side::Ahead => ".ahead",
        Side::Past => ".past",
        Side::Since => ".since",
        Side::Whole => ".whole",
        Side::Finished => ".finished",
    }
}

fn day_kind(clue: &Clue) -> String {
    match clue.tie {
        Tie::Dateline => "day.dateline".into(),
        Tie::Today => "day.today".into(),
        Tie::Yesterday => "day.yesterday".into(),
        Tie::None => {
            let side = match clue.side {
                Side::Ahead => ".ahead",
                Side::Past | Side::Since => ".past",
                _ => "",
            };
            format!("day{side}{}", if clue.lead || clue.headline { ".near" } else { "" })
        }
    }
}

/// What the clues say together: the greatest year, the last dateline, the last day.
fn derived<'a>(clues: &[&'a Clue]) -> Vec<(String, Seen, &'a Clue)> {
    let reached = clues.iter().filter(|clue| clue.side != Side::Ahead).filter_map(|clue| match clue.said {
        Said::Year(year, ..) | Said::Named(year) => Some((year, *clue)),
        _ => None,
    });
    let greatest = reached.clone().max_by_key(|(year, _)| *year);
    let near = reached.clone().filter(|(_, clue)| clue.lead || clue.headline).max_by_key(|(year, _)| *year);
    let mut counts: BTreeMap<i16, (usize, &Clue)> = BTreeMap::new();
    reached.for_each(|(year, clue)| counts.entry(year).or_insert((0, clue)).0 += 1);
    let frequent = counts.into_iter().max_by_key(|(year, (count, _))| (*count, *year));
    let day = |kind: fn(&Clue) -> bool| {
        let days = clues.iter().filter(|clue| kind(clue)).filter_map(|clue| match clue.said {
            Said::Day(month, day) => Some(((month, day), *clue)),
            _ => None,
        });
        last_of_group(&days.collect::<Vec<_>>())
    };
    let dateline = day(|clue| clue.tie == Tie::Dateline);
    let told = day(|clue| clue.tie != Tie::Dateline && clue.side == Side::Plain);
    let years = [("year.greatest", greatest), ("year.greatest.near", near)].into_iter();
    let years = years.filter_map(|(kind, found)| found.map(|(year, clue)| (kind, Seen::Year(year), clue)));
    let frequent = frequent.map(|(year, (_, clue))| ("year.frequent", Seen::Year(year), clue));
    let here = dateline.or(told).map(|(day, _)| day);
    let floors = floors(clues, here);
    let days = [("day.dateline.last", dateline), ("day.last", told)].into_iter();
    let days = days.filter_map(|(kind, found)| found.map(|((month, day), clue)| (kind, Seen::Day(month, day), clue)));
    let all: Vec<(&str, Seen, &Clue)> = years.chain(frequent).chain(floors).chain(days).collect();
    let season = here.map(|(month, _)| if month <= EARLY { "early" } else { "mid" });
    let of_season = all
        .iter()
        .filter(|(kind, ..)| SEASONAL.contains(kind))
        .filter_map(|(kind, seen, clue)| season.map(|season| (format!("{kind}.{season}"), *seen, *clue)));
    let plain = all.iter().map(|(kind, seen, clue)| ((*kind).to_owned(), *seen, *clue));
    plain.chain(of_season).collect()
}

/// The first year in which the page can have been printed after each day and month of a year that it tells of, if it was
/// printed on `here`: the greatest of them, the greatest near a beginning, the greatest of these and of the bare years.
fn floors<'a>(clues: &[&'a Clue], here: Option<(i8, i8)>) -> Vec<(&'static str, Seen, &'a Clue)> {
    let told = |clue: &&&Clue| clue.side != Side::Ahead;
    let floor = |clue: &&'a Clue| match clue.said {
        Said::Year(year, Some(month), day) => {
            let later = here.is_some_and(|here| (month, day.unwrap_or(1)) > here);
            Some((year + i16::from(later), *clue))
        }
        _ => None,
    };
    let bare = |clue: &&'a Clue| match clue.said {
        Said::Year(year, None, _) | Said::Named(year) => Some((year, *clue)),
        _ => None,
    };
    let floors: Vec<(i16, &Clue)> = clues.iter().filter(told).filter_map(floor).collect();
    let near = floors.iter().filter(|(_, clue)| clue.lead || clue.headline);
    let reached = floors.iter().copied().chain(clues.iter().filter(told).filter_map(bare));
    let kinds = if here.is_some() { ["floor.day", "floor.day.near"] } else { ["floor", "floor.near"] };
    let found = [
        (kinds[0], floors.iter().copied().max_by_key(|(year, _)| *year)),
        (kinds[1], near.copied().max_by_key(|(year, _)| *year)),
        ("reached", reached.max_by_key(|(year, _)| *year)),
    ];
    found.into_iter().filter_map(|(kind, found)| found.map(|(year, clue)| (kind, Seen::Year(year), clue))).collect()
}

/// The last day of the largest group of days near each other, the turn of the year passed over.
fn last_of_group<'a>(days: &[((i8, i8), &'a Clue)]) -> Option<((i8, i8), &'a Clue)> {
    let number = |(month, day): (i8, i8)| Some(Date::new(LEAP, month, day)?.days_since(Date::new(LEAP, 1, 1)?));
    let numbers: Vec<(i64, usize)> =
        days.iter().enumerate().filter_map(|(at, (day, _))| Some((number(*day)?, at))).collect();
    let size = |last: i64| numbers.iter().filter(|(day, _)| (last - day).rem_euclid(DAYS) <= GROUP).count();
    let ahead = |last: i64| numbers.iter().any(|(day, _)| (1..=GROUP).contains(&(day - last).rem_euclid(DAYS)));
    let ends = numbers.iter().filter(|(day, _)| !ahead(*day));
    ends.max_by_key(|(day, _)| size(*day)).map(|(_, at)| days[*at])
}

//! What a page says of its day, as observations: each a kind of the table `date_evidence.toml` and the year, day or month
//! that it points to. How much a kind says at which distance is the table's.

use crate::enrich::time_expressions::{IssueDayTie, TimeDirection, TimeExpression, TimeExpressionKind};
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
pub(in crate::enrich) enum ObservedTime {
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
    /// A festival, by its number in the table.
    Feast(usize),
}

/// One observation.
#[derive(Clone, Debug)]
pub(in crate::enrich) struct Observation {
    /// Its row in the table.
    pub kind: String,
    /// What it points to.
    pub seen: ObservedTime,
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
pub(in crate::enrich) fn observe(stories: &[Vec<TimeExpression>]) -> Vec<Observation> {
    let mut found: BTreeMap<(String, ObservedTime), (usize, &Evidence)> = BTreeMap::new();
    let mut add =
        |kind: String, seen: ObservedTime, evidence| found.entry((kind, seen)).or_insert((0, evidence)).0 += 1;
    for story in stories {
        let mut year = None;
        for clue in story {
            direct(clue).into_iter().for_each(|(kind, seen)| add(kind, seen, &clue.evidence));
            match (clue.said, year) {
                (TimeExpressionKind::Year(of, ..), _) if clue.side != TimeDirection::Ahead => year = Some(of),
                (TimeExpressionKind::After(years), Some(of)) => {
                    add("after".into(), ObservedTime::Year(of + years), &clue.evidence)
                }
                _ => {}
            }
        }
    }
    let all: Vec<&TimeExpression> = stories.iter().flatten().collect();
    derived(&all).into_iter().for_each(|(kind, seen, clue)| add(kind, seen, &clue.evidence));
    let found = found.into_iter();
    found
        .map(|((kind, seen), (count, evidence))| Observation { kind, seen, count, evidence: evidence.clone() })
        .collect()
}

/// What a clue says by itself.
fn direct(clue: &TimeExpression) -> Vec<(String, ObservedTime)> {
    let near = clue.lead || clue.headline;
    let kind = |form: &str| {
        let side = side(clue.side);
        format!("{form}{side}{}", if near { ".near" } else { "" })
    };
    let year = |form: &str, year: i16| (kind(form), ObservedTime::Year(year));
    let mut found = match clue.said {
        TimeExpressionKind::Year(of, Some(month), Some(day)) => {
            let day = Date::new(of, month, day).map(|day| (kind("full"), ObservedTime::Full(day)));
            std::iter::once(year("year_day", of)).chain(day).collect()
        }
        TimeExpressionKind::Year(of, Some(month), None) => {
            vec![year("year_month", of), (kind("month_of_year"), ObservedTime::YearMonth(of, month))]
        }
        TimeExpressionKind::Year(of, None, _) => vec![year("year", of)],
        TimeExpressionKind::Named(of) => vec![year("year_name", of)],
        TimeExpressionKind::Day(month, day) | TimeExpressionKind::DayOf(month, day, 0) => {
            vec![(day_kind(clue), ObservedTime::Day(month, day))]
        }
        TimeExpressionKind::DayOf(month, day, years) if years < 0 => {
            vec![("day.last_year".into(), ObservedTime::Day(month, day))]
        }
        TimeExpressionKind::Month(month, None) => vec![(kind("month"), ObservedTime::Month(month))],
        TimeExpressionKind::Month(month, Some(years)) => {
            let form = if years < 0 { "month.last_year" } else { "month.this_year" };
            vec![(form.into(), ObservedTime::Month(month))]
        }
        TimeExpressionKind::DayOfMonth(day) => {
            let form =
                if clue.tie == IssueDayTie::Dateline { "day_of_month.dateline".into() } else { kind("day_of_month") };
            vec![(form, ObservedTime::DayOfMonth(day))]
        }
        TimeExpressionKind::Festival(feast) => {
            vec![(format!("feast{}", side(clue.side)), ObservedTime::Feast(feast.number()))]
        }
        TimeExpressionKind::AnchoredYear(of) => vec![("anniversary".into(), ObservedTime::Year(of))],
        TimeExpressionKind::DatedEvent(of) => vec![("event".into(), ObservedTime::Year(of))],
        TimeExpressionKind::Numbered(of) => vec![("numbered".into(), ObservedTime::Year(of))],
        TimeExpressionKind::Era(era) => vec![(era.kind.name().into(), ObservedTime::Months(era.from, era.to))],
        TimeExpressionKind::PlanYears(from, to) => vec![("plan".into(), ObservedTime::Years(from, to))],
        TimeExpressionKind::Cycle(period, year) => vec![(format!("cycle{period}"), ObservedTime::Cycle(period, year))],
        TimeExpressionKind::Lunar(month, day) => vec![("lunar".into(), ObservedTime::Lunar(month, day))],
        TimeExpressionKind::DayOf(..) | TimeExpressionKind::After(_) => Vec::new(),
    };
    if let TimeExpressionKind::Day(month, day) = clue.said {
        let weekday = clue.weekday.map(|weekday| ("weekday".into(), ObservedTime::Weekday(month, day, weekday)));
        let lunar = clue.lunar.map(|(of, on)| ("lunar_pair".into(), ObservedTime::LunarPair(month, day, of, on)));
        found.extend(weekday.into_iter().chain(lunar));
    }
    found
}

fn side(side: TimeDirection) -> &'static str {
    match side {
        TimeDirection::Plain => "",
        TimeDirection::Ahead => ".ahead",
        TimeDirection::Past => ".past",
        TimeDirection::Since => ".since",
        TimeDirection::Whole => ".whole",
        TimeDirection::Finished => ".finished",
    }
}

fn day_kind(clue: &TimeExpression) -> String {
    match clue.tie {
        IssueDayTie::Dateline => "day.dateline".into(),
        IssueDayTie::Today => "day.today".into(),
        IssueDayTie::Yesterday => "day.yesterday".into(),
        IssueDayTie::None => {
            let side = match clue.side {
                TimeDirection::Ahead => ".ahead",
                TimeDirection::Past | TimeDirection::Since => ".past",
                _ => "",
            };
            format!("day{side}{}", if clue.lead || clue.headline { ".near" } else { "" })
        }
    }
}

/// What the clues say together: the greatest year, the last dateline, the last day.
fn derived<'a>(clues: &[&'a TimeExpression]) -> Vec<(String, ObservedTime, &'a TimeExpression)> {
    let reached = clues.iter().filter(|clue| clue.side != TimeDirection::Ahead).filter_map(|clue| match clue.said {
        TimeExpressionKind::Year(year, ..) | TimeExpressionKind::Named(year) => Some((year, *clue)),
        _ => None,
    });
    let greatest = reached.clone().max_by_key(|(year, _)| *year);
    let near = reached.clone().filter(|(_, clue)| clue.lead || clue.headline).max_by_key(|(year, _)| *year);
    let mut counts: BTreeMap<i16, (usize, &TimeExpression)> = BTreeMap::new();
    reached.for_each(|(year, clue)| counts.entry(year).or_insert((0, clue)).0 += 1);
    let frequent = counts.into_iter().max_by_key(|(year, (count, _))| (*count, *year));
    let day = |kind: fn(&TimeExpression) -> bool| {
        let days = clues.iter().filter(|clue| kind(clue)).filter_map(|clue| match clue.said {
            TimeExpressionKind::Day(month, day) => Some(((month, day), *clue)),
            _ => None,
        });
        last_of_group(&days.collect::<Vec<_>>())
    };
    let dateline = day(|clue| clue.tie == IssueDayTie::Dateline);
    let told = day(|clue| clue.tie != IssueDayTie::Dateline && clue.side == TimeDirection::Plain);
    let years = [("year.greatest", greatest), ("year.greatest.near", near)].into_iter();
    let years = years.filter_map(|(kind, found)| found.map(|(year, clue)| (kind, ObservedTime::Year(year), clue)));
    let frequent = frequent.map(|(year, (_, clue))| ("year.frequent", ObservedTime::Year(year), clue));
    let here = dateline.or(told).map(|(day, _)| day);
    let floors = floors(clues, here);
    let days = [("day.dateline.last", dateline), ("day.last", told)].into_iter();
    let days =
        days.filter_map(|(kind, found)| found.map(|((month, day), clue)| (kind, ObservedTime::Day(month, day), clue)));
    let all: Vec<(&str, ObservedTime, &TimeExpression)> = years.chain(frequent).chain(floors).chain(days).collect();
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
fn floors<'a>(
    clues: &[&'a TimeExpression],
    here: Option<(i8, i8)>,
) -> Vec<(&'static str, ObservedTime, &'a TimeExpression)> {
    let told = |clue: &&&TimeExpression| clue.side != TimeDirection::Ahead;
    let floor = |clue: &&'a TimeExpression| match clue.said {
        TimeExpressionKind::Year(year, Some(month), day) => {
            let later = here.is_some_and(|here| (month, day.unwrap_or(1)) > here);
            Some((year + i16::from(later), *clue))
        }
        _ => None,
    };
    let bare = |clue: &&'a TimeExpression| match clue.said {
        TimeExpressionKind::Year(year, None, _) | TimeExpressionKind::Named(year) => Some((year, *clue)),
        _ => None,
    };
    let floors: Vec<(i16, &TimeExpression)> = clues.iter().filter(told).filter_map(floor).collect();
    let near = floors.iter().filter(|(_, clue)| clue.lead || clue.headline);
    let reached = floors.iter().copied().chain(clues.iter().filter(told).filter_map(bare));
    let kinds = if here.is_some() { ["floor.day", "floor.day.near"] } else { ["floor", "floor.near"] };
    let found = [
        (kinds[0], floors.iter().copied().max_by_key(|(year, _)| *year)),
        (kinds[1], near.copied().max_by_key(|(year, _)| *year)),
        ("reached", reached.max_by_key(|(year, _)| *year)),
    ];
    found
        .into_iter()
        .filter_map(|(kind, found)| found.map(|(year, clue)| (kind, ObservedTime::Year(year), clue)))
        .collect()
}

/// The last day of the largest group of days near each other, the turn of the year passed over.
fn last_of_group<'a>(days: &[((i8, i8), &'a TimeExpression)]) -> Option<((i8, i8), &'a TimeExpression)> {
    let number = |(month, day): (i8, i8)| Some(Date::new(LEAP, month, day)?.days_since(Date::new(LEAP, 1, 1)?));
    let numbers: Vec<(i64, usize)> =
        days.iter().enumerate().filter_map(|(at, (day, _))| Some((number(*day)?, at))).collect();
    let size = |last: i64| numbers.iter().filter(|(day, _)| (last - day).rem_euclid(DAYS) <= GROUP).count();
    let ahead = |last: i64| numbers.iter().any(|(day, _)| (1..=GROUP).contains(&(day - last).rem_euclid(DAYS)));
    let ends = numbers.iter().filter(|(day, _)| !ahead(*day));
    ends.max_by_key(|(day, _)| size(*day)).map(|(_, at)| days[*at])
}

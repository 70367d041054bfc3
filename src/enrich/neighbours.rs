//! The day of a page by the other pages of its folder: pages of an issue lie side by side, and those of a paper show its
//! days of issue, its numbers, and how soon it prints its news.

use super::date::{self, FolioLikelihood};
use super::habit::{self, Datelines, Habit};
use super::issue_number::{self, IssueNumber};
use super::schedule::{NumberedDays, Schedules, rising};
use super::{PageOrigin, page};
use crate::model::{Date, DateInfo, DateSource, DateSpan, Evidence, Precision, PrintedIssue};
use std::collections::BTreeSet;

/// Lines at the top and at the end of a page that may hold its folio line.
const EDGE: usize = 12;
/// Probability of a day on which the pages around agree.
const AGREED: f32 = 0.95;
/// Logarithm of the probability of another day than that of the only dated page, or than that on which all agree.
const OTHER: f64 = -16.0;
/// Days of issues, about.
const ALL_DAYS: f64 = 30_000.0;
/// Share of the days of the pages around together with those between them: where days follow the order of the names, where
/// too few are dated to tell, and where they do not.
const NEAR: [f64; 3] = [0.95, 0.8, 0.9];
/// Share of these that are days of pages around, before the pages around were asked, and as how many of them it counts.
const THEIRS: (f64, f64) = (0.8, 3.0);
/// Days after the last dated page, or before the first, on which a page beyond it may have come.
const BEYOND: i64 = 31;

/// Days of issues from which a schedule is told.
const FEWEST_DAYS: usize = 3;
/// What the number or the weekday must say for a day to be a reason for it.
const REASON: f64 = 1.0;

/// A page file with the issue that its folio line or its name states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The name of the file.
    pub file: String,
    /// The issue.
    pub issue: PrintedIssue,
}

/// The dated pages around a page in its folder, the nearest first on each side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Those whose names come before.
    pub before: Vec<Neighbour>,
    /// Those whose names come after.
    pub after: Vec<Neighbour>,
}

/// Whether the order of the names is that of the days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameOrder {
    Ordered = 0,
    Unknown = 1,
    Mixed = 2,
}

/// The first and the last lines of a page that are short.
fn edges(lines: &[(u32, String)]) -> Vec<(u32, String)> {
    let edges = match lines.len() {
        few if few <= 2 * EDGE => lines.to_vec(),
        many => [&lines[..EDGE], &lines[many - EDGE..]].concat(),
    };
    edges.into_iter().filter(|(_, text)| text.chars().count() <= page::LONGEST).collect()
}

/// The issue that a page states by its folio line or its path: `lines` with their numbers, in the order of the source.
pub fn printed_issue(path: &str, lines: &[(u32, String)]) -> Option<PrintedIssue> {
    let edges = edges(lines);
    let origin = PageOrigin { path: path.to_owned(), ..PageOrigin::default() };
    let stated = date::of_page(&origin, &page::mastheads(&edges));
    let day = stated.span.filter(|span| span.precision == Precision::Day).map(|span| span.earliest);
    let day = day.or_else(|| date::damaged(&edges)?.sure_day())?;
    let number = issue_number::printed(&edges).map(|found| found.number);
    let lag = Datelines::of_lines(lines.iter().map(|(_, text)| text.as_str())).lag(day);
    Some(PrintedIssue { day, number, lag })
}

/// The number of the issue on a page that states no day. `short`: number and text of the blocks that may hold a masthead.
pub(super) fn printed_number(short: &[(u32, String)]) -> Option<IssueNumber> {
    issue_number::printed(&edges(short))
}

/// Whether an option, the path or a masthead states the day of a page, so that nobody need look at its folder. `short`:
/// number and text of the blocks that may hold a masthead.
pub fn is_dated(origin: &PageOrigin, short: &[(u32, String)]) -> bool {
    date::of_page(origin, &page::mastheads(short)).precision() == Precision::Day
}

impl Neighbour {
    fn day(&self) -> Date {
        self.issue.day
    }

    /// Whether its issue has another number.
    fn is_not(&self, number: Option<&IssueNumber>) -> bool {
        self.issue.number.zip(number).is_some_and(|(theirs, own)| theirs != own.number)
    }
}

impl Neighbours {
    /// Whether no page around is dated.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = &Neighbour> {
        self.before.iter().chain(&self.after)
    }

    /// The page whose day is that of the page: all around have it, or those next to it on both sides.
    fn agreed(&self) -> Option<&Neighbour> {
        let first = self.before.first().or(self.after.first())?;
        let all = self.all().count() > 1 && self.all().all(|other| other.day() == first.day());
        let sides = self.before.first().zip(self.after.first()).is_some_and(|(a, b)| a.day() == b.day());
        (all || sides).then_some(first)
    }

    /// The date that the pages around state, within what is stated of the page itself; none where its issue has another
    /// number.
    pub(super) fn stated_date(&self, own: &DateInfo, number: Option<&IssueNumber>) -> Option<DateInfo> {
        let told = self.agreed().filter(|told| !told.is_not(number))?;
        let (day, span) = (told.day(), DateSpan::day(told.day()));
        let fits = own.span.is_none_or(|own| own.earliest <= day && day <= own.latest);
        let evidence = std::iter::once(evidence(told)).chain(own.evidence.iter().cloned()).collect();
        fits.then(|| DateInfo::stated(span, DateSource::Folder, AGREED, evidence))
    }

    /// Notes the pages around that speak for an inferred day; where it is one of theirs, it was taken from them.
    pub(super) fn note(&self, date: &mut DateInfo) {
        let Some(best) = date.best.as_ref().map(|best| best.day) else { return };
        let next = || self.before.first().into_iter().chain(self.after.first());
        let own = next().find(|told| told.day() == best && date.precision() == Precision::Day);
        if own.is_some() && date.source != DateSource::Masthead {
            date.source = DateSource::Folder;
        }
        let told: Vec<&Neighbour> = own.map_or_else(|| next().collect(), |own| vec![own]);
        let fits = |told: &&Neighbour| told.day().days_since(best).abs() <= BEYOND;
        let found: Vec<Evidence> = told.into_iter().filter(fits).map(evidence).collect();
        date.evidence.splice(0..0, found);
    }

    /// The days in the order of the names.
    fn in_order(&self) -> Vec<Date> {
        self.before.iter().rev().chain(&self.after).map(Neighbour::day).collect()
    }

    fn order(&self) -> NameOrder {
        let days = self.in_order();
        let steps = || days.windows(2);
        match (steps().any(|pair| pair[0] < pair[1]), steps().any(|pair| pair[0] > pair[1])) {
            (true, true) => NameOrder::Mixed,
            _ if days.len() < 4 => NameOrder::Unknown,
            _ => NameOrder::Ordered,
        }
    }

    /// The days that bound the page: those next to it; beyond the last page, some days more.
    fn bounds(&self) -> Option<(Date, Date)> {
        let days = self.in_order();
        let rising = days.first()? <= days.last()?;
        let bounds = match (self.before.first(), self.after.first()) {
            (Some(a), Some(b)) => (a.day().min(b.day()), a.day().max(b.day())),
            (Some(last), None) if rising => (last.day(), last.day().plus(BEYOND)?),
            (None, Some(first)) if !rising => (first.day(), first.day().plus(BEYOND)?),
            (Some(one), None) | (None, Some(one)) => (one.day().plus(-BEYOND)?, one.day()),
            (None, None) => return None,
        };
        Some(bounds)
    }

    /// What the pages around say of each day for a page with this number and these datelines.
    pub(super) fn chances(&self, number: Option<&IssueNumber>, datelines: &Datelines) -> NeighbourPrior {
        let days: BTreeSet<Date> = self.all().map(Neighbour::day).collect();
        let numbers = rising(self.all().filter_map(|told| Some((told.issue.number?, told.day()))));
        let schedules = Schedules::of(&days, &numbers);
        let shares = self.shares(number);
        let number = number.and_then(|own| schedules.days_of(own.number, &numbers));
        let weekdays = (number.is_none() && days.len() >= FEWEST_DAYS).then(|| schedules.weekdays());
        let habit = Habit::of(self.all().filter_map(|told| told.issue.lag)).filter(|_| !datelines.is_empty());
        let habit = habit.map(|habit| habit.days(datelines));
        NeighbourPrior { shares, number, weekdays, habit }
    }

    /// The days of the pages around, those between them, and all others.
    fn shares(&self, number: Option<&IssueNumber>) -> Shares {
        let order = self.order();
        let one = self.all().next().filter(|first| self.all().all(|other| other.day() == first.day()));
        if let Some(one) = one.filter(|one| !one.is_not(number)) {
            return Shares { days: vec![(one.day(), 1.0)], bounds: None, other: OTHER.exp() };
        }
        let next = || self.before.first().into_iter().chain(self.after.first());
        let (days, bounds): (Vec<Date>, _) = match order {
            NameOrder::Mixed => (self.all().map(Neighbour::day).collect(), self.range()),
            _ => (next().map(Neighbour::day).collect(), self.bounds()),
        };
        let near = NEAR[order as usize];
        let theirs = near * self.shared(order);
        let share = theirs / days.len().max(1) as f64;
        let bounds = bounds.map(|(from, to)| (from, to, (near - theirs) / (to.days_since(from) + 1) as f64));
        let other = (1.0 - near) / ALL_DAYS;
        Shares { days: days.into_iter().map(|day| (day, share)).collect(), bounds, other }
    }

    /// The share of pages around whose day is that of one next to it, or of any other where days do not follow the names.
    fn shared(&self, order: NameOrder) -> f64 {
        let days = self.in_order();
        let is_shared = |at: usize| {
            let near = |other: usize| order == NameOrder::Mixed || at.abs_diff(other) == 1;
            (0..days.len()).any(|other| other != at && near(other) && days[other] == days[at])
        };
        let shared = (0..days.len()).filter(|at| is_shared(*at)).count() as f64;
        (shared + THEIRS.0 * THEIRS.1) / (days.len() as f64 + THEIRS.1)
    }

    /// The first and the last of all days, and some more.
    fn range(&self) -> Option<(Date, Date)> {
        let days = || self.all().map(Neighbour::day);
        Some((days().min()?.plus(-BEYOND)?, days().max()?.plus(BEYOND)?))
    }
}

fn evidence(told: &Neighbour) -> Evidence {
    Evidence::new("neighbour", format!("{} {}", told.file, told.day()))
}

/// How probable days are by those of the pages around.
struct Shares {
    days: Vec<(Date, f64)>,
    /// First and last day between the pages next to it, and the probability of each.
    bounds: Option<(Date, Date, f64)>,
    /// The probability of any day.
    other: f64,
}

impl Shares {
    fn most_in(&self, year: i16) -> f64 {
        let own: f64 = self.days.iter().filter(|(day, _)| day.year() == year).map(|(_, share)| share).sum();
        let between = self.bounds.filter(|(from, to, _)| (from.year()..=to.year()).contains(&year));
        (own + between.map_or(0.0, |(.., share)| share) + self.other).ln()
    }

    fn of_day(&self, day: Date) -> f64 {
        let own: f64 = self.days.iter().filter(|(other, _)| *other == day).map(|(_, share)| share).sum();
        let between = self.bounds.filter(|(from, to, _)| *from <= day && day <= *to).map_or(0.0, |(.., share)| share);
        (own + between + self.other).ln()
    }
}

/// What the pages around say of each day, as logarithms up to a constant.
pub(super) struct NeighbourPrior {
    /// By their days.
    shares: Shares,
    /// By the number of the issue.
    number: Option<NumberedDays>,
    /// By the weekdays on which the paper comes out.
    weekdays: Option<[f64; 7]>,
    /// By the datelines of the page and how soon the paper prints its news, for each day of any year.
    habit: Option<Vec<f64>>,
}

impl NeighbourPrior {
    fn of_number(&self, day: Date) -> f64 {
        self.number.as_ref().map_or(0.0, |number| number.of_day(day))
    }

    fn of_weekday(&self, day: Date) -> f64 {
        self.weekdays.map_or(0.0, |weekdays| weekdays[day.weekday() as usize])
    }

    fn of_habit(&self, day: Date) -> f64 {
        self.habit.as_ref().and_then(|habit| habit.get(habit::place(day)).copied()).unwrap_or(0.0)
    }

    /// At least what is said of any day of a year.
    fn most_in(&self, year: i16) -> f64 {
        let most = |weights: &[f64]| weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let number = self.number.as_ref().map_or(0.0, |number| number.most_in(year));
        let weekday = self.weekdays.as_ref().map_or(0.0, |weekdays| most(weekdays));
        self.shares.most_in(year) + number + weekday + self.habit.as_ref().map_or(0.0, |habit| most(habit))
    }

    fn of_day(&self, day: Date) -> f64 {
        self.shares.of_day(day) + self.of_number(day) + self.of_weekday(day) + self.of_habit(day)
    }

    /// Notes what number, weekday and datelines say for an inferred day.
    pub(super) fn note(
        &self,
        date: &mut DateInfo,
        number: Option<IssueNumber>,
        around: &Neighbours,
        lines: &Datelines,
    ) {
        let Some(best) = date.best.as_ref().map(|best| best.day) else { return };
        let numbered = number.filter(|_| self.of_number(best) > REASON);
        if numbered.is_some() && date.precision() == Precision::Day && date.source == DateSource::Page {
            date.source = DateSource::Folder;
        }
        let told = |rule: &str, told: &Neighbour, more: String| {
            Evidence::new(rule, format!("{} {}{more}", told.file, told.day()))
        };
        let weekday = around.all().find(|other| other.day().weekday() == best.weekday());
        let weekday = weekday
            .filter(|_| self.of_weekday(best) > REASON && around.all().all(|other| other.day() != best))
            .map(|other| told("day of issue", other, String::new()));
        let lag = lines.lag(best).filter(|_| self.habit.is_some());
        let habit = lag.and_then(|lag| around.all().find(|other| other.issue.lag == Some(lag)));
        let habit = habit.map(|other| told("habit", other, format!(" {:+}", other.issue.lag.unwrap_or(0))));
        let found: Vec<Evidence> =
            numbered.map(|number| number.evidence).into_iter().chain(weekday).chain(habit).collect();
        date.evidence.splice(0..0, found);
    }
}

/// What speaks of the day of a page beside its stories: a damaged folio line, and the pages around.
#[derive(Clone, Copy, Default)]
pub(super) struct DayContext<'a> {
    pub(super) folio: Option<&'a FolioLikelihood>,
    pub(super) neighbours: Option<&'a NeighbourPrior>,
    /// The day on which the page is read: it was printed by then.
    pub(super) until: Option<Date>,
}

impl DayContext<'_> {
    /// Whether datelines are weighed by the habit of the paper.
    pub(super) fn has_habit(self) -> bool {
        self.neighbours.is_some_and(|chances| chances.habit.is_some())
    }

    /// Whether nothing tells of days.
    pub(super) fn is_empty(self) -> bool {
        self.folio.is_none() && self.neighbours.is_none()
    }

    /// The most that it says of a day of a year.
    pub(super) fn most_in(self, year: i16) -> f64 {
        let folio = self.folio.map_or(0.0, |folio| folio.most_in(year));
        folio + self.neighbours.map_or(0.0, |chances| chances.most_in(year))
    }

    /// What it says of a day.
    pub(super) fn of_day(self, day: Date) -> f64 {
        let folio = self.folio.map_or(0.0, |folio| folio.of_day(day));
        folio + self.neighbours.map_or(0.0, |chances| chances.of_day(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(days: &[&str]) -> Vec<Neighbour> {
        let issue = |day: &str| PrintedIssue { day: day.parse().unwrap(), number: None, lag: None };
        let named = days.iter().enumerate();
        named.map(|(n, day)| Neighbour { file: format!("{n}.txt"), issue: issue(day) }).collect()
    }

    fn around(before: &[&str], after: &[&str]) -> Neighbours {
        Neighbours { before: told(before), after: told(after) }
    }

    #[test]
    fn pages_around_agree_or_do_not() {
        let (one, two) = ("2014-04-29", "2014-05-06");
        let cases = [
            (around(&[one, one], &[one]), Some(one)),
            (around(&[one, one], &[]), Some(one)),
            (around(&[one, two], &[one, two]), Some(one)),
            (around(&[one], &[]), None),
            (around(&[one, one], &[two, two]), None),
            (around(&[], &[]), None),
        ];
        for (around, want) in cases {
            let found = around.agreed().map(|told| told.day().to_string());
            assert_eq!(found.as_deref(), want, "{around:?}");
        }
    }

    #[test]
    fn days_outside_are_much_less_probable() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let ordered =
            around(&["2014-04-29", "2014-04-22"], &["2014-05-06", "2014-05-13"]).chances(None, &Datelines::default());
        let [own, between, outside] = ["2014-04-29", "2014-05-02", "2014-05-20"].map(|text| ordered.of_day(day(text)));
        assert!(own > between + 2.0 && between > outside + 6.0, "{own} {between} {outside}");
        let mixed =
            around(&["2014-04-29", "2015-04-22"], &["2014-05-06", "2016-05-13"]).chances(None, &Datelines::default());
        let [own, between] = ["2016-05-13", "2014-05-02"].map(|text| mixed.of_day(day(text)));
        assert!(own > between + 4.0, "{own} {between}");
    }

    #[test]
    fn a_folio_line_is_read_from_the_lines_of_a_page() {
        let lines = |text: &str| (1..).zip(text.lines().map(str::to_owned)).collect::<Vec<_>>();
        let day = |path: &str, text: &str| printed_issue(path, &lines(text)).map(|issue| issue.day.to_string());
        let text = format!("2O14年4月29日 星期二 第3版\n{}", "市总工会慰问职工。\n".repeat(60));
        assert_eq!(day("x/3.txt", &text).as_deref(), Some("2014-04-29"));
        assert_eq!(day("x/2014-04-28_3.txt", &text).as_deref(), Some("2014-04-28"));
        assert_eq!(day("x/3.txt", &"市总工会慰问职工。\n".repeat(60)), None);
    }
}

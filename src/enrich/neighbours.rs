//! The day of a page by the days of the other pages of its folder: pages of an issue lie side by side.

use super::date::{self, Folio};
use super::{Origin, page};
use crate::model::{Date, DateInfo, DateSource, DateSpan, Evidence, Precision};

/// Lines at the top and at the end of a page that may hold its folio line.
const EDGE: usize = 12;
/// Probability of a day on which the pages around agree.
const AGREED: f32 = 0.95;
/// Logarithm of the probability of another day than that of the only dated page, or than that on which all agree.
const OTHER: f64 = -16.0;
/// Days of issues, about.
const ALL_DAYS: f64 = 30_000.0;
/// Shares of the days of the pages around, of the days between them, and of all others: where days follow the order of
/// the names, where too few are dated to tell, and where they do not.
const SHARES: [[f64; 3]; 3] = [[0.75, 0.2, 0.05], [0.6, 0.2, 0.2], [0.7, 0.0, 0.3]];
/// Days after the last dated page, or before the first, on which a page beyond it may have come.
const BEYOND: i64 = 31;

/// A page file with the day that its folio line or its name states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDay {
    /// The name of the file.
    pub file: String,
    /// The day.
    pub day: Date,
}

/// The dated pages around a page in its folder, the nearest first on each side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Those whose names come before.
    pub before: Vec<PrintedDay>,
    /// Those whose names come after.
    pub after: Vec<PrintedDay>,
}

/// Whether the order of the names is that of the days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Ordered = 0,
    Unknown = 1,
    Mixed = 2,
}

/// The day that a page states by its folio line or its path: `lines` with their numbers, in the order of the source.
pub fn printed_day(path: &str, lines: &[(u32, String)]) -> Option<Date> {
    let edges: Vec<(u32, String)> = match lines.len() {
        few if few <= 2 * EDGE => lines.to_vec(),
        many => [&lines[..EDGE], &lines[many - EDGE..]].concat(),
    };
    let edges: Vec<(u32, String)> =
        edges.into_iter().filter(|(_, text)| text.chars().count() <= page::LONGEST).collect();
    let origin = Origin { path: path.to_owned(), ..Origin::default() };
    let stated = date::of_page(&origin, &page::mastheads(&edges));
    let day = stated.span.filter(|span| span.precision == Precision::Day).map(|span| span.earliest);
    day.or_else(|| date::damaged(&edges)?.sure_day())
}

/// Whether an option, the path or a masthead states the day of a page, so that nobody need look at its folder. `short`:
/// number and text of the blocks that may hold a masthead.
pub fn is_dated(origin: &Origin, short: &[(u32, String)]) -> bool {
    date::of_page(origin, &page::mastheads(short)).precision() == Precision::Day
}

impl Neighbours {
    /// Whether no page around is dated.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = &PrintedDay> {
        self.before.iter().chain(&self.after)
    }

    /// The page whose day is that of the page: all around have it, or those next to it on both sides.
    fn agreed(&self) -> Option<&PrintedDay> {
        let first = self.before.first().or(self.after.first())?;
        let all = self.all().count() > 1 && self.all().all(|other| other.day == first.day);
        let sides = self.before.first().zip(self.after.first()).is_some_and(|(a, b)| a.day == b.day);
        (all || sides).then_some(first)
    }

    /// The date that the pages around state, within what is stated of the page itself.
    pub(super) fn stated(&self, own: &DateInfo) -> Option<DateInfo> {
        let told = self.agreed()?;
        let span = DateSpan::day(told.day);
        let fits = own.span.is_none_or(|own| own.earliest <= told.day && told.day <= own.latest);
        let evidence = std::iter::once(evidence(told)).chain(own.evidence.iter().cloned()).collect();
        fits.then(|| DateInfo::stated(span, DateSource::Folder, AGREED, evidence))
    }

    /// Notes the pages around that speak for an inferred day; where it is one of theirs, it was taken from them.
    pub(super) fn note(&self, date: &mut DateInfo) {
        let Some(best) = date.best.as_ref().map(|best| best.day) else { return };
        let next = || self.before.first().into_iter().chain(self.after.first());
        let own = next().find(|told| told.day == best && date.precision() == Precision::Day);
        if own.is_some() && date.source != DateSource::Masthead {
            date.source = DateSource::Folder;
        }
        let told: Vec<&PrintedDay> = own.map_or_else(|| next().collect(), |own| vec![own]);
        let fits = |told: &&PrintedDay| told.day.days_since(best).abs() <= BEYOND;
        let found: Vec<Evidence> = told.into_iter().filter(fits).map(evidence).collect();
        date.evidence.splice(0..0, found);
    }

    /// The days in the order of the names.
    fn in_order(&self) -> Vec<Date> {
        self.before.iter().rev().chain(&self.after).map(|told| told.day).collect()
    }

    fn order(&self) -> Order {
        let days = self.in_order();
        let steps = || days.windows(2);
        match (steps().any(|pair| pair[0] < pair[1]), steps().any(|pair| pair[0] > pair[1])) {
            (true, true) => Order::Mixed,
            _ if days.len() < 4 => Order::Unknown,
            _ => Order::Ordered,
        }
    }

    /// The days that bound the page: those next to it; beyond the last page, some days more.
    fn bounds(&self) -> Option<(Date, Date)> {
        let days = self.in_order();
        let rising = days.first()? <= days.last()?;
        let bounds = match (self.before.first(), self.after.first()) {
            (Some(a), Some(b)) => (a.day.min(b.day), a.day.max(b.day)),
            (Some(last), None) if rising => (last.day, last.day.plus(BEYOND)?),
            (None, Some(first)) if !rising => (first.day, first.day.plus(BEYOND)?),
            (Some(one), None) | (None, Some(one)) => (one.day.plus(-BEYOND)?, one.day),
            (None, None) => return None,
        };
        Some(bounds)
    }

    /// What the pages around say of each day, as logarithms up to a constant.
    pub(super) fn chances(&self) -> Chances {
        let order = self.order();
        let [theirs, between, _] = SHARES[order as usize];
        let one = self.all().next().filter(|first| self.all().all(|other| other.day == first.day));
        if let Some(one) = one {
            return Chances { days: vec![(one.day, 1.0)], bounds: None, other: OTHER.exp() };
        }
        let next = || self.before.first().into_iter().chain(self.after.first());
        let days: Vec<Date> = match order {
            Order::Mixed => self.all().map(|told| told.day).collect(),
            _ => next().map(|told| told.day).collect(),
        };
        let share = theirs / days.len().max(1) as f64;
        let bounds = self.bounds().filter(|_| between > 0.0).map(|(from, to)| {
            let length = to.days_since(from) + 1;
            (from, to, between / length as f64)
        });
        let other = SHARES[order as usize][2] / ALL_DAYS;
        Chances { days: days.into_iter().map(|day| (day, share)).collect(), bounds, other }
    }
}

fn evidence(told: &PrintedDay) -> Evidence {
    Evidence::new("neighbour", format!("{} {}", told.file, told.day))
}

/// How probable days are by the pages around.
pub(super) struct Chances {
    days: Vec<(Date, f64)>,
    /// First and last day between the pages next to it, and the probability of each.
    bounds: Option<(Date, Date, f64)>,
    /// The probability of any day.
    other: f64,
}

impl Chances {
    fn of_day(&self, day: Date) -> f64 {
        let own: f64 = self.days.iter().filter(|(other, _)| *other == day).map(|(_, share)| share).sum();
        let between = self.bounds.filter(|(from, to, _)| *from <= day && day <= *to).map_or(0.0, |(.., share)| share);
        (own + between + self.other).ln()
    }
}

/// What speaks of the day of a page beside its stories: a damaged folio line, and the pages around.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'a> {
    pub(super) folio: Option<&'a Folio>,
    pub(super) neighbours: Option<&'a Chances>,
}

impl Beside<'_> {
    /// Whether there is nothing.
    pub(super) fn is_empty(self) -> bool {
        self.folio.is_none() && self.neighbours.is_none()
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

    fn told(days: &[&str]) -> Vec<PrintedDay> {
        let named = days.iter().enumerate();
        named.map(|(n, day)| PrintedDay { file: format!("{n}.txt"), day: day.parse().unwrap() }).collect()
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
            let found = around.agreed().map(|told| told.day.to_string());
            assert_eq!(found.as_deref(), want, "{around:?}");
        }
    }

    #[test]
    fn days_outside_are_much_less_probable() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let ordered = around(&["2014-04-29", "2014-04-22"], &["2014-05-06", "2014-05-13"]).chances();
        let [own, between, outside] = ["2014-04-29", "2014-05-02", "2014-05-20"].map(|text| ordered.of_day(day(text)));
        assert!(own > between + 2.0 && between > outside + 6.0, "{own} {between} {outside}");
        let mixed = around(&["2014-04-29", "2015-04-22"], &["2014-05-06", "2016-05-13"]).chances();
        let [own, between] = ["2016-05-13", "2014-05-02"].map(|text| mixed.of_day(day(text)));
        assert!(own > between + 6.0, "{own} {between}");
    }

    #[test]
    fn a_folio_line_is_read_from_the_lines_of_a_page() {
        let lines = |text: &str| (1..).zip(text.lines().map(str::to_owned)).collect::<Vec<_>>();
        let day = |path: &str, text: &str| printed_day(path, &lines(text)).map(|day| day.to_string());
        let text = format!("2O14年4月29日 星期二 第3版\n{}", "市总工会慰问职工。\n".repeat(60));
        assert_eq!(day("x/3.txt", &text).as_deref(), Some("2014-04-29"));
        assert_eq!(day("x/2014-04-28_3.txt", &text).as_deref(), Some("2014-04-28"));
        assert_eq!(day("x/3.txt", &"市总工会慰问职工。\n".repeat(60)), None);
    }
}

//! What is held of the issues of papers: a state for every period, so that nothing held is never read as nothing written.

use super::calendar::{ExpectedPublication, PaperCalendar};
use super::cover_reason::CoverReason;
use crate::model::{Date, GapKind, Holding};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a period is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageState {
    /// Every issue that appeared is held.
    Complete,
    /// Some issues that appeared are held, others not.
    Partial,
    /// Nothing appeared.
    NoIssue,
    /// Nothing is held of what appeared, or nobody knows that anything did.
    NotHeld,
    /// Something is held, or may be; the publishing days are not known.
    Unknown,
}

impl CoverageState {
    /// All states, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Complete, Self::Partial, Self::NoIssue, Self::NotHeld, Self::Unknown];

    /// The name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::NoIssue => "no_issue",
            Self::NotHeld => "not_held",
            Self::Unknown => "unknown",
        }
    }
}

/// What is held of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How much.
    pub state: CoverageState,
    /// Whether anything surely is: only then can a count of nothing be a finding.
    pub held: bool,
    /// Issues held, by their days.
    pub issues: u64,
    /// Issues that appeared; `None` where the publishing days are not known.
    pub expected: Option<u64>,
    /// Pages held.
    pub pages: u64,
    /// Articles on them.
    pub articles: u64,
    /// Why it is no more; `None` where there is nothing to say.
    pub reason: Option<CoverReason>,
}

/// What is held of one paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperHoldings {
    days: BTreeMap<Date, HeldIssue>,
    /// Issues of which no day is known: first and last possible day, and what is held of them.
    coarse: BTreeMap<(Date, Date), HeldIssue>,
    /// Articles without any date.
    pub undated: u64,
}

/// What is held of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct HeldIssue {
    pages: BTreeSet<String>,
    articles: u64,
}

impl PaperHoldings {
    fn add(&mut self, holding: &Holding) {
        let put = |issue: &mut HeldIssue| {
            issue.pages.insert(holding.page.clone());
            issue.articles += holding.articles;
        };
        match holding.span {
            None => self.undated += holding.articles,
            Some(span) if span.earliest == span.latest => put(self.days.entry(span.earliest).or_default()),
            Some(span) => put(self.coarse.entry((span.earliest, span.latest)).or_default()),
        }
    }

    /// The first and the last day of which anything is held.
    pub fn span(&self) -> Option<(Date, Date)> {
        let first = self.days.keys().next().into_iter().chain(self.coarse.keys().map(|(first, _)| first)).min()?;
        let last = self.days.keys().next_back().into_iter().chain(self.coarse.keys().map(|(_, last)| last)).max()?;
        Some((*first, *last))
    }

    /// What is held from `first` to `last`, both included.
    pub fn coverage(&self, calendar: &PaperCalendar, first: Date, last: Date) -> Coverage {
        let days: Vec<(&Date, &HeldIssue)> = self.days.range(first..=last).collect();
        let inside = self.coarse.iter().filter(|((from, to), _)| first <= *from && *to <= last);
        let inside: Vec<&HeldIssue> = inside.map(|(_, issue)| issue).collect();
        let open = self.coarse.keys().any(|(from, to)| *from <= last && first <= *to);
        let wanted = ExpectedIssues::from_holdings(self, calendar, first, last);
        let issues = || days.iter().map(|(_, issue)| *issue).chain(inside.iter().copied());
        let held = issues().next().is_some();
        let (state, reason) = match held {
            true => wanted.state_of(calendar, first, last),
            false => wanted.not_held(calendar, first, last, open),
        };
        Coverage {
            state,
            held,
            issues: days.len() as u64,
            expected: wanted.known.then_some(wanted.issues),
            pages: issues().map(|issue| issue.pages.len() as u64).sum(),
            articles: issues().map(|issue| issue.articles).sum(),
            reason,
        }
    }
}

/// What should be there.
struct ExpectedIssues {
    /// Whether the publishing days of the whole time are known.
    known: bool,
    /// Issues that appeared, as far as it is known.
    issues: u64,
    /// Those of them that are held.
    held: u64,
    /// Held issues with fewer pages than they had.
    thin: u64,
}

impl ExpectedIssues {
    fn from_holdings(held: &PaperHoldings, calendar: &PaperCalendar, first: Date, last: Date) -> Self {
        let mut wanted = Self { known: true, issues: 0, held: 0, thin: 0 };
        let days = std::iter::successors(Some(first), |day| day.plus(1)).take_while(|day| *day <= last);
        for day in days {
            match calendar.on(day) {
                ExpectedPublication::Unknown => wanted.known = false,
                ExpectedPublication::None => {}
                ExpectedPublication::Issue(pages) => {
                    wanted.issues += 1;
                    let issue = held.days.get(&day);
                    wanted.held += u64::from(issue.is_some());
                    let thin =
                        |issue: &HeldIssue| pages.is_some_and(|pages| (issue.pages.len() as u64) < u64::from(pages));
                    wanted.thin += u64::from(issue.is_some_and(thin));
                }
            }
        }
        wanted
    }

    /// The state of a time of which something is held.
    fn state_of(&self, calendar: &PaperCalendar, first: Date, last: Date) -> (CoverageState, Option<CoverReason>) {
        let stated = stated(calendar, first, last);
        if !self.known {
            let missing = calendar.gaps_in(first, last).any(|gap| gap.kind == GapKind::NotHeld);
            return match missing {
                true => (CoverageState::Partial, only_stated(stated)),
                false => (CoverageState::Unknown, Some(CoverReason::ScheduleUnknown { stated })),
            };
        }
        if self.held < self.issues {
            let (expected, held) = (self.issues, self.held);
            return (CoverageState::Partial, Some(CoverReason::IssuesMissing { expected, held, stated }));
        }
        if self.thin > 0 {
            return (CoverageState::Partial, Some(CoverReason::PagesMissing { issues: self.thin, stated }));
        }
        (CoverageState::Complete, only_stated(stated))
    }

    /// The state of a time of which nothing is surely held. `open`: whether an issue that is dated less finely may be of it.
    fn not_held(
        &self,
        calendar: &PaperCalendar,
        first: Date,
        last: Date,
        open: bool,
    ) -> (CoverageState, Option<CoverReason>) {
        let stated = only_stated(stated(calendar, first, last));
        let outside = calendar.outside(first).filter(|why| calendar.outside(last).as_ref() == Some(why));
        if outside.is_some() {
            return (CoverageState::NoIssue, outside);
        }
        if self.known && self.issues == 0 {
            return (CoverageState::NoIssue, stated.or(Some(CoverReason::NoPublishingDay)));
        }
        if let Some(gap) = calendar.gaps.iter().find(|gap| gap.from <= first && last <= gap.to) {
            let state = if gap.kind == GapKind::NoIssue { CoverageState::NoIssue } else { CoverageState::NotHeld };
            return (state, Some(CoverReason::Stated(vec![gap.reason.clone()])));
        }
        if open {
            return (CoverageState::Unknown, Some(CoverReason::DatesTooCoarse));
        }
        (CoverageState::NotHeld, stated.or(Some(CoverReason::NothingHeld)))
    }
}

/// The stated reasons of a time, each once.
fn stated(calendar: &PaperCalendar, first: Date, last: Date) -> Vec<String> {
    let mut reasons: Vec<String> = calendar.gaps_in(first, last).map(|gap| gap.reason.clone()).collect();
    reasons.dedup();
    reasons
}

fn only_stated(stated: Vec<String>) -> Option<CoverReason> {
    (!stated.is_empty()).then_some(CoverReason::Stated(stated))
}

/// What is held of all papers, by slug or given name; articles of no known paper are under the empty name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings(pub BTreeMap<String, PaperHoldings>);

impl Holdings {
    /// Of what source files hold.
    pub fn from_holdings<'a>(holdings: impl IntoIterator<Item = &'a Holding>) -> Self {
        let mut all = Self::default();
        for holding in holdings {
            all.0.entry(holding.paper.clone()).or_default().add(holding);
        }
        all
    }
}

impl Coverage {
    /// What is held of several papers together: complete if each of them is or did not appear, nothing if none of them is.
    /// `name`: what a paper is called in a reason.
    pub fn combine(covers: &[(String, Self)]) -> Self {
        let any = |state: CoverageState| covers.iter().any(|(_, cover)| cover.state == state);
        let held = covers.iter().any(|(_, cover)| cover.held);
        let state = match held {
            false if covers.is_empty() || any(CoverageState::NotHeld) && !any(CoverageState::Unknown) => {
                CoverageState::NotHeld
            }
            false if any(CoverageState::Unknown) => CoverageState::Unknown,
            false => CoverageState::NoIssue,
            true if any(CoverageState::Partial) || any(CoverageState::NotHeld) => CoverageState::Partial,
            true if any(CoverageState::Unknown) => CoverageState::Unknown,
            true => CoverageState::Complete,
        };
        let total = |of: fn(&Self) -> u64| covers.iter().map(|(_, cover)| of(cover)).sum();
        let expected: Option<Vec<u64>> = covers.iter().map(|(_, cover)| cover.expected).collect();
        Self {
            state,
            held,
            issues: total(|cover| cover.issues),
            expected: expected.map(|all| all.into_iter().sum()),
            pages: total(|cover| cover.pages),
            articles: total(|cover| cover.articles),
            reason: reason_of(covers, state),
        }
    }
}

/// Papers that are named in a reason.
const NAMED: usize = 3;

fn reason_of(covers: &[(String, Coverage)], state: CoverageState) -> Option<CoverReason> {
    if covers.is_empty() {
        return Some(CoverReason::NoPapers);
    }
    if let [(_, only)] = covers {
        return only.reason.clone();
    }
    let told: Vec<(&String, &CoverReason)> =
        covers.iter().filter_map(|(name, cover)| Some((name, cover.reason.as_ref()?))).collect();
    let same = told.windows(2).all(|two| two[0].1 == two[1].1);
    if same && (state == CoverageState::Complete || told.len() == covers.len()) {
        return told.first().map(|(_, reason)| (*reason).clone());
    }
    let named: Vec<(String, CoverReason)> =
        told.iter().take(NAMED).map(|(name, reason)| ((*name).clone(), (*reason).clone())).collect();
    let others = told.len() - named.len();
    (!named.is_empty()).then_some(CoverReason::OfPapers { named, others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Calendar, DateSpan};
    use crate::trends::Calendars;

    fn holding(date: &str, page: &str) -> Holding {
        let span = (!date.is_empty()).then(|| date.parse::<DateSpan>().unwrap());
        Holding { paper: "甲报".into(), span, page: page.into(), articles: 2 }
    }

    fn held(dates: &[&str]) -> PaperHoldings {
        let holdings: Vec<Holding> = dates.iter().map(|date| holding(date, "1")).collect();
        Holdings::from_holdings(&holdings).0.remove("甲报").unwrap()
    }

    fn calendar(text: &str) -> PaperCalendar {
        let text = text.replace("PAPER", "paper = \"甲报\"");
        Calendars::from_stated(&toml::from_str::<Calendar>(&text).unwrap()).paper("甲报")
    }

    const WEEKLY: &str = "[[paper]]\nPAPER\nfounded = \"2012-01-01\"\nschedule = [{ weekdays = [5] }]\n\
        [[gap]]\nPAPER\nfrom = \"2013-02-11\"\nto = \"2013-02-17\"\nkind = \"no_issue\"\nreason = \"罢工\"\n\
        [[gap]]\nPAPER\nfrom = \"2013-03-01\"\nto = \"2013-03-31\"\nkind = \"not_held\"\nreason = \"遗失\"\n";

    fn missing(expected: u64, held: u64, stated: &[&str]) -> CoverReason {
        CoverReason::IssuesMissing { expected, held, stated: stated.iter().map(|one| (*one).to_owned()).collect() }
    }

    #[test]
    fn each_period_has_its_state_and_reason() {
        let stated = |reason: &str| Some(CoverReason::Stated(vec![reason.to_owned()]));
        let held =
            held(&["2013-01-04", "2013-01-11", "2013-01-18", "2013-01-25", "2013-02-01", "2013-02-08", "2013-04", ""]);
        let weekly = calendar(WEEKLY);
        let cases = [
            ("2013-01-01", "2013-01-31", CoverageState::Complete, None),
            ("2013-02-01", "2013-02-28", CoverageState::Partial, Some(missing(3, 2, &["罢工"]))),
            ("2013-02-01", "2013-02-17", CoverageState::Complete, stated("罢工")),
            ("2013-02-11", "2013-02-17", CoverageState::NoIssue, stated("罢工")),
            ("2013-03-01", "2013-03-31", CoverageState::NotHeld, stated("遗失")),
            ("2013-04-01", "2013-04-07", CoverageState::Unknown, Some(CoverReason::DatesTooCoarse)),
            ("2013-04-01", "2013-04-30", CoverageState::Partial, Some(missing(4, 0, &[]))),
            ("2013-05-01", "2013-05-31", CoverageState::NotHeld, Some(CoverReason::NothingHeld)),
            ("2013-01-05", "2013-01-06", CoverageState::NoIssue, Some(CoverReason::NoPublishingDay)),
            ("2011-05-01", "2011-05-31", CoverageState::NoIssue, Some(CoverReason::NotFounded)),
        ];
        for (first, last, state, reason) in cases {
            let cover = held.coverage(&weekly, first.parse().unwrap(), last.parse().unwrap());
            assert_eq!((cover.state, cover.reason), (state, reason), "{first} {last}");
        }
        let four = calendar("[[paper]]\nPAPER\nschedule = [{ weekdays = [5], pages = 4 }]\n");
        let thin = held.coverage(&four, "2013-01-01".parse().unwrap(), "2013-01-31".parse().unwrap());
        let pages_missing = CoverReason::PagesMissing { issues: 4, stated: Vec::new() };
        assert_eq!((thin.state, thin.reason), (CoverageState::Partial, Some(pages_missing)));
        let cover = held.coverage(&weekly, "2013-01-01".parse().unwrap(), "2013-12-31".parse().unwrap());
        assert_eq!((cover.issues, cover.expected, cover.pages, cover.articles), (6, Some(51), 7, 14));
    }

    #[test]
    fn without_publishing_days_nothing_is_complete() {
        let held = held(&["2013-01-04"]);
        let none = PaperCalendar::default();
        let state = |first: &str, last: &str| held.coverage(&none, first.parse().unwrap(), last.parse().unwrap()).state;
        assert_eq!(state("2013-01-01", "2013-01-31"), CoverageState::Unknown);
        assert_eq!(state("2013-02-01", "2013-02-28"), CoverageState::NotHeld);
    }

    #[test]
    fn a_paper_that_is_missing_makes_the_whole_partial() {
        let (first, last) = ("2013-01-01".parse().unwrap(), "2013-01-31".parse().unwrap());
        let whole =
            held(&["2013-01-04", "2013-01-11", "2013-01-18", "2013-01-25"]).coverage(&calendar(WEEKLY), first, last);
        let absent = PaperHoldings::default().coverage(&PaperCalendar::default(), first, last);
        let together = |covers: &[&Coverage]| {
            let named: Vec<(String, Coverage)> =
                covers.iter().map(|cover| ("报".to_owned(), (*cover).clone())).collect();
            Coverage::combine(&named)
        };
        assert_eq!(together(&[&whole, &whole]).state, CoverageState::Complete);
        let mixed = together(&[&whole, &absent]);
        let reason = CoverReason::OfPapers { named: vec![("报".to_owned(), CoverReason::NothingHeld)], others: 0 };
        assert_eq!((mixed.state, mixed.expected, mixed.reason), (CoverageState::Partial, None, Some(reason)));
        assert_eq!(together(&[&absent, &absent]).state, CoverageState::NotHeld);
        assert_eq!(together(&[]).state, CoverageState::NotHeld);
    }
}

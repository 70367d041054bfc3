//! When papers appear: the table of the program and what the keeper of the archive states, by paper.

use super::cover_reason::CoverReason;
use crate::model::{Calendar, Date, Gap, GapKind, Publishing};
use crate::tables::{calendar_table, papers};
use std::collections::BTreeMap;

/// What is stated about one paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperCalendar {
    /// Its publishing days, where they are known.
    pub publishing: Option<Publishing>,
    /// Days without an issue.
    pub gaps: Vec<Gap>,
}

/// Whether a paper appears on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExpectedPublication {
    /// An issue, of so many pages where that is known.
    Issue(Option<u32>),
    /// None.
    None,
    /// Nobody knows.
    Unknown,
}

impl PaperCalendar {
    /// Whether the paper appears on a day.
    pub(super) fn on(&self, day: Date) -> ExpectedPublication {
        if self.gap_on(day, GapKind::NoIssue).is_some() || self.outside(day).is_some() {
            return ExpectedPublication::None;
        }
        let mut schedules = self.publishing.iter().flat_map(|publishing| &publishing.schedule);
        let valid =
            |from: Option<Date>, to: Option<Date>| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        // Of several that hold on a day the last one stated counts.
        match schedules.rfind(|schedule| valid(schedule.from, schedule.to)) {
            None => ExpectedPublication::Unknown,
            Some(schedule) if schedule.weekdays.iter().any(|weekday| i64::from(*weekday) == day.weekday() + 1) => {
                ExpectedPublication::Issue(schedule.pages)
            }
            Some(_) => ExpectedPublication::None,
        }
    }

    /// The gap of a kind that a day lies in.
    pub(super) fn gap_on(&self, day: Date, kind: GapKind) -> Option<&Gap> {
        self.gaps.iter().find(|gap| gap.kind == kind && gap.from <= day && day <= gap.to)
    }

    /// Gaps that have a day between two.
    pub(super) fn gaps_in(&self, first: Date, last: Date) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(move |gap| gap.from <= last && gap.to >= first)
    }

    /// Why the paper did not exist on a day.
    pub(super) fn outside(&self, day: Date) -> Option<CoverReason> {
        let publishing = self.publishing.as_ref()?;
        if publishing.founded.is_some_and(|founded| day < founded) {
            Some(CoverReason::NotFounded)
        } else if publishing.ceased.is_some_and(|ceased| day > ceased) {
            Some(CoverReason::Ceased)
        } else {
            None
        }
    }
}

/// What is stated about all papers.
#[derive(Clone, Debug, Default)]
pub struct Calendars(BTreeMap<String, PaperCalendar>);

impl Calendars {
    /// The table of the program, and over it what an archive states: publishing days of a paper replace those of the table,
    /// gaps are added.
    pub fn from_stated(stated: &Calendar) -> Self {
        let mut all = Self::default();
        all.add_stated(&calendar_table());
        all.add_stated(stated);
        all
    }

    fn add_stated(&mut self, calendar: &Calendar) {
        let slug = |name: &str| papers().find(name).map_or_else(|| name.to_owned(), |paper| paper.id.clone());
        for publishing in &calendar.paper {
            self.0.entry(slug(&publishing.paper)).or_default().publishing = Some(publishing.clone());
        }
        for gap in &calendar.gap {
            self.0.entry(slug(&gap.paper)).or_default().gaps.push(gap.clone());
        }
    }

    /// What is stated about a paper, by its slug or given name.
    pub fn paper(&self, id: &str) -> PaperCalendar {
        self.0.get(id).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let table: Calendar = calendar_table();
        for publishing in &table.paper {
            assert!(papers().find(&publishing.paper).is_some(), "{}", publishing.paper);
            assert!(publishing.founded.zip(publishing.ceased).is_none_or(|(founded, ceased)| founded <= ceased));
            let days = publishing.schedule.iter().flat_map(|schedule| &schedule.weekdays);
            assert!(days.into_iter().all(|day| (1..=7).contains(day)), "{}", publishing.paper);
        }
        for gap in &table.gap {
            assert!(papers().find(&gap.paper).is_some() && gap.from <= gap.to && !gap.reason.is_empty(), "{gap:?}");
        }
    }

    #[test]
    fn what_an_archive_states_goes_over_the_table() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let stated: Calendar = toml::from_str(
            "[[paper]]\npaper = \"江城工人报\"\nschedule = [{ weekdays = [1, 3], pages = 4 }]\n\
             [[gap]]\npaper = \"江城工人报\"\nfrom = \"2013-01-09\"\nto = \"2013-01-09\"\nkind = \"no_issue\"\nreason = \"停电\"\n",
        )
        .unwrap();
        let table = Calendars::from_stated(&Calendar::default()).paper("jiangcheng-gongrenbao");
        let own = Calendars::from_stated(&stated).paper("jiangcheng-gongrenbao");
        // A Friday and a Wednesday.
        assert_eq!(
            (table.on(day("2013-01-04")), own.on(day("2013-01-04"))),
            (ExpectedPublication::Issue(None), ExpectedPublication::None)
        );
        assert_eq!(
            (table.on(day("2013-01-16")), own.on(day("2013-01-16"))),
            (ExpectedPublication::None, ExpectedPublication::Issue(Some(4)))
        );
        assert_eq!(own.on(day("2013-01-09")), ExpectedPublication::None);
        assert!(own.gaps.len() > table.gaps.len() && !table.gaps.is_empty());
        assert_eq!(Calendars::from_stated(&stated).paper("甲报").on(day("2013-01-04")), ExpectedPublication::Unknown);
    }
}

//! What the model of dates sees of a page, for the trainer of its weights.

use super::calendar::{DistanceBins, DistanceScope, anchors, days, scope, year_bin};
use super::observe::{Observation, observe};
use super::words::{WordScores, pairs};
use crate::enrich::neighbours::DayContext;
use crate::enrich::time_expressions::IssueDayTie;
use crate::enrich::{issue, read_clues};
use crate::model::{Date, DateInfo, DateSource, Story};
use crate::tables::DateEvidence;
use std::collections::BTreeSet;

/// What the stories of a page say of its day.
pub struct DateCase {
    observed: Vec<Observation>,
    /// The pairs of Han characters of the page.
    pub pairs: BTreeSet<(char, char)>,
    /// Whether a story has a dateline.
    pub dateline: bool,
}

/// A kind of evidence with its bin for each candidate; none where it says nothing of one.
pub struct DateFeature {
    /// Row of the table.
    pub kind: String,
    /// What repeats multiply it with.
    pub times: f64,
    /// The bins.
    pub bins: Vec<Option<usize>>,
}

impl DateCase {
    /// Reads the stories of a page.
    pub fn from_stories(stories: &[Story]) -> Self {
        let read = read_clues(stories);
        let dateline = read.clues.iter().flatten().any(|clue| clue.tie == IssueDayTie::Dateline);
        Self { observed: observe(&read.clues), pairs: pairs(&read.pieces).collect(), dateline }
    }

    /// What is observed of years, for each of some.
    pub fn of_years(&self, table: &DateEvidence, years: &[i16]) -> Vec<DateFeature> {
        let own = self.observed.iter().filter(|one| scope(one.seen) == DistanceScope::Year);
        let bins = |one: &Observation| years.iter().map(|year| year_bin(&table.edges, one.seen, *year)).collect();
        own.map(|one| feature(one, bins(one))).collect()
    }

    /// What is observed of the days of a year, for each of them.
    pub fn of_days(&self, table: &DateEvidence, year: i16) -> Vec<DateFeature> {
        let days = days(year);
        let Some(first) = days.first().copied() else { return Vec::new() };
        let looked_up = DistanceBins::from_edges(&table.edges);
        let bins = |one: &Observation| {
            let anchors = anchors(one.seen, first);
            let bin = |(n, day): (usize, &Date)| looked_up.of_day(one.seen, *day, n as i64, &anchors);
            days.iter().enumerate().map(bin).collect()
        };
        let own = self.observed.iter().filter(|one| scope(one.seen) != DistanceScope::Year);
        own.map(|one| feature(one, bins(one))).collect()
    }

    /// What its words say of a year: three figures.
    pub fn words(&self, table: &DateEvidence, years: &[i16]) -> Vec<[f64; 3]> {
        let words = WordScores::from_pairs(table, self.pairs.iter().copied());
        years.iter().map(|year| words.signs(*year)).collect()
    }

    /// Its date by a table of weights.
    pub fn date(&self, table: &DateEvidence) -> DateInfo {
        let words = WordScores::from_pairs(table, self.pairs.iter().copied());
        issue::dated(table, &self.observed, &words, DayContext::default(), DateSource::Page)
    }
}

fn feature(one: &Observation, bins: Vec<Option<usize>>) -> DateFeature {
    DateFeature { kind: one.kind.clone(), times: (one.count.min(4) as f64).sqrt(), bins }
}

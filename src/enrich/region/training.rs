//! What the model of places sees of an article, for the trainer of its weights.

use super::super::{date, focus, page_context, read_clues, zones};
use super::{RegionCandidate, candidate, path_of, resolved, scan_places};
use crate::enrich::PageOrigin;
use crate::model::Story;
use crate::tables::FocusTable;

/// The place that an article names most, and what says that it is about it.
pub struct PlaceCase {
    path: Vec<String>,
    found: Vec<(&'static str, f32)>,
    foreign: bool,
}

impl PlaceCase {
    /// Reads an article; nothing where it names no place.
    pub fn from_story(story: &Story) -> Option<Self> {
        let pieces = read_clues(std::slice::from_ref(story)).pieces.concat();
        let zones = zones::zones(&pieces);
        let year = super::super::year_of(&date::of_story(story, &page_context(&PageOrigin::default(), &[])));
        let sight = scan_places(&zones, year);
        let (seen, home) = resolved(&sight, "", year);
        let RegionCandidate { row, found, .. } = candidate(&zones, &seen, &sight.words, &home, year)?;
        let path = path_of(row, year).iter().map(|unit| unit.name.to_owned()).collect();
        Some(Self { path, found, foreign: sight.is_foreign() })
    }

    /// The names of the place and of those above it, the province first.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// What says that the article is about it, each with how much of it there is.
    pub fn evidence(&self) -> &[(&'static str, f32)] {
        &self.found
    }

    /// The probability that the article is about it, by a table of weights; 0 where it is about another country.
    pub fn probability(&self, table: &FocusTable) -> f32 {
        if self.foreign { 0.0 } else { focus::probability(table, &self.found) }
    }
}

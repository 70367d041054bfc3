//! Pages that were cut without being sure: what is looked at first when the archive is checked.
//!
//! The confidence of a page is a column of its record, so that the least sure pages are found without reading the others;
//! only the pages of an answer are read.

use crate::archive::request::ValueError;
use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::model::{Article, Facet, PageRecord};
use crate::query::{Filter, Match, Plan, Sort};

/// The most pages of an answer.
pub const MOST_DOUBTFUL: usize = 100;

/// Pages that can be listed at all, however many answers they are spread over.
const MOST_LISTED: usize = 1000;

/// A page with doubtful borders.
#[derive(Clone, Debug)]
pub struct DoubtfulPage {
    /// The page.
    pub sheet: PageRecord,
    /// Its first article, which tells paper, day and page; `None` where none is shown.
    pub first: Option<Article>,
}

/// The least sure pages of the archive.
#[derive(Clone, Debug)]
pub struct DoubtfulReply {
    /// The pages, the least sure first; all below [`PageRecord::SURE`].
    pub pages: Vec<DoubtfulPage>,
    /// Place of the first of them among all doubtful pages, from 1.
    pub first_place: usize,
    /// Where to go on.
    pub next_cursor: Option<String>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    /// The least sure pages that were read from page files, `limit` of them, from the start or from a cursor.
    ///
    /// # Errors
    /// [`ArchiveError::BadValue`] for what is no cursor, [`ArchiveError::CursorExpired`] after a commit, and engine
    /// failures.
    pub fn doubtful(&self, limit: usize, cursor: Option<&str>) -> Result<DoubtfulReply, ArchiveError> {
        let generation = self.generation();
        let from = cursor.map_or(Ok(0), |cursor| place_of(cursor, &generation))?;
        let limit = limit.min(MOST_DOUBTFUL).min(MOST_LISTED - from);
        // One more tells whether there is more.
        let mut sheets = self.state.least_sure(from, limit + 1)?;
        sheets.retain(|sheet| sheet.confidence < PageRecord::SURE);
        let next = from + limit;
        let more = sheets.len() > limit && next < MOST_LISTED;
        sheets.truncate(limit);
        let page = |sheet: PageRecord| Ok(DoubtfulPage { first: self.first_of_page(&sheet.page_key)?, sheet });
        Ok(DoubtfulReply {
            pages: sheets.into_iter().map(page).collect::<Result<_, ArchiveError>>()?,
            first_place: from + 1,
            next_cursor: more.then(|| format!("{next:x}.{generation}")),
            generation,
        })
    }

    fn first_of_page(&self, page_key: &str) -> Result<Option<Article>, ArchiveError> {
        let of_page = Filter::Value { facet: Facet::PageKey, any: vec![page_key.to_owned()], none: Vec::new() };
        let plan = Plan { filters: vec![of_page], sort: Sort::Page, limit: 1, ..Plan::for_match(Match::All) };
        Ok(self.state.search(&plan)?.hits.into_iter().next().map(|hit| hit.article))
    }
}

/// The place that a cursor of this state of the index names.
fn place_of(cursor: &str, generation: &str) -> Result<usize, ArchiveError> {
    let place = |digits: &str| usize::from_str_radix(digits, 16).ok().filter(|place| *place < MOST_LISTED);
    match cursor.split_once('.').and_then(|(digits, state)| Some((place(digits)?, state))) {
        Some((place, state)) if state == generation => Ok(place),
        Some(_) => Err(ArchiveError::CursorExpired),
        None => Err(ArchiveError::bad_value("cursor", ValueError::NoCursor)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_bound_to_the_state_of_the_index() {
        assert!(matches!(place_of("32.g", "g"), Ok(50)));
        assert!(matches!(place_of("32.g", "h"), Err(ArchiveError::CursorExpired)));
        assert!(matches!(place_of("ffff.g", "g"), Err(ArchiveError::BadValue { .. })));
        assert!(matches!(place_of("x", "g"), Err(ArchiveError::BadValue { .. })));
    }
}

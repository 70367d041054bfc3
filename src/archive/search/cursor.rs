//! Cursors: where the next page begins, bound to the query and to the state of the index. Opaque to callers.

use crate::archive::request::SearchRequest;
use crate::archive::request::error::ArchiveError;
use crate::query::{Sort, SortKey};
use sha2::{Digest, Sha256};

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::archive) enum Start {
    /// At this rank, from 0, of the hits that are looked at again.
    Head(usize),
    /// After a hit of the engine's order.
    After(SortKey),
}

/// A position in the hits of a query.
pub(in crate::archive) struct Position {
    pub(in crate::archive) start: Start,
    generation: String,
}

/// The cursor of a page. `read_as`: the query as it was read.
pub(in crate::archive) fn write(start: Start, request: &SearchRequest, read_as: &str, generation: &str) -> String {
    let place = match start {
        Start::Head(rank) => format!("h{rank:x}"),
        Start::After(key) => format!("{:x}-{:x}-{:x}", key.first, key.second, key.id),
    };
    format!("{place}.{generation}.{}", fingerprint(request, read_as))
}

/// Reads a cursor.
pub(in crate::archive) fn read(text: &str, request: &SearchRequest, read_as: &str) -> Result<Position, ArchiveError> {
    let bad = |message: &str| ArchiveError::BadValue { name: "cursor", message: message.into() };
    let none = || bad("is not a cursor; use `next_cursor` of the answer before");
    let parts: Vec<&str> = text.split('.').collect();
    let [place, generation, print] = parts[..] else { return Err(none()) };
    let start = start_of(place).ok_or_else(none)?;
    if print != fingerprint(request, read_as) {
        return Err(bad("belongs to another query; send it with the parameters it was given for"));
    }
    Ok(Position { start, generation: generation.to_owned() })
}

fn start_of(place: &str) -> Option<Start> {
    if let Some(rank) = place.strip_prefix('h') {
        return usize::from_str_radix(rank, 16)
            .ok()
            .filter(|rank| *rank < crate::archive::search::rescore::HEAD)
            .map(Start::Head);
    }
    let numbers: Vec<u64> =
        place.split('-').map(|digits| u64::from_str_radix(digits, 16).ok()).collect::<Option<_>>()?;
    let [first, second, id] = numbers[..] else { return None };
    Some(Start::After(SortKey { first, second, id }))
}

impl Position {
    /// Date orders go on by (date, id) after a commit; scores do not compare across states.
    pub(in crate::archive) fn check(&self, sort: Sort, generation: &str) -> Result<(), ArchiveError> {
        if sort == Sort::Relevance && self.generation != generation { Err(ArchiveError::CursorExpired) } else { Ok(()) }
    }
}

/// What the position depends on: query, filters and order, not page size, facets or how it is explained.
fn fingerprint(request: &SearchRequest, read_as: &str) -> String {
    let request = SearchRequest {
        limit: 0,
        cursor: None,
        facets: Vec::new(),
        fields: Vec::new(),
        explain: false,
        today: None,
        query: read_as.to_owned(),
        ..request.clone()
    };
    let digest = Sha256::digest(format!("{request:?} {:?}", request.order()));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

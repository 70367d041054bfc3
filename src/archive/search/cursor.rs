//! Cursors: where the next page begins, bound to the query and to the state of the index. Opaque to callers.

use crate::archive::request::canonical::VERSION;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::{SearchRequest, ValueError};
use crate::query::{Sort, SortKey};

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::archive) enum PageStart {
    /// At this rank, from 0, of the hits that are looked at again.
    Head(usize),
    /// After a hit of the engine's order.
    After(SortKey),
}

/// A position in the hits of a query.
pub(in crate::archive) struct CursorPosition {
    pub(in crate::archive) start: PageStart,
    generation: String,
}

/// The cursor of a page. `read_as`: the query as it was read.
pub(in crate::archive) fn write(start: PageStart, request: &SearchRequest, read_as: &str, generation: &str) -> String {
    let place = match start {
        PageStart::Head(rank) => format!("h{rank:x}"),
        PageStart::After(key) => format!("{:x}-{:x}-{:x}", key.first, key.second, key.id),
    };
    format!("{VERSION}.{place}.{generation}.{}", fingerprint(request, read_as))
}

/// Reads a cursor.
pub(in crate::archive) fn read(
    text: &str,
    request: &SearchRequest,
    read_as: &str,
) -> Result<CursorPosition, ArchiveError> {
    let none = || ArchiveError::bad_value("cursor", ValueError::NoCursor);
    let parts: Vec<&str> = text.split('.').collect();
    let (place, generation, print) = match parts[..] {
        [VERSION, place, generation, print] => (place, generation, print),
        // Given by another version of the program, which told the request in another way.
        [place, _, _] | [_, place, _, _] if start_of(place).is_some() => return Err(ArchiveError::CursorExpired),
        _ => return Err(none()),
    };
    let start = start_of(place).ok_or_else(none)?;
    if print != fingerprint(request, read_as) {
        return Err(ArchiveError::bad_value("cursor", ValueError::CursorOfAnother));
    }
    Ok(CursorPosition { start, generation: generation.to_owned() })
}

fn start_of(place: &str) -> Option<PageStart> {
    if let Some(rank) = place.strip_prefix('h') {
        return usize::from_str_radix(rank, 16)
            .ok()
            .filter(|rank| *rank < crate::archive::search::rescore::HEAD)
            .map(PageStart::Head);
    }
    let numbers: Vec<u64> =
        place.split('-').map(|digits| u64::from_str_radix(digits, 16).ok()).collect::<Option<_>>()?;
    let [first, second, id] = numbers[..] else { return None };
    Some(PageStart::After(SortKey { first, second, id }))
}

impl CursorPosition {
    /// Date orders go on by (date, id) after a commit; scores do not compare across states.
    pub(in crate::archive) fn check(&self, sort: Sort, generation: &str) -> Result<(), ArchiveError> {
        if sort == Sort::Relevance && self.generation != generation { Err(ArchiveError::CursorExpired) } else { Ok(()) }
    }
}

/// Parameters that a position does not depend on: page size, what is told of hits, and the day that the query as it was read
/// holds already.
const BESIDE: &[&str] = &["limit", "cursor", "facets", "fields", "explain", "today"];

/// What the position depends on: query, filters and order.
fn fingerprint(request: &SearchRequest, read_as: &str) -> String {
    let mut other = request.clone();
    other.paging.sort = Some(request.order());
    read_as.clone_into(&mut other.selection.query);
    other.canonical().without(BESIDE).print()
}

//! Cursors: where the next page begins, bound to the query and to the state of the index. Opaque to callers.

use super::{ArchiveError, SearchRequest};
use crate::query::{Sort, SortKey};
use sha2::{Digest, Sha256};

/// A position in the hits of a query.
pub(super) struct Position {
    pub(super) key: SortKey,
    generation: String,
}

/// The cursor after a hit.
pub(super) fn write(key: SortKey, request: &SearchRequest, generation: &str) -> String {
    format!("{:x}.{:x}.{:x}.{generation}.{}", key.first, key.second, key.id, fingerprint(request))
}

/// Reads a cursor.
pub(super) fn read(text: &str, request: &SearchRequest) -> Result<Position, ArchiveError> {
    let bad = |message: &str| ArchiveError::BadValue { name: "cursor", message: message.into() };
    let parts: Vec<&str> = text.split('.').collect();
    let [first, second, id, generation, print] = parts[..] else {
        return Err(bad("is not a cursor; use `next_cursor` of the answer before"));
    };
    let number = |digits: &str| {
        u64::from_str_radix(digits, 16).map_err(|_| bad("is not a cursor; use `next_cursor` of the answer before"))
    };
    let key = SortKey { first: number(first)?, second: number(second)?, id: number(id)? };
    if print != fingerprint(request) {
        return Err(bad("belongs to another query; send it with the parameters it was given for"));
    }
    Ok(Position { key, generation: generation.to_owned() })
}

impl Position {
    /// Date orders go on by (date, id) after a commit; scores do not compare across states.
    pub(super) fn check(&self, sort: Sort, generation: &str) -> Result<(), ArchiveError> {
        if sort == Sort::Relevance && self.generation != generation { Err(ArchiveError::CursorExpired) } else { Ok(()) }
    }
}

/// What the position depends on: query, filters and order, not page size or facets.
fn fingerprint(request: &SearchRequest) -> String {
    let request = SearchRequest { limit: 0, cursor: None, facets: Vec::new(), fields: Vec::new(), ..request.clone() };
    let digest = Sha256::digest(format!("{request:?} {:?}", request.order()));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

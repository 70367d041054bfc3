//! What each commit says of itself, beside the records: the dictionary of its lexicon, its number, the publishing days.

use crate::engine::{Edition, EngineError};
use crate::model::Calendar;
use tantivy::IndexMeta;
use tantivy::index::SegmentId;

/// What commits name while articles of two dictionaries stand side by side: no program's dictionary, so that all
/// answers come from the grams.
pub(super) const MIXED: &str = "mixed";

/// What each commit carries.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Payload {
    /// Hash of the dictionary; empty before the first commit.
    pub(super) dictionary: String,
    /// The name of the index, given with its first commit.
    pub(super) index: String,
    /// Number of the commit, from 1.
    pub(super) commit: u64,
    /// What is stated about publishing days.
    pub(super) calendar: Calendar,
}

impl Payload {
    /// What the last commit carries; of an index without a commit nothing.
    pub(super) fn of(metas: &IndexMeta) -> Result<Self, EngineError> {
        let Some(text) = metas.payload.as_deref() else { return Ok(Self::default()) };
        serde_json::from_str(text)
            .map_err(|error| EngineError::Record(format!("what the commit says of itself: {error}")))
    }

    /// Whether a program with this dictionary may ask the lexicon, and add to it.
    pub(super) fn has_dictionary(&self, dictionary: &str) -> bool {
        self.dictionary.is_empty() || self.dictionary == dictionary
    }

    /// What the next commit carries.
    pub(super) fn next(&self) -> Self {
        let index =
            if self.index.is_empty() { SegmentId::generate_random().short_uuid_string() } else { self.index.clone() };
        Self { index, commit: self.commit + 1, ..self.clone() }
    }

    /// The name of the state.
    pub(super) fn edition(&self) -> Edition {
        Edition { index: self.index.clone(), commit: self.commit }
    }
}

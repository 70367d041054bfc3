//! What each commit says of itself, beside the records: the dictionary of its lexicon, its number, the publishing days.

use crate::engine::{CommitId, EngineError, RecordFault};
use crate::model::Calendar;
use serde_json::Value;
use std::path::Path;
use tantivy::IndexMeta;
use tantivy::index::SegmentId;

/// What commits name while articles of two dictionaries stand side by side: no program's dictionary, so that all
/// answers come from the grams.
pub(super) const MIXED: &str = "mixed";

/// The version of what a commit says of itself. Version 1 had no number, and the same fields.
const VERSION: u32 = 2;

/// What each commit carries.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct CommitPayload {
    /// The version of these fields.
    version: u32,
    /// Hash of the dictionary; empty before the first commit only.
    pub(super) dictionary: String,
    /// The name of the index, given with its first commit.
    pub(super) index: String,
    /// Number of the commit, from 1.
    pub(super) commit: u64,
    /// What is stated about publishing days.
    pub(super) calendar: Calendar,
}

impl CommitPayload {
    /// What the last commit of the index in a folder carries; of an index without a commit nothing.
    pub(super) fn read_last(metas: &IndexMeta, folder: &Path) -> Result<Self, EngineError> {
        let fault = |(field, reason): (&str, String)| {
            let (index, record, field) = (folder.to_owned(), "of the last commit".to_owned(), field.to_owned());
            EngineError::Record(Box::new(RecordFault { index, kind: "commit", record, field, reason }))
        };
        match metas.payload.as_deref() {
            Some(text) => Self::read(text).map_err(fault),
            None if metas.segments.is_empty() => Ok(Self::default()),
            None => Err(fault(("", "it is missing".to_owned()))),
        }
    }

    fn read(text: &str) -> Result<Self, (&'static str, String)> {
        let other = |error: serde_json::Error| ("", error.to_string());
        let mut value: Value = serde_json::from_str(text).map_err(other)?;
        let version = value.get("version").map_or(Some(1), Value::as_u64).unwrap_or_default();
        if !(1..=u64::from(VERSION)).contains(&version) {
            return Err(("version", format!("it is not from 1 to {VERSION}")));
        }
        if let Some(fields) = value.as_object_mut() {
            fields.insert("version".to_owned(), VERSION.into());
        }
        let payload: Self = serde_json::from_value(value).map_err(other)?;
        if payload.commit > 0 && payload.dictionary.is_empty() {
            return Err(("dictionary", "it is empty".to_owned()));
        }
        Ok(payload)
    }

    /// What an index says whose last commit has this name.
    pub(super) fn for_commit(edition: &CommitId, calendar: Calendar, dictionary: String) -> Self {
        Self { version: VERSION, dictionary, index: edition.index.clone(), commit: edition.commit, calendar }
    }

    /// Whether a program with this dictionary may ask the lexicon, and add to it: where nothing was committed, too.
    pub(super) fn has_dictionary(&self, dictionary: &str) -> bool {
        self.commit == 0 || self.dictionary == dictionary
    }

    /// What the next commit carries.
    pub(super) fn next(&self) -> Self {
        let index =
            if self.index.is_empty() { SegmentId::generate_random().short_uuid_string() } else { self.index.clone() };
        Self { version: VERSION, index, commit: self.commit + 1, ..self.clone() }
    }

    /// The name of the state.
    pub(super) fn commit_id(&self) -> CommitId {
        CommitId { index: self.index.clone(), commit: self.commit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_that_is_empty_does_not_mean_any() {
        let text = |dictionary: &str| {
            format!(r#"{{"dictionary":"{dictionary}","index":"a","commit":3,"calendar":{{"paper":[],"gap":[]}}}}"#)
        };
        assert_eq!(CommitPayload::read(&text("")).unwrap_err().0, "dictionary");
        let payload = CommitPayload::read(&text("d")).unwrap();
        assert!(payload.has_dictionary("d") && !payload.has_dictionary("e") && !payload.has_dictionary(""));
        assert!(CommitPayload::default().has_dictionary("e"), "nothing was committed yet");
    }

    #[test]
    fn what_does_not_parse_is_no_default() {
        for text in ["", "{}", "[]", r#"{"version":9}"#, r#"{"version":0}"#, r#"{"version":"2"}"#, r#"{"commit":1}"#] {
            assert!(CommitPayload::read(text).is_err(), "{text}");
        }
    }
}

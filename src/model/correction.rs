//! What editors correct.

use super::{ArticleId, DateSpan, SourceKey};
use std::collections::BTreeMap;

/// An editor's word on one article. A value that is given wins over any inference.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Correction {
    /// Region by code, name or path; `Some("")` = the whole country.
    pub region: Option<String>,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Topic ids, best first; `Some` of none = no topic.
    pub topics: Option<Vec<String>>,
    /// Title.
    pub title: Option<String>,
    /// Why the article must no longer be shown.
    pub withdraw: Option<String>,
}

/// The corrections of an archive by article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections(pub BTreeMap<ArticleId, Correction>);

/// A value that an editor corrected, with what was there before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AppliedCorrection {
    /// `region`, `date`, `topics` or `title`.
    pub field: String,
    /// What the program had inferred or read; empty where that was nothing.
    pub inferred: String,
}

/// An article that an editor withdrew: what its permanent link still says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Withdrawn {
    /// The article.
    pub id: ArticleId,
    /// Why.
    pub reason: String,
    /// The file that it stands in.
    pub source: SourceKey,
}

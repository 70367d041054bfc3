//! What an archive holds of the issues of newspapers, and what was published at all.

use super::{Date, DateSpan};

/// An issue 期, or a part of one, that a source file holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Holding {
    /// Slug or given name of the paper; empty when unknown.
    pub paper: String,
    /// When the issue appeared; a day where that is known.
    pub span: Option<DateSpan>,
    /// Page 版, or empty.
    pub page: String,
    /// Articles of that paper, date and page in the file.
    pub articles: u64,
}

/// When newspapers appear and when they do not: facts that a person states, by paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Publishing days.
    #[serde(default)]
    pub paper: Vec<Publishing>,
    /// Days on which nothing appeared, or of which nothing is held, with the reason.
    #[serde(default)]
    pub gap: Vec<Gap>,
}

/// When a paper appears.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publishing {
    /// Slug or name of the paper.
    pub paper: String,
    /// Its first day.
    #[serde(default)]
    pub founded: Option<Date>,
    /// Its last day.
    #[serde(default)]
    pub ceased: Option<Date>,
    /// Its publishing days over time; none = not known.
    #[serde(default)]
    pub schedule: Vec<Schedule>,
    /// Names it had before, for readers.
    #[serde(default)]
    pub former: Vec<FormerName>,
}

/// Publishing days during a time.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// First day; none = from the beginning.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day; none = until the end.
    #[serde(default)]
    pub to: Option<Date>,
    /// Days of the week, 1 = Monday to 7 = Sunday.
    pub weekdays: Vec<u8>,
    /// Pages of an issue, where it is known.
    #[serde(default)]
    pub pages: Option<u32>,
}

/// A name that a paper had.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// Last day of its use.
    pub until: Date,
}

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// Nothing appeared: a strike, a holiday, a suspension.
    NoIssue,
    /// It appeared and is not held.
    NotHeld,
}

/// Days without an issue.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Slug or name of the paper.
    pub paper: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Why there is nothing.
    pub kind: GapKind,
    /// The reason, as readers are told it.
    pub reason: String,
}

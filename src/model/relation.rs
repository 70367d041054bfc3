//! What binds a story to other stories and pages.

/// How a story is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// It begins on another page: 上接第1版.
    ContinuedFrom,
    /// It goes on on another page: 下转第3版.
    ContinuedOn,
    /// It stands with others under one title.
    Group,
}

impl RelationKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ContinuedFrom => "continued_from",
            Self::ContinuedOn => "continued_on",
            Self::Group => "group",
        }
    }
}

/// A link as the page prints it. Which article it leads to is told when an article is asked for, from the pages that
/// are there then.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// The page that a mark names, without leading zeros; empty where it names none, and for groups.
    pub page: String,
    /// The mark, or the title of the group, as printed.
    pub text: String,
}

//! The finished article.

use super::{ArticleId, Metadata, SourceKey, Story};

/// Where an article stands among its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Root and path of the file.
    pub source: SourceKey,
    /// Line of the file at which it begins, from 1.
    pub line: u64,
    /// Number in the file, from 0.
    pub order: u64,
    /// What the articles of one page share: the file for a page file; paper, day and page for items.
    pub page_key: String,
}

/// An article as it is stored, shown, cited and exported.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// Permanent id.
    pub id: ArticleId,
    /// What was cut out.
    pub story: Story,
    /// What was found out.
    pub metadata: Metadata,
    /// Where it stands.
    pub place: Place,
    /// Ids under which its blocks were known before the page was cut differently.
    pub former_ids: Vec<ArticleId>,
}

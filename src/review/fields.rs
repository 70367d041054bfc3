//! How sure the program is of each field of an article.

use crate::model::{Article, Prediction};

/// A field that is drawn for, in the order in which they take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewField {
    /// Date of the issue.
    Date,
    /// The place it is about.
    Region,
    /// Topics.
    Topics,
    /// Where it begins and ends.
    Border,
}

impl ReviewField {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Date, Self::Region, Self::Topics, Self::Border];
}

/// The least stated confidence of a field; `None` where nothing is stated, or nothing is in doubt.
pub(super) fn confidence(article: &Article, field: ReviewField) -> Option<f32> {
    let said = Prediction::from_article(article);
    let stated = match field {
        ReviewField::Date => said.date.span.map(|_| said.date.confidence),
        ReviewField::Region => said.region.map(|region| region.confidence),
        ReviewField::Topics => said.topics.iter().map(|topic| topic.confidence).min_by(f32::total_cmp),
        ReviewField::Border => Some(said.border),
    };
    stated.filter(|confidence| *confidence < 1.0)
}

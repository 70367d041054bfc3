//! Values of regions, topics, papers, pages and kinds, as a person writes them.

use super::facet_value_error::FacetValueError;
use super::region;
use crate::model::{ArticleKind, Facet, page_name};
use crate::tables::{papers, topics};
use crate::text::folded_name;

/// The values of a facet that a written one means; of a facet without rules of its own the text.
///
/// # Errors
/// [`FacetValueError`].
pub fn facet_values(facet: Facet, text: &str) -> Result<Vec<String>, FacetValueError> {
    let value = match facet {
        Facet::Region => return region::codes(text),
        Facet::Topic => topic(text)?,
        Facet::Paper => papers().find(text).map_or_else(|| text.to_owned(), |paper| paper.id.clone()),
        Facet::Page => page_name(text),
        Facet::Kind => kind(text)?,
        Facet::Byline | Facet::Body => folded_name(text),
        _ => text.to_owned(),
    };
    Ok(vec![value])
}

fn topic(text: &str) -> Result<String, FacetValueError> {
    let names = || topics().all().iter().map(|topic| topic.id.as_str()).collect();
    let unknown = || FacetValueError::NoTopic { text: text.to_owned(), names: names() };
    Ok(topics().find(text).ok_or_else(unknown)?.id.clone())
}

fn kind(text: &str) -> Result<String, FacetValueError> {
    let unknown =
        || FacetValueError::NoKind { text: text.to_owned(), names: ArticleKind::ALL.map(ArticleKind::name).to_vec() };
    Ok(ArticleKind::from_name(text).ok_or_else(unknown)?.name().to_owned())
}

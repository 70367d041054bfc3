//! Values of regions, topics, papers, pages and kinds, as a person writes them.

use super::region;
use crate::model::{Facet, Kind, page_name};
use crate::tables::{papers, topics};

/// The values of a facet that a written one means.
///
/// # Errors
/// A sentence that says what to write instead.
pub fn facet_values(facet: Facet, text: &str) -> Result<Vec<String>, String> {
    match facet {
        Facet::Region => region::codes(text),
        Facet::Topic => topic(text).map(|id| vec![id]),
        Facet::Paper => Ok(vec![papers().find(text).map_or_else(|| text.to_owned(), |paper| paper.id.clone())]),
        Facet::Page => Ok(vec![page_name(text)]),
        Facet::Kind => kind(text).map(|name| vec![name]),
        other => Err(format!("`{}` is not asked for by value", other.name())),
    }
}

fn topic(text: &str) -> Result<String, String> {
    let names = || topics().all().iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join("、");
    let topic = topics().find(text).ok_or_else(|| format!("`{text}` is no topic; topics are {}", names()))?;
    Ok(topic.id.clone())
}

fn kind(text: &str) -> Result<String, String> {
    let names = || Kind::ALL.map(Kind::name).join(", ");
    let kind = Kind::from_name(text).ok_or_else(|| format!("`{text}` is no kind; kinds are {}", names()))?;
    Ok(kind.name().to_owned())
}

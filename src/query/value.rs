//! Values of regions, topics, papers, pages and kinds, as a person writes them.

use super::region;
use crate::model::{ArticleKind, Facet, page_name};
use crate::tables::{papers, topics};
use crate::text::folded_name;

/// Why a text is no value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetValueError {
    /// There is no such topic.
    NoTopic {
        /// As written.
        text: String,
        /// Those that there are.
        names: Vec<&'static str>,
    },
    /// There is no such kind of article.
    NoKind {
        /// As written.
        text: String,
        /// Those that there are.
        names: Vec<&'static str>,
    },
    /// A region without a name.
    NoRegion,
    /// No region has this code.
    NoRegionCode(String),
    /// No region has this name.
    NoRegionName(String),
    /// Several regions have this name.
    SeveralRegions {
        /// As written.
        name: String,
        /// Paths of some of them, each with its code, as they may be written instead.
        paths: Vec<String>,
    },
}

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

//! Pages of digital newspapers and news sites.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("web_pages.toml");

/// How pages of the web carry articles.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebPages {
    /// Endings of names of files that belong to a saved page.
    pub asset_extensions: Vec<String>,
    /// How folders end that hold what belongs to a saved page.
    pub asset_folder_ends: Vec<String>,
    /// Endings of names of pages.
    pub page_extensions: Vec<String>,
    /// Labels before a day of publishing.
    pub day_labels: Vec<String>,
    /// Labels before the name of a source.
    pub source_labels: Vec<String>,
    /// How names of sites end.
    pub site_ends: Vec<String>,
    /// What names of sites hold.
    pub site_parts: Vec<String>,
    /// Words of menus.
    pub menu_words: Vec<String>,
    /// How short lines begin that are furniture.
    pub line_starts: Vec<String>,
    /// What short lines hold that are furniture.
    pub line_parts: Vec<String>,
    /// Heads of lists of other headlines.
    pub section_heads: Vec<String>,
    /// Names of the maps of page pictures, in small letters.
    pub picture_maps: Vec<String>,
    /// Types of JSON-LD that are an article.
    pub article_types: Vec<String>,
    /// The families, the last one of which takes every page.
    pub family: Vec<WebFamily>,
}

/// A family of pages: how it is told, and where its values stand. The form of each entry is said in the head of the table.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebFamily {
    /// Its name.
    pub id: String,
    /// Addresses of articles.
    pub article: Vec<String>,
    /// Addresses of lists.
    pub index: Vec<String>,
    /// How comments begin that tell it.
    pub comments: Vec<String>,
    /// Elements that tell it.
    pub marks: Vec<String>,
    /// The one paper that has it, if it is of one.
    #[serde(default)]
    pub paper_name: String,
    /// Sources of the title.
    pub title: Vec<String>,
    /// Sources of the kicker.
    pub kicker: Vec<String>,
    /// Sources of the subtitle.
    pub subtitle: Vec<String>,
    /// Sources of the byline.
    pub author: Vec<String>,
    /// Sources of the day of the issue.
    pub date: Vec<String>,
    /// Sources of the page.
    pub page: Vec<String>,
    /// Sources of the paper.
    pub paper: Vec<String>,
    /// Sources of the column.
    pub column: Vec<String>,
    /// Sources of where the text was taken from.
    pub source: Vec<String>,
    /// Sources of the body.
    pub body: Vec<String>,
    /// Elements that hold captions.
    pub captions: Vec<String>,
}

/// The table, loaded once.
pub fn web_pages() -> &'static WebPages {
    static TABLE: OnceLock<WebPages> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_names_of_their_own_and_the_last_takes_all() {
        let mut names: Vec<&str> = web_pages().family.iter().map(|family| family.id.as_str()).collect();
        assert_eq!(names.last(), Some(&"plain"));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), web_pages().family.len());
    }
}

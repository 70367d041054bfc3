//! What labels a block: word lists, and weights of features and of neighbouring labels.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("layout.toml");
pub(super) const WORDS_TEXT: &str = include_str!("layout_words.toml");

/// Word lists of the newspaper trade; see the comments in `layout_words.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each list is described beside its words in layout_words.toml")]
pub struct LayoutWords {
    pub news_openings: Vec<String>,
    pub time_openings: Vec<String>,
    pub caption_marks: Vec<String>,
    pub caption_inner: Vec<String>,
    pub credit_roles: Vec<String>,
    pub column_labels: Vec<String>,
    pub furniture: Vec<String>,
    pub furniture_weak: Vec<String>,
    pub continuation_to: Vec<String>,
    pub continuation_from: Vec<String>,
    pub digest_bullets: Vec<String>,
    pub closing_marks: Vec<String>,
    pub offices: Vec<String>,
    pub byline_roles: BTreeMap<String, String>,
}

/// Weights of the label model, and the word lists.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutTable {
    /// Points a feature gives to a label: feature name → label name → points.
    pub features: BTreeMap<String, BTreeMap<String, f32>>,
    /// Points for a label that follows another: label name → next label name → points; absent = 0.
    pub transitions: BTreeMap<String, BTreeMap<String, f32>>,
    /// The word lists.
    #[serde(skip, default = "load_words")]
    pub words: LayoutWords,
}

fn load_words() -> LayoutWords {
    super::embedded(WORDS_TEXT)
}

/// The table, loaded once.
pub fn layout() -> &'static LayoutTable {
    static TABLE: OnceLock<LayoutTable> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load() {
        assert!(layout().features.contains_key("long"));
        assert!(layout().words.column_labels.len() > 40);
    }
}

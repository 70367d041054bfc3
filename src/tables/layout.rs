//! What labels a block: word lists, and weights of features and of neighbouring labels.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("layout.toml");
pub(super) const WORDS_TEXT: &str = include_str!("layout_words.toml");

/// Word lists of the newspaper trade; see the comments in `layout_words.toml`.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {
    /// Opening formulas of a news body.
    pub news_openings: Vec<String>,
    /// Time words with which a news body without formula starts.
    pub time_openings: Vec<String>,
    /// What a caption starts with.
    pub caption_marks: Vec<String>,
    /// What a caption may contain.
    pub caption_inner: Vec<String>,
    /// What a caption says of what is seen.
    pub caption_talk: Vec<String>,
    /// The end of a picture credit.
    pub credit_roles: Vec<String>,
    /// Column labels.
    pub column_labels: Vec<String>,
    /// What marks a line as furniture of the page.
    pub furniture: Vec<String>,
    /// The same, but also words of ordinary stories.
    pub furniture_weak: Vec<String>,
    /// A story goes on elsewhere; `{n}` stands for a number, here and below.
    pub continuation_to: Vec<String>,
    /// A story comes from elsewhere.
    pub continuation_from: Vec<String>,
    /// Marks at the start of an item of a digest.
    pub digest_bullets: Vec<String>,
    /// Marks at the end of a whole sentence.
    pub closing_marks: Vec<String>,
    /// Endings of an office that signs as a person does.
    pub offices: Vec<String>,
    /// Endings of column labels.
    pub column_endings: Vec<String>,
    /// Endings of the second line of a report's headline.
    pub report_endings: Vec<String>,
    /// Endings of a kicker that says who said it.
    pub kicker_endings: Vec<String>,
    /// Marks of a digest's column label.
    pub digest_marks: Vec<String>,
    /// Endings of the opening formulas after which news begins.
    pub dateline_endings: Vec<String>,
    /// What stands before the credit of a first paragraph.
    pub credit_openings: Vec<String>,
    /// Beginnings of a caption inside a block, with the sentence end before them.
    pub caption_starts: Vec<String>,
    /// Names of union organs that a headline may hold.
    pub organs: Vec<String>,
    /// Last characters with which no line is complete.
    pub dangling: String,
    /// Endings of the title of a speech.
    pub speech_endings: Vec<String>,
    /// Signs of an opinion in its title.
    pub opinion_titles: Vec<String>,
    /// Signs of an opinion in its column label.
    pub opinion_columns: Vec<String>,
    /// Role words that stand after their names, besides those of photographers.
    pub closing_roles: Vec<String>,
    /// Words of headlines.
    pub headline_words: Vec<String>,
    /// How a reader's letter begins.
    pub letter_openings: Vec<String>,
    /// A role as it is printed → the name of the role it is.
    pub byline_roles: BTreeMap<String, String>,
}

/// Weights of the label model, and the word lists.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutTable {
    /// Points a feature gives to a label: feature name → label name → points.
    pub features: BTreeMap<String, BTreeMap<String, f32>>,
    /// Points for a label that follows another: label name → next label name → points; absent = 0.
    pub transitions: BTreeMap<String, BTreeMap<String, f32>>,
    /// Points of signs that the sentence of a block goes on in another; above 0 it does. `bias` is always added.
    pub joins: BTreeMap<String, f32>,
    /// Points of signs that a text without headline begins a story; above 0 it does.
    pub breaks: BTreeMap<String, f32>,
    /// Points of signs that a caption stands for itself and not in the story before; above 0 it does.
    pub pictures: BTreeMap<String, f32>,
    /// Points for a line between two stories being of the one before; see `layout::heads`.
    pub heads: BTreeMap<String, f32>,
    /// Points for a fragment being a piece of a story; see `layout::fragments`.
    pub fragments: BTreeMap<String, f32>,
    /// Points of signs that a repeated run belongs to a place; the place with most points owns it.
    pub grafts: BTreeMap<String, f32>,
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

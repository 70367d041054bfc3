//! What blocks look like: word lists, forms, and points of what is decided beside the models.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("layout.toml");
pub(super) const WORDS_TEXT: &str = include_str!("layout_words.toml");
pub(super) const FORMS_TEXT: &str = include_str!("layout_forms.toml");

/// Word lists of the newspaper trade; see the comments in `layout_words.toml`.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {
    /// Marks of a digest's column label.
    pub digest_marks: Vec<String>,
    /// Endings of the title of a speech.
    pub speech_endings: Vec<String>,
    /// Signs of an opinion in its title.
    pub opinion_titles: Vec<String>,
    /// Signs of an opinion in its column label.
    pub opinion_columns: Vec<String>,
}

/// Points for a fragment being a piece of a story.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FragmentPoints {
    /// Times the root of the number of names that both share and no other story has.
    pub shared: f32,
    /// Times the root of the number of these that both have more than once.
    pub repeated: f32,
    /// A word reaches from the story into the fragment.
    pub seam: f32,
    /// A sentence does.
    pub joins: f32,
    /// The story ends with a sentence, and the fragment has no mark.
    pub closed: f32,
    /// The story has the mark 下转, the fragment 上接.
    pub marks: f32,
    /// What is needed.
    pub threshold: f32,
    /// What is needed where a headline stands over the fragment.
    pub threshold_headed: f32,
}

/// Points for a place being the owner of a repeated run.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraftPoints {
    /// The run begins with a block.
    pub left_block: f32,
    /// After the end of a sentence.
    pub left_sentence: f32,
    /// After another mark.
    pub left_mark: f32,
    /// In a word.
    pub left_seam: f32,
    /// Elsewhere in a sentence.
    pub left_mid: f32,
    /// The run ends with a block.
    pub right_block: f32,
    /// With a sentence.
    pub right_sentence: f32,
    /// With another mark, or before one.
    pub right_mark: f32,
    /// In a word.
    pub right_seam: f32,
    /// Elsewhere in a sentence.
    pub right_mid: f32,
    /// It is a block.
    pub whole: f32,
    /// What stands on both sides makes a word without it.
    pub closes_up: f32,
    /// The next block begins with the rest of a sentence.
    pub next_cut: f32,
    /// Times the share of its words that the story around it has.
    pub share: f32,
    /// It speaks of a unit (该区) of a level that the story around it does not name.
    pub no_level: f32,
}

/// A form of a block that tells what it is.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockForm {
    /// Its code.
    pub name: String,
    /// What is said of it to a reader, in Chinese.
    pub says: String,
    /// Regular expression over the folded text of a block.
    pub pattern: String,
}

/// Points of what is decided beside the models, and the word lists.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutTable {
    /// Points for a fragment being a piece of a story.
    pub fragments: FragmentPoints,
    /// Points for a place being the owner of a repeated run; the place with most points owns it.
    pub grafts: GraftPoints,
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

/// The forms of blocks, in the order of the table.
pub fn block_forms() -> &'static [BlockForm] {
    #[derive(serde::Deserialize)]
    struct BlockFormsFile {
        form: Vec<BlockForm>,
    }
    static TABLE: OnceLock<Vec<BlockForm>> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded::<BlockFormsFile>(FORMS_TEXT).form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load() {
        assert!(layout().words.digest_marks.len() > 5 && layout().fragments.threshold > 0.0);
        assert!(block_forms().len() > 40 && block_forms().iter().all(|form| !form.says.is_empty()));
    }
}

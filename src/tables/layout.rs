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

/// Points for a way to part the lines that stand between two stories.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadPoints {
    /// Any line is given to the story before.
    pub belated: f32,
    /// Times the share of a given title's words in the story before, less that in the text after.
    pub shared: f32,
    /// A title is given to a story that has one, or takes none.
    pub second_title: f32,
    /// A title is given to a story that has none.
    pub finds_title: f32,
    /// A column label is given.
    pub label_after: f32,
    /// To a story that has one.
    pub second_label: f32,
    /// And it is that of a digest.
    pub digest_label_after: f32,
    /// The story before is no news, the text after is news or a picture.
    pub label_of_feature: f32,
    /// News is left without a title.
    pub untitled_news: f32,
    /// Another text is left without a title.
    pub untitled: f32,
    /// Two lines that are left stand in an order that no headline has.
    pub turned: f32,
    /// Each column label that is left beyond the first.
    pub two_labels: f32,
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
    /// Points for ways to part the lines between two stories.
    pub heads: HeadPoints,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load() {
        assert!(layout().features.contains_key("long"));
        assert!(layout().words.column_labels.len() > 40);
    }
}

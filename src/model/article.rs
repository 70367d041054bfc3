//! The finished article.

use super::{ArticleId, Metadata, Passage, SourceKey, SourceMetadata, Story, TextField};

/// Where an article stands among its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ArticlePosition {
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
    pub place: ArticlePosition,
    /// Ids under which its blocks were known before the page was cut differently.
    pub former_ids: Vec<ArticleId>,
    /// The commit of the index that first had it as it is now; 0 before it is in one.
    pub since: u64,
}

impl Article {
    /// The paragraphs of one of its five texts, without grafts: what stands on both sides of one are two paragraphs.
    /// Each ends in a boundary of the normal form, so that a phrase crosses from one to the next only with a boundary in
    /// it.
    pub fn paragraphs(&self, field: TextField) -> Vec<&str> {
        let story = &self.story;
        let texts: Vec<&str> = match field {
            TextField::Title => vec![&story.group, &story.kicker, &story.title, &story.subtitle],
            TextField::Body => story.body.iter().flat_map(Passage::own_parts).collect(),
            TextField::Caption => story.captions.iter().flat_map(Passage::own_parts).collect(),
            TextField::Column => vec![&story.column],
            TextField::Byline => {
                let names = self.metadata.bylines.iter().map(|byline| byline.name.as_str());
                [story.byline.as_str()].into_iter().chain(names).collect()
            }
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// Whether another article says the same of itself: all but its place in the file, why it was cut so, and the
    /// commit it came with.
    pub fn same_content(&self, other: &Self) -> bool {
        let unnumbered = |story: &Story| {
            // The reasons of an item name its line.
            let given = SourceMetadata { line: None, ..story.given.clone() };
            Story { given, reasons: Vec::new(), ..story.clone() }
        };
        self.id == other.id
            && unnumbered(&self.story) == unnumbered(&other.story)
            && self.metadata == other.metadata
            && self.place.source == other.place.source
            && self.place.page_key == other.place.page_key
            && self.former_ids == other.former_ids
    }

    /// Characters, without white space, of its headline, body and captions: the measure of rates.
    pub fn characters(&self) -> u64 {
        let texts = [TextField::Title, TextField::Body, TextField::Caption];
        let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as u64;
        texts.into_iter().flat_map(|field| self.paragraphs(field)).map(length).sum()
    }

    /// Its headline, body and captions, a line each: what tells whether it still reads as it did.
    pub fn text_to_hash(&self) -> String {
        let texts = [TextField::Title, TextField::Body, TextField::Caption];
        texts.into_iter().flat_map(|field| self.paragraphs(field)).collect::<Vec<_>>().join("\n")
    }

    /// The title, or the first words where none is printed.
    pub fn name(&self) -> String {
        let story = &self.story;
        let first =
            || story.body.iter().chain(&story.captions).map(|passage| passage.text.as_str()).next().unwrap_or_default();
        if story.title.is_empty() {
            first().chars().take(20).chain("…".chars()).collect()
        } else {
            story.title.clone()
        }
    }
}

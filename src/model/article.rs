//! The finished article.

use super::{ArticleId, Metadata, Passage, SourceKey, Story, TextField};

/// Where an article stands among its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
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
    pub place: Place,
    /// Ids under which its blocks were known before the page was cut differently.
    pub former_ids: Vec<ArticleId>,
}

impl Article {
    /// The paragraphs of one of its five texts, without grafts: what stands on both sides of one are two paragraphs.
    /// Each ends in a boundary of the normal form, so that a phrase crosses from one to the next only with a boundary in
    /// it.
    pub fn paragraphs(&self, field: TextField) -> Vec<&str> {
        let story = &self.story;
        let texts: Vec<&str> = match field {
            TextField::Title => vec![&story.group, &story.kicker, &story.title, &story.subtitle],
            TextField::Body => story.body.iter().flat_map(Passage::own).collect(),
            TextField::Caption => story.captions.iter().flat_map(Passage::own).collect(),
            TextField::Column => vec![&story.column],
            TextField::Byline => {
                let names = self.metadata.bylines.iter().map(|byline| byline.name.as_str());
                [story.byline.as_str()].into_iter().chain(names).collect()
            }
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
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

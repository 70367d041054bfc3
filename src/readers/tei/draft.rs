//! An article of a text while it is read.

use super::header::TeiHeader;
use crate::model::{ArticleKind, CutCode, CutReason, Passage, SourceMetadata, Story};
use crate::readers::item::stated_date;

/// What a unit of text is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TeiPart {
    /// The title.
    Title,
    /// What stands over it.
    Kicker,
    /// What stands under it.
    Subtitle,
    /// Names of authors.
    Byline,
    /// A heading in the text.
    Subhead,
    /// The words under a picture.
    Caption,
    /// A paragraph.
    Paragraph,
}

/// Types of heads over and under the title.
const KICKERS: &[&str] = &["kicker", "overline", "pre", "sup", "super", "引题", "肩题"];
const SUBTITLES: &[&str] = &["sub", "subtitle", "subhead", "deck", "副题"];

impl TeiPart {
    /// What a head of a type is, right in an article.
    pub(super) fn of_head(kind: &str) -> Self {
        let is = |names: &[&str]| names.iter().any(|name| kind.eq_ignore_ascii_case(name));
        match () {
            () if is(KICKERS) => Self::Kicker,
            () if is(SUBTITLES) => Self::Subtitle,
            () => Self::Title,
        }
    }
}

/// An article.
#[derive(Debug, Default)]
pub(super) struct TeiDraft {
    /// Its id in the file, or empty.
    pub(super) id: String,
    /// The column that it stands in, or empty.
    pub(super) column: String,
    /// The page that its first text stands on.
    pub(super) page: Option<String>,
    parts: Vec<(TeiPart, String)>,
}

impl TeiDraft {
    /// Adds a unit of text.
    pub(super) fn push(&mut self, part: TeiPart, text: String) {
        self.parts.push((part, text));
    }

    /// Begins with its id and the column that it stands in.
    pub(super) fn new(id: String, column: String) -> Self {
        Self { id, column, ..Self::default() }
    }

    /// Whether it has nothing but heads so far.
    pub(super) fn has_only_heads(&self) -> bool {
        use TeiPart::{Kicker, Subtitle, Title};
        self.parts.iter().all(|(part, _)| matches!(part, Title | Kicker | Subtitle))
    }

    /// Characters of its text.
    pub(super) fn characters(&self) -> u64 {
        self.parts.iter().map(|(_, text)| text.chars().count() as u64).sum()
    }

    /// Its units, as lines of a page.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(_, text)| text.as_str())
    }

    fn joined(&self, part: TeiPart) -> String {
        let texts: Vec<&str> =
            self.parts.iter().filter(|(own, _)| *own == part).map(|(_, text)| text.as_str()).collect();
        texts.join(" ")
    }

    fn passages(&self, wanted: &[TeiPart]) -> Vec<Passage> {
        let own = self.parts.iter().filter(|(part, _)| wanted.contains(part));
        own.map(|(part, text)| Passage { subhead: *part == TeiPart::Subhead, ..Passage::new(text, Vec::new()) })
            .collect()
    }

    /// The article, numbered in its file; `None` where it has no paragraph and no caption.
    pub(super) fn story(&self, number: u64, header: &TeiHeader) -> Option<Story> {
        let mut story = Story::new(ArticleKind::News);
        story.body = self.passages(&[TeiPart::Paragraph, TeiPart::Subhead]);
        story.captions = self.passages(&[TeiPart::Caption]);
        if story.body.iter().all(|passage| passage.subhead) && story.captions.is_empty() {
            return None;
        }
        if story.body.is_empty() {
            story.kind = ArticleKind::Photo;
        }
        story.title = self.joined(TeiPart::Title);
        story.kicker = self.joined(TeiPart::Kicker);
        story.subtitle = self.joined(TeiPart::Subtitle);
        story.byline = self.joined(TeiPart::Byline);
        story.column.clone_from(&self.column);
        story.reasons = vec![CutReason::new(CutCode::WholeLine, [number])];
        story.given = SourceMetadata {
            id: Some(self.id.clone()).filter(|id| !id.is_empty()),
            date: header.date.as_deref().and_then(stated_date),
            paper: header.paper.clone(),
            page: self.page.clone(),
            ..SourceMetadata::default()
        };
        Some(story)
    }
}

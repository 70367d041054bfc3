//! What kind of article a story is.

use super::stitch::StoryPart;
use super::story_builder::{StoryBuilder, is_headline};
use super::view::BlockView;
use crate::model::{ArticleKind, BlockLabel, Label};
use crate::tables::layout;

/// A story without a digest's column label is a brief when it is shorter than this.
const BRIEF: usize = 150;

/// A page, for telling kinds.
pub(super) struct KindClassifier<'a> {
    pub(super) views: &'a [BlockView],
    pub(super) labels: &'a [BlockLabel],
}

impl KindClassifier<'_> {
    /// The kind of a story.
    pub(super) fn classify(&self, draft: &StoryBuilder) -> ArticleKind {
        let characters: usize = draft.parts.iter().map(|part| self.views[part.0].len).sum();
        match () {
            () if draft.continuation => ArticleKind::Continuation,
            () if draft.photo => ArticleKind::Photo,
            () if draft.item => ArticleKind::Brief,
            () if self.is_speech(draft) => ArticleKind::Speech,
            () if self.is_opinion(draft) => ArticleKind::Opinion,
            () if self.column(draft, &layout().words.digest_marks) && characters < 4 * BRIEF => ArticleKind::Brief,
            () if self.is_feature(draft) => ArticleKind::Feature,
            () if characters < BRIEF => ArticleKind::Brief,
            () => ArticleKind::News,
        }
    }

    fn titles(&self, draft: &StoryBuilder) -> String {
        draft
            .head
            .iter()
            .filter(|&&at| is_headline(self.labels[at].label))
            .map(|&at| self.views[at].compact.as_str())
            .collect()
    }

    /// Whether its column label has one of some words.
    fn column(&self, draft: &StoryBuilder, words: &[String]) -> bool {
        draft.column.iter().any(|&at| holds(&self.views[at].compact, words))
    }

    /// Whether it begins as news does.
    fn is_news(&self, draft: &StoryBuilder) -> bool {
        draft.bodies().next().is_some_and(|at| self.views[at].dateline())
    }

    fn is_speech(&self, draft: &StoryBuilder) -> bool {
        let about_author = draft.parts.iter().any(|part| self.views[part.0].head(4).starts_with("(作者系"));
        let title = self.titles(draft);
        about_author || layout().words.speech_endings.iter().any(|word| title.ends_with(word.as_str()))
    }

    fn is_opinion(&self, draft: &StoryBuilder) -> bool {
        let words = &layout().words;
        let named = holds(&self.titles(draft), &words.opinion_titles);
        !self.is_news(draft) && (named || self.column(draft, &words.opinion_columns))
    }

    fn is_feature(&self, draft: &StoryBuilder) -> bool {
        let subheads = draft.parts.iter().filter(|part| part.1 == StoryPart::Subhead).count();
        let headed = draft.head.iter().any(|&at| matches!(self.labels[at].label, Label::Subtitle | Label::Byline));
        !self.is_news(draft) && (headed || subheads >= 2)
    }
}

fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether a column label is that of a digest: its stories are briefs.
pub(super) fn is_digest(column: &str) -> bool {
    holds(column, &layout().words.digest_marks)
}

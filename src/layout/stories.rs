//! Assembles labelled blocks into stories.

use super::Cut;
use super::features::{View, described, views};
use super::stitch::{Part, goes_on, stitch};
use crate::model::{Block, BlockLabel, Kind, Label, Story};
use crate::tables::layout;
use std::collections::HashSet;

/// A story without a digest's column label is a brief when it is shorter than this.
const BRIEF: usize = 150;
/// Share of a caption's character pairs that must stand in the story before it to belong to its end.
const CAPTION_SHARE: f32 = 0.4;

/// A story while its blocks are collected.
#[derive(Default)]
struct Draft {
    head: Vec<usize>,
    parts: Vec<(usize, Part)>,
    column: String,
    reasons: Vec<String>,
    continuation: bool,
    photo: bool,
    item: bool,
    ended: bool,
}

/// Goes over a page block by block.
struct Cutter<'a> {
    blocks: &'a [Block],
    labels: &'a [BlockLabel],
    views: Vec<View>,
    drafts: Vec<Draft>,
    pending: Vec<usize>,
    remainders: Vec<usize>,
    continued: bool,
}

/// Cuts a page into stories.
pub(super) fn cut(blocks: &[Block], labels: &[BlockLabel]) -> Cut {
    let (labelled, rest) = blocks.split_at(blocks.len().min(labels.len()));
    let (drafts, pending, remainders) = (Vec::new(), Vec::new(), Vec::new());
    let mut cutter =
        Cutter { blocks: labelled, labels, views: views(labelled), drafts, pending, remainders, continued: false };
    for at in 0..labelled.len() {
        cutter.step(at);
    }
    let mut cut = cutter.finish();
    cut.remainders.extend(rest.iter().map(|block| block.number));
    cut
}

impl Cutter<'_> {
    fn label(&self, at: usize) -> Label {
        self.labels[at].label
    }

    fn step(&mut self, at: usize) {
        match self.label(at) {
            Label::Furniture => self.remainders.push(at),
            Label::Continuation => self.mark(at),
            Label::Column | Label::Kicker | Label::Title | Label::Subtitle => self.pending.push(at),
            Label::Byline => self.byline(at),
            Label::Subhead => self.subhead(at),
            Label::Body => self.body(at),
            Label::Caption => self.caption(at),
            Label::Credit => self.credit(at),
        }
    }

    fn mark(&mut self, at: usize) {
        self.remainders.push(at);
        self.continued = self.views[at].continued_from();
        if let Some(last) = self.drafts.last_mut() {
            last.ended = true;
        }
    }

    fn byline(&mut self, at: usize) {
        match self.drafts.last_mut() {
            Some(last) if self.pending.is_empty() && !last.photo => {
                last.parts.push((at, Part::Byline));
                last.ended = true;
            }
            _ => self.pending.push(at),
        }
    }

    fn subhead(&mut self, at: usize) {
        if !self.pending.is_empty() || self.continued {
            self.open(at);
        }
        match self.drafts.last_mut() {
            Some(last) if !last.photo && !last.ended => last.parts.push((at, Part::Subhead)),
            _ => self.pending.push(at),
        }
    }

    fn body(&mut self, at: usize) {
        if !self.pending.is_empty() || self.continued || self.drafts.is_empty() || self.starts_story(at) {
            self.open(at);
        }
        let ended = self.views[at].signed() || self.views[at].continued_to();
        let closed = self.views[at].closed();
        if let Some(last) = self.drafts.last_mut() {
            last.parts.push((at, Part::Body));
            last.ended = ended || (last.item && closed);
        }
    }

    /// Whether a body block without headline begins a story.
    fn starts_story(&self, at: usize) -> bool {
        let view = &self.views[at];
        let last_over = self.drafts.last().is_some_and(|last| last.ended || last.photo);
        let answer = view.compact.starts_with("答:");
        view.dateline() || view.bullet() || view.continued_from() || (last_over && !answer)
    }

    fn caption(&mut self, at: usize) {
        if self.pending.iter().any(|&i| self.label(i) != Label::Column) {
            self.open(at);
        } else if self.is_inside(at) {
            self.push_last(at, Part::Caption);
            return;
        } else if !self.ends_photo(at) {
            self.give_column_back();
            self.open(at);
        }
        self.push_last(at, Part::Body);
        if let Some(last) = self.drafts.last_mut() {
            (last.photo, last.ended) = (true, true);
        }
    }

    fn push_last(&mut self, at: usize, part: Part) {
        if let Some(last) = self.drafts.last_mut() {
            last.parts.push((at, part));
        }
    }

    /// Whether a caption stands inside the story before it: its text goes on, or the caption speaks of it.
    fn is_inside(&self, at: usize) -> bool {
        let Some(last) = self.drafts.last().filter(|last| !last.photo && self.pending.is_empty()) else { return false };
        let next =
            (at + 1..self.blocks.len()).take(20).find(|&i| !matches!(self.label(i), Label::Caption | Label::Credit));
        let goes_on = next.is_some_and(|i| match self.label(i) {
            Label::Body => !last.ended && !self.starts_story(i),
            Label::Subhead => !last.ended,
            _ => false,
        });
        let marked = self.views[at].caption_mark();
        let cut = last.parts.last().is_some_and(|&(i, _)| !self.views[i].closed());
        let share = self.share(&[at], &self.body_text(last));
        (goes_on && (cut || marked || share >= CAPTION_SHARE / 2.0)) || (marked && share >= CAPTION_SHARE)
    }

    /// Whether the caption is the end of a picture text whose first part is the story before.
    fn ends_photo(&self, at: usize) -> bool {
        let Some(last) = self.drafts.last().filter(|last| last.parts.len() <= 2 && !last.ended) else { return false };
        let open =
            last.parts.last().is_some_and(|&(i, part)| part == Part::Body && goes_on(&self.views[i], &self.views[at]));
        open && !self.has_title(last) && !self.views[at].caption_mark() && self.pending.is_empty()
    }

    /// A column label before an untitled picture belongs to the story before it.
    fn give_column_back(&mut self) {
        if let Some(last) = self.drafts.last_mut().filter(|last| !last.photo && last.column.is_empty()) {
            last.column = self.pending.iter().map(|&i| self.blocks[i].text.as_str()).collect::<Vec<_>>().join(" ");
            last.head.append(&mut self.pending);
        }
    }

    fn credit(&mut self, at: usize) {
        let Some(last) = self.drafts.last_mut().filter(|_| self.pending.is_empty()) else { return self.caption(at) };
        match last.parts.last() {
            Some((_, Part::Caption)) => last.parts.push((at, Part::Credit)),
            Some((_, Part::Body)) if last.photo || last.parts.len() <= 2 => {
                last.parts.push((at, Part::Body));
                (last.photo, last.ended) = (true, true);
            }
            _ => last.parts.push((at, Part::Caption)),
        }
    }

    /// Begins a story at a block; the pending headline is its own, or in part that of the story before.
    fn open(&mut self, at: usize) {
        let after = self.pending.split_off(self.belated(at));
        let belated = std::mem::take(&mut self.pending);
        self.give_belated(belated);
        let mut draft =
            Draft { head: after, continuation: self.continued || self.views[at].continued_from(), ..Draft::default() };
        draft.item = self.views[at].bullet() && self.label(at) == Label::Body;
        draft.column = self.column_of(&draft);
        draft.reasons.push(self.reason(&draft, at));
        self.continued = false;
        self.drafts.push(draft);
    }

    /// The column label of a story; items of a digest share that of the item before.
    fn column_of(&self, draft: &Draft) -> String {
        let own = self.head_text(draft, Label::Column);
        let shared =
            self.drafts.last().filter(|last| last.item && draft.item && own.is_empty() && draft.head.is_empty());
        shared.map_or(own, |last| last.column.clone())
    }

    fn give_belated(&mut self, belated: Vec<usize>) {
        let numbers: Vec<String> = belated.iter().map(|&i| format!("第{}块", self.blocks[i].number)).collect();
        if let Some(last) = self.drafts.last_mut().filter(|_| !belated.is_empty()) {
            last.reasons.push(format!("{}是排在正文之后的标题", numbers.join("、")));
            last.head.extend(belated);
            last.ended = true;
        }
    }

    /// How many of the pending blocks are the headline of the story before, printed after it.
    fn belated(&self, at: usize) -> usize {
        let untitled = |last: &&Draft| !last.photo && !last.item && !last.continuation && !self.has_title(last);
        let Some(last) = self.drafts.last().filter(untitled) else { return 0 };
        let titles = self.pending.iter().take_while(|&&i| is_headline(self.label(i))).count();
        if titles == 0 || self.pending.get(titles).is_some_and(|&i| self.label(i) == Label::Column) {
            return titles;
        }
        let before = self.share(&self.pending[..1], &self.body_text(last));
        let after = self.share(&self.pending[..1], &self.text_from(at));
        usize::from(before > after + 0.1)
    }

    /// Share of the character pairs of some blocks that occur in a text.
    fn share(&self, blocks: &[usize], text: &str) -> f32 {
        let pairs: Vec<(char, char)> = blocks.iter().flat_map(|&i| pairs(&self.views[i].compact)).collect();
        let known: HashSet<(char, char)> = pairs_of(text);
        pairs.iter().filter(|pair| known.contains(pair)).count() as f32 / pairs.len().max(1) as f32
    }

    fn body_text(&self, draft: &Draft) -> String {
        draft.parts.iter().map(|&(i, _)| self.views[i].compact.as_str()).collect()
    }

    fn text_from(&self, at: usize) -> String {
        let running = |i: &usize| matches!(self.label(*i), Label::Body | Label::Subhead | Label::Caption);
        (at..self.blocks.len()).take_while(running).map(|i| self.views[i].compact.as_str()).collect()
    }

    fn has_title(&self, draft: &Draft) -> bool {
        draft.head.iter().any(|&i| is_headline(self.label(i)))
    }

    /// Why a story begins at a block.
    fn reason(&self, draft: &Draft, at: usize) -> String {
        let titled = draft.head.iter().copied().find(|&i| self.label(i) == Label::Title);
        let first = titled.unwrap_or(at);
        let what = match self.label(first) {
            Label::Title => "像标题",
            Label::Caption => "是图片说明",
            _ if draft.continuation => "接其他版",
            _ => "无标题而另起一篇",
        };
        let seen: Vec<&str> = self.labels[first].features.iter().map(|name| described(name)).take(3).collect();
        format!("第{}块{what}:{}", self.blocks[first].number, seen.join("、"))
    }

    /// Headlines after which no text came belong to the story before, or to the page.
    fn finish(mut self) -> Cut {
        let pending = std::mem::take(&mut self.pending);
        let titled = self.drafts.last().is_none_or(|last| self.has_title(last) || last.photo);
        for at in pending {
            let own = if is_headline(self.label(at)) { !titled } else { self.label(at) == Label::Column };
            match self.drafts.last_mut().filter(|last| own && !last.continuation) {
                Some(last) => {
                    last.head.push(at);
                    if self.labels[at].label == Label::Column {
                        last.column.clone_from(&self.blocks[at].text);
                    }
                }
                None => self.remainders.push(at),
            }
        }
        let stories = self.drafts.iter().map(|draft| self.story(draft)).collect();
        let mut remainders: Vec<u32> = self.remainders.iter().map(|&i| self.blocks[i].number).collect();
        remainders.sort_unstable();
        Cut { stories, remainders }
    }

    fn head_text(&self, draft: &Draft, label: Label) -> String {
        self.lines(draft.head.iter().copied().filter(|&i| self.label(i) == label))
    }

    /// The texts of some blocks, as printed, a space between.
    fn lines(&self, blocks: impl Iterator<Item = usize>) -> String {
        blocks.map(|i| self.blocks[i].text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn story(&self, draft: &Draft) -> Story {
        let stitched = stitch(&draft.parts, self.blocks, &self.views);
        let mut story = Story::new(self.kind(draft));
        story.column = draft.column.clone();
        self.fill_headline(&mut story, draft);
        story.byline = self.bylines(draft);
        let inner = draft.parts.iter().filter(|part| matches!(part.1, Part::Subhead | Part::Byline)).map(|part| part.0);
        story.head_blocks = draft.head.iter().copied().chain(inner).map(|i| self.blocks[i].number).collect();
        story.head_blocks.sort_unstable();
        story.confidence = self.confidence(draft);
        story.reasons = draft.reasons.iter().cloned().chain(stitched.reasons).collect();
        (story.body, story.captions) = (stitched.body, stitched.captions);
        story
    }

    /// Kicker, title, subtitle; the best line that is there becomes the title where none was labelled so.
    fn fill_headline(&self, story: &mut Story, draft: &Draft) {
        let titles: Vec<usize> = draft.head.iter().copied().filter(|&i| self.label(i) == Label::Title).collect();
        let apart = titles.windows(2).rposition(|pair| pair[1] > pair[0] + 1).map_or(0, |at| at + 1);
        let above = |i: &usize| self.label(*i) == Label::Kicker || titles[..apart].contains(i);
        story.kicker = self.lines(draft.head.iter().copied().filter(above));
        story.title = self.lines(titles[apart..].iter().copied());
        story.subtitle = self.head_text(draft, Label::Subtitle);
        if story.title.is_empty() {
            std::mem::swap(&mut story.title, &mut story.kicker);
        }
        if story.title.is_empty() {
            std::mem::swap(&mut story.title, &mut story.subtitle);
        }
        if story.title.is_empty() {
            story.title = self.head_text(draft, Label::Subhead);
        }
    }

    fn bylines(&self, draft: &Draft) -> String {
        let head = draft.head.iter().copied().filter(|&i| self.label(i) == Label::Byline);
        let inner = draft.parts.iter().filter(|part| part.1 == Part::Byline).map(|part| part.0);
        self.lines(head.chain(inner))
    }

    /// The mean score of the labels that made it a story: its headline and its first block.
    fn confidence(&self, draft: &Draft) -> f32 {
        let deciding: Vec<usize> = draft.head.iter().copied().chain(draft.parts.first().map(|part| part.0)).collect();
        let sum: f32 = deciding.iter().map(|&i| self.labels[i].score).sum();
        (sum / deciding.len().max(1) as f32).clamp(0.0, 1.0)
    }

    fn kind(&self, draft: &Draft) -> Kind {
        let characters: usize = draft.parts.iter().map(|part| self.views[part.0].len).sum();
        match () {
            () if draft.continuation => Kind::Continuation,
            () if draft.photo => Kind::Photo,
            () if draft.item => Kind::Brief,
            () if self.is_speech(draft) => Kind::Speech,
            () if self.is_opinion(draft) => Kind::Opinion,
            () if self.is_feature(draft) => Kind::Feature,
            () if characters < BRIEF || holds(&draft.column, &layout().words.digest_marks) => Kind::Brief,
            () => Kind::News,
        }
    }

    fn has_dateline(&self, draft: &Draft) -> bool {
        draft.parts.iter().any(|part| self.views[part.0].dateline())
    }

    fn is_speech(&self, draft: &Draft) -> bool {
        let about_author = draft.parts.iter().any(|part| self.views[part.0].compact.starts_with("(作者系"));
        let title = self.head_text(draft, Label::Title);
        about_author || layout().words.speech_endings.iter().any(|word| title.ends_with(word.as_str()))
    }

    fn is_opinion(&self, draft: &Draft) -> bool {
        let words = &layout().words;
        let named = holds(&self.head_text(draft, Label::Title), &words.opinion_titles);
        !self.has_dateline(draft) && (named || holds(&draft.column, &words.opinion_columns))
    }

    fn is_feature(&self, draft: &Draft) -> bool {
        let subheads = draft.parts.iter().filter(|part| part.1 == Part::Subhead).count();
        let headed = draft.head.iter().any(|&i| matches!(self.label(i), Label::Subtitle | Label::Byline));
        !self.has_dateline(draft) && (headed || subheads >= 2)
    }
}

fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn is_headline(label: Label) -> bool {
    matches!(label, Label::Title | Label::Kicker | Label::Subtitle | Label::Subhead)
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

fn pairs_of(text: &str) -> HashSet<(char, char)> {
    pairs(text).collect()
}

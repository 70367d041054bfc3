//! From drafts to stories: groups, headline stacks, paragraphs, kinds, reasons.

use super::forms::KnownForm;
use super::grafts::Grafts;
use super::kind::KindClassifier;
use super::stitch::{StoryPart, stitch};
use super::story_builder::StoryBuilder;
use super::view::BlockView;
use crate::model::{Block, BlockLabel, CutCode, CutReason, Graft, Label, Passage, Relation, RelationKind, Story};

/// Features of a block that a reason names, at most.
const FEATURES: usize = 6;

/// A page whose drafts are ready.
pub(super) struct StoryComposer<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) labels: &'a [BlockLabel],
    pub(super) views: &'a [BlockView],
    pub(super) grafts: &'a Grafts,
}

impl StoryComposer<'_> {
    fn label(&self, at: usize) -> Label {
        self.labels[at].label
    }

    fn kinds(&self) -> KindClassifier<'_> {
        KindClassifier { views: self.views, labels: self.labels }
    }

    /// The stories of the drafts, in page order.
    pub(super) fn stories(&self, mut drafts: Vec<StoryBuilder>) -> Vec<Story> {
        drafts.sort_by_key(StoryBuilder::first);
        self.group(&mut drafts);
        drafts.iter().map(|draft| self.story(draft)).collect()
    }

    /// Finds titles over several stories: the first of them has a line above its own title, all of them have their
    /// authors below the title, or all begin without 本报讯 under a line of their own.
    fn group(&self, drafts: &mut [StoryBuilder]) {
        let mut at = 0;
        while at < drafts.len() {
            let over = self.group_title(&drafts[at]);
            let members = if over.is_empty() { 0 } else { self.members(&drafts[at..]) };
            if members >= 2 {
                let text = self.lines(over.iter().copied());
                for draft in &mut drafts[at..at + members] {
                    draft.group.clone_from(&text);
                    let relation = Relation { kind: RelationKind::Group, page: String::new(), text: text.clone() };
                    draft.relations.push(relation);
                }
                let arguments = [text.clone(), members.to_string()];
                drafts[at].reasons.push(CutReason::new(CutCode::GroupTitle, arguments));
            }
            at += members.max(1);
        }
    }

    /// The lines of a headline above its title, if one of them may be the title of a group.
    fn group_title(&self, draft: &StoryBuilder) -> Vec<usize> {
        let lines: Vec<usize> =
            draft.head.iter().copied().filter(|&at| matches!(self.label(at), Label::Kicker | Label::Title)).collect();
        let signed = draft.head.iter().any(|&at| self.label(at) == Label::Byline);
        let titles = lines.len().saturating_sub(1);
        if titles == 0 || !(signed || self.has_colon(lines[titles])) { Vec::new() } else { lines[..titles].to_vec() }
    }

    fn has_colon(&self, at: usize) -> bool {
        self.views[at].is_short() && self.views[at].forms.has(KnownForm::PlaceColon)
    }

    /// How many stories in a row stand under one title: each with one line of its own in the form of the first.
    fn members(&self, drafts: &[StoryBuilder]) -> usize {
        let last_line =
            |draft: &StoryBuilder| draft.head.iter().rev().copied().find(|&at| self.label(at) == Label::Title);
        let signed = |draft: &StoryBuilder| draft.head.iter().any(|&at| self.label(at) == Label::Byline);
        let Some(first) = last_line(&drafts[0]) else { return 0 };
        let form = (signed(&drafts[0]), self.has_colon(first));
        let alike = |draft: &&StoryBuilder| {
            let title = last_line(draft);
            let lines = draft.head.iter().filter(|&&at| self.label(at) != Label::Byline).count();
            lines == 1 && title.is_some_and(|at| (signed(draft), self.has_colon(at)) == form)
        };
        1 + drafts[1..].iter().take_while(alike).count()
    }

    /// The texts of some blocks, as printed, a space between.
    fn lines(&self, blocks: impl Iterator<Item = usize>) -> String {
        blocks.map(|at| self.blocks[at].text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn story(&self, draft: &StoryBuilder) -> Story {
        let stitched = stitch(&draft.parts, self.blocks, self.views);
        let mut story = Story::new(self.kinds().classify(draft));
        story.column = self.lines(draft.column.iter().copied());
        story.group.clone_from(&draft.group);
        story.relations.clone_from(&draft.relations);
        self.fill_headline(&mut story, draft);
        story.byline = self.bylines(draft);
        let inner = draft
            .parts
            .iter()
            .filter(|part| matches!(part.1, StoryPart::Subhead | StoryPart::Byline))
            .map(|part| part.0);
        story.head_blocks =
            draft.head.iter().chain(&draft.aside).copied().chain(inner).map(|at| self.blocks[at].number).collect();
        story.head_blocks.sort_unstable();
        story.confidence = self.confidence(draft);
        (story.body, story.captions) = (stitched.body, stitched.captions);
        story.body.iter_mut().chain(&mut story.captions).for_each(|passage| self.mark_grafts(passage));
        let first = std::iter::once(self.reason(draft));
        let copied = self.graft_reasons(draft);
        story.reasons = first.chain(draft.reasons.iter().cloned()).chain(stitched.reasons).chain(copied).collect();
        story
    }

    /// Kicker, title, subtitle; the best line that is there becomes the title where none was labelled so. What stands
    /// over a group is no part of them.
    fn fill_headline(&self, story: &mut Story, draft: &StoryBuilder) {
        let over = if draft.group.is_empty() { Vec::new() } else { self.group_title(draft) };
        let own: Vec<usize> = draft.head.iter().copied().filter(|at| !over.contains(at)).collect();
        let titles: Vec<usize> = own.iter().copied().filter(|&at| self.label(at) == Label::Title).collect();
        let apart = titles.windows(2).rposition(|pair| pair[1] > pair[0] + 1).map_or(0, |at| at + 1);
        let above = |at: &usize| self.label(*at) == Label::Kicker || titles[..apart].contains(at);
        story.kicker = self.lines(own.iter().copied().filter(above));
        story.title = self.lines(titles[apart..].iter().copied());
        let below = |at: &usize| matches!(self.label(*at), Label::Subtitle | Label::Subhead);
        story.subtitle = self.lines(own.iter().copied().filter(below));
        if story.title.is_empty() {
            std::mem::swap(&mut story.title, &mut story.kicker);
        }
        if story.title.is_empty() {
            std::mem::swap(&mut story.title, &mut story.subtitle);
        }
    }

    fn bylines(&self, draft: &StoryBuilder) -> String {
        let head = draft.head.iter().copied().filter(|&at| self.label(at) == Label::Byline);
        let inner = draft.parts.iter().filter(|part| part.1 == StoryPart::Byline).map(|part| part.0);
        self.lines(head.chain(inner))
    }

    /// How sure the article is: that it begins where it does, and that none begins inside it. Borders are not independent,
    /// so the weakest ones count: the beginning times the least sure block.
    fn confidence(&self, draft: &StoryBuilder) -> f32 {
        let blocks = || draft.head.iter().copied().chain(draft.parts.iter().map(|part| part.0));
        let first = blocks().min().map_or(1.0, |at| self.labels[at].border);
        let weakest = blocks().filter(|&at| !self.labels[at].begins).map(|at| self.labels[at].border);
        (first * weakest.fold(1.0, f32::min)).clamp(0.0, 1.0)
    }

    /// Why a story begins where it does.
    fn reason(&self, draft: &StoryBuilder) -> CutReason {
        let first = draft.parts.first().map_or_else(|| draft.first(), |part| part.0);
        let title = draft.head.iter().copied().find(|&at| self.label(at) == Label::Title);
        let told = |code: CutCode, at: usize| {
            let features = self.labels[at].features.iter().take(FEATURES).map(|name| name.to_string());
            CutReason::new(code, std::iter::once(self.blocks[at].number.to_string()).chain(features))
        };
        match title {
            Some(title) => told(CutCode::Headline, title),
            None if draft.continuation => told(CutCode::Continuation, first),
            None if draft.photo => told(CutCode::Caption, first),
            None => told(CutCode::Untitled, first),
        }
    }

    /// Moves the grafts of a passage's blocks to their places in its text.
    fn mark_grafts(&self, passage: &mut Passage) {
        let mut offset = 0;
        for &number in &passage.blocks {
            let block = number as usize - 1;
            for graft in self.grafts.get(&block).into_iter().flatten() {
                let graft = Graft { start: graft.start + offset, end: graft.end + offset, owner: graft.owner };
                passage.grafts.push(graft);
            }
            offset += self.blocks[block].text.chars().count();
        }
    }

    fn graft_reasons(&self, draft: &StoryBuilder) -> Vec<CutReason> {
        let grafted = draft.parts.iter().filter_map(|part| Some((part.0, self.grafts.get(&part.0)?)));
        let lines = grafted.flat_map(|(at, list)| {
            list.iter().map(move |graft| {
                let (block, length) = (at as u64 + 1, (graft.end - graft.start) as u64);
                CutReason::new(CutCode::Copy, [block, length, u64::from(graft.owner)])
            })
        });
        lines.collect()
    }
}

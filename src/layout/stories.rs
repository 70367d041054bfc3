//! Assembles labelled blocks into stories.

use super::breaks::{BREAKS, PICTURES, Spot, signs};
use super::draft::{Draft, is_headline};
use super::heads::{MOST_LINES, Sides, Waiting, split};
use super::kind::is_digest;
use super::pairs::{Pairs, Rarity, slots};
use super::stitch::{Links, Part};
use super::view::{Seam, View, named_place};
use super::weights::Weights;
use super::{Decision, DecisionKind};
use crate::model::{BlockLabel, Label, Relation, RelationKind, page_number};
use crate::text::{chinese_digit, chinese_number};

/// Pictures and marks that a sentence is followed over, at most.
const LOOK_AHEAD: usize = 20;
/// Places at which a story may be parted for the sake of a headline behind it, at most.
const MOST_CHANCES: usize = 3;
/// Characters that a headline is compared with, at most.
const COMPARED: usize = 2000;
/// Characters of a story in a digest, at most.
const LONGEST_ITEM: usize = 600;
/// Points of a beginning that a headline or a mark states.
const STATED: f32 = 1.0;

/// Goes over a page block by block.
pub(super) struct Cutter<'a> {
    labels: &'a [BlockLabel],
    views: &'a [View],
    weights: &'a Weights,
    links: &'a Links<'a>,
    copied: &'a [bool],
    /// Pairs of the story that is being collected, and of a text that is compared.
    pairs: Pairs<'a>,
    after: Pairs<'a>,
    tail: Pairs<'a>,
    drafts: Vec<Draft>,
    /// The story that is being collected: the last one that is no picture.
    current: Option<usize>,
    /// Places in it where it might have begun anew, with the points for that.
    chances: Vec<Chance>,
    pending: Vec<usize>,
    remainders: Vec<usize>,
    mark: Option<Relation>,
    decisions: Vec<Decision>,
}

/// A place in a story where another may have begun: the number of the part, and the points for it.
#[derive(Clone, Copy)]
struct Chance {
    part: usize,
    points: f32,
}

/// What the blocks of a page make.
pub(super) struct Drafts {
    pub(super) drafts: Vec<Draft>,
    /// Blocks in no story.
    pub(super) remainders: Vec<usize>,
    /// What was decided between the blocks, in order.
    pub(super) decisions: Vec<Decision>,
}

/// Collects the blocks of a page into drafts.
pub(super) fn drafts(
    views: &[View],
    rarity: &Rarity,
    copied: &[bool],
    labels: &[BlockLabel],
    weights: &Weights,
    links: &Links,
) -> Drafts {
    let mut cutter = Cutter {
        labels,
        views,
        weights,
        links,
        copied,
        pairs: Pairs::new(rarity),
        after: Pairs::new(rarity),
        tail: Pairs::new(rarity),
        drafts: Vec::new(),
        current: None,
        chances: Vec::new(),
        pending: Vec::new(),
        remainders: Vec::new(),
        mark: None,
        decisions: Vec::new(),
    };
    for at in 0..views.len() {
        cutter.step(at);
    }
    cutter.finish()
}

impl Cutter<'_> {
    fn label(&self, at: usize) -> Label {
        self.labels[at].label
    }

    fn step(&mut self, at: usize) {
        match self.label(at) {
            Label::Furniture => self.remainders.push(at),
            Label::Continuation => self.continuation(at),
            Label::Column | Label::Kicker | Label::Title | Label::Subtitle => self.wait(at),
            Label::Byline => self.byline(at),
            Label::Subhead => self.subhead(at),
            Label::Body => self.body(at),
            Label::Caption => self.caption(at),
            Label::Credit => self.credit(at),
        }
    }

    fn last(&self) -> Option<&Draft> {
        self.current.and_then(|at| self.drafts.get(at))
    }

    fn last_mut(&mut self) -> Option<&mut Draft> {
        self.current.and_then(|at| self.drafts.get_mut(at))
    }

    /// A mark ends the story before it; 上接 is kept for the text that follows.
    fn continuation(&mut self, at: usize) {
        self.remainders.push(at);
        let view = &self.views[at];
        let goes_on = relation(RelationKind::ContinuedOn, &view.compact);
        if view.continued_from {
            self.mark = Some(relation(RelationKind::ContinuedFrom, &view.compact));
        }
        if let Some(last) = self.last_mut() {
            last.ended = true;
            if !view.continued_from {
                last.relations.push(goes_on);
            }
        }
    }

    fn byline(&mut self, at: usize) {
        let waiting = self.pending.is_empty() && !self.after_picture();
        match self.last_mut().filter(|_| waiting) {
            Some(last) => {
                last.parts.push((at, Part::Byline));
                last.ended = true;
            }
            _ => self.wait(at),
        }
    }

    /// Keeps a line for the story that follows. Of more lines than a headline has, the first are headlines without text.
    fn wait(&mut self, at: usize) {
        self.pending.push(at);
        if self.pending.len() > MOST_LINES {
            self.remainders.push(self.pending.remove(0));
        }
    }

    /// Whether a picture that stands for itself came after the story that is being collected.
    fn after_picture(&self) -> bool {
        self.drafts.last().is_some_and(|last| last.photo)
    }

    fn subhead(&mut self, at: usize) {
        if !self.pending.is_empty() || self.mark.is_some() {
            self.open(at, STATED);
        }
        match self.last_mut() {
            Some(last) if !last.ended => last.parts.push((at, Part::Subhead)),
            _ => self.wait(at),
        }
    }

    fn body(&mut self, at: usize) {
        if !self.pending.is_empty() || self.mark.is_some() || self.current.is_none() {
            self.open(at, STATED);
        } else {
            let points = self.decide(DecisionKind::Break, at);
            if points > 0.0 {
                self.open(at, points);
            } else if let Some(part) = self.last().map(|last| last.parts.len()) {
                self.keep(Chance { part, points });
            }
        }
        self.log_join(at);
        self.push(at, Part::Body);
        let view = &self.views[at];
        let (signed, goes_on, closed) = (view.signed, view.continued_to, view.closed);
        if let Some(last) = self.last_mut() {
            last.ended = signed || goes_on || (last.item && closed);
            if goes_on {
                last.relations.push(relation(RelationKind::ContinuedOn, view.tail(10)));
            }
        }
    }

    /// Keeps a chance among the best; of equal ones the first.
    fn keep(&mut self, chance: Chance) {
        let place = self.chances.partition_point(|known| known.points >= chance.points);
        self.chances.insert(place, chance);
        self.chances.truncate(MOST_CHANCES);
    }

    fn push(&mut self, at: usize, part: Part) {
        self.pairs.add(&self.views[at].slots);
        if let Some(last) = self.last_mut() {
            last.parts.push((at, part));
        }
    }

    fn last_body(&self) -> Option<usize> {
        let parts = self.last().into_iter().flat_map(|last| last.parts.iter().rev().take(LOOK_AHEAD));
        parts.into_iter().find(|(_, part)| matches!(part, Part::Body | Part::Apart)).map(|(at, _)| *at)
    }

    /// Notes whether the sentence before goes on, for those who ask why and for the trainer.
    fn log_join(&mut self, at: usize) {
        let Some(before) = self.last_body() else { return };
        let link = self.links.get(before, at);
        let (signs, points) = (link.signs, link.points);
        self.decisions.push(Decision { kind: DecisionKind::Join, before: Some(before), at, signs, points });
    }

    /// Decides whether a block without headline begins a story.
    fn decide(&mut self, kind: DecisionKind, at: usize) -> f32 {
        let list: &[_] = if kind == DecisionKind::Break { &BREAKS } else { &PICTURES };
        let signs = signs(list, &self.spot(at));
        let points = self.weights.decide(kind, signs);
        self.decisions.push(Decision { kind, before: self.last_body(), at, signs, points });
        points
    }

    fn spot(&self, at: usize) -> Spot<'_> {
        let views = self.views;
        let last = self.last();
        let before = self.last_body();
        let ahead = (at + 1..views.len()).take(LOOK_AHEAD);
        let next = ahead.into_iter().find(|&i| !matches!(self.label(i), Label::Caption | Label::Credit));
        let after = next.filter(|&i| self.label(i) == Label::Body);
        let goes_to = if self.label(at) == Label::Body { Some(at) } else { after };
        let link = before.zip(goes_to).map(|(before, to)| self.links.get(before, to));
        Spot {
            here: &views[at],
            before: before.map(|i| &views[i]),
            after: after.map(|i| &views[i]),
            alone: after.is_none(),
            ended: last.is_some_and(|last| last.ended),
            picture: self.after_picture(),
            item: last.is_some_and(|last| last.item && last.ended),
            titled: last.is_some_and(|last| self.has_title(last)),
            joins: link.is_some_and(|link| link.goes_on()),
            seam: link.is_some_and(|link| link.seam == Seam::Word),
            copied: self.copied[at],
            place: named_place(&views[at]).map(|name| self.pairs.share(&slots(name)) > 0.99),
            share: self.pairs.share(&views[at].slots),
        }
    }

    fn caption(&mut self, at: usize) {
        let titled = self.pending.iter().any(|&i| self.label(i) != Label::Column);
        if self.pending.is_empty() && self.goes_on_with_photo(at) {
            return;
        }
        if titled && self.is_dropped_in(at) {
            self.open(at, STATED);
            return self.push(at, Part::Caption);
        }
        if !titled && self.ends_photo(at) {
            return self.end_photo(at);
        }
        if !titled && self.is_inside(at) {
            return self.push(at, Part::Caption);
        }
        self.open_photo(at);
    }

    /// Whether a caption is the rest of the picture's text before it; then it is taken in.
    fn goes_on_with_photo(&mut self, at: usize) -> bool {
        let Some(photo) = self.drafts.last_mut().filter(|last| last.photo) else { return false };
        let end = photo.bodies().next_back().filter(|&end| !self.views[end].credit_end);
        let open = end.is_some_and(|end| self.links.get(end, at).goes_on());
        if open {
            photo.parts.push((at, Part::Body));
        }
        open
    }

    /// The story that is being collected is the text of a picture. A column label over it was that of the story before.
    fn end_photo(&mut self, at: usize) {
        self.push(at, Part::Body);
        let Some(current) = self.current.take() else { return };
        let photo = &mut self.drafts[current];
        (photo.photo, photo.ended) = (true, true);
        let Some(before) = current.checked_sub(1).filter(|&before| self.drafts[before].column.is_empty()) else {
            return;
        };
        let labels = std::mem::take(&mut self.drafts[current].column);
        self.drafts[current].head.retain(|at| !labels.contains(at));
        self.drafts[before].head.extend(&labels);
        self.drafts[before].column = labels;
    }

    /// Begins a picture that stands for itself. The story before it may still go on.
    fn open_photo(&mut self, at: usize) {
        let before = self.current;
        self.begin(at, STATED);
        if let Some(photo) = self.last_mut() {
            photo.parts.push((at, Part::Body));
            (photo.photo, photo.ended) = (true, true);
        }
        self.current = before;
    }

    /// Whether a caption stands inside the story before it.
    fn is_inside(&mut self, at: usize) -> bool {
        let taken = self.current.is_some() && self.pending.is_empty() && self.mark.is_none();
        taken && self.decide(DecisionKind::Picture, at) <= 0.0
    }

    /// Whether a caption was printed between a headline and its story: the headline speaks of the text after.
    fn is_dropped_in(&mut self, at: usize) -> bool {
        let next = (at + 1..self.views.len()).take(3).find(|&i| !self.views[i].picture());
        let Some(next) = next.filter(|&i| self.label(i) == Label::Body && self.views[i].dateline) else { return false };
        let title = self.pending_slots();
        let mut share = |block: usize| {
            self.after.begin();
            self.after.add(&self.views[block].slots);
            self.after.share(&title)
        };
        share(next) > share(at)
    }

    fn pending_slots(&self) -> Vec<u16> {
        self.pending.iter().flat_map(|&i| self.views[i].slots.iter().copied()).collect()
    }

    /// Whether the caption is the end of a picture text whose first part is the story before.
    fn ends_photo(&self, at: usize) -> bool {
        let Some(last) = self.last().filter(|last| last.parts.len() <= 2 && !last.ended) else { return false };
        let end = last.bodies().next_back();
        let open = end.is_some_and(|end| self.links.get(end, at).goes_on());
        open && !self.has_title(last) && !self.views[at].caption_mark && self.pending.is_empty()
    }

    fn credit(&mut self, at: usize) {
        if !self.pending.is_empty() {
            return self.caption(at);
        }
        let after_photo = self.after_picture();
        let Some(last) = (if after_photo { self.drafts.last_mut() } else { self.last_mut() }) else {
            return self.caption(at);
        };
        match last.parts.last() {
            _ if after_photo => last.parts.push((at, Part::Body)),
            Some((_, Part::Caption)) => last.parts.push((at, Part::Credit)),
            Some((_, Part::Body)) if last.parts.len() <= 2 => {
                last.parts.push((at, Part::Body));
                (last.photo, last.ended) = (true, true);
                self.current = None;
            }
            _ => last.parts.push((at, Part::Caption)),
        }
    }

    /// Begins a story at a block; the pending headline is its own, or in part that of the story before.
    fn open(&mut self, at: usize, points: f32) {
        self.begin(at, points);
        self.pairs.begin();
        self.chances.clear();
    }

    fn begin(&mut self, at: usize, points: f32) {
        let given = self.belated(at);
        let own = self.pending.split_off(given);
        let belated = std::mem::take(&mut self.pending);
        self.give_belated(belated);
        let mark = self.mark.take();
        let mut draft = Draft { head: own, points, ..Draft::default() };
        draft.continuation = mark.is_some() || self.views[at].continued_from;
        draft.relations.extend(mark);
        if self.views[at].continued_from {
            draft.relations.push(relation(RelationKind::ContinuedFrom, self.views[at].head(16)));
        }
        draft.item = self.views[at].bullet && self.label(at) == Label::Body;
        draft.column = self.column_of(&draft);
        self.drafts.push(draft);
        self.current = Some(self.drafts.len() - 1);
    }

    /// The column label of a story; items of a digest share that of the item before.
    fn column_of(&self, draft: &Draft) -> Vec<usize> {
        let own: Vec<usize> = draft.head.iter().copied().filter(|&at| self.label(at) == Label::Column).collect();
        let shared = self.last().filter(|last| own.is_empty() && self.shares_column(last, draft));
        shared.map_or(own, |last| last.column.clone())
    }

    /// Whether a story stands in the same digest as the one before: its next item, or a short story under a title.
    fn shares_column(&self, last: &Draft, draft: &Draft) -> bool {
        let length: usize = last.bodies().take(LOOK_AHEAD).map(|at| self.views[at].len).sum();
        let short = || length < LONGEST_ITEM && last.column.iter().any(|&at| is_digest(&self.views[at].compact));
        (last.item && draft.item && draft.head.is_empty()) || (draft.head.len() == 1 && short())
    }

    fn give_belated(&mut self, belated: Vec<usize>) {
        let numbers: Vec<String> = belated.iter().map(|&at| format!("第{}块", at + 1)).collect();
        let label = belated.iter().copied().find(|&at| self.label(at) == Label::Column);
        let titled = belated.iter().any(|&at| is_headline(self.label(at)));
        if let Some(last) = self.last_mut().filter(|_| !belated.is_empty()) {
            let what = if titled { "标题" } else { "栏目名" };
            last.reasons.push(format!("{}是排在正文之后的{what}", numbers.join("、")));
            if last.column.is_empty() {
                last.column.extend(label);
            }
            last.head.extend(belated);
            last.ended = true;
        }
    }

    /// How many of the pending blocks belong to the story before, printed after it. Where the best way to part them is
    /// that the story before is two, the second of them with the headline behind it, it is parted.
    fn belated(&mut self, at: usize) -> usize {
        if self.pending.is_empty() || self.last().is_none() {
            return 0;
        }
        self.collect_after(at);
        let whole = self.parted(at, None);
        let chances = self.chances.clone();
        let parted = chances.into_iter().map(|chance| (chance, self.parted(at, Some(chance))));
        let parted: Vec<(Chance, (usize, f32))> = parted.collect();
        let best = parted.into_iter().max_by(|a, b| a.1.1.total_cmp(&b.1.1));
        match best.filter(|(_, (given, points))| *given > 0 && *points > whole.1) {
            Some((chance, (given, _))) => {
                self.part(chance);
                given
            }
            None => whole.0,
        }
    }

    /// How many of the pending blocks belong to the story before, and the points of that; with a chance, to the story
    /// that would begin there.
    fn parted(&mut self, at: usize, chance: Option<Chance>) -> (usize, f32) {
        let Some(last) = self.current.and_then(|current| self.drafts.get(current)) else { return (0, 0.0) };
        let parts = &last.parts[chance.map_or(0, |chance| chance.part).min(last.parts.len())..];
        let first = parts.iter().find(|part| part.1 == Part::Body).map(|part| &self.views[part.0]);
        let sides = Sides {
            takes_title: !last.photo && !last.item && !last.continuation,
            titled: chance.is_none() && self.has_title(last),
            labelled: chance.is_none() && !last.column.is_empty(),
            news_before: first.is_some_and(|view| view.dateline) || last.photo || last.item,
            news_after: self.views[at].dateline || self.views[at].bullet || self.mark.is_some(),
            picture_after: matches!(self.label(at), Label::Caption | Label::Credit),
        };
        if chance.is_some() {
            self.tail.begin();
            parts.iter().take(LOOK_AHEAD).for_each(|part| self.tail.add(&self.views[part.0].slots));
        }
        let before = if chance.is_some() { &self.tail } else { &self.pairs };
        let waiting = |&i: &usize| Waiting {
            label: self.label(i),
            before: before.share(&self.views[i].slots),
            after: self.after.share(&self.views[i].slots),
            digest: is_digest(&self.views[i].compact),
        };
        let (given, points) = split(&self.pending.iter().map(waiting).collect::<Vec<_>>(), sides);
        (given, points + chance.map_or(0.0, |chance| chance.points))
    }

    /// Parts the story that is being collected.
    fn part(&mut self, chance: Chance) {
        let Some(last) = self.last_mut().filter(|last| chance.part < last.parts.len()) else { return };
        let parts = last.parts.split_off(chance.part);
        let on = |relation: &Relation| relation.kind == RelationKind::ContinuedOn;
        let (relations, kept) = std::mem::take(&mut last.relations).into_iter().partition(on);
        last.relations = kept;
        let ended = std::mem::replace(&mut last.ended, true);
        let draft = Draft { parts, relations, ended, photo: last.photo, points: chance.points, ..Draft::default() };
        self.drafts.push(draft);
        self.current = Some(self.drafts.len() - 1);
        self.chances.clear();
    }

    /// Collects the text that follows up to the next headline.
    fn collect_after(&mut self, at: usize) {
        self.after.begin();
        let mut length = 0;
        for i in at..self.views.len() {
            if !matches!(self.label(i), Label::Body | Label::Subhead | Label::Caption) || length > COMPARED {
                break;
            }
            self.after.add(&self.views[i].slots);
            length += self.views[i].len;
        }
    }

    fn has_title(&self, draft: &Draft) -> bool {
        draft.head.iter().any(|&at| is_headline(self.label(at)))
    }

    /// Headlines after which no text came belong to the story before, or to the page.
    fn finish(mut self) -> Drafts {
        let pending = std::mem::take(&mut self.pending);
        let titled = self.last().is_none_or(|last| self.has_title(last) || last.photo);
        for at in pending {
            let label = self.label(at);
            let own = if is_headline(label) { !titled } else { label == Label::Column };
            match self.last_mut().filter(|last| own && !last.continuation) {
                Some(last) => {
                    last.head.push(at);
                    if label == Label::Column {
                        last.column = vec![at];
                    }
                }
                None => self.remainders.push(at),
            }
        }
        Drafts { drafts: self.drafts, remainders: self.remainders, decisions: self.decisions }
    }
}

/// The relation that a mark of continuation states.
fn relation(kind: RelationKind, mark: &str) -> Relation {
    let text = mark.trim_matches(['(', ')', '[', ']', '【', '】', '▲', '▼', '…', '。']).to_owned();
    Relation { kind, page: page_of(mark), text }
}

/// The page that a mark names (第3版, 第十二版, A2版), as [`crate::model::Metadata::page`] has it; empty where it names none.
fn page_of(mark: &str) -> String {
    let name = mark.split('版').next().unwrap_or_default().trim_end();
    let part = |digit: fn(char) -> bool| &name[name.trim_end_matches(digit).len()..];
    let printed = page_number(part(|c| c.is_ascii_alphanumeric()));
    let numeral = || chinese_number(part(|c| c == '十' || chinese_digit(c).is_some()));
    printed.or_else(|| page_number(&numeral()?.to_string())).unwrap_or_default()
}

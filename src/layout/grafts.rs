//! Which of two copies of a run is the story's own, and which was grafted in.

use super::fold::{compact, fold_mark};
use super::pairs::{PairRarity, PairSet};
use super::repeats::{CharStream, Repeat, Repeats, place};
use super::seam::reaches_over;
use super::story_builder::StoryBuilder;
use super::view::BlockView;
use crate::model::{Block, Graft};
use crate::tables::{layout, places, regions};
use crate::text::{CharClass, Segmenter, class};
use std::collections::BTreeMap;

/// Characters of a story that are compared with a run, at most.
const COMPARED: usize = 600;

/// Blocks on each side of a copy among which the next ones are taken.
const NEAR: usize = 20;

/// Characters on each side of an end in which a word is looked for.
const SIDE: usize = 6;

/// A sentence shorter than this at the start of a block is the rest of one.
const CUT: usize = 8;

/// The grafts of a page by block index.
pub(super) type Grafts = BTreeMap<usize, Vec<Graft>>;

/// A copy of a run: where it begins in the stream, how long it is, and the story it stands in.
struct RepeatCopy<'a> {
    start: usize,
    length: usize,
    story: Option<&'a StoryBuilder>,
}

/// Finds the grafts of a page.
pub(super) fn grafts(blocks: &[Block], repeats: &Repeats, drafts: &[StoryBuilder], rarity: &PairRarity) -> Grafts {
    let Repeats { stream, found } = repeats;
    let mut grafts = Grafts::new();
    if found.is_empty() {
        return grafts;
    }
    let story_of = stories(blocks.len(), drafts);
    let story = |at: usize| story_of[stream.block(at)].map(|story| &drafts[story]);
    let judge = GraftScorer { stream, blocks, rarity };
    for &Repeat { first, second, length } in found {
        let copies = [first, second].map(|start| RepeatCopy { start, length, story: story(start) });
        let host = usize::from(judge.points(&copies[0]) >= judge.points(&copies[1]));
        let owner = blocks[stream.block(copies[1 - host].start)].number;
        let (block, start, end) = place(stream, blocks, copies[host].start, length);
        grafts.entry(block).or_default().push(Graft { start, end, owner });
    }
    grafts.values_mut().for_each(|list| *list = without_overlaps(std::mem::take(list)));
    grafts
}

/// In order, without overlaps: a later one gives way.
fn without_overlaps(mut list: Vec<Graft>) -> Vec<Graft> {
    list.sort_by_key(|graft| (graft.start, std::cmp::Reverse(graft.end)));
    let mut kept: Vec<Graft> = Vec::new();
    for graft in list {
        if kept.last().is_none_or(|last| last.end <= graft.start) {
            kept.push(graft);
        }
    }
    kept
}

fn stories(blocks: usize, drafts: &[StoryBuilder]) -> Vec<Option<usize>> {
    let mut of = vec![None; blocks];
    for (number, draft) in drafts.iter().enumerate() {
        draft.parts.iter().for_each(|part| of[part.0] = Some(number));
    }
    of
}

/// A text outside its grafts, without white space, folded.
pub(super) fn own_text(text: &str, grafts: &[Graft]) -> String {
    let own = Graft::split(text, grafts).into_iter().filter(|(_, owner)| owner.is_none());
    own.map(|(part, _)| compact(part)).collect()
}

/// Weighs copies.
struct GraftScorer<'a> {
    stream: &'a CharStream,
    blocks: &'a [Block],
    rarity: &'a PairRarity,
}

impl GraftScorer<'_> {
    /// Points for a copy being the story's own: it connects on both sides, and its story speaks of the same.
    fn points(&self, copy: &RepeatCopy) -> f32 {
        let points = &layout().grafts;
        let end = copy.start + copy.length;
        let rest = self.surrounding_text(copy);
        let run: String = self.stream.chars[copy.start..end].iter().collect();
        let around = PairSet::from_views([BlockView::from_text(&rest)].iter(), self.rarity);
        let share = self.rarity.share(BlockView::from_text(&run).pairs.iter(), &around);
        let mut sum = self.start_points(copy.start) + self.end_points(end) + points.share * share;
        sum += if self.is_whole(copy) { points.whole } else { 0.0 };
        sum += if self.closes_up(copy) { points.closes_up } else { 0.0 };
        sum += if self.next_is_cut(copy) { points.next_cut } else { 0.0 };
        sum + if names_levels(&run, &rest) { 0.0 } else { points.no_level }
    }

    fn is_whole(&self, copy: &RepeatCopy) -> bool {
        self.stream.is_block_start(copy.start) && self.stream.is_block_start(copy.start + copy.length)
    }

    /// Points for how a copy begins: with its block, after a sentence, after a mark, in a word, in a sentence.
    fn start_points(&self, at: usize) -> f32 {
        let points = &layout().grafts;
        if self.stream.is_block_start(at) {
            return points.left_block;
        }
        match self.stream.chars[at - 1] {
            '。' | '!' | '?' | '”' | '」' => points.left_sentence,
            c if is_mark(c) => points.left_mark,
            _ if self.seam(at) => points.left_seam,
            _ => points.left_mid,
        }
    }

    /// Points for how it ends: with its block, with a sentence, at a mark, in a word, in a sentence.
    fn end_points(&self, end: usize) -> f32 {
        let points = &layout().grafts;
        let chars = &self.stream.chars;
        match () {
            () if self.stream.is_block_start(end) => points.right_block,
            () if matches!(chars[end - 1], '。' | '!' | '?' | '”') => points.right_sentence,
            () if is_mark(chars[end]) || is_mark(chars[end - 1]) => points.right_mark,
            () if self.seam(end) => points.right_seam,
            () => points.right_mid,
        }
    }

    /// Whether what stands on both sides makes a word when the copy is taken out.
    fn closes_up(&self, copy: &RepeatCopy) -> bool {
        let (start, end) = (copy.start, copy.start + copy.length);
        if self.stream.is_block_start(start) || self.stream.is_block_start(end) {
            return false;
        }
        let chars = &self.stream.chars;
        let before = &chars[start.saturating_sub(SIDE)..start];
        let run: String = before.iter().chain(&chars[end..(end + SIDE).min(chars.len())]).collect();
        reaches_over(&Segmenter::shared().cut_known(&run), before.len())
    }

    /// Whether the block after the copy's begins with the rest of a sentence: a few characters and a full stop.
    fn next_is_cut(&self, copy: &RepeatCopy) -> bool {
        let end = copy.start + copy.length;
        let next = self.stream.chars.get(end..(end + CUT).min(self.stream.chars.len())).unwrap_or_default();
        self.stream.is_block_start(end) && next.contains(&'。')
    }

    /// Whether a word reaches over a place.
    fn seam(&self, at: usize) -> bool {
        let chars = &self.stream.chars;
        let from = at.saturating_sub(SIDE);
        let run: String = chars[from..(at + SIDE).min(chars.len())].iter().collect();
        chars[at - 1].is_ascii_digit() || reaches_over(&Segmenter::shared().cut_known(&run), at - from)
    }

    /// The story around a copy, without it: headline, then the blocks next to it.
    fn surrounding_text(&self, copy: &RepeatCopy) -> String {
        let Some(story) = copy.story else { return String::new() };
        let (home, from, to) = place(self.stream, self.blocks, copy.start, copy.length);
        // Parts stand in page order here; what is far is not compared.
        let here = story.parts.partition_point(|part| part.0 < home);
        let near = here.saturating_sub(NEAR)..(here + NEAR).min(story.parts.len());
        let mut blocks: Vec<usize> = story.parts[near].iter().map(|part| part.0).collect();
        blocks.sort_by_key(|block| block.abs_diff(home));
        let outside = story.head.iter().copied().chain(blocks).flat_map(|block| {
            let inside = move |at: usize| block == home && (from..to).contains(&at);
            self.blocks[block].text.chars().enumerate().filter(move |(at, c)| !inside(*at) && !c.is_whitespace())
        });
        outside.take(COMPARED).map(|(_, c)| fold_mark(c)).collect()
    }
}

fn is_mark(c: char) -> bool {
    class(c) != CharClass::Han && !c.is_alphanumeric()
}

/// Whether a unit of the level that a run speaks of (该区) is named in a text; yes where it speaks of none.
fn names_levels(run: &str, rest: &str) -> bool {
    let levels = &places().levels;
    let that = run.match_indices(places().that).filter_map(|(at, that)| run[at + that.len()..].chars().next());
    let mut spoken: Vec<char> = that.filter(|c| levels.contains(*c)).collect();
    spoken.sort_unstable();
    spoken.dedup();
    let chars: Vec<char> = rest.chars().collect();
    spoken.iter().all(|level| {
        let ends = (1..chars.len()).filter(|&at| chars[at] == *level);
        ends.take(200).any(|at| (2..=4).any(|n| is_named(&chars, at, n)))
    })
}

fn is_named(chars: &[char], end: usize, length: usize) -> bool {
    let Some(start) = (end + 1).checked_sub(length) else { return false };
    let name: String = chars[start..=end].iter().collect();
    regions().with_name(&name).next().is_some()
}

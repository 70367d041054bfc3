//! Which run may follow which: candidates below in the column and at the top of a column further on, and what speaks
//! for each.

use super::scene::PageScene;
use super::weights::{LinkFeature, LinkFeatures};
use std::collections::BTreeMap;

/// Most white, in sizes, between runs that are one text with room between its paragraphs.
const CLOSE: f32 = 1.45;

/// White, in sizes, that is more than a heading inside a text takes.
const FAR: f32 = 4.5;

/// Candidates below that are looked at.
const BELOW: usize = 5;

/// Candidates in columns further on that are looked at.
const BESIDE: usize = 12;

/// A possible step from the end of one run to the beginning of another.
#[derive(Clone, Debug)]
pub(super) struct RunLink {
    /// The run before.
    pub(super) from: usize,
    /// The run after.
    pub(super) to: usize,
    /// What is true of it.
    pub(super) signs: LinkFeatures,
}

impl RunLink {
    /// Points: above 0 for what is more likely true than not.
    pub(super) fn points(&self) -> f32 {
        self.signs.points()
    }
}

impl PageScene {
    /// All candidates for what follows what.
    pub(super) fn links(&self) -> Vec<RunLink> {
        let shelves = ColumnIndex::new(self);
        let text = (0..self.runs.len()).filter(|&run| self.is_text(run));
        text.flat_map(|from| {
            let below = shelves.below(self, from).into_iter().enumerate();
            let mut links: Vec<RunLink> =
                below.map(|(rank, to)| RunLink { from, to, signs: self.signs_below(from, to, rank) }).collect();
            let beside = shelves.runs_beside(self, from).into_iter();
            links.extend(beside.map(|to| RunLink { from, to, signs: self.signs_beside(from, to) }));
            links
        })
        .collect()
    }

    fn signs_below(&self, from: usize, to: usize, rank: usize) -> LinkFeatures {
        let (a, b) = (&self.runs[from], &self.runs[to]);
        let size = a.size.max(b.size) as f32;
        let gap = (b.area.top - a.area.bottom) as f32 / size;
        let roof = self.columns.roof[to].filter(|&stack| self.stacks.all[stack].area.top > a.area.top);
        let floor = self.floor[from].filter(|&stack| self.stacks.all[stack].area.bottom < b.area.bottom);
        let same = |x: i32, y: i32| ((x - y).abs() as f32) < 0.8 * size;
        let (c, d) = (self.edges(from), self.edges(to));
        let mut signs = LinkFeatures::default();
        signs.add(LinkFeature::Below, true);
        let mut add = |sign, yes: bool| signs.add(sign, yes);
        add(LinkFeature::BelowClose, gap < CLOSE);
        add(LinkFeature::BelowFar, gap >= FAR);
        add(LinkFeature::BelowUnderHead, roof.is_some());
        add(LinkFeature::BelowUnderOwnEnd, roof.is_some_and(|roof| self.is_first_under(to, roof)));
        add(LinkFeature::BelowOverHead, floor.is_some());
        add(LinkFeature::BelowSeen, self.sight.contains(&(from, to)));
        add(LinkFeature::BelowLater, rank > 0);
        add(LinkFeature::BelowLeft, same(c.0, d.0));
        add(LinkFeature::BelowRight, same(c.1, d.1));
        add(LinkFeature::BelowColumn, self.is_next_in_column(from, to));
        self.signs_of_both(from, to, &mut signs);
        signs
    }

    fn signs_beside(&self, from: usize, to: usize) -> LinkFeatures {
        let (a, b) = (&self.runs[from], &self.runs[to]);
        let size = a.size.max(b.size) as f32;
        let near = |x: i32, y: i32| ((x - y).abs() as f32) < 0.75 * size;
        let tops: Vec<i32> = self.columns.upwards(from).map(|run| self.runs[run].area.top).collect();
        let first = tops.last().copied().unwrap_or(a.area.top);
        let roof = self.columns.roof[to];
        let own_roof = roof.is_some() && self.columns.upwards(from).any(|run| self.columns.roof[run] == roof);
        let apart = (self.edges(to).0 - self.edges(from).1) as f32 / size;
        let mut signs = LinkFeatures::default();
        signs.add(LinkFeature::Beside, true);
        let mut add = |sign, yes: bool| signs.add(sign, yes);
        add(LinkFeature::BesideFar, apart > 3.2);
        add(LinkFeature::BesideTop, near(b.area.top, first));
        add(LinkFeature::BesideMiddle, !near(b.area.top, first) && tops.iter().any(|&top| near(b.area.top, top)));
        add(LinkFeature::BesideHigher, b.area.top as f32 + 0.75 * size < first as f32);
        add(LinkFeature::BesideLower, b.area.top as f32 > first as f32 + 0.75 * size);
        add(LinkFeature::BesideSameHead, own_roof);
        add(LinkFeature::BesideOtherHead, roof.is_some_and(|roof| !own_roof && self.is_first_under(to, roof)));
        add(LinkFeature::BesideOtherHeadInner, roof.is_some_and(|roof| !own_roof && !self.is_first_under(to, roof)));
        add(LinkFeature::BesideBottom, self.bottoms(to).any(|bottom| near(bottom, a.area.bottom)));
        add(LinkFeature::BesideGoesOn, self.goes_on(from));
        add(LinkFeature::BesideNotLast, !self.is_last(from));
        add(LinkFeature::BesideComesFrom, self.comes_from(to));
        add(LinkFeature::BesideNotFirst, self.columns.of[to].is_some_and(|(_, place)| place > 0));
        add(LinkFeature::BesideOverHead, self.floor[from].is_some());
        let heads = || self.columns.upwards(from).filter_map(|run| self.columns.roof[run]);
        let middle = (b.area.left + b.area.right) / 2;
        add(LinkFeature::BesideWithinHead, heads().any(|head| self.reach[head] > middle));
        add(LinkFeature::BesideBeyondHead, heads().next().is_some() && heads().all(|head| self.reach[head] <= middle));
        add(LinkFeature::BesideSeen, self.side.contains(&(from, to)));
        add(LinkFeature::BesideColumnSeen, self.columns.upwards(from).any(|run| self.side.contains(&(run, to))));
        self.signs_of_both(from, to, &mut signs);
        signs
    }

    fn signs_of_both(&self, from: usize, to: usize, signs: &mut LinkFeatures) {
        let (a, b) = (&self.runs[from], &self.runs[to]);
        let (before, after) = (self.ends[from], self.ends[to]);
        let ratio = |x: i32, y: i32| (x.max(1) as f32 / y.max(1) as f32).ln().abs();
        let (c, d) = (self.edges(from), self.edges(to));
        let (width, other) = (c.1 - c.0, d.1 - d.0);
        let short = a.strips.len().min(b.strips.len()) < 3;
        let mut add = |sign, yes: bool| signs.add(sign, yes);
        add(LinkFeature::ToUnderHead, self.columns.roof[to].is_some_and(|roof| self.is_first_under(to, roof)));
        add(LinkFeature::ToUnderInner, self.columns.roof[to].is_some_and(|roof| !self.is_first_under(to, roof)));
        add(LinkFeature::ToUnderText, self.under_text[to]);
        add(LinkFeature::ToBesideHead, self.beside_head[to]);
        add(LinkFeature::FromOverHead, self.floor[from].is_some());
        add(LinkFeature::FromFirst, self.columns.upwards(from).any(|run| self.beside_head[run]));
        add(LinkFeature::WidthSame, ratio(width, other) < 0.06);
        add(LinkFeature::WidthOther, ratio(width, other) > 0.12 && !short);
        add(LinkFeature::SizeOther, ratio(a.size, b.size) > 0.11);
        add(LinkFeature::PitchOther, !short && ratio(a.pitch, b.pitch) > 0.08);
        add(LinkFeature::FullFlush, self.indents && before.full && after.flush);
        add(LinkFeature::FullFresh, self.indents && before.full && after.fresh);
        add(LinkFeature::ShortFlush, self.indents && !before.full && after.flush);
        add(LinkFeature::ShortFresh, self.indents && !before.full && after.fresh);
        add(LinkFeature::OpenFlush, before.full && !before.stop && !after.fresh);
        add(LinkFeature::OpenFresh, before.full && !before.stop && after.fresh);
        add(LinkFeature::StopFlush, before.stop && after.flush && self.indents);
        add(LinkFeature::StopFresh, before.stop && after.fresh);
        add(LinkFeature::Dateline, after.dateline);
        add(LinkFeature::OneLineBefore, a.strips.len() == 1);
        add(LinkFeature::OneLineAfter, b.strips.len() == 1);
        add(LinkFeature::OtherBox, self.boxes[from] != self.boxes[to]);
        add(LinkFeature::SameBox, self.boxes[from].is_some() && self.boxes[from] == self.boxes[to]);
        add(LinkFeature::SourceNext, self.source.trusted && self.follows(from, to));
        add(LinkFeature::SourceOther, self.source.trusted && !self.follows(from, to));
    }

    fn follows(&self, from: usize, to: usize) -> bool {
        let strip = |strip: Option<&usize>| strip.map(|&strip| &self.frame.strips[strip]);
        let last = strip(self.runs[from].strips.last()).map(|strip| strip.last_line());
        let first = strip(self.runs[to].strips.first()).map(|strip| strip.line);
        last.zip(first).is_some_and(|(last, first)| self.source.follows(last, first))
    }

    /// Whether a run stands under the left end of a headline.
    fn is_first_under(&self, run: usize, stack: usize) -> bool {
        let (left, right) = self.edges(run);
        let head = &self.stacks.all[stack].area;
        head.left < right && head.left > left - (right - left) / 2
    }

    fn bottoms(&self, run: usize) -> impl Iterator<Item = i32> {
        let below = self.columns.of[run].map_or(&[][..], |(column, place)| &self.columns.all[column].runs[place..]);
        below.iter().take(12).map(|&run| self.runs[run].area.bottom)
    }

    fn is_next_in_column(&self, from: usize, to: usize) -> bool {
        match (self.columns.of[from], self.columns.of[to]) {
            (Some((column, place)), Some((other, next))) => column == other && place + 1 == next,
            _ => false,
        }
    }

    fn is_last(&self, run: usize) -> bool {
        self.columns.of[run].is_none_or(|(column, place)| place + 1 == self.columns.all[column].runs.len())
    }

    /// Whether text goes on closely below in the column.
    fn goes_on(&self, run: usize) -> bool {
        let next = self.columns.of[run].and_then(|(column, place)| self.columns.all[column].runs.get(place + 1));
        next.is_some_and(|&next| self.close(run, next))
    }

    /// Whether text stands closely above in the column.
    fn comes_from(&self, run: usize) -> bool {
        self.columns.upwards(run).nth(1).is_some_and(|above| self.close(above, run))
    }

    fn close(&self, upper: usize, lower: usize) -> bool {
        let (a, b) = (&self.runs[upper], &self.runs[lower]);
        ((b.area.top - a.area.bottom) as f32) < CLOSE * a.size.max(b.size) as f32
    }
}

/// The runs of text by their left edges, so that neighbours are found without looking at all.
struct ColumnIndex {
    /// Runs by their tops, for each stretch of left edges.
    by_left: BTreeMap<i32, Vec<usize>>,
    /// Length of a stretch.
    length: i32,
}

impl ColumnIndex {
    fn new(scene: &PageScene) -> Self {
        let left = scene.runs.iter().map(|run| run.area.left).min().unwrap_or(0);
        let right = scene.runs.iter().map(|run| run.area.left).max().unwrap_or(0);
        // Not more shelves than pages have columns, so that a look along all of them stays short.
        let length = (2 * scene.frame.em).max((right - left) / 64).max(1);
        let mut by_left: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (at, run) in scene.runs.iter().enumerate().filter(|(at, _)| scene.stacks.of[*at].is_none()) {
            by_left.entry(run.area.left.div_euclid(length)).or_default().push(at);
        }
        Self { by_left, length }
    }

    /// Runs with their left edge between two places.
    fn between(&self, left: i32, right: i32) -> impl Iterator<Item = &Vec<usize>> {
        let (left, right) = (left.div_euclid(self.length), right.div_euclid(self.length));
        self.by_left.range(left..=right.max(left)).map(|(_, runs)| runs)
    }

    /// The nearest runs below one that share an edge or lie within its column.
    fn below(&self, scene: &PageScene, from: usize) -> Vec<usize> {
        let area = scene.runs[from].area;
        let (left, right) = scene.edges(from);
        let slack = 3 * scene.frame.em / 2;
        let mut found = Vec::new();
        for shelf in self.between(left - 4 * scene.frame.em, right) {
            let first = shelf.partition_point(|&run| scene.runs[run].area.top < area.bottom - scene.frame.em / 2);
            let fits = |run: &&usize| {
                let (other_left, other_right) = scene.edges(**run);
                let within = other_left >= left - slack && other_right <= right + slack;
                let around = other_left <= left + slack && other_right >= right - slack;
                **run != from && (within || around || (other_left - left).abs() < slack)
            };
            found.extend(shelf[first..].iter().take(4 * BELOW).filter(fits).take(BELOW).copied());
        }
        found.sort_by_key(|&run| (scene.runs[run].area.top, run));
        found.truncate(BELOW);
        found
    }

    /// Runs in the columns after one, not lower than its end, the likeliest by their place.
    fn runs_beside(&self, scene: &PageScene, from: usize) -> Vec<usize> {
        let area = scene.runs[from].area;
        let (left, right) = scene.edges(from);
        let em = scene.frame.em;
        let top = scene.columns.upwards(from).last().map_or(area.top, |run| scene.runs[run].area.top);
        let mut found = Vec::new();
        for shelf in self.between(right - em / 2, right + 2 * (right - left) + 6 * em) {
            let first = shelf.partition_point(|&run| scene.runs[run].area.top < top - em);
            let fits = |run: &&usize| **run != from && scene.runs[**run].area.top < area.bottom + em;
            let nearby = &shelf[first.saturating_sub(4)..(first + 6).min(shelf.len())];
            found.extend(nearby.iter().filter(fits).copied());
        }
        let distance = |run: usize| {
            let other = &scene.runs[run].area;
            (scene.edges(run).0 - right).max(0) + (other.top - top).abs() / 4
        };
        found.sort_by_key(|&run| (distance(run), run));
        found.truncate(BESIDE);
        found
    }
}

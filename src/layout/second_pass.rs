//! Features for the second look: the articles on both sides of a place, as the first look sees them.

use super::crf::{DecodedStates, FeatureSink};
use super::features::BlockFeatures;
use super::forms::KnownForm;
use super::pairs::PairSet;
use super::states::STATES;
use super::view::BlockView;
use crate::model::Label;
use std::ops::Range;

/// Upper ends of the classes of likeness.
const LIKENESS: [f32; 11] = [0.01, 0.03, 0.05, 0.08, 0.12, 0.16, 0.2, 0.26, 0.33, 0.42, 0.55];
/// Upper ends of the classes of an article's length, in characters.
const LENGTHS: [usize; 7] = [60, 150, 300, 600, 1000, 1600, 2600];
/// A state that is less likely than this is not told of.
const LIKELY: f32 = 0.02;
/// A long block with which an article hardly begins is not looked at again.
const UNLIKELY: f32 = 0.01;
/// Blocks of an article that are looked at on each side of a place, at most.
const REACH: usize = 80;
/// Likeness of neighbouring articles where a page has none to compare.
const USUAL_LIKENESS: f32 = 0.1;

fn likeness_class(value: f32) -> usize {
    LIKENESS.iter().position(|end| value <= *end).unwrap_or(LIKENESS.len())
}

/// A page with what the first look told.
pub(super) struct SecondPass<'a> {
    sight: &'a BlockFeatures<'a>,
    told: &'a DecodedStates,
    /// Probability that an article begins, that the block is of a headline, that it is a subhead.
    begins: Vec<f32>,
    heads: Vec<f32>,
    subheads: Vec<f32>,
    /// Blocks with which articles begin.
    borders: Vec<usize>,
    /// Likeness of neighbouring articles of the page, on average.
    usual: f32,
    /// Share of the sure articles that begin as news does, and of those whose headline ends with a column's name.
    datelined: f32,
    tagged: f32,
}

impl<'a> SecondPass<'a> {
    pub(super) fn new(sight: &'a BlockFeatures<'a>, told: &'a DecodedStates) -> Self {
        let sum = |test: fn(usize) -> bool| -> Vec<f32> {
            let row = |at: usize| {
                told.probabilities_of(at, STATES.len()).iter().enumerate().filter(|(state, _)| test(*state))
            };
            (0..sight.views.len()).map(|at| row(at).map(|(_, share)| share).sum()).collect()
        };
        let begins = sum(|state| STATES[state].begins);
        let borders = (0..begins.len()).filter(|&at| begins[at] > 0.5).collect();
        let mut review = Self {
            sight,
            told,
            heads: sum(|state| is_head(STATES[state].label)),
            subheads: sum(|state| STATES[state].label == Label::Subhead),
            begins,
            borders,
            usual: USUAL_LIKENESS,
            datelined: 0.5,
            tagged: 0.0,
        };
        review.look_at_page();
        review
    }

    fn views(&self) -> &[BlockView] {
        self.sight.views
    }

    /// What is usual on the page.
    fn look_at_page(&mut self) {
        let mut cuts = self.borders.clone();
        if cuts.first() != Some(&0) {
            cuts.insert(0, 0);
        }
        cuts.push(self.views().len());
        let articles: Vec<PairSet> = cuts.windows(2).map(|cut| self.text(cut[0]..cut[1])).collect();
        let alike: Vec<f32> = articles.windows(2).map(|pair| pair[0].likeness(&pair[1])).collect();
        if !alike.is_empty() {
            self.usual = alike.iter().sum::<f32>() / alike.len() as f32;
        }
        let sure: Vec<usize> = (0..self.begins.len()).filter(|&at| self.begins[at] > 0.9).collect();
        if !sure.is_empty() {
            let share =
                |test: &dyn Fn(usize) -> bool| sure.iter().filter(|&&at| test(at)).count() as f32 / sure.len() as f32;
            self.datelined = share(&|at| self.opens_as_news(at));
            self.tagged = share(&|at| self.has_tag(at));
        }
    }

    /// Whether the first running text from a place on begins as news does.
    fn opens_as_news(&self, at: usize) -> bool {
        let text = |view: &&BlockView| view.len > 45 || (view.len > 20 && view.closed());
        let first = self.views()[at..].iter().take(7).find(text);
        first.is_some_and(|view| view.dateline())
    }

    /// Whether one of the next lines ends with a column's name in brackets.
    fn has_tag(&self, at: usize) -> bool {
        self.views()[at..].iter().take(3).any(|view| view.forms.has(KnownForm::ColumnTag))
    }

    fn text(&self, blocks: Range<usize>) -> PairSet {
        PairSet::from_views(self.views()[blocks].iter(), self.sight.rarity)
    }

    /// Hands on the features of a block.
    pub(super) fn features(&self, at: usize, sink: &mut dyn FeatureSink) {
        self.first_look(at, sink);
        if self.begins[at] < UNLIKELY && self.views()[at].len > 45 {
            return;
        }
        let (before, after) = self.articles(at);
        self.likeness(at, &before, &after, sink);
        self.forms(at, &before, &after, sink);
        if self.views()[at].is_short() {
            self.lines(at, &before, &after, sink);
        }
    }

    /// What the first look told of the block and its neighbours.
    fn first_look(&self, at: usize, sink: &mut dyn FeatureSink) {
        let odds = |share: f32| {
            let share = share.clamp(1e-4, 1.0 - 1e-4);
            ((share / (1.0 - share)).ln() / 1.5).round() as i32
        };
        for step in -2_isize..=2 {
            let Some(near) = at.checked_add_signed(step).filter(|near| *near < self.begins.len()) else { continue };
            sink.put(format_args!("1:begins={}@{step}", odds(self.begins[near])), 1.0);
            if step.abs() < 2 {
                sink.put(format_args!("1:head={}@{step}", odds(self.heads[near])), 1.0);
                sink.put(format_args!("1:subhead={}@{step}", odds(self.subheads[near])), 1.0);
            }
        }
        for (state, share) in
            self.told.probabilities_of(at, STATES.len()).iter().enumerate().filter(|(_, share)| **share > LIKELY)
        {
            sink.put(format_args!("1:{}", STATES[state].name), *share);
        }
    }

    /// The article before a place, and the one that would begin with it, each up to [`REACH`] blocks. The lines of one
    /// headline are one place.
    fn articles(&self, at: usize) -> (Range<usize>, Range<usize>) {
        let headline = |mut blocks: Range<usize>| blocks.all(|at| self.views()[at].len <= 40 && self.heads[at] > 0.3);
        let (first, last) = (at.saturating_sub(REACH), (at + REACH).min(self.views().len()));
        let end = self.borders.partition_point(|border| *border < at);
        let before = self.borders[..end].iter().rev().copied().take_while(|border| *border >= first);
        let start = before.into_iter().find(|&border| !headline(border..at)).unwrap_or(first);
        let after = self.borders[end..].iter().copied().take_while(|border| *border < last);
        let next = after.into_iter().find(|&border| border > at && !headline(at..border)).unwrap_or(last);
        (start..at, at..next)
    }

    /// `h` for a line that may head a text, `p` for another.
    fn tag(&self, at: usize) -> &'static str {
        if self.views()[at].is_short() { "h" } else { "p" }
    }

    /// How alike the two articles are, and how the words of their headlines lie.
    fn likeness(&self, at: usize, before: &Range<usize>, after: &Range<usize>, sink: &mut dyn FeatureSink) {
        let tag = self.tag(at);
        let (a, b) = (self.text(before.clone()), self.text(after.clone()));
        let alike = a.likeness(&b);
        sink.put(format_args!("2:alike={}|{tag}", likeness_class(alike)), 1.0);
        let over = (((alike - self.usual) * 25.0).round() as i32).clamp(-5, 8);
        sink.put(format_args!("2:alike_over_usual={over}|{tag}"), 1.0);
        sink.put(format_args!("2:alike|{tag}"), alike * 6.0);
        let share = |pairs: &mut dyn Iterator<Item = &u32>, text: &PairSet| {
            likeness_class(self.sight.rarity.share(pairs, text))
        };
        let rest = self.text(at + 1..after.end);
        let own = [&a, &rest].map(|text| share(&mut self.views()[at].pairs.iter(), text) / 3);
        sink.put(format_args!("2:own_words={}|{}|{tag}", own[0], own[1]), 1.0);
        let mut headline = before.clone().filter(|&at| self.heads[at] > 0.5).flat_map(|at| &self.views()[at].pairs);
        sink.put(format_args!("2:headline_before_in_after={}|{tag}", share(&mut headline, &b) / 2), 1.0);
        let mut lines =
            after.clone().take_while(|&at| self.views()[at].len <= 40).flat_map(|at| &self.views()[at].pairs);
        sink.put(format_args!("2:headline_in_before={}|{tag}", share(&mut lines, &a) / 2), 1.0);
    }

    /// How long the articles are, and whether this one begins as the others of the page do.
    fn forms(&self, at: usize, before: &Range<usize>, after: &Range<usize>, sink: &mut dyn FeatureSink) {
        let tag = self.tag(at);
        let length = |blocks: &Range<usize>| {
            let characters = self.views()[blocks.clone()].iter().map(|view| view.len).sum::<usize>();
            LENGTHS.iter().position(|end| characters <= *end).unwrap_or(LENGTHS.len())
        };
        sink.put(format_args!("2:length_before={}|{tag}", length(before)), 1.0);
        sink.put(format_args!("2:length_after={}|{tag}", length(after)), 1.0);
        let third = |share: f32| (share * 3.0).round() as i32;
        let news = u8::from(self.opens_as_news(at));
        sink.put(format_args!("2:news={news}|{}|{tag}", third(self.datelined)), 1.0);
        let tagged = u8::from(self.has_tag(at));
        sink.put(format_args!("2:tagged={tagged}|{}|{tag}", third(self.tagged)), 1.0);
    }

    /// How a short line stands among the lines of both articles.
    fn lines(&self, at: usize, before: &Range<usize>, after: &Range<usize>, sink: &mut dyn FeatureSink) {
        let length = self.views()[at].len;
        let like = |blocks: Range<usize>| {
            let like = |at: usize| self.subheads[at] > 0.4 && self.views()[at].len.abs_diff(length) <= 4;
            blocks.into_iter().filter(|&at| like(at)).count().min(3)
        };
        sink.put(format_args!("2:like_subheads={}|{}", like(before.clone()), like(at + 1..after.end)), 1.0);
        let subheads = |blocks: Range<usize>| blocks.into_iter().filter(|&at| self.subheads[at] > 0.5).count().min(2);
        sink.put(format_args!("2:subheads={}|{}", subheads(before.clone()), subheads(at + 1..after.end)), 1.0);
        let heads = before.clone().filter(|&at| self.heads[at] > 0.5);
        let longest = heads.map(|at| self.views()[at].len).max().unwrap_or(0);
        let over = ((length as i32 - longest as i32) / 4).clamp(-4, 4);
        sink.put(format_args!("2:over_headline={over}"), 1.0);
    }
}

fn is_head(label: Label) -> bool {
    matches!(label, Label::Title | Label::Kicker | Label::Subtitle | Label::Column)
}

//! Fits the three models to all sources but those that are left out.

use crate::press::PressPage;
use crate::sources::{OLD, SAMPLES, Sources, UNION};
use crate::trainer::{Names, Sequence, Training, train};
use baoku::layout::{Crf, DecodedStates, FlowForm, LINE_STATES, Models, STATES, state_of};
use baoku::layout::{blocks, first_look, line_look, lines, second_look};
use baoku::model::{Block, Label, SourcePage};
use std::collections::HashSet;
use support::composed::compose::{Composer, Dice, Print, print};
use support::composed::pages::{Page, Story, is_text};

/// How much is composed, and how it is learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Composed pages.
    pub(crate) made: usize,
    /// How often a real page of a large source, of a small one, and of the old paper is learned from.
    pub(crate) real: [usize; 3],
    /// Training of the models of blocks.
    pub(crate) training: Training,
    /// Features seen less often than this in 2,400 pages are not learned.
    pub(crate) seen: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self { made: 6000, real: [2, 8, 1], training: Training::default(), seen: 12 }
    }
}

impl Plan {
    /// How often a feature must be seen.
    fn seen(&self) -> u32 {
        (self.seen * self.made as u32 / 2400).max(self.seen)
    }

    /// How often a real page of a source is learned from.
    fn times(&self, source: usize) -> usize {
        self.real[match source {
            SAMPLES | UNION => 1,
            OLD => 2,
            _ => 0,
        }]
    }
}

/// A page as it is learned from: its source, its blocks with their states, and which half it is of.
struct Lesson {
    blocks: Vec<Block>,
    states: Vec<usize>,
}

/// Fits the models.
pub(crate) fn fit(sources: &Sources, left_out: &[usize], left_styles: &[&str], plan: &Plan) -> Models {
    let used: Vec<usize> = (0..sources.names.len()).filter(|source| !left_out.contains(source)).collect();
    let halves = composed(sources, &used, plan);
    let real: Vec<Page> = used.iter().flat_map(|source| sources.real[*source].iter().cloned()).collect();
    let times = used.iter().flat_map(|source| sources.real[*source].iter().map(|_| plan.times(*source)));
    let times: Vec<usize> = times.collect();
    let widespread = sources.widespread();
    let press: Vec<&PressPage> =
        sources.press.iter().filter(|page| !left_styles.contains(&page.style.as_str())).collect();
    let lines = fit_lines(&halves[0], &real, &press, &widespread, plan);
    let mut dice = Dice(77);
    let mut lessons: Vec<Lesson> = Vec::new();
    for page in halves[0].iter().zip(&halves[1]).flat_map(|(a, b)| [a, b]) {
        lessons.push(lesson(page, &lines, &mut dice, 0.5));
    }
    for (page, times) in real.iter().zip(times) {
        for _ in 0..times {
            lessons.push(lesson(page, &lines, &mut dice, 0.4));
        }
    }
    for page in press {
        let blocks = blocks(&page.page, &lines);
        lessons.push(Lesson { states: page.block_states(&blocks), blocks });
    }
    let (blocks, articles) = fit_blocks(&lessons, &widespread, plan);
    Models { lines, blocks, articles, calibration: Default::default() }
}

/// Composed pages in two halves that share no article: what the first look says of the one was not learned from it.
fn composed(sources: &Sources, used: &[usize], plan: &Plan) -> [Vec<Page>; 2] {
    let all: Vec<&Story> = used.iter().flat_map(|source| &sources.stories[*source]).collect();
    [0, 1].map(|half| {
        let stories = all.iter().enumerate().filter(|(at, _)| at % 2 == half).map(|row| *row.1).collect();
        let composer =
            Composer { stories, furniture: &sources.furniture, plain: false, spared: crate::spared(sources) };
        composer.pages(plan.made / 2, &mut Dice(half as u64 + 1))
    })
}

/// A page as it is, or as printed lines.
fn lesson(page: &Page, model: &Crf, dice: &mut Dice, printed: f64) -> Lesson {
    let printed = dice.is(printed).then(|| print(page, drawn(page, dice)));
    let page = printed.as_ref().unwrap_or(page);
    let blocks = blocks(&page.source(), model);
    let state = |block: &Block| {
        let row = &page.rows[block.lines[0] as usize - 1];
        state_of(row.label, row.begins, row.goes_on)
    };
    Lesson { states: blocks.iter().map(state).collect(), blocks }
}

/// Widths of printed lines, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 10..=27;
/// How often the width is one at which a title of the page fills its lines: nothing but words then tells where it ends.
const FULL_TITLE: f64 = 0.15;

/// A way to print.
fn drawn(page: &Page, dice: &mut Dice) -> Print {
    let indent = dice.is(0.6);
    let full = dice.is(FULL_TITLE).then(|| full_width(page, dice)).flatten();
    let width = full.unwrap_or_else(|| dice.range(*WIDTHS.start(), *WIDTHS.end()));
    Print { width, indent, kinsoku: dice.is(0.5), indent_rest: indent && dice.is(0.5) }
}

/// A width at which some title fills its lines.
fn full_width(page: &Page, dice: &mut Dice) -> Option<usize> {
    let titles = page.rows.iter().filter(|row| row.label == Label::Title).map(|row| row.text.chars().count());
    let widths: Vec<usize> = titles
        .flat_map(|length| (1..=3).filter(move |lines| length % lines == 0).map(move |lines| length / lines))
        .collect();
    let fit: Vec<usize> = widths.into_iter().filter(|width| WIDTHS.contains(width)).collect();
    fit.get(dice.below(fit.len())).copied()
}

/// Which features are learned: words at the ends of blocks only where several sources have them.
fn is_learned(name: &str, widespread: &HashSet<String>) -> bool {
    let value = ["first=", "first2=", "last2="].iter().find_map(|family| name.strip_prefix(family));
    value.is_none_or(|value| widespread.contains(value.split_once('@').map_or(value, |parts| parts.0)))
}

fn fit_lines(composed: &[Page], real: &[Page], press: &[&PressPage], widespread: &HashSet<String>, plan: &Plan) -> Crf {
    let mut names = Names::default();
    let mut dice = Dice(3);
    let pages = composed.iter().take(plan.made / 4).chain(real);
    let mut found: Vec<Sequence> =
        pages.flat_map(|page| line_sequences(&print(page, drawn(page, &mut dice)), &mut names, widespread)).collect();
    for page in press {
        found.extend(sequences(&page.page, |order| page.line_states(order), &mut names, widespread));
    }
    let sequences = frequent(found, &names, plan.seen());
    let how = Training { rounds: 8, left_out: 0.3, ..plan.training };
    pruned(train(&sequences.iter().collect::<Vec<_>>(), LINE_STATES.len(), names.list.len(), how), names.list)
}

fn line_sequences(page: &Page, names: &mut Names, widespread: &HashSet<String>) -> Vec<Sequence> {
    let state = |number: &u32| {
        let row = &page.rows[*number as usize - 1];
        usize::from(row.goes_on) + 2 * usize::from(is_text(row.label))
    };
    sequences(&page.source(), |order| order.iter().map(state).collect(), names, widespread)
}

/// The printed lines of a page, region by region, with their answers.
fn sequences(
    page: &SourcePage,
    states: impl Fn(&[u32]) -> Vec<usize>,
    names: &mut Names,
    widespread: &HashSet<String>,
) -> Vec<Sequence> {
    let (order, flows) = lines(page);
    let states = states(&order);
    let mut items = vec![Vec::new(); order.len()];
    line_look(page, &mut |at, name, value| {
        if is_learned(name, widespread) {
            items[at].extend(names.number(name).map(|number| (number, value)));
        }
    });
    let own = |flow: &baoku::layout::Flow| Sequence {
        items: items[flow.start..flow.end].to_vec(),
        states: states[flow.start..flow.end].to_vec(),
    };
    flows.iter().filter(|flow| flow.form == FlowForm::Lines).map(own).collect()
}

fn fit_blocks(lessons: &[Lesson], widespread: &HashSet<String>, plan: &Plan) -> (Crf, Crf) {
    let mut names = Names::default();
    let first: Vec<Sequence> = lessons.iter().map(|lesson| first_sequence(lesson, &mut names, widespread)).collect();
    let first = frequent(first, &names, plan.seen());
    let features = names.list.len();
    let whole = train(&first.iter().collect::<Vec<_>>(), STATES.len(), features, plan.training);
    let halves = [0, 1].map(|half| {
        let own: Vec<&Sequence> = first.iter().enumerate().filter(|(at, _)| at % 2 != half).map(|row| row.1).collect();
        train(&own, STATES.len(), features, plan.training)
    });
    let second: Vec<Sequence> = lessons
        .iter()
        .zip(&first)
        .enumerate()
        .map(|(at, (lesson, first))| {
            let told = halves[at % 2].decode(&first.items);
            second_sequence(lesson, first, &told, &mut names)
        })
        .collect();
    let second = frequent(second, &names, plan.seen());
    let how = Training { left_out: 0.4, ..plan.training };
    let articles = train(&second.iter().collect::<Vec<_>>(), STATES.len(), names.list.len(), how);
    let first_names = names.list[..features].to_vec();
    (pruned(whole, first_names), pruned(articles, names.list))
}

fn first_sequence(lesson: &Lesson, names: &mut Names, widespread: &HashSet<String>) -> Sequence {
    let mut items = vec![Vec::new(); lesson.blocks.len()];
    first_look(&lesson.blocks, &mut |at, name, value| {
        if is_learned(name, widespread) {
            items[at].extend(names.number(name).map(|number| (number, value)));
        }
    });
    Sequence { items, states: lesson.states.clone() }
}

fn second_sequence(lesson: &Lesson, first: &Sequence, told: &DecodedStates, names: &mut Names) -> Sequence {
    let mut items = first.items.clone();
    second_look(&lesson.blocks, told, &mut |at, name, value| {
        items[at].extend(names.number(name).map(|number| (number, value)))
    });
    Sequence { items, states: lesson.states.clone() }
}

/// The sequences without features that were seen hardly ever.
fn frequent(mut sequences: Vec<Sequence>, names: &Names, seen: u32) -> Vec<Sequence> {
    let items = sequences.iter_mut().flat_map(|sequence| &mut sequence.items);
    items.for_each(|features| features.retain(|(feature, _)| names.seen[*feature as usize] >= seen));
    sequences
}

/// A weight below this, in points, is none.
const NOTHING: f32 = 0.08;
/// A feature whose weights are all below this is left out.
const LITTLE: f32 = 0.25;

/// The model without what hardly counts, rounded as it is written down.
fn pruned(chain: Crf, names: Vec<String>) -> Crf {
    let states = chain.states;
    let mut kept = chain.clone();
    kept.weights.clear();
    let mut kept_names = Vec::new();
    for (name, row) in names.into_iter().zip(chain.weights.chunks(states)) {
        if row.iter().any(|weight| weight.abs() >= LITTLE) {
            kept_names.push(name);
            kept.weights.extend(
                row.iter().map(|weight| if weight.abs() < NOTHING { 0.0 } else { (weight * 100.0).round() / 100.0 }),
            );
        }
    }
    kept.with_names(kept_names)
}

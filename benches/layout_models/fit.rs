//! Fits the three models to all sources but those that are left out.

use crate::compose::{Composer, Dice, Print, print};
use crate::pages::{Page, Story, is_text};
use crate::sources::Sources;
use crate::trainer::{Names, Sequence, Training, train};
use baoku::layout::{Chain, FlowForm, LINE_STATES, Models, STATES, Told, state_of};
use baoku::layout::{blocks, first_look, line_look, lines, second_look};
use baoku::model::{Block, SourcePage};
use std::collections::HashSet;

/// How much is composed, and how it is learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Composed pages.
    pub(crate) made: usize,
    /// How often a real page counts as much as a composed one.
    pub(crate) real: usize,
    /// Training of the models of blocks.
    pub(crate) training: Training,
    /// Features seen less often are not learned.
    pub(crate) seen: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self { made: 2400, real: 2, training: Training::default(), seen: 8 }
    }
}

/// A page as it is learned from: its source, its blocks with their states, and which half it is of.
struct Lesson {
    blocks: Vec<Block>,
    states: Vec<usize>,
}

/// Fits the models.
pub(crate) fn fit(sources: &Sources, left_out: &[usize], plan: &Plan) -> Models {
    let used: Vec<usize> = (0..sources.names.len()).filter(|source| !left_out.contains(source)).collect();
    let halves = composed(sources, &used, plan);
    let real: Vec<Page> = used.iter().flat_map(|source| sources.real[*source].iter().cloned()).collect();
    let widespread = sources.widespread();
    let lines = fit_lines(&halves[0], &real, &widespread, plan);
    let mut dice = Dice(77);
    let mut lessons: Vec<Lesson> = Vec::new();
    for page in halves[0].iter().zip(&halves[1]).flat_map(|(a, b)| [a, b]) {
        lessons.push(lesson(page, &lines, &mut dice, 0.5));
    }
    for page in &real {
        for _ in 0..plan.real {
            lessons.push(lesson(page, &lines, &mut dice, 0.4));
        }
    }
    let (blocks, articles) = fit_blocks(&lessons, &widespread, plan);
    Models { lines, blocks, articles, calibration: Vec::new() }
}

/// Composed pages in two halves that share no article: what the first look says of the one was not learned from it.
fn composed(sources: &Sources, used: &[usize], plan: &Plan) -> [Vec<Page>; 2] {
    let all: Vec<&Story> = used.iter().flat_map(|source| &sources.stories[*source]).collect();
    [0, 1].map(|half| {
        let stories = all.iter().enumerate().filter(|(at, _)| at % 2 == half).map(|row| *row.1).collect();
        let composer = Composer { stories, furniture: &sources.furniture, plain: false, spared: crate::spared(sources) };
        composer.pages(plan.made / 2, &mut Dice(half as u64 + 1))
    })
}

/// A page as it is, or as printed lines.
fn lesson(page: &Page, model: &Chain, dice: &mut Dice, printed: f64) -> Lesson {
    let printed = dice.is(printed).then(|| print(page, drawn(dice)));
    let page = printed.as_ref().unwrap_or(page);
    let blocks = blocks(&page.source(), model);
    let state = |block: &Block| {
        let row = &page.rows[block.lines[0] as usize - 1];
        state_of(row.label, row.begins, row.goes_on)
    };
    Lesson { states: blocks.iter().map(state).collect(), blocks }
}

/// A way to print.
fn drawn(dice: &mut Dice) -> Print {
    let indent = dice.is(0.6);
    Print { width: dice.range(10, 27), indent, kinsoku: dice.is(0.5), indent_rest: indent && dice.is(0.5) }
}

/// Which features are learned: words at the ends of blocks only where several sources have them.
fn is_learned(name: &str, widespread: &HashSet<String>) -> bool {
    let value = ["first=", "first2=", "last2="].iter().find_map(|family| name.strip_prefix(family));
    value.is_none_or(|value| widespread.contains(value.split_once('@').map_or(value, |parts| parts.0)))
}

fn fit_lines(composed: &[Page], real: &[Page], widespread: &HashSet<String>, plan: &Plan) -> Chain {
    let mut names = Names::default();
    let mut dice = Dice(3);
    let pages = composed.iter().take(900).chain(real);
    let sequences: Vec<Sequence> = pages.flat_map(|page| line_sequences(&print(page, drawn(&mut dice)), &mut names, widespread)).collect();
    let sequences = frequent(sequences, &names, plan.seen);
    let how = Training { rounds: 8, left_out: 0.3, ..plan.training };
    pruned(train(&sequences.iter().collect::<Vec<_>>(), LINE_STATES.len(), names.list.len(), how), names.list)
}

fn line_sequences(page: &Page, names: &mut Names, widespread: &HashSet<String>) -> Vec<Sequence> {
    let source: SourcePage = page.source();
    let (all, flows) = lines(&source);
    let sequence = |flow: &baoku::layout::Flow| {
        let own = &all[flow.start..flow.end];
        let mut sequence = Sequence { items: vec![Vec::new(); own.len()], states: Vec::new() };
        line_look(own, flow, &mut |at, name, value| {
            if is_learned(name, widespread) {
                sequence.items[at].extend(names.number(name).map(|number| (number, value)));
            }
        });
        let state = |line: &&baoku::model::Line| {
            let row = &page.rows[line.number as usize - 1];
            usize::from(row.goes_on) + 2 * usize::from(is_text(row.label))
        };
        sequence.states = own.iter().map(state).collect();
        sequence
    };
    flows.iter().filter(|flow| flow.form == FlowForm::Lines).map(sequence).collect()
}

fn fit_blocks(lessons: &[Lesson], widespread: &HashSet<String>, plan: &Plan) -> (Chain, Chain) {
    let mut names = Names::default();
    let first: Vec<Sequence> = lessons.iter().map(|lesson| first_sequence(lesson, &mut names, widespread)).collect();
    let first = frequent(first, &names, plan.seen);
    let features = names.list.len();
    let whole = train(&first.iter().collect::<Vec<_>>(), STATES.len(), features, plan.training);
    let halves = [0, 1].map(|half| {
        let own: Vec<&Sequence> = first.iter().enumerate().filter(|(at, _)| at % 2 != half).map(|row| row.1).collect();
        train(&own, STATES.len(), features, plan.training)
    });
    let second: Vec<Sequence> = lessons.iter().zip(&first).enumerate().map(|(at, (lesson, first))| {
        let told = halves[at % 2].tell(&first.items);
        second_sequence(lesson, first, &told, &mut names)
    }).collect();
    let second = frequent(second, &names, plan.seen);
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

fn second_sequence(lesson: &Lesson, first: &Sequence, told: &Told, names: &mut Names) -> Sequence {
    let mut items = first.items.clone();
    second_look(&lesson.blocks, told, &mut |at, name, value| items[at].extend(names.number(name).map(|number| (number, value))));
    Sequence { items, states: lesson.states.clone() }
}

/// The sequences without features that were seen hardly ever.
fn frequent(mut sequences: Vec<Sequence>, names: &Names, seen: u32) -> Vec<Sequence> {
    let items = sequences.iter_mut().flat_map(|sequence| &mut sequence.items);
    items.for_each(|features| features.retain(|(feature, _)| names.seen[*feature as usize] >= seen));
    sequences
}

/// A weight below this, in points, is none.
const NOTHING: f32 = 0.03;
/// A feature whose weights are all below this is left out.
const LITTLE: f32 = 0.1;

/// The model without what hardly counts, rounded as it is written down.
fn pruned(chain: Chain, names: Vec<String>) -> Chain {
    let states = chain.states;
    let mut kept = chain.clone();
    kept.weights.clear();
    let mut kept_names = Vec::new();
    for (name, row) in names.into_iter().zip(chain.weights.chunks(states)) {
        if row.iter().any(|weight| weight.abs() >= LITTLE) {
            kept_names.push(name);
            kept.weights.extend(row.iter().map(|weight| if weight.abs() < NOTHING { 0.0 } else { (weight * 100.0).round() / 100.0 }));
        }
    }
    kept.named(kept_names)
}

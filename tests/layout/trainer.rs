//! Learns the weights of the layout model: an averaged structured perceptron with a margin for the labels (Collins
//! 2002), and the same for the yes-or-no decisions. It begins from points that a person set (`prior.toml`), so that
//! what the pages say nothing about stays as it was.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test uses its part of this module")]

use super::answer::Page;
use baoku::layout::{DecisionKind, Points, Weights, best_path, cut_with, features, label_with, names};
use baoku::model::{BlockLabel, Label};
use baoku::tables::{LayoutTable, layout};
use std::collections::BTreeMap;
use std::fmt::Write;

const LABELS: usize = Label::ALL.len();
const ROUNDS: usize = 2;
/// What a wrong label must lose by.
const MARGIN: f32 = 1.5;
/// How far one mistake moves a weight.
const STEP: f32 = 0.015;

/// Points set by hand, in the form of the table.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    pub features: BTreeMap<String, BTreeMap<String, f32>>,
    pub transitions: BTreeMap<String, BTreeMap<String, f32>>,
    pub joins: BTreeMap<String, f32>,
    pub breaks: BTreeMap<String, f32>,
    pub pictures: BTreeMap<String, f32>,
}

/// What a person set.
pub fn prior() -> Prior {
    toml::from_str(include_str!("prior.toml")).expect("the prior")
}

/// A page to learn from: features and right labels of its blocks.
pub struct Example<'a> {
    page: &'a Page,
    features: Vec<Vec<usize>>,
    labels: Vec<Option<usize>>,
    times: usize,
}

impl<'a> Example<'a> {
    pub fn of(page: &'a Page, times: usize) -> Self {
        let number = |label: Label| Label::ALL.iter().position(|known| *known == label).expect("a label");
        let labels = page.answer.labels(&page.blocks).into_iter().map(|label| label.map(number)).collect();
        Self {
            page,
            features: features(&page.blocks).into_iter().map(|set| set.iter().collect()).collect(),
            labels,
            times,
        }
    }
}

/// A weight with the sum of its values over time.
#[derive(Clone, Copy, Default)]
struct Average {
    now: f32,
    sum: f64,
    since: u64,
}

impl Average {
    fn add(&mut self, change: f32, time: u64) {
        self.sum += f64::from(self.now) * (time - self.since) as f64;
        self.since = time;
        self.now += change;
    }

    fn mean(&self, time: u64) -> f32 {
        let sum = self.sum + f64::from(self.now) * (time - self.since) as f64;
        if time == 0 { self.now } else { (sum / time as f64) as f32 }
    }
}

pub struct Trainer {
    features: Vec<[Average; LABELS]>,
    transitions: [[Average; LABELS]; LABELS],
    /// Joins, breaks, pictures: bias first.
    decisions: [Vec<Average>; 3],
    time: u64,
}

impl Trainer {
    /// From the points that a person set, or from nothing.
    pub fn begin(from_prior: bool) -> Self {
        let table = if from_prior { prior() } else { Prior::default() };
        let value = |now: f32| Average { now, ..Average::default() };
        let row = |weights: Option<&BTreeMap<String, f32>>| -> [Average; LABELS] {
            std::array::from_fn(|at| value(weights.and_then(|w| w.get(Label::ALL[at].name())).copied().unwrap_or(0.0)))
        };
        let [features, joins, breaks, pictures] = names();
        let list = |names: &[&str], weights: &BTreeMap<String, f32>| -> Vec<Average> {
            std::iter::once(&"bias")
                .chain(names)
                .map(|name| value(weights.get(*name).copied().unwrap_or(0.0)))
                .collect()
        };
        Self {
            features: features.iter().map(|name| row(table.features.get(*name))).collect(),
            transitions: std::array::from_fn(|from| row(table.transitions.get(Label::ALL[from].name()))),
            decisions: [list(&joins, &table.joins), list(&breaks, &table.breaks), list(&pictures, &table.pictures)],
            time: 0,
        }
    }

    pub fn learn(&mut self, examples: &[Example]) {
        let longest = examples.iter().map(|example| example.times).max().unwrap_or(0);
        for round in 0..ROUNDS {
            for example in examples {
                self.learn_labels(example, 1.0);
            }
            for turn in 1..longest {
                for example in examples.iter().filter(|example| example.times > turn) {
                    self.learn_labels(example, 1.0);
                }
            }
            let weights = Weights::of(&self.current());
            for example in examples {
                for _ in 0..example.times.min(4) {
                    self.learn_decisions(example, &weights);
                }
            }
            if round + 1 == ROUNDS {
                break;
            }
        }
    }

    fn learn_labels(&mut self, example: &Example, weight: f32) {
        self.time += 1;
        let Some(want) = example.labels.iter().copied().collect::<Option<Vec<usize>>>() else {
            return self.learn_partly(example, weight);
        };
        let got = self.decode(example, Some(&want), false);
        self.update(example, &want, &got, weight);
    }

    /// Some blocks have no answer: their best labels are filled in first.
    fn learn_partly(&mut self, example: &Example, weight: f32) {
        let want = self.decode(example, None, true);
        let got = self.decode(example, Some(&want), false);
        self.update(example, &want, &got, weight);
    }

    fn update(&mut self, example: &Example, want: &[usize], got: &[usize], weight: f32) {
        let (time, step) = (self.time, STEP * weight);
        for at in 0..want.len() {
            if want[at] != got[at] {
                for &feature in &example.features[at] {
                    self.features[feature][want[at]].add(step, time);
                    self.features[feature][got[at]].add(-step, time);
                }
            }
            if at > 0 && (want[at - 1], want[at]) != (got[at - 1], got[at]) {
                self.transitions[want[at - 1]][want[at]].add(step, time);
                self.transitions[got[at - 1]][got[at]].add(-step, time);
            }
        }
    }

    /// The best labels; with an answer, wrong ones get the margin, with `fixed` the known ones are kept.
    fn decode(&self, example: &Example, answer: Option<&[usize]>, fixed: bool) -> Vec<usize> {
        let points: Vec<Points> = (0..example.features.len())
            .map(|at| {
                std::array::from_fn(|label| {
                    let own: f32 = example.features[at].iter().map(|&f| self.features[f][label].now).sum();
                    let margin = answer.map_or(0.0, |answer| if answer[at] == label { 0.0 } else { MARGIN });
                    let kept = fixed && example.labels[at].is_some_and(|known| known != label);
                    own + margin - if kept { 1e6 } else { 0.0 }
                })
            })
            .collect();
        best_path(&points, &self.transitions.each_ref().map(|row| row.each_ref().map(|average| average.now)))
    }

    /// Learns joins, breaks and pictures where the labels are right.
    fn learn_decisions(&mut self, example: &Example, weights: &Weights) {
        let labels: Vec<BlockLabel> = label_with(&example.page.blocks, weights)
            .into_iter()
            .zip(&example.labels)
            .map(|(label, want)| BlockLabel { label: want.map_or(label.label, |want| Label::ALL[want]), ..label })
            .collect();
        for decision in cut_with(&example.page.blocks, &labels, weights).decisions {
            let Some(yes) = example.page.answer.decides(&decision) else { continue };
            let list = match decision.kind {
                DecisionKind::Join => 0,
                DecisionKind::Break => 1,
                DecisionKind::Picture => 2,
            };
            self.time += 1;
            let signs: Vec<usize> = std::iter::once(0).chain(decision.signs.iter().map(|sign| sign + 1)).collect();
            let points: f32 = signs.iter().map(|&sign| self.decisions[list][sign].now).sum();
            let side = if yes { 1.0 } else { -1.0 };
            if side * points < MARGIN {
                signs.iter().for_each(|&sign| self.decisions[list][sign].add(side * STEP / 2.0, self.time));
            }
        }
    }

    fn table_of(&self, value: impl Fn(&Average) -> f32) -> LayoutTable {
        let row = |weights: &[Average; LABELS]| -> BTreeMap<String, f32> {
            (0..LABELS).map(|at| (Label::ALL[at].name().to_owned(), value(&weights[at]))).collect()
        };
        let list = |names: &[&str], weights: &[Average]| -> BTreeMap<String, f32> {
            let names = std::iter::once(&"bias").chain(names);
            names.zip(weights).map(|(name, weight)| ((*name).to_owned(), value(weight))).collect()
        };
        let [features, joins, breaks, pictures] = names();
        LayoutTable {
            features: features.iter().zip(&self.features).map(|(name, w)| ((*name).to_owned(), row(w))).collect(),
            transitions: (0..LABELS).map(|at| (Label::ALL[at].name().to_owned(), row(&self.transitions[at]))).collect(),
            joins: list(&joins, &self.decisions[0]),
            breaks: list(&breaks, &self.decisions[1]),
            pictures: list(&pictures, &self.decisions[2]),
            ..layout().clone()
        }
    }

    fn current(&self) -> LayoutTable {
        self.table_of(|weight| weight.now)
    }

    /// The mean weights.
    pub fn table(&self) -> LayoutTable {
        self.table_of(|weight| (weight.mean(self.time) * 100.0).round() / 100.0)
    }

    /// Writes the weights into the table of the program; what is not learned stays as it is.
    pub fn write(&self) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tables/layout.toml");
        let old = std::fs::read_to_string(path).expect("the table");
        let table = self.table();
        let mut text = String::new();
        let mut section = String::new();
        for line in old.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name.to_owned();
                let _ = writeln!(text, "{line}");
                text.push_str(&learned(&section, &table));
            } else if !is_learned(&section) || line.is_empty() || line.starts_with('#') {
                let _ = writeln!(text, "{line}");
            }
        }
        std::fs::write(path, text).expect("writing");
    }
}

fn is_learned(section: &str) -> bool {
    ["features", "transitions", "joins", "breaks", "pictures"].contains(&section)
}

fn learned(section: &str, table: &LayoutTable) -> String {
    let order: Vec<&str> = Label::ALL.iter().map(|label| label.name()).collect();
    let [features, joins, breaks, pictures] = names();
    let lines = |names: &[&str], rows: &BTreeMap<String, BTreeMap<String, f32>>| -> String {
        names.iter().map(|name| row(name, rows.get(*name), &order)).collect()
    };
    let numbers = |names: &[&str], values: &BTreeMap<String, f32>| -> String {
        let names = std::iter::once(&"bias").chain(names);
        names.map(|name| format!("{name:<15} = {}\n", number(values.get(*name).copied().unwrap_or(0.0)))).collect()
    };
    match section {
        "features" => lines(&features, &table.features),
        "transitions" => lines(&order, &table.transitions),
        "joins" => numbers(&joins, &table.joins),
        "breaks" => numbers(&breaks, &table.breaks),
        "pictures" => numbers(&pictures, &table.pictures),
        _ => String::new(),
    }
}

fn row(name: &str, weights: Option<&BTreeMap<String, f32>>, order: &[&str]) -> String {
    let weight = |label: &&str| weights.and_then(|w| w.get(*label)).copied().unwrap_or(0.0);
    let heavy = order.iter().filter(|label| weight(label).abs() >= 0.05);
    let cells: Vec<String> = heavy.map(|label| format!("{label} = {}", number(weight(label)))).collect();
    format!("{name:<14} = {{ {} }}\n", cells.join(", "))
}

fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".into() } else { text }
}

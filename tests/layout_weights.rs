//! Learns the weights of `src/tables/layout.toml` from simulated pages, the sample pages and the real pages, and says how
//! good they are on pages that were left out.
//!
//! `UPDATE_TABLES=1 cargo test --release --test layout_weights` writes the table; without it the test only checks that
//! the table has the parts of the model. `LAYOUT_REPORT=1` prints the leave-one-page-out table.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

#[path = "layout/answer.rs"]
mod answer;
#[path = "layout/simulator.rs"]
mod simulator;
#[path = "layout/trainer.rs"]
mod trainer;

use answer::{COLUMNS, Page, Score, answered, real_pages, sample_pages};
use baoku::layout::{Weights, cut_with, label_with, names};
use simulator::{Damage, Simulator};
use std::collections::{BTreeMap, BTreeSet};
use trainer::{Example, Trainer};

/// Simulated pages that are learned from.
const SIMULATED: u64 = 1500;

fn score(pages: &[Page], weights: &Weights) -> Score {
    let mut score = Score::default();
    for page in pages {
        let labels = label_with(&page.blocks, weights);
        score.add(&page.answer, &page.blocks, &labels, &cut_with(&page.blocks, &labels, weights));
    }
    score
}

/// Weights learned from simulated pages over the articles of some sample pages, from those pages, and from real ones.
fn learn(samples: &[Page], real: &[&Page]) -> Trainer {
    let simulator = Simulator::new(samples);
    let mut trainer = Trainer::begin(std::env::var_os("LAYOUT_NO_PRIOR").is_none());
    let simulated: Vec<Page> =
        (0..SIMULATED).map(|seed| simulator.page(seed, &Damage::real().times(1.0 + (seed % 3) as f64 / 2.0))).collect();
    let mut examples: Vec<Example> = simulated.iter().map(|page| Example::of(page, 1)).collect();
    examples.extend(samples.iter().map(|page| Example::of(page, 8)));
    examples.extend(real.iter().map(|page| Example::of(page, 30)));
    trainer.learn(&examples);
    trainer
}

#[test]
fn weights_are_learned_on_request() {
    let (samples, real) = (sample_pages(), real_pages());
    assert_eq!(samples.len(), 28);
    tables_have_the_parts_of_the_model();
    if std::env::var_os("LAYOUT_REPORT").is_some() {
        report(&samples, &real);
    }
    if std::env::var_os("UPDATE_TABLES").is_some() {
        let trainer = learn(&samples, &real.iter().collect::<Vec<_>>());
        trainer.write();
    }
}

/// The names of the table and of the prior are those of the model.
fn tables_have_the_parts_of_the_model() {
    let [features, joins, breaks, pictures] = names().map(|names| names.into_iter().collect::<BTreeSet<&str>>());
    let table = baoku::tables::layout();
    let prior = trainer::prior();
    let keys = |section: &BTreeMap<String, f32>| -> BTreeSet<String> { section.keys().cloned().collect() };
    for (want, got, prior) in [
        (joins, &table.joins, &prior.joins),
        (breaks, &table.breaks, &prior.breaks),
        (pictures, &table.pictures, &prior.pictures),
    ] {
        let all: BTreeSet<String> = want.into_iter().chain(["bias"]).map(str::to_owned).collect();
        assert_eq!(keys(got), all);
        assert!(keys(prior).is_subset(&all), "{:?}", keys(prior).difference(&all));
    }
    assert!(table.features.keys().map(String::as_str).eq(features.iter().copied()));
    assert!(prior.features.keys().all(|name| features.contains(name.as_str())));
}

/// What weights make of pages that they were not learned from. `LAYOUT_ANSWERS` names a folder with answers for other
/// real pages.
fn report(samples: &[Page], real: &[Page]) {
    println!("| pages | {COLUMNS} |");
    let mut left_out = Score::default();
    for (at, page) in real.iter().enumerate() {
        let others: Vec<&Page> =
            real.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, page)| page).collect();
        let weights = Weights::of(&learn(samples, &others).table());
        show(page, &weights);
        add(&mut left_out, page, &weights);
    }
    println!("| real, each left out | {} |", left_out.row());
    let none = Weights::of(&learn(samples, &[]).table());
    println!("| real, none learned from | {} |", score(real, &none).row());
    if let Some(folder) = std::env::var_os("LAYOUT_ANSWERS") {
        let others = answered(folder.as_ref());
        others.iter().for_each(|page| show(page, &none));
        println!("| other real pages | {} |", score(&others, &none).row());
    }
    let mut quarters = Score::default();
    for fold in 0..4 {
        let pick = |left: bool| {
            samples.iter().enumerate().filter(move |(at, _)| (at % 4 == fold) == left).map(|(_, page)| page.clone())
        };
        let weights = Weights::of(&learn(&pick(false).collect::<Vec<_>>(), &real.iter().collect::<Vec<_>>()).table());
        pick(true).for_each(|page| add(&mut quarters, &page, &weights));
    }
    println!("| sample pages, a quarter left out | {} |", quarters.row());
}

/// What is wrong on a page.
fn show(page: &Page, weights: &Weights) {
    let labels = label_with(&page.blocks, weights);
    let cut = cut_with(&page.blocks, &labels, weights);
    println!("| {} | {} |", page.name, score(std::slice::from_ref(page), weights).row());
    answer::faults(&page.answer, &cut).iter().for_each(|fault| println!("  {fault}"));
    for ((block, label), want) in page.blocks.iter().zip(&labels).zip(page.answer.labels(&page.blocks)) {
        if want.is_some_and(|want| want != label.label) {
            let start: String = block.text.chars().take(30).collect();
            println!("  {} {want:?} read as {}: {start}", block.number, label.label.name());
        }
    }
}

fn add(score: &mut Score, page: &Page, weights: &Weights) {
    let labels = label_with(&page.blocks, weights);
    score.add(&page.answer, &page.blocks, &labels, &cut_with(&page.blocks, &labels, weights));
}

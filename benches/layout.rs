//! How well pages are cut, over simulated pages with known answers, and how fast, beside the decoding floor of the same
//! run.
//!
//! `cargo bench --bench layout` prints two tables: pages at rising damage, all rates together and each alone, and the
//! speed of the stages on one thread. `BAOKU_PAGES=500` takes fewer pages (2,000 else). Counts are checked, times are
//! never asserted.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

#[path = "../tests/layout/answer.rs"]
mod answer;
#[path = "../tests/layout/simulator.rs"]
mod simulator;

use answer::{COLUMNS, Page, Score, sample_pages};
use baoku::layout::{label, read};
use simulator::{Damage, Simulator};
use std::time::{Duration, Instant};

/// Seeds of the bench begin here: the weights were learned from lower ones.
const FIRST_SEED: u64 = 1_000_000;

fn score(pages: impl Iterator<Item = Page>) -> Score {
    let mut score = Score::default();
    for page in pages {
        let (labels, cut) = read(&page.blocks);
        score.add(&page.answer, &page.blocks, &labels, &cut);
    }
    score
}

fn damage_table(simulator: &Simulator, pages: u64) {
    let run = |damage: Damage, pages: u64| score((0..pages).map(|n| simulator.page(FIRST_SEED + n, &damage)));
    println!("| damage | pages | {COLUMNS} |\n|---|---|---|---|---|---|---|---|---|---|");
    for factor in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0] {
        let count = if (factor - 1.0_f64).abs() < 0.01 { pages } else { pages / 4 };
        println!("| all rates × {factor} | {count} | {} |", run(Damage::real().times(factor), count).row());
    }
    for name in Damage::NAMES {
        println!("| only {name} × 4 | {} | {} |", pages / 8, run(Damage::only(name, 4.0), pages / 8).row());
    }
}

fn timed(texts: &[String], rounds: usize, work: impl Fn(&str) -> usize) -> Duration {
    let start = Instant::now();
    let mut sum = 0;
    for _ in 0..rounds {
        sum += texts.iter().map(|text| work(text)).sum::<usize>();
    }
    assert!(sum > 0);
    start.elapsed()
}

/// A stage under measure: text in, a count out.
type Stage<'a> = &'a dyn Fn(&str) -> usize;

fn speed_table(simulator: &Simulator) {
    let page = |seed| simulator.page(FIRST_SEED + seed, &Damage::real());
    let text = |page: Page| page.blocks.iter().map(|block| block.text.clone()).collect::<Vec<_>>().join("\n");
    let texts: Vec<String> = (0..300).map(|seed| text(page(seed))).collect();
    let rounds = 4;
    let megabytes = rounds as f64 * texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let decode = |text: &str| baoku::corpus::decode(text.as_bytes().to_vec(), None).expect("text").text.len();
    let whole = |text: &str| {
        let blocks = baoku::layout::blocks(&baoku::model::SourcePage::of_text(text));
        read(&blocks).1.stories.len()
    };
    let stages: [(&str, Stage); 4] = [
        ("decoding (floor)", &decode),
        ("blocks", &|text| baoku::layout::blocks(&baoku::model::SourcePage::of_text(text)).len()),
        ("blocks, labels", &|text| label(&baoku::layout::blocks(&baoku::model::SourcePage::of_text(text))).len()),
        ("blocks, labels, stories", &whole),
    ];
    whole(&texts[0]);
    println!("\n| stage, one thread | MB/s of text | floor ÷ stage |\n|---|---|---|");
    let floor = timed(&texts, rounds, decode);
    for (name, work) in stages {
        let best = (0..3).map(|_| timed(&texts, rounds, work)).min().expect("three runs");
        let share = best.as_secs_f64() / floor.as_secs_f64();
        println!("| {name} | {:.1} | {share:.1} |", megabytes / best.as_secs_f64());
    }
}

/// Prints what is wrong on some pages: `BAOKU_SHOW=20`, at `BAOKU_RATE` times the real rates.
fn show(simulator: &Simulator, pages: u64) {
    let factor = std::env::var("BAOKU_RATE").ok().and_then(|rate| rate.parse().ok()).unwrap_or(1.0);
    for seed in 0..pages {
        let page = simulator.page(FIRST_SEED + seed, &Damage::real().times(factor));
        let (labels, cut) = read(&page.blocks);
        let start = |text: &str| text.chars().take(24).collect::<String>();
        for fault in answer::faults(&page.answer, &cut) {
            println!("{} {fault}", page.name);
        }
        let wrong = answer::faults(&page.answer, &cut);
        let near = |number: u32| wrong.iter().any(|fault| fault.near(number));
        for ((block, label), want) in page.blocks.iter().zip(&labels).zip(page.answer.labels(&page.blocks)) {
            let mark = if want == Some(label.label) { ' ' } else { '!' };
            if near(block.number) {
                let end: String = block.text.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
                let (n, text) = (block.number, &block.text);
                println!("   {mark} {n:>3} {:<9} {:?} {}…{end}", label.label.name(), want, start(text));
            }
        }
    }
}

fn main() {
    if std::env::var_os("BAOKU_SPEED").is_some() {
        return speed_table(&Simulator::new(&sample_pages()));
    }
    if let Some(pages) = std::env::var("BAOKU_SHOW").ok().and_then(|n| n.parse().ok()) {
        return show(&Simulator::new(&sample_pages()), pages);
    }
    let pages: u64 = std::env::var("BAOKU_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let simulator = Simulator::new(&sample_pages());
    damage_table(&simulator, pages);
    speed_table(&simulator);
}

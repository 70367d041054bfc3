//! Speed of reading pages, stage by stage, beside the decoding of their bytes in the same run: `cargo bench --bench layout`.
//! What the models are worth is measured by `layout_models`.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench: it ends where it fails")]

use baoku::layout::{Models, blocks, read};
use baoku::model::SourcePage;
use std::path::Path;
use std::time::{Duration, Instant};
use support::composed::compose::{Print, print};
use support::composed::pages::{self, Page};

/// What a stage does to a text; the number is checked to be that of other runs.
type Stage<'a> = &'a dyn Fn(&str) -> usize;

/// Time of the best of three runs, and what the stage counted.
fn timed(texts: &[String], work: Stage) -> (Duration, usize) {
    let run = |_| {
        let start = Instant::now();
        let counted = texts.iter().map(|text| work(text)).sum::<usize>();
        (start.elapsed(), counted)
    };
    let runs: Vec<(Duration, usize)> = (0..3).map(run).collect();
    assert!(runs.iter().all(|run| run.1 == runs[0].1), "a stage counts the same each time");
    runs.into_iter().min().expect("three runs")
}

fn table(form: &str, texts: &[String]) {
    let characters = texts.iter().map(|text| text.chars().count()).sum::<usize>() as f64;
    let lines = &Models::shared().lines;
    let stages: [(&str, Stage); 4] = [
        ("decoding (floor)", &|text| baoku::corpus::decode(text, None).expect("text").text.len()),
        ("lines", &|text| SourcePage::of_text(text).lines.len()),
        ("lines, blocks", &|text| blocks(&SourcePage::of_text(text), lines).len()),
        ("whole: blocks, labels, articles", &|text| read(&SourcePage::of_text(text)).cut.stories.len()),
    ];
    println!("\n| {form}, one thread | million characters/s | stage ÷ floor | counted |\n|---|---|---|---|");
    let floor = timed(texts, stages[0].1).0.as_secs_f64();
    for (name, work) in stages {
        let (time, counted) = timed(texts, work);
        let time = time.as_secs_f64();
        println!("| {name} | {:.2} | {:.0} | {counted} |", characters / time / 1e6, time / floor);
    }
}

fn main() {
    let samples = pages::samples(Path::new(env!("CARGO_MANIFEST_DIR")));
    let text = |page: &Page| page.rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>().join("\n");
    table("paragraphs", &samples.iter().map(text).collect::<Vec<_>>());
    let how = Print { width: 18, indent: true, kinsoku: true, indent_rest: false };
    let printed: Vec<String> = samples.iter().map(|page| text(&print(page, how))).collect();
    table("printed lines of 18", &printed);
}

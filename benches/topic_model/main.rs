//! The models of topics and of places: learns their tables, and measures them on what was left out.
//!
//! `cargo bench --bench topic_model -- left-out` learns without an eighth of the articles in turn and measures these, and
//! measures the labelled articles with even ids, of which nothing is ever learned; it writes `results/topic-calibration.tsv`
//! and `results/region-calibration.tsv`. `-- train` learns and writes the weights and measures of `src/tables/{topic_weights,
//! focus}.toml` and `confidence.tsv`. `misses` beside a command prints what is wrong in the articles that may be looked at.
//! Without a command nothing is done. Needs `../shared`; says so where it is missing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the developers: a failure ends it"
)]

mod articles;
mod logistic;
mod model;
mod report;
mod tables;

use articles::{Labelled, Source};
use model::{folds, learn};
use report::Answer;
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let command = arguments.iter().find(|argument| ["train", "left-out"].contains(&argument.as_str()));
    let Some(command) = command else {
        println!("nothing to do: write -- train or -- left-out");
        return;
    };
    let Some(all) = articles::load(root) else {
        println!("skipped: ../shared/corpora/labelled is missing");
        return;
    };
    let (even, known): (Vec<&Labelled>, Vec<&Labelled>) = all.iter().partition(|one| one.source == Source::Even);
    if command == "train" {
        tables::write(&root.join("src/tables"), &learn(&known));
    } else {
        left_out(root, &even, &known, arguments.iter().any(|argument| argument == "misses"));
    }
}

/// Each eighth of the articles by what was learned without it, and the even ids by what was learned from all others.
fn left_out(root: &Path, even: &[&Labelled], known: &[&Labelled], misses: bool) {
    let mut answers: Vec<(Source, Answer)> = Vec::new();
    for (tests, rest) in folds(known) {
        let model = learn(&rest);
        answers.extend(tests.into_iter().map(|one| (one.source, Answer::of(one, &model))));
    }
    let model = learn(known);
    answers.extend(even.iter().map(|one| (one.source, Answer::of(one, &model))));
    let trials = [
        ("labelled, odd ids, by eighths", vec![Source::Odd]),
        ("labelled, even ids, never learned from", vec![Source::Even]),
        ("labelled, all", vec![Source::Odd, Source::Even]),
        ("invented, open half, by eighths", vec![Source::Invented]),
        ("union pages, by eighths", vec![Source::Union]),
        ("national daily, by eighths", vec![Source::Daily]),
    ];
    let (mut topics, mut regions) = (String::new(), String::new());
    for (name, sources) in trials {
        let (own, rest): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(source, _)| sources.contains(source));
        let (kinds, own): (Vec<Source>, Vec<Answer>) = own.into_iter().unzip();
        report::print(name, &own);
        if misses && !sources.contains(&Source::Even) {
            report::misses(&own);
        }
        topics += &report::table(name, &report::topics_stated(&own));
        regions += &report::table(name, &report::places_stated(&own));
        answers = kinds.into_iter().zip(own).chain(rest).collect();
    }
    for (file, what, rows) in [("topic", "Topics", topics), ("region", "Places", regions)] {
        let head = format!(
            "# {what}: stated confidence against what is right, on articles that were left out. Made by\n\
             # `cargo bench --bench topic_model -- left-out`. Columns: trial, band, mean stated, count, right, expected\n\
             # calibration error of the trial.\n"
        );
        let path = root.join(format!("benches/results/{file}-calibration.tsv"));
        std::fs::write(path, head + &rows).expect("writing");
    }
}

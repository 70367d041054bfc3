//! The model of dates: learns its tables, and measures it on what was left out.
//!
//! `cargo bench --bench date_model -- left-out` learns without a month of the daily, and without half of the months of the
//! television news, and measures these; `-- train` learns from everything and writes `src/tables/date_weights.tsv` and
//! `date_words.tsv`; `-- folders` measures pages without folio line among the dated pages of their folder. Without an
//! argument nothing is learned. Needs `../shared`; says so where it is missing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the developers: a failure ends it"
)]

mod folders;
mod logit;
mod model;
mod pages;
mod report;
mod tables;
mod words;

use model::{Plan, fit};
use pages::{DatedPage, Pages, Selection};
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let command = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let Some(command) = command.filter(|command| ["train", "left-out", "folders"].contains(&command.as_str())) else {
        println!("nothing to do: write -- train, -- left-out or -- folders");
        return;
    };
    let daily = root.join("../shared/corpora/national");
    if command == "folders" && daily.exists() {
        folders::print(&daily);
        return;
    }
    let Some(all) = Pages::load(root) else {
        println!("skipped: ../shared/corpora is missing");
        return;
    };
    let plan = Plan::of_arguments();
    if command == "train" {
        tables::write(&root.join("src/tables"), &fit(&Selection::from(&all), &plan));
    } else {
        left_out(&all, &plan);
    }
}

/// Each month of the daily by what was learned without it, and two fifths of the months of the television news.
fn left_out(all: &Pages, plan: &Plan) {
    let mut rows = String::new();
    for month in ["2019-02", "2019-10"] {
        let (rest, tests) = all.without(|page| page.day.starts_with(month) && page.source == pages::NATIONAL);
        rows += &report::print(&format!("national daily, {month} left out"), &fit(&rest, plan), &tests);
    }
    let is_test = |day: &str| pages::month_number(day) * 7 % 5 < 2;
    let (mut rest, tests) = all.without(|page| page.source == pages::TELEVISION && is_test(&page.day));
    rest.items.retain(|item| !is_test(&item.day));
    rows += &report::print("television, two fifths of the months left out", &fit(&rest, plan), &tests);
    let samples: Vec<&DatedPage> = all.samples.iter().collect();
    rows += &report::print("sample pages (invented, never learned from)", &fit(&Selection::from(all), plan), &samples);
    let head = "# Dates: stated probability against the share that is right, on what was left out. Made by\n\
                # `cargo bench --bench date_model -- left-out`. Columns: trial, unit, stated, seen, pages.\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/results/date-calibration.tsv");
    std::fs::write(file, format!("{head}{rows}")).expect("writing");
}

//! What finding out costs: date, place, topics, bylines, amounts and bodies of a text, beside jieba on the same text in
//! the same run, on one thread.
//!
//! `cargo bench --bench enrich` reads the sample pages; `BAOKU_BENCH=FILE` takes the items of a JSON Lines file. Counts
//! are checked, times are never asserted.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::enrich::{PageOrigin, enrich_page};
use baoku::layout::read;
use baoku::model::{ArticleKind, Passage, SourcePage, Story};
use baoku::text::{NormalForm, Segmenter, word_tokens};
use std::time::{Duration, Instant};

/// Pages of stories: those of the sample archive, or twenty items of a file each.
fn pages() -> Vec<Vec<Story>> {
    if let Some(file) = std::env::var_os("BAOKU_BENCH") {
        let text = std::fs::read_to_string(file).expect("a file");
        let stories: Vec<Story> = text.lines().take(20_000).filter_map(item).collect();
        return stories.chunks(20).map(<[Story]>::to_vec).collect();
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let mut pages = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the corpus").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt") {
                let text = baoku::corpus::decode(std::fs::read(&path).expect("a page"), None).expect("text").text;
                pages.push(read(&SourcePage::of_text(&text)).cut.stories);
            }
        }
    }
    pages
}

fn item(line: &str) -> Option<Story> {
    let item: serde_json::Value = serde_json::from_str(line).ok()?;
    let mut story = Story::new(ArticleKind::News);
    story.title = item["title"].as_str()?.to_owned();
    let body = item["body"].as_str().or_else(|| item["content"].as_str())?;
    story.body = body.split('\n').map(|text| Passage::new(text, Vec::new())).collect();
    Some(story)
}

fn texts(story: &Story) -> impl Iterator<Item = &str> {
    let passages = story.body.iter().chain(&story.captions).map(|passage| passage.text.as_str());
    [story.kicker.as_str(), &story.title, &story.subtitle].into_iter().chain(passages)
}

fn best(rounds: usize, work: impl Fn() -> usize) -> Duration {
    let timed = || {
        let start = Instant::now();
        assert!(work() > 0);
        start.elapsed()
    };
    (0..rounds).map(|_| timed()).min().expect("rounds")
}

fn main() {
    let pages = pages();
    let bytes: usize = pages.iter().flatten().flat_map(texts).map(str::len).sum();
    let times = (20_000_000 / bytes.max(1)).clamp(1, 50);
    let megabytes = (bytes * times) as f64 / 1e6;
    let segmenter = Segmenter::shared();
    let jieba = || -> usize {
        let all = (0..times).flat_map(|_| pages.iter().flatten());
        all.map(|story| word_tokens(segmenter, &NormalForm::from_paragraphs(texts(story)).into_encoded()).len()).sum()
    };
    let origin = PageOrigin { path: "2014-01-28/1.txt".into(), ..PageOrigin::default() };
    let enriched = |origin: &PageOrigin| -> usize {
        let all = (0..times).flat_map(|_| pages.iter());
        all.map(|stories| {
            enrich_page(stories, origin, &[]).stories.iter().map(|found| 1 + found.topics.len()).sum::<usize>()
        })
        .sum()
    };
    enriched(&origin);
    let floor = best(3, jieba);
    println!("| stage, one thread | MB/s of text | share of jieba |\n|---|---|---|");
    for (name, time) in [
        ("normal form and jieba", floor),
        ("enrich, date in the path", best(3, || enriched(&origin))),
        ("enrich, date inferred", best(3, || enriched(&PageOrigin::default()))),
    ] {
        let share = time.as_secs_f64() / floor.as_secs_f64();
        println!("| {name} | {:.1} | {share:.2} |", megabytes / time.as_secs_f64());
    }
}

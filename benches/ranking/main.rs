//! How well the order by relevance finds a known article: known-item sets made from any JSON Lines corpus.
//!
//! `BAOKU_BENCH=FILE.jsonl cargo bench --bench ranking` (the sample archive's items without it, too few to tell). Bodies
//! alone are indexed; an item is looked for by the words of its title (set T), by three content words of its first
//! sentence (F), and of a later one (L). The list that is judged is the hits followed by what is related, as a reader
//! sees it. Reciprocal rank and recall are of the first ten; intervals are 95 % of a paired bootstrap.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::archive::{Archive, ArchiveView, SearchRequest};
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::{Engine, Writer};
use baoku::model::ArticleId;
use baoku::query::{Match, Plan, Sort, is_stop_word, rank_terms};
use baoku::text::{NormalForm, Segmenter, word_tokens};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use support::{Draft, Random};

/// Queries of the sets.
const TITLES: usize = 2000;
const SENTENCES: usize = 1000;

/// Rank up to which an answer counts.
const DEPTH: usize = 10;

/// Resamplings of the bootstrap.
const SAMPLES: usize = 1000;

struct Item {
    title: String,
    body: String,
}

/// A query and the article it was made from.
struct Known {
    query: String,
    article: ArticleId,
}

fn items() -> Vec<Item> {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/portal/2019-portal.jsonl");
    let file = std::env::var_os("BAOKU_BENCH").map_or_else(|| sample.into(), PathBuf::from);
    let text = std::fs::read_to_string(file).expect("a UTF-8 file");
    let item = |line: &str| {
        let item: serde_json::Value = serde_json::from_str(line).ok()?;
        let part = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
        Some(Item { title: part("title"), body: part("body") }).filter(|item| !item.body.trim().is_empty())
    };
    text.lines().filter_map(item).collect()
}

/// Content words of a text, each once, in order.
fn content(text: &str) -> Vec<String> {
    let encoded = NormalForm::from_paragraphs([text]).into_encoded();
    let mut seen = HashSet::new();
    let words = word_tokens(Segmenter::shared(), &encoded);
    let words = words.split_whitespace().filter(|word| !is_stop_word(word));
    words.filter(|word| seen.insert((*word).to_owned())).map(str::to_owned).collect()
}

/// The title without column labels in brackets.
fn bare(title: &str) -> String {
    let mut depth = 0;
    let mut bare = String::new();
    for c in title.chars() {
        match c {
            '[' | '【' => depth += 1,
            ']' | '】' if depth > 0 => depth -= 1,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare.trim().to_owned()
}

fn titles(items: &[Item], random: &mut Random) -> Vec<Known> {
    let mut often: HashMap<String, usize> = HashMap::new();
    items.iter().for_each(|item| *often.entry(bare(&item.title)).or_default() += 1);
    let fits = |item: &Item| {
        let title = bare(&item.title);
        often.get(&title) == Some(&1) && title.chars().count() > 7 && !item.body.contains(&title)
    };
    let mut fitting: Vec<usize> = (0..items.len()).filter(|at| fits(&items[*at])).collect();
    let mut known = Vec::new();
    while known.len() < TITLES && !fitting.is_empty() {
        let at = fitting.swap_remove(random.below(fitting.len()));
        let words = content(&bare(&items[at].title));
        if words.len() > 1 {
            known.push(Known { query: quoted(&words), article: ArticleId::from_u64(at as u64 + 1) });
        }
    }
    known
}

/// Words as terms that are nothing but words: `or`, `-a` and `title:` would be operators.
fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

/// A first sentence without the label of its source (本报讯：, 某台消息（某栏目）：), which no one looks for.
fn without_label(sentence: &str) -> &str {
    let colon = sentence.char_indices().take(30).find(|(_, c)| matches!(c, '：' | ':'));
    colon.map_or(sentence, |(at, c)| &sentence[at + c.len_utf8()..])
}

/// Three content words of the first sentence, or of a later one.
fn sentences(items: &[Item], random: &mut Random, first: bool) -> Vec<Known> {
    let mut known = Vec::new();
    for _ in 0..SENTENCES * 50 {
        if known.len() == SENTENCES {
            break;
        }
        let at = random.below(items.len());
        let all: Vec<&str> = items[at].body.split(['。', '！', '？', '\n']).filter(|s| s.chars().count() > 8).collect();
        if all.len() < 2 {
            continue;
        }
        let sentence = if first { without_label(all[0]) } else { all[1 + random.below(all.len() - 1)] };
        let mut words: Vec<String> = content(sentence).into_iter().filter(|word| word.chars().count() > 1).collect();
        if words.len() < 5 {
            continue;
        }
        while words.len() > 3 {
            words.remove(random.below(words.len()));
        }
        known.push(Known { query: quoted(&words), article: ArticleId::from_u64(at as u64 + 1) });
    }
    known
}

/// The rank of the known article by what the archive gives, from 1.
fn archive_rank(archive: &ArchiveView, known: &Known) -> Option<usize> {
    let request = SearchRequest::of_query(known.query.clone());
    let reply = archive.search(&request).expect("an answer");
    let list = reply.hits.iter().chain(&reply.related).map(|found| found.article.id);
    list.take(DEPTH).position(|id| id == known.article).map(|at| at + 1)
}

/// The rank by the words alone, any of them: what most engines do.
fn words_rank(engine: &Embedded, known: &Known) -> Option<usize> {
    let ast = parse_query(&known.query, None).0;
    let plan = Plan {
        ranking: rank_terms(&ast),
        sort: Sort::Relevance,
        limit: DEPTH,
        ..Plan::for_match(Match::Words(baoku::query::content_words(&ast)))
    };
    let hits = engine.snapshot().unwrap().related(&plan, &Match::Nothing).expect("an answer");
    hits.iter().position(|hit| hit.article.id == known.article).map(|at| at + 1)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Mean and 95 % interval of a paired bootstrap.
fn interval(values: &[f64], random: &mut Random) -> (f64, f64, f64) {
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let drawn: Vec<f64> = (0..values.len()).map(|_| values[random.below(values.len())]).collect();
            mean(&drawn)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (mean(values), means[SAMPLES / 40], means[SAMPLES - 1 - SAMPLES / 40])
}

fn reciprocal(rank: Option<usize>) -> f64 {
    rank.map_or(0.0, |rank| 1.0 / rank as f64)
}

fn main() {
    let items = items();
    let folder = tempfile::tempdir().expect("a folder");
    let engine =
        Arc::new(Embedded::open_or_create(folder.path(), Segmenter::shared().dictionary_hash()).expect("an index"));
    let mut writer =
        Box::new(engine.writer(WriterOptions { threads: 2, ..WriterOptions::default() }).expect("a writer"));
    for (n, item) in items.iter().enumerate() {
        writer.add(Draft::new(n as u64 + 1, "", &item.body).indexed()).expect("adding");
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merging");
    engine.reload().expect("reloading");
    assert_eq!(engine.snapshot().unwrap().article_count().expect("a count"), items.len() as u64);
    let archive = Archive::new(engine.clone()).now().unwrap();
    let mut random = Random::new(2026);
    let sets = [
        ("T: titles", titles(&items, &mut random)),
        ("F: three words of the first sentence", sentences(&items, &mut random, true)),
        ("L: three words of a later sentence", sentences(&items, &mut random, false)),
    ];
    println!("{} articles, bodies alone\n", items.len());
    println!(
        "| set | queries | MRR@10 | 95 % | recall@10 | words alone, any: MRR@10 | gain, 95 % |\n|---|---|---|---|---|---|---|"
    );
    for (name, set) in sets {
        let ours: Vec<Option<usize>> = set.iter().map(|known| archive_rank(&archive, known)).collect();
        let words: Vec<f64> = set.iter().map(|known| reciprocal(words_rank(&engine, known))).collect();
        let ranks: Vec<f64> = ours.iter().map(|rank| reciprocal(*rank)).collect();
        let gains: Vec<f64> = ranks.iter().zip(&words).map(|(a, b)| a - b).collect();
        let found: Vec<f64> = ours.iter().map(|rank| f64::from(u8::from(rank.is_some()))).collect();
        let (mrr, low, high) = interval(&ranks, &mut random);
        let (gain, least, most) = interval(&gains, &mut random);
        println!(
            "| {name} | {} | {mrr:.3} | {low:.3}–{high:.3} | {:.3} | {:.3} | {gain:+.3} [{least:+.3}, {most:+.3}] |",
            set.len(),
            mean(&found),
            mean(&words)
        );
    }
}

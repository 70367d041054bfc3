//! A quoted phrase finds exactly the articles that contain it: random runs of units, `embedded` against `scan`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::{Engine, Writer};
use baoku::model::{IndexedArticle, TextField};
use baoku::query::{Match, Plan, match_of};
use baoku::tables::variants;
use baoku::text::{NormalForm, is_boundary, units};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use support::{Draft, Random, dictionary, embedded_of, sample_articles, scan_of};

/// Pieces of text with everything that the normal form treats in its own way.
const PIECES: &[&str] = &[
    "工会",
    "总工会",
    "困难职工",
    "送温暖",
    "维权",
    "的",
    "中华人民共和国",
    "劳动模范",
    "“",
    "”",
    "《工会法》",
    "(",
    ")",
    ",",
    "。",
    "、",
    "，",
    "3,200",
    "3200",
    "１２３",
    "12351",
    "3.5",
    "%",
    "GDP",
    "gdp",
    "Ａ4",
    "ip地址",
    "x射线",
    " ",
    "\u{3000}",
    "·",
    "4·28",
    "總工會",
    "溫暖",
    "髮",
    "发",
    "\u{200B}",
    "é",
    "e\u{301}",
    "〇",
    "々",
    "𠀀",
    "-",
    "—",
    "…",
    "★",
    "①",
    "1,234,567",
    "1,23",
    "二〇一四年",
    "\t",
    "_",
    "|",
];

fn made_up(random: &mut Random, n: u64) -> IndexedArticle {
    let paragraph = |random: &mut Random| (0..1 + random.below(30)).map(|_| *random.pick(PIECES)).collect::<String>();
    let body: Vec<String> = (0..1 + random.below(4)).map(|_| paragraph(random)).collect();
    Draft::new(1_000_000 + n, "", &body.join("\n")).indexed()
}

/// What a person might type to find a run: the units, a boundary as some punctuation mark.
fn spelled(run: &[&str], random: &mut Random) -> String {
    let mut text = String::new();
    for (at, unit) in run.iter().enumerate() {
        let after_run = at > 0 && run[at - 1].starts_with('_');
        if is_boundary(unit) {
            text.push_str(random.pick::<&str>(&["。", "，", "、", "——", "!?"]));
        } else {
            if unit.starts_with('_') && after_run {
                text.push(' ');
            }
            text.push_str(unit.trim_matches('_'));
        }
    }
    text
}

/// The same run in another dress: full width, upper case, traditional characters, quotes and spaces in between.
fn disguised(text: &str, random: &mut Random, traditional: &BTreeMap<char, Vec<char>>) -> String {
    let mut dressed = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let wide = char::from_u32(*c as u32 + 0xFEE0).filter(|_| c.is_ascii_alphanumeric());
        match random.below(4) {
            0 if wide.is_some() => dressed.extend(wide),
            1 => dressed.extend(c.to_uppercase().take(1)),
            2 if traditional.contains_key(c) => dressed.push(*random.pick(&traditional[c])),
            _ => dressed.push(*c),
        }
        let next_is_run = chars.get(at + 1).is_some_and(|next| next.is_ascii() || !c.is_ascii() && !is_han(*next));
        if random.below(6) == 0 && is_han(*c) && !next_is_run {
            dressed.push_str(random.pick::<&str>(&["“", "\u{3000}", "》", "·"]));
        }
    }
    dressed
}

fn is_han(c: char) -> bool {
    baoku::text::class(baoku::text::fold(c)) == baoku::text::CharClass::Han
}

fn reversed_variants() -> BTreeMap<char, Vec<char>> {
    let mut reversed: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for c in ('\u{4E00}'..='\u{9FA5}').filter(|c| variants().simplified(*c) != *c) {
        reversed.entry(variants().simplified(c)).or_default().push(c);
    }
    reversed
}

fn found(engine: &dyn Engine, matching: &Match) -> BTreeSet<u64> {
    let plan = Plan { limit: 10_000, ..Plan::for_match(matching.clone()) };
    let answer = engine.snapshot().unwrap().search(&plan).expect("an answer");
    assert_eq!(answer.total, answer.hits.len() as u64);
    answer.hits.iter().map(|hit| hit.article.id.as_u64()).collect()
}

struct Checker {
    articles: Vec<IndexedArticle>,
    random: Random,
    traditional: BTreeMap<char, Vec<char>>,
}

impl Checker {
    /// A run of 1 to 20 units of an article, beginning and ending in no boundary, first and last units preferred now
    /// and then.
    fn run(&mut self) -> (u64, Vec<String>) {
        loop {
            let article = self.random.pick(&self.articles).clone();
            let field = *self.random.pick(&[
                TextField::Body,
                TextField::Body,
                TextField::Title,
                TextField::Caption,
                TextField::Column,
                TextField::Byline,
            ]);
            let normal = NormalForm::from_paragraphs(article.article.paragraphs(field));
            let all: Vec<&str> = units(normal.encoded()).collect();
            if all.len() < 2 {
                continue;
            }
            let length = (1 + self.random.below(20)).min(all.len());
            let start = match self.random.below(8) {
                0 => 0,
                1 => all.len() - length,
                _ => self.random.below(all.len() - length + 1),
            };
            let run: Vec<&str> = all[start..start + length].to_vec();
            let first = run.iter().position(|unit| !is_boundary(unit));
            let last = run.iter().rposition(|unit| !is_boundary(unit));
            if let (Some(first), Some(last)) = (first, last) {
                return (
                    article.article.id.as_u64(),
                    run[first..=last].iter().map(|unit| (*unit).to_owned()).collect(),
                );
            }
        }
    }

    fn check(&mut self, count: usize, engine: &dyn Engine, oracle: &dyn Engine) {
        let mut units_seen = BTreeSet::new();
        for number in 0..count {
            let (id, run) = self.run();
            units_seen.insert(run.len());
            let parts: Vec<&str> = run.iter().map(String::as_str).collect();
            let mut text = spelled(&parts, &mut self.random);
            if number % 3 == 0 {
                text = disguised(&text, &mut self.random, &self.traditional);
            }
            if number % 11 == 0 {
                // One unit changed: mostly a run that stands nowhere.
                text.push('鑫');
            }
            let query = format!("\"{text}\"");
            let (matching, _) = match_of(&parse_query(&query, None).0, engine.snapshot().unwrap().capabilities());
            let (got, want) = (found(engine, &matching), found(oracle, &matching));
            assert_eq!(got, want, "{query:?} {matching:?}");
            assert!(
                number % 11 == 0 || want.contains(&id),
                "{query:?} is not found in the article it is from: {run:?}"
            );
        }
        assert_eq!(units_seen.len(), 20, "runs of every length were asked for");
    }
}

#[test]
fn embedded_and_scan_find_the_same_articles_for_any_run() {
    let mut random = Random::new(2026);
    let mut articles = sample_articles();
    articles.extend((0..400).map(|n| made_up(&mut random, n)));
    let case = embedded_of(&articles);
    let oracle = scan_of(&articles);
    let mut checker = Checker { articles, random, traditional: reversed_variants() };
    checker.check(8_000, &*case.engine, &*oracle);
}

#[test]
fn exact_after_deletes_merges_and_reopening() {
    let mut random = Random::new(7);
    let articles: Vec<IndexedArticle> =
        sample_articles().into_iter().chain((0..300).map(|n| made_up(&mut random, n))).collect();
    let case = embedded_of(&articles);
    let folder = case.folder.as_ref().expect("a folder").path().to_owned();
    drop(case.engine);
    let engine = Embedded::open(&folder, dictionary()).expect("reopening");
    let mut writer = Box::new(engine.writer(WriterOptions::default()).expect("a writer"));
    let gone: BTreeSet<_> =
        articles.iter().step_by(3).map(|article| article.article.place.source.clone()).take(12).collect();
    for key in &gone {
        writer.remove_source(key).expect("removing");
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merging");
    engine.reload().expect("reloading");
    let left: Vec<IndexedArticle> =
        articles.iter().filter(|article| !gone.contains(&article.article.place.source)).cloned().collect();
    assert!(left.len() < articles.len() && !left.is_empty());
    let oracle: Arc<dyn Engine> = scan_of(&left);
    let mut checker = Checker { articles: left, random, traditional: reversed_variants() };
    checker.check(3_000, &engine, &*oracle);
    for article in articles.iter().filter(|article| gone.contains(&article.article.place.source)) {
        assert!(engine.snapshot().unwrap().article(article.article.id).expect("a look").is_none());
    }
}

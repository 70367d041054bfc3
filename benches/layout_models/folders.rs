//! Pages written down as the programs of `../shared/tools` read them: `pages/*.txt` and `gold/*.json`.

use baoku::model::Label;
use serde_json::{Map, Value, json};
use std::ops::Range;
use std::path::Path;
use support::composed::pages::{Answer, Page, is_text};

/// Keys of the answers that hold rows, and what is in them.
const HEADS: [(&str, &[Label]); 7] = [
    ("column", &[Label::Column]),
    ("kicker", &[Label::Kicker]),
    ("headline", &[Label::Title]),
    ("subtitle", &[Label::Subtitle]),
    ("byline", &[Label::Byline]),
    ("subheads", &[Label::Subhead]),
    ("marker", &[Label::Credit, Label::Continuation]),
];

/// Writes pages into a folder; what it held before is gone.
pub(crate) fn write(folder: &Path, pages: &[Page]) {
    let [texts, answers] = ["pages", "gold"].map(|name| folder.join(name));
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).expect("an old folder goes");
    }
    [&texts, &answers].into_iter().for_each(|folder| std::fs::create_dir_all(folder).expect("a folder"));
    for page in pages {
        let rows: Vec<&str> = page.rows.iter().map(|row| row.text.as_str()).collect();
        std::fs::write(texts.join(format!("{}.txt", page.name)), rows.join("\n")).expect("a page is written");
        std::fs::write(answers.join(format!("{}.json", page.name)), gold(page).to_string())
            .expect("an answer is written");
    }
}

/// The answer for a page.
fn gold(page: &Page) -> Value {
    let with_text = page.answers.iter().filter(|answer| !answer.paragraphs.is_empty());
    let articles: Vec<Value> = (1..).zip(with_text).map(|(number, answer)| article(page, number, answer)).collect();
    let furniture = (1..).zip(&page.rows).filter(|(_, row)| row.label == Label::Furniture).map(|(number, _)| number);
    json!({"furniture": furniture.collect::<Vec<u32>>(), "articles": articles})
}

fn article(page: &Page, number: u32, answer: &Answer) -> Value {
    let own = rows(page, answer);
    let of = |labels: &[Label]| -> Vec<usize> {
        own.iter().copied().filter(|row| labels.contains(&page.rows[row - 1].label)).collect()
    };
    let mut article = Map::new();
    article.insert("n".into(), number.into());
    article.insert("kind".into(), "news".into());
    article.insert("headline_text".into(), answer.title.clone().into());
    for (key, labels) in HEADS {
        article.insert(key.into(), of(labels).into());
    }
    let is_body = |row: &usize| answer.paragraphs.iter().flatten().any(|body| *body as usize == *row);
    let captions: Vec<Vec<usize>> =
        of(&[Label::Caption]).into_iter().filter(|row| !is_body(row)).map(|row| vec![row]).collect();
    article.insert("captions".into(), json!(captions));
    article.insert("paras".into(), json!(answer.paragraphs));
    article.into()
}

/// Rows of an article from 1: of each run from one beginning to the next whose first text is its own.
fn rows(page: &Page, answer: &Answer) -> Vec<usize> {
    let mut starts: Vec<usize> = (1..=page.rows.len()).filter(|row| page.rows[row - 1].begins).collect();
    starts.push(page.rows.len() + 1);
    let all = |row: usize| page.answers.iter().position(|answer| holds(answer, row));
    let own = |run: &Range<usize>| {
        let first = run.clone().filter(|row| is_text(page.rows[row - 1].label)).find_map(all);
        first.is_some_and(|first| std::ptr::eq(&raw const page.answers[first], answer))
    };
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(own).flatten().collect()
}

fn holds(answer: &Answer, row: usize) -> bool {
    answer.paragraphs.iter().flatten().any(|body| *body as usize == row)
}

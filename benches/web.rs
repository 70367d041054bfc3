//! Pages of the web: pages and MB a second beside the bare tokenizer, and what of real items comes back out of pages.
//!
//!     cargo bench --bench web                                   the fixtures of the tests
//!     BAOKU_WEB_ITEMS=items.jsonl cargo bench --bench web       each item as a page, in four forms by turns; titles, days
//!                                                               and bodies that come back, with the first that do not
//!
//! An item is a line of JSON with `title`, `date` and `body`. `cargo bench --profile dev` measures without a release build.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and ends where it cannot go on")]

use baoku::model::Story;
use baoku::readers::{ReaderOutput, SourceFile, reader_for};
use html5gum::{DefaultEmitter, Tokenizer};
use serde_json::Value;
use std::path::Path;
use std::time::Instant;

/// Items of a file that are made into pages.
const ITEMS: usize = 8_000;

/// A page: path, text, the item that it was made of.
type Page = (String, String, Option<Value>);

fn fixtures(folder: &Path, found: &mut Vec<Page>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            fixtures(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending != "want") {
            found.push((entry.to_string_lossy().into_owned(), std::fs::read_to_string(&entry).unwrap(), None));
        }
    }
}

/// Each item as a page: `form` is how.
fn page(item: &Value, form: usize) -> (String, String) {
    let text = |name: &str| item[name].as_str().unwrap_or_default();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let (title, date) = (escaped(text("title")), text("date"));
    let body: String = text("body").lines().map(|line| format!("<p>　　{}</p>\n", escaped(line))).collect();
    let link = |n: usize| format!("<li><a href='/v/{n}.shtml'>昨天的另一条新闻，编号是{n}，也有逗号。</a></li>");
    let menu: String = (0..40).map(link).collect();
    let [year, month, day] = [0..4, 5..7, 8..10].map(|part| date.get(part).unwrap_or_default());
    let head = format!(
        "<meta charset=utf-8><title>{title}_新闻频道_某网(x.com)</title><script>var a = '<p>脚本</p>';</script>"
    );
    let foot = format!("<div class=foot><ul>{menu}</ul><p>某某电视台 版权所有 地址：某市某路1号</p></div>");
    let path = format!("{year}/{month}/{day}/A{form}.shtml");
    let html = match form {
        0 => format!(
            "<html><head>{head}</head><body><ul>{menu}</ul><div class=cnt_bd><h1><!--repaste.title.begin-->{title}<!--repaste.title.end--></h1><span>发布时间:{year}年{month}月{day}日 19:30</span><!--repaste.body.begin-->{body}<!--repaste.body.end--></div>{foot}"
        ),
        1 => format!(
            "<html><head>{head}</head><body><div class=title_area><h1>{title}</h1><div class=info1>来源：某网 | {year}年{month}月{day}日 19:30</div></div><div class=content_area id=content_area>{body}</div>{foot}"
        ),
        2 => format!(
            "<html><head>{head}</head><body><table><tr><td><ul>{menu}</ul><td><div><b>{title}</b></div><div>{year}-{month}-{day} 08:00</div><div>{body}</div></table>{foot}"
        ),
        _ => format!(
            "<html><head>{head}<meta property='og:title' content=\"{title}\"><meta property='article:published_time' content='{date}T08:00:00+08:00'></head><body><article><h2>{title}</h2>{body}</article>{foot}"
        ),
    };
    (if form == 3 { format!("A{form}.html") } else { path }, html)
}

fn story(path: &str, text: &str) -> Option<Story> {
    let file = SourceFile::new(path, text.as_bytes(), None);
    let mut found = None;
    _ = reader_for(&file)?.read(&file, &mut |output| {
        if let ReaderOutput::Item(story, _) = output {
            found = Some(*story);
        }
    });
    found
}

/// Counts pages whose title, day and body come back, and shows some that do not.
fn compare(pages: &[Page]) {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (mut right, mut all, mut shown) = ([0; 4], 0, 0);
    for (path, text, item) in pages.iter().filter_map(|(path, text, item)| Some((path, text, item.as_ref()?))) {
        all += 1;
        let value = |name: &str| plain(item[name].as_str().unwrap_or_default());
        let Some(story) = story(path, text) else {
            println!("no article: {path} {}", item["title"]);
            continue;
        };
        let body: String = story.body.iter().map(|passage| plain(&passage.text)).collect();
        let is_date = story.given.date.is_some_and(|date| date.to_string() == value("date"));
        let each = [plain(&story.title) == value("title"), is_date, body == value("body")];
        each.iter().zip(&mut right).for_each(|(is_right, count)| *count += usize::from(*is_right));
        right[3] += usize::from(each.iter().all(|is_right| *is_right));
        if each.contains(&false) && shown < 25 {
            shown += 1;
            println!("{each:?} {path}\n  {} / {} / {:?}", story.title, value("title"), story.given.date);
            let lines = item["body"].as_str().unwrap_or_default().lines().map(plain);
            lines.filter(|line| !body.contains(line.as_str())).for_each(|line| println!("  lost: {line}"));
        }
    }
    if all > 0 {
        let share = right.map(|count| count as f64 / f64::from(all));
        println!(
            "{all} pages: title {:.4}, day {:.4}, body {:.4}, all three {:.4}",
            share[0], share[1], share[2], share[3]
        );
    }
}

fn rate(name: &str, pages: &[Page], run: impl Fn(&Page)) {
    let bytes: usize = pages.iter().map(|(_, text, _)| text.len()).sum();
    let start = Instant::now();
    let mut rounds = 0;
    while rounds == 0 || start.elapsed().as_secs() < 3 {
        pages.iter().for_each(&run);
        rounds += 1;
    }
    let seconds = start.elapsed().as_secs_f64() / f64::from(rounds);
    println!("{name}: {:.0} pages/s, {:.1} MB/s", pages.len() as f64 / seconds, bytes as f64 / 1e6 / seconds);
}

fn main() {
    let mut pages = Vec::new();
    match std::env::var("BAOKU_WEB_ITEMS") {
        Ok(file) => {
            let text = std::fs::read_to_string(file).unwrap();
            let items: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            let step = (items.len() / ITEMS).max(1);
            for (number, item) in items.into_iter().step_by(step).enumerate() {
                let (path, html) = page(&item, number % 4);
                pages.push((path, html, Some(item)));
            }
        }
        Err(_) => fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/html"), &mut pages),
    }
    compare(&pages);
    rate("reader", &pages, |(path, text, _)| drop(story(path, text)));
    rate("bare tokenizer", &pages, |(_, text, _)| {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(text.as_str(), emitter).count();
        assert!(tokens > 0);
    });
}

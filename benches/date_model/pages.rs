//! Pages whose day is known, without what prints it.

use baoku::enrich::DateCase;
use baoku::layout::read;
use baoku::model::{ArticleId, SourcePage};
use baoku::review::held_out;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The national daily.
pub(crate) const NATIONAL: usize = 0;
/// Pages composed of the television news.
pub(crate) const TELEVISION: usize = 1;
/// Invented articles, of which only the year is known.
pub(crate) const WRITTEN: usize = 2;

/// Days of a year of the television news that pages are composed of.
const DAYS: usize = 110;

/// A page whose day is known.
pub(crate) struct DatedPage {
    pub(crate) source: usize,
    /// Its day, as `2019-02-15`; of an invented article the year alone is true.
    pub(crate) day: String,
    pub(crate) case: DateCase,
}

/// A dated item of the television news: what words of years are learned from.
pub(crate) struct Item {
    pub(crate) day: String,
    pub(crate) text: String,
}

/// Everything that is learned from or measured.
pub(crate) struct Pages {
    pub(crate) all: Vec<DatedPage>,
    pub(crate) items: Vec<Item>,
    /// Dated sample pages of the project, without their mastheads.
    pub(crate) samples: Vec<DatedPage>,
}

/// Some pages, and the news that words are learned from.
pub(crate) struct Selection<'a> {
    pub(crate) all: Vec<&'a DatedPage>,
    pub(crate) items: Vec<&'a Item>,
}

impl Pages {
    /// All of them; nothing where `../shared` is missing.
    pub(crate) fn load(root: &Path) -> Option<Self> {
        let shared = root.join("../shared/corpora");
        let file = std::fs::File::open(shared.join("xwlb.jsonl.zst")).ok()?;
        let text = std::io::read_to_string(zstd::stream::Decoder::new(file).expect("a packed file")).expect("text");
        let items: Vec<Item> = text.lines().filter_map(item).collect();
        let mut all = national(&shared.join("national"));
        all.extend(television(&items));
        all.extend(written(&root.join("tests/press/articles")));
        Some(Self { all, items, samples: samples(&root.join("corpus")) })
    }

    /// What is left without some pages, and these.
    pub(crate) fn without(&self, left_out: impl Fn(&DatedPage) -> bool) -> (Selection<'_>, Vec<&DatedPage>) {
        let (tests, all) = self.all.iter().partition(|page| left_out(page));
        (Selection { all, items: self.items.iter().collect() }, tests)
    }
}

/// One of two halves of the months.
pub(crate) fn half(day: &str) -> usize {
    month_number(day) * 7 % 11 % 2
}

/// The number of the month of a day.
pub(crate) fn month_number(day: &str) -> usize {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    number(&day[..4]) * 12 + number(&day[5..7])
}

impl<'a> Selection<'a> {
    /// The same pages with the news of one half of the months.
    pub(crate) fn of_half(&self, of: usize) -> Self {
        let items = self.items.iter().copied().filter(|item| half(&item.day) == of).collect();
        Self { all: self.all.clone(), items }
    }
}

impl<'a> From<&'a Pages> for Selection<'a> {
    fn from(pages: &'a Pages) -> Self {
        Self { all: pages.all.iter().collect(), items: pages.items.iter().collect() }
    }
}

fn case(source: usize, day: &str, text: &str) -> DatedPage {
    DatedPage {
        source,
        day: day.to_owned(),
        case: DateCase::from_stories(&read(&SourcePage::of_text(text)).cut.stories),
    }
}

pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

pub(crate) fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// Pages of the daily without their folio line.
fn national(folder: &Path) -> Vec<DatedPage> {
    let page = |gold: &std::path::PathBuf| {
        let answer = json(gold);
        let name = gold.file_stem()?.to_str()?;
        let text = std::fs::read_to_string(folder.join("pages").join(format!("{name}.txt"))).ok()?;
        let furniture = answer["furniture"].as_array().is_some_and(|rows| !rows.is_empty());
        let rows: Vec<&str> = text.split('\n').skip(if furniture { 2 } else { 0 }).collect();
        Some(case(NATIONAL, answer["printed_on"].as_str()?, &rows.join("\n")))
    };
    files(&folder.join("gold")).iter().filter_map(page).collect()
}

fn item(line: &str) -> Option<Item> {
    let row: Value = serde_json::from_str(line).ok()?;
    let title = row["title"].as_str()?.trim().trim_start_matches("[视频]").trim();
    let body = row["body"].as_str()?;
    let body = ["央视网消息", "中国网络电视台消息", "本台消息"].iter().fold(body, |body, mark| {
        body.strip_prefix(mark).map_or(body, |rest| rest.split_once([':', '：']).map_or(rest, |(_, rest)| rest))
    });
    let lines: Vec<&str> =
        body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains("编辑")).collect();
    Some(Item { day: row["date"].as_str()?.to_owned(), text: format!("{title}\n\n{}", lines.join("\n\n")) })
}

/// Pages of one to thirteen items of a day, half of them as the paper of the next morning.
fn television(items: &[Item]) -> Vec<DatedPage> {
    let mut days: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    items.iter().for_each(|item| days.entry(&item.day).or_default().push(item));
    let mut years: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    days.keys().for_each(|day| years.entry(&day[..4]).or_default().push(day));
    let mut chosen: Vec<&str> = Vec::new();
    for of_year in years.values() {
        chosen.extend((0..of_year.len().min(DAYS)).map(|n| of_year[n * of_year.len() / of_year.len().min(DAYS)]));
    }
    let sizes = [1, 2, 4, 6, 8, 10, 13];
    let page = |(number, day): (usize, &&str)| {
        let news = &days[day];
        let size = sizes[number % sizes.len()].min(news.len());
        let texts = (0..size).map(|n| news[(n * 7 + number * 3) % news.len()].text.as_str());
        let text = texts.collect::<Vec<_>>().join("\n\n");
        if number % 2 == 0 { case(TELEVISION, day, &text) } else { morning(day, &text) }
    };
    chosen.iter().enumerate().map(page).collect()
}

/// As a paper of the next morning prints it: the day of the news in numbers.
fn morning(day: &str, text: &str) -> DatedPage {
    let number: i64 = day[8..].parse().expect("a day");
    let today = regex::Regex::new(r"(?:今天|今日)(上午|下午|晚)?[（(](\d+月\d+日)[)）]").expect("a pattern");
    let text =
        today.replace_all(text, "$2$1").replace("今天", &format!("{number}日")).replace("今日", &format!("{number}日"));
    let printed = day.parse::<baoku::model::Date>().expect("a day").plus(1).expect("a day");
    case(TELEVISION, &printed.to_string(), &text)
}

/// Every second invented article that is not [`held_out`], of which the year is known.
fn written(folder: &Path) -> Vec<DatedPage> {
    let mut pages = Vec::new();
    for file in files(folder).iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl")) {
        let text = std::fs::read_to_string(file).expect("a file");
        let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let open = |row: &Value| !held_out(ArticleId::of_item("tests/press", row["id"].as_str().expect("an id")));
        for row in rows.filter(open).step_by(2) {
            let Some(year) = row["year"].as_i64() else { continue };
            let parts = row["parts"].as_array().into_iter().flatten().filter_map(|part| part[1].as_str());
            pages.push(case(WRITTEN, &format!("{year}-00-00"), &parts.collect::<Vec<_>>().join("\n\n")));
        }
    }
    pages
}

/// The sample pages whose path names a day, without the lines that print one.
fn samples(folder: &Path) -> Vec<DatedPage> {
    let mut pages = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let path = entry.path().to_string_lossy();
        let digits: String =
            path[folder.to_string_lossy().len()..].chars().filter(char::is_ascii_digit).take(8).collect();
        if digits.len() < 8 || !path.ends_with(".txt") {
            continue;
        }
        let text = baoku::corpus::decode(std::fs::read(entry.path()).expect("a page"), None).expect("text").text;
        let prints =
            |line: &str| line.chars().count() <= 80 && line.contains(['版', '报', '刊']) && line.contains('日');
        let rows: Vec<&str> = text.lines().filter(|line| !prints(line)).collect();
        pages.push(case(
            usize::MAX,
            &format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]),
            &rows.join("\n"),
        ));
    }
    pages
}

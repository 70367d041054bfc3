//! Pages whose folio line is taken away, each among the dated pages of its folder.

use crate::pages::{files, json};
use baoku::corpus::FileLocation;
use baoku::ingest::preview;
use baoku::model::{Date, Precision, ReadOptions, SourceKey};
use std::path::Path;

/// Days of the week from Monday, and the one on which the weekly comes out.
const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const TUESDAY: i64 = 1;
/// The number of the first issue of all.
const FIRST_NUMBER: i64 = 20_000;

/// A page without its folio line.
struct Page {
    day: Date,
    text: String,
}

/// How pages are put into folders.
struct Layout {
    name: &'static str,
    /// A folder for each day, or one for all.
    by_day: bool,
    /// Whether the names of files follow the days.
    ordered: bool,
    /// Whether each page prints the number of its issue, the one that is asked for too.
    numbered: bool,
    /// When the paper comes out.
    paper: Paper,
}

/// When a paper with the pages of the daily comes out.
#[derive(Clone, Copy, PartialEq)]
enum Paper {
    Morning,
    /// The evening before: on the day of the last dateline.
    Evening,
    /// On the next Tuesday.
    Weekly,
}

impl Paper {
    fn issue(self, day: Date) -> Date {
        let days = match self {
            Self::Morning => 0,
            Self::Evening => -1,
            Self::Weekly => (TUESDAY - day.weekday()).rem_euclid(7),
        };
        day.plus(days).expect("a day")
    }
}

const LAYOUTS: [Layout; 8] = [
    Layout { name: "a folder an issue", by_day: true, ordered: true, numbered: false, paper: Paper::Morning },
    Layout {
        name: "a folder an issue, as an evening paper",
        by_day: true,
        ordered: true,
        numbered: false,
        paper: Paper::Evening,
    },
    Layout { name: "one folder, in order", by_day: false, ordered: true, numbered: false, paper: Paper::Morning },
    Layout {
        name: "one folder, in order, as an evening paper",
        by_day: false,
        ordered: true,
        numbered: false,
        paper: Paper::Evening,
    },
    Layout {
        name: "one folder, in order, as a weekly",
        by_day: false,
        ordered: true,
        numbered: false,
        paper: Paper::Weekly,
    },
    Layout {
        name: "one folder, in order, with numbers",
        by_day: false,
        ordered: true,
        numbered: true,
        paper: Paper::Morning,
    },
    Layout { name: "one folder, in no order", by_day: false, ordered: false, numbered: false, paper: Paper::Morning },
    Layout {
        name: "one folder, in no order, with numbers",
        by_day: false,
        ordered: false,
        numbered: true,
        paper: Paper::Morning,
    },
];

fn pages(folder: &Path) -> Vec<Page> {
    let page = |gold: &std::path::PathBuf| {
        let answer = json(gold);
        let name = gold.file_stem()?.to_str()?;
        let text = std::fs::read_to_string(folder.join("pages").join(format!("{name}.txt"))).ok()?;
        let furniture = answer["furniture"].as_array().is_some_and(|rows| !rows.is_empty());
        let rows: Vec<&str> = text.split('\n').skip(if furniture { 2 } else { 0 }).collect();
        Some(Page { day: answer["printed_on"].as_str()?.parse().ok()?, text: rows.join("\n") })
    };
    let mut pages: Vec<Page> = files(&folder.join("gold")).iter().filter_map(page).collect();
    pages.sort_by_key(|page| page.day);
    pages
}

/// A folio line; without the day for the page that is asked for.
fn folio(layout: &Layout, day: Date, stated: bool, number: usize) -> String {
    let first = Date::new(2019, 1, 1).expect("a day");
    let days = if layout.paper == Paper::Weekly { 7 } else { 1 };
    let count = FIRST_NUMBER + day.days_since(first) / days;
    let count = if layout.numbered { format!("总第{count}期") } else { String::new() };
    let weekday = WEEKDAYS[day.weekday() as usize];
    let date = format!("{}年{}月{}日 星期{weekday} 第{number}版", day.year(), day.month(), day.day());
    match (stated, layout.numbered) {
        (true, _) => format!("{date} {count}\n\n"),
        (false, true) => format!("{count}\n\n"),
        (false, false) => String::new(),
    }
}

/// Prints how many pages get their day; nothing where `../shared` is missing.
pub(crate) fn print(corpus: &Path) {
    let pages = pages(corpus);
    println!("| folder | pages | day right | stated | sure (.9) | of these right |\n|---|---|---|---|---|---|");
    LAYOUTS.iter().for_each(|layout| measure(layout, &pages));
}

fn measure(layout: &Layout, pages: &[Page]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |at: usize| {
        let day = layout.paper.issue(pages[at].day);
        let of = if layout.by_day { day.to_string() } else { "all".to_owned() };
        let place = if layout.ordered { at } else { at * 83 % pages.len() };
        // The name of the folder must not state the day.
        let of: String =
            of.chars().map(|c| c.to_digit(10).map_or('-', |digit| char::from(b'a' + digit as u8))).collect();
        folder.path().join(of).join(format!("p{place}.txt"))
    };
    let text = |at: usize, stated: bool| {
        folio(layout, layout.paper.issue(pages[at].day), stated, at % 8 + 1) + &pages[at].text
    };
    for at in 0..pages.len() {
        std::fs::create_dir_all(file(at).parent().expect("a folder")).expect("a folder");
        std::fs::write(file(at), text(at, true)).expect("writing");
    }
    let (mut all, mut right, mut stated, mut sure) = (0, 0, 0.0, [0, 0]);
    for (at, page) in pages.iter().enumerate() {
        let (file, day) = (file(at), layout.paper.issue(page.day));
        if std::fs::read_dir(file.parent().expect("a folder")).expect("a folder").count() < 2 {
            continue;
        }
        std::fs::write(&file, text(at, false)).expect("writing");
        let key =
            SourceKey { root: "x".into(), path: file.file_name().expect("a name").to_string_lossy().into_owned() };
        let found = preview(
            &FileLocation::Disk(file.clone()),
            &key,
            &ReadOptions::default(),
            &Default::default(),
            &Default::default(),
        )
        .expect("a page");
        std::fs::write(&file, text(at, true)).expect("writing");
        let Some(date) = found.articles.first().map(|article| &article.metadata.date) else { continue };
        let best = date.best.as_ref();
        let fits = best.is_some_and(|best| best.day == day);
        all += 1;
        right += usize::from(fits);
        stated += best.map_or(0.0, |best| f64::from(best.p_day));
        if date.precision() == Precision::Day {
            sure = [sure[0] + usize::from(fits), sure[1] + 1];
        }
    }
    let share = |part: f64, of: usize| part / of.max(1) as f64;
    println!(
        "| {} | {all} | {:.3} | {:.3} | {} | {:.3} |",
        layout.name,
        share(right as f64, all),
        share(stated, all),
        sure[1],
        share(sure[0] as f64, sure[1])
    );
}

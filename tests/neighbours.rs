//! Pages without a folio line are dated by the dated pages of their folder.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::corpus::{FileLocation, Root};
use baoku::engine::Engine;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::ingest::{IngestOptions, IngestReport, ReadingLimits, ingest, preview};
use baoku::model::{DateInfo, DateSource, Outcome, ReadOptions, SourceKey};
use std::path::PathBuf;
use support::dictionary;

/// The text of a page that tells of no time.
const TEXT: &str = "市总工会看望老会员\n\n本报讯(记者周平和)近日,市总工会走访慰问退休老会员,送去米面油。\n\n区里开了夜校\n\n本报讯(通讯员吴永定)湖里区总工会的夜校开课了,四十名外来务工人员报了名。\n";

/// A folder of pages and an index beside it.
struct Desk {
    folder: tempfile::TempDir,
    engine: Embedded,
}

impl Desk {
    /// Pages `p1.txt` and so on, by the folio lines that they have; an empty one has none.
    fn new(folios: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = Embedded::open_or_create(&folder.path().join("index"), dictionary()).expect("an index");
        let desk = Self { folder, engine };
        std::fs::create_dir(desk.root()).expect("a folder");
        for (number, folio) in (1..).zip(folios) {
            desk.put(number, folio);
        }
        desk
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("pages")
    }

    fn file(&self, number: usize) -> PathBuf {
        self.root().join(format!("p{number}.txt"))
    }

    fn put(&self, number: usize, folio: &str) {
        self.put_text(number, folio, TEXT);
    }

    fn put_text(&self, number: usize, folio: &str, text: &str) {
        std::fs::write(self.file(number), format!("{folio}\n\n{text}{number}号完。\n")).expect("writing");
    }

    /// Pages by their folio lines and the days of their datelines.
    fn with_datelines(pages: &[(&str, &str)]) -> Self {
        let desk = Self::new(&[]);
        for (number, (folio, dateline)) in (1..).zip(pages) {
            desk.put_text(number, folio, &TEXT.replace("本报讯", &format!("本报厦门{dateline}讯")));
        }
        desk
    }

    /// The most probable day of a page, and the rules by which it was found.
    fn best(&self, number: usize) -> (String, Vec<String>) {
        let date = self.date(number);
        let rules = date.evidence.into_iter().map(|one| one.rule).collect();
        (date.best.map(|best| best.day.to_string()).unwrap_or_default(), rules)
    }

    fn run(&self) -> IngestReport {
        let root = Root::parse(self.root().to_str().expect("a path")).expect("a root");
        let options = IngestOptions { roots: vec![root], threads: 2, ..IngestOptions::default() };
        let mut writer = Box::new(self.engine.writer(WriterOptions::default()).expect("a writer"));
        let report = ingest(&self.engine, &mut *writer, &options, &|_| {}).expect("a run");
        baoku::engine::Writer::finish(writer).expect("the end");
        self.engine.reload().expect("reloading");
        report
    }

    fn date(&self, number: usize) -> DateInfo {
        let key = SourceKey { root: "pages".into(), path: format!("p{number}.txt") };
        let articles = self.engine.snapshot().expect("a state").articles_of(&key).expect("articles");
        articles.into_iter().next().expect("an article").metadata.date
    }
}

fn days(date: &DateInfo) -> String {
    date.span.map(|span| span.to_string()).unwrap_or_default()
}

const TUESDAY: &str = "2014年4月29日 星期二 第3版";
const DAMAGED: &str = "2O14年4月2S日 星期二 第3版";
const LATER: &str = "2014年5月6日 星期二 第3版";

#[test]
fn a_page_without_folio_line_among_pages_of_one_day() {
    let desk = Desk::new(&[TUESDAY, "", TUESDAY, "2O14年4月29日 星期二 第3版"]);
    desk.run();
    let date = desk.date(2);
    assert_eq!((days(&date).as_str(), date.source), ("2014-04-29", DateSource::Folder), "{date:?}");
    assert_eq!((date.evidence[0].rule.as_str(), date.evidence[0].quote.as_str()), ("neighbour", "p1.txt 2014-04-29"));
    assert_eq!(desk.date(1).source, DateSource::Masthead);
}

#[test]
fn a_single_page_of_the_folder_is_dated() {
    let desk = Desk::new(&["", TUESDAY]);
    desk.run();
    let date = desk.date(1);
    assert_eq!((days(&date).as_str(), date.source), ("2014-04-29", DateSource::Folder), "{date:?}");
}

#[test]
fn pages_of_several_days_bound_the_page_between_them() {
    let desk = Desk::new(&[TUESDAY, TUESDAY, "", LATER, LATER, "", LATER, "2014年5月13日 星期二 第3版"]);
    desk.run();
    assert_eq!((days(&desk.date(6)).as_str(), desk.date(6).source), ("2014-05-06", DateSource::Folder));
    let date = desk.date(3);
    let span = date.span.expect("a date");
    assert!(span.earliest >= "2014-04-29".parse().unwrap() && span.latest <= "2014-05-06".parse().unwrap(), "{date:?}");
    let files: Vec<&str> = date.evidence.iter().map(|one| one.quote.as_str()).collect();
    assert_eq!(files, ["p2.txt 2014-04-29", "p4.txt 2014-05-06"]);
}

#[test]
fn one_page_that_disagrees_does_not_decide() {
    let desk = Desk::new(&[TUESDAY, TUESDAY, "1983年10月10日 星期一", "", TUESDAY, TUESDAY, "", TUESDAY]);
    desk.run();
    assert_eq!(days(&desk.date(7)), "2014-04-29");
    let date = desk.date(4);
    assert_eq!(date.best.map(|best| best.day.to_string()).as_deref(), Some("2014-04-29"), "{:?}", desk.date(4));
}

#[test]
fn names_are_taken_in_the_order_of_their_numbers() {
    let mut folios = vec![TUESDAY; 9];
    folios.extend([LATER, "", LATER]);
    let desk = Desk::new(&folios);
    desk.run();
    assert_eq!(days(&desk.date(11)), "2014-05-06");
}

#[test]
fn inspect_looks_at_the_folder_of_a_single_file() {
    let desk = Desk::new(&[TUESDAY, "", TUESDAY]);
    let key = SourceKey { root: String::new(), path: "somewhere/p2.txt".into() };
    let found = preview(
        &FileLocation::Disk(desk.file(2)),
        &key,
        &ReadOptions::default(),
        &ReadingLimits::default(),
        &Default::default(),
    )
    .expect("a preview");
    desk.run();
    assert_eq!(found.articles[0].metadata.date, desk.date(2));
    assert_eq!(found.articles[0].metadata.date.source, DateSource::Folder);
}

#[test]
fn a_page_is_read_again_when_the_pages_around_tell_another_day() {
    let desk = Desk::new(&[TUESDAY, "", TUESDAY, LATER]);
    desk.run();
    desk.put(1, LATER);
    desk.put(3, LATER);
    let report = desk.run();
    let read: Vec<&str> = report
        .files
        .iter()
        .filter(|file| file.outcome == Outcome::Indexed)
        .map(|file| file.key.path.as_str())
        .collect();
    assert_eq!(read, ["p1.txt", "p2.txt", "p3.txt"]);
    assert_eq!(days(&desk.date(2)), "2014-05-06");
    assert!(desk.run().files.iter().all(|file| file.outcome == Outcome::Unchanged));
}

#[test]
fn the_folio_line_of_the_page_itself_counts_where_it_is_damaged() {
    let desk = Desk::new(&[TUESDAY, DAMAGED, TUESDAY]);
    desk.run();
    assert_eq!(days(&desk.date(2)), "2014-04-29", "{:?}", desk.date(2));
}

#[test]
fn a_page_of_an_evening_paper_was_taken_for_one_of_the_next_morning() {
    let desk = Desk::with_datelines(&[
        ("2014年4月28日 星期一 第1版", "4月28日"),
        ("2014年4月28日 星期一 第2版", "4月28日"),
        ("2014年4月29日 星期二 第1版", "4月29日"),
        ("", "4月29日"),
        ("2014年4月30日 星期三 第1版", "4月30日"),
        ("2014年4月30日 星期三 第2版", "4月30日"),
    ]);
    desk.run();
    let (day, rules) = desk.best(4);
    assert_eq!(day, "2014-04-29", "{rules:?}");
    assert!(rules.contains(&"habit".to_owned()), "{rules:?}");
}

#[test]
fn a_page_of_a_weekly_is_of_the_weekday_of_the_weekly() {
    let desk = Desk::with_datelines(&[
        ("2014年4月1日 星期二 第1版", "3月30日"),
        ("2014年4月8日 星期二 第1版", "4月4日"),
        ("", "4月11日"),
        ("2014年4月22日 星期二 第1版", "4月17日"),
        ("2014年4月29日 星期二 第1版", "4月26日"),
    ]);
    desk.run();
    let (day, rules) = desk.best(3);
    assert_eq!(day, "2014-04-15", "{rules:?}");
    assert!(rules.contains(&"day of issue".to_owned()), "{rules:?}");
}

#[test]
fn the_number_of_an_issue_finds_its_day_among_others() {
    let desk = Desk::new(&[
        "2014年4月27日 星期日 第1版 总第1001期",
        "2014年4月28日 星期一 第1版 总第1002期",
        "总第1004期",
        "2014年5月1日 星期四 第1版 总第1005期",
        "2014年5月2日 星期五 第1版 总第1006期",
    ]);
    desk.run();
    let (day, rules) = desk.best(3);
    assert_eq!(day, "2014-04-30", "{rules:?}");
    assert_eq!(rules[0], "issue number", "{rules:?}");
    assert_eq!(desk.date(3).source, DateSource::Folder);
}

#[test]
fn a_page_of_another_number_is_not_of_the_day_of_those_around() {
    let four = ["2014年4月29日 星期二 第3版 第1002期"; 3];
    let desk = Desk::new(&[four[0], four[1], "第1003期", four[2]]);
    desk.run();
    assert_ne!(desk.best(3).0, "2014-04-29");
    assert!(desk.run().files.iter().all(|file| file.outcome == Outcome::Unchanged));
}

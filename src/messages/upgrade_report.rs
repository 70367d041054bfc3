//! What became of an index that was written anew.

use super::bilingual::{Bilingual, Language, both};
use crate::engine::embedded::RecordCounts;
use crate::ingest::{RewriteReason, UpgradeReport};
use std::path::Path;

/// The first format that wrote ids of answers as they are written now.
const SAME_IDS: u32 = 11;

/// The first format in which reprints are told as they are told now.
const SAME_REPRINTS: u32 = 8;

/// A count of what an index holds.
type RecordCounter = fn(&RecordCounts) -> u64;

/// What is counted of an index: in English, in Chinese, and the count.
const COUNTS: &[(&str, &str, RecordCounter)] = &[
    ("articles", "文章", |held| held.articles),
    ("corrected articles", "订正过的文章", |held| held.corrected),
    ("former ids", "旧编号", |held| held.former_ids),
    ("withdrawn articles", "撤下的文章", |held| held.withdrawn),
    ("earlier versions", "以前的版本", |held| held.formers),
    ("  without text", "  不留文字的", |held| held.sealed),
    ("pages", "版面", |held| held.pages),
    ("source files", "源文件", |held| held.sources),
];

/// Columns of the names of counts, and of a number.
const NAME_COLUMNS: usize = 20;
const NUMBER_COLUMNS: usize = 12;

/// What became of the index, in lines.
pub fn upgrade_report(report: &UpgradeReport, language: Language) -> String {
    let say = |told: Bilingual| told.into_language(language);
    let mut lines = vec![say(why(report))];
    if report.from.is_some() {
        let (before, after) = (say(both("before", "以前")), say(both("after", "现在")));
        lines.push(columns("", &before, &after));
        let row = |(en, zh, count): &(&str, &str, RecordCounter)| {
            columns(&say(both(*en, *zh)), &count(&report.before).to_string(), &count(&report.after).to_string())
        };
        lines.extend(COUNTS.iter().map(row));
        let edition = &report.edition;
        lines.push(say(both(format!("state: {edition} before and after"), format!("状态：{edition}，前后相同"))));
    }
    lines.extend(not_kept(report).into_iter().map(say));
    let aside = report.aside.display();
    lines.push(say(both(
        format!("the old index is kept in {aside}; remove it when you no longer want it"),
        format!("旧索引留在 {aside}；不要了可以删去"),
    )));
    lines.join("\n")
}

/// A name and two numbers, each in its column: a Chinese character is two columns wide.
fn columns(name: &str, before: &str, after: &str) -> String {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let fill = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(wide(text)));
    let (name_fill, before_fill) = (fill(name, NAME_COLUMNS), fill(before, NUMBER_COLUMNS));
    format!("{name}{name_fill}{before_fill}{before}{}{after}", fill(after, NUMBER_COLUMNS))
}

/// There is nothing to upgrade.
pub fn nothing_to_upgrade(folder: &Path) -> Bilingual {
    let folder = folder.display();
    both(
        format!("the index in {folder} has the format of this program; there is nothing to do"),
        format!("{folder} 里的索引已是本程序的格式，无须升级"),
    )
}

fn why(report: &UpgradeReport) -> Bilingual {
    match (&report.reason, &report.from) {
        (RewriteReason::Format, Some((format, program))) => both(
            format!("upgraded from format {format}, written by {program}"),
            format!("已从格式 {format}（由 {program} 写成）升级"),
        ),
        (RewriteReason::Format, None) => both("upgraded from ", "已升级"),
        (RewriteReason::TooOld(format), _) => both(
            format!("format {format} is too old to be read: the index is built anew from the files alone"),
            format!("格式 {format} 太旧，读不出：只从文件重建索引"),
        ),
        (RewriteReason::Damage(why), Some(_)) => both(
            format!("written anew with all that can be read, because {why}"),
            format!("凡读得出的都重写了一遍，因为 {why}"),
        ),
        (RewriteReason::Damage(why), None) => both(
            format!("nothing of the index can be read, it is built anew from the files alone: {why}"),
            format!("索引完全读不出，只从文件重建：{why}"),
        ),
    }
}

/// What is not as it was, and why.
fn not_kept(report: &UpgradeReport) -> Vec<Bilingual> {
    let mut lines = Vec::new();
    if report.lost > 0 {
        let lost = report.lost;
        lines.push(both(
            format!("not kept: {lost} records that cannot be read"),
            format!("没有带上：{lost} 条读不出的记录"),
        ));
        lines.extend(report.lost_first.iter().map(|one| both(format!("  {one}"), format!("  {one}"))));
    }
    let Some((format, _)) = report.from else {
        lines.push(both(
            "not kept: versions, former ids, commits and earlier answers",
            "没有带上：以前的版本、旧编号、提交和以前的答案",
        ));
        return lines;
    };
    if format < SAME_IDS {
        lines.push(both(
            "ids of earlier answers named their requests in a way that cannot be checked any more: to count the same state again, \
             send the same parameters with as_of= and the first two parts of the id",
            "以前答案的编号已无法核对：要同一状态下的数字，请以同样的参数加 as_of= 和编号的前两段再问",
        ));
    }
    if format < SAME_REPRINTS {
        lines.push(both(
            "with once=true earlier answers may be other ones: reprints were told in another way",
            "加了 once=true 的以前的答案可能不同：当时认同文的办法不一样",
        ));
    }
    if lines.is_empty() {
        lines.push(both("not kept: nothing", "一样不少"));
    }
    lines
}

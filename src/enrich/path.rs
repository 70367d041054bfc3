//! Days written in paths: folders and names as archives use them.

use crate::model::{Date, DateSpan};

/// A day found in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PathDay {
    /// The day.
    pub day: Date,
    /// The text that names it.
    pub quote: String,
    /// Numbers of the first part of the path that it takes and of the first one after it.
    pub parts: (usize, usize),
    /// Where the day ends in a single part, in bytes; `None` where it fills its parts.
    pub end: Option<usize>,
}

/// A form in which paths name a day: reads it at a part, in the parts from there on.
type PathForm = fn(&[&str]) -> Option<(Date, usize, Option<usize>)>;

/// All forms. Forms of several parts go before those of one.
const FORMS: [PathForm; 6] =
    [year_month_day_folders, year_folder, month_folder, date_in_name, chinese_date, run_in_name];

/// The parts of a path, without the ending of the file name.
pub(super) fn parts(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if let Some(last) = parts.last_mut() {
        *last = stem(last);
    }
    parts
}

fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.starts_with(|c: char| c.is_ascii_alphabetic()) => stem,
        _ => name,
    }
}

/// The days a path names, the first one first.
pub(super) fn days(path: &str) -> Vec<PathDay> {
    let parts = parts(path);
    let mut found = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let read = FORMS.iter().find_map(|form| form(&parts[at..]));
        let Some((day, taken, end)) = read else {
            at += 1;
            continue;
        };
        found.push(PathDay { day, quote: parts[at..at + taken].join("/"), parts: (at, at + taken), end });
        at += taken;
    }
    found
}

/// `YYYY/MM/DD`.
fn year_month_day_folders(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    let [year, month, day, ..] = parts else { return None };
    Some((real_day(year, month, day)?, 3, None))
}

/// `YYYY/MMDD`.
fn year_folder(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    let [year, rest, ..] = parts else { return None };
    let (month, day) = rest.split_at_checked(2)?;
    Some((real_day(year, month, day)?, 2, None))
}

/// `2014年4月29日` in a name.
fn chinese_date(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    let name = parts.first()?;
    let (year, rest) = name.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, after) = rest.split_once('日')?;
    let year = year.get(year.len().checked_sub(4)?..)?;
    let date = issue_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some((date, 1, Some(name.len() - after.len())))
}

/// The month that a path names without a day: `2015-10/p31.txt`.
pub(super) fn month(path: &str) -> Option<(DateSpan, String)> {
    let folders = parts(path);
    let named = folders.iter().rev().skip(1).find_map(|part| {
        let (year, month) = part.split_at_checked(4)?;
        let month = month.strip_prefix(['-', '_', '.']).filter(|month| month.len() == 2)?;
        let span = DateSpan::month(year.parse().ok()?, month.parse().ok()?)?;
        (1949..=2100).contains(&span.earliest.year()).then_some((span, (*part).to_owned()))
    });
    named.filter(|_| days(path).is_empty())
}

/// `YYYY-MM/DD` and `YYYYMM/DD`.
fn month_folder(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    let [first, day, ..] = parts else { return None };
    let (year, month) = first.split_at_checked(4)?;
    Some((real_day(year, month.strip_prefix('-').unwrap_or(month), day)?, 2, None))
}

/// `YYYY-MM-DD`, alone or inside a name, also with `_` or `.`.
fn date_in_name(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    let name = parts.first()?;
    digit_runs(name).windows(3).find_map(|runs| {
        let [(y, year), (m, month), (d, day)] = runs else { return None };
        let joined = y + 5 == *m && m + 3 == *d && same_separator(name, y + 4, m + 2);
        real_day(year, month, day).filter(|_| joined).map(|date| (date, 1, Some(d + day.len())))
    })
}

fn same_separator(text: &str, first: usize, second: usize) -> bool {
    let bytes = text.as_bytes();
    bytes.get(first) == bytes.get(second) && bytes.get(first).is_some_and(|b| b"-_.".contains(b))
}

/// `YYYYMMDD`, alone or inside a name; a run of more digits is an id.
fn run_in_name(parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    digit_runs(parts.first()?).into_iter().find_map(|(start, run)| {
        let (year, rest) = run.split_at_checked(4).filter(|_| run.len() == 8)?;
        let (month, day) = rest.split_at_checked(2)?;
        Some((real_day(year, month, day)?, 1, Some(start + run.len())))
    })
}

/// The runs of ASCII digits with their places in bytes.
fn digit_runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
        let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| start + at);
        runs.push((start, &text[start..end]));
        rest = end;
    }
    runs
}

fn real_day(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str, width| text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    issue_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A real day on which an issue can have been printed.
pub(super) fn issue_day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).filter(|_| (1949..=2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_and_what_is_none() {
        let cases: &[(&str, &[&str])] = &[
            ("html/2019-12/19/content_2691709.htm", &["2019-12-19"]),
            ("content/202008/27/content_9653.html", &["2020-08-27"]),
            ("yarb/20190126/html/content_20190126002006.htm", &["2019-01-26"]),
            ("grrb/2014/01/28/2/news-9.html", &["2014-01-28"]),
            ("2014-04-29/01.txt", &["2014-04-29"]),
            ("grrb-20140128-02.txt", &["2014-01-28"]),
            ("2014-01-28_A02.txt", &["2014-01-28"]),
            ("2014_01_28.txt", &["2014-01-28"]),
            ("2014.01.28", &["2014-01-28"]),
            ("2014-04/29.txt", &["2014-04-29"]),
            ("n1/2019/0126/c402812.html", &["2019-01-26"]),
            ("工人日报2014年4月29日第3版.txt", &["2014-04-29"]),
            ("2014年13月29日.txt", &[]),
            ("20140428/20140429.txt", &["2014-04-28", "2014-04-29"]),
            ("000_81e97eb5b8ef1b3b.txt", &[]),
            ("28/201404/22/140422061311156.shtml", &["2014-04-22"]),
            ("news/142/679/6038-1.shtml", &[]),
            ("2014-02-30/01.txt", &[]),
            ("18991231.txt", &[]),
            ("1948/12/31/1.txt", &[]),
            ("2014-01_28.txt", &[]),
            ("120140128.txt", &[]),
            ("2013-02-29", &[]),
            ("", &[]),
        ];
        for (path, want) in cases {
            let found: Vec<String> = days(path).iter().map(|found| found.day.to_string()).collect();
            assert_eq!(found, *want, "{path}");
        }
    }
}

//! Days written in paths: folders and names as archives use them.

use crate::model::{Date, DateSpan};
use crate::tables::{PathForm, path_forms};
use regex::Captures;

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
        let Some((day, taken, end)) = path_forms().iter().find_map(|form| read(form, &parts[at..])) else {
            at += 1;
            continue;
        };
        found.push(PathDay { day, quote: parts[at..at + taken].join("/"), parts: (at, at + taken), end });
        at += taken;
    }
    found
}

/// A day in a form: the day, the parts that it takes, and where it ends in a single part.
fn read(form: &PathForm, parts: &[&str]) -> Option<(Date, usize, Option<usize>)> {
    if form.folders {
        let text = parts.iter().take(FOLDERS).copied().collect::<Vec<_>>().join("/");
        let found = form.pattern.captures(&text)?;
        let taken = found.get(0)?.as_str().trim_end_matches('/').matches('/').count() + 1;
        return Some((day_of(&found)?, taken, None));
    }
    let part = parts.first()?;
    let mut from = 0;
    while let Some(found) = form.pattern.captures_at(part, from) {
        let end = found.name("day")?.end();
        if let Some(day) = day_of(&found) {
            let after = part.get(end..).unwrap_or_default();
            return Some((day, 1, Some(end + if after.starts_with('日') { '日'.len_utf8() } else { 0 })));
        }
        from = end;
    }
    None
}

/// Parts that a form takes at most.
const FOLDERS: usize = 4;

fn day_of(found: &Captures<'_>) -> Option<Date> {
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    issue_day(part("year")?.parse().ok()?, part("month")?.parse().ok()?, part("day")?.parse().ok()?)
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
            ("1998年/3月/2日/1.txt", &["1998-03-02"]),
            ("1998/3/2/1.txt", &["1998-03-02"]),
            ("1998年03月/02日/二版.txt", &["1998-03-02"]),
            ("1998年/3月2日/1.txt", &["1998-03-02"]),
            ("1998.3.2/1.txt", &["1998-03-02"]),
            ("1998-3-2_4.txt", &["1998-03-02"]),
            ("12345678_19980302.txt", &["1998-03-02"]),
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

//! The date of the issue: option, item, path, masthead, in this order of trust; never a guess from running text.

mod calendar;
mod days;
mod folio;
pub(super) mod lunar;
mod observe;
mod reasons;
mod score;
pub(super) mod training;
mod words;

pub(super) use days::HELD;
pub(super) use folio::{FolioLikelihood, contradicts_itself, damaged};
pub(super) use observe::{Observation, observe};
pub(super) use reasons::reasons;
pub(super) use score::distribution;
pub(super) use words::{WordScores, pairs};

use super::masthead_block::MastheadBlock;
use super::path::{self, issue_day};
use super::{FactConflict, PageContext, PageOrigin};
use crate::model::{Date, DateInfo, DateSource, DateSpan, Evidence, Story};
use crate::text::{chinese_digit, chinese_number};

/// A date with where it was read.
struct FoundDate {
    span: DateSpan,
    source: DateSource,
    evidence: Evidence,
}

fn confidence(source: DateSource) -> f32 {
    match source {
        DateSource::Editor | DateSource::Flag | DateSource::Item | DateSource::Manifest => 1.0,
        DateSource::Path => 0.97,
        DateSource::Masthead => 0.95,
        DateSource::Folder | DateSource::Page | DateSource::Article | DateSource::None => 0.0,
    }
}

/// The date of a file.
pub(super) fn of_page(origin: &PageOrigin, heads: &[MastheadBlock]) -> DateInfo {
    let flag = origin.date.map(|span| {
        let evidence = Evidence::new("option", span.to_string());
        FoundDate { span, source: DateSource::Flag, evidence }
    });
    let manifest = origin.stated.date.map(|span| {
        let evidence = Evidence::new("manifest", span.to_string());
        FoundDate { span, source: DateSource::Manifest, evidence }
    });
    // The innermost part of a path is the nearest to the page.
    let days = path::days(&origin.path).into_iter().rev().map(|found| {
        let evidence = Evidence::new("path", found.quote);
        FoundDate { span: DateSpan::day(found.day), source: DateSource::Path, evidence }
    });
    let month = path::month(&origin.path).map(|(span, quote)| {
        let evidence = Evidence::new("path", quote);
        FoundDate { span, source: DateSource::Path, evidence }
    });
    let printed = heads.iter().filter_map(|head| {
        let evidence = Evidence::in_block("masthead", head.printed.clone(), Some(head.block));
        Some(FoundDate { span: DateSpan::day(head.day?), source: DateSource::Masthead, evidence })
    });
    trusted(flag.into_iter().chain(manifest).chain(days).chain(printed).chain(month))
}

/// The date of a story: what the item states goes before all but an option.
pub(super) fn of_story(story: &Story, page: &PageContext) -> DateInfo {
    let Some(span) = story.given.date else { return page.date.clone() };
    let evidence = Evidence::new("item", span.to_string());
    let item = FoundDate { span, source: DateSource::Item, evidence };
    let other = page.date.span.map(|span| {
        let evidence = page.date.evidence.first().cloned().unwrap_or_else(|| Evidence::new("page", span.to_string()));
        FoundDate { span, source: page.date.source, evidence }
    });
    let (first, second) = match other {
        Some(flag) if flag.source == DateSource::Flag => (flag, Some(item)),
        other => (item, other),
    };
    trusted(std::iter::once(first).chain(second))
}

/// The first reading; those that contradict it are kept as conflicts.
fn trusted(readings: impl Iterator<Item = FoundDate>) -> DateInfo {
    let mut readings: Vec<FoundDate> = readings.collect();
    // A year or month that is stated of many files leaves the day to what the file says within it.
    if let Some(at) = finer_reading(&readings) {
        let finer = readings.remove(at);
        readings.insert(0, finer);
    }
    let mut readings = readings.into_iter();
    let Some(first) = readings.next() else { return DateInfo::undated() };
    let mut evidence = vec![first.evidence];
    for other in readings.filter(|other| !overlap(first.span, other.span)) {
        evidence.push(Evidence { rule: CONFLICT.into(), ..other.evidence });
    }
    DateInfo::stated(first.span, first.source, confidence(first.source), evidence)
}

/// The first reading of a day within a longer span that a manifest states.
fn finer_reading(readings: &[FoundDate]) -> Option<usize> {
    let stated = readings.first().filter(|first| first.source == DateSource::Manifest)?.span;
    let is_within = |other: &FoundDate| {
        other.span != stated && stated.earliest <= other.span.earliest && other.span.latest <= stated.latest
    };
    readings.iter().position(is_within)
}

/// What contradicts the date of a page: the first reading that says another day.
pub(super) fn conflict(date: &DateInfo) -> Option<FactConflict> {
    let other = date.evidence.iter().find(|evidence| evidence.rule == CONFLICT)?;
    Some(FactConflict { field: "date", kept: date.span?.to_string(), other: other.quote.clone() })
}

/// The rule of evidence that contradicts.
const CONFLICT: &str = "conflict";

fn overlap(a: DateSpan, b: DateSpan) -> bool {
    a.earliest <= b.latest && b.earliest <= a.latest
}

/// The first full date of a folded line, and how many characters stand beside it, white space not counted.
pub(super) fn first_day(text: &str) -> Option<(Date, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let starts = (0..chars.len()).filter(|&at| is_digit(chars[at]) && (at == 0 || !is_digit(chars[at - 1])));
    starts.into_iter().find_map(|at| {
        let (day, end) = day_at(&chars, at)?;
        Some((day, chars[..at].iter().chain(&chars[end..]).filter(|c| !c.is_whitespace()).count()))
    })
}

/// A date that begins here, and where it ends: `2014年4月29日`, `二〇一四年四月二十九日`, `2014-04-29`.
fn day_at(chars: &[char], at: usize) -> Option<(Date, usize)> {
    let (year, end) = number_at(chars, at)?;
    let (mark, end) = mark_at(chars, end)?;
    let (month, end) = number_at(chars, end)?;
    let (second, end) = mark_at(chars, end)?;
    let (day, end) = number_at(chars, end)?;
    let last = mark_at(chars, end).filter(|_| mark == '年');
    let closed = match mark {
        '年' => second == '月' && matches!(last, Some(('日' | '号', _))),
        mark => second == mark && matches!(mark, '-' | '.' | '/'),
    };
    let date = issue_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    closed.then_some((date, last.map_or(end, |(_, end)| end)))
}

/// The next character that is no white space, and where it ends.
pub(super) fn mark_at(chars: &[char], at: usize) -> Option<(char, usize)> {
    let spaces = chars.get(at..)?.iter().take_while(|c| c.is_whitespace()).count();
    chars.get(at + spaces).map(|c| (*c, at + spaces + 1))
}

pub(super) fn number_at(chars: &[char], at: usize) -> Option<(i16, usize)> {
    let at = mark_at(chars, at)?.1 - 1;
    let rest = chars.get(at..)?;
    let length = rest.iter().take_while(|&&c| is_digit(c)).count().min(5);
    let text: String = rest[..length].iter().collect();
    let number = text.parse::<i16>().ok().or_else(|| chinese_number(&text).and_then(|n| i16::try_from(n).ok()))?;
    Some((number, at + length))
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || chinese_digit(c).is_some() || c == '十'
}

#[cfg(test)]
mod tests {
    use super::super::page_context;
    use super::*;
    use crate::model::ArticleKind;

    fn masthead(text: &str) -> Option<String> {
        let page = page_context(&PageOrigin { path: "x.txt".into(), ..PageOrigin::default() }, &[(1, text.to_owned())]);
        page.date.span.map(|span| span.to_string())
    }

    #[test]
    fn every_masthead_form() {
        let cases = [
            ("2014年4月29日", Some("2014-04-29")),
            ("2014 年 4 月 29 日 星期二", Some("2014-04-29")),
            ("二〇一四年四月二十九日 第3版", Some("2014-04-29")),
            ("一九八三年十月十日 星期一", Some("1983-10-10")),
            ("２０１４年４月２９日　星期二", Some("2014-04-29")),
            ("2014-04-29 工人日报", Some("2014-04-29")),
            ("《工人日报》(2014年01月28日 02版)", Some("2014-01-28")),
            ("出版日期:1993年07月17日", Some("1993-07-17")),
            ("工会 00002 亮出职工好声音 2019-12-19 2 2019年12月19日 星期四", Some("2019-12-19")),
            ("2014年4月29日,全市职工运动会开幕", None),
            ("4月29日 星期二", None),
            ("2014年2月30日 星期二", None),
            ("星期二", None),
        ];
        for (text, want) in cases {
            assert_eq!(masthead(text).as_deref(), want, "{text}");
        }
        assert_eq!(masthead(&format!("2014年4月29日 星期二{}", "长".repeat(80))), None);
    }

    #[test]
    fn the_order_of_trust() {
        let span = |text: &str| text.parse::<DateSpan>().unwrap();
        let head = [(7, "2014年4月29日 星期二".to_owned())];
        let mut origin = PageOrigin { path: "2014-04-28/1.txt".into(), ..PageOrigin::default() };
        let page = page_context(&origin, &head);
        assert_eq!((page.date.source, page.date.confidence), (DateSource::Path, 0.97));
        assert_eq!((page.date.evidence[1].rule.as_str(), page.date.evidence[1].block), ("conflict", Some(7)));
        let mut story = Story::new(ArticleKind::News);
        story.given.date = Some(span("2013"));
        let item = of_story(&story, &page);
        assert_eq!((item.source, item.evidence.len()), (DateSource::Item, 2));
        origin.date = Some(span("2014-04"));
        let flagged = page_context(&origin, &head);
        assert_eq!((flagged.date.source, flagged.date.evidence.len()), (DateSource::Flag, 1));
        assert_eq!(of_story(&story, &flagged).source, DateSource::Flag);
    }
}

//! Dates in words → days: `2014年4月`, `2014年上半年`, `去年五一`, `最近三个月`, `2013年春节到2014年5月`. Festivals and the words
//! for years are those of `tables/dates.toml`.

use super::diagnostic::DatePhraseError;
use crate::model::{Date, DateSpan, Precision};
use crate::tables::{Festival, date_words};
use crate::text::{chinese_number, fold};

/// The days a text means, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateBounds {
    /// First day, or unlimited.
    pub from: Option<Date>,
    /// Last day, or unlimited.
    pub to: Option<Date>,
}

/// Between the two ends of a span, longest first.
const TO: [&str; 8] = ["..", "--", "——", "—", "到", "至", "~", "～"];

/// Days before and after a festival that 前后 means.
const AROUND: i64 = 7;

/// The longest text that is looked at.
const LONGEST: usize = 40;

/// The days that a text means. `today` is the day that 今年, 去年五一 and 最近三个月 count from.
///
/// # Errors
/// [`DatePhraseError`].
pub fn read(text: &str, today: Option<Date>) -> Result<DateBounds, DatePhraseError> {
    let plain: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    if plain.is_empty() || plain.chars().count() > LONGEST {
        return Err(DatePhraseError::Empty);
    }
    if let Some(span) = single_date(&plain, today) {
        return Ok(closed(span));
    }
    for sign in TO {
        if let Some((first, last)) = plain.split_once(sign) {
            return span(first, last, today);
        }
    }
    Err(unread(&plain, today))
}

/// Whether a word is nothing but a date with a year.
pub(super) fn looks_like_date(word: &str, today: Option<Date>) -> bool {
    let dated = |word: &str| {
        word.chars().count() <= LONGEST && word.contains(['年', '月']) && single_date(word, today).is_some()
    };
    word.starts_with(|c: char| c.is_ascii_digit()) && dated(word)
}

fn closed(span: DateSpan) -> DateBounds {
    DateBounds { from: Some(span.earliest), to: Some(span.latest) }
}

fn unread(text: &str, today: Option<Date>) -> DatePhraseError {
    if today.is_none() && single_date(text, Date::new(2014, 6, 15)).is_some() {
        return DatePhraseError::NoToday(text.to_owned());
    }
    DatePhraseError::Unknown(text.to_owned())
}

fn span(first: &str, last: &str, today: Option<Date>) -> Result<DateBounds, DatePhraseError> {
    let end = |text: &str| single_date(text, today).ok_or_else(|| unread(text, today));
    let from = if first.is_empty() { None } else { Some(end(first)?) };
    // 2014年4月至6月: the year holds for both ends.
    let year = year_part(first, today).map(|(year, _)| format!("{year}年"));
    let with_year =
        year.and_then(|year| single_date(&format!("{year}{last}"), today)).filter(|_| year_part(last, today).is_none());
    let to = if last.is_empty() { None } else { Some(with_year.map_or_else(|| end(last), Ok)?) };
    let (from, to) = (from.map(|span| span.earliest), to.map(|span| span.latest));
    if from.is_none() && to.is_none() || from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(DatePhraseError::NotBefore { first: first.to_owned(), last: last.to_owned() });
    }
    Ok(DateBounds { from, to })
}

fn single_date(text: &str, today: Option<Date>) -> Option<DateSpan> {
    text.parse().ok().or_else(|| relative_date(text, today?)).or_else(|| decade(text)).or_else(|| {
        match year_part(text, today) {
            Some((year, rest)) => in_year(rest, year),
            None => latest(text, today?),
        }
    })
}

fn days(earliest: Date, latest: Date) -> DateSpan {
    let precision = if earliest == latest { Precision::Day } else { Precision::Unknown };
    DateSpan { earliest, latest, precision }
}

/// 今天, 上周, 本月, 最近三个月: counted from today.
fn relative_date(text: &str, today: Date) -> Option<DateSpan> {
    let month = |back: i32| {
        let months = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 - back;
        DateSpan::month(i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12)).ok()? + 1)
    };
    let week = |back: i64| {
        let monday = today.plus(-today.weekday() - 7 * back)?;
        Some(days(monday, monday.plus(6)?))
    };
    match text {
        "今天" | "今日" => Some(DateSpan::day(today)),
        "昨天" | "昨日" => today.plus(-1).map(DateSpan::day),
        "前天" => today.plus(-2).map(DateSpan::day),
        "本周" | "这周" => week(0),
        "上周" => week(1),
        "本月" | "这个月" | "当月" => month(0),
        "上月" | "上个月" => month(1),
        _ => recent(text, today),
    }
}

/// 近三年, 最近6个月, 过去30天: up to today.
fn recent(text: &str, today: Date) -> Option<DateSpan> {
    let rest = ["最近", "过去", "近"].iter().find_map(|word| text.strip_prefix(word))?;
    let (number, unit) = number_part(rest)?;
    let number = i64::from(number);
    let from = match unit {
        "年" => Date::from_number(today.number() - number * 10_000).or_else(|| today.plus(-365 * number)),
        "个月" | "月" => today.plus(-30 * number),
        "周" | "个星期" | "星期" => today.plus(-7 * number),
        "天" | "日" => today.plus(-number),
        _ => None,
    }?;
    Some(days(from.plus(1)?, today))
}

/// 90年代, 20世纪90年代, 2010年代.
fn decade(text: &str) -> Option<DateSpan> {
    let text = text.strip_suffix("年代")?;
    let text = text.strip_prefix("20世纪").or_else(|| text.strip_prefix("上世纪")).unwrap_or(text);
    let number = number_part(text).filter(|(_, rest)| rest.is_empty())?.0;
    let first = match number {
        1800..2200 => number,
        0..100 => 1900 + number,
        _ => return None,
    };
    let first = i16::try_from(first).ok().filter(|year| year % 10 == 0)?;
    Some(days(Date::new(first, 1, 1)?, Date::new(first + 9, 12, 31)?))
}

/// A number, Arabic or Chinese, at the start of a text, and what follows.
fn number_part(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end > 0 {
        return Some((text[..end].parse().ok()?, &text[end..]));
    }
    let numeral = |c: char| "〇○零一二三四五六七八九十两".contains(c);
    let end = text.find(|c| !numeral(c)).unwrap_or(text.len());
    Some((chinese_number(&text[..end].replace('两', "二"))?, &text[end..]))
}

/// The year a text begins with, and what follows.
fn year_part(text: &str, today: Option<Date>) -> Option<(i16, &str)> {
    for (word, years) in &date_words().relative {
        if let (Some(rest), Some(today)) = (text.strip_prefix(word.as_str()), today) {
            return Some((today.year() + years, rest));
        }
    }
    let (number, rest) = number_part(text)?;
    let year = i16::try_from(number).ok().filter(|year| (1800..2200).contains(year))?;
    let rest = rest.strip_prefix('年').or_else(|| rest.is_empty().then_some(rest))?;
    Some((year, rest.strip_prefix('度').unwrap_or(rest)))
}

/// What follows a year: nothing, a month, a day, a half, a quarter, a festival.
fn in_year(rest: &str, year: i16) -> Option<DateSpan> {
    let between = |first: i8, last: i8| Some(days(Date::new(year, first, 1)?, DateSpan::month(year, last)?.latest));
    match rest {
        "" | "全年" => DateSpan::year(year),
        "上半年" => between(1, 6),
        "下半年" => between(7, 12),
        "年初" | "初" => between(1, 3),
        "年底" | "年末" | "底" | "末" => between(10, 12),
        _ => quarter(rest, year).or_else(|| month(rest, year)).or_else(|| festival(rest, year)),
    }
}

fn quarter(rest: &str, year: i16) -> Option<DateSpan> {
    let number = rest.strip_suffix("季度")?;
    let number = number.strip_prefix('第').unwrap_or(number);
    let (number, rest) = number_part(number)?;
    let number = i8::try_from(number).ok().filter(|number| (1..=4).contains(number) && rest.is_empty())?;
    Some(days(Date::new(year, number * 3 - 2, 1)?, DateSpan::month(year, number * 3)?.latest))
}

/// 4月, 4月份, 4月29日, 四月二十九日, 4月上旬.
fn month(rest: &str, year: i16) -> Option<DateSpan> {
    let (number, rest) = number_part(rest)?;
    let month = i8::try_from(number).ok()?;
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    let whole = DateSpan::month(year, month)?;
    let third = |first: i8, last: Option<Date>| Some(days(Date::new(year, month, first)?, last?));
    match rest {
        "" => Some(whole),
        "上旬" | "初" => third(1, Date::new(year, month, 10)),
        "中旬" => third(11, Date::new(year, month, 20)),
        "下旬" | "底" | "末" => third(21, Some(whole.latest)),
        _ => {
            let (day, rest) = number_part(rest)?;
            let date = Date::new(year, month, i8::try_from(day).ok()?)?;
            matches!(rest, "日" | "号" | "").then(|| DateSpan::day(date))
        }
    }
}

/// 五一, 春节期间, 国庆前后.
fn festival(rest: &str, year: i16) -> Option<DateSpan> {
    let named = |feast: &'static Festival| {
        feast.words.iter().filter_map(move |word| Some((word.len(), feast, rest.strip_prefix(word.as_str())?)))
    };
    let (_, feast, rest) = date_words().feast.iter().flat_map(named).max_by_key(|(length, ..)| *length)?;
    let (month, day) = date_words().day_of(feast, year)?;
    let first = Date::new(year, month, day)?;
    let last = first.plus(feast.lasts - 1)?;
    match rest {
        "" | "期间" | "当天" | "假期" | "长假" => Some(days(first, last)),
        "前后" => Some(days(first.plus(-AROUND)?, last.plus(AROUND)?)),
        "前" | "前夕" => Some(days(first.plus(-AROUND)?, first.plus(-1)?)),
        "后" | "过后" => Some(days(last.plus(1)?, last.plus(AROUND)?)),
        _ => None,
    }
}

/// A month, day or festival without a year: the last one that has begun.
fn latest(text: &str, today: Date) -> Option<DateSpan> {
    let years = [today.year(), today.year() - 1];
    let spans = years
        .into_iter()
        .filter_map(|year| month(text, year).or_else(|| festival(text, year)).or_else(|| quarter(text, year)));
    spans.into_iter().find(|span| span.earliest <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let today = Date::new(2014, 4, 29);
        match read(text, today) {
            Ok(DateBounds { from, to }) => {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                format!("{}..{}", day(from), day(to))
            }
            Err(_) => "-".into(),
        }
    }

    #[test]
    fn dates_in_words() {
        let cases = [
            ("2014", "2014-01-01..2014-12-31"),
            ("2014年", "2014-01-01..2014-12-31"),
            ("2014-04", "2014-04-01..2014-04-30"),
            ("2014/4/29", "2014-04-29..2014-04-29"),
            ("２０１４年４月", "2014-04-01..2014-04-30"),
            ("2014年4月29日", "2014-04-29..2014-04-29"),
            ("二〇一四年四月二十九日", "2014-04-29..2014-04-29"),
            ("2014年上半年", "2014-01-01..2014-06-30"),
            ("2014年第二季度", "2014-04-01..2014-06-30"),
            ("2014年4月上旬", "2014-04-01..2014-04-10"),
            ("去年五一", "2013-05-01..2013-05-01"),
            ("去年国庆", "2013-10-01..2013-10-07"),
            ("2013年春节", "2013-02-10..2013-02-16"),
            ("2013年春节前后", "2013-02-03..2013-02-23"),
            ("前年8月", "2012-08-01..2012-08-31"),
            ("五一", "2013-05-01..2013-05-01"),
            ("3月", "2014-03-01..2014-03-31"),
            ("12月", "2013-12-01..2013-12-31"),
            ("上个月", "2014-03-01..2014-03-31"),
            ("本周", "2014-04-28..2014-05-04"),
            ("昨天", "2014-04-28..2014-04-28"),
            ("近三年", "2011-04-30..2014-04-29"),
            ("最近30天", "2014-03-31..2014-04-29"),
            ("90年代", "1990-01-01..1999-12-31"),
            ("20世纪80年代", "1980-01-01..1989-12-31"),
            ("2010年代", "2010-01-01..2019-12-31"),
            ("2013..2014", "2013-01-01..2014-12-31"),
            ("2014年4月至6月", "2014-04-01..2014-06-30"),
            ("2013年春节到2014年五一", "2013-02-10..2014-05-01"),
            ("..2014年4月", "..2014-04-30"),
            ("2014年4月..", "2014-04-01.."),
            ("2014-04-01..2014-04-30", "2014-04-01..2014-04-30"),
            ("20140429", "2014-04-29..2014-04-29"),
            ("2014年2月30日", "-"),
            ("2015..2014", "-"),
            ("..", "-"),
            ("工会", "-"),
            ("", "-"),
        ];
        for (written, want) in cases {
            assert_eq!(text(written), want, "{written}");
        }
    }

    #[test]
    fn without_a_stated_day_relative_words_are_not_guessed() {
        assert_eq!(read("去年五一", None).unwrap_err(), DatePhraseError::NoToday("去年五一".to_owned()));
        assert!(read("2014年五一", None).is_ok());
    }
}

//! Dates as people write them → days, months, years: `2014-04-29`, `2014/4/29`, `2014.4.29`, `20140429`, `2014年4月29日`,
//! `二〇一四年四月二十九日`, with digits of any width. The year stands first and has four digits; nothing is guessed.

use super::date::{Date, DateSpan, Precision};
use std::str::FromStr;

/// The forms that are read, in words.
pub const DATE_FORMS: &str = "2014, 2014-04, 2014-04-29, 2014/4/29, 2014.4.29, 20140429, 2014年4月29日";

/// The longest text that is looked at, in characters.
const LONGEST: usize = 40;

/// The text is not a date of one of the accepted forms.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: use a form such as {DATE_FORMS}, a real day from 1800 to 2199")]
pub struct DateParseError(String);

impl FromStr for DateSpan {
    type Err = DateParseError;

    /// Reads a day, a month or a year of one of [`DATE_FORMS`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        span(text).ok_or_else(|| error(text))
    }
}

impl FromStr for Date {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<DateSpan>()? {
            DateSpan { earliest, precision: Precision::Day, .. } => Ok(earliest),
            _ => Err(error(text)),
        }
    }
}

fn error(text: &str) -> DateParseError {
    DateParseError(text.chars().take(64).collect())
}

fn span(text: &str) -> Option<DateSpan> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let plain: String = text.trim().chars().map(half_width).collect();
    if plain.len() == 8 && is_digits(&plain) {
        return Date::from_number(plain.parse().ok()?).map(DateSpan::day);
    }
    if plain.contains('年') {
        return chinese(&plain);
    }
    let sign = plain.chars().find(|c| !c.is_ascii_digit()).unwrap_or('-');
    let parts: Vec<&str> = if "-/.".contains(sign) { plain.split(sign).collect() } else { return None };
    match parts.as_slice() {
        [year] => DateSpan::year(year_of(year)?),
        [year, month] => DateSpan::month(year_of(year)?, small(month)?),
        [year, month, day] => Date::new(year_of(year)?, small(month)?, small(day)?).map(DateSpan::day),
        _ => None,
    }
}

/// `2014年`, `2014年4月`, `二〇一四年四月二十九日`, with white space between the parts or not.
fn chinese(text: &str) -> Option<DateSpan> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = plain.split_once('年')?;
    let digits: String = year.chars().map(|c| digit(c).map_or(c, |digit| char::from(b'0' + digit))).collect();
    let year = year_of(&digits)?;
    if rest.is_empty() {
        return DateSpan::year(year);
    }
    let (month, rest) = rest.split_once('月')?;
    let month = numeral(month)?;
    match rest.strip_suffix(['日', '号']) {
        Some(day) => Date::new(year, month, numeral(day)?).map(DateSpan::day),
        None => rest.is_empty().then(|| DateSpan::month(year, month))?,
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '／' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '\u{2010}'..='\u{2013}' => '-',
        _ => c,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn year_of(text: &str) -> Option<i16> {
    text.parse().ok().filter(|_| text.len() == 4 && is_digits(text))
}

/// A month or a day of one or two digits.
fn small(text: &str) -> Option<i8> {
    text.parse().ok().filter(|_| text.len() <= 2 && is_digits(text))
}

/// The value of a Chinese digit.
fn digit(c: char) -> Option<u8> {
    match c {
        '○' | '零' | 'Ｏ' | '〇' => Some(0),
        _ => "一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u8::try_from(at + 1).ok()),
    }
}

/// A number up to 99 in digits or in Chinese numerals: `29`, `二十九`, `廿九`, `二九`.
fn numeral(text: &str) -> Option<i8> {
    if is_digits(text) {
        return small(text);
    }
    let spelt = text.replace('廿', "二十").replace('卅', "三十");
    let of = |text: &str| {
        let digits = text.chars().map(|c| digit(c).map(i8::try_from)).collect::<Option<Result<Vec<_>, _>>>()?.ok()?;
        match digits.as_slice() {
            [one] => Some(*one),
            [ten, one] => Some(ten * 10 + one),
            _ => None,
        }
    };
    let Some((tens, ones)) = spelt.split_once('十') else { return of(&spelt) };
    let part = |text: &str, usual: i8| if text.is_empty() { Some(usual) } else { of(text).filter(|n| *n < 10) };
    Some(part(tens, 1)? * 10 + part(ones, 0)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (written, want) in [
            ("2014", "2014"),
            ("2014-04", "2014-04"),
            ("2014-1", "2014-01"),
            ("2014-1-2", "2014-01-02"),
            ("2014/01/02", "2014-01-02"),
            ("2014.1.2", "2014-01-02"),
            ("20140104", "2014-01-04"),
            ("２０１４－０１－０４", "2014-01-04"),
            ("２０１４／１／４", "2014-01-04"),
            ("2014年", "2014"),
            ("2014年1月", "2014-01"),
            ("2014年1月3日", "2014-01-03"),
            ("2014年01月03号", "2014-01-03"),
            ("２０１４年１月３日", "2014-01-03"),
            (" 2014 年 1 月 3 日 ", "2014-01-03"),
            ("二〇一四年一月三日", "2014-01-03"),
            ("二○一四年十二月", "2014-12"),
            ("一九八七年十月二十九日", "1987-10-29"),
            ("二零一四年四月三十日", "2014-04-30"),
            ("一九八七年十二月廿九日", "1987-12-29"),
            ("一九八七年十月卅日", "1987-10-30"),
        ] {
            assert_eq!(written.parse::<DateSpan>().map(|span| span.to_string()).as_deref(), Ok(want), "{written}");
        }
    }

    /// A number from 1 to 31 as it is spoken.
    fn spoken(number: i8) -> String {
        let digit = |n: i8| "〇一二三四五六七八九".chars().nth(usize::try_from(n).unwrap()).unwrap().to_string();
        match (number / 10, number % 10) {
            (0, ones) => digit(ones),
            (1, 0) => "十".to_owned(),
            (1, ones) => format!("十{}", digit(ones)),
            (tens, 0) => format!("{}十", digit(tens)),
            (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
        }
    }

    #[test]
    fn every_form_of_a_day_is_that_day() {
        let (mut day, end) = (Date::new(1949, 10, 1).unwrap(), Date::new(2032, 1, 1).unwrap());
        while day < end {
            let (y, m, d) = (day.year(), day.month(), day.day());
            let year: String = y.to_string().chars().map(|c| spoken(c.to_digit(10).unwrap() as i8)).collect();
            let forms = [
                format!("{y}-{m:02}-{d:02}"),
                format!("{y}-{m}-{d}"),
                format!("{y}/{m}/{d}"),
                format!("{y}.{m:02}.{d:02}"),
                format!("{y}{m:02}{d:02}"),
                format!("{y}年{m}月{d}日"),
                format!("{y} 年 {m:02} 月 {d:02} 日"),
                format!("{year}年{}月{}日", spoken(m), spoken(d)),
            ];
            for form in &forms {
                assert_eq!(form.parse::<Date>().as_ref(), Ok(&day), "{form}");
                let wide: String = form
                    .chars()
                    .map(|c| {
                        if c.is_ascii_digit() || "./-".contains(c) {
                            char::from_u32(u32::from(c) + 0xFEE0).unwrap()
                        } else {
                            c
                        }
                    })
                    .collect();
                assert_eq!(wide.parse::<Date>().as_ref(), Ok(&day), "{wide}");
            }
            day = day.plus(5).unwrap();
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "",
            "14",
            "201404",
            "2014-13",
            "2014-02-30",
            "2013-02-29",
            "2014-04-29-1",
            "0999",
            "-014",
            "+014",
            "2014-",
            "2014--4",
            "2014-4/29",
            "2014年13月",
            "2014年2月30日",
            "14年4月",
            "2014年4",
            "2014年4月29",
            "2014年月日",
            "年",
            "20141301",
            "2014-004",
            "4/29/2014",
            "29.4.2014",
            "二〇一四",
            "2014年百月",
            "2014年十十月",
            "2014年一二三月",
            "2014..4",
        ] {
            assert!(bad.parse::<DateSpan>().is_err(), "{bad}");
        }
        assert!("2014年1月".parse::<Date>().is_err());
        assert!("9".repeat(1000).parse::<DateSpan>().is_err());
    }

    #[test]
    fn an_error_names_the_forms() {
        let told = "gestern".parse::<Date>().unwrap_err().to_string();
        assert!(told.contains("`gestern`") && told.contains("2014年4月29日"), "{told}");
    }
}

//! Days as pages write them, and which of them cannot be the day of an issue.

use crate::model::Date;
use crate::text::{chinese_digit, chinese_number};

/// The day, where an issue can be of it: systems write the first day that they can count where they know none.
pub(super) fn real_day(year: i16, month: i8, day: i8) -> Option<Date> {
    let is_zero = matches!((year, month, day), (1970 | 1900, 1, 1) | (1899, 12, 30 | 31));
    Date::new(year, month, day).filter(|_| year >= 1850 && !is_zero)
}

/// The first day that a text names.
pub(super) fn day_in(text: &str) -> Option<Date> {
    let chars: Vec<char> = text.chars().take(MOST_CHARACTERS).collect();
    let begins = |at: &usize| is_digit(chars[*at]) && (*at == 0 || !is_digit(chars[*at - 1]));
    (0..chars.len()).filter(begins).find_map(|at| day_at(&chars, at))
}

/// The day of a value that is nothing but a time: also `20140428193000` and seconds since 1970, in China.
pub(super) fn day_of_value(value: &str) -> Option<Date> {
    let bare = value.trim();
    let digits = bare.len() >= 8 && bare.bytes().all(|byte| byte.is_ascii_digit());
    match bare.len() {
        10 if digits => day_of_seconds(bare.parse().ok()?),
        13 if digits => day_of_seconds(bare.parse::<i64>().ok()? / 1000),
        8 | 12 | 14 if digits => real_day(bare[..4].parse().ok()?, bare[4..6].parse().ok()?, bare[6..8].parse().ok()?),
        _ => day_in(bare),
    }
}

/// Characters that are looked at for a day.
const MOST_CHARACTERS: usize = 400;

/// Seconds that China is ahead of the time of the world.
const CHINA: i64 = 8 * 3600;

fn day_of_seconds(seconds: i64) -> Option<Date> {
    let day = Date::new(1970, 1, 1)?.plus((seconds + CHINA).div_euclid(86_400))?;
    real_day(day.year(), day.month(), day.day())
}

/// A day that begins here: `2014年4月29日`, `二〇一四年四月二十九日`, `2014-4-29`, `25.01.2015`, `20140429`.
fn day_at(chars: &[char], at: usize) -> Option<Date> {
    if let Some(day) = run_at(chars, at) {
        return Some(day);
    }
    let (first, end) = number_at(chars, at)?;
    let (mark, end) = mark_at(chars, end)?;
    let (second, end) = number_at(chars, end)?;
    let (other, end) = mark_at(chars, end)?;
    let (third, end) = number_at(chars, end)?;
    let small = |number: i16| i8::try_from(number).ok();
    match mark {
        '年' if other == '月' && mark_at(chars, end).is_some_and(|(last, _)| matches!(last, '日' | '号')) => {
            real_day(first, small(second)?, small(third)?)
        }
        '-' | '/' | '.' if other == mark && first >= 1000 => real_day(first, small(second)?, small(third)?),
        '.' if other == mark && third >= 1000 => real_day(third, small(second)?, small(first)?),
        _ => None,
    }
}

/// Eight digits.
fn run_at(chars: &[char], at: usize) -> Option<Date> {
    let run: String = chars[at..].iter().take_while(|c| c.is_ascii_digit()).take(9).collect();
    let (year, rest) = run.split_at_checked(4).filter(|_| run.len() == 8)?;
    real_day(year.parse().ok()?, rest[..2].parse().ok()?, rest[2..].parse().ok()?)
}

fn mark_at(chars: &[char], at: usize) -> Option<(char, usize)> {
    let spaces = chars.get(at..)?.iter().take_while(|c| c.is_whitespace()).take(4).count();
    chars.get(at + spaces).map(|c| (*c, at + spaces + 1))
}

fn number_at(chars: &[char], at: usize) -> Option<(i16, usize)> {
    let at = mark_at(chars, at)?.1 - 1;
    let rest = chars.get(at..)?;
    let length = rest.iter().take_while(|c| is_digit(**c)).count().min(5);
    let folded =
        |c: &char| if is_wide_digit(*c) { char::from_u32(*c as u32 - 0xFF10 + 0x30).unwrap_or(*c) } else { *c };
    let text: String = rest[..length].iter().map(folded).collect();
    let number = text.parse::<i16>().ok().or_else(|| chinese_number(&text).and_then(|n| i16::try_from(n).ok()))?;
    Some((number, at + length))
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_wide_digit(c) || chinese_digit(c).is_some() || c == '十'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_day() {
        let cases = [
            ("发布时间：2014年01月28日 19:30", "2014-01-28"),
            ("２０１４年４月２９日", "2014-04-29"),
            ("二〇二四年十二月三十一日", "2024-12-31"),
            ("2014-1-8 07:00", "2014-01-08"),
            ("2014/01/28", "2014-01-28"),
            ("25.01.2015", "2015-01-25"),
            ("20140128", "2014-01-28"),
            ("1970-01-01 08:00", ""),
            ("1970-01-01 2014-01-28", "2014-01-28"),
            ("©2013-2014", ""),
            ("2014年1月", ""),
            ("2014-02-30", ""),
            ("电话 0951-2014-1234", ""),
            ("", ""),
        ];
        for (text, want) in cases {
            assert_eq!(day_in(text).map(|day| day.to_string()).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn a_value_may_be_a_number() {
        let day = |text: &str| day_of_value(text).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(
            (day("20140128193000"), day("1390908600"), day("1390908600000")),
            ("2014-01-28".into(), "2014-01-28".into(), "2014-01-28".into())
        );
        assert_eq!(
            (day("2014-01-28T19:30:00+08:00"), day("0"), day("00000000")),
            ("2014-01-28".into(), String::new(), String::new())
        );
    }
}

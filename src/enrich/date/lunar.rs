//! Days and years of the traditional calendar as papers print them: 腊月廿三, 二月初二, 马年, 甲午年.

use crate::model::Date;
use crate::tables::date_words;
use std::sync::OnceLock;

/// The first day of a lunar year; `None` outside 1949–2050.
pub(in crate::enrich) fn new_year(year: i16) -> Option<Date> {
    const FIRST: i16 = 1949;
    static DAYS: OnceLock<Vec<Option<Date>>> = OnceLock::new();
    let of = |year: i16| date_words().new_year(year).and_then(|(month, day)| Date::new(year, month, day));
    let days = DAYS.get_or_init(|| (FIRST..=2050).map(of).collect());
    *days.get(usize::try_from(year - FIRST).ok()?)?
}

/// The day that is a day of a lunar year, leap months passed over; `None` outside 1949–2050.
pub(in crate::enrich) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    let mut left = month;
    let mut days = i64::from(day) - 1;
    for (length, leap) in date_words().lunar_months(year)? {
        left -= i8::from(!leap);
        if left == 0 && !leap {
            return new_year(year)?.plus(days).filter(|_| i64::from(day) <= *length);
        }
        days += length;
    }
    None
}

/// The twelve animals, from the year 2008.
const ANIMALS: &str = "鼠牛虎兔龙蛇马羊猴鸡狗猪";
/// A year of the rat, and the first of a cycle of sixty.
const RAT: (i16, i16) = (2008, 1984);
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
/// Digits from one.
const DIGITS: &str = "一二三四五六七八九十";
/// What a day, or a year, of the traditional calendar begins with, but for numbers.
pub(in crate::enrich) const FIRSTS: &str = "正冬腊农鼠牛虎兔龙蛇马羊猴鸡狗猪甲乙丙丁戊己庚辛壬癸";

/// Where a character stands in a list.
fn place(list: &str, c: Option<&char>) -> Option<i16> {
    let at = list.chars().position(|other| Some(&other) == c)?;
    i16::try_from(at).ok()
}

/// The cycle and a year of it that begin here, and where they end: 马年, 甲午年.
pub(in crate::enrich) fn cycle_at(chars: &[char], at: usize) -> Option<(i16, i16, usize)> {
    if let Some(animal) = place(ANIMALS, chars.get(at)).filter(|_| chars.get(at + 1) == Some(&'年')) {
        return Some((12, RAT.0 + animal, at + 2));
    }
    let (stem, branch) = (place(STEMS, chars.get(at))?, place(BRANCHES, chars.get(at + 1))?);
    let number = (0..60).find(|number| number % 10 == stem && number % 12 == branch)?;
    (chars.get(at + 2) == Some(&'年')).then_some((60, RAT.1 + number, at + 3))
}

/// The month and day that begin here, and where they end; a leap month is none. A day that could be one of the common
/// calendar is taken only after 农历.
pub(in crate::enrich) fn day_at(chars: &[char], at: usize) -> Option<(i8, i8, usize)> {
    let named = chars.get(at..)?.starts_with(&['农', '历']);
    let mut at = if named { at + 2 } else { at };
    if named && let Some((_, _, end)) = cycle_at(chars, at) {
        at = end;
    }
    let (month, own, end) = month_at(chars, at)?;
    let (day, form, end) = day_after(chars, end)?;
    (named || form || own).then_some((month, day, end))
}

/// The month that begins here, whether its name is of the traditional calendar alone, and where it ends.
fn month_at(chars: &[char], at: usize) -> Option<(i8, bool, usize)> {
    let rest = chars.get(at..)?;
    let names = [("正月", 1), ("腊月", 12), ("冬月", 11)];
    let starts = |word: &str| rest.len() >= word.chars().count() && word.chars().zip(rest).all(|(a, b)| a == *b);
    if let Some((_, month)) = names.into_iter().find(|(name, _)| starts(name)) {
        return Some((month, true, at + 2));
    }
    let month = |month: i8, length: usize| (rest.get(length) == Some(&'月')).then_some((month, false, at + length + 1));
    match (place(DIGITS, rest.first()), place(DIGITS, rest.get(1))) {
        (Some(9), Some(ones @ 0..=1)) => month(11 + ones as i8, 2),
        (Some(digit), _) => month(digit as i8 + 1, 1),
        _ => None,
    }
}

/// The day that stands here, whether its form is of the traditional calendar alone, and where it ends.
fn day_after(chars: &[char], at: usize) -> Option<(i8, bool, usize)> {
    let digit = |at: usize| place(DIGITS, chars.get(at)).map(|digit| digit as i8 + 1);
    let no_day = |end: usize| chars.get(end).is_none_or(|c| !matches!(c, '日' | '号' | '余' | '多'));
    let (day, form, end) = match (chars.get(at)?, digit(at + 1)) {
        ('初', Some(day)) => (day, true, at + 2),
        ('廿', Some(day @ 1..=9)) => (20 + day, true, at + 2),
        ('十', Some(day @ 1..=9)) => (10 + day, false, at + 2),
        ('二', Some(10)) => (20, false, at + 2),
        ('三', Some(10)) => (30, false, at + 2),
        _ => return None,
    };
    no_day(end).then_some((day, form, end))
}

/// The month and day of the traditional calendar beside a day that ends here: 1月23日(农历腊月廿三).
pub(in crate::enrich) fn lunar_day_beside(chars: &[char], end: usize) -> Option<(i8, i8)> {
    let at = end + usize::from(matches!(chars.get(end), Some('(' | ',' | '、')));
    let (month, day, _) = day_at(chars, at)?;
    Some((month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_traditional_calendar() {
        let cases = [
            ("腊月廿三过小年", Some((12, 23))),
            ("正月十五闹元宵", Some((1, 15))),
            ("正月初八", Some((1, 8))),
            ("二月初二龙抬头", Some((2, 2))),
            ("十一月初九", Some((11, 9))),
            ("农历八月十五", Some((8, 15))),
            ("农历癸巳年腊月廿九", Some((12, 29))),
            ("八月十五日", None),
            ("八月十五", None),
            ("二月里", None),
            ("腊月里", None),
        ];
        for (text, want) in cases {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(day_at(&chars, 0).map(|(month, day, _)| (month, day)), want, "{text}");
        }
    }

    #[test]
    fn lunar_years_follow_each_other() {
        for year in 1949..2050 {
            let days: i64 = date_words().lunar_months(year).unwrap().iter().map(|(days, _)| days).sum();
            assert_eq!(new_year(year).unwrap().plus(days), new_year(year + 1), "{year}");
        }
        let day = |year, month, day| date(year, month, day).map(|day| day.to_string());
        assert_eq!(day(2013, 12, 29).as_deref(), Some("2014-01-29"));
        assert_eq!(day(2020, 5, 5).as_deref(), Some("2020-06-25"));
        assert_eq!(day(2014, 8, 15).as_deref(), Some("2014-09-08"));
        assert_eq!(day(2014, 1, 31), None);
    }

    #[test]
    fn years_of_cycles() {
        let cases = [
            ("马年", Some((12, 2014))),
            ("甲午年", Some((60, 2014))),
            ("癸巳年", Some((60, 2013))),
            ("甲午战争", None),
        ];
        for (text, want) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = cycle_at(&chars, 0).map(|(period, year, _)| (period, year));
            let same = |a: (i16, i16), b: (i16, i16)| a.0 == b.0 && (a.1 - b.1) % a.0 == 0;
            assert!(found.zip(want).map_or(found == want, |(a, b)| same(a, b)), "{text} {found:?}");
        }
    }
}

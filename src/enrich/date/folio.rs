//! A folio line whose date does not read as one, for a character or two that were read wrongly: how probable each day is
//! after what is printed, compared character by character.

use super::{HELD, is_digit, lunar};
use crate::enrich::path::issue_day;
use crate::model::{Date, Evidence};
use crate::tables::date_words;
use crate::text::{chinese_digit, chinese_digits, chinese_number, chinese_numeral, fold};

/// Longest block, in characters without white space.
const LONGEST: usize = 80;
/// Longest block at an edge of the page that is a folio line by its date alone.
const SHORT: usize = 24;
/// Blocks from the first and from the last that need no word of a folio line.
const EDGE: usize = 3;
/// Years that a damaged line may be of: those whose days are known.
const YEARS: std::ops::RangeInclusive<i16> = 1949..=2050;
/// Logarithms of the probability that a character is printed as itself, as one that looks like it, as another one.
const READ: [f64; 3] = [-0.03, -4.5, -6.5];
/// What it costs a day that the lunar day beside it is another one.
const OTHER_LUNAR_DAY: f64 = -5.0;
/// A day that is so much less probable than the best one is left out.
const FAR: f64 = 16.0;
/// Characters after a date in which the weekday stands.
const WEEKDAY_WITHIN: usize = 12;
/// Characters of a date that may be wrong.
const WRONG: usize = 2;

/// Days by a damaged folio line, with the logarithms of their probabilities up to a constant.
pub(in crate::enrich) struct FolioLikelihood {
    /// In their order; those left out are less probable than the best one by `FAR` at least.
    pub days: Vec<(Date, f64)>,
    /// The line.
    pub evidence: Evidence,
}

impl FolioLikelihood {
    /// The most that it says of a day of a year.
    pub(in crate::enrich) fn most_in(&self, year: i16) -> f64 {
        self.days.iter().filter(|(day, _)| day.year() == year).map(|(_, score)| *score).fold(-FAR, f64::max)
    }

    /// What it says of a day.
    pub(in crate::enrich) fn of_day(&self, day: Date) -> f64 {
        let found = self.days.binary_search_by_key(&day, |(day, _)| *day);
        found.map_or(-FAR, |at| self.days[at].1)
    }

    /// The day that holds nine tenths, if one does.
    pub(in crate::enrich) fn sure_day(&self) -> Option<Date> {
        let (day, best) = self.days.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let sum: f64 = self.days.iter().map(|(_, score)| (score - best).exp()).sum();
        (1.0 / sum >= HELD).then_some(*day)
    }
}

/// The characters of a line without white space, each with whether white space stands before it.
struct FolioChars {
    text: Vec<char>,
    parted: Vec<bool>,
}

impl FolioChars {
    fn from_printed(printed: &str) -> Self {
        let mut line = Self { text: Vec::new(), parted: Vec::new() };
        let mut space = true;
        for c in printed.chars().map(fold) {
            if c.is_whitespace() {
                space = true;
                continue;
            }
            line.text.push(c);
            line.parted.push(std::mem::take(&mut space));
        }
        line
    }
}

/// A date as it is laid out: its characters, and where its numbers stand.
struct FolioLayout<'a> {
    year: &'a [char],
    month: &'a [char],
    day: &'a [char],
    weekday: Option<char>,
    lunar: Option<(i8, i8)>,
    wrong: usize,
}

/// The folio line among the short blocks of a page, number and text, that states no day as it is printed.
pub(in crate::enrich) fn damaged(blocks: &[(u32, String)]) -> Option<FolioLikelihood> {
    let last = blocks.iter().map(|(number, _)| *number).max().unwrap_or(0) as usize;
    let read = blocks.iter().filter_map(|(number, printed)| {
        let edge = (*number as usize) <= EDGE || *number as usize + EDGE > last;
        if !edge && !["版", "星期", "报"].iter().any(|word| printed.contains(word)) {
            return None;
        }
        let line = Some(FolioChars::from_printed(printed)).filter(|line| line.text.len() <= LONGEST)?;
        let alone = edge && line.text.len() <= SHORT;
        let layout = layout(&line).filter(|layout| alone || is_damaged(layout))?;
        let evidence = Evidence::in_block("masthead", printed.clone(), Some(*number));
        Some((layout.wrong, FolioLikelihood { days: days(&layout), evidence }))
    });
    let best = read.min_by_key(|(wrong, _)| *wrong)?.1;
    (!best.days.is_empty()).then_some(best)
}

/// Whether a line needs more than to be read: a character is wrong, or the weekday is of another day.
fn is_damaged(layout: &FolioLayout) -> bool {
    let Some(day) = stated_date(layout) else { return true };
    layout.wrong > 0 || layout.weekday.is_some_and(|weekday| Some(day.weekday()) != weekday_number(weekday))
}

/// Whether a line reads as a date beside which the weekday of another day stands, or as a day of no issue.
pub(in crate::enrich) fn contradicts_itself(printed: &str) -> bool {
    layout(&FolioChars::from_printed(printed)).is_some_and(|layout| layout.wrong == 0 && is_damaged(&layout))
}

fn weekday_number(c: char) -> Option<i64> {
    let at = "一二三四五六日天".chars().position(|day| day == c)?;
    Some(at.min(6) as i64)
}

fn stated_date(layout: &FolioLayout) -> Option<Date> {
    let number = |chars: &[char]| {
        let text: String = chars.iter().collect();
        text.parse::<i16>().ok().or_else(|| i16::try_from(chinese_number(&text)?).ok())
    };
    let small = |chars| number(chars).and_then(|number| i8::try_from(number).ok());
    issue_day(number(layout.year)?, small(layout.month)?, small(layout.day)?)
}

/// The date of a line that has the fewest characters wrong.
fn layout(line: &FolioChars) -> Option<FolioLayout<'_>> {
    let lengths = (1..=2).flat_map(|month| (1..=3).map(move |day| (month, day)));
    let all = (0..line.text.len()).flat_map(|at| lengths.clone().map(move |lengths| (at, lengths)));
    let laid = all.filter_map(|(at, (month, day))| match_layout(line, at, month, day));
    laid.min_by_key(|layout| (layout.wrong, usize::MAX - layout.month.len() - layout.day.len()))
}

fn match_layout(line: &FolioChars, at: usize, month: usize, day: usize) -> Option<FolioLayout<'_>> {
    let text = &line.text;
    let marks = [at + 4, at + 5 + month, at + 6 + month + day];
    let end = marks[2] + 1;
    if text.len() < end || at > 0 && is_digit(text[at - 1]) && !line.parted[at] {
        return None;
    }
    let (year, month) = (&text[at..marks[0]], &text[marks[0] + 1..marks[1]]);
    let day = &text[marks[1] + 1..marks[2]];
    let numerals = [year, month, day].iter().flat_map(|part| part.iter()).filter(|c| !is_digit(**c)).count();
    let missing = marks.iter().zip(['年', '月', '日']).filter(|(at, mark)| text[**at] != *mark).count();
    let wrong = numerals + missing;
    if wrong > WRONG {
        return None;
    }
    let after = &text[end..text.len().min(end + WEEKDAY_WITHIN)];
    let week = after.windows(2).position(|pair| pair[0] == '星' || pair[1] == '期').map(|at| at + 2);
    let week = week.or_else(|| after.iter().position(|c| *c == '周').map(|at| at + 1));
    let weekday = week.and_then(|at| after.get(at)).copied();
    let lunar = (0..text.len()).find_map(|at| lunar::day_at(text, at)).map(|(month, day, _)| (month, day));
    Some(FolioLayout { year, month, day, weekday, lunar, wrong })
}

/// How probable each day is after what is printed.
fn days(layout: &FolioLayout) -> Vec<(Date, f64)> {
    let chinese = layout.year.iter().filter(|c| chinese_digit(**c).is_some()).count() >= 2;
    let mut found: Vec<(Date, f64)> = Vec::new();
    let Some(first) = Date::new(*YEARS.start(), 1, 1) else { return found };
    let all = (0..).map_while(|n| first.plus(n)).take_while(|day| day.year() <= *YEARS.end());
    for day in all {
        let of_year = compared(&year_text(day.year(), chinese), layout.year);
        let numbers = [(day.month(), layout.month), (day.day(), layout.day)];
        let parts = numbers.map(|(number, printed)| compared(&number_text(number, printed.len(), chinese), printed));
        let score = of_year + parts[0] + parts[1] + calendar_likelihood(layout, day);
        found.push((day, score));
    }
    let best = found.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    found.retain_mut(|(_, score)| {
        *score -= best;
        *score > -FAR
    });
    found
}

/// What the weekday and the lunar day of a line say of a day.
fn calendar_likelihood(layout: &FolioLayout, day: Date) -> f64 {
    let weekday = layout.weekday.map_or(0.0, |printed| {
        let own = "一二三四五六日".chars().nth(usize::try_from(day.weekday()).unwrap_or(0)).unwrap_or('日');
        if own == '日' && printed == '天' { READ[0] } else { char_likelihood(own, printed) }
    });
    let lunar = layout.lunar.map_or(0.0, |(of, on)| {
        let years = [day.year() - 1, day.year()].into_iter();
        let fits = years.filter_map(|year| lunar::date(year, of, on)).any(|other| other == day);
        if fits { 0.0 } else { OTHER_LUNAR_DAY }
    });
    weekday + lunar
}

fn year_text(year: i16, chinese: bool) -> String {
    let text = year.to_string();
    if chinese { chinese_digits(&text) } else { text }
}

/// A number in as many characters as are printed; empty where it has not so many.
fn number_text(number: i8, length: usize, chinese: bool) -> String {
    let text = if chinese { chinese_numeral(number.unsigned_abs().into()) } else { format!("{number:0length$}") };
    if text.chars().count() == length { text } else { String::new() }
}

/// How probable it is that a text is printed so.
fn compared(own: &str, printed: &[char]) -> f64 {
    if own.is_empty() {
        return f64::NEG_INFINITY;
    }
    own.chars().zip(printed).map(|(own, printed)| char_likelihood(own, *printed)).sum()
}

fn char_likelihood(own: char, printed: char) -> f64 {
    let alike = date_words().lookalike.get(&own).is_some_and(|others| others.contains(printed));
    match () {
        () if own == printed || own == '〇' && matches!(printed, '零' | '○') => READ[0],
        () if alike => READ[1],
        () => READ[2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> Option<String> {
        let folio = damaged(&[(1, text.to_owned())])?;
        folio.days.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(day, _)| day.to_string())
    }

    #[test]
    fn folio_lines_with_wrong_characters() {
        let cases = [
            ("2O14年4月29日 星期二 第3版", Some("2014-04-29")),
            ("2014午4月29日 星期二 第3版", Some("2014-04-29")),
            ("2014年4月2S日 星期五 工会新闻", Some("2014-04-25")),
            ("二O一四年四月二十九曰 星期二", Some("2014-04-29")),
            ("2014午4目29日 星期二 第3版", Some("2014-04-29")),
            ("2014年4月29日 星朝二", Some("2014-04-29")),
            ("2Q14年1月29日 农历癸巳年腊月廿九", Some("2014-01-29")),
            ("9  2074年4月29日　星期二", Some("2014-04-29")),
            ("全市职工运动会今天开幕", None),
        ];
        for (text, want) in cases {
            assert_eq!(best(text).as_deref(), want, "{text}");
        }
        assert!(contradicts_itself("2014年4月28日 星期二 工会新闻") && !contradicts_itself("2014年4月29日 星期二"));
        let folio = damaged(&[(1, "2014年4月28日 星期二 工会新闻".to_owned())]).unwrap();
        assert!(folio.of_day("2014-04-29".parse().unwrap()) > -7.0 && folio.days.len() > 1);
    }
}

//! The number of an issue 期号, as folio lines and mastheads print it: 总第3456期, 第1234号.

use crate::model::Evidence;
use crate::text::{chinese_digit, fold};

/// Longest line that may hold one, in characters.
const LONGEST: usize = 80;
/// Characters before a number that make it one of something else: a licence, an order.
const OF_OTHERS: &str = "字证文令登";
/// What may follow a number without white space.
const AFTER: [&str; 4] = ["今日", "本期", "出版", "农历"];
/// Digits of a number, at most.
const DIGITS: usize = 6;

/// A number with where it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IssueNumber {
    /// The number.
    pub number: u32,
    /// The line.
    pub evidence: Evidence,
}

/// The number of the issue among the short lines of a page: the count of all issues before that of the year.
pub(super) fn printed(lines: &[(u32, String)]) -> Option<IssueNumber> {
    let found = lines.iter().filter_map(|(block, line)| {
        let (rank, number) = number_of(line)?;
        let evidence = Evidence::in_block("issue number", line.trim().to_owned(), Some(*block));
        Some((rank, IssueNumber { number, evidence }))
    });
    found.min_by_key(|(rank, _)| *rank).map(|(_, number)| number)
}

/// The number in a line, and how much it is that of the issue: 0 for 总第3456期.
fn number_of(line: &str) -> Option<(u8, u32)> {
    if !line.contains(['期', '号']) || line.chars().count() > LONGEST {
        return None;
    }
    let chars: Vec<char> = line.chars().map(fold).collect();
    let ends = (0..chars.len()).filter(|at| matches!(chars[*at], '期' | '号') && is_closed(&chars[at + 1..]));
    ends.filter_map(|end| before(&chars[..end])).min_by_key(|(rank, _)| *rank)
}

/// Whether the words after 期 do not go on.
fn is_closed(rest: &[char]) -> bool {
    let word = |word: &&str| word.chars().enumerate().all(|(n, c)| rest.get(n) == Some(&c));
    rest.first().is_none_or(|c| !is_han(*c)) || AFTER.iter().any(word)
}

/// The number that some characters end with, after 第 or 总.
fn before(chars: &[char]) -> Option<(u8, u32)> {
    let dense: Vec<char> = chars.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let length = dense.iter().rev().take_while(|c| is_part(**c)).count();
    let (lead, number) = dense.split_at(dense.len() - length);
    let number = value(number)?;
    match lead {
        [.., '总', '第'] | [.., '总'] => Some((0, number)),
        [.., c, '第'] if OF_OTHERS.contains(*c) => None,
        [.., '第'] => opens(chars, '第').then_some((1, number)),
        _ => None,
    }
}

/// Whether the last such character of a line begins a word: nothing of a sentence runs into it.
fn opens(chars: &[char], first: char) -> bool {
    let Some(at) = chars.iter().rposition(|c| *c == first) else { return false };
    match chars[..at] {
        [.., '期', c] => "一二三四五六日天".contains(c),
        [.., c] => !is_han(c) || matches!(c, '年' | '刊' | '日'),
        [] => true,
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn is_part(c: char) -> bool {
    c.is_ascii_digit() || chinese_digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万')
}

/// A number in digits of either kind, or with its places: 一千二百三十四.
fn value(chars: &[char]) -> Option<u32> {
    let digit = |c: char| c.to_digit(10).or_else(|| chinese_digit(c));
    let digits: Option<Vec<u32>> = chars.iter().map(|c| digit(*c)).collect();
    let number = match digits {
        Some(digits) if (1..=DIGITS).contains(&digits.len()) => digits.iter().fold(0, |sum, digit| sum * 10 + digit),
        Some(_) => return None,
        None => placed(chars, digit)?,
    };
    (number > 0).then_some(number)
}

fn placed(chars: &[char], digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    let place = |c: char| [('十', 10), ('百', 100), ('千', 1000)].iter().find(|(of, _)| *of == c).map(|(_, n)| *n);
    let (mut sum, mut part, mut ones) = (0_u32, 0_u32, None);
    for c in chars {
        match (digit(*c), place(*c)) {
            (Some(digit), _) => ones = Some(digit),
            (None, Some(place)) => part += ones.take().unwrap_or(1) * place,
            (None, None) => {
                sum += (part + ones.take().unwrap_or(0)).checked_mul(10_000)?;
                part = 0;
            }
        }
    }
    Some(sum + part + ones.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_issues() {
        let cases = [
            ("总第3456期", Some(3456)),
            ("第1234期", Some(1234)),
            ("2014年4月29日 星期二 第 1 2 3 4 期", Some(1234)),
            ("第12期(总第1234期) 今日八版", Some(1234)),
            ("第一千二百三十四号", Some(1234)),
            ("第一〇二三期", Some(1023)),
            ("第二万零三百一十五号", Some(20_315)),
            ("国内统一刊号:CN14-0012 第5678期今日4版", Some(5678)),
            ("广告经营许可证京海工商广字第8043号", None),
            ("第三期职工夜校开班", None),
            ("市总工会举办第3期", None),
            ("邮发代号21-10", None),
            ("湖里区仙岳路12号", None),
        ];
        for (line, want) in cases {
            assert_eq!(number_of(line).map(|(_, number)| number), want, "{line}");
        }
    }

    #[test]
    fn the_count_of_all_issues_goes_before_that_of_the_year() {
        let lines = [(1, "第17期".to_owned()), (2, "总第1634期".to_owned())];
        assert_eq!(printed(&lines).map(|found| found.number), Some(1634));
    }
}

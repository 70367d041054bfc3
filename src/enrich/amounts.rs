//! Numbers of a text as facts: money, people, households, with what they count.

use super::zones::ZonePassage;
use crate::model::{Amount, Measure};
use crate::tables::{ByMeasure, amount_words};
use crate::text::{chinese_digit, number_value};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Amounts of one article, at most.
const MAX_AMOUNTS_PER_ARTICLE: usize = 100;
/// Characters before and after an amount in which its noun stands.
const BEFORE: usize = 14;
const AFTER: usize = 12;

/// The amounts of a story, in order.
pub(super) fn find(pieces: &[ZonePassage]) -> Vec<Amount> {
    let mut amounts = Vec::new();
    for piece in pieces {
        let mut at = 0;
        while at < piece.folded.len() && amounts.len() < MAX_AMOUNTS_PER_ARTICLE {
            let found = if begins(&piece.folded, at) { amount(piece, at) } else { None };
            at = found.as_ref().map_or(at + 1, |amount| amount.end);
            amounts.extend(found);
        }
    }
    amounts
}

/// Whether a number begins here, and is not the end of another word or number (第3名, 2014, 一四三团).
fn begins(chars: &[char], at: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '两' | '十' | '百' | '千') || chinese_digit(c).is_some();
    if !digit(chars[at]) {
        return false;
    }
    let before = at.checked_sub(1).map_or('。', |at| chars[at]);
    let inside = digit(before) || before.is_ascii_alphanumeric() || "第前.·万亿几数".contains(before);
    let grouped = before == ',' && at > 1 && chars[at - 2].is_ascii_digit() && chars[at].is_ascii_digit();
    !inside && !grouped
}

fn amount(piece: &ZonePassage, at: usize) -> Option<Amount> {
    let chars = &piece.folded;
    let (number, length) = number_value(&chars[at..])?;
    let words = amount_words();
    let mut end = at + length;
    let mut value = number;
    // 1640多万元: the scale stands behind 多.
    if let Some(about) = words.about.iter().find(|word| starts(chars, end, word)) {
        end += about.chars().count();
        while let Some(scale) = chars.get(end).and_then(|c| scale_of(*c)) {
            value *= scale;
            end += 1;
        }
    }
    let (measure, unit) = unit(chars, end)?;
    let single = length == 1 && (value - 1.0).abs() < 0.5;
    let (tenths, length) = if measure == Measure::Yuan { tenths(&chars[end + unit..]) } else { (0.0, 0) };
    let end = end + unit + length;
    if single && length == 0 || value < 1.0 && measure != Measure::Yuan {
        return None;
    }
    let quote: String = piece.printed.get(at..end).into_iter().flatten().collect();
    let what = noun(chars, at, end, measure);
    Some(Amount { value: rounded(value + tenths), measure, what, quote, block: piece.block, start: at, end })
}

/// 一元八角: what stands behind 元, and its length.
fn tenths(rest: &[char]) -> (f64, usize) {
    let number = number_value(rest).filter(|(value, length)| *value < 10.0 && rest.get(*length) == Some(&'角'));
    number.map_or((0.0, 0), |(value, length)| (value / 10.0, length + 1))
}

/// To a hundredth: 3.3 times 10,000 is 33,000.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn scale_of(c: char) -> Option<f64> {
    match c {
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c))
}

fn by_measure<T>(by: &ByMeasure<T>, measure: Measure) -> &T {
    match measure {
        Measure::Yuan => &by.yuan,
        Measure::Person => &by.person,
        Measure::Household => &by.household,
    }
}

/// The unit that stands here, and its length.
fn unit(chars: &[char], at: usize) -> Option<(Measure, usize)> {
    let words = amount_words();
    Measure::ALL.into_iter().find_map(|measure| {
        let unit = by_measure(&words.units, measure).iter().find(|unit| starts(chars, at, unit))?;
        let length = unit.chars().count();
        let next = chars.get(at + length).copied().unwrap_or('。');
        let refused = words.not_followed.get(&chars[at]).is_some_and(|nexts| nexts.contains(next));
        (length > 1 || !refused).then_some((measure, length))
    })
}

/// The nouns of a measure by a character, longest first.
type Nouns = FxHashMap<char, Vec<Vec<char>>>;

/// The nouns of each measure by their first characters, and by their last ones.
fn nouns(measure: Measure) -> &'static [Nouns; 2] {
    static NOUNS: OnceLock<[[Nouns; 2]; 3]> = OnceLock::new();
    let by = |measure: Measure, key: fn(&[char]) -> char| {
        let mut nouns = Nouns::default();
        for noun in by_measure(&amount_words().nouns, measure) {
            let noun: Vec<char> = noun.chars().collect();
            nouns.entry(key(&noun)).or_default().push(noun);
        }
        nouns.values_mut().for_each(|list| list.sort_by_key(|noun| std::cmp::Reverse(noun.len())));
        nouns
    };
    let both = |measure| [by(measure, |noun| noun[0]), by(measure, |noun| noun[noun.len() - 1])];
    &NOUNS.get_or_init(|| Measure::ALL.map(both))[measure as usize]
}

/// The nearest noun that a number counts: people and households right behind it, money behind it or before it in its
/// clause.
fn noun(chars: &[char], start: usize, end: usize, measure: Measure) -> String {
    let clause = |c: &&char| !matches!(c, ',' | '。' | ';' | '、' | '!' | '?' | ':');
    let after = &chars[end..end + chars[end..].iter().take(AFTER).take_while(clause).count()];
    let before = &chars[start - chars[..start].iter().rev().take(BEFORE).take_while(clause).count()..start];
    let [by_first, by_last] = nouns(measure);
    let begins = |from: usize| by_first.get(&after[from])?.iter().find(|noun| after[from..].starts_with(noun));
    let ends = |to: usize| by_last.get(&before[to])?.iter().find(|noun| before[..=to].ends_with(noun));
    let nearest = (0..after.len()).find_map(begins).or_else(|| (0..before.len()).rev().find_map(ends));
    nearest.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::zones::pieces;
    use super::*;
    use crate::model::{ArticleKind, Passage, Story};

    fn amounts(text: &str) -> Vec<(f64, &'static str, String, String)> {
        let mut story = Story::new(ArticleKind::News);
        story.body.push(Passage { text: text.into(), blocks: vec![4], subhead: false, grafts: Vec::new() });
        let found = find(&pieces(&story));
        let chars: Vec<char> = text.chars().collect();
        assert!(found.iter().all(|one| chars[one.start..one.end].iter().collect::<String>() == one.quote));
        found.into_iter().map(|one| (one.value, one.measure.name(), one.what, one.quote)).collect()
    }

    #[test]
    fn money_people_and_households() {
        let cases: &[(&str, f64, &str, &str)] = &[
            ("今冬筹集送温暖资金1640多万元,", 16_400_000.0, "yuan", "送温暖资金"),
            ("发放慰问金3,200万元。", 32_000_000.0, "yuan", "慰问金"),
            ("拨出二百万元救助金", 2_000_000.0, "yuan", "救助金"),
            ("走访3.3万户困难职工家庭", 33_000.0, "household", "困难职工家庭"),
            ("1700余名农民工报名", 1700.0, "person", "农民工"),
            ("全厂有四百一十七人次立功", 417.0, "person", ""),
            ("每人500元慰问金", 500.0, "yuan", "慰问金"),
            ("追回欠薪８６万元", 860_000.0, "yuan", "欠薪"),
            ("班津贴一元八角,", 1.8, "yuan", "津贴"),
            ("每斤2.5元", 2.5, "yuan", ""),
            ("102名下岗职工", 102.0, "person", "下岗职工"),
        ];
        for (text, value, measure, what) in cases {
            let found = amounts(text);
            let one = found.first().unwrap_or_else(|| panic!("{text}"));
            assert!((one.0 - value).abs() < 1e-9, "{text} {one:?}");
            assert_eq!((one.1, one.2.as_str()), (*measure, *what), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "元旦前夕",
            "十大工匠",
            "获第3名",
            "2014年",
            "一名职工",
            "二人转演出",
            "12351热线",
            "三人行",
            "第二户外广场",
        ] {
            let found: Vec<_> = amounts(text).into_iter().filter(|one| one.0 > 3.0).collect();
            assert!(found.is_empty(), "{text} {found:?}");
        }
    }
}

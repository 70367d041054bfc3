//! Other forms of a term, used only when asked for: names of the same thing from the thesaurus, and numbers in Arabic and
//! Chinese numerals.

use super::{Ast, Term, content_words};
use crate::tables::{amount_words, synonyms};
use crate::text::{chinese_digit, chinese_digits, chinese_numeral, fold, number_value, query_units};

/// One form of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The form, as a term of its own.
    pub term: Term,
    /// Years of its use, where they are known.
    pub years: (Option<i16>, Option<i16>),
}

/// A term and all its forms, itself first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// As typed.
    pub term: Term,
    /// Its forms.
    pub variants: Vec<Variant>,
}

/// The most pairs of forms that a `NEAR` is written out in; one with more keeps its terms as they are.
const MOST_PAIRS: usize = 64;

/// The tree with every term in all its forms, and what became of which term.
pub fn expand(ast: &Ast) -> (Ast, Vec<Expansion>) {
    let mut expansions = Vec::new();
    let expanded = walk(ast, &mut expansions);
    (expanded, expansions)
}

fn walk(ast: &Ast, expansions: &mut Vec<Expansion>) -> Ast {
    let list =
        |parts: &[Ast], expansions: &mut Vec<Expansion>| parts.iter().map(|part| walk(part, expansions)).collect();
    match ast {
        Ast::Term(term) => any(forms(term, expansions).into_iter().map(Ast::Term).collect()),
        Ast::Near { left, right, distance } => near(left, right, *distance, expansions),
        Ast::Not(inner) => Ast::Not(Box::new(walk(inner, expansions))),
        Ast::All(parts) => Ast::All(list(parts, expansions)),
        Ast::Any(parts) => Ast::Any(list(parts, expansions)),
        other => other.clone(),
    }
}

fn any(mut parts: Vec<Ast>) -> Ast {
    if parts.len() == 1 { parts.remove(0) } else { Ast::Any(parts) }
}

fn near(left: &Term, right: &Term, distance: usize, expansions: &mut Vec<Expansion>) -> Ast {
    let mut found = Vec::new();
    let (lefts, rights) = (forms(left, &mut found), forms(right, &mut found));
    if lefts.len() * rights.len() > MOST_PAIRS {
        return Ast::Near { left: left.clone(), right: right.clone(), distance };
    }
    expansions.extend(found);
    let pair = |one: &Term, other: &Term| Ast::Near { left: one.clone(), right: other.clone(), distance };
    any(lefts.iter().flat_map(|one| rights.iter().map(move |other| pair(one, other))).collect())
}

/// A term and its other forms.
fn forms(term: &Term, expansions: &mut Vec<Expansion>) -> Vec<Term> {
    let known = expansions.iter().find(|expansion| expansion.term == *term);
    let variants = known.map_or_else(|| variants_of(term), |expansion| expansion.variants.clone());
    let terms = variants.iter().map(|variant| variant.term.clone()).collect();
    if known.is_none() && variants.len() > 1 {
        expansions.push(Expansion { term: term.clone(), variants });
    }
    terms
}

fn variants_of(term: &Term) -> Vec<Variant> {
    let itself = Variant { term: term.clone(), years: (None, None) };
    if term.open {
        return vec![itself];
    }
    let other = |text: &str| Term { text: text.to_owned(), ..term.clone() };
    let plain = query_units(&term.text).concat().replace('_', "");
    if let Some(group) = synonyms().group_of(&plain) {
        let years =
            |text: &str| group.terms.iter().find(|name| name.text == text).map_or((None, None), |n| (n.from, n.to));
        let first = Variant { years: years(&plain), ..itself };
        let others = group.terms.iter().filter(|name| name.text != plain);
        let others = others.map(|name| Variant { term: other(&name.text), years: (name.from, name.to) });
        return std::iter::once(first).chain(others).collect();
    }
    let numbers = number_forms(&term.text);
    let others = numbers.iter().map(|text| Variant { term: other(text), years: (None, None) });
    std::iter::once(itself).chain(others).collect()
}

/// The tree with every run of several words as those words, all of which must match.
pub fn split(ast: &Ast) -> Ast {
    let all = |parts: &[Ast]| parts.iter().map(split).collect();
    match ast {
        Ast::Term(term) if !term.open => words_of(term),
        Ast::All(parts) => Ast::All(all(parts)),
        Ast::Any(parts) => Ast::Any(all(parts)),
        other => other.clone(),
    }
}

fn words_of(term: &Term) -> Ast {
    let words = content_words(&Ast::Term(term.clone()));
    let word = |text: &String| Ast::Term(Term { text: text.clone(), quoted: false, ..term.clone() });
    if words.len() < 2 { Ast::Term(term.clone()) } else { Ast::All(words.iter().map(word).collect()) }
}

/// The text with its first number written in other ways: 三千二百万元 is 3200万元 and 32000000元, 二〇一四年 is 2014年.
/// 五一 is no number: digits alone count only as a year, ten and its fellows only before what is counted.
fn number_forms(text: &str) -> Vec<String> {
    let plain: Vec<char> = text.chars().map(fold).collect();
    let own = query_units(text).concat();
    let mut forms = Vec::new();
    for at in 0..plain.len() {
        let Some((length, written)) = year(&plain[at..]).or_else(|| number(&plain, at)) else { continue };
        let (before, after): (String, String) = (plain[..at].iter().collect(), plain[at + length..].iter().collect());
        forms = written.into_iter().map(|number| format!("{before}{number}{after}")).collect();
        break;
    }
    let mut seen = vec![own];
    forms.retain(|form| {
        let units = query_units(form).concat();
        let new = !seen.contains(&units);
        seen.push(units);
        new
    });
    forms
}

/// Four digits before 年, in the other numerals.
fn year(text: &[char]) -> Option<(usize, Vec<String>)> {
    let (digits, rest) = text.split_at_checked(4)?;
    if rest.first() != Some(&'年') {
        return None;
    }
    let digits: String = digits.iter().collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        let chinese = chinese_digits(&digits);
        return Some((4, vec![chinese.replace('〇', "○"), chinese.replace('〇', "零"), chinese]));
    }
    let arabic: Option<String> =
        digits.chars().map(|c| chinese_digit(c).and_then(|digit| char::from_digit(digit, 10))).collect();
    arabic.map(|arabic| (4, vec![arabic]))
}

/// A number with a scale, or before what is counted.
fn number(text: &[char], at: usize) -> Option<(usize, Vec<String>)> {
    let inside = at > 0 && (is_numeral(text[at - 1]) || text[at - 1].is_ascii_digit());
    let (value, length) = number_value(&text[at..]).filter(|_| !inside)?;
    let scaled = text[at..at + length].iter().any(|c| "百千万亿".contains(*c));
    let ten = text[at..at + length].contains(&'十');
    let counted = text.get(at + length).is_some_and(|c| amount_words().counters.contains(*c));
    let arabic = text[at].is_ascii_digit();
    if value.fract() != 0.0 || !(scaled || (ten || arabic) && counted) {
        return None;
    }
    Some((length, spellings_of(value as u64)))
}

fn is_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || "十百千万亿两".contains(c)
}

/// All ways to write a number.
fn spellings_of(value: u64) -> Vec<String> {
    let mut forms = vec![value.to_string()];
    for (scale, name) in [(100_000_000, '亿'), (10_000, '万')] {
        // At most two decimals: 1.25亿.
        if value >= scale && value.is_multiple_of(scale / 100) {
            let (whole, hundredths) = (value / scale, value % scale / (scale / 100));
            let decimals = format!("{hundredths:02}");
            let decimals = decimals.trim_end_matches('0');
            let point = if decimals.is_empty() { "" } else { "." };
            forms.push(format!("{whole}{point}{decimals}{name}"));
        }
    }
    forms.push(chinese_numeral(value));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::FILTERS_READ;
    use crate::query::parse;

    #[test]
    fn numbers_are_written_in_other_ways() {
        let cases = [
            ("三千二百万元", "32000000元 3200万元"),
            ("3200万元", "32000000元 三千二百万元"),
            ("3,200万元", "32000000元 三千二百万元"),
            ("1.2亿", "120000000 12000万 一亿两千万"),
            ("二〇一四年", "2014年"),
            ("2014年五一", "二○一四年五一 二零一四年五一 二〇一四年五一"),
            ("十二人", "12人"),
            ("12人", "十二人"),
            ("五一", ""),
            ("十一", ""),
            ("十一黄金周", ""),
            ("四二八", ""),
            ("万一", ""),
            ("51", ""),
            ("工会", ""),
        ];
        for (text, want) in cases {
            assert_eq!(number_forms(text).join(" "), want, "{text}");
        }
    }

    #[test]
    fn names_come_from_the_thesaurus_and_keep_their_field() {
        let (ast, expansions) = expand(&parse("标题:全总 送温暖", FILTERS_READ).0);
        assert!(ast.to_string().starts_with("(title:全总 | title:"), "{ast}");
        assert!(ast.to_string().ends_with(") 送温暖"), "{ast}");
        assert_eq!(expansions.len(), 1);
        assert!(expansions[0].variants.iter().any(|variant| variant.term.text == "中华全国总工会"));
        let (same, none) = expand(&parse("工会*", FILTERS_READ).0);
        assert_eq!((same.to_string().as_str(), none.len()), ("工会*", 0));
    }

    #[test]
    fn near_is_written_out_or_left() {
        let near = |text: &str| expand(&parse(text, FILTERS_READ).0).0;
        let forms = |text: &str| synonyms().group_of(text).map_or(1, |group| group.terms.len());
        assert!(matches!(near("全总 NEAR/5 欠钱"), Ast::Any(pairs) if pairs.len() == forms("全总")));
        assert!(forms("农民工") * forms("全总") > MOST_PAIRS);
        assert!(matches!(near("农民工 NEAR/5 全总"), Ast::Near { .. }));
    }
}

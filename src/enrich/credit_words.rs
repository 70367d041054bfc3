//! The words of a credit: role words, brackets, and the runs of characters between them; names printed apart are put together.

use super::person;
use super::roles::{RoleWord, is_bracket, is_mark, role_at};
use crate::tables::{credits, names};

/// Most characters before 讯 or 电 at the head of a credit.
const DATELINE: usize = 60;

/// A piece of a credit.
pub(super) enum CreditToken {
    /// A role word, and where it begins.
    Role {
        /// The word.
        role: &'static RoleWord,
        /// Its first character.
        place: usize,
    },
    /// A run of characters between spaces, marks and role words, from and to.
    Word(usize, usize),
    /// A bracket that opens.
    Open,
    /// A bracket that closes.
    Close,
}

/// The tokens of a credit, without a dateline at its head.
pub(super) fn tokens(folded: &[char]) -> Vec<CreditToken> {
    let mut tokens = Vec::new();
    let (mut at, mut start) = (dateline(folded), dateline(folded));
    while at <= folded.len() {
        let next = folded.get(at);
        let role = next.and_then(|_| role_at(folded, at));
        let length = role.map_or(1, RoleWord::len);
        if role.is_some() || next.is_none_or(|&c| is_mark(c)) {
            if start < at {
                tokens.push(CreditToken::Word(start, at));
            }
            tokens.extend(role.map(|role| CreditToken::Role { role, place: at }));
            tokens.extend(
                next.filter(|c| is_bracket(**c))
                    .map(|c| if "([【〔<".contains(*c) { CreditToken::Open } else { CreditToken::Close }),
            );
            start = at + length;
        }
        at += length;
    }
    join_spaced(tokens, folded)
}

/// Whether a credit begins with a dateline.
pub(super) fn has_dateline(folded: &[char]) -> bool {
    dateline(folded) > 0
}

/// Where a credit begins behind its dateline: 新华社北京4月28日电 记者X.
fn dateline(folded: &[char]) -> usize {
    let head = &folded[..folded.len().min(DATELINE)];
    let role = (0..head.len()).find(|&at| role_at(head, at).is_some()).unwrap_or(head.len());
    let paper = head.iter().take(10).any(|c| "报社网刊台".contains(*c));
    let ends = |at: &usize| matches!(head[*at], '讯' | '电') && head.get(at + 1).is_none_or(|&c| is_mark(c));
    (0..role).find(ends).filter(|_| paper).map_or(0, |at| at + 1)
}

/// Puts together what is printed apart: 陈 豪, 林 一 鸣, 陈 一鸣, 欧阳 一鸣.
fn join_spaced(tokens: Vec<CreditToken>, folded: &[char]) -> Vec<CreditToken> {
    let mut joined = Vec::with_capacity(tokens.len());
    let mut run: Vec<(usize, usize)> = Vec::new();
    for token in tokens {
        match token {
            CreditToken::Word(from, to) => {
                let apart = |last: &(usize, usize)| !folded[last.1..from].iter().all(|c| c.is_whitespace());
                if run.last().is_some_and(apart) {
                    joined.extend(names_of(&run, folded));
                    run.clear();
                }
                run.push((from, to));
            }
            other => {
                joined.extend(names_of(&run, folded));
                run.clear();
                joined.push(other);
            }
        }
    }
    joined.extend(names_of(&run, folded));
    joined
}

/// The words of a run with spaces between, those of one name together.
fn names_of(run: &[(usize, usize)], folded: &[char]) -> Vec<CreditToken> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let taken = parts_of_name(&run[at..], folded);
        words.push(CreditToken::Word(run[at].0, run[at + taken - 1].1));
        at += taken;
    }
    words
}

/// How many words at the head of a run are one name.
fn parts_of_name(run: &[(usize, usize)], folded: &[char]) -> usize {
    let length = |at: usize| run.get(at).map_or(0, |(from, to)| to - from);
    let first = |at: usize| run.get(at).is_some_and(|(from, _)| person::is_surname(folded[*from]));
    let double = || person::is_double_surname(&folded[run[0].0..run[0].1].iter().collect::<String>());
    let single = (0..run.len()).take_while(|&at| length(at) == 1).count();
    match (single, length(single)) {
        (0, _) if matches!(length(1), 1 | 2) && double() => 2,
        (0, _) => 1,
        (1, 2) if first(0) => 2,
        (1, _) => 1,
        (3, 2) if first(2) => 2,
        (3, _) => 3,
        (5, _) if !first(2) => 3,
        (6, _) if !(first(2) && first(4)) => 3,
        _ => 2,
    }
}

/// Whether a word stands beside names and is none: what a paper calls its own text, an agency, and before a role word
/// what belongs to it. `leads`: a role word follows without a space.
pub(super) fn is_beside(word: &str, leads: bool) -> bool {
    let words = &credits().words;
    let known = |list: &[String]| list.iter().any(|known| known == word);
    let ends = |list: &[String]| list.iter().any(|end| word.len() > end.len() && word.ends_with(end.as_str()));
    let person =
        || word.chars().count() <= 3 && person::form(word, false).is_some_and(|form| form > person::NameForm::Foreign);
    let short = word.chars().count() <= DATELINE / 3;
    let own = known(&names().own_texts)
        || known(&words.fillers)
        || known(&words.agencies)
        || words.prefixes.iter().any(|prefix| prefix == word);
    own || short && !person() && (ends(&words.agencies) || leads && (is_role_prefix(word) || ends(&words.offices)))
}

/// Whether a word is made of what stands before a role word: 本报特约, 本报驻外.
fn is_role_prefix(word: &str) -> bool {
    let rest = |text: &str| {
        credits().words.prefixes.iter().find_map(|prefix| Some(text.strip_prefix(prefix.as_str())?.to_owned()))
    };
    let mut left = word.to_owned();
    while let Some(shorter) = rest(&left) {
        left = shorter;
    }
    left.is_empty() || left.starts_with('驻')
}

/// Whether a word ends as the post of the person does whose name follows.
pub(super) fn is_post(word: &str) -> bool {
    credits().words.posts.iter().any(|post| word.ends_with(post.as_str()))
}

/// Where a note on an author begins in a word, in characters (张三系某厂职工); at its start where no name stands before it.
pub(super) fn before_note(word: &str) -> Option<usize> {
    let letters = word.chars().count();
    let notes = || credits().words.notes.iter();
    if notes().any(|note| word.starts_with(note.as_str()) && person::form(word, false).is_none()) {
        return Some(0);
    }
    let begins = |at: &usize| {
        let (name, rest) = word.split_at(word.char_indices().nth(*at).map_or(word.len(), |(byte, _)| byte));
        person::form(name, false).is_some() && notes().any(|note| rest.starts_with(note.as_str()))
    };
    (2..letters.min(5)).find(begins)
}

/// Where a name begins in a word that leads to it (均由张三摄), in characters; 0 where it does not.
pub(super) fn lead_in(word: &str) -> usize {
    let after = |lead: &String| word.rfind(lead.as_str()).map(|byte| word[..byte + lead.len()].chars().count());
    credits().words.lead_ins.iter().filter_map(after).max().unwrap_or(0)
}

/// The length of a word without 等 at its end, in characters.
pub(super) fn without_others(word: &str) -> usize {
    let letters = word.chars().count();
    if letters > 2 && word.ends_with('等') { letters - 1 } else { letters }
}

/// Where a word that joins two names stands, in characters.
pub(super) fn joint(word: &str) -> Option<usize> {
    let letters: Vec<char> = word.chars().collect();
    let joins = |at: &usize| credits().words.joints.iter().any(|joint| joint.starts_with(letters[*at]));
    let named = |part: &[char]| {
        person::form(&part.iter().collect::<String>(), false).is_some_and(|form| form > person::NameForm::Foreign)
    };
    (2..letters.len().saturating_sub(2)).filter(joins).find(|&at| named(&letters[..at]) && named(&letters[at + 1..]))
}

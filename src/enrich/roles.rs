//! Role words of a credit: 记者 before its names, 摄 after them, and where in a text they stand.

use super::person;
use crate::model::Role;
use crate::tables::credits;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A role word.
pub(super) struct RoleWord {
    /// Its characters, folded.
    word: Vec<char>,
    /// The roles it gives; `Author` beside others: the names keep the role that they have.
    pub roles: Vec<Role>,
    /// Whether it stands after its names.
    pub closes: bool,
}

impl RoleWord {
    /// Its length.
    pub(super) fn len(&self) -> usize {
        self.word.len()
    }

    /// Whether it is 作者, after which a note on the author may stand.
    pub(super) fn is_author(&self) -> bool {
        self.word == ['作', '者']
    }

    /// Whether it says that a picture was taken (摄, 摄影), by whoever stands before it.
    pub(super) fn is_shot(&self) -> bool {
        self.closes && self.word.first() == Some(&'摄')
    }
}

/// Role words by their first character, longest first.
fn role_words() -> &'static HashMap<char, Vec<RoleWord>> {
    static WORDS: OnceLock<HashMap<char, Vec<RoleWord>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let opening = credits().opening.iter().map(|entry| (entry, false));
        let closing = credits().closing.iter().map(|entry| (entry, true));
        let mut words: HashMap<char, Vec<RoleWord>> = HashMap::new();
        for ((word, roles), closes) in opening.chain(closing) {
            let roles = roles.iter().filter_map(|name| Role::from_name(name)).collect();
            let role = RoleWord { word: word.chars().collect(), roles, closes };
            words.entry(word.chars().next().unwrap_or_default()).or_default().push(role);
        }
        words.values_mut().for_each(|words| words.sort_by_key(|role| std::cmp::Reverse(role.len())));
        words
    })
}

/// A mark or a space between the words of a credit.
pub(super) fn is_mark(c: char) -> bool {
    c.is_whitespace() || "、,，;。/:|—-□■◎●◆▲△○★\"“”\u{200B}\u{FEFF}".contains(c) || is_bracket(c)
}

/// A bracket of any kind.
pub(super) fn is_bracket(c: char) -> bool {
    "()[]【】〔〕<>".contains(c)
}

/// The role word at a place of a credit.
pub(super) fn role_at(folded: &[char], at: usize) -> Option<&'static RoleWord> {
    let rest = &folded[at..];
    let fits = |role: &&RoleWord| rest.starts_with(&role.word) && stands(role, folded, at);
    role_words().get(rest.first()?)?.iter().find(fits)
}

/// Whether a role word may be one where it stands: before other characters, at the end of a word, alone.
fn stands(role: &RoleWord, folded: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| folded[at]);
    let begins = before.is_none_or(is_mark);
    let ends = folded.get(at + role.len()).is_none_or(|&c| is_mark(c));
    match role.word.as_slice() {
        ['作', '者'] => !matches!(before, Some('工' | '创' | '合')),
        _ if !role.closes => true,
        ['摄'] => ends,
        [_] if ends_name_of_two(&folded[..at]) => false,
        [only] => ends && (begins || ends_name(*only, folded, at)),
        ['图' | '照', '片'] => begins,
        _ => ends || begins,
    }
}

/// Whether 图, 文, 绘, 画, 译 at the end of a word is none of the name: beside another such word, or where the name is
/// long enough without it.
fn ends_name(role: char, folded: &[char], at: usize) -> bool {
    let before = folded[..at].iter().rev().take_while(|&&c| !is_mark(c)).count();
    let opened = |at: usize| role_words().get(&folded[at]).into_iter().flatten().any(|role| opens_at(role, folded, at));
    let led = || (0..at).any(opened);
    match role {
        _ if shared_by_two(folded) => true,
        '绘' => true,
        '图' => !led() && !"上下左右中题附本此见组配".contains(folded[at - 1]),
        '译' | '画' => before == 3,
        _ => false,
    }
}

/// Whether a character after this is the given name of a surname that stands alone: 记者高  文, 郭文 摄.
fn ends_name_of_two(before: &[char]) -> bool {
    let (Some(surname), rest) = last_alone(before) else { return false };
    person::is_surname(surname) && !last_alone(rest).0.is_some_and(person::is_surname)
}

/// The last character before spaces, where it stands alone or behind a role word, and what is before it.
fn last_alone(text: &[char]) -> (Option<char>, &[char]) {
    let Some(end) = text.iter().rposition(|c| !c.is_whitespace()) else { return (None, text) };
    let led = |at: usize| (0..at).any(|from| opens_word(&text[from..at]));
    let alone = text[..end].last().is_none_or(|&c| is_mark(c)) || led(end);
    (Some(text[end]).filter(|_| alone), &text[..end])
}

/// Whether characters are a role word that stands before its names.
fn opens_word(word: &[char]) -> bool {
    let words = word.first().and_then(|first| role_words().get(first));
    words.into_iter().flatten().any(|role| !role.closes && role.word == word)
}

fn opens_at(role: &RoleWord, folded: &[char], at: usize) -> bool {
    !role.closes && folded[at..].starts_with(&role.word)
}

/// Whether a credit names who wrote and who made the pictures, each with one character: X图 Y文.
fn shared_by_two(folded: &[char]) -> bool {
    let closes = |word: &str| {
        let ends = |at: usize| folded.get(at + 1).is_none_or(|&c| is_mark(c)) && at > 0;
        (0..folded.len()).any(|at| word.contains(folded[at]) && ends(at))
    };
    closes("文") && closes("图绘画摄")
}

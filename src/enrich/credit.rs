//! The grammar of a credit: roles, names and offices, as in `记者 张三 通讯员 李四 摄`.

use crate::model::Role;
use crate::tables::{self, layout};
use std::sync::OnceLock;

/// Most Han characters of a name without a middle dot, and of an office.
const LONGEST: (usize, usize) = (4, 12);

/// A name that a credit gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name as printed, without inner spaces.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Whether it is an office.
    pub office: bool,
    /// Whether a role word stands for it, or its form is that of a person's name.
    pub sure: bool,
}

/// A piece of a credit.
enum Token {
    /// A role word, with whether it stands after its names (摄).
    Role(Role, &'static str),
    /// A run of characters between spaces, marks and role words, from and to.
    Word(usize, usize),
}

/// Role words, longest first.
fn roles() -> &'static [(Vec<char>, &'static str, Role)] {
    static ROLES: OnceLock<Vec<(Vec<char>, &'static str, Role)>> = OnceLock::new();
    ROLES.get_or_init(|| {
        let table = &layout().words.byline_roles;
        let known = table
            .iter()
            .filter_map(|(word, role)| Some((word.chars().collect(), word.as_str(), Role::from_name(role)?)));
        let mut roles: Vec<(Vec<char>, &str, Role)> = known.collect();
        roles.sort_by_key(|(word, ..)| std::cmp::Reverse(word.len()));
        roles
    })
}

/// The role word at the start of a text, and its length. 摄 is none before 影, and a single character such as 文 only
/// where it stands alone.
fn role_at(folded: &[char], at: usize) -> Option<(usize, &'static str, Role)> {
    let rest = &folded[at..];
    let (word, name, role) = roles().iter().find(|(word, ..)| rest.starts_with(word))?;
    let next = rest.get(word.len());
    let alone = next.is_none_or(|&c| is_mark(c)) && (*name == "摄" || at == 0 || is_mark(folded[at - 1]));
    (word.len() > 1 && *name != "漫画" || alone).then_some((word.len(), *name, *role))
}

/// Whether a text begins with a role word.
pub(super) fn starts_with_role(folded: &[char]) -> bool {
    !folded.is_empty() && role_at(folded, 0).is_some()
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "、,，;/:()[]【】□■◎●◆▲|—-".contains(c)
}

fn tokens(folded: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut start) = (0, 0);
    while at <= folded.len() {
        let role = folded.get(at).and_then(|_| role_at(folded, at));
        let reported = folded[at..].starts_with(&['报', '道']) || folded[at..].starts_with(&['报', '导']);
        let length = role.map_or(if reported { 2 } else { 1 }, |(length, ..)| length);
        if role.is_some() || reported || folded.get(at).is_none_or(|&c| is_mark(c)) {
            if start < at {
                tokens.push(Token::Word(start, at));
            }
            tokens.extend(role.map(|(_, word, role)| Token::Role(role, word)));
            start = at + length;
        }
        at += length;
    }
    tokens
}

/// The names of a credit, in printed order, or nothing where some word of it cannot be a name; what a paper calls its
/// own text (本报讯) is passed over. `default`: the role of names without a role word.
pub(super) fn read(printed: &[char], folded: &[char], default: Role) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    let (mut role, mut open) = (None, 0);
    for token in joined(tokens(folded), folded) {
        match token {
            Token::Role(found, word) if closes(found, word) && names.len() > open => {
                close(&mut names, open, found, word);
                (role, open) = (None, names.len());
            }
            Token::Role(found, _) => role = Some(found),
            Token::Word(from, to) if is_own_text(&folded[from..to]) => (),
            Token::Word(from, to) => {
                let text: String = printed[from..to].iter().filter(|c| !c.is_whitespace()).collect();
                let Some((office, surname)) = kind(&text, &folded[from..to]) else { return Vec::new() };
                let sure = role.is_some() || surname;
                names.push(Named { name: text, role: role.unwrap_or(default), office, sure });
            }
        }
    }
    names
}

/// Whether a role word stands after its names.
fn closes(role: Role, word: &str) -> bool {
    role == Role::Photographer && !word.ends_with("记者") || is_one_of(&layout().words.closing_roles, word)
}

fn is_one_of(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

/// Whether a word is what a paper calls its own text.
fn is_own_text(folded: &[char]) -> bool {
    let text: String = folded.iter().filter(|c| !c.is_whitespace()).collect();
    is_one_of(&tables::names().own_texts, &text)
}

/// Gives the names since `open` the role that closes them; 摄影报道 adds it to the role of the text.
fn close(names: &mut Vec<Named>, open: usize, role: Role, word: &str) {
    let both =
        word.ends_with("报道") && names[open..].iter().any(|named| named.role != role && named.role != Role::Author);
    let pictured: Vec<Named> = names[open..].iter().map(|named| Named { role, ..named.clone() }).collect();
    if role == Role::Author {
        return;
    }
    if !both {
        names.truncate(open);
    }
    names.extend(pictured);
}

/// Joins a character that stands alone with the word after it (陈 豪), up to three characters.
fn joined(tokens: Vec<Token>, folded: &[char]) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for token in tokens {
        if let (Some(Token::Word(from, to)), Token::Word(next, end)) = (joined.last_mut(), &token) {
            let spaces = folded[*to..*next].iter().all(|c| c.is_whitespace());
            let letters = folded[*from..*end].iter().filter(|c| !c.is_whitespace()).count();
            if *to - *from == 1 && spaces && letters <= 3 {
                *to = *end;
                continue;
            }
        }
        joined.push(token);
    }
    joined
}

/// Whether a word is an office and whether it has a surname; `None` where it can be no name at all.
fn kind(name: &str, folded: &[char]) -> Option<(bool, bool)> {
    let bare: Vec<char> = folded.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let text: String = bare.iter().collect();
    let dotted = text.contains(['·', '•', '・', '‧']);
    let han = bare.iter().all(|&c| ('\u{3400}'..='\u{9FFF}').contains(&c) || c >= '\u{20000}' || "·•・‧".contains(c));
    if !han || name.is_empty() || is_one_of(&tables::names().no_names, &text) {
        return None;
    }
    let office = layout().words.offices.iter().any(|end| text.len() > end.len() && text.ends_with(end.as_str()));
    let longest = if office || dotted { LONGEST.1 } else { LONGEST.0 };
    let surname = dotted || office || has_surname(&text);
    ((2..=longest).contains(&bare.len())).then_some((office, surname))
}

fn has_surname(name: &str) -> bool {
    let table = tables::names();
    let double = table.double_surnames.iter().any(|surname| name.starts_with(surname.as_str()));
    let count = name.chars().count();
    double || count <= 3 && name.starts_with(|c| table.surnames.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn names(text: &str) -> String {
        let printed: Vec<char> = text.chars().collect();
        let folded: Vec<char> = text.chars().map(fold).collect();
        let named = read(&printed, &folded, Role::Author);
        let one =
            |named: &Named| format!("{}:{}{}", named.name, named.role.name(), if named.office { "!" } else { "" });
        named.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn credits() {
        let cases = [
            ("记者林一鸣", "林一鸣:reporter"),
            ("记者林一鸣 通讯员苏晓", "林一鸣:reporter 苏晓:correspondent"),
            ("通讯员苏晓 郑国栋 记者林一鸣", "苏晓:correspondent 郑国栋:correspondent 林一鸣:reporter"),
            ("特约记者林一鸣、苏晓", "林一鸣:reporter 苏晓:reporter"),
            ("见习记者林一鸣通讯员郑国栋报道", "林一鸣:reporter 郑国栋:correspondent"),
            ("□本报记者 陈 豪", "陈豪:reporter"),
            ("■林一鸣", "林一鸣:author"),
            ("通讯员 林一鸣 摄", "林一鸣:photographer"),
            ("林一鸣 苏晓摄", "林一鸣:photographer 苏晓:photographer"),
            ("本报记者 林一鸣 文 苏晓 摄", "林一鸣:reporter 苏晓:photographer"),
            ("林一鸣 文/摄", "林一鸣:author"),
            ("通讯员林一鸣摄影报道", "林一鸣:correspondent 林一鸣:photographer"),
            ("摄影记者 林一鸣", "林一鸣:photographer"),
            ("通讯员 东工办", "东工办:correspondent!"),
            ("记者 古丽·买买提", "古丽·买买提:reporter"),
            ("林一鸣 记者走访了八个县", ""),
            ("记者2014", ""),
            ("見習記者 陳一鳴", "陳一鳴:reporter"),
            ("本报讯(记者 查小满)", "查小满:reporter"),
            ("本報訊(記者 查小滿)", "查小滿:reporter"),
            ("本报综合 林一鸣 整理", "林一鸣:author"),
            ("本报专稿", ""),
            ("(本报综合报道)", ""),
        ];
        for (text, want) in cases {
            assert_eq!(names(text), want, "{text}");
        }
    }
}

//! Whether a word of a credit is the name of a person, and how sure its form is.

use crate::tables::{self, names};
use crate::text::Segmenter;

/// Most Han characters of a name with a middle dot, and of an office.
const LONGEST: usize = 12;
/// Most characters of a name that is transliterated without a middle dot.
const LONGEST_FOREIGN: usize = 6;

/// What a word of a credit is, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameForm {
    /// Two or three characters that are no word: a name where nothing else stands beside a picture credit.
    Unknown,
    /// Without a surname, and no word: a name where a role word stands for it (沙达提).
    Foreign,
    /// With a surname, but a word as well (高峰): a name where a role word stands for it, or a bracket.
    Word,
    /// With a surname, and no word; or with a middle dot.
    Name,
}

/// The form of a word, folded and without its inner spaces; `None` where it can be no name. `spaced`: a space was printed
/// inside, as a name of two characters is set out.
pub(super) fn form(word: &str, spaced: bool) -> Option<NameForm> {
    let letters: Vec<char> = word.chars().collect();
    let han = letters.iter().all(|&c| is_han(c) || is_dot(c));
    if !han || letters.len() < 2 || names().no_names.iter().any(|known| known == word) {
        return None;
    }
    if letters.iter().copied().any(is_dot) {
        return dotted(word, letters.len());
    }
    let double = names().double_surnames.iter().any(|surname| word.starts_with(surname.as_str()));
    match letters.len() {
        3 | 4 if double && !is_word(word) => Some(NameForm::Name),
        2 | 3 if is_surname(letters[0]) => Some(with_surname(word, &letters, spaced)),
        2..=LONGEST_FOREIGN => foreign(word, &letters, spaced),
        _ => None,
    }
}

/// A name with a dot: sure by itself where all of its characters transliterate.
fn dotted(word: &str, letters: usize) -> Option<NameForm> {
    let parts = word.split(is_dot).all(|part| (1..=LONGEST_FOREIGN).contains(&part.chars().count()));
    let spelled = word.chars().all(|c| is_dot(c) || names().transliterated.contains(c));
    (parts && letters <= LONGEST).then_some(if spelled { NameForm::Name } else { NameForm::Word })
}

/// Whether a word is an office that signs as a person does.
pub(super) fn is_office(word: &str) -> bool {
    let ends = |end: &String| word.len() > end.len() && word.ends_with(end.as_str());
    word.chars().count() <= LONGEST && word.chars().all(is_han) && tables::credits().words.offices.iter().any(ends)
}

/// Whether a character is a surname.
pub(super) fn is_surname(c: char) -> bool {
    names().surnames.contains(c)
}

/// Whether two characters are a surname.
pub(super) fn is_double_surname(word: &str) -> bool {
    names().double_surnames.iter().any(|surname| surname == word)
}

fn with_surname(word: &str, letters: &[char], spaced: bool) -> NameForm {
    let inside = |range: std::ops::Range<usize>| is_word(&letters[range].iter().collect::<String>());
    let common = is_word(word) || letters.len() == 3 && (inside(0..2) || inside(1..3));
    if common && !spaced { NameForm::Word } else { NameForm::Name }
}

/// A name without a surname of the table: of characters that transliterate, or of no words at all.
fn foreign(word: &str, letters: &[char], spaced: bool) -> Option<NameForm> {
    if is_word(word) {
        return None;
    }
    let spelled = letters.iter().all(|c| names().transliterated.contains(*c));
    let no_words =
        || Segmenter::shared().cut_known(word).iter().all(|part| part.chars().nth(1).is_none() || !is_word(part));
    let both = letters.len() == 4 && is_surname(letters[0]) && is_surname(letters[1]);
    match letters.len() {
        _ if spelled => Some(NameForm::Foreign),
        2..=4 if spaced || both || no_words() => Some(NameForm::Foreign),
        2 | 3 => Some(NameForm::Unknown),
        _ => None,
    }
}

fn is_word(word: &str) -> bool {
    Segmenter::shared().is_common_word(word)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c) || c >= '\u{20000}'
}

/// Whether a character is the dot in a name.
pub(super) fn is_dot(c: char) -> bool {
    "·•・‧･".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_words() {
        let cases = [
            ("林一鸣", Some(NameForm::Name)),
            ("欧阳一鸣", Some(NameForm::Name)),
            ("古丽·买买提", Some(NameForm::Name)),
            ("高温", Some(NameForm::Word)),
            ("安全员", None),
            ("花饽饽", Some(NameForm::Word)),
            ("巴图孟和", Some(NameForm::Foreign)),
            ("手记", None),
            ("北京·两会", Some(NameForm::Word)),
            ("赴灾区", Some(NameForm::Unknown)),
            ("2014", None),
            ("沿海地区", None),
        ];
        let read = cases.iter().map(|(word, want)| (word, *want, form(word, false)));
        let wrong: Vec<_> = read.filter(|(_, want, got)| want != got).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(form("高温", true), Some(NameForm::Name));
    }
}

//! Words by which the names in a credit are told from other words.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("names.toml");

/// Surnames, and words that stand where names do.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Surnames of one character.
    pub surnames: String,
    /// Surnames of two characters.
    pub double_surnames: Vec<String>,
    /// Characters by which names of other peoples are written.
    pub transliterated: String,
    /// Words in brackets or after a mark that make a text no credit.
    pub no_names: Vec<String>,
    /// What a paper calls its own text (本报讯): no names, while the words beside them may be.
    pub own_texts: Vec<String>,
}

/// The table, loaded once.
pub fn names() -> &'static Names {
    static TABLE: OnceLock<Names> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn is_han(c: char) -> bool {
        ('\u{3400}'..='\u{9FFF}').contains(&c)
    }

    #[test]
    fn surnames_are_unique_han_characters() {
        let mut seen = HashSet::new();
        assert!(names().surnames.chars().all(is_han));
        assert!(names().surnames.chars().count() > 300);
        for surname in names().surnames.chars().map(String::from).chain(names().double_surnames.iter().cloned()) {
            assert!(seen.insert(surname.clone()), "{surname}");
        }
        assert!(names().double_surnames.iter().all(|name| name.chars().count() == 2 && name.chars().all(is_han)));
    }

    #[test]
    fn words_that_are_no_names_are_unique() {
        let mut seen = HashSet::new();
        for word in names().no_names.iter().chain(&names().own_texts) {
            assert!(seen.insert(word), "{word}");
        }
        assert!(names().own_texts.iter().all(|word| word.starts_with("本报")));
    }
}

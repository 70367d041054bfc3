//! Names of one thing in union work: the thesaurus of an expanded search.

use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("synonyms.toml");

/// One name of a thing.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonym {
    /// The name, in simplified characters.
    pub text: String,
    /// First year of its use, where it is known.
    pub from: Option<i16>,
    /// Last year of its use; none for a name in use.
    pub to: Option<i16>,
}

/// A thing with all its names.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SynonymGroup {
    /// Its usual name of today, one of [`SynonymGroup::terms`].
    pub name: String,
    /// Its names.
    pub terms: Vec<Synonym>,
}

/// All groups.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    group: Vec<SynonymGroup>,
    #[serde(skip)]
    by_text: HashMap<String, usize>,
}

impl Synonyms {
    /// The group of a name in simplified characters.
    pub fn group_of(&self, text: &str) -> Option<&SynonymGroup> {
        self.group.get(*self.by_text.get(text)?)
    }

    /// All groups, in the order of the table.
    pub fn all(&self) -> &[SynonymGroup] {
        &self.group
    }
}

/// The thesaurus, loaded once.
pub fn synonyms() -> &'static Synonyms {
    static TABLE: OnceLock<Synonyms> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Synonyms = super::embedded(TEXT);
        let names = |(at, group): (usize, &SynonymGroup)| -> Vec<(String, usize)> {
            group.terms.iter().map(|term| (term.text.clone(), at)).collect()
        };
        table.by_text = table.group.iter().enumerate().flat_map(names).collect();
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::variants;

    #[test]
    fn names_are_simplified_and_in_one_group_only() {
        let table = synonyms();
        let all: usize = table.all().iter().map(|group| group.terms.len()).sum();
        assert_eq!(all, table.by_text.len(), "a name stands in one group");
        assert!(table.all().len() > 100);
        for group in table.all() {
            assert!(group.terms.len() > 1 && group.terms.iter().any(|term| term.text == group.name), "{}", group.name);
            for term in &group.terms {
                assert!(term.text.chars().count() > 1, "{}", term.text);
                assert!(
                    term.text.chars().all(|c| variants().simplified(c) == c && c.is_alphanumeric()),
                    "{}",
                    term.text
                );
                assert!(term.from.zip(term.to).is_none_or(|(from, to)| from <= to), "{}", term.text);
            }
        }
    }
}

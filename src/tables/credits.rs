//! The words of a credit: roles, and the words beside names.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("credits.toml");

/// Roles of a credit and the words around its names; see the comments in `credits.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// A role word before its names → the names of its roles; none where the names are no bylines.
    pub opening: BTreeMap<String, Vec<String>>,
    /// A role word after its names → the names of its roles.
    pub closing: BTreeMap<String, Vec<String>>,
    /// The words that are no roles.
    pub words: CreditWords,
}

/// Words beside roles and names.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditWords {
    /// Before a role word, in one word with it (特约).
    pub prefixes: Vec<String>,
    /// Before a name, in one word with it (均由).
    pub lead_ins: Vec<String>,
    /// No names, while the words beside them may be.
    pub fillers: Vec<String>,
    /// Between two names in one word (和).
    pub joints: Vec<String>,
    /// After 作者: the rest is no name.
    pub notes: Vec<String>,
    /// Ends of an agency, a paper, a library of pictures.
    pub agencies: Vec<String>,
    /// Ends of an office that signs as a person does.
    pub offices: Vec<String>,
    /// Ends of a post before the name of its holder.
    pub posts: Vec<String>,
    /// What stands before the credit of a first paragraph.
    pub openings: Vec<String>,
}

/// The table, loaded once.
pub fn credits() -> &'static Credits {
    static TABLE: OnceLock<Credits> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_role_word_stands_on_one_side_of_its_names() {
        assert!(credits().opening.keys().all(|word| !credits().closing.contains_key(word)));
        assert!(credits().closing.values().all(|roles| !roles.is_empty()));
    }

    #[test]
    fn words_are_unique_in_their_list() {
        let words = &credits().words;
        let lists = [&words.prefixes, &words.fillers, &words.notes, &words.agencies, &words.offices, &words.posts];
        for list in lists {
            let mut seen = HashSet::new();
            assert!(list.iter().all(|word| seen.insert(word)), "{list:?}");
        }
    }
}

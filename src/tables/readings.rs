//! Readings of words in which a character does not sound as it does alone.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("readings.tsv");

/// Marks a row that holds for a surname only.
const SURNAME: char = '^';

/// The readings by word.
pub struct Readings {
    words: FxHashMap<&'static str, Vec<&'static str>>,
    surnames: FxHashMap<&'static str, Vec<&'static str>>,
    /// Characters with which a word of the table begins, and the length of the longest of them.
    longest: FxHashMap<char, usize>,
}

impl Readings {
    /// The syllables of the longest word of the table at the start of a text.
    pub fn at(&self, text: &[char]) -> Option<&[&'static str]> {
        let longest = (*self.longest.get(text.first()?)?).min(text.len());
        (1..=longest).rev().find_map(|length| {
            let word: String = text[..length].iter().collect();
            self.words.get(word.as_str()).map(Vec::as_slice)
        })
    }

    /// The syllables of the surname that a person's name begins with, where it sounds otherwise than the character alone.
    pub fn of_surname(&self, name: &str) -> Option<&[&'static str]> {
        let lengths = [2, 1].into_iter();
        let mut heads = lengths.map(|length| name.chars().take(length).collect::<String>());
        heads.find_map(|head| self.surnames.get(head.as_str()).map(Vec::as_slice))
    }

    fn load() -> Self {
        let mut readings =
            Self { words: FxHashMap::default(), surnames: FxHashMap::default(), longest: FxHashMap::default() };
        for row in super::rows(TEXT) {
            let [word, syllables] = row[..] else { continue };
            let syllables: Vec<&str> = syllables.split(' ').collect();
            if let Some(surname) = word.strip_prefix(SURNAME) {
                readings.surnames.insert(surname, syllables);
                continue;
            }
            if let Some(first) = word.chars().next() {
                let longest = readings.longest.entry(first).or_default();
                *longest = (*longest).max(syllables.len());
            }
            readings.words.insert(word, syllables);
        }
        readings
    }
}

/// The readings, loaded once.
pub fn readings() -> &'static Readings {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    TABLE.get_or_init(Readings::load)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_a_character() {
        let rows: Vec<Vec<&str>> = super::super::rows(TEXT).collect();
        assert!(rows.len() > 300);
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted and unique");
        for row in &rows {
            let syllables: Vec<&str> = row[1].split(' ').collect();
            assert_eq!(row[0].trim_start_matches(SURNAME).chars().count(), syllables.len(), "{row:?}");
            assert!(syllables.iter().all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase())), "{row:?}");
        }
    }

    #[test]
    fn the_longest_word_wins() {
        let at = |text: &str| readings().at(&text.chars().collect::<Vec<_>>()).map(<[&str]>::to_vec);
        assert_eq!(at("重庆市"), Some(vec!["chong", "qing"]));
        assert_eq!(at("工会"), None);
    }
}

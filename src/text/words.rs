//! Words of the segmenter: for ranking, never for deciding whether an article matches.

use super::lexicon_shape::is_lexicon_shape;
use jieba_rs::Jieba;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The version of jieba-rs, part of the dictionary's name; a test compares it with `Cargo.lock`.
const JIEBA_VERSION: &str = "0.11.0";

/// Our own words: word, frequency, tag.
const OUR_WORDS: &str = include_str!("../tables/words.txt");

/// jieba with our dictionary of union terms.
pub struct Segmenter {
    jieba: Jieba,
    hash: String,
}

impl Segmenter {
    /// The one segmenter of the process; loading it takes about a tenth of a second.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Segmenter> = OnceLock::new();
        SHARED.get_or_init(Self::load)
    }

    fn load() -> Self {
        let mut jieba = Jieba::new();
        for line in OUR_WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split(' ');
            if let Some(word) = columns.next().filter(|word| !word.is_empty()) {
                let frequency = columns.next().and_then(|n| n.parse().ok());
                jieba.add_word(word, frequency, columns.next());
            }
        }
        let digest = Sha256::digest(format!("jieba-rs {JIEBA_VERSION}\n{OUR_WORDS}"));
        let hash = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { jieba, hash }
    }

    /// Names the dictionary: an index built with another one must not be asked for lexicon terms.
    pub fn dictionary_hash(&self) -> &str {
        &self.hash
    }

    /// Whether a run of Han units is a word of the lexicon.
    pub fn lexicon_has(&self, word: &str) -> bool {
        is_lexicon_shape(word) && self.jieba.has_word(word)
    }

    /// Whether the dictionary has a word, and not as the name of a person.
    pub fn is_common_word(&self, word: &str) -> bool {
        let tags = || self.jieba.tag(word, false);
        self.jieba.has_word(word) && !matches!(tags().as_slice(), [only] if only.tag.starts_with("nr"))
    }

    /// The words of a run of Han units, in order.
    pub fn cut<'a>(&self, run: &'a str) -> Vec<&'a str> {
        self.jieba.cut(run, true).into_iter().map(|token| token.word).collect()
    }

    /// The same by the dictionary alone, without a guess at words that it does not know.
    pub fn cut_known<'a>(&self, run: &'a str) -> Vec<&'a str> {
        self.jieba.cut(run, false).into_iter().map(|token| token.word).collect()
    }

    pub(super) fn all_words<'a>(&self, run: &'a str) -> Vec<&'a str> {
        self.jieba.cut_all(run).into_iter().map(|token| token.word).collect()
    }
}

/// The words of an encoded text, separated by spaces; letter and number runs are words as they are.
pub fn word_tokens(segmenter: &Segmenter, encoded: &str) -> String {
    let mut tokens = String::with_capacity(encoded.len() * 3 / 2);
    for piece in pieces(encoded) {
        match piece {
            WordPiece::Han(run) => segmenter.cut(run).into_iter().for_each(|word| push(&mut tokens, word)),
            WordPiece::Run(run) => push(&mut tokens, run),
        }
    }
    tokens
}

fn push(tokens: &mut String, word: &str) {
    if !tokens.is_empty() {
        tokens.push(' ');
    }
    tokens.push_str(word);
}

/// The runs of Han units of an encoded text.
pub(super) fn han_runs(encoded: &str) -> impl Iterator<Item = &str> {
    pieces(encoded).filter_map(|piece| match piece {
        WordPiece::Han(run) => Some(run),
        WordPiece::Run(_) => None,
    })
}

enum WordPiece<'a> {
    Han(&'a str),
    Run(&'a str),
}

fn pieces(encoded: &str) -> impl Iterator<Item = WordPiece<'_>> {
    encoded.split('_').enumerate().flat_map(|(number, part)| {
        let (run, han) = if number % 2 == 1 { (Some(part), "") } else { (None, part) };
        let han = han.split('|').filter(|run| !run.is_empty()).map(WordPiece::Han);
        run.map(WordPiece::Run).into_iter().chain(han)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_all_units_but_boundaries() {
        let tokens = word_tokens(Segmenter::shared(), "总工会_gdp__3.5_送温暖|职工|");
        assert_eq!(tokens.replace(' ', ""), "总工会gdp3.5送温暖职工");
        assert!(tokens.contains(" gdp 3.5 送温暖 "), "{tokens}");
    }

    #[test]
    fn the_dictionary_is_named_after_the_locked_version() {
        let lock = include_str!("../../Cargo.lock");
        let entry = format!("name = \"jieba-rs\"\nversion = \"{JIEBA_VERSION}\"");
        assert!(lock.contains(&entry), "update JIEBA_VERSION: Cargo.lock has another jieba-rs");
    }

    #[test]
    fn our_words_are_sorted_and_unique() {
        let words: Vec<&str> =
            OUR_WORDS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split(' ').next()).collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(words.len() > 300);
    }
}

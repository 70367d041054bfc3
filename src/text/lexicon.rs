//! The lexicon stream: every dictionary word of three or more Han units that stands anywhere in the normal form,
//! whatever the segmentation. Such a word is then one exact term instead of a phrase.

use super::words::{Segmenter, han_runs};

/// The fewest units of a lexicon word; two units are one gram already.
const SHORTEST: usize = 3;

/// The lexicon words of an encoded text, separated by spaces, each as often as it occurs.
pub fn lexicon_tokens(segmenter: &Segmenter, encoded: &str) -> String {
    let mut tokens = String::new();
    for run in han_runs(encoded).filter(|run| is_long(run)) {
        for word in segmenter.all_words(run).into_iter().filter(|word| is_lexicon_shape(word)) {
            if !tokens.is_empty() {
                tokens.push(' ');
            }
            tokens.push_str(word);
        }
    }
    tokens
}

/// Whether a word has the shape of a lexicon word: three or more characters of the basic Han block, in which the
/// dictionary's scan is exhaustive.
pub(super) fn is_lexicon_shape(word: &str) -> bool {
    is_long(word) && word.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

fn is_long(text: &str) -> bool {
    text.chars().nth(SHORTEST - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_dictionary_word_whatever_the_segmentation() {
        let segmenter = Segmenter::shared();
        let text = "市总工会困难职工帮扶中心举办劳动模范座谈会中华人民共和国中央人民政府三〇五〇";
        let mut want: Vec<String> = Vec::new();
        let chars: Vec<char> = text.chars().collect();
        for start in 0..chars.len() {
            for end in start + SHORTEST..=chars.len() {
                let word: String = chars[start..end].iter().collect();
                if segmenter.lexicon_has(&word) {
                    want.push(word);
                }
            }
        }
        let tokens = lexicon_tokens(segmenter, text);
        let mut got: Vec<String> = tokens.split_whitespace().map(str::to_owned).collect();
        want.sort();
        got.sort();
        assert_eq!(got, want);
        assert!(got.iter().any(|word| word == "中华人民共和国"));
    }
}

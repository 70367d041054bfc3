//! The lexicon stream: every dictionary word of three or more Han units that stands anywhere in the normal form,
//! whatever the segmentation. Such a word is then one exact term instead of a phrase.

use super::lexicon_shape::{is_lexicon_shape, is_long};
use super::words::{Segmenter, han_runs};

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

#[cfg(test)]
mod tests {
    use super::super::lexicon_shape::SHORTEST;
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

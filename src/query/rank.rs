//! What orders hits by relevance: words, and where they count more.

use super::Ast;
use crate::model::TextField;
use crate::text::{Segmenter, query_units, word_tokens};

/// A word that raises the score of articles that have it.
#[derive(Clone, Debug, PartialEq)]
pub struct RankTerm {
    /// The stream: `{field}` of words.
    pub field: TextField,
    /// The word.
    pub word: String,
    /// Weight of its score.
    pub boost: f32,
}

/// How much a word in the title counts beside the same word in the body (measured: knowledge/chinese-search.md §4.6).
const TITLE_BOOST: f32 = 2.5;

/// Words that order nothing unless no other word is left.
const STOP_WORDS: &str = "的 了 在 和 是 与 及 等 为 对 将 从 到 以 并 也 就 都 而 或 被 把 由 于 上 中 下 年 月 日";

/// The words that order the hits of a query, in the title, the body and the captions.
pub fn rank_terms(ast: &Ast) -> Vec<RankTerm> {
    let weights = [(TextField::Title, TITLE_BOOST), (TextField::Body, 1.0), (TextField::Caption, 1.0)];
    content_words(ast)
        .into_iter()
        .flat_map(|word| weights.map(|(field, boost)| RankTerm { field, word: word.clone(), boost }))
        .collect()
}

/// Whether a word orders nothing beside others.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.split(' ').any(|stop| stop == word)
}

/// The segmenter's words of the positive terms of a query, each once, in its order, without stop words unless nothing
/// else is left.
pub fn content_words(ast: &Ast) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for term in ast.positive_terms() {
        let tokens = word_tokens(Segmenter::shared(), &query_units(&term.text).concat());
        words.extend(tokens.split_whitespace().map(str::to_owned));
    }
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|word| seen.insert(word.clone()));
    let content: Vec<String> = words.iter().filter(|word| !is_stop_word(word)).cloned().collect();
    if content.is_empty() { words } else { content }
}

//! Articles on the same matter: those that share an article's weightiest words.

use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::model::{Article, ArticleId, TextField};
use crate::query::{Match, Plan, RankTerm, Sort, is_stop_word};
use crate::text::{NormalForm, Segmenter, word_tokens};
use std::collections::HashMap;

/// Words that an article is compared by.
const WORDS: usize = 20;

/// Words whose frequencies are looked up, the most frequent of the article.
const LOOKED_UP: usize = 120;

/// How often a word of the title counts.
const TITLE: u32 = 3;

/// The most that are given.
pub const MOST_SIMILAR: usize = 20;

impl ArchiveView {
    /// The most similar articles, its reprints left out, best first, with their scores; at most `limit` of
    /// [`MOST_SIMILAR`].
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn similar(&self, article: &Article, limit: usize) -> Result<Vec<(Article, f32)>, ArchiveError> {
        let weights = self.weights(article)?;
        if weights.is_empty() {
            return Ok(Vec::new());
        }
        let mut family = self.reprints(article.id)?.to_vec();
        family.push(article.id);
        let term =
            |(word, weight): &(String, f32)| RankTerm { field: TextField::Body, word: word.clone(), boost: *weight };
        let plan = Plan {
            ranking: weights.iter().map(term).collect(),
            sort: Sort::Relevance,
            limit: limit.min(MOST_SIMILAR) + family.len(),
            ..Plan::for_match(Match::Words(weights.iter().map(|(word, _)| word.clone()).collect()))
        };
        let other = |id: &ArticleId| !family.contains(id);
        let hits = self.state.search(&plan)?.hits.into_iter().filter(|hit| other(&hit.article.id));
        Ok(hits.take(limit.min(MOST_SIMILAR)).map(|hit| (hit.article, hit.score)).collect())
    }

    /// The weightiest words of an article: how often it has them (by its logarithm) times how rare they are.
    fn weights(&self, article: &Article) -> Result<Vec<(String, f32)>, ArchiveError> {
        let mut counts: Vec<(String, u32)> = counts(article).into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts.truncate(LOOKED_UP);
        let words: Vec<String> = counts.iter().map(|(word, _)| word.clone()).collect();
        let frequencies = self.state.word_frequencies(&words)?;
        let articles = self.state.article_count()? as f32;
        let weigh = |((word, count), frequency): ((String, u32), u64)| {
            let rare = (1.0 + articles / (1.0 + frequency as f32)).ln();
            (word, (1.0 + count as f32).ln() * rare)
        };
        let mut weights: Vec<(String, f32)> = counts.into_iter().zip(frequencies).map(weigh).collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        weights.truncate(WORDS);
        Ok(weights)
    }
}

/// How often an article has each word of two or more Han characters.
fn counts(article: &Article) -> HashMap<String, u32> {
    let mut counts = HashMap::new();
    for (field, times) in [(TextField::Title, TITLE), (TextField::Body, 1)] {
        let text = NormalForm::from_paragraphs(article.paragraphs(field)).into_encoded();
        let tokens = word_tokens(Segmenter::shared(), &text);
        let telling = |word: &&str| word.chars().count() > 1 && !word.is_ascii() && !is_stop_word(word);
        tokens.split(' ').filter(telling).for_each(|word| *counts.entry(word.to_owned()).or_default() += times);
    }
    counts
}

//! Words that tell two sets of articles apart, and words that stand near a query.

use crate::archive::request::error::ArchiveError;
use crate::archive::request::warning::{Warning, warning};
use crate::archive::request::{Needed, Selection, TermsRequest};
use crate::archive::search::snippet::HighlightQuery;
use crate::archive::view::ArchiveView;
use crate::model::{Article, TextField};
use crate::query::is_stop_word;
use crate::text::{NormalForm, Segmenter, word_tokens};
use crate::trends::{Keyness, keyness};
use std::collections::{BTreeMap, BTreeSet};

/// Log-likelihood from which a difference is told: one in a thousand by chance, for one word.
const LIKELY: f64 = 10.83;

/// Units on each side of a match that are near it, unless asked otherwise.
const WINDOW: usize = 10;

/// A word with the articles that have it in two sets.
#[derive(Clone, Debug, PartialEq)]
pub struct TermRow {
    /// The word.
    pub word: String,
    /// Articles of the first set that have it, near a match where words near a query were asked for.
    pub one: u64,
    /// Articles of the second set that have it.
    pub other: u64,
    /// What the difference is worth.
    pub keyness: Keyness,
}

/// Words of two sets of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsReply {
    /// Whether two sets were compared; else words near the query, against all articles.
    pub compared: bool,
    /// Articles of the first set.
    pub one: u64,
    /// Articles of the second set.
    pub other: u64,
    /// Articles whose texts were read, where that was needed.
    pub read: Option<u64>,
    /// Words that the first set has more, the most certain first.
    pub more: Vec<TermRow>,
    /// Words that the second set has more, the most certain first; none for words near a query.
    pub less: Vec<TermRow>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    /// Words that tell two sets of articles apart, or that stand near a query.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn terms(&self, request: &TermsRequest) -> Result<TermsReply, ArchiveError> {
        match request.versus() {
            Some(other) => self.compared(request, &other),
            None => self.near(request),
        }
    }

    fn compared(&self, request: &TermsRequest, other: &Selection) -> Result<TermsReply, ArchiveError> {
        if !self.state.features().word_counts {
            return Err(ArchiveError::NotOffered(Needed::WordCounts));
        }
        let (question, one) = self.plan_of(&request.selection)?;
        let (_, other) = self.plan_of(other)?;
        let all = (self.state.search(&one)?.total, self.state.search(&other)?.total);
        let counts = self.state.word_counts(&[one, other], request.terms.fewest as u64)?;
        let rows = counts.into_iter().map(|(word, counts)| (word, (counts[0], counts[1])));
        let (more, less) = listed(rows, all, request);
        Ok(TermsReply {
            compared: true,
            one: all.0,
            other: all.1,
            read: None,
            more,
            less,
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }

    fn near(&self, request: &TermsRequest) -> Result<TermsReply, ArchiveError> {
        let (question, plan) = self.plan_of(&request.selection)?;
        let total = self.state.search(&plan)?.total;
        let wanted = HighlightQuery::from_ast(&question.ast);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut read = 0;
        self.scroll_articles(&plan, &mut |article| {
            read += 1;
            for word in words_near(&article, &wanted, request.terms.window.unwrap_or(WINDOW)) {
                *counts.entry(word).or_default() += 1;
            }
            read < self.limits.articles_read
        })?;
        let words: Vec<String> = counts.keys().cloned().collect();
        let everywhere = self.state.word_frequencies(&words)?;
        let all = (read, self.state.article_count()?);
        let typed: BTreeSet<String> = question.words.iter().cloned().collect();
        let rows = counts.into_iter().zip(everywhere).map(|((word, near), count)| (word, (near, count)));
        let (more, _) = listed(rows.filter(|(word, _)| !typed.contains(word)), all, request);
        Ok(TermsReply {
            compared: false,
            one: total,
            other: all.1,
            read: Some(read),
            more,
            less: Vec::new(),
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }
}

/// Whether a word says anything by itself.
fn tells(word: &str) -> bool {
    word.chars().count() > 1 && !is_stop_word(word) && !word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The words that differ, more often in the first set and more often in the second.
fn listed(
    rows: impl Iterator<Item = (String, (u64, u64))>,
    all: (u64, u64),
    request: &TermsRequest,
) -> (Vec<TermRow>, Vec<TermRow>) {
    let frequent =
        |(word, (one, other)): &(String, (u64, u64))| (*one).max(*other) >= request.terms.fewest as u64 && tells(word);
    let row =
        |(word, (one, other)): (String, (u64, u64))| TermRow { keyness: keyness((one, other), all), word, one, other };
    let likely = rows.filter(frequent).map(row).filter(|row| row.keyness.likelihood >= LIKELY);
    let mut likely: Vec<TermRow> = likely.collect();
    likely.sort_by(|a, b| b.keyness.likelihood.total_cmp(&a.keyness.likelihood).then_with(|| a.word.cmp(&b.word)));
    let (mut more, mut less): (Vec<TermRow>, Vec<TermRow>) =
        likely.into_iter().partition(|row| row.keyness.effect > 0.0);
    more.truncate(request.terms.limit);
    less.truncate(request.terms.limit);
    (more, less)
}

/// The words near the matches in an article's body, each once. Words that the window may have cut are left out.
fn words_near(article: &Article, wanted: &HighlightQuery, window: usize) -> BTreeSet<String> {
    let normal = NormalForm::from_paragraphs(article.paragraphs(TextField::Body));
    let units: Vec<&str> = crate::text::units(normal.encoded()).collect();
    let mut found = BTreeSet::new();
    for range in wanted.unit_ranges(&normal, TextField::Body) {
        let (start, end) = (range.start.saturating_sub(window), (range.end + window).min(units.len()));
        let left = words_of(&units[start..range.start]);
        let right = words_of(&units[range.end..end]);
        found.extend(left.into_iter().skip(usize::from(start > 0)));
        let whole = right.len() - usize::from(end < units.len() && !right.is_empty());
        found.extend(right.into_iter().take(whole));
    }
    found
}

fn words_of(units: &[&str]) -> Vec<String> {
    let tokens = word_tokens(Segmenter::shared(), &units.concat());
    tokens.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        let read = |pairs: &[(&str, &str)]| TermsRequest::from_pairs(pairs.iter().copied());
        assert!(read(&[]).is_err() && read(&[("q", "送温暖")]).is_ok());
        assert!(read(&[("from", "2014"), ("versus_to", "2013")]).is_ok());
        assert!(read(&[("versus_from", "2015"), ("versus_to", "2014")]).is_err());
        assert!(read(&[("date", "undated"), ("versus_from", "2014")]).is_err());
        assert!(read(&[("window", "3"), ("versus_from", "2014")]).is_err());
        for (name, value) in
            [("window", "0"), ("window", "51"), ("fewest", "x"), ("versus_region", "亚特兰蒂斯"), ("sort", "newest")]
        {
            assert!(read(&[("q", "x"), (name, value)]).is_err(), "{name}={value}");
        }
    }
}

//! The first hits in a better order: recipe `k50` of knowledge/lexicon-ranking.md §3.1 with a share for the opening, the
//! best of those measured in `benches/results/2026-11-22-ranking.md`.
//!
//! `score = BM25(words) + 2.5 P + 40 C + 0.2 L`. `C` is the share of the query's weight (inverse document frequency) whose
//! words stand in the text, `P` sums over neighbouring words of the query the smaller weight of the two, divided by one
//! more than the units between their nearest places. `L` is the weight of the words in the first [`LEAD`] bytes of the
//! body: a report says first what it is about. A much larger share would favour openings over everything else (§3).

use crate::engine::{EngineError, Hit, Queries};
use crate::model::{Article, TextField};
use crate::query::{Term, UnitRun, run_of};
use crate::text::{NormalForm, units};
use memchr::memmem::Finder;

/// How many hits are looked at: with more of them the order is no better (measured: §3, k200 - k50).
pub(in crate::archive) const HEAD: usize = 50;

/// Weight of closeness.
const CLOSENESS: f32 = 2.5;

/// Weight of coverage.
const COVERAGE: f32 = 40.0;

/// Weight of the lead.
const OPENING: f32 = 0.2;

/// Bytes of the encoded body that are its lead: about a hundred Han characters.
const LEAD: usize = 300;

/// Units between two words from which they are not close.
const FAR: usize = 20;

/// The most places of one word in one text that are looked at.
const PLACES: usize = 200;

/// The words of a query with their weights.
pub(in crate::archive) struct Rescorer {
    words: Vec<(String, f32)>,
    total: f32,
}

impl Rescorer {
    /// For the words of a query, in its order; weights are by the number of articles that hold each as an exact run.
    pub(in crate::archive) fn new(words: &[String], engine: &(impl Queries + ?Sized)) -> Result<Self, EngineError> {
        let capabilities = engine.capabilities();
        let runs: Vec<UnitRun> =
            words.iter().filter_map(|word| run_of(&Term::word(word.as_str()), capabilities)).collect();
        let articles = engine.article_count()? as f32;
        let weight = |frequency: u64| {
            let frequency = frequency as f32;
            (1.0 + (articles - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
        };
        let frequencies = engine.frequencies(&runs)?;
        let words: Vec<(String, f32)> =
            runs.into_iter().zip(frequencies).map(|(run, frequency)| (run.encoded, weight(frequency))).collect();
        let total = words.iter().map(|(_, weight)| weight).sum();
        Ok(Self { words, total })
    }

    /// Puts hits in order: best score first, ties by date, then id.
    pub(in crate::archive) fn order(&self, hits: &mut [Hit]) {
        let finders: Vec<Finder<'_>> = self.words.iter().map(|(word, _)| Finder::new(word)).collect();
        for hit in hits.iter_mut() {
            hit.score += self.bonus(&hit.article, &finders);
        }
        hits.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| (a.key.second, a.key.id).cmp(&(b.key.second, b.key.id)))
        });
    }

    fn bonus(&self, article: &Article, finders: &[Finder<'_>]) -> f32 {
        let fields = [TextField::Title, TextField::Body, TextField::Caption];
        let mut found = vec![false; self.words.len()];
        let (mut closeness, mut opening) = (0.0_f32, 0.0_f32);
        for field in fields {
            let paragraphs = article.paragraphs(field);
            if paragraphs.is_empty() {
                continue;
            }
            let text = NormalForm::from_paragraphs(paragraphs).into_encoded();
            let places: Vec<Vec<usize>> =
                finders.iter().map(|finder| finder.find_iter(text.as_bytes()).take(PLACES).collect()).collect();
            places.iter().zip(&mut found).for_each(|(places, found)| *found |= !places.is_empty());
            closeness = closeness.max(self.closeness(&text, &places));
            if field == TextField::Body {
                let early = |places: &&Vec<usize>| places.first().is_some_and(|at| *at < LEAD);
                opening = places.iter().zip(&self.words).filter(|(places, _)| early(places)).map(|(_, (_, w))| w).sum();
            }
        }
        let covered: f32 = self.words.iter().zip(&found).filter(|(_, found)| **found).map(|((_, w), _)| w).sum();
        CLOSENESS * closeness + COVERAGE * covered / self.total.max(f32::MIN_POSITIVE) + OPENING * opening
    }

    fn closeness(&self, text: &str, places: &[Vec<usize>]) -> f32 {
        let pairs = self.words.windows(2).zip(places.windows(2));
        let close = pairs.filter_map(|(words, places)| {
            let lengths = (words[0].0.len(), words[1].0.len());
            let (end, start) = nearest(&places[0], &places[1], lengths)?;
            let gap = units(text.get(end..start)?).take(FAR).count();
            (gap < FAR).then(|| words[0].1.min(words[1].1) / (1.0 + gap as f32))
        });
        close.sum()
    }
}

/// The piece of text between the nearest places of two words that do not overlap, as bytes.
fn nearest(firsts: &[usize], seconds: &[usize], (first, second): (usize, usize)) -> Option<(usize, usize)> {
    let behind = |from: &[usize], length: usize, to: &[usize]| {
        let gap = |at: &usize| {
            let end = at + length;
            to.get(to.partition_point(|start| *start < end)).map(|start| (end, *start))
        };
        from.iter().filter_map(gap).min_by_key(|(end, start)| start - end)
    };
    let both = [behind(firsts, first, seconds), behind(seconds, second, firsts)];
    both.into_iter().flatten().min_by_key(|(end, start)| start - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_places_count_in_either_order() {
        let text = "工会a维权bbbb工会|维权工会";
        let at = |word: &str| text.match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
        let (end, start) = nearest(&at("工会"), &at("维权"), (6, 6)).unwrap();
        assert_eq!(&text[end..start], "");
        assert!(nearest(&[0], &[3], (6, 6)).is_none(), "overlapping places are none");
    }
}

//! What the index knows of its words and articles as a whole.

use super::schema::{Fields, ID, MARKS};
use crate::engine::EngineError;
use crate::model::{ArticleId, TextField};
use crate::query::{Run, RunTokens};
use std::collections::BTreeMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// About how many articles hold a run: see [`crate::engine::Engine::frequencies`].
pub(super) fn frequency(searcher: &Searcher, fields: &Fields, run: &Run) -> Result<u64, EngineError> {
    let one = |field: Field, text: &str| searcher.doc_freq(&Term::from_field_text(field, text));
    let in_field = |field: TextField| -> Result<u64, EngineError> {
        let streams = fields.text(field);
        Ok(match &run.tokens {
            RunTokens::Lexicon(word) => one(streams.lexicon, word)?,
            // A unit by itself is a range of grams; as a word it is counted at once.
            RunTokens::Prefix(unit) => one(streams.words, unit.trim_matches('_'))?,
            RunTokens::Grams(grams) | RunTokens::GramsThen(grams, _) => {
                let counts: Vec<u64> = grams.iter().map(|gram| one(streams.grams, gram)).collect::<Result<_, _>>()?;
                counts.into_iter().min().unwrap_or(0)
            }
        })
    };
    Ok(in_field(TextField::Title)?.max(in_field(TextField::Body)?))
}

/// The words of titles and bodies, with the larger of the two numbers of articles that have them.
pub(super) fn vocabulary(searcher: &Searcher, fields: &Fields, fewest: u64) -> Result<Vec<(String, u64)>, EngineError> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for field in [TextField::Title, TextField::Body] {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(fields.text(field).words)?;
            let mut stream = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    *counts.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
        }
        for (word, count) in counts {
            let known = words.entry(word).or_default();
            *known = (*known).max(count);
        }
    }
    Ok(words.into_iter().filter(|(_, count)| *count >= fewest).collect())
}

/// All marks of living articles.
pub(super) fn marks(searcher: &Searcher) -> Result<Vec<(u32, ArticleId)>, EngineError> {
    let mut all = Vec::new();
    for segment in searcher.segment_readers() {
        let (ids, marks) = (segment.fast_fields().u64(ID)?, segment.fast_fields().u64(MARKS)?);
        for doc in segment.doc_ids_alive() {
            if let Some(id) = ids.first(doc) {
                let id = ArticleId::from_u64(id);
                all.extend(marks.values_for_doc(doc).map(|mark| (u32::try_from(mark).unwrap_or(u32::MAX), id)));
            }
        }
    }
    Ok(all)
}

/// BM25 statistics that count articles only: source records have no text, so lengths and document frequencies are
/// theirs already, and the number of documents is the frequency of the article mark.
pub(super) struct ArticleStatistics<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
}

impl Bm25StatisticsProvider for ArticleStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        let mark = Term::from_field_text(self.fields.record, super::ARTICLE);
        self.searcher.doc_freq(&mark)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}

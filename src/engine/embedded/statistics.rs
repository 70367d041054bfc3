//! What the index knows of its words and articles as a whole.

use super::schema::{ORDER, SchemaFields};
use crate::engine::{Budget, EngineError};
use crate::model::TextField;
use crate::query::{RunTokens, UnitRun};
use std::collections::BTreeMap;
use tantivy::collector::{Collector, SegmentCollector, TopDocs};
use tantivy::query::{Bm25StatisticsProvider, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Order, Score, Searcher, SegmentReader, TERMINATED, Term};

/// About how many articles hold a run: see [`crate::engine::Queries::frequencies`].
pub(super) fn frequency(searcher: &Searcher, fields: &SchemaFields, run: &UnitRun) -> Result<u64, EngineError> {
    let one = |field: Field, text: &str| searcher.doc_freq(&Term::from_field_text(field, text));
    let in_field = |field: TextField| -> Result<u64, EngineError> {
        let streams = fields.text(field);
        Ok(match &run.tokens {
            RunTokens::Lexicon(word) => one(fields.lexicon, word)?,
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

/// The records of a query that are lowest in the column of orders, from the `from`th on and at most `limit`.
pub(super) fn lowest_in_order(
    searcher: &Searcher,
    query: &dyn Query,
    from: usize,
    limit: usize,
) -> Result<Vec<DocAddress>, EngineError> {
    let lowest = TopDocs::with_limit(limit.max(1)).and_offset(from).order_by_fast_field::<u64>(ORDER, Order::Asc);
    let found = searcher.search(query, &lowest)?;
    Ok(found.into_iter().map(|(_, address)| address).take(limit).collect())
}

/// Terms between two looks at the budget.
const TERMS: usize = 1024;

/// The most frequent words of titles and bodies, with the larger of the two numbers of articles that have them.
pub(super) fn frequent_words(
    searcher: &Searcher,
    fields: &SchemaFields,
    (fewest, most): (u64, usize),
    budget: &Budget,
) -> Result<Vec<(String, u64)>, EngineError> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for field in [TextField::Title, TextField::Body] {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(fields.text(field).words)?;
            let mut stream = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            for number in 0_usize.. {
                if !stream.advance() {
                    break;
                }
                if number % TERMS == 0 {
                    budget.check()?;
                }
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
    let mut words: Vec<(String, u64)> = words.into_iter().filter(|(_, count)| *count >= fewest).collect();
    if words.len() > most {
        words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        words.truncate(most);
        words.sort_unstable();
    }
    Ok(words)
}

/// The documents of a query, a bit for each.
struct BitsetCollector;

struct BitsetSegmentCollector {
    segment: u32,
    bits: Vec<u64>,
}

impl SegmentCollector for BitsetSegmentCollector {
    type Fruit = (u32, Vec<u64>);

    fn collect(&mut self, doc: DocId, _: Score) {
        self.bits[doc as usize / 64] |= 1 << (doc % 64);
    }

    fn harvest(self) -> Self::Fruit {
        (self.segment, self.bits)
    }
}

impl Collector for BitsetCollector {
    type Fruit = Vec<Vec<u64>>;
    type Child = BitsetSegmentCollector;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<BitsetSegmentCollector> {
        Ok(BitsetSegmentCollector { segment, bits: vec![0; (reader.max_doc() as usize).div_ceil(64)] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, mut fruits: Vec<(u32, Vec<u64>)>) -> tantivy::Result<Vec<Vec<u64>>> {
        fruits.sort_unstable();
        Ok(fruits.into_iter().map(|(_, bits)| bits).collect())
    }
}

/// For each word of bodies how many documents of each query have it; every posting of the field is looked at once.
pub(super) fn word_counts(
    searcher: &Searcher,
    fields: &SchemaFields,
    queries: &[Box<dyn Query>],
    budget: &Budget,
) -> Result<Vec<(String, Vec<u64>)>, EngineError> {
    let sets: Vec<Vec<Vec<u64>>> =
        queries.iter().map(|query| searcher.search(&**query, &BitsetCollector)).collect::<tantivy::Result<_>>()?;
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let index = segment.inverted_index(fields.text(TextField::Body).words)?;
        let mut stream = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while stream.advance() {
            budget.check()?;
            let mut postings = index
                .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            let mut found = vec![0; sets.len()];
            let mut doc = postings.doc();
            while doc != TERMINATED {
                for (set, found) in sets.iter().zip(&mut found) {
                    *found += set[at][doc as usize / 64] >> (doc % 64) & 1;
                }
                doc = postings.advance();
            }
            if found.iter().any(|count| *count > 0)
                && let Ok(word) = std::str::from_utf8(stream.key())
            {
                let all = counts.entry(word.to_owned()).or_insert_with(|| vec![0; sets.len()]);
                all.iter_mut().zip(found).for_each(|(all, found)| *all += found);
            }
        }
    }
    Ok(counts.into_iter().collect())
}

/// BM25 statistics that count articles only: source records have no text, so lengths and document frequencies are
/// theirs already, and the number of documents is the frequency of the article mark.
pub(super) struct ArticleStatistics<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a SchemaFields,
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

//! A query as it was read: what was typed, what it means with all its variants, and what there is to say of it.

use crate::archive::request::error::ArchiveError;
use crate::archive::request::{Selection, filter_fields};
use crate::model::{Date, Facet};
use crate::query::{
    Ast, Capabilities, Diagnostic, Expansion, MAX_TERMS, Match, Plan, QueryReading, Sort, content_words, expand,
    match_of, parse, rank_terms,
};
use std::sync::OnceLock;

/// Reads a query text with the filters of the archive as fields; `today` is the day that words like 去年 count from.
pub fn parse_query(text: &str, today: Option<Date>) -> (Ast, Vec<Diagnostic>) {
    static FIELDS: OnceLock<Vec<(&'static str, Facet)>> = OnceLock::new();
    parse(text, QueryReading { today, filters: FIELDS.get_or_init(|| filter_fields().collect()) })
}

/// A query, read once a request.
pub(in crate::archive) struct ParsedQuery {
    /// As typed.
    pub(in crate::archive) typed: Ast,
    /// With the variants of its terms where they were asked for, else as typed.
    pub(in crate::archive) ast: Ast,
    /// Which terms have variants.
    pub(in crate::archive) expansions: Vec<Expansion>,
    /// What decides whether an article matches.
    pub(in crate::archive) matching: Match,
    /// What there is to say of it.
    pub(in crate::archive) diagnostics: Vec<Diagnostic>,
    /// The words that order the hits, in the order of the query.
    pub(in crate::archive) words: Vec<String>,
}

impl ParsedQuery {
    /// Reads the query of a request.
    pub(in crate::archive) fn from_request(
        selection: &Selection,
        capabilities: Capabilities,
    ) -> Result<Self, ArchiveError> {
        let (typed, mut diagnostics) = parse_query(&selection.query, selection.reading.today);
        if typed.size() > MAX_TERMS {
            return Err(ArchiveError::TooManyTerms { most: MAX_TERMS });
        }
        let (ast, expansions) = if selection.reading.expand { expand(&typed) } else { (typed.clone(), Vec::new()) };
        let (matching, more) = match_of(&ast, capabilities);
        diagnostics.extend(more);
        let words = content_words(&typed);
        Ok(Self { typed, ast, expansions, matching, diagnostics, words })
    }

    /// A plan for the question: the filters of the selection, the latest first, no hits, no facets.
    pub(in crate::archive) fn plan(&self, selection: &Selection) -> Result<Plan, ArchiveError> {
        Ok(Plan {
            filters: selection.filters.conditions()?,
            once: selection.reading.once,
            ranking: rank_terms(&self.ast),
            ..Plan::for_match(self.matching.clone())
        })
    }

    /// Whether the first hits are looked at again: only by relevance, and only where several terms were typed, whose
    /// closeness tells something.
    pub(in crate::archive) fn is_rescored(&self, sort: Sort) -> bool {
        sort == Sort::Relevance && self.words.len() > 1 && self.typed.positive_terms().len() > 1
    }
}

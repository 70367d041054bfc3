//! A query as it was read: what was typed, what it means with all its variants, and what there is to say of it.

use crate::archive::request::SearchRequest;
use crate::archive::request::error::ArchiveError;
use crate::query::{
    Ast, Capabilities, Diagnostic, Expansion, MAX_TERMS, Match, Plan, Sort, content_words, expand, match_of, parse_on,
    rank_terms,
};

/// A query, read once a request.
pub(in crate::archive) struct Question {
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

impl Question {
    /// Reads the query of a request.
    pub(in crate::archive) fn of(request: &SearchRequest, capabilities: Capabilities) -> Result<Self, ArchiveError> {
        let (typed, mut diagnostics) = parse_on(&request.query, request.today);
        if typed.size() > MAX_TERMS {
            return Err(ArchiveError::TooManyTerms { most: MAX_TERMS });
        }
        let (ast, expansions) = if request.expand { expand(&typed) } else { (typed.clone(), Vec::new()) };
        let (matching, more) = match_of(&ast, capabilities);
        diagnostics.extend(more);
        let words = content_words(&typed);
        Ok(Self { typed, ast, expansions, matching, diagnostics, words })
    }

    /// A plan for the question: filters and order of the request, `limit` hits, no facets.
    pub(in crate::archive) fn plan(&self, request: &SearchRequest, limit: usize) -> Result<Plan, ArchiveError> {
        Ok(Plan {
            filters: request.filters()?,
            once: request.once,
            ranking: rank_terms(&self.ast),
            sort: request.order(),
            limit,
            ..Plan::of(self.matching.clone())
        })
    }

    /// Whether the first hits are looked at again: only by relevance, and only where several terms were typed, whose
    /// closeness tells something.
    pub(in crate::archive) fn is_rescored(&self, sort: Sort) -> bool {
        sort == Sort::Relevance && self.words.len() > 1 && self.typed.positive_terms().len() > 1
    }
}

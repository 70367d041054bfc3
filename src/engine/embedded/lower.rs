//! Plan → tantivy query. Exact runs decide and score nothing; words score and decide nothing.

use super::excluded::Excluded;
use super::range::{ColumnRange, RangeQuery};
use super::schema::{CONFIDENCE, EARLIEST, LATEST, SINCE, SchemaFields, UNDATED, UNTIL, amount_column, confidence_key};
use super::verify::{Verifier, VerifyCondition};
use crate::model::{Date, InferredField, TextField};
use crate::query::{Filter, Match, NearPair, Plan, RankTerm, RunTokens, UnitRun};
use std::ops::{Bound, RangeInclusive};
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, PhraseQuery,
    Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// Only articles, never source records.
pub(super) fn articles(fields: &SchemaFields) -> Box<dyn Query> {
    term(fields.record, super::ARTICLE)
}

/// What a query finds among the articles.
pub(super) fn of_articles(fields: &SchemaFields, query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(vec![articles(fields), query]))
}

/// What articles were after a commit that have changed or gone since.
pub(super) fn formers_at(fields: &SchemaFields, commit: u64) -> Box<dyn Query> {
    let commits = |column: &str, range| -> Box<dyn Query> {
        Box::new(RangeQuery { column: column.to_owned(), range: ColumnRange::Numbers(vec![range]) })
    };
    Box::new(BooleanQuery::intersection(vec![
        term(fields.record, super::FORMER),
        commits(SINCE, 0..=commit),
        commits(UNTIL, commit + 1..=u64::MAX),
    ]))
}

/// Plan → tantivy query.
pub(super) fn query(fields: &SchemaFields, verifier: &Verifier, plan: &Plan) -> Box<dyn Query> {
    let lowering = Lowering { fields, verifier };
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    if !has_text(&plan.matching) {
        clauses.push((Occur::Must, articles(fields)));
    }
    plan.filters.iter().for_each(|filter| filter_clauses(fields, filter, &mut clauses));
    clauses.push((Occur::Must, lowering.matching(&plan.matching)));
    let exact: Box<dyn Query> = Box::new(BooleanQuery::new(clauses));
    if !plan.is_scored() {
        return exact;
    }
    let mut scored: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(ConstScoreQuery::new(exact, 0.0)))];
    scored.extend(plan.ranking.iter().map(|rank| (Occur::Should, scored_word(fields, rank))));
    Box::new(BooleanQuery::new(scored))
}

/// The ranking words of a plan, any of them, and nothing else: a union that the index can prune.
pub(super) fn words(fields: &SchemaFields, plan: &Plan) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(plan.ranking.iter().map(|rank| scored_word(fields, rank)).collect()))
}

fn scored_word(fields: &SchemaFields, rank: &RankTerm) -> Box<dyn Query> {
    let word = Term::from_field_text(fields.text(rank.field).words, &rank.word);
    Box::new(BoostQuery::new(Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs)), rank.boost))
}

pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn any_term(field: Field, values: &[String]) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(values.iter().map(|value| term(field, value)).collect()))
}

/// Whether only articles can match, because something of their text must: other records have none.
fn has_text(wanted: &Match) -> bool {
    match wanted {
        Match::Run(_) | Match::Near(_) | Match::Words(_) | Match::Amount { .. } => true,
        Match::And(parts) => parts.iter().any(has_text),
        Match::Or(parts) => !parts.is_empty() && parts.iter().all(has_text),
        Match::All | Match::Nothing | Match::Filter(_) | Match::Not(_) => false,
    }
}

struct Lowering<'a> {
    fields: &'a SchemaFields,
    verifier: &'a Verifier,
}

impl Lowering<'_> {
    fn matching(&self, wanted: &Match) -> Box<dyn Query> {
        match wanted {
            Match::All => Box::new(AllQuery),
            Match::Nothing => Box::new(EmptyQuery),
            Match::Run(run) => self.run(run),
            Match::Near(near) => self.near(near),
            Match::Filter(filter) => {
                let mut clauses = Vec::new();
                filter_clauses(self.fields, filter, &mut clauses);
                self.all(clauses)
            }
            Match::Words(words) => {
                let streams = [TextField::Title, TextField::Body].map(|field| self.fields.text(field).words);
                Box::new(BooleanQuery::union(streams.map(|stream| any_term(stream, words)).into()))
            }
            Match::Amount { measure, least, most } => {
                let (least, most) =
                    (least.map_or(0.0, |least| least as f64), most.map_or(f64::MAX, |most| most as f64));
                Box::new(RangeQuery { column: amount_column(*measure), range: ColumnRange::Amounts(least..=most) })
            }
            Match::And(parts) => {
                let clause = |part: &Match| match part {
                    Match::Not(inner) => (Occur::MustNot, self.excluded(inner)),
                    other => (Occur::Must, self.matching(other)),
                };
                self.all(parts.iter().map(clause).collect())
            }
            Match::Or(parts) => Box::new(BooleanQuery::union(parts.iter().map(|part| self.matching(part)).collect())),
            Match::Not(part) => self.all(vec![(Occur::MustNot, self.excluded(part))]),
        }
    }

    fn excluded(&self, part: &Match) -> Box<dyn Query> {
        Box::new(Excluded(self.matching(part)))
    }

    /// All clauses; where none must match, all articles but those that must not.
    fn all(&self, mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn run(&self, run: &UnitRun) -> Box<dyn Query> {
        let anywhere = || -> Box<dyn Query> {
            Box::new(BooleanQuery::union(run.fields().map(|field| self.run_in(field, &run.tokens)).collect()))
        };
        match &run.tokens {
            RunTokens::Lexicon(word) => term(self.fields.lexicon, word),
            RunTokens::GramsThen(..) => self.verifier.query(anywhere(), VerifyCondition::Run(run.clone())),
            _ => anywhere(),
        }
    }

    /// Both runs in one field, then looked at, whatever the field: an article is read at most once.
    fn near(&self, near: &NearPair) -> Box<dyn Query> {
        let in_field = |field: TextField| -> Box<dyn Query> {
            let runs = [&near.left, &near.right].map(|run| self.candidates(field, &run.tokens));
            Box::new(BooleanQuery::intersection(runs.into()))
        };
        let candidates = Box::new(BooleanQuery::union(near.left.fields().map(in_field).collect()));
        let grams = near.left.fields().map(|field| self.fields.text(field).grams).collect();
        self.verifier.query(candidates, VerifyCondition::Near(near.clone(), grams))
    }

    /// All grams of a run, wherever they stand.
    fn candidates(&self, field: TextField, tokens: &RunTokens) -> Box<dyn Query> {
        match tokens {
            RunTokens::Grams(grams) => {
                let stream = self.fields.text(field).grams;
                Box::new(BooleanQuery::intersection(grams.iter().map(|gram| term(stream, gram)).collect()))
            }
            other => self.run_in(field, other),
        }
    }

    /// Where a run stands in a field; a superset of it for [`RunTokens::GramsThen`].
    fn run_in(&self, field: TextField, tokens: &RunTokens) -> Box<dyn Query> {
        let streams = self.fields.text(field);
        match tokens {
            // The lexicon knows no fields, and a plan asks it for none.
            RunTokens::Lexicon(word) => term(self.fields.lexicon, word),
            RunTokens::Prefix(begun) => begins_so(streams.grams, begun),
            RunTokens::Grams(grams) => phrase(streams.grams, grams),
            RunTokens::GramsThen(grams, begun) => Box::new(BooleanQuery::intersection(vec![
                phrase(streams.grams, grams),
                begins_so(streams.grams, begun),
            ])),
        }
    }
}

fn phrase(stream: Field, grams: &[String]) -> Box<dyn Query> {
    match grams {
        [gram] => term(stream, gram),
        grams => Box::new(PhraseQuery::new(grams.iter().map(|gram| Term::from_field_text(stream, gram)).collect())),
    }
}

/// All grams that begin so.
fn begins_so(stream: Field, begun: &str) -> Box<dyn Query> {
    let bound = |text: &str| Term::from_field_text(stream, text);
    let last = format!("{begun}\u{10FFFF}");
    Box::new(InvertedIndexRangeQuery::new(Bound::Included(bound(begun)), Bound::Excluded(bound(&last))))
}

fn filter_clauses(fields: &SchemaFields, filter: &Filter, clauses: &mut Vec<(Occur, Box<dyn Query>)>) {
    match filter {
        Filter::Value { facet, any, none } => {
            let field = fields.facet(*facet);
            if !any.is_empty() {
                clauses.push((Occur::Must, any_term(field, any)));
            }
            if !none.is_empty() {
                clauses.push((Occur::MustNot, any_term(field, none)));
            }
        }
        Filter::NotClusters(clusters) => {
            let terms = clusters.iter().map(|cluster| Term::from_field_u64(fields.cluster, *cluster));
            clauses.push((Occur::MustNot, Box::new(TermSetQuery::new(terms))));
        }
        Filter::Commits { first, last } => {
            let range = ColumnRange::Numbers(vec![*first..=*last]);
            clauses.push((Occur::Must, Box::new(RangeQuery { column: SINCE.to_owned(), range })));
        }
        Filter::Confidence { field, values, range } => clauses.push((Occur::Must, as_sure(*field, values, range))),
        Filter::Dates { from, to } => {
            let days = |column: &str, days| -> Box<dyn Query> {
                Box::new(RangeQuery { column: column.to_owned(), range: ColumnRange::Days(days) })
            };
            // An article without a date matches neither, even where both ends are open.
            let first = from.map_or(UNDATED + 1, Date::number);
            clauses.push((Occur::Must, days(LATEST, first..=i64::MAX)));
            if let Some(to) = to {
                clauses.push((Occur::Must, days(EARLIEST, UNDATED + 1..=to.number())));
            }
        }
    }
}

/// Articles of which one of some inferred values, or any of the field where none is named, is as sure as this.
fn as_sure(field: InferredField, values: &[String], sure: &RangeInclusive<u16>) -> Box<dyn Query> {
    let keys = |value: &str| confidence_key(field, value, *sure.start())..=confidence_key(field, value, *sure.end());
    let ranges = if values.is_empty() { vec![keys("")] } else { values.iter().map(|value| keys(value)).collect() };
    Box::new(RangeQuery { column: CONFIDENCE.to_owned(), range: ColumnRange::Numbers(ranges) })
}

//! Plan → tantivy query. Exact runs decide and score nothing; words score and decide nothing.

use super::schema::Fields;
use crate::model::TextField;
use crate::query::{Filter, Match, Plan, Run, RunTokens, Sort};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, PhraseQuery,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// Only articles, never source records.
pub(super) fn articles(fields: &Fields) -> Box<dyn Query> {
    term(fields.record, super::ARTICLE)
}

pub(super) fn query(fields: &Fields, plan: &Plan) -> Box<dyn Query> {
    let mut must = vec![matching(fields, &plan.matching)];
    must.push(articles(fields));
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for filter in &plan.filters {
        filter_clauses(fields, filter, &mut clauses);
    }
    clauses.extend(must.into_iter().map(|query| (Occur::Must, query)));
    let exact: Box<dyn Query> = Box::new(BooleanQuery::new(clauses));
    if plan.sort != Sort::Relevance || plan.ranking.is_empty() {
        return exact;
    }
    let mut scored: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(ConstScoreQuery::new(exact, 0.0)))];
    for rank in &plan.ranking {
        let word = Term::from_field_text(fields.text(rank.field).words, &rank.word);
        let word = Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs));
        scored.push((Occur::Should, Box::new(BoostQuery::new(word, rank.boost))));
    }
    Box::new(BooleanQuery::new(scored))
}

pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn any_term(field: Field, values: &[String]) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(values.iter().map(|value| term(field, value)).collect()))
}

fn matching(fields: &Fields, wanted: &Match) -> Box<dyn Query> {
    match wanted {
        Match::All => Box::new(AllQuery),
        Match::Nothing => Box::new(EmptyQuery),
        Match::Run(run) => run_query(fields, run),
        Match::Words(words) => {
            let streams = [TextField::Title, TextField::Body].map(|field| fields.text(field).words);
            Box::new(BooleanQuery::union(streams.map(|stream| any_term(stream, words)).into()))
        }
        Match::Amount { measure, least, most } => {
            let bound = |value: f64| Bound::Included(Term::from_field_f64(fields.amount(*measure), value));
            let least = bound(least.map_or(0.0, |least| least as f64));
            Box::new(RangeQuery::new(least, bound(most.map_or(f64::MAX, |most| most as f64))))
        }
        Match::And(parts) => {
            let clause = |part: &Match| match part {
                Match::Not(inner) => (Occur::MustNot, matching(fields, inner)),
                other => (Occur::Must, matching(fields, other)),
            };
            let mut clauses: Vec<_> = parts.iter().map(clause).collect();
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Match::Or(parts) => Box::new(BooleanQuery::union(parts.iter().map(|part| matching(fields, part)).collect())),
        Match::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            (Occur::MustNot, matching(fields, part)),
        ])),
    }
}

fn run_query(fields: &Fields, run: &Run) -> Box<dyn Query> {
    let wanted = TextField::ALL.into_iter().filter(|field| run.field.is_none_or(|only| only == *field));
    Box::new(BooleanQuery::union(wanted.map(|field| run_in(fields, field, &run.tokens)).collect()))
}

fn run_in(fields: &Fields, field: TextField, tokens: &RunTokens) -> Box<dyn Query> {
    let streams = fields.text(field);
    match tokens {
        RunTokens::Lexicon(word) => term(streams.lexicon, word),
        RunTokens::Prefix(unit) => {
            let bound = |text: &str| Term::from_field_text(streams.grams, text);
            let last = format!("{unit}\u{10FFFF}");
            Box::new(InvertedIndexRangeQuery::new(Bound::Included(bound(unit)), Bound::Excluded(bound(&last))))
        }
        RunTokens::Grams(grams) => match grams.as_slice() {
            [gram] => term(streams.grams, gram),
            grams => Box::new(PhraseQuery::new(
                grams.iter().map(|gram| Term::from_field_text(streams.grams, gram)).collect(),
            )),
        },
    }
}

fn filter_clauses(fields: &Fields, filter: &Filter, clauses: &mut Vec<(Occur, Box<dyn Query>)>) {
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
        Filter::Dates { from, to } => {
            let day = |field, date: &crate::model::Date| Bound::Included(Term::from_field_i64(field, date.number()));
            let first = from.as_ref().map_or(Bound::Unbounded, |from| day(fields.latest, from));
            let last = to.as_ref().map_or(Bound::Unbounded, |to| day(fields.earliest, to));
            let all_days = Bound::Included(Term::from_field_i64(fields.latest, 0));
            let first = if first == Bound::Unbounded { all_days } else { first };
            clauses.push((Occur::Must, Box::new(RangeQuery::new(first, Bound::Unbounded))));
            if last != Bound::Unbounded {
                clauses.push((Occur::Must, Box::new(RangeQuery::new(Bound::Unbounded, last))));
            }
        }
    }
}

//! What a plan would cost, told from frequencies before it is run. What costs most by far is an article's text read again,
//! where the index alone does not tell whether two terms stand near each other: costs are counted in such texts.

use super::ArchiveView;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::parsed_query::ParsedQuery;
use crate::archive::request::{SearchRequest, Selection, ValueError};
use crate::query::{Match, NearPair, Plan, RunTokens, UnitRun};

/// Articles that are told by positions for the price of one text.
const BY_POSITIONS: u64 = 20;

/// Articles with a single character, which is a range of terms, for the price of one text.
const BY_RANGE: u64 = 500;

/// An article in so many is rare enough to lead: what else is asked for is looked at in those articles alone.
const LEADING: u64 = 32;

/// Articles that a part of a plan finds at most, and texts that it has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PlanCost {
    articles: u64,
    texts: u64,
}

/// What parts are weighed by.
struct CostScale<'a> {
    view: &'a ArchiveView,
    /// Articles that can match at all.
    all: u64,
    /// Whether articles with a single character are counted; else all are taken to have it.
    counted: bool,
}

impl CostScale<'_> {
    fn weigh(&self, wanted: &Match) -> Result<PlanCost, ArchiveError> {
        Ok(match wanted {
            Match::Nothing => PlanCost { articles: 0, texts: 0 },
            Match::Run(run) => self.run(run)?,
            Match::Near(near) => self.near(near)?,
            Match::And(parts) => self.every(parts)?,
            Match::Or(parts) => {
                let weights = parts.iter().map(|part| self.weigh(part)).collect::<Result<Vec<_>, _>>()?;
                let articles = weights.iter().map(|weight| weight.articles).sum::<u64>().min(self.all);
                PlanCost { articles, texts: weights.iter().map(|weight| weight.texts).sum() }
            }
            Match::Not(part) => PlanCost { articles: self.all, texts: self.weigh(part)?.texts },
            Match::All | Match::Filter(_) | Match::Words(_) | Match::Amount { .. } => {
                PlanCost { articles: self.all, texts: 0 }
            }
        })
    }

    /// What must all match: where a part is rare, it leads.
    fn every(&self, parts: &[Match]) -> Result<PlanCost, ArchiveError> {
        let weights = parts.iter().map(|part| self.weigh(part)).collect::<Result<Vec<_>, _>>()?;
        let articles = weights.iter().map(|weight| weight.articles).min().unwrap_or(self.all);
        let leads = articles.saturating_mul(LEADING) < self.all;
        let texts = |(part, weight): (&Match, &PlanCost)| match part {
            Match::Run(_) | Match::Near(_) if leads => weight.texts.min(articles),
            _ => weight.texts,
        };
        Ok(PlanCost { articles, texts: parts.iter().zip(&weights).map(texts).sum() })
    }

    fn run(&self, run: &UnitRun) -> Result<PlanCost, ArchiveError> {
        let articles = self.articles_with(run)?;
        let texts = match run.tokens {
            RunTokens::GramsThen(..) => articles,
            RunTokens::Prefix(_) => articles / BY_RANGE,
            RunTokens::Grams(_) | RunTokens::Lexicon(_) => 0,
        };
        Ok(PlanCost { articles, texts })
    }

    fn near(&self, near: &NearPair) -> Result<PlanCost, ArchiveError> {
        let articles = self.articles_with(&near.left)?.min(self.articles_with(&near.right)?);
        let by_positions = [&near.left, &near.right].iter().all(|run| matches!(run.tokens, RunTokens::Grams(_)));
        Ok(PlanCost { articles, texts: if by_positions { articles / BY_POSITIONS } else { articles } })
    }

    /// Articles that hold a run, at most.
    fn articles_with(&self, run: &UnitRun) -> Result<u64, ArchiveError> {
        let state = &self.view.state;
        let articles = match run.tokens {
            RunTokens::Prefix(_) if !self.counted => self.all,
            RunTokens::Prefix(_) => state.search(&Plan::for_match(Match::Run(run.clone())))?.total,
            _ => state.frequencies(std::slice::from_ref(run))?.into_iter().sum(),
        };
        Ok(articles.min(self.all))
    }
}

impl ArchiveView {
    /// Texts that a plan has read again, about and at most.
    fn texts_of(&self, plan: &Plan) -> Result<u64, ArchiveError> {
        let articles = self.state.article_count()?;
        let rough = CostScale { view: self, all: articles, counted: false }.weigh(&plan.matching)?.texts;
        if rough <= self.limits.interactive_texts {
            return Ok(rough);
        }
        let all = match plan.filters.is_empty() {
            true => articles,
            false => self.state.search(&Plan { filters: plan.filters.clone(), ..Plan::for_match(Match::All) })?.total,
        };
        Ok(CostScale { view: self, all, counted: true }.weigh(&plan.matching)?.texts)
    }

    /// Whether a search costs so much that it belongs to what nobody waits for beside others.
    ///
    /// # Errors
    /// As [`ArchiveView::search`].
    pub fn is_heavy(&self, request: &SearchRequest) -> Result<bool, ArchiveError> {
        let (_, plan) = self.planned(&request.selection)?;
        let explained = request.answer.explain && !request.selection.query.trim().is_empty();
        Ok(explained || self.texts_of(&plan)? > self.limits.interactive_texts)
    }

    /// Refuses a plan that is out of proportion, where its work has a deadline.
    pub(in crate::archive) fn check_cost(&self, plan: &Plan) -> Result<(), ArchiveError> {
        if !self.budget.is_limited() {
            return Ok(());
        }
        let (texts, most) = (self.texts_of(plan)?, self.limits.query_texts);
        if texts <= most {
            return Ok(());
        }
        Err(ArchiveError::bad_value("q", ValueError::TooCostly { texts, most }))
    }

    /// The plan of a search, whatever it costs.
    pub(in crate::archive) fn planned(&self, selection: &Selection) -> Result<(ParsedQuery, Plan), ArchiveError> {
        let question = ParsedQuery::from_request(selection, self.state.capabilities())?;
        let plan = Plan { ranking: Vec::new(), ..question.plan(selection)? };
        Ok((question, plan))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;
    use crate::archive::ArchiveLimits;
    use crate::engine::Budget;
    use crate::engine::scan::ScanEngine;
    use std::sync::Arc;

    /// The weight of a query in an archive of a million articles, all of which may hold any character.
    fn weight(query: &str) -> u64 {
        let view = Archive::new(Arc::new(ScanEngine::new())).within(&Budget::default()).unwrap();
        let (_, plan) = view.planned(&Selection::of_query(query)).unwrap();
        CostScale { view: &view, all: 1_000_000, counted: false }.weigh(&plan.matching).unwrap().texts
    }

    #[test]
    fn nearness_of_single_characters_is_what_costs() {
        assert_eq!(weight("的 NEAR/5 在"), 1_000_000);
        assert_eq!(weight("的 NEAR/5 在 人 NEAR/3 民"), 2_000_000);
        assert_eq!(weight("的 NEAR/5 在 没有这个词呀"), 0, "a rare part leads");
        assert!(weight("的") < ArchiveLimits::default().interactive_texts && weight("困难职工") == 0);
    }
}

//! 为什么: how a query was read, what each part of it and each filter finds and costs, and, where nothing was found, the
//! one change that helps most.

use crate::archive::request::error::ArchiveError;
use crate::archive::request::parsed_query::ParsedQuery;
use crate::archive::request::parsed_query::parse_query;
use crate::archive::request::{Filters, SearchRequest, Selection};
use crate::archive::search::suggest::DidYouMean;
use crate::archive::view::ArchiveView;
use crate::query::{Ast, Expansion, Match, Plan, Variant, match_of, split};

/// The most parts of a query, and of filters, that are counted.
const MAX_EXPLAINED_PARTS: usize = 16;

/// What one part of a query, or one filter, does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// The part, as query text, or the parameter's name.
    pub text: String,
    /// Articles that it matches by itself, with nothing else asked for.
    pub alone: u64,
    /// Articles that would match if it were left out.
    pub without: u64,
}

/// A form of a term, and how many of the matching articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantCount {
    /// The form.
    pub text: String,
    /// Years of its use, where they are known.
    pub years: (Option<i16>, Option<i16>),
    /// Matching articles that have it.
    pub hits: u64,
}

/// A term with the forms that were searched for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermVariants {
    /// As typed.
    pub text: String,
    /// Its forms, itself first.
    pub variants: Vec<VariantCount>,
}

/// A change of the request that finds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedChange {
    /// What is changed.
    pub kind: ChangeKind,
    /// What is taken out or put in.
    pub text: String,
    /// The query text after it.
    pub query: String,
    /// Articles that match then.
    pub total: u64,
}

/// Kinds of change, the gentlest first: those before [`ChangeKind::DropClause`] leave the question what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A word of the same sound.
    SoundsLike,
    /// The other forms of the terms.
    Expand,
    /// A long run as the words it is made of.
    Split,
    /// One part of the query left out.
    DropClause,
    /// One filter left out.
    DropFilter,
}

impl ChangeKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoundsLike => "sounds_like",
            Self::Expand => "expand",
            Self::Split => "split",
            Self::DropClause => "drop_clause",
            Self::DropFilter => "drop_filter",
        }
    }
}

/// How a query was read and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The query as it was read, as query text.
    pub read_as: String,
    /// Its parts that must all hold.
    pub clauses: Vec<ExplainedPart>,
    /// The filters beside it.
    pub filters: Vec<ExplainedPart>,
    /// Terms with other forms.
    pub variants: Vec<TermVariants>,
    /// Where nothing was found: what helps most. A gentle change goes before one that leaves something out.
    pub change: Option<SuggestedChange>,
    /// Whether all of it was counted; what would have taken too long is left out.
    pub complete: bool,
}

impl ArchiveView {
    pub(in crate::archive) fn explain(
        &self,
        request: &SearchRequest,
        question: &ParsedQuery,
        total: u64,
        meant: Option<&DidYouMean>,
    ) -> Result<Explanation, ArchiveError> {
        let selection = &request.selection;
        let plan = question.plan(selection)?;
        // Work without a deadline takes the time that it needs.
        let limits = &self.limits;
        let brief = self.limited_to(if request.answer.explain { limits.explain_timeout } else { limits.hint_timeout });
        let mut complete = true;
        let clauses = in_time(brief.clauses(question, &plan), &mut complete)?;
        let filters = in_time(brief.filters(&selection.filters, &plan), &mut complete)?;
        let variants = in_time(brief.variants(question, &plan), &mut complete)?;
        let change = match total {
            0 => {
                let gentle = in_time(vec![brief.gentle_changes(selection, question, meant)], &mut complete)?.concat();
                best(if gentle.is_empty() { left_out(question, &clauses, &filters) } else { gentle })
            }
            _ => None,
        };
        self.budget.check()?;
        Ok(Explanation { read_as: question.ast.to_string(), clauses, filters, variants, change, complete })
    }

    fn count(&self, plan: &Plan, matching: Match) -> Result<u64, ArchiveError> {
        Ok(self.state.search(&Plan { matching, ..plan.clone() })?.total)
    }

    fn meaning(&self, ast: &Ast) -> Match {
        match_of(ast, self.state.capabilities()).0
    }

    fn clauses(&self, question: &ParsedQuery, plan: &Plan) -> Vec<Result<ExplainedPart, ArchiveError>> {
        let parts = parts_of(&question.ast);
        // Expanding changes the parts, never their number: what was typed names them.
        let typed = parts_of(&question.typed);
        let all = Plan { filters: Vec::new(), ..plan.clone() };
        let part = |(at, part): (usize, &Ast)| {
            let rest: Vec<Ast> = other_parts(&parts, at);
            let without = if rest.is_empty() { Match::All } else { self.meaning(&Ast::All(rest)) };
            Ok(ExplainedPart {
                text: typed.get(at).unwrap_or(part).to_string(),
                alone: self.count(&all, self.meaning(part))?,
                without: self.count(plan, without)?,
            })
        };
        parts.iter().enumerate().take(MAX_EXPLAINED_PARTS).map(part).collect()
    }

    fn filters(&self, given: &Filters, plan: &Plan) -> Vec<Result<ExplainedPart, ArchiveError>> {
        let named = given.given();
        let part = |name: &&'static str| {
            let alone = given.only(name).conditions()?;
            let rest = given.without(name).conditions()?;
            Ok(ExplainedPart {
                text: (*name).to_owned(),
                alone: self.count(&Plan { filters: alone, ..plan.clone() }, Match::All)?,
                without: self.count(&Plan { filters: rest, ..plan.clone() }, plan.matching.clone())?,
            })
        };
        named.iter().take(MAX_EXPLAINED_PARTS).map(part).collect()
    }

    fn variants(&self, question: &ParsedQuery, plan: &Plan) -> Vec<Result<TermVariants, ArchiveError>> {
        let count = |variant: &Variant| {
            let form = self.meaning(&Ast::Term(variant.term.clone()));
            let hits = self.count(plan, Match::And(vec![plan.matching.clone(), form]))?;
            Ok(VariantCount { text: variant.term.text.clone(), years: variant.years, hits })
        };
        let term = |expansion: &Expansion| -> Result<TermVariants, ArchiveError> {
            let variants = expansion.variants.iter().map(count).collect::<Result<_, ArchiveError>>()?;
            Ok(TermVariants { text: expansion.term.text.clone(), variants })
        };
        question.expansions.iter().map(term).collect()
    }

    /// Changes that leave the question what it was, and find something.
    fn gentle_changes(
        &self,
        selection: &Selection,
        question: &ParsedQuery,
        meant: Option<&DidYouMean>,
    ) -> Result<Vec<SuggestedChange>, ArchiveError> {
        let sounds_like = |meant: &DidYouMean| SuggestedChange {
            kind: ChangeKind::SoundsLike,
            text: meant.text.clone(),
            query: meant.query.clone(),
            total: meant.total,
        };
        let mut changes: Vec<SuggestedChange> = meant.map(sounds_like).into_iter().collect();
        let plain = question.typed.to_string();
        if !selection.reading.expand {
            let forms = ParsedQuery::from_request(&selection.expanded(), self.state.capabilities())?;
            if !forms.expansions.is_empty() {
                let total = self.state.search(&forms.plan(selection)?)?.total;
                let text = forms.ast.to_string();
                changes.push(SuggestedChange { kind: ChangeKind::Expand, text, query: plain.clone(), total });
            }
        }
        let words = split(&question.typed);
        if words != question.typed {
            let plan = question.plan(selection)?;
            let (query, total) = (words.to_string(), self.count(&plan, self.meaning(&words))?);
            changes.push(SuggestedChange { kind: ChangeKind::Split, text: query.clone(), query, total });
        }
        changes.retain(|change| change.total > 0);
        Ok(changes)
    }

    /// The total of a request with another query text.
    pub(in crate::archive) fn total_of(&self, selection: &Selection, query: &str) -> Result<u64, ArchiveError> {
        let (ast, _) = parse_query(query, selection.reading.today);
        let (filters, once) = (selection.filters.conditions()?, selection.reading.once);
        let plan = Plan { filters, once, ..Plan::for_match(self.meaning(&ast)) };
        Ok(self.state.search(&plan)?.total)
    }
}

/// What was counted before the time was over.
fn in_time<T>(counted: Vec<Result<T, ArchiveError>>, complete: &mut bool) -> Result<Vec<T>, ArchiveError> {
    let mut all = Vec::with_capacity(counted.len());
    for one in counted {
        match one {
            Ok(one) => all.push(one),
            Err(ArchiveError::Stopped) => {
                *complete = false;
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// The change that finds most.
fn best(changes: Vec<SuggestedChange>) -> Option<SuggestedChange> {
    changes.into_iter().filter(|change| change.total > 0).max_by_key(|change| change.total)
}

/// The parts of a query that must all hold.
fn parts_of(ast: &Ast) -> Vec<Ast> {
    match ast {
        Ast::Everything => Vec::new(),
        Ast::All(parts) => parts.clone(),
        one => vec![one.clone()],
    }
}

fn other_parts(parts: &[Ast], left_out: usize) -> Vec<Ast> {
    parts.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, part)| part.clone()).collect()
}

/// Changes that leave one part or one filter out; never the only part of a query.
fn left_out(question: &ParsedQuery, clauses: &[ExplainedPart], filters: &[ExplainedPart]) -> Vec<SuggestedChange> {
    let typed = parts_of(&question.typed);
    let mut changes = Vec::new();
    if typed.len() > 1 {
        changes.extend(clauses.iter().zip(&typed).enumerate().map(|(at, (part, clause))| SuggestedChange {
            kind: ChangeKind::DropClause,
            text: clause.to_string(),
            query: Ast::All(other_parts(&typed, at)).to_string(),
            total: part.without,
        }));
    }
    let query = question.typed.to_string();
    changes.extend(filters.iter().map(|part| SuggestedChange {
        kind: ChangeKind::DropFilter,
        text: part.text.clone(),
        query: query.clone(),
        total: part.without,
    }));
    changes
}

//! What a query means, in tokens and filters: what an engine runs.

use super::{Ast, Diagnostic, Filter, RankTerm, Remark, Term, is_near};
use crate::model::{Article, ArticleId, Facet, Measure, TextField};
use crate::text::{NormalForm, Segmenter, grams_of_units, query_units};

/// What an engine can look up, as far as a plan depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether the lexicon was built with the dictionary of this program.
    pub lexicon: bool,
}

/// What decides whether an article matches.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// Those with the run.
    Run(UnitRun),
    /// Those with two runs near each other.
    Near(Box<NearPair>),
    /// Those that pass a condition on their metadata.
    Filter(Filter),
    /// Those with at least one of the segmenter's words in title or body: for what is related, never for hits.
    Words(Vec<String>),
    /// Those that count at least so much, and at most so much, of something.
    Amount {
        /// What is counted.
        measure: Measure,
        /// At least.
        least: Option<u64>,
        /// At most.
        most: Option<u64>,
    },
    /// Those in which every part matches.
    And(Vec<Match>),
    /// Those in which some part matches.
    Or(Vec<Match>),
    /// Those in which the part does not match.
    Not(Box<Match>),
}

/// A contiguous run of units, in one field or in any one.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRun {
    /// The field, or any of the five.
    pub field: Option<TextField>,
    /// The encoded run, as it stands in a normal form; of one whose last unit may go on, the part that is known.
    pub encoded: String,
    /// The same in index terms.
    pub tokens: RunTokens,
}

/// How a run is looked up in token streams.
#[derive(Clone, Debug, PartialEq)]
pub enum RunTokens {
    /// One unit, or a pair whose second may go on: all grams that begin so.
    Prefix(String),
    /// A dictionary word, in any field: one lexicon term.
    Lexicon(String),
    /// Neighbouring grams, at least one.
    Grams(Vec<String>),
    /// Neighbouring grams, at least one, with the next gram beginning so: what has them all is looked at again in the
    /// text.
    GramsThen(Vec<String>, String),
}

/// Two runs near each other in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct NearPair {
    /// One run; both have the same field.
    pub left: UnitRun,
    /// The other.
    pub right: UnitRun,
    /// The most units between them, boundaries not counted.
    pub distance: usize,
}

impl NearPair {
    /// Whether one of the article's texts has the runs near each other: the meaning, for engines that find candidates
    /// first.
    pub fn holds(&self, article: &Article) -> bool {
        self.left.texts(article).any(|text| is_near(&text, &self.left.encoded, &self.right.encoded, self.distance))
    }
}

impl UnitRun {
    /// Whether one of the article's texts has the run: the meaning, for engines that find candidates first.
    pub fn holds(&self, article: &Article) -> bool {
        self.texts(article).any(|text| text.contains(&self.encoded))
    }

    /// The fields in which it may stand.
    pub fn fields(&self) -> impl Iterator<Item = TextField> {
        TextField::ALL.into_iter().filter(|field| self.field.is_none_or(|only| only == *field))
    }

    fn texts(&self, article: &Article) -> impl Iterator<Item = String> {
        self.fields().map(|field| NormalForm::from_paragraphs(article.paragraphs(field)).into_encoded())
    }
}

/// The order of hits; every order is total, ties go by date and then id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Best score first, then the latest, then by id.
    Relevance,
    /// Latest first, undated last.
    Newest,
    /// Earliest first, undated last.
    Oldest,
    /// In the order of their file.
    Page,
    /// The least sure first ([`Article::least_confidence`]), among equals the latest.
    LeastSure,
}

impl Sort {
    /// The number of an article that this order goes by, beside score and day; 0 where it goes by none.
    pub fn number(self, article: &Article) -> u64 {
        match self {
            Self::Page => article.place.order,
            Self::LeastSure => u64::from(article.least_confidence()),
            Self::Relevance | Self::Newest | Self::Oldest => 0,
        }
    }
}

impl Sort {
    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Page => "page",
            Self::LeastSure => "least_sure",
        }
    }
}

/// Where a hit stands in an order: compared as a whole, smaller first. The same on every engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    /// What the order goes by.
    pub first: u64,
    /// What it goes by among equals.
    pub second: u64,
    /// The article.
    pub id: u64,
}

impl SortKey {
    /// What the order by relevance goes by first: the better the score, the smaller.
    pub fn first_by_score(score: f32) -> u64 {
        u64::from(u32::MAX - score.max(0.0).to_bits())
    }

    /// The key of an article: its score, `latest` day as `YYYYMMDD` (`None` = undated), number ([`Sort::number`]), and id.
    pub fn new(sort: Sort, score: f32, latest: Option<i64>, number: u64, id: ArticleId) -> Self {
        let newest_first = latest.map_or(u64::MAX, |day| u64::MAX - 1 - day.unsigned_abs());
        let (first, second) = match sort {
            Sort::Relevance => (Self::first_by_score(score), newest_first),
            Sort::Newest => (newest_first, 0),
            Sort::Oldest => (latest.map_or(u64::MAX, i64::unsigned_abs), 0),
            Sort::Page => (number, 0),
            Sort::LeastSure => (number, newest_first),
        };
        Self { first, second, id: id.as_u64() }
    }
}

/// What comes first among the printings of a text: the first day as `YYYYMMDD` (`None` = undated, last), then the id.
pub fn printing_order(earliest: Option<i64>, id: ArticleId) -> (i64, ArticleId) {
    (earliest.unwrap_or(i64::MAX), id)
}

/// What an engine runs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What decides whether an article matches.
    pub matching: Match,
    /// Conditions that must all hold.
    pub filters: Vec<Filter>,
    /// Whether of the printings of one text, those of a cluster, only the first of those that pass the filters counts
    /// ([`printing_order`]): so what matches is always a part of what passes.
    pub once: bool,
    /// What orders by relevance.
    pub ranking: Vec<RankTerm>,
    /// The order.
    pub sort: Sort,
    /// The most hits to give.
    pub limit: usize,
    /// Give hits after this key.
    pub after: Option<SortKey>,
    /// Facets to count.
    pub facets: Vec<Facet>,
}

impl Plan {
    /// The articles of a match, newest first: all of them counted, none given, nothing else asked.
    pub fn for_match(matching: Match) -> Self {
        Self {
            matching,
            filters: Vec::new(),
            once: false,
            ranking: Vec::new(),
            sort: Sort::Newest,
            limit: 0,
            after: None,
            facets: Vec::new(),
        }
    }

    /// Whether scores decide anything: they order hits by relevance, where there are words to order by and hits to give.
    pub fn is_scored(&self) -> bool {
        self.sort == Sort::Relevance && !self.ranking.is_empty() && self.limit > 0
    }
}

/// The meaning of a tree, with a diagnostic for each term that has nothing to search for.
pub fn match_of(ast: &Ast, capabilities: Capabilities) -> (Match, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let meaning = lower(ast, capabilities, &mut diagnostics);
    let fallback = if *ast == Ast::Everything { Match::All } else { Match::Nothing };
    (meaning.unwrap_or(fallback), diagnostics)
}

/// `None` where there is nothing to search for.
fn lower(ast: &Ast, capabilities: Capabilities, diagnostics: &mut Vec<Diagnostic>) -> Option<Match> {
    match ast {
        Ast::Everything => None,
        Ast::Term(term) => run(term, capabilities, diagnostics).map(Match::Run),
        Ast::Near { left, right, distance } => near(left, right, *distance, diagnostics),
        Ast::Dates { from, to } => Some(Match::Filter(Filter::Dates { from: *from, to: *to })),
        Ast::Value { any, .. } if any.is_empty() => Some(Match::Nothing),
        Ast::Value { facet, any, .. } => {
            Some(Match::Filter(Filter::Value { facet: *facet, any: any.clone(), none: Vec::new() }))
        }
        Ast::Amount { measure, least, most } => Some(Match::Amount { measure: *measure, least: *least, most: *most }),
        Ast::Not(inner) => lower(inner, capabilities, diagnostics).map(|inner| Match::Not(Box::new(inner))),
        Ast::All(parts) => list(parts, capabilities, diagnostics).map(Match::And),
        Ast::Any(parts) => list(parts, capabilities, diagnostics).map(Match::Or),
    }
}

fn list(parts: &[Ast], capabilities: Capabilities, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Match>> {
    let parts: Vec<Match> = parts.iter().filter_map(|part| lower(part, capabilities, diagnostics)).collect();
    (!parts.is_empty()).then_some(parts)
}

fn near(left: &Term, right: &Term, distance: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<Match> {
    // The lexicon knows no positions.
    let capabilities = Capabilities { lexicon: false };
    match (run(left, capabilities, diagnostics), run(right, capabilities, diagnostics)) {
        (Some(left), Some(right)) => Some(Match::Near(Box::new(NearPair { left, right, distance }))),
        (left, right) => left.or(right).map(Match::Run),
    }
}

fn run(term: &Term, capabilities: Capabilities, diagnostics: &mut Vec<Diagnostic>) -> Option<UnitRun> {
    let run = run_of(term, capabilities);
    if run.is_none() {
        diagnostics.push(Diagnostic { remark: Remark::NothingToSearch(term.text.clone()), span: (0, 0) });
    }
    run
}

/// The run that a term asks for; `None` where there is nothing to search for.
pub fn run_of(term: &Term, capabilities: Capabilities) -> Option<UnitRun> {
    let units = query_units(&term.text);
    let mut encoded = units.concat();
    if encoded.is_empty() {
        return None;
    }
    let tokens = if term.open && encoded.ends_with('_') {
        encoded.pop();
        open_tokens(&units)
    } else {
        // The lexicon knows no fields.
        let lexicon = capabilities.lexicon && term.field.is_none();
        closed_tokens(&units, &encoded, lexicon)
    };
    Some(UnitRun { field: term.field, encoded, tokens })
}

fn closed_tokens(units: &[String], encoded: &str, lexicon: bool) -> RunTokens {
    match units {
        [unit] => RunTokens::Prefix(unit.clone()),
        _ if lexicon && Segmenter::shared().lexicon_has(encoded) => RunTokens::Lexicon(encoded.to_owned()),
        units => RunTokens::Grams(grams_of_units(units)),
    }
}

/// The tokens of a run whose last unit may go on.
fn open_tokens(units: &[String]) -> RunTokens {
    let begun = |units: &[String]| units.concat().trim_end_matches('_').to_owned();
    match units.len() {
        0..=2 => RunTokens::Prefix(begun(units)),
        length => RunTokens::GramsThen(grams_of_units(&units[..length - 1]), begun(&units[length - 2..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::FILTERS_READ;
    use crate::query::parse;

    fn meaning(text: &str) -> Match {
        match_of(&parse(text, FILTERS_READ).0, Capabilities { lexicon: true }).0
    }

    #[test]
    fn a_run_is_a_range_a_word_or_a_phrase() {
        let tokens = |text: &str| match meaning(text) {
            Match::Run(run) => run.tokens,
            other => panic!("{other:?}"),
        };
        assert_eq!(tokens("工"), RunTokens::Prefix("工".into()));
        assert_eq!(tokens("GDP"), RunTokens::Prefix("_gdp_".into()));
        assert_eq!(tokens("工会"), RunTokens::Grams(vec!["工会".into()]));
        assert_eq!(tokens("总工会"), RunTokens::Lexicon("总工会".into()));
        assert!(matches!(tokens("标题:总工会"), RunTokens::Grams(_)), "the lexicon knows no fields");
        assert_eq!(tokens("工,会"), RunTokens::Grams(vec!["工|".into(), "|会".into()]));
        assert_eq!(tokens("gdp*"), RunTokens::Prefix("_gdp".into()));
        assert_eq!(tokens("约3*"), RunTokens::Prefix("约_3".into()));
        assert_eq!(tokens("共约3*"), RunTokens::GramsThen(vec!["共约".into()], "约_3".into()));
        let plain = match_of(&parse("总工会", FILTERS_READ).0, Capabilities { lexicon: false }).0;
        assert!(matches!(plain, Match::Run(UnitRun { tokens: RunTokens::Grams(_), .. })));
    }

    #[test]
    fn punctuation_alone_matches_nothing_and_says_so() {
        let (found, diagnostics) = match_of(&parse("。！", FILTERS_READ).0, Capabilities { lexicon: true });
        assert_eq!(found, Match::Nothing);
        assert_eq!(diagnostics[0].remark.code(), "nothing_to_search");
        assert_eq!(meaning(""), Match::All);
        assert!(matches!(meaning("工会 。"), Match::And(parts) if parts.len() == 1));
    }

    #[test]
    fn keys_order_as_the_sort_says() {
        let id = ArticleId::from_u64(5);
        let key = |sort, score, latest| SortKey::new(sort, score, latest, 0, id);
        assert!(key(Sort::Relevance, 2.0, None) < key(Sort::Relevance, 1.5, Some(20_140_101)));
        assert!(key(Sort::Relevance, 1.0, Some(20_140_102)) < key(Sort::Relevance, 1.0, Some(20_140_101)));
        assert!(key(Sort::Newest, 0.0, Some(20_140_102)) < key(Sort::Newest, 0.0, Some(20_140_101)));
        assert!(key(Sort::Newest, 0.0, Some(18_000_101)) < key(Sort::Newest, 0.0, None));
        assert!(key(Sort::Oldest, 0.0, Some(20_140_101)) < key(Sort::Oldest, 0.0, None));
    }
}

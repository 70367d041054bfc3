//! Query text → tree (never fails, with diagnostics) → plan (what an engine runs).
//!
#![doc = include_str!("grammar.md")]
//!
//! # Grammar
//!
//! The grammar, loosest first; full-width operators and Chinese quotes are read as their plain forms:
//!
//! ```text
//! any       = all { ("|" | "OR") all }
//! all       = linked { linked }
//! linked    = one { ("NEAR" | "NEAR/" number) one }
//! one       = "-" linked | "(" any ")" | field ":" one | condition | phrase | word | open
//! phrase    = '"' text '"' | “text” | 「text」 | 『text』
//! open      = word that ends in a letter or digit, "*"
//! condition = (金额 amount | 人数 people | 户数 households) sign number | (日期 date) sign date
//! sign      = ">=" | "<=" | ">" | "<" | "="
//! field     = 标题 title | 正文 body | 图片 caption | 作者 记者 author byline | 栏目 column
//!           | 日期 date | a filter of the caller by its name: 地区 region | 主题 topic | 报纸 paper | …
//! ```
//!
//! `NEAR` without a number means 10 units. Dates are read by [`read_date`]: `2014年4月`, `去年五一`, `2013..2015`.

/// The page that explains the query language to the people who use it.
pub const GRAMMAR: &str = include_str!("grammar.md");

mod ast;
mod date_expression;
mod diagnostic;
mod facet_value_error;
mod filter;
mod lexer;
mod near;
mod parse;
mod plan;
mod rank;
mod region;
mod value;
mod variants;

pub use ast::{Ast, Term};
pub use date_expression::{DateBounds, read as read_date};
pub use diagnostic::{ConditionError, DatePhraseError, Diagnostic, FieldValueError, NearError, Operator, Remark};
pub use facet_value_error::FacetValueError;
pub use filter::Filter;
pub use lexer::QueryReading;
pub use near::{is_near, least_gap};
pub use parse::{MAX_DEPTH, MAX_TERMS, parse};
pub use plan::{
    Capabilities, Match, NearPair, Plan, RunTokens, Sort, SortKey, UnitRun, match_of, printing_order, run_of,
};
pub use rank::{RankTerm, content_words, is_stop_word, rank_terms};
pub use region::region_code;
pub use value::facet_values;
pub use variants::{Expansion, Variant, expand, split};

/// How the tests here read queries: with some filters by name.
#[cfg(test)]
const FILTERS_READ: QueryReading<'static> = QueryReading {
    today: None,
    filters: &[
        ("地区", crate::model::Facet::Region),
        ("region", crate::model::Facet::Region),
        ("主题", crate::model::Facet::Topic),
        ("topic", crate::model::Facet::Topic),
        ("报纸", crate::model::Facet::Paper),
        ("paper", crate::model::Facet::Paper),
        ("版", crate::model::Facet::Page),
        ("类型", crate::model::Facet::Kind),
        ("kind", crate::model::Facet::Kind),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_grammar_is_read_without_a_remark() {
        let today = crate::model::Date::new(2014, 4, 29);
        let examples: Vec<String> = GRAMMAR
            .lines()
            .filter(|line| line.starts_with("| `"))
            .flat_map(|line| line.replace("\\|", "\u{0}").split('|').nth(1).map(str::to_owned))
            .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
            .map(|example| example.replace('\u{0}', "|"))
            .collect();
        assert!(examples.len() > 18, "{examples:?}");
        for example in examples {
            let (tree, remarks) = parse(&example, QueryReading { today, ..FILTERS_READ });
            assert!(remarks.is_empty() && tree != Ast::Everything, "{example}: {remarks:?}");
        }
    }
}

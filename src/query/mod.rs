//! Query text → tree (never fails, with diagnostics) → plan (what an engine runs).
//!
//! The grammar, loosest first; full-width operators and Chinese quotes are read as their plain forms:
//!
//! ```text
//! any     = all { ("|" | "OR") all }
//! all     = one { one }
//! one     = ["-"] (phrase | word | amount | "(" any ")" | field ":" one)
//! phrase  = '"' text '"' | “text” | 「text」
//! amount  = (金额 amount | 人数 people | 户数 households) (">=" | "<=" | ">" | "<" | "=") number
//! field   = 标题 title | 正文 body | 图片 caption | 作者 author byline | 栏目 column
//! ```

mod ast;
mod diagnostic;
mod filter;
mod parse;
mod plan;

pub use ast::Ast;
pub use diagnostic::Diagnostic;
pub use filter::Filter;
pub use parse::{MAX_DEPTH, MAX_TERMS, parse};
pub use plan::{
    Capabilities, Match, Plan, RankTerm, Run, RunTokens, Sort, SortKey, content_words, match_of, rank_terms,
};

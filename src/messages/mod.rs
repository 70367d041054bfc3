//! The words for reasons: what is told of errors and remarks, in English and in Chinese, each pair in one place. Everything below
//! tells reasons as codes with what they are about; nothing decides by a sentence.

mod bilingual;
mod coverage;
mod cuts;
mod decoding;
mod errors;
mod findings;
mod ingest_report;
mod problems;
mod remarks;
mod rules;
mod server;

pub use bilingual::{Bilingual, Language};
pub use coverage::{cover_reason, cover_reason_text, state};
pub use cuts::cut_reason;
pub use errors::{archive_error, facet_value_error};
pub use findings::{finding, remedy};
pub use ingest_report::ingest_report;
pub use problems::problem;
pub use remarks::{remark, warning};
pub use rules::rule;
pub use server::{CODES, ErrorCode, ServerFault, server_fault};

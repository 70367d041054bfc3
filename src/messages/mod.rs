//! The words for reasons: what is told of errors and remarks, in English and in Chinese, each pair in one place. Everything below
//! tells reasons as codes with what they are about; nothing decides by a sentence.

mod bilingual;
mod command_words;
mod coverage;
mod cuts;
mod errors;
mod foreign_formats;
mod ingest_report;
mod problem_kinds;
mod problems;
mod progress;
mod remarks;
mod rules;
mod run_errors;
mod server;
mod usage;

pub use bilingual::{Bilingual, Language};
pub use command_words::{
    HelpHeadings, after_help, choice_words, command_account, command_words, default_words, help_headings,
};
pub use coverage::{cover_reason, cover_reason_text, state};
pub use cuts::cut_reason;
pub use errors::{archive_error, facet_value_error, no_date};
pub use ingest_report::{ReportDetail, ingest_report};
pub use problem_kinds::{outcome, problem_kind};
pub use problems::problem;
pub use progress::{ReadingProgress, committing, reading_plan, reading_progress};
pub use remarks::{remark, warning};
pub use rules::rule;
pub use run_errors::{engine_error, ingest_error, root_error};
pub use server::{CODES, ErrorCode, ServerFault, server_fault};
pub use usage::{USAGE_HINT_ZH, UsageDetail, UsageFault, usage_fault_zh};

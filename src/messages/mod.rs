//! The words for reasons: what is told of errors and remarks, in English and in Chinese, each pair in one place. Everything below
//! tells reasons as codes with what they are about; nothing decides by a sentence.

mod bilingual;
mod command_words;
mod commands;
mod coverage;
mod cuts;
mod decoding;
mod errors;
mod findings;
mod foreign_formats;
mod ingest_report;
mod problem_kinds;
mod problems;
mod progress;
mod remarks;
mod rules;
mod run_errors;
mod server;
mod source_check;
mod upgrade_report;
mod usage;

pub use bilingual::{Bilingual, Language};
pub use command_words::{
    HelpHeadings, after_help, choice_words, command_account, command_words, default_words, help_headings,
};
pub use commands::{
    correction_written, damaged_file, drawn, index_damaged, index_sound, labelling, no_article, no_command,
    no_correction, no_reason, no_such_region, no_such_topic, nothing_to_build, nothing_to_correct, nothing_to_label,
    nothing_to_serve, one_file_only, report_failed, served_as_it_is, served_while_written, serving,
};
pub use coverage::{cover_reason, cover_reason_text, state};
pub use cuts::cut_reason;
pub use errors::{archive_error, facet_value_error, no_date};
pub use findings::{finding, remedy};
pub use ingest_report::{ReportDetail, ingest_report};
pub use problem_kinds::{outcome, problem_kind};
pub use problems::problem;
pub use progress::{ReadingProgress, committing, reading_plan, reading_progress};
pub use remarks::{remark, warning};
pub use rules::rule;
pub use run_errors::{engine_error, ingest_error, root_error, upgrade_error};
pub use server::{CODES, ErrorCode, ServerFault, server_fault};
pub use source_check::{
    backup_written, files_known, index_in_the_way, kept_aside, more_files, no_file_events, not_up_to_date,
    nothing_amiss, nothing_to_follow, restored, root_compared, root_remedy, root_unreachable, source_state,
};
pub use upgrade_report::{nothing_to_upgrade, upgrade_report};
pub use usage::{USAGE_HINT_ZH, UsageDetail, UsageFault, usage_fault_zh};

//! The log of a server: lines on stderr.

use std::str::FromStr;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// Begins to log what these levels let through; they were checked when they were read.
pub(super) fn begin_at(levels: &str) {
    begin(Targets::from_str(levels).unwrap_or_default());
}

fn begin(levels: Targets) {
    // Where stderr is closed nobody can be told so.
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).log_internal_errors(false);
    let lines = lines.with_max_level(tracing::Level::TRACE).finish();
    // Only one log can be begun; a second one changes nothing.
    let _ = tracing::subscriber::set_global_default(lines.with(levels));
}

//! The log of a server: lines on stderr.

use super::{CliError, message, option};
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::str::FromStr;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// What is logged unless something else is asked for.
pub(super) const DEFAULT: &str = "info";

/// Begins to log what `--log` or `RUST_LOG` says. The variable is everybody's: where it says what only other programs
/// understand, that is said and passed over.
pub(super) fn begin_as_asked(matches: &ArgMatches) -> Result<(), CliError> {
    let wanted = option(matches, "log").filter(|wanted| !wanted.trim().is_empty()).unwrap_or(DEFAULT);
    match Targets::from_str(wanted) {
        Ok(wanted) => begin(wanted),
        Err(error) if matches.value_source("log") == Some(ValueSource::EnvVariable) => {
            message(&format!("RUST_LOG: `{wanted}` is not understood ({error}); logging `{DEFAULT}`"));
            begin_at(DEFAULT);
        }
        Err(error) => {
            let hint =
                "give a level (off, error, warn, info, debug, trace), or levels by target such as warn,access=info";
            return Err(CliError::Message(format!("--log: `{wanted}`: {error}; {hint}")));
        }
    }
    Ok(())
}

/// Begins to log what these levels let through.
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

//! How this process talks: language, how much is said, colour. Set once, before anything is said.

use crate::config::TerminalEnvironment;
use crate::messages::{Bilingual, Language, ReportDetail};
use std::io::IsTerminal;
use std::sync::OnceLock;

/// How the process talks.
#[derive(Clone, Debug, Default)]
pub(super) struct Terminal {
    /// The language of help and messages.
    pub(super) language: Language,
    /// No progress and no remarks.
    pub(super) quiet: bool,
    /// How often more was asked for.
    pub(super) verbose: u8,
    environment: TerminalEnvironment,
}

static TERMINAL: OnceLock<Terminal> = OnceLock::new();

/// How the process talks; in English and as much as usual before it was set.
pub(super) fn terminal() -> &'static Terminal {
    static USUAL: OnceLock<Terminal> = OnceLock::new();
    TERMINAL.get().unwrap_or_else(|| USUAL.get_or_init(Terminal::default))
}

impl Terminal {
    pub(super) fn new(environment: TerminalEnvironment, language: Language, quiet: bool, verbose: u8) -> Self {
        Self { language, quiet, verbose, environment }
    }

    /// Sets how the process talks, the first time that it is called.
    pub(super) fn set(self) {
        // A second one changes nothing.
        let _ = TERMINAL.set(self);
    }

    /// Whether what goes to stdout is coloured.
    pub(super) fn colours_stdout(&self) -> bool {
        self.environment.colour(std::io::stdout().is_terminal())
    }

    /// How much of a report is shown.
    pub(super) fn report_detail(&self) -> ReportDetail {
        match (self.quiet, self.verbose) {
            (true, _) => ReportDetail::LeftOut,
            (false, 0) => ReportDetail::First,
            (false, _) => ReportDetail::All,
        }
    }

    /// A sentence in the language of the process.
    pub(super) fn say(&self, sentence: Bilingual) -> String {
        sentence.into_language(self.language)
    }
}

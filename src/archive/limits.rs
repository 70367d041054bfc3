//! What one request may cost.

use std::time::Duration;

/// Limits of what is asked of an archive; each is a key `limits.archive.…` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// The most texts that one query may have read again, where it has a deadline; one core reads about 40,000 a second.
    pub query_texts: u64,
    /// A search that reads more texts again than this is analytic work: it is no longer what a person waits for beside others.
    pub interactive_texts: u64,
    /// How long an explanation may take that was asked for. What is not counted until then is left out.
    pub explain_timeout: Duration,
    /// How long an explanation may take where nothing was found.
    pub hint_timeout: Duration,
    /// The most rows of a series or of coverage.
    pub answer_rows: usize,
    /// The most articles that are read for words near a query, lines and amounts.
    pub articles_read: u64,
    /// The most lines of a concordance.
    pub concordance_lines: usize,
    /// The most numbers that are gathered for amounts.
    pub amount_numbers: usize,
    /// The most printings of one text that are shown.
    pub reprints_shown: usize,
    /// The most words that completions are made of.
    pub completion_words: usize,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            query_texts: 300_000,
            interactive_texts: 5_000,
            explain_timeout: Duration::from_secs(5),
            hint_timeout: Duration::from_secs(1),
            answer_rows: 100_000,
            articles_read: 20_000,
            concordance_lines: 50_000,
            amount_numbers: 200_000,
            reprints_shown: 1000,
            completion_words: 300_000,
        }
    }
}

//! Why no more of a period is held. The words are in [`crate::messages`].

/// Why no more of a period is held. `stated`: reasons that the calendar gives for gaps in it, in the keeper's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverReason {
    /// Only what the calendar states.
    Stated(Vec<String>),
    /// The paper does not appear on these days.
    NoPublishingDay,
    /// The paper did not exist yet.
    NotFounded,
    /// The paper did not exist any more.
    Ceased,
    /// The publishing days are not known.
    ScheduleUnknown {
        /// Reasons that the calendar gives.
        stated: Vec<String>,
    },
    /// Issues are missing.
    IssuesMissing {
        /// Issues that appeared.
        expected: u64,
        /// Issues held.
        held: u64,
        /// Reasons that the calendar gives.
        stated: Vec<String>,
    },
    /// Issues have fewer pages than they had.
    PagesMissing {
        /// Issues.
        issues: u64,
        /// Reasons that the calendar gives.
        stated: Vec<String>,
    },
    /// Only pages are held whose dates are not known so finely.
    DatesTooCoarse,
    /// Nothing is held, and nobody says why.
    NothingHeld,
    /// No paper is asked for that is held.
    NoPapers,
    /// Of several papers, each with its name.
    OfPapers {
        /// The first of them.
        named: Vec<(String, CoverReason)>,
        /// How many more.
        others: usize,
    },
}

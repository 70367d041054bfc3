//! What is asked for.

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// A page of hits.
    Search,
    /// All matching articles as a file.
    Export,
    /// Series over time.
    Trends,
    /// What is held.
    Coverage,
    /// Words of two sets of articles, or near a query.
    Terms,
    /// Keyword in context.
    Concordance,
    /// Numbers that articles state.
    Amounts,
}

impl RequestKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Search, Self::Export, Self::Trends, Self::Coverage, Self::Terms, Self::Concordance, Self::Amounts];
}

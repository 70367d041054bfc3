//! What a report counts.

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// The stated days hold the true one.
    Date,
    /// The same where the date follows from the text alone.
    InferredDate,
    /// The year, where one is stated and known.
    Year,
    /// The place, down to the county; none where there is none.
    Region,
    /// Its province.
    Province,
    /// The first topic is one of the true ones, or there is none.
    FirstTopic,
    /// Articles without a topic that were given none.
    NoTopic,
    /// Topics that were given and are true.
    TopicsPrecision,
    /// True topics that were given.
    TopicsRecall,
    /// All names with their roles, and no others.
    Bylines,
    /// One whole article.
    Border,
}

impl Metric {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 11] = [
        Self::Date,
        Self::InferredDate,
        Self::Year,
        Self::Region,
        Self::Province,
        Self::FirstTopic,
        Self::NoTopic,
        Self::TopicsPrecision,
        Self::TopicsRecall,
        Self::Bylines,
        Self::Border,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::InferredDate => "date_inferred",
            Self::Year => "year",
            Self::Region => "region",
            Self::Province => "province",
            Self::FirstTopic => "first_topic",
            Self::NoTopic => "no_topic",
            Self::TopicsPrecision => "topics_precision",
            Self::TopicsRecall => "topics_recall",
            Self::Bylines => "bylines",
            Self::Border => "border",
        }
    }
}

//! Why a text is no value of a facet.

/// Why a text is no value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetValueError {
    /// There is no such topic.
    NoTopic {
        /// As written.
        text: String,
        /// Those that there are.
        names: Vec<&'static str>,
    },
    /// There is no such kind of article.
    NoKind {
        /// As written.
        text: String,
        /// Those that there are.
        names: Vec<&'static str>,
    },
    /// A region without a name.
    NoRegion,
    /// No region has this code.
    NoRegionCode(String),
    /// No region has this name.
    NoRegionName(String),
    /// Several regions have this name.
    SeveralRegions {
        /// As written.
        name: String,
        /// Paths of some of them, each with its code, as they may be written instead.
        paths: Vec<String>,
    },
}

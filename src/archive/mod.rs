//! The facade: everything a caller may ask, plain data in and out. The browser, the API and the command line ask here
//! and nowhere else. An [`Archive`] gives [`ArchiveView`]s; a request asks one of them for all of its answer.
//!
//! Rooms, the lowest first; a room names only lower ones (`tests/tidy.rs`): `request` (parameters, questions, errors), `view` (one
//! state and what is kept of it), `reading` (articles, pages, reprints), `search`, `analysis` (series, words, lines, amounts, what
//! is held), `history` (earlier answers).

mod analysis;
mod history;
mod limits;
mod reading;
mod request;
mod search;
mod view;

pub use crate::engine::Budget;
pub use crate::layout::feature_words;
pub use crate::query::{
    ConditionError, DatePhraseError, FacetValueError, FieldValueError, GRAMMAR, NearError, Operator, Remark,
    region_code,
};
pub use crate::trends::{Axis, AxisSlot, CoverReason, Coverage, CoverageState, DateBasis, PeriodStep, festivals};
pub use analysis::amounts::{AmountsReply, FigureRow, StatedAmount, split_values};
pub use analysis::answer::{AsOfReport, MOST_NAMED, NamedArticles};
pub use analysis::concordance::{ConcordanceLine, ConcordanceReply};
pub use analysis::diagnosis::{Diagnosis, Finding, FindingCode};
pub use analysis::holdings::{CoverageReply, PaperCoverage};
pub use analysis::terms::{TermRow, TermsReply};
pub use analysis::trend_reply::TrendReply;
pub use analysis::trend_series::{Series, SeriesPoint};
pub use limits::ArchiveLimits;
pub use reading::article::{ArticleReply, PageReply};
pub use reading::cite::gbt7714;
pub use reading::doubtful::{DoubtfulPage, DoubtfulReply, MOST_DOUBTFUL};
pub use reading::links::ArticleLink;
pub use reading::overview::{FacetValue, Overview, facet_label};
pub use reading::picture::PlacedArea;
pub use reading::reprints::{Reprint, ReprintCluster};
pub use reading::similar::MOST_SIMILAR;
pub use request::canonical::{CanonicalRequest, percent_encoded};
pub use request::parsed_query::parse_query;
pub use request::warning::{Warning, WarningReason};
pub use request::{
    AmountsOptions, AmountsRequest, AnswerOptions, ArchiveError, Breakdown, ConcordanceOptions, ConcordanceRequest,
    Confidence, CoverageRequest, DateChoice, Denominator, ExportOptions, ExportRequest, Filters, Groups, Labelled,
    LineOrder, MOST_QUERIES, NamedValue, Needed, PARAMETERS, Paging, Parameter, Reading, Request, RequestKind, SPLITS,
    SearchRequest, Selection, SeriesOptions, TermsOptions, TermsRequest, TrendRequest, ValueError, ValueKind, Values,
    choice_label, parameters_of,
};
pub use search::explain::{ChangeKind, ExplainedPart, Explanation, SuggestedChange, TermVariants, VariantCount};
pub use search::snippet::{Highlighter, Snippet};
pub use search::suggest::{DidYouMean, LONGEST_START, MOST_SUGGESTIONS, Suggestion, SuggestionKind};
pub use search::{SearchHit, SearchReply};
pub use view::{Archive, ArchiveView};

impl ArchiveView {
    /// Makes completions, the overview and what is held ready, so that the first one who asks does not wait.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn prepare(&self) -> Result<(), ArchiveError> {
        self.suggest_index()?;
        self.archive_holdings()?;
        self.overview().map(drop)
    }
}

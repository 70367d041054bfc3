//! What a caller asks for, after its parameters were read. A request is made of parts ([`Selection`], [`Paging`], …); each
//! parameter is one row of [`PARAMETERS`], which says in which part its value is kept.

mod amounts_request;
mod binding;
pub(in crate::archive) mod canonical;
mod choice;
mod concordance_request;
mod coverage_request;
pub(in crate::archive) mod error;
mod filters;
mod parameter;
pub(in crate::archive) mod parsed_query;
mod read;
mod search_request;
mod selection;
mod table;
mod terms_request;
mod trend_request;
mod value_error;
mod values;
pub(in crate::archive) mod warning;

pub use amounts_request::{AmountsOptions, AmountsRequest};
pub use choice::{Labelled, NamedValue, SPLITS};
pub use concordance_request::{ConcordanceOptions, ConcordanceRequest, LineOrder};
pub use coverage_request::CoverageRequest;
pub use error::{ArchiveError, Needed};
pub use filters::Filters;
pub use parameter::{Groups, Parameter, RequestKind, ValueKind};
pub use search_request::{AnswerOptions, Paging, SearchRequest};
pub use selection::{ExportRequest, Reading, Selection};
pub use table::{PARAMETERS, parameters_of};
pub use terms_request::{TermsOptions, TermsRequest};
pub use trend_request::{Breakdown, Denominator, MOST_QUERIES, SeriesOptions, TrendRequest};
pub use value_error::ValueError;
pub use values::{Confidence, DateChoice, Values};

pub(in crate::archive) use read::read;
pub(in crate::archive) use table::filter_fields;

#[cfg(test)]
mod tests;

/// A request that is read from parameters.
pub trait Request: Groups + Clone + Default {
    /// What it asks for.
    const KIND: RequestKind;

    /// Whether its values go together.
    ///
    /// # Errors
    /// [`ArchiveError::BadValue`].
    fn check(&self) -> Result<(), ArchiveError>;
}

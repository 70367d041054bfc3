//! What a caller asks for, after its parameters were read. A request is made of parts ([`Selection`], [`Paging`], …); each
//! parameter is one row of [`PARAMETERS`], which says in which part its value is kept.

mod amounts_options;
mod amounts_request;
mod binding;
pub(in crate::archive) mod canonical;
mod choice;
mod choice_label;
mod concordance_options;
mod concordance_request;
mod conditions;
mod coverage_request;
pub(in crate::archive) mod error;
mod export_options;
mod export_request;
mod filters;
mod paging;
mod parameter;
pub(in crate::archive) mod parsed_query;
mod read;
mod request_kind;
mod search_request;
mod selection;
mod series_options;
mod table;
mod terms_options;
mod terms_request;
mod trend_request;
mod value_error;
mod values;
pub(in crate::archive) mod warning;

pub use amounts_options::AmountsOptions;
pub use amounts_request::AmountsRequest;
pub use choice::{Labelled, NamedValue, SPLITS};
pub use choice_label::choice_label;
pub use concordance_options::{ConcordanceOptions, LineOrder};
pub use concordance_request::ConcordanceRequest;
pub use coverage_request::CoverageRequest;
pub use error::{ArchiveError, Needed};
pub use export_options::ExportOptions;
pub use export_request::ExportRequest;
pub use filters::Filters;
pub use paging::{AnswerOptions, Paging};
pub use parameter::{Groups, Parameter, ValueKind};
pub use request_kind::RequestKind;
pub use search_request::SearchRequest;
pub use selection::{Reading, Selection};
pub use series_options::{Breakdown, Denominator, MOST_QUERIES, SeriesOptions};
pub use table::{PARAMETERS, parameters_of};
pub use terms_options::TermsOptions;
pub use terms_request::TermsRequest;
pub use trend_request::TrendRequest;
pub use value_error::ValueError;
pub use values::{Confidence, DateChoice, Values};

#[cfg(test)]
use read::read;
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

//! Parameters, as given, to a request; and each request's canonical form.

use super::canonical::CanonicalRequest;
use super::error::ArchiveError;
use super::table;
use super::value_error::ValueError;
use super::{
    AmountsRequest, ConcordanceRequest, CoverageRequest, ExportRequest, Request, SearchRequest, TermsRequest,
    TrendRequest,
};
use std::collections::BTreeMap;

/// The longest value of a parameter, in code points.
const LONGEST: usize = 1000;

/// The most values of one parameter.
const MOST_VALUES: usize = 50;

/// Reads the parameters of a request; empty values are as if they were not given.
pub(in crate::archive) fn read<'a, R: Request>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<R, ArchiveError> {
    let mut request = R::default();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (name, value) in pairs {
        let Some(row) = table::parameters_of(R::KIND).find(|row| row.name == name) else {
            let known = table::parameters_of(R::KIND).map(|row| row.name).collect();
            return Err(ArchiveError::unknown_parameter(name, known));
        };
        let bad = |error| {
            let (name, request, value) = (row.name, Some(R::KIND), value.trim().to_owned());
            ArchiveError::BadValue { name, request, value, error }
        };
        let count = counts.entry(row.name).or_default();
        *count += 1;
        if *count > 1 && !row.repeats() {
            return Err(ArchiveError::RepeatedParameter(row.name));
        }
        if *count > MOST_VALUES || value.chars().count() > LONGEST {
            return Err(bad(ValueError::TooMany { values: MOST_VALUES, characters: LONGEST }));
        }
        if let Some(binding) = row.binding(&mut request).filter(|_| !value.trim().is_empty()) {
            binding.read(value.trim()).map_err(bad)?;
        }
    }
    request.check()?;
    Ok(request)
}

/// What each request can do by the table.
macro_rules! by_the_table {
    ($($request:ident),+) => { $(
        impl $request {
            /// Reads parameters, the same for the API, the browser and the command line.
            ///
            /// # Errors
            /// [`ArchiveError::UnknownParameter`], [`ArchiveError::RepeatedParameter`] or [`ArchiveError::BadValue`].
            pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
                read(pairs)
            }

            /// The canonical form: what ids of answers and cursors are bound to and what links are made of.
            pub fn canonical(&self) -> CanonicalRequest {
                CanonicalRequest::from_request(self)
            }
        }
    )+ };
}

by_the_table!(
    SearchRequest,
    ExportRequest,
    TrendRequest,
    CoverageRequest,
    TermsRequest,
    ConcordanceRequest,
    AmountsRequest
);

//! An error on its way to the caller.

use crate::archive::ArchiveError;
use crate::messages::{self, Bilingual, ErrorCode, ServerFault};
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use std::any::Any;

/// An error on its way to the caller; `respond::finish` turns it into a body of the form the caller reads.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) words: Bilingual,
    pub(super) parameter: Option<String>,
    /// What went wrong inside, for the log only.
    pub(super) cause: Option<String>,
}

impl Failure {
    /// A failure with what went wrong inside.
    pub(super) fn caused(fault: &ServerFault, cause: impl Into<String>) -> Self {
        Self { cause: Some(cause.into()), ..Self::from(fault) }
    }

    pub(super) fn entry(&self) -> &'static ErrorCode {
        ErrorCode::named(self.code)
    }
}

impl From<&ServerFault> for Failure {
    fn from(fault: &ServerFault) -> Self {
        Self { code: fault.code(), words: messages::server_fault(fault), parameter: None, cause: None }
    }
}

impl From<ServerFault> for Failure {
    fn from(fault: ServerFault) -> Self {
        Self::from(&fault)
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        let (code, parameter) = match &error {
            ArchiveError::UnknownParameter { name, .. } => ("unknown_parameter", Some(name.clone())),
            ArchiveError::RepeatedParameter(name) => ("repeated_parameter", Some((*name).to_owned())),
            ArchiveError::BadValue { name, .. } => ("bad_value", Some((*name).to_owned())),
            ArchiveError::TooManyTerms { .. } => ("too_many_terms", Some("q".to_owned())),
            ArchiveError::OtherIndex => ("other_index", Some("as_of".to_owned())),
            ArchiveError::CursorExpired => ("cursor_expired", Some("cursor".to_owned())),
            ArchiveError::NotOffered(_) => ("not_offered", None),
            ArchiveError::Stopped => return ServerFault::TimedOut.into(),
            ArchiveError::Engine(error) => return Self::caused(&ServerFault::IndexUnreadable, error.to_string()),
        };
        Self { code, words: messages::archive_error(&error), parameter, cause: None }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer where a handler panicked.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let cause =
        panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    let cause = cause.unwrap_or_else(|| "panic".into());
    Failure::caused(&ServerFault::Unexpected, cause).into_response()
}

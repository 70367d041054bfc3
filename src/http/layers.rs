//! The layers around all handlers, innermost first: the body of an error, the access log, security headers, compression, the
//! request id.

use super::HttpLimits;
use axum::Router;
use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use axum::middleware;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest request id that is taken over from a proxy.
const LONGEST_ID: usize = 64;

/// Puts the layers around routes that give finished answers. Pages with a secret in them are not compressed: the size of a
/// compressed page tells of it.
pub(super) fn with_layers(router: Router, has_secrets: bool, limits: &HttpLimits) -> Router {
    let access_log = TraceLayer::new_for_http()
        .make_span_with(span)
        .on_response(log_access)
        .on_request(())
        .on_body_chunk(())
        .on_eos(())
        .on_failure(());
    let worth_it = DefaultPredicate::new().and(SizeAbove::new(limits.compression_threshold as u64));
    let with_header = |router: Router, (name, value): &(&'static str, &'static str)| {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        router.layer(SetResponseHeaderLayer::overriding(name, value))
    };
    HEADERS
        .iter()
        .fold(router.layer(access_log), with_header)
        .layer(CompressionLayer::new().gzip(!has_secrets).compress_when(worth_it))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(middleware::map_request(without_strange_id))
}

/// Drops request ids of the caller that are not fit to be logged and answered.
async fn without_strange_id(mut request: Request) -> Request {
    if !has_plain_id(request.headers()) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// Whether a request has one id, short and of plain characters.
fn has_plain_id(headers: &HeaderMap) -> bool {
    let mut ids = headers.get_all(REQUEST_ID).iter();
    let is_plain = |id: &HeaderValue| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(plain)
    };
    ids.next().is_some_and(is_plain) && ids.next().is_none()
}

/// What is known of a request before it is answered. Neither the query nor the path is in it: they hold what people look for.
fn span<B>(request: &Request<B>) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::error_span!(target: "access", "request", id, method = %request.method(), route)
}

/// One line for each answer, with its bytes before compression.
fn log_access<B: HttpBody>(response: &Response<B>, elapsed: Duration, _: &Span) {
    let (status, ms) = (response.status().as_u16(), elapsed.as_millis() as u64);
    let bytes = response.body().size_hint().lower();
    tracing::info!(target: "access", status, ms, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_short_and_plain_id_is_taken_over() {
        let plain = |ids: &[&str]| {
            let ids = ids.iter().map(|id| (REQUEST_ID, HeaderValue::from_bytes(id.as_bytes()).unwrap()));
            has_plain_id(&ids.collect())
        };
        assert!(plain(&["0af7651916cd43dd-8448_eb.1"]) && plain(&["a".repeat(LONGEST_ID).as_str()]));
        for id in ["", "a b", "a\"", "编号", "{\"a\":1}", "<b>", &"a".repeat(LONGEST_ID + 1)] {
            assert!(!plain(&[id]), "{id}");
        }
        assert!(!plain(&[]) && !plain(&["a", "b"]));
    }
}

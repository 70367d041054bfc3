//! The body of an error in the form the caller reads. A failure is logged here, once.

use super::error::Failure;
use crate::messages::Language;
use crate::ui;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::middleware::Next;
use tower_http::request_id::RequestId;

/// Draws the page that says what went wrong: a status, what it is, a hint, and the request's id.
type ErrorPageRenderer<E> = fn(u16, &str, &str, &str) -> Result<String, E>;

/// Finishes an answer.
pub(super) async fn finish(request: Request, next: Next) -> Response<Body> {
    finish_response(request, next, ui::error_page).await
}

/// Finishes an answer to one who labels.
pub(super) async fn finish_review(request: Request, next: Next) -> Response<Body> {
    finish_response(request, next, ui::review_error_page).await
}

async fn finish_response<E>(request: Request, next: Next, draw: ErrorPageRenderer<E>) -> Response<Body> {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let id = id.unwrap_or_default().to_owned();
    let path = request.uri().path().to_owned();
    let page = wants_page(&path, request.headers());
    let language = if page { Language::Chinese } else { language_of(request.headers()) };
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned()).unwrap_or_default();
    let mut response = next.run(request).await;
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        log(&failure, &id, &route);
        fill(&mut response, &failure, &id, language, page.then_some(draw));
    }
    response
}

fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    !path.starts_with("/api/") && accepts.contains("text/html")
}

/// The language of errors for programs.
fn language_of(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::preferred(accepted.unwrap_or_default())
}

fn fill<E>(
    response: &mut Response<Body>,
    failure: &Failure,
    id: &str,
    language: Language,
    draw: Option<ErrorPageRenderer<E>>,
) {
    let entry = failure.entry();
    let (title, detail) = (entry.title(language), failure.words.clone().into_language(language));
    let html = draw.and_then(|draw| draw(entry.status, title, &detail, id).ok());
    let (kind, body) = match html {
        Some(html) => ("text/html; charset=utf-8", html),
        None => {
            let problem =
                crate::formats::problem_json::problem(entry, title, failure.parameter.as_deref(), &detail, id);
            ("application/problem+json", problem)
        }
    };
    let tag = if language == Language::Chinese { "zh-Hans" } else { "en" };
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
}

/// One line for a failure of ours; a mistake of the caller is answered, not logged.
fn log(failure: &Failure, id: &str, route: &str) {
    if failure.entry().status >= 500 {
        let cause = failure.cause.as_deref().unwrap_or_default();
        tracing::error!(code = failure.code, request_id = id, ?route, ?cause);
    }
}

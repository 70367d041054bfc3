//! Labelling in the browser: a server of its own on this machine, which answers the pages of one sitting and nothing else.
//!
//! Three things keep other pages of the same browser, and other people on the same machine, from labelling: the address holds
//! a secret, a request must name this server as its host (so that no other name can be made to lead here), and a form must
//! come from a page of this server.

use super::error::Failure;
use super::{Caller, HttpLimits, ServerState, assets, blocking, error, layers, pages, respond};
use crate::corpus;
use crate::messages::ServerFault;
use crate::review::{ReviewItem, ReviewSession, ReviewSessionError};
use crate::ui;
use axum::Router;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Form, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use tower_http::timeout::RequestBodyDeadlineLayer;

/// Bytes of the secret.
const SECRET: usize = 16;

/// What a request must know and name to be answered.
#[derive(Clone, Debug)]
pub struct AccessGate {
    secret: String,
    hosts: Vec<String>,
}

impl AccessGate {
    /// A gate with a new secret, for a server that listens on `address`.
    ///
    /// # Errors
    /// What the operating system says where it gives no random bytes.
    pub fn new(address: SocketAddr) -> std::io::Result<Self> {
        let mut bytes = [0_u8; SECRET];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        let mut secret = String::new();
        // Writing to a string does not fail.
        bytes.iter().for_each(|byte| _ = write!(secret, "{byte:02x}"));
        let port = address.port();
        let hosts = vec![address.to_string(), format!("localhost:{port}")];
        Ok(Self { secret, hosts })
    }

    /// The address to open.
    pub fn address(&self) -> String {
        let host = self.hosts.first().map_or("", String::as_str);
        format!("http://{host}/{}/", self.secret)
    }

    /// Whether a request names this server and, where it changes something, comes from one of its pages.
    fn admits(&self, method: &Method, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(host) = text(header::HOST).filter(|host| self.hosts.iter().any(|known| known == host)) else {
            return false;
        };
        let reads = matches!(*method, Method::GET | Method::HEAD);
        reads || text(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == Some(host)
    }
}

/// What handlers share.
#[derive(Clone)]
struct ReviewState {
    app: ServerState,
    desk: Arc<ReviewSession>,
    gate: Arc<AccessGate>,
}

/// All routes of a sitting.
pub fn review_router(desk: ReviewSession, gate: AccessGate, limits: &HttpLimits) -> Router {
    let app = ServerState::new(desk.archive().clone(), limits);
    let room = ReviewState { app, desk: Arc::new(desk), gate: Arc::new(gate) };
    let routes = Router::new()
        .route("/{secret}/", get(begin))
        .route("/{secret}/end", get(end))
        .route("/{secret}/{number}", get(sheet).post(answer))
        .route("/assets/{file}", get(assets::asset))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(DefaultBodyLimit::max(limits.form_bytes))
        .layer(RequestBodyDeadlineLayer::new(limits.form_timeout))
        .layer(middleware::from_fn_with_state(room.clone(), guard))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn(respond::finish_review))
        .with_state(room);
    layers::with_layers(routes, true, limits)
}

async fn guard(State(room): State<ReviewState>, request: Request, next: Next) -> Response {
    if !room.gate.admits(request.method(), request.headers()) {
        return Failure::from(ServerFault::NotFromHere).into_response();
    }
    next.run(request).await
}

async fn not_found() -> Failure {
    ServerFault::NoReviewAddress.into()
}

/// What stands behind the secret in an address, where the secret is right.
fn behind_secret(room: &ReviewState, path: Result<Path<(String, usize)>, PathRejection>) -> Option<usize> {
    path.ok().filter(|Path((secret, _))| *secret == room.gate.secret).map(|Path((_, number))| number)
}

fn is_open(room: &ReviewState, path: Result<Path<String>, PathRejection>) -> bool {
    path.is_ok_and(|Path(secret)| secret == room.gate.secret)
}

/// The place of article number `number`, of the next one that is not done, or of the end.
fn to(room: &ReviewState, number: Option<usize>) -> Redirect {
    let secret = &room.gate.secret;
    match number.filter(|number| *number <= room.desk.count()) {
        Some(number) => Redirect::to(&format!("/{secret}/{number}")),
        None => Redirect::to(&format!("/{secret}/end")),
    }
}

/// A page that is not kept by the browser: it shows what was saved.
fn uncached_page(page: Result<String, impl std::fmt::Display>) -> Result<Response, Failure> {
    let page = pages::rendered(page)?;
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], page).into_response())
}

async fn begin(
    State(room): State<ReviewState>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Redirect, Failure> {
    if is_open(&room, path) { Ok(to(&room, room.desk.next())) } else { Err(not_found().await) }
}

async fn end(State(room): State<ReviewState>, path: Result<Path<String>, PathRejection>) -> Result<Response, Failure> {
    if is_open(&room, path) { uncached_page(ui::review_end_page(&room.desk)) } else { Err(not_found().await) }
}

async fn sheet(
    State(room): State<ReviewState>,
    path: Result<Path<(String, usize)>, PathRejection>,
) -> Result<Response, Failure> {
    let Some(number) = behind_secret(&room, path) else { return Err(not_found().await) };
    let desk = room.desk.clone();
    match blocking::interactive(&Caller::local(&room.app), move |_| desk.item(number)).await? {
        Some(sheet) => uncached_page(ui::review_page(&sheet)),
        None => Err(not_found().await),
    }
}

/// Saves what a form says, or that the article was passed over, and leads to the next article.
async fn answer(
    State(room): State<ReviewState>,
    path: Result<Path<(String, usize)>, PathRejection>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failure> {
    let number = behind_secret(&room, path).filter(|number| (1..=room.desk.count()).contains(number));
    let Some(number) = number else { return Err(not_found().await) };
    let Form(form) = form.map_err(|error| Failure::from(ServerFault::BadForm(error.to_string())))?;
    let desk = room.desk.clone();
    let faulty = blocking::interactive(&Caller::local(&room.app), move |_| saved(&desk, number, &form)).await?;
    match faulty {
        Some(sheet) => Ok((StatusCode::UNPROCESSABLE_ENTITY, uncached_page(ui::review_page(&sheet))?).into_response()),
        None => Ok(to(&room, Some(number + 1)).into_response()),
    }
}

fn saved(
    desk: &ReviewSession,
    number: usize,
    form: &[(String, String)],
) -> Result<Option<ReviewItem>, ReviewSessionError> {
    let today = corpus::today();
    let skip = form.iter().any(|(name, value)| name == "action" && value == "skip");
    if skip { desk.skip(number, today).map(|()| None) } else { desk.answer(number, form, today) }
}

impl From<ReviewSessionError> for Failure {
    fn from(error: ReviewSessionError) -> Self {
        match error {
            ReviewSessionError::Archive(error) => error.into(),
            ReviewSessionError::File(error) => {
                let cause = error.to_string();
                Self::caused(&ServerFault::NotSaved(cause.clone()), cause)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_this_server_may_send_a_form() {
        let gate = AccessGate::new(SocketAddr::from(([127, 0, 0, 1], 8081))).unwrap();
        let admits = |method: Method, host: Option<&'static str>, origin: Option<&'static str>| {
            let given = [(header::HOST, host), (header::ORIGIN, origin)].into_iter();
            let headers = given.filter_map(|(name, value)| Some((name, HeaderValue::from_static(value?))));
            gate.admits(&method, &headers.collect())
        };
        let here = Some("127.0.0.1:8081");
        assert!(admits(Method::GET, here, None) && admits(Method::GET, Some("localhost:8081"), None));
        assert!(admits(Method::POST, here, Some("http://127.0.0.1:8081")));
        for host in [None, Some("127.0.0.1"), Some("127.0.0.1:8082"), Some("evil.example:8081")] {
            assert!(!admits(Method::GET, host, None), "{host:?}");
        }
        for origin in [
            None,
            Some("null"),
            Some("http://localhost:8081"),
            Some("https://127.0.0.1:8081"),
            Some("http://evil.example"),
        ] {
            assert!(!admits(Method::POST, here, origin), "{origin:?}");
        }
    }

    #[test]
    fn secrets_differ() {
        let address = || AccessGate::new(SocketAddr::from(([127, 0, 0, 1], 1))).unwrap().address();
        assert_ne!(address(), address());
        assert_eq!(address().len(), "http://127.0.0.1:1//".len() + 2 * SECRET);
    }
}

//! The API and the browser's pages over HTTP. Handlers extract, ask the archive, and convert.
//!
//! `/api/v1/articles`, `/api/v1/articles/{id}` with `/similar` and `/reprints`, `/api/v1/pages/{id}`,
//! `/api/v1/doubtful` and `/api/v1/suggest` answer JSON; `/api/v1/trends`, `/coverage`, `/terms`, `/concordance` and `/amounts` answer JSON and
//! tables; `/`, `/trends`, `/coverage`, `/articles/{id}`, `/pages/{id}`, `/doubtful` and `/help` answer pages; `/healthz`, `/readyz`,
//! `/version` serve operations. Errors are RFC 9457 `application/problem+json`, or a page for a browser.

mod assets;
mod blocking;
mod error;
mod handlers;
mod hosts;
mod layers;
mod limits;
mod pages;
mod pool;
mod proxies;
mod respond;
mod review;
mod series;
mod serve;
mod stall_timeout;

pub use crate::messages::{CODES, ErrorCode};
pub use hosts::Hosts;
pub use limits::HttpLimits;
pub use proxies::Proxies;
pub use review::{AccessGate, review_router};
pub use serve::{ServeError, bind, bind_loopback, serve};

use crate::archive::Archive;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::middleware;
use axum::routing::get;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct ServerState {
    archive: Archive,
    pools: Arc<blocking::WorkPools>,
    /// How long the work of a request may run.
    limit: Duration,
}

impl ServerState {
    fn new(archive: Archive, limits: &HttpLimits) -> Self {
        Self { archive, pools: Arc::new(blocking::WorkPools::new(limits)), limit: limits.query_timeout }
    }
}

/// The address that a connection comes from.
#[derive(Clone, Copy)]
pub(crate) struct ClientAddress(IpAddr);

/// Who asks, and what is asked.
pub(crate) struct Caller {
    state: ServerState,
    client: IpAddr,
}

impl Caller {
    /// One whose address does not matter.
    fn local(state: &ServerState) -> Self {
        Self { state: state.clone(), client: Ipv4Addr::LOCALHOST.into() }
    }
}

impl FromRequestParts<ServerState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Self, Infallible> {
        let here = Self::local(state);
        let client = parts.extensions.get::<ClientAddress>().map_or(here.client, |ClientAddress(address)| *address);
        Ok(Self { client, ..here })
    }
}

/// All routes over an archive, for the hosts that it is asked under.
pub fn router(archive: Archive, hosts: Hosts, limits: &HttpLimits) -> Router {
    let routes = Router::new()
        .route("/", get(pages::search))
        .route("/articles/{id}", get(pages::article))
        .route("/pages/{id}", get(pages::page))
        .route("/trends", get(pages::trends))
        .route("/coverage", get(pages::coverage))
        .route("/doubtful", get(pages::doubtful))
        .route("/help", get(pages::help))
        .route("/assets/{file}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .route("/api/v1/articles", get(handlers::articles))
        .route("/api/v1/articles/{id}", get(handlers::article))
        .route("/api/v1/articles/{id}/similar", get(handlers::similar))
        .route("/api/v1/articles/{id}/reprints", get(handlers::reprints))
        .route("/api/v1/suggest", get(handlers::suggest))
        .route("/api/v1/pages/{id}", get(handlers::page))
        .route("/api/v1/doubtful", get(handlers::doubtful))
        .route("/api/v1/trends", get(series::trends))
        .route("/api/v1/coverage", get(series::coverage))
        .route("/api/v1/terms", get(series::terms))
        .route("/api/v1/concordance", get(series::concordance))
        .route("/api/v1/amounts", get(series::amounts))
        .route("/healthz", get(handlers::health))
        .route("/readyz", get(handlers::ready))
        .route("/version", get(handlers::version))
        .fallback(handlers::not_found)
        .method_not_allowed_fallback(handlers::method_not_allowed)
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn_with_state(Arc::new(hosts), hosts::check))
        .layer(middleware::from_fn(respond::finish))
        .with_state(ServerState::new(archive, limits));
    layers::with_layers(routes, false, limits)
}

//! The API: extract, ask the archive, convert.

use super::error::Failure;
use super::{State as AppState, blocking, wire};
use crate::archive::{ArchiveError, SearchRequest};
use crate::model::ArticleId;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// Parameters as given, in order, repeated ones too.
pub(super) type Pairs = Query<Vec<(String, String)>>;

/// Reads parameters into a request.
pub(super) fn request_of(pairs: &[(String, String)]) -> Result<SearchRequest, ArchiveError> {
    SearchRequest::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

pub(super) async fn articles(State(state): State<AppState>, Query(pairs): Pairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let request = request_of(&pairs)?;
    let fields = request.fields.clone();
    let reply = blocking::run(&state, move |archive| archive.search(&request)).await?;
    Ok(json(wire::search(&reply, &fields, start.elapsed())))
}

/// The article that an address names; anything but an id names nothing.
pub(super) async fn find(state: &AppState, id: &str) -> Result<crate::archive::ArticleReply, Failure> {
    let nothing =
        || Failure::new("not_found", "there is no article with this id", "没有这篇文章：编号有误，或者文章已撤下。");
    let id: ArticleId = id.parse().map_err(|_| nothing())?;
    blocking::run(state, move |archive| archive.article(id)).await?.ok_or_else(nothing)
}

pub(super) async fn article(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(wire::article_reply(&find(&state, &id).await?)))
}

fn no_parameters(pairs: &[(String, String)]) -> Result<(), Failure> {
    let unknown = pairs.first().map(|(name, _)| ArchiveError::UnknownParameter {
        name: name.clone(),
        hint: "; this address takes none".into(),
    });
    unknown.map_or(Ok(()), |error| Err(error.into()))
}

pub(super) async fn health() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, Failure> {
    blocking::run(&state, |archive| archive.article_count()).await?;
    Ok("ready\n")
}

pub(super) async fn version(State(state): State<AppState>) -> Result<Response, Failure> {
    let (articles, generation) =
        blocking::run(&state, |archive| Ok::<_, ArchiveError>((archive.article_count()?, archive.generation()?)))
            .await?;
    Ok(json(wire::version(articles, &generation)))
}

pub(super) async fn not_found() -> Failure {
    Failure::new(
        "not_found",
        "there is nothing under this address; the API begins with /api/v1/articles",
        "请检查地址，或从首页开始查询。",
    )
}

pub(super) async fn method_not_allowed() -> Failure {
    Failure::new("method_not_allowed", "only GET and HEAD are answered here", "请用浏览器直接打开这个地址。")
}

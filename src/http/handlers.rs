//! The API: extract, ask the archive, convert.

use super::error::Failure;
use super::{State as AppState, blocking, wire};
use crate::archive::{ArchiveError, ArticleReply, PageReply, SearchRequest};
use crate::model::ArticleId;
use axum::extract::rejection::PathRejection;
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
    let body = blocking::run(&state, move |archive| {
        let reply = archive.search(&request)?;
        Ok::<_, ArchiveError>(wire::search(&reply, &fields, start.elapsed()))
    });
    Ok(json(body.await?))
}

/// What an address with an id in it gives: `work` on the article, off the runtime. Anything but an id names nothing.
pub(super) async fn on_article<T: Send + 'static>(
    state: &AppState,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&ArticleReply) -> T + Send + 'static,
) -> Result<T, Failure> {
    let nothing =
        || Failure::new("not_found", "there is no article with this id", "没有这篇文章：编号有误，或者文章已撤下。");
    let id: ArticleId = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or_else(nothing)?;
    let found = blocking::run(state, move |archive| {
        let reply = archive.article(id)?;
        let reason = if reply.is_none() { archive.withdrawn(id)? } else { None };
        Ok::<_, ArchiveError>((reply.map(|reply| work(&reply)), reason))
    });
    let (answer, reason) = found.await?;
    let gone = |reason: String| {
        Failure::new("gone", format!("an editor took the article out: {reason}"), format!("撤稿原因：{reason}"))
    };
    answer.ok_or_else(|| reason.map_or_else(nothing, gone))
}

pub(super) async fn article(
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_article(&state, id, wire::article_reply).await?))
}

/// What an address with a page's id in it gives.
pub(super) async fn on_page<T: Send + 'static>(
    state: &AppState,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&PageReply) -> T + Send + 'static,
) -> Result<T, Failure> {
    let nothing =
        || Failure::new("not_found", "there is no page with this id", "没有这个版面：编号有误，或者版面已撤下。");
    let valid = |id: &String| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let id = id.ok().map(|Path(id)| id).filter(valid).ok_or_else(nothing)?;
    let found =
        blocking::run(state, move |archive| Ok::<_, ArchiveError>(archive.page(&id)?.map(|reply| work(&reply))));
    found.await?.ok_or_else(nothing)
}

pub(super) async fn page(
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_page(&state, id, wire::page_reply).await?))
}

pub(super) fn no_parameters(pairs: &[(String, String)]) -> Result<(), Failure> {
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

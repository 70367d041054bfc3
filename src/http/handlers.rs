//! The API: extract, ask the archive, convert.

use super::error::Failure;
use super::{Caller, blocking};
use crate::archive::{
    ArchiveError, ArchiveView, ArticleReply, MOST_DOUBTFUL, MOST_SIMILAR, MOST_SUGGESTIONS, PageReply, SearchRequest,
    Selection, ValueError,
};
use crate::corpus::today;
use crate::formats::{article_json, page_json};
use crate::messages::ServerFault;
use crate::model::ArticleId;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// Parameters as given, in order, repeated ones too.
pub(super) type QueryPairs = Query<Vec<(String, String)>>;

/// Reads parameters into a request. Words like 去年 count from the present day unless another was given.
pub(super) fn request_of(pairs: &[(String, String)]) -> Result<SearchRequest, ArchiveError> {
    let mut request = SearchRequest::from_pairs(as_pairs(pairs))?;
    with_today(&mut request.selection);
    Ok(request)
}

/// Parameters as requests read them.
pub(super) fn as_pairs(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

pub(super) fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

pub(super) async fn articles(caller: Caller, Query(pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let request = request_of(&pairs)?;
    let fields = request.answer.fields.clone();
    let weighed = request.clone();
    let is_heavy = move |view: &ArchiveView| view.is_heavy(&weighed);
    let body = blocking::by_cost(&caller, is_heavy, move |view| {
        let reply = view.search(&request)?;
        Ok::<_, ArchiveError>(article_json::search(&reply, &fields, start.elapsed()))
    });
    Ok(json(body.await?))
}

/// What an address with an id in it gives: `work` on the article, off the runtime. Anything but an id names nothing.
pub(super) async fn on_article<T: Send + 'static>(
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&ArchiveView, &ArticleReply) -> Result<T, ArchiveError> + Send + 'static,
) -> Result<T, Failure> {
    let nothing = || Failure::from(ServerFault::NoArticle);
    let id: ArticleId = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or_else(nothing)?;
    let found = blocking::interactive(caller, move |view| {
        let reply = view.article(id)?;
        let reason = if reply.is_none() { view.withdrawn(id)? } else { None };
        Ok::<_, ArchiveError>((reply.map(|reply| work(view, &reply)).transpose()?, reason))
    });
    let (answer, reason) = found.await?;
    let gone = |reason| Failure::from(ServerFault::Withdrawn { reason });
    answer.ok_or_else(|| reason.map_or_else(nothing, gone))
}

pub(super) async fn article(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): QueryPairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_article(&caller, id, |_, reply| Ok(article_json::article_reply(reply))).await?))
}

pub(super) async fn similar(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): QueryPairs,
) -> Result<Response, Failure> {
    let [limit] = values(&pairs, ["limit"])?;
    let limit = number(limit, "limit", MOST_SIMILAR)?.unwrap_or(10);
    let work = move |view: &ArchiveView, reply: &ArticleReply| {
        Ok(article_json::similar(&view.similar(&reply.article, limit)?))
    };
    Ok(json(on_article(&caller, id, work).await?))
}

pub(super) async fn reprints(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): QueryPairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    let work =
        |view: &ArchiveView, reply: &ArticleReply| Ok(article_json::reprints(view.family(&reply.article)?.as_ref()));
    Ok(json(on_article(&caller, id, work).await?))
}

pub(super) async fn suggest(caller: Caller, Query(pairs): QueryPairs) -> Result<Response, Failure> {
    let [start, limit] = values(&pairs, ["q", "limit"])?;
    let limit = number(limit, "limit", MOST_SUGGESTIONS)?.unwrap_or(10);
    let start = start.unwrap_or_default().to_owned();
    let work =
        move |view: &ArchiveView| Ok::<_, ArchiveError>(article_json::suggestions(&view.suggest(&start, limit)?));
    Ok(json(blocking::interactive(&caller, work).await?))
}

/// The values of the parameters of an address that takes these and no others, each once.
pub(super) fn values<'a, const N: usize>(
    pairs: &'a [(String, String)],
    names: [&'static str; N],
) -> Result<[Option<&'a str>; N], ArchiveError> {
    let mut values = [None; N];
    for (name, value) in pairs {
        let Some(at) = names.iter().position(|known| known == name) else {
            return Err(ArchiveError::unknown_parameter(name, names.to_vec()));
        };
        if values[at].replace(value.as_str()).is_some() {
            return Err(ArchiveError::RepeatedParameter(names[at]));
        }
    }
    Ok(values)
}

fn number(value: Option<&str>, name: &'static str, most: usize) -> Result<Option<usize>, ArchiveError> {
    let read = |text: &str| text.parse().ok().filter(|number| (1..=most).contains(number));
    let error = ValueError::NoInteger { least: 1, most };
    let bad = |text: &str| ArchiveError::BadValue { name, request: None, value: text.to_owned(), error };
    value.map(|text| read(text).ok_or_else(|| bad(text))).transpose()
}

/// What an address with a page's id in it gives.
pub(super) async fn on_page<T: Send + 'static>(
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&PageReply) -> T + Send + 'static,
) -> Result<T, Failure> {
    let nothing = || Failure::from(ServerFault::NoPage);
    let valid = |id: &String| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let id = id.ok().map(|Path(id)| id).filter(valid).ok_or_else(nothing)?;
    let found =
        blocking::interactive(caller, move |view| Ok::<_, ArchiveError>(view.page(&id)?.map(|reply| work(&reply))));
    found.await?.ok_or_else(nothing)
}

pub(super) async fn page(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): QueryPairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_page(&caller, id, page_json::page_reply).await?))
}

pub(super) async fn doubtful(caller: Caller, Query(pairs): QueryPairs) -> Result<Response, Failure> {
    let [limit, cursor] = values(&pairs, ["limit", "cursor"])?;
    let limit = number(limit, "limit", MOST_DOUBTFUL)?.unwrap_or(20);
    let cursor = cursor.map(str::to_owned);
    let work =
        move |view: &ArchiveView| Ok::<_, ArchiveError>(page_json::doubtful(&view.doubtful(limit, cursor.as_deref())?));
    Ok(json(blocking::interactive(&caller, work).await?))
}

pub(super) fn no_parameters(pairs: &[(String, String)]) -> Result<(), Failure> {
    let unknown = pairs.first().map(|(name, _)| ArchiveError::unknown_parameter(name, Vec::new()));
    unknown.map_or(Ok(()), |error| Err(error.into()))
}

pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// Told without a turn: nothing of it takes long, and it must be told under load.
pub(super) async fn ready(caller: Caller) -> Result<&'static str, Failure> {
    caller.state.archive.now()?.article_count()?;
    Ok("ready\n")
}

pub(super) async fn version(caller: Caller) -> Result<Response, Failure> {
    let view = caller.state.archive.now()?;
    Ok(json(article_json::version(view.article_count()?, &view.generation())))
}

pub(super) async fn not_found() -> Failure {
    ServerFault::NoAddress.into()
}

pub(super) async fn method_not_allowed() -> Failure {
    ServerFault::NotGet.into()
}

/// Words like 去年 count from the present day unless another was given.
pub(super) fn with_today(selection: &mut Selection) {
    selection.reading.today = selection.reading.today.or_else(today);
}

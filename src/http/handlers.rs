//! The API: extract, ask the archive, convert.

use super::error::Failure;
use super::{Caller, blocking, clock, wire, wire_page};
use crate::archive::{
    ArchiveError, ArticleReply, MOST_DOUBTFUL, MOST_SIMILAR, MOST_SUGGESTIONS, PageReply, SearchRequest, View,
};
use crate::model::ArticleId;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// Parameters as given, in order, repeated ones too.
pub(super) type Pairs = Query<Vec<(String, String)>>;

/// Reads parameters into a request. Words like 去年 count from the present day unless another was given.
pub(super) fn request_of(pairs: &[(String, String)]) -> Result<SearchRequest, ArchiveError> {
    let mut request = SearchRequest::from_pairs(as_pairs(pairs))?;
    request.today = request.today.or_else(clock::today);
    Ok(request)
}

/// Parameters as requests read them.
pub(super) fn as_pairs(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

pub(super) fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

pub(super) async fn articles(caller: Caller, Query(pairs): Pairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let request = request_of(&pairs)?;
    let fields = request.fields.clone();
    let weighed = request.clone();
    let is_heavy = move |view: &View| view.is_heavy(&weighed);
    let body = blocking::by_cost(&caller, is_heavy, move |view| {
        let reply = view.search(&request)?;
        Ok::<_, ArchiveError>(wire::search(&reply, &fields, start.elapsed()))
    });
    Ok(json(body.await?))
}

/// What an address with an id in it gives: `work` on the article, off the runtime. Anything but an id names nothing.
pub(super) async fn on_article<T: Send + 'static>(
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&View, &ArticleReply) -> Result<T, ArchiveError> + Send + 'static,
) -> Result<T, Failure> {
    let nothing =
        || Failure::new("not_found", "there is no article with this id", "没有这篇文章：编号有误，或者文章已撤下。");
    let id: ArticleId = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or_else(nothing)?;
    let found = blocking::interactive(caller, move |view| {
        let reply = view.article(id)?;
        let reason = if reply.is_none() { view.withdrawn(id)? } else { None };
        Ok::<_, ArchiveError>((reply.map(|reply| work(view, &reply)).transpose()?, reason))
    });
    let (answer, reason) = found.await?;
    let gone = |reason: String| {
        Failure::new("gone", format!("an editor took the article out: {reason}"), format!("撤稿原因：{reason}"))
    };
    answer.ok_or_else(|| reason.map_or_else(nothing, gone))
}

pub(super) async fn article(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_article(&caller, id, |_, reply| Ok(wire::article_reply(reply))).await?))
}

pub(super) async fn similar(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    let [limit] = values(&pairs, ["limit"])?;
    let limit = number(limit, "limit", MOST_SIMILAR)?.unwrap_or(10);
    let work = move |view: &View, reply: &ArticleReply| Ok(wire::similar(&view.similar(&reply.article, limit)?));
    Ok(json(on_article(&caller, id, work).await?))
}

pub(super) async fn reprints(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    let work = |view: &View, reply: &ArticleReply| Ok(wire::reprints(view.family(&reply.article)?.as_ref()));
    Ok(json(on_article(&caller, id, work).await?))
}

pub(super) async fn suggest(caller: Caller, Query(pairs): Pairs) -> Result<Response, Failure> {
    let [start, limit] = values(&pairs, ["q", "limit"])?;
    let limit = number(limit, "limit", MOST_SUGGESTIONS)?.unwrap_or(10);
    let start = start.unwrap_or_default().to_owned();
    let work = move |view: &View| Ok::<_, ArchiveError>(wire::suggestions(&view.suggest(&start, limit)?));
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
            let hint = format!("; this address takes {}", names.join(", "));
            return Err(ArchiveError::UnknownParameter { name: name.chars().take(64).collect(), hint });
        };
        if values[at].replace(value.as_str()).is_some() {
            return Err(ArchiveError::RepeatedParameter(names[at]));
        }
    }
    Ok(values)
}

fn number(value: Option<&str>, name: &'static str, most: usize) -> Result<Option<usize>, ArchiveError> {
    let read = |text: &str| text.parse().ok().filter(|number| (1..=most).contains(number));
    let bad = |text| ArchiveError::BadValue { name, message: format!("takes a number from 1 to {most}, not `{text}`") };
    value.map(|text| read(text).ok_or_else(|| bad(text))).transpose()
}

/// What an address with a page's id in it gives.
pub(super) async fn on_page<T: Send + 'static>(
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
    work: impl FnOnce(&PageReply) -> T + Send + 'static,
) -> Result<T, Failure> {
    let nothing =
        || Failure::new("not_found", "there is no page with this id", "没有这个版面：编号有误，或者版面已撤下。");
    let valid = |id: &String| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let id = id.ok().map(|Path(id)| id).filter(valid).ok_or_else(nothing)?;
    let found =
        blocking::interactive(caller, move |view| Ok::<_, ArchiveError>(view.page(&id)?.map(|reply| work(&reply))));
    found.await?.ok_or_else(nothing)
}

pub(super) async fn page(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    no_parameters(&pairs)?;
    Ok(json(on_page(&caller, id, wire_page::page_reply).await?))
}

pub(super) async fn doubtful(caller: Caller, Query(pairs): Pairs) -> Result<Response, Failure> {
    let [limit, cursor] = values(&pairs, ["limit", "cursor"])?;
    let limit = number(limit, "limit", MOST_DOUBTFUL)?.unwrap_or(20);
    let cursor = cursor.map(str::to_owned);
    let work = move |view: &View| Ok::<_, ArchiveError>(wire_page::doubtful(&view.doubtful(limit, cursor.as_deref())?));
    Ok(json(blocking::interactive(&caller, work).await?))
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

/// Told without a turn: nothing of it takes long, and it must be told under load.
pub(super) async fn ready(caller: Caller) -> Result<&'static str, Failure> {
    caller.state.archive.now()?.article_count()?;
    Ok("ready\n")
}

pub(super) async fn version(caller: Caller) -> Result<Response, Failure> {
    let view = caller.state.archive.now()?;
    Ok(json(wire::version(view.article_count()?, &view.generation())))
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

//! The browser's pages.

use super::error::Failure;
use super::handlers::{QueryPairs, as_pairs, no_parameters, on_article, on_page, request_of, values};
use super::series::{counts_shown, trend_request};
use super::{Caller, blocking};
use crate::archive::{ArchiveError, ArchiveView, ArticleReply, CoverageRequest};
use crate::messages::ServerFault;
use crate::ui::{self, ArticleView, CoverageView, SearchView, TrendsView};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query};
use axum::response::Html;

pub(super) fn rendered(page: Result<String, impl std::fmt::Display>) -> Result<Html<String>, Failure> {
    page.map(Html).map_err(|error| Failure::caused(&ServerFault::NotDrawn, error.to_string()))
}

pub(super) async fn search(caller: Caller, Query(given): QueryPairs) -> Result<Html<String>, Failure> {
    let asked = given.iter().any(|(_, value)| !value.trim().is_empty());
    let mut request = request_of(&given)?;
    request.answer.facets = ui::FACETS.to_vec();
    let pairs: Vec<(String, String)> =
        given.into_iter().filter(|(name, value)| name != "cursor" && !value.trim().is_empty()).collect();
    let weighed = request.clone();
    let is_heavy = move |view: &ArchiveView| Ok(asked && view.is_heavy(&weighed)?);
    let page = blocking::by_cost(&caller, is_heavy, move |view| {
        let reply = if asked { Some(view.search(&request)?) } else { None };
        let overview = view.overview()?;
        let view = SearchView { request: &request, pairs: &pairs, overview: &overview, reply: reply.as_ref() };
        Ok::<_, ArchiveError>(ui::search_page(&view))
    });
    rendered(page.await?)
}

/// The page of series takes the parameters of series, and `show`.
pub(super) async fn trends(caller: Caller, Query(given): QueryPairs) -> Result<Html<String>, Failure> {
    let mut rest = given.clone();
    counts_shown(&mut rest)?;
    let asked = rest.iter().any(|(_, value)| !value.trim().is_empty());
    let request = trend_request(&rest)?;
    let page = blocking::analytic(&caller, move |view| {
        let reply = if asked { Some(view.trends(&request)?) } else { None };
        let overview = view.overview()?;
        let view = TrendsView { request: &request, pairs: &given, overview: &overview, reply: reply.as_ref() };
        Ok::<_, ArchiveError>(ui::trends_page(&view))
    });
    rendered(page.await?)
}

/// The page of what is held takes the parameters of coverage.
pub(super) async fn coverage(caller: Caller, Query(given): QueryPairs) -> Result<Html<String>, Failure> {
    let request = CoverageRequest::from_pairs(as_pairs(&given))?;
    let page = blocking::analytic(&caller, move |view| {
        let (reply, overview) = (view.coverage(&request)?, view.overview()?);
        let view = CoverageView { request: &request, pairs: &given, overview: &overview, reply: &reply };
        Ok::<_, ArchiveError>(ui::coverage_page(&view))
    });
    rendered(page.await?)
}

/// Similar articles beside an article.
const SIMILAR: usize = 6;

/// The page of an article takes `q`, what to mark in it, and `expand`.
pub(super) async fn article(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(given): QueryPairs,
) -> Result<Html<String>, Failure> {
    if let Some((name, _)) = given.iter().find(|(name, _)| !matches!(name.as_str(), "q" | "expand")) {
        return Err(ArchiveError::unknown_parameter(name, vec!["q", "expand"]).into());
    }
    let request = request_of(&given)?;
    let work = move |view: &ArchiveView, reply: &ArticleReply| {
        let (similar, family) = (view.similar(&reply.article, SIMILAR)?, view.family(&reply.article)?);
        let view = ArticleView {
            reply,
            query: &request.selection.query,
            expand: request.selection.reading.expand,
            similar: &similar,
            family: family.as_ref(),
        };
        Ok(ui::article_page(&view))
    };
    rendered(on_article(&caller, id, work).await?)
}

/// The page of a newspaper page takes no parameter.
pub(super) async fn page(
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(given): QueryPairs,
) -> Result<Html<String>, Failure> {
    no_parameters(&given)?;
    rendered(on_page(&caller, id, ui::page_page).await?)
}

/// Pages on an answer of the doubtful ones.
const DOUBTFUL: usize = 50;

/// The list of doubtful pages takes `cursor`.
pub(super) async fn doubtful(caller: Caller, Query(given): QueryPairs) -> Result<Html<String>, Failure> {
    let [cursor] = values(&given, ["cursor"])?;
    let cursor = cursor.filter(|cursor| !cursor.is_empty()).map(str::to_owned);
    let page = blocking::interactive(&caller, move |view| {
        Ok::<_, ArchiveError>(ui::doubtful_page(&view.doubtful(DOUBTFUL, cursor.as_deref())?))
    });
    rendered(page.await?)
}

/// How to write a query.
pub(super) async fn help(Query(given): QueryPairs) -> Result<Html<String>, Failure> {
    no_parameters(&given)?;
    rendered(ui::help_page())
}

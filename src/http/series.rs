//! The API about time: series, what is held, words, lines, numbers. As JSON, as tables for spreadsheets, and as charts.

use super::error::Failure;
use super::handlers::{QueryPairs, as_pairs, json, with_today};
use super::{Caller, blocking};
use crate::archive::{AmountsRequest, ArchiveError, ConcordanceRequest, CoverageRequest, TermsRequest, TrendRequest};
use crate::formats::{csv, trends_json};
use crate::ui;
use axum::extract::Query;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// The form of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SeriesFormat {
    Json,
    Csv,
    Svg,
}

/// Takes a parameter of the answer's form out of the others.
pub(super) fn take_param(
    pairs: &mut Vec<(String, String)>,
    name: &'static str,
) -> Result<Option<String>, ArchiveError> {
    let (own, rest): (Vec<_>, Vec<_>) = std::mem::take(pairs).into_iter().partition(|(given, _)| given == name);
    *pairs = rest;
    if own.len() > 1 {
        return Err(ArchiveError::RepeatedParameter(name));
    }
    Ok(own.into_iter().next().map(|(_, value)| value).filter(|value| !value.trim().is_empty()))
}

fn form(pairs: &mut Vec<(String, String)>, charts: bool) -> Result<SeriesFormat, ArchiveError> {
    let given = take_param(pairs, "format")?;
    Ok(match given.as_deref() {
        None | Some("json") => SeriesFormat::Json,
        Some("csv") => SeriesFormat::Csv,
        Some("svg") if charts => SeriesFormat::Svg,
        Some(other) => {
            let known = if charts { &["json", "csv", "svg"][..] } else { &["json", "csv"] };
            return Err(ArchiveError::not_one_of("format", other, known.to_vec()));
        }
    })
}

/// Whether numbers of articles are shown, not their share.
pub(super) fn counts_shown(pairs: &mut Vec<(String, String)>) -> Result<bool, ArchiveError> {
    match take_param(pairs, "show")?.as_deref() {
        None | Some("ratio") => Ok(false),
        Some("counts") => Ok(true),
        Some(other) => Err(ArchiveError::not_one_of("show", other, vec!["ratio", "counts"])),
    }
}

fn body(form: SeriesFormat, name: &str, text: String) -> Response {
    let kind = match form {
        SeriesFormat::Json => return json(text),
        SeriesFormat::Csv => "text/csv; charset=utf-8; header=present",
        SeriesFormat::Svg => "image/svg+xml; charset=utf-8",
    };
    let extension = if form == SeriesFormat::Csv { "csv" } else { "svg" };
    let file = HeaderValue::from_str(&format!("attachment; filename=\"baoku-{name}.{extension}\""));
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response();
    if let Ok(file) = file {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, file);
    }
    response
}

/// Reads a request for series. Words like 去年 count from the present day unless another was given.
pub(super) fn trend_request(pairs: &[(String, String)]) -> Result<TrendRequest, ArchiveError> {
    let mut request = TrendRequest::from_pairs(as_pairs(pairs))?;
    with_today(&mut request.selection);
    Ok(request)
}

pub(super) async fn trends(caller: Caller, Query(mut pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let form = form(&mut pairs, true)?;
    let counts = counts_shown(&mut pairs)?;
    let request = trend_request(&pairs)?;
    let text = blocking::analytic(&caller, move |view| {
        let reply = view.trends(&request)?;
        Ok::<_, ArchiveError>(match form {
            SeriesFormat::Json => trends_json::trends(&reply, start.elapsed()),
            SeriesFormat::Csv => csv::trends(&reply),
            SeriesFormat::Svg => ui::trend_svg(&reply, counts),
        })
    });
    Ok(body(form, "trends", text.await?))
}

pub(super) async fn coverage(caller: Caller, Query(mut pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let form = form(&mut pairs, false)?;
    let request = CoverageRequest::from_pairs(as_pairs(&pairs))?;
    let text = blocking::analytic(&caller, move |view| {
        let reply = view.coverage(&request)?;
        let by = request.breakdown.by.name();
        Ok::<_, ArchiveError>(match form {
            SeriesFormat::Csv => csv::coverage(&reply),
            _ => trends_json::coverage(&reply, by, start.elapsed()),
        })
    });
    Ok(body(form, "coverage", text.await?))
}

pub(super) async fn terms(caller: Caller, Query(mut pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let form = form(&mut pairs, false)?;
    let mut request = TermsRequest::from_pairs(as_pairs(&pairs))?;
    with_today(&mut request.selection);
    let text = blocking::analytic(&caller, move |view| {
        let reply = view.terms(&request)?;
        Ok::<_, ArchiveError>(match form {
            SeriesFormat::Csv => csv::terms(&reply),
            _ => trends_json::terms(&reply, |word| ui::search_with_word(&pairs, word), start.elapsed()),
        })
    });
    Ok(body(form, "terms", text.await?))
}

pub(super) async fn concordance(caller: Caller, Query(mut pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let form = form(&mut pairs, false)?;
    let mut request = ConcordanceRequest::from_pairs(as_pairs(&pairs))?;
    with_today(&mut request.selection);
    let text = blocking::analytic(&caller, move |view| {
        let reply = view.concordance(&request)?;
        Ok::<_, ArchiveError>(match form {
            SeriesFormat::Csv => csv::concordance(&reply),
            _ => trends_json::concordance(&reply, start.elapsed()),
        })
    });
    Ok(body(form, "concordance", text.await?))
}

pub(super) async fn amounts(caller: Caller, Query(mut pairs): QueryPairs) -> Result<Response, Failure> {
    let start = Instant::now();
    let form = form(&mut pairs, false)?;
    let mut request = AmountsRequest::from_pairs(as_pairs(&pairs))?;
    with_today(&mut request.selection);
    let text = blocking::analytic(&caller, move |view| {
        let reply = view.amounts(&request)?;
        Ok::<_, ArchiveError>(match form {
            SeriesFormat::Csv => csv::amounts(&reply),
            _ => trends_json::amounts(&reply, request.breakdown.split, start.elapsed()),
        })
    });
    Ok(body(form, "amounts", text.await?))
}

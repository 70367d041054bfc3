//! The files beside the pages: kept by browsers for ever, for another content has another address.

use super::error::Failure;
use crate::messages::ServerFault;
use crate::ui::{self, Asset};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The content of an address with a hash never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// How long the icon is kept under the address that browsers ask for by themselves.
const A_DAY: &str = "public, max-age=86400";

pub(super) async fn asset(file: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Result<Response, Failure> {
    let wanted = file.map_or_else(|_| String::new(), |Path(file)| format!("/assets/{file}"));
    let nothing = || Failure::from(ServerFault::NoAsset);
    let asset = ui::ASSETS.iter().find(|asset| asset.path == wanted).ok_or_else(nothing)?;
    Ok(answer(asset, &headers, FOR_EVER))
}

pub(super) async fn favicon(headers: HeaderMap) -> Response {
    answer(ui::icon(), &headers, A_DAY)
}

/// A file as the caller takes it; nothing of it where the caller has it.
fn answer(asset: &'static Asset, headers: &HeaderMap, keep: &'static str) -> Response {
    let gzip = takes_gzip(headers);
    let etag = format!("\"{}{}\"", asset.hash, if gzip { "-gzip" } else { "" });
    let is_known =
        values(headers, header::IF_NONE_MATCH).any(|known| known == "*" || known.trim_start_matches("W/") == etag);
    let caching = [(header::ETAG, etag.as_str()), (header::CACHE_CONTROL, keep), (header::VARY, "accept-encoding")];
    if is_known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(header::CONTENT_TYPE, asset.content_type)];
    match gzip {
        true => (caching, kind, [(header::CONTENT_ENCODING, "gzip")], asset.gzip.as_slice()).into_response(),
        false => (caching, kind, asset.bytes).into_response(),
    }
}

/// The values of a header that holds a list.
fn values(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(',').map(str::trim))
}

/// Whether the caller names gzip, and not to refuse it.
fn takes_gzip(headers: &HeaderMap) -> bool {
    values(headers, header::ACCEPT_ENCODING).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn gzip_is_given_to_those_who_take_it() {
        let takes = |text: &'static str| {
            takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))]))
        };
        for text in ["gzip", "br, GZIP;q=0.5", "identity; q=0.1, gzip ;q=1"] {
            assert!(takes(text), "{text}");
        }
        for text in ["", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip-not"] {
            assert!(!takes(text), "{text}");
        }
    }
}

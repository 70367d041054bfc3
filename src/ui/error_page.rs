//! The page that says what went wrong.

use super::assets;
use askama::Template;

/// The page.
#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    title: String,
    query: String,
    status: u16,
    heading: String,
    detail: String,
    way_out: &'static str,
    request_id: String,
}

impl ErrorPage {
    /// The page for a status.
    pub(super) fn new(status: u16, title: &str, detail: &str, request_id: &str) -> Self {
        Self {
            title: format!("{title} · 报库"),
            query: String::new(),
            status,
            heading: title.to_owned(),
            detail: detail.to_owned(),
            way_out: hint_for(status),
            request_id: request_id.to_owned(),
        }
    }
}

fn hint_for(status: u16) -> &'static str {
    match status {
        400 => "请返回上一页改正，或重新检索。",
        404 => "请核对网址，或用上方的检索框查找。",
        410 => "请从第一页重新检索。",
        429 | 503 => "请稍候再试。",
        500.. => "请稍候再试；如仍出错，请把下面的编号告诉管理员。",
        _ => "可以回到首页重新开始。",
    }
}

//! Error codes: one table for the status, the title and the page.

use crate::archive::ArchiveError;
use crate::ui;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use std::any::Any;

/// A kind of error.
#[derive(Debug)]
pub struct ErrorCode {
    /// Stable name.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What it is, in English.
    pub title: &'static str,
    /// What it is, in Chinese, for the browser.
    pub zh: &'static str,
}

/// All error codes, by name.
pub const CODES: &[ErrorCode] = &[
    ErrorCode {
        code: "bad_host",
        status: 400,
        title: "The request does not name one host",
        zh: "请求没有写明一个主机名",
    },
    ErrorCode {
        code: "bad_value",
        status: 400,
        title: "A parameter has a value it does not take",
        zh: "参数的值不能用",
    },
    ErrorCode { code: "busy", status: 503, title: "Too many searches at once", zh: "同时查询的人太多" },
    ErrorCode {
        code: "cursor_expired",
        status: 410,
        title: "The index or the program has changed since the cursor was given",
        zh: "索引已更新，翻页位置失效",
    },
    ErrorCode {
        code: "index_unavailable", status: 503, title: "The index cannot be read", zh: "索引暂时读不了"
    },
    ErrorCode {
        code: "forbidden",
        status: 403,
        title: "The request does not come from a page of this server",
        zh: "请求不是从标注页发出的",
    },
    ErrorCode { code: "gone", status: 410, title: "An editor took the article out", zh: "文章已由编辑撤下" },
    ErrorCode { code: "internal", status: 500, title: "Something went wrong in baoku", zh: "程序出了差错" },
    ErrorCode {
        code: "method_not_allowed",
        status: 405,
        title: "Only GET and HEAD are answered here",
        zh: "这里只接受 GET 请求",
    },
    ErrorCode {
        code: "not_found", status: 404, title: "There is nothing under this address", zh: "没有这个地址"
    },
    ErrorCode { code: "not_saved", status: 500, title: "The label could not be written", zh: "标注没有存下" },
    ErrorCode {
        code: "not_offered",
        status: 501,
        title: "The archive's engine cannot tell this",
        zh: "这个资料库的引擎不提供这项功能",
    },
    ErrorCode {
        code: "other_index",
        status: 410,
        title: "The answer was given by another index",
        zh: "这个答案出自另一个索引",
    },
    ErrorCode { code: "repeated_parameter", status: 400, title: "A parameter was given twice", zh: "参数重复" },
    ErrorCode { code: "timeout", status: 504, title: "The search took too long", zh: "查询超时" },
    ErrorCode { code: "too_many_terms", status: 400, title: "The query has too many terms", zh: "查询词太多" },
    ErrorCode { code: "unknown_parameter", status: 400, title: "There is no such parameter", zh: "没有这个参数" },
    ErrorCode {
        code: "wrong_host",
        status: 421,
        title: "The server does not answer under this name",
        zh: "不以这个主机名提供服务",
    },
];

/// What stands for a code that is in no table.
const INTERNAL: ErrorCode =
    ErrorCode { code: "internal", status: 500, title: "Something went wrong in baoku", zh: "程序出了差错" };

/// An error on its way to the caller; `respond::finish` turns it into a body of the form the caller reads.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) detail: String,
    pub(super) zh: String,
    pub(super) parameter: Option<String>,
    /// What went wrong inside, for the log only.
    pub(super) cause: Option<String>,
}

impl Failure {
    pub(super) fn new(code: &'static str, detail: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), zh: zh.into(), parameter: None, cause: None }
    }

    pub(super) fn entry(&self) -> &'static ErrorCode {
        CODES.iter().find(|entry| entry.code == self.code).unwrap_or(&INTERNAL)
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        let (code, parameter) = match &error {
            ArchiveError::UnknownParameter { name, .. } => ("unknown_parameter", Some(name.clone())),
            ArchiveError::RepeatedParameter(name) => ("repeated_parameter", Some((*name).to_owned())),
            ArchiveError::BadValue { name, .. } => ("bad_value", Some((*name).to_owned())),
            ArchiveError::TooManyTerms { .. } => ("too_many_terms", Some("q".to_owned())),
            ArchiveError::OtherIndex => ("other_index", Some("as_of".to_owned())),
            ArchiveError::CursorExpired => ("cursor_expired", Some("cursor".to_owned())),
            ArchiveError::NotOffered(_) => ("not_offered", None),
            ArchiveError::Stopped => return Self::timeout(),
            ArchiveError::Engine(error) => return Self::unavailable(error.to_string()),
        };
        let (_, zh) = ui::error_words(&error);
        Self { code, detail: error.to_string(), zh, parameter, cause: None }
    }
}

impl Failure {
    /// The answer where the work took longer than it may.
    pub(super) fn timeout() -> Self {
        let detail = "the search took longer than this server lets it; make it narrower";
        Self::new("timeout", detail, "查询用的时间超过了限度，请缩小范围。")
    }

    fn unavailable(cause: String) -> Self {
        let detail = "the index cannot be read now; the log of the server says why";
        let mut failure = Self::new("index_unavailable", detail, "请稍后再试；服务器日志里有原因。");
        failure.cause = Some(cause);
        failure
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer where a handler panicked.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let cause =
        panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    let mut failure = Failure::new(
        "internal",
        "an unexpected fault; the log of the server says more",
        "程序遇到意外，服务器日志里有详情。",
    );
    failure.cause = Some(cause.unwrap_or_else(|| "panic".into()));
    failure.into_response()
}

//! What the server says when it cannot answer: the table of error codes, and the words of each case.

use super::bilingual::{Bilingual, Language, both};

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

impl ErrorCode {
    /// What it is, in a language.
    pub fn title(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.title,
            Language::Chinese => self.zh,
        }
    }

    /// The row of a code.
    pub fn named(code: &str) -> &'static Self {
        CODES.iter().find(|row| row.code == code).unwrap_or(&INTERNAL)
    }
}

/// Why the server does not answer, beside what the archive says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerFault {
    /// No such file of the pages.
    NoAsset,
    /// No such article.
    NoArticle,
    /// An editor took the article out.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// No such newspaper page.
    NoPage,
    /// No such address.
    NoAddress,
    /// No such address where articles are labelled.
    NoReviewAddress,
    /// Another method than GET and HEAD.
    NotGet,
    /// The page could not be drawn.
    NotDrawn,
    /// A fault of the program.
    Unexpected,
    /// Too many searches at once.
    Busy,
    /// The request names no host, or several.
    NoHost,
    /// The request names a host that the server does not answer under.
    OtherHost,
    /// A form that does not come from a page of this server.
    NotFromHere,
    /// A form that cannot be read.
    BadForm(String),
    /// A label could not be written.
    NotSaved(String),
    /// The search took too long.
    TimedOut,
    /// The index cannot be read.
    IndexUnreadable,
}

impl ServerFault {
    /// The code in [`CODES`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAsset | Self::NoArticle | Self::NoPage | Self::NoAddress | Self::NoReviewAddress => "not_found",
            Self::Withdrawn { .. } => "gone",
            Self::NotGet => "method_not_allowed",
            Self::NotDrawn | Self::Unexpected => "internal",
            Self::Busy => "busy",
            Self::NoHost => "bad_host",
            Self::OtherHost => "wrong_host",
            Self::NotFromHere => "forbidden",
            Self::BadForm(_) => "bad_value",
            Self::NotSaved(_) => "not_saved",
            Self::TimedOut => "timeout",
            Self::IndexUnreadable => "index_unavailable",
        }
    }
}

/// A fault of the server.
pub fn server_fault(fault: &ServerFault) -> Bilingual {
    match fault {
        ServerFault::NoAsset => both("there is no such file", "没有这个文件。"),
        ServerFault::NoArticle => both("there is no article with this id", "没有这篇文章：编号有误，或者文章已撤下。"),
        ServerFault::Withdrawn { reason } => {
            both(format!("an editor took the article out: {reason}"), format!("撤稿原因：{reason}"))
        }
        ServerFault::NoPage => both("there is no page with this id", "没有这个版面：编号有误，或者版面已撤下。"),
        ServerFault::NoAddress => both(
            "there is nothing under this address; the API begins with /api/v1/articles",
            "请检查地址，或从首页开始查询。",
        ),
        ServerFault::NoReviewAddress => both("there is nothing under this address", "请用程序在终端里给出的地址打开。"),
        ServerFault::NotGet => both("only GET and HEAD are answered here", "请用浏览器直接打开这个地址。"),
        ServerFault::NotDrawn => both("the page could not be drawn", "页面没有画成，服务器日志里有原因。"),
        ServerFault::Unexpected => {
            both("an unexpected fault; the log of the server says more", "程序遇到意外，服务器日志里有详情。")
        }
        ServerFault::Busy => both("too many searches at once; try again in two seconds", "请过两秒再试。"),
        ServerFault::NoHost => both("a request names one host", "请求里要有且只有一个 Host。"),
        ServerFault::OtherHost => both(
            "this server does not answer under this name; `baoku serve --host NAME` has it answer",
            "请用 localhost 或 IP 地址打开，或以 --host 加上这个名字。",
        ),
        ServerFault::NotFromHere => both(
            "the request does not come from a page of this server; open the address that the program printed",
            "请用程序在终端里给出的地址打开。",
        ),
        ServerFault::BadForm(error) => both(error.as_str(), "表单读不懂，没有保存。"),
        ServerFault::NotSaved(error) => {
            both(error.as_str(), format!("写不进标注文件：{error}。请排除后再按一次保存。"))
        }
        ServerFault::TimedOut => both(
            "the search took longer than this server lets it; make it narrower",
            "查询用的时间超过了限度，请缩小范围。",
        ),
        ServerFault::IndexUnreadable => {
            both("the index cannot be read now; the log of the server says why", "请稍后再试；服务器日志里有原因。")
        }
    }
}

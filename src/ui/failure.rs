//! The page that says what went wrong.

use super::assets;
use super::words;
use crate::archive::{ArchiveError, PARAMS, TREND_PARAMS};
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
            way_out: way_out(status),
            request_id: request_id.to_owned(),
        }
    }
}

fn way_out(status: u16) -> &'static str {
    match status {
        400 => "请返回上一页改正，或重新检索。",
        404 => "请核对网址，或用上方的检索框查找。",
        410 => "请从第一页重新检索。",
        429 | 503 => "请稍候再试。",
        500.. => "请稍候再试；如仍出错，请把下面的编号告诉管理员。",
        _ => "可以回到首页重新开始。",
    }
}

/// An error of the archive in Chinese: a title and a detail for [`super::error_page`].
pub fn error_words(error: &ArchiveError) -> (String, String) {
    let named = |name: &str| words::parameter(name).map_or_else(|| name.to_owned(), |word| format!("{word}（{name}）"));
    match error {
        ArchiveError::UnknownParameter { name, .. } => {
            ("网址中有不认识的参数".into(), format!("没有名为「{name}」的参数。"))
        }
        ArchiveError::RepeatedParameter(name) => ("参数重复".into(), format!("「{}」只能给出一次。", named(name))),
        ArchiveError::BadValue { name, message } => ("条件有误".into(), bad_value(name, message)),
        ArchiveError::TooManyTerms { most } => ("检索词过多".into(), format!("一次最多检索 {most} 个词，请减少一些。")),
        ArchiveError::CursorExpired => ("翻页位置已失效".into(), "库中内容刚刚更新，原来的翻页位置不能再用。".into()),
        ArchiveError::OtherIndex => {
            ("答案出自另一个索引".into(), "这个编号是另一个索引给出的，无法照原样再算；请去掉 as_of 重新统计。".into())
        }
        ArchiveError::NotOffered(_) => ("没有这项功能".into(), "这个资料库所用的检索引擎不提供这项功能。".into()),
        ArchiveError::Stopped => ("查询超时".into(), "查询用的时间超过了限度，请缩小范围。".into()),
        ArchiveError::Engine(_) => ("检索没有完成".into(), "检索引擎出错，没有得到结果。".into()),
    }
}

/// What a parameter takes; for a place name that several places have, which of them.
fn bad_value(name: &str, message: &str) -> String {
    let word = words::parameter(name).map_or_else(|| name.to_owned(), |word| format!("{word}（{name}）"));
    if let Some((_, places)) = message.split_once("write one of: ") {
        return format!("「{word}」有几处同名，请写明是哪一处：{places}。");
    }
    let search = PARAMS.iter().find(|param| param.name == name).map(|param| param.zh);
    let trends = TREND_PARAMS.iter().find(|param| param.name == name).map(|param| param.zh);
    match search.or(trends) {
        Some(usage) => format!("「{word}」应为{usage}。"),
        None => format!("「{word}」的值不能用：{message}。"),
    }
}

//! Errors as RFC 9457 problems.

use super::article_json::text;
use crate::messages::ErrorCode;
use serde_json::json;

/// An RFC 9457 problem.
pub(crate) fn problem(
    entry: &ErrorCode,
    title: &str,
    parameter: Option<&str>,
    detail: &str,
    request_id: &str,
) -> String {
    let mut problem = json!({
        "type": format!("urn:baoku:problem:{}", entry.code),
        "title": title,
        "status": entry.status,
        "code": entry.code,
        "detail": detail,
        "request_id": request_id,
    });
    if let Some(parameter) = parameter {
        problem["parameter"] = json!(parameter);
    }
    text(&problem, false)
}

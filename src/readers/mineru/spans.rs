//! Text of MinerU's spans, in all versions: texts, formulas, links around spans.

use crate::readers::json::content_lines;
use crate::readers::spacing::{WordGap, join};
use serde_json::Value;

/// The text of a content: a text, a span, or a list of them.
pub(super) fn text(content: &Value) -> String {
    let mut out = String::new();
    push(content, &mut out);
    out
}

fn push(content: &Value, out: &mut String) {
    match content {
        Value::String(text) => out.push_str(text),
        Value::Array(spans) => spans.iter().for_each(|span| push(span, out)),
        Value::Object(span) => span.get("content").into_iter().for_each(|inner| push(inner, out)),
        _ => {}
    }
}

/// The text of the spans of a printed line, which were recognised one by one.
pub(super) fn line(spans: &[Value]) -> String {
    let mut out = String::new();
    for span in spans {
        join(&mut out, &text(span), WordGap::Space);
    }
    out
}

/// The lines of a content that has no boxes of its own: rows of a table, else what line feeds part.
pub(super) fn lines(content: &Value) -> Vec<String> {
    content_lines(&text(content))
}

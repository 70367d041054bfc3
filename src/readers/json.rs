//! JSON of OCR programs: documents and lines of it, and the ways they write numbers, boxes and polygons.

use super::raw_page::{Corners, RawLine, RawPage, bounds, line_part};
use super::{ReadFault, SourceFile, html};
use crate::model::{Direction, Problem, ProblemCode, SourceHint};
use serde_json::Value;

/// The document of a file.
///
/// # Errors
/// [`ReadFault`] where it is no text, too large, or damaged.
pub(super) fn document(file: &SourceFile) -> Result<Value, ReadFault> {
    parse(text_of(file)?, file.limits.json_values).map_err(ReadFault::Broken)
}

/// The documents of a file: one, or one a line. A line that is damaged is a problem of its own.
///
/// # Errors
/// [`ReadFault`] as [`document`].
pub(super) fn documents(file: &SourceFile, each: &mut dyn FnMut(Result<Value, Problem>)) -> Result<(), ReadFault> {
    let text = text_of(file)?;
    let most = file.limits.json_values;
    let by_line = is_by_line(text, most);
    if !by_line {
        each(Ok(parse(text, most).map_err(ReadFault::Broken)?));
        return Ok(());
    }
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let characters = line.chars().count() as u64;
        let refused = |error| Problem::of_file(ProblemCode::BadJson, [error]).in_line(number).losing(characters);
        each(parse(line, most).map_err(refused));
    }
    Ok(())
}

/// Whether the first two lines are objects, of which one may be damaged.
fn is_by_line(text: &str, most: usize) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let whole = |line: &str| line.starts_with('{') && parse(line, most).is_ok();
    first.trim_start_matches('\u{FEFF}').starts_with('{') && first.len() > 2 && (whole(first) || whole(second))
}

fn text_of<'f>(file: &'f SourceFile) -> Result<&'f str, ReadFault> {
    Ok(&file.text().map_err(Clone::clone)?.text)
}

fn parse(text: &str, most: usize) -> Result<Value, String> {
    let values = memchr::memchr_iter(b',', text.as_bytes()).count();
    if values > most {
        return Err(format!("has {values} values in one document, over the limit of {most}; split it into its pages"));
    }
    serde_json::from_str(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'))
        .map_err(|error| format!("is damaged JSON: {error}; write the file again"))
}

/// A member that is text, or empty text; a number as printed.
pub(super) fn text(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A number, a text that is one, or the first of a list of them.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Array(values) => values.first().filter(|first| !first.is_array()).and_then(number),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// A member that is a number.
pub(super) fn number_at(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(number)
}

/// The members of a list; of anything else, none.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Points `[[x, y], …]`, or the same numbers in one list.
pub(super) fn polygon(value: &Value) -> Vec<(f64, f64)> {
    let Some(values) = value.as_array() else { return Vec::new() };
    let pair = |pair: &[Value]| Some((number(pair.first()?)?, number(pair.get(1)?)?));
    if values.first().is_some_and(Value::is_array) {
        values.iter().filter_map(|point| pair(point.as_array()?)).collect()
    } else if values.len() >= 8 {
        values.chunks_exact(2).filter_map(pair).collect()
    } else {
        Vec::new()
    }
}

/// A rectangle `[x0, y0, x1, y1]`, or the one around a polygon.
pub(super) fn corners(value: &Value) -> Option<Corners> {
    match value.as_array()?.as_slice() {
        [x0, y0, x1, y1] if !x0.is_array() => Some([number(x0)?, number(y0)?, number(x1)?, number(y1)?]),
        _ => bounds(&polygon(value)),
    }
}

/// The texts of a block that has one box for all of them, each with its part of the box.
pub(super) fn push_texts(
    page: &mut RawPage,
    texts: &[String],
    around: Option<Corners>,
    direction: Option<Direction>,
    mark: &SourceHint,
) {
    let texts: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
    for (at, text) in texts.iter().enumerate() {
        let is_column = texts.len() == 1 && around.is_some_and(|around| is_column(text, around));
        let told = if is_column { Direction::Vertical } else { Direction::Horizontal };
        page.push(RawLine {
            text: (*text).clone(),
            corners: around.map(|around| line_part(around, at, texts.len(), direction)),
            direction: direction.or(Some(told)),
            mark: mark.clone(),
            ..RawLine::default()
        });
    }
}

/// Whether a text stands in its box as one column of characters; a paragraph in a high box does not.
fn is_column(text: &str, [x0, y0, x1, y1]: Corners) -> bool {
    let longer = (y1 - y0).abs() / (x1 - x0).abs();
    let length = text.chars().count() as f64;
    length > 1.0 && longer > 1.5 && length <= 1.5 * longer
}

/// The lines of a content that may be HTML: the rows of a table, else what stands between line feeds.
pub(super) fn content_lines(content: &str) -> Vec<String> {
    let is_html = content.trim_start().starts_with('<') || content.contains("</");
    if is_html { html::rows(content) } else { content.lines().map(str::to_owned).collect() }
}

/// A version's part before the first point.
pub(super) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default().trim_start_matches(['v', 'V'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn boxes_come_in_all_forms() {
        assert_eq!(corners(&json!([1, 2.5, "3", 4])), Some([1.0, 2.5, 3.0, 4.0]));
        assert_eq!(corners(&json!([[0, 0], [9, 1], [8, 5], [1, 4]])), Some([0.0, 0.0, 9.0, 5.0]));
        assert_eq!(corners(&json!([0, 0, 9, 1, 8, 5, 1, 4])), Some([0.0, 0.0, 9.0, 5.0]));
        for wrong in [json!([]), json!([1, 2]), json!("x"), json!([null, 1, 2, 3]), json!([[], [1]])] {
            assert_eq!(corners(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lines_of_objects_are_told_from_one_document() {
        for (text, by_line) in [
            ("{\"a\":1}\n\n{\"b\":2}\n", true),
            ("{\"a\":\n{\"b\":2}\n", true),
            ("{\"a\":1}\n", false),
            ("{\n \"a\": {\n}}", false),
            ("[\n{\"a\":1}\n]", false),
            ("", false),
        ] {
            assert_eq!(is_by_line(text, 100), by_line, "{text}");
        }
    }

    #[test]
    fn a_short_text_in_a_high_box_is_a_column() {
        assert!(is_column("竖排标题", [0.0, 0.0, 20.0, 80.0]));
        assert!(!is_column(&"长段落".repeat(50), [0.0, 0.0, 20.0, 80.0]));
        assert!(!is_column("横排", [0.0, 0.0, 80.0, 20.0]) && !is_column("字", [0.0, 0.0, 1.0, 9.0]));
    }

    #[test]
    fn numbers_may_stand_in_lists() {
        assert_eq!(number(&json!([1200, 1200])), Some(1200.0));
        assert_eq!((number(&json!([[1]])), number(&json!("nan")), number(&json!(null))), (None, None, None));
    }
}

//! How records of one version become records of the next: on JSON values, whose fields have the names of the shape.

use super::record_error::RecordReadError;
use crate::model::{CutCode, Date, DateInfo, DateSource, DateSpan, Precision, Problem, StatedFacts};
use serde_json::{Value, json};

/// An upgrade of a kind of record by one version.
pub(super) type RecordUpgrade = fn(&mut Value) -> Result<(), RecordReadError>;

/// What stands in a record for a file that it does not name.
const NOT_NOTED: &str = "a file that was not noted";

fn field<'a>(value: &'a mut Value, name: &str) -> Result<&'a mut Value, RecordReadError> {
    value.get_mut(name).ok_or_else(|| RecordReadError::missing(name))
}

fn set_field(value: &mut Value, name: &str, new: Value) -> Result<(), RecordReadError> {
    let fields = value.as_object_mut().ok_or_else(|| RecordReadError::missing(name))?;
    fields.insert(name.to_owned(), new);
    Ok(())
}

/// Only choices got other numbers, and here they go by their names.
pub(super) fn nothing_but_names(_: &mut Value) -> Result<(), RecordReadError> {
    Ok(())
}

/// A date says its most probable day. An earlier one said a span alone: each of its days is as probable as any other.
pub(super) fn a_date_has_a_best_day(article: &mut Value) -> Result<(), RecordReadError> {
    let date = field(field(article, "metadata")?, "date")?;
    let confidence = field(date, "confidence")?.as_f64().ok_or_else(|| RecordReadError::missing("confidence"))?;
    let span = field(date, "span")?.clone();
    let best = if span.is_null() { Value::Null } else { best_day(&span, confidence as f32)? };
    set_field(date, "best", best)
}

fn best_day(span: &Value, confidence: f32) -> Result<Value, RecordReadError> {
    let day = |name: &str| {
        let number = span.get(name).and_then(Value::as_i64).ok_or_else(|| RecordReadError::missing(name))?;
        Date::from_number(number)
            .ok_or_else(|| RecordReadError { field: name.into(), reason: format!("{number} is no day") })
    };
    // The precision is not looked at.
    let span = DateSpan { earliest: day("earliest")?, latest: day("latest")?, precision: Precision::Day };
    let best = DateInfo::stated(span, DateSource::Page, confidence, Vec::new()).best;
    Ok(best.map_or(Value::Null, |best| {
        let candidates: Vec<Value> = best.candidates.iter().map(|(day, p)| json!([day.number(), p])).collect();
        json!({
            "day": best.day.number(), "p_day": best.p_day, "p_month": best.p_month, "p_year": best.p_year,
            "candidates": candidates,
        })
    }))
}

/// The reasons of a cut are codes. A sentence of before is told as it was.
pub(super) fn reasons_are_codes(article: &mut Value) -> Result<(), RecordReadError> {
    let reasons = field(field(article, "story")?, "reasons")?;
    let told = reasons.as_array().into_iter().flatten();
    *reasons = told.map(|reason| json!({ "code": CutCode::AsTold.name(), "arguments": [reason] })).collect();
    Ok(())
}

/// What an article was has reasons, too.
pub(super) fn former_reasons_are_codes(former: &mut Value) -> Result<(), RecordReadError> {
    reasons_are_codes(field(former, "article")?)
}

/// What an article was has a date, too.
pub(super) fn a_former_date_has_a_best_day(former: &mut Value) -> Result<(), RecordReadError> {
    a_date_has_a_best_day(field(former, "article")?)
}

/// A source file says what the next run is told by. Nothing is known of what an earlier run saw; that articles were corrected
/// it says itself.
pub(super) fn a_source_says_what_was_seen(source: &mut Value) -> Result<(), RecordReadError> {
    let corrected = field(source, "corrections")?.as_str().is_some_and(|stamp| !stamp.is_empty());
    let by = if corrected { NOT_NOTED } else { "" };
    set_field(
        source,
        "seen",
        json!({ "modified": null, "printed": null, "around": "", "corrected_by": by, "begun": null }),
    )
}

/// A page may say where its articles stand on a picture. No earlier one was read from an index of its page.
pub(super) fn a_page_may_have_a_picture_map(page: &mut Value) -> Result<(), RecordReadError> {
    set_field(page, "picture", Value::Null)
}

/// Problems are codes with arguments. What was told as a sentence is told as it was.
pub(super) fn problems_have_arguments(source: &mut Value) -> Result<(), RecordReadError> {
    for problem in field(source, "problems")?.as_array_mut().into_iter().flatten() {
        let told = field(problem, "message")?.take();
        set_field(problem, "arguments", json!([Problem::AS_TOLD, told]))?;
    }
    Ok(())
}

/// A page that states a day may also state the number of its issue. That is read when the page is read again.
pub(super) fn a_printed_day_is_of_an_issue(source: &mut Value) -> Result<(), RecordReadError> {
    let printed = field(field(source, "seen")?, "printed")?;
    if !printed.is_null() {
        *printed = json!({ "day": printed.take(), "number": null, "lag": null });
    }
    Ok(())
}

/// An item may state its rights. An earlier one was not asked.
pub(super) fn an_item_may_state_rights(article: &mut Value) -> Result<(), RecordReadError> {
    set_field(field(field(article, "story")?, "given")?, "rights", Value::Null)
}

/// What an article was may state its rights, too.
pub(super) fn a_former_item_may_state_rights(former: &mut Value) -> Result<(), RecordReadError> {
    an_item_may_state_rights(field(former, "article")?)
}

/// Manifests state facts of a file. Earlier programs read none.
pub(super) fn manifests_state_facts(source: &mut Value) -> Result<(), RecordReadError> {
    let none = serde_json::to_value(StatedFacts::default()).map_err(RecordReadError::because)?;
    set_field(source, "stated", none)
}

//! Recognised lines of PaddleOCR and of programs that run its models.

use crate::model::SourceHint;
use crate::readers::json::{self, corners, number, polygon};
use crate::readers::raw_page::RawLine;
use serde_json::Value;

/// The lines of an OCR result: texts, scores and boxes in lists of their own.
pub(super) fn of_result(result: &Value) -> Vec<RawLine> {
    let texts = json::list(result, "rec_texts");
    // Detected boxes stand for lines only where every one of them was recognised.
    let polygons = ["rec_polys", "dt_polys"].map(|key| json::list(result, key));
    let polygons = polygons.into_iter().find(|list| list.len() == texts.len()).unwrap_or_default();
    let (boxes, scores) = (json::list(result, "rec_boxes"), json::list(result, "rec_scores"));
    let line = |(at, text): (usize, &Value)| RawLine {
        text: text.as_str().unwrap_or_default().to_owned(),
        corners: boxes.get(at).and_then(corners),
        polygon: polygons.get(at).map(polygon).unwrap_or_default(),
        mark: scored(scores.get(at)),
        ..RawLine::default()
    };
    texts.iter().enumerate().map(line).collect()
}

/// The lines of a list that is nothing else: `[{box, txt, score}]` or `[[box, [text, score]], …]`.
pub(super) fn of_list(value: &Value) -> Option<Vec<RawLine>> {
    let entries = value.as_array().filter(|entries| !entries.is_empty())?;
    entries.iter().map(|entry| of_object(entry).or_else(|| of_pair(entry))).collect()
}

fn of_object(entry: &Value) -> Option<RawLine> {
    let (text, place) = (entry.get("txt")?.as_str()?, entry.get("box")?);
    Some(line(text, place, entry.get("score")))
}

fn of_pair(entry: &Value) -> Option<RawLine> {
    let [place, read] = entry.as_array()?.as_slice() else { return None };
    place.as_array()?;
    Some(line(read.get(0)?.as_str()?, place, read.get(1)))
}

fn line(text: &str, place: &Value, score: Option<&Value>) -> RawLine {
    let corners = corners(place);
    RawLine { text: text.to_owned(), corners, polygon: polygon(place), mark: scored(score), ..RawLine::default() }
}

fn scored(score: Option<&Value>) -> SourceHint {
    let score = score.and_then(number).map(|score| score.clamp(0.0, 1.0) as f32);
    SourceHint { score, ..SourceHint::default() }
}

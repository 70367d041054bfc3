//! What the program says against what a person says.

use super::metric::Metric;
use crate::model::{BorderVerdict, DateSpan, FieldVerdict, PredictedByline, Prediction, ReviewLabel};
use crate::tables::regions;
use std::collections::BTreeSet;

/// What is true of an article, as far as a person told; `None` where they did not.
pub(super) struct GroundTruth {
    /// The date; `Some(None)` where nobody can tell it.
    date: Option<Option<DateSpan>>,
    /// The code of the place, or empty.
    region: Option<String>,
    topics: Option<Vec<String>>,
    bylines: Option<BTreeSet<PredictedByline>>,
    border: Option<BorderVerdict>,
}

impl GroundTruth {
    /// What a label says: an answer of *right* means what the program said at that time.
    pub(super) fn from_label(review: &ReviewLabel) -> Self {
        let (said, verdict) = (&review.said, &review.verdict);
        let topics = || said.topics.iter().map(|topic| topic.id.clone()).collect();
        let region = || said.region.as_ref().map(|region| region.code.clone()).unwrap_or_default();
        Self {
            date: resolved(verdict.date.as_ref().map(optional).as_ref(), || said.date.span),
            region: resolved(verdict.region.as_ref(), region),
            topics: resolved(verdict.topics.as_ref(), topics),
            bylines: resolved(verdict.bylines.as_ref(), || said.bylines.clone()).map(BTreeSet::from_iter),
            border: verdict.border,
        }
    }
}

fn optional(answer: &FieldVerdict<DateSpan>) -> FieldVerdict<Option<DateSpan>> {
    match answer {
        FieldVerdict::Right => FieldVerdict::Right,
        FieldVerdict::Is(span) => FieldVerdict::Is(Some(*span)),
    }
}

fn resolved<T: Clone>(answer: Option<&FieldVerdict<T>>, said: impl FnOnce() -> T) -> Option<T> {
    answer.map(|answer| match answer {
        FieldVerdict::Right => said(),
        FieldVerdict::Is(value) => value.clone(),
    })
}

/// Receives what is judged.
pub(super) trait JudgementSink {
    /// A value is right or wrong.
    fn count(&mut self, figure: Metric, right: bool);
    /// A value was stated with a confidence, and is right or wrong.
    fn claim(&mut self, figure: Metric, confidence: f32, right: bool);
}

/// Sets what the program says of an article against what is true of it. What an editor stated is no word of the program, and
/// is not judged.
pub(super) fn judge(said: &Prediction, truth: &GroundTruth, to: &mut impl JudgementSink) {
    let own = |field: &str| !said.corrected.iter().any(|corrected| corrected == field);
    if own("date") {
        date(said, truth, to);
    }
    if own("region") {
        region(said, truth, to);
    }
    if own("topics") {
        topics(said, truth, to);
    }
    if let Some(names) = &truth.bylines {
        to.count(Metric::Bylines, said.bylines.iter().cloned().collect::<BTreeSet<_>>() == *names);
    }
    if let Some(border) = truth.border {
        to.count(Metric::Border, border == BorderVerdict::Whole);
        to.claim(Metric::Border, said.border, border == BorderVerdict::Whole);
    }
}

/// A date holds where it shares a day with the true one; where nobody can tell it, only to say nothing is right.
fn date(said: &Prediction, truth: &GroundTruth, to: &mut impl JudgementSink) {
    let Some(wanted) = truth.date else { return };
    let holds = match (said.date.span, wanted) {
        (Some(said), Some(wanted)) => said.earliest <= wanted.latest && said.latest >= wanted.earliest,
        (said, wanted) => said == wanted,
    };
    to.count(Metric::Date, holds);
    if said.date.is_inferred() {
        to.count(Metric::InferredDate, holds);
    }
    if said.date.span.is_some() {
        to.claim(Metric::Date, said.date.confidence, holds);
    }
    if let (Some(said_year), Some(wanted)) = (said.date.year, wanted.and_then(year_of)) {
        to.count(Metric::Year, said_year == wanted);
        to.claim(Metric::Year, said.date.year_confidence, said_year == wanted);
    }
}

fn year_of(span: DateSpan) -> Option<i16> {
    Some(span.earliest.year()).filter(|year| *year == span.latest.year())
}

fn region(said: &Prediction, truth: &GroundTruth, to: &mut impl JudgementSink) {
    let Some(wanted) = &truth.region else { return };
    let code = said.region.as_ref().map_or("", |region| region.code.as_str());
    let right = same_place(code, wanted);
    to.count(Metric::Region, right);
    to.count(Metric::Province, province(code) == province(wanted));
    if let Some(region) = &said.region {
        to.claim(Metric::Region, region.confidence, right);
    }
}

/// Whether two codes stand for one place, of the same time or of earlier and later ones.
fn same_place(one: &str, other: &str) -> bool {
    let today = |code: &str| regions().present(code).iter().map(|unit| unit.code).collect::<BTreeSet<_>>();
    one == other || !one.is_empty() && !other.is_empty() && !today(one).is_disjoint(&today(other))
}

/// The digits of a code that name the province.
fn province(code: &str) -> &str {
    code.get(..2).unwrap_or("")
}

/// The first topic is right where it is one of the true ones, or where there is none and none is stated.
fn topics(said: &Prediction, truth: &GroundTruth, to: &mut impl JudgementSink) {
    let Some(wanted) = &truth.topics else { return };
    let has = |id: &String| wanted.contains(id);
    to.count(Metric::FirstTopic, said.topics.first().map_or(wanted.is_empty(), |first| has(&first.id)));
    if wanted.is_empty() {
        to.count(Metric::NoTopic, said.topics.is_empty());
    }
    for topic in &said.topics {
        to.count(Metric::TopicsPrecision, has(&topic.id));
        to.claim(Metric::TopicsPrecision, topic.confidence, has(&topic.id));
    }
    for id in wanted {
        to.count(Metric::TopicsRecall, said.topics.iter().any(|topic| topic.id == *id));
    }
}

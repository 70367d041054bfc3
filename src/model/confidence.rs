//! How sure the inferred values of an article are, in the unit of filters and columns.

use super::{Article, Metadata};
use std::collections::BTreeMap;

/// Parts of 1: confidences are kept, filtered and ordered in ten thousandths.
pub const CONFIDENCE_UNIT: u16 = 10_000;

/// A field whose value is inferred where the newspaper does not state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InferredField {
    /// Date of the issue.
    Date,
    /// Places.
    Region,
    /// Fields of union work.
    Topic,
}

impl InferredField {
    /// All fields.
    pub const ALL: [Self; 3] = [Self::Date, Self::Region, Self::Topic];

    /// The name in parameters and columns.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Region => "region",
            Self::Topic => "topic",
        }
    }
}

/// A confidence of 0 to 1 in ten thousandths.
pub fn ten_thousandths(confidence: f32) -> u16 {
    (f64::from(confidence.clamp(0.0, 1.0)) * f64::from(CONFIDENCE_UNIT)).round() as u16
}

impl Metadata {
    /// How sure each inferred value is, in ten thousandths: by field and value, a place also by the codes of the units
    /// above it; the value "" stands for the surest one of the field. A field without a value is not there.
    pub fn confidences(&self) -> BTreeMap<(InferredField, &str), u16> {
        let mut surest = BTreeMap::new();
        let mut note = |field, value, confidence: f32| {
            let kept: &mut u16 = surest.entry((field, value)).or_default();
            *kept = (*kept).max(ten_thousandths(confidence));
        };
        if self.date.span.is_some() {
            note(InferredField::Date, "", self.date.confidence);
        }
        for region in &self.regions {
            note(InferredField::Region, "", region.confidence);
            region.codes.iter().for_each(|code| note(InferredField::Region, code.as_str(), region.confidence));
        }
        for topic in &self.topics {
            note(InferredField::Topic, "", topic.confidence);
            note(InferredField::Topic, topic.id.as_str(), topic.confidence);
        }
        surest
    }
}

impl Article {
    /// How sure the least sure of its inferred values and its cut is, in ten thousandths.
    pub fn least_confidence(&self) -> u16 {
        let metadata = &self.metadata;
        let date = metadata.date.span.map(|_| metadata.date.confidence);
        let regions = metadata.regions.iter().map(|region| region.confidence);
        let topics = metadata.topics.iter().map(|topic| topic.confidence);
        let all = date.into_iter().chain(regions).chain(topics).chain([self.story.confidence]);
        all.map(ten_thousandths).min().unwrap_or(CONFIDENCE_UNIT)
    }
}

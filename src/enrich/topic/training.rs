//! What the model of topics sees of an article, for the trainer of its weights.

use super::super::relevance::Relevance;
use super::super::{read_clues, region, zones};
use super::{TopicScore, probable_topics, scored};
use crate::model::Story;
use crate::tables::{TopicWeights, topics};

/// What an article says of workers and of each field of union work.
pub struct TopicCase {
    gate: Relevance,
    fields: Vec<(usize, Vec<(&'static str, f32)>)>,
    foreign: bool,
}

impl TopicCase {
    /// Reads an article.
    pub fn from_story(story: &Story) -> Self {
        let pieces = read_clues(std::slice::from_ref(story)).pieces.concat();
        let zones = zones::zones(&pieces);
        let gate = Relevance::from_zones(&zones);
        let fields = TopicScore::all(&zones, &gate).into_iter().map(|field| (field.topic, field.evidence)).collect();
        let foreign = region::scan_places(&zones, None).is_foreign();
        Self { gate, fields, foreign }
    }

    /// Whether it is about another country, and has no topic.
    pub fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// What says that it is about workers, each with how much of it there is.
    pub fn gate(&self) -> &[(String, f32)] {
        self.gate.signals()
    }

    /// The topics of which there are terms, with what says them.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &[(&'static str, f32)])> {
        self.fields.iter().map(|(topic, evidence)| (topics().all()[*topic].id.as_str(), evidence.as_slice()))
    }

    /// Log odds of being about workers, by a table of weights.
    pub fn odds(&self, table: &TopicWeights) -> f32 {
        self.gate.odds(table)
    }

    /// The probability of each topic by a table of weights, the most probable first.
    pub fn probabilities(&self, table: &TopicWeights) -> Vec<(&'static str, f32)> {
        let fields = self.fields.iter().map(|(topic, evidence)| (*topic, evidence.as_slice()));
        with_topic_ids(scored(&self.gate, table, fields))
    }

    /// Its topics by a table of weights.
    pub fn topics(&self, table: &TopicWeights) -> Vec<(&'static str, f32)> {
        if self.foreign || self.odds(table) < table.least_gate {
            return Vec::new();
        }
        let fields = self.fields.iter().map(|(topic, evidence)| (*topic, evidence.as_slice()));
        with_topic_ids(probable_topics(table, scored(&self.gate, table, fields)))
    }
}

fn with_topic_ids(topics_of: Vec<(usize, f32)>) -> Vec<(&'static str, f32)> {
    topics_of.into_iter().map(|(topic, probability)| (topics().all()[topic].id.as_str(), probability)).collect()
}

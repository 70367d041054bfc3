//! How right the program is, by what people say.

use super::ground_truth::{GroundTruth, JudgementSink, judge};
use super::metric::Metric;
use super::split::held_out;
use crate::model::{Prediction, ReviewLabel, SampleReason};
use crate::trends::interval;
use std::collections::BTreeMap;

/// Lower ends of the bands of stated confidence.
const BANDS: [f32; 6] = [0.0, 0.5, 0.7, 0.85, 0.95, 0.99];

/// How many of how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// Right ones.
    pub right: u64,
    /// All that were judged.
    pub of: u64,
}

impl Accuracy {
    fn add(&mut self, right: bool) {
        self.right += u64::from(right);
        self.of += 1;
    }

    /// The share that is right; `None` of none.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    /// The 95 % interval of the share, by Wilson's score.
    pub fn interval(self) -> Option<(f64, f64)> {
        interval(self.right, self.of)
    }
}

/// What was counted over some labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accuracies {
    /// Labels that say something.
    pub labels: u64,
    /// Articles that were skipped.
    pub skipped: u64,
    /// By figure; those of which nothing was judged are missing.
    pub figures: BTreeMap<Metric, Accuracy>,
}

impl Accuracies {
    /// A figure.
    pub fn accuracy_of(&self, figure: Metric) -> Accuracy {
        self.figures.get(&figure).copied().unwrap_or_default()
    }
}

/// What was counted, on all labels and on each half of them ([`held_out`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccuracyBySplit {
    /// On both.
    pub all: Accuracies,
    /// On the half that rules may look at.
    pub open: Accuracies,
    /// On the half that no rule may look at.
    pub held_out: Accuracies,
}

/// Values that were stated with a confidence within a band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceBand {
    /// Lower end of the band.
    pub from: f32,
    /// Upper end.
    pub to: f32,
    /// Mean of the stated confidences.
    pub stated: f64,
    /// How many of them are right.
    pub seen: Accuracy,
}

/// The report on labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewReport {
    /// Of articles that were drawn at random: what holds for the whole archive.
    pub random: AccuracyBySplit,
    /// Of articles that were drawn because the program was not sure: what holds for no others.
    pub least_sure: AccuracyBySplit,
    /// Stated confidence against what was seen, of the articles that were drawn at random.
    pub calibration: Vec<(Metric, Vec<ConfidenceBand>)>,
    /// Labels that were judged by what the program says now.
    pub now: u64,
    /// Labels that were judged by what it said when they were given: the article is gone, or reads otherwise.
    pub then: u64,
    /// Labels by the version of the program that drew them.
    pub programs: BTreeMap<String, u64>,
}

/// Sets what the program says against labels. `now`: what it says of an article at present; where it is `None`, what it said
/// when the label was given is judged.
pub fn report<'a>(
    labels: impl Iterator<Item = &'a ReviewLabel>,
    mut now: impl FnMut(&ReviewLabel) -> Option<Prediction>,
) -> ReviewReport {
    let mut report = ReviewReport::default();
    let mut claims = MetricCalibration::default();
    for review in labels {
        let said = if review.is_skipped() { None } else { now(review) };
        report.add(review, said.as_ref(), &mut claims);
    }
    report.calibration = claims.tables();
    report
}

impl ReviewReport {
    /// Whether nothing was judged.
    pub fn is_empty(&self) -> bool {
        self.random.all.labels + self.least_sure.all.labels == 0
    }

    fn add(&mut self, review: &ReviewLabel, now: Option<&Prediction>, claims: &mut MetricCalibration) {
        let part = match review.drawn {
            SampleReason::Random => &mut self.random,
            SampleReason::LeastSure => &mut self.least_sure,
        };
        let half = if held_out(review.article) { &mut part.held_out } else { &mut part.open };
        if review.is_skipped() {
            [&mut part.all, half].into_iter().for_each(|tallies| tallies.skipped += 1);
            return;
        }
        [&mut part.all, &mut *half].into_iter().for_each(|tallies| tallies.labels += 1);
        let counts = if now.is_some() { &mut self.now } else { &mut self.then };
        *counts += 1;
        *self.programs.entry(review.program.clone()).or_default() += 1;
        let mut to = JudgementCounter {
            of: [&mut part.all, half],
            claims: (review.drawn == SampleReason::Random).then_some(claims),
        };
        judge(now.unwrap_or(&review.said), &GroundTruth::from_label(review), &mut to);
    }
}

/// Where the judgements on one article are counted.
struct JudgementCounter<'a> {
    of: [&'a mut Accuracies; 2],
    claims: Option<&'a mut MetricCalibration>,
}

impl JudgementSink for JudgementCounter<'_> {
    fn count(&mut self, figure: Metric, right: bool) {
        for tallies in &mut self.of {
            tallies.figures.entry(figure).or_default().add(right);
        }
    }

    fn claim(&mut self, figure: Metric, confidence: f32, right: bool) {
        if let Some(claims) = &mut self.claims {
            claims.0.entry(figure).or_default().push((confidence, right));
        }
    }
}

/// Stated confidences with what was seen.
#[derive(Default)]
struct MetricCalibration(BTreeMap<Metric, Vec<(f32, bool)>>);

impl MetricCalibration {
    fn tables(self) -> Vec<(Metric, Vec<ConfidenceBand>)> {
        self.0.into_iter().map(|(figure, claims)| (figure, bands(&claims))).collect()
    }
}

/// The bands that hold claims.
fn bands(claims: &[(f32, bool)]) -> Vec<ConfidenceBand> {
    let ends = BANDS.iter().skip(1).copied().chain([1.0]);
    let band = |(from, to): (f32, f32)| {
        let within = |confidence: f32| confidence >= from && (confidence < to || to >= 1.0);
        let held: Vec<_> = claims.iter().filter(|(confidence, _)| within(*confidence)).collect();
        let mut seen = Accuracy::default();
        held.iter().for_each(|(_, right)| seen.add(*right));
        let sum: f64 = held.iter().map(|(confidence, _)| f64::from(*confidence)).sum();
        ConfidenceBand { from, to, stated: sum / held.len().max(1) as f64, seen }
    };
    BANDS.into_iter().zip(ends).map(band).filter(|band| band.seen.of > 0).collect()
}

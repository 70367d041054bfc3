//! The three models that read pages, and what their probabilities are worth.

use super::crf::Crf;
use crate::tables::{article_model, block_model, line_model};
use std::sync::OnceLock;

/// The models: lines to blocks, the first look at blocks, the second one.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// Which lines are one block.
    pub lines: Crf,
    /// Labels and borders, first look.
    pub blocks: Crf,
    /// Labels and borders, second look.
    pub articles: Crf,
    /// Stated probability and share that was right on pages left out, ascending: for each of [`CalibratedOutput`] in its order.
    pub calibration: [Vec<(f32, f32)>; 4],
}

/// What a probability is stated of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalibratedOutput {
    /// Whether an article begins with a block.
    Border,
    /// What a block is.
    Label,
    /// Whether a block goes on with the one before it.
    Join,
    /// That an article begins with a block by its form, though the models do not say so.
    Form,
}

impl CalibratedOutput {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Border, Self::Label, Self::Join, Self::Form];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Border => "border",
            Self::Label => "label",
            Self::Join => "join",
            Self::Form => "form",
        }
    }
}

impl Models {
    /// Those of the embedded tables.
    pub fn shared() -> &'static Self {
        static MODELS: OnceLock<Models> = OnceLock::new();
        MODELS.get_or_init(|| Self {
            lines: Crf::from_table(line_model()),
            blocks: Crf::from_table(block_model()),
            articles: Crf::from_table(article_model()),
            calibration: CalibratedOutput::ALL.map(|what| article_model().calibration(what.name())),
        })
    }

    /// A stated probability as it was seen on pages left out: between two rows of the table on a straight line.
    pub fn calibrated(&self, what: CalibratedOutput, stated: f32) -> f32 {
        let rows = &self.calibration[what as usize];
        let at = rows.partition_point(|row| row.0 < stated);
        let low = at.checked_sub(1).map_or((0.0, 0.0), |before| rows[before]);
        let Some(high) = rows.get(at) else { return rows.last().map_or(stated, |last| last.1).clamp(0.0, 1.0) };
        let width = (high.0 - low.0).max(1e-6);
        (low.1 + (high.1 - low.1) * (stated - low.0) / width).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_probability_becomes_the_one_that_was_seen() {
        let mut models = Models::default();
        models.calibration[CalibratedOutput::Join as usize] = vec![(0.5, 0.4), (0.9, 0.8), (1.0, 0.98)];
        assert!((models.calibrated(CalibratedOutput::Join, 0.7) - 0.6).abs() < 1e-5);
        assert!((models.calibrated(CalibratedOutput::Join, 1.0) - 0.98).abs() < 1e-5);
        assert!((models.calibrated(CalibratedOutput::Border, 0.7) - 0.7).abs() < 1e-5);
    }
}

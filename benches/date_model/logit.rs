//! A conditional logit: which of some candidates, by weights of what is observed of each.

/// What is observed of the candidates of a case.
pub(crate) struct Observed {
    /// Number of the first weight.
    pub(crate) base: usize,
    pub(crate) times: f64,
    /// The bin of each candidate; none where nothing is said of it.
    pub(crate) bins: Vec<Option<usize>>,
}

/// A case: its candidates, and which of them is true.
pub(crate) struct Case {
    /// Scores of the candidates before anything is weighed.
    pub(crate) prior: Vec<f64>,
    pub(crate) observed: Vec<Observed>,
    /// Figures of each candidate, weighed by the last weights.
    pub(crate) figures: Vec<Vec<f64>>,
    pub(crate) truth: usize,
    /// How much it counts.
    pub(crate) weight: f64,
}

/// How weights are learned.
#[derive(Clone, Copy)]
pub(crate) struct Training {
    /// Penalty of squared weights, of observations and of figures.
    pub(crate) penalty: [f64; 2],
    pub(crate) rounds: usize,
}

impl Case {
    fn scores(&self, weights: &[f64]) -> Vec<f64> {
        let mut scores = self.prior.clone();
        for one in &self.observed {
            for (score, bin) in scores.iter_mut().zip(&one.bins) {
                *score += bin.map_or(0.0, |bin| weights[one.base + bin] * one.times);
            }
        }
        for (score, figures) in scores.iter_mut().zip(&self.figures) {
            let first = weights.len() - figures.len();
            *score += figures.iter().zip(&weights[first..]).map(|(figure, weight)| figure * weight).sum::<f64>();
        }
        scores
    }

    /// Probability of each candidate, less one for the true one.
    fn residuals(&self, weights: &[f64]) -> Vec<f64> {
        let mut shares = self.scores(weights);
        let most = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        shares.iter_mut().for_each(|share| *share = (*share - most).exp());
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share *= self.weight / sum);
        shares[self.truth] -= self.weight;
        shares
    }

    fn gradient(&self, weights: &[f64], gradient: &mut [f64]) {
        let residuals = self.residuals(weights);
        for one in &self.observed {
            for (residual, bin) in residuals.iter().zip(&one.bins) {
                if let Some(bin) = bin {
                    gradient[one.base + bin] += residual * one.times;
                }
            }
        }
        for (residual, figures) in residuals.iter().zip(&self.figures) {
            let first = weights.len() - figures.len();
            figures.iter().zip(&mut gradient[first..]).for_each(|(figure, slope)| *slope += residual * figure);
        }
    }
}

/// The weights: `size` of them, the last `figures` for figures.
pub(crate) fn learn(cases: &[Case], size: usize, figures: usize, training: Training) -> Vec<f64> {
    let mut weights = vec![0.0; size];
    let (mut mean, mut square) = (vec![0.0; size], vec![0.0; size]);
    let total: f64 = cases.iter().map(|case| case.weight).sum();
    let mut step = 0.15;
    for round in 1..=training.rounds as i32 {
        let mut gradient = vec![0.0; size];
        cases.iter().for_each(|case| case.gradient(&weights, &mut gradient));
        for at in 0..size {
            let penalty = training.penalty[usize::from(at >= size - figures)];
            let slope = gradient[at] / total + penalty * weights[at];
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.99 * square[at] + 0.01 * slope * slope;
            let moment = mean[at] / (1.0 - 0.9_f64.powi(round));
            weights[at] -= step * moment / ((square[at] / (1.0 - 0.99_f64.powi(round))).sqrt() + 1e-9);
        }
        if f64::from(round) > training.rounds as f64 * 0.7 {
            step *= 0.96;
        }
    }
    weights
}

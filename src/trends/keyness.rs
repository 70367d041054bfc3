//! Words that one set of articles has more than another.

/// How much more often articles of one set have a word than those of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keyness {
    /// Log-likelihood ratio G² of the table (with, without) × (one, other): how unlikely the difference is by chance. 10.83
    /// is one in a thousand, 15.13 one in ten thousand, for one word looked at alone.
    pub likelihood: f64,
    /// Binary logarithm of the ratio of the two shares, each with half an article more: 1 is twice as often, -1 half as
    /// often. The size of the difference, whatever the number of articles.
    pub effect: f64,
}

/// The keyness of a word that `with.0` of `all.0` articles of one set have and `with.1` of `all.1` of the other (T. Dunning,
/// 1993; the effect is A. Hardie's log ratio, 2014). Counted are articles, not occurrences: one long article that repeats
/// a word moves nothing.
pub fn keyness(with: (u64, u64), all: (u64, u64)) -> Keyness {
    let (a, b) = (with.0 as f64, with.1 as f64);
    let (n, m) = (all.0.max(with.0) as f64, all.1.max(with.1) as f64);
    let cells = [(a, n, a + b), (b, m, a + b), (n - a, n, n + m - a - b), (m - b, m, n + m - a - b)];
    let term = |(seen, row, column): (f64, f64, f64)| {
        if seen > 0.0 { seen * (seen * (n + m) / (row * column)).ln() } else { 0.0 }
    };
    let share = |with: f64, all: f64| (with + 0.5) / (all + 1.0);
    Keyness {
        likelihood: (2.0 * cells.into_iter().map(term).sum::<f64>()).max(0.0),
        effect: (share(a, n) / share(b, m)).log2(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihood_is_that_of_the_textbook() {
        // G² of the table 20, 80 / 10, 90, worked out by hand: 2 Σ O ln(O/E) = 3.9866.
        let found = keyness((20, 10), (100, 100));
        assert!((found.likelihood - 3.9866).abs() < 1e-3, "{found:?}");
        assert!((found.effect - (20.5_f64 / 10.5).log2()).abs() < 1e-12);
        assert_eq!(keyness((5, 5), (50, 50)).likelihood, 0.0);
        assert!(keyness((0, 5), (50, 50)).effect < -3.0);
    }
}

//! How sure a ratio is.

/// Standard score of a 95 % interval.
const Z: f64 = 1.959_963_985;

/// The 95 % interval of a share, by Wilson's score (E. B. Wilson, 1927): it stays inside 0–1 and holds for few articles and
/// for shares near the ends. `None` where there is nothing to take a share of.
pub fn interval(matched: u64, total: u64) -> Option<(f64, f64)> {
    if total == 0 {
        return None;
    }
    let (n, share) = (total as f64, matched as f64 / total as f64);
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Some((((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_textbook() {
        // Reference values: R, binom.confint(x, n, methods = "wilson").
        let cases = [
            (0, 10, 0.0, 0.277_533),
            (5, 10, 0.236_593, 0.763_407),
            (10, 10, 0.722_467, 1.0),
            (81, 263, 0.255_290, 0.366_209),
        ];
        for (matched, total, low, high) in cases {
            let (found_low, found_high) = interval(matched, total).unwrap();
            assert!(
                (found_low - low).abs() < 5e-4 && (found_high - high).abs() < 5e-4,
                "{matched} of {total}: {found_low} {found_high}"
            );
        }
        assert_eq!(interval(0, 0), None);
    }
}

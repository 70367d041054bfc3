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
    // What was seen lies within, at the very end of it where all or none matched.
    Some((((centre - spread) / scale).clamp(0.0, share), ((centre + spread) / scale).clamp(share, 1.0)))
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

    /// What defines the interval: each end is the share of which what was seen is just `Z` standard errors away.
    #[test]
    fn ends_solve_the_equation_of_the_score() {
        for total in (1..60).chain([99, 1000, 12_345]) {
            for matched in 0..=total.min(60) {
                let (low, high) = interval(matched, total).unwrap();
                let seen = matched as f64 / total as f64;
                assert!(0.0 <= low && low <= seen && seen <= high && high <= 1.0, "{matched} of {total}");
                for end in [low, high].into_iter().filter(|end| (1e-9..1.0 - 1e-9).contains(end)) {
                    let away = (seen - end).abs() / (end * (1.0 - end) / total as f64).sqrt();
                    assert!((away - Z).abs() < 1e-6, "{matched} of {total}: {end} is {away} away");
                }
                let (from, to) = interval(total - matched, total).unwrap();
                assert!((from - (1.0 - high)).abs() < 1e-9 && (to - (1.0 - low)).abs() < 1e-9);
                let (narrower, wider) = (interval(matched * 4, total * 4).unwrap(), (low, high));
                assert!(narrower.1 - narrower.0 < wider.1 - wider.0, "{matched} of {total}");
            }
        }
    }
}

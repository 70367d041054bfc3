//! How sure places and topics are, by the probability that their models give.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("confidence.tsv");

/// Probabilities with the shares that were right at them, in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalibrationTable {
    /// Of the place of an article.
    pub region: Vec<[f32; 2]>,
    /// Of each of its topics.
    pub topic: Vec<[f32; 2]>,
}

impl CalibrationTable {
    /// How sure a place is.
    pub fn of_region(&self, probability: f32) -> f32 {
        between(&self.region, probability)
    }

    /// How sure a topic is.
    pub fn of_topic(&self, probability: f32) -> f32 {
        between(&self.topic, probability)
    }
}

/// The share on the line between the rows around a probability; that of the first or last row outside of them.
fn between(rows: &[[f32; 2]], probability: f32) -> f32 {
    let behind = rows.partition_point(|[at, _]| *at <= probability);
    match (behind.checked_sub(1).and_then(|at| rows.get(at)), rows.get(behind)) {
        (Some([from, low]), Some([to, high])) => low + (high - low) * (probability - from) / (to - from),
        (Some([_, share]), None) | (None, Some([_, share])) => *share,
        (None, None) => probability,
    }
}

/// The table, loaded once.
pub fn confidence() -> &'static CalibrationTable {
    static TABLE: OnceLock<CalibrationTable> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = CalibrationTable::default();
        for row in super::rows(TEXT) {
            let [field, at, share] = row.as_slice() else { continue };
            let rows = if *field == "region" { &mut table.region } else { &mut table.topic };
            rows.extend(at.parse().ok().zip(share.parse().ok()).map(|(at, share)| [at, share]));
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_rise_with_the_probability() {
        let table = confidence();
        assert_eq!(super::super::rows(TEXT).count(), table.region.len() + table.topic.len());
        for rows in [&table.region, &table.topic] {
            assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]), "{rows:?}");
            assert!(rows.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
        }
    }

    #[test]
    fn shares_between_rows_lie_on_a_line() {
        let rows = [[0.2, 0.5], [0.6, 0.7]];
        assert_eq!([0.1, 0.4, 0.9].map(|at| (between(&rows, at) * 100.0).round()), [50.0, 60.0, 70.0]);
        assert_eq!(between(&[], 0.3), 0.3);
    }
}

//! Which observations speak for the most probable day, and which against it.

use super::observe::{Observation, ObservedTime};
use super::score;
use crate::model::{Date, Evidence};

/// Reasons for a day, at most, and the least weight of one.
const FOR: (usize, f64) = (4, 0.2);
/// Reasons against it, at most, and the least weight of one.
const AGAINST: (usize, f64) = (2, 0.7);

/// The evidence for a day, the strongest first, and then that against it. `rival`: the next most probable year.
pub(in crate::enrich) fn reasons(observed: &[Observation], best: Date, rival: i16) -> Vec<Evidence> {
    let mut weighed: Vec<(f64, &Observation)> =
        score::advantages(observed, best, rival).into_iter().zip(observed).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: Vec<Evidence> = Vec::new();
    let mut add = |rule: &str, one: &Observation| {
        if found.iter().all(|known| known.quote != one.evidence.quote) {
            found.push(Evidence { rule: rule.into(), ..one.evidence.clone() });
        }
    };
    let pro = weighed.iter().filter(|(weight, _)| *weight >= FOR.1).take(FOR.0);
    pro.for_each(|(_, one)| add(rule(one), one));
    let contra = weighed.iter().rev().filter(|(weight, _)| *weight <= -AGAINST.1).take(AGAINST.0);
    contra.for_each(|(_, one)| add("against", one));
    found
}

/// The code of an observation in evidence.
fn rule(one: &Observation) -> &'static str {
    let kind = one.kind.as_str();
    let named = [
        ("day.dateline", "dateline"),
        ("day_of_month.dateline", "dateline"),
        ("anniversary", "anniversary"),
        ("numbered", "number of a series"),
        ("event", "congress or session"),
        ("era", "words of a time"),
        ("begun", "words of a time"),
        ("ended", "words of a time"),
        ("plan", "five-year plan"),
        ("lunar", "traditional calendar"),
        ("cycle", "traditional calendar"),
        ("after", "years gone by"),
        ("weekday", "weekday"),
    ];
    let found = named.iter().find(|(start, _)| kind.starts_with(start)).map(|(_, rule)| *rule);
    found.unwrap_or(match one.seen {
        ObservedTime::Year(_) | ObservedTime::Years(..) | ObservedTime::Months(..) | ObservedTime::Weekday(..) => {
            "year told"
        }
        ObservedTime::Cycle(..) | ObservedTime::Lunar(..) | ObservedTime::LunarPair(..) => "traditional calendar",
        ObservedTime::Feast(_) => "feast",
        ObservedTime::Month(_) | ObservedTime::YearMonth(..) => "month told",
        ObservedTime::Day(..) | ObservedTime::DayOfMonth(_) | ObservedTime::Full(_) => "day told",
    })
}

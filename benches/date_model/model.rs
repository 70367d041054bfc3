//! Fits the table: words first, then years, then days of a year.

use crate::logit::{Case, Observed, Training, learn};
use crate::pages::{DatedPage, NATIONAL, Selection, TELEVISION, WRITTEN, half};
use crate::words;
use baoku::enrich::DateFeature;
use baoku::tables::{DateEvidence, date_evidence};
use std::collections::BTreeMap;

/// How much is learned how.
pub(crate) struct Plan {
    /// Penalties of words, years and days.
    pub(crate) penalties: [f64; 3],
    /// How much a page of the daily counts beside one of the television news.
    pub(crate) daily: f64,
    /// What the weights of years, days, and of both together are multiplied with.
    pub(crate) temper: [f64; 3],
}

impl Plan {
    /// As it is, or changed by arguments like `years=0.001`.
    pub(crate) fn of_arguments() -> Self {
        let number = |name: &str, usual: f64| {
            let given =
                std::env::args().find_map(|argument| argument.strip_prefix(&format!("{name}=")).map(str::to_owned));
            given.map_or(usual, |text| text.parse().expect("a number"))
        };
        let temper = date_evidence().temper;
        Self {
            penalties: [number("words", 6e-5), number("years", 2e-3), number("days", 1.2e-3)],
            daily: number("daily", 3.0),
            temper: [number("ty", temper.year), number("td", temper.day), number("tj", temper.joint)],
        }
    }
}

/// Learns a table from some pages.
pub(crate) fn fit(pages: &Selection, plan: &Plan) -> DateEvidence {
    let mut table = date_evidence().clone();
    [table.temper.year, table.temper.day, table.temper.joint] = plan.temper;
    let halves = [0, 1].map(|half| {
        let mut other = table.clone();
        other.learn_pairs(words::learn(&pages.of_half(1 - half), plan.penalties[0], 80));
        other
    });
    table.learn_pairs(words::learn(pages, plan.penalties[0], 80));
    let years: Vec<i16> = table.years(None).map(|(year, _)| year).collect();
    let mut kinds = Kinds::default();
    let cases: Vec<Case> = pages
        .all
        .iter()
        .map(|page| year_case(known_words(&table, &halves, page), &mut kinds, page, &years, plan))
        .collect();
    let training = Training { penalty: [plan.penalties[1], 1e-5], rounds: 150 };
    let weights = learn(&cases, kinds.size + 3, 3, training);
    let factors = &weights[kinds.size..];
    (table.words.present, table.words.newer) = (factors[0].max(0.0), [factors[1].max(0.0), factors[2].max(0.0)]);
    let mut learned = kinds.rows(&weights);
    let mut kinds = Kinds::default();
    let dated = pages.all.iter().filter(|page| page.source != WRITTEN);
    let cases: Vec<Case> = dated.map(|page| day_case(&table, &mut kinds, page, plan)).collect();
    let weights = learn(&cases, kinds.size, 0, Training { penalty: [plan.penalties[2], 0.0], rounds: 120 });
    learned.extend(kinds.rows(&weights));
    table.learn(learned.into_iter().filter(|(kind, _)| !date_evidence().stated.contains_key(kind)));
    table
}

/// The table whose words were not learned from the news of a page, so that they are not trusted more than elsewhere.
fn known_words<'a>(table: &'a DateEvidence, halves: &'a [DateEvidence; 2], page: &DatedPage) -> &'a DateEvidence {
    if page.source == TELEVISION { &halves[half(&page.day)] } else { table }
}

/// Kinds of evidence with their first weights.
#[derive(Default)]
struct Kinds {
    first: BTreeMap<String, (usize, usize)>,
    size: usize,
}

impl Kinds {
    fn observed(&mut self, feature: DateFeature, bins: usize) -> Observed {
        let first = self.first.entry(feature.kind).or_insert_with(|| {
            let own = self.size;
            self.size += bins;
            (own, bins)
        });
        Observed { base: first.0, times: feature.times, bins: feature.bins }
    }

    /// The weights of each kind, those without any left out.
    fn rows(&self, weights: &[f64]) -> BTreeMap<String, Vec<f64>> {
        let round = |weight: &f64| (weight * 100.0).round() / 100.0;
        let own =
            |(first, bins): &(usize, usize)| weights[*first..first + bins].iter().map(round).collect::<Vec<f64>>();
        let rows = self.first.iter().map(|(kind, place)| (kind.clone(), own(place)));
        rows.filter(|(_, row)| row.iter().any(|weight| weight.abs() >= 0.03)).collect()
    }
}

fn weight(page: &DatedPage, plan: &Plan) -> f64 {
    if page.source == NATIONAL { plan.daily } else { 1.0 }
}

fn year_case(table: &DateEvidence, kinds: &mut Kinds, page: &DatedPage, years: &[i16], plan: &Plan) -> Case {
    let prior = table.years(None).map(|(_, weight)| weight);
    let truth: i16 = page.day[..4].parse().expect("a year");
    let bins = table.edges.year.len() + 1;
    let usual = page.case.of_years(table, years).into_iter().filter(|one| !table.stated.contains_key(&one.kind));
    Case {
        prior: prior.collect(),
        observed: usual.map(|feature| kinds.observed(feature, bins)).collect(),
        figures: page.case.words(table, years).into_iter().map(Vec::from).collect(),
        truth: years.iter().position(|year| *year == truth).expect("a year of the table"),
        weight: weight(page, plan),
    }
}

fn day_case(table: &DateEvidence, kinds: &mut Kinds, page: &DatedPage, plan: &Plan) -> Case {
    let day: baoku::model::Date = page.day.parse().expect("a day");
    let first = baoku::model::Date::new(day.year(), 1, 1).expect("a day");
    let features: Vec<DateFeature> = page.case.of_days(table, day.year());
    let days = features.first().map_or(366, |feature| feature.bins.len());
    let most = |feature: &DateFeature| table.weights.get(&feature.kind).map(Vec::len);
    let edges = &table.edges;
    let size = |feature: &DateFeature| {
        let usual = match feature.kind.split('.').next().unwrap_or_default() {
            "month" | "month_of_year" => edges.month.len(),
            "day_of_month" => edges.day_of_month.len(),
            _ => edges.day.len(),
        };
        most(feature).unwrap_or(usual + 1)
    };
    let learned = features.into_iter().filter(|feature| !table.stated.contains_key(&feature.kind));
    Case {
        prior: vec![0.0; days],
        observed: learned
            .map(|feature| {
                let size = size(&feature);
                kinds.observed(feature, size)
            })
            .collect(),
        figures: Vec::new(),
        truth: day.days_since(first) as usize,
        weight: weight(page, plan),
    }
}

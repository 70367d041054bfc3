//! Which pairs of characters are of which years: a logit over the years of the television news.

use crate::pages::{Item, Selection};
use baoku::tables::PairWeights;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// First year of the counts, and their number.
pub(crate) const YEARS: (i16, usize) = (2012, 15);
/// Items that must have a pair, pages of papers that must have it, and pairs at most.
const FEWEST: [usize; 2] = [60, 3];
const MOST: usize = 3800;
/// Pairs that are added to those of a text, so that a few say little.
const FEW: f64 = 20.0;
/// Steps of a weight.
const STEPS: f64 = 8.0;

type Pair = (char, char);

struct Counts {
    /// Items of each month.
    items: Vec<f64>,
    /// Items of each month that have a pair.
    pairs: HashMap<Pair, Vec<f64>>,
}

/// Learns the pairs.
pub(crate) fn learn(pages: &Selection, penalty: f64, rounds: usize) -> Vec<(Pair, PairWeights)> {
    let counts = count(&pages.items);
    let printed = printed(pages);
    let usable: Vec<Pair> = counts
        .pairs
        .iter()
        .filter(|(pair, months)| months.iter().sum::<f64>() >= FEWEST[0] as f64 && printed.contains(pair))
        .map(|(pair, _)| *pair)
        .collect();
    let mut chosen: Vec<(f64, Pair)> = usable.iter().map(|pair| (information(&counts, pair), *pair)).collect();
    chosen.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let chosen: BTreeSet<Pair> = chosen.into_iter().take(MOST).map(|(_, pair)| pair).collect();
    let weights = weights(&pages.items, &chosen, penalty, rounds);
    let begun: BTreeMap<Pair, usize> = usable.iter().filter_map(|pair| Some((*pair, begun(&counts, pair)?))).collect();
    let all: BTreeSet<Pair> = chosen.iter().chain(begun.keys()).copied().collect();
    let row = |pair: Pair| {
        let present = weights.get(&pair).cloned().unwrap_or_else(|| vec![0; YEARS.1]);
        (pair, PairWeights { present, begun: begun.get(&pair).copied() })
    };
    all.into_iter().map(row).collect()
}

fn pairs(text: &str) -> BTreeSet<Pair> {
    let chars: Vec<char> = text.chars().collect();
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    chars.windows(2).filter(|pair| han(pair[0]) && han(pair[1])).map(|pair| (pair[0], pair[1])).collect()
}

fn year(day: &str) -> usize {
    (day[..4].parse::<i16>().expect("a year") - YEARS.0) as usize
}

fn month(day: &str) -> usize {
    year(day) * 12 + day[5..7].parse::<usize>().expect("a month") - 1
}

fn count(items: &[&Item]) -> Counts {
    let mut counts = Counts { items: vec![0.0; YEARS.1 * 12], pairs: HashMap::new() };
    for item in items {
        let month = month(&item.day);
        counts.items[month] += 1.0;
        for pair in pairs(&item.text) {
            counts.pairs.entry(pair).or_insert_with(|| vec![0.0; YEARS.1 * 12])[month] += 1.0;
        }
    }
    counts
}

/// Pairs that papers print too.
fn printed(pages: &Selection) -> BTreeSet<Pair> {
    let mut seen: HashMap<Pair, usize> = HashMap::new();
    let papers = pages.all.iter().filter(|page| page.source != crate::pages::TELEVISION);
    papers.for_each(|page| page.case.pairs.iter().for_each(|pair| *seen.entry(*pair).or_default() += 1));
    seen.into_iter().filter(|(_, pages)| *pages >= FEWEST[1]).map(|(pair, _)| pair).collect()
}

fn by_year(months: &[f64]) -> Vec<f64> {
    months.chunks(12).map(|months| months.iter().sum()).collect()
}

/// What a pair tells of the year of an item.
fn information(counts: &Counts, pair: &Pair) -> f64 {
    let (all, own) = (by_year(&counts.items), by_year(&counts.pairs[pair]));
    let total: f64 = all.iter().sum();
    let share = (own.iter().sum::<f64>() + 0.5) / (total + 1.0);
    let one = |(own, all): (&f64, &f64)| {
        let here = (own + 0.5) / (all + 1.0);
        all / total * (here * (here / share).ln() + (1.0 - here) * ((1.0 - here) / (1.0 - share)).ln())
    };
    own.iter().zip(&all).map(one).sum()
}

/// The year in which a pair came up, where it was hardly there before.
fn begun(counts: &Counts, pair: &Pair) -> Option<usize> {
    let (all, own) = (by_year(&counts.items), by_year(&counts.pairs[pair]));
    let rates: Vec<f64> = own.iter().zip(&all).map(|(own, all)| (own + 0.3) / (all + 1.0)).collect();
    let most = rates.iter().copied().fold(0.0, f64::max);
    let first = rates.iter().zip(&all).position(|(rate, all)| *all > 0.0 && *rate >= 0.2 * most)?;
    let before = rates[..first].iter().zip(&all).filter(|(_, all)| **all > 0.0).map(|(rate, _)| *rate);
    let before = before.fold(0.0, f64::max);
    (first > 0 && before > 0.0 && before < 0.08 * most && own.iter().sum::<f64>() >= 25.0).then_some(first)
}

/// Texts of some items of a day, as the numbers of the chosen pairs.
fn texts(items: &[&Item], numbers: &HashMap<Pair, usize>) -> Vec<(usize, Vec<usize>)> {
    let mut days: BTreeMap<&str, Vec<BTreeSet<usize>>> = BTreeMap::new();
    for item in items {
        let own = pairs(&item.text).iter().filter_map(|pair| numbers.get(pair).copied()).collect();
        days.entry(&item.day).or_default().push(own);
    }
    let sizes = [3, 5, 8, 12];
    let text = |(number, (day, items)): (usize, (&str, Vec<BTreeSet<usize>>))| {
        let found: BTreeSet<usize> = items.iter().take(sizes[number % sizes.len()]).flatten().copied().collect();
        (year(day), found.into_iter().collect())
    };
    days.into_iter().enumerate().map(text).collect()
}

/// Weights of the chosen pairs for each year, in steps.
fn weights(items: &[&Item], chosen: &BTreeSet<Pair>, penalty: f64, rounds: usize) -> HashMap<Pair, Vec<i8>> {
    let numbers: HashMap<Pair, usize> = chosen.iter().enumerate().map(|(number, pair)| (*pair, number)).collect();
    let texts = texts(items, &numbers);
    let mut weights = vec![[0.0_f32; YEARS.1]; chosen.len()];
    let (mut mean, mut square) = (weights.clone(), weights.clone());
    for round in 1..=rounds as i32 {
        let mut gradient = vec![[0.0_f32; YEARS.1]; chosen.len()];
        texts.iter().for_each(|(truth, found)| slope(&weights, *truth, found, &mut gradient));
        let (first, second) = (1.0 - 0.9_f32.powi(round), 1.0 - 0.99_f32.powi(round));
        for (at, row) in gradient.iter().enumerate() {
            for (year, slope) in row.iter().enumerate() {
                let slope = slope / texts.len() as f32 + penalty as f32 * weights[at][year];
                mean[at][year] = 0.9 * mean[at][year] + 0.1 * slope;
                square[at][year] = 0.99 * square[at][year] + 0.01 * slope * slope;
                weights[at][year] -= 0.3 * (mean[at][year] / first) / ((square[at][year] / second).sqrt() + 1e-8);
            }
        }
    }
    let steps = |row: &[f32; YEARS.1]| -> Vec<i8> {
        row.iter().map(move |weight| (f64::from(*weight) * STEPS).round().clamp(-46.0, 46.0) as i8).collect()
    };
    chosen.iter().zip(&weights).map(|(pair, row)| (*pair, steps(row))).collect()
}

fn slope(weights: &[[f32; YEARS.1]], truth: usize, found: &[usize], gradient: &mut [[f32; YEARS.1]]) {
    let scale = 1.0 / (found.len() as f32 + FEW as f32).sqrt();
    let mut shares = [0.0_f32; YEARS.1];
    for number in found {
        shares.iter_mut().zip(&weights[*number]).for_each(|(share, weight)| *share += weight * scale);
    }
    let most = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    shares.iter_mut().for_each(|share| *share = (*share - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares[truth] -= 1.0;
    for number in found {
        gradient[*number].iter_mut().zip(&shares).for_each(|(slope, share)| *slope += share * scale);
    }
}

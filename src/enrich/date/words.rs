//! How much the words of a page are of each year: pairs of characters, by weights learned from dated news.

use crate::enrich::zones::ZonePassage;
use crate::tables::DateEvidence;
use rustc_hash::FxHashSet;

/// Pairs that are added to those of a page, so that a few say little.
const FEW: f64 = 20.0;

/// The pairs of Han characters of some stories, each once.
pub(in crate::enrich) fn pairs(stories: &[Vec<ZonePassage>]) -> impl Iterator<Item = (char, char)> {
    let windows = stories.iter().flatten().flat_map(|piece| piece.folded.windows(2));
    windows.filter_map(|pair| match *pair {
        [a, b] if is_han(a) && is_han(b) => Some((a, b)),
        _ => None,
    })
}

/// What the words of a page say of a year: their weight, whether some came up later, and how many (logarithm). Each on
/// average over all years nothing.
pub(in crate::enrich) type WordSigns = [f64; 3];

/// What the words of a page say of each year of the counts.
pub(in crate::enrich) struct WordScores {
    first: i16,
    signs: Vec<WordSigns>,
}

impl WordScores {
    /// Reads the pairs of a page.
    pub(in crate::enrich) fn from_pairs(table: &DateEvidence, pairs: impl Iterator<Item = (char, char)>) -> Self {
        let found: FxHashSet<usize> = pairs.filter_map(|pair| table.pairs.get(&pair).copied()).collect();
        let years = table.rows.first().map_or(0, |row| row.present.len());
        let mut signs = vec![[0.0; 3]; years];
        let scale = 1.0 / (found.len() as f64 + FEW).sqrt();
        for number in &found {
            let Some(row) = table.rows.get(*number) else { continue };
            row.present.iter().zip(&mut signs).for_each(|(weight, sign)| sign[0] += f64::from(*weight) * scale);
        }
        let mut begun = vec![0_u32; years + 1];
        for at in found.iter().filter_map(|number| table.rows.get(*number)?.begun) {
            begun[at.min(years)] += 1;
        }
        let mut newer = begun[years];
        for (sign, begun) in signs.iter_mut().zip(&begun[..years]).rev() {
            [sign[1], sign[2]] = [-f64::from(newer.min(1)), -f64::from(newer).ln_1p()];
            newer += begun;
        }
        for part in 0..3 {
            let mean = signs.iter().map(|sign| sign[part]).sum::<f64>() / years.max(1) as f64;
            signs.iter_mut().for_each(|sign| sign[part] -= mean);
        }
        Self { first: table.words.first, signs }
    }

    /// What they say of a year; one before the counts is like the first of them, one after them like the last.
    pub(in crate::enrich) fn signs(&self, year: i16) -> WordSigns {
        let at = usize::try_from(year - self.first).unwrap_or(0).min(self.signs.len().saturating_sub(1));
        self.signs.get(at).copied().unwrap_or_default()
    }

    /// How much they say for a year.
    pub(in crate::enrich) fn of_year(&self, table: &DateEvidence, year: i16) -> f64 {
        let [present, some, many] = self.signs(year);
        table.words.present * present + table.words.newer[0] * some + table.words.newer[1] * many
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

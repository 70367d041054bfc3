//! Weights of the models that cut pages: one table a model, made by `benches/layout_models` and read here.

use super::rows;
use std::sync::OnceLock;

pub(super) const LINES: &str = include_str!("layout_lines.tsv");
pub(super) const BLOCKS: &str = include_str!("layout_blocks.tsv");
pub(super) const ARTICLES: &str = include_str!("layout_articles.tsv");
pub(super) const PAIRS: &str = include_str!("layout_pairs.tsv");

/// Hundredths are written in the tables.
const UNIT: f32 = 0.01;

/// A chain model as it is written down: states, points of a first state, of a state after another, and of features.
#[derive(Debug, Default)]
pub struct CrfTable {
    /// Names of the states.
    pub states: Vec<&'static str>,
    /// Points of each state where a page begins.
    pub start: Vec<f32>,
    /// Points of a state (column) after another (row), row by row; `None` where one never follows the other.
    pub transitions: Vec<Option<f32>>,
    /// Features by name, each with the points it gives to states (by their place).
    pub features: Vec<(&'static str, Vec<(usize, f32)>)>,
    /// Stated against seen: of what, the stated probability, the share that was right; ascending.
    pub seen: Vec<(&'static str, f32, f32)>,
}

impl CrfTable {
    fn parse(text: &'static str) -> Self {
        let mut table = Self::default();
        for row in rows(text) {
            match row[0] {
                "states" => table.states = row[1..].to_vec(),
                "start" => table.start = row[1..].iter().map(|cell| points(cell).unwrap_or(0.0)).collect(),
                "after" => table.transitions.extend(row[2..].iter().map(|cell| points(cell))),
                "seen" => table.seen.extend(seen(&row)),
                name => table.features.push((name, row[1..].iter().filter_map(|cell| table.weight(cell)).collect())),
            }
        }
        table
    }

    /// Stated probabilities of one thing and the share that was right, ascending.
    pub fn calibration(&self, what: &str) -> Vec<(f32, f32)> {
        self.seen.iter().filter(|row| row.0 == what).map(|row| (row.1, row.2)).collect()
    }

    /// A cell `state:hundredths`.
    fn weight(&self, cell: &str) -> Option<(usize, f32)> {
        let (state, value) = cell.rsplit_once(':')?;
        Some((self.states.iter().position(|name| *name == state)?, points(value)?))
    }
}

fn points(cell: &str) -> Option<f32> {
    cell.parse::<i32>().ok().map(|hundredths| hundredths as f32 * UNIT)
}

/// A row `seen`, of what, stated, share.
fn seen(row: &[&'static str]) -> Option<(&'static str, f32, f32)> {
    Some((row.get(1)?, row.get(2)?.parse().ok()?, row.get(3)?.parse().ok()?))
}

/// Which lines are one block.
pub fn line_model() -> &'static CrfTable {
    static TABLE: OnceLock<CrfTable> = OnceLock::new();
    TABLE.get_or_init(|| CrfTable::parse(LINES))
}

/// What blocks are, and where articles begin: the first look.
pub fn block_model() -> &'static CrfTable {
    static TABLE: OnceLock<CrfTable> = OnceLock::new();
    TABLE.get_or_init(|| CrfTable::parse(BLOCKS))
}

/// The same, looked at again with the articles of the first look in view.
pub fn article_model() -> &'static CrfTable {
    static TABLE: OnceLock<CrfTable> = OnceLock::new();
    TABLE.get_or_init(|| CrfTable::parse(ARTICLES))
}

/// Pairs of neighbouring characters that are frequent in Chinese news, with what one says of its text: the logarithm of
/// how rare it is among texts. Counted over the television news of 2012–2026; pairs that are not listed are rare.
pub fn common_pairs() -> impl Iterator<Item = (char, char, f32)> {
    rows(PAIRS).filter_map(|row| Some((row.first()?.parse::<i32>().ok()?, *row.get(1)?))).flat_map(|(tenths, list)| {
        list.split(' ').filter_map(move |pair| {
            let mut chars = pair.chars();
            Some((chars.next()?, chars.next()?, tenths as f32 * 0.1))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_are_whole() {
        for table in [line_model(), block_model(), article_model()] {
            let states = table.states.len();
            assert!(states > 1 && table.start.len() == states && table.transitions.len() == states * states);
            assert!(table.features.len() > 100, "{}", table.features.len());
            assert!(
                table
                    .features
                    .iter()
                    .flat_map(|feature| &feature.1)
                    .all(|(state, points)| *state < states && points.is_finite())
            );
        }
        assert!(common_pairs().count() > 1000);
    }
}

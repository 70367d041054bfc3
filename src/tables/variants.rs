//! Traditional and variant characters.

use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("variants.tsv");

/// The folding of characters to their simplified forms, one to one.
pub struct Variants {
    by_char: HashMap<char, char>,
    basic: Vec<char>,
}

/// First and last character of the block that is looked up by index.
const BASIC: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FFF;

impl Variants {
    /// The simplified form, or the character itself.
    pub fn simplified(&self, c: char) -> char {
        let code = c as u32;
        if BASIC.contains(&code) {
            return self.basic[(code - BASIC.start()) as usize];
        }
        self.by_char.get(&c).copied().unwrap_or(c)
    }

    fn load() -> Self {
        let mut by_char = HashMap::new();
        for row in super::rows(TEXT) {
            let mut columns = row.iter().filter_map(|column| column.chars().next());
            if let (Some(from), Some(to)) = (columns.next(), columns.next()) {
                by_char.insert(from, to);
            }
        }
        let basic = BASIC.filter_map(char::from_u32).map(|c| by_char.get(&c).copied().unwrap_or(c)).collect();
        Self { by_char, basic }
    }
}

/// The table, loaded once.
pub fn variants() -> &'static Variants {
    static TABLE: OnceLock<Variants> = OnceLock::new();
    TABLE.get_or_init(Variants::load)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_pairs_and_folding_is_idempotent() {
        let rows: Vec<_> = super::super::rows(TEXT).collect();
        assert!(rows.len() > 4000);
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted and unique");
        for row in &rows {
            assert!(row.len() == 2 && row.iter().all(|column| column.chars().count() == 1), "{row:?}");
            let to = row[1].chars().next().unwrap_or(' ');
            assert_eq!(variants().simplified(to), to, "{row:?}");
        }
    }
}

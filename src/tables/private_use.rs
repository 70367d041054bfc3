//! Characters of private use that stand for characters of Unicode.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("private_use.tsv");

fn character(hexadecimal: &str) -> Option<char> {
    u32::from_str_radix(hexadecimal, 16).ok().and_then(char::from_u32)
}

/// The character that one of private use stands for in GBK, GB 18030-2000 and the fonts of their time.
pub fn private_use(c: char) -> Option<char> {
    static TABLE: OnceLock<FxHashMap<char, char>> = OnceLock::new();
    let pair = |row: Vec<&str>| Some((character(row.first()?)?, character(row.get(1)?)?));
    TABLE.get_or_init(|| super::rows(TEXT).filter_map(pair).collect()).get(&c).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_code_of_private_use_and_a_character() {
        let rows: Vec<Vec<&str>> = super::super::rows(TEXT).collect();
        assert_eq!(rows.len(), 107);
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted and unique");
        for row in &rows {
            let private = character(row[0]).filter(|c| ('\u{E000}'..='\u{F8FF}').contains(c)).expect(row[0]);
            let known = private_use(private).expect(row[1]);
            assert!(character(row[1]) == Some(known) && !('\u{E000}'..='\u{F8FF}').contains(&known), "{row:?}");
            assert!(row[2].len() == 4 && u16::from_str_radix(row[2], 16).is_ok(), "{row:?}");
        }
    }
}

//! Columns of a table on a terminal, where a Chinese character is two wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a terminal a text takes up.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text with spaces behind it up to a width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text with spaces before it up to a width.
pub(super) fn right_aligned(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The end of a text that fits into a width.
pub(super) fn ending(text: &str, columns: usize) -> String {
    let mut room = columns;
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= room;
        room = room.saturating_sub(width);
        fits
    };
    text.chars().rev().take_while(fits).collect::<Vec<_>>().into_iter().rev().collect()
}

/// Rows as a table: each column as wide as its widest cell, two spaces between them. `right`: the columns of numbers.
pub(super) fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if right.contains(&column) { right_aligned(cell, *width) } else { padded(cell, *width) }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_two_columns_wide() {
        let rows = [vec!["工会".to_owned(), "7".to_owned()], vec!["ab".to_owned(), "12".to_owned()]];
        assert_eq!(table(&rows, &[1]), "工会   7\nab    12\n");
        assert_eq!(ending("一二三", 5), "二三");
        assert_eq!(right_aligned("工", 4), "  工");
    }
}

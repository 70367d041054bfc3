//! Forms in which paths name the day of an issue.

use regex::Regex;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("path_forms.toml");

/// A form in which a path names a day.
#[derive(Debug)]
pub struct PathForm {
    /// Whether it takes whole parts of the path, from the beginning of one; else it stands anywhere inside one part.
    pub folders: bool,
    /// The expression, with the groups `year`, `month` and `day`; of whole parts anchored at their beginning.
    pub pattern: Regex,
}

/// A row of the table.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PathFormRow {
    #[expect(dead_code, reason = "for who reads the table")]
    name: String,
    folders: bool,
    pattern: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the table, and for its test"))]
    example: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PathFormTable {
    form: Vec<PathFormRow>,
}

/// All forms, the surer ones first; loaded once.
pub fn path_forms() -> &'static [PathForm] {
    static FORMS: OnceLock<Vec<PathForm>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let rows = super::embedded::<PathFormTable>(TEXT).form;
        rows.into_iter().filter_map(form_of).collect()
    })
}

/// A row that can be compiled; the test of the table sees to it that all can.
fn form_of(row: PathFormRow) -> Option<PathForm> {
    let anchored = if row.folders { format!("^{}", row.pattern) } else { row.pattern };
    Regex::new(&anchored).ok().map(|pattern| PathForm { folders: row.folders, pattern })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_compiles_and_has_its_example() {
        let rows = super::super::embedded::<PathFormTable>(TEXT).form;
        assert_eq!(rows.len(), path_forms().len());
        for (row, form) in rows.iter().zip(path_forms()) {
            let stem = row.example.rsplit_once('.').map_or(row.example.as_str(), |(stem, _)| stem);
            let found = form.pattern.captures(stem).unwrap_or_else(|| panic!("{}", row.example));
            let part = |name: &str| found[name].parse::<u16>().unwrap();
            assert_eq!((part("year"), part("month"), part("day")), (1998, 3, 2), "{}", row.example);
        }
    }
}

//! Names that columns of articles usually have.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("columns.toml");

/// The table.
#[derive(Debug)]
pub struct ColumnNames {
    /// Field and rank by folded name.
    fields: HashMap<String, (String, usize)>,
    /// Names by field, as the table writes them.
    names: BTreeMap<String, Vec<String>>,
}

impl ColumnNames {
    /// The name of the field that a column usually means, and how far down it stands in the list of that field, from 1;
    /// 0 for the name of the field itself.
    pub fn field_of(&self, column: &str) -> Option<(&str, usize)> {
        self.fields.get(&folded(column)).map(|(field, rank)| (field.as_str(), *rank))
    }

    /// The names of a field as the table writes them, that of the field itself first.
    pub fn names_of<'t>(&'t self, field: &'t str) -> impl Iterator<Item = &'t str> {
        let others = self.names.get(field).into_iter().flatten().map(String::as_str);
        std::iter::once(field).chain(others)
    }

    /// The fields, by name.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '\u{FEFF}'));
    kept.flat_map(char::to_lowercase).collect()
}

/// The table, loaded once.
pub fn column_names() -> &'static ColumnNames {
    static TABLE: OnceLock<ColumnNames> = OnceLock::new();
    TABLE.get_or_init(|| {
        let names: BTreeMap<String, Vec<String>> = super::embedded(TEXT);
        let ranked = names.iter().flat_map(|(field, others)| {
            let all = std::iter::once(field).chain(others).enumerate();
            all.map(move |(rank, name)| (folded(name), (field.clone(), rank)))
        });
        ColumnNames { fields: ranked.collect(), names }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_means_one_field() {
        let table = column_names();
        let all: usize = table.names.values().map(|others| others.len() + 1).sum();
        assert_eq!(table.fields.len(), all);
        assert_eq!(table.field_of("Publish_Date").map(|(field, _)| field), Some("date"));
        assert_eq!(table.field_of(" 正 文 "), Some(("body", 1)));
        assert_eq!((table.field_of("body"), table.field_of("备注")), (Some(("body", 0)), None));
    }
}

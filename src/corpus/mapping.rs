//! `mapping.toml`: which columns of tables and JSON Lines are which fields of an article.
//!
//! ```toml
//! [fields]
//! "文章内容" = "body"
//! "见报日" = "date"
//! ```

use crate::model::{FieldMapping, ItemField};

/// The name of the file, in the folder of the data or in one above it.
pub const MAPPING: &str = "mapping.toml";

/// What the file looks like.
pub(super) const MAPPING_FORM: &str = "a mapping has the table [fields] with lines such as \"文章内容\" = \"body\"; the fields are id, title, \
                    kicker, subtitle, body, date, paper, page, column, byline, region, topics, source, url, rights";

/// The file as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    fields: toml::Table,
}

/// The mapping that a text states.
pub(super) fn parse_mapping(text: &str) -> Result<FieldMapping, String> {
    let read: MappingFile = toml::from_str(text).map_err(|error| error.to_string().trim().replace('\n', " "))?;
    let pairs = read.fields.iter().map(|(column, field)| pair(text, column, field));
    let pairs: Vec<(String, ItemField)> = pairs.collect::<Result<_, _>>()?;
    if pairs.is_empty() {
        return Err("[fields] has no line".to_owned());
    }
    Ok(pairs.into_iter().collect())
}

/// A column with its field, or what is wrong with its line.
fn pair(text: &str, column: &str, field: &toml::Value) -> Result<(String, ItemField), String> {
    let line = || match text.lines().position(|line| line.contains('=') && line.contains(column)) {
        Some(at) => format!("line {}: ", at + 1),
        None => String::new(),
    };
    let name = field.as_str().ok_or_else(|| format!("{}the field of `{column}` is no text in quotes", line()))?;
    let known = ItemField::from_name(name).ok_or_else(|| format!("{}`{name}` is no field", line()))?;
    Ok((column.to_owned(), known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_mapped_to_fields() {
        let mapping = parse_mapping(
            "# ours\n[fields]\n\"文章内容\" = \"body\"\n见报日 = 'date'\n".replace("见报日", "\"见报日\"").as_str(),
        );
        let mapping = mapping.unwrap();
        assert_eq!(mapping.field_of("文章内容"), Some(ItemField::Body));
        assert_eq!(mapping.field_of(" 见报日 "), Some(ItemField::Date));
        assert_eq!(mapping.field_of("别的"), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_file_and_line() {
        for (text, what) in [
            ("[fields]\na = \"body\"\n\"文章\" = \"bodyy\"\n", "line 3: `bodyy` is no field"),
            ("[fields]\na = 1\n", "line 2: the field of `a` is no text"),
            ("[fields]\na = \n", "line 2"),
            ("[field]\na = \"body\"\n", "unknown field `field`"),
            ("[fields]\n", "has no line"),
        ] {
            let error = parse_mapping(text).unwrap_err();
            assert!(error.contains(what), "{text}: {error}");
        }
    }
}

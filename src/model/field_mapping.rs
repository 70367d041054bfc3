//! Which columns of a source are which fields of an article, as a person states it.

use std::collections::BTreeMap;

/// A field of an article that an item may state (JSON Lines, tables).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemField {
    /// Its id within its source.
    Id,
    /// Title 主题.
    Title,
    /// Kicker 肩题.
    Kicker,
    /// Subtitle 副题.
    Subtitle,
    /// The text; a line feed ends a paragraph.
    Body,
    /// The day of the issue.
    Date,
    /// The newspaper.
    Paper,
    /// The page 版.
    Page,
    /// The column 栏目.
    Column,
    /// Who wrote it.
    Byline,
    /// The region, by code or name.
    Region,
    /// The topics.
    Topics,
    /// Where the item comes from.
    Source,
    /// Its address.
    Url,
    /// Who holds the rights, and what may be done with the text.
    Rights,
}

impl ItemField {
    /// All fields.
    pub const ALL: [Self; 15] = [
        Self::Id,
        Self::Title,
        Self::Kicker,
        Self::Subtitle,
        Self::Body,
        Self::Date,
        Self::Paper,
        Self::Page,
        Self::Column,
        Self::Byline,
        Self::Region,
        Self::Topics,
        Self::Source,
        Self::Url,
        Self::Rights,
    ];

    /// The name in JSON Lines and in `mapping.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Kicker => "kicker",
            Self::Subtitle => "subtitle",
            Self::Body => "body",
            Self::Date => "date",
            Self::Paper => "paper",
            Self::Page => "page",
            Self::Column => "column",
            Self::Byline => "byline",
            Self::Region => "region",
            Self::Topics => "topics",
            Self::Source => "source",
            Self::Url => "url",
            Self::Rights => "rights",
        }
    }

    /// The field with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// Names of columns with their fields. A column stands here as its source writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMapping {
    columns: BTreeMap<String, ItemField>,
}

impl FieldMapping {
    /// The field of a column, by its name without white space at its ends.
    pub fn field_of(&self, column: &str) -> Option<ItemField> {
        self.columns.get(column.trim()).copied()
    }

    /// The columns of a field, in the order of their names.
    pub fn columns_of(&self, field: ItemField) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(move |(_, own)| **own == field).map(|(column, _)| column.as_str())
    }

    /// Columns and fields, in the order of the names of columns.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, ItemField)> {
        self.columns.iter().map(|(column, field)| (column.as_str(), *field))
    }
}

impl FromIterator<(String, ItemField)> for FieldMapping {
    fn from_iter<T: IntoIterator<Item = (String, ItemField)>>(pairs: T) -> Self {
        Self { columns: pairs.into_iter().map(|(column, field)| (column.trim().to_owned(), field)).collect() }
    }
}

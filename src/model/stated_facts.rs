//! What people state of source files beside them, in manifests.

use super::{DateSpan, FieldMapping, ItemField};
use std::collections::BTreeMap;

/// What the manifests of its folders state of a file; part of what a file was read with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StatedFacts {
    /// Newspaper, by name or slug.
    pub paper: Option<String>,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Page 版.
    pub page: Option<String>,
    /// Home region, by code or name.
    pub region: Option<String>,
    /// Where the file was taken from: a library, a microfilm, a disc.
    pub source: Option<String>,
    /// Who holds the rights, and what may be done with the text.
    pub rights: Option<String>,
    /// Encoding of files without a byte order mark, by a name of the WHATWG standard.
    pub encoding: Option<String>,
    /// Names of columns or fields of the file, each with the field of an item that it means.
    pub mapping: BTreeMap<String, String>,
}

impl StatedFacts {
    /// Which columns of the file are which fields, where that is stated.
    pub fn field_mapping(&self) -> Option<FieldMapping> {
        let pair = |(column, field): (&String, &String)| Some((column.clone(), ItemField::from_name(field)?));
        (!self.mapping.is_empty()).then(|| self.mapping.iter().filter_map(pair).collect())
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These facts, and where they say nothing those of a folder above.
    pub fn or(self, above: &Self) -> Self {
        let text = |own: Option<String>, other: &Option<String>| own.or_else(|| other.clone());
        Self {
            paper: text(self.paper, &above.paper),
            date: self.date.or(above.date),
            page: text(self.page, &above.page),
            region: text(self.region, &above.region),
            source: text(self.source, &above.source),
            rights: text(self.rights, &above.rights),
            encoding: text(self.encoding, &above.encoding),
            mapping: if self.mapping.is_empty() { above.mapping.clone() } else { self.mapping },
        }
    }
}

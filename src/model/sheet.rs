//! A page as it was read: its blocks with what was made of them.

use super::{ArticleId, Graft, Label, SourceKey};

/// A page file in the order of its blocks: what shows why a page was cut as it was.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Sheet {
    /// What its articles share as their page key.
    pub page_key: String,
    /// The file.
    pub source: SourceKey,
    /// Its blocks, in order.
    pub blocks: Vec<SheetBlock>,
}

/// A block with its label, its article and its joins.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SheetBlock {
    /// Number on the page, from 1.
    pub number: u32,
    /// Line of the file, from 1.
    pub line: u64,
    /// The line without white space at its ends.
    pub text: String,
    /// What it is.
    pub label: Label,
    /// Share of the label among all labels of this block, 0–1.
    pub score: f32,
    /// Features that spoke for the label, strongest first.
    pub features: Vec<String>,
    /// The article that it belongs to, if it belongs to one.
    pub article: Option<ArticleId>,
    /// The block whose sentence goes on in this one.
    pub goes_on_from: Option<u32>,
    /// Runs that belong elsewhere, in code points of the text.
    pub grafts: Vec<Graft>,
}

/// The page key of a page, 16 hexadecimal digits: what stands for it in addresses. `name`: root and path of its file, or
/// what the items of a printed page share.
pub fn page_key(name: &str) -> String {
    ArticleId::of_item("page", name).to_string()
}

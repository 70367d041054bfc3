//! Exactly what an engine stores and looks up.

use super::Article;

/// The five texts that are searched; no phrase crosses from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// Kicker, title, subtitle.
    Title,
    /// Paragraphs and subheads, in order.
    Body,
    /// Captions.
    Caption,
    /// Column label 栏目.
    Column,
    /// The byline as printed, and the names found in it.
    Byline,
}

impl TextField {
    /// All five, title first.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Caption, Self::Column, Self::Byline];

    /// The name in index fields and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Column => "column",
            Self::Byline => "byline",
        }
    }
}

/// One text in the forms an engine needs. The three token streams hold tokens without white space, separated by one
/// space; positions are 0, 1, 2 …, one token each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldTokens {
    /// The encoded normal form, in which the scan engine looks for encoded runs.
    pub normal: String,
    /// Overlapping pairs of units.
    pub grams: String,
    /// Dictionary words of three or more Han units, wherever they stand.
    pub lexicon: String,
    /// Words of the segmenter.
    pub words: String,
}

/// A value by which articles are filtered and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Region codes: every unit that holds the article, old and new, all levels. For filters.
    Region,
    /// Today's province.
    Province,
    /// Today's prefecture.
    Prefecture,
    /// Today's county.
    County,
    /// Topic id.
    Topic,
    /// Paper slug.
    Paper,
    /// Page 版.
    Page,
    /// Kind of article.
    Kind,
    /// Byline name (persons only).
    Byline,
    /// Year of the issue, where the date lies in one year; `undated` for an undated article.
    Year,
    /// Year and month, where the date lies in one month.
    Month,
    /// Union body, by its full name.
    Body,
    /// What articles of one page share.
    PageKey,
    /// Former ids.
    FormerId,
}

impl Facet {
    /// All facets, in a fixed order.
    pub const ALL: [Self; 14] = [
        Self::Region,
        Self::Province,
        Self::Prefecture,
        Self::County,
        Self::Topic,
        Self::Paper,
        Self::Page,
        Self::Kind,
        Self::Byline,
        Self::Year,
        Self::Month,
        Self::Body,
        Self::PageKey,
        Self::FormerId,
    ];

    /// The name in index fields and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Topic => "topic",
            Self::Paper => "paper",
            Self::Page => "page",
            Self::Kind => "kind",
            Self::Byline => "byline",
            Self::Year => "year",
            Self::Month => "ym",
            Self::Body => "union_body",
            Self::PageKey => "page_key",
            Self::FormerId => "former_id",
        }
    }
}

/// The facet values of one article; a value occurs once.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Facets(pub Vec<(Facet, String)>);

impl Facets {
    /// Adds a value unless it is empty or there already.
    pub fn add(&mut self, facet: Facet, value: &str) {
        let pair = (facet, value.to_owned());
        if !value.is_empty() && !self.0.contains(&pair) {
            self.0.push(pair);
        }
    }

    /// The values of one facet, in the order they were added.
    pub fn values_of(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(f, _)| *f == facet).map(|(_, value)| value.as_str())
    }
}

/// An article with its tokens and filter values.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexedArticle {
    /// The article, stored as it is.
    pub article: Article,
    /// Tokens of the five texts, in the order of [`TextField::ALL`].
    pub fields: [FieldTokens; 5],
    /// Filter values.
    pub facets: Facets,
    /// Marks that reprints of its body share; none for a short one.
    pub marks: Vec<u32>,
    /// What all printings of its text have in common, as the index numbers them; 0 for a text too short to be told from
    /// others, and before it is known.
    pub cluster: u64,
}

impl IndexedArticle {
    /// The tokens of one text.
    pub fn field(&self, field: TextField) -> &FieldTokens {
        &self.fields[field as usize]
    }
}

//! Money, people and households that a text counts.

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Yuan 元.
    Yuan,
    /// People 人, 名, 人次.
    Person,
    /// Households 户.
    Household,
}

impl Measure {
    /// All measures, in a fixed order.
    pub const ALL: [Self; 3] = [Self::Yuan, Self::Person, Self::Household];

    /// The name in index fields and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::Person => "person",
            Self::Household => "household",
        }
    }

    /// The name in queries and on pages.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Yuan => "金额",
            Self::Person => "人数",
            Self::Household => "户数",
        }
    }
}

/// A number that an article states of money, people or households.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Amount {
    /// In units: 1640多万元 is 16,400,000, 一元八角 1.8. What 多 or 余 add is not known and not added.
    pub value: f64,
    /// The unit.
    pub measure: Measure,
    /// What it counts, by the nearest noun (慰问金, 困难职工); empty where none is near.
    pub what: String,
    /// As printed.
    pub quote: String,
    /// First block of its passage, from 1; `None` in an item or a headline of several blocks.
    pub block: Option<u32>,
    /// Where the quote begins in its passage, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

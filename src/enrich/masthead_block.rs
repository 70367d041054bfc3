//! A block that looks like a masthead.

use crate::model::Date;
use crate::tables::Paper;

/// A block with what a masthead holds.
pub(super) struct MastheadBlock {
    /// Block number.
    pub block: u32,
    /// The text as printed.
    pub printed: String,
    /// The day, where the block has one and looks like a masthead.
    pub day: Option<Date>,
    /// The page, where the block looks like a masthead.
    pub page: Option<String>,
    /// The newspaper, where the block looks like a masthead.
    pub paper: Option<&'static Paper>,
}

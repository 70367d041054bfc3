//! The conditions beside a query text.

use super::value_error::ValueError;
use super::values::{Confidence, DateChoice, Values};
use crate::archive::request::error::ArchiveError;
use crate::model::Date;

/// What articles must be like beside matching a query. Each field has its row in [`super::PARAMETERS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// With or without a date; `None` = both.
    pub date: Option<DateChoice>,
    /// Codes, names or paths of regions.
    pub region: Values,
    /// Topic ids.
    pub topic: Values,
    /// Papers.
    pub paper: Values,
    /// Pages 版.
    pub page: Values,
    /// Kinds.
    pub kind: Values,
    /// Names in bylines.
    pub byline: Values,
    /// Names of union bodies.
    pub union_body: Values,
    /// How sure the date must be.
    pub date_confidence: Confidence,
    /// How sure the place must be; one of those that `region` accepts, where it accepts some.
    pub region_confidence: Confidence,
    /// How sure the topic must be; one of those that `topic` accepts, where it accepts some.
    pub topic_confidence: Confidence,
    /// A filter that only tests have, to see that a row and a field are enough.
    #[cfg(test)]
    pub made_up: Values,
}

impl Filters {
    /// Whether the ends of the days and the choice of undated articles go together.
    pub(in crate::archive) fn check(&self) -> Result<(), ArchiveError> {
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            return Err(ArchiveError::bad_value("from", ValueError::AfterEnd));
        }
        if self.date == Some(DateChoice::Undated) && (self.from.is_some() || self.to.is_some()) {
            return Err(ArchiveError::bad_value("date", ValueError::UndatedWithDays));
        }
        Ok(())
    }
}

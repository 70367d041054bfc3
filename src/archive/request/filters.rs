//! The conditions beside a query text.

use super::parameter::ValuePlace;
use super::table;
use super::value_error::ValueError;
use super::values::{Confidence, DateChoice, Values};
use crate::archive::request::error::ArchiveError;
use crate::model::{Date, Facet, InferredField};
use crate::query::{Filter, facet_values};

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
    /// The names of those that are given, in the order of help.
    pub(in crate::archive) fn given(&self) -> Vec<&'static str> {
        let mut own = self.clone();
        table::filters()
            .filter(|(_, place)| !place.binding(&mut own).values().is_empty())
            .map(|(row, _)| row.name)
            .collect()
    }

    /// These filters without one of them.
    pub(in crate::archive) fn without(&self, name: &str) -> Self {
        self.cleared(|filter| filter == name)
    }

    /// One of these filters alone.
    pub(in crate::archive) fn only(&self, name: &str) -> Self {
        self.cleared(|filter| filter != name)
    }

    fn cleared(&self, gone: impl Fn(&str) -> bool) -> Self {
        let mut rest = self.clone();
        for (row, place) in table::filters() {
            if gone(row.name) {
                place.binding(&mut rest).clear();
            }
        }
        rest
    }

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

    /// The conditions as an engine takes them.
    pub(in crate::archive) fn conditions(&self) -> Result<Vec<Filter>, ArchiveError> {
        let mut conditions = Vec::new();
        if self.from.is_some() || self.to.is_some() {
            conditions.push(Filter::Dates { from: self.from, to: self.to });
        }
        conditions.extend(self.date.map(dated));
        let mut own = self.clone();
        for (row, place) in table::filters() {
            match place {
                ValuePlace::List(facet, at) => {
                    let values = coded(row.name, *facet, at(&mut own))?;
                    conditions.extend((!values.is_empty()).then(|| value_filter(*facet, values)));
                }
                ValuePlace::Confidence(field, at) => {
                    let range = at(&mut own).range();
                    let values = self.accepted(*field)?;
                    conditions.extend(range.map(|range| Filter::Confidence { field: *field, values, range }));
                }
                _ => {}
            }
        }
        Ok(conditions)
    }

    /// The values that an inferred field is asked to have.
    fn accepted(&self, field: InferredField) -> Result<Vec<String>, ArchiveError> {
        match field {
            InferredField::Date => Ok(Vec::new()),
            InferredField::Region => Ok(coded("region", Facet::Region, &self.region)?.any),
            InferredField::Topic => Ok(self.topic.any.clone()),
        }
    }
}

fn dated(choice: DateChoice) -> Filter {
    let undated = vec!["undated".to_owned()];
    match choice {
        DateChoice::Undated => Filter::Value { facet: Facet::Year, any: undated, none: Vec::new() },
        DateChoice::Dated => Filter::Value { facet: Facet::Year, any: Vec::new(), none: undated },
    }
}

fn value_filter(facet: Facet, values: Values) -> Filter {
    Filter::Value { facet, any: values.any, none: values.none }
}

/// The values as articles have them: regions by their codes, everything else as it was read.
fn coded(name: &'static str, facet: Facet, values: &Values) -> Result<Values, ArchiveError> {
    if facet != Facet::Region {
        return Ok(values.clone());
    }
    let codes = |values: &[String]| -> Result<Vec<String>, ArchiveError> {
        let found = values.iter().map(|value| facet_values(facet, value));
        let found: Result<Vec<Vec<String>>, _> = found.collect();
        Ok(found.map_err(|error| ArchiveError::bad_value(name, error.into()))?.concat())
    };
    Ok(Values { any: codes(&values.any)?, none: codes(&values.none)? })
}

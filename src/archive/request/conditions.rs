//! What is made of filters by the table of parameters: those that are given, filters without some, conditions for an engine.

use super::ArchiveError;
use super::filters::Filters;
use super::parameter::ValuePlace;
use super::table;
use super::values::{DateChoice, Values};
use crate::model::{Facet, InferredField};
use crate::query::{Filter, facet_values};

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

//! Values of filters: accepted and refused ones, with or without a date, how sure a field must be.

use super::choice::NamedValue;
use super::value_error::ValueError;
use crate::model::{CONFIDENCE_UNIT, ten_thousandths};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// What stands before a value that is refused; the first of them in what is written.
const REFUSED: [char; 2] = ['!', '！'];

/// Values of a filter that repeats: accepted ones are joined by OR, refused ones all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Accepted values; none = any.
    pub any: Vec<String>,
    /// Refused values.
    pub none: Vec<String>,
}

impl Values {
    /// One accepted value.
    pub(in crate::archive) fn one(value: &str) -> Self {
        Self { any: vec![value.to_owned()], none: Vec::new() }
    }

    /// A value as given, without the one mark that refuses it, and whether it had one.
    pub fn without_mark(value: &str) -> (&str, bool) {
        value.strip_prefix(REFUSED).map_or((value, false), |bare| (bare, true))
    }

    /// Adds an accepted or a refused value.
    pub(in crate::archive) fn add(&mut self, value: String, refused: bool) {
        if refused { self.none.push(value) } else { self.any.push(value) }
    }

    /// The values as they are given: what they mean does not depend on their order.
    pub(in crate::archive) fn canonical(&self) -> Vec<String> {
        let refused = self.none.iter().map(|value| format!("{}{value}", REFUSED[0]));
        let values: BTreeSet<String> = self.any.iter().cloned().chain(refused).collect();
        values.into_iter().collect()
    }

    /// Whether any value will do.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }
}

/// Whether undated articles are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateChoice {
    /// Only undated ones.
    Undated,
    /// Only dated ones.
    Dated,
}

impl NamedValue for DateChoice {
    const ALL: &'static [Self] = &[Self::Undated, Self::Dated];

    fn name(self) -> &'static str {
        match self {
            Self::Undated => "undated",
            Self::Dated => "!undated",
        }
    }
}

/// How sure the value of a field must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidence(Option<RangeInclusive<u16>>);

impl Confidence {
    /// Reads `0.9` (at least) or `<0.9` (below).
    pub(in crate::archive) fn read(value: &str) -> Result<Self, ValueError> {
        let (below, number) = match value.strip_prefix(['<', '＜']) {
            Some(number) => (true, number.trim()),
            None => (false, value),
        };
        let number = number.parse().ok().filter(|number| (0.0..=1.0).contains(number)).map(ten_thousandths);
        Ok(Self(Some(match (below, number.ok_or(ValueError::NoConfidence)?) {
            (true, 0) => return Err(ValueError::NoConfidence),
            (true, most) => 0..=most - 1,
            (false, least) => least..=CONFIDENCE_UNIT,
        })))
    }

    /// In ten thousandths; `None` where any will do.
    pub(in crate::archive) fn range(&self) -> Option<RangeInclusive<u16>> {
        self.0.clone()
    }

    /// The value of the parameter; none where any will do.
    pub(in crate::archive) fn canonical(&self) -> Vec<String> {
        let number = |ten_thousandths: u16| f64::from(ten_thousandths) / f64::from(CONFIDENCE_UNIT);
        let shown = |range: &RangeInclusive<u16>| match *range.end() {
            CONFIDENCE_UNIT => number(*range.start()).to_string(),
            most => format!("<{}", number(most + 1)),
        };
        self.0.iter().map(shown).collect()
    }
}

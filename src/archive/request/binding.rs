//! The value of a parameter in a request: read from text, told as text.

use super::choice::{ChoiceSlot, Labelled};
use super::paging::{FACETS, HIT_FIELDS};
use super::value_error::ValueError;
use super::values::{Confidence, Values};
use crate::model::{Date, DateSpan, Facet};
use crate::query::facet_values;
use crate::trends::festivals;

/// A value where it is kept, by how it is read.
pub(in crate::archive) enum Binding<'a> {
    Text(&'a mut String),
    /// Texts, at most so many.
    Texts(&'a mut Vec<String>, usize),
    Token(&'a mut Option<String>),
    PeriodStart(&'a mut Option<Date>),
    PeriodEnd(&'a mut Option<Date>),
    Day(&'a mut Option<Date>),
    /// One of some names, each with its label.
    Choice(&'a mut dyn ChoiceSlot, &'static [Labelled]),
    Festival(&'a mut Option<String>),
    List(&'a mut Values, Facet),
    Region(&'a mut Option<String>),
    /// A number between two ends.
    Integer(&'a mut usize, usize, usize),
    /// A number between two ends, or none.
    OptionalInteger(&'a mut Option<usize>, usize, usize),
    Flag(&'a mut bool),
    Confidence(&'a mut Confidence),
    Facets(&'a mut Vec<Facet>),
    Fields(&'a mut Vec<&'static str>),
}

impl Binding<'_> {
    /// Reads a value; one that repeats is added to those before.
    pub(in crate::archive) fn read(self, value: &str) -> Result<(), ValueError> {
        match self {
            Self::Text(text) => value.clone_into(text),
            Self::Texts(texts, most) if texts.len() >= most => return Err(ValueError::TooManyQueries { most }),
            Self::Texts(texts, _) => texts.push(value.to_owned()),
            Self::Token(token) => *token = Some(value.to_owned()),
            Self::PeriodStart(day) => *day = Some(span(value)?.earliest),
            Self::PeriodEnd(day) => *day = Some(span(value)?.latest),
            Self::Day(day) => *day = Some(one_day(value)?),
            Self::Choice(choice, names) => read_choice(choice, names, value)?,
            Self::Festival(festival) => *festival = Some(read_festival(value)?),
            Self::List(values, facet) => read_list(values, facet, value)?,
            Self::Region(region) => {
                facet_values(Facet::Region, value)?;
                *region = Some(value.to_owned());
            }
            Self::Integer(number, least, most) => *number = integer(value, least, most)?,
            Self::OptionalInteger(number, least, most) => *number = Some(integer(value, least, most)?),
            Self::Flag(flag) => *flag = read_flag(value)?,
            Self::Confidence(confidence) => *confidence = Confidence::read(value)?,
            Self::Facets(facets) => read_facets(facets, value)?,
            Self::Fields(fields) => read_fields(fields, value)?,
        }
        Ok(())
    }

    /// The values as they are given, in an order that does not depend on how they were given unless it means something.
    pub(in crate::archive) fn values(self) -> Vec<String> {
        match self {
            Self::Text(text) => Some(&*text).filter(|text| !text.is_empty()).cloned().into_iter().collect(),
            Self::Texts(texts, _) => texts.clone(),
            Self::Token(text) | Self::Festival(text) | Self::Region(text) => text.iter().cloned().collect(),
            Self::PeriodStart(day) | Self::PeriodEnd(day) | Self::Day(day) => day.iter().map(Date::to_string).collect(),
            Self::Choice(choice, _) => choice.chosen().map(str::to_owned).into_iter().collect(),
            Self::List(values, _) => values.canonical(),
            Self::Integer(number, ..) => vec![number.to_string()],
            Self::OptionalInteger(number, ..) => number.iter().map(usize::to_string).collect(),
            Self::Flag(flag) => vec![flag.to_string()],
            Self::Confidence(confidence) => confidence.canonical(),
            Self::Facets(facets) => facets.iter().map(|facet| facet.name().to_owned()).collect(),
            Self::Fields(fields) => fields.iter().map(|field| (*field).to_owned()).collect(),
        }
    }

    /// Takes the value of a filter away: any will do.
    pub(in crate::archive) fn clear(self) {
        match self {
            Self::Text(text) => text.clear(),
            Self::Texts(texts, _) => texts.clear(),
            Self::Token(text) | Self::Festival(text) | Self::Region(text) => *text = None,
            Self::PeriodStart(day) | Self::PeriodEnd(day) | Self::Day(day) => *day = None,
            Self::Choice(choice, _) => choice.clear(),
            Self::List(values, _) => *values = Values::default(),
            Self::Integer(number, least, _) => *number = least,
            Self::OptionalInteger(number, ..) => *number = None,
            Self::Flag(flag) => *flag = false,
            Self::Confidence(confidence) => *confidence = Confidence::default(),
            Self::Facets(facets) => facets.clear(),
            Self::Fields(fields) => fields.clear(),
        }
    }
}

fn span(value: &str) -> Result<DateSpan, ValueError> {
    value.parse().map_err(|_: crate::model::DateParseError| ValueError::NoDate)
}

fn one_day(value: &str) -> Result<Date, ValueError> {
    let day = span(value)?;
    if day.earliest == day.latest { Ok(day.earliest) } else { Err(ValueError::NoDay) }
}

/// A name, or the label that pages show of it.
fn read_choice(choice: &mut dyn ChoiceSlot, names: &[Labelled], value: &str) -> Result<(), ValueError> {
    let labelled = names.iter().find(|(_, label)| *label == value).map(|(name, _)| *name);
    if choice.choose(labelled.unwrap_or(value)) { Ok(()) } else { Err(ValueError::NotOneOf(choice.names())) }
}

fn read_festival(value: &str) -> Result<String, ValueError> {
    let known = festivals().find(|feast| feast.id == value);
    let names = || ValueError::NotOneOf(festivals().map(|feast| feast.id.as_str()).collect());
    known.map(|feast| feast.id.clone()).ok_or_else(names)
}

/// A region stays as it was written, for what it means may change; other values are read as articles have them.
fn read_list(values: &mut Values, facet: Facet, value: &str) -> Result<(), ValueError> {
    let (bare, refused) = Values::without_mark(value);
    let read = match facet {
        Facet::Region => facet_values(facet, bare).map(|_| bare.to_owned())?,
        _ => facet_values(facet, bare)?.into_iter().next().unwrap_or_else(|| bare.to_owned()),
    };
    values.add(read, refused);
    Ok(())
}

fn integer(value: &str, least: usize, most: usize) -> Result<usize, ValueError> {
    let number = value.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or(ValueError::NoInteger { least, most })
}

fn read_flag(value: &str) -> Result<bool, ValueError> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(ValueError::NoFlag),
    }
}

fn names(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', '，']).filter(|name| !name.is_empty())
}

fn read_facets(facets: &mut Vec<Facet>, value: &str) -> Result<(), ValueError> {
    let known = || FACETS.iter().map(|facet| facet.name()).collect();
    for name in names(value) {
        let facet = FACETS.iter().find(|facet| facet.name() == name);
        let facet = *facet.ok_or_else(|| ValueError::NoFacet { name: name.to_owned(), names: known() })?;
        if !facets.contains(&facet) {
            facets.push(facet);
        }
    }
    Ok(())
}

fn read_fields(fields: &mut Vec<&'static str>, value: &str) -> Result<(), ValueError> {
    for name in names(value) {
        let field = HIT_FIELDS.iter().find(|field| **field == name);
        let unknown = || ValueError::NoField { name: name.to_owned(), names: HIT_FIELDS.to_vec() };
        fields.push(*field.ok_or_else(unknown)?);
    }
    Ok(())
}

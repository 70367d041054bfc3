//! What a parameter is: its name, its words, the requests that take it, and where its value is kept.

use super::amounts_options::AmountsOptions;
use super::binding::Binding;
use super::choice::{ChoiceSlot, Labelled};
use super::concordance_options::ConcordanceOptions;
use super::export_options::ExportOptions;
use super::filters::Filters;
use super::paging::{AnswerOptions, Paging};
use super::request_kind::RequestKind;
use super::selection::{Reading, Selection};
use super::series_options::{Breakdown, SeriesOptions};
use super::terms_options::TermsOptions;
use super::values::{Confidence, Values};
use crate::model::{Date, Facet, InferredField};

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// A text that the archive gave, such as a cursor.
    Token,
    /// A day, a month or a year: the first day of it is meant.
    PeriodStart,
    /// A day, a month or a year: the last day of it is meant.
    PeriodEnd,
    /// A day.
    Day,
    /// One of a few names.
    Choice(&'static [Labelled]),
    /// A festival of [`crate::trends::festivals`].
    Festival,
    /// A value of a facet; `!` before it excludes; may be given several times.
    List(Facet),
    /// A place.
    Region,
    /// A whole number, both ends included.
    Integer {
        /// The smallest.
        least: usize,
        /// The largest.
        most: usize,
    },
    /// `true` or `false`.
    Flag,
    /// How sure a field must be.
    Confidence(InferredField),
    /// Names of facets, several with commas.
    Facets,
    /// Names of fields, several with commas.
    Fields,
}

/// A parameter.
pub struct Parameter {
    /// Name in addresses and, after `--`, on the command line.
    pub name: &'static str,
    /// Name in Chinese: on pages and, of a filter, in the query language.
    pub label: &'static str,
    /// The requests that take it.
    pub taken_by: &'static [RequestKind],
    /// One sentence for help and the API description.
    pub doc: &'static str,
    /// What it takes, in Chinese.
    pub zh: &'static str,
    /// A value it takes; empty where only the archive can give one.
    pub example: &'static str,
    /// Where its value is kept.
    pub(in crate::archive) at: PartPlace,
}

/// The place of a value in the part `G` of a request, which says how the value is read too.
pub(in crate::archive) enum ValuePlace<G: 'static> {
    Text(fn(&mut G) -> &mut String),
    Texts { most: usize, at: fn(&mut G) -> &mut Vec<String> },
    Token(fn(&mut G) -> &mut Option<String>),
    PeriodStart(fn(&mut G) -> &mut Option<Date>),
    PeriodEnd(fn(&mut G) -> &mut Option<Date>),
    Day(fn(&mut G) -> &mut Option<Date>),
    Choice(&'static [Labelled], fn(&mut G) -> &mut dyn ChoiceSlot),
    Festival(fn(&mut G) -> &mut Option<String>),
    List(Facet, fn(&mut G) -> &mut Values),
    Region(fn(&mut G) -> &mut Option<String>),
    Integer { least: usize, most: usize, at: fn(&mut G) -> &mut usize },
    OptionalInteger { least: usize, most: usize, at: fn(&mut G) -> &mut Option<usize> },
    Flag(fn(&mut G) -> &mut bool),
    Confidence(InferredField, fn(&mut G) -> &mut Confidence),
    Facets(fn(&mut G) -> &mut Vec<Facet>),
    Fields(fn(&mut G) -> &mut Vec<&'static str>),
}

impl<G> ValuePlace<G> {
    fn kind(&self) -> ValueKind {
        match self {
            Self::Text(_) | Self::Texts { .. } => ValueKind::Text,
            Self::Token(_) => ValueKind::Token,
            Self::PeriodStart(_) => ValueKind::PeriodStart,
            Self::PeriodEnd(_) => ValueKind::PeriodEnd,
            Self::Day(_) => ValueKind::Day,
            Self::Choice(names, _) => ValueKind::Choice(names),
            Self::Festival(_) => ValueKind::Festival,
            Self::List(facet, _) => ValueKind::List(*facet),
            Self::Region(_) => ValueKind::Region,
            Self::Integer { least, most, .. } | Self::OptionalInteger { least, most, .. } => {
                ValueKind::Integer { least: *least, most: *most }
            }
            Self::Flag(_) => ValueKind::Flag,
            Self::Confidence(field, _) => ValueKind::Confidence(*field),
            Self::Facets(_) => ValueKind::Facets,
            Self::Fields(_) => ValueKind::Fields,
        }
    }

    /// The value in a part of a request.
    pub(in crate::archive) fn binding<'a>(&self, part: &'a mut G) -> Binding<'a> {
        match self {
            Self::Text(at) => Binding::Text(at(part)),
            Self::Texts { most, at } => Binding::Texts(at(part), *most),
            Self::Token(at) => Binding::Token(at(part)),
            Self::PeriodStart(at) => Binding::PeriodStart(at(part)),
            Self::PeriodEnd(at) => Binding::PeriodEnd(at(part)),
            Self::Day(at) => Binding::Day(at(part)),
            Self::Choice(names, at) => Binding::Choice(at(part), names),
            Self::Festival(at) => Binding::Festival(at(part)),
            Self::List(facet, at) => Binding::List(at(part), *facet),
            Self::Region(at) => Binding::Region(at(part)),
            Self::Integer { least, most, at } => Binding::Integer(at(part), *least, *most),
            Self::OptionalInteger { least, most, at } => Binding::OptionalInteger(at(part), *least, *most),
            Self::Flag(at) => Binding::Flag(at(part)),
            Self::Confidence(_, at) => Binding::Confidence(at(part)),
            Self::Facets(at) => Binding::Facets(at(part)),
            Self::Fields(at) => Binding::Fields(at(part)),
        }
    }
}

/// The part of a request that holds a value, with the place in it.
pub(in crate::archive) enum PartPlace {
    Query(ValuePlace<Selection>),
    Queries(ValuePlace<Vec<String>>),
    Filters(ValuePlace<Filters>),
    Reading(ValuePlace<Reading>),
    Paging(ValuePlace<Paging>),
    Answer(ValuePlace<AnswerOptions>),
    Breakdown(ValuePlace<Breakdown>),
    Series(ValuePlace<SeriesOptions>),
    Terms(ValuePlace<TermsOptions>),
    Concordance(ValuePlace<ConcordanceOptions>),
    Amounts(ValuePlace<AmountsOptions>),
    Export(ValuePlace<ExportOptions>),
}

/// The parts that a request is made of.
pub trait Groups {
    /// Its articles.
    fn selection(&mut self) -> &mut Selection;

    /// Its query texts, where it has several.
    fn queries(&mut self) -> Option<&mut Vec<String>> {
        None
    }

    /// Which hits, in which order.
    fn paging(&mut self) -> Option<&mut Paging> {
        None
    }

    /// What is told of hits.
    fn answer(&mut self) -> Option<&mut AnswerOptions> {
        None
    }

    /// How numbers are broken down.
    fn breakdown(&mut self) -> Option<&mut Breakdown> {
        None
    }

    /// What series are like.
    fn series(&mut self) -> Option<&mut SeriesOptions> {
        None
    }

    /// What words are asked for.
    fn terms(&mut self) -> Option<&mut TermsOptions> {
        None
    }

    /// What lines are asked for.
    fn concordance(&mut self) -> Option<&mut ConcordanceOptions> {
        None
    }

    /// How much of all matching articles is given.
    fn export(&mut self) -> Option<&mut ExportOptions> {
        None
    }

    /// What numbers are asked for.
    fn amounts(&mut self) -> Option<&mut AmountsOptions> {
        None
    }
}

impl Parameter {
    /// What values it takes.
    pub fn kind(&self) -> ValueKind {
        match &self.at {
            PartPlace::Query(place) => place.kind(),
            PartPlace::Queries(place) => place.kind(),
            PartPlace::Filters(place) => place.kind(),
            PartPlace::Reading(place) => place.kind(),
            PartPlace::Paging(place) => place.kind(),
            PartPlace::Answer(place) => place.kind(),
            PartPlace::Breakdown(place) => place.kind(),
            PartPlace::Series(place) => place.kind(),
            PartPlace::Terms(place) => place.kind(),
            PartPlace::Concordance(place) => place.kind(),
            PartPlace::Amounts(place) => place.kind(),
            PartPlace::Export(place) => place.kind(),
        }
    }

    /// Whether it may be given several times.
    pub fn repeats(&self) -> bool {
        let several = matches!(self.at, PartPlace::Queries(_));
        several || matches!(self.kind(), ValueKind::List(_) | ValueKind::Facets | ValueKind::Fields)
    }

    /// Whether it is a condition on articles.
    pub fn is_filter(&self) -> bool {
        matches!(self.at, PartPlace::Filters(_))
    }

    /// Whether it is a query text.
    pub fn is_query(&self) -> bool {
        matches!(self.at, PartPlace::Query(_) | PartPlace::Queries(_))
    }

    /// Whether it says how texts are read.
    pub fn is_reading(&self) -> bool {
        matches!(self.at, PartPlace::Reading(_))
    }

    /// Whether a kind of request takes it.
    pub fn is_taken_by(&self, request: RequestKind) -> bool {
        self.taken_by.contains(&request)
    }

    /// Its value in a request; `None` where the request has no such part.
    pub(in crate::archive) fn binding<'a>(&self, request: &'a mut dyn Groups) -> Option<Binding<'a>> {
        Some(match &self.at {
            PartPlace::Query(place) => place.binding(request.selection()),
            PartPlace::Filters(place) => place.binding(&mut request.selection().filters),
            PartPlace::Reading(place) => place.binding(&mut request.selection().reading),
            PartPlace::Queries(place) => place.binding(request.queries()?),
            PartPlace::Paging(place) => place.binding(request.paging()?),
            PartPlace::Answer(place) => place.binding(request.answer()?),
            PartPlace::Breakdown(place) => place.binding(request.breakdown()?),
            PartPlace::Series(place) => place.binding(request.series()?),
            PartPlace::Terms(place) => place.binding(request.terms()?),
            PartPlace::Concordance(place) => place.binding(request.concordance()?),
            PartPlace::Amounts(place) => place.binding(request.amounts()?),
            PartPlace::Export(place) => place.binding(request.export()?),
        })
    }
}

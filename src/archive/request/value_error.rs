//! Why a parameter does not take a value, or not beside others. The words are in [`crate::messages`].

use crate::query::FacetValueError;

/// Why a value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// It is none of these names.
    NotOneOf(Vec<&'static str>),
    /// It is no value of a facet.
    Facet(FacetValueError),
    /// It is no day, month or year.
    NoDate,
    /// It is a month or a year where a day is needed.
    NoDay,
    /// It is no whole number between these ends.
    NoInteger {
        /// The smallest.
        least: usize,
        /// The largest.
        most: usize,
    },
    /// It is neither `true` nor `false`.
    NoFlag,
    /// It is no confidence.
    NoConfidence,
    /// A facet that cannot be counted.
    NoFacet {
        /// As given.
        name: String,
        /// Those that can.
        names: Vec<&'static str>,
    },
    /// A field that hits do not have.
    NoField {
        /// As given.
        name: String,
        /// Those that they have.
        names: Vec<&'static str>,
    },
    /// There are more values, or longer ones, than are read.
    TooMany {
        /// Values of one parameter.
        values: usize,
        /// Characters of a value.
        characters: usize,
    },
    /// There are more queries than one answer has.
    TooManyQueries {
        /// The limit.
        most: usize,
    },
    /// It has more characters than are read.
    TooLong {
        /// The limit.
        most: usize,
    },
    /// `from` lies after `to`.
    AfterEnd,
    /// Undated articles have no days.
    UndatedWithDays,
    /// `around` without `axis`.
    AroundWithoutAxis,
    /// A festival's axis counts days or weeks.
    AxisNeedsDays,
    /// The years of a festival's axis lie over each other, so that nothing is split.
    AxisWithSplit,
    /// Names of a stack are not split.
    StackWithSplit,
    /// Words near a query are not those of two sets.
    WindowWithVersus,
    /// Words need a query that they are near.
    NeedsQueryOrVersus,
    /// Lines need a query that stands in the middle.
    NeedsQuery,
    /// There would be more periods or rows than one answer has.
    TooManyPeriods {
        /// Periods.
        periods: usize,
        /// Rows.
        rows: usize,
    },
    /// More texts would be read than one search may.
    TooCostly {
        /// Texts, about.
        texts: u64,
        /// The limit.
        most: u64,
    },
    /// It is no cursor.
    NoCursor,
    /// The cursor was given for another request.
    CursorOfAnother,
    /// It is neither the id of an answer nor a generation.
    NoAnswerId,
    /// The id of an answer of an earlier program; the state that it names.
    OldAnswerId(String),
    /// The id stands for the answer to another request.
    AnswerOfAnother,
}

impl From<FacetValueError> for ValueError {
    fn from(error: FacetValueError) -> Self {
        Self::Facet(error)
    }
}

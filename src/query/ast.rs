//! The tree of a query: what was typed, printable as query text again.

use crate::model::{Date, Facet, Measure, TextField};
use std::fmt;

/// A word or phrase: an exact run of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The text, without quotes.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Whether its last unit, a letter run or a number, may go on: `gdp*`.
    pub open: bool,
    /// The field it must stand in, or any.
    pub field: Option<TextField>,
}

impl Term {
    /// A word in any field.
    pub fn word(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: false, open: false, field: None }
    }
}

/// A query tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ast {
    /// Nothing was asked for: every article matches.
    Everything,
    /// A word or phrase.
    Term(Term),
    /// Two terms in one field, in either order, without overlap, at most `distance` units apart.
    Near {
        /// One term; the field is in both.
        left: Term,
        /// The other.
        right: Term,
        /// The most units between them; boundaries do not count.
        distance: usize,
    },
    /// Money, people or households that an article counts.
    Amount {
        /// What is counted.
        measure: Measure,
        /// At least so much.
        least: Option<u64>,
        /// At most so much.
        most: Option<u64>,
    },
    /// The date's interval overlaps these days.
    Dates {
        /// First day, or unlimited.
        from: Option<Date>,
        /// Last day, or unlimited.
        to: Option<Date>,
    },
    /// A region, topic, paper, page or kind.
    Value {
        /// Which of them.
        facet: Facet,
        /// As typed.
        text: String,
        /// What it means: values of the facet, one of which must be there.
        any: Vec<String>,
    },
    /// Must not match.
    Not(Box<Ast>),
    /// All must match.
    All(Vec<Ast>),
    /// At least one must match.
    Any(Vec<Ast>),
}

impl Ast {
    /// The terms that are asked for (not the excluded ones), in order: what is highlighted and ranked by.
    pub fn positive_terms(&self) -> Vec<&Term> {
        match self {
            Self::Everything | Self::Not(_) | Self::Amount { .. } | Self::Dates { .. } | Self::Value { .. } => {
                Vec::new()
            }
            Self::Term(term) => vec![term],
            Self::Near { left, right, .. } => vec![left, right],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::positive_terms).collect(),
        }
    }

    /// How many terms and conditions it has, the excluded ones among them.
    pub fn size(&self) -> usize {
        match self {
            Self::Everything => 0,
            Self::Term(_) | Self::Amount { .. } | Self::Dates { .. } | Self::Value { .. } => 1,
            Self::Near { .. } => 2,
            Self::Not(inner) => inner.size(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum(),
        }
    }

    fn is_atom(&self) -> bool {
        !matches!(self, Self::All(_) | Self::Any(_) | Self::Near { .. })
    }

    fn write_part(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_atom() { write!(f, "{self}") } else { write!(f, "({self})") }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, parts: &[Ast], separator: &str) -> fmt::Result {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            f.write_str(separator)?;
        }
        part.write_part(f)?;
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.name())?;
        }
        if self.quoted { write!(f, "\"{}\"", self.text) } else { f.write_str(&self.text) }?;
        f.write_str(if self.open { "*" } else { "" })
    }
}

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::Term(term) => write!(f, "{term}"),
            Self::Near { left, right, distance } => write!(f, "{left} NEAR/{distance} {right}"),
            Self::Amount { measure, least, most } => match (least, most) {
                (Some(least), Some(most)) if least == most => write!(f, "{}={least}", measure.zh()),
                (Some(least), None) => write!(f, "{}>={least}", measure.zh()),
                (_, most) => write!(f, "{}<={}", measure.zh(), most.unwrap_or(u64::MAX)),
            },
            Self::Dates { from, to } => {
                let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                if from == to {
                    write!(f, "日期:{}", day(from))
                } else {
                    write!(f, "日期:{}..{}", day(from), day(to))
                }
            }
            Self::Value { facet: Facet::Year, text, .. } => write!(f, "日期:\"{text}\""),
            Self::Value { facet, text, .. } => write!(f, "{}:\"{text}\"", facet.name()),
            Self::Not(inner) => {
                // Two minus signs in a row are text.
                let printed = inner.to_string();
                let bare = inner.is_atom() && !printed.starts_with(['-', '－']);
                if bare { write!(f, "-{printed}") } else { write!(f, "-({printed})") }
            }
            Self::All(parts) => write_list(f, parts, " "),
            Self::Any(parts) => write_list(f, parts, " | "),
        }
    }
}

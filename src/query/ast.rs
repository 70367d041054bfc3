//! The tree of a query: what was typed, printable as query text again.

use crate::model::{Measure, TextField};
use std::fmt;

/// A query tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ast {
    /// Nothing was asked for: every article matches.
    Everything,
    /// A word or phrase, each an exact run of units.
    Term {
        /// The text, without quotes.
        text: String,
        /// Whether it stood in quotes.
        quoted: bool,
        /// The field it must stand in, or any.
        field: Option<TextField>,
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
    /// Must not match.
    Not(Box<Ast>),
    /// All must match.
    All(Vec<Ast>),
    /// At least one must match.
    Any(Vec<Ast>),
}

impl Ast {
    /// The terms that are asked for (not the excluded ones), in order: what is highlighted and ranked by.
    pub fn positive_terms(&self) -> Vec<(&str, Option<TextField>)> {
        match self {
            Self::Everything | Self::Not(_) | Self::Amount { .. } => Vec::new(),
            Self::Term { text, field, .. } => vec![(text, *field)],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::positive_terms).collect(),
        }
    }

    fn is_atom(&self) -> bool {
        matches!(self, Self::Term { .. } | Self::Not(_) | Self::Everything | Self::Amount { .. })
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

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::Term { text, quoted, field } => {
                if let Some(field) = field {
                    write!(f, "{}:", field.name())?;
                }
                if *quoted { write!(f, "\"{text}\"") } else { f.write_str(text) }
            }
            Self::Amount { measure, least, most } => match (least, most) {
                (Some(least), Some(most)) if least == most => write!(f, "{}={least}", measure.zh()),
                (Some(least), None) => write!(f, "{}>={least}", measure.zh()),
                (_, most) => write!(f, "{}<={}", measure.zh(), most.unwrap_or(u64::MAX)),
            },
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

//! The header of a text: which paper it is of, and of which day.

use crate::readers::ReadFault;
use crate::readers::xml::{XmlEvent, XmlWalker};

/// Characters of a title that are kept: each article gets it.
const LONGEST: usize = 200;

/// What a header states of the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TeiHeader {
    /// The paper.
    pub(super) paper: Option<String>,
    /// The date as it is written.
    pub(super) date: Option<String>,
}

impl TeiHeader {
    /// This header, with what it does not state from an outer one.
    pub(super) fn over(self, outer: Self) -> Self {
        Self { paper: self.paper.or(outer.paper), date: self.date.or(outer.date) }
    }
}

/// Reads a header whose start was read, up to its end.
///
/// # Errors
/// [`ReadFault`] where the file is damaged in it.
pub(super) fn read(walk: &mut XmlWalker) -> Result<TeiHeader, ReadFault> {
    let (mut path, mut header) = (Vec::<String>::new(), TeiHeader::default());
    let (mut title, mut journal) = (String::new(), false);
    let mut found = (None::<String>, None::<String>);
    while let Some(step) = walk.next()? {
        match step {
            XmlEvent::Open(tag) => {
                let in_source = path.iter().any(|name| name == "sourceDesc");
                if tag.name() == "title" {
                    title.clear();
                    journal = tag.text("level") == "j";
                } else if tag.name() == "date" && in_source && header.date.is_none() {
                    let stated = ["when", "when-iso", "value"].map(|name| tag.text(name));
                    header.date = stated.into_iter().find(|date| !date.trim().is_empty() && date.len() <= LONGEST);
                }
                path.push(tag.name().to_owned());
            }
            XmlEvent::Text(text) if path.last().is_some_and(|name| name == "title") => title.push_str(&text),
            XmlEvent::Text(_) => {}
            XmlEvent::Close(name) if name == "teiHeader" && !path.contains(&name) => break,
            XmlEvent::Close(name) => {
                path.pop();
                let in_source = path.iter().any(|open| open == "sourceDesc");
                let stated = title.split_whitespace().collect::<Vec<_>>().join(" ");
                let stated = Some(stated.chars().take(LONGEST).collect::<String>());
                if name == "title" && in_source {
                    let slot = if journal { &mut found.0 } else { &mut found.1 };
                    *slot = slot.take().or(stated.filter(|title| !title.is_empty()));
                }
            }
        }
    }
    header.paper = found.0.or(found.1);
    Ok(header)
}

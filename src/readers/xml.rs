//! XML as a walk over its elements. Entities are the five of XML and numbers: a document type is skipped, nothing outside
//! the file is ever looked at, and depth is limited.

use super::html::{self, unescape};
use super::{FileHead, ReadFault, SourceFile};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// Elements inside each other, at most.
const MAX_DEPTH: usize = 200;

/// A step of the walk.
pub(super) enum XmlEvent<'a> {
    /// An element begins.
    Open(XmlTag<'a>),
    /// The last open element ends; its name without prefix.
    Close(String),
    /// Text, with its references resolved.
    Text(String),
}

/// An element.
pub(super) struct XmlTag<'a> {
    start: BytesStart<'a>,
    /// Its namespace, or empty.
    pub(super) namespace: String,
}

impl XmlTag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute, or empty text.
    pub(super) fn text(&self, name: &str) -> String {
        let mut attributes = self.start.html_attributes();
        attributes.with_checks(false);
        let mut named = attributes.flatten().filter(|attribute| attribute.key.local_name().into_inner() == name);
        named.next().map(|attribute| unescape(&attribute.value).into_owned()).unwrap_or_default()
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.text(name).trim().parse().ok().filter(|number: &f64| number.is_finite())
    }
}

/// A walk over the elements of a text.
pub(super) struct XmlWalker<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> XmlWalker<'a> {
    /// From the start of a text.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// The next step; `None` at the end.
    ///
    /// # Errors
    /// [`ReadFault::Broken`] where it is no XML, or ends inside an element.
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent<'a>>, ReadFault> {
        loop {
            let step = match self.reader.read_event().map_err(|error| self.fault(&error.to_string()))? {
                Event::Start(start) => Some(self.open(start)?),
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(XmlEvent::Close(end.local_name().into_inner().to_owned()))
                }
                Event::Text(text) => Some(XmlEvent::Text(unescape(&text).into_owned())),
                Event::CData(text) => Some(XmlEvent::Text(text.into_inner().into_owned())),
                Event::GeneralRef(name) => html::reference(&name).map(|c| XmlEvent::Text(c.to_string())),
                Event::Eof if self.depth > 0 => return Err(self.fault("the file ends inside an element")),
                Event::Eof => return Ok(None),
                _ => None,
            };
            if step.is_some() {
                return Ok(step);
            }
        }
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<XmlEvent<'a>, ReadFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault(&format!("elements stand more than {MAX_DEPTH} deep")));
        }
        let namespace = match self.reader.resolver().resolve_element(start.name()).0 {
            ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
        };
        Ok(XmlEvent::Open(XmlTag { start, namespace }))
    }

    fn fault(&self, what: &str) -> ReadFault {
        let at = self.reader.buffer_position();
        ReadFault::Broken(format!(
            "is damaged XML: {what} (near byte {at} of its text); what stands before it is read, write the file again for the rest"
        ))
    }
}

/// The text of an XML or HTML file, in the encoding that it declares where that can be.
///
/// # Errors
/// [`ReadFault::Decode`].
pub(super) fn text_of<'f>(file: &'f SourceFile) -> Result<&'f str, ReadFault> {
    let declared = FileHead::read(file.bytes).declared();
    Ok(&file.text_declared(declared.as_deref()).map_err(Clone::clone)?.text)
}

/// Numbers of a text that anything but a digit, a point or a sign parts.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    parts.filter_map(|part| part.parse().ok()).filter(|number: &f64| number.is_finite()).collect()
}

/// Points of a list of numbers, x and y by turns.
pub(super) fn points(numbers: &[f64]) -> Vec<(f64, f64)> {
    numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, ReadFault> {
        let mut walk = XmlWalker::parse(text);
        let mut names = Vec::new();
        while let Some(step) = walk.next()? {
            match step {
                XmlEvent::Open(tag) => names.push(format!("{}{{{}}}{}", tag.name(), tag.namespace, tag.text("a"))),
                XmlEvent::Close(name) => names.push(format!("/{name}")),
                XmlEvent::Text(text) => names.push(text),
            }
        }
        Ok(names)
    }

    #[test]
    fn a_walk_knows_names_and_namespaces() {
        let steps = names(
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><p:x xmlns:p='u'><y a='1&#50;&e;'/>t&amp;&e;</p:x>",
        );
        assert_eq!(steps.unwrap(), ["x{u}", "y{}12&e;", "/y", "t", "&", "/x"]);
    }

    #[test]
    fn damage_and_depth_are_named() {
        for (text, what) in [("<a><b></a>", "is damaged XML"), ("<a>", "ends inside"), (&"<a>".repeat(300), "200 deep")]
        {
            let fault = names(text).unwrap_err().to_string();
            assert!(fault.contains(what), "{fault}");
        }
    }

    #[test]
    fn points_come_in_any_form() {
        assert_eq!(points(&numbers("1,2 3.5,-4")), [(1.0, 2.0), (3.5, -4.0)]);
        assert_eq!(points(&numbers("1 2 3 4 5")), [(1.0, 2.0), (3.0, 4.0)]);
        assert!(numbers("nan - e inf").is_empty());
    }
}

//! A document of an OFD package: its pages, templates, fonts, paper.

use super::{box_of, each_element};
use crate::corpus::ZipPackage;
use crate::readers::ReadFault;
use crate::readers::glyphs::is_bold;
use crate::readers::package::{part_text, resolved};
use crate::readers::xml::{XmlEvent, XmlWalker};
use std::collections::HashMap;

/// Parts with resources that are read, at most.
const MAX_RESOURCES: usize = 64;

/// A document.
#[derive(Debug, Default)]
pub(super) struct OfdDocument {
    /// Paths of its pages, in order.
    pub(super) pages: Vec<String>,
    /// Paths of its templates by id.
    pub(super) templates: HashMap<String, String>,
    /// Fonts by id that are bold or of a family for headlines.
    pub(super) bold: HashMap<String, bool>,
    /// The paper of pages that state none, in millimetres.
    pub(super) paper: Option<[f64; 4]>,
}

impl OfdDocument {
    /// Reads the root of a document and its resources.
    ///
    /// # Errors
    /// [`ReadFault`] where the root cannot be read; damaged resources are passed over.
    pub(super) fn read(package: &mut ZipPackage, root: &str) -> Result<Self, ReadFault> {
        let text = part_text(package, root)?;
        let (mut document, mut resources) = (Self::default(), Vec::new());
        each_element(&text, &mut |element| match element.name.as_str() {
            "Page" if element.parent == "Pages" => document.pages.push(resolved(root, &element.location)),
            "TemplatePage" => _ = document.templates.insert(element.id, resolved(root, &element.location)),
            "PublicRes" | "DocumentRes" => resources.push(resolved(root, element.text.trim())),
            "PhysicalBox" => document.paper = box_of(&element.text).or(document.paper),
            _ => {}
        })?;
        for part in resources.iter().take(MAX_RESOURCES) {
            if let Ok(text) = part_text(package, part) {
                // Evidence only.
                _ = document.read_fonts(&text);
            }
        }
        Ok(document)
    }

    fn read_fonts(&mut self, text: &str) -> Result<(), ReadFault> {
        let mut walk = XmlWalker::parse(text);
        while let Some(step) = walk.next()? {
            let XmlEvent::Open(tag) = step else { continue };
            if tag.name() == "Font" {
                let names = ["FontName", "FamilyName"].map(|name| tag.text(name));
                let bold = tag.text("Bold") == "true" || names.iter().any(|name| is_bold(name.as_bytes()));
                self.bold.insert(tag.text("ID"), bold);
            }
        }
        Ok(())
    }
}

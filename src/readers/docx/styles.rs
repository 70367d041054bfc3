//! The styles of a document: `word/styles.xml`.

use super::format::RunFormat;
use crate::readers::ReadFault;
use crate::readers::xml::{XmlEvent, XmlTag, XmlWalker};
use std::collections::HashMap;

/// Styles that build on each other, at most.
const MAX_CHAIN: usize = 20;

/// A style.
#[derive(Debug, Default)]
struct DocxStyle {
    name: String,
    based_on: String,
    format: RunFormat,
}

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(super) struct DocxStyles {
    styles: HashMap<String, DocxStyle>,
    defaults: RunFormat,
    /// The style of paragraphs that state none.
    usual: String,
}

impl DocxStyles {
    /// Reads the part; a damaged one as far as it goes.
    pub(super) fn parse(text: &str) -> Self {
        let mut styles = Self::default();
        let mut walk = XmlWalker::parse(text);
        // Evidence only: a document without styles is read too.
        _ = styles.read(&mut walk);
        styles
    }

    fn read(&mut self, walk: &mut XmlWalker) -> Result<(), ReadFault> {
        let (mut path, mut id) = (Vec::<String>::new(), None::<String>);
        while let Some(step) = walk.next()? {
            match step {
                XmlEvent::Open(tag) => {
                    if tag.name() == "style" {
                        id = Some(self.begin(&tag));
                    }
                    let parent = path.last().map_or("", String::as_str);
                    let grandparent = path.len().checked_sub(2).and_then(|at| path.get(at)).map_or("", String::as_str);
                    self.handle(&tag, parent, grandparent, id.as_deref());
                    path.push(tag.name().to_owned());
                }
                XmlEvent::Close(name) => {
                    path.pop();
                    if name == "style" {
                        id = None;
                    }
                }
                XmlEvent::Text(_) => {}
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: &XmlTag) -> String {
        let id = tag.text("styleId");
        if tag.text("type") == "paragraph" && matches!(tag.text("default").as_str(), "1" | "true") {
            self.usual.clone_from(&id);
        }
        self.styles.insert(id.clone(), DocxStyle::default());
        id
    }

    fn handle(&mut self, tag: &XmlTag, parent: &str, grandparent: &str, id: Option<&str>) {
        let style = id.and_then(|id| self.styles.get_mut(id));
        match (parent, grandparent, style) {
            ("style", _, Some(style)) if tag.name() == "name" => style.name = tag.text("val"),
            ("style", _, Some(style)) if tag.name() == "basedOn" => style.based_on = tag.text("val"),
            ("rPr", "style", Some(style)) => style.format.state(tag),
            ("rPr", "rPrDefault", _) => self.defaults.state(tag),
            _ => {}
        }
    }

    /// The name of a style, as Word shows it; empty for the usual one.
    pub(super) fn name(&self, id: &str) -> &str {
        match self.styles.get(id) {
            Some(style) if id != self.usual => style.name.as_str(),
            _ => "",
        }
    }

    /// What a style states, with what it builds on, but without the defaults.
    fn stated(&self, id: &str) -> RunFormat {
        let mut format = RunFormat::default();
        let mut next = id;
        for _ in 0..MAX_CHAIN {
            let Some(style) = self.styles.get(next) else { break };
            format = format.over(style.format);
            next = &style.based_on;
        }
        format
    }

    /// How a run is set: by itself, its character style, the style of its paragraph, the defaults.
    pub(super) fn effective(&self, own: RunFormat, character_style: &str, paragraph_style: &str) -> RunFormat {
        let paragraph_style = if paragraph_style.is_empty() { &self.usual } else { paragraph_style };
        own.over(self.stated(character_style)).over(self.stated(paragraph_style)).over(self.defaults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_build_on_each_other() {
        let styles = DocxStyles::parse(
            "<s><docDefaults><rPrDefault><rPr><sz val='21'/></rPr></rPrDefault></docDefaults>
             <style type='paragraph' default='1' styleId='a'><name val='Normal'/></style>
             <style type='paragraph' styleId='1'><name val='heading 1'/><basedOn val='2'/><rPr><sz val='44'/></rPr></style>
             <style styleId='2'><basedOn val='1'/><rPr><b/><sz val='30'/></rPr></style></s>",
        );
        let heading = styles.effective(RunFormat::default(), "", "1");
        assert_eq!((heading.size, heading.is_bold(), styles.name("1")), (Some(22.0), true, "heading 1"));
        let usual = styles.effective(RunFormat::default(), "", "");
        assert_eq!((usual.size, usual.is_bold(), styles.name("a")), (Some(10.5), false, ""));
    }
}

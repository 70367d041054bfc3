//! Whether a text is divided into articles, told before it is read.

use crate::readers::xml::{XmlEvent, XmlTag, XmlWalker};

/// Which divisions are articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TeiShape {
    /// Those of type `article`.
    Typed,
    /// Those with a head and text, and none such in them.
    Headed,
    /// None: the text is pages.
    Pages,
}

/// An open division.
struct OpenDivision {
    typed: bool,
    head: bool,
    text: bool,
}

/// Whether an element is a division.
pub(super) fn is_division(name: &str) -> bool {
    let level = name.strip_prefix("div");
    level.is_some_and(|level| level.is_empty() || level.len() == 1 && level.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a division says that it is an article.
pub(super) fn is_article(tag: &XmlTag) -> bool {
    is_division(tag.name()) && tag.text("type").eq_ignore_ascii_case("article")
}

impl TeiShape {
    /// Looks at all divisions of a text, up to where it is damaged.
    pub(super) fn of(text: &str) -> Self {
        let mut walk = XmlWalker::parse(text);
        let (mut open, mut path) = (Vec::<OpenDivision>::new(), Vec::<bool>::new());
        let (mut typed, mut headed) = (false, false);
        while let Ok(Some(step)) = walk.next() {
            match step {
                XmlEvent::Open(tag) if is_division(tag.name()) => {
                    open.push(OpenDivision { typed: is_article(&tag), head: false, text: false });
                    path.push(true);
                }
                XmlEvent::Open(tag) => {
                    if let Some(inner) = open.last_mut().filter(|_| path.last() == Some(&true)) {
                        inner.head |= tag.name() == "head";
                        inner.text |= matches!(tag.name(), "p" | "ab" | "lg" | "l" | "list" | "table");
                    }
                    path.push(false);
                }
                XmlEvent::Close(_) if path.pop() == Some(true) => {
                    let inner = open.pop();
                    typed |= inner.as_ref().is_some_and(|inner| inner.typed && inner.head);
                    headed |= inner.is_some_and(|inner| inner.head && inner.text);
                }
                XmlEvent::Close(_) | XmlEvent::Text(_) => {}
            }
        }
        match (typed, headed) {
            (true, _) => Self::Typed,
            (false, true) => Self::Headed,
            (false, false) => Self::Pages,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_by_type_or_by_their_heads() {
        let shape = |body: &str| TeiShape::of(&format!("<TEI><text><body>{body}</body></text></TEI>"));
        assert_eq!(shape("<div type='Article'><head>a</head></div>"), TeiShape::Typed);
        assert_eq!(shape("<div1><div2 n='1'><head>a</head><p/></div2></div1>"), TeiShape::Headed);
        assert_eq!(shape("<div type='article'><p/></div><divGen><head/></divGen>"), TeiShape::Pages);
        assert_eq!(shape("<p/><pb/><p>"), TeiShape::Pages);
    }
}
